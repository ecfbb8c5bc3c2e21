"""What is exported is read back by programs that are not ours, and is the same."""

from __future__ import annotations

import csv
import io
import os
import shutil
import stat
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.digests import digest
from tests.strategies import collections, crowd
from whosays import disputes, export, rdf, resources, tables
from whosays import project as projects
from whosays.errors import MissingFile, OutsideError, UsageError
from whosays.export import Content
from whosays.export.table import COLUMNS
from whosays.model import Actor, ActorType, Collection
from whosays.text import clean_text

FEW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
WHOLE = {"nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
FLAT = {"nt": "nt", "ttl": "turtle", "rdf": "xml"}
ENGINE = {
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
}
RAPPER = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "trig": "trig"}
AWKWARD = (
    "".join(map(chr, range(1, 0x21))),
    "nothing \x00 here",
    "\x7f\x85\u2028\u2029",
    "left \u202eright\u2066 \u200f isolates \u2069",
    "\ufdd0\ufffe\uffff\U0001fffe\U0010ffff",
    "داعش می\u200cرود 😀👩\u200d🚀 e\u0301 Å",
    "a\r\nb\rc\n",
    ' "quoted" \\back\\slash\\ \\u0041 ^^<x> @en # . ; ]]> <!-- &amp; ',
    "''=1+1",
    "%s {0} ${x} {{y}}",
)

Quads = set[tuple[str, ...]]


def content_of(collection: Collection) -> Content:
    found = disputes.find(collection)
    return Content(
        collection=collection,
        disputes=found,
        issues=disputes.issues(collection, found),
    )


def awkward() -> Collection:
    """Make a crowd whose texts break careless writers."""
    collection = crowd(3, 40)
    statements = list(collection.statements)
    for number, text in enumerate(AWKWARD):
        statements[number] = replace(statements[number], gist=text, note=text[::-1])
    return replace(collection, statements=tuple(statements))


@pytest.fixture(scope="module")
def bundled() -> Content:
    return content_of(projects.read(resources.bundled_project()).collection)


@pytest.fixture(scope="module")
def strange() -> Content:
    return content_of(awkward())


@pytest.fixture(scope="module")
def files(
    bundled: Content, strange: Content, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for suffix in export.FORMATS:
        export.write(bundled, folder / f"bundled.{suffix}")
        export.write(strange, folder / f"strange.{suffix}")
    return folder


_DESCRIBED: dict[int, tuple[Content, Quads]] = {}


def described(content: Content) -> Quads:
    """Give the quads that the records are, without any of the export's code.

    Those of the last one are kept: a content is compared in many syntaxes in a row.
    """
    if id(content) not in _DESCRIBED:
        nquads = rdf.nquads(content.collection, content.disputes, content.issues)
        found = plain(pyoxigraph.parse(nquads, pyoxigraph.RdfFormat.N_QUADS))
        _DESCRIBED.clear()
        _DESCRIBED[id(content)] = content, found
    return _DESCRIBED[id(content)][1]


def expected(content: Content, *, flat: bool, xml: bool = False) -> Quads:
    """Give the quads that a syntax must hold, with or without graphs."""
    found = described(content)
    if flat:
        found = {quad for quad in found if not quad[3]}
    if xml:
        found = {(s, p, clean_text(o, "xml"), *rest) for s, p, o, *rest in found}
    return found


def plain(quads: Any) -> Quads:
    rows: Quads = set()
    for quad in quads:
        graph = getattr(quad, "graph_name", None)
        name = graph.value if isinstance(graph, pyoxigraph.NamedNode) else ""
        term = quad.object
        literal = isinstance(term, pyoxigraph.Literal)
        kind = (term.language or term.datatype.value) if literal else "iri"
        value = getattr(term, "value", str(term))
        rows.add((quad.subject.value, quad.predicate.value, value, name, kind))
    return rows


def through_rdflib(data: bytes, format: str, *, flat: bool) -> Quads:
    found: Iterator[Any]
    if flat:
        found = iter(rdflib.Graph().parse(data=data, format=format))
    else:
        dataset = rdflib.Dataset()
        dataset.parse(data=data, format=format)
        found = dataset.quads()
    rows: Quads = set()
    for subject, predicate, object, *name in found:
        named = str(getattr(name[0], "identifier", name[0]) or "") if name else ""
        named = "" if named.startswith("urn:x-rdflib:") else named
        kind = "iri"
        if isinstance(object, rdflib.Literal):
            kind = object.language or str(object.datatype or rdflib.XSD.string)
        rows.add((str(subject), str(predicate), str(object), named, kind))
    return rows


@pytest.fixture
def literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    monkeypatch.setattr("rdflib.term.rdflib.NORMALIZE_LITERALS", False)


@pytest.mark.usefixtures("literals_as_written")
@pytest.mark.parametrize(
    ("which", "suffix"),
    [
        *(("strange", suffix) for suffix in (*WHOLE, *FLAT)),
        ("bundled", "trig"),
        *(  # rdflib takes seconds for each
            pytest.param("bundled", suffix, marks=pytest.mark.slow)
            for suffix in ("nq", "jsonld", *FLAT)
        ),
    ],
)
def test_rdflib_reads_the_same(
    which: str, suffix: str, files: Path, request: pytest.FixtureRequest
) -> None:
    content: Content = request.getfixturevalue(which)
    data = (files / f"{which}.{suffix}").read_bytes()

    with warnings.catch_warnings():
        # rdflib's parsers use what rdflib itself calls deprecated.
        warnings.filterwarnings("ignore", ".*is deprecated", DeprecationWarning)
        found = through_rdflib(data, (WHOLE | FLAT)[suffix], flat=suffix in FLAT)

    assert found == expected(content, flat=suffix in FLAT, xml=suffix == "rdf")


@pytest.mark.parametrize("which", ["bundled", "strange"])
@pytest.mark.parametrize("suffix", [*WHOLE, *FLAT])
def test_the_engine_reads_the_same(
    which: str, suffix: str, files: Path, request: pytest.FixtureRequest
) -> None:
    content: Content = request.getfixturevalue(which)
    data = (files / f"{which}.{suffix}").read_bytes()

    found = plain(pyoxigraph.parse(data, ENGINE[suffix]))

    assert found == expected(content, flat=suffix in FLAT, xml=suffix == "rdf")


def rapper() -> str:
    found = shutil.which("rapper")
    if found is None:
        if os.environ.get("WHOSAYS_REQUIRE_RAPPER"):
            pytest.fail("rapper is not installed")
        pytest.skip("rapper is not installed")
    return found


def for_rapper(collection: Collection) -> Collection:
    """Take out at what rapper, which is written in C, ends a text."""
    ends = dict.fromkeys(map(ord, "\0\ufffe\uffff\U0001fffe\U0010ffff"))
    return replace(
        collection,
        statements=tuple(
            replace(one, gist=one.gist.translate(ends), note=one.note.translate(ends))
            for one in collection.statements
        ),
    )


@pytest.mark.parametrize("suffix", RAPPER)
@pytest.mark.parametrize("which", ["bundled", "strange"])
def test_rapper_reads_the_same_without_a_word(
    which: str, suffix: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    content: Content = request.getfixturevalue(which)
    if which == "strange":
        content = content_of(for_rapper(content.collection))
    export.write(content, tmp_path / f"graph.{suffix}")
    output = "nquads" if suffix == "trig" else "ntriples"

    done = subprocess.run(
        [rapper(), "-q", "-i", RAPPER[suffix], "-o", output, f"graph.{suffix}"],
        cwd=tmp_path,
        capture_output=True,
        timeout=250,
        check=False,
    )

    assert done.stderr == b""
    assert done.returncode == 0
    format = ENGINE["nq" if suffix == "trig" else "nt"]
    found = plain(pyoxigraph.parse(done.stdout, format))
    assert found == expected(content, flat=suffix != "trig", xml=suffix == "rdf")


@FEW
@given(collections())
def test_any_project_survives_each_syntax(
    tmp_path_factory: pytest.TempPathFactory, collection: Collection
) -> None:
    content = content_of(collection)

    for suffix in (*WHOLE, *FLAT):
        assert_survives(content, tmp_path_factory.getbasetemp() / f"drawn.{suffix}")


def assert_survives(content: Content, path: Path) -> None:
    suffix = path.suffix.removeprefix(".")

    written = export.write(content, path)

    found = plain(pyoxigraph.parse(path.read_bytes(), ENGINE[suffix]))
    wanted = expected(content, flat=suffix in FLAT, xml=suffix == "rdf")
    assert found == wanted, suffix
    assert written.count == len(found)


ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\x00\x01\x08\x0b\x1f\x7f\x85\u2028\u202e\ufffe\uffff\r\n\t'=+"
        ),
    ),
    max_size=30,
)


@settings(FEW, max_examples=25)
@given(gist=ANY_TEXT, title=ANY_TEXT)
def test_any_text_survives_each_syntax(
    tmp_path_factory: pytest.TempPathFactory, gist: str, title: str
) -> None:
    collection = crowd(1, 1)
    (statement,) = collection.statements
    collection = replace(
        collection,
        settings=replace(collection.settings, title=title),
        statements=(replace(statement, gist=gist),),
    )
    content = content_of(collection)

    for suffix in (*WHOLE, *FLAT):
        assert_survives(content, tmp_path_factory.getbasetemp() / f"text.{suffix}")


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nt", "nq"])
def test_what_was_replaced_says_so_beside_all_else_or_alone(suffix: str) -> None:
    collection = crowd(2, 6)
    first, second, third, *rest = collection.statements
    replacing = replace(second, supersedes=(first.id, "aaaaaaaaaaaa"))
    also = replace(third, supersedes=(first.id,), run="import 1/ä")
    content = content_of(
        replace(collection, statements=(first, replacing, also, *rest))
    )

    data = export.FORMATS[suffix].data(content)

    found = plain(pyoxigraph.parse(data, ENGINE[suffix]))
    assert found == expected(content, flat=suffix in FLAT)
    assert data.count(b"isReplacedBy") >= 3 or suffix in ("ttl", "trig")


@pytest.mark.parametrize("suffix", ["nt", "nq"])
def test_lines_are_sorted(suffix: str, files: Path) -> None:
    lines = (files / f"strange.{suffix}").read_text("utf-8").split("\n")[:-1]

    assert all(one < other for one, other in pairwise(lines))


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nt", "nq"])
def test_text_is_written_from_tables_without_making_all_records(
    suffix: str, bundled: Content
) -> None:
    content = Content(index=bundled.index)

    data = export.FORMATS[suffix].data(content)

    assert digest(data) == digest(export.FORMATS[suffix].data(bundled))
    assert not {"collection", "disputes", "issues"} & set(vars(content))


@pytest.mark.parametrize("suffix", ["ttl", "trig"])
def test_a_title_cannot_leave_its_comment(suffix: str, tmp_path: Path) -> None:
    collection = crowd(1, 1)
    title = "Strait\r<https://a.example/s> <https://a.example/p> 1 .\n<x> <y> <z> ."
    collection = replace(collection, settings=replace(collection.settings, title=title))

    export.write(content_of(collection), tmp_path / f"g.{suffix}")

    first = (tmp_path / f"g.{suffix}").read_bytes().partition(b"\n")[0]
    assert first.endswith(b"<x> <y> <z> .")
    assert b"\r" not in first


def test_turtle_says_what_it_leaves_out(files: Path, bundled: Content) -> None:
    head = (files / "bundled.ttl").read_text("utf-8").partition("\n@prefix")[0]
    comment = " ".join(line.removeprefix("# ") for line in head.splitlines())

    assert "no named graphs" in comment
    assert bundled.collection.settings.title in comment


@pytest.mark.parametrize("suffix", ["nt", "rdf", "ttl", "graphml", "gexf"])
def test_a_lossy_format_says_so_in_a_note(
    suffix: str, strange: Content, tmp_path: Path
) -> None:
    written = export.write(strange, tmp_path / f"g.{suffix}")

    words = "no named graphs" if suffix in FLAT else "not accepted"
    assert any(words in note for note in written.notes)
    cleaned = any("code points" in note for note in written.notes)
    assert cleaned == (suffix in ("rdf", "graphml", "gexf"))


# --- tables --------------------------------------------------------------------------


@settings(FEW, max_examples=25)
@given(texts=st.lists(ANY_TEXT, min_size=6, max_size=6))
def test_no_cell_is_a_formula_and_each_is_read_back(texts: list[str]) -> None:
    collection = crowd(2, 3)
    canonical = [clean(text) for text in texts]
    statements = tuple(
        replace(one, gist=canonical[2 * n], note=canonical[2 * n + 1])
        for n, one in enumerate(collection.statements[:3])
    )
    collection = replace(collection, statements=statements)
    data = export.FORMATS["csv"].data(content_of(collection))

    cells = [cell for row in csv.reader(io.StringIO(data.decode())) for cell in row]
    table = tables.read_table(data, "statements.csv", COLUMNS)

    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]
    assert not [problem for problem in table.problems if problem.level == "error"]
    assert [(row.cells["gist"], row.cells["note"]) for row in table.rows] == [
        (one.gist, one.note) for one in statements
    ]


def clean(text: str) -> str:
    """Make a text what a table can hold at all: composed, trimmed, printable."""
    import unicodedata

    kept = "".join(
        char
        for char in text
        if unicodedata.category(char) not in ("Cc", "Cn", "Co") or char in "\n\t"
    )
    while kept != (kept := unicodedata.normalize("NFC", kept).strip()):
        pass
    return kept


@pytest.mark.parametrize(
    "text",
    ["=1+1", "'=1+1", "''=1", "+x", "-1", "@a", "'tis", "'", "=", '=HYPERLINK("x")'],
)
def test_the_apostrophe_is_taken_back_exactly(text: str) -> None:
    collection = crowd(2, 1)
    (one,) = collection.statements
    collection = replace(collection, statements=(replace(one, gist=text),))

    data = export.FORMATS["csv"].data(content_of(collection))

    (row,) = tables.read_table(data, "statements.csv", COLUMNS).rows
    assert row.cells["gist"] == text


def test_the_table_holds_every_statement_with_labels(
    files: Path, bundled: Content
) -> None:
    text = (files / "bundled.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))

    collection = bundled.collection
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [one.id for one in collection.statements]
    for row, one in zip(rows, collection.statements, strict=True):
        assert row["subject_label"] == collection.actors[one.subject].label
        assert row["stance"] == one.stance
        assert row["chain"].split(" > ") == list(one.chain)


# --- networks ------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["bundled", "strange"])
@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_networkx_reads_the_same_network(
    which: str, suffix: str, files: Path, request: pytest.FixtureRequest
) -> None:
    content: Content = request.getfixturevalue(which)
    path = files / f"{which}.{suffix}"

    graph: Any  # the stubs do not know that it is one of several edges
    if suffix == "graphml":
        graph = networkx.read_graphml(path, force_multigraph=True)
    else:
        graph = networkx.read_gexf(path)

    collection = content.collection
    assert set(graph) == set(collection.actors)
    assert all(
        graph.nodes[slug]["label"] == actor.label
        and graph.nodes[slug]["type"] == actor.type
        for slug, actor in collection.actors.items()
    )
    edges = {
        key: (start, end, data["stance"], data["relation"], data["voice"], data["gist"])
        for start, end, key, data in graph.edges(keys=True, data=True)
    }
    if suffix == "gexf":
        edges = {
            data["id"]: edges[key]
            for _, _, key, data in graph.edges(keys=True, data=True)
        }
    assert edges == {
        one.id: (
            one.subject,
            one.object,
            one.stance,
            one.relation,
            one.voice,
            clean_text(one.gist, "xml"),
        )
        for one in collection.statements
        if one.counts
    }


def test_gexf_carries_neither_day_nor_version(files: Path) -> None:
    head = (files / "bundled.gexf").read_bytes()[:1000]

    assert b"lastmodifieddate" not in head
    assert networkx.__version__.encode() not in head


# --- RDF 1.2 -------------------------------------------------------------------------


def local(term: Any) -> str:
    return str(term.value).rpartition("/")[2]


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nt", "nq", "rdf"])
def test_in_rdf_12_each_statement_reifies_its_claim(
    suffix: str, strange: Content, tmp_path: Path
) -> None:
    path = tmp_path / f"g.{suffix}"

    export.write(strange, path, rdf12=True)

    quads = list(pyoxigraph.parse(path.read_bytes(), ENGINE[suffix]))
    collection = strange.collection
    reified = {
        local(quad.subject): tuple(
            local(part)
            for part in (
                quad.object.subject,
                quad.object.predicate,
                quad.object.object,
            )
        )
        for quad in quads
        if isinstance(quad.object, pyoxigraph.Triple)
    }
    assert reified == {
        one.id: (one.subject, one.relation, one.object) for one in collection.statements
    }
    rest = [quad for quad in quads if not isinstance(quad.object, pyoxigraph.Triple)]
    assert plain(rest) == expected(strange, flat=suffix in FLAT, xml=suffix == "rdf")


@pytest.mark.parametrize("suffix", ["jsonld", "csv", "graphml", "gexf"])
def test_what_has_no_form_for_rdf_12_is_refused(
    suffix: str, strange: Content, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"no form for RDF 1\.2"):
        export.write(strange, tmp_path / f"g.{suffix}", rdf12=True)

    assert list(tmp_path.iterdir()) == []


# --- the same bytes ------------------------------------------------------------------

_EXPORT_ALL = """
import io, sys, hashlib
sys.path.insert(0, sys.argv[1])
from tests.test_export import awkward, content_of
from whosays import export
content = content_of(awkward())
for format in export.FORMATS.values():
    for writer in filter(None, (format.writer, format.rdf12)):
        file = io.BytesIO()
        writer(content, file)
        print(format.suffix, hashlib.sha256(file.getvalue()).hexdigest())
"""


def test_the_same_data_give_the_same_bytes_everywhere() -> None:
    hashes = set()
    for seed, zone, locale in (
        ("0", "UTC", "C"),
        ("4711", "Pacific/Auckland", "C.UTF-8"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", _EXPORT_ALL, str(Path(__file__).parents[1])],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "LC_ALL": locale,
            },
            capture_output=True,
            timeout=250,
            check=True,
        )
        hashes.add(done.stdout)

    assert len(hashes) == 1
    assert hashes.pop().count(b"\n") == 14


def test_the_order_of_records_changes_no_byte() -> None:
    collection = awkward()
    turned = replace(collection, actors=dict(reversed([*collection.actors.items()])))

    for suffix in ("ttl", "trig", "nq", "nt", "jsonld", "rdf", "csv"):
        data = export.FORMATS[suffix].data
        one, other = (data(content_of(c)) for c in (turned, collection))
        assert digest(one) == digest(other), suffix


def test_another_base_shortens_the_names_of_the_project(tmp_path: Path) -> None:
    collection = crowd(1, 5)
    base = "https://strait.example/kb/"
    collection = replace(collection, settings=replace(collection.settings, base=base))
    actor = Actor(slug="9-lives.x", label="Nine", type=ActorType.MILITIA)
    collection = replace(collection, actors={**collection.actors, actor.slug: actor})
    content = content_of(collection)

    export.write(content, tmp_path / "g.ttl")

    data = (tmp_path / "g.ttl").read_bytes()
    assert f"@prefix actor: <{base}actor/> .".encode() in data
    assert plain(pyoxigraph.parse(data, ENGINE["ttl"])) == expected(content, flat=True)


# --- whole or not at all -------------------------------------------------------------


def test_a_folder_is_no_target(strange: Content, tmp_path: Path) -> None:
    (tmp_path / "g.ttl").mkdir()

    with pytest.raises(UsageError, match="is a folder"):
        export.write(strange, tmp_path / "g.ttl")

    assert list((tmp_path / "g.ttl").iterdir()) == []


def test_a_missing_folder_is_named(strange: Content, tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="folder is not there"):
        export.write(strange, tmp_path / "no" / "g.ttl")


def test_a_link_is_followed_and_the_mode_kept(strange: Content, tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old")
    real.chmod(0o640)
    (tmp_path / "g.ttl").symlink_to(real)

    export.write(strange, tmp_path / "g.ttl")

    assert (tmp_path / "g.ttl").is_symlink()
    assert real.read_bytes().startswith(b"# The strait")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_without_permission_the_old_file_stays(
    strange: Content, tmp_path: Path
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "g.ttl").write_text("old")
    folder.chmod(0o555)

    try:
        with pytest.raises(OutsideError):
            export.write(strange, folder / "g.ttl")
    finally:
        folder.chmod(0o755)

    assert (folder / "g.ttl").read_text() == "old"


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.test_export import awkward, content_of
from whosays import export
content = content_of(awkward())
data = export.FORMATS["ttl"].data(content)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (len(data) // 2,) * 2)
try:
    export.write(content, Path(sys.argv[2]))
except Exception as error:
    print(type(error).__name__, getattr(error, "exit_code", None), error)
"""


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "g.ttl"
    target.write_text("old")

    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(Path(__file__).parents[1]), str(target)],
        capture_output=True,
        text=True,
        timeout=250,
        check=True,
    )

    assert done.stdout.startswith("OutsideError 3 ")
    assert str(target) in done.stdout
    assert target.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["g.ttl"]


def test_a_device_without_room_is_an_outside_failure(strange: Content) -> None:
    with pytest.raises(OutsideError, match="no room left") as caught:
        export.write(strange, Path("/dev/full"), format="ttl")

    assert caught.value.exit_code == 3


# --- which format --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("g.tll", "Did you mean: ttl"),
        ("g.grahpml", "Did you mean: graphml"),
        ("g.turtel", "Did you mean: ttl"),
        ("g", "has no suffix"),
        ("g.docx", "Formats: ttl, trig"),
    ],
)
def test_the_nearest_format_is_suggested(name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        export.format_of(Path(name))


@pytest.mark.parametrize(
    ("given_format", "suffix"),
    [("TTL", "ttl"), ("n-triples", "nt"), ("application/ld+json", "jsonld")],
)
def test_a_format_may_be_named(given_format: str, suffix: str) -> None:
    assert export.format_of(Path("x.csv"), given_format).suffix == suffix
