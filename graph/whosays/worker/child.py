"""The child process of ``worker``: a script that imports the engine and little else.

It runs with ``-I -S``, reads its order from stdin, writes the result to stdout and
its report to stderr, in lines that begin with NUL so that they cannot be mistaken for
the engine's complaints. After the data are open it may open nothing any more, so a
query that slipped past the guard finds no socket either.

Its package loads slowly, so other modules of it are imported only where they are needed.
"""

from __future__ import annotations

import marshal
import os
import sys
from errno import EFBIG
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs more than importing the engine
    from typing import Any

    from whosays.worker.refusals import Complaint

_OPENED_AT_ONCE = 16  # tables of a store, by RocksDB
_SPARE = 16  # places between what is open already


class Refused(Exception):
    """Ends the work with a report."""

    def __init__(self, state: str, message: str, **facts: Any) -> None:  # noqa: ANN401
        """Keep the report."""
        super().__init__(message)
        self.report = {"state": state, "message": message, **facts}


def main() -> None:
    """Carry out the order on stdin."""
    order = marshal.loads(sys.stdin.buffer.read())
    sys.path[:] = order["path"]
    set_limits(order["limits"])
    try:
        report = work(order)
    except Refused as refused:
        report = refused.report
    except MemoryError:
        report = {"state": "limit", "message": "memory", "what": "memory"}
    except OSError as problem:
        if "Corruption" in str(problem):
            report = damaged(problem).report
        else:
            state = "limit" if problem.errno == EFBIG else "outside"
            report = {"state": state, "message": str(problem), "what": "output"}
    say("report", marshal.dumps(report).hex())
    sys.stderr.flush()
    os._exit(0)  # freeing a large store takes longer than the answer


def say(kind: str, text: str) -> None:
    """Write a line to the parent."""
    os.write(2, b"\n\0" + f"{kind} {text}\n".encode())


def set_limits(limits: dict[str, Any]) -> None:
    """Limit what this process may use, as far as the system can."""
    try:
        import resource
    except ImportError:  # Windows: only the parent's clock
        return
    seconds = int(limits["seconds"]) + 5  # for a child whose parent was killed
    memory = {} if sys.platform == "darwin" else {resource.RLIMIT_AS: limits["memory"]}
    wanted = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: seconds, **memory}
    wanted[resource.RLIMIT_FSIZE] = limits["output"]
    for kind, most in wanted.items():  # whoever started us may allow less; -1 is all
        allowed = resource.getrlimit(kind)[1] % (1 << 64)
        resource.setrlimit(kind, (min(most, allowed),) * 2)


def close_the_door(store: str = "") -> None:
    """Let no file and no socket be opened from now on.

    Tables that the engine opens later, for which it would try for ever, get places.
    """
    try:
        import resource
    except ImportError:
        return
    tables = sum(one.endswith(".sst") for one in os.listdir(store)) if store else 0
    most = 0
    if tables > _OPENED_AT_ONCE:
        os.close(free := os.dup(2))
        allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = min(free + tables + _SPARE, allowed)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def work(order: dict[str, Any]) -> dict[str, Any]:
    """Load, evaluate and write; return the report."""
    import pyoxigraph

    opened = ""
    if order["inputs"] and order["inputs"][0]["format"] == "store":
        opened = order["inputs"][0]["path"]
        store = open_store(opened)
        order["inputs"] = order["inputs"][1:]
    else:
        store = pyoxigraph.Store()
    for number, given in enumerate(order["inputs"]):
        say("phase", f"load {number}")
        load(store, given, order["limits"])
    if not order["terms"]:
        refuse_terms(store, order)
    if order["limits"]["rows"]:  # from here on this script is that module too
        sys.modules["whosays.worker.child"] = sys.modules[__name__]
        from whosays.worker import counting  # noqa: F401
    if not order["network"]:
        close_the_door(opened)
    refuse_unknown_graphs(store, order["given"])
    say("phase", "query")
    output: Any = CountingOutput()
    if order["query"]:
        facts = evaluate(store, order, output)
    else:
        store.dump(output, rdf_format(order["graph"]))
        facts = {"kind": "quads", "format": order["graph"], "variables": []}
    sys.stdout.buffer.flush()
    done = {"state": "done", "length": output.length, "checksum": output.checksum}
    return done | facts


def open_store(path: str) -> Any:  # noqa: ANN401
    """Open a store on disk for reading; nothing can be loaded into it."""
    import pyoxigraph

    try:
        return pyoxigraph.Store.read_only(path)
    except (OSError, ValueError, RuntimeError) as problem:
        raise damaged(problem) from problem


def damaged(problem: Exception) -> Refused:
    """Say that the store on disk is not as it was written."""
    return Refused(
        "outside",
        f"the store is damaged: {problem}",
        hint="Delete the folder build/cache: it is built again",
    )


class CountingOutput:
    """A binary file over stdout that counts and sums up what it is given.

    The sum tells a cut or mixed-up result; a cryptographic hash would say no more here
    and takes longer to load than a small question to answer.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.length = 0
        self.checksum = 0

    def write(self, data: bytes) -> int:
        """Pass the data on."""
        self.checksum = crc32(data, self.checksum)
        self.length += len(data)
        return sys.stdout.buffer.write(data)

    def flush(self) -> None:
        """Pass the wish on."""
        sys.stdout.buffer.flush()


def evaluate(store: Any, order: dict[str, Any], output: Any) -> dict[str, Any]:  # noqa: ANN401
    """Run the query and write its result natively."""
    import pyoxigraph

    try:
        answer = store.query(
            order["query"],
            base_iri=order["base"] or None,
            prefixes=order["prefixes"],
            use_default_graph_as_union=order["union"],
            **data_set(order),
        )
    except (SyntaxError, ValueError, RuntimeError) as problem:
        raise refused_query(problem) from problem
    most = order["limits"]["rows"]
    try:
        if isinstance(answer, pyoxigraph.QueryTriples):
            write_graph(answer, order, output)
            return {"kind": "graph", "format": order["graph"], "variables": []}
        if most and isinstance(answer, pyoxigraph.QuerySolutions):
            from whosays.worker.counting import CountedRows

            output = CountedRows(output, order["rows"], most)
        answer.serialize(output, results_format(order["rows"]))
    except (SyntaxError, ValueError, RuntimeError) as problem:
        raise refused_query(problem) from problem
    if isinstance(answer, pyoxigraph.QuerySolutions):
        variables = [variable.value for variable in answer.variables]
        return {"kind": "select", "format": order["rows"], "variables": variables}
    return {"kind": "ask", "format": order["rows"], "variables": []}


def refuse_unknown_graphs(store: Any, given: tuple[str, ...]) -> None:  # noqa: ANN401
    """Refuse the first of the graphs that is not there or cannot be named."""
    import pyoxigraph

    for name in given:
        try:
            found = store.contains_named_graph(pyoxigraph.NamedNode(name))
        except ValueError:  # no IRI
            found = False
        if not found:
            raise Refused("graph", name)


def data_set(order: dict[str, Any]) -> dict[str, Any]:
    """Give the engine the data set that stands in for the query's own, if any."""
    import pyoxigraph

    default, named = order["default_graphs"], order["named_graphs"]
    if default is None and named is None:
        return {}
    node = pyoxigraph.NamedNode
    return {
        "default_graph": [
            node(name) if name else pyoxigraph.DefaultGraph() for name in default or ()
        ],
        "named_graphs": [node(name) for name in named or ()],
    }


def refused_query(problem: Exception) -> Refused:
    """Tell a query that is refused from a store that cannot be read."""
    if isinstance(problem, RuntimeError) and "Corruption" in str(problem):
        return damaged(problem)
    return Refused("query", str(problem))


def write_graph(answer: Any, order: dict[str, Any], output: Any) -> None:  # noqa: ANN401
    """Write triples, with prefixes where the format has them."""
    import pyoxigraph

    if order["limits"]["rows"]:
        from whosays.worker.counting import counted

        answer = counted(answer, order["limits"]["rows"])
    if order["graph"] in ("turtle", "trig", "n3", "rdfxml"):
        pyoxigraph.serialize(
            answer, output, rdf_format(order["graph"]), prefixes=order["prefixes"]
        )
    else:
        pyoxigraph.serialize(answer, output, rdf_format(order["graph"]))


def rdf_format(name: str) -> Any:  # noqa: ANN401
    """Find the engine's object for a short name."""
    import pyoxigraph

    formats = pyoxigraph.RdfFormat
    return {
        "turtle": formats.TURTLE,
        "ntriples": formats.N_TRIPLES,
        "nquads": formats.N_QUADS,
        "trig": formats.TRIG,
        "rdfxml": formats.RDF_XML,
        "jsonld": formats.JSON_LD,
        "n3": formats.N3,
    }[name]


def results_format(name: str) -> Any:  # noqa: ANN401
    """Find the engine's object for a short name."""
    import pyoxigraph

    formats = pyoxigraph.QueryResultsFormat
    return {
        "json": formats.JSON,
        "xml": formats.XML,
        "csv": formats.CSV,
        "tsv": formats.TSV,
    }[name]


def load(store: Any, given: dict[str, Any], limits: dict[str, Any]) -> None:  # noqa: ANN401
    """Load one file, the default graph or a named one."""
    import pyoxigraph

    if given["trusted"]:
        store.bulk_load(
            path=given["path"], format=rdf_format(given["format"]), lenient=True
        )
        return
    with open(given["path"], "rb") as file:
        data = file.read()
    data = read_text(data, given)
    base = given["base"] or None
    graph = pyoxigraph.NamedNode(given["graph"]) if given["graph"] else None
    form = rdf_format(given["format"])
    try:
        if given["format"] == "jsonld" and not base:
            from whosays.worker import jsonld

            complaint = jsonld.load_without_base(store, data, form, graph)
            if complaint is not None:
                raise rdf_refused(given, complaint)
        else:
            store.bulk_load(data, form, base_iri=base, to_graph=graph)
        if len(data) > limits["literal"]:
            refuse_long_literals(store, given, limits)
    except MemoryError as problem:
        raise long_literal(given, limits) from problem
    except (SyntaxError, ValueError) as problem:
        from whosays.worker import refusals

        complaint = refusals.complaint(problem, data, given["format"])
        raise rdf_refused(given, complaint) from problem


def long_literal(given: dict[str, Any], limits: dict[str, Any]) -> Refused:
    """Say what a MemoryError of the parser means."""
    message = (
        "it does not fit into memory, or a literal is longer than "
        f"{limits['literal']:,} bytes"
    )
    hint = "Put long texts into files of their own"
    return rdf_refused(given, (message, None, None, hint))


def refuse_long_literals(
    store: Any,  # noqa: ANN401
    given: dict[str, Any],
    limits: dict[str, Any],
) -> None:
    """Hold all formats to the limit that only some parsers keep."""
    if store.query(
        "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } "
        f"FILTER (STRLEN(STR(?o)) > {int(limits['literal'])}) }}"
    ):
        raise long_literal(given, limits)


def read_text(data: bytes, given: dict[str, Any]) -> bytes:
    """Strip a BOM; refuse what is no UTF-8 and, before any parser sees it, a DTD."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        from whosays.worker import refusals

        complaint = refusals.not_utf8(data, problem.start)
        raise rdf_refused(given, complaint) from problem
    if given["format"] == "rdfxml":
        for mark in (b"<!DOCTYPE", b"<!ENTITY"):
            if (start := data.find(mark)) >= 0:
                from whosays.worker import refusals

                complaint = refusals.document_type(data, mark, start)
                raise rdf_refused(given, complaint)
    return data


def refuse_terms(store: Any, order: dict[str, Any]) -> None:  # noqa: ANN401
    """Refuse triple terms of RDF 1.2."""
    if store.query(
        "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER isTriple(?o) }"
    ):
        message = "it holds triple terms of RDF 1.2, which cannot be taken over"
        hint = "Export it as RDF 1.1 first"
        raise rdf_refused(order["inputs"][0], (message, None, None, hint))


def rdf_refused(given: dict[str, Any], complaint: Complaint) -> Refused:
    """Make the report about a file."""
    message, line, column, hint = complaint
    return Refused(
        "rdf", message, path=given["path"], line=line, column=column, hint=hint
    )


if __name__ == "__main__":
    main()
