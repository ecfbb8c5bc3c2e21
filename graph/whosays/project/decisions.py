"""The log of decisions about candidates: ``decisions/<source>.jsonl``, line by line.

A log is only ever added to: what is taken back is a line of its own. It holds no word of
a text, only places and hashes, so it can be kept and published with the tables.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

from whosays import inputs
from whosays.errors import MissingFile

FOLDER = "decisions"
MADE = ("accepted", "corrected", "added")
"""Decisions that put rows into the tables."""
CLOSING = (*MADE, "rejected")
KINDS = (*CLOSING, "skipped", "undone")
REASONS = ("relation", "direction", "stance", "speaker", "actor", "statement")
"""What is wrong with a candidate that is refused; ``statement``: there is none."""

CANDIDATE = re.compile(r"c-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a candidate said, or what a person made of it; see the candidate's fields."""

    subject: str
    relation: str
    object: str
    stance: str
    speaker: str = "@author"
    also: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    modality: str = "asserted"
    time: str = ""

    def key(self, symmetric: bool = False) -> tuple[str, str, str, str]:
        """Give what makes two readings of one passage the same."""
        ends = (self.subject, self.object)
        first, last = sorted(ends) if symmetric else ends
        return first, self.relation, last, self.stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A statement that a decision stands for.

    ``hash`` is that of the row as it was written; empty if the row was there before.
    """

    id: str
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of a log.

    ``span`` is a hash of the words of the passage, ``around`` of them with what stands
    beside them, ``core`` of the stretch that holds both ends and the cue; ``sketch``
    holds four hex digits for each pair of neighbouring words, in no order. ``at`` is a
    time in UTC, ``by`` whatever name was given; both may be empty.
    """

    at: str = ""
    by: str = ""
    decision: str
    candidate: str
    source: str
    doc_sha256: str
    start: int
    end: int
    locator: str
    span: str
    around: str
    core: str
    sketch: str
    before: Reading | None
    after: Reading | None = None
    reason: str = ""
    note: str = ""
    tier: str = ""
    proposers: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    extractor: str = ""
    statements: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The decisions of one source in the order of the file, and lines that are none."""

    name: str
    entries: tuple[Decision, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()

    def standing(self) -> dict[str, Decision]:
        """Give the decision that holds for each candidate, the latest one last.

        Taking back leads to the decision before it, if there was one.
        """
        stacks: dict[str, list[tuple[int, Decision]]] = {}
        for number, entry in enumerate(self.entries):
            stack = stacks.setdefault(entry.candidate, [])
            if entry.decision != "undone":
                stack.append((number, entry))
            elif stack:
                stack.pop()
        last = sorted(
            (stack[-1] for stack in stacks.values() if stack), key=lambda pair: pair[0]
        )
        return {entry.candidate: entry for _, entry in last}


def name_of(source: str) -> str:
    """Name the log of a source, from the project."""
    return f"{FOLDER}/{source}.jsonl"


def names(root: Path) -> list[str]:
    """Name all logs of a project."""
    return [
        f"{FOLDER}/{path.name}"
        for path in inputs.listing(root / FOLDER)
        if path.suffix == ".jsonl" and not path.name.startswith(".")
    ]


def read(root: Path, name: str) -> Log:
    """Read a log; one that is not there is empty.

    Raises:
        MissingFile: it cannot be read.
    """
    path = root / name
    return parse(inputs.read_bytes(path) if inputs.is_file(path) else b"", name)


def parse(data: bytes, name: str) -> Log:
    """Read the bytes of a log; a line that is no decision is told, never dropped."""
    entries: list[Decision] = []
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            entries.append(_decision(json.loads(line.decode())))
        except UnicodeDecodeError:
            faults.append((number, "is not UTF-8"))
        except (ValueError, RecursionError) as error:
            known = isinstance(error, _Strange)
            faults.append((number, str(error) if known else "is no JSON"))
    return Log(name=name, entries=tuple(entries), faults=tuple(faults))


def lines(entries: Iterable[Decision]) -> bytes:
    """Write decisions as lines of a log."""
    return "".join(
        json.dumps(_plain(entry), ensure_ascii=False) + "\n" for entry in entries
    ).encode("utf-8", "backslashreplace")


def extended(data: bytes, entries: Iterable[Decision]) -> bytes:
    """Give a log with more lines; nothing that stands in it changes."""
    return data + (b"\n" if data and not data.endswith(b"\n") else b"") + lines(entries)


def logs(root: Path) -> Iterable[Log]:
    """Read all logs of a project; one that cannot be read has a fault in line 1."""
    for name in names(root):
        try:
            yield read(root, name)
        except MissingFile as error:
            yield Log(name=name, faults=((1, error.hint or error.message),))


class _Strange(ValueError):
    """A line of JSON that is no decision; the text goes behind the line."""


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        shown = cast("Any", value)
        return {one.name: _plain(getattr(value, one.name)) for one in fields(shown)}
    return value


def _decision(data: object) -> Decision:
    found = _keys(data, Decision)
    for key in ("before", "after"):
        if found[key] is not None:
            found[key] = _reading(found[key])
    for key in ("proposers", "patterns"):
        found[key] = _texts(found[key], key)
    found["statements"] = tuple(
        Row(**_typed(_keys(one, Row), {})) for one in _list(found["statements"])
    )
    if found["decision"] not in KINDS:
        raise _Strange(f"has an unknown decision “{found['decision']}”")
    return Decision(**_typed(found, {"start": int, "end": int}))


def _reading(data: object) -> Reading:
    found = _keys(data, Reading)
    for key in ("also", "chain"):
        found[key] = _texts(found[key], key)
    return Reading(**_typed(found, {}))


def _keys(data: object, kind: type) -> dict[str, Any]:
    wanted = [one.name for one in fields(kind)]
    if not isinstance(data, dict):
        raise _Strange("is no decision")
    if missing := [key for key in wanted if key not in data]:
        raise _Strange(f"lacks “{missing[0]}”")
    if strange := [key for key in data if key not in wanted]:
        raise _Strange(f"has an unknown key “{strange[0]}”")
    return dict(data)


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise _Strange("has no list where one belongs")
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    found = _list(value)
    if not all(isinstance(one, str) for one in found):
        raise _Strange(f"has something else than texts in “{key}”")
    return tuple(str(one) for one in found)


def _typed(found: dict[str, Any], types: Mapping[str, type]) -> dict[str, Any]:
    for key, value in found.items():
        if value is None or isinstance(value, (tuple, Reading)):
            if value is None and key not in ("before", "after"):
                raise _Strange(f"has nothing in “{key}”")
            continue
        if type(value) is not types.get(key, str):
            raise _Strange(f"has a value of another kind in “{key}”")
    return found
