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


def pdf(*pages: str) -> bytes:
    """Write a PDF of one line a page, with nothing but what a reader must have."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, line in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET" if line else ""
        objects += [
            f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R "
            + "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    text, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(text))
        text += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    text += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    start = text.index("xref\n0 ")
    text += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return text.encode("ascii")


def test_a_pdf_keeps_its_pages_as_places(project: Path, capsys):
    paper = project / "texts" / "paper.pdf"
    paper.write_bytes(
        pdf("Aldoria armed the Cedar Front.", "Belmark attacked Aldoria.")
    )

    code = main(["extract", str(paper), "-p", str(project)])

    built = project / "build" / "candidates"
    found = list(read_candidates(built / "paper.jsonl"))
    stored = (built / "paper.txt").read_text("utf-8")
    assert code == 0
    assert [(one.relation, one.locator) for one in found] == [
        ("arms", "pg1"),
        ("attacks", "pg2"),
    ]
    for one in found:
        assert stored[one.selector.start : one.selector.end] == one.selector.exact


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf("Aldoria armed the Cedar Front.")[:200], "no PDF that can be read"),
        (b"%PDF-1.4 and nothing more", "no PDF that can be read"),
        (pdf(""), "holds no text, only pictures"),
    ],
    ids=["cut", "empty", "pictures"],
)
def test_a_pdf_without_text_is_told(project: Path, capsys, data: bytes, said: str):
    paper = project / "texts" / "paper.pdf"
    paper.write_bytes(data)

    code = main(["extract", str(paper), "-p", str(project)])

    assert code == 2
    assert said in capsys.readouterr().err


def test_cues_of_the_project_are_read_too(project: Path, capsys):
    text = project / "texts" / "vale.txt"
    text.write_text("Aldoria zapped the Cedar Front.\n", "utf-8")
    cues = project / "cues"
    cues.mkdir()
    table = cues / "verbs.csv"
    header = "id,lemma,forms,relation,frame\n"
    row = "v-zap,zap,zaps;zapped;zapped;zapping,{},obj\n"
    table.write_text(header + row.format("annoys"), "utf-8")
    (project / "relations.csv").write_text(
        "slug,label,inverse_label,family,polarity,object_kind,definition\n"
        "annoys,annoys,is annoyed by,hostility,-1,actor,One angers the other.\n",
        "utf-8",
    )
    call = ["extract", str(text), "--source", "vale-interview", "-p", str(project)]

    code = main(call)
    found = list(
        read_candidates(project / "build" / "candidates" / "vale-interview.jsonl")
    )
    table.write_text(header + row.format("anoys"), "utf-8")
    refused = main(call)

    assert code == 0
    assert [one.reading for one in found] == [
        ("aldoria", "annoys", "cedar-front", "affirms")
    ]
    assert refused == 1
    assert "verbs.csv" in capsys.readouterr().err


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
        timeout=250,
        check=False,
    )

    assert done.returncode == 2
    assert 'extraction needs spaCy: install "whosays[extract]"' in done.stderr
