"""An answer from an excerpt is the answer from everything, and costs no more of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.digests import digest
from tests.strategies import crowd
from whosays import answers, disputes, index, perspectives, project, resources
from whosays.answering import Answering
from whosays.cli.cards import Printer
from whosays.cli.clashes import CLASHES
from whosays.cli.paper import Paper
from whosays.errors import UnknownName, UsageError
from whosays.excerpts import Excerpts
from whosays.model import Actor, ActorType, Collection, Dispute, Source, Statement

HERE = Path(__file__).parent
T = TypeVar("T")


class Both:
    """A project, asked through its tables and as a whole."""

    def __init__(self, collection: Collection) -> None:
        self.whole = collection
        self.pairs = disputes.find(collection)
        issues = disputes.issues(collection, self.pairs)
        outlines = disputes.outlines(collection, self.pairs, issues)
        self.index = index.build(None, collection, self.pairs, issues, outlines)
        self.parts = Answering(self.index)


def harbour() -> Collection:
    return project.read(HERE.parent / "seeds" / "harbour-plan").collection


def vale() -> Collection:
    return project.read(HERE / "fixtures" / "answers").collection


def bundled() -> Collection:
    return project.read(resources.bundled_project()).collection


WORLDS: dict[str, Callable[[], Collection]] = {
    "vale": vale,
    "harbour": harbour,
    "bundled": bundled,
    "crowd 1": lambda: crowd(1, 60),
    "crowd 2": lambda: crowd(2, 90),
}


@pytest.fixture(scope="module", params=WORLDS)
def both(request: pytest.FixtureRequest) -> Both:
    return Both(WORLDS[request.param]())


def printed(answer: Any, method: str) -> list[str]:
    printer = Printer(answer.collection, Paper(width=80))
    if method == "issues":
        return printer.issues(answer.issues, answer.hidden)
    return list(getattr(printer, method)(answer))


def same(one: Any, other: Any, method: str) -> bool:
    rows = [digest(answer.to_rows().to_csv()) for answer in (one, other)]
    cards = [printed(answer, method) for answer in (one, other)]
    return rows[0] == rows[1] and cards[0] == cards[1]


def some(items: Sequence[T], count: int = 12) -> Sequence[T]:
    return items[:: max(len(items) // count, 1)]


NARROWINGS: tuple[answers.Narrowing, ...] = (
    {},
    {"status": "all"},
    {"at": "2015"},
    {"own_voice": True},
    {"text": "the f"},
)


@pytest.mark.parametrize("narrowing", NARROWINGS, ids=str)
def test_a_dossier_is_the_same(both: Both, narrowing: answers.Narrowing) -> None:
    for slug in some(list(both.whole.actors)):
        for related in (False, True):
            whole = answers.about(
                both.whole, both.pairs, slug, related=related, **narrowing
            )

            part = both.parts.about(slug, related=related, **narrowing)

            assert same(part, whole, "dossier"), slug
            assert part.parts == whole.parts
            assert part.contested == whole.contested, slug


@pytest.mark.parametrize("narrowing", NARROWINGS, ids=str)
def test_what_a_voice_says_is_the_same(
    both: Both, narrowing: answers.Narrowing
) -> None:
    for slug in some(list(both.whole.actors), 20):
        whole = answers.by(both.whole, slug, **narrowing)

        part = both.parts.by(slug, **narrowing)

        assert same(part, whole, "speech"), slug
        assert part.delegates == whole.delegates


def parties(whole: Collection) -> list[str]:
    """Name a source, a voice, two sides, and what a voice says in sources."""
    spoken = some(whole.statements, 3)
    sources = "+".join(f"source:{slug}" for slug in some(list(whole.sources), 2))
    return [
        f"source:{spoken[0].source}",
        f"voice:{spoken[-1].voice}",
        f"voice:{spoken[0].voice}+{sources}",
        *(f"side:{whole.top(one.voice)}" for one in spoken[:2]),
        "",
    ]


def test_two_perspectives_compared_are_the_same(both: Both) -> None:
    names = parties(both.whole)
    whole = {name: perspectives.named(both.whole, name, since="2014") for name in names}
    for a, b in pairwise([*names, names[0]]):
        wanted = perspectives.compare(whole[a], whole[b], both.pairs)
        one, other = (
            both.parts.perspective(name, since="2014", until="") for name in (a, b)
        )

        found = both.parts.compare(one, other)

        assert found == wanted, (a, b)
        assert digest(found.to_rows().to_csv()) == digest(wanted.to_rows().to_csv())


def test_two_sources_compared_by_name_are_the_same(both: Both) -> None:
    for a, b in pairwise(some(list(both.whole.sources), 4)):
        one, other = (
            perspectives.named(both.whole, f"source:{source}") for source in (a, b)
        )
        wanted = perspectives.compare(one, other, both.pairs)

        found = both.parts.compare(f"source:{a}", f"source:{b}")

        assert found == wanted, (a, b)


def test_what_a_source_holds_is_the_same(both: Both) -> None:
    for slug in both.whole.sources:
        whole = answers.within(both.whole, slug)

        part = both.parts.within(slug)

        assert same(part, whole, "reading"), slug


def test_a_claim_is_the_same_whichever_slots_are_open(both: Both) -> None:
    for statement in both.whole.statements[:: max(len(both.whole.statements) // 8, 1)]:
        subject, relation, object = answers_key(statement)
        for slots, related in (
            ((subject, relation, object), True),
            ((subject, relation, object), False),
            ((object, relation, subject), False),
            ((subject, "-", object), False),
            (("-", relation, "-"), False),
            (("-", "-", object), False),
        ):
            if True:
                whole = answers.that(both.whole, both.pairs, *slots, related=related)

                part = both.parts.that(slots, related=related)

                assert same(part, whole, "card"), slots


def answers_key(one: Statement) -> tuple[str, str, str]:
    return one.subject, one.relation, one.object


def test_disputes_are_the_same(both: Both) -> None:
    slugs = some(list(both.whole.actors), 6)
    pairs = [(one, other) for one in slugs[:3] for other in slugs[3:]]
    for actors in [(), *((slug,) for slug in slugs), *pairs]:
        for narrowing in NARROWINGS:
            whole = answers.disputed(both.whole, both.pairs, actors, **narrowing)

            part = both.parts.disputes(actors, **narrowing)

            assert same(part, whole, "issues"), actors


def test_everything_that_can_be_shown_is_the_same(both: Both) -> None:
    whole_ids = [one.id for one in both.whole.statements]
    shown = [
        *some(whole_ids),
        *(id[:6] for id in some(whole_ids, 5)),
        *some([one.proposition for one in both.whole.statements], 6),
        *some(list(both.whole.actors), 4),
        *both.whole.sources,
        *(old for one in both.whole.statements for old in one.supersedes),
        *(issue.id for issue in disputes.issues(both.whole, both.pairs)),
    ]
    for id in shown:
        try:
            whole = answers.show(both.whole, both.pairs, id)
        except UnknownName as error:
            with pytest.raises(UnknownName, match=re.escape(str(error))):
                both.parts.show(id)
            continue

        part = both.parts.show(id)

        assert (part.kind, part.id, part.notes) == (whole.kind, whole.id, whole.notes)
        assert same(part, whole, "entry"), id


@pytest.mark.parametrize("text", ["nobody-at-all", "Rusia", "fights", "isis", "a_b"])
def test_an_unknown_name_is_refused_in_the_same_words(text: str) -> None:
    both = Both(bundled())
    calls: list[tuple[Callable[[], object], Callable[[], object]]] = [
        (
            lambda: both.parts.about(text),
            lambda: answers.about(both.whole, both.pairs, text),
        ),
        (lambda: both.parts.by(text), lambda: answers.by(both.whole, text)),
        (lambda: both.parts.within(text), lambda: answers.within(both.whole, text)),
        (
            lambda: both.parts.show(text),
            lambda: answers.show(both.whole, both.pairs, text),
        ),
        (
            lambda: both.parts.that(("iran", text, "isis")),
            lambda: answers.that(both.whole, both.pairs, "iran", text, "isis"),
        ),
        (
            lambda: both.parts.disputes([text]),
            lambda: answers.disputed(both.whole, both.pairs, [text]),
        ),
    ]
    for part, whole in calls:
        assert message(part) == message(whole)


def message(call: Callable[[], object]) -> str:
    try:
        call()
    except (UnknownName, UsageError) as error:
        return f"{error} {error.hint}"
    return ""


@pytest.mark.parametrize("most", [1, 3, 1_000])
@pytest.mark.parametrize("name", sorted(WORLDS))
def test_the_widest_issues_are_outlined_as_all_pairs_tell(name: str, most: int) -> None:
    both = Both(WORLDS[name]())
    everything = answers.disputed(both.whole, both.pairs)

    found = both.parts.widest(most)

    first = everything.issues[:most]
    assert found.issues == tuple(answers.outlined(one, CLASHES) for one in first)
    printers = [Printer(one.collection, Paper(width=80)) for one in (found, everything)]
    assert printers[0].issues(found.issues) == printers[1].issues(first)
    left = len(everything) - len(first)
    assert [one.count for one in found.hidden if "issue" in one.what] == [left][:left]
    assert found.hidden[bool(left) :] == everything.hidden


def test_an_excerpt_does_not_grow_with_what_it_is_not_about() -> None:
    small = harbour()
    strangers = {
        f"stranger-{number}": Actor(
            slug=f"stranger-{number}",
            label=f"Stranger {number}",
            type=ActorType.PERSON,
        )
        for number in range(400)
    }
    pattern = small.statements[0]
    more = tuple(
        replace(
            pattern,
            id=f"{number:04}zzzzzzzz",
            subject=f"stranger-{number}",
            object=f"stranger-{(number + 7) % 400}",
            chain=(f"stranger-{(number + 3) % 400}",),
            source="gazette",
            proposition=f"stranger-{number}_x_stranger-{(number + 7) % 400}",
        )
        for number in range(400)
    )
    gazette = Source(slug="gazette", title="Gazette", voice="stranger-1")
    large = replace(
        small,
        actors={**small.actors, **strangers},
        sources={**small.sources, "gazette": gazette},
        statements=tuple(
            sorted((*small.statements, *more), key=lambda statement: statement.id)
        ),
    )
    sizes = []
    for collection in (small, large):
        taken = Excerpts(Both(collection).index)
        sizes.append(
            [
                len(part.statements)
                for part in (
                    taken.of_actor(pattern.subject),
                    taken.of_voice(pattern.voice),
                    taken.of_source(pattern.source),
                    taken.of_claim(pattern.subject, "", ""),
                    taken.of_id(pattern.id[:6]),
                )
            ]
        )

    assert sizes[0] == sizes[1]
    assert all(sizes[0])


def test_only_the_records_asked_for_are_read() -> None:
    both = Both(bundled())
    excerpts = Excerpts(both.index)
    read: list[str] = []
    both.index._connection.set_trace_callback(read.append)

    part = excerpts.of_actor("hamas")
    answers.about(part, part.disputes, "hamas")

    whole_tables = [
        query
        for query in read
        if query in ("SELECT * FROM statement", "SELECT * FROM actor")
    ]
    assert whole_tables == []
    assert read


def test_disputes_of_an_excerpt_are_records_of_the_project(both: Both) -> None:
    part = Excerpts(both.index).everything()

    assert list(part.disputes) == both.index.all(Dispute)
    assert part.statements == both.whole.statements
