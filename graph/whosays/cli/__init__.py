"""The command line: parse, call the library, print.

Everything that a command does the library can do too; see `whosays.KG`. The whole of it
is in `main`; importing this package loads nothing, because the commonest calls need
little.
"""
