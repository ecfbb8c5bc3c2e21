"""What a page gets for its SPARQL panel, and how the engine comes to us."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

import whosays
from tests.test_docs import script
from tests.test_queries import FILES
from whosays import resources, views
from whosays.cli.main import main
from whosays.errors import MissingFile
from whosays.export import FORMATS, Content
from whosays.kg import KG
from whosays.queries import bind, catalogue, pieces
from whosays.views import engine, sparql

fetching = script("sparql_engine")

CODE = b"\0asm\1\0\0\0" + bytes(range(256)) * 40
GLUE = b"""export class Store {
}
export default async function init() { return import.meta.url; }
export { init as other };
"""
PACKAGE = {"package.json": b'{"license": "MIT"}', "web.js": GLUE, "web_bg.wasm": CODE}


def archive(files: dict[str, bytes]) -> bytes:
    """Pack files as npm does."""
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w:gz") as opened:
        for name, data in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            opened.addfile(member, io.BytesIO(data))
    return output.getvalue()


ARCHIVE = archive(PACKAGE)
RECORD = engine.Record(
    name="Engine",
    licence="MIT",
    package="engine",
    version="1.2.3",
    integrity="sha512-" + base64.b64encode(hashlib.sha512(ARCHIVE).digest()).decode(),
    files={name: hashlib.sha256(data).hexdigest() for name, data in PACKAGE.items()},
)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small invented engine be the recorded one."""
    for module in (engine, fetching):
        monkeypatch.setattr(module, "record", lambda: RECORD)


@pytest.fixture
def folder(recorded: None, tmp_path: Path) -> Path:
    """The invented engine, fetched."""
    place = tmp_path / "fetched"
    place.mkdir()
    for name, data in PACKAGE.items():
        engine.stored(name, place).write_bytes(engine.packed(name, data))
    return place


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented engine where pages look for theirs."""
    monkeypatch.setattr(sparql, "engine", lambda: engine.engine(folder))
    return folder


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "engine", lambda: None)


@pytest.fixture(scope="module")
def strait(tmp_path_factory: pytest.TempPathFactory) -> KG:
    folder = tmp_path_factory.mktemp("strait")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return whosays.load(folder)


def block(html: str, name: str) -> str:
    found = re.search(rf'<script type="[a-z/-]+" id="sparql-{name}">([^<]*)<', html)
    return found[1] if found else ""


def unpacked(html: str, name: str) -> bytes:
    return zlib.decompress(base64.b64decode(block(html, name)))


def policy(html: str) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    return found[1].replace("&#39;", "'") if found else ""


# -- the engine ------------------------------------------------------------------------


def test_the_record_is_pinned_by_version_and_hashes() -> None:
    found = engine.record()

    assert re.fullmatch(r"\d+\.\d+\.\d+", found.version)
    assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", found.integrity)
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in found.files.values())


def test_a_fetched_engine_is_a_plain_script_and_compressed_code(folder: Path) -> None:
    found = engine.engine(folder)

    assert found is not None
    assert found.title == "Engine 1.2.3"
    assert "export" not in found.glue
    assert "import.meta" not in found.glue
    assert "async function init()" in found.glue
    assert zlib.decompress(found.code) == CODE


@pytest.mark.parametrize("name", PACKAGE)
@pytest.mark.parametrize("data", [None, b"", b"something else"])
def test_an_engine_that_is_not_as_recorded_is_none(
    folder: Path, name: str, data: bytes | None
) -> None:
    place = engine.stored(name, folder)
    if data is None:
        place.unlink()
    else:
        place.write_bytes(engine.packed(name, data) if data else data)

    assert engine.engine(folder) is None


# -- fetching it -----------------------------------------------------------------------


def npm(tmp_path: Path, command: str) -> str:
    """Make a program that is called instead of npm."""
    place = tmp_path / "npm"
    place.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    place.chmod(0o755)
    return str(place)


def test_fetching_keeps_the_files_that_are_used(recorded: None, tmp_path: Path) -> None:
    packed = tmp_path / "given.tgz"
    packed.write_bytes(ARCHIVE)
    program = npm(
        tmp_path,
        f'test "$1 $2" = "pack engine@1.2.3" && cp "{packed}" engine-1.2.3.tgz',
    )

    fetching.fetch(program, tmp_path / "fetched")

    assert engine.engine(tmp_path / "fetched") is not None
    assert len(list((tmp_path / "fetched").iterdir())) == 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"web.js": b"other"}, "SHA-512"),
        ({"README.md": b"more"}, "SHA-512"),
    ],
)
def test_another_archive_is_refused(
    recorded: None, changed: dict[str, bytes], said: str
) -> None:
    with pytest.raises(fetching.Failure, match=said):
        list(fetching.checked(archive(PACKAGE | changed)))


def test_another_file_in_a_known_archive_is_refused(
    monkeypatch: pytest.MonkeyPatch, recorded: None
) -> None:
    files = {**RECORD.files, "web.js": "0" * 64}
    given = SimpleNamespace(integrity=RECORD.integrity, files=files)
    monkeypatch.setattr(engine, "record", lambda: given)

    with pytest.raises(fetching.Failure, match=r"web\.js"):
        list(fetching.checked(ARCHIVE))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("echo 'npm error: no such host' >&2; exit 1", "no such host"),
        ("exit 0", "could not fetch engine@1.2.3"),
    ],
)
def test_npm_that_does_not_deliver_is_reported(
    recorded: None, tmp_path: Path, command: str, said: str
) -> None:
    with pytest.raises(fetching.Failure, match=said):
        fetching.fetch(npm(tmp_path, command), tmp_path / "fetched")

    assert not (tmp_path / "fetched").exists()


@pytest.mark.parametrize(
    ("argument", "code", "said"),
    [([], 3, "npm is not installed"), (["--quiet"], 0, "")],
)
def test_without_npm_everything_else_goes_on(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    argument: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr(fetching, "engine", lambda: None)
    monkeypatch.setattr(fetching.shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "argv", ["sparql_engine.py", *argument])

    ended = fetching.main()

    shown = capsys.readouterr()
    assert ended == code
    assert said in shown.err
    assert (shown.out, bool(shown.err)) == ("", bool(said))


def test_a_build_goes_on_where_fetching_fails(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    program = npm(tmp_path, "exit 1")
    monkeypatch.setattr(fetching, "engine", lambda: None)
    monkeypatch.setattr(fetching.shutil, "which", lambda name: program)
    monkeypatch.setattr(sys, "argv", ["sparql_engine.py", "--quiet"])

    ended = fetching.main()

    assert ended == 0
    assert "Everything else works" in capsys.readouterr().err


# -- the panel -------------------------------------------------------------------------


def test_a_page_with_the_engine_opens_its_policy_no_further_than_needed(
    strait: KG, here: Path
) -> None:
    without, inside = (strait.view(sparql=wanted).html for wanted in (False, True))

    assert "wasm" not in policy(without)
    assert "worker" not in policy(without)
    assert "'wasm-unsafe-eval'" in policy(inside)
    assert "'unsafe-eval'" not in policy(inside)
    assert policy(inside).endswith("; worker-src blob:")
    assert "connect-src" not in policy(inside)
    assert "sparql-about" not in without
    assert "b-sparql" not in without


def test_a_page_that_is_served_asks_its_server_and_nobody_else(strait: KG) -> None:
    panel = views.served(strait.collection, strait.path)

    html = views.render(strait.collection, [], panel=panel).html

    assert policy(html).endswith("; connect-src 'self'")
    assert "wasm" not in policy(html)
    assert json.loads(block(html, "about"))["endpoint"] == "/sparql"
    assert block(html, "engine") == ""


def test_the_data_of_the_panel_are_the_public_graph(strait: KG, here: Path) -> None:
    content = Content(
        collection=strait.collection, disputes=strait.pairs(), issues=strait.issues()
    )
    html = strait.view(about=["belmark"], sparql=True).html

    assert unpacked(html, "data") == FORMATS["trig"].data(content)
    core = resources.ontology_file("whosays.ttl").read_bytes()
    assert unpacked(html, "terms-0") == core
    assert zlib.decompress(base64.b64decode(block(html, "engine"))) == CODE
    assert unpacked(html, "program").startswith(b"class Store {")


def test_the_same_project_gives_the_same_page(strait: KG, here: Path) -> None:
    digests = {
        hashlib.sha256(strait.view(sparql=True).html.encode()).hexdigest()
        for _ in range(2)
    }

    assert len(digests) == 1


def test_a_page_without_the_engine_says_how_to_get_it(
    strait: KG, nowhere: None
) -> None:
    view = strait.view()

    assert json.loads(block(view.html, "about"))["without"] == "absent"
    assert any("scripts/sparql-engine" in notice for notice in view.notices)
    assert "wasm" not in policy(view.html)


def test_an_engine_that_is_insisted_on_must_be_here(
    strait: KG, nowhere: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(MissingFile, match="not here"):
        strait.view(sparql=True)

    page = tmp_path / "v.html"
    code = main(["view", "-p", str(strait.path), "-o", str(page), "--with-sparql"])

    assert code == 2
    assert "scripts/sparql-engine" in capsys.readouterr().err
    assert not page.exists()


def test_the_command_says_in_one_line_that_the_engine_is_missing(
    strait: KG, nowhere: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "v.html"

    codes = [
        main(["view", "-p", str(strait.path), "-o", str(page), *more])
        for more in ([], ["--no-sparql"])
    ]

    said = [line for line in capsys.readouterr().err.splitlines() if "SPARQL" in line]
    assert codes == [0, 0]
    assert len(said) == 1


def test_a_large_project_carries_the_engine_only_on_request(
    strait: KG, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparql, "LARGEST", 20)

    view = strait.view()

    assert json.loads(block(view.html, "about"))["without"] == "large"
    assert any("--with-sparql" in notice for notice in view.notices)
    assert block(strait.view(sparql=True).html, "engine")


def test_the_engine_is_no_reason_to_draw_less(
    strait: KG, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = strait.view(sparql=False)
    monkeypatch.setattr(views, "_LARGEST", len(plain.html) + 20_000)

    assert strait.view(sparql=True).actors == plain.actors


def test_a_notebook_gets_no_engine(strait: KG, here: Path) -> None:
    shown = strait.view(sparql=True)._repr_mimebundle_()["text/html"]

    assert "id=&#34;sparql-engine&#34;" not in shown
    assert "id=&#34;sparql-data&#34;" not in shown
    assert "sparql-about" in shown


# -- questions -------------------------------------------------------------------------


def lookup(kind: str, text: str) -> str:
    return f"https://example.org/{kind}/{text}"


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_pieces_put_together_are_the_bound_query(name: str) -> None:
    query = catalogue()[name]
    values = {"date": "2031-04-02", "int": "7", "stance": "denies"}
    given = {one.name: values.get(one.type, "x") for one in query.params}
    terms = {
        one.name: re.findall(
            rf"VALUES \?_{one.name} \{{ (.*?) \}}",
            bind(query, {one.name: given[one.name]}, lookup),
        )[0]
        for one in query.params
    }

    parts = pieces(query)

    filled = [
        part if number % 2 == 0 else f" VALUES ?_{part} {{ {terms[part]} }}"
        for number, part in enumerate(parts)
    ]
    assert "".join(filled) == bind(query, given, lookup)
    assert "".join(parts[::2]) == query.text
    assert set(parts[1::2]) == {one.name for one in query.params}


def test_a_query_whose_values_have_no_place_is_asked_without_them(
    tmp_path: Path, strait: KG
) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "short.rq").write_text(
        "#+ summary: Short\n#+ params: who=actor\nCONSTRUCT WHERE { ?_who ?p ?o }\n"
    )
    (tmp_path / "queries" / "broken.rq").write_bytes(b"#+ colour: red\nASK {}")

    found = json.loads(sparql.questions(strait.collection, tmp_path))

    by_name = {one["name"]: one for one in found["queries"]}
    assert by_name["short"]["params"] == []
    assert by_name["short"]["pieces"] == ["CONSTRUCT WHERE { ?_who ?p ?o }\n"]
    assert "broken" not in by_name
    assert set(by_name) > {"disputed", "about"}


def test_importing_the_panel_loads_nothing_heavy() -> None:
    code = "import sys, whosays.views.sparql; print('pyoxigraph' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
