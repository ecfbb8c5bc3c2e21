"""Another process fills the store; whatever goes wrong on either side ends both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from whosays import store
from whosays.errors import OutsideError
from whosays.store import filling

LINES = [f"<x:s{number}> <x:p> <x:o> .\n".encode() for number in range(500)]


def ignore(loaded: int) -> None:
    assert loaded >= 0


def test_parts_end_with_a_line_and_lose_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "PART", 1_003)

    with store.Filling(tmp_path / "store", LINES) as filled:
        filled.done(ignore)

    written = store.read_folder(tmp_path / "store").splitlines(keepends=True)
    assert sorted(written) == sorted(LINES)


def test_what_the_engine_says_of_a_folder_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file stands here")

    with (
        pytest.raises(OutsideError, match=r"store cannot be written: .*not") as caught,
        store.Filling(tmp_path / "store", LINES * 1_000) as filled,
    ):
        filled.done(ignore)

    assert caught.value.code == "WS902"


def test_an_engine_that_dies_is_no_full_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(filling, "_FILLER", broken)

    with (
        pytest.raises(OutsideError, match="the engine ended with -6"),
        store.Filling(tmp_path / "store", LINES) as filled,
    ):
        filled.done(ignore)


def test_an_error_where_quads_are_made_ends_the_other_process(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield LINES[0]
        raise OutsideError("the index of the project cannot be read")

    with (
        pytest.raises(OutsideError, match="the index"),
        store.Filling(tmp_path / "store", pieces()) as filled,
    ):
        filled.done(ignore)

    assert filled._child.returncode is not None


def test_an_interrupt_of_other_work_ends_the_other_process(tmp_path: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        store.Filling(tmp_path / "store", LINES) as filled,
    ):
        raise KeyboardInterrupt

    assert filled._child.returncode is not None
