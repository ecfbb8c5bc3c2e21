"""Files → decoded text: plain, Markdown, HTML, PDF; what is unreadable is told.

A plain text is kept as it is. From HTML the text of all blocks is taken, nothing left
out but scripts and styles: a reader that guesses what the article is would drop
sentences in silence. A PDF keeps its pages as places.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from whosays import inputs
from whosays.errors import MissingExtra, MissingFile

SUFFIXES = (".txt", ".md", ".markdown", ".text", ".html", ".htm", ".xhtml", ".pdf")
_HTML = (".html", ".htm", ".xhtml")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A decoded text; ``places`` are (offset, locator) of pages.

    ``derived`` tells that it is not the file itself, so that offsets need it stored.
    """

    text: str
    places: tuple[tuple[int, str], ...] = ()
    blocks: str = ""
    derived: bool = False


def read_text(path: Path) -> Text:
    """Read a file by its suffix.

    Raises:
        MissingFile: it is not there, is no text in UTF-8, or is broken.
        MissingExtra: a PDF or HTML, and the library for it is not installed.
    """
    return decode(inputs.read_bytes(path), path.suffix.lower(), str(path))


def decode(data: bytes, suffix: str = ".txt", name: str = "stdin") -> Text:
    """Turn the bytes of a file into text; see ``read_text``."""
    if suffix == ".pdf" or data[:5] == b"%PDF-":
        return _pdf(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MissingFile(
            f"{name} is no text in UTF-8: byte {error.start + 1} cannot be read",
            "Save it as UTF-8",
        ) from error
    if "\0" in text:
        raise MissingFile(f"{name} is no text: it holds U+0000", "Save it as text")
    return _html(text) if suffix in _HTML else Text(text=text)


def _html(text: str) -> Text:
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise MissingExtra("extract", "reading HTML", "selectolax") from error
    body = LexborHTMLParser(text).body
    lines: list[str] = []
    last: object = None
    for node in body.traverse(include_text=True) if body is not None else ():
        if node.tag != "-text":
            if node.tag == "br":
                last = None
            continue
        block, skipped = _block_of(node)
        piece = node.text_content or ""
        if skipped:
            continue
        if block != last or not lines:
            if not piece.strip():
                continue
            lines.append(piece)
            last = block
        else:
            lines[-1] += piece
    kept = (" ".join(line.split()) for line in lines)
    return Text(text="\n".join(line for line in kept if line) + "\n", derived=True)


def _block_of(node: object) -> tuple[object, bool]:
    """Find the block that a piece of text stands in; tell whether it is shown."""
    block: object = None
    current = getattr(node, "parent", None)
    while current is not None:
        if current.tag in _SKIPPED:
            return None, True
        if block is None and current.tag in _BLOCKS:
            block = current.mem_id
        current = current.parent
    return block, False


def _pdf(data: bytes, name: str) -> Text:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtra("extract", "reading PDF", "pypdf") from error
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        raise MissingFile(
            f"{name} is no PDF that can be read", str(error)[:80]
        ) from error
    places = []
    text = ""
    for number, page in enumerate(pages, 1):
        places.append((len(text), f"pg{number}"))
        text += f"{page.strip()}\n\n"
    if not text.strip():
        raise MissingFile(
            f"{name} holds no text, only pictures", "Let a program for OCR read it"
        )
    return Text(text=text, places=tuple(places), blocks="paragraph", derived=True)
