"""The promises that every verb keeps: shared options, suggestions, streams, widths."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from whosays.cli import output, quick
from whosays.cli.main import main

HERE = Path(__file__).parent
SECONDS = 250
TABLE = json.loads(quick.TABLE.read_text("utf-8"))

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def vale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vale") / "project"
    ignored = shutil.ignore_patterns("build")
    shutil.copytree(HERE / "fixtures" / "answers", folder, ignore=ignored)
    return folder


@pytest.fixture
def ask(
    vale: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Ask:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(vale)

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words])
        caught = capfdbinary.readouterr()
        return code, caught.out.decode(), caught.err.decode()

    return run


def spawn(folder: Path, *words: str, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "whosays", *words],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=SECONDS,
        env={**os.environ, "COLUMNS": "80"},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def options_of_calls() -> dict[str, set[str]]:
    """Map each verb, those of a group behind its name, to its options."""
    found = {}
    for name, verb in TABLE["verbs"].items():
        for inner, one in verb.get("verbs", {"": verb}).items():
            found[f"{name} {inner}".strip()] = set(one["options"])
    return found


@pytest.mark.parametrize(("verb", "options"), options_of_calls().items())
def test_every_verb_has_the_shared_options(verb: str, options: set[str]) -> None:

    assert {"--width", "--ascii", "--no-color", "-v", "--verbose"} <= options
    if verb not in ("explain", "init"):
        assert {"-p", "--project"} <= options
    if verb not in ("explain",):
        assert {"-q", "--quiet"} <= options
    if "--format" in options:
        assert {"-f", "--json"} <= options


READS = (
    ("that", "aldoria", "arms", "cedar-front"),
    ("about", "cedar-front"),
    ("by", "aldorian-minister"),
    ("in", "gazette-essay"),
    ("disputes",),
    ("show", "aldoria_arms_cedar-front"),
    ("compare", "gazette-essay", "port-interview"),
    ("ref", "actors"),
    ("ref", "codes"),
    ("query", "denied-by"),
)


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_json_is_short_for_the_format(ask: Ask, words: tuple[str, ...]) -> None:
    short = ask(*words, "--json")
    long = ask(*words, "-f", "json")

    assert short == long
    assert short[0] == 0
    json.loads(short[1])


def test_json_and_another_format_contradict_each_other(ask: Ask) -> None:
    code, out, err = ask("ref", "actors", "--json", "-f", "csv")

    assert (code, out) == (2, "")
    assert "--json" in err


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_plain_calls_are_answered_as_by_the_parser(
    ask: Ask, vale: Path, words: tuple[str, ...]
) -> None:
    code, out, _ = ask(*words)

    assert spawn(vale, *words)[:2] == (code, out.encode())


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize(
    "words",
    [
        ("that", "aldoria", "arms", "cedar-front", "-f", "card"),
        ("disputes", "-f", "card"),
        ("compare", "gazette-essay", "port-interview", "-f", "text"),
        ("ref", "sources", "-f", "text"),
        ("query", "contested", "-f", "table"),
        ("query", "denied-by", "-f", "table"),
        ("query", "--list"),
    ],
    ids=" ".join,
)
def test_no_line_is_wider_than_asked(
    ask: Ask, words: tuple[str, ...], width: int
) -> None:
    code, out, _ = ask(*words, "--width", str(width))

    assert code == 0
    assert max(map(output.columns_of, out.splitlines())) <= width


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (("abuot", "aldoria"), "about"),
        (("that", "aldoria", "--relatd"), "--related"),
        (("that", "aldoria", "-f", "jsn"), "json"),
        (("that", "aldoria", "--status", "acepted"), "accepted"),
        (("check", "--fail-on", "warnin"), "warning"),
        (("ref", "actos"), "actors"),
        (("about", "Aldorya"), "aldoria"),
        (("that", "aldoria", "armz"), "arms"),
        (("in", "gazette-esay"), "gazette-essay"),
        (("query", "contestd"), "contested"),
        (("query", "denied-by", "speeker=aldoria"), "speaker"),
        (("explain", "WS1004"), "WS104"),
        (("export", "graph.trtl"), "ttl"),
        (("cite", "aldoria_arms_cedar-front", "-f", "bibtx"), "bibtex"),
        (("--show-completion", "zhs"), "zsh"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_slip_is_answered_with_the_nearest(
    vale: Path, words: tuple[str, ...], nearest: str
) -> None:
    code, out, err = spawn(vale, *words)

    lines = err.decode().splitlines()
    assert (code, out) == (2, b"")
    assert nearest in err.decode().partition("id you mean")[2]
    assert len(lines) <= 3
    assert lines[0].startswith("error: ")


def test_next_steps_are_told_to_people_only(vale: Path) -> None:
    _, _, piped = spawn(vale, *READS[0], "-f", "card")
    terminal = subprocess.run(
        ["script", "-qec", f"{sys.executable} -m whosays {' '.join(READS[0])}", "-"],
        cwd=vale,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    (vale / "-").unlink(missing_ok=True)

    assert b"next:" not in piped
    assert b"next:" in terminal.stdout


def test_a_loose_table_is_checked_against_the_project(ask: Ask, tmp_path: Path) -> None:
    table = tmp_path / "loose.csv"
    head = "subject,relation,object,source,stance\n"
    table.write_text(f"{head}aldoria,armz,belmark,gazette-essay,affirms\n", "utf-8")

    code, out, err = ask("check", str(table))

    assert (code, err) == (1, "")
    assert "B2" in out
    assert "did you mean: arms" in out
    assert "statements/" not in out


def test_a_loose_table_may_come_from_stdin(vale: Path) -> None:
    rows = b"subject,relation,object,source,stance\nnobody,arms,belmark,x,affirms\n"

    code, out, _ = spawn(vale, "check", "-", "-f", "csv", stdin=rows)

    assert code == 1
    assert b"stdin,A2,error,WS103" in out


def test_a_table_of_the_project_brings_nothing_new(ask: Ask, vale: Path) -> None:
    table = next((vale / "statements").glob("*.csv"))

    whole = json.loads(ask("check", "--json")[1])
    alone = json.loads(ask("check", str(table), "--json")[1])

    name = f"statements/{table.name}"
    assert len(alone) == len([one for one in whole if one["table"] == name])


def test_what_is_exported_to_a_dash_is_written_to_stdout(vale: Path) -> None:
    code, out, _ = spawn(vale, "export", "-", "-f", "nt")

    assert code == 0
    assert out.count(b" .\n") > 100
    assert not (vale / "-").exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="the history is git's")
def test_a_statement_shows_the_changes_of_its_row(vale: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(vale, project, ignore=shutil.ignore_patterns("build"))
    git = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    before = spawn(project, "that", "aldoria", "arms", "cedar-front", "--json")[1]
    id = json.loads(before)[0]["id"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Add the tables"]):
        subprocess.run([*git, *words], cwd=project, timeout=SECONDS, check=True)

    kept = spawn(project, "show", id, "-f", "card")[1].decode()
    unknown = spawn(vale, "show", id, "-f", "card")[1].decode()

    assert "Add the tables" in kept
    assert "changes of the row" not in unknown
