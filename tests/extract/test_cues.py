import csv
from collections import defaultdict
from pathlib import Path

import pytest

from whosays import resources, vocab
from whosays.errors import DataError, UsageError
from whosays.extract import cuetables

SYMMETRIC = {name for name, one in vocab.load().relations.items() if one.symmetric}


def statement(reading: tuple[str, ...]) -> tuple[str, ...]:
    subject, relation, object_, *rest = reading
    if relation in SYMMETRIC and object_ < subject:
        subject, object_ = object_, subject
    return (subject, relation, object_, *rest)


def test_every_cue_finds_its_positive_and_leaves_its_negative_example(reader):
    wrong = []
    for example in cuetables.examples():
        found = {statement(one) for one in reader.readings(example.text)}
        size = len(example.expect)

        expected = statement(example.expect) if size else ()
        right = (
            expected in {one[:size] for one in found} if example.positive else not found
        )
        if not right:
            wrong.append((example, found))

    assert wrong == []


def test_every_cue_has_an_example_of_each_kind():
    kinds = defaultdict(set)
    for example in cuetables.examples():
        kinds[example.cue].add(example.positive)
    rows = cuetables.load().rows

    cues = {row["id"] for name in cuetables.CUE_TABLES for row in rows[name]}

    assert {cue for cue in cues if kinds[cue] != {True, False}} == set()
    assert set(kinds) == cues


def test_examples_name_no_actor_of_the_bundled_project():
    with (resources.bundled_project() / "actors.csv").open(encoding="utf-8") as file:
        bundled = {row["label"] for row in csv.DictReader(file)}
    with (cuetables.FOLDER / "example_actors.csv").open(encoding="utf-8") as file:
        invented = {row["label"] for row in csv.DictReader(file)}

    text = " ".join(example.text for example in cuetables.examples())

    assert not invented & bundled
    assert {name for name in bundled if f" {name} " in f" {text} "} == set()


def test_every_relation_of_a_cue_leads_to_one_of_the_ontology():
    tables = cuetables.load()
    used = {
        row["relation"]
        for rows in tables.rows.values()
        for row in rows
        if "relation" in row
    }

    assert used <= set(tables.relations)
    assert set(tables.relations.values()) <= set(vocab.load().relations)


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("verbs", "v-own,zap,zaps;zapped;zapped;zapping,amrs,,,obj,", "arms"),
        ("verbs", "v-own,zap,zaps;zapped,arms,,,obj,", "four forms"),
        ("verbs", "v-own,zap,,arms,,,object,", "no frame"),
        ("nouns", "n-own,zap,arms,possesive,on,", "possessive"),
        ("scope", "o-own,zap,,hegde,+,verb,", "hedge"),
        ("verbs", ",zap,,arms,,,obj,", "every cue has an id"),
    ],
)
def test_a_faulty_cell_is_reported_with_its_place(
    tmp_path: Path, table: str, row: str, said: str
):
    header = ",".join(cuetables.COLUMNS[table])
    (tmp_path / f"{table}.csv").write_text(f"{header}\n{row}\n", "utf-8")

    with pytest.raises(DataError) as caught:
        cuetables.load("en", tmp_path)

    problem = caught.value.problems[0]
    assert problem.table == f"cues/{table}.csv"
    assert problem.row == 2
    assert problem.cell.endswith("2")
    assert said in str(problem)


def test_a_project_adds_cues_and_replaces_ours_by_id(tmp_path: Path):
    header = ",".join(cuetables.COLUMNS["verbs"])
    (tmp_path / "verbs.csv").write_text(
        f"{header}\n"
        "v-zap,zap,zaps;zapped;zapped;zapping,attacks,,,obj,\n"
        "v-arm-arms,arm,arms;armed;armed;arming,supports,,,obj,\n",
        "utf-8",
    )

    rows = {row["id"]: row for row in cuetables.load("en", tmp_path).rows["verbs"]}

    assert rows["v-zap"]["relation"] == "attacks"
    assert rows["v-arm-arms"]["relation"] == "supports"


def test_a_language_without_tables_is_refused():
    with pytest.raises(UsageError, match="no cue tables"):
        cuetables.load("xx")
