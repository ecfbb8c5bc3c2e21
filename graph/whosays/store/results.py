"""Results of queries: the bytes of a format, and the same as typed rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from whosays.errors import QueryError, UsageError

if TYPE_CHECKING:
    from whosays.rows import Rows, Value

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    f"{_XSD}{name}"
    for name in (
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    )
)
_NUMBERS = frozenset(f"{_XSD}{name}" for name in ("decimal", "double", "float"))
_DIGITS = 4000  # longer numbers stay text: Python refuses to read them


class Result(NamedTuple):
    """A complete answer: ``kind`` is ``select``, ``ask``, ``graph`` or ``quads``.

    ``content`` is in ``format``, as the engine wrote it. If it is a full page of rows,
    ``next`` is the number of the row that would follow, counted from 0.
    """

    kind: str
    format: str
    content: bytes
    variables: tuple[str, ...] = ()
    next: int = 0

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8")

    @property
    def boolean(self) -> bool:
        """The answer to ASK."""
        if self.kind != "ask":
            raise UsageError(f"the answer is no yes or no but of kind {self.kind}")
        if self.format in ("csv", "tsv"):
            return self.content.strip() == b"true"
        import json

        return bool(json.loads(self.convert("json"))["boolean"])

    def rows(self, short: Mapping[str, str] | None = None) -> Rows:
        """Read SELECT or ASK as typed rows.

        ``short`` maps namespaces to prefixes for IRIs: with ``{"…/actor/": ""}`` an
        actor is shown by its slug, with ``"actor:"`` by its prefixed name.
        """
        import json

        from whosays.rows import Rows

        if self.kind == "ask":
            return Rows(("answer",), ((self.boolean,),))
        if self.kind != "select":
            raise UsageError("the answer is a graph, not rows")
        answer = json.loads(self.convert("json"))
        columns = tuple(answer["head"]["vars"])
        spaces = sorted((short or {}).items(), key=lambda item: -len(item[0]))
        return Rows(
            columns,
            tuple(
                tuple(_value(binding.get(name), spaces) for name in columns)
                for binding in answer["results"]["bindings"]
            ),
        )

    def convert(self, format: str) -> bytes:
        """Give the content in another format of the same kind.

        Raises:
            QueryError: The content has no place in that format.
        """
        if format == self.format:
            return self.content
        from whosays.store.formats import FORMATS

        if FORMATS[format].rows != FORMATS[self.format].rows:
            raise UsageError(
                f"{FORMATS[format].title} cannot hold "
                f"{'a graph' if FORMATS[format].rows else 'rows'}"
            )
        if self.format == "csv":
            raise UsageError("CSV has lost the types; ask for json and convert that")
        import pyoxigraph

        from whosays.store.memory import rdf_format, results_format

        if FORMATS[format].rows:
            answer = pyoxigraph.parse_query_results(
                self.content, results_format(self.format)
            )
            written = answer.serialize(None, results_format(format))
        else:
            quads = pyoxigraph.parse(self.content, rdf_format(self.format))
            try:
                written = pyoxigraph.serialize(quads, None, rdf_format(format))
            except (OSError, ValueError) as problem:
                raise QueryError(
                    f"{FORMATS[format].title} has no place for this: {problem}"
                ) from problem
        return written or b""


def _value(binding: Mapping[str, Any] | None, spaces: list[tuple[str, str]]) -> Value:
    if binding is None:
        return None
    value = binding["value"]
    match binding["type"]:
        case "uri":
            return _short(str(value), spaces)
        case "bnode":
            return f"_:{value}"
        case "triple":
            parts = (value[part] for part in ("subject", "predicate", "object"))
            return f"<<( {' '.join(str(_value(part, spaces)) for part in parts)} )>>"
        case _:
            return _typed(str(value), str(binding.get("datatype", "")))


def _short(iri: str, spaces: list[tuple[str, str]]) -> str:
    for space, prefix in spaces:
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}{iri[len(space) :]}"
    return iri


def _typed(text: str, datatype: str) -> Value:
    """Type a literal; what is no value of its datatype stays text."""
    from datetime import date

    try:
        if datatype in _INTEGERS and len(text) <= _DIGITS:
            return int(text)
        if datatype in _NUMBERS:
            return float(text)
        if datatype == f"{_XSD}date":
            return date.fromisoformat(text) if len(text) == 10 else text
    except ValueError:
        return text
    if datatype == f"{_XSD}boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    return text
