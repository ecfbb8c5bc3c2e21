"""Triples of the vocabulary, core or a project's, → relations and controlled values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from whosays.errors import OntologyError
from whosays.matching import nearest
from whosays.model import Ends, Incompatibility, Relation, Strength
from whosays.namespaces import DENIED, RDF, REL, SAID, SKOS, WIKIDATA, WS
from whosays.vocab.drafts import (
    Draft,
    Fault,
    collisions,
    define,
)
from whosays.vocab.naming import in_order, settle_names
from whosays.vocab.vocabulary import Term, Vocabulary

TYPE = f"{RDF}type"
LABEL = f"{SKOS}prefLabel"
ALIAS = f"{SKOS}altLabel"
DEFINITION = f"{SKOS}definition"

# column of relations.csv: predicate
_TEXTS = {
    "label": LABEL,
    "inverse_label": f"{WS}inverseLabel",
    "definition": DEFINITION,
}
_CELLS = {
    "symmetric": f"{WS}symmetric",
    "family": f"{WS}family",
    "polarity": f"{WS}polarity",
    "rolls_up_subject": f"{WS}rollsUpSubject",
    "rolls_up_object": f"{WS}rollsUpObject",
    "object_kind": f"{WS}objectKind",
    "plover": f"{WS}plover",
    "misp": f"{WS}misp",
}
_LINKS = {
    "narrower_than": f"{WS}narrowerThan",
    "incompatible_with": f"{WS}incompatibleWith",
    "tension_with": f"{WS}tension",
}

# field of Vocabulary: class, prefix of the local names
_LISTS = {
    "stances": ("Stance", ""),
    "modalities": ("Modality", ""),
    "moods": ("Mood", ""),
    "statuses": ("Status", ""),
    "framings": ("Framing", "framing-"),
    "actor_types": ("ActorType", "type-"),
    "name_kinds": ("NameKind", "name-"),
    "dispute_kinds": ("DisputeKind", "dispute-"),
    "contexts": ("Context", "context-"),
}
_CLOSED = {f"{WS}{name}" for name, _prefix in _LISTS.values()}
_OURS = (WS, REL, SAID, DENIED)


class Value(NamedTuple):
    """An object of a triple: IRI or literal; ``lang`` is empty for neither."""

    text: str
    lang: str = ""
    is_iri: bool = False


Triple = tuple[str, str, Value]
Nodes = Mapping[str, Mapping[str, Sequence[Value]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A Turtle file: how it is called in messages, its text, prefixes and triples."""

    name: str
    text: str
    prefixes: Mapping[str, str]
    triples: Sequence[Triple]

    def short(self, iri: str) -> str:
        """Write a term as in the file, ``hb:blocks``."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return f"<{iri}>"

    def line(self, iri: str) -> int | None:
        """Find the line where a term is described, or else first mentioned."""
        term = rf"(?:{re.escape(self.short(iri))}|<{re.escape(iri)}>)(?![\w-])"
        match = re.search(rf"^[ \t]*{term}", self.text, re.MULTILINE)
        match = match or re.search(term, self.text)
        return self.text.count("\n", 0, match.start()) + 1 if match else None

    def error(
        self, iri: str, message: str, hint: str = "", code: str = "WS601"
    ) -> OntologyError:
        """Make the exception that names file and line of a term."""
        return OntologyError(message, self.name, self.line(iri), hint, code)


def core(file: File) -> Vocabulary:
    """Read our own vocabulary.

    Raises:
        OntologyError: The file contradicts itself.
    """
    nodes = _nodes(file.triples)
    terms = frozenset(iri for iri in nodes if iri.startswith(_OURS))
    _refuse_unknown(file, terms)
    members: dict[str, list[str]] = {}
    for iri, node in nodes.items():
        for value in node.get(TYPE, ()):
            members.setdefault(value.text, []).append(iri)
    lists = {
        field: _terms(nodes, members.get(WS + kind, ()), WS + prefix)
        for field, (kind, prefix) in _LISTS.items()
    }
    empty = Vocabulary(
        relations={},
        incompatibilities=(),
        stances=lists["stances"],
        modalities=lists["modalities"],
        moods=lists["moods"],
        statuses=lists["statuses"],
        framings=lists["framings"],
        actor_types=lists["actor_types"],
        name_kinds=lists["name_kinds"],
        dispute_kinds=lists["dispute_kinds"],
        contexts=lists["contexts"],
        terms=terms,
    )
    return _joined(empty, file, nodes)


def extend(vocabulary: Vocabulary, file: File) -> Vocabulary:
    """Add the relations of a project's Turtle file.

    A project may add relations under its own base, aliases to ours, and what collides
    with what. Anything in our namespaces that we do not declare is refused; what has
    nothing to do with relations is listed in ``ignored``.

    Raises:
        OntologyError: The file contradicts itself or the vocabulary.
    """
    _refuse_unknown(file, vocabulary.terms)
    nodes = _nodes(file.triples)
    for iri, node in nodes.items():
        if iri.startswith(_OURS) and set(node) - {ALIAS}:
            raise file.error(
                iri,
                f"{file.short(iri)} belongs to the core: a project can only add "
                "skos:altLabel to it",
                "Describe a new term under the base of the project",
                "WS606",
            )
        closed = _types(node) & _CLOSED
        if closed:
            name = closed.pop().removeprefix(WS)
            raise file.error(
                iri,
                f"{file.short(iri)} is a new ws:{name}: that list is closed, a project "
                "can only add relations",
            )
    return _joined(vocabulary, file, nodes)


def _nodes(triples: Iterable[Triple]) -> dict[str, dict[str, list[Value]]]:
    nodes: dict[str, dict[str, list[Value]]] = {}
    for subject, predicate, value in triples:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return nodes


def _types(node: Mapping[str, Sequence[Value]]) -> set[str]:
    return {value.text for value in node.get(TYPE, ())}


def _refuse_unknown(file: File, terms: frozenset[str]) -> None:
    for subject, predicate, value in file.triples:
        used = (subject, predicate, value.text if value.is_iri else "")
        for iri in used:
            if iri.startswith(_OURS) and iri not in terms and iri not in _OURS:
                near = nearest(iri, terms, 0.8)
                raise file.error(
                    iri,
                    f"{file.short(iri)} is not in the vocabulary",
                    f"Did you mean: {file.short(near)}" if near else "",
                    "WS607",
                )


def _terms(nodes: Nodes, iris: Iterable[str], prefix: str) -> dict[str, Term]:
    terms = (
        Term(
            id=iri.removeprefix(prefix),
            iri=iri,
            label=next(_english(nodes[iri].get(LABEL, ())), ""),
            definition=next(_english(nodes[iri].get(DEFINITION, ())), ""),
        )
        for iri in iris
    )
    return {term.id: term for term in terms}


def _english(values: Sequence[Value]) -> Iterator[str]:
    """Yield texts in English first, then those without a language, then the rest."""
    rank = {"en": 0, "": 1}
    for value in sorted(values, key=lambda value: rank.get(value.lang, 2)):
        yield value.text


def _joined(vocabulary: Vocabulary, file: File, nodes: Nodes) -> Vocabulary:
    known = dict(vocabulary.relations)
    ids = {relation.iri: relation.id for relation in known.values()}
    fresh = {
        iri: node
        for iri, node in nodes.items()
        if f"{WS}Relation" in _types(node) and iri not in ids
    }
    drafts = [_draft(file, iri, node, ids, fresh) for iri, node in fresh.items()]
    iris = {draft.id: draft.iri for draft in drafts}
    faults: list[Fault] = []
    for iri, node in nodes.items():
        if iri in ids and ALIAS in node:
            iris.setdefault(ids[iri], iri)
            known[ids[iri]], found = _with_aliases(node, known, ids[iri])
            faults += found
    added, found = define(drafts, known)
    faults += found
    relations, found = settle_names(added, known, {})
    faults += found
    ids |= {draft.iri: draft.id for draft in drafts}
    named = tuple(_named_pairs(file, nodes, ids))
    pairs, found = collisions([d for d in drafts if d.id in relations], relations)
    _raise(file, [*faults, *found], iris)
    covered = {frozenset((row.first, row.second)) for row in named}
    told = tuple(p for p in pairs if frozenset((p.first, p.second)) not in covered)
    return replace(
        vocabulary,
        relations=in_order(relations, (*known, *iris)),
        incompatibilities=(*vocabulary.incompatibilities, *named, *told),
        terms=vocabulary.terms | fresh.keys(),
        ignored=(*vocabulary.ignored, *_ignored(file, nodes)),
    )


def _draft(
    file: File,
    iri: str,
    node: Mapping[str, Sequence[Value]],
    ids: Mapping[str, str],
    fresh: Mapping[str, object],
) -> Draft:
    head, _, id = iri.rpartition("/")
    if not head.endswith("/rel"):
        raise file.error(
            iri,
            f"{file.short(iri)} is a relation outside a rel/ namespace",
            "Write it as <base>rel/<id>, with the base of whosays.toml",
        )
    cells: dict[str, list[str]] = {
        column: [value.text for value in node.get(predicate, ())]
        for column, predicate in _CELLS.items()
    }
    for column, predicate in _TEXTS.items():
        cells[column] = list(_english(node.get(predicate, ())))[:1]
    cells["aliases"] = [value.text for value in node.get(ALIAS, ())]
    for column, predicate in _LINKS.items():
        cells[column] = [
            _local(file, value.text, ids, fresh) for value in node.get(predicate, ())
        ]
    cells["wikidata"] = [
        value.text.removeprefix(WIKIDATA)
        for value in node.get(f"{SKOS}closeMatch", ())
        if value.text.startswith(WIKIDATA)
    ]
    return Draft(id=id, iri=iri, index=-1, cells=cells)


def _local(
    file: File, iri: str, ids: Mapping[str, str], fresh: Mapping[str, object]
) -> str:
    """Name a relation by id; one that is not defined by what the file calls it."""
    if iri in ids:
        return ids[iri]
    return iri.rpartition("/")[2] if iri in fresh else file.short(iri)


def _with_aliases(
    node: Mapping[str, Sequence[Value]], known: Mapping[str, Relation], id: str
) -> tuple[Relation, list[Fault]]:
    """Add names to a known relation; each must be new or already its own."""
    rest = {other: relation for other, relation in known.items() if other != id}
    more = tuple(value.text for value in node[ALIAS])
    whole = replace(known[id], aliases=(*known[id].aliases, *more), narrower_than="")
    joined, faults = settle_names({id: whole}, rest, {})
    return replace(known[id], aliases=joined[id].aliases), faults


def _named_pairs(
    file: File, nodes: Nodes, ids: Mapping[str, str]
) -> Iterator[Incompatibility]:
    for iri, node in nodes.items():
        if f"{WS}Incompatibility" not in _types(node):
            continue
        cells: dict[str, str] = {}
        for name in ("first", "second", "ends", "strength"):
            values = node.get(WS + name, ())
            if len(values) != 1:
                raise file.error(iri, f"{file.short(iri)} needs exactly one ws:{name}")
            cells[name] = values[0].text
        for name in ("first", "second"):
            if cells[name] not in ids:
                other = file.short(cells[name])
                raise file.error(iri, f"{file.short(iri)}: {other} is not defined")
        for name, allowed in (("ends", list(Ends)), ("strength", list(Strength))):
            if cells[name] not in allowed:
                listed = ", ".join(allowed)
                said = f"{file.short(iri)}: “{cells[name]}” is not a ws:{name}"
                raise file.error(iri, said, f"Use one of: {listed}")
        yield Incompatibility(
            first=ids[cells["first"]],
            second=ids[cells["second"]],
            ends=Ends(cells["ends"]),
            strength=Strength(cells["strength"]),
        )


def _ignored(file: File, nodes: Nodes) -> Iterator[str]:
    """Name what is neither ours nor a relation, pair or edge; outside readers see it."""
    for iri, node in nodes.items():
        types = {kind.removeprefix(WS) for kind in _types(node)}
        ours = iri.startswith(_OURS) or iri == WS.rstrip("#")
        part = types & {"Relation", "Incompatibility"} or f"{WS}edgeStance" in node
        if not ours and not part:
            line = file.line(iri)
            place = f"{file.name}:{line}" if line else file.name
            yield f"{place}: {file.short(iri)}"


def _raise(file: File, faults: Iterable[Fault], iris: Mapping[str, str]) -> None:
    """Raise for the first fault, the others beside it; terms as the file writes them.

    Raises:
        OntologyError: there is a fault.
    """
    errors = []
    for fault in faults:
        iri = iris.get(fault.relation, "")
        message = fault.text
        if message.startswith(f"{fault.relation} "):
            message = file.short(iri) + message.removeprefix(fault.relation)
        hint = f"Did you mean: {fault.fix}" if fault.fix else ""
        errors.append(file.error(iri, message, hint, fault.code))
    if errors:
        errors[0].others = tuple(errors[1:])
        raise errors[0]
