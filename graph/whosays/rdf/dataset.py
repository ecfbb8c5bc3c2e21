"""The description of the data set that every RDF form carries (VoID and DCAT).

No wall-clock time: the same files give the same bytes. ``SOURCE_DATE_EPOCH`` may set a
date, as reproducible builds do.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from whosays.model import Collection
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


def describe(collection: Collection, quads: Iterable[Quad]) -> Iterator[Quad]:
    """Describe the data set: title, licence, version, counts, hashes of its inputs."""
    names = Names(collection.settings.base)
    node = names.dataset
    for subject, predicate, object in (
        *_head(collection, node),
        *_inputs(collection, node, names),
        *_counts(node, names, quads),
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
    node: str, names: Names, quads: Iterable[Quad]
) -> Iterator[tuple[str, str, str]]:
    triples = {quad[:3] for quad in quads}  # whatever graph they are in
    classes = Counter(o for _, p, o in triples if p == RDF_TYPE)
    properties = Counter(p for _, p, _ in triples)
    for kind, counter, key, amount in (
        ("class", classes, f"<{VOID}class>", f"<{VOID}entities>"),
        ("property", properties, f"<{VOID}property>", f"<{VOID}triples>"),
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
