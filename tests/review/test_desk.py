"""Deciding about candidates: rows, runs and the log appear together or not at all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.review.conftest import TEXT, Find, candidates, offer, other_version, rows
from whosays import changes, checks, load, project
from whosays.curating import RowsRefused
from whosays.errors import MissingFile, UsageError, WhosaysError
from whosays.project import decisions
from whosays.review import Desk, NewActor, NotReady, draft, statistics


def log_of(root: Path) -> list[dict[str, object]]:
    path = root / "decisions" / "talk.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def states(root: Path) -> dict[str, str]:
    items = Desk(root, "talk").queue.items
    return {one.candidate.relation: one.state for one in items}


def test_what_is_accepted_is_a_row_with_its_run_and_a_line_of_the_log(
    vale: Path, desk: Desk, find: Find
):
    one = find("aldoria", "arms")

    done = desk.accept(draft(one))

    (row,) = rows(vale)
    (run,) = rows(vale, "runs.csv")
    (line,) = log_of(vale)
    assert done.added is not None
    assert [e.kind for e in done.added.effects.listed] == [
        "first voice",
        "first relation",
    ]
    assert (row["subject"], row["relation"], row["object"]) == one.reading[:3]
    assert (row["stance"], row["locator"], row["status"]) == ("denies", "p2", "")
    assert row["gist"] == "Oren Vale denies: Aldoria arms Cedar Front"
    assert row["run"] == run["slug"] == line["candidate"] == one.id
    assert (run["tool"], run["patterns"], run["tier"], run["decision"]) == (
        "whosays 0 / cues en 0",
        "v-armed",
        "A",
        "accepted",
    )
    assert line["decision"] == "accepted"
    assert (line["by"], str(line["at"])[-6:]) == ("", "+00:00")
    assert checks.check(vale) == []


def test_time_modality_speaker_and_chain_reach_their_cells(
    vale: Path, desk: Desk, find: Find
):
    war = draft(find("belmark", "attacks")).saying(
        speaker="cedar-front", also=("dun-brigade",), chain=("oren-vale",)
    )
    trade = draft(find("belmark", "tradesWith")).saying(speaker="@author")

    desk.accept(war, trade)

    told = [(r["valid"], r["modality"], r["speaker"]) for r in rows(vale)]
    assert told == [
        ("2031", "", "oren-vale > cedar-front"),
        ("2031", "", "oren-vale > dun-brigade"),
        ("", "suspected", ""),
    ]
    assert [line["decision"] for line in log_of(vale)] == ["corrected", "corrected"]


def test_neither_log_nor_tables_hold_words_of_the_text(
    vale: Path, desk: Desk, find: Find
):
    desk.accept(draft(find("aldoria", "arms")))
    desk.refuse(find("belmark", "attacks"), reason="stance", note="read again")

    files = ("decisions/talk.jsonl", "statements/talk.csv", "runs.csv")
    kept = " ".join((vale / name).read_text("utf-8") for name in files)

    words = TEXT.split()
    runs = [" ".join(words[n : n + 4]) for n in range(len(words) - 3)]
    assert [run for run in runs if run in kept] == []


def test_no_name_and_no_time_are_noted_unless_they_are_wanted(vale: Path, find: Find):
    Desk(vale, "talk", dated=False).refuse(find("aldoria", "arms"))
    Desk(vale, "talk", by="A. B.").refuse(find("belmark", "attacks"))

    told = [(line["at"] == "", line["by"]) for line in log_of(vale)]

    assert told == [(True, ""), (False, "A. B.")]


def test_a_speaker_or_an_actor_nobody_knows_must_be_chosen_first(
    vale: Path, desk: Desk, find: Find
):
    clerk = draft(find("belmark", "tradesWith"))

    with pytest.raises(NotReady, match="the speaker “A clerk” is no actor"):
        desk.accept(clerk)
    with pytest.raises(NotReady, match="the object “port” is no actor"):
        desk.accept(clerk.saying(speaker="@author", object="new:port"))

    assert log_of(vale) == rows(vale) == []


def test_a_new_actor_comes_along_with_what_is_accepted(
    vale: Path, desk: Desk, find: Find
):
    clerk = NewActor(slug="a-clerk", label="A clerk", type="unnamed")
    one = replace(draft(find("belmark", "tradesWith")), actors=(clerk,))

    desk.accept(one.saying(speaker="a-clerk"))

    assert rows(vale, "actors.csv")[-1]["slug"] == "a-clerk"
    assert rows(vale)[0]["gist"] == "A clerk affirms: Belmark trades with Aldoria"


def test_a_row_that_the_check_refuses_leaves_everything_as_it_was(
    vale: Path, desk: Desk, find: Find
):
    wrong = draft(find("aldoria", "arms")).saying(object="aldoria")

    with pytest.raises(RowsRefused) as refused:
        desk.accept(draft(find("belmark", "attacks")), wrong)

    assert [p.code for p in refused.value.problems] == ["WS401"]
    assert desk.owners[(refused.value.problems[0].row or 0) - 2] == 1
    assert log_of(vale) == rows(vale) == []
    assert not (vale / "runs.csv").exists()


def test_a_row_that_stands_there_already_is_not_written_twice(
    vale: Path, desk: Desk, find: Find
):
    (vale / "statements").mkdir()
    (vale / "statements" / "talk.csv").write_text(
        "subject,relation,object,source,stance,locator,gist\n"
        "aldoria,arms,cedar-front,talk,denies,p2,By hand.\n",
        "utf-8",
    )

    desk.accept(draft(find("aldoria", "arms")))
    desk.undo()

    (row,) = rows(vale)
    assert row["gist"] == "By hand."
    assert [line["decision"] for line in log_of(vale)] == ["accepted", "undone"]
    assert not (vale / "runs.csv").exists()


def test_undo_goes_back_to_the_beginning_and_every_row_is_taken_out(
    vale: Path, desk: Desk, find: Find
):
    before = load(vale).collection.statements
    desk.accept(draft(find("aldoria", "arms")), draft(find("belmark", "attacks")))
    desk.refuse(find("belmark", "fights"), reason="actor")
    desk.skip(find("belmark", "tradesWith"))

    undone = [Desk(vale, "talk").undo().decisions[0].decision for _ in range(4)]

    assert undone == ["skipped", "rejected", "accepted", "accepted"]
    assert load(vale).collection.statements == before == ()
    assert rows(vale, "runs.csv") == []
    assert len(log_of(vale)) == 8
    assert set(states(vale).values()) == {"open"}
    assert checks.check(vale) == []
    with pytest.raises(UsageError, match="no decision to take back"):
        desk.undo()


def test_undo_of_one_candidate_leaves_later_decisions(
    vale: Path, desk: Desk, find: Find
):
    first = find("aldoria", "arms")
    desk.accept(draft(first))
    desk.accept(draft(find("belmark", "attacks")))

    desk.undo(first.id)

    assert [row["relation"] for row in rows(vale)] == ["attacks"]


def test_a_row_that_was_edited_since_is_not_taken_out(
    vale: Path, desk: Desk, find: Find
):
    desk.accept(draft(find("aldoria", "arms")))
    path = vale / "statements" / "talk.csv"
    edited = path.read_text("utf-8").replace("Oren Vale denies:", "He says no to:")
    path.write_text(edited, "utf-8")

    with pytest.raises(UsageError, match="was changed since"):
        desk.undo()

    assert path.read_text("utf-8") == edited
    assert len(log_of(vale)) == 1


def test_log_and_tables_are_compared_and_the_way_back_is_open(
    vale: Path, desk: Desk, find: Find
):
    desk.accept(draft(find("aldoria", "arms")))
    path = vale / "statements" / "talk.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")

    found = [(p.code, p.table) for p in checks.check(vale)]
    desk.undo()

    assert found == [("WS804", "decisions/talk.jsonl")]
    assert checks.check(vale) == []
    assert states(vale)["arms"] == "open"


# --- what is not asked again


def refuse_all(root: Path) -> None:
    desk = Desk(root, "talk")
    desk.refuse(*(item.candidate for item in desk.queue.items), reason="statement")


def test_another_version_of_the_extractor_brings_nothing_back(vale: Path):
    refuse_all(vale)

    offer(vale, found=[other_version(one) for one in candidates()])

    assert Counter(states(vale).values()) == {"again": 4}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Interview\n", "Interview\n\nA new paragraph stands here.\n"),
        ("Interview\n", "\n"),
        ("\n\n", "\n\n\n"),
        ("Oren Vale denied", "Minister Oren Vale firmly denied"),
        ("had armed the", "had ever armed all of the"),
        ("attacked Aldoria", "badly attacked all Aldoria"),
        ("A clerk said", "A  clerk \u2014 he \u2014 said"),
    ],
)
def test_a_text_that_moved_or_changed_a_little_brings_nothing_back(
    vale: Path, old: str, new: str
):
    refuse_all(vale)
    text = TEXT.replace(old, new)

    offer(vale, text)

    assert candidates(text)[0].id != candidates()[0].id
    assert Counter(states(vale).values()) == {"again": 4}
    assert Desk(vale, "talk").queue.orphans == ()


def test_another_reading_of_the_passage_is_asked_for(vale: Path):
    refuse_all(vale)
    found = candidates()
    turned = replace(
        found[1], id="c-00000000000000aa", subject="aldoria", object="belmark"
    )

    offer(vale, found=[*found, turned])

    queue = Desk(vale, "talk").queue
    assert [one.candidate.id for one in queue.items if one.waits] == [turned.id]


def test_the_same_sentence_elsewhere_is_told_by_what_stands_beside_it(vale: Path):
    line = "Belmark attacked Aldoria in 2031 and Belmark fights the Cedar Front."
    text = f"{TEXT}\nLater.\n\n{line}\n\nThe end.\n"
    first = candidates(text)[1]
    at = text.index(line, first.selector.end) - first.selector.start
    second = replace(
        first,
        id="c-00000000000000bb",
        selector=replace(
            first.selector,
            start=first.selector.start + at,
            end=first.selector.end + at,
            prefix="\nLater.\n\n",
            suffix="\n\nThe end.\n",
        ),
    )
    offer(vale, text, [first, second])
    Desk(vale, "talk").refuse(first)

    again = [
        replace(one, doc_sha256="f" * 64, id=one.id[:-1] + "0")
        for one in (first, second)
    ]
    offer(vale, text, again)

    assert [one.state for one in Desk(vale, "talk").queue.items] == ["again", "open"]


def test_a_correction_is_not_proposed_a_second_time(vale: Path, desk: Desk, find: Find):
    one = find("belmark", "attacks")
    desk.accept(draft(one).saying(relation="threatens"))

    better = replace(one, id="c-00000000000000cc", relation="threatens")
    offer(vale, found=[one, better])

    assert states(vale) == {"attacks": "decided", "threatens": "again"}


def test_a_passage_that_is_gone_is_told_and_so_is_its_decision(vale: Path):
    refuse_all(vale)

    line = "Belmark attacked Aldoria in 2031 and Belmark fights the Cedar Front."
    other = (
        "Last spring, so we hear, Belmark fights, attacked the Cedar Front, Aldoria."
    )
    offer(vale, TEXT.replace(line, other))
    moved = Desk(vale, "talk").queue
    (vale / "texts" / "talk.txt").write_text("Something else.\n", "utf-8")
    (vale / "decisions" / "talk.jsonl").unlink()
    left = Desk(vale, "talk").queue

    assert [one.before.relation for one in moved.orphans if one.before] == [
        "attacks",
        "fights",
    ]
    assert moved.counts == {"again": 2, "open": 2}
    assert left.counts == {"gone": 4}
    assert left.changed


# --- faults


def test_a_torn_line_of_the_log_is_told_and_the_next_one_is_whole(
    vale: Path, desk: Desk, find: Find
):
    desk.refuse(find("aldoria", "arms"))
    path = vale / "decisions" / "talk.jsonl"
    path.write_bytes(path.read_bytes() + b'{"at": "20')

    Desk(vale, "talk").refuse(find("belmark", "attacks"))

    log = decisions.read(vale, "decisions/talk.jsonl")
    assert [one.decision for one in log.entries] == ["rejected", "rejected"]
    assert [number for number, _ in log.faults] == [2]
    assert [p.code for p in checks.check(vale)] == ["WS803"]


def test_killed_in_the_middle_a_decision_is_whole_or_was_never_made(vale: Path):
    call = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from whosays.review import Desk, draft\n"
        "desk = Desk(Path(sys.argv[1]), 'talk')\n"
        "ready = [draft(i.candidate) for i in desk.queue.items[:2]]\n"
        "desk.accept(ready[0])\n"
        "steps = int(sys.argv[2])\n"
        "real = os.replace\n"
        "def replace(*names):\n"
        "    global steps\n"
        "    steps -= 1\n"
        "    if steps < 0: os.kill(os.getpid(), 9)\n"
        "    real(*names)\n"
        "os.replace = replace\n"
        "desk.accept(ready[1])\n"
    )
    seen = set()
    for steps in (0, 3, 4, 6, 99):
        for name in ("decisions/talk.jsonl", "statements/talk.csv", "runs.csv"):
            (vale / name).unlink(missing_ok=True)
        command = [sys.executable, "-c", call, str(vale), str(steps)]
        done = subprocess.run(command, check=False, timeout=250)
        found = len(project.read(vale).collection.statements)

        assert done.returncode in (0, -signal.SIGKILL)
        assert found == len(log_of(vale)) == len(rows(vale, "runs.csv"))
        assert checks.check(vale) == []
        seen.add((found, done.returncode))
    assert {(1, -signal.SIGKILL), (2, -signal.SIGKILL), (2, 0)} <= seen


def test_two_sittings_at_once_lose_no_decision(vale: Path, find: Find):
    one, other = Desk(vale, "talk"), Desk(vale, "talk")

    one.accept(draft(find("aldoria", "arms")))
    other.accept(draft(find("belmark", "attacks")))
    one.refuse(find("belmark", "fights"))

    assert len(rows(vale)) == 2
    assert len(log_of(vale)) == 3
    assert checks.check(vale) == []


def test_whoever_writes_meanwhile_is_told(vale: Path, find: Find, monkeypatch):
    monkeypatch.setattr(changes, "_PATIENCE", 0.0)
    ready = Desk(vale, "talk")

    with changes.change(vale), pytest.raises(WhosaysError, match="another process"):
        ready.refuse(find("aldoria", "arms"))

    assert log_of(vale) == []


def test_without_candidates_the_way_to_them_is_named(vale: Path):
    (vale / "build" / "candidates" / "talk.jsonl").unlink()

    with pytest.raises(MissingFile, match="whosays extract TEXT --source talk"):
        Desk(vale, "talk")


def test_the_library_shows_what_was_accepted_at_once(vale: Path, find: Find):
    kg = load(vale)

    kg.review("A talk").accept(draft(find("aldoria", "arms")))

    assert [one.run for one in kg.collection.statements] == [find("aldoria", "arms").id]
    assert kg.show(kg.collection.statements[0].id).rows[0]["patterns"] == "v-armed"


def test_statistics_count_by_pattern_tier_and_reason(
    vale: Path, desk: Desk, find: Find
):
    desk.accept(draft(find("aldoria", "arms")))
    desk.accept(draft(find("belmark", "attacks")).other_stance())
    desk.refuse(find("belmark", "fights"), reason="direction")
    extra = replace(draft(find("belmark", "attacks")), added=True)
    desk.accept(extra.saying(relation="sanctions"))

    counted = statistics(vale, desk.collection)

    by_name = {(row["kind"], row["name"]): row for row in counted}
    tier = by_name["tier", "A"]
    assert (tier["accepted"], tier["corrected"], tier["rejected"]) == (1, 1, 1)
    assert (tier["share"], tier["wrong_direction"], tier["open"]) == (0.333, 1, 0)
    assert by_name["pattern", "v-trade"]["open"] == 1
    assert by_name["all", ""]["added"] == by_name["relation", "sanctions"]["added"] == 1
    assert rows(vale, "runs.csv")[-1]["decision"] == "added"


def test_a_log_of_many_thousand_lines_is_read_once_per_sitting(
    vale: Path, desk: Desk, find: Find
):
    done = desk.refuse(find("aldoria", "arms"))
    path = vale / "decisions" / "talk.jsonl"
    path.write_bytes(path.read_bytes() * 3000)

    desk.refuse(find("belmark", "attacks"))

    log = decisions.read(vale, "decisions/talk.jsonl")
    assert len(log.entries) == 3001
    assert len(log.standing()) == 2
    assert log.entries[0] == done.decisions[0]
    assert os.path.getsize(path) > 1_000_000
