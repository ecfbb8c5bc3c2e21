"""Plain calls of the commonest verbs, answered without loading Typer.

Loading it takes longer than finding the answer. What each verb takes stands in a table
that is generated from the verbs themselves. Any call that is not plain, wrong ones
included, is left to the whole command line, which understands all of them.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "help" / "verbs.json"

_WORK = {
    "that": "reading.that",
    "about": "reading.about",
    "by": "reading.by",
    "in": "reading.within",
    "disputes": "reading.disputes",
    "show": "reading.show",
    "query": "querying.ask",
    "build": "building.build",
    "actor find": "finding.actors",
    "source find": "finding.sources",
    "relation find": "finding.relations",
}
"""Which function does what a verb is for, given the verb's parameters."""

_LAYOUT = ("ascii", "width", "verbose")
_OUT = ("project", "format", "output", "quiet")

Found = dict[str, Any]
"""Parameters by name."""


class NotPlain(Exception):
    """A call that the whole command line has to look at."""


def quick(arguments: Sequence[str]) -> Callable[[], int] | None:
    """Give what answers a call, or None if the whole command line has to look at it."""
    several = 1 if not arguments or arguments[0] in _WORK else 2
    verb = " ".join(arguments[:several])
    if verb not in _WORK:
        return _without_verb(arguments)
    try:
        table = json.loads(TABLE.read_text("utf-8"))
        for word in arguments[:several]:
            table = table["verbs"][word]
        words, found = read(arguments[several:], table)
    except (OSError, NotPlain):
        return None
    gc.disable()  # this process ends before any garbage would matter
    return lambda: _done(verb, words, found)


def _without_verb(arguments: Sequence[str]) -> Callable[[], int] | None:
    """Answer what is asked of the command itself."""
    from whosays.cli import plain

    match arguments:
        case []:
            return lambda: _ended(plain.welcome)
        case ["--version"]:
            return lambda: _ended(plain.version)
        case ["--install-completion" | "--show-completion", *shell] if len(shell) < 2:
            from whosays.cli.completion.install import install, show

            action = show if arguments[0] == "--show-completion" else install
            return lambda: _ended(lambda: action(*shell))
    return None


def _ended(action: Callable[[], None]) -> int:
    action()
    return 0


def read(arguments: Sequence[str], table: dict[str, Any]) -> tuple[list[Any], Found]:
    """Read plain words and options as the table of a verb names them.

    Raises:
        NotPlain: something is unknown, missing or out of its bounds.
    """
    found: Found = {}
    words: list[str] = []
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-") or word == "-":
            words.append(word)
            continue
        option = table["options"].get(word)
        if option is None or option["many"]:
            raise NotPlain
        name, takes = option["name"], option["takes"]
        if name in found:
            raise NotPlain
        found[name] = True if takes == "flag" else _value(next(rest, None), option)
    if found.pop("json", False):
        if "format" in found:
            raise NotPlain
        found["format"] = "json"
    return _placed(words, table["words"]), found


def _value(text: str | None, option: dict[str, Any]) -> object:
    if text is None or (text.startswith("-") and text != "-"):
        raise NotPlain
    match option["takes"]:
        case "text":
            return text
        case "path":
            return Path(text)
        case "integer" if text.isascii() and text.isdigit():
            low, high = option["bounds"]
            if low <= int(text) <= high:
                return int(text)
    raise NotPlain


def _placed(words: list[str], places: list[dict[str, Any]]) -> list[Any]:
    """Give each word to its place; the last place may take many."""
    single = [place for place in places if not place["many"]]
    required = sum(place["required"] for place in places)
    if len(words) < required or (len(words) > len(single) == len(places)):
        raise NotPlain
    rest = words[len(single) :]
    return [*words[: len(single)], *([rest] if rest else [])]


def _done(verb: str, words: list[Any], found: Found) -> int:
    from whosays.cli.manner import manner

    manner.adopt(**{name: found.pop(name) for name in _LAYOUT if name in found})
    found.pop("no_color", None)
    module, _, function = _WORK[verb].partition(".")
    work = getattr(import_module(f"whosays.cli.{module}"), function)
    if module == "reading":
        from whosays.cli.reading import Out

        out = {name: found.pop(name) for name in _OUT if name in found}
        found["out"] = Out(**out)
    work(*words, **found)
    return 0
