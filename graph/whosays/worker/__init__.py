"""Evaluate queries and read foreign RDF in a child process that can be killed.

While the engine works, neither Ctrl-C nor a timer reaches Python, some inputs end the
process, and others never end. So the work is done in a child with limits of time,
memory and output. Its answer goes to an unnamed temporary file and counts only when
the child has reported it complete, with length and checksum: no half answer gets out.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NamedTuple

from whosays.errors import LimitReached, MissingFile, OutsideError, QueryError, RdfError

# No dataclasses here: importing them takes longer than a small question.

_CHILD = Path(__file__).with_name("child.py")
_HOME = str(Path(__file__).parents[2])  # where the child finds this package
_GRACE = 0.5  # seconds on top of the limit, for starting and ending


class Limits(NamedTuple):
    """What a child may use: seconds of wall time, bytes of memory and so on.

    ``memory`` is address space, which is more than what is really used; it is not
    limited on Windows. ``rows`` are rows or triples of an answer, 0 for any number.
    """

    seconds: float = 60.0
    memory: int = 2 * 1024**3
    output: int = 256 * 1024**2
    input: int = 512 * 1024**2
    literal: int = 16 * 1024**2
    rows: int = 0


class Input(NamedTuple):
    """A file to load, ``format`` by its short name.

    ``graph`` is the IRI of the named graph for triples, empty for the default graph.
    ``trusted`` is for N-Quads that whosays wrote itself, which need no checks. Format
    ``store`` is a folder of the engine, opened for reading; it can only stand alone.
    """

    path: str
    format: str = "nquads"
    graph: str = ""
    base: str = ""
    trusted: bool = False


class Job(NamedTuple):
    """Load the inputs, evaluate the query and write its result.

    Without a query all quads are written. ``rows`` is the format for SELECT and ASK,
    ``graph`` for CONSTRUCT and DESCRIBE. ``given`` lists graphs that must exist.
    ``network`` leaves the child its sockets; ``terms`` admits triple terms of RDF 1.2.
    ``default_graphs`` and ``named_graphs`` take the place of the query's own data set
    unless both are None; in the first an empty name is the default graph.
    """

    inputs: tuple[Input, ...] = ()
    query: str = ""
    prefixes: Mapping[str, str] = MappingProxyType({})
    base: str = ""
    union: bool = False
    rows: str = "json"
    graph: str = "nquads"
    given: tuple[str, ...] = ()
    network: bool = False
    terms: bool = True
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Outcome(NamedTuple):
    """A complete result; ``kind`` is ``select``, ``ask``, ``graph`` or ``quads``."""

    kind: str
    format: str
    content: bytes
    variables: tuple[str, ...] = ()


def run(job: Job, limits: Limits | None = None) -> Outcome:
    """Do the job in a child and return its whole result.

    Raises:
        LimitReached: Time, memory or size ended it.
        QueryError: The engine refused the query (WS702, its own words), a graph of
            ``given`` is not there (WS703, its IRI), or the engine died (WS704).
        RdfError: A file is refused, with its place.
    """
    limits = limits or Limits()
    _check_inputs(job, limits)
    with scratch() as result, scratch() as log:
        code = _run_child(job, limits, result, log)
        log.seek(0)
        noise, phase, report = read_log(log.read())
        if code != 0 or report is None:
            raise explain_death(code, noise, phase, job)
        if report["state"] != "done":
            raise explain_refusal(report, limits)
        result.seek(0)
        content = result.read()
    _check_complete(content, report)
    return Outcome(
        kind=report["kind"],
        format=report["format"],
        content=content,
        variables=tuple(report["variables"]),
    )


def scratch() -> IO[bytes]:
    """Open an unnamed file that both processes can write and read."""
    if hasattr(os, "memfd_create"):  # quicker to get than a file on disk
        return os.fdopen(os.memfd_create("whosays"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


def _check_inputs(job: Job, limits: Limits) -> None:
    for given in job.inputs:
        path = Path(given.path)
        if given.format == "store" and path.is_dir():
            continue
        if not path.is_file():
            raise MissingFile(f"no file {given.path}")
        size = path.stat().st_size
        if not given.trusted and size > limits.input:
            raise RdfError(
                f"{size:,} bytes, the limit is {limits.input:,}", given.path, code=_BIG
            )


_BIG = "WS704"


def _run_child(
    job: Job, limits: Limits, result: IO[bytes], log: IO[bytes]
) -> int | None:
    """Return the exit code; a child that outlives its time is killed."""
    from subprocess import PIPE, Popen, TimeoutExpired

    order = job._asdict() | {
        "inputs": [given._asdict() for given in job.inputs],
        "prefixes": dict(job.prefixes),
        "limits": limits._asdict(),
        "path": [*(entry for entry in sys.path if entry), _HOME],
    }
    command = [sys.executable, "-I", "-S", str(_CHILD)]
    # A session of its own: Ctrl-C is for the parent, which then ends the child.
    with Popen(
        command, stdin=PIPE, stdout=result, stderr=log, start_new_session=True
    ) as child:
        try:
            child.communicate(marshal.dumps(order), limits.seconds + _GRACE)
        except TimeoutExpired as reached:
            log.seek(0)
            _, phase, _ = read_log(log.read())
            what = "evaluating the query" if phase == "query" else "reading the data"
            raise LimitReached(
                f"{what} took more than {limits.seconds:g} seconds and was ended",
                hint="Ask for less, or allow more time with --timeout",
                code="WS704",
            ) from reached
        finally:
            if child.poll() is None:
                child.kill()
        return child.returncode


def read_log(log: bytes) -> tuple[str, str, dict[str, Any] | None]:
    """Part what the engine complained from our own lines, which begin with NUL."""
    noise, phase, report = [], "", None
    for line in log.split(b"\n"):
        if line.startswith(b"\0phase "):
            phase = line[7:].decode()
        elif line.startswith(b"\0report "):
            report = marshal.loads(bytes.fromhex(line[8:].decode()))
        elif line.strip():
            noise.append(line.decode("utf-8", "replace"))
    return "\n".join(noise), phase, report


def explain_death(code: int | None, noise: str, phase: str, job: Job) -> Exception:
    """Say what a child without a report died of."""
    if "memory allocation" in noise or "MemoryError" in noise:
        return _memory()
    if code == -24:  # SIGXCPU
        return LimitReached("the time for the work is used up", code="WS704")
    if code is not None and code < 0 and phase == "query":
        return QueryError(
            "the engine stopped on this query",
            hint="Write it in smaller parts",
            code="WS704",
        )
    if code is not None and code < 0 and phase.startswith("load "):
        number = int(phase.removeprefix("load "))
        return RdfError("the parser stopped on this file", job.inputs[number].path)
    last = noise.rpartition("\n")[2]
    return OutsideError(f"the worker ended without an answer ({code}): {last}")


def _memory() -> LimitReached:
    return LimitReached(
        "the work needed more memory than it may have and was ended",
        hint="Ask for less, or allow more memory with --memory",
        code="WS704",
    )


def explain_refusal(report: Mapping[str, Any], limits: Limits) -> Exception:
    """Turn the report of a child that gave no answer into an error."""
    if report["state"] == "limit" and report["what"] == "output":
        return LimitReached(
            f"the result has more than {limits.output:,} bytes",
            hint="Add a LIMIT",
            code="WS704",
        )
    if report["state"] == "limit" and report["what"] == "rows":
        return LimitReached(
            f"the answer has more than {limits.rows:,} rows",
            hint="Add a LIMIT",
            code="WS704",
        )
    if report["state"] == "limit":
        return _memory()
    if report["state"] == "outside":
        return OutsideError(report["message"], report.get("hint", ""))
    if report["state"] == "rdf":
        return RdfError(
            report["message"],
            report["path"],
            report["line"],
            report["column"],
            report["hint"],
        )
    if report["state"] == "graph":
        return QueryError(
            report["message"], hint="There is no such graph", code="WS703"
        )
    return QueryError(report["message"])


def _check_complete(content: bytes, report: Mapping[str, Any]) -> None:
    from zlib import crc32

    if len(content) != report["length"] or crc32(content) != report["checksum"]:
        raise OutsideError("the result of the query was cut on its way")
