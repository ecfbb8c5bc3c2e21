"""The second bundled project: nothing in whosays is tied to the subject of the first."""

import json
import re
import shutil
from pathlib import Path

import pytest

from whosays import KG, load
from whosays.cli.main import VERBS, main
from whosays.model import DisputeKind, Framing, Stance, Status
from whosays.views.sparql import questions, without_engine

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
OTHER_SUBJECT = re.compile(r"iran|isis|assad|syria|daesh|khamenei", re.IGNORECASE)

# Each verb with the arguments of at least one call; OUT is a folder to write to,
# FOLDER that of the project.
SHEET = "FOLDER/statements/guild-leaflet.csv"
CALLS: dict[str, list[list[str]]] = {
    "add": [["--dry-run", SHEET]],
    "actor": [
        ["list", "--type", "person"],
        ["find", "صيادين"],
        ["rename", "the Port", "harbour-office", "--dry-run"],
    ],
    "accept": [["6cnwjp", "--dry-run"]],
    "about": [
        ["new-terminal"],
        ["نقابة الصيادين"],
        ["Gilde der Fischer", "-f", "card"],
    ],
    "agreement": [[SHEET, SHEET]],
    "build": [[]],
    "by": [["ada-lund"], ["Mayor Lund", "-f", "card"]],
    "check": [[], [SHEET]],
    "cite": [["halden-lines_finances_ada-lund"], ["guild-leaflet", "-f", "bibtex"]],
    "compare": [["guild-leaflet", "council-minutes", "-f", "text"], ["ada-lund"]],
    "diff": [[str(SEEDS / "harbour-plan"), "-f", "json"]],
    "disputes": [[], ["-f", "card"]],
    "export": [[f"OUT/graph.{suffix}"] for suffix in ("ttl", "trig", "jsonld", "csv")],
    "extract": [
        [str(SEEDS / "harbour-plan" / "README.md"), "--source", "tide-interview"]
    ],
    "in": [["tide-interview"], ["council-minutes", "-f", "card"]],
    "push": [["http://localhost/data", "--dry-run"]],
    "query": [["money-trail"], ["money-trail", "payer=Halden"], ["contested"]],
    "reject": [["6cnwjp", "--note", "read again", "--dry-run"]],
    "retract": [["bybpec", "--note", "withdrawn", "--dry-run"]],
    "ref": [["actors"], ["relations", "-f", "csv"], ["queries", "-f", "json"]],
    "relation": [["list", "--own"], ["find", "is dredged by"]],
    "review": [[], ["--stats"], ["-f", "json"]],
    "show": [["halden-lines_finances_ada-lund"], ["ada-lund", "-f", "card"]],
    "site": [["OUT/site", "-q"]],
    "source": [["list", "--undated"], ["find", "breakfast", "-f", "csv"]],
    "status": [[], ["-f", "json"]],
    "template": [["OUT/new.xlsx"], ["OUT/new.csv", "--source", "guild-leaflet"]],
    "that": [
        ["fishers-guild", "holds up", "Terminal Two", "-f", "card"],
        ["-", "dredges"],
        ["-", "--text", "the harbour"],
    ],
    "view": [["-o", "OUT/view.html"]],
}
NO_PROJECT = {"eval", "explain", "init", "serve"}  # the last one does not end
NO_SPARK = {"corpus"}  # test_spark.py calls it where Spark is
NO_TEXT = {"locate"}  # nobody wrote the texts of an invented town


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundled") / "harbour-plan"
    leave = shutil.ignore_patterns("build")
    shutil.copytree(SEEDS / "harbour-plan", path, ignore=leave)
    return path


@pytest.fixture(scope="module")
def harbour(folder: Path) -> KG:
    return load(folder)


def test_no_file_of_the_project_speaks_of_the_other_subject(folder: Path):
    files = [f for f in folder.rglob("*") if f.is_file() and "build" not in f.parts]

    assert len(files) >= 10
    assert [f.name for f in files if OTHER_SUBJECT.search(f.read_text("utf-8"))] == []


def test_the_only_problem_is_the_voice_that_is_meant_to_contradict_itself(harbour: KG):
    assert [(p.code, p.level) for p in harbour.check()] == [("WS404", "warning")]


def test_it_has_disputes_of_every_kind(harbour: KG):
    found = harbour.pairs()

    assert {d.kind for d in found} == set(DisputeKind)
    assert any(d.own for d in found)
    assert any(d.camp for d in found)


@pytest.mark.parametrize(
    ("kind", "affirmed", "contested"),
    [
        (
            "entailed",
            "dredging-unit_dredges_reed-marsh",
            "port-authority_activeIn_reed-marsh",
        ),
        (
            "partial",
            "port-authority_consults_fishers-guild",
            "dredging-unit_consults_fishers-guild",
        ),
        (
            "relational",
            "fishers-guild_blocks_new-terminal",
            "fishers-guild_endorses_new-terminal",
        ),
        (
            "tense",
            "marsh-friends_opposes_port-authority",
            "marsh-friends_cooperatesWith_port-authority",
        ),
    ],
)
def test_a_dispute_is_found_for_its_own_reason(
    harbour: KG, kind: str, affirmed: str, contested: str
):
    claims = {s.id: s.proposition for s in harbour.collection.statements}

    found = {
        (str(d.kind), claims[d.affirmed], claims[d.contested]) for d in harbour.pairs()
    }

    assert (kind, affirmed, contested) in found or (
        kind,
        contested,
        affirmed,
    ) in found


def test_times_apart_and_other_moods_make_no_dispute(harbour: KG):
    disputed = {i for d in harbour.pairs() for i in (d.affirmed, d.contested)}
    by_gist = {s.gist: s.id for s in harbour.collection.statements}

    assert by_gist["Already six years ago the basin was made deeper."] not in disputed
    assert by_gist["They will be asked before the second vote."] not in disputed
    assert by_gist["The guild will keep its boats on the line."] not in disputed


def test_it_has_every_stance_framing_and_a_row_that_does_not_count(harbour: KG):
    statements = harbour.collection.statements

    assert {s.stance for s in statements} == set(Stance)
    assert {s.framing for s in statements} >= set(Framing)
    assert {s.status for s in statements} >= {Status.CANDIDATE, Status.RETRACTED}
    assert any(s.via for s in statements)
    assert len(harbour.collection.names) == 6


def test_its_own_relations_live_under_its_own_base(harbour: KG):
    own = [r for r in harbour.collection.relations.values() if "example.org" in r.iri]

    assert {r.id for r in own} >= {"blocks", "endorses", "subsidises", "dredges"}
    assert all(r.iri == f"https://example.org/harbour-plan/rel/{r.id}" for r in own)


def test_its_named_query_follows_the_money_through_narrower_relations(harbour: KG):
    rows = harbour.query("money-trail", payer="Halden Lines")

    named = harbour.queries()["money-trail"]
    assert rows.columns == tuple(column.name for column in named.columns)
    assert set(rows.column("relation")) == {"finances", "subsidises"}
    assert {row["stance"] for row in rows if row["payee"] == "ada-lund"} == {
        "affirms",
        "denies",
        "questions",
    }


def test_its_own_edges_say_who_is_denied(harbour: KG):
    rows = harbour.query(
        "SELECT ?o { <https://example.org/harbour-plan/actor/fishers-guild> "
        "<https://example.org/harbour-plan/denied/blocks> ?o }"
    )

    assert [row["o"] for row in rows] == ["new-terminal"]


def test_every_verb_is_called_here():
    assert set(CALLS) | NO_PROJECT | NO_SPARK | NO_TEXT >= set(VERBS)


@pytest.mark.parametrize("verb", sorted(set(CALLS) & set(VERBS)))
def test_every_verb_answers_and_knows_nothing_of_the_other_subject(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
):
    for call in CALLS[verb]:
        arguments = [
            part.replace("OUT", str(tmp_path)).replace("FOLDER", str(folder))
            for part in call
        ]
        code = main([verb, *arguments, "-p", str(folder)])

        out, err = capsys.readouterr()
        assert code == 0, (call, err)
        assert not OTHER_SUBJECT.search(out.replace(str(tmp_path), "")), call


def test_what_is_published_knows_nothing_of_the_other_subject(
    folder: Path, tmp_path: Path
):
    kg = load(folder)
    for suffix in ("trig", "nq", "rdf", "graphml", "gexf", "csv"):
        kg.export(tmp_path / f"graph.{suffix}")
    # What the page carries compressed is the graph and the questions.
    (tmp_path / "view.html").write_text(without_engine(kg.view().html), "utf-8")
    (tmp_path / "ask.json").write_bytes(questions(kg.collection, folder))

    for file in tmp_path.iterdir():
        found = OTHER_SUBJECT.search(file.read_text("utf-8"))
        assert not found, (file.name, found)


def test_a_json_answer_names_the_projects_own_labels(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    main(["that", "fishers-guild", "blocks", "-", "-f", "json", "-p", str(folder)])

    rows = json.loads(capsys.readouterr().out)
    assert {row["object_label"] for row in rows} == {"New terminal"}
    assert {row["stance"] for row in rows} == {"affirms", "denies"}
