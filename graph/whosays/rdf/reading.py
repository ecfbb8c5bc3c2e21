"""Quads → records: what was written can be read back without loss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from whosays.errors import RdfError
from whosays.model import (
    Context,
    Framing,
    Modality,
    Relation,
    Run,
    Stance,
    Statement,
    Status,
)
from whosays.rdf.terms import PROV, RDF_TYPE, WS

if TYPE_CHECKING:
    import pyoxigraph

_Values = Mapping[str, list[str]]
_TYPE = RDF_TYPE.strip("<>")


def statements(
    quads: Iterable[pyoxigraph.Quad], relations: Mapping[str, Relation]
) -> list[Statement]:
    """Read the statements back, sorted by id; ``said`` is left for the source to fill.

    Raises:
        RdfError: a statement lacks a part that each must have.
    """
    nodes = _nodes(quads)
    ids = {relation.iri: id for id, relation in relations.items()}
    found = [
        _statement(node, values, nodes, ids)
        for node, values in nodes.items()
        if f"{WS}Statement" in values.get(_TYPE, ())
    ]
    return sorted(found, key=lambda statement: statement.id)


def runs(quads: Iterable[pyoxigraph.Quad]) -> dict[str, Run]:
    """Read back how statements came about, by slug; lists come sorted."""
    return {
        (slug := _slug(node)): Run(
            slug=slug,
            tool=_maybe(values, "tool"),
            proposers=tuple(sorted(values.get("proposer", ()))),
            patterns=tuple(sorted(values.get("pattern", ()))),
            tier=_maybe(values, "tier"),
            decision=_maybe(values, "decision"),
            decided_by=_maybe(values, "decidedBy"),
            decided_on=_maybe(values, "decidedOn"),
            note=_maybe(values, "note"),
        )
        for node, values in sorted(_nodes(quads).items())
        if f"{WS}Run" in values.get(_TYPE, ())
    }


def _nodes(quads: Iterable[pyoxigraph.Quad]) -> dict[str, dict[str, list[str]]]:
    """Gather what each node has of our properties, values in the order they come."""
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        predicate = quad.predicate.value
        if predicate.startswith(WS) or predicate in _KEPT:
            value = cast("pyoxigraph.NamedNode | pyoxigraph.Literal", quad.object).value
            values = nodes[str(quad.subject).strip("<>")][predicate.removeprefix(WS)]
            if value not in values:
                values.append(value)
    return nodes


_KEPT = {_TYPE, f"{PROV}wasGeneratedBy"}


def _statement(
    node: str, values: _Values, nodes: Mapping[str, _Values], ids: Mapping[str, str]
) -> Statement:
    try:
        return Statement(
            id=_slug(node),
            subject=_slug(_one(values, "subject")),
            relation=ids[_one(values, "relation")],
            object=_slug(_one(values, "object")),
            source=_slug(_one(values, "source")),
            stance=Stance(_local(_one(values, "stance"))),
            chain=_chain(values, nodes),
            modality=Modality(_local(_one(values, "modality"))),
            locator=_maybe(values, "locator"),
            valid=_maybe(values, "valid"),
            place=tuple(sorted(_slug(place) for place in values.get("place", ()))),
            said_on=_maybe(values, "saidOn"),
            context=tuple(sorted(Context(text) for text in values.get("context", ()))),
            framing=_framing(values),
            confidence=float(_one(values, "confidence")),
            status=Status(_local(_one(values, "status"))),
            gist=_maybe(values, "gist"),
            note=_maybe(values, "note"),
            para_sha=_maybe(values, "paragraphHash"),
            run=_slug(_maybe(values, f"{PROV}wasGeneratedBy")),
            supersedes=tuple(
                sorted(_slug(old) for old in values.get("supersedes", ()))
            ),
            proposition=_slug(_one(values, "proposition")),
        )
    except (KeyError, IndexError, ValueError) as error:
        message = f"statement {_slug(node)} cannot be read: {error}"
        raise RdfError(message, hint="Export it again from its project") from error


def _chain(values: _Values, nodes: Mapping[str, _Values]) -> tuple[str, ...]:
    links = [nodes[attribution] for attribution in values.get("attribution", ())]
    if not links:
        return (_slug(_one(values, "voice")),)
    links.sort(key=lambda link: int(_one(link, "level")))
    return tuple(_slug(_one(link, "attributedTo")) for link in links)


def _framing(values: _Values) -> Framing | None:
    text = _local(_maybe(values, "framing")).removeprefix("framing-")
    return Framing(text) if text else None


def _one(values: _Values, property: str) -> str:
    return values[property][0]


def _maybe(values: _Values, property: str) -> str:
    return next(iter(values.get(property, ())), "")


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
