"""A project on a SPARQL server: each graph is replaced whole, and counted at the end.

Sending is idempotent and can be stopped at any moment: a journal in the build folder
knows which graphs are there as they are now, and the same command goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.errors import OutsideError, UsageError
from whosays.push.graphs import DEFAULT, Graph, bundled, parted
from whosays.push.journal import Journal
from whosays.push.server import GraphStore, Updates, counts, keeps_default_graph
from whosays.remote import Remote, checked, shown
from whosays.store.dialects import queries_beside

if TYPE_CHECKING:
    from whosays.kg import KG

_RESUME = "The same command goes on where it stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What was done, or would be: graphs in all, sent and deleted ones, triples in all.

    ``queries`` is where the server takes queries; ``default_graph`` names the graph
    that holds what has no graph here, empty if the server keeps that apart.
    """

    graphs: int
    triples: int
    sent: tuple[str, ...]
    deleted: tuple[str, ...]
    queries: str
    default_graph: str = ""


def push(
    kg: KG,
    url: str,
    *,
    queries: str = "",
    update: bool = False,
    default_graph: str = "",
    force: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
    remote: Remote | None = None,
) -> Pushed:
    """Make the graphs on a server equal to those of a project.

    Args:
        kg: The project.
        url: The server's graph store, or with ``update`` its address for updates.
        queries: Where it takes queries; guessed from ``url`` if it is not said.
        update: Use SPARQL Update instead of the Graph Store Protocol.
        default_graph: Where to put what has no graph here; without it the server's
            default graph, or a graph of ours where a server has none.
        force: Replace a default graph that was not sent from here.
        dry_run: Send nothing and ask nothing; say what would be sent.
        progress: Told how many graphs of how many are done.
        remote: What sends; by default with the credentials of the environment.

    Raises:
        UsageError: an address is none.
        OutsideError: the server fails (WS903), or holds something else at the end;
            what has been sent stays sent.
    """
    checked(url)
    queries = queries or queries_beside(url)
    checked(queries)
    remote = remote or Remote()
    base = kg.asked().prefixes["g"]
    default_graph = _iri(default_graph)
    if not (default_graph or dry_run or keeps_default_graph(url, remote)):
        default_graph = f"{base}default"
    graphs = [_placed(graph, default_graph) for graph in parted(_quads(kg))]
    journal = Journal(kg.build_dir, url)
    names = {graph.name for graph in graphs}
    stale = [name for name in journal.names if name not in names]
    if dry_run:
        changed = [graph for graph in graphs if not journal.has(graph)]
    else:
        there = counts(queries, names, remote)
        changed = [
            graph
            for graph in graphs
            if not (journal.has(graph) and there[graph.name] == graph.size)
        ]
        if not force:
            _check_own(changed, there, journal, base)
        target = (Updates if update else GraphStore)(url, remote)
        _send(target, changed, stale, journal, progress)
        _compare(graphs, stale, queries, remote)
    return Pushed(
        graphs=len(graphs),
        triples=sum(graph.size for graph in graphs),
        sent=tuple(graph.name for graph in changed),
        deleted=tuple(stale),
        queries=queries,
        default_graph=default_graph,
    )


def _send(
    target: GraphStore | Updates,
    changed: list[Graph],
    stale: list[str],
    journal: Journal,
    progress: Callable[[int, int], None] | None,
) -> None:
    total = len(changed) + len(stale)
    try:
        done = 0
        for bundle in bundled(changed):
            sent: list[Graph] = []
            journal.begin(bundle)  # it is written whole: not for each of thousands
            try:
                for graph in bundle:
                    if progress is not None:
                        progress(done, total)
                    target.replace(graph, graph.name)
                    sent.append(graph)
                    done += 1
            finally:
                journal.finish(sent)
        for done, name in enumerate(stale, len(changed)):
            if progress is not None:
                progress(done, total)
            target.delete(name)
            journal.forget(name)
    except OutsideError as error:
        if error.hint != _RESUME:
            error.hint = f"{error.hint}. {_RESUME}".removeprefix(". ")
        raise
    if progress is not None:
        progress(total, total)


def _compare(
    graphs: list[Graph], stale: list[str], queries: str, remote: Remote
) -> None:
    """Count what is there now: a server may say yes and do nothing."""
    wanted = {graph.name: graph.size for graph in graphs} | dict.fromkeys(stale, 0)
    there = counts(queries, wanted, remote)
    wrong = [name for name, size in wanted.items() if there[name] != size]
    if wrong:
        name = wrong[0]
        shown_name = f"graph {name}" if name else "its default graph"
        more = f", and {len(wrong) - 1} more graphs differ" if wrong[1:] else ""
        raise OutsideError(
            f"{shown(queries)} holds {there[name]:,} triples in {shown_name} and "
            f"should hold {wanted[name]:,}{more}",
            _RESUME,
            "WS903",
        )


def _check_own(
    changed: list[Graph], there: dict[str, int], journal: Journal, base: str
) -> None:
    """Replace no graph of somebody else: only ours have names that begin with ours."""
    for graph in changed:
        strange = not graph.name.startswith(base) and not journal.knows(graph.name)
        if strange and there[graph.name] not in (0, graph.size):
            name = f"graph {graph.name}" if graph.name else "default graph"
            raise OutsideError(
                f"its {name} holds {there[graph.name]:,} triples that were not sent "
                "from here",
                "Put ours elsewhere: --default-graph IRI; or replace them: --force",
                "WS903",
            )


def _placed(graph: Graph, default_graph: str) -> Graph:
    return replace(graph, name=default_graph) if graph.name == DEFAULT else graph


def _quads(kg: KG) -> bytes:
    from whosays.store import read_folder

    quads = kg.asked().quads
    return read_folder(quads) if isinstance(quads, Path) else quads


def _iri(text: str) -> str:
    if text and (":" not in text or set(text) & set(' <>"{}|\\^`\n\r\t')):
        hint = "Write it in full: https://example.org/graph/default"
        raise UsageError(f"“{text}” is no name of a graph", hint)
    return text
