"""Completion of words in the shell, with little more than the start of Python.

The verbs and options come from a generated table, the names of actors, sources and
relations from a list that is kept beside the project's caches. Nothing is parsed, built
or asked of a store: half a second would be too long for a key press.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "help", "verbs.json")
PACKAGE = os.path.join(HERE, "..", "..")

NAMES = "index.json"
"""The file of names in each generation of the caches."""

Candidates = Iterator[tuple[str, str]]
"""Words that may stand here, each with what it means."""


def main(words: Sequence[str]) -> int:
    """Print what the last of some words may become; nothing where files may stand."""
    try:
        with open(TABLE, encoding="utf-8") as file:
            table = json.load(file)
    except (OSError, ValueError):
        return 0
    *before, current = words or [""]
    found: dict[str, str] = {}
    for word, meaning in candidates(table, before, current):
        if word.startswith(current):
            found.setdefault(word, " ".join(meaning.split()))
    lines = "".join(f"{word}\t{meaning}\n" for word, meaning in found.items())
    # Not through a buffer, which Python would flush once more if the shell is gone.
    with contextlib.suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), lines.encode("utf-8", "replace"))
    return 0


def candidates(
    table: Mapping[str, Any], before: Sequence[str], current: str
) -> Candidates:
    """List the words that may follow some words; they need not begin as typed."""
    verb = before[0] if before else ""
    known = table["verbs"].get(verb)
    if known is None:
        if not before:
            yield from _options(table["options"]) if current.startswith("-") else ()
            yield from ((name, one["summary"]) for name, one in table["verbs"].items())
        return
    if "verbs" in known:
        yield from candidates({**table, **known}, before[1:], current)
        return
    place, awaited, project = _read(before[1:], known["options"])
    if awaited is None and current.startswith("-") and current != "-":
        yield from _options(known["options"])
        return
    if awaited is not None:
        source = awaited["from"]
    else:
        source = _source(known["words"], len(place))
    yield from _values(source, table, place, project, current)


def _options(options: Mapping[str, Any]) -> Candidates:
    return ((name, one["summary"]) for name, one in options.items())


def _read(
    words: Sequence[str], options: Mapping[str, Any]
) -> tuple[list[str], Any, str]:
    """Give the plain words, the option whose value comes next, and the project."""
    plain: list[str] = []
    awaited: Any = None
    project = ""
    for word in words:
        if awaited is not None:
            project = word if awaited["name"] == "project" else project
            awaited = None
        elif word in options:
            awaited = options[word] if options[word]["takes"] != "flag" else None
        elif not word.startswith("-") or word == "-":
            plain.append(word)
    return plain, awaited, project


def _source(words: Sequence[Mapping[str, Any]], number: int) -> Any:  # noqa: ANN401
    if number < len(words):
        return words[number]["from"]
    return words[-1]["from"] if words and words[-1]["many"] else ""


def _values(
    source: str | list[str],
    table: Mapping[str, Any],
    place: Sequence[str],
    project: str,
    current: str,
) -> Candidates:
    if isinstance(source, list):
        yield from ((value, "") for value in source)
    elif source == "codes":
        yield from ((code, "") for code in table["codes"])
    elif source == "queries":
        yield from _queries(root(project))
    elif source == "parameters":
        yield from _parameters(place[0] if place else "", project, current)
    elif source and source != "files":
        yield from _names(source, project)


_KINDS = {
    "ids": ("sources", "actors"),
    "voices": ("sources", "actors"),
}


def _names(kind: str, project: str) -> Candidates:
    names = _known(root(project))
    for one in _KINDS.get(kind, (kind,)):
        for name, label in names.get(one, {}).items():
            yield typed(name), label


def typed(name: str) -> str:
    """Write a name as people type it: ``cooperatesWith`` is ``cooperates-with``."""
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name)


def root(given: str = "") -> str:
    """Find the project that would be asked; empty if it is the bundled one."""
    if given or os.environ.get("WHOSAYS_PROJECT"):
        return given or os.environ["WHOSAYS_PROJECT"]
    folder = os.getcwd()
    while not os.path.isfile(os.path.join(folder, "whosays.toml")):
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above
    return folder


def _bundled() -> str:
    for folder in (PACKAGE, os.path.join(PACKAGE, "..", "..")):
        found = os.path.join(folder, "seeds", "iran-isis")
        if os.path.isdir(found):
            return found
    return ""


def _known(project: str) -> Mapping[str, Mapping[str, str]]:
    """Read the newest list of names; none if the project has never been asked."""
    for folder in (project,) if project else (_bundled(), "."):
        kept = os.path.join(folder, "build", "cache")
        try:
            files = [os.path.join(one.path, NAMES) for one in os.scandir(kept)]
            files = [file for file in files if os.path.isfile(file)]
            with open(max(files, key=os.path.getmtime), encoding="utf-8") as file:
                found: Mapping[str, Mapping[str, str]] = json.load(file)
            return found
        except (OSError, ValueError):
            continue
    return {}


def _query_files(project: str) -> dict[str, str]:
    """Find the named queries; those of the project win."""
    found: dict[str, str] = {}
    folders = [PACKAGE, *([project] if project else [])]
    for folder in folders:
        path = os.path.join(folder, "queries")
        try:
            entries = sorted(os.listdir(path))
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".rq"):
                found[entry.removesuffix(".rq")] = os.path.join(path, entry)
    return found


def _header(path: str) -> dict[str, str]:
    """Read the lines ``#+ name: value`` at the head of a query."""
    found: dict[str, str] = {}
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if not line.startswith("#"):
                    break
                name, _, value = line.removeprefix("#+").partition(":")
                found.setdefault(name.strip(), value.strip())
    except (OSError, ValueError):
        return found
    return found


def _queries(project: str) -> Candidates:
    for name, path in _query_files(project).items():
        yield name, _header(path).get("summary", "")


def _parameters(query: str, project: str, current: str) -> Candidates:
    """List the parameters of a query, or the values of the one that is begun."""
    path = _query_files(root(project)).get(query, "")
    given = _header(path).get("params", "") if path else ""
    pairs = dict(_pair(part) for part in given.replace(",", " ").split())
    name, mark, _ = current.partition("=")
    if not mark:
        yield from ((f"{one}=", kind) for one, kind in pairs.items())
    elif pairs.get(name) in ("actor", "source", "relation"):
        for value, label in _names(f"{pairs[name]}s", project):
            yield f"{name}={value}", label


def _pair(part: str) -> tuple[str, str]:
    name, _, kind = part.partition("=")
    return name, kind
