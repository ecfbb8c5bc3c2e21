"""The description of the data set that every RDF form carries (VoID and DCAT).

No wall-clock time: the same files give the same bytes. ``SOURCE_DATE_EPOCH`` may set a
date, as reproducible builds do.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from operator import itemgetter

from whosays.model import Collection
from whosays.rdf.blocks import Block, Pair
from whosays.rdf.terms import (
    DCAT,
    DCT,
    OWL,
    PROV,
    RDF_TYPE,
    SCHEMA,
    VOID,
    WS,
    Names,
    Quad,
    day,
    iri,
    literal,
    typed,
)

_LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


class Counted:
    """How many triples have which predicate, and how many things are of which class.

    A triple that stands in several graphs counts once.
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self._held: list[Sequence[Pair]] = []

    def add(self, block: Block) -> None:
        """Count a block, which says nothing that was counted before."""
        if block.again:
            return
        self._held.append(block.pairs)
        if len(self._held) >= _AT_ONCE:
            self.settle()

    def take(self, other: Counted) -> None:
        """Take over what was counted elsewhere, of other blocks."""
        other.settle()
        self.classes.update(other.classes)
        self.properties.update(other.properties)

    def settle(self) -> None:
        """Count what was only held: that is quicker for many pairs at once."""
        held, self._held = self._held, []
        self.properties.update(map(itemgetter(0), chain.from_iterable(held)))
        for pairs in held:
            for predicate, object, _ in pairs:
                if predicate != RDF_TYPE:
                    break  # classes stand first
                self.classes[object] += 1


_AT_ONCE = 1_000


def describe(collection: Collection, counted: Counted) -> Iterator[Quad]:
    """Describe the data set: title, licence, version, counts, hashes of its inputs."""
    counted.settle()
    names = Names(collection.settings.base)
    node = names.dataset
    for subject, predicate, object in (
        *_head(collection, node),
        *_inputs(collection, node, names),
        *_counts(node, names, counted),
    ):
        yield Quad(subject, predicate, object)


def _head(collection: Collection, node: str) -> Iterator[tuple[str, str, str]]:
    settings = collection.settings
    yield node, RDF_TYPE, f"<{VOID}Dataset>"
    yield node, RDF_TYPE, f"<{DCAT}Dataset>"
    yield node, f"<{DCT}title>", literal(settings.title, settings.language)
    yield node, f"<{VOID}vocabulary>", f"<{WS.rstrip('#')}>"
    if settings.licence:
        known = _LICENCES.get(settings.licence)
        licence = iri(known) if known else literal(settings.licence)
        yield node, f"<{DCT}license>", licence
    if settings.creator:
        yield node, f"<{DCT}creator>", literal(settings.creator)
    if settings.version:
        yield node, f"<{OWL}versionInfo>", literal(settings.version)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        modified = datetime.fromtimestamp(int(epoch), UTC).date()
        yield node, f"<{DCT}modified>", day(modified)


def _inputs(
    collection: Collection, node: str, names: Names
) -> Iterator[tuple[str, str, str]]:
    for path, sha256 in sorted(collection.inputs.items()):
        file = names.other("file", path)
        yield node, f"<{PROV}wasDerivedFrom>", file
        yield file, f"<{SCHEMA}name>", literal(path)
        yield file, f"<{SCHEMA}sha256>", literal(sha256)


def _counts(
    node: str, names: Names, counted: Counted
) -> Iterator[tuple[str, str, str]]:
    for kind, counter, key, amount in (
        ("class", counted.classes, f"<{VOID}class>", f"<{VOID}entities>"),
        ("property", counted.properties, f"<{VOID}property>", f"<{VOID}triples>"),
    ):
        for term, count in sorted(counter.items()):
            partition = names.other("dataset", f"{kind}.{_local(term)}")
            yield node, f"<{VOID}{kind}Partition>", partition
            yield partition, key, term
            yield partition, amount, typed(str(count), "integer")


def _local(term: str) -> str:
    """Name a term shortly; two vocabularies may share a local name, so both stay."""
    head, _, local = term.strip("<>").replace("#", "/").rpartition("/")
    return f"{head.rpartition('/')[2]}.{local}"
