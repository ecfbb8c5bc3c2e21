"""Rows hold what was answered, typed, and give it to people and programs unchanged."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.errors import MissingExtra
from whosays.rows import SHOWN, Rows

ROWS = Rows(
    ("actor", "day", "count", "open", "share"),
    (
        ("aldoria", date(2031, 4, 2), 3, True, 0.5),
        ("belmark", None, 0, False, None),
    ),
)


class Cells(HTMLParser):
    """Collects what a reader of a table sees."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data


def test_rows_are_counted_iterated_and_indexed_by_name():
    assert len(ROWS) == 2
    assert [row["actor"] for row in ROWS] == ["aldoria", "belmark"]
    assert ROWS[-1]["open"] is False
    assert ROWS.column("count") == (3, 0)
    assert ROWS.to_dicts()[0]["day"] == date(2031, 4, 2)


def test_a_ragged_record_is_refused():
    with pytest.raises(ValueError, match="record 2 has 1 cells for 2 columns"):
        Rows.of(["a", "b"], [[1, 2], [3]])


def test_csv_holds_the_cells_as_they_are():
    assert ROWS.to_csv() == (
        "actor,day,count,open,share\naldoria,2031-04-02,3,true,0.5\nbelmark,,0,false,\n"
    )


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            st.sampled_from(["=1+1", "+x", "-y", "@z", "a\nb", '"', "a,b", "\t", ""]),
        ),
        max_size=5,
    )
)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_csv_is_read_back_equal(records):
    rows = Rows.of(["one", "two"], records)

    back = list(csv.reader(io.StringIO(rows.to_csv(), newline="")))

    assert back == [["one", "two"], *map(list, records)]


def test_tsv_is_separated_by_tabs():
    assert ROWS.to_tsv().splitlines()[2] == "belmark\t\t0\tfalse\t"


def test_json_keeps_numbers_booleans_and_nothing():
    assert json.loads(ROWS.to_json())[1] == {
        "actor": "belmark",
        "day": None,
        "count": 0,
        "open": False,
        "share": None,
    }


def test_ndjson_has_a_line_for_each_row():
    lines = ROWS.to_ndjson().splitlines()

    assert [json.loads(line)["actor"] for line in lines] == ["aldoria", "belmark"]


def test_markdown_shows_marks_literally_and_stays_a_table():
    rows = Rows.of(["gist"], [["a|b [sic] <b>*x*</b>\nnext `code`"]])

    line = rows.to_markdown().splitlines()[2]

    assert line == "| a\\|b \\[sic\\] \\<b\\>\\*x\\*\\</b\\> next \\`code\\` |"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a & b", '"><img src=x onerror=y>', "]]>"]
)
def test_html_shows_markup_as_text(text):
    page = Cells()

    page.feed(Rows.of(["gist"], [[text]])._repr_html_())

    assert text in page.cells
    assert set(page.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "p"}


def test_html_shows_control_characters_by_code_point():
    assert "U+001B" in Rows.of(["gist"], [["a\x1b[2J"]])._repr_html_()


def test_html_lets_the_text_decide_its_direction():
    assert '<td dir="auto">سلام' in Rows.of(["gist"], [["سلام"]])._repr_html_()


def test_a_notebook_shows_fifty_rows_and_says_how_many_there_are():
    rows = Rows.of(["n"], [[number] for number in range(1234)])

    shown = rows._repr_html_()

    assert shown.count("<td") == SHOWN
    assert "50 of 1,234 rows" in shown
    assert rows.to_html().count("<td") == 1234


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(
        MissingExtra, match=r'to_pandas\(\) needs .*"whosays\[pandas\]"'
    ):
        ROWS.to_pandas()
    with pytest.raises(MissingExtra, match=r'"whosays\[polars\]"'):
        ROWS.to_polars()


class Frame:
    """Stands for a data frame of a package that need not be installed."""

    def __init__(self, data, **options):
        self.data, self.options = data, options

    def infer_objects(self):
        return self

    def astype(self, types):
        self.types = types
        return self


def test_pandas_gets_typed_records(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", type(sys)("pandas"))
    sys.modules["pandas"].DataFrame = Frame  # type: ignore[attr-defined]

    frame: Any = ROWS.to_pandas()

    assert frame.data == list(ROWS.records)
    assert frame.options["columns"] == list(ROWS.columns)


def test_dates_and_gaps_have_real_types_in_pandas():
    first, early = date(2014, 6, 25), date(1, 1, 1)
    rows = Rows.of(
        ["day", "count", "flag", "text"],
        [[first, 1, True, "a"], [early, None, None, None], [None, 3, False, "b"]],
    )

    frame = rows.to_pandas()

    assert frame["day"].dtype.kind == "M"
    assert frame["day"].dt.year.tolist()[:2] == [2014, 1]
    assert str(frame["count"].dtype) == "Int64"
    assert str(frame["flag"].dtype) == "boolean"
    assert frame.isna().sum().tolist() == [1, 1, 1, 1]


def test_dates_and_gaps_have_real_types_in_polars():
    rows = Rows.of(["day", "count"], [[date(2014, 6, 25), 1], [None, None]])

    frame = rows.to_polars()

    assert [str(kind) for kind in frame.dtypes] == ["Date", "Int64"]


def test_polars_gets_columns_of_one_type_each(monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", type(sys)("polars"))
    sys.modules["polars"].DataFrame = Frame  # type: ignore[attr-defined]
    rows = Rows.of(["mixed", "whole"], [[1, 1], ["a", 2], [None, None]])

    frame: Any = rows.to_polars()

    assert frame.data == {"mixed": ["1", "a", None], "whole": [1, 2, None]}


def test_the_text_of_rows_says_how_many_and_which_columns():
    assert str(Rows(("a",), (("x",),))) == "1 row: a"
    assert str(Rows(("a", "b"))) == "0 rows: a, b"
