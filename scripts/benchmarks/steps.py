"""Steps that are measured, each in a process of its own: ours, and what they stand beside.

A step does its work on a project folder and gives CPU seconds of the work alone, and
whatever else is worth knowing. The peak of memory is that of its process.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

from scripts.benchmarks import bounds, plain, wording
from whosays import asking, building, cache, paging, project
from whosays.files import write_atomic
from whosays.kg import KG, load
from whosays.queries import bind, find
from whosays.queries.catalogue import read_query

QUADS = "quads.nq"
Facts = dict[str, float]


_LIMIT = [0.0]  # CPU seconds of a step; none for tests
HALF = 0.5  # of it for rdflib to read the quads
QUERY = 1 / 6  # of it for a named query on disk, and for a question in rdflib
_WORDING = 1 / 12  # of it for a query in memory, in each of its wordings
_LITTLE = 1 / 60  # of it for each of our queries in rdflib, which are many
_SLOW = 1.0  # CPU seconds from which on a question is asked once
_RUNS = 5


def _timed(work: Callable[[], Any], times: float = 1) -> Facts:
    return bounds.timed(work, _LIMIT[0] * times)


def _middle(work: Callable[[], Any], times: float = 1) -> Facts:
    """Give the median of five times, or the first if that took a while."""
    runs = [_timed(work, times)]
    while len(runs) < _RUNS and runs[0]["seconds"] < _SLOW:
        runs.append(_timed(work, times))
    return {fact: median(one[fact] for one in runs) for fact in runs[0]}


def _rdflib(work: Callable[[], Any], times: float) -> float:
    """Give the CPU seconds of a query in rdflib, or its limit below zero."""
    limit = _LIMIT[0] * times
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
    tables, count = load(folder)._built.index, 0
    with (folder / QUADS).open("wb") as file:
        for piece in building.quads(project.read(folder), tables):
            file.write(piece)
            count += piece.count(b"\n")
    return {"quads": float(count)}


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
    return _timed(lambda: Dataset().parse(data=data, format="nquads"), HALF)


def rdflib_rows(folder: Path, *known: str) -> Facts:
    """Let rdflib hold five triples of each row, as somebody would write it.

    Two questions are asked of them, but those whose answer is ``known`` to take long.
    """
    import rdflib.plugins.sparql  # noqa: F401  (its loading is not measured)

    made: list[Any] = []
    facts = _timed(lambda: made.append(plain.graph_of(folder)))
    for name, text in plain.questions(busiest(folder)["actor"]).items():
        if name not in known:
            facts[name] = _rdflib(partial(plain.asked, made[0], text), QUERY)
    return facts


def slow(facts: Facts) -> list[str]:
    """Name the questions in rdflib that need not be asked again."""
    return [
        name for name in ("about", "disputes") if not 0 <= facts.get(name, 0.0) < _SLOW
    ]


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
        "ordinary": ends.most_common()[len(ends) // 2][0],
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
    return {
        **dict(claim),
        **{what: given[what] for what in ("actor", "ordinary", "source")},
    }


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
    return _middle(lambda: ask(load(folder), given))


def view(folder: Path) -> Facts:
    """Write the page, with the places of all actors found anew, and then once more."""
    (folder / "build" / "layout.json").unlink(missing_ok=True)
    facts = _timed(lambda: load(folder).view())
    return facts | {"again": _timed(lambda: load(folder).view())["seconds"]}


def query(folder: Path, name: str) -> Facts:
    """Ask a named query of the store on disk, bound to what is spoken of most."""
    from pyoxigraph import QueryResultsFormat, Store

    kg = load(folder)
    asked = kg.asked()._replace(by_page=True)  # as the command and the service ask
    text = asking.shown(asked, name, _bound(kg, name, busiest(folder)))
    store = Store.read_only(str(kg._built.quads))

    def ask() -> object:
        found: Any = store.query(text)
        return found.serialize(format=QueryResultsFormat.CSV)

    return _middle(ask, QUERY)


def worded(folder: Path) -> dict[str, Facts]:
    """Ask named queries of a store in memory, in our words and in others.

    The quads are loaded once; each wording is asked in a copy of this process, which
    can be ended while the engine works.

    Raises:
        ValueError: two wordings give different rows.
    """
    from pyoxigraph import RdfFormat, Store

    kg = load(folder)
    store = Store()
    with (folder / QUADS).open("rb") as file:
        store.bulk_load(file, RdfFormat.N_QUADS, lenient=True)
    found: dict[str, Facts] = {}
    for name in wording.others():
        values = _bound(kg, name, busiest(folder))
        rows: set[str] = set()
        facts = found[f"worded {name}"] = {}
        for what, words in wording.texts(name, find(name, kg.path).text).items():
            written = _written(kg, name, paging.whole(words), values)
            text = asking.shown(kg.asked(), written, {})
            told = _copied(partial(_asked, store, text))
            facts[what] = told.get("seconds", -_LIMIT[0] * _WORDING)
            rows |= {*told.get("rows", ())}
            if len(rows) > 1:
                raise ValueError(f"{name}: {what} gives other rows")
    return found


def _asked(store: Any, text: str) -> dict[str, Any]:  # noqa: ANN401
    """Time a query, and sum its rows up whatever their order."""
    from pyoxigraph import QueryResultsFormat

    rows: list[list[bytes]] = []

    def ask() -> None:
        written = store.query(text).serialize(format=QueryResultsFormat.CSV)
        rows.append(sorted(written.splitlines()))

    facts = _middle(ask, _WORDING)
    return {**facts, "rows": [sha256(b"\n".join(rows[0])).hexdigest()]}


def _copied(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do work in a copy of this process and give what it gives; nothing if it is ended.

    A copy holds what is loaded already, and has no threads of the engine.
    """
    there, here = os.pipe()
    copy = os.fork()
    if not copy:
        code = 1
        try:
            with os.fdopen(here, "w") as told:
                json.dump(work(), told)
            code = 0
        finally:
            os._exit(code)
    os.close(here)
    with os.fdopen(there) as told:
        text = told.read()
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    if code and not bounds.ended(code):
        raise ChildProcessError(f"the copy ended with {code}")
    found: dict[str, Any] = json.loads(text or "{}")
    return found


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
        asked = kg.asked()._replace(by_page=True)
        text = asking.shown(asked, name, _bound(kg, name, given))
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
