"""A text → blocks, turns, sentences; who speaks in each.

Blocks are counted as ``passages`` counts them. A label (``Name:``, ``Name (title):``,
``Q:``) opens a turn; a block that ends in "… announced:" hands its speaker over to the
quoted block that follows, and to its continuation blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from whosays.extract.document import Document

_LINE = re.compile(r"[^\r\n]+")
_PARAGRAPH = re.compile(r"[^\r\n]+(?:(?:\r\n|\r|\n)(?!\s*(?:\r|\n|$))[^\r\n]+)*")
_LABEL = re.compile(
    r"\s*(?P<label>(?:[^\W\d_][\w.'\u2019-]*\.?)(?:[ ,](?:[A-Z]\.|[^:.!?\n\u201c\"]){0,70})?|Q|A)"
    r"\s*:(?=\s)"
)
_VERB_TAIL = re.compile(
    r"\s+(?:says?|said|asks?|asked|states?|continues?|responds?|replies|replied|"
    r"answers?|explains?|confirms?|adds?|concluding|concludes|interrupts|again)\b.*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"""(?:[.!?\u2026]+["'\u201d\u2019)\]]*|:(?=\s*["\u201c]))(?=\s|$)"""
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Brig|Prof|Sen|Rep|Gov|St|Jr|Sr|"
    r"vs|etc|e\.g|i\.e|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|"
    r"approx|cf|U\.S|U\.N|U\.K|a\.m|p\.m)|(?<![A-Za-z])[A-Z])\.$"
)
_SPOKEN = frozenset({"interview", "broadcast", "speech"})
_ROLES = frozenset(
    {"q", "a", "question", "answer", "interviewer", "host", "moderator", "presenter"}
)
_OPEN = "\u201c\u00ab"
_CLOSE = "\u201d\u00bb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence: where it stands, in which block (from 1), and whose turn it is.

    ``label`` is what opens the turn, with its place; ``asked`` tells that the turn is a
    question's ("Q:"); ``quoted`` that it begins inside a quotation; ``handed`` that
    the block before gives its speaker.
    """

    start: int
    end: int
    block: int
    label: str = ""
    label_span: tuple[int, int] | None = None
    quoted: bool = False
    handed: bool = False
    first: bool = False


def blocks(doc: Document) -> Iterator[tuple[int, int]]:
    r"""Yield where each non-empty block starts and ends, in order.

    >>> from whosays.extract.document import document
    >>> list(blocks(document("One.\n\n  Two.\n", "x")))
    [(0, 4), (8, 12)]
    """
    pattern = _PARAGRAPH if doc.blocks == "paragraph" else _LINE
    for match in pattern.finditer(doc.text):
        text = match[0]
        if stripped := text.strip():
            start = match.start() + text.index(stripped[0])
            yield start, start + len(stripped)


def sentences(
    doc: Document, person: Callable[[str], bool] = lambda name: False
) -> Iterator[Sentence]:
    """Yield all sentences with their turns and quotations.

    ``person`` tells whether a name is that of a person who can have a turn.
    """
    labels = _labels(doc, person)
    label, span = "", None
    handed = False
    for number, (start, end) in enumerate(blocks(doc), 1):
        text = doc.text[start:end]
        found = turn_label(text)
        if found is not None and found[0] not in labels:
            found = None
        body = start
        if found is not None:
            label, length = found
            span = (start, start + len(label))
            body = start + length
        opens = text.lstrip()[:1] in ('"', *_OPEN)
        inside = False
        for index, (one, stop) in enumerate(_split(doc.text, body, end)):
            yield Sentence(
                start=one,
                end=stop,
                block=number,
                label=label,
                label_span=span,
                quoted=inside,
                handed=handed and opens,
                first=index == 0,
            )
            inside = _still_open(doc.text[one:stop], inside)
        handed = text.rstrip().endswith(":") or (handed and opens)


def _labels(doc: Document, person: Callable[[str], bool]) -> frozenset[str]:
    """Choose which openings of blocks are turns: "Note:" and headings are none."""
    found: Counter[str] = Counter()
    for start, end in blocks(doc):
        if (label := turn_label(doc.text[start:end])) is not None:
            found[label[0]] += 1
    spoken = doc.kind in _SPOKEN
    names = Counter(label_name(label) for label in found.elements())
    return frozenset(
        label
        for label in found
        if label_name(label).lower() in _ROLES
        or person(label_name(label))
        or (names[label_name(label)] > 1 and (spoken or sum(names.values()) > 3))
    )


def turn_label(text: str) -> tuple[str, int] | None:
    """Read a label at the start of a block: its words, and where the turn begins.

    >>> turn_label("Oren Vale (minister): We did not."), turn_label("It said this.")
    (('Oren Vale (minister)', 21), None)
    """
    match = _LABEL.match(text)
    if match is None:
        return None
    label = match["label"].strip()
    words = _VERB_TAIL.sub("", label).split()
    upper = [word for word in words if word[:1].isupper() or word[:1] == "("]
    if not words or len(words) > 9 or len(upper) < (len(words) + 1) / 2:
        return None
    quoted = text[match.end() :].lstrip()[:1] in ('"', *_OPEN)
    if quoted and _VERB_TAIL.search(label):
        return None  # somebody is quoted in passing, and no turn begins
    return label, match.end()


def label_name(label: str) -> str:
    """Leave out title and verb of a label.

    >>> label_name("OREN VALE says"), label_name("Oren Vale (minister)")
    ('OREN VALE', 'Oren Vale')
    """
    return re.sub(r"\s*\([^()]*\)\s*", " ", _VERB_TAIL.sub("", label)).strip()


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        stop = match.end()
        if match[0] == "." and _ABBREVIATION.search(text, max(begin, stop - 12), stop):
            continue
        after = text[stop : stop + 40].lstrip()[:1]
        if after and (after.islower() or (match[0] == "." and after in ",;")):
            continue
        if match[0].startswith(":"):
            continue
        yield from _trimmed(text, begin, stop)
        begin = stop
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if stripped := piece.strip():
        begin = start + piece.index(stripped[0])
        yield begin, begin + len(stripped)


def _still_open(text: str, inside: bool) -> bool:
    opened = sum(text.count(mark) for mark in _OPEN) + inside * (text.count('"') == 0)
    closed = sum(text.count(mark) for mark in _CLOSE)
    straight = (text.count('"') + (1 if inside and text.count('"') else 0)) % 2
    return opened > closed or straight == 1
