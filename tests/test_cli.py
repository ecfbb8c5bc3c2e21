"""The command as people and programs call it: exit codes, streams, few words."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.calling import called
from tests.digests import digest

GOOD = Path(__file__).parent / "fixtures" / "good" / "strait"
BROKEN = Path(__file__).parent / "fixtures" / "broken" / "WS104"
RUNAWAY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
)


@pytest.fixture(scope="module")
def strait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ignore = shutil.ignore_patterns("build")
    folder = tmp_path_factory.mktemp("cli") / "strait"
    return Path(shutil.copytree(GOOD, folder, ignore=ignore))


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    cwd: Path | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[bytes]:
    """Call it in a process of its own; `called` does for what only words can change."""
    return subprocess.run(
        [sys.executable, "-m", "whosays", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=250,
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
    )


def test_nothing_wrong_is_0(strait: Path) -> None:
    done = run("query", "-p", strait, "contested", "-f", "csv")

    assert (done.returncode, done.stderr) == (0, b"")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert rows


def test_an_empty_answer_is_0_too(strait: Path) -> None:
    done = called("query", "-p", strait, "-", stdin=b"SELECT ?s { ?s a ws:Nothing }")

    assert done.returncode == 0
    assert done.stdout.split() == [b"s"]
    assert b"ws:Nothing" in done.stderr


def test_broken_data_are_1() -> None:
    done = run("check", "-p", BROKEN)

    assert done.returncode == 1
    assert b"WS104" in done.stdout


@pytest.mark.parametrize("format", ["csv", "json"])
def test_problems_come_as_data(format: str) -> None:
    from whosays.problems import COLUMNS

    done = called("check", "-p", BROKEN, "-f", format)

    text = done.stdout.decode()
    rows = (
        json.loads(text)
        if format == "json"
        else list(csv.DictReader(io.StringIO(text)))
    )
    assert done.returncode == 1
    assert tuple(rows[0]) == COLUMNS
    assert "WS104" in {row["rule"] for row in rows}


def test_a_build_of_broken_data_writes_nothing(tmp_path: Path) -> None:
    project = shutil.copytree(BROKEN, tmp_path / "p")

    done = called("build", "-p", project)

    assert done.returncode == 1
    assert not (project / "build").exists()


# Each call, and what must stand in the message: usually the nearest name.
WRONG = [
    (("qeury", "contested"), "query"),
    (("exprot", "g.ttl"), "export"),
    (("chekc",), "check"),
    (("query", "contestde"), "contested"),
    (("query", "denied-bye"), "denied-by"),
    (("query", "denied-by", "speaker"), "name=value"),
    (("query", "denied-by", "speaker=aldoria", "speaker=belmark"), "twice"),
    (("query", "denied-by", "speeker=aldoria"), "speaker"),
    (("query", "denied-by", "speaker=belmrak"), "belmark"),
    (("query", "contested", "-f", "cvs"), "csv"),
    (("query", "contested", "-f", "turtel"), "turtle"),
    (("query", "contested", "-f", "turtle"), "rows"),
    (("query", "contested", "--timeout", "soon"), "timeout"),
    (("query", "contested", "--fromat", "csv"), "--format"),
    (("query", "none.rq"), "none.rq"),
    (("query",), "nothing to ask"),
    (("query", "ASK { ?s sadi:fights ?o }"), "said:fights"),
    (("query", "SELCT * { ?s ?p ?o }"), "SELECT"),
    (("query", "--on", "none.ttl", "ASK {}"), "none.ttl"),
    (("query", "--on", "x.docx", "ASK {}"), ".ttl"),
    (("query", "contested", "-o", "no/such/folder/x.csv"), "folder"),
    (("export",), "FILE"),
    (("export", "g.tll"), "ttl"),
    (("export", "g"), "suffix"),
    (("export", "g.jsonld", "--rdf12"), "RDF 1.2"),
    (("export", "g.ttl", "more"), "more"),
    (("check", "-f", "jason"), "json"),
    (("check", "--fail-on", "wran"), "warn"),
    (("check", "-p", "nowhere"), "nowhere"),
    (("check", "-p", "."), "whosays.toml"),
    (("explain", "WS1O4"), "WS104"),
    (("explain",), "code"),
    (("view", "--about", "belmrak"), "belmark"),
    (("view", "--source", "nigth bulletin"), "night-bulletin"),
    (("view", "--limit", "0"), "limit"),
    (("build", "-p", ""), ""),
    (("--verison",), "--version"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=lambda value: str(value))
def test_a_wrong_call_is_2_and_told_the_nearest(
    arguments: tuple[str, ...], words: str, strait: Path, tmp_path: Path
) -> None:
    named = () if "-p" in arguments else ("-p", str(strait))
    verb = arguments[:1]
    if verb[0].startswith("-") or verb in (("explain",), ("qeury",), ("chekc",)):
        named = ()

    done = called(*verb, *named, *arguments[1:], cwd=tmp_path)

    stderr = done.stderr.decode()
    assert done.returncode == 2, stderr
    assert words in stderr
    assert stderr.startswith("error: ")
    assert len(stderr.splitlines()) <= 4 if "^" in stderr else 3
    assert "Traceback" not in stderr
    assert "this is a bug" not in stderr
    assert done.stdout == b""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        "query contested -f csv",
        "query - -f csv",
        "export /dev/stdout -f nq",
        "--help",
        "query --list",
        "explain WS104",
    ],
)
def test_a_reader_that_goes_away_is_no_failure(arguments: str, strait: Path) -> None:
    words = arguments.split()
    if words[0] in ("query", "export"):
        words[1:1] = ["-p", str(strait)]
    with subprocess.Popen(
        [sys.executable, "-m", "whosays", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        child.stdin.write(b"SELECT * { ?s ?p ?o }")
        child.stdin.close()

        code, stderr = child.wait(250), child.stderr.read()

    assert code == 0
    assert b"rror" not in stderr
    assert b"Broken" not in stderr


def test_head_takes_one_line(strait: Path) -> None:
    command = f"'{sys.executable}' -m whosays query -p '{strait}' - | head -1"

    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        input=b"SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 20000",
        capture_output=True,
        timeout=250,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


def wait_for_child_of(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has started its own, in which the query runs."""
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not found.read_text():
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux /proc")
@pytest.mark.parametrize(
    ("sent", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
)
def test_a_signal_ends_a_long_query_and_its_child(
    sent: signal.Signals, code: int, strait: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "whosays", "query", "-p", str(strait), RUNAWAY],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        wait_for_child_of(child)
        child.send_signal(sent)

        # The query itself would go on for a minute.
        stdout, stderr = child.communicate(timeout=250)

    assert child.returncode == code
    assert stdout == b""
    assert b"Traceback" not in stderr


def test_a_runaway_query_is_ended_with_3(strait: Path) -> None:
    done = called("query", "-p", strait, "--timeout", "1", RUNAWAY)

    assert done.returncode == 3
    assert b"more than 1 second" in done.stderr
    assert b"--timeout" in done.stderr
    assert done.stdout == b""


@pytest.fixture(scope="module")
def usual(strait: Path) -> bytes:
    done = run("query", "-p", strait, "names-of", "actor=cedar-front", "-f", "csv")
    assert done.stdout.count(b"\n") > 1
    return done.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"NO_COLOR": "1"},
        {"TERM": "dumb", "COLUMNS": "40"},
    ],
    ids=str,
)
def test_no_encoding_loses_a_row(
    environment: dict[str, Any], strait: Path, usual: bytes
) -> None:
    arguments = ("query", "-p", strait, "names-of", "actor=cedar-front", "-f")

    as_csv = run(*arguments, "csv", **environment)
    as_table = run(*arguments, "table", **environment)
    listed = run("query", "-p", strait, "--list", **environment)
    helped = run("--help", **environment)
    problems = run("check", "-p", BROKEN, **environment)

    assert as_csv.stdout == usual
    for done in (as_table, listed, helped):
        assert done.returncode == 0, done.stderr
        assert b"\x1b" not in done.stdout
    assert b"contested" in listed.stdout
    assert problems.returncode == 1
    assert b"WS104" in problems.stdout


def test_output_is_written_whole_with_the_format_of_its_suffix(
    strait: Path, tmp_path: Path
) -> None:
    target = tmp_path / "answer.json"

    done = called("query", "-p", strait, "contested", "-o", target)

    assert done.returncode == 0
    assert done.stdout == b""
    answer = json.loads(target.read_text("utf-8"))
    assert answer["results"]["bindings"]
    assert [file.name for file in tmp_path.iterdir()] == ["answer.json"]


def test_a_failed_query_leaves_the_old_output(strait: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("old")

    done = called("query", "-p", strait, "-o", target, "ASK { ?s")

    assert done.returncode == 2
    assert target.read_text() == "old"


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "/dev/full", "-f", "ttl"),
        ("query", "contested", "-o", "/dev/full"),
        ("view", "-o", "/dev/full"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_full_device_is_3(arguments: tuple[str, ...], strait: Path) -> None:
    done = called(arguments[0], "-p", strait, *arguments[1:])

    assert done.returncode == 3
    assert b"/dev/full" in done.stderr
    assert b"this is a bug" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "query {} contested -f csv",
        "check {}",
        "--help",
    ],
)
def test_full_standard_output_is_3(command: str, strait: Path) -> None:
    words = command.replace("{}", f"-p {strait}").split()
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "whosays", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=250,
            check=False,
        )

    if "check" not in words:  # a good project has nothing to say on stdout
        assert done.returncode == 3
        assert b"rror" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"this is a bug" not in done.stderr


@pytest.mark.parametrize(
    ("words", "closed", "code"),
    [
        ("check -", "<&- 2>&-", 1),  # an empty table
        ("query contested", ">&- 2>&-", 0),
        ("--help", "<&- >&-", 0),
    ],
)
def test_a_stream_that_the_shell_closed_is_an_empty_one(
    words: str, closed: str, code: int, strait: Path
) -> None:
    script = f'exec "$0" -m whosays "$@" {closed}'
    arguments = words if words == "--help" else f"{words} -p {strait}"

    done = subprocess.run(
        ["sh", "-c", script, sys.executable, *arguments.split()],
        capture_output=True,
        timeout=250,
        check=False,
    )

    assert done.returncode == code
    assert b"this is a bug" not in done.stderr
    assert (b"the table is empty" in done.stdout) is (words == "check -")


def test_a_folder_as_output_is_2(strait: Path, tmp_path: Path) -> None:
    (tmp_path / "g.ttl").mkdir()

    done = called("export", "-p", strait, tmp_path / "g.ttl")

    assert done.returncode == 2
    assert b"is a folder" in done.stderr


def test_a_query_comes_from_stdin_or_a_file(strait: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_bytes(b"\xef\xbb\xbfSELECT (COUNT(?s) AS ?n) { ?s a ws:Statement }")

    from_file = called("query", "-p", strait, file)
    from_stdin = called("query", "-p", strait, "-", stdin=file.read_bytes())
    direct = called("query", "-p", strait, file.read_bytes()[3:].decode())

    assert from_file.returncode == 0
    assert from_file.stdout == from_stdin.stdout == direct.stdout
    assert from_file.stdout.split() == [b"n", b"8"]


@pytest.mark.parametrize("text", [b"", b"  \n", b"SELECT", b"contested\n"])
def test_stdin_is_never_taken_for_the_name_of_a_query(
    text: bytes, strait: Path
) -> None:
    done = called("query", "-p", strait, "-", stdin=text)

    assert done.returncode == 2
    assert b"stdin holds no SPARQL" in done.stderr


def test_an_answer_of_yes_or_no_is_a_line_without_a_count_of_rows(strait: Path) -> None:
    done = called("query", "-p", strait, "ASK { ?s ws:stanse ?o }", "-f", "csv")

    assert done.stdout == b"false\n"
    assert b"0 rows" not in done.stderr
    assert b"ws:stance" in done.stderr


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
def test_an_export_can_be_asked_in_turn(
    suffix: str, strait: Path, tmp_path: Path
) -> None:
    target = tmp_path / f"graph.{suffix}"
    count = "SELECT (COUNT(?s) AS ?n) { ?s a ws:Statement }"

    written = called("export", "-p", strait, target)
    done = called("query", "-p", strait, "--on", target, count)

    assert written.returncode == 0
    assert done.stdout.split() == [b"n", b"8"]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    ignore = shutil.ignore_patterns("build")
    found = []
    for name in ("one", "two"):
        project = shutil.copytree(GOOD, tmp_path / name / "strait", ignore=ignore)
        done = run("build", "-p", project)
        assert done.returncode == 0, done.stderr
        found.append(
            {
                file.name: digest(file.read_bytes())
                for file in (project / "build").iterdir()
                if file.name in ("graph.ttl", "graph.trig", "view.html")
            }
        )

    assert len(found[0]) == 3
    assert found[0] == found[1]


def test_bare_whosays_names_things_to_try(strait: Path) -> None:
    done = run(cwd=strait)

    assert done.returncode == 0
    assert b"whosays view" in done.stdout
    assert b"strait" in done.stdout


def test_the_version_is_printed() -> None:
    done = run("--version")

    assert done.returncode == 0
    assert done.stdout.startswith(b"whosays ")
