"""The cue tables: which words carry which relation, stance or speaker. Data, not code.

A table is a CSV file per kind in ``cues/<language>/``; a project adds rows in
``cues/*.csv`` of its own folder, which win by id. A faulty cell is a problem with its
place, as in the tables of a project.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whosays import problems
from whosays.errors import DataError, UsageError
from whosays.inputs import is_file, is_folder, listing
from whosays.matching import nearest
from whosays.problems import Problem
from whosays.tables import Row, Table, read_table

FOLDER = Path(__file__).resolve().parent / "cues"
VERSION = "2"
"""Raised whenever a shipped table changes what is read."""

RELMAP = "relmap.csv"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "verbs": ("id", "lemma", "forms", "relation", "invert", "negate", "frame", "note"),
    "nouns": ("id", "lemma", "relation", "doer_slots", "patient_preps", "note"),
    "predicates": ("id", "word", "relation", "invert", "preps", "note"),
    "participles": ("id", "word", "relation", "invert", "note"),
    "light": ("id", "verb", "forms", "role", "object_class", "note"),
    "themes": ("id", "word", "relation", "note"),
    "speech": ("id", "lemma", "forms", "sign", "frames", "note"),
    "contents": ("id", "noun", "sign", "note"),
    "scope": ("id", "word", "forms", "kind", "sign", "ends_at", "note"),
    "heads": ("id", "noun", "kind", "note"),
    "guards": ("id", "before", "after", "note"),
    "generics": ("id", "noun", "types", "note"),
    "demonyms": ("id", "name", "adjective", "people", "note"),
    "words": ("id", "word", "tag", "note"),
    "common": ("id", "lemma", "forms", "note"),
    "classes": ("id", "class", "word", "note"),
    "examples": ("cue", "kind", "text", "expect"),
}
"""The tables of a language; every row of the first six is a cue with examples."""

CUE_TABLES = ("verbs", "nouns", "predicates", "participles", "speech", "scope")
_CLOSED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("verbs", "invert"): ("", "yes"),
    ("verbs", "negate"): ("", "yes"),
    ("predicates", "invert"): ("", "yes"),
    ("participles", "invert"): ("", "yes"),
    ("light", "role"): ("gives", "receives", "does"),
    ("light", "object_class"): ("any", "cue"),
    ("speech", "sign"): ("+1", "-1", "0"),
    ("contents", "sign"): ("+1", "-1", "0"),
    ("scope", "sign"): ("+", "-", "0"),
    ("scope", "ends_at"): ("clause", "verb", "adverb", "noun"),
    ("scope", "kind"): (
        "negator",
        "rare",
        "pseudo",
        "implicative",
        "hedge",
        "future",
        "possible",
        "desire",
        "directive",
        "counter",
        "deontic",
        "conditional",
        "terminator",
    ),
    ("heads", "kind"): ("side", "asset", "deed", "affair"),
}
_FRAME = re.compile(
    r"obj|recip|in:attack|obj/.+|(obj\+)?prep:[^:]+|prep:[^:/]+/for:[^:]+"
    r"|obj\+will|xcomp:attacks|pass:obj|help:[a-z]+|obj=[^:+]+(\+prep:[^:]+)?|at=[^:]+:[^:]+|to:[^:]+"
)
_SLOTS = frozenset({"possessive", "adjective", "by", "of", "from"})
_FORMED = ("verbs", "light", "speech", "scope", "common")


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all tables of a language, by table, in the order of the files.

    ``relations`` maps what cues call a relation to its id in the ontology, ``families``
    to the family that readings of different relations are compared by.
    """

    language: str
    rows: Mapping[str, tuple[Mapping[str, str], ...]]
    relations: Mapping[str, str]
    families: Mapping[str, str]


def languages() -> tuple[str, ...]:
    """Name the languages that have tables."""
    return tuple(path.name for path in listing(FOLDER) if is_folder(path))


def load(
    language: str = "en", own: Path | None = None, relations: Iterable[str] = ()
) -> Tables:
    """Read the tables of a language, with those that a project adds.

    ``own`` is the project's folder ``cues``, ``relations`` the ids that the project
    knows: its cues may name those too.

    Raises:
        UsageError: there are no tables for the language.
        DataError: a table is faulty, with the cell.
    """
    shipped = _shipped(language)
    if own is None or not is_folder(own):
        return shipped
    known = {**{name: name for name in relations}, **shipped.relations}
    rows, found = _rows(own, known)
    _refuse(found)
    return Tables(
        language=language,
        rows={
            name: tuple({**_by_id(shipped.rows[name]), **added}.values())
            for name, added in rows.items()
        },
        relations=known,
        families=shipped.families,
    )


@cache
def _shipped(language: str) -> Tables:
    if language not in languages():
        known = ", ".join(languages())
        raise UsageError(
            f"no cue tables for language “{language}”", f"There is {known}"
        )
    relations, families, found = _relmap()
    rows, faults = _rows(FOLDER / language, relations)
    _refuse([*found, *faults])
    return Tables(
        language=language,
        rows={name: tuple(by_id.values()) for name, by_id in rows.items()},
        relations=relations,
        families=families,
    )


def _rows(
    folder: Path, relations: Mapping[str, str]
) -> tuple[dict[str, dict[str, Mapping[str, str]]], list[Problem]]:
    """Read all tables of a folder but the examples, which are for writers of cues."""
    rows: dict[str, dict[str, Mapping[str, str]]] = {name: {} for name in COLUMNS}
    found: list[Problem] = []
    for name in COLUMNS:
        path = folder / f"{name}.csv"
        if name == "examples" or not is_file(path):
            continue
        table = read_table(
            path, f"cues/{path.name}", COLUMNS[name], required=COLUMNS[name][:2]
        )
        found += [*table.problems, *_faults(name, table, relations)]
        rows[name].update((row.cells["id"], row.cells) for row in table.rows)
    return rows, found


def _by_id(rows: Iterable[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    return {row["id"]: row for row in rows}


def _refuse(found: Iterable[Problem]) -> None:
    if errors := [one for one in found if one.level == "error"]:
        raise DataError(errors)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of ours; ``expect`` is subject, relation, object, stance, speaker."""

    cue: str
    positive: bool
    text: str
    expect: tuple[str, ...]


def examples(language: str = "en") -> tuple[Example, ...]:
    """Read the examples of a language: what each cue must find, and must not."""
    path = FOLDER / language / "examples.csv"
    table = read_table(path, f"cues/{path.name}", COLUMNS["examples"])
    return tuple(
        Example(
            cue=row.cells["cue"],
            positive=row.cells["kind"] == "positive",
            text=row.cells["text"],
            expect=tuple(row.cells["expect"].split()),
        )
        for row in table.rows
    )


def _relmap() -> tuple[dict[str, str], dict[str, str], list[Problem]]:
    columns = ("cue_relation", "relation", "family")
    table = read_table(FOLDER / RELMAP, f"cues/{RELMAP}", columns, required=columns)
    relations = {row.cells["cue_relation"]: row.cells["relation"] for row in table.rows}
    families = {row.cells["relation"]: row.cells["family"] for row in table.rows}
    return relations, families, list(table.problems)


def _faults(name: str, table: Table, relations: Mapping[str, str]) -> Iterator[Problem]:
    taken: set[str] = set()
    checks = _checks(name, relations)
    for row in table.rows:
        id_ = row.cells["id"]
        if not id_ or id_ in taken:
            said = "is the id of another row" if id_ else "empty: every cue has an id"
            yield _fault(table, row, "id", said)
        taken.add(id_)
        for column, check in checks.items():
            said, fix = check(row.cells[column])
            if said:
                yield _fault(table, row, column, said, fix)


def _fault(table: Table, row: Row, column: str, said: str, fix: str = "") -> Problem:
    return problems.problem(
        "WS802",
        table=table.name,
        cell=table.cell(row, column),
        row=row.number,
        column=column,
        value=row.cells[column],
        text=said,
        fix=fix,
    )


Check = Callable[[str], tuple[str, str]]


def _checks(name: str, relations: Mapping[str, str]) -> dict[str, Check]:
    checks: dict[str, Check] = {}
    if "relation" in COLUMNS[name]:
        checks["relation"] = _one_of("relation that cues know", tuple(relations))
    for (table, column), allowed in _CLOSED.items():
        if table == name:
            checks[column] = _one_of(f"value of {column}", allowed)
    if name in _FORMED:
        checks["forms"] = _forms
    if name == "verbs":
        checks["frame"] = _frame
    if name == "nouns":
        checks["doer_slots"] = _slots
    return checks


def _one_of(kind: str, allowed: tuple[str, ...]) -> Check:
    def check(value: str) -> tuple[str, str]:
        if value in allowed:
            return "", ""
        return f"is no {kind}", nearest(value, [one for one in allowed if one])

    return check


def _forms(value: str) -> tuple[str, str]:
    if not value or value.count(";") == 3:
        return "", ""
    said = "is not four forms: write third person; past; participle; -ing"
    return said, ""


def _frame(value: str) -> tuple[str, str]:
    for part in value.split("|"):
        if not _FRAME.fullmatch(part):
            said = "is no frame: write obj, recip, prep:with, obj+prep:from, obj/for,"
            return f"{said} obj=gun+prep:on, at=to:rescue or to:control", ""
    return "", ""


def _slots(value: str) -> tuple[str, str]:
    for part in value.split(";"):
        if part not in _SLOTS:
            return "is no slot of a doer", nearest(part, sorted(_SLOTS))
    return "", ""
