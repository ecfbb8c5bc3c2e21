"""Dates: what is stored, what is refused, and with which right form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.dates import DateError, Edtf, can_meet, parse

STORED = [
    ("2014", "2014-01-01", "2014-12-31"),
    ("2014?", "2014-01-01", "2014-12-31"),
    ("2014~", "2014-01-01", "2014-12-31"),
    ("2014%", "2014-01-01", "2014-12-31"),
    ("2014-02", "2014-02-01", "2014-02-28"),
    ("2016-02", "2016-02-01", "2016-02-29"),
    ("2014-06-25?", "2014-06-25", "2014-06-25"),
    ("2014-02/2015", "2014-02-01", "2015-12-31"),
    ("2016/..", "2016-01-01", None),
    ("../2017-06", None, "2017-06-30"),
    ("../2017-06-17?", None, "2017-06-17"),
    ("2015-06-03/..", "2015-06-03", None),
    ("2014-12/2025-02?", "2014-12-01", "2025-02-28"),
    ("2014/2014-03", "2014-01-01", "2014-03-31"),
    ("../..", None, None),
    (" 2014 ", "2014-01-01", "2014-12-31"),
    ("0622", "0622-01-01", "0622-12-31"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), STORED)
def test_a_date_of_the_subset_has_its_first_and_last_day(text, earliest, latest):
    edtf = parse(text)

    assert [day and str(day) for day in (edtf.earliest, edtf.latest)] == [
        earliest,
        latest,
    ]


REFUSED = [
    ("June 2014", "WS201", "2014-06"),
    ("june 2014", "WS201", "2014-06"),
    ("25 June 2014", "WS201", "2014-06-25"),
    ("June 25th, 2014", "WS201", "2014-06-25"),
    ("25.6.2014", "WS201", "2014-06-25"),
    ("06/25/2014", "WS201", "2014-06-25"),
    ("6/2014", "WS201", "2014-06"),
    ("2014/06", "WS201", "2014-06"),
    ("2014/06/25", "WS201", "2014-06-25"),
    ("20140625", "WS201", "2014-06-25"),
    ("2014-6-5", "WS201", "2014-06-05"),
    ("2014.0", "WS201", "2014"),
    ("2014-02-30", "WS201", "2014-02"),
    ("2015-02-29", "WS201", "2015-02"),
    ("2014-13", "WS201", "2014"),
    ("2014-00", "WS201", "2014"),
    ("2014-06-31/2015", "WS201", "2014-06/2015"),
    ("2014/2013", "WS203", "2013/2014"),
    ("2014-12/2014-02", "WS203", "2014-02/2014-12"),
    ("201X", "WS204", "2010/2019"),
    ("201u", "WS204", "2010/2019"),
    ("20XX", "WS204", "2000/2099"),
    ("2014-XX", "WS204", "2014"),
    ("2014-06-XX", "WS204", "2014-06"),
    ("2014-21", "WS204", "2014-03/2014-05"),
    ("summer 2014", "WS204", "2014-06/2014-08"),
    ("winter 2013", "WS204", "2013-12/2014-02"),
    ("2014-Q2", "WS204", "2014-04/2014-06"),
    ("[2013,2014]", "WS204", "2013/2014"),
    ("{2013..2015}", "WS204", "2013/2015"),
    ("?2014", "WS204", "2014?"),
    ("2014?-06", "WS204", "2014-06?"),
    ("2014?~", "WS204", "2014%"),
    ("/2014", "WS204", "../2014"),
    ("2014/", "WS204", "2014/.."),
    ("2014/present", "WS204", "2014/.."),
    ("2013-2014", "WS201", "2013/2014"),
    ("2013\u20132014", "WS201", "2013/2014"),
    ("between 2013 and 2014", "WS201", "2013/2014"),
    ("2013-14", "WS201", "2013/2014"),
    ("June-July 2014", "WS201", "2014-06/2014-07"),
    ("25-27 June 2014", "WS201", "2014-06-25/2014-06-27"),
    ("about 2014", "WS201", "2014~"),
    ("before 2014", "WS201", "../2014"),
    ("since June 2014", "WS201", "2014-06/.."),
    ("2010s", "WS201", "2010/2019"),
    ("Jun-14", "WS201", "2014-06"),
    ("41791", "WS201", "2014-06-01"),
    ("2014-06-25T12:00:00Z", "WS201", "2014-06-25"),
    ("\u06f2\u06f0\u06f1\u06f4-\u06f0\u06f6", "WS201", "2014-06"),
    ("1393", "WS206", "2014-03/2015-03"),
    ("1393-04-04", "WS206", "2014-03/2015-03"),
    ("\u06f1\u06f3\u06f9\u06f3", "WS206", "2014-03/2015-03"),
    ("2014/1394", "WS206", "2015-03/2016-03"),
    ("1435", "WS206", "2013/2014"),
]


@pytest.mark.parametrize(("text", "code", "fix"), REFUSED)
def test_a_refused_date_comes_with_its_code_and_the_right_form(text, code, fix):
    with pytest.raises(DateError) as caught:
        parse(text)

    assert (caught.value.code, caught.value.fix) == (code, fix)
    assert fix in caught.value.hint
    assert parse(fix)


@pytest.mark.parametrize("text", ["5.6.2014", "05/06/2014", "5-6-2014"])
def test_day_and_month_are_never_guessed(text):
    with pytest.raises(DateError) as caught:
        parse(text)

    assert caught.value.fix == ""
    assert "2014-06-05 or 2014-05-06" in caught.value.hint


@pytest.mark.parametrize("text", ["", "n.d.", "unknown", "?", "-"])
def test_a_word_for_undated_is_answered_with_leaving_the_cell_empty(text):
    with pytest.raises(DateError, match="leave the cell empty"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    ["yesterday", "0000", "-0044", "Y17000", "2014/2015/2016", "14-Jun", "9" * 5000],
)
def test_what_cannot_be_read_at_all_is_answered_with_the_usual_forms(text):
    with pytest.raises(DateError) as caught:
        parse(text)

    assert caught.value.fix == ""
    assert caught.value.hint
    assert len(str(caught.value)) < 300


def test_an_error_of_a_date_says_which_text_it_means():
    with pytest.raises(DateError) as caught:
        parse("2014-02-30")

    assert str(caught.value) == (
        "“2014-02-30” is no day of the calendar: February 2014 has 28 days. "
        "write 2014-02 or the right day"
    )
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        ("2013", "2014", False),
        ("2013", "2013-12-31", True),
        ("2013/2014", "2014-06", True),
        ("../2013", "2014", False),
        ("../2013", "2010", True),
        ("2014/..", "2013-12-31", False),
        ("../..", "2013", True),
        ("2013?", "2014", False),
        ("2013", None, True),
        (None, None, True),
    ],
)
def test_two_times_can_meet_unless_one_ends_before_the_other_begins(a, b, meet):
    first, second = (text and parse(text) for text in (a, b))

    assert can_meet(first, second) is meet
    assert can_meet(second, first) is meet


def outcome(text: str) -> Edtf | DateError:
    try:
        return parse(text)
    except DateError as error:
        return error


days = st.dates(min_value=date(1500, 1, 1), max_value=date(2399, 12, 31))
singles = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    days,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
)


@settings(max_examples=300, deadline=None)
@given(singles)
def test_what_was_written_is_given_back_and_the_first_day_is_not_after_the_last(text):
    edtf = parse(text)

    assert str(edtf) == text
    assert edtf.earliest is not None
    assert edtf.latest is not None
    assert edtf.earliest <= edtf.latest
    assert parse(edtf.earliest.isoformat()).earliest == edtf.earliest


@settings(max_examples=300, deadline=None)
@given(st.one_of(singles, st.just("..")), st.one_of(singles, st.just("..")))
def test_an_interval_runs_forwards_or_is_refused_with_the_sides_exchanged(start, end):
    text = f"{start}/{end}"

    found = outcome(text)

    if isinstance(found, DateError):
        assert found.code == "WS203"
        assert parse(found.fix).text == f"{end}/{start}"
    else:
        assert found.text == text
        assert (found.earliest is None) == (start == "..")
        assert (found.latest is None) == (end == "..")
        if found.earliest and found.latest:
            assert found.earliest <= found.latest


@settings(max_examples=300, deadline=None)
@given(days, days, days, days)
def test_meeting_agrees_with_a_count_of_common_days(a, b, c, d):
    first, second = sorted((a, b)), sorted((c, d))
    one, two = (Edtf(text="", earliest=x, latest=y) for x, y in (first, second))
    common = min(first[1], second[1]) - max(first[0], second[0])

    assert can_meet(one, two) is (common >= timedelta(0))


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30),
        st.text(
            alphabet="0123456789-/.?~%XuQY[]{} ,junetobfr\u06f1\u0663", max_size=14
        ),
    )
)
def test_any_text_is_a_date_or_is_refused_with_advice(text):
    found = outcome(text)

    if isinstance(found, DateError):
        assert found.code in {"WS201", "WS203", "WS204", "WS206"}
        assert found.hint
        assert not found.fix or parse(found.fix)
    else:
        assert found.text == text.strip()
        assert found.text.isascii()
