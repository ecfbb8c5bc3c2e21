"""The reading verbs on the command line: streams, formats, exit codes, start-up."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from whosays import answers
from whosays.cli import output
from whosays.cli.main import main

HERE = Path(__file__).parent
SECONDS = 250


@pytest.fixture(scope="module")
def vale(tmp_path_factory):
    """Copy the invented project, so that its caches are not kept in the repository."""
    folder = tmp_path_factory.mktemp("vale") / "project"
    shutil.copytree(HERE / "fixtures" / "answers", folder)
    return folder


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds") / "project"
    source = HERE.parent / "seeds" / "iran-isis"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("build", "texts"))
    return folder


@pytest.fixture
def ask(vale, monkeypatch, capfdbinary):
    """Ask the command line and give back exit code, stdout and stderr."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words, project=vale):
        code = main([*words, "-p", str(project)])
        caught = capfdbinary.readouterr()
        return code, caught.out.decode(), caught.err.decode()

    return run


def spawn(folder, *words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "whosays", *words, "-p", str(folder)],
        capture_output=True,
        timeout=SECONDS,
        env={**os.environ, "COLUMNS": "80", **environment},
        check=False,
    )


VERBS = (
    ("that", "aldoria", "arms", "cedar-front"),
    ("about", "cedar-front"),
    ("by", "aldorian-minister"),
    ("in", "gazette-essay"),
    ("disputes",),
    ("show", "aldoria_arms_cedar-front"),
)
READS = pytest.mark.parametrize("verb", VERBS, ids=[verb[0] for verb in VERBS])


@READS
def test_a_pipe_gets_csv_with_the_documented_columns(ask, verb):
    code, out, _ = ask(*verb)

    header, *rows = csv.reader(io.StringIO(out))
    disputed = verb[0] == "disputes"
    expected = answers.DISPUTE_COLUMNS if disputed else answers.STATEMENT_COLUMNS
    assert code == 0
    assert tuple(header) == expected
    assert rows
    assert all(len(row) == len(header) for row in rows)


@READS
def test_json_ndjson_and_csv_hold_the_same_rows(ask, verb):
    whole = json.loads(ask(*verb, "-f", "json")[1])
    lines = [json.loads(line) for line in ask(*verb, "-f", "ndjson")[1].splitlines()]
    table = list(csv.DictReader(io.StringIO(ask(*verb, "-f", "csv")[1])))

    assert isinstance(whole, list)
    assert whole == lines
    assert [row["id"] for row in table] == [row["id"] for row in whole]


@READS
def test_a_card_fits_80_columns_and_says_nothing_on_stderr(ask, verb):
    code, out, err = ask(*verb, "-f", "card")

    assert code == 0
    assert err == ""
    assert max(output.columns_of(line) for line in out.splitlines()) <= 80


@READS
def test_a_terminal_gets_a_card(ask, verb, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)

    code, out, _ = ask(*verb)

    assert code == 0
    assert not out.startswith(("subject,", "issue,"))


@READS
@pytest.mark.parametrize("format", ["tsv", "md", "html"])
def test_other_formats_are_written(ask, verb, format):
    code, out, _ = ask(*verb, "-f", format)

    assert code == 0
    assert "aldoria" in out.lower() or "cedar" in out.lower()


def test_a_file_gets_the_format_of_its_suffix(ask, tmp_path):
    for name, start in (("a.csv", "subject,"), ("a.json", "["), ("a.txt", "Aldoria")):
        code, out, _ = ask(*VERBS[0], "-o", str(tmp_path / name))

        assert (code, out) == (0, "")
        assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_what_is_left_out_is_counted_on_stderr_beside_data(ask):
    _, _, err = ask(*VERBS[0], "-f", "csv")
    _, _, quiet = ask(*VERBS[0], "-f", "csv", "-q")

    assert "1 candidate not shown: --status all" in err
    assert quiet == ""


def test_a_gist_is_the_same_in_every_format(ask):
    gist = "Raids [sic] were [/b] counted :100: times <script>alert(1)</script>."
    words = ("that", "cedar-front", "attacks", "belmark")

    (row,) = json.loads(ask(*words, "-f", "json")[1])
    (cells,) = csv.DictReader(io.StringIO(ask(*words)[1]))

    assert row["gist"] == cells["gist"] == gist
    assert "<script>" not in ask(*words, "-f", "html")[1]
    assert gist in " ".join(ask(*words, "-f", "card")[1].split())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("that", "aldoria", "belmark"), "Any relation: that aldoria - belmark"),
        (("that", "Aldorya"), "Did you mean: aldoria (Aldoria)"),
        (("that", "aldoria", "armz"), "Did you mean: arms"),
        (("that", "-"), "all three slots are open"),
        (("about", "Heron"), "heron-club (Al Heron), heron-league (The Heron)"),
        (("by", "esayist"), "essayist"),
        (("in", "gazete-essay"), "gazette-essay"),
        (("disputes", "a", "b", "c"), "Name one or two"),
        (("show", "zzzzzz"), "no statement, claim, actor, source or issue"),
        (("that", "aldoria", "-f", "jsn"), "Did you mean: json"),
        (("that", "aldoria", "--at", "25.6.2031"), "25.6.2031"),
        (("that", "aldoria", "--status", "everything"), "accepted or all"),
        (("about", "aldoria", "--width", "1"), "1"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_how_to_go_on(ask, words, message):
    code, out, err = ask(*words)

    assert code == 2
    assert out == ""
    assert message in err
    assert len(err.splitlines()) <= 3
    assert "Traceback" not in err


def test_must_find_ends_with_1_only_when_nothing_is_found(ask):
    nothing = ("that", "belmark", "arms", "dun-brigade")

    assert ask(*nothing)[0] == 0
    assert ask(*nothing, "--must-find")[0] == 1
    assert ask(*VERBS[0], "--must-find")[0] == 0


def test_options_narrow_the_same_way_on_every_verb(ask):
    for verb in (VERBS[0], VERBS[1]):
        rows = json.loads(ask(*verb, "-f", "json", "--source", "Port interview")[1])

        assert {row["source"] for row in rows} == {"port-interview"}


def test_ascii_is_a_choice_and_a_fallback(ask, vale):
    chosen = ask(*VERBS[0], "-f", "card", "--ascii")[1]
    forced = spawn(vale, *VERBS[0], "-f", "card", PYTHONIOENCODING="ascii")

    assert chosen.isascii()
    assert forced.returncode == 0
    assert forced.stdout.decode("ascii") == chosen


def test_a_name_outside_the_encoding_loses_no_row(vale):
    done = spawn(
        vale, "that", "-", "leads", "-", "-f", "card", PYTHONIOENCODING="cp1252"
    )

    assert done.returncode == 0
    assert b"reklen" in done.stdout


def test_colour_variables_change_nothing(vale):
    plain = spawn(vale, *VERBS[0], "-f", "card", NO_COLOR="1")
    forced = spawn(vale, *VERBS[0], "-f", "card", FORCE_COLOR="1", TERM="xterm")

    assert plain.stdout == forced.stdout
    assert b"\x1b" not in forced.stdout


@pytest.mark.parametrize("format", ["card", "csv"])
def test_a_reader_that_goes_away_is_no_error(seeds, format):
    command = [sys.executable, "-m", "whosays", "about", "iran", "-f", format]
    with subprocess.Popen(
        [*command, "-p", str(seeds)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()

        assert process.wait(timeout=SECONDS) == 0
    assert b"Traceback" not in errors


HEAVY = [
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
    "pyoxigraph",
    "pyshacl",
    "pyvis",
    "rdflib",
    "rich",
]


@READS
def test_reading_loads_no_engine(vale, verb):
    main([*verb, "-p", str(vale), "-o", os.devnull, "-f", "csv"])  # fills the cache
    code = (
        "import sys\n"
        "from whosays.cli.main import main\n"
        f"assert main({[*verb, '-f', 'card', '-p', str(vale)]!r}) == 0\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=SECONDS, check=True
    )

    assert done.stderr.decode().splitlines()[-1] == "[]"


def test_the_bundled_project_is_asked_in_arabic_script(ask, seeds):
    code, out, _ = ask("about", "داعش", "-f", "card", project=seeds)

    assert code == 0
    assert out.startswith("Islamic State (ISIS)")
    assert "NAMES, and who uses them" in out


def test_the_python_names_answer_like_the_verbs(ask, vale):
    from whosays import load

    kg = load(vale)

    assert kg.that("aldoria", "arms", "CF").to_rows().to_csv() == ask(*VERBS[0])[1]
    assert kg.about("cedar-front").to_rows().to_csv() == ask(*VERBS[1])[1]
    assert kg.by("aldorian-minister").to_rows().to_csv() == ask(*VERBS[2])[1]
    assert kg.within("gazette-essay").to_rows().to_csv() == ask(*VERBS[3])[1]
    assert kg.show("aldoria_arms_cedar-front").to_rows().to_csv() == ask(*VERBS[5])[1]
