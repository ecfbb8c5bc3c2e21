"""Local texts: kept outside version control, searched, and never shown."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import checks, copies, kg
from whosays import project as reading
from whosays.cli.main import main
from whosays.errors import MissingFile, UnknownName, UsageError
from whosays.project import passages, spans

HERE = Path(__file__).parent
TEXT = """Night bulletin

By our man on the quay

“Not one crate \u2014 not one! \u2014 went ashore,” the harbour master said.
The Cedar Front\u2019s spokesman spoke of a raid.

The harbour master counted eleven grey
crates; Belmark denies it. The grey crates again.
"""


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "fixtures" / "good" / "strait", tmp_path / "s"))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "bulletin.txt"
    file.write_bytes(TEXT.encode())
    return file


def row_of(project: Path, slug: str) -> dict[str, str]:
    source = reading.read(project).collection.sources[slug]
    return {"file": source.file, "sha256": source.sha256, "blocks": source.blocks}


# Finding words


@pytest.mark.parametrize(
    ("words", "paragraphs"),
    [
        ("harbour master", [3, 5]),
        ("HARBOUR  Master", [3, 5]),
        ("not one crate not one went", [3]),
        ("'not one crate' - not", [3]),
        ("Front's spokesman", [4]),
        ("Fronts spokesman", [4]),
        ("grey crates", [5, 6]),
        ("crate", [3]),
        ("arbour", []),
        ("harbour mast", []),
        ("…", []),
        ("Night bulletin", [1]),
    ],
)
def test_words_are_found_whatever_their_quotes_and_breaks(
    words: str, paragraphs: list[int]
) -> None:
    assert [hit.paragraph for hit in copies.hits(TEXT, words)] == paragraphs


def test_paragraphs_can_be_what_blank_lines_part() -> None:
    found = copies.hits(TEXT, "grey crates", "paragraph")

    assert [(hit.paragraph, hit.last) for hit in found] == [(4, 4), (4, 4)]


def test_words_that_go_over_a_line_say_where_they_end() -> None:
    (hit, _) = copies.hits(TEXT, "grey crates")

    assert (hit.paragraph, hit.last) == (5, 6)


def test_the_place_of_a_hit_is_counted_in_code_points() -> None:
    text = "\ufeff\U0001d504\U0001d505 first\r\n\r\nA café\u2019s owner 🙂 spoke\r\n"

    (hit,) = copies.hits(text, "cafe\u0301's OWNER spoke")

    assert hit.paragraph == 2
    assert text[hit.start : hit.end] == "café\u2019s owner 🙂 spoke"


def test_scripts_that_part_no_words_are_searched_too() -> None:
    assert len(copies.hits("港口昨天关闭了。", "昨天关闭")) == 1
    assert len(copies.hits("جبهه‌ی سدر گفت که نه", "جبههٔ سدر")) == 0
    assert len(copies.hits("جبهه‌ی سدر گفت که نه", "جبههی سدر")) == 1


TEXTS = st.text(
    st.sampled_from("ab .\u2014\u2019\n\r\t\u2028\x1c\x0c\ufeff\u200c"), max_size=60
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["", "paragraph"]))
def test_spans_are_the_passages_with_their_places(text: str, blocks: str) -> None:
    found = [text[start:end] for start, end in spans(text, blocks)]

    plain = [one.replace("\r\n", "\n").replace("\r", "\n") for one in found]
    assert plain == passages(text, blocks)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["crate", "grey", "Sea", "a"]), min_size=3))
def test_any_run_of_words_of_a_text_is_found_where_it_stands(words: list[str]) -> None:
    lines = [" ".join(words[:2]), "", " \u2014 ".join(words[2:])]
    text = "\n".join(lines)

    first = copies.hits(text, " ".join(words[:2]).upper())
    last = copies.hits(text, '"' + " ".join(words[2:]) + '"')

    assert first[0].paragraph == 1
    assert 2 in [hit.last for hit in last]


# Keeping a text


def test_a_text_is_kept_where_git_does_not_look(strait: Path, text: Path) -> None:
    kept = copies.attach(strait, "night-bulletin", text)

    subprocess.run(["git", "init", "-q", str(strait)], check=True, timeout=250)
    listed = subprocess.check_output(
        ["git", "-C", str(strait), "status", "--porcelain", "-uall"], timeout=250
    ).decode()
    assert kept.new
    assert kept.path.read_bytes() == text.read_bytes()
    assert "sources.csv" in listed
    assert "texts" not in listed
    assert row_of(strait, "night-bulletin") == {
        "file": "night-bulletin.txt",
        "sha256": hashlib.sha256(text.read_bytes()).hexdigest(),
        "blocks": "",
    }


def test_only_the_cells_of_the_source_change(strait: Path, text: Path) -> None:
    before = (strait / "sources.csv").read_text("utf-8").splitlines()

    copies.attach(strait, "night-bulletin", text)

    after = (strait / "sources.csv").read_text("utf-8").splitlines()
    same = [new.startswith(old) for old, new in zip(before, after, strict=True)]
    assert len(before) == len(after)
    assert all(
        kept or "night-bulletin" in new for kept, new in zip(same, after, strict=True)
    )
    errors = {p.code for p in checks.check(strait) if p.level == "error"}
    assert errors <= {"WS312"}  # the invented text is shorter than its rows say


def test_the_same_text_again_changes_nothing(strait: Path, text: Path) -> None:
    copies.attach(strait, "night-bulletin", text)
    before = (strait / "sources.csv").read_bytes()

    again = copies.attach(strait, "night-bulletin", text)

    assert not again.new
    assert (strait / "sources.csv").read_bytes() == before


def test_another_text_is_refused_unless_it_is_meant(strait: Path, text: Path) -> None:
    first = copies.attach(strait, "night-bulletin", text)
    other = text.with_name("other.txt")
    other.write_text("Another bulletin\n", "utf-8")

    with pytest.raises(UsageError, match="--replace"):
        copies.attach(strait, "night-bulletin", other)
    kept = first.path.read_text("utf-8")
    copies.attach(strait, "night-bulletin", other, replace=True)

    assert kept == TEXT
    assert first.path.read_text("utf-8") == "Another bulletin\n"
    assert [p.code for p in checks.check(strait) if p.code == "WS316"] == []


def test_a_text_that_lies_there_already_keeps_its_name(strait: Path) -> None:
    (strait / "texts").mkdir(exist_ok=True)
    there = strait / "texts" / "found it here.txt"
    there.write_text(TEXT, "utf-8")

    kept = copies.attach(strait, "night-bulletin", there)

    assert kept.path.name == "found it here.txt"
    assert row_of(strait, "night-bulletin")["file"] == "found it here.txt"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\n<!DOCTYPE html><p>x", "web page"),
        (b"\xef\xbb\xbf<html lang=en>", "web page"),
        (b"PK\x03\x04abc", "office document"),
        ("Ein Märchen".encode("latin-1"), "not UTF-8"),
        (b"a\0b", "U\\+0000"),
        (b" \n", "no text"),
    ],
)
def test_what_is_no_plain_text_is_refused(
    strait: Path, tmp_path: Path, data: bytes, said: str
) -> None:
    before = (strait / "sources.csv").read_bytes()
    file = tmp_path / "file.txt"
    file.write_bytes(data)

    with pytest.raises(UsageError, match=said):
        copies.attach(strait, "night-bulletin", file)

    assert (strait / "sources.csv").read_bytes() == before
    assert not list(strait.glob("texts/*.txt"))


def test_wrapped_lines_are_told(strait: Path, tmp_path: Path) -> None:
    lines = ["The crates went ashore in the night and nobody saw them go, so"] * 14
    file = tmp_path / "wrapped.txt"
    file.write_text("\n".join(lines), "utf-8")

    assert copies.attach(strait, "night-bulletin", file).wrapped
    settled = copies.attach(strait, "night-bulletin", file, blocks="paragraph")

    assert (settled.wrapped, settled.paragraphs) == (False, 1)
    assert row_of(strait, "night-bulletin")["blocks"] == "paragraph"


def test_locators_past_the_end_are_counted(strait: Path, tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text("One line.\n", "utf-8")

    kept = copies.attach(strait, "strait-interview", file)

    found = [p for p in checks.check(strait) if p.code == "WS312"]
    assert kept.misplaced == len(found) > 0


# The texts behind the bundled project, where somebody has them

TEXTS_OF_SEEDS = HERE.parents[1] / "shared" / "seeds"


@pytest.mark.skipif(not TEXTS_OF_SEEDS.is_dir(), reason="the texts are not here")
def test_no_locator_of_the_bundled_project_is_wrong(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("build", "texts")
    folder = tmp_path / "seeds"
    shutil.copytree(HERE.parent / "seeds" / "iran-isis", folder, ignore=ignored)
    sources = reading.read(folder).collection.sources

    kept = [
        copies.attach(folder, slug, TEXTS_OF_SEEDS / one.file)
        for slug, one in sources.items()
    ]

    assert all(one.misplaced == 0 and not one.wrapped for one in kept)
    assert checks.check(folder) == []
    for one in kept:
        first = passages(one.path.read_text("utf-8"))[0]
        assert kg.load(folder).locate(one.source, first).hits[0].paragraph == 1


# The commands


def test_locate_prints_paragraphs_and_nothing_of_the_text(
    strait: Path, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies.attach(strait, "night-bulletin", text)
    capsys.readouterr()

    code = main(["locate", "night-bulletin", "harbour", "master", "-p", str(strait)])

    out, err = capsys.readouterr()
    assert (code, out) == (0, "¶3\n¶5\n")
    assert "crate" not in out + err


def test_words_that_are_not_there_end_with_one(
    strait: Path, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies.attach(strait, "night-bulletin", text)

    code = main(["locate", "night-bulletin", "grey ships", "-p", str(strait)])

    assert code == 1
    assert capsys.readouterr().out == ""


def test_a_source_without_a_text_says_how_to_get_one(strait: Path) -> None:
    with pytest.raises(MissingFile, match="source attach strait-interview"):
        kg.load(strait).locate("strait-interview", "no weapons")
    with pytest.raises(UnknownName, match="night-bulletin"):
        kg.load(strait).locate("nightbulletin", "no weapons")


def test_a_hit_gives_the_hash_that_a_row_keeps(strait: Path, text: Path) -> None:
    copies.attach(strait, "night-bulletin", text)

    (row, *_) = kg.load(strait).locate("night-bulletin", "spoke of a raid").to_rows()

    line = next(line for line in passages(TEXT) if "raid" in line)
    digest = hashlib.sha256(line.encode()).hexdigest()[:12]
    assert (row["locator"], row["para_sha"]) == ("p4", digest)


def test_a_changed_text_is_told(
    strait: Path, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = copies.attach(strait, "night-bulletin", text)
    kept.path.write_text("Something else\n", "utf-8")

    main(["locate", "night-bulletin", "something else", "-p", str(strait)])

    assert "not the one that was attached" in " ".join(capsys.readouterr().err.split())
