"""Perspectives: who is chosen, what is found between two, and how it is written."""

import json
import shutil
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import networkx
import pytest

from whosays import KG, errors, load
from whosays.cli.main import main
from whosays.model import Framing, Statement
from whosays.overlay import comparison_network, perspective_network
from whosays.perspectives import (
    COMPARISON_COLUMNS,
    PERSPECTIVE_COLUMNS,
    Comparison,
    Finding,
    Match,
    compare,
    select,
)
from whosays.store import Store

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
SOURCES = (
    "faustian-pact",
    "habilian-rapprochement",
    "iranwire-view-from-tehran",
    "khamenei-ahmadian-interview",
    "voa-last-page",
)


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("projects")
    for name in ("iran-isis", "harbour-plan"):
        leave = shutil.ignore_patterns("build", "texts")
        shutil.copytree(SEEDS / name, folder / name, ignore=leave)
    return folder


@pytest.fixture(scope="module")
def harbour(projects: Path) -> KG:
    return load(projects / "harbour-plan")


@pytest.fixture(scope="module")
def iran(projects: Path) -> KG:
    return load(projects / "iran-isis")


def claims(matches: tuple[Match, ...]) -> set[str]:
    return {match.claim.claim for match in matches}


def test_a_voice_stands_for_what_it_says_in_every_source(harbour: KG):
    found = harbour.perspective("ines-carrow")

    assert {s.voice for s in found.statements} == {"ines-carrow"}
    assert {s.source for s in found.statements} == {"courier-feature", "guild-leaflet"}


def test_a_side_is_everyone_who_rolls_up_to_the_actor(harbour: KG):
    found = harbour.perspective("side:fishers-guild")

    assert {s.voice for s in found.statements} == {"fishers-guild", "ines-carrow"}


def test_a_set_of_voices_is_joined_and_a_source_narrows_it(harbour: KG):
    both = harbour.perspective("ada-lund + mara-quill")
    narrowed = harbour.perspective("ada-lund + mara-quill + tide-interview")

    assert {s.voice for s in both.statements} == {"ada-lund", "mara-quill"}
    assert {s.voice for s in narrowed.statements} == {"ada-lund"}


def test_only_accepted_statements_count(harbour: KG):
    held = {s.id for s in harbour.perspective("tide-interview").statements}

    left_out = {s.id for s in harbour.collection.statements if not s.counts}

    assert left_out
    assert not held & left_out


def test_names_are_understood_in_any_spelling_and_never_guessed(harbour: KG):
    assert harbour.perspective("Mayor Lund").voices == ("ada-lund",)
    assert harbour.perspective("Breakfast with the Mayor").sources == (
        "tide-interview",
    )
    with pytest.raises(errors.UnknownName, match="ada-lund"):
        harbour.perspective("Ada Lunt")


def test_a_period_takes_what_was_surely_said_in_it_and_counts_the_rest(harbour: KG):
    april = select(harbour.collection, since="2031-04", until="2031-04")
    spring = select(harbour.collection, since="2031-04-15", until="2031-05-31")

    assert {s.source for s in april.statements} == {"guild-leaflet"}
    assert {s.source for s in spring.statements} == {
        "courier-feature",
        "tide-interview",
    }
    assert spring.unplaced == len(april.statements)


def test_a_statement_without_a_date_of_speaking_is_in_no_period(harbour: KG):
    from dataclasses import replace

    collection = harbour.collection
    undated = tuple(replace(s, said="") for s in collection.statements if s.counts)

    found = select(replace(collection, statements=undated), since="2000")

    assert not found.statements
    assert found.unplaced == len(undated)


def test_a_period_that_ends_before_it_begins_is_refused(harbour: KG):
    with pytest.raises(errors.UsageError, match="before it begins"):
        harbour.perspective("ada-lund", since="2032", until="2031")


def test_two_sources_contradict_where_a_dispute_lies_between_them(harbour: KG):
    found = harbour.compare("guild-leaflet", "council-minutes")

    assert {(m.a.claim, m.b.claim, str(m.kind)) for m in found.contradict} == {  # type: ignore[union-attr]
        (
            "fishers-guild_blocks_new-terminal",
            "fishers-guild_blocks_new-terminal",
            "direct",
        ),
        (
            "port-authority_dredges_north-basin",
            "port-authority_dredges_north-basin",
            "direct",
        ),
        (
            "dredging-unit_consults_fishers-guild",
            "port-authority_consults_fishers-guild",
            "partial",
        ),
    }


def test_two_sources_agree_on_the_same_stance_in_the_same_mood(harbour: KG):
    found = harbour.compare("guild-leaflet", "council-minutes")

    assert claims(found.agree) == {
        "halden-lines_subsidises_port-authority",
        "saltmere-council_endorses_new-terminal",
    }


def test_what_excludes_each_other_is_told_apart_from_contradiction(harbour: KG):
    found = harbour.compare("courier-feature", "tide-interview")

    assert [(m.a.relation, m.b.relation) for m in found.clash] == [  # type: ignore[union-attr]
        ("opposes", "cooperatesWith")
    ]


def test_a_rejected_quotation_agrees_with_nobody(harbour: KG):
    found = harbour.compare("courier-feature", "tide-interview")
    quoted = [s for s in harbour.collection.statements if s.framing is Framing.REJECTED]

    assert [s.proposition for s in quoted] == ["halden-lines_finances_ada-lund"]
    assert "halden-lines_finances_ada-lund" not in claims(found.agree)


def test_a_source_is_not_held_to_what_it_quotes_in_order_to_reject(harbour: KG):
    from dataclasses import replace

    collection = harbour.collection
    moved = tuple(
        replace(s, source="council-minutes") if s.framing is Framing.REJECTED else s
        for s in collection.statements
    )
    changed = replace(collection, statements=moved)
    from whosays.perspectives import compare, named

    a, b = (named(changed, name) for name in ("council-minutes", "tide-interview"))
    found = compare(a, b, harbour.pairs())

    money = "halden-lines_finances_ada-lund"
    assert money not in claims(found.contradict)
    assert {m.claim.claim: m.reason for m in found.beside}[money] == (
        "quoted in order to be rejected"
    )


def test_the_one_who_is_quoted_is_held_to_it_whoever_rejects_it(harbour: KG):
    found = harbour.compare("harbour-courier", "ada-lund")

    assert claims(found.contradict) == {"halden-lines_finances_ada-lund"}


def test_one_voice_on_both_sides_is_no_contradiction_of_two_sources(harbour: KG):
    found = harbour.compare("courier-feature", "guild-leaflet")

    union = "dockers-union_cooperatesWith_fishers-guild"
    assert union not in claims(found.contradict)
    assert {m.claim.claim: m.reason for m in found.beside}[union] == (
        "one voice, on both sides"
    )


def test_a_voice_can_contradict_itself_in_two_periods(harbour: KG):
    early, late = harbour.perspective("ines-carrow").split("2031-05")

    found = harbour.compare(early, late)

    assert claims(found.contradict) == {"dockers-union_cooperatesWith_fishers-guild"}


def test_statements_of_both_are_left_out_of_both_and_counted(harbour: KG):
    found = harbour.compare("tide-interview", "ada-lund")

    assert found.shared == 8
    assert not found.agree
    assert not found.b.statements


def test_silence_is_told_where_the_other_speaks_more_than_once(harbour: KG):
    found = harbour.compare("tide-interview", "courier-feature")

    assert [(s.actors, len(s.statements)) for s in found.a_silent] == [
        (("halden-lines", "reed-marsh"), 2)
    ]


def between(comparison: Comparison, kg: KG) -> set[str]:
    """The disputes between two sources, found without the comparison."""
    by_id = {s.id: s for s in kg.collection.statements}

    def stands_in(statement: Statement, source: str) -> bool:
        return statement.source == source and statement.framing is not Framing.REJECTED

    (a,), (b,) = comparison.a.sources, comparison.b.sources
    found = set()
    for dispute in kg.pairs():
        one, other = by_id[dispute.affirmed], by_id[dispute.contested]
        straight = stands_in(one, a) and stands_in(other, b)
        turned = stands_in(one, b) and stands_in(other, a)
        if not dispute.own and (straight or turned):
            found.add(dispute.id)
    return found


@pytest.mark.parametrize(("first", "second"), list(combinations(SOURCES, 2)))
def test_every_claim_is_told_once_and_every_dispute_between_the_two(
    iran: KG, first: str, second: str
):
    found = iran.compare(first, second)

    spoken = {s.proposition for s in (*found.a.statements, *found.b.statements)}
    told = {h.claim for m in found.matches for h in (m.a, m.b) if h}
    assert told == spoken
    assert {d.id for d in found.disputes} == between(found, iran)
    listed = {id for m in (*found.contradict, *found.clash) for id in m.disputes}
    assert listed == {d.id for d in found.disputes}
    only_a = {s.proposition for s in found.a.statements}
    only_a -= {s.proposition for s in found.b.statements}
    assert claims(found.only_a) == only_a


@pytest.mark.parametrize(("first", "second"), list(combinations(SOURCES, 2)))
def test_turning_the_two_round_turns_the_lists_round(iran: KG, first: str, second: str):
    there, back = iran.compare(first, second), iran.compare(second, first)

    assert claims(there.agree) == claims(back.agree)
    assert claims(there.only_a) == claims(back.only_b)
    assert claims(there.beside) == claims(back.beside)
    assert [s.actors for s in there.a_silent] == [s.actors for s in back.b_silent]
    assert {frozenset(m.disputes) for m in there.contradict} == {
        frozenset(m.disputes) for m in back.contradict
    }


def test_voa_and_khamenei_ir_contradict_each_other_about_iran_and_isis(iran: KG):
    found = iran.compare("voa-last-page", "khamenei-ahmadian-interview")

    assert "iran_fights_isis" in claims(found.contradict)


def test_the_table_of_a_perspective_has_its_documented_columns(harbour: KG):
    rows = harbour.perspective("ada-lund").to_rows()

    assert rows.columns == PERSPECTIVE_COLUMNS
    assert rows[0]["voices_label"] == "Ada Lund"
    assert rows.to_pandas()["statements"].dtype.kind == "i"


def test_the_table_of_a_comparison_names_every_reference_twice(harbour: KG):
    rows = harbour.compare("guild-leaflet", "council-minutes").to_rows()

    assert rows.columns == COMPARISON_COLUMNS
    assert rows[0]["finding"] == str(Finding.CONTRADICT)
    assert rows[0]["a_claim"] == "fishers-guild_blocks_new-terminal"
    assert rows[0]["a_claim_label"] == "Fishers' Guild blocks New terminal"
    assert rows[0]["b_voices_label"] == "Port Authority"
    assert rows[0]["score"] == 1.0
    assert rows.to_polars()["score"].dtype.is_float()


def test_a_comparison_shows_itself_as_a_table_in_a_notebook(harbour: KG):
    shown = harbour.compare("guild-leaflet", "council-minutes")._repr_html_()

    assert "<table>" in shown
    assert "contradict" in shown


def test_the_graph_of_a_comparison_groups_statements_by_finding(harbour: KG):
    found = harbour.compare("guild-leaflet", "council-minutes")
    store = Store.memory()
    store.load(found.to_turtle(), "turtle")

    rows = store.query(
        'SELECT ?st { ?kind skos:prefLabel "agree"@en ; skos:member/skos:member ?st }'
    ).rows()

    ids = {str(next(iter(row.values()))).rpartition("/")[2] for row in rows}
    assert ids == {
        s.id for m in found.agree for h in (m.a, m.b) if h for s in h.statements
    }


def test_the_graph_of_a_perspective_holds_no_relation_as_a_predicate(harbour: KG):
    turtle = harbour.perspective("guild-leaflet").to_turtle()
    store = Store.memory()
    store.load(turtle, "turtle")

    assert store.query("ASK { ?r a ws:Relation . ?s ?r ?o }").content == (
        Store.memory().query("ASK { ?s a ?o }").content
    )
    assert b"ada-lund" not in turtle


def test_the_overlay_says_of_every_edge_whose_it_is_and_what_was_found(harbour: KG):
    found = harbour.compare("guild-leaflet", "council-minutes")

    graph = comparison_network(found)

    edges = list(graph.edges(keys=True, data=True))
    assert len(edges) == len(found.a.statements) + len(found.b.statements)
    assert {data["side"] for *_, data in edges} == {"a", "b"}
    assert all(data["findings"] for *_, data in edges)
    assert "mara-quill" not in graph


def test_the_network_of_a_perspective_has_only_its_own_edges(harbour: KG):
    found = harbour.perspective("ada-lund")

    graph = perspective_network(found)

    assert {key for *_, key in graph.edges(keys=True)} == {
        s.id for s in found.statements
    }


def run(
    capsys: pytest.CaptureFixture[str], projects: Path, *arguments: str
) -> tuple[int, str, str]:
    code = main(["compare", "-p", str(projects / "harbour-plan"), *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_text_fits_the_paper(capsys: pytest.CaptureFixture[str], projects: Path):
    code, out, _ = run(
        capsys,
        projects,
        "tide-interview",
        "courier-feature",
        "-f",
        "text",
        "--width",
        "60",
    )

    assert code == 0
    assert "CONTRADICT (1)" in out
    assert max(map(len, out.splitlines())) <= 60


def test_a_list_that_is_cut_says_how_much_is_missing(
    capsys: pytest.CaptureFixture[str], projects: Path
):
    _, out, _ = run(
        capsys,
        projects,
        "tide-interview",
        "courier-feature",
        "-f",
        "text",
        "--limit",
        "1",
    )

    assert "… 8 more: --limit 0, or -f csv" in out


def test_ascii_paper_has_only_ascii_marks(
    capsys: pytest.CaptureFixture[str], projects: Path
):
    _, out, _ = run(
        capsys, projects, "guild-leaflet", "courier-feature", "-f", "text", "--ascii"
    )

    assert out.isascii()


def test_every_row_format_holds_the_same_findings(
    capsys: pytest.CaptureFixture[str], projects: Path
):
    outputs = {
        format: run(capsys, projects, "guild-leaflet", "council-minutes", "-f", format)[
            1
        ]
        for format in ("csv", "tsv", "json", "ndjson")
    }

    rows = json.loads(outputs["json"])
    assert [json.loads(line) for line in outputs["ndjson"].splitlines()] == rows
    assert outputs["csv"].splitlines()[0] == ",".join(COMPARISON_COLUMNS)
    assert len(outputs["tsv"].splitlines()) == len(rows) + 1


def test_a_side_beside_a_source_and_a_voice_before_and_after(
    capsys: pytest.CaptureFixture[str], projects: Path
):
    code, out, _ = run(
        capsys, projects, "council-minutes", "--side", "fishers-guild", "-f", "text"
    )
    again, split, _ = run(
        capsys, projects, "ines-carrow", "--split", "2031-05", "-f", "text"
    )

    assert (code, again) == (0, 0)
    assert "B the side of Fishers' Guild" in out
    assert "A Ines Carrow, until 2031-04-30: 1 statement" in split


def test_what_no_period_can_take_is_counted_on_stderr(
    capsys: pytest.CaptureFixture[str], projects: Path
):
    _, _, err = run(capsys, projects, "guild-leaflet", "--from", "2031-04-15")

    assert "left out: 9 statements" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "nothing to compare"),
        (("a", "b", "--side", "c"), "only two"),
        (("guild-leaflet", "-f", "cvs"), "Did you mean: csv"),
        (("gild-leaflet",), "guild-leaflet"),
        (("guild-leaflet", "--from", "June"), "June"),
        (("guild-leaflet", "ada-lund", "--split", "2031"), "--split"),
        (("ada-lund", "--split", "../2031"), "cannot be split"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str],
    projects: Path,
    arguments: tuple[str, ...],
    message: str,
):
    code, out, err = run(capsys, projects, *arguments)

    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_a_comparison_is_written_as_an_overlay_network(tmp_path, format):
    file = tmp_path / f"both.{format}"

    code = main(["compare", "voa-last-page", "faustian-pact", "-q", "-o", str(file)])

    read = networkx.read_graphml if format == "graphml" else networkx.read_gexf
    sides = {data["side"] for *_, data in read(file).edges(data=True)}
    assert code == 0
    assert sides == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [("2017", "2013/2015", 0), ("2014", "2013/2015", 1), ("", "2013/2015", 1)],
)
def test_voices_agree_only_of_times_that_can_meet(harbour: KG, one, other, agree):
    first = next(row for row in harbour.collection.statements if row.counts)
    rows = tuple(
        replace(first, id=voice, valid=valid, chain=(voice,), framing=None)
        for voice, valid in (("ada-lund", one), ("halden-lines", other))
    )
    collection = replace(harbour.collection, statements=rows)
    a, b = (select(collection, voices=[row.voice]) for row in rows)

    found = compare(a, b, [])

    assert (len(found.agree), len(found.beside)) == (agree, 1 - agree)
