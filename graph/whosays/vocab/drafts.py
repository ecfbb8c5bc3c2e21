"""Drafts of relations, from Turtle or from a table, made into relations.

Both readers fill the same cells (the columns of ``relations.csv``) and share the
rules here, so that a relation means the same wherever it was written.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from whosays.matching import fold, nearest
from whosays.model import (
    Ends,
    Family,
    Incompatibility,
    ObjectKind,
    Relation,
    Strength,
)
from whosays.vocab.vocabulary import implied

COLUMNS = (
    "slug",
    "label",
    "inverse_label",
    "aliases",
    "symmetric",
    "narrower_than",
    "family",
    "polarity",
    "rolls_up_subject",
    "rolls_up_object",
    "object_kind",
    "incompatible_with",
    "tension_with",
    "definition",
    "plover",
    "wikidata",
    "misp",
    "former_slugs",
)

_ID = re.compile(r"[a-z][A-Za-z0-9]{0,79}")
_WIKIDATA = re.compile(r"[PQ][1-9][0-9]*")
_YES = {"x", "yes", "true", "1", "y"}
_NO = {"", "no", "false", "0", "n", "-"}
_PAIR = re.compile(r"(?P<name>.*?)\s*(?:\((?P<ends>[^()]*)\))?")

_Value = TypeVar("_Value", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one cell of a relation, ready to become a problem.

    ``index`` is the position of the row (or -1), ``column`` a name of ``COLUMNS``;
    ``fix`` can be pasted or is empty.
    """

    code: str
    index: int
    relation: str
    column: str
    value: str
    text: str
    fix: str = ""


class FaultError(ValueError):
    """A cell that cannot be used; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault."""
        super().__init__(fault.text)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A relation as written; a cell holds its values in order, mostly one."""

    id: str
    iri: str
    index: int
    cells: Mapping[str, Sequence[str]]

    def fault(
        self, column: str, value: str, text: str, fix: str = "", code: str = "WS601"
    ) -> FaultError:
        """Make the exception for a cell."""
        return FaultError(
            Fault(
                code=code,
                index=self.index,
                relation=self.id,
                column=column,
                value=value,
                text=text,
                fix=fix,
            )
        )

    def one(self, column: str) -> str:
        """Read a cell that holds one value at most."""
        values = self.cells.get(column, ())
        if len(values) > 1:
            raise self.fault(
                column,
                "; ".join(values),
                f"{self.id} has more than one {column}",
                values[0],
            )
        return values[0] if values else ""

    def flag(self, column: str, default: bool) -> bool:
        """Read a yes or no."""
        value = self.one(column)
        if value.casefold() in _YES:
            return True
        if not value:
            return default
        if value.casefold() in _NO:
            return False
        raise self.fault(
            column, value, f"“{value}” is neither x nor empty", "x", "WS605"
        )

    def value_of(self, column: str, values: type[_Value], default: _Value) -> _Value:
        """Read a value of a closed list."""
        value = self.one(column)
        if not value:
            return default
        allowed = [str(item) for item in values]
        if value not in allowed:
            near = nearest(value.casefold(), allowed)
            listed = ", ".join(allowed)
            text = f"“{value}” is not a {column}; use one of: {listed}"
            raise self.fault(column, value, text, near, "WS108")
        return values(value)


def define(
    drafts: Iterable[Draft], known: Mapping[str, Relation]
) -> tuple[dict[str, Relation], list[Fault]]:
    """Make relations of drafts; what a cell leaves open comes from the wider relation.

    A draft with a fault is left out, as is whatever is narrower than it. Wider
    relations come before narrower ones.
    """
    waiting: dict[str, Draft] = {}
    faults: list[Fault] = []
    for draft in drafts:
        try:
            _check_id(draft, waiting)
        except FaultError as error:
            faults.append(error.fault)
        else:
            waiting[draft.id] = draft
    made: dict[str, Relation] = {}
    reach = ChainMap(made, dict(known))
    while waiting:
        ready = [draft for draft in waiting.values() if not _waits(draft, waiting)]
        if not ready:
            faults += [_circle(draft) for draft in waiting.values()]
            break
        for draft in ready:
            del waiting[draft.id]
            try:
                made[draft.id] = _relation(draft, reach)
            except FaultError as error:
                faults.append(error.fault)
    return made, faults


def relation_id(text: str) -> str:
    """Make the id of a relation from a name; empty when nothing is left.

    >>> relation_id("gives way to"), relation_id("gives_Way"), relation_id("42")
    ('givesWayTo', 'givesWay', '')
    """
    words = re.findall(r"[A-Za-z0-9]+", text)
    made = "".join(word[:1].upper() + word[1:] for word in words)
    made = made[:1].lower() + made[1:]
    return made if _ID.fullmatch(made) else ""


def _check_id(draft: Draft, seen: Mapping[str, Draft]) -> None:
    if not draft.id:
        raise draft.fault("slug", "", "the slug is empty", code="WS101")
    if not _ID.fullmatch(draft.id):
        raise draft.fault(
            "slug",
            draft.id,
            f"“{draft.id}” is no relation id: write letters and digits, first word "
            "small, further words with a capital",
            relation_id(draft.id),
            "WS109",
        )
    if draft.id in seen:
        raise draft.fault("slug", draft.id, f"{draft.id} is defined twice", "", "WS109")


def _waits(draft: Draft, waiting: Mapping[str, Draft]) -> bool:
    return any(wider in waiting for wider in draft.cells.get("narrower_than", ()))


def _circle(draft: Draft) -> Fault:
    wider = "; ".join(draft.cells["narrower_than"])
    text = f"{draft.id} is narrower than {wider}, which leads back to it"
    return draft.fault("narrower_than", wider, text, code="WS603").fault


def _relation(draft: Draft, known: ChainMap[str, Relation]) -> Relation:
    label = draft.one("label")
    if not fold(label):
        raise draft.fault("label", label, f"{draft.id} has no label")
    parent: Relation | None = None
    wider = draft.one("narrower_than")
    if wider:
        parent = known.get(wider)
        if parent is None:
            raise draft.fault(
                "narrower_than",
                wider,
                f"{draft.id} is narrower than {wider}, which is not defined",
                nearest(wider, known),
                "WS604",
            )
    wikidata = draft.one("wikidata")
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        text = f"“{wikidata}” is not a Wikidata id such as P361"
        raise draft.fault("wikidata", wikidata, text, code="WS115")
    polarity = _polarity(draft, parent.polarity if parent else 0)
    symmetric = draft.flag("symmetric", False)
    inverse = draft.one("inverse_label")
    if symmetric and inverse and fold(inverse) != fold(label):
        text = f"{draft.id} holds both ways, so “{inverse}” is the same as “{label}”"
        raise draft.fault("inverse_label", inverse, text, code="WS605")
    return Relation(
        id=draft.id,
        iri=draft.iri,
        label=label,
        inverse_label=label if symmetric else inverse,
        aliases=tuple(draft.cells.get("aliases", ())),
        definition=draft.one("definition"),
        symmetric=symmetric,
        narrower_than=wider,
        family=draft.value_of("family", Family, _family(parent, polarity)),
        polarity=polarity,
        rolls_up_subject=draft.flag(
            "rolls_up_subject", parent.rolls_up_subject if parent else False
        ),
        rolls_up_object=draft.flag(
            "rolls_up_object", parent.rolls_up_object if parent else False
        ),
        object_kind=draft.value_of(
            "object_kind", ObjectKind, parent.object_kind if parent else ObjectKind.ANY
        ),
        plover=draft.one("plover"),
        wikidata=wikidata,
        misp=draft.one("misp"),
        former_slugs=_former(draft),
    )


def _former(draft: Draft) -> tuple[str, ...]:
    """Read the ids that a relation had before, oldest first."""
    former = tuple(draft.cells.get("former_slugs", ()))
    for id in former:
        if not _ID.fullmatch(id):
            text = f"“{id}” cannot have been a relation id"
            raise draft.fault("former_slugs", id, text, code="WS109")
    return former


def _family(parent: Relation | None, polarity: int) -> Family:
    if parent is not None:
        return parent.family
    if polarity:
        return Family.HOSTILITY if polarity < 0 else Family.COOPERATION
    return Family.INTEREST


def _polarity(draft: Draft, default: int) -> int:
    value = draft.one("polarity").replace("\N{MINUS SIGN}", "-")
    if not value:
        return default
    if value.removeprefix("+") not in {"-2", "-1", "0", "1", "2"}:
        text = f"“{value}” is no polarity: -2 violent, -1 hostile, 0, 1 friendly, 2"
        raise draft.fault("polarity", value, text, code="WS605")
    return int(value)


def collisions(
    drafts: Iterable[Draft], known: Mapping[str, Relation]
) -> tuple[list[Incompatibility], list[Fault]]:
    """Read ``incompatible_with`` (strong) and ``tension_with`` (weak).

    A cell names relations by id, each with the order of ends in brackets where it is
    not the usual one (either way round if one of the two is symmetric, else the
    same): ``invites (crossed)``.
    """
    found: list[Incompatibility] = []
    faults: list[Fault] = []
    for draft in drafts:
        for column, strength in (
            ("incompatible_with", Strength.STRONG),
            ("tension_with", Strength.WEAK),
        ):
            for text in draft.cells.get(column, ()):
                try:
                    found.append(_collision(draft, column, text, strength, known))
                except FaultError as error:
                    faults.append(error.fault)
    return found, faults


def _collision(
    draft: Draft,
    column: str,
    text: str,
    strength: Strength,
    known: Mapping[str, Relation],
) -> Incompatibility:
    match = _PAIR.fullmatch(text)
    name = match["name"] if match else text
    ends = (match["ends"] if match else None) or ""
    if name not in known:
        fix = nearest(name, known)
        raise draft.fault(column, text, f"{name} is not defined", fix, "WS604")
    if name in implied(known, draft.id) or draft.id in implied(known, name):
        text_ = f"{draft.id} and {name} imply one another, so they cannot collide"
        raise draft.fault(column, text, text_)
    if ends and ends not in list(Ends):
        listed = ", ".join(Ends)
        raise draft.fault(
            column, text, f"“{ends}” is no order of ends: {listed}", name, "WS605"
        )
    either = known[draft.id].symmetric or known[name].symmetric
    usual = Ends.EITHER if either else Ends.SAME
    return Incompatibility(
        first=draft.id,
        second=name,
        ends=Ends(ends) if ends else usual,
        strength=strength,
    )
