"""Citations: what is found by an id, and what each format says of it."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import KG, errors, load
from whosays.citations import cite
from whosays.citations.bibtex import escaped
from whosays.citations.csl import issued
from whosays.citations.wording import day, place
from whosays.cli.main import main
from whosays.model import Collection
from whosays.text import clean_text

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
DAY = date(2031, 7, 1)
MONEY = "halden-lines_finances_ada-lund"
# The properties of the schema of CSL 1.0.2 that we use.
CSL = {
    "id",
    "type",
    "title",
    "author",
    "publisher",
    "issued",
    "accessed",
    "language",
    "URL",
    "note",
    "version",
}
CSL_TYPES = {
    "article-magazine",
    "article-newspaper",
    "broadcast",
    "dataset",
    "document",
    "interview",
    "post",
    "report",
    "speech",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cited") / "harbour-plan"
    leave = shutil.ignore_patterns("build")
    shutil.copytree(SEEDS / "harbour-plan", path, ignore=leave)
    return path


@pytest.fixture(scope="module")
def harbour(folder: Path) -> KG:
    return load(folder)


def fields(entry: str) -> dict[str, str]:
    """Read one BibTeX entry as BibTeX does: by counting braces, escaped or not."""
    found = {}
    rest = entry.partition("\n")[2]
    while match := re.match(r"\s*(\w+) = ", rest):
        rest = rest[match.end() :]
        if rest[0] != "{":
            value, _, rest = rest.partition(",")
            found[match[1]] = value
            continue
        depth = 0
        for end, char in enumerate(rest):
            depth += (char == "{") - (char == "}")
            if depth == 0:
                break
        found[match[1]] = rest[1:end]
        rest = rest[end + 1 :].removeprefix(",")
    assert rest.strip() == "}"
    return found


def entries(text: str) -> dict[str, dict[str, str]]:
    found = {}
    for entry in re.split(r"\n(?=@)", text):
        key = re.match(r"@misc\{([a-z0-9-]+),\n", entry)
        assert key is not None
        found[key[1]] = fields(entry)
    return found


def unescaped(text: str) -> str:
    """Undo what LaTeX would: the opposite of what we wrote, by its own table."""
    names = {
        r"\textbackslash{}": "\\",
        r"\textbraceleft{}": "{",
        r"\textbraceright{}": "}",
        r"\textasciitilde{}": "~",
        r"\textasciicircum{}": "^",
        r"\textless{}": "<",
        r"\textgreater{}": ">",
    }
    pattern = "|".join(map(re.escape, names)) + r"|\\[$&%#_]"
    return re.sub(pattern, lambda m: names.get(m[0], m[0][1:]), text)


def test_a_claim_is_cited_with_a_numbered_note_for_every_statement(harbour: KG):
    text = harbour.cite(MONEY, retrieved=DAY)

    head, *rest = text.split("\n\n")
    assert head == (
        "**Halden Lines finances Ada Lund**: affirmed by People in the harbour taverns "
        "(unnamed) (as suspected) [^1] and Harbour Courier (quoted in order to be "
        "rejected) [^2]; denied by Ada Lund [^3]; questioned by Mara Quill [^4]."
    )
    numbers = re.findall(r"^\[\^(\d)\]:", rest[0], re.MULTILINE)
    assert numbers == ["1", "2", "3", "4"]
    assert rest[0].startswith(
        "[^1]: “Mud, money & 100% of the berths”, Mara Quill, Harbour Courier, "
        "2031-05~, ¶3 (dduapobye6qt)."
    )


def test_every_statement_of_a_claim_has_its_note(harbour: KG):
    cited = {
        s.id: s
        for s in harbour.collection.statements
        if s.proposition == MONEY and s.counts
    }

    text = harbour.cite(MONEY)

    assert set(re.findall(r"\(([a-z2-7]{12})\)", text)) == set(cited)


def test_the_data_are_cited_with_title_version_and_the_day_that_is_given(harbour: KG):
    with_day = harbour.cite(MONEY, format="text", retrieved=DAY)
    without = harbour.cite(MONEY, format="text")

    data = (
        "Data: whosays, “Saltmere: who says what about the harbour plan”, "
        f"version 0.1.0, claim {MONEY}"
    )
    assert with_day.endswith(f"{data}, retrieved 2031-07-01.\n")
    assert without.endswith(f"{data}.\n")


def test_a_second_hand_voice_is_cited_by_way_of_whom(harbour: KG):
    text = harbour.cite("port-authority_dredges_north-basin", format="text")

    assert "People in the harbour taverns (unnamed) (by way of Dockers' Union)" in text


@pytest.mark.parametrize(
    "id",
    [
        "halden-lines.finances.ada-lund",
        "Halden_is financed by_Ada Lund",
        "Halden_bankrolls_the Mayor",
    ],
)
def test_a_claim_is_found_in_any_spelling_and_an_inverse_turns_it_round(
    harbour: KG, id: str
):
    if "is financed by" in id:
        id = "_".join(reversed(id.split("_")))
    assert f"claim {MONEY}" in harbour.cite(id, format="text")


def test_a_statement_is_found_by_six_characters_of_its_id(harbour: KG):
    (one,) = (s for s in harbour.collection.statements if s.gist.startswith("Not a"))

    text = harbour.cite(one.id[:6], format="text")

    assert "Halden Lines finances Ada Lund: denied by Ada Lund [1]." in text
    assert f"“Breakfast with the Mayor”, Radio Tide, 2031-06-02, ¶2 ({one.id})." in text


def test_a_beginning_that_two_statements_share_is_refused(harbour: KG):
    first, second, *rest = harbour.collection.statements
    twins = (replace(first, id="abcdefaaaaaa"), replace(second, id="abcdefbbbbbb"))
    collection = replace(harbour.collection, statements=(*twins, *rest))

    with pytest.raises(errors.UnknownName, match="abcdefaaaaaa"):
        cite(collection, "abcdef")


def test_a_corrected_statement_answers_for_the_one_it_replaces(harbour: KG):
    first, *rest = harbour.collection.statements
    newer = replace(first, supersedes=("abcdefaaaaaa",))
    collection = replace(harbour.collection, statements=(newer, *rest))

    assert f"statement {first.id}" in cite(collection, "abcdefaaaaaa", format="text")


def test_a_retracted_statement_is_cited_as_retracted(harbour: KG):
    (one,) = (s for s in harbour.collection.statements if s.status == "retracted")

    assert f"({one.id}, retracted)" in harbour.cite(one.id)


def test_an_issue_is_cited_with_the_statements_of_its_disputes(harbour: KG):
    issue = next(i for i in harbour.issues() if i.id == "halden-lines_saltmere-council")
    disputes = {d.id: d for d in harbour.pairs()}
    sides = {
        side
        for id in issue.disputes
        for side in (disputes[id].affirmed, disputes[id].contested)
    }

    text = harbour.cite(issue.id)

    assert "**Halden Lines and Saltmere Council**" in text
    assert set(re.findall(r"\(([a-z2-7]{12})\)", text)) == sides


def test_a_source_is_cited_as_a_document(harbour: KG):
    text = harbour.cite("Hands off the basin!", format="text")

    assert text.startswith("“Hands off the basin!”, Fishers' Guild, 2031-04?. 9 state")


def test_what_nobody_says_is_not_cited(harbour: KG):
    with pytest.raises(errors.NothingFound, match="nobody speaks of"):
        harbour.cite("ada-lund_finances_halden-lines")


def test_an_unknown_id_is_answered_with_the_nearest(harbour: KG):
    with pytest.raises(errors.UnknownName, match="halden-lines_saltmere-council"):
        harbour.cite("halden-line_saltmere-council")


def test_bibtex_has_an_entry_for_each_source_and_one_for_the_data(harbour: KG):
    found = entries(harbour.cite(MONEY, format="bibtex", retrieved=DAY))

    assert list(found) == ["courier-feature", "tide-interview", "whosays-harbour-plan"]
    feature = found["courier-feature"]
    assert feature["author"] == "{Mara Quill}"
    assert feature["title"] == r"{Mud, money \& 100\% of the berths}"
    assert feature["date"] == "2031-05~"
    assert feature["year"] == "2031~"
    assert feature["note"].startswith("¶3 (dduapobye6qt); ")
    assert found["whosays-harbour-plan"]["urldate"] == "2031-07-01"


def test_bibtex_names_a_month_only_where_it_is_certain(harbour: KG):
    certain = entries(harbour.cite("tide-interview", format="bibtex"))
    inferred = entries(harbour.cite("guild-leaflet", format="bibtex"))

    assert certain["tide-interview"]["month"] == "jun"
    assert "month" not in inferred["guild-leaflet"]


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_bibtex_gives_every_text_back(text: str):
    written = fields(f"@misc{{x,\n  title = {{{escaped(text)}}},\n}}\n")

    assert unescaped(written["title"]) == " ".join(clean_text(text).split())


def test_marks_in_a_title_stay_marks_of_the_title(harbour: KG):
    odd = retitled(harbour.collection, "a [sic] *b* </i> } \\ {c}")

    markdown = cite(odd, "tide-interview")
    bibtex = entries(cite(odd, "tide-interview", format="bibtex"))
    csl = json.loads(cite(odd, "tide-interview", format="csl"))

    assert r"a \[sic\] \*b\* \</i\> \} \\ \{c\}" in markdown
    assert unescaped(bibtex["tide-interview"]["title"][1:-1]) == csl[0]["title"]
    assert csl[0]["title"] == "a [sic] *b* </i> } \\ {c}"


def retitled(collection: Collection, title: str) -> Collection:
    source = replace(collection.sources["tide-interview"], title=title)
    return replace(collection, sources={**collection.sources, source.slug: source})


@pytest.mark.parametrize(
    "id", [MONEY, "tide-interview", "halden-lines_saltmere-council"]
)
def test_csl_uses_only_what_its_schema_knows(harbour: KG, id: str):
    items = json.loads(harbour.cite(id, format="csl", retrieved=DAY))

    for item in items:
        assert set(item) <= CSL
        assert item["type"] in CSL_TYPES
        assert all(isinstance(item[key], str) for key in ("id", "type", "title"))
    assert items[-1]["accessed"] == {"date-parts": [[2031, 7, 1]]}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2031", {"date-parts": [[2031]]}),
        ("2031-06-02", {"date-parts": [[2031, 6, 2]]}),
        ("2031-04?", {"date-parts": [[2031, 4]], "circa": True}),
        ("2030/2031-02~", {"date-parts": [[2030], [2031, 2]], "circa": True}),
        ("2031/..", {"literal": "2031…"}),
    ],
)
def test_csl_keeps_the_marks_of_a_date(text: str, written: dict[str, object]):
    assert issued(text) == {**written, "edtf": text}


def test_nothing_undated_is_given_a_year(harbour: KG):
    source = replace(harbour.collection.sources["tide-interview"], date="")
    sources = {**harbour.collection.sources, source.slug: source}
    collection = replace(harbour.collection, sources=sources)

    bibtex = entries(cite(collection, "tide-interview", format="bibtex"))
    csl = json.loads(cite(collection, "tide-interview", format="csl"))

    assert not {"date", "year", "month"} & set(bibtex["tide-interview"])
    assert "issued" not in csl[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2031?", "2031?"),
        ("2030/2031", "2030\u20132031"),
        ("2031-06/..", "2031-06…"),
        ("../2031", "…2031"),
    ],
)
def test_dates_in_prose_keep_their_marks(text: str, shown: str):
    assert day(text) == shown


@pytest.mark.parametrize(
    ("locator", "shown"),
    [("p7", "¶7"), ("l12", "line 12"), ("pg3", "p. 3"), ("12:34", "12:34"), ("", "")],
)
def test_locators_are_shown_as_people_write_them(locator: str, shown: str):
    assert place(locator) == shown


def test_an_address_that_could_harm_is_left_out(harbour: KG):
    source = replace(
        harbour.collection.sources["tide-interview"], url="javascript:alert(1)"
    )
    sources = {**harbour.collection.sources, source.slug: source}
    collection = replace(harbour.collection, sources=sources)

    for format in ("md", "text", "bibtex", "csl"):
        assert "javascript" not in cite(collection, "tide-interview", format=format)


def test_the_command_takes_the_day_from_the_option_the_environment_or_the_clock(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def retrieved(*options: str) -> str:
        assert main(["cite", MONEY, "-p", str(folder), *options]) == 0
        return capsys.readouterr().out.strip().rpartition(", ")[2]

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert re.fullmatch(r"retrieved \d{4}-\d\d-\d\d\.", retrieved())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert retrieved() == "retrieved 1970-01-02."
    assert retrieved("--date", "2031-07-01") == "retrieved 2031-07-01."
    assert retrieved("--date", "none").startswith("claim ")


def test_the_command_folds_text_and_refuses_what_is_no_day(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "60")

    code = main(["cite", MONEY, "-p", str(folder), "-f", "text"])
    wrong = main(["cite", MONEY, "-p", str(folder), "--date", "June"])

    out, err = capsys.readouterr()
    assert (code, wrong) == (0, 2)
    assert max(map(len, out.splitlines())) <= 60
    assert "“June” is no day" in err


def test_the_command_writes_a_file_in_the_format_of_its_suffix(
    folder: Path, tmp_path: Path
):
    file = tmp_path / "money.bib"

    assert main(["cite", MONEY, "-p", str(folder), "-o", str(file)]) == 0

    assert list(entries(file.read_text("utf-8")))[-1] == "whosays-harbour-plan"
