"""Names that the registry does not have: found in a text, and offered as new actors.

The same rules read the text a second time as if those names were actors. What has such
an end is offered as `new:<slug>` in the last tier; all other candidates stay as the
registry alone gives them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from whosays import ids
from whosays.extract import segment
from whosays.extract.document import Document
from whosays.extract.lexicon import Lexicon
from whosays.extract.pipeline import Extraction, Extractor
from whosays.extract.records import PROPOSED, STRANGER, Candidate, Link
from whosays.model import Actor, ActorType

_LONGEST = 6
"""Words of a name; what is longer is a heading."""
_UPPER = "[A-Z\u00c0-\u00d6\u00d8-\u00de]"
_WORD = rf"{_UPPER}[\w'\u2019-]*\w|{_UPPER}{{2,}}"
_INNER = r"(?:(?:of|for|de|al|van|von|bin)[ \t](?:the[ \t])?)?"
_NAME = re.compile(rf"(?:{_WORD})(?:[ \t]{_INNER}(?:{_WORD}))*")
_OWNED = re.compile(r"['\u2019]s?$")
_PLAIN = """
    monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december i mr mrs ms dr
    a an the this that these those his her its their our my your he she it we they
    you there then here on in at by from to with after before since until when while
    if but and or nor so as for not no yes what who why how where which
"""
_NO_NAMES = frozenset(_PLAIN.split())
"""Words in capitals that are no part of a name, at its beginning or alone."""
_FUNCTION = frozenset({"BE", "HV", "DO", "CC", "SC", "WD", "NG"})
"""Tags of words that no name begins with, wherever it stands: did, has, why, but."""
_OPENING = _FUNCTION | {"MD", "DT", "PS", "IN", "TO", "PR", "EX", "RB", "CD"}
"""Tags of words that are written small but where a sentence begins: still, two, should."""
_ALSO_NAMES = frozenset({"will"})
_SHORTENED = re.compile(r"(?:n['\u2019]t|['\u2019](?:s|re|ve|ll|d|m))$")
_CLOSING = "\"'\u201d\u2019) "
_OPENS = (":", '"', "'", "\u201c", "\u2018", "\u00ab", "(", "[", "\u2014", "\u2013")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A name that is no actor's: how it would be called, and how often it stands."""

    slug: str
    label: str
    count: int


def strangers(doc: Document, extractor: Extractor) -> tuple[Stranger, ...]:
    """Find names that no actor of the registry has, the most frequent first.

    A single word counts only if it also stands within a sentence, twice in all, and
    never in small letters: else it may be any word that begins a sentence.
    """
    counts: Counter[str] = Counter()
    inside: set[str] = set()
    for text, begins in _names(doc, extractor):
        counts[text] += 1
        if not begins:
            inside.add(text)
    plain = {word for word in re.findall(r"\w+", doc.text) if word.islower()}
    found: dict[str, Stranger] = {}
    for label, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        single = " " not in label
        if single and (count < 2 or label not in inside or label.lower() in plain):
            continue
        slug = ids.make_slug(label)
        if ids.is_slug(slug) and slug not in extractor.registry.actors:
            found.setdefault(slug, Stranger(slug=slug, label=label, count=count))
    return tuple(found.values())


def with_strangers(
    doc: Document, extraction: Extraction, extractor: Extractor
) -> tuple[Extraction, tuple[Stranger, ...]]:
    """Add what could be read if the names that are nobody's were actors."""
    names = strangers(doc, extractor)
    if not names:
        return extraction, ()
    made = {
        f"{PROPOSED}{one.slug}": Actor(
            slug=f"{PROPOSED}{one.slug}", label=one.label, type=ActorType.UNNAMED
        )
        for one in names
    }
    registry = replace(extractor.registry, actors={**extractor.registry.actors, **made})
    again = replace(
        extractor,
        registry=registry,
        proposers=tuple(p for p in extractor.proposers if "network" not in p.needs),
    )
    more = [
        _offered(one, made)
        for one in again.extract(doc).candidates
        if {one.subject, one.object} & made.keys()
    ]
    everything = sorted(
        (*extraction.candidates, *more), key=lambda c: (c.selector.start, c.cue, c.id)
    )
    return replace(extraction, candidates=tuple(everything)), names


def _names(doc: Document, extractor: Extractor) -> Iterator[tuple[str, bool]]:
    """Yield names that are nobody's, and whether they begin their sentence."""
    matcher = extractor.matcher(doc)
    lexicon = extractor.lexicon
    titles = lexicon.heads.keys() | lexicon.classes["title"]
    for sentence in segment.sentences(doc, lambda name: False):
        text = doc.text[sentence.start : sentence.end]
        if text.isupper():
            continue
        taken = [
            (word.start, word.end)
            for word in matcher.words(text, sentence.start)
            if word.mention is not None
        ]
        for hit in _NAME.finditer(text):
            start, end = hit.start() + sentence.start, hit.end() + sentence.start
            if any(first < end and start < last for first, last in taken):
                continue
            words = _OWNED.sub("", hit[0]).split()
            begins = hit.start() == 0
            before = text[: hit.start()].rstrip()
            opens = not before or before.endswith(_OPENS)
            asked = text.rstrip(_CLOSING).endswith("?")
            while words and words[0].lower() in _NO_NAMES:
                words = words[1:]
            while words and _leads(words[0], lexicon, opens=opens, asked=asked):
                words, begins = words[1:], False  # Did Mara Tolle
                opens = opens and bool(words)
            while words and words[0].lower().rstrip(".") in titles:
                words, begins = words[1:], False  # Minister Mara Tolle
            if words and len(words) <= _LONGEST:
                yield " ".join(words), begins


def _leads(word: str, lexicon: Lexicon, *, opens: bool, asked: bool) -> bool:
    """Tell whether a word goes before a name and is no part of it.

    ``opens`` where a sentence or a quotation begins, which writes any word in capitals.
    """
    low = word.lower()
    plain = _SHORTENED.sub("", low)
    if low.endswith(("n't", "n\u2019t")):
        return True
    tag = lexicon.tags.get(plain, "")
    if plain in _ALSO_NAMES:
        return opens and asked  # "Will Mara Tolle resign?", but "Will Tolle resigned"
    return tag in (_OPENING if opens else _FUNCTION) or plain in _NO_NAMES


def _offered(one: Candidate, made: Mapping[str, Actor]) -> Candidate:
    """Mark the ends that are nobody yet; nothing of this kind is above tier C."""

    def link(slug: str, was: Link) -> Link:
        return "proposed-new" if slug in made else was

    def voice(slug: str) -> str:
        return f"{STRANGER}{made[slug].label}" if slug in made else slug

    links = replace(
        one.links,
        subject=link(one.subject, one.links.subject),
        object=link(one.object, one.links.object),
        speaker=link(one.speaker, one.links.speaker),
    )
    return replace(
        one,
        speaker=voice(one.speaker),
        also=tuple(map(voice, one.also)),
        chain=tuple(map(voice, one.chain)),
        links=links,
        tier="C",
    )
