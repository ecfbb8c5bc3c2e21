"""Pairs that are read while they are written are those of an answer in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.digests import digest
from tests.strategies import crowd
from whosays import disputes, index
from whosays.answering import Answering
from whosays.answers import colliding
from whosays.answers.narrowing import Narrowing
from whosays.cli.formats import ROWS, encoded
from whosays.cli.main import main
from whosays.errors import UnknownName
from whosays.rows import Rows, Streamed

QUESTIONS: list[tuple[tuple[str, ...], Narrowing]] = [
    ((), {}),
    (("belmark",), {}),
    (("aldorian-navy",), {}),
    (("aldoria", "Cedar Front"), {}),
    ((), {"by": "belmark"}),
    (("aldoria",), {"by": "aldoria", "at": "2031"}),
    ((), {"place": "aldoria"}),
    ((), {"status": "all"}),
]


@pytest.fixture(scope="module", params=range(3))
def answering(request) -> Iterator[Answering]:
    collection = crowd(request.param, 90)
    with index.Building(None, collection) as building:
        for quarrel in disputes.quarrels(collection):
            building.take(*quarrel)
        yield Answering(building.finish())


@pytest.mark.parametrize(("actors", "narrowing"), QUESTIONS)
def test_rows_issues_and_what_is_left_out_are_those_of_the_whole_answer(
    answering: Answering, actors, narrowing
):
    whole = answering.disputes(actors, **narrowing)

    streamed = answering.colliding(actors, **narrowing)

    assert [*streamed.to_rows()] == whole.to_rows().to_dicts()
    assert streamed.hidden == whole.hidden
    assert streamed.issues == [one.issue.actors for one in whole]
    assert len(streamed) == len(whole)


def test_the_questions_find_pairs_and_leave_pairs_out(answering: Answering):
    shown = [
        len([*answering.colliding(actors, **narrowing).to_rows()])
        for actors, narrowing in QUESTIONS
    ]

    assert min(shown[:4]) > 0
    assert all(few < shown[0] for few in shown[1:7])


def test_what_is_kept_of_statements_has_a_bound(answering: Answering, monkeypatch):
    expected = [*answering.colliding(()).to_rows()]
    monkeypatch.setattr(colliding, "_KEPT", 4)
    monkeypatch.setattr(colliding, "_AT_ONCE", 2)

    found = answering.colliding(())

    assert [*found.to_rows()] == expected
    assert len(found._sides) <= 4
    assert len(found._explained) <= 4


def test_rows_are_read_while_they_are_written(answering: Answering, monkeypatch):
    monkeypatch.setattr(colliding, "_AT_ONCE", 1)
    found = answering.colliding(())

    rows = iter(found.to_rows())
    next(rows)

    assert len(found._sides) == 2


def test_an_unknown_actor_is_named_before_anything_is_written(answering: Answering):
    with pytest.raises(UnknownName, match="belmrk"):
        answering.colliding(["belmrk"])


@pytest.mark.parametrize("format", ROWS)
@pytest.mark.parametrize("count", [0, 1, 700])
def test_a_table_in_parts_is_the_table_at_once(format: str, count: int):
    columns = ("id", "gist", "open")
    records = [(one, f'a "b"\n| <{one}> ü', one % 2 == 0) for one in range(count)]

    parts = [*Streamed(columns, iter(records)).texts(format)]

    whole = encoded(Rows.of(columns, records), format)
    assert digest("".join(parts).encode()) == digest(whole)
    assert len(parts) < 10


def test_json_in_parts_is_laid_out_as_the_library_does_it():
    records = [("aldoria", None, 0.5), ('a, "b": {c}', True, 3)]
    rows = Rows.of(("a", "b", "c"), records)

    text = rows.to_json()

    assert text == json.dumps(rows.to_dicts(), ensure_ascii=False, indent=1) + "\n"


def test_disputes_go_to_a_file_as_to_a_pipe(tmp_path, capfdbinary):
    assert main(["disputes", "isis", "-f", "ndjson"]) == 0
    piped = capfdbinary.readouterr().out

    assert main(["disputes", "isis", "-o", str(tmp_path / "isis.ndjson")]) == 0

    assert digest((tmp_path / "isis.ndjson").read_bytes()) == digest(piped)
    assert len(piped.splitlines()) > 1
