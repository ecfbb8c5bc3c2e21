"""The command's entry point.

Plain help is answered before Typer is loaded, from texts that a test holds equal to what
Typer would print, and so are plain questions: looking something up must not wait. A shell
that completes words waits least of all.

What the standard library loads and a quick answer never asks for is postponed: modules
that data classes and paths only need for what is not done here.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType, TracebackType

_HELP = os.path.join(os.path.dirname(__file__), "cli", "help")
_SELDOM = ("copy", "inspect", "ipaddress")


def main() -> int:
    """Run the command line and return its exit code."""
    sys.excepthook = _report_bug
    _open_streams()
    _postpone(*_SELDOM)
    arguments = sys.argv[1:]
    if arguments[:1] == ["--complete"]:
        from whosays.cli.completion import main as complete

        return complete(arguments[1:])
    text = _ready_help(arguments)
    if text is not None:
        from whosays.cli.failures import handled

        return handled(lambda: print(text, end=""))
    from whosays.cli.quick import quick

    answer = quick(arguments)
    if answer is not None:
        from whosays.cli.failures import handled

        return handled(answer)
    from whosays.cli.main import main as run

    return run()


def _open_streams() -> None:
    """Put the null device where the shell closed a standard stream, as with ``>&-``.

    Python has None there; and the next file that is opened would take its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(null, mode, encoding="utf-8"))


def _postpone(*names: str) -> None:
    """Let modules of the standard library load when something of them is first used.

    `importlib.util.LazyLoader` would not do: it loads a module as soon as anybody else
    imports it, which is what data classes and paths do.
    """
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = _standing_for(name)


def _standing_for(name: str) -> ModuleType:
    """Make a module that becomes the one it stands for at the first look into it."""
    module = ModuleType(name)

    def load(attribute: str) -> object:
        if sys.modules.get(name) is module:
            del sys.modules[name]
        found = import_module(name)
        vars(module).update(vars(found))
        return getattr(found, attribute)

    vars(module)["__getattr__"] = load
    return module


def _ready_help(arguments: list[str]) -> str | None:
    """Find the text of ``--help`` and ``VERB --help``, if it is ready."""
    if not arguments or arguments[-1] not in ("-h", "--help") or len(arguments) > 3:
        return None
    words = arguments[:-1] or ["whosays"]
    if not all(word.isalpha() for word in words):
        return None
    name = "-".join(words)
    try:
        with open(os.path.join(_HELP, f"{name}.txt"), encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def _report_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say in a line that it is our mistake; the traceback only where it is wanted."""
    if os.environ.get("WHOSAYS_DEBUG"):
        sys.__excepthook__(kind, error, trace)
        return
    first = str(error).partition("\n")[0]
    print(f"error: {kind.__name__}: {first}", file=sys.stderr)
    print(
        "  this is a bug of whosays; WHOSAYS_DEBUG=1 shows where it is", file=sys.stderr
    )
    sys.stderr.flush()
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main())
