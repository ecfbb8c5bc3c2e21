"""An opinion that is no rule's: it can second a rule, or stand beside it, in tier C.

It outvotes nothing: what rules read stays as it is, with its tier at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from whosays.extract.records import Alternative, Candidate

RULES = frozenset({"lexical", "syntax"})
_STAYING = frozenset({"instruction-like", "repeated-quote"})


def statement(one: Candidate, symmetric: frozenset[str]) -> tuple[str, str, str]:
    """Give ends and relation in one order where they have none."""
    ends = (one.subject, one.object)
    if one.relation in symmetric:
        ends = (min(ends), max(ends))
    return ends[0], one.relation, ends[1]


def seconded(
    one: Candidate, opinions: Iterable[tuple[str, str, tuple[str, ...]]], by: str
) -> Candidate:
    """Let opinions (proposer, pattern, flags) agree with a rule: its words stand.

    Two that agree make tier A, unless a rule is contradicted by another, or the words
    beside the claim speak to a model.
    """
    opinions = list(opinions)
    marks = {flag for _, _, flags in opinions for flag in flags} & _STAYING
    tier = one.tier
    if RULES & {*one.proposers} and "instruction-like" not in marks:
        tier = "B" if "stance-disagrees" in one.flags else "A"
    return replace(
        one,
        tier=tier,
        proposers=tuple(sorted({*one.proposers, *(name for name, _, _ in opinions)})),
        patterns=tuple(sorted({*one.patterns, *(name for _, name, _ in opinions)})),
        flags=tuple(sorted({*one.flags, *marks})),
        extractor=signed(one.extractor, by),
    )


def beside(
    one: Candidate,
    near: list[Candidate],
    symmetric: frozenset[str],
    families: Mapping[str, str],
) -> Candidate:
    """Put what rules read of the same pair beside a reading that is no rule's."""
    pair = {one.subject, one.object}
    others = [other for other in near if {other.subject, other.object} == pair]
    contradicted = others and not any(
        other.stance == one.stance
        and families.get(other.relation) == families.get(one.relation)
        and (
            other.subject == one.subject
            or other.relation in symmetric
            or one.relation in symmetric
        )
        for other in others
    )
    flags = {*one.flags, *(("disagrees-with-rules",) if contradicted else ())}
    return replace(
        one,
        tier="C",
        flags=tuple(sorted(flags)),
        alternatives=tuple(
            sorted(
                {
                    Alternative(
                        subject=other.subject,
                        relation=other.relation,
                        object=other.object,
                        stance=other.stance,
                        proposer=other.proposers[0],
                    )
                    for other in others
                }
            )
        ),
    )


def signed(extractor: str, by: str) -> str:
    """Name beside our own version whoever else was asked."""
    return f"{extractor} / {by}" if by else extractor
