"""Replacing single cells of a table: every other byte stays."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.errors import UsageError
from whosays.tables import Original, read_table

COLUMNS = ("subject", "relation", "object", "note")


def shared(one: str, other: str) -> int:
    """Count the letters in which two texts begin alike."""
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return next((at for at, (a, b) in pairs if a != b), shorter)


def edited(data: bytes, row: int, column: str, text: str) -> bytes:
    original = Original(data, "a.csv", COLUMNS)
    original.put(row, column, text)
    return original.to_bytes()


def test_a_cell_is_replaced_and_every_other_byte_stays():
    data = (
        b'\xef\xbb\xbf"subject";Object ;"note"\r\n'
        b'aldoria; belmark ;"needs "" no quotes"\r\n'
        b"\r\n"
        b"cedar-front;aldoria;two\r\n"
    )

    after = edited(data, 2, "object", " dun-brigade ")

    assert after == data.replace(b" belmark ", b" dun-brigade ")


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("row", [2, 3, 4])
def test_a_row_that_is_taken_out_takes_its_line_end_along(end: bytes, row: int):
    rows = [b"subject;note", b'"aldoria";"one\ntwo"', b"belmark;", b"cedar-front;x"]
    original = Original(end.join(rows) + end, "a.csv", COLUMNS)

    original.drop(row)

    left = [one for number, one in enumerate(rows, 1) if number != row]
    assert original.to_bytes() == end.join(left) + end


def test_a_quoted_cell_stays_quoted_and_a_bare_one_is_quoted_where_it_must_be():
    data = b'subject,note\n"aldoria",plain\n'

    quoted = edited(data, 2, "subject", "belmark")
    needed = edited(data, 2, "note", 'one, "two"')

    assert quoted == b'subject,note\n"belmark",plain\n'
    assert needed == b'subject,note\n"aldoria","one, ""two"""\n'


def test_a_missing_column_is_added_at_the_end_of_every_row():
    data = b"subject,object\naldoria,belmark\n\nbelmark,aldoria"

    after = edited(data, 4, "note", "late, and noted")

    assert after == (
        b'subject,object,note\naldoria,belmark,\n\nbelmark,aldoria,"late, and noted"'
    )


def test_an_added_column_is_read_back_where_rows_have_surplus_empty_cells():
    data = b"subject,object\naldoria,belmark,\nbelmark,aldoria\n"

    after = edited(data, 3, "note", "seen")

    rows = read_table(after, "a.csv", COLUMNS).rows
    assert [row.cells["note"] for row in rows] == ["", "seen"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_an_encoding_with_a_mark_is_kept(encoding: str):
    mark = "\ufeff" if encoding.startswith("utf-16-") else ""
    text = f"{mark}subject\tnote\nnadīm\tä\n"

    after = edited(text.encode(encoding), 2, "note", "ö")

    assert after == text.replace("ä", "ö").encode(encoding)


def test_a_separator_line_is_no_row():
    data = b"sep=;\nsubject;note\naldoria;a,b\n"

    after = edited(data, 2, "note", "c,d")

    assert after == b"sep=;\nsubject;note\naldoria;c,d\n"


def test_an_open_quote_is_refused():
    with pytest.raises(UsageError, match=r"a\.csv cannot be edited"):
        Original(b'subject,note\naldoria,"open\n', "a.csv", COLUMNS)


CELLS = st.text(st.sampled_from('ab ,;"\n\té'), max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    new=CELLS,
    data=st.data(),
)
def test_what_is_read_afterwards_differs_in_that_cell_only(
    rows, separator, end, quoting, new, data
):
    buffer = io.StringIO(newline="")
    writer = csv.writer(
        buffer, delimiter=separator, lineterminator=end, quoting=quoting
    )
    writer.writerows([["subject", "object", "note"], *rows])
    before = buffer.getvalue().encode()
    original = Original(before, "a.csv", COLUMNS)
    numbers = list(original.rows)
    table = read_table(before, "a.csv", COLUMNS)
    for row in table.rows:  # refused ones, with control characters, are not there
        assert row.number in numbers
        assert row.cells == {c: original.cell(row.number, c) for c in COLUMNS} | {
            "relation": ""
        }
    assert original.to_bytes() == before
    if not numbers:
        return
    chosen = data.draw(st.sampled_from(numbers))
    column = data.draw(st.sampled_from(["subject", "object", "note"]))
    kept = {
        (n, c): original.cell(n, c) for n in numbers for c in COLUMNS if n != chosen
    }

    original.put(chosen, column, new)
    after = original.to_bytes()

    again = Original(after, "a.csv", COLUMNS)
    assert again.raw(chosen, column) == new
    for n in again.rows:
        for c in COLUMNS:
            if n != chosen:
                assert again.cell(n, c) == kept[n, c]
    old, changed = before.decode(), after.decode()
    head = shared(old, changed)
    tail = shared(old[head:][::-1], changed[head:][::-1])
    assert len(changed) - head - tail <= len(new) * 2 + 2
