"""The columns of each register, and what goes into them, in a line each."""

from __future__ import annotations

from collections.abc import Mapping

from whosays.errors import UsageError
from whosays.model import ActorType, Family, ObjectKind
from whosays.project import actors, relations, sources
from whosays.vocab import COLUMNS

COLUMN_HELP: Mapping[str, Mapping[str, str]] = {
    "actor": {
        "label": "The most common name, neither praising nor reviling.",
        "type": f"One of {', '.join(ActorType)}.",
        "part_of": "What it is a unit or a place of, uncontested.",
        "acts_for": "Whose office it holds, uncontested.",
        "aliases": "Other names, with their language if you like: name@fa; name.",
        "former_slugs": "Earlier ids, oldest first.",
        "wikidata": "Its item in Wikidata: Q794.",
        "owned_by": "Who owns the outlet, as a matter of record.",
        "description": "What it is, in a sentence.",
        "note": "Anything else.",
    },
    "source": {
        "title": "Its title.",
        "kind": f"One of {', '.join(sources.KINDS)}.",
        "publisher": "Who published it, an actor.",
        "author": "Who wrote it, an actor.",
        "default_voice": "Whose words stand there where no speaker is named.",
        "date": "When it was published: 2014-06, 2014?, 2014-06/2014-08.",
        "date_note": "How the date is known.",
        "lang": "Its language: en, fa, pt-BR.",
        "url": "Its web address.",
        "file": "The name of its text in the folder of texts.",
        "sha256": "The hash of that text.",
        "blocks": "paragraph, where blank lines part the paragraphs.",
        "we": "Whom a speaker's “we” stands for: speaker=actor.",
        "former_slugs": "Earlier ids, oldest first.",
        "note": "Anything else.",
    },
    "relation": {
        "label": "In words: keeps watch on.",
        "inverse_label": "Read from the object: is watched by.",
        "aliases": "Other words for it: spies on; observes.",
        "symmetric": "x, if it holds both ways.",
        "narrower_than": "The relation that it is a case of.",
        "family": f"One of {', '.join(Family)}.",
        "polarity": "From -2, violent, to 2, cooperative.",
        "rolls_up_subject": "x, if the whole does what its part does.",
        "rolls_up_object": "x, if what is done to a part is done to the whole.",
        "object_kind": f"One of {', '.join(ObjectKind)}.",
        "incompatible_with": "Relations that cannot hold beside it.",
        "tension_with": "Relations that sit ill with it.",
        "definition": "One sentence; say what does not count.",
        "plover": "Its code in PLOVER.",
        "wikidata": "Its property in Wikidata: P361.",
        "misp": "Its name in MISP.",
        "former_slugs": "Earlier ids, oldest first.",
    },
}
"""What each column takes, by kind; the slug is the first word of the command."""

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actor": actors.COLUMNS,
    "source": sources.COLUMNS,
    "relation": COLUMNS,
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "actor": actors.REQUIRED,
    "source": sources.REQUIRED,
    "relation": (*relations.REQUIRED, "label"),
}


def columns_of(kind: str) -> tuple[str, ...]:
    """Give the columns of a register in their order.

    Raises:
        UsageError: there is no such register.
    """
    if kind not in _COLUMNS:
        raise UsageError(f"no register of {kind}s", f"Registers: {', '.join(_COLUMNS)}")
    return _COLUMNS[kind]


def required_of(kind: str) -> tuple[str, ...]:
    """Name the columns without which no row of a register can be read."""
    return tuple(name for name in columns_of(kind) if name in _REQUIRED[kind])
