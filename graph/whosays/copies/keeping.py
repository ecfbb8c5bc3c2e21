"""Keep a text beside the project: its file in the texts' folder, its hash in a row."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from whosays import changes, inputs, lookup, project
from whosays.errors import OutsideError, UsageError
from whosays.files import write_atomic
from whosays.model import Source
from whosays.project.sources import COLUMNS
from whosays.tables.original import Original

LARGEST = 64 * 1024 * 1024  # bytes of a text; the longest novels have 10 MB
_IGNORE = "# Texts of other people; nothing in here goes into version control.\n*\n"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_BINARY = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "an archive or an office document"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A text that is kept: of which source, where, and what it looks like.

    ``new`` tells whether anything was written; ``wrapped`` that its lines look broken
    to a width, so that each would count as a paragraph; ``misplaced`` how many
    locators of the source lie past its end.
    """

    source: str
    path: Path
    sha256: str
    paragraphs: int
    characters: int
    new: bool
    wrapped: bool
    misplaced: int


def attach(
    path: Path, source: str, file: Path, *, blocks: str = "", replace: bool = False
) -> Attached:
    """Keep a text as the local copy of a source.

    Args:
        path: The folder of the project.
        source: A source in any spelling.
        file: A plain text in UTF-8; HTML and PDF are not read.
        blocks: ``paragraph`` where blank lines part the paragraphs and not each line
            is one, ``line`` for the usual way.
        replace: Take the place of another text of this source.

    Raises:
        UnknownName: no source has that name.
        UsageError: the file is no plain text, or another one is attached already.
        MissingFile: the file cannot be read.
        OutsideError: the copy or the table cannot be written.
    """
    root = inputs.root_of(path)
    data = inputs.read_bytes(file)
    text = _text(file, data)
    if blocks not in ("", "line", "paragraph"):
        raise UsageError(f"no way to count “{blocks}”", "Use line or paragraph")
    with changes.change(root) as change:
        read = project.read(root)
        collection = read.collection
        slug = lookup.source(collection, source)
        one = collection.sources[slug]
        counted = (blocks or one.blocks).removesuffix("line")
        digest = hashlib.sha256(data).hexdigest()
        folder = root / collection.settings.texts
        lies_there = file.resolve().parent == folder.resolve()
        target = folder / (one.file or (file.name if lies_there else f"{slug}.txt"))
        if not replace:
            _refuse_another(one, target, digest)
        cells = {"file": target.name, "sha256": digest, "blocks": counted}
        old = {"file": one.file, "sha256": one.sha256, "blocks": one.blocks}
        kept = inputs.is_file(target) and inputs.read_bytes(target) == data
        if cells != old:
            table = Original(
                inputs.read_bytes(root / inputs.SOURCES), inputs.SOURCES, COLUMNS
            )
            for column, value in cells.items():
                if value != old[column]:
                    table.put(read.rows[inputs.SOURCES][slug], column, value)
            change.expect({inputs.SOURCES: collection.inputs[inputs.SOURCES]})
            change.write(inputs.SOURCES, table.to_bytes())
        if not kept:
            _store(root, folder, target, data)
    numbers = (
        project.place_of(s.locator, text, counted)
        for s in collection.statements
        if s.source == slug
    )
    return Attached(
        source=slug,
        path=target,
        sha256=digest,
        paragraphs=len(project.passages(text, counted)),
        characters=len(text),
        new=cells != old or not kept,
        wrapped=not counted and project.looks_wrapped(text),
        misplaced=sum(1 for place in numbers if place and place[0] > place[1]),
    )


def _text(file: Path, data: bytes) -> str:
    """Read a plain text.

    Raises:
        UsageError: it is something else.
    """
    kind = next((name for start, name in _BINARY if data.startswith(start)), "")
    if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        kind = "a web page"
    if kind:
        raise UsageError(
            f"{file} is {kind}", "Save its text as a plain .txt file in UTF-8 first"
        )
    if len(data) > LARGEST:
        raise UsageError(f"{file} is larger than {LARGEST // 1024**2} MiB", "Split it")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{file} is not UTF-8: line {line}", "Save it as UTF-8", "WS501"
        ) from error
    if "\0" in text:
        raise UsageError(f"{file} is no plain text: it holds U+0000")
    if not text.strip("\ufeff \t\r\n"):
        raise UsageError(f"{file} holds no text")
    return text


def _refuse_another(source: Source, target: Path, digest: str) -> None:
    """Refuse to let a text take the place of another unasked.

    Raises:
        UsageError: another text is attached, or lies there.
    """
    hint = "Locators may lead elsewhere then. To take the new one: --replace"
    if source.sha256 and source.sha256 != digest:
        raise UsageError(f"another text is attached to {source.slug}", hint)
    if inputs.is_file(target) and not source.sha256:
        there = hashlib.sha256(inputs.read_bytes(target)).hexdigest()
        if there != digest:
            raise UsageError(f"{target} is there and holds another text", hint)


def _store(root: Path, folder: Path, target: Path, data: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{folder} cannot be made: {error.strerror}") from error
    inside = folder.resolve().is_relative_to(root.resolve())
    if inside and folder.resolve() != root.resolve():
        ignore = folder / ".gitignore"
        if not ignore.exists():
            write_atomic(ignore, _IGNORE)
    write_atomic(target, data)
