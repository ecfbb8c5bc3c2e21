"""The commonest questions, answered without loading Typer.

Loading it takes longer than finding the answer. Only plain calls of `query` are taken
here; everything else, wrong calls included, is left to the whole command line, which
understands the same options.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

_OPTIONS = {
    "-f": "format",
    "--format": "format",
    "-p": "project",
    "--project": "project",
    "-o": "output",
    "--output": "output",
}
_SWITCHES = {"-q": "quiet", "--quiet": "quiet"}


def quick(arguments: Sequence[str]) -> Callable[[], int] | None:
    """Give what answers a call, or None if the whole command line has to look at it."""
    if len(arguments) < 2 or arguments[0] != "query":
        return None
    words: list[str] = []
    options: dict[str, str] = {}
    rest = iter(arguments[1:])
    for word in rest:
        if word in _SWITCHES:
            options[_SWITCHES[word]] = word
        elif word in _OPTIONS:
            value = next(rest, "-")
            if value.startswith("-") and value != "-":
                return None
            options[_OPTIONS[word]] = value
        elif word.startswith("-") and word != "-":
            return None
        else:
            words.append(word)
    if not words:
        return None
    return lambda: _ask(words, options)


def _ask(words: list[str], options: dict[str, str]) -> int:
    from whosays.cli.querying import ask

    ask(
        words[0],
        words[1:],
        project=Path(options["project"]) if "project" in options else None,
        format=options.get("format", ""),
        output=Path(options["output"]) if "output" in options else None,
        quiet="quiet" in options,
    )
    return 0
