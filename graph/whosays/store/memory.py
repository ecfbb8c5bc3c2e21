"""Quads in memory, with SPARQL by Oxigraph and an rdflib view of the same store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from whosays import guard
from whosays.errors import QueryError, RdfError, UsageError
from whosays.namespaces import prefixes as builtin_prefixes
from whosays.store.complaints import explain
from whosays.store.formats import FORMATS
from whosays.store.results import Result
from whosays.store.vocabulary import graphs_named, no_graph

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import QueryResultsFormat, RdfFormat


class Store:
    """Quads in memory.

    ``query`` runs in this process and cannot be stopped, so it is for texts of ours;
    what others wrote goes through ``evaluate``.
    """

    def __init__(
        self, nquads: bytes = b"", *, prefixes: Mapping[str, str] | None = None
    ) -> None:
        """Load N-Quads that whosays wrote; ``prefixes`` are given to every query."""
        import pyoxigraph

        self._store: pyoxigraph.Store = pyoxigraph.Store()
        self.prefixes = dict(builtin_prefixes() if prefixes is None else prefixes)
        if nquads:
            self._store.bulk_load(nquads, pyoxigraph.RdfFormat.N_QUADS, lenient=True)

    @classmethod
    def memory(
        cls, nquads: bytes = b"", *, prefixes: Mapping[str, str] | None = None
    ) -> Store:
        """Make a store in memory."""
        return cls(nquads, prefixes=prefixes)

    def __len__(self) -> int:
        """Count the quads."""
        return len(self._store)

    def load(self, data: bytes, format: str = "nquads", *, graph: str = "") -> None:
        """Load RDF of ours; triples go into the default or the named graph."""
        import pyoxigraph

        target = pyoxigraph.NamedNode(graph) if graph else None
        data = data.removeprefix(b"\xef\xbb\xbf")
        try:
            self._store.load(data, rdf_format(format), to_graph=target)
        except SyntaxError as problem:
            raise RdfError(
                str(problem.msg), "", problem.lineno, problem.offset
            ) from problem
        except ValueError as problem:
            raise RdfError(str(problem)) from problem

    def query(
        self,
        text: str,
        *,
        rows: str = "json",
        graph: str = "turtle",
        union: bool = False,
        allow_service: Collection[str] = (),
    ) -> Result:
        """Answer a query.

        ``rows`` is the format for SELECT and ASK, ``graph`` for CONSTRUCT and
        DESCRIBE; ``union`` reads all graphs as the default graph.

        Raises:
            QueryError: The text is refused, with line, column and a hint.
        """
        import pyoxigraph

        guarded = guard.check_query(text, allow_service)
        self._check_graphs(text)
        try:
            answer = self._store.query(
                guarded, prefixes=self.prefixes, use_default_graph_as_union=union
            )
            if isinstance(answer, pyoxigraph.QueryTriples):
                written = pyoxigraph.serialize(
                    answer, None, rdf_format(graph), prefixes=self._prefixes_for(graph)
                )
                return Result(kind="graph", format=graph, content=written or b"")
            content = answer.serialize(None, results_format(rows)) or b""
        except SyntaxError as problem:
            raise explain(text, str(problem), self.prefixes) from problem
        except (OSError, ValueError, RuntimeError) as problem:
            raise QueryError(f"the engine refused this: {problem}") from problem
        if isinstance(answer, pyoxigraph.QuerySolutions):
            variables = tuple(variable.value for variable in answer.variables)
            return Result(
                kind="select", format=rows, content=content, variables=variables
            )
        return Result(kind="ask", format=rows, content=content)

    def dump(self, format: str = "nquads") -> bytes:
        """Write all quads; a format without graph names gets the default graph."""
        import pyoxigraph

        source = None if FORMATS[format].graphs else pyoxigraph.DefaultGraph()
        return (
            self._store.dump(
                format=rdf_format(format),
                from_graph=source,
                prefixes=self._prefixes_for(format),
            )
            or b""
        )

    def dataset(self) -> rdflib.Dataset:
        """Show the store as an rdflib Dataset.

        Its ``query`` is guarded and answered by Oxigraph, never by rdflib's own
        evaluator; ``update`` is refused, since the files are the truth.
        """
        import rdflib

        backend = _guarded_backend(self._store)
        dataset = rdflib.Dataset(store=backend)
        for prefix, namespace in self.prefixes.items():
            dataset.bind(prefix, namespace, replace=True)
        return dataset

    def close(self) -> None:
        """Let the quads go."""
        import pyoxigraph

        self._store = pyoxigraph.Store()

    def _prefixes_for(self, format: str) -> dict[str, str] | None:
        return self.prefixes if format in ("turtle", "trig", "rdfxml") else None

    def _check_graphs(self, text: str) -> None:
        import pyoxigraph

        for iri, start in graphs_named(text, self.prefixes).items():
            if not self._store.contains_named_graph(pyoxigraph.NamedNode(iri)):
                raise no_graph(text, start, iri)


def to_nquads(data: bytes, format: str = "turtle", *, path: str = "") -> bytes:
    """Turn RDF of ours into N-Quads lines; triples go into the default graph.

    Raises:
        RdfError: The data are broken, with line and column.
    """
    import pyoxigraph

    try:
        quads = pyoxigraph.parse(
            data.removeprefix(b"\xef\xbb\xbf"),
            rdf_format(format),
            rename_blank_nodes=True,
        )
        return pyoxigraph.serialize(quads, None, rdf_format("nquads")) or b""
    except SyntaxError as problem:
        raise RdfError(
            str(problem.msg), path, problem.lineno, problem.offset
        ) from problem


def rdf_format(name: str) -> RdfFormat:
    """Find the engine's object for a format."""
    from pyoxigraph import RdfFormat

    found = RdfFormat.from_media_type(FORMATS[name].media_type)
    if found is None:
        raise UsageError(f"{FORMATS[name].title} is no format of RDF")
    return found


def results_format(name: str) -> QueryResultsFormat:
    """Find the engine's object for a format."""
    from pyoxigraph import QueryResultsFormat

    found = QueryResultsFormat.from_media_type(FORMATS[name].media_type)
    if found is None:
        raise UsageError(f"{FORMATS[name].title} is no format of rows")
    return found


def _guarded_backend(store: Any) -> Any:  # noqa: ANN401
    """Make an oxrdflib store that guards what it is asked.

    oxrdflib says NotImplementedError where it cannot answer, and rdflib then falls
    back to its own evaluator: both ways are closed here.
    """
    from oxrdflib import OxigraphStore

    class GuardedStore(OxigraphStore):
        def query(self, query: Any, *given: Any, **options: Any) -> Any:  # noqa: ANN401
            if not isinstance(query, str):
                raise UsageError("a prepared query cannot be asked; give its text")
            guarded = guard.check_query(query)
            try:
                return super().query(guarded, *given, **options)
            except NotImplementedError as problem:
                raise UsageError(str(problem)) from problem
            except SyntaxError as problem:
                prefixes = dict(self.namespaces())
                raise explain(query, str(problem), prefixes) from problem

        def update(self, *given: Any, **options: Any) -> None:  # noqa: ANN401
            raise UsageError(
                "the store is a copy and takes no updates",
                hint="Change the project's tables and build again",
            )

    return GuardedStore(store=store)
