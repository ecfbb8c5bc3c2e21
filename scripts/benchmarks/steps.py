"""Steps that are measured, each in a process of its own: ours, and what they stand beside.

A step does its work on a project folder and gives CPU seconds of the work alone, and
whatever else is worth knowing. The peak of memory is that of its process.
"""

from __future__ import annotations

import json
import resource
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from scripts.benchmarks import bounds, plain, wording
from whosays import asking, cache, rdf
from whosays.files import write_atomic
from whosays.kg import KG, load
from whosays.queries import bind, find
from whosays.queries.catalogue import read_query

QUADS = "quads.nq"
Facts = dict[str, float]


_LIMIT = [0.0]  # CPU seconds of a step; none for tests
_PATIENCE = 10.0  # CPU seconds that a question in rdflib may take
_LITTLE = 1.0  # of our queries, which are many


def _timed(work: Callable[[], Any], times: float = 1) -> Facts:
    return bounds.timed(work, _LIMIT[0] * times)


def _best(work: Callable[[], Any]) -> Facts:
    """Give the quickest of three times, or the first if that took a while."""
    runs = [_timed(work)]
    while len(runs) < 3 and runs[0]["seconds"] < 1:
        runs.append(_timed(work))
    return min(runs, key=lambda one: one["seconds"])


def _rdflib(work: Callable[[], Any], limit: float) -> float:
    """Give the CPU seconds of a query in rdflib, or its limit below zero."""
    try:
        with bounds.raising():
            return bounds.timed(work, limit)["seconds"]
    except bounds.TooLong:
        return -limit


def _size(path: Path) -> float:
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(one.stat().st_size for one in files) / 1e6


def build(folder: Path) -> Facts:
    """Check the tables, find the disputes and write both caches."""
    target = folder / "build"
    facts = _timed(lambda: cache.ready(folder, target, write=True), bounds.MAKING)
    return facts | {"disk": _size(target / "cache")}


def quads(folder: Path) -> Facts:
    """Write the quads of the project, which the limits below load."""
    content = load(folder)._content()
    data = rdf.nquads(content.collection, content.disputes, content.issues)
    (folder / QUADS).write_bytes(data)
    return {"quads": float(data.count(b"\n"))}


def bulk_disk(folder: Path) -> Facts:
    """Load ready quads into a store on disk: the limit of a build."""
    return _bulk(folder, str(folder / "raw"))


def bulk_memory(folder: Path) -> Facts:
    """Load ready quads into a store in memory."""
    return _bulk(folder, None)


def _bulk(folder: Path, target: str | None) -> Facts:
    from shutil import rmtree

    from pyoxigraph import RdfFormat, Store

    if target:
        rmtree(target, ignore_errors=True)
    store = Store(target) if target else Store()
    with (folder / QUADS).open("rb") as file:
        facts = _timed(lambda: store.bulk_load(file, RdfFormat.N_QUADS))
    if target:
        store.flush()
        facts["disk"] = _size(Path(target))
    return facts


def rdflib_quads(folder: Path) -> Facts:
    """Let rdflib read the same quads."""
    from rdflib import Dataset

    with (folder / QUADS).open("rb") as file:
        data = file.read()
    return _timed(lambda: Dataset().parse(data=data, format="nquads"))


def rdflib_rows(folder: Path) -> Facts:
    """Let rdflib hold five triples of each row, as somebody would write it."""
    import rdflib.plugins.sparql  # noqa: F401  (its loading is not measured)

    made: list[Any] = []
    facts = _timed(lambda: made.append(plain.graph_of(folder)))
    for name, text in plain.questions(busiest(folder)["actor"]).items():
        facts[name] = _rdflib(partial(plain.asked, made[0], text), _PATIENCE)
    return facts


def busiest(folder: Path) -> dict[str, Any]:
    """Name what is spoken of most: the hardest case of every question.

    Counted once for a project, as it takes longer than what it is asked for.
    """
    kept = folder / "busiest.json"
    if kept.exists():
        found: dict[str, Any] = json.loads(kept.read_bytes())
        return found
    statements = load(folder).collection.statements
    ends = Counter(end for one in statements for end in (one.subject, one.object))
    first = statements[0]
    sources = Counter(one.source for one in statements).most_common(2)
    found = {
        "actor": ends.most_common(1)[0][0],
        "source": sources[0][0],
        "other": sources[-1][0],
        "relation": Counter(one.relation for one in statements).most_common(1)[0][0],
        "stance": "denies",
        "int": 2014,
        "claim": [first.subject, first.relation, first.object],
    }
    write_atomic(kept, json.dumps(found))
    return found


def asked_for(folder: Path) -> dict[str, Any]:
    """Name what the commands are asked for."""
    given = busiest(folder)
    claim = zip(("subject", "relation", "object"), given["claim"], strict=True)
    return {**dict(claim), "actor": given["actor"]}


VERBS: Mapping[str, Callable[[KG, Mapping[str, Any]], Any]] = {
    "that": lambda kg, given: kg.that(*given["claim"]),
    "about": lambda kg, given: kg.about(given["actor"]),
    "by": lambda kg, given: kg.by(given["actor"]),
    "in": lambda kg, given: kg.within(given["source"]),
    "disputes": lambda kg, _: kg.widest(20),
    "disputes of an actor": lambda kg, given: kg.disputes(given["actor"]),
    "compare": lambda kg, given: kg.compare(given["source"], given["other"]),
}


def verb(folder: Path, *words: str) -> Facts:
    """Ask the library what a reading verb asks it, the project opened anew."""
    given = busiest(folder)
    ask = VERBS[" ".join(words)]
    return _best(lambda: ask(load(folder), given))


def view(folder: Path) -> Facts:
    """Write the page, with the places of all actors found anew, and then once more."""
    (folder / "build" / "layout.json").unlink(missing_ok=True)
    facts = _timed(lambda: load(folder).view())
    return facts | {"again": _timed(lambda: load(folder).view())["seconds"]}


def query(folder: Path, name: str) -> Facts:
    """Ask a named query of the store on disk, bound to what is spoken of most."""
    from pyoxigraph import QueryResultsFormat, Store

    kg = load(folder)
    text = asking.shown(kg.asked(), name, _bound(kg, name, busiest(folder)))
    store = Store.read_only(str(kg._built.quads))

    def ask() -> object:
        found: Any = store.query(text)
        return found.serialize(format=QueryResultsFormat.CSV)

    return _best(ask)


def worded(folder: Path, name: str, *whats: str) -> Facts:
    """Ask a named query of a store in memory, in our words and in others.

    Raises:
        ValueError: two wordings give different rows.
    """
    from pyoxigraph import QueryResultsFormat, RdfFormat, Store

    kg = load(folder)
    store = Store()
    with (folder / QUADS).open("rb") as file:
        store.bulk_load(file, RdfFormat.N_QUADS, lenient=True)
    values = _bound(kg, name, busiest(folder))
    ours = find(name, kg.path).text
    rows: dict[str, list[bytes]] = {}
    facts: Facts = {}

    def ask(what: str, text: str) -> None:
        found: Any = store.query(text)
        written = found.serialize(format=QueryResultsFormat.CSV)
        rows[what] = sorted(written.splitlines())

    for what, words in wording.texts(name, ours).items():
        if what in whats:
            bound = asking.shown(kg.asked(), _written(kg, name, words, values), {})
            facts[what] = _best(partial(ask, what, bound))["seconds"]
            if rows[what] != next(iter(rows.values())):
                raise ValueError(f"{name}: {what} gives other rows")
    return facts


def _written(kg: KG, name: str, words: str, values: Mapping[str, Any]) -> str:
    query = read_query(words.encode(), f"{name}.rq")
    return bind(query, values, kg._built.iri)


def rdflib_queries(folder: Path) -> Facts:
    """Ask rdflib's own engine the same queries of the same quads."""
    from rdflib import Dataset

    kg = load(folder)
    given = busiest(folder)
    data = Dataset(default_union=True)
    with (folder / QUADS).open("rb") as file:
        data.parse(file, format="nquads")
    facts: Facts = {}
    for name in kg.queries():
        text = asking.shown(kg.asked(), name, _bound(kg, name, given))
        facts[name] = _rdflib(partial(_rows, data, text), _LITTLE)
    return facts


def _rows(data: Any, text: str) -> int:  # noqa: ANN401
    return len(list(data.query(text)))


def _bound(kg: KG, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    params = find(name, kg.path).params
    also = {one.name: given[one.name] for one in params[1:] if one.name == "other"}
    return {one.name: given[one.type] for one in params[:1]} | also


def export(folder: Path, suffix: str) -> Facts:
    """Write everything to one file."""
    target = folder / f"out.{suffix}"
    kg = load(folder)
    return _timed(lambda: kg.export(target)) | {"disk": _size(target)}


def dump(folder: Path) -> Facts:
    """Let the engine write what it holds: the limit of an export."""
    from pyoxigraph import RdfFormat, Store

    store = Store.read_only(str(load(folder)._built.quads))
    target = folder / "dump.nq"
    with target.open("wb") as file:
        return _timed(lambda: store.dump(file, RdfFormat.N_QUADS))


def pyvis(folder: Path) -> Facts:
    """Draw everything with pyvis."""
    import pyvis.network  # noqa: F401  (its loading is not measured)

    target = folder / "pyvis.html"
    return _timed(lambda: plain.picture(folder, target)) | {"disk": _size(target)}


def main() -> None:
    """Do the step that is named within a limit, and print what it gave as JSON."""
    limit, name, folder, *more = sys.argv[1:]
    _LIMIT[0] = float(limit)
    facts = globals()[name](Path(folder), *more)
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    facts["memory"] = peak / (1_048_576 if sys.platform == "darwin" else 1_024)
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
