"""A project on any subject: begun in one step, and free of everybody else's subject."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import whosays
from tests.calling import called
from whosays.cli.main import main
from whosays.errors import UsageError

OTHER_SUBJECT = re.compile(rb"iran|isis|assad|syria|daesh", re.IGNORECASE)
ENGINE = re.compile(rb"[A-Za-z0-9+/=]{60,}")  # base64, in which any word occurs
SECONDS = 120
ROOT = Path(__file__).resolve().parents[1]

Typed = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin a project in a path with blanks and letters outside ASCII."""
    folder = tmp_path_factory.mktemp("eigene Themen") / "Hafen مرسى"
    whosays.init(folder, title='Who says what about “the harbour” & its "plan"')
    return folder


def typed(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command without a terminal and with nobody to answer questions."""
    return called(*words, cwd=folder, COLUMNS="80")


def test_a_fresh_project_has_nothing_to_complain_of(made: Path) -> None:
    assert whosays.check(made) == []


def test_its_three_statements_make_a_dispute(made: Path) -> None:
    kg = whosays.load(made)

    assert len(kg.collection.statements) == 3
    assert [str(pair.kind) for pair in kg.pairs()] == ["direct"]
    assert kg.collection.settings.title == (
        'Who says what about “the harbour” & its "plan"'
    )


def test_its_own_relation_and_query_work(made: Path) -> None:
    kg = whosays.load(made)

    rows = kg.query("said-of", actor="the council")

    assert {row["stance"] for row in rows} == {"affirms", "denies"}
    assert set(rows.column("relation")) == {"consults"}


def test_nothing_of_another_subject_is_in_what_it_holds_and_prints(made: Path) -> None:
    calls = [
        ["build"],
        ["view", "-o", "view.html"],
        ["disputes", "-f", "card"],
        *(["export", f"graph.{suffix}"] for suffix in ("ttl", "trig", "csv", "gexf")),
        ["site", "site"],
        ["check"],
        ["status"],
        ["about", "the council", "-f", "card"],
        ["actor", "list"],
        ["ref", "relations"],
        ["query", "--list"],
        [],
    ]

    done = {" ".join(words): typed(made, *words) for words in calls}

    assert {name: one.stderr for name, one in done.items() if one.returncode} == {}
    printed = {name: one.stdout + one.stderr for name, one in done.items()}
    assert [name for name, text in printed.items() if OTHER_SUBJECT.search(text)] == []
    files = [file for file in made.rglob("*") if file.is_file()]
    assert len(files) > 30
    named = [file.name for file in files if OTHER_SUBJECT.search(file.name.encode())]
    assert named == []
    held = [
        file.name
        for file in files
        if OTHER_SUBJECT.search(ENGINE.sub(b"", file.read_bytes()))
    ]
    assert held == []
    assert any(b"Residents of Bridge Street" in f.read_bytes() for f in files)


def test_the_command_says_what_it_made_and_asks_nothing(tmp_path: Path) -> None:
    words = ("init", "harbour", "--title", "Who says what about the harbour plan")
    done = typed(tmp_path, *words)

    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "created harbour/   whosays.toml  actors.csv  names.csv  sources.csv",
        "                   relations.csv  statements/example.csv  queries/  README.md",
    ]
    assert typed(tmp_path / "harbour", "build").returncode == 0


def test_a_bare_project_has_every_table_and_no_row(tmp_path: Path) -> None:
    started = whosays.init(tmp_path / "bare", bare=True)

    collection = whosays.load(started.path).collection
    assert whosays.check(started.path) == []
    assert len(collection.statements) == len(collection.actors) == 0
    assert "relations.csv" in started.written
    assert not (started.path / "queries").exists()
    assert all(
        (started.path / name).read_text("utf-8").count("\n") == 1
        for name in started.written
        if name.endswith(".csv")
    )


def test_an_empty_folder_is_taken_and_a_full_one_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").write_text("mine", "utf-8")

    whosays.init(tmp_path / "empty")
    with pytest.raises(UsageError, match="not empty"):
        whosays.init(tmp_path / "full")

    assert [file.name for file in (tmp_path / "full").iterdir()] == ["thesis.doc"]


def test_force_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")

    started = whosays.init(tmp_path, force=True)

    assert started.kept == ("README.md",)
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"
    assert whosays.check(tmp_path) == []


def test_a_project_is_not_begun_twice(tmp_path: Path) -> None:
    whosays.init(tmp_path / "topic")

    for force in (False, True):
        with pytest.raises(UsageError, match="a project already"):
            whosays.init(tmp_path / "topic", force=force)


@pytest.mark.parametrize("title", ["two\nlines", "bell\x07", "x" * 201, "a\u202eb"])
def test_a_title_that_cannot_be_seen_is_refused(tmp_path: Path, title: str) -> None:
    with pytest.raises(UsageError, match="cannot be a title"):
        whosays.init(tmp_path / "topic", title=title)

    assert not (tmp_path / "topic").exists()


@pytest.mark.parametrize(
    "title", ['"', "\\", "]]>", "{{name}}", "# a | b", "عنوان", "<script>"]
)
def test_any_other_title_arrives_as_it_was_given(tmp_path: Path, title: str) -> None:
    started = whosays.init(tmp_path / "topic", title=title)

    assert whosays.load(started.path).collection.settings.title == title


def test_a_file_cannot_become_a_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    assert main(["init", str(tmp_path / "file")]) == 2
    assert "is a file" in capsys.readouterr().err


def test_a_folder_whose_name_has_no_letters_gets_a_name(tmp_path: Path) -> None:
    started = whosays.init(tmp_path / "…")

    settings = whosays.load(started.path).collection.settings
    assert (settings.name, settings.title) == ("project", "…")


def test_the_page_on_ones_own_subject_works_as_it_is_typed(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "own-subject.md").read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (vocabulary,) = re.findall(
        r"^```turtle\n(.*?)^```$", page, re.MULTILINE | re.DOTALL
    )
    typed_in = "".join(blocks).replace(" --open", " -q")
    whosays.init(tmp_path / "harbour")
    text = "A bridge for all\n\n" * 4 + "Nobody asked us, the street said.\n"
    (tmp_path / "harbour" / "page.txt").write_text(text, "utf-8")

    done = subprocess.run(
        ["/bin/sh", "-e", "-c", typed_in],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert "¶5" in done.stdout.decode()
    relation = whosays.load(tmp_path / "harbour").collection.relations["leasesTo"]
    (tmp_path / "harbour" / "relations.csv").unlink()
    (tmp_path / "harbour" / "statements" / "example.csv").unlink()
    (tmp_path / "harbour" / "ontology").mkdir()
    prefixes = (
        "@prefix ws: <https://w3id.org/whosays/ns#> .\n"
        "@prefix rel: <https://w3id.org/whosays/rel/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    )
    (tmp_path / "harbour" / "ontology" / "own.ttl").write_text(prefixes + vocabulary)
    assert (
        whosays.load(tmp_path / "harbour").collection.relations["leasesTo"] == relation
    )
