"""What is put into the index comes out again, and damage is said, not guessed over."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import collections, crowd
from whosays import disputes, index, resources
from whosays import project as projects
from whosays.errors import OutsideError
from whosays.index import Index
from whosays.model import (
    Actor,
    Alias,
    Collection,
    Dispute,
    Incompatibility,
    Issue,
    Name,
    NameKind,
    Relation,
    Settings,
    Source,
    Statement,
    Status,
)

FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
KINDS = (Actor, Source, Relation, Incompatibility, Name, Statement, Dispute, Issue)


def built(collection: Collection, path: Path | None = None) -> Index:
    found = disputes.find(collection)
    return index.build(path, collection, found, disputes.issues(collection, found))


@FEW
@given(collections())
def test_a_project_survives_the_index(collection: Collection) -> None:
    assert built(collection).collection() == collection


@pytest.mark.parametrize("seed", range(4))
def test_disputes_and_issues_survive_in_their_order(seed: int, tmp_path: Path) -> None:
    collection = crowd(seed, 60)
    found = disputes.find(collection)
    issues = disputes.issues(collection, found)
    assert found
    assert issues

    built(collection, tmp_path / "i.sqlite").close()
    opened = Index.open(tmp_path / "i.sqlite")

    assert opened.collection() == collection
    assert opened.all(Dispute) == found
    assert opened.all(Issue) == issues
    opened.close()


def test_the_bundled_project_survives_the_index(tmp_path: Path) -> None:
    collection = projects.read(resources.bundled_project()).collection

    built(collection, tmp_path / "i.sqlite").close()
    opened = Index.open(tmp_path / "i.sqlite")

    assert opened.collection() == collection
    opened.close()


@FEW
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_in_any_field(text: str) -> None:
    collection = crowd(1, 2)
    actor = replace(
        collection.actors["aldoria"],
        label=text,
        aliases=(Alias(text=text, lang="fa"), Alias(text="[1]")),
        former_slugs=("old", "older"),
        note=text,
    )
    name = Name(
        id="n1",
        actor="aldoria",
        name=text,
        kind=NameKind.LOADED,
        used_by=("belmark", "aldoria"),
        source="night-bulletin",
        note=text,
    )
    first, *rest = collection.statements
    first = replace(first, gist=text, note=text, supersedes=("a", "b"))
    collection = replace(
        collection,
        settings=Settings(
            name="strait",
            title=text,
            bare_rows=Status.CANDIDATE,
            relations=("fights", "arms"),
            type_labels=(("militia", text),),
            allow=("example.org",),
        ),
        actors={**collection.actors, "aldoria": actor},
        names=(name,),
        statements=(first, *rest),
        inputs={"statements/a b.csv": "0" * 64},
    )

    assert built(collection).collection() == collection


def read_all(path: Path) -> None:
    opened = Index.open(path)
    try:
        opened.collection()
        for kind in KINDS:
            opened.all(kind)
    finally:
        opened.close()


def test_a_missing_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="cannot be read") as caught:
        Index.open(tmp_path / "none.sqlite")

    assert "built again" in caught.value.hint


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"no database" * 99])
def test_what_is_no_index_is_said(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "i.sqlite").write_bytes(content)

    with pytest.raises(OutsideError, match="cannot be read"):
        Index.open(tmp_path / "i.sqlite")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_cut_index_is_said(part: float, tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    built(crowd(1, 60), path).close()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])

    with pytest.raises(OutsideError, match="cannot be read"):
        read_all(path)


def test_no_altered_byte_ends_in_an_error_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    built(crowd(1, 30), path).close()
    data = path.read_bytes()
    dice = random.Random(20)
    outcomes: set[type[OutsideError] | None] = set()

    for _ in range(150):
        altered = bytearray(data)
        for _ in range(dice.choice([1, 1, 8])):
            altered[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(altered)
        try:
            read_all(path)
        except OutsideError as error:
            outcomes.add(type(error))
        else:
            outcomes.add(None)

    assert outcomes == {None, OutsideError}
