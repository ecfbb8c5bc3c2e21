"""The table of verbs, words and options, made from the Typer application.

It is what completion and plain calls are answered from, before Typer is loaded.
"""

import json
from collections.abc import Iterator
from typing import Any

from whosays.cli import reference
from whosays.cli.main import VERBS, application
from whosays.model import ActorType, Family
from whosays.problems import CATALOGUE

_NAMED = {
    "ACTOR": "actors",
    "[ACTOR [ACTOR]]": "actors",
    "VOICE": "actors",
    "S": "actors",
    "[R]": "relations",
    "[O]": "actors",
    "PLACE": "actors",
    "SOURCE": "sources",
    "ID": "ids",
    "RELATION": "relations",
    "[A]": "voices",
    "[B]": "voices",
    "NAME|FILE.rq|-": "queries",
    "[name=value]...": "parameters",
    "name=value": "parameters",
}
"""Which names of a project a word or an option takes, by how the help shows it."""

_LISTED = {
    "TYPE": [str(one) for one in ActorType],
    "FAMILY": [str(one) for one in Family],
}
"""The same for what takes one of a closed list."""


def text() -> str:
    """Write the table as JSON."""
    command = application()
    verbs = {name: _verb(command.commands[name]) for name in VERBS}
    table = {
        "verbs": verbs,
        "options": _options(command),
        "codes": list(CATALOGUE),
    }
    return "".join(_lines(table)) + "\n"


def _lines(value: Any, depth: int = 0) -> Iterator[str]:  # noqa: ANN401
    """Write JSON with a line for each word and option, so that changes can be read."""
    if not isinstance(value, dict) or not (
        depth < 2 or any(isinstance(one, dict) for one in value.values())
    ):
        yield json.dumps(value, ensure_ascii=False)
        return
    lead = "{"
    for key, one in value.items():
        yield f"{lead}\n{' ' * (depth + 1)}{json.dumps(key)}: "
        yield from _lines(one, depth + 1)
        lead = ","
    yield f"\n{' ' * depth}}}"


def _verb(command: Any) -> dict[str, Any]:  # noqa: ANN401  (click's)
    words = [
        {
            "name": one.name,
            "required": one.required,
            "many": one.nargs == -1,
            "from": _from(one),
        }
        for one in command.params
        if one.param_type_name == "argument"
    ]
    summary = (command.help or "").partition("\n\n")[0]
    table = {
        "summary": " ".join(summary.split()),
        "words": words,
        "options": _options(command),
    }
    if hasattr(command, "commands"):
        gathered = sorted(command.commands.items())
        table["verbs"] = {name: _verb(one) for name, one in gathered}
    return table


def _options(command: Any) -> dict[str, Any]:  # noqa: ANN401
    options: dict[str, Any] = {}
    for one in command.params:
        if one.param_type_name != "option":
            continue
        entry = {
            "name": one.name,
            "takes": _takes(one),
            "many": one.multiple,
            "from": _from(one),
        }
        if entry["takes"] == "integer":
            low, high = getattr(one.type, "min", None), getattr(one.type, "max", None)
            entry["bounds"] = [low or 0, high if high is not None else 2**31]
        entry["summary"] = one.help or ""
        options.update(dict.fromkeys(one.opts, entry))
    return options


def _takes(option: Any) -> str:  # noqa: ANN401
    if option.is_flag or option.count:
        return "flag"
    return _TAKES.get(option.type.name.removesuffix(" range"), "other")


_TAKES = {"str": "text", "text": "text", "path": "path", "int": "integer"}


def _from(one: Any) -> str | list[str]:  # noqa: ANN401
    """Say where the values come from: a kind of name, a closed list, or files."""
    shown = one.metavar or ""
    if shown == "KIND":
        return list(reference.KINDS)
    if one.name == "code":
        return "codes"
    if shown in _LISTED:
        return _LISTED[shown]
    if shown in _NAMED:
        return _NAMED[shown]
    if one.name == "format":
        return (one.help or "").replace(",", " ").replace(";", " ").rstrip(".").split()
    if shown.islower() and "|" in shown:
        return shown.split("|")
    return "files" if one.type.name == "path" else ""
