"""Review in a sheet: the queue as a table, decisions back, all or none, each with its cell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.review.conftest import TEXT, Find, rows
from whosays.cli.main import main
from whosays.project import decisions
from whosays.review import Desk, SheetRefused, draft, read_sheet, write_sheet
from whosays.tables import read_table

FORMATS = (".csv", ".tsv", ".xlsx", ".jsonl")


def sheet(desk: Desk, target: Path, *, text: bool = False) -> list[dict[str, str]]:
    write_sheet(desk, target, text=text)
    columns = ("id", "decision", "reason", "relation", "text", "locator", "tier")
    return [dict(row.cells) for row in read_table(target, target.name, columns).rows]


def filled(desk: Desk, **changes: dict[str, str]) -> bytes:
    """Fill the sheet of a queue: cells by relation of the candidate."""
    target = desk.root / "work.csv"
    write_sheet(desk, target)
    with target.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    for row in found:
        row.update(changes.get(row["relation"], {}))
    output = io.StringIO()
    writer = csv.DictWriter(output, found[0])
    writer.writeheader()
    writer.writerows(found)
    return output.getvalue().encode()


def logged(root: Path) -> list[str]:
    return [
        one.decision for one in decisions.read(root, "decisions/talk.jsonl").entries
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_kind_of_sheet_holds_what_waits_and_no_word_of_the_text(
    desk: Desk, find: Find, suffix: str, tmp_path: Path
):
    desk.refuse(find("aldoria", "arms"))
    desk.refresh()

    plain = sheet(desk, tmp_path / f"work{suffix}")
    worded = sheet(desk, tmp_path / f"words{suffix}", text=True)

    assert [row["relation"] for row in plain] == ["attacks", "fights", "tradesWith"]
    assert [row["decision"] for row in plain] == ["", "", ""]
    assert all(not row["text"] for row in plain)
    assert [row["text"] in TEXT for row in worded] == [True] * 3
    assert all(row["text"] for row in worded)


@pytest.mark.parametrize("suffix", FORMATS)
def test_decisions_of_every_kind_of_sheet_are_made_once(
    vale: Path, desk: Desk, suffix: str, tmp_path: Path
):
    data = filled(desk, arms={"decision": "accept"}, fights={"decision": "refuse"})
    target = tmp_path / f"back{suffix}"
    found = list(csv.DictReader(io.StringIO(data.decode())))
    if suffix == ".xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        book.active.append(list(found[0]))
        for row in found:
            book.active.append(list(row.values()))
        book.save(target)
    elif suffix == ".jsonl":
        target.write_text("".join(f"{json.dumps(row)}\n" for row in found), "utf-8")
    else:
        separator = "\t" if suffix == ".tsv" else ","
        target.write_bytes(data.replace(b",", separator.encode()))

    first = read_sheet(desk, target)
    again = read_sheet(Desk(vale, "talk"), target)

    assert [one.decision for one in first.decided.decisions] == ["accepted", "rejected"]
    assert (first.open, first.known, again.known, again.open) == (2, 0, 2, 2)
    assert logged(vale) == ["accepted", "rejected"]
    assert len(rows(vale)) == 1


def test_a_cell_that_was_changed_corrects_the_candidate(vale: Path, desk: Desk):
    data = filled(
        desk,
        attacks={
            "decision": "Accepted",
            "subject": "Cedar Front",
            "relation": "is supported by",
            "stance": "Denies",
            "speaker": "oren-vale > Dun Brigade",
            "valid": "",
            "gist": "The Brigade says no.",
        },
        tradesWith={
            "decision": "accept",
            "speaker": "@author",
            "modality": "predicted",
        },
    )

    read_sheet(desk, data)

    first, second = rows(vale)
    assert [first[name] for name in ("subject", "relation", "object", "stance")] == [
        "aldoria",
        "supports",
        "cedar-front",
        "denies",
    ]
    assert first["speaker"] == "oren-vale > dun-brigade"
    assert (first["valid"], first["gist"]) == ("", "The Brigade says no.")
    assert (second["speaker"], second["modality"]) == ("", "predicted")
    assert logged(vale) == ["corrected", "corrected"]


@pytest.mark.parametrize(
    ("relation", "cells", "told"),
    [
        ("arms", {"decision": "acept"}, "B2: “acept” is no decision"),
        (
            "arms",
            {"decision": "refuse", "reason": "stnace"},
            "C2: “stnace” is no reason",
        ),
        ("arms", {"decision": "accept", "id": "c-12"}, "A2: “c-12” is no candidate"),
        (
            "arms",
            {"decision": "accept", "subject": "Aldorai"},
            "D2: no actor “Aldorai”",
        ),
        ("arms", {"decision": "accept", "relation": "amrs"}, "E2: no relation “amrs”"),
        ("arms", {"decision": "accept", "stance": "maybe"}, "G2: no value “maybe”"),
        ("attacks", {"decision": "accept", "valid": "June 2031"}, "K3: “June 2031”"),
        ("tradesWith", {"decision": "accept"}, "A5: c-"),
        (
            "arms",
            {"decision": "accept", "object": "aldoria"},
            "F2: subject and object are both",
        ),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_with_its_cell_and_nothing_is_written(
    vale: Path, desk: Desk, relation: str, cells: dict[str, str], told: str
):
    wrong = {relation: cells, "fights": {"decision": "refuse"}}
    data = filled(desk, **wrong)

    with pytest.raises(SheetRefused) as refused:
        read_sheet(desk, data, name="work.csv")

    (problem,) = refused.value.problems
    assert str(problem).startswith(f"work.csv:{told}")
    assert all(p.instructions or p.fix for p in refused.value.problems)
    assert logged(vale) == []
    assert rows(vale) == []


def test_with_partial_the_good_rows_are_taken(vale: Path, desk: Desk):
    data = filled(
        desk,
        arms={"decision": "accept", "object": "aldoria"},
        attacks={"decision": "accept"},
        fights={"decision": "later on"},
    )

    done = read_sheet(desk, data, partial=True)

    assert logged(vale) == ["accepted"]
    assert {p.row for p in done.problems} == {2, 4}
    assert [row["relation"] for row in rows(vale)] == ["attacks"]


def test_a_decision_is_not_turned_round_by_a_sheet(vale: Path, desk: Desk, find: Find):
    data = filled(desk, arms={"decision": "refuse"})
    desk.accept(draft(find("aldoria", "arms")))

    with pytest.raises(SheetRefused, match="is accepted already; take that back first"):
        read_sheet(Desk(vale, "talk"), data)

    assert logged(vale) == ["accepted"]


def test_the_verb_lists_exports_imports_and_counts(
    vale: Path, capsys: pytest.CaptureFixture[str]
):
    def run(*words: str) -> tuple[int, str, str]:
        code = main(["review", *words, "-p", str(vale)])
        said = capsys.readouterr()
        return code, said.out, said.err

    work = vale / "build" / "work.csv"
    listed = run("-f", "csv")
    exported = run("talk", "--export", str(work))
    work.write_text(work.read_text("utf-8").replace(",,,", ",y,,", 1), "utf-8")
    tried = run("talk", "--import", str(work), "--dry-run")
    wrong = run("talk", "--import", str(vale / "actors.csv"))
    taken = run("talk", "--import", str(work))
    counted = run("--stats", "--json")
    undone = run("talk", "--undo", "last")
    clash = run("talk", "--stats", "--undo", "last")

    assert listed[1].splitlines()[1].startswith("talk,4,0,0")
    assert "4 candidates" in exported[1]
    assert tried[1].startswith("would decide: 1 accepted, 3 left open\nwould add 1")
    assert (wrong[0], "nothing was written" in wrong[2]) == (1, True)
    assert "1 accepted, 3 left open" in taken[1]
    assert "what this changes" in taken[1]
    assert json.loads(counted[1])[0]["accepted"] == 1
    assert "is no longer in the tables" in undone[1]
    assert (clash[0], "at once" in clash[2]) == (2, True)
    assert logged(vale) == ["accepted", "undone"]
