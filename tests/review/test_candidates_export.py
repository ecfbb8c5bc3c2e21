"""What waits for a decision can be exported: apart, tied to its words, said by nobody."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from tests.review.conftest import TEXT, Find
from whosays import load
from whosays.cli.main import main
from whosays.namespaces import DENIED, SAID
from whosays.review import Desk, draft

ASK = """
PREFIX ws: <https://w3id.org/whosays/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?graph ?relation ?stance ?start ?end ?exact ?pattern ?tier ?stranger {
  GRAPH ?graph {
    ?one ws:status ws:candidate ; ws:relation ?relation ; ws:stance ?stance ;
      oa:hasTarget/oa:hasSelector ?position, ?quote ; prov:wasGeneratedBy ?run .
    ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
    ?quote a oa:TextQuoteSelector ; oa:exact ?exact .
    ?run ws:pattern ?pattern ; ws:tier ?tier .
    OPTIONAL { ?one ws:voice/skos:prefLabel ?stranger }
  }
}
"""


def held(path: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(path=str(path))
    return store


def asked(path: Path) -> list[pyoxigraph.QuerySolution]:
    found = held(path).query(ASK)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return list(found)


def test_candidates_lie_in_a_graph_of_their_own_tied_to_their_words(
    vale: Path, tmp_path: Path
):
    target = tmp_path / "all.trig"

    load(vale).export(target, candidates=True)

    found = asked(target)
    said = {row["relation"].value.rpartition("/")[2]: row for row in found}
    assert {row["graph"].value.rpartition("/")[2] for row in found} == {"candidates"}
    assert sorted(said) == ["arms", "attacks", "fights", "tradesWith"]
    for row in found:
        start, end = int(row["start"].value), int(row["end"].value)
        assert TEXT[start:end] == row["exact"].value
    assert said["arms"]["pattern"].value == "v-armed"
    assert said["arms"]["tier"].value == "A"
    assert said["tradesWith"]["stranger"].value == "A clerk"


def test_a_candidate_gives_no_edge_that_could_be_read_as_said(
    vale: Path, tmp_path: Path
):
    load(vale).export(tmp_path / "all.nq", candidates=True)

    quads = held(tmp_path / "all.nq")

    assert not [q for q in quads if q.predicate.value.startswith((SAID, DENIED))]


def test_what_was_decided_and_an_export_without_the_option_hold_no_candidate(
    vale: Path, desk: Desk, find: Find, tmp_path: Path
):
    desk.accept(draft(find("aldoria", "arms")))
    desk.refuse(find("belmark", "attacks"))
    kg = load(vale)

    kg.export(tmp_path / "with.trig", candidates=True)
    kg.export(tmp_path / "without.trig")

    rows = asked(tmp_path / "with.trig")
    left = {row["relation"].value.rpartition("/")[2] for row in rows}
    assert left == {"fights", "tradesWith"}
    assert "candidate" not in (tmp_path / "without.trig").read_text("utf-8")


@pytest.mark.parametrize("name", ["out.ttl", "out.csv", "out.gexf"])
def test_a_format_without_graphs_is_refused(vale: Path, tmp_path: Path, name, capsys):
    target = tmp_path / name

    code = main(["export", str(target), "--candidates", "-p", str(vale), "-q"])

    assert code == 2
    assert "no named graphs" in capsys.readouterr().err
    assert not target.exists()
