"""What each call may load: the list is the guard of a quick start, not a clock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from whosays import kg
from whosays.cli.main import VERBS

HERE = Path(__file__).parent
SECONDS = 250

ENGINES = {"pyoxigraph"}
HEAVY = {
    "IPython",
    "anyascii",
    "jinja2",
    "networkx",
    "numpy",
    "openpyxl",
    "oxrdflib",
    "pandas",
    "polars",
    "pydantic",
    "pyshacl",
    "pyvis",
    "rdflib",
    "rich",
    "spacy",
}
PARSER = {"typer"}
SELDOM = {"calendar", "random", "shutil", "tempfile", "zipfile"}
"""Of the standard library: each takes longer to load than the answer to find."""

READS = (
    ("that", "aldoria", "arms", "cedar-front"),
    ("that", "aldoria", "-", "cedar-front", "--json", "--status", "all"),
    ("about", "cedar-front", "-f", "csv"),
    ("by", "aldorian-minister"),
    ("in", "gazette-essay"),
    ("disputes",),
    ("show", "aldoria_arms_cedar-front"),
)
PLAIN = (
    (),
    ("--help",),
    ("that", "--help"),
    ("--version",),
    ("--show-completion", "bash"),
    ("source", "find", "bulletin"),
)
WITHOUT_ENGINE = (
    *READS,
    *PLAIN,
    ("compare", "gazette-essay", "port-interview"),
    ("cite", "aldoria_arms_cedar-front"),
    ("explain", "WS104"),
    ("ref", "actors"),
    ("ref", "queries"),
    ("actor", "list"),
    ("actor", "--help"),
    ("relation", "list", "--own"),
    ("init", "topic"),
    ("locate", "gazette-essay", "words"),
    ("chek",),
    ("that", "--no-such-option"),
)
WITH_ENGINE = (
    ("query", "contested"),
    ("query", "denied-by", "speaker=aldoria"),
    ("query", "--list"),
    ("check",),
    ("check", "statements/gazette-essay.csv"),
    ("add", "--dry-run", "statements/gazette-essay.csv"),
    ("status",),
    ("export", "graph.ttl"),
    ("diff", ".", "."),
    ("accept", "qqqqqq"),
    ("reject", "qqqqqq", "--note", "misread"),
    ("retract", "qqqqqq"),
    ("review",),
    ("actor", "rename", "aldoria", "aldoria-east", "--dry-run"),
)


@pytest.fixture(scope="module")
def vale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy an invented project and fill its caches."""
    folder = tmp_path_factory.mktemp("vale") / "project"
    ignored = shutil.ignore_patterns("build")
    shutil.copytree(HERE / "fixtures" / "answers", folder, ignore=ignored)
    kg.load(folder)
    return folder


def loaded(folder: Path, *words: str) -> set[str]:
    """Run one call in a fresh process and list the packages it has imported."""
    return {name.partition(".")[0] for name in modules(folder, *words)}


@cache
def modules(folder: Path, *words: str) -> set[str]:
    """Run one call in a fresh process and list the modules it has imported.

    Several tests ask about one call, which is run once.
    """
    code = (
        "import sys\n"
        f"sys.argv = ['whosays', *{list(words)!r}]\n"
        "from whosays.__main__ import main\n"
        "main()\n"
        "sys.stdout.flush()\n"
        "print('LOADED', *sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        timeout=SECONDS,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    last = done.stderr.decode().splitlines()[-1].split()
    assert last[0] == "LOADED", done.stderr
    return set(last[1:])


def named(words: tuple[str, ...]) -> str:
    return " ".join(words) or "bare"


@pytest.mark.parametrize("words", WITHOUT_ENGINE, ids=named)
def test_no_engine_is_loaded_to_read(vale: Path, words: tuple[str, ...]) -> None:
    found = loaded(vale, *words)

    assert found & (HEAVY | ENGINES) == set()


def test_a_suggestion_may_read_other_scripts_but_no_more(vale: Path) -> None:
    found = loaded(vale, "that", "Aldorya")

    assert found & (HEAVY | ENGINES) <= {"anyascii"}


def test_reading_loads_nothing_that_reads_tables(vale: Path) -> None:
    code = (
        "import sys; from whosays import load; kg = load('.')\n"
        "kg.that('aldoria', 'arms', 'cedar-front'); kg.about('aldoria')\n"
        "print(*(n for n in sys.modules if n.startswith('whosays.')))"
    )

    done = subprocess.check_output(
        [sys.executable, "-c", code], cwd=vale, timeout=SECONDS
    )

    found = set(done.decode().split())
    assert "whosays.answering" in found
    assert not found & {"whosays.project", "whosays.tables", "whosays.problems"}


@pytest.mark.parametrize("words", WITH_ENGINE, ids=named)
def test_queries_and_checks_load_one_engine_at_most(
    vale: Path, words: tuple[str, ...]
) -> None:
    found = loaded(vale, *words)

    assert found & HEAVY == set()


@pytest.mark.parametrize("kind", ["actor", "source", "relation"])
def test_looking_for_a_name_loads_nothing_that_reads_or_writes_tables(
    vale: Path, kind: str
) -> None:
    found = modules(vale, kind, "find", "aldoria")

    assert "whosays.registers.finding" in found
    assert not found & {"whosays.project", "whosays.tables", "whosays.registers.adding"}


QUERIES = (("query", "contested"), ("query", "denied-by", "speaker=aldoria"))


@pytest.mark.parametrize("words", [*READS, *PLAIN, *QUERIES], ids=named)
def test_plain_calls_do_not_wait_for_the_parser(
    vale: Path, words: tuple[str, ...]
) -> None:
    found = loaded(vale, *words)

    assert found & PARSER == set()
    if words != ("--version",):  # the version is read as a mail is
        assert found & SELDOM <= loaded_by_python()


def test_importing_the_package_loads_nothing_heavy(vale: Path) -> None:
    code = "import sys, whosays\nprint(*{n.partition('.')[0] for n in sys.modules})"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=SECONDS, check=True
    )

    assert set(done.stdout.decode().split()) & (HEAVY | ENGINES | PARSER) == set()


def test_completion_needs_the_standard_library_only(vale: Path) -> None:
    before = loaded_by_python()

    found = loaded(vale, "--complete", "about", "al")

    assert found - before - set(sys.stdlib_module_names) == {"whosays"}
    assert not found & {"sqlite3", "dataclasses", "difflib", "csv"}


def test_a_build_of_unchanged_files_reads_no_records(vale: Path) -> None:
    kg.load(vale, write=True).build()

    found = loaded(vale, "build")

    assert found & (HEAVY | ENGINES | PARSER | {"sqlite3", "csv"}) == set()


@cache
def loaded_by_python() -> set[str]:
    """List what an empty program has imported, which environments add to."""
    code = "import sys\nprint(*{n.partition('.')[0] for n in sys.modules})"
    found = subprocess.check_output([sys.executable, "-c", code], timeout=SECONDS)
    return set(found.decode().split())


def test_the_guard_sees_what_is_loaded(vale: Path) -> None:
    found = loaded(vale, "that", "aldoria", "--at=2014")

    assert PARSER <= found


def test_every_verb_stands_in_one_of_the_lists() -> None:
    heavy = {
        "build",
        "eval",
        "extract",
        "site",
        "view",
    }  # pages to write, texts to read
    heavy |= {"corpus", "push", "serve"}  # they wait for others anyway
    heavy |= {"agreement", "template"}  # NLTK, with numpy where it is; a workbook

    tested = {words[0] for words in (*WITHOUT_ENGINE, *WITH_ENGINE) if words}

    assert set(VERBS) <= tested | heavy
