"""Printing: data to stdout, everything else to stderr; text from data as text.

Nothing is coloured, so nothing is lost without colour. Characters that a stream cannot
write are replaced, never raised about.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from whosays.cli.manner import NARROWEST, manner
from whosays.errors import QueryError, UnknownName, WhosaysError

# What lays text out is imported where it is used: plain data need none of it.


def prepare_streams() -> None:
    """Let no character that a stream's encoding lacks end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(text: str) -> None:
    """Print a line of data for people."""
    from whosays.text import clean_text

    print(clean_text(text))


def note(text: str, *, quiet: bool = False) -> None:
    """Print a note to stderr, folded to the width; what has no blanks stays whole."""
    if not quiet:
        from textwrap import fill

        from whosays.text import clean_text

        folded = fill(
            clean_text(text),
            width(),
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        print(folded, file=sys.stderr)


def detail(text: str) -> None:
    """Print a note to stderr that only ``-v`` asks for."""
    note(text, quiet=not manner.verbose)


def next_steps(text: str, *, quiet: bool = False) -> None:
    """Print what to do next, for a person at a terminal only."""
    if not quiet and sys.stderr.isatty():
        print(f"next: {text}", file=sys.stderr)


def print_error(error: WhosaysError) -> None:
    """Print an expected error: what and where, the line it is about, how to go on."""
    excerpt = error.excerpt if isinstance(error, QueryError) else ""
    hint = error.hint
    if isinstance(error, UnknownName) and not hint:
        kind = error.kind.removeprefix("single ")
        hint = _LISTED.get(kind, "See whosays ref actors, or whosays ref sources")
    code = "" if error.message.endswith(f"  {error.code}") else error.code
    print_failure(error.message, hint, code, excerpt)


_LISTED = {
    "actor": "All actors: whosays ref actors",
    "source": "All sources: whosays ref sources",
    "relation": "All relations: whosays ref relations",
    "statement": "Ids stand in whosays in SOURCE, whosays about ACTOR",
    "revision": "All revisions: git log --oneline",
    "query": "All queries: whosays query --list",
    "problem code": "All codes: whosays ref codes",
}


def print_failure(
    message: str, hint: str = "", code: str = "", excerpt: str = ""
) -> None:
    """Print one failure to stderr."""
    from whosays.text import clean_text

    lines = [f"error: {message}" + (f"   {code}" if code else "")]
    lines += [f"  {line}" for line in excerpt.splitlines()]
    joined = f"{lines[0]}. {hint}"
    if hint and len(lines) == 1 and not code and len(joined) <= width():
        lines = [joined]
    elif hint:
        lines.append(f"  {hint}")
    print("\n".join(clean_text(line) for line in lines), file=sys.stderr)


def write_data(data: bytes | Iterable[bytes], path: Path | None = None) -> None:
    """Write data as they are to a file (whole or not at all) or to stdout.

    Data in parts are written as they come, so that they need never be there at once.
    """
    parts = [data] if isinstance(data, bytes) else data
    if path is not None and str(path) != "-":
        from whosays.files import atomic_writer

        with atomic_writer(path) as file:
            file.writelines(parts)
        return
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.writelines(part.decode("utf-8") for part in parts)
        return
    sys.stdout.flush()
    buffer.writelines(parts)
    buffer.flush()


def deliver(text: str, path: Path | None = None) -> None:
    """Write text for people to a file (whole or not at all) or to stdout."""
    from whosays.text import clean_text

    clean = "".join(f"{clean_text(line)}\n" for line in text.splitlines())
    if path is None or str(path) == "-":
        sys.stdout.write(clean)
    else:
        write_data(clean.encode("utf-8", "replace"), path)


STDOUT = Path("/dev/stdout")


def place(path: Path) -> Path:
    """Take ``-`` for stdout."""
    return STDOUT if str(path) == "-" else path


def width() -> int:
    """Tell how wide a line may be: ``--width``, ``COLUMNS``, the terminal, else 80."""
    return manner.width or max(_columns() or 80, NARROWEST)


def _columns() -> int:
    """Ask for what ``shutil.get_terminal_size`` asks; loading that takes far longer."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 0


def columns_of(text: str) -> int:
    """Count the terminal columns that a text takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    joined = sum(
        unicodedata.combining(char) > 0 or unicodedata.category(char) in ("Cf", "Mn")
        for char in text
    )
    return len(text) + wide - joined


def fold(text: str, size: int) -> list[str]:
    """Break a text into lines of at most ``size`` columns, at blanks if it can."""
    lines = [""]
    for word in text.split():
        while columns_of(word) > size:
            if lines[-1]:
                lines.append("")
            lines[-1], word = word[:size], word[size:]
            lines.append("")
        if not lines[-1]:
            lines[-1] = word
        elif columns_of(lines[-1]) + 1 + columns_of(word) <= size:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lay rows out in columns that fit the width; long cells are folded, never cut."""
    from whosays.text import clean_text

    texts = [[clean_text(_cell(value)) for value in row] for row in rows]
    narrow = [max(columns_of(name), _NARROWEST) for name in names]
    if sum(narrow) + 2 * (len(names) - 1) > width():
        return "\n\n".join(_record(names, row) for row in texts)
    sizes = _sizes(names, texts, width())
    lines = [_line(names, sizes), _line(["─" * size for size in sizes], sizes)]
    for row in texts:
        folded = [fold(text, size) for text, size in zip(row, sizes, strict=True)]
        for number in range(max(len(cell) for cell in folded)):
            parts = [cell[number] if number < len(cell) else "" for cell in folded]
            lines.append(_line(parts, sizes))
    return "\n".join(lines)


_NARROWEST = 6  # columns of text, below which a table cannot be read


def _record(names: Sequence[str], row: Sequence[str]) -> str:
    """Lay one row out as a list of its filled cells: many columns fit no terminal."""
    indent = max(columns_of(name) for name in names) + 2
    lines = []
    for name, text in zip(names, row, strict=True):
        folded = fold(text, max(width() - indent, 20)) if text else []
        for number, line in enumerate(folded):
            lines.append((name if not number else "").ljust(indent) + line)
    return "\n".join(lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _sizes(
    names: Sequence[str], rows: Sequence[Sequence[str]], limit: int
) -> list[int]:
    """Give each column what it needs, taking from the widest until all fit."""
    sizes = [
        max([columns_of(name), *(columns_of(row[n]) for row in rows)])
        for n, name in enumerate(names)
    ]
    least = [
        max(columns_of(name), min(size, _NARROWEST))
        for name, size in zip(names, sizes, strict=True)
    ]
    while sum(sizes) + 2 * (len(sizes) - 1) > limit:
        widest = max(range(len(sizes)), key=lambda n: (sizes[n] > least[n], sizes[n]))
        if sizes[widest] <= least[widest]:
            break
        sizes[widest] -= 1
    return sizes


def _line(parts: Sequence[str], sizes: Sequence[int]) -> str:
    padded = [
        part + " " * (size - columns_of(part))
        for part, size in zip(parts, sizes, strict=True)
    ]
    return "  ".join(padded).rstrip()
