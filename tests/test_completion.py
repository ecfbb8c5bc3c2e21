"""Completion in shells: quick, quiet, and never anything but what may stand there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from whosays import kg
from whosays.cli import completion
from whosays.cli.completion import install
from whosays.cli.main import VERBS
from whosays.errors import UsageError
from whosays.queries import catalogue

HERE = Path(__file__).parent
SCRIPTS = Path(install.__file__).parent
SECONDS = 250

Complete = Callable[..., list[str]]


@pytest.fixture(scope="module")
def vale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy an invented project and ask it once, so that it has a list of names."""
    folder = tmp_path_factory.mktemp("vale") / "project"
    ignored = shutil.ignore_patterns("build")
    shutil.copytree(HERE / "fixtures" / "answers", folder, ignore=ignored)
    assert kg.load(folder).rebuilt
    return folder


@pytest.fixture
def complete(
    vale: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Complete:
    monkeypatch.chdir(vale)

    def run(*words: str) -> list[str]:
        assert completion.main(words) == 0
        lines = capfdbinary.readouterr().out.decode().splitlines()
        return [line.partition("\t")[0] for line in lines]

    return run


def test_the_first_word_is_a_verb(complete: Complete) -> None:
    assert complete("") == list(VERBS)
    assert complete("exp") == ["export", "explain"]
    assert complete("--ver") == ["--version"]
    assert complete("nothing-like-this") == []


def test_names_of_the_project_are_completed_where_they_may_stand(
    complete: Complete, vale: Path
) -> None:
    project = kg.load(vale).collection

    assert complete("about", "") == list(project.actors)
    assert complete("in", "") == list(project.sources)
    assert complete("that", "aldoria", "arms", "cedar-f") == ["cedar-front"]
    assert set(complete("show", "")) == {*project.sources, *project.actors}
    assert complete("that", "aldoria", "--source", "gaz")[0].startswith("gaz")


def test_relations_are_written_as_people_type_them(complete: Complete) -> None:
    found = complete("that", "aldoria", "cooperates")

    assert found == ["cooperates-with"]


def test_options_and_closed_lists_are_completed(complete: Complete) -> None:
    assert complete("that", "--sta") == ["--status"]
    assert complete("that", "--status", "") == ["accepted", "all"]
    assert complete("that", "aldoria", "-f", "nd") == ["ndjson"]
    assert complete("ref", "re") == ["relations"]
    assert complete("explain", "WS104") == ["WS104"]
    assert complete("that", "a", "b", "c", "") == []


def test_queries_and_their_parameters_are_completed(
    complete: Complete, vale: Path
) -> None:
    own = vale / "queries"
    own.mkdir(exist_ok=True)
    (own / "mine.rq").write_text("#+ summary: A test\nASK {}\n", "utf-8")

    assert {*complete("query", "")} >= {*catalogue(vale), "mine"}
    assert complete("query", "denied-by", "sp") == ["speaker="]
    assert "speaker=aldoria" in complete("query", "denied-by", "speaker=al")


def test_files_are_left_to_the_shell(complete: Complete) -> None:
    assert complete("export", "") == []
    assert complete("view", "-o", "") == []


def test_a_project_that_was_never_asked_has_no_names(
    tmp_path: Path, complete: Complete
) -> None:
    (tmp_path / "whosays.toml").touch()

    assert complete("about", "-p", str(tmp_path), "") == []
    assert complete("about", "-p", str(tmp_path / "absent"), "") == []
    assert "that" in complete("")


def test_a_damaged_list_of_names_is_no_error(
    tmp_path: Path, complete: Complete
) -> None:
    kept = tmp_path / "build" / "cache" / "x"
    kept.mkdir(parents=True)
    (kept / completion.NAMES).write_bytes(b"\xff{")

    assert complete("about", "-p", str(tmp_path), "") == []


def test_the_command_answers_the_shell(vale: Path) -> None:
    command = [sys.executable, "-m", "whosays", "--complete", "about", "ald"]

    done = subprocess.run(
        command, cwd=vale, capture_output=True, timeout=SECONDS, check=True
    )

    assert done.stdout.decode().splitlines()[0] == "aldoria\tAldoria"
    assert done.stderr == b""


def test_a_shell_that_goes_away_is_no_error(vale: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run(
        [sys.executable, "-m", "whosays", "--complete", ""],
        cwd=vale,
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=SECONDS,
        check=False,
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, b"")


BASH = """
source {script}
whosays() {{ {python} -m whosays "$@"; }}
compopt() {{ :; }}
COMP_LINE={line!r} COMP_POINT=${{#COMP_LINE}} COMP_WORDS=(whosays)
COMP_POINT=${{#COMP_LINE}}
_whosays
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("whosays expl", "explain"),
        ("whosays that aldoria cooperates", "cooperates-with"),
        ("whosays query denied-by speaker=cedar-fr", "cedar-front"),
        ("whosays about ", "aldoria"),
    ],
)
def test_bash_gets_what_stands_after_the_cursor(
    vale: Path, line: str, expected: str
) -> None:
    script = BASH.format(
        script=SCRIPTS / "whosays.bash", python=sys.executable, line=line
    )

    done = subprocess.run(
        ["bash", "-c", script],
        cwd=vale,
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )

    assert expected in done.stdout.decode().splitlines()


@pytest.mark.parametrize("shell", install.SHELLS)
def test_a_script_is_installed_where_the_shell_looks(
    shell: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELL", f"/bin/{shell}")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)

    install.install()

    said = capsys.readouterr().out.splitlines()[0]
    path = Path(said.rpartition(" to ")[2])
    assert path.is_relative_to(tmp_path)
    assert path.read_bytes() == (SCRIPTS / f"whosays.{shell}").read_bytes()


def test_an_unknown_shell_is_answered_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHELL", "/bin/false")

    with pytest.raises(UsageError, match="bash"):
        install.show()
    with pytest.raises(UsageError, match="Did you mean: zsh"):
        install.show("zhs")


def test_each_name_in_the_list_is_one_of_the_project(vale: Path) -> None:
    collection = kg.load(vale).collection
    (file,) = (vale / "build" / "cache").glob(f"*/{completion.NAMES}")

    names = json.loads(file.read_text("utf-8"))

    assert names["actors"] == {s: a.label for s, a in collection.actors.items()}
    assert names["sources"] == {s: a.title for s, a in collection.sources.items()}
    assert names["relations"] == {i: r.label for i, r in collection.relations.items()}
