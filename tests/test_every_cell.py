"""Every cell of a sheet is stored as it was meant, or reported at its place.

What each cell must become is said here, cell by cell, and compared with the bytes of
the project's table. Texts are anything; the other cells are mostly good, or most rows
would be refused and nothing would be seen of what is stored.
"""

from __future__ import annotations

import csv
import shutil
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import curating, project
from whosays.project.statements import COLUMNS
from whosays.tables import address, restore

GOOD = Path(__file__).parent / "fixtures" / "good" / "strait"
INVERSE = "is armed by"
MEANT = {
    "subject": {"aldoria": "aldoria", "belmark": "belmark", " belmark ": "belmark"},
    "relation": {
        "arms": "arms",
        "Supplies weapons to": "arms",
        INVERSE: "arms",
        "fights": "fights",
    },
    "object": {"cedar-front": "cedar-front", "dun-brigade": "dun-brigade"},
    "source": {
        "night-bulletin": "night-bulletin",
        "strait-interview": "strait-interview",
    },
    "stance": {"affirms": "affirms", "Denies": "denies", "reports": "reports"},
    "speaker": {
        "": "",
        "harbour-post": "harbour-post",
        "harbour-post>belmark": "harbour-post > belmark",
    },
    "modality": {"": "", "actual": "", "Intended": "intended"},
    "locator": {"": "", "p7": "p7", "\u00b67": "p7", "page 3": "pg3", "12:34": "12:34"},
    "valid": {"": "", "2030-02": "2030-02", "2030?": "2030?", "2029/..": "2029/.."},
    "place": {
        "": "",
        "port-vale": "port-vale",
        "port-vale ; belmark": "port-vale;belmark",
    },
    "said_on": {"": "", "2030": "2030", "2029~": "2029~"},
    "context": {"": "", "Military": "military", "legal;military": "legal;military"},
    "framing": {"": "", "neutral": "neutral", "Rejected": "rejected"},
    "confidence": {"": "", "medium": "", "0.6": "", "HIGH": "high", "0,25": "0.25"},
    "status": {"": "", "accepted": "", "Candidate": "candidate"},
    "para_sha": {"": "", "835D4C7C5638": "835d4c7c5638"},
    "run": {"": "", "run-1": "run-1"},
    "supersedes": {"": "", "aaaaaaaaaaaa": "aaaaaaaaaaaa"},
}
BAD = {
    "subject": ["", "nobody", "Aldoria", "port-vale", "a\tb", "'=1+1", "\U0001f6f6"],
    "relation": ["", "figths"],
    "object": ["", "nowhere"],
    "source": ["", "night"],
    "stance": ["", "deny"],
    "speaker": ["port-vale", "harbour-post > ", "nobody"],
    "modality": ["maybe"],
    "locator": ["somewhere"],
    "valid": ["2030-02-30", "2030/2029"],
    "place": ["harbour-post", "port-vale; nowhere"],
    "said_on": ["May 2030"],
    "context": ["war", "military; war"],
    "framing": ["against"],
    "confidence": ["sure", "1.5"],
    "status": ["no"],
    "para_sha": ["835d"],
    "run": ["Run 1"],
    "supersedes": ["a"],
}
TEXTS = ("gist", "note")
_SHARE = 60  # good cells for each bad one


def mostly(column: str) -> st.SearchStrategy[str]:
    good = list(MEANT[column])
    return st.sampled_from(
        [*good * (_SHARE * len(BAD[column]) // len(good)), *BAD[column]]
    )


TEXT = st.one_of(
    st.text(max_size=12),
    st.text("a \r\n\t,;\"'=-\u00e9\u0301", max_size=8),
)
ROW = st.fixed_dictionaries(
    {column: TEXT if column in TEXTS else mostly(column) for column in COLUMNS}
)


def meant(row: dict[str, str]) -> dict[str, str]:
    cells = {
        column: unicodedata.normalize("NFC", restore(cell.strip()).strip())
        if column in TEXTS
        else MEANT[column][cell]
        for column, cell in row.items()
    }
    if row["relation"] == INVERSE:
        cells["subject"], cells["object"] = cells["object"], cells["subject"]
    return cells


def bad(row: dict[str, str]) -> set[str]:
    return {column for column in BAD if row[column] in BAD[column]}


def read(path: Path) -> dict[int, dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return dict(enumerate(csv.DictReader(file), 2))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=6),
    st.permutations(COLUMNS),
    st.sampled_from(",;\t"),
)
def test_every_cell_is_stored_as_it_was_meant_or_reported_at_its_place(
    tmp_path_factory, rows, columns, separator
):
    folder = tmp_path_factory.mktemp("rows")
    root = Path(shutil.copytree(GOOD, folder / "strait"))
    path = folder / "new.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)

    added = curating.add(root, [path], partial=True)

    problems = [p for p in added.checked.problems if p.table == str(path)]
    refused = {p.row or 0 for p in problems if p.level == "error"}
    repeated = {p.row for p in problems if p.code == "WS320"}
    codes = {(p.row, p.code) for p in problems}
    places = {(p.row, p.cell) for p in problems}
    after = {s.id: s for s in project.read(root).collection.statements}
    stored = {one.row: after[one.id] for one in added.statements}
    assert project.read(root).errors == ()
    for number, row in enumerate(rows, 2):
        assert (number in refused) + (number in stored) + (number in repeated) == 1
        if (number, "WS510") not in codes:  # a character that no cell may have
            for column in bad(row):
                assert (number, address(columns, number, column)) in places
        if one := stored.get(number):
            cells = read(root / one.file)[one.row]
            assert {name: restore(cell) for name, cell in cells.items()} == meant(row)
    for rejected in added.rejected:
        left = read(rejected)
        assert [{c: row[c] for c in columns} for row in left.values()] == [
            rows[number - 2] for number in sorted(refused)
        ]
    assert bool(added.rejected) == bool(refused)
