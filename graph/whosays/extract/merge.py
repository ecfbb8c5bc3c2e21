"""Readings of several proposers → candidates: agreement, tiers, alternatives, ids.

Nothing depends on the order in which proposers or rows come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from whosays.extract.opinions import beside, seconded, signed, statement
from whosays.extract.records import (
    Alternative,
    Candidate,
    Links,
    ModalityName,
    Selector,
    Span,
    StanceName,
    Tier,
    When,
    candidate_id,
)
from whosays.extract.tiers import Readers, granted, kind
from whosays.extract.words import Filler


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One proposer's whole reading of one cue, grounded."""

    proposer: str
    sentence: int
    subject: Filler
    relation: str
    target: Filler
    stance: StanceName
    speaker: str
    also: tuple[str, ...]
    chain: tuple[str, ...]
    speaker_mention: Span | None
    speaker_link: str
    modality: ModalityName
    time: When | None
    cue: Span
    selector: Selector
    locator: str
    pattern: str
    flags: tuple[str, ...]
    safe: bool = False
    by: str = ""
    own: bool = False
    """Stance and modality are the proposer's own, and nothing of it outvotes a rule."""
    disputed: bool = False
    """One claims it and the other rejects it: neither stance outvotes the other."""

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, Span, str, int, int]:
        """What decides which of equal readings stands for all."""
        return (
            self.proposer != "syntax",
            self.proposer != "lexical",
            not self.safe,
            self.subject.link != "registry" or self.target.link != "registry",
            self.cue,
            self.pattern,
            self.subject.start,
            self.target.start,
        )


Key = tuple[int, str, str, str]


def merge(
    reads: Iterable[Read],
    *,
    source: str,
    doc_sha256: str,
    extractor: str,
    symmetric: frozenset[str],
    parsed: bool,
    families: Mapping[str, str] = MappingProxyType({}),
) -> list[Candidate]:
    """Merge readings; candidates in the order of the text.

    ``parsed`` tells whether the syntax proposer ran. ``families`` are those of the
    relations: readings of a pair in one family do not contradict each other.
    """
    groups: dict[Key, list[Read]] = defaultdict(list)
    own: dict[Key, list[Read]] = defaultdict(list)
    for read in reads:
        (own if read.own else groups)[_key(read, symmetric)].append(read)
    kept, lost = _settled(groups, parsed)
    made: dict[str, Candidate] = {}
    sentences: dict[str, int] = {}
    for key, group in kept.items():
        for stance in sorted({read.stance for read in group}):
            same = sorted(
                (r for r in group if r.stance == stance), key=lambda r: r.rank
            )
            others = [
                r
                for r in group
                if r.stance != stance and not (r.disputed and same[0].disputed)
            ]
            if others and _outvoted(same, others):
                continue
            one = _candidate(
                same,
                others + lost.get((key[0], key[1], key[3]), []),
                bool(others),
                source=source,
                doc_sha256=doc_sha256,
                extractor=extractor,
                symmetric=symmetric,
                parsed=parsed,
            )
            made.setdefault(one.id, one)
            sentences.setdefault(one.id, key[0])
    rules = [(sentences[one.id], one) for one in made.values()]
    for key, group in own.items():
        for stance in sorted({read.stance for read in group}):
            same = sorted(
                (r for r in group if r.stance == stance), key=lambda r: r.rank
            )
            near = [one for sentence, one in rules if sentence == key[0]]
            agreeing = [
                one
                for one in near
                if one.stance == stance
                and statement(one, symmetric) == (key[1], key[2], key[3])
            ]
            for one in agreeing:
                made[one.id] = seconded(
                    made[one.id],
                    [(r.proposer, r.pattern, r.flags) for r in same],
                    same[0].by,
                )
            if not agreeing:
                one = _candidate(
                    same,
                    [],
                    False,
                    source=source,
                    doc_sha256=doc_sha256,
                    extractor=extractor,
                    symmetric=symmetric,
                    parsed=parsed,
                )
                one = beside(one, near, symmetric, families)
                made.setdefault(one.id, one)
    return sorted(
        made.values(),
        key=lambda c: (
            c.selector.start,
            c.cue,
            c.subject,
            c.relation,
            c.object,
            c.stance,
        ),
    )


def _key(read: Read, symmetric: frozenset[str]) -> Key:
    ends = (read.subject.actor, read.target.actor)
    if read.relation in symmetric:
        ends = (min(ends), max(ends))
    return read.sentence, ends[0], read.relation, ends[1]


def _settled(
    groups: dict[Key, list[Read]], parsed: bool
) -> tuple[dict[Key, list[Read]], dict[tuple[int, str, str], list[Read]]]:
    """Let the syntax reading of a pair win over another relation read by words."""
    by_pair: dict[tuple[int, str, str], list[Key]] = defaultdict(list)
    for key in sorted(groups):
        first, last = sorted((key[1], key[3]))
        by_pair[key[0], first, last].append(key)
    kept: dict[Key, list[Read]] = {}
    lost: dict[tuple[int, str, str], list[Read]] = defaultdict(list)
    for keys in by_pair.values():
        cues: dict[Span, Key] = {}
        for key in sorted(keys, key=lambda k: min(r.rank for r in groups[k])):
            group = groups[key]
            cue = group[0].cue
            winner = cues.get(cue)
            syntax = any(
                read.proposer == "syntax" for other in keys for read in groups[other]
            )
            lexical_only = all(read.proposer == "lexical" for read in group)
            themes = any(read.pattern.startswith("c-") for read in group)
            mutual = (  # "blame each other" goes both ways
                winner is not None
                and winner[2] == key[2]
                and groups[winner][0].pattern == group[0].pattern
            )
            if winner is not None and winner != key and not (themes or mutual):
                lost[winner[0], winner[1], winner[3]] += group
                continue
            if parsed and syntax and lexical_only:
                best = next(
                    k for k in keys if any(r.proposer == "syntax" for r in groups[k])
                )
                if best != key:
                    lost[best[0], best[1], best[3]] += group
                    continue
            cues[cue] = key
            kept[key] = group
    return kept, lost


def _outvoted(same: list[Read], others: list[Read]) -> bool:
    """Between two stances of one statement the one that saw an operator stands.

    A reader that misses a negation or a question affirms; it seldom invents one. Where
    both saw one, the syntax reading stands.
    """
    if same[0].cue != others[0].cue:
        return False
    plain = same[0].stance == "affirms"
    if plain or others[0].stance == "affirms":
        return plain
    here = {read.proposer for read in same}
    there = {read.proposer for read in others}
    return "syntax" in there and "syntax" not in here


def _candidate(
    same: list[Read],
    others: list[Read],
    conflict: bool,
    *,
    source: str,
    doc_sha256: str,
    extractor: str,
    symmetric: frozenset[str],
    parsed: bool,
) -> Candidate:
    best = same[0]
    told = next(  # who speaks stands at a clause's edge, where parsers err most
        (r for r in same if r.proposer == "lexical" and r.cue == best.cue), best
    )
    proposers = tuple(sorted({read.proposer for read in same}))
    flags = {flag for read in same[:1] for flag in read.flags}
    if "coref" in (best.subject.link, best.target.link):
        flags.add("coref")
    if best.subject.others or best.target.others:
        flags.add("ambiguous-name")
    if conflict:
        flags.add("stance-disagrees")
    return Candidate(
        id=candidate_id(
            doc_sha256,
            best.cue,
            best.subject.actor,
            best.relation,
            best.target.actor,
            best.stance,
            symmetric=best.relation in symmetric,
        ),
        source=source,
        doc_sha256=doc_sha256,
        subject=best.subject.actor,
        relation=best.relation,
        object=best.target.actor,
        stance=best.stance,
        speaker=told.speaker,
        also=told.also,
        chain=told.chain,
        modality=best.modality,
        time=best.time,
        subject_mention=(best.subject.start, best.subject.end),
        object_mention=(best.target.start, best.target.end),
        cue=best.cue,
        speaker_mention=told.speaker_mention,
        selector=best.selector,
        locator=best.locator,
        links=Links(
            subject=best.subject.link,  # type: ignore[arg-type]
            object=best.target.link,  # type: ignore[arg-type]
            speaker=told.speaker_link,  # type: ignore[arg-type]
        ),
        tier=_tier(same, others, conflict, parsed),
        proposers=proposers,
        patterns=tuple(sorted({read.pattern for read in same})),
        alternatives=tuple(
            sorted(
                {
                    Alternative(
                        subject=read.subject.actor,
                        relation=read.relation,
                        object=read.target.actor,
                        stance=read.stance,
                        proposer=read.proposer,
                    )
                    for read in others
                }
            )
        ),
        flags=tuple(sorted(flags)),
        extractor=signed(extractor, best.by),
    )


def _tier(same: list[Read], others: list[Read], conflict: bool, parsed: bool) -> Tier:
    """Say how far to trust a reading, by what was measured of its kind."""
    best = same[0]
    return granted(
        kind(
            _readers(same, others, conflict, parsed),
            (best.subject, best.target),
            {read.pattern for read in same},
            best.relation,
            plain=best.safe,
        )
    )


def _readers(
    same: list[Read], others: list[Read], conflict: bool, parsed: bool
) -> Readers:
    """Say who reads it: a parse alone is wrong too often to lead."""
    rules = {read.proposer for read in same}
    if len(rules) > 1 and not conflict:
        return "both"
    met = conflict and any(read.proposer not in rules for read in others)
    if "lexical" in rules and (met or len(rules) > 1):
        return "split"
    if rules == {"lexical"} and not conflict:
        return "words" if parsed else "alone"
    return "other"
