"""Questions and files of others: evaluated and read in a process that can be killed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeGuard

from whosays import worker
from whosays.errors import QueryError
from whosays.namespaces import prefixes as builtin_prefixes
from whosays.store.results import Result

# The guard and what explains errors are imported where they are needed: a short
# question costs less than loading them.

_HARMLESS = 300  # characters; see _is_harmless
_EXAMPLE = "An example: SELECT * { ?s ?p ?o } LIMIT 10"


def evaluate(
    text: str | bytes,
    *,
    quads: Path | bytes | None = None,
    on: Iterable[str] = (),
    on_named: Iterable[str] = (),
    prefixes: Mapping[str, str] | None = None,
    base: str = "",
    rows: str = "json",
    graph: str = "turtle",
    union: bool = False,
    allow_service: Collection[str] = (),
    limits: worker.Limits | None = None,
) -> Result:
    """Answer a query in a killable child.

    Args:
        text: SPARQL, by anyone.
        quads: N-Quads that whosays wrote, to be asked with or without other files,
            or a store on disk, which can only be asked alone.
        on: RDF files by anyone, loaded into the default graph; what TriG, N-Quads
            and JSON-LD put into named graphs stays there.
        on_named: The same, triples going into a graph named by the file's address.
        prefixes: Declared in advance; the text may declare them anew.
        base: What relative IRIs of text and files refer to.
        rows: Format of SELECT and ASK.
        graph: Format of CONSTRUCT and DESCRIBE.
        union: Read all graphs as the default graph.
        allow_service: Hosts that SERVICE may name in this one query.
        limits: Of time, memory and size.

    Raises:
        QueryError: The text is refused, with line, column and a hint.
        RdfError: A file is refused; nothing of it was taken.
        LimitReached: Time, memory or size ended it.
    """
    question = prepared(
        text,
        prefixes=prefixes,
        base=base,
        rows=rows,
        graph=graph,
        union=union,
        allow_service=allow_service,
    )
    job = question.job._replace(inputs=_foreign(on, on_named, base))
    with _as_file(quads) as path:
        if path:
            form = "store" if Path(path).is_dir() else "nquads"
            own = worker.Input(path=path, format=form, trusted=True)
            job = job._replace(inputs=(own, *job.inputs))
        try:
            outcome = worker.run(job, limits)
        except QueryError as problem:
            raise question.readable(problem) from problem
    return Result(
        kind=outcome.kind,
        format=outcome.format,
        content=outcome.content,
        variables=outcome.variables,
    )


class Prepared(NamedTuple):
    """A text by anyone that has passed the guard, ready for a child; see `prepared`."""

    job: worker.Job
    text: str | bytes
    graphs: Mapping[str, int]

    def readable(self, problem: QueryError) -> QueryError:
        """Say what the engine complained of in words that name the place."""
        return _readable(problem, self.text, self.graphs, self.job.prefixes)


def prepared(
    text: str | bytes,
    *,
    prefixes: Mapping[str, str] | None = None,
    base: str = "",
    rows: str = "json",
    graph: str = "turtle",
    union: bool = False,
    allow_service: Collection[str] = (),
) -> Prepared:
    """Guard a text and write the job for whoever evaluates it; see `evaluate`.

    Raises:
        QueryError: The text is refused, with line, column and a hint.
    """
    given = builtin_prefixes() if prefixes is None else prefixes
    if not text:  # a job without a query would write out all quads
        raise QueryError("the query is empty", 1, 1, _EXAMPLE)
    named: Mapping[str, int] = {}
    if _is_harmless(text):
        guarded = text
    else:
        guarded, named = _guarded(text, allow_service, given)
    job = worker.Job(
        query=guarded,
        prefixes=given,
        base=base,
        union=union,
        rows=rows,
        graph=graph,
        given=tuple(named),
        network=bool(allow_service),
    )
    return Prepared(job, text, named)


def _is_harmless(text: str | bytes) -> TypeGuard[str]:
    """Tell whether a text is too short to reach a limit and names nothing outside.

    The least limit of the guard is a hundred open square brackets; the others need
    more characters than this.
    """
    if not isinstance(text, str) or len(text) > _HARMLESS or not text.isascii():
        return False
    folded = text.lower()
    return (
        not any(word in folded for word in ("service", "from", "\\", "\x00"))
        and sum(folded.count(bracket) for bracket in "([{") < 100
    )


def _guarded(
    text: str | bytes, allow_service: Collection[str], given: Mapping[str, str]
) -> tuple[str, Mapping[str, int]]:
    """Give the text for the engine, and the graphs that it names."""
    from whosays import guard
    from whosays.store.vocabulary import graphs_named

    return guard.check_query(text, allow_service), graphs_named(_plain(text), given)


def _plain(text: str | bytes) -> str:
    plain = text.decode("utf-8") if isinstance(text, bytes) else text
    return plain.removeprefix("\ufeff")


def _readable(
    problem: QueryError,
    text: str | bytes,
    named: Mapping[str, int],
    given: Mapping[str, str],
) -> QueryError:
    """Say what the engine complained of in words that name the place."""
    from whosays import guard
    from whosays.store.complaints import explain
    from whosays.store.vocabulary import no_graph

    plain = _plain(text)
    if problem.code == "WS703" and problem.message in named:
        return no_graph(plain, named[problem.message], problem.message)
    if problem.code != "WS702":
        return problem
    try:
        guard.check_query(text)
    except QueryError as refusal:
        return refusal
    return explain(plain, problem.message, given)


def read_rdf(
    path: str, *, base: str = "", graph: str = "", limits: worker.Limits | None = None
) -> bytes:
    """Read a file by anyone into N-Quads; triple terms of RDF 1.2 are refused.

    Raises:
        RdfError: The file is refused, with line and column; nothing of it was taken.
        LimitReached: Time, memory or size ended it.
    """
    from whosays.store.formats import format_of

    source = worker.Input(
        path=path, format=format_of(path).name, graph=graph, base=base
    )
    return worker.run(worker.Job(inputs=(source,), terms=False), limits).content


def _foreign(
    on: Iterable[str], on_named: Iterable[str], base: str
) -> tuple[worker.Input, ...]:
    from whosays.store.formats import format_of

    default = [
        worker.Input(path=path, format=format_of(path).name, base=base) for path in on
    ]
    named = [
        worker.Input(
            path=path,
            format=format_of(path).name,
            base=base,
            graph=Path(path).absolute().as_uri(),
        )
        for path in on_named
    ]
    return (*default, *named)


@contextmanager
def _as_file(quads: Path | bytes | None) -> Iterator[str]:
    """Give the path of quads; those in memory are put into a temporary file."""
    if not isinstance(quads, bytes):
        yield str(quads) if quads else ""
        return
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(suffix=".nq") as file:
        file.write(quads)
        file.flush()
        yield file.name
