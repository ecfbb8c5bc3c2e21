"""Bibliographies: every work and every field is stored, or named."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import whosays
from whosays import bibliography, checks, dates
from whosays import project as reading
from whosays.bibliography.items import CELLS, IGNORED, NOTED, Item, date_text, mapped
from whosays.cli.main import main
from whosays.errors import MissingExtra, UsageError
from whosays.model import Source

HERE = Path(__file__).parent

CSL = [
    {
        "id": "https://example.org/users/1/items/ABCD",
        "citation-key": "post2031crates",
        "type": "article-newspaper",
        "title": "Crates <i>on</i> the quay",
        "container-title": "Harbour Post",
        "author": [
            {"given": "Jo", "non-dropping-particle": "de la", "family": "Mar"},
            {"literal": "Dock Union"},
        ],
        "issued": {"date-parts": [["2031", 4, 2]]},
        "URL": "https://example.org/a_b%20c",
        "DOI": "10.1000/xyz",
        "language": "en-GB",
        "page": "3-4",
        "abstract": "The words of somebody else.",
        "custom": {"rating": 5},
    },
    {
        "id": 17,
        "type": "book",
        "title": "A year on the strait",
        "publisher": "Unheard Press",
        "issued": {"literal": "spring of that year"},
    },
]

BIBTEX = r"""
@string{hp = "Harbour Post"}
% a remark of nobody
@article{crates,
  title = {The {Front} and the crates: {\"o}ffentlich \& more},
  author = {de la Mar, J{\'e}r{\^o}me and {Dock Union}},
  journal = hp,
  year = 2031, month = apr, day = 2,
  url = {https://example.org/a_b%20c},
  langid = {english},
  abstract = {The words of somebody else.},
}
@online{undated, title = {No day at all}, year = {c. 1999}}
@report{when, title = {When}, institution = {Harbour Post}, date = {2031-04~/2031-05}}
@misc{twice, title = {A}, title = {B}}
@misc{open, title = {never closed
@misc{last, title = {Last}, year = 1998}
"""


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "fixtures" / "good" / "strait", tmp_path / "s"))


def sources(root: Path) -> dict[str, Source]:
    return dict(reading.read(root).collection.sources)


def added(root: Path, text: str) -> dict[str, Source]:
    before = set(sources(root))
    bibliography.import_sources(root, text.encode(), "works")
    return {slug: one for slug, one in sources(root).items() if slug not in before}


# CSL-JSON


def test_a_work_becomes_a_source_with_every_cell_it_fills(strait: Path) -> None:
    found = added(strait, json.dumps(CSL))

    one = found["post2031crates"]
    assert (one.title, one.kind) == ("Crates on the quay", "article")
    assert (one.publisher, one.date, one.lang) == (
        "harbour-post",
        "2031-04-02",
        "en-GB",
    )
    assert one.url == "https://example.org/a_b%20c"
    assert one.note == "by Jo de la Mar; Dock Union; DOI 10.1000/xyz; pages 3-4"


def test_what_is_no_date_is_kept_as_people_wrote_it(strait: Path) -> None:
    one = added(strait, json.dumps(CSL))["a-year-on-the-strait"]

    assert (one.date, one.date_note) == ("", "spring of that year")
    assert one.note == "kind of work: book; publisher Unheard Press"


def test_the_report_names_every_field_that_has_no_cell(strait: Path) -> None:
    done = bibliography.import_sources(strait, json.dumps(CSL).encode(), "x")

    assert done.undated == ("a-year-on-the-strait",)
    assert done.ignored == {"abstract": 1, "custom": 1}
    assert done.noted == {"author": 1, "DOI": 1, "page": 1, "type": 1, "publisher": 1}
    assert "words of somebody else" not in (strait / "sources.csv").read_text("utf-8")


def test_an_author_whom_the_project_knows_is_filled_in(strait: Path) -> None:
    works = [{"title": "One", "author": [{"literal": "Aldorian Minister"}]}]

    assert added(strait, json.dumps(works))["one"].author == "aldorian-minister"


def test_the_same_file_again_adds_nothing(strait: Path) -> None:
    data = json.dumps(CSL).encode()
    bibliography.import_sources(strait, data, "x")
    before = (strait / "sources.csv").read_bytes()

    again = bibliography.import_sources(strait, data, "x")

    assert not again.added
    assert sorted(again.known.values()) == ["a-year-on-the-strait", "post2031crates"]
    assert (strait / "sources.csv").read_bytes() == before


def test_one_work_is_known_by_its_doi_and_by_title_and_date(strait: Path) -> None:
    works = [
        {"id": "a", "title": "One", "DOI": "10.1/AB"},
        {"id": "b", "title": "Another", "URL": "http://doi.org/10.1/AB"},
        {"id": "c", "title": "ONE"},
        {"id": "d", "title": "One", "issued": {"date-parts": [[2031]]}},
    ]

    done = bibliography.import_sources(strait, json.dumps(works).encode(), "x")

    assert list(done.added) == ["a", "d"]
    assert set(done.known.values()) == {"work 1 of this file"}


def test_slugs_that_are_taken_get_a_number(strait: Path) -> None:
    works = [{"id": "night-bulletin", "title": name} for name in ("One", "Two")]

    assert list(added(strait, json.dumps(works))) == [
        "night-bulletin-2",
        "night-bulletin-3",
    ]


def test_our_own_citation_comes_back_as_the_same_source(
    strait: Path, tmp_path: Path
) -> None:
    text = whosays.load(strait).cite("strait-interview", format="csl")
    whosays.init(tmp_path / "other", bare=True)

    found = added(tmp_path / "other", text)

    one, there = found["strait-interview"], sources(strait)["strait-interview"]
    assert (one.title, one.date, one.kind) == (there.title, there.date, there.kind)


def test_what_is_no_work_is_named_and_the_rest_is_taken(
    strait: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps([5, {"type": "book"}, {"title": "Good"}]), "utf-8")

    code = main(["source", "import", str(file), "-p", str(strait)])

    out, err = capsys.readouterr()
    assert code == 1
    assert out.startswith("added 1 source   sources.csv\n  good   undated\n")
    assert "work 1 has neither title nor type" in err
    assert "work 2 has no title" in err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"subject,relation", "neither CSL-JSON nor BibTeX"),
        (b"[{]", "not JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b"", "neither"),
    ],
)
def test_other_files_are_refused(strait: Path, data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        bibliography.import_sources(strait, data, "x")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date-parts", "literal", "family", "raw"]), inner
        )
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from([*CELLS, *NOTED, *IGNORED, "x"]), VALUES))
@example({"issued": {"date-parts": True}})
def test_every_field_of_any_work_is_stored_noted_or_ignored(
    fields: dict[str, object],
) -> None:
    found = mapped(Item(place="work 1", fields=fields), COLLECTION)

    said = {*found.noted, *found.ignored}
    for field, value in fields.items():
        text = value.strip() if isinstance(value, str) else ""
        if len(text) > 2 and text.isascii() and text.isalnum() and field != "id":
            stored = any(text in cell for cell in found.cells.values())
            assert stored or field in said, field
    if date := found.cells.get("date"):
        dates.parse(date)


COLLECTION = reading.read(HERE / "fixtures" / "good" / "strait").collection


@settings(max_examples=100, deadline=None)
@given(st.integers(1500, 2999), st.integers(1, 12), st.integers(1, 28))
def test_parts_of_a_date_make_a_date(year: int, month: int, day: int) -> None:
    for parts in ([year], [year, month], [year, str(month), day]):
        text = date_text({"date-parts": [parts]})

        assert dates.parse(text).earliest is not None
        wanted = [int(str(part)) for part in parts]
        assert [int(part) for part in text.split("-")] == wanted


# BibTeX


def test_bibtex_gives_the_same_kind_of_source(strait: Path) -> None:
    one = added(strait, BIBTEX)["crates"]

    assert one.title == "The Front and the crates: öffentlich & more"
    assert (one.publisher, one.date, one.lang) == ("harbour-post", "2031-04-02", "en")
    assert one.url == "https://example.org/a_b%20c"
    assert one.note == "by Jérôme de la Mar; Dock Union"


def test_biblatex_dates_are_edtf_already(strait: Path) -> None:
    found = added(strait, BIBTEX)

    assert (found["when"].date, found["when"].kind) == ("2031-04~/2031-05", "report")
    assert found["when"].publisher == "harbour-post"
    assert (found["undated"].date, found["undated"].date_note) == ("", "c. 1999")


def test_entries_that_cannot_be_read_are_named_by_line(
    strait: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    done = bibliography.import_sources(strait, BIBTEX.encode(), "x.bib")

    assert [fault.partition(":")[0] for fault in done.faults] == ["line 15", "line 16"]
    assert "title" in done.faults[0]
    assert "last" in done.added
    assert capfd.readouterr() == ("", "")


def test_without_the_extra_bibtex_says_what_to_install(strait: Path) -> None:
    code = (
        "import sys; sys.modules['bibtexparser'] = None\n"
        "from whosays.bibliography import read\n"
        "print(read(b'[{\"title\": \"x\"}]', 'x').format)\n"
        "read(b'@misc{x, title={x}}', 'x.bib')"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=250, check=False
    )

    assert done.stdout.decode().strip() == "CSL-JSON"
    assert MissingExtra.__name__ in done.stderr.decode()
    assert "whosays[bibtex]" in done.stderr.decode()


def test_imported_rows_have_no_errors(strait: Path) -> None:
    bibliography.import_sources(strait, BIBTEX.encode(), "x")
    bibliography.import_sources(strait, json.dumps(CSL).encode(), "x")

    assert [p for p in checks.check(strait) if p.level == "error"] == []


def test_a_dry_run_tells_and_writes_nothing(strait: Path) -> None:
    before = (strait / "sources.csv").read_bytes()

    told = bibliography.import_sources(strait, BIBTEX.encode(), "x", dry_run=True)

    assert (strait / "sources.csv").read_bytes() == before
    assert told == bibliography.import_sources(strait, BIBTEX.encode(), "x")
