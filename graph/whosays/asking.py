"""Asking a project in SPARQL: named queries and free text.

Text that a person wrote is evaluated in a child process that can be ended; what the
engine complains of comes back with its place in the text.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from whosays import lookup, project, queries, rdf
from whosays import vocab as vocabularies
from whosays.errors import DataError, UsageError
from whosays.model import Collection
from whosays.store import (
    Result,
    evaluate,
    format_named,
    unknown_terms,
    with_prefixes,
)
from whosays.worker import Limits

if TYPE_CHECKING:
    from whosays.rows import Rows

STATEMENTS = (".csv", ".tsv")
"""Suffixes of statement tables among the files that a query is asked on."""

Parameters = Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked: a project's quads, or other files instead of them.

    ``collection`` is called only when names have to be understood. ``on`` are files
    read as the default graph, ``on_named`` as named graphs.
    """

    path: Path
    quads: Path | bytes
    collection: Callable[[], Collection]
    on: Sequence[Path] = ()
    on_named: Sequence[Path] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def instead(self) -> bool:
        """Tell whether other files are asked instead of the project."""
        return bool(self.on or self.on_named)


def rows(asked: Asked, text: str, parameters: Parameters) -> Rows:
    """Answer SELECT or ASK as typed rows; IRIs of the project show as slugs."""
    return shortened(asked, answer(asked, text, parameters, "", rows="json"))


def shortened(asked: Asked, result: Result) -> Rows:
    """Read an answer as rows in which the IRIs of the project show as slugs."""
    short = {
        space: "" if name in _OWN else f"{name}:"
        for name, space in _prefixes(asked).items()
    }
    return result.rows(short)


def shown(asked: Asked, text: str, parameters: Parameters) -> str:
    """Write a query out in full, prefixes included, so that it runs elsewhere."""
    return with_prefixes(written(asked, text, parameters), _prefixes(asked))


_OWN = ("actor", "src", "st", "prop", "rel")


def answer(
    asked: Asked,
    text: str,
    parameters: Parameters,
    format: str,
    *,
    rows: str = "csv",
    graph: str = "turtle",
) -> Result:
    """Answer any query, as bytes of a standard format.

    Without ``format`` SELECT and ASK come as ``rows``, the rest as ``graph``.

    Raises:
        UsageError: the format has no place for this kind of answer.
    """
    prefixes = _prefixes(asked)
    sparql = written(asked, text, parameters)
    chosen = format_named(format) if format else None
    if chosen is not None:
        rows, graph = (chosen.name, graph) if chosen.rows else (rows, chosen.name)
    with _inputs(asked) as (quads, files):
        result = evaluate(
            sparql,
            quads=quads,
            on=[str(file) for file in files],
            on_named=[str(file) for file in asked.on_named],
            prefixes=prefixes,
            limits=asked.limits,
            rows=rows,
            graph=graph,
        )
    if chosen is not None and result.format != chosen.name:
        kind = "a graph" if result.kind == "graph" else "rows"
        hint = "Use turtle, trig or jsonld" if kind == "a graph" else "Use csv or json"
        raise UsageError(f"the answer is {kind}: {chosen.title} cannot hold it", hint)
    return result


def named(asked: Asked, text: str) -> queries.NamedQuery | None:
    """Find the named query that a text is the name of, or None if it is SPARQL."""
    if any(mark in text for mark in "{}\n"):
        return None
    return queries.find(text.strip(), asked.path)


def written(asked: Asked, text: str, parameters: Parameters) -> str:
    """Write the SPARQL that will be evaluated, parameters bound."""
    query = named(asked, text)
    if query is None:
        if parameters:
            hint = "Give the name of a query, see: whosays query --list"
            raise UsageError("parameters belong to a named query", hint)
        return text
    return queries.bind(query, parameters, _understood(asked))


def explain_empty(asked: Asked, text: str) -> list[str]:
    """Name the terms of a query that nobody knows: they explain an empty answer."""
    collection = asked.collection()
    vocabulary = vocabularies.load(asked.path / "ontology")
    names = rdf.Names(collection.settings.base)
    known = set(vocabulary.terms)
    known.update(relation.iri for relation in collection.relations.values())
    known.update(names.actor(slug).strip("<>") for slug in collection.actors)
    known.update(names.source(slug).strip("<>") for slug in collection.sources)
    return [str(term) for term in unknown_terms(text, known, _prefixes(asked))]


def _prefixes(asked: Asked) -> dict[str, str]:
    return vocabularies.prefixes(asked.collection().settings.base)


def _understood(asked: Asked) -> Callable[[str, str], str]:
    """Make the function that turns a typed name into the IRI that it means."""

    def understand(kind: str, text: str) -> str:
        collection = asked.collection()
        names = rdf.Names(collection.settings.base)
        match kind:
            case "actor":
                return names.actor(lookup.actor(collection, text)).strip("<>")
            case "source":
                return names.source(lookup.source(collection, text)).strip("<>")
            case "relation":
                id, _ = lookup.relation(collection, text)
                return collection.relations[id].iri
            case "statement":
                return names.statement(text.removeprefix("st:")).strip("<>")
            case _:
                return text

    return understand


@contextmanager
def _inputs(asked: Asked) -> Iterator[tuple[Path | bytes | None, list[Path]]]:
    """Give what to load: the project's quads, or the files instead of them."""
    if not asked.instead:
        yield asked.quads, []
        return
    tables = [file for file in asked.on if file.suffix.lower() in STATEMENTS]
    files = [file for file in asked.on if file not in tables]
    yield (_tables_as_quads(asked.path, tables) if tables else None), files


def _tables_as_quads(path: Path, tables: Sequence[Path]) -> bytes:
    """Read statement tables with the actors and sources of the project."""
    with tempfile.TemporaryDirectory(prefix="whosays-") as folder:
        aside = Path(folder)
        for file in path.iterdir():
            if file.suffix in (".toml", ".csv"):
                shutil.copy(file, aside / file.name)
        if (path / "ontology").is_dir():
            shutil.copytree(path / "ontology", aside / "ontology")
        (aside / "statements").mkdir()
        for table in tables:
            shutil.copy(table, aside / "statements" / table.name)
        read = project.read(aside)
        if read.errors:
            raise DataError(read.errors)
        return rdf.nquads(read.collection)
