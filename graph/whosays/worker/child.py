"""The child process of ``worker``: a script that imports the engine and little else.

It runs with ``-I -S``, reads its order from stdin, writes the result to stdout and
its report to stderr, in lines that begin with NUL so that they cannot be mistaken for
the engine's complaints. After the data are open it may open nothing any more, so a
query that slipped past the guard finds no socket either.
"""

from __future__ import annotations

import marshal
import os
import sys
from errno import EFBIG

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing costs more than importing the engine
    from typing import Any

NO_BASE = "no-base://whosays/"  # stands for a missing base where the parser is silent


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
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["output"], limits["output"]))
    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))


def close_the_door() -> None:
    """Let no file and no socket be opened from now on."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def work(order: dict[str, Any]) -> dict[str, Any]:
    """Load, evaluate and write; return the report."""
    from hashlib import sha256

    import pyoxigraph

    first = order["inputs"][:1]
    if first and first[0]["format"] == "store":
        store = open_store(first[0]["path"])
        order["inputs"] = order["inputs"][1:]
    else:
        store = pyoxigraph.Store()
    for number, given in enumerate(order["inputs"]):
        say("phase", f"load {number}")
        load(store, given, order["limits"])
    if not order["terms"]:
        refuse_terms(store, order)
    if not order["network"]:
        close_the_door()
    for name in order["given"]:
        if not store.contains_named_graph(pyoxigraph.NamedNode(name)):
            raise Refused("graph", name)
    say("phase", "query")
    output: Any = HashingOutput(sha256())
    if order["query"]:
        facts = evaluate(store, order, output)
    else:
        store.dump(output, rdf_format(order["graph"]))
        facts = {"kind": "quads", "format": order["graph"], "variables": []}
    sys.stdout.buffer.flush()
    done = {"state": "done", "length": output.length, "hash": output.hash.hexdigest()}
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


class HashingOutput:
    """A binary file over stdout that counts and hashes what it is given."""

    def __init__(self, hash_: Any) -> None:  # noqa: ANN401
        """Start empty."""
        self.hash = hash_
        self.length = 0

    def write(self, data: bytes) -> int:
        """Pass the data on."""
        self.hash.update(data)
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
        )
    except (SyntaxError, ValueError, RuntimeError) as problem:
        raise refused_query(problem) from problem
    try:
        if isinstance(answer, pyoxigraph.QueryTriples):
            write_graph(answer, order, output)
            return {"kind": "graph", "format": order["graph"], "variables": []}
        answer.serialize(output, results_format(order["rows"]))
    except (SyntaxError, ValueError, RuntimeError) as problem:
        raise refused_query(problem) from problem
    if isinstance(answer, pyoxigraph.QuerySolutions):
        variables = [variable.value for variable in answer.variables]
        return {"kind": "select", "format": order["rows"], "variables": variables}
    return {"kind": "ask", "format": order["rows"], "variables": []}


def refused_query(problem: Exception) -> Refused:
    """Tell a query that is refused from a store that cannot be read."""
    if isinstance(problem, RuntimeError) and "Corruption" in str(problem):
        return damaged(problem)
    return Refused("query", str(problem))


def write_graph(answer: Any, order: dict[str, Any], output: Any) -> None:  # noqa: ANN401
    """Write triples, with prefixes where the format has them."""
    import pyoxigraph

    if order["graph"] in ("turtle", "trig", "n3", "rdfxml"):
        pyoxigraph.serialize(
            answer, output, rdf_format(order["graph"]), prefixes=order["prefixes"]
        )
    else:
        answer.serialize(output, rdf_format(order["graph"]))


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
            load_without_base(store, data, form, graph, given)
        else:
            store.bulk_load(data, form, base_iri=base, to_graph=graph)
        if len(data) > limits["literal"]:
            refuse_long_literals(store, given, limits)
    except MemoryError as problem:
        raise long_literal(given, limits) from problem
    except (SyntaxError, ValueError) as problem:
        raise refusal(problem, data, given) from problem


def long_literal(given: dict[str, Any], limits: dict[str, Any]) -> Refused:
    """Say what a MemoryError of the parser means."""
    return rdf_refused(
        given,
        f"it does not fit into memory, or a literal is longer than "
        f"{limits['literal']:,} bytes",
        hint="Put long texts into files of their own",
    )


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
        line, column = line_and_column(data, problem.start)
        raise rdf_refused(
            given,
            f"byte 0x{data[problem.start]:02x} is not UTF-8",
            line,
            column,
            "Save the file as UTF-8",
        ) from problem
    if given["format"] == "rdfxml":
        for mark in (b"<!DOCTYPE", b"<!ENTITY"):
            if (start := data.find(mark)) >= 0:
                line, column = line_and_column(data, start)
                raise rdf_refused(
                    given,
                    f"{mark.decode()} is refused: no DTD and no entity is read",
                    line,
                    column,
                    "Write the names in full and leave the DOCTYPE out",
                )
    return data


def load_without_base(
    store: Any,  # noqa: ANN401
    data: bytes,
    form: Any,  # noqa: ANN401
    graph: Any,  # noqa: ANN401
    given: dict[str, Any],
) -> None:
    """Load JSON-LD, whose parser drops relative IRIs without a word."""
    import pyoxigraph

    quads = list(
        pyoxigraph.parse(data, form, base_iri=NO_BASE, rename_blank_nodes=True)
    )
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            value = str(getattr(term, "value", ""))
            if value.startswith(NO_BASE) and not isinstance(term, pyoxigraph.Literal):
                raise no_base(value[len(NO_BASE) :], data, given)
    if graph is not None:
        default = pyoxigraph.DefaultGraph()
        quads = [
            pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, graph)
            if quad.graph_name == default
            else quad
            for quad in quads
        ]
    store.bulk_extend(quads)


def no_base(iri: str, data: bytes, given: dict[str, Any]) -> Refused:
    """Refuse a relative IRI."""
    start = data.find(f'"{iri.removeprefix("#")}"'.encode())
    line, column = line_and_column(data, start) if start >= 0 else (None, None)
    return rdf_refused(
        given,
        f"“{iri}” is a relative IRI and the file names no base",
        line,
        column,
        "Write it in full, or let the file name its base",
    )


def refusal(problem: Exception, data: bytes, given: dict[str, Any]) -> Refused:
    """Rewrite what the parser said, with a place where it gave none."""
    message = str(problem)
    line, column = getattr(problem, "lineno", None), getattr(problem, "offset", None)
    hint = ""
    if "LoadDocumentCallback" in message:
        message, hint = "remote contexts are off", "Write the @context into the file"
        start = data.find(b'"@context"')
        line, column = line_and_column(data, max(start, 0))
    elif "No scheme found" in message:
        if line is None:
            iri = message.partition("'")[2].partition("'")[0]
            return no_base(iri, data, given)
        iri = slice_of(data, line, column)
        message = f"“{iri}” is a relative IRI and the file names no base"
        hint = "Write it in full, or let the file name its base"
    elif line is not None:
        message = message.partition(": ")[2] or message
    elif given["format"] == "rdfxml":
        line, column = place_in_xml(data)
    return rdf_refused(given, message, line, column, hint)


def place_in_xml(data: bytes) -> tuple[int | None, int | None]:
    """Ask the standard library where XML is ill-formed; there are no entities left."""
    from xml.parsers import expat

    try:
        # With a separator it minds namespaces.
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as problem:
        return problem.lineno, problem.offset + 1
    return None, None


def slice_of(data: bytes, line: int, column: int | None) -> str:
    """Read the IRI at a place."""
    text = data.split(b"\n")[line - 1].decode()[(column or 1) - 1 :]
    return text.partition(">")[0].lstrip("<")[:80]


def line_and_column(data: bytes, start: int) -> tuple[int, int]:
    """Count line and column, in characters, from 1."""
    before = data[:start].decode("utf-8", "replace")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def refuse_terms(store: Any, order: dict[str, Any]) -> None:  # noqa: ANN401
    """Refuse triple terms of RDF 1.2."""
    if store.query(
        "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER isTriple(?o) }"
    ):
        raise rdf_refused(
            order["inputs"][0],
            "it holds triple terms of RDF 1.2, which cannot be taken over",
            hint="Export it as RDF 1.1 first",
        )


def rdf_refused(
    given: dict[str, Any],
    message: str,
    line: int | None = None,
    column: int | None = None,
    hint: str = "",
) -> Refused:
    """Make the report about a file."""
    return Refused(
        "rdf", message, path=given["path"], line=line, column=column, hint=hint
    )


if __name__ == "__main__":
    main()
