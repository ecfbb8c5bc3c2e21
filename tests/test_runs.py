"""How a row came about that nobody typed: runs.csv, in the graph and in exports."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import networkx
import pyoxigraph
import pyshacl
import pytest
import rdflib

from whosays import load, project, rdf, resources
from whosays.cli.main import main

STRAIT = Path(__file__).parent / "fixtures" / "good" / "strait"
ONTOLOGY = Path(str(resources.data_root())) / "ontology"
WS = rdflib.Namespace("https://w3id.org/whosays/ns#")
RUN = rdflib.URIRef("https://w3id.org/whosays/data/run/c-5d0e41b7a2c93f18")
TABLE = (
    "slug,tool,proposers,patterns,tier,decision,decided_by,decided_on\n"
    "c-5d0e41b7a2c93f18,whosays 0.1.0 / cues en 3,lexical;syntax,v-arm;s-deny,A,"
    "corrected,,2031-05-02\n"
)


DOUBLE = "c-5d0e41b7a2c93f18,,,,,,,"


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(STRAIT, tmp_path / "strait"))
    table = folder / "statements" / "night-bulletin.csv"
    text = table.read_text("utf-8")
    row = "Crates for the Front came ashore in March.,,,,"
    assert text.count(row) == 1
    filled = row.replace(".,,,,", ".,,,c-5d0e41b7a2c93f18,")
    table.write_text(text.replace(row, filled), "utf-8")
    (folder / "runs.csv").write_text(TABLE, "utf-8")
    return folder


def test_runs_are_read_without_a_problem(strait: Path):
    read = project.read(strait)

    (run,) = read.collection.runs.values()

    assert read.problems == ()
    assert run.patterns == ("v-arm", "s-deny")
    assert (run.tier, run.decision, run.decided_on) == ("A", "corrected", "2031-05-02")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("c-5d0e41b7a2c93f18,who", "No Slug,who", "runs.csv:A2 WS109"),
        ("A,corrected", "A,denied", "runs.csv:F2 WS108"),
        ("A,corrected", "D,corrected", "runs.csv:E2 WS108"),
        ("2031-05-02", "May 2031", "runs.csv:H2 WS201"),
        ("2031-05-02\n", f"2031-05-02\n{DOUBLE}\n", "runs.csv:A3 WS109"),
    ],
)
def test_a_bad_cell_of_runs_is_named(strait: Path, old: str, new: str, found: str):
    (strait / "runs.csv").write_text(TABLE.replace(old, new), "utf-8")

    problems = project.read(strait).problems

    assert [f"{p.table}:{p.cell} {p.code}" for p in problems] == [found]


def test_the_graph_tells_how_a_statement_came_about_and_meets_the_shapes(strait: Path):
    graph = rdflib.Graph()
    target = strait / "graph.ttl"
    load(strait).export(target)

    graph.parse(target)

    (statement,) = graph.subjects(rdflib.PROV.wasGeneratedBy, RUN)
    told = {str(p).rpartition("#")[2]: str(o) for p, o in graph.predicate_objects(RUN)}
    patterns = {str(o) for o in graph.objects(RUN, WS.pattern)}
    conforms, _, text = pyshacl.validate(
        graph + rdflib.Graph().parse(ONTOLOGY / "whosays.ttl"),
        shacl_graph=rdflib.Graph().parse(ONTOLOGY / "shapes.ttl"),
    )
    assert str(graph.value(statement, WS.gist)).startswith("Crates")
    assert (RUN, rdflib.RDF.type, rdflib.PROV.Activity) in graph
    assert patterns == {"v-arm", "s-deny"}
    assert told["tool"] == "whosays 0.1.0 / cues en 3"
    assert (told["decision"], told["tier"]) == ("corrected", "A")
    assert told["decidedOn"] == "2031-05-02"
    assert conforms, text


def test_every_term_of_a_run_is_in_the_vocabulary_and_used_by_the_graph(strait: Path):
    graph = rdflib.Graph().parse(ONTOLOGY / "whosays.ttl")
    declared = set(graph.subjects(rdflib.RDFS.domain, WS.Run))
    (strait / "runs.csv").write_text(TABLE.replace(",,2031", ",Ann,2031"), "utf-8")
    load(strait).export(strait / "graph.nt")

    used = rdflib.Graph().parse(strait / "graph.nt").predicates(RUN)

    assert {p for p in used if str(p).startswith(WS)} == declared


def test_tables_and_networks_name_the_run_of_a_statement(strait: Path, capsys):
    kg = load(strait)
    for name in ("out.csv", "out.graphml"):
        kg.export(strait / name)

    text = (strait / "out.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["run"]]
    edges = networkx.read_graphml(strait / "out.graphml").edges(data=True)
    told = [data for _, _, data in edges if "run" in data]
    main(["show", rows[0]["id"], "-p", str(strait), "-f", "card"])
    card = capsys.readouterr().out

    assert [(row["decision"], row["patterns"]) for row in rows] == [
        ("corrected", "v-arm; s-deny")
    ]
    assert [(one["decision"], one["patterns"]) for one in told] == [
        ("corrected", "v-arm; s-deny")
    ]
    assert "whosays 0.1.0 / cues en 3" in card
    assert "corrected" in card


def test_a_run_survives_the_way_through_rdf(strait: Path):
    kg = load(strait)
    kg.export(strait / "graph.nq")
    text = (strait / "graph.nq").read_bytes()

    back = rdf.runs(pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS))

    (run,) = kg.collection.runs.values()
    assert [*back.values()] == [replace(run, patterns=tuple(sorted(run.patterns)))]


def test_pages_tell_what_a_statement_came_out_of(strait: Path, tmp_path: Path):
    kg = load(strait)
    (one,) = (each for each in kg.collection.statements if each.run)
    told = "whosays 0.1.0 / cues en 3, lexical + syntax, v-arm, s-deny, tier A"

    kg.view().save(tmp_path / "view.html")
    kg.site(tmp_path / "site")

    page = (tmp_path / "site" / "st" / one.id / "index.html").read_text("utf-8")
    assert f"{told}, corrected · 2031-05-02" in page
    assert told in (tmp_path / "view.html").read_text("utf-8")
