"""No name may mean two relations: joining added relations to those in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from whosays.matching import fold
from whosays.model import Relation
from whosays.vocab.drafts import Fault
from whosays.vocab.vocabulary import spellings


def settle_names(
    added: Mapping[str, Relation],
    known: Mapping[str, Relation],
    index: Mapping[str, int],
) -> tuple[dict[str, Relation], list[Fault]]:
    """Join added relations to known ones so that no name means two of them.

    The slug, label or inverse label of an added relation takes over what was only an
    alias. An added alias that already means something else is left out; a label that
    does is a fault of the relation, which is left out.
    """
    joined = dict(known)
    faults: list[Fault] = []
    taken: dict[str, tuple[str, str]] = {}
    for other in known.values():
        taken |= _owned(other)
    for relation in added.values():
        own: set[str] = set()
        kept: list[str] = []
        usable = True
        for column, text, _inverted in spellings(relation):
            key = fold(text)
            if not key:
                said = f"“{text}” is no name: it holds neither letter nor digit"
                faults.append(_named(relation, index, column, text, said, "WS601"))
                continue
            owner, owned = taken.get(key, ("", ""))
            if key in own:
                continue
            if owner and owned == "aliases" and column != "aliases":
                joined[owner] = _without(joined[owner], key)
            elif owner:
                said = f"“{text}” already means {owner}"
                faults.append(_named(relation, index, column, text, said, "WS602"))
                usable = usable and column == "aliases"
                continue
            own.add(key)
            if column == "aliases":
                kept.append(text)
        wider = relation.narrower_than
        if usable and wider and wider not in joined:
            said = f"{relation.id} is narrower than {wider}, which was left out"
            faults.append(
                _named(relation, index, "narrower_than", wider, said, "WS604")
            )
            usable = False
        if usable:
            whole = replace(relation, aliases=tuple(kept))
            joined[relation.id] = whole
            taken |= _owned(whole)
    return joined, faults


def in_order(
    relations: Mapping[str, Relation], ids: Iterable[str]
) -> dict[str, Relation]:
    """Put relations in the order in which they were written."""
    return {id: relations[id] for id in ids if id in relations}


def _owned(relation: Relation) -> dict[str, tuple[str, str]]:
    """Map each folded name of a relation to its id and the column it stands in."""
    named: dict[str, tuple[str, str]] = {}
    for column, text, _inverted in spellings(relation):
        named.setdefault(fold(text), (relation.id, column))
    return named


def _without(relation: Relation, key: str) -> Relation:
    kept = tuple(alias for alias in relation.aliases if fold(alias) != key)
    return replace(relation, aliases=kept)


def _named(
    relation: Relation,
    index: Mapping[str, int],
    column: str,
    value: str,
    text: str,
    code: str,
) -> Fault:
    return Fault(
        code=code,
        index=index.get(relation.id, -1),
        relation=relation.id,
        column=column,
        value=value,
        text=text,
    )
