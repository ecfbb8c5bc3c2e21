"""Extractions that LangExtract wrote, read as the words of a stranger.

Its JSON lines hold a document each: ``text``, ``document_id`` and ``extractions`` with
``extraction_class``, ``extraction_text``, ``char_interval``, ``alignment_status`` and
``attributes``. A statement needs the attributes ``subject``, ``object`` and ``stance``,
and ``relation`` where the class is none; ``speaker``, ``cue`` and ``modality`` may be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whosays import inputs
from whosays.errors import MissingFile, UsageError
from whosays.extract.document import Document
from whosays.extract.llm import refusals
from whosays.extract.llm.aligning import folded
from whosays.extract.llm.endpoint import strict_json
from whosays.extract.llm.refusals import Refusal, written
from whosays.extract.records import Span

NAME = "langextract"
"""What the proposer is called in candidates and refusals."""

REQUIRED = ("subject", "relation", "object", "stance")
OPTIONAL = ("speaker", "cue", "modality", "subject_text", "object_text")
_LONGEST = 1_000  # characters of a field
_MOST = 100_000_000  # bytes of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One extraction of the right shape: its words, where they are said to stand.

    ``values`` are its attributes, ``relation`` among them; ``said`` is what it was, as
    JSON; ``key`` a hash of it.
    """

    text: str
    span: Span | None
    values: Mapping[str, str]
    said: str
    key: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A line of the file: a document with its extractions, or why it is none."""

    number: int
    id: str = ""
    text: str | None = None
    extractions: tuple[Any, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Annotations:
    """A file of LangExtract; ``digest`` is of its bytes, for provenance."""

    name: str
    digest: str
    lines: tuple[Annotated, ...]

    def of(self, doc: Document) -> Iterator[Extracted | Refusal]:
        """Yield what the file says of a text, and what of it cannot be read.

        A line is about the text if it has the same words, or the source as its id; one
        that is alone in its file is, too, and its words show whether it fits.
        """
        ours = ""
        for line in self.lines:
            if line.fault:
                yield _refusal(refusals.NO_LINE, f"line {line.number}: {line.fault}")
                continue
            if line.text is not None and line.id != doc.source and len(self.lines) > 1:
                ours = ours or folded(doc.text, 0, len(doc.text))[0].strip()
                text = line.text.removeprefix("\ufeff")
                if folded(text, 0, len(text))[0].strip() != ours:
                    continue
            for one in line.extractions:
                yield _extracted(one)


def read(path: Path) -> Annotations:
    """Read a file of LangExtract.

    Raises:
        MissingFile: there is none.
        UsageError: it is too large, or holds no line that is a document.
    """
    if not inputs.is_file(path):
        raise MissingFile(f"no file {path}")
    data = path.read_bytes()
    if len(data) > _MOST:
        raise UsageError(f"{path} is larger than {_MOST // 1_000_000} MB", "Split it")
    lines = tuple(
        _line(number, raw)
        for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
        if raw.strip()
    )
    if all(line.fault for line in lines):
        raise UsageError(
            f"{path} holds no extractions of LangExtract",
            "It is what lx.io.save_annotated_documents() writes: JSON lines",
        )
    digest = hashlib.sha256(data).hexdigest()
    return Annotations(path.name, digest, lines)


def _line(number: int, raw: bytes) -> Annotated:
    try:
        data = strict_json(raw.decode("utf-8"))
    except ValueError as error:  # also what is no UTF-8
        return Annotated(number, fault=str(error)[:100])
    if not isinstance(data, dict) or "extractions" not in data:
        return Annotated(number, fault="it is no document with “extractions”")
    found = data["extractions"] or []
    text = data.get("text")
    if not isinstance(found, list) or not isinstance(text, str | None):
        return Annotated(number, fault="“extractions” is no list, or “text” no text")
    return Annotated(number, str(data.get("document_id") or ""), text, tuple(found))


def _extracted(one: Any) -> Extracted | Refusal:  # noqa: ANN401  (a stranger's)
    said = written(one)
    if not isinstance(one, dict):
        return _refusal(refusals.NO_OBJECT, f"it is {type(one).__name__}", said)
    text, kind = one.get("extraction_text"), one.get("extraction_class")
    if not isinstance(text, str) or not isinstance(kind, str):
        return _refusal(refusals.MISSING_FIELD, "“extraction_text” or its class", said)
    if len(text) > _LONGEST:
        return _refusal(refusals.QUOTE_LONG, "", said)
    given = one.get("attributes")
    if not isinstance(given, dict):
        return _refusal(refusals.MISSING_FIELD, "“attributes”", said)
    values = {"relation": kind}
    for name in (*REQUIRED, *OPTIONAL):
        value = given.get(name)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if value is None or value == "":
            continue
        if not isinstance(value, str) or len(value) > _LONGEST:
            return _refusal(refusals.WRONG_TYPE, f"“{name}”", said)
        values[name] = value.strip()
    if missing := [name for name in REQUIRED if not values.get(name)]:
        return _refusal(refusals.MISSING_FIELD, f"“{missing[0]}”", said)
    return Extracted(
        text=text,
        span=_span(one.get("char_interval")),
        values=values,
        said=said,
        key=hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12],
    )


def _span(interval: Any) -> Span | None:  # noqa: ANN401  (a stranger's)
    """Read an interval; what is none is none, since the words decide."""
    if not isinstance(interval, dict):
        return None
    start, end = interval.get("start_pos"), interval.get("end_pos")
    if type(start) is int and type(end) is int and 0 <= start < end:
        return start, end
    return None


def _refusal(reason: str, detail: str, said: str = "") -> Refusal:
    return Refusal(proposer=NAME, reason=reason, detail=detail, said=said)
