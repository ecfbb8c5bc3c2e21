"""Know a passage again without keeping its words: by place, and by hashes.

In the text that was read a decision is tied to a place. When the text has changed, the
same words are the same passage wherever they now stand; where some of them were
changed, the stretch that holds both ends and the cue still tells it, or that most pairs
of neighbouring words are the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from whosays.extract.records import Candidate
from whosays.project.decisions import Decision, Reading

LENGTH = 12
_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u00ad": "",
    }
)
_NUMBER = re.compile(r"[0-9]+")
_WORD = re.compile(r"\w+")


ALIKE = 0.5
"""The share of pairs of words that makes two passages versions of one."""


def digest(text: str, length: int = LENGTH) -> str:
    """Hash words in hex digits; case, quotes, dashes and blanks do not count.

    >>> digest("The  \u201cFront\u201d") == digest('the "front"')
    True
    """
    folded = _folded(text).encode("utf-8", "surrogatepass")
    return hashlib.sha256(folded).hexdigest()[:length]


def sketch(text: str) -> str:
    """Give four hex digits for each pair of neighbouring words, sorted.

    Too short to tell which words they were, and enough to tell two versions of a
    sentence from two sentences.

    >>> len(sketch("Aldoria armed the Front")), sketch("Aldoria")
    (12, '')
    """
    words = _WORD.findall(_folded(text))
    pairs = {digest(f"{a} {b}", 4) for a, b in pairwise(words)}
    return "".join(sorted(pairs))


def likeness(one: str, other: str) -> float:
    """Compare two sketches: the share of pairs that both have, from 0 to 1."""
    first, second = (
        {text[at : at + 4] for at in range(0, len(text), 4)} for text in (one, other)
    )
    return len(first & second) / len(first | second) if first and second else 0.0


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold()
    return " ".join(plain.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a passage is known by; see the fields of a decision."""

    span: str
    around: str
    core: str
    sketch: str


def anchor(candidate: Candidate) -> Anchor:
    """Compute what the passage of a candidate is known by."""
    selector = candidate.selector
    spans = (candidate.subject_mention, candidate.object_mention, candidate.cue)
    first = max(min(start for start, _ in spans), selector.start)
    last = min(max(end for _, end in spans), selector.end)
    exact = selector.exact
    return Anchor(
        span=digest(exact),
        around=digest(f"{selector.prefix}{exact}{selector.suffix}"),
        core=digest(exact[first - selector.start : last - selector.start]),
        sketch=sketch(exact),
    )


def reading(candidate: Candidate) -> Reading:
    """Take from a candidate what it says."""
    return Reading(
        subject=candidate.subject,
        relation=candidate.relation,
        object=candidate.object,
        stance=candidate.stance,
        speaker=candidate.speaker,
        also=candidate.also,
        chain=candidate.chain,
        modality=candidate.modality,
        time=candidate.time.edtf if candidate.time else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Which decision holds for which candidate, and which found no place.

    ``direct`` were made about the very candidate, ``again`` about the same reading of
    the same passage, by another cue, version or text.
    """

    direct: Mapping[str, Decision]
    again: Mapping[str, Decision]
    orphans: tuple[Decision, ...]


def match(
    candidates: Sequence[Candidate],
    standing: Mapping[str, Decision],
    symmetric: frozenset[str],
) -> Matched:
    """Find the decision that holds for each candidate.

    A decision about a reading holds for that reading of the passage, and what a person
    made of it holds too, so that neither is asked for a second time.
    """
    direct = {c.id: standing[c.id] for c in candidates if c.id in standing}
    by_key: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.id not in direct:
            by_key[reading(one).key(one.relation in symmetric)].append(one)
    anchors = {one.id: anchor(one) for group in by_key.values() for one in group}
    again: dict[str, Decision] = {}
    orphans: list[Decision] = []
    texts = {one.doc_sha256 for one in candidates}
    late: list[tuple[Decision, list[Candidate]]] = []
    for decision in standing.values():
        if decision.decision == "skipped":
            continue
        same = [
            one
            for key in _keys(decision, symmetric)
            for one in by_key.get(key, ())
            if one.id not in again
        ]
        found = _same_passage(decision, same, anchors)
        for one in found:
            again[one.id] = decision
        if not found and decision.doc_sha256 not in texts:
            late.append((decision, same))
    for decision, same in late:  # the exact ones first
        likely = [
            (_likeness(anchors[one.id], decision), one)
            for one in same
            if one.id not in again
        ]
        alike = [pair for pair in likely if pair[0] >= ALIKE]
        if alike:
            chosen = min(
                alike, key=lambda pair: (-pair[0], _distance(pair[1], decision))
            )
            again[chosen[1].id] = decision
        elif decision.candidate not in direct:
            orphans.append(decision)
    return Matched(direct=direct, again=again, orphans=tuple(orphans))


def _keys(decision: Decision, symmetric: frozenset[str]) -> set[tuple[str, ...]]:
    readings = (decision.before, decision.after)
    return {one.key(one.relation in symmetric) for one in readings if one is not None}


def _same_passage(
    decision: Decision, same: Iterable[Candidate], anchors: Mapping[str, Anchor]
) -> list[Candidate]:
    """Choose those that stand at the place of a decision, or in its words elsewhere."""
    here, around, span = [], [], []
    for one in same:
        if one.doc_sha256 == decision.doc_sha256:
            selector = one.selector
            if selector.start < decision.end and decision.start < selector.end:
                here.append(one)
        elif anchors[one.id].around == decision.around:
            around.append(one)
        elif anchors[one.id].span == decision.span:
            span.append(one)
    return here or around or span


def _likeness(one: Anchor, decision: Decision) -> float:
    if one.core == decision.core:
        return 1.0
    return likeness(one.sketch, decision.sketch)


def _distance(candidate: Candidate, decision: Decision) -> tuple[int, int]:
    """Tell how far a candidate stands from where a decision was made."""
    places = [_NUMBER.search(one) for one in (candidate.locator, decision.locator)]
    numbers = [int(place[0]) for place in places if place]
    blocks = abs(numbers[0] - numbers[1]) if len(numbers) == 2 else 0
    return blocks, abs(candidate.selector.start - decision.start)
