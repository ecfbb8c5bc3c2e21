"""Questions to a project, or to other files instead, are answered alike."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import whosays
from tests.strategies import crowd
from whosays import asking, disputes, queries, rdf, resources
from whosays.asking import Asked
from whosays.errors import DataError, LimitReached, UnknownName, UsageError
from whosays.worker import Limits

GOOD = Path(__file__).parent / "fixtures" / "good" / "strait"
CATALOGUE = queries.catalogue(None)
COUNT = "SELECT (COUNT(?s) AS ?n) { ?s a ws:Statement }"


@pytest.fixture(scope="module")
def strait(tmp_path_factory: pytest.TempPathFactory) -> whosays.KG:
    folder = tmp_path_factory.mktemp("asking") / "strait"
    shutil.copytree(GOOD, folder, ignore=shutil.ignore_patterns("build"))
    return whosays.load(folder)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> whosays.KG:
    folder = tmp_path_factory.mktemp("asking") / "bundled"
    ignore = shutil.ignore_patterns("build", "texts")
    shutil.copytree(resources.bundled_project(), folder, ignore=ignore)
    return whosays.load(folder)


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_named_query_answers_on_the_bundled_project(
    name: str, bundled: whosays.KG
) -> None:
    rows = bundled.query(name)

    assert rows.columns == tuple(column.name for column in CATALOGUE[name].columns)
    assert len(rows) or name in MAY_BE_EMPTY


MAY_BE_EMPTY: set[str] = set()


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_named_query_runs_on_a_crowd(name: str) -> None:
    collection = crowd(4, 60)
    found = disputes.find(collection)
    core = resources.ontology_file("whosays.ttl").read_bytes()
    from whosays.store import to_nquads

    asked = Asked(
        path=GOOD,
        quads=rdf.nquads(collection, found, disputes.issues(collection, found))
        + to_nquads(core),
        base=collection.settings.base,
        collection=lambda: collection,
    )

    rows = asking.rows(asked, name, {})

    assert rows.columns == tuple(column.name for column in CATALOGUE[name].columns)


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
def test_any_rdf_file_can_be_asked_instead(
    suffix: str, strait: whosays.KG, tmp_path: Path
) -> None:
    file = tmp_path / f"graph.{suffix}"
    strait.export(file)

    rows = asking.rows(strait.asked(on=[file]), COUNT, {})
    own = asking.rows(
        strait.asked(on=[file]), "denied-by", {"speaker": "Aldorian minister"}
    )

    assert rows.column("n") == (8,)
    assert own.records == strait.query("denied-by", speaker="aldorian-minister").records


def test_files_stand_instead_of_the_project_and_add_up(
    strait: whosays.KG, tmp_path: Path
) -> None:
    for number in (1, 2):
        text = f"<https://a.example/{number}> a <https://a.example/Thing> ."
        (tmp_path / f"{number}.ttl").write_text(text)

    asked = strait.asked(on=[tmp_path / "1.ttl", tmp_path / "2.ttl"])

    assert len(asking.rows(asked, "SELECT * { ?s ?p ?o }", {})) == 2


def test_a_named_graph_has_the_address_of_its_file(
    strait: whosays.KG, tmp_path: Path
) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<https://a.example/1> a <https://a.example/Thing> .")

    asked = strait.asked(on_named=[file])
    named = asking.rows(asked, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }", {})
    default = asking.rows(asked, "SELECT * { ?s ?p ?o }", {})

    assert named.column("g") == (file.as_uri(),)
    assert len(default) == 0


def test_a_statement_table_can_be_asked_instead(
    strait: whosays.KG, tmp_path: Path
) -> None:
    table = tmp_path / "draft.csv"
    table.write_text(
        "subject,relation,object,source,stance,locator,gist\n"
        "belmark,arms,dun-brigade,night-bulletin,denies,l20,No boats were given.\n"
    )

    rows = asking.rows(strait.asked(on=[table]), "SELECT ?g { ?s ws:gist ?g }", {})

    assert rows.column("g") == ("No boats were given.",)


def test_a_broken_statement_table_is_refused_with_its_cell(
    strait: whosays.KG, tmp_path: Path
) -> None:
    table = tmp_path / "draft.csv"
    table.write_text(
        "subject,relation,object,source,stance\n"
        "belmark,amrs,dun-brigade,night-bulletin,denies\n"
    )

    with pytest.raises(DataError) as caught:
        asking.rows(strait.asked(on=[table]), COUNT, {})

    assert str(caught.value).startswith(f"{table}:B2")


def test_two_tables_of_one_name_are_both_read(
    strait: whosays.KG, tmp_path: Path
) -> None:
    tables = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        tables.append(folder / "draft.csv")
        tables[-1].write_text(
            "subject,relation,object,source,stance,locator\n"
            f"belmark,arms,dun-brigade,night-bulletin,denies,l{number}\n"
        )

    assert asking.rows(strait.asked(on=tables), COUNT, {}).column("n") == (2,)


@pytest.mark.parametrize("name", ["draft.tsv", "draft.CSV"])
def test_a_table_is_read_whatever_its_suffix(
    name: str, strait: whosays.KG, tmp_path: Path
) -> None:
    table = tmp_path / name
    text = (
        "subject,relation,object,source,stance,locator\n"
        "belmark,arms,dun-brigade,night-bulletin,denies,l1\n"
    )
    table.write_text(text.replace(",", "\t") if name.endswith("tsv") else text)

    assert asking.rows(strait.asked(on=[table]), COUNT, {}).column("n") == (1,)


@pytest.mark.parametrize(
    "name",
    ["none.csv", "none.ttl", "none.docx", "none"],
)
def test_a_file_that_is_not_there_is_a_wrong_question(
    name: str, strait: whosays.KG, tmp_path: Path
) -> None:
    with pytest.raises(whosays.WhosaysError) as caught:
        asking.rows(strait.asked(on=[tmp_path / name]), COUNT, {})

    assert caught.value.exit_code == 2
    assert name in str(caught.value)


def test_a_query_shown_runs_elsewhere(strait: whosays.KG) -> None:
    import pyoxigraph

    text = asking.shown(strait.asked(), "denied-by", {"speaker": "Aldorian minister"})

    store = pyoxigraph.Store()
    store.load(strait._built.nquads(), pyoxigraph.RdfFormat.N_QUADS)
    own = strait.query("denied-by", speaker="aldorian-minister")
    shown = store.query(text)
    assert isinstance(shown, pyoxigraph.QuerySolutions)
    assert len(list(shown)) == len(own) > 0


def test_an_unknown_term_explains_an_empty_answer(strait: whosays.KG) -> None:
    hints = asking.explain_empty(
        strait.asked(), "SELECT * { actor:aldoria said:figths ?o ; ws:stanse ?x }"
    )

    assert any("said:figths" in hint and "said:fights" in hint for hint in hints)
    assert any("ws:stanse" in hint and "ws:stance" in hint for hint in hints)


def test_time_is_limited(strait: whosays.KG) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    with pytest.raises(LimitReached) as caught:
        asking.rows(strait.asked(limits=Limits(seconds=0.5)), text, {})

    assert caught.value.exit_code == 3


def test_parameters_belong_to_named_queries(strait: whosays.KG) -> None:
    with pytest.raises(UsageError, match="named query"):
        strait.query("ASK {}", speaker="aldoria")
    with pytest.raises(UnknownName):
        strait.query("no-such-query")


@pytest.mark.parametrize("name", ["contested", "sources", "statements"])
def test_a_query_of_ours_answers_alike_here_and_in_a_process_of_its_own(name):
    kg = whosays.load()

    here = asking.answer(kg.asked(), name, {}, "csv")
    apart = asking.answer(kg.asked(limits=Limits()), name, {}, "csv")

    assert here == apart
    assert here.content.count(b"\n") > 3


FULL = {
    *("about", "affirmed-by", "both-sides", "by-voice", "counts-by-source"),
    *("in-source", "network", "single-sourced", "single-voiced", "statements"),
    *("undated", "voices"),
}
"""Queries to which a single affirmation is an answer of one row."""


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> tuple[whosays.KG, whosays.KG]:
    """Give a project without any rows, and one with a single statement."""
    empty = tmp_path_factory.mktemp("little") / "empty"
    single = empty.with_name("single")
    tables = {
        "actors.csv": "slug,label,type\naldoria,Aldoria,state\nbelmark,Belmark,state\n",
        "sources.csv": "slug,title,kind,publisher\ngazette,Gazette,article,belmark\n",
        "statements/gazette.csv": "subject,relation,object,source,stance\n"
        "aldoria,attacks,belmark,gazette,affirms\n",
    }
    for folder in (empty, single):
        (folder / "statements").mkdir(parents=True)
        (folder / "whosays.toml").write_text('[project]\nname = "little"\n', "utf-8")
        for name, text in tables.items():
            header = text.partition("\n")[0] + "\n"
            rows = text if folder == single else header
            (folder / name).write_text(rows, "utf-8")
    return whosays.load(empty), whosays.load(single)


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_named_query_answers_where_there_is_nothing_or_one_row(
    name: str, little: tuple[whosays.KG, whosays.KG]
) -> None:
    of_none, of_one = (kg.query(name) for kg in little)
    page = little[1].query(name, limit=1)

    assert of_none.columns == of_one.columns == page.columns
    assert len(of_none) == 0 or name == "relations"
    assert name not in FULL or len(of_one) == 1
    assert page.records == of_one.records[:1]
