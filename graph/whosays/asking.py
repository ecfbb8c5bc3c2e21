"""Asking a project in SPARQL: named queries and free text.

Text that a person wrote is evaluated in a child process that can be ended; what the
engine complains of comes back with its place in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from whosays import paging
from whosays.errors import DataError, UsageError
from whosays.lookup import demand
from whosays.namespaces import prefixes as builtin_prefixes
from whosays.paging import Page

if TYPE_CHECKING:
    from whosays.model import Collection
    from whosays.queries import NamedQuery
    from whosays.rows import Rows
    from whosays.store import Result
    from whosays.worker import Limits

# Modules are imported where they are needed: a named query on a fresh cache should cost
# little more than its evaluation.

STATEMENTS = (".csv", ".tsv")
"""Suffixes of statement tables among the files that a query is asked on."""

Parameters = Mapping[str, str | int]

_ROWS = ("csv", "tsv", "json", "xml")

_SMALL = 8 * 1024**2
"""Bytes of a store, some two thousand statements, on which our own queries are quick."""

_QUERIES = Path(__file__).parent / "queries"


def _nothing_known(kind: str, id: str) -> str:
    return ""


class Asked(NamedTuple):
    """What is asked: a project's quads, or other files instead of them.

    ``known`` gives the IRI of a kind and an exact id, or an empty text; ``collection``
    is called only when names have to be understood. ``on`` are files read as the
    default graph, ``on_named`` as named graphs. ``endpoint`` is the address of a
    server that is asked instead; ``default_graph`` is what it reads as default graph.
    ``allow_service`` lists hosts that SERVICE may name. ``by_page`` is for whoever can
    say that rows follow: a query that may list everything then gives a page.
    """

    path: Path
    quads: Path | bytes
    base: str
    collection: Callable[[], Collection]
    known: Callable[[str, str], str] = _nothing_known
    on: Sequence[Path] = ()
    on_named: Sequence[Path] = ()
    limits: Limits | None = None
    endpoint: str = ""
    default_graph: str = ""
    allow_service: Sequence[str] = ()
    by_page: bool = False

    @property
    def instead(self) -> bool:
        """Tell whether others are asked instead of the project."""
        return bool(self.on or self.on_named or self.endpoint)

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that a query need not declare."""
        return builtin_prefixes(self.base)


def rows(asked: Asked, text: str, parameters: Parameters) -> Rows:
    """Answer SELECT or ASK as typed rows; IRIs of the project show as slugs."""
    return shortened(asked, answer(asked, text, parameters, "", rows="json"))


def shortened(asked: Asked, result: Result) -> Rows:
    """Read an answer as rows in which the IRIs of the project show as slugs."""
    short = {
        space: "" if name in _OWN else f"{name}:"
        for name, space in asked.prefixes.items()
    }
    return result.rows(short)


def shown(asked: Asked, text: str, parameters: Parameters) -> str:
    """Write a query out in full, prefixes included, so that it runs elsewhere."""
    from whosays.store import with_prefixes

    return with_prefixes(written(asked, text, parameters), asked.prefixes)


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
    if format in _ROWS:
        rows = format
    elif format:
        from whosays.store import format_named

        chosen = format_named(format)
        format = chosen.name
        rows, graph = (format, graph) if chosen.rows else (rows, format)
    demand("query", text)
    ready = "" if asked.instead else ours(asked, text)
    if ready and parameters:  # values are checked terms, so it stays a text of ours
        page, ready = _paged(asked, text, parameters)
    elif ready:
        page = paging.asked({}, ready, bounded=asked.by_page)
        ready = paging.cut(ready, page, inside=True)
    else:
        page, sparql = _paged(asked, text, parameters)
    if ready and isinstance(asked.quads, Path):
        result = _own(asked, asked.quads, ready, rows, graph)
    else:
        result = _any(asked, ready or sparql, rows, graph)
    if page.limit and result.kind == "select":
        result = result._replace(next=page.next(result.content, result.format))
    if format and result.format != format:
        kind = "a graph" if result.kind == "graph" else "rows"
        hint = "Use turtle, trig or jsonld" if kind == "a graph" else "Use csv or json"
        raise UsageError(f"the answer is {kind}: {format} cannot hold it", hint)
    return result


def _any(asked: Asked, sparql: str, rows: str, graph: str) -> Result:
    """Evaluate a text by anyone."""
    if asked.endpoint:
        return _elsewhere(asked, sparql, rows, graph)
    from whosays.store import evaluate

    with _inputs(asked) as (quads, files):
        return evaluate(
            sparql,
            quads=quads,
            on=[str(file) for file in files],
            on_named=[str(file) for file in asked.on_named],
            prefixes=asked.prefixes,
            limits=asked.limits,
            allow_service=asked.allow_service,
            rows=rows,
            graph=graph,
        )


def _elsewhere(asked: Asked, sparql: str, rows: str, graph: str) -> Result:
    """Ask a server, which knows none of our prefixes."""
    if asked.on or asked.on_named or asked.allow_service:
        hint = "Leave --on, --on-named and --allow-service out"
        raise UsageError("a server is asked about its own data", hint)
    from whosays.store import ask_endpoint, with_prefixes

    text = with_prefixes(sparql, asked.prefixes)
    added = text.removesuffix(sparql).replace("\n", " ")  # lines keep their numbers
    return ask_endpoint(
        asked.endpoint,
        added + sparql,
        default_graph=asked.default_graph,
        prefixes=asked.prefixes,
        rows=rows,
        graph=graph,
        limits=asked.limits,
    )


def ours(asked: Asked, name: str) -> str:
    """Give the text of a query of this package, if the name is one's and only that.

    Nobody has to look for slips of the pen in it.
    """
    if not name.replace("-", "").isalnum() or not name.isascii():
        return ""
    if (asked.path / "queries" / f"{name}.rq").exists():
        return ""
    try:
        return (_QUERIES / f"{name}.rq").read_text("utf-8")
    except OSError:
        return ""


def _own(asked: Asked, store: Path, text: str, rows: str, graph: str) -> Result:
    """Evaluate a text of ours, which needs no guard.

    On a small store it ends at once, so it runs here; on a large one, or with limits,
    it runs where it can be ended.
    """
    from whosays.store import Result, ask_folder

    small = sum(file.stat().st_size for file in store.iterdir()) < _SMALL
    if small and asked.limits is None:
        return ask_folder(store, text, asked.prefixes, rows, graph)
    from whosays import worker

    job = worker.Job(
        inputs=(worker.Input(path=str(store), format="store", trusted=True),),
        query=text,
        prefixes=asked.prefixes,
        rows=rows,
        graph=graph,
    )
    outcome = worker.run(job, asked.limits)
    return Result(
        kind=outcome.kind,
        format=outcome.format,
        content=outcome.content,
        variables=outcome.variables,
    )


def named(asked: Asked, text: str) -> NamedQuery | None:
    """Find the named query that a text is the name of, or None if it is SPARQL."""
    if is_sparql(text):
        return None
    from whosays import queries

    return queries.find(text.strip(), asked.path)


def is_sparql(text: str) -> bool:
    """Tell a query from the name of one: a name has no blank, brace or colon."""
    return any(mark in text.strip() for mark in "{}<: \t\r\n")


def written(asked: Asked, text: str, parameters: Parameters) -> str:
    """Write the SPARQL that will be evaluated, parameters bound."""
    return _paged(asked, text, parameters)[1]


def page(asked: Asked, text: str, parameters: Parameters) -> Page:
    """Read which page of the rows is wanted.

    ``limit`` and ``offset`` stand among the parameters, unless a query has such ones.
    """
    return _parted(asked, named(asked, text), parameters)[0]


def _parted(
    asked: Asked, query: NamedQuery | None, parameters: Parameters
) -> tuple[Page, Parameters]:
    """Part what asks for a page from the parameters of the query."""
    if query is None:
        if parameters:
            hint = "Give the name of a query, see: whosays query --list"
            if set(parameters) <= set(paging.WORDS):
                hint = "Write LIMIT and OFFSET into the SPARQL"
            raise UsageError("parameters belong to a named query", hint)
        return Page(), parameters
    own = [key for key in paging.WORDS if query.param(key) is None]
    rest = {key: value for key, value in parameters.items() if key not in own}
    given = {key: parameters[key] for key in own if key in parameters}
    return paging.asked(given, query.text, bounded=asked.by_page), rest


def _paged(asked: Asked, text: str, parameters: Parameters) -> tuple[Page, str]:
    """Tell which page is wanted, and write the SPARQL for it."""
    query = named(asked, text)
    wanted, values = _parted(asked, query, parameters)
    if query is None:
        return wanted, text
    from whosays import queries

    # Others' graphs may have two labels where ours have one: those are cut at the end.
    words = paging.cut(query.text, wanted, inside=not asked.instead)
    return wanted, queries.bind(query, values, _understood(asked), words)


def explain_empty(asked: Asked, text: str) -> list[str]:
    """Name the terms of a query that nobody knows: they explain an empty answer."""
    from whosays import rdf, vocab
    from whosays.store import unknown_terms

    collection = asked.collection()
    vocabulary = vocab.load(asked.path / "ontology")
    names = rdf.Names(collection.settings.base)
    known = set(vocabulary.terms)
    known.update(relation.iri for relation in collection.relations.values())
    known.update(names.actor(slug).strip("<>") for slug in collection.actors)
    known.update(names.source(slug).strip("<>") for slug in collection.sources)
    return [str(term) for term in unknown_terms(text, known, asked.prefixes)]


def _understood(asked: Asked) -> Callable[[str, str], str]:
    """Make the function that turns a typed name into the IRI that it means."""

    def understand(kind: str, text: str) -> str:
        exact = asked.known(kind, text)
        if exact:
            return exact
        from whosays import lookup, rdf

        collection = asked.collection()
        names = rdf.Names(collection.settings.base)
        match kind:
            case "actor":
                return names.actor(lookup.actor(collection, text)).strip("<>")
            case "source":
                return names.source(lookup.source(collection, text)).strip("<>")
            case "relation":
                id, inverted = lookup.relation(collection, text)
                if inverted:
                    hint = f"Give {id} and change the two ends round"
                    raise UsageError(f"“{text}” is {id} the other way round", hint)
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
    from dataclasses import replace

    from whosays import cache
    from whosays.project.loose import with_tables

    with with_tables(path, tables) as (folder, names):
        try:
            return cache.ready(folder, None).nquads()
        except DataError as error:
            found = (
                replace(one, table=str(names.get(one.table, one.table)))
                for one in error.problems
            )
            raise DataError([*found]) from None
