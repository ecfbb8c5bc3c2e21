"""On whose word a claim stands: the voices behind it, and how far away they were heard.

Ten articles that quote one man are one voice. A quotation that is given in order to
refute it shows that a claim circulates and supports nothing, so it is counted apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from whosays.model import ActorType, Collection, Framing, Statement
from whosays.values import dataclass

CONVERSATIONS = frozenset({"interview", "broadcast"})
"""Kinds of source in which several people speak for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """The voices behind some statements, each once; slugs in alphabetical order.

    ``voices`` count as backing; ``rejected`` are heard only from someone who rejects
    what they say. ``second_hand`` are the voices that no source speaks with itself,
    ``unnamed`` those that cannot be told apart from each other. ``camps`` are the
    tops that the voices speak for. ``depth`` is the least number of mouths between a
    voice and a source (0 = it speaks there itself), None without voices.
    """

    voices: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    second_hand: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    camps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    depth: int | None = None

    @property
    def everyone(self) -> int:
        """Count all voices, those that are only rejected included."""
        return len(self.voices) + len(self.rejected)


def passers(statement: Statement, collection: Collection) -> tuple[str, ...]:
    """List who passes a statement on, from the source inwards, without its voice.

    The voice of the source is the first of them unless the chain begins with somebody
    who speaks there: its voice, author or publisher, or anyone in a conversation whose
    words are not framed as a quotation.

    >>> from whosays.model import Settings, Source, Stance
    >>> article = Source(slug="essay", title="Essay", voice="writer")
    >>> few = Collection(settings=Settings(name="x", title="X"), actors={},
    ...                  sources={"essay": article}, relations={})
    >>> quoted = Statement(id="1", subject="a", relation="r", object="b",
    ...                    source="essay", stance=Stance.AFFIRMS,
    ...                    chain=("daily", "minister"), proposition="a_r_b")
    >>> passers(quoted, few)
    ('writer', 'daily')
    """
    source = collection.sources.get(statement.source)
    if source is None or not source.voice:
        return statement.via
    first = statement.chain[0]
    if first in (source.voice, source.author, source.publisher):
        return statement.via
    if source.kind in CONVERSATIONS and (statement.via or statement.framing is None):
        return statement.via
    return (source.voice, *statement.via)


def depth(statement: Statement, collection: Collection) -> int:
    """Count the mouths between a voice and the reader's source; 0 is first hand."""
    return len(passers(statement, collection))


def rejected(statement: Statement) -> bool:
    """Tell whether the source gives it only in order to refute it."""
    return statement.framing is Framing.REJECTED


def backing(statements: Iterable[Statement], collection: Collection) -> Backing:
    """Count the distinct root voices behind statements that take one stance.

    Only accepted statements count. The root of a statement is the last of its chain,
    whoever passes it on.
    """
    kept: dict[str, list[Statement]] = defaultdict(list)
    refused: set[str] = set()
    sources: set[str] = set()
    for statement in statements:
        if not statement.counts:
            continue
        sources.add(statement.source)
        if rejected(statement):
            refused.add(statement.voice)
        else:
            kept[statement.voice].append(statement)
    depths = {
        voice: min(depth(statement, collection) for statement in group)
        for voice, group in kept.items()
    }
    return Backing(
        voices=tuple(sorted(kept)),
        rejected=tuple(sorted(refused - set(kept))),
        second_hand=tuple(sorted(voice for voice, far in depths.items() if far)),
        unnamed=tuple(sorted(voice for voice in kept if _unnamed(voice, collection))),
        camps=tuple(sorted({collection.top(voice) for voice in kept})),
        sources=tuple(sorted(sources)),
        depth=min(depths.values(), default=None),
    )


def _unnamed(slug: str, collection: Collection) -> bool:
    actor = collection.actors.get(slug)
    return actor is not None and actor.type is ActorType.UNNAMED
