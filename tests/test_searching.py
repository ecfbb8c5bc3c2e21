"""Searching gists by their words finds through the index what looking at all finds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import crowd
from whosays import answers, index
from whosays.answering import Answering
from whosays.cli.main import main
from whosays.errors import UsageError
from whosays.excerpts import Excerpts
from whosays.index import searching
from whosays.model import Collection

OPEN = ("-", "-", "-")
WORDS = (
    "convoy",
    "Convoys",
    "border-convoy",
    "U.S.",
    "al-Qa'ida",
    "Émigrés",
    "قافلة",
    "колонна",
    "NEAR",
    "2014",
    "the",
)
GISTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    st.text(st.characters(codec="utf-8"), max_size=30),
)
HOSTILE = (
    '"convoy',
    "convoy*",
    "convoy OR border",
    "NOT convoy",
    "NEAR(convoy border)",
    "gist : convoy",
    "^convoy + {border}",
    "'; DROP TABLE said; --convoy",
    "convoy\x00border",
    "convoy " * 20_000,
    " ".join(f"w{number}" for number in range(5_000)),
    "c" * 100_000,
)


def telling(*gists: str) -> Collection:
    """Make a project whose statements have these gists, some of them none."""
    of = crowd(7, len(gists))
    said = zip(of.statements, gists, strict=True)
    return replace(of, statements=tuple(replace(one, gist=gist) for one, gist in said))


def looked_through(collection: Collection, text: str) -> set[str]:
    card = answers.that(collection, (), *OPEN, text=text, status="all")
    return {one.id for one in card.statements}


def found(collection: Collection, text: str) -> set[str]:
    asked = Answering(index.build(None, collection))
    card = asked.that(OPEN, text=text, status="all")
    return {one.id for one in card.statements}


@settings(max_examples=60, deadline=None)
@given(
    gists=st.lists(GISTS, min_size=1, max_size=12),
    words=st.lists(st.sampled_from(WORDS), max_size=2),
    cut=st.integers(1, 9),
)
def test_the_index_finds_what_looking_at_every_gist_finds(
    gists: list[str], words: list[str], cut: int
) -> None:
    collection = telling(*gists)
    text = " ".join(word[:cut] for word in words) + " b"

    assert found(collection, text) == looked_through(collection, text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_what_has_a_meaning_to_sqlite_is_only_words(text: str) -> None:
    collection = telling("convoy", "Convoys at the border", "not gist or near", "")

    assert found(collection, text) == looked_through(collection, text)


@pytest.mark.parametrize(
    ("text", "gists"),
    [
        ("conv", {"A convoy", "Two convoys"}),
        ("two CONV", {"Two convoys"}),
        ("qaida", {"Word of al-Qa'ida"}),
        ("emigre", {"Letters of Émigrés"}),
        ("kolonna", {"колонна"}),
        ("колонна", {"колонна"}),
        ("onvoy", set()),
    ],
)
def test_words_are_found_by_how_they_begin_in_any_script(
    text: str, gists: set[str]
) -> None:
    collection = telling(
        "A convoy", "Two convoys", "Word of al-Qa'ida", "Letters of Émigrés", "колонна"
    )
    asked = Answering(index.build(None, collection))

    card = asked.that(OPEN, text=text, status="all")

    assert {one.gist for one in card.statements} == gists


@pytest.mark.parametrize("text", ["?!", "the", "--", "'" * 1000])
def test_a_text_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no word to search for") as refused:
        answers.that(telling("A convoy"), (), *OPEN, text=text)

    assert len(refused.value.message) < 100


def test_nothing_but_what_was_found_is_read() -> None:
    collection = telling(*("a convoy", "a letter", "a bridge") * 20)
    excerpts = Excerpts(index.build(None, collection))

    part = excerpts.of_claim("", "", "", text="conv")

    assert {one.gist for one in part.statements} == {"a convoy"}


def test_without_that_part_of_sqlite_all_is_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = searching._TABLE.replace("fts5", "not_there")
    monkeypatch.setattr(searching, "_TABLE", wrong)
    collection = telling("a convoy", "a letter")

    assert found(collection, "conv") == looked_through(collection, "conv") != set()


def test_the_command_finds_statements_by_their_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = Path(__file__).parent / "fixtures" / "answers"

    code = main(["that", "-", "--text", "crate nail", "-p", str(project), "-f", "csv"])

    rows = capsys.readouterr().out.splitlines()
    assert code == 0
    assert len(rows) == 2
    assert "Crates marked as nails" in rows[1]


def test_a_search_that_finds_nothing_says_what_was_searched_for() -> None:
    card = answers.that(telling("a convoy"), (), *OPEN, text="rain", status="all")

    assert card.title == "“rain”"
    assert len(card) == 0
