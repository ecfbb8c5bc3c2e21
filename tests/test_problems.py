"""Problems: one catalogue, one line each, short reports."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.errors import UnknownName
from whosays.problems import (
    CATALOGUE,
    COLUMNS,
    explain,
    grouped,
    ordered,
    problem,
    totals,
)
from whosays.problems.report import report


def test_every_code_is_complete_and_listed_once_in_order():
    for code, entry in CATALOGUE.items():
        assert code == entry.code
        assert re.fullmatch(r"WS[1-9][0-9]{2}", code)
        assert entry.level in ("error", "warning", "notice")
        assert all(entry), f"{code} has an empty field"
        assert entry.wrong != entry.right or code == "WS413"
    assert list(CATALOGUE) == sorted(CATALOGUE)


def test_the_codes_that_other_documents_name_are_there():
    known = (
        "101 102 103 104 105 106 107 201 202 203 204 205 310 311 312 313 320 331 401"
    )
    known += " 402 403 404 405 501 502 503 504 505 506 507 601 611 612 701 702 703 704"
    known += " 801 901 902 903"

    assert {f"WS{number}" for number in known.split()} <= set(CATALOGUE)


def test_our_own_words_take_no_side():
    banned = r"true|false|fake|propaganda|confirmed|debunked|lie|lies"
    texts = " ".join(" ".join(entry) for entry in CATALOGUE.values())

    assert not re.findall(rf"\b(?:{banned})\b", texts, flags=re.IGNORECASE)


def test_no_message_shows_machinery():
    for entry in CATALOGUE.values():
        shown = f"{entry.text} {entry.remedy} {entry.title}"
        assert "sh:" not in shown
        assert "http" not in shown.replace("https://example.org", "")
        assert "[a-z" not in shown
        assert not entry.text.endswith(".")
        assert not entry.remedy.endswith(".")


def test_a_problem_is_written_on_one_line_with_place_remedy_and_code():
    found = problem(
        "WS104",
        table="statements/strait-interview.csv",
        cell="B7",
        value="figths",
        fix="fights",
    )

    assert str(found) == (
        "statements/strait-interview.csv:B7: “figths” is not a known relation; "
        "did you mean: fights  WS104"
    )
    assert (found.level, found.row) == ("error", 7)


def test_a_text_that_starts_with_a_verb_gets_the_value_in_front():
    found = problem("WS104", value="amrs", text="is not a known relation", fix="arms")

    assert found.text == "“amrs” is not a known relation"


def test_a_date_is_offered_to_write_and_not_to_mean():
    found = problem("WS201", cell="H15", value="June 2014", fix="2014-06")

    assert str(found) == (
        "H15: “June 2014” is not a date I can store; write 2014-06  WS201"
    )


def test_a_problem_without_a_cell_names_its_row():
    found = problem("WS320", table="a.csv", row=18, value="h2pv6x")

    assert str(found).startswith("a.csv:row 18: same claim, voice and source")


def test_a_problem_without_a_suggestion_says_how_to_go_on():
    assert "p7" not in str(problem("WS310", cell="G9"))
    assert "number its paragraph" in str(problem("WS310", cell="G9"))


def test_a_problem_gives_the_columns_of_the_table_of_problems():
    found = problem("WS104", table="a.csv", cell="B7", value="figths", fix="fights")

    assert dict(zip(COLUMNS, found.record, strict=True)) == {
        "problem": "“figths” is not a known relation",
        "table": "a.csv",
        "cell": "B7",
        "level": "error",
        "rule": "WS104",
        "value": "figths",
        "fix": "fights",
        "instructions": "all relations: whosays ref relations",
    }


@pytest.mark.parametrize("value", ["x" * 100_000, "a\nb", "\x1b[2J", "\ud800", "{fix}"])
def test_a_hostile_value_is_shortened_and_shown_harmlessly(value):
    line = str(problem("WS103", table="a.csv", cell="A2", value=value))

    assert len(line) < 300
    assert line.isprintable()
    line.encode("utf-8")


def test_the_value_itself_is_kept_unchanged():
    assert problem("WS103", value="\x1b[2J").value == "\x1b[2J"


def test_explaining_a_code_shows_a_wrong_and_a_right_row():
    text = explain("WS104")

    assert text.splitlines()[0] == "WS104  unknown relation (error)"
    assert "wrong  belmark,figths,cedar-front" in text
    assert "right  belmark,fights,cedar-front" in text


@pytest.mark.parametrize("code", ["ws104", "104", " WS104 "])
def test_a_code_may_be_typed_in_short(code):
    assert explain(code) == explain("WS104")


def test_an_unknown_code_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="WS10"):
        explain("WS1044")
    with pytest.raises(UnknownName, match="no problem code"):
        explain("")


def test_every_explanation_fits_a_terminal():
    for code in CATALOGUE:
        for line in explain(code).splitlines():
            assert len(line) <= 90 or line.startswith("  ")


def test_problems_are_sorted_as_a_sheet_is_read():
    cells = ["AA2", "B10", "A2", "B2", "row 3"]
    found = [
        problem("WS103", table="a.csv", cell=cell, row=3 if "row" in cell else None)
        for cell in cells
    ]

    assert [item.cell for item in ordered(found)] == [
        "A2",
        "B2",
        "AA2",
        "row 3",
        "B10",
    ]


def test_a_repeated_problem_is_shown_once_with_all_its_cells():
    found = [
        problem("WS104", table="a.csv", cell=f"B{row}", value="figths", fix="fights")
        for row in range(7, 14)
    ]

    (group,) = grouped(found)
    lines = list(report(found))

    assert group.cells == ("B7", "B8", "B9", "B10", "B11", "B12", "B13")
    assert any("\u00d77: B7 B8 B9 B10 B11 B12 B13" in line for line in lines)


def test_a_report_looks_as_in_the_manual():
    found = [
        problem(
            "WS104",
            table="new.xlsx [statements]",
            cell="B7",
            column="relation",
            value="figths",
            fix="fights",
        ),
        problem("WS310", table="new.xlsx [statements]", cell="G9", column="locator"),
    ]

    assert (
        "\n".join(report(found))
        == """\
new.xlsx [statements]
error  B7    relation  “figths” is not a known relation                  WS104
             did you mean: fights
warn   G9    locator   empty: a reader cannot find the passage again     WS310"""
    )


def test_five_thousand_bad_rows_give_a_short_report_with_totals():
    found = [
        problem("WS103", table="a.csv", cell=f"A{row}", value=f"stranger-{row}")
        for row in range(2, 5002)
    ]

    lines = list(report(found))

    assert len(lines) < 300
    assert lines[-2] == "… and 4,950 more"
    assert lines[-1] == "  WS103    4,950  unknown actor"
    assert totals(found) == [("WS103", 5000)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(
            problem,
            st.sampled_from(sorted(CATALOGUE)),
            table=st.sampled_from(["a.csv", "b.csv"]),
            row=st.integers(1, 9),
            value=st.text(max_size=20),
            column=st.sampled_from(["", "relation", "former_slugs"]),
            fix=st.text(max_size=90),
        ),
        max_size=300,
    ),
    st.integers(60, 120),
)
def test_no_report_is_too_long_or_too_wide_and_all_problems_are_counted(found, width):
    lines = list(report(found, width=width))

    assert len(lines) < 300
    assert all(len(line) <= width for line in lines)
    assert sum(count for _, count in totals(found)) == len(found)
    assert sum(len(group.cells) for group in grouped(found)) == len(found)
