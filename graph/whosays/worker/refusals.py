"""What is wrong with a foreign RDF file, with its place, for the child's report.

Line and column are counted from 1, in characters; both are None where nobody knows.
"""

from __future__ import annotations

Complaint = tuple[str, "int | None", "int | None", str]
"""Message, line, column, and a hint how to go on (or nothing)."""

_NAME_THE_BASE = "Write it in full, or let the file name its base"


def complaint(problem: Exception, data: bytes, format: str) -> Complaint:
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
            return relative_iri(message.partition("'")[2].partition("'")[0], data)
        iri = _iri_at(data, line, column)
        message = f"“{iri}” is a relative IRI and the file names no base"
        hint = _NAME_THE_BASE
    elif line is not None:
        message = message.partition(": ")[2] or message
    elif format == "rdfxml":
        line, column = _place_in_xml(data)
    return message, line, column, hint


def not_utf8(data: bytes, start: int) -> Complaint:
    """Refuse a byte that is not UTF-8."""
    line, column = line_and_column(data, start)
    message = f"byte 0x{data[start]:02x} is not UTF-8"
    return message, line, column, "Save the file as UTF-8"


def document_type(data: bytes, mark: bytes, start: int) -> Complaint:
    """Refuse a DTD, from which a parser would read entities and other files."""
    line, column = line_and_column(data, start)
    message = f"{mark.decode()} is refused: no DTD and no entity is read"
    return message, line, column, "Write the names in full and leave the DOCTYPE out"


def relative_iri(iri: str, data: bytes) -> Complaint:
    """Refuse a relative IRI, as no base is known."""
    start = data.find(f'"{iri.removeprefix("#")}"'.encode())
    line, column = line_and_column(data, start) if start >= 0 else (None, None)
    message = f"“{iri}” is a relative IRI and the file names no base"
    return message, line, column, _NAME_THE_BASE


def line_and_column(data: bytes, start: int) -> tuple[int, int]:
    r"""Find the place of a byte.

    >>> line_and_column("ä\nbc".encode(), 4)
    (2, 2)
    """
    before = data[:start].decode("utf-8", "replace")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _place_in_xml(data: bytes) -> tuple[int | None, int | None]:
    """Ask the standard library where XML is ill-formed; there are no entities left."""
    from xml.parsers import expat

    try:
        # With a separator it minds namespaces.
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as problem:
        return problem.lineno, problem.offset + 1
    return None, None


def _iri_at(data: bytes, line: int, column: int | None) -> str:
    """Read the IRI at a place."""
    text = data.split(b"\n")[line - 1].decode()[(column or 1) - 1 :]
    return text.partition(">")[0].lstrip("<")[:80]
