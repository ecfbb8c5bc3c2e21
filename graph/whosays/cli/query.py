"""The verb `query`: SPARQL by name, from a file or from stdin."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from whosays.cli.app import ProjectOption, QuietOption, app, example
from whosays.cli.output import note, say, table, write_data
from whosays.errors import MissingFile, UnknownName, UsageError
from whosays.worker import Limits

if TYPE_CHECKING:
    from whosays.asking import Asked
    from whosays.store import Result

_LARGEST_QUERY = 1024 * 1024


@app.command(
    epilog=example(
        "whosays query contested",
        "whosays query denied-by speaker=broomand -f csv",
        "whosays query my-question.rq -o answer.json",
        "echo 'ASK { ?s said:fights ?o }' | whosays query -",
        "whosays query --on graph.ttl my-question.rq",
    )
)
def query(
    text: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE.rq|-", help="What to ask.", show_default=False
        ),
    ] = "",
    values: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(
            metavar="[name=value]...", help="Parameters.", show_default=False
        ),
    ] = None,
    param: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--param", metavar="name=value", help="A parameter (repeatable)."),
    ] = None,
    project: ProjectOption = None,
    on: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option(
            metavar="FILE", help="Ask this RDF or statement file instead (repeatable)."
        ),
    ] = None,
    on_named: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option(
            "--on-named", metavar="FILE", help="The same, as a graph of its own name."
        ),
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="table csv tsv json xml md ndjson; turtle trig ntriples nquads "
            "rdfxml jsonld.",
        ),
    ] = "",
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to; the suffix is the format."
        ),
    ] = None,
    list_all: Annotated[
        bool, typer.Option("--list", help="List the named queries.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the SPARQL with its prefixes.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds until a query is ended.")
    ] = 60.0,
    memory: Annotated[
        int, typer.Option(min=64, help="Megabytes that a query may use.")
    ] = 2048,
    quiet: QuietOption = False,
) -> None:
    """Ask in SPARQL: a named query, a file, or the text on stdin (-).

    The usual prefixes need no declaration; --show prints them. Rows come as a table on
    a terminal and as CSV in a pipe, graphs as Turtle. Nothing is fetched: SERVICE and
    LOAD are refused.
    """
    from whosays import asking
    from whosays.cli.locate import folder, opened

    if list_all:
        from whosays import queries

        _list(queries.catalogue(folder(project, quiet=quiet)), format)
        return
    if not text:
        raise UsageError(
            "nothing to ask", "See whosays query --list, or give - for stdin"
        )
    asked_text = _read(text)
    parameters = _parameters([*(values or ()), *(param or ())])
    kg = opened(project, quiet=quiet)
    asked = kg.asked(
        on=on or (),
        on_named=on_named or (),
        limits=Limits(seconds=timeout, memory=memory * 1024**2),
    )
    if show:
        say(asking.shown(asked, asked_text, parameters))
        return
    wanted = format.lower() or (
        output.suffix.removeprefix(".") if output and str(output) != "-" else ""
    )
    chosen = "table" if not wanted and sys.stdout.isatty() and not output else wanted
    engine_format = "" if chosen in _OURS else chosen
    rows = "json" if chosen in _OURS else "csv"
    result = asking.answer(asked, asked_text, parameters, engine_format, rows=rows)
    write_data(_rendered(result, chosen, asked), output)
    if result.kind in ("select", "graph") and _is_empty(result):
        for hint in asking.explain_empty(
            asked, asking.written(asked, asked_text, parameters)
        ):
            note(f"0 rows. {hint}", quiet=quiet)


_OURS = ("table", "md", "ndjson", "html")


def _read(text: str) -> str:
    """Take the text from stdin or a file; a bare word is the name of a query."""
    if text == "-":
        if sys.stdin.isatty():
            raise UsageError("nothing on stdin", "echo 'ASK {}' | whosays query -")
        return _decoded(sys.stdin.buffer.read(_LARGEST_QUERY + 1), "stdin")
    path = Path(text)
    if path.suffix in (".rq", ".sparql") or "/" in text or path.is_file():
        try:
            with path.open("rb") as file:
                return _decoded(file.read(_LARGEST_QUERY + 1), text)
        except OSError as error:
            hint = "Named queries: whosays query --list"
            raise MissingFile(f"{text}: {error.strerror}", hint) from error
    return text


def _decoded(data: bytes, name: str) -> str:
    if len(data) > _LARGEST_QUERY:
        raise UsageError(f"{name}: a query of more than {_LARGEST_QUERY:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{name}, line {line}: not UTF-8", "Save it as UTF-8"
        ) from error


def _parameters(given: list[str]) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for pair in given:
        name, mark, value = pair.partition("=")
        if not mark:
            raise UsageError(f"“{pair}” is no parameter", "Write name=value")
        if name in found:
            raise UsageError(f"parameter {name} is given twice")
        found[name] = value
    return found


def _rendered(result: Result, format: str, asked: Asked) -> bytes:
    """Give the bytes to print; what the engine wrote is passed on as it is."""
    from whosays import asking

    if format not in _OURS or result.kind == "graph":
        return result.content
    rows = asking.shortened(asked, result)
    match format:
        case "md":
            return f"{rows.to_markdown()}\n".encode()
        case "ndjson":
            return rows.to_ndjson().encode()
        case "html":
            return f"{rows.to_html()}\n".encode()
        case _:
            count = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
            body = table(rows.columns, ([*row.values()] for row in rows))
            return f"{body}\n{count}\n".encode(errors="replace")


def _is_empty(result: Result) -> bool:
    if result.kind == "graph":
        return not result.content.strip()
    match result.format:
        case "csv" | "tsv":
            return result.content.count(b"\n") <= 1
        case "json":
            return not result.rows()
        case _:
            return False


def _list(catalogue: object, format: str) -> None:
    from whosays.queries import NamedQuery

    entries = [q for q in dict(catalogue).values() if isinstance(q, NamedQuery)]  # type: ignore[call-overload]
    if format == "csv":
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("name", "summary", "parameters"))
        for entry in entries:
            writer.writerow(
                (entry.name, entry.summary, " ".join(map(str, entry.params)))
            )
        return
    if format not in ("", "table"):
        raise UnknownName("format of a list", format, ("table", "csv"))
    say(
        table(
            ("query", "answers", "parameters"),
            (
                (
                    entry.name,
                    entry.summary,
                    ", ".join(param.name for param in entry.params),
                )
                for entry in entries
            ),
        )
    )
