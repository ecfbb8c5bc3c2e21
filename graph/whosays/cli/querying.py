"""What the verb `query` does; parsing its options is another module's job."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whosays import asking
from whosays.cli.locate import folder, opened
from whosays.cli.output import fold, note, say, table, width, write_data
from whosays.errors import MissingFile, UnknownName, UsageError
from whosays.text import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whosays.asking import Asked
    from whosays.queries import NamedQuery
    from whosays.store import Result
    from whosays.worker import Limits

_LARGEST_QUERY = 1024 * 1024


def ask(
    text: str = "",
    values: Sequence[str] = (),
    *,
    project: Path | None = None,
    on: Sequence[Path] = (),
    on_named: Sequence[Path] = (),
    endpoint: str = "",
    default_graph: str = "",
    allow_service: Sequence[str] = (),
    limit: str = "",
    offset: str = "",
    format: str = "",
    output: Path | None = None,
    list_all: bool = False,
    show: bool = False,
    limits: Limits | None = None,
    quiet: bool = False,
) -> None:
    """Ask, and print the answer; see the verb for what each option means."""
    if list_all:
        list_queries(project, format, quiet=quiet)
        return
    if not text:
        hint = "See whosays query --list, or give - for stdin"
        raise UsageError("nothing to ask", hint)
    asked_text = _read(text)
    pages = (("limit", limit), ("offset", offset))
    given = [f"{key}={value}" for key, value in pages if value]
    parameters = _parameters([*values, *given])
    kg = opened(project, quiet=quiet)
    if default_graph and not endpoint:
        raise UsageError("--default-graph belongs to --endpoint")
    asked = kg.asked(on=on, on_named=on_named, limits=limits)._replace(
        endpoint=endpoint,
        default_graph=default_graph,
        allow_service=allow_service,
        by_page=True,
    )
    if show:
        say(asking.shown(asked, asked_text, parameters))
        return
    suffix = output.suffix.removeprefix(".") if output and str(output) != "-" else ""
    wanted = format.lower() or suffix
    chosen = "table" if not wanted and sys.stdout.isatty() and not output else wanted
    engine_format = "" if chosen in _OURS else chosen
    rows = "json" if chosen in _OURS else "csv"
    result = asking.answer(asked, asked_text, parameters, engine_format, rows=rows)
    write_data(_rendered(result, chosen, asked, _more(text)), output)
    if result.next:  # said to the quiet, too: whoever counts rows has to know
        note(
            f"a full page, up to row {result.next:,}: --offset {result.next} gives what "
            "follows, --limit all gives every row"
        )
    found_nothing = _is_empty(result) and not endpoint
    if found_nothing and not asking.ours(asked, asked_text):
        sparql = asking.written(asked, asked_text, parameters)
        for hint in asking.explain_empty(asked, sparql):
            note(hint if result.kind == "ask" else f"0 rows. {hint}", quiet=quiet)


def list_queries(project: Path | None, format: str, *, quiet: bool = False) -> None:
    """Print the named queries as a table or as CSV."""
    from whosays.queries import catalogue

    _list(catalogue(folder(project, quiet=quiet)), format)


_OURS = ("table", "md", "ndjson", "html")


def _read(text: str) -> str:
    """Take the text from stdin or a file; a bare word is the name of a query."""
    if text == "-":
        if sys.stdin.isatty():
            raise UsageError("nothing on stdin", "echo 'ASK {}' | whosays query -")
        given = _decoded(sys.stdin.buffer.read(_LARGEST_QUERY + 1), "stdin")
        if not asking.is_sparql(given):
            hint = "A named query is asked by its name: whosays query disputed"
            raise UsageError("stdin holds no SPARQL", hint)
        return given
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


def _parameters(given: Sequence[str]) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for pair in given:
        name, mark, value = pair.partition("=")
        if not mark:
            raise UsageError(f"“{pair}” is no parameter", "Write name=value")
        if name in found:
            raise UsageError(f"parameter {name} is given twice")
        found[name] = value
    return found


def _rendered(result: Result, format: str, asked: Asked, name: str = "") -> bytes:
    """Give the bytes to print; what the engine wrote is passed on as it is."""
    if format not in _OURS or result.kind == "graph":
        plain = result.kind == "ask" and result.format in ("csv", "tsv")
        return result.content + b"\n" if plain else result.content
    rows = asking.shortened(asked, result)
    match format:
        case "md":
            return f"{rows.to_markdown()}\n".encode()
        case "ndjson":
            return rows.to_ndjson().encode()
        case "html":
            return f"{rows.to_html()}\n".encode()
        case _:
            from whosays.cli.summary import summary

            count = count_of(len(rows), "row")
            shown = summary(rows)
            body = table(shown.columns, ([*row.values()] for row in shown))
            foot = fold(f"{count} · {name}" if name else count, width())
            return "\n".join([body, *foot, ""]).encode(errors="replace")


def _more(text: str) -> str:
    """Say how to see the text of a named query and what others there are."""
    if not text.replace("-", "").isalnum():
        return ""
    return f"the SPARQL: whosays query {text} --show · all: whosays query --list"


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


def _list(catalogue: Mapping[str, NamedQuery], format: str) -> None:
    entries = list(catalogue.values())
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
