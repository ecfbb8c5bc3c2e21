"""Tables of strangers: every cell stored, refused with its place, or reported."""

from __future__ import annotations

import csv
import datetime
import io
import os
import sys
import tracemalloc
import unicodedata
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whosays.errors import UsageError, WhosaysError
from whosays.tables import (
    CELL_LIMIT,
    TableReader,
    address,
    neutralise,
    read_table,
    restore,
)
from whosays.text import clean_text

REQUIRED = ("subject", "relation", "object", "source", "stance")
COLUMNS = (*REQUIRED, "said_on", "note")
HEADER = ",".join(COLUMNS)
GOOD = "aldoria,arms,cedar-front,strait-interview,denies,2031-04,"


def read(*lines, **options):
    """Read lines of CSV below the usual header."""
    text = "\n".join((HEADER, *lines)) + "\n"
    return read_bytes(text.encode("utf-8", "surrogatepass"), **options)


def read_bytes(data, name="a.csv", **options):
    return read_table(data, name, COLUMNS, required=REQUIRED, **options)


def found(table):
    """Show problems as code and place."""
    return [f"{item.code} {item.cell}".strip() for item in table.problems]


def subjects(table):
    return [row.cells["subject"] for row in table.rows]


def test_a_good_row_has_a_cell_for_every_known_column():
    table = read(GOOD)

    (row,) = table.rows
    assert row.number == 2
    assert row.cells == {
        "subject": "aldoria",
        "relation": "arms",
        "object": "cedar-front",
        "source": "strait-interview",
        "stance": "denies",
        "said_on": "2031-04",
        "note": "",
    }
    assert table.problems == ()


def test_five_columns_are_a_table_and_absent_ones_are_empty():
    data = b"Stance,SOURCE,object,Relation,subject\ndenies,s,o,r,x\n"

    table = read_bytes(data)

    assert table.rows[0].cells["note"] == ""
    assert (table.rows[0].cells["subject"], table.rows[0].cells["stance"]) == (
        "x",
        "denies",
    )


def test_cells_are_named_as_a_spreadsheet_does():
    table = read(GOOD)

    assert table.cell(table.rows[0], "relation") == "B2"
    assert table.cell(7, "note") == "G7"
    assert table.cell(7, "gist") == "row 7"
    assert address([""] * 27 + ["note"], 3, "note") == "AB3"


ROWS = [
    ["aldoria", "arms", "cedar-front", "strait-interview", "denies", "2031-04", "a, b"],
    ["belmark", "fights", "cedar-front", "night-bulletin", "affirms", "", "two\nlines"],
    ["Äldoria", "arms", "ایران", "s", "reports", "", '"quoted"; and\ttab'],
]


def written(delimiter=",", ending="\n", start=""):
    file = io.StringIO(newline="")
    writer = csv.writer(
        file,
        delimiter=delimiter,
        lineterminator=ending,
        quoting=csv.QUOTE_ALL if ending == "\r" else csv.QUOTE_MINIMAL,
    )
    writer.writerow(COLUMNS)
    writer.writerows(ROWS)
    return start + file.getvalue()


DISGUISES = {
    "comma": written().encode(),
    "comma with mark": written().encode("utf-8-sig"),
    "semicolon": written(";").encode(),
    "semicolon with mark and CRLF": written(";", "\r\n").encode("utf-8-sig"),
    "tab": written("\t").encode(),
    "UTF-16 with tab": written("\t").encode("utf-16"),
    "UTF-16 big-endian": b"\xfe\xff" + written("\t", "\r\n").encode("utf-16-be"),
    "CR": written(ending="\r").encode(),
    "sep= line": written("|", "\r\n", start="sep=|\r\n").encode(),
    "quoted sep= line": written(";", start='"sep=;"\n').encode("utf-8-sig"),
}


@pytest.mark.parametrize("data", DISGUISES.values(), ids=DISGUISES)
def test_the_same_rows_are_read_whatever_the_program_that_wrote_them(data):
    table = read_bytes(data)

    assert [list(row.cells.values()) for row in table.rows] == ROWS
    assert [row.number for row in table.rows] == [2, 3, 4]
    assert table.problems == ()


def test_a_file_and_its_bytes_read_alike(tmp_path):
    path = tmp_path / "strait.csv"
    path.write_bytes(DISGUISES["comma"])

    table = read_table(path, columns=COLUMNS)

    assert table.name == "strait.csv"
    assert table.rows == read_bytes(DISGUISES["comma"]).rows


def test_blank_lines_are_left_out_and_still_count_as_rows():
    table = read("", GOOD, "  ", ",,,,,,", GOOD)

    assert [row.number for row in table.rows] == [3, 6]
    assert table.problems == ()


def test_a_line_break_in_quotes_does_not_shift_the_rows():
    table = read(GOOD + '"one\n\ntwo"', GOOD)

    assert [row.number for row in table.rows] == [2, 3]
    assert table.rows[0].cells["note"] == "one\n\ntwo"


def test_cells_are_trimmed_and_composed():
    table = read("  aldoria\u00a0 ,a,b,c,d,,Cafe\u0301")

    assert table.rows[0].cells["subject"] == "aldoria"
    assert table.rows[0].cells["note"] == "Caf\u00e9"
    assert table.problems == ()


def test_a_quote_that_is_never_closed_is_reported_where_it_starts():
    table = read(GOOD + '"No weapons', GOOD, "belmark" + GOOD[7:] + '"fine"', GOOD)

    assert found(table) == ["WS511 row 2"]
    assert [row.number for row in table.rows] == [3, 4, 5]


def test_a_quote_open_to_the_end_of_the_file_costs_one_row():
    table = read(GOOD, '"' + GOOD, *[GOOD] * 5000)

    assert found(table) == ["WS511 row 3"]
    assert len(table.rows) == 5001


def test_text_behind_a_closing_quote_is_reported_and_the_rest_is_read():
    table = read(GOOD + '"the "Front""', GOOD)

    assert found(table) == ["WS515 row 2"]
    assert [row.number for row in table.rows] == [3]


def test_very_many_open_quotes_end_the_reading_with_a_word():
    table = read(*['"""'] * 101, GOOD + '"x', GOOD)
    bad = [GOOD + '"' + "x" * number for number in range(1, 200)]
    worse = read_bytes("\n".join((HEADER, *bad)).encode())

    assert all(item.code in ("WS511", "WS514", "WS515") for item in table.problems)
    assert "reading stopped here" in worse.problems[-1].text
    assert len(worse.problems) < 100


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (GOOD + "No, none", "WS507 H2"),
        ("aldoria,arms,cedar-front", "WS514 row 2"),
        ("aldoria", "WS514 row 2"),
    ],
)
def test_a_ragged_row_is_refused_with_its_place(line, expected):
    table = read(line, GOOD)

    assert found(table) == [expected]
    assert [row.number for row in table.rows] == [3]


def test_empty_cells_behind_the_last_column_are_harmless():
    data = f"{HEADER},,\n{GOOD},,\n{GOOD},\n".encode()

    table = read_bytes(data)

    assert [row.number for row in table.rows] == [2, 3]
    assert table.problems == ()


def test_a_value_under_a_column_without_a_name_is_not_dropped():
    data = b"subject,,relation,object,source,stance\na,x,b,c,d,e\na,,b,c,d,e\n"

    table = read_bytes(data)

    assert found(table) == ["WS507 B2"]
    assert [row.number for row in table.rows] == [3]


def test_a_misspelt_column_is_reported_once_with_the_right_name():
    table = read_bytes(b"subject,relaton,object,source,stance\na,b,c,d,e\n")

    (problem,) = table.problems
    assert (problem.code, problem.cell, problem.fix) == ("WS504", "B1", "relation")
    assert table.rows == ()


def test_an_unknown_column_is_an_error_and_the_rest_is_checked():
    data = f"{HEADER},colour\n{GOOD},red\nx,y\n".encode()

    table = read_bytes(data)

    assert found(table) == ["WS504 H1", "WS514 row 3"]
    assert subjects(table) == ["aldoria"]


def test_a_missing_required_column_and_a_doubled_one_are_errors():
    missing = read_bytes(b"subject,object,source,stance\na,b,c,d\n")
    doubled = read_bytes(f"{HEADER},Note\n{GOOD},x\n".encode())

    assert found(missing) == ["WS503 row 1"]
    assert missing.problems[0].value == "relation"
    assert found(doubled) == ["WS512 H1"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b,c\n1,2,3\n", b"\xef\xbb\xbf"])
def test_a_table_without_known_columns_is_refused(data):
    assert [item.code for item in read_bytes(data).problems] == ["WS502"]


LATIN = (HEADER + "\n" + GOOD + "caf\u00e9\n").encode("cp1252")


@pytest.mark.parametrize(
    ("data", "fragment"),
    [
        (LATIN, "line 2: byte E9"),
        ("\n\nدمشق".encode("cp1256"), "line 3: byte"),
        (HEADER.encode() + b"\n" + GOOD.encode() + b"\xd8", "line 2: byte D8"),
        (b"subject\n\xc0\xaf", "line 2: byte C0"),
        (b"subject\n\xed\xa0\x80", "line 2: byte ED"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (b"%PDF-1.7\n\xff", "a PDF"),
        (b"PK\x03\x04\xff\xff", "workbook or archive"),
        ("subject".encode("utf-32"), "UTF-32"),
        ("subject".encode("utf-16") + b"\x00", "not text"),
        (b"x" * 3_000_000 + b"\n\n" + b"\xff", "line 3: byte FF at offset 3,000,002"),
    ],
)
def test_another_encoding_is_refused_with_line_and_byte(data, fragment):
    table = read_bytes(data)

    assert [item.code for item in table.problems] == ["WS501"]
    assert fragment in table.problems[0].text
    assert table.rows == ()


def test_a_named_encoding_is_used_and_an_unknown_one_is_a_usage_error():
    assert read_bytes(LATIN, encoding="cp1252").rows[0].cells["note"] == "caf\u00e9"
    assert found(read_bytes(LATIN, encoding="ascii")) == ["WS501"]
    for name in ("cp9999", "hex", "\0"):
        with pytest.raises(UsageError, match="no encoding"):
            read_bytes(LATIN, encoding=name)


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x07", "\x85", "\x1f", "\ufffe"]
)
def test_a_control_character_refuses_the_row_and_is_named(character):
    table = read(f"ald{character}oria" + GOOD[7:], GOOD)

    assert found(table) == ["WS510 A2"]
    assert f"U+{ord(character):04X}" in str(table.problems[0])
    assert str(table.problems[0]).isprintable()
    assert [row.number for row in table.rows] == [3]


@pytest.mark.parametrize(
    "character", ["\u200b", "\u202e", "\u00a0", "\u00ad", "\ufeff"]
)
def test_an_invisible_character_is_kept_and_named(character):
    table = read(f"ald{character}oria" + GOOD[7:])

    assert found(table) == ["WS110 A2"]
    assert f"(U+{ord(character):04X})" in table.problems[0].text
    assert subjects(table) == [f"ald{character}oria"]


def test_a_non_joiner_in_a_persian_word_is_kept_without_a_word():
    table = read(GOOD + "می\u200cروم 👩\u200d🚀")

    assert table.problems == ()
    assert table.rows[0].cells["note"] == "می\u200cروم 👩\u200d🚀"


def test_a_cell_at_the_limit_is_read_and_a_longer_one_is_named():
    table = read(GOOD + "x" * CELL_LIMIT, GOOD + "x" * (CELL_LIMIT + 1), GOOD)

    assert found(table) == ["WS509 row 3"]
    assert [row.number for row in table.rows] == [2, 4]


@pytest.mark.parametrize(
    "cell",
    ["x" * 10_000_000, '"' + "x" * 10_000_000 + '"', '"' + "x,y\n" * 100_000 + '"'],
    ids=["bare", "quoted", "lines"],
)
def test_a_cell_of_megabytes_costs_its_row_and_little_memory(cell, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join((HEADER, GOOD, GOOD + cell, GOOD)), encoding="utf-8")
    del cell
    tracemalloc.start()

    table = read_table(path, "a.csv", COLUMNS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found(table) == ["WS509 row 3"]
    assert [row.number for row in table.rows] == [2, 4]
    assert peak < 60_000_000


def test_a_hundred_thousand_columns_are_refused():
    table = read_bytes(("subject," * 100_000).encode())

    assert found(table) == ["WS509 row 1"]
    assert "columns" in table.problems[0].text


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "big.csv"
    with open(path, "wb") as file:
        file.truncate(256 * 1024 * 1024 + 1)

    table = read_table(path, columns=COLUMNS)

    assert found(table) == ["WS509"]
    assert "257 MiB" in table.problems[0].text


def test_a_missing_file_a_folder_and_a_strange_name_are_problems(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path, f"{tmp_path}/a\0b.csv"):
        assert found(read_table(path, columns=COLUMNS)) == ["WS508"]


def test_other_kinds_of_file_are_answered_with_what_to_save_as():
    (problem,) = read_bytes(b"", name="a.ods").problems

    assert (problem.code, problem.instructions) == ("WS516", "save as .xlsx or .csv")


def test_twenty_thousand_bad_rows_are_counted_and_not_all_listed():
    table = read(*["x"] * 20_000)

    assert len(table.problems) == 10_001
    assert table.problems[-1].text == (
        "10,000 more problems in this table were counted and not listed"
    )


def test_a_table_is_streamed_and_one_bad_row_among_many_is_named(tmp_path):
    path = tmp_path / "many.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        file.writelines((GOOD + "\n") * 5_000 for _ in range(4))
        file.write("short\n")
    tracemalloc.start()

    reader = TableReader(path, columns=COLUMNS)
    count = sum(1 for _ in reader)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 20_000
    assert [item.cell for item in reader.problems] == ["row 20002"]
    assert peak < 8_000_000


def test_what_was_made_safe_for_a_spreadsheet_is_taken_back():
    table = read(GOOD + "'=1+1", GOOD + "''=1", GOOD + "'tis", GOOD + "=2")

    assert [row.cells["note"] for row in table.rows] == ["=1+1", "'=1", "'tis", "=2"]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="'=+-@\t\rab ", max_size=6))
def test_making_a_cell_safe_and_back_gives_the_same_cell(cell):
    safe = neutralise(cell)

    assert restore(safe) == cell
    assert restore(neutralise(cell, formulas=False)) == cell
    assert not safe.startswith(tuple("=+-@\t\r"))


cells = st.text(
    alphabet=st.characters(
        exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\n"
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(cells, min_size=7, max_size=7), max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_every_cell_is_stored_refused_or_reported(rows, delimiter, encoding):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([neutralise(cell) for cell in row])

    table = read_bytes(file.getvalue().encode(encoding))

    by_number = {row.number: list(row.cells.values()) for row in table.rows}
    reported = {item.row for item in table.problems if item.level == "error"}
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row) and number not in reported:
            assert [squeezed(cell) for cell in by_number.pop(number)] == [
                squeezed(cell) for cell in row
            ]
    assert by_number == {}


def squeezed(cell):
    return unicodedata.normalize("NFC", cell).strip()


SEED = (HEADER + "\n" + GOOD + '"a, ""b"""\n' + GOOD + "\n" + '"x\ny",,,,,,\n').encode()
edits = st.lists(
    st.tuples(
        st.integers(0, len(SEED)),
        st.integers(0, 3),
        st.sampled_from(
            [
                b"",
                b'"',
                b'""',
                b",",
                b"\n",
                b"\r",
                b";",
                b"\x00",
                b"\xff",
                b"\xef\xbb\xbf",
            ]
        ),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.just(SEED)), edits)
@example(b"sep=,", [(0, 0, b"")])
def test_no_bytes_raise_anything_and_every_loss_is_reported(data, changes):
    for position, length, insert in changes:
        data = data[:position] + insert + data[position + length :]

    table = read_bytes(data)

    assert table.rows or table.problems or not data.count(b"\n") > 1
    numbers = [row.number for row in table.rows]
    assert numbers == sorted(set(numbers))
    for item in table.problems:
        assert clean_text(str(item)) == str(item)
        assert "\n" not in str(item)
        assert item.code.startswith(("WS5", "WS110"))


openpyxl = pytest.importorskip("openpyxl")


def workbook(change=None, title="statements"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(COLUMNS)
    sheet.append(["aldoria", "arms", "cedar-front", "s", "denies", "2031-04", "x"])
    if change is not None:
        change(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_book(change=None, **options):
    return read_bytes(workbook(change), name="a.xlsx", **options)


def test_a_sheet_is_read_like_a_table():
    table = read_book()

    assert table.name == "a.xlsx[statements]"
    assert table.rows[0].cells["said_on"] == "2031-04"
    assert table.problems == ()


def test_the_same_rows_are_read_from_a_workbook():
    def fill(_, sheet):
        sheet.delete_rows(2)
        for row in ROWS:
            sheet.append([cell or None for cell in row])

    table = read_book(fill)

    assert [list(row.cells.values()) for row in table.rows] == ROWS
    assert [row.number for row in table.rows] == [2, 3, 4]


def test_a_month_that_a_spreadsheet_changed_is_restored_and_a_day_stays_a_day():
    def fill(_, sheet):
        sheet["F2"] = datetime.date(2031, 4, 1)
        sheet["F2"].number_format = "mmm-yy"
        sheet.append(["a", "b", "c", "d", "e", datetime.datetime(2031, 4, 2), 2014.0])
        sheet["F3"].number_format = "yyyy-mm-dd"

    table = read_book(fill)

    assert [row.cells["said_on"] for row in table.rows] == ["2031-04", "2031-04-02"]
    assert table.rows[1].cells["note"] == "2014"
    assert found(table) == ["WS202 F2"]


def test_a_year_stays_a_year_and_a_time_of_day_is_not_dropped():
    def fill(_, sheet):
        sheet["F2"] = datetime.date(2031, 1, 1)
        sheet["F2"].number_format = "yyyy"
        sheet.append(["a", "b", "c", "d", "e", datetime.datetime(2031, 4, 2, 12, 5)])

    table = read_book(fill)

    shown = [row.cells["said_on"] for row in table.rows]
    assert shown == ["2031", "2031-04-02 12:05"]
    assert found(table) == ["WS202 F2"]


def test_formulas_errors_merged_and_hidden_cells_are_reported():
    def fill(book, sheet):
        sheet["G2"] = "=A2"
        sheet.append(["a", "b", "c", "d", "e", None, "#REF!"])
        sheet["G3"].data_type = "e"
        sheet.merge_cells("A5:A6")
        sheet.row_dimensions[3].hidden = True
        book.create_sheet("Sheet2")
        book.create_sheet("actors")

    table = read_book(fill)

    assert sorted(found(table)) == [
        "WS505 G2",
        "WS506 A5",
        "WS518 G3",
        "WS521",
        "WS522",
    ]


def test_a_large_workbook_is_streamed_and_tells_the_same(monkeypatch):
    def fill(book, sheet):
        sheet["G2"] = "=A2"
        sheet["F2"] = datetime.date(2031, 4, 1)
        sheet["F2"].number_format = "mmm-yy"
        sheet.append(["a", "b", "c", "d", "e", None, "#REF!"])
        sheet["G3"].data_type = "e"
        sheet["A9"] = "far"
        sheet.merge_cells("A5:A6")
        sheet.row_dimensions[3].hidden = True
        book.create_sheet("Sheet2")

    whole = read_book(fill)
    monkeypatch.setattr("whosays.tables.workbook.LARGE", 0)
    streamed = read_book(fill)

    assert streamed.rows == whole.rows
    assert sorted(map(str, streamed.problems)) == sorted(map(str, whole.problems))
    assert {"WS202 F2", "WS505 G2", "WS506 A5", "WS518 G3"} <= set(found(streamed))


def test_a_large_sheet_is_not_laid_out_in_memory(monkeypatch):
    def fill(_, sheet):
        sheet["XFD7"] = "x"
        sheet["A8"] = "last"

    monkeypatch.setattr("whosays.tables.workbook.LARGE", 0)
    table = read_book(fill)

    assert "WS509 row 7" in found(table)
    assert table.rows[-1].cells["subject"] == "last"


def test_a_missing_sheet_and_a_single_unnamed_one():
    named = read_book(sheet="actors")
    single = read_bytes(workbook(title="Sheet1"), name="a.xlsx")

    assert found(named) == ["WS517"]
    assert single.name == "a.xlsx[Sheet1]"
    assert len(single.rows) == 1


def test_an_archive_that_unpacks_to_too_much_is_refused_before_reading():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 20_000_000)

    table = read_bytes(file.getvalue(), name="a.xlsx")

    assert found(table) == ["WS509"]


def repacked(change):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def test_a_workbook_that_defines_entities_is_refused():
    def change(name, data):
        return b'<!DOCTYPE x [<!ENTITY a "b">]>' + data if "sheet1" in name else data

    table = read_bytes(repacked(change), name="a.xlsx")

    assert found(table) == ["WS508"]
    assert "entities" in table.problems[0].text


def test_a_used_range_of_millions_of_cells_is_refused():
    def fill(_, sheet):
        sheet.cell(row=1_000_000, column=900).value = "x"

    assert found(read_book(fill)) == ["WS509"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=3)),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
def test_no_damaged_workbook_raises_anything(changes, inside):
    def damage(_, data):
        for position, insert in changes:
            place = position % max(len(data), 1)
            data = data[:place] + insert + data[place + len(insert) :]
        return data

    data = repacked(damage) if inside else damage("", workbook())

    table = read_bytes(data, name="a.xlsx")

    assert all(clean_text(str(item)) == str(item) for item in table.problems)


def test_a_workbook_without_openpyxl_names_the_extra(monkeypatch):
    data = workbook()
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(WhosaysError, match=r"whosays\[xlsx\]"):
        read_bytes(data, name="a.xlsx")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER, encoding="utf-8")
    path.chmod(0)

    assert found(read_table(path, columns=COLUMNS)) == ["WS508"]
