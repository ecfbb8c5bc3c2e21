"""Where very many pairs collide, the graph holds the strongest and says how many."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from tests.strategies import crowd
from whosays import disputes, export, index, load, project
from whosays.cli.main import main
from whosays.export import Content
from whosays.index import Index
from whosays.model import Collection, Dispute, Issue, Outline
from whosays.namespaces import WS

PAIRS, STRONGEST = 20, 3
Key = tuple[str, str]


def bounded(collection: Collection, pairs: int = PAIRS) -> Collection:
    chosen = replace(collection.settings, graph_pairs=pairs, graph_strongest=STRONGEST)
    return replace(collection, settings=chosen)


def written(collection: Collection, path: Path | None = None) -> Index:
    with index.Building(path, collection) as building:
        for quarrel in disputes.quarrels(collection):
            building.take(*quarrel)
        return building.finish()


def by_issue(collection: Collection) -> dict[tuple[bool, Key], list[Dispute]]:
    """Group all pairs of a project by brute force, the strongest first."""
    statements = {one.id: one for one in collection.statements}
    found: dict[tuple[bool, Key], list[Dispute]] = {}
    for one in disputes.find(collection):
        affirmed = statements[one.affirmed]
        first, second = sorted(
            collection.top(end) for end in (affirmed.subject, affirmed.object)
        )
        found.setdefault((one.own, (first, second)), []).append(one)
    for group in found.values():
        group.sort(key=lambda one: (-one.score, one.id))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_strongest_pairs_of_each_issue_are_held_and_all_are_counted(seed: int):
    collection = bounded(crowd(seed, 120))
    groups = by_issue(collection)
    assert max(map(len, groups.values())) > STRONGEST

    tables = written(collection)

    held = {one.id for one in tables.stream(Dispute, "held")}
    assert held == {one.id for group in groups.values() for one in group[:STRONGEST]}
    issues = {one.actors: one for one in tables.all(Issue)}
    outlines = {one.actors: one for one in tables.all(Outline)}
    assert issues.keys() == outlines.keys()
    for (own, actors), group in groups.items():
        if not own:
            strongest = tuple(one.id for one in group[:STRONGEST])
            assert issues[actors].disputes == strongest
            assert issues[actors].pairs == outlines[actors].pairs == len(group)
    found = tables.found()
    assert found.pairs == sum(map(len, groups.values()))
    assert found.own == sum(len(group) for (own, _), group in groups.items() if own)
    assert (found.held, found.issues) == (len(held), len(issues))
    assert f"holds {len(held)}, the strongest of each issue" in str(found)


def test_up_to_the_bound_the_graph_holds_every_pair():
    collection = crowd(1, 120)
    found = disputes.find(collection)

    tables = written(bounded(collection, pairs=len(found)))

    assert [one.id for one in tables.stream(Dispute, "held")] == [o.id for o in found]
    assert all(one.pairs == len(one.disputes) for one in tables.all(Issue))
    assert str(tables.found()) == ""


def test_answers_are_made_of_all_pairs_though_the_graph_holds_few():
    collection = crowd(2, 120)

    few, all = written(bounded(collection)), written(collection)

    assert few.all(Dispute) == all.all(Dispute)
    assert few.all(Outline) == all.all(Outline)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project in which five voices affirm what five others deny."""
    path = tmp_path_factory.mktemp("crowded") / "strait"
    (path / "statements").mkdir(parents=True)
    text = '[project]\nname = "strait"\n[graph]\npairs = 20\nstrongest = 4\n'
    (path / "whosays.toml").write_text(text)
    voices = [f"voice-{number}" for number in range(10)]
    actors = ["slug,label,type"]
    actors += [
        f"{slug},{slug.title()},state" for slug in ("aldoria", "belmark", "front")
    ]
    actors += [f"{voice},{voice.title()},person" for voice in voices]
    (path / "actors.csv").write_text("\n".join(actors) + "\n")
    (path / "sources.csv").write_text("slug,title,default_voice\nnews,News,belmark\n")
    rows = ["subject,relation,object,source,stance,speaker,locator"]
    rows += [
        f"aldoria,arms,front,news,{'denies' if n % 2 else 'affirms'},{voice},p{n + 1}"
        for n, voice in enumerate(voices)
    ]
    (path / "statements" / "news.csv").write_text("\n".join(rows) + "\n")
    return path


def test_store_and_exports_hold_the_same_pairs(folder: Path, tmp_path: Path):
    kg = load(folder, write=True)
    content = Content(index=kg._built.index)
    nquads = pyoxigraph.RdfFormat.N_QUADS
    in_store = set(pyoxigraph.parse(kg._built.nquads(), nquads))

    for name in ("graph.nq", "graph.trig", "graph.jsonld"):
        export.write(content, tmp_path / name)

    kinds = Counter(
        quad.object.value for quad in in_store if quad.predicate.value.endswith("#type")
    )
    assert kinds[f"{WS}Dispute"] == 4
    for name in ("graph.nq", "graph.trig", "graph.jsonld"):
        in_file = set(pyoxigraph.parse(path=str(tmp_path / name)))
        disputed = [quad for quad in in_file if "dispute" in str(quad.graph_name)]
        assert len(disputed) == 4 * 5 + 4 + 6
        assert in_file <= in_store


def test_queries_find_the_number_of_all_pairs(folder: Path):
    kg = load(folder)

    rows = kg.query(
        "SELECT ?all ?held (COUNT(?one) AS ?here) { GRAPH g:disputes { "
        "?issue ws:disputeCount ?all ; ws:disputesHeld ?held ; ws:hasDispute ?one } } "
        "GROUP BY ?all ?held"
    )

    assert [tuple(row.values()) for row in rows.to_dicts()] == [(25, 4, 4)]


def test_commands_count_all_and_say_what_the_graph_leaves_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    note = "of 25 pairs that collide the graph holds 4, the strongest of each issue"

    for arguments, expected in (
        (["build"], ["25 pairs of statements collide", note]),
        (["status"], ["25 disputes", note]),
        (["disputes", "-f", "card"], ["10 voices, 1 source, 25 pairs"]),
        (["disputes", "aldoria", "front", "-f", "card"], ["25 pairs"]),
    ):
        assert main([*arguments, "-p", str(folder)]) == 0

        shown = capsys.readouterr()
        told = " ".join((shown.out + shown.err).split())
        assert [text for text in expected if text not in told] == []


def test_a_citation_has_the_statements_of_all_pairs(folder: Path):
    text = load(folder).cite("aldoria_front", format="text")

    assert [number for number in range(1, 11) if f"¶{number}" not in text] == []


def test_a_page_says_what_the_graph_leaves_out(folder: Path):
    page = load(folder).view(sparql=False)

    assert any("the graph holds 4" in notice for notice in page.notices)


def test_a_page_opens_with_an_issue_whose_pairs_here_the_graph_leaves_out(folder: Path):
    kg = load(folder)
    voices = {one.id: one.voice for one in kg.collection.statements}
    held = {
        voices[side]
        for one in kg._built.index.where(Dispute, "held")
        for side in (one.affirmed, one.contested)
    }
    left = sorted({*voices.values()} - held)
    pair = next(
        one
        for one in kg.pairs()
        if left[0] in (voices[one.affirmed], voices[one.contested])
    )

    page = kg.view(voices=left[:1], issue="aldoria_front", sparql=False)
    by_pair = kg.view(voices=left[:1], issue=pair.id, sparql=False)

    assert page.opening == "sel=e%3Aaldoria%7Carms%7Cfront"
    assert by_pair.opening == page.opening


def test_settings_that_are_not_there_leave_the_usual_bound(tmp_path: Path):
    (tmp_path / "whosays.toml").write_text('[project]\nname = "a"\n')

    found = project.read(tmp_path).collection.settings

    assert (found.graph_pairs, found.graph_strongest) == (1_000_000, 1_000)
