"""The gold that comes along: what it promises, and that nothing in it contradicts."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from whosays import checks, vocab
from whosays.extract.running import registry_of
from whosays.measuring import FROZEN, gold
from whosays.measuring.cooccurrence import CoOccurrence
from whosays.measuring.records import Gold
from whosays.project.passages import passages
from whosays.resources import data_root

FOLDER = data_root() / "seeds" / "gold"
FILES = gold.bundled()


@cache
def read(path: Path) -> Gold:
    return gold.read(path)


def all_of_it() -> list[Gold]:
    return [read(path) for path in FILES]


def counted(part: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    sources = set()
    for one in all_of_it():
        floor = CoOccurrence(registry_of(one.collection))
        for passage in one.passages:
            if passage.part != part:
                continue
            sources.add(passage.source)
            silent = not passage.gold and not passage.optional
            found["sentences"] += 1
            found["statements"] += len(passage.gold)
            found["denied or questioned"] += sum(
                claim.stance != "affirms" for claim in passage.gold
            )
            found["optional"] += len(passage.optional)
            found["silent"] += silent
            found["crowded"] += silent and len(floor.named(passage.text)) > 1
    found["texts"] = len(sources)
    return found


def test_there_are_two_conflicts_with_a_part_to_tune_on_and_a_frozen_one():
    names = {(path.parts[-3], path.stem) for path in FILES}

    assert names == {
        (world, part) for world in ("tarn", "shoals") for part in ("dev", "frozen")
    }


def test_it_is_as_large_as_it_says():
    dev, frozen = counted("dev"), counted(FROZEN)
    total = {key: dev[key] + frozen[key] for key in dev}

    rows = re.findall(
        r"^\| .*? \| (\d+) \| (\d+) \| (\d+) \|$",
        (FOLDER / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    keys = [
        *("texts", "sentences", "statements", "denied or questioned"),
        *("optional", "silent", "crowded"),
    ]
    assert [list(map(int, row)) for row in rows] == [
        [dev[key], frozen[key], total[key]] for key in keys
    ]
    assert total["sentences"] >= 300
    assert total["statements"] >= 200
    assert total["crowded"] >= 100
    assert 3 * total["denied or questioned"] >= total["statements"]
    assert 3 * total["silent"] >= total["sentences"]


def test_every_genre_is_in_both_parts_of_both_conflicts():
    genres = {
        (one.name, passage.part, passage.genre)
        for one in all_of_it()
        for passage in one.passages
    }

    assert len({genre for *_, genre in genres}) == 7
    assert len(genres) == 7 * 4


def test_every_relation_of_the_ontology_is_claimed_somewhere():
    claimed = {
        claim.relation
        for one in all_of_it()
        for passage in one.passages
        for claim in passage.gold
    }

    assert claimed == set(vocab.load().relations)


def test_every_stance_and_every_kind_of_speaker_is_in_both_parts():
    found = {
        (passage.part, claim.stance, claim.speaker[:1] in "@" or claim.speaker[:5])
        for one in all_of_it()
        for passage in one.passages
        for claim in passage.gold
    }

    for part in ("dev", FROZEN):
        assert {stance for p, stance, _ in found if p == part} == {
            *("affirms", "denies", "questions")
        }
        kinds = {kind for p, _, kind in found if p == part}
        assert {True, "text:"} < kinds


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_sentences_stand_where_they_say_and_do_not_overlap(path: Path):
    one = read(path)

    last: dict[str, int] = {}
    for passage in one.passages:
        text = one.texts[passage.source]
        number = int(passage.locator.removeprefix("p"))
        block = passages(text)[number - 1]
        assert passage.text in block, passage.id
        assert passage.start >= last.get(passage.source, 0), passage.id
        last[passage.source] = passage.end
        assert passage.part == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_statement_stands_twice_and_speakers_in_words_stand_there(path: Path):
    one = read(path)
    symmetric = {r.id for r in one.collection.relations.values() if r.symmetric}

    for passage in one.passages:
        seen = Counter(
            (
                frozenset((claim.subject, claim.object))
                if claim.relation in symmetric
                else (claim.subject, claim.object),
                *(claim.relation, claim.stance, claim.speaker),
            )
            for claim in (*passage.gold, *passage.optional)
        )
        assert not [key for key, count in seen.items() if count > 1], passage.id
        for claim in (*passage.gold, *passage.optional):
            assert claim.subject != claim.object, passage.id
            for speaker in (claim.speaker, *claim.also, *claim.chain):
                words = speaker.removeprefix("text:")
                if words != speaker:
                    assert words.casefold() in passage.text.casefold(), passage.id


def test_no_text_and_no_sentence_is_in_both_parts():
    sources: dict[str, set[str]] = {}
    sentences: dict[str, set[str]] = {}
    for one in all_of_it():
        for passage in one.passages:
            sources.setdefault(passage.source, set()).add(passage.part)
            if len(passage.text.split()) > 4:
                sentences.setdefault(passage.text, set()).add(passage.id)

    assert all(len(parts) == 1 for parts in sources.values())
    assert all(len(ids) == 1 for ids in sentences.values())


@pytest.mark.parametrize("world", ["tarn", "shoals"])
def test_the_registries_are_projects_without_problems(world: str):
    assert checks.check(FOLDER / world) == []


def test_a_row_of_the_readme_is_a_row_of_the_gold():
    example = (FOLDER / "README.md").read_text("utf-8")
    block = example.split("```json\n")[1].split("```")[0]

    row = json.loads(block)

    lines = (FOLDER / "tarn" / "gold" / "dev.jsonl").read_text("utf-8").splitlines()
    assert row in [json.loads(line) for line in lines]
