"""The table cache of a project: SQLite for everything that is asked without SPARQL.

A statement is a row, and SQLite opens in nothing and finds rows by index, so reading
commands and pictures start here. The cache is built whole from a collection, never
edited, and may be deleted at any time.
"""

from whosays.index.building import FORMAT, Building, build
from whosays.index.reading import Found, Index

__all__ = ["FORMAT", "Building", "Found", "Index", "build"]
