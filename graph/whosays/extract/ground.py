"""Tie a reading to its words: selectors, locators, and finding a quote again."""

from __future__ import annotations

from bisect import bisect_right

from whosays.extract.document import Document
from whosays.extract.records import Selector, Span
from whosays.extract.segment import Sentence

LONGEST = 300
"""Code points of a quote; a longer sentence is cut around its cue."""

CONTEXT = 32


def selector(doc: Document, sentence: Sentence, cue: Span) -> tuple[Selector, bool]:
    """Select the sentence of a cue; tell whether it was cut.

    ``text[start:end]`` equals ``exact`` in either case.
    """
    start, end = sentence.start, sentence.end
    cut = end - start > LONGEST
    if cut:
        middle = (cue[0] + cue[1]) // 2
        start = max(start, min(middle - LONGEST // 2, end - LONGEST))
        end = min(end, start + LONGEST)
    text = doc.text
    made = Selector(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )
    return made, cut


def locator(doc: Document, sentence: Sentence) -> str:
    """Say where a sentence stands: its page where the text has pages, else its block."""
    if doc.places:
        at = bisect_right([offset for offset, _ in doc.places], sentence.start) - 1
        if at >= 0:
            return doc.places[at][1]
    return f"¶{sentence.block}"
