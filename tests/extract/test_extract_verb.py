import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from whosays.cli.main import main
from whosays.extract.records import read_candidates


def test_a_text_gives_candidates_and_a_record_of_the_run(project: Path, capsys):
    text = project / "texts" / "vale.txt"

    code = main(
        ["extract", str(text), "--source", "vale-interview", "-p", str(project)]
    )

    folder = project / "build" / "candidates"
    found = list(read_candidates(folder / "vale-interview.jsonl"))
    run = json.loads((folder / "vale-interview.run.json").read_text("utf-8"))
    assert code == 0
    assert "3 candidates" in capsys.readouterr().out
    assert {one.reading for one in found} == {
        ("aldoria", "arms", "cedar-front", "questions"),
        ("aldoria", "arms", "cedar-front", "denies"),
        ("belmark", "attacks", "aldoria", "affirms"),
    }
    assert run["candidates"] == 3


def test_html_and_a_folder_are_read_and_a_strange_file_is_told(project: Path, capsys):
    folder = project / "texts"
    (folder / "page.html").write_text(
        "<html><head><title>x</title></head><body><h1>News</h1><p>Aldoria <b>armed</b> "
        "the <i>Cedar Front</i>.</p><script>Aldoria attacked Belmark.</script></body>",
        "utf-8",
    )
    (folder / "stray.md").write_text("Aldoria attacked Belmark.\n", "utf-8")

    code = main(["extract", str(folder), "-p", str(project)])

    captured = capsys.readouterr()
    built = project / "build" / "candidates"
    (one,) = read_candidates(built / "page.jsonl")
    stored = (built / "page.txt").read_text("utf-8")
    assert code == 1
    assert "stray.md" in captured.err
    assert one.reading == ("aldoria", "arms", "cedar-front", "affirms")
    assert stored[one.selector.start : one.selector.end] == one.selector.exact
    assert one.locator == "¶2"


def test_stdin_is_read_and_stdout_written(project: Path, capfd, monkeypatch):
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Aldoria attacked Belmark."))
    )

    code = main(
        ["extract", "-", "--source", "page", "-o", "-", "-p", str(project), "-q"]
    )

    assert code == 0
    assert json.loads(capfd.readouterr().out)["relation"] == "attacks"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["vale.txt", "--source", "vail-interview"], "Did you mean: vale-interview"),
        (["missing.txt"], "is not there"),
        (["vale.txt", "--model", "no-such-pipeline"], "no spaCy pipeline"),
        (["vale.txt", "vale.txt", "--source", "page"], "one source, but several"),
    ],
)
def test_a_wrong_call_ends_with_2(
    project: Path, capsys, arguments: list[str], said: str
):
    texts = project / "texts"
    given = [str(texts / a) if a.endswith(".txt") else a for a in arguments]

    code = main(["extract", *given, "-p", str(project)])

    assert code == 2
    assert said in capsys.readouterr().err


def test_without_spacy_the_extra_is_named_and_records_still_load(project: Path):
    call = (
        "import sys; sys.modules['spacy'] = None\n"
        "import whosays.extract.records, whosays.extract.merge, whosays.extract.ground\n"
        "from whosays.cli.main import main\n"
        f"sys.exit(main(['extract', {str(project / 'texts' / 'vale.txt')!r}, "
        f"'--source', 'vale-interview', '-p', {str(project)!r}]))"
    )

    done = subprocess.run(
        [sys.executable, "-c", call],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert 'extraction needs spaCy: install "whosays[extract]"' in done.stderr
