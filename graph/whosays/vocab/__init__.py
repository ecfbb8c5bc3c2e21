"""The vocabulary: namespaces, controlled values and relations, read from Turtle.

The Turtle in ``ontology/`` is the source; nothing of it is repeated in Python. The
core is parsed in a few milliseconds, once per process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from whosays import resources
from whosays.errors import OntologyError
from whosays.namespaces import DEFAULT_BASE, DENIED, REL, SAID, WS, prefixes
from whosays.vocab import turtle
from whosays.vocab.drafts import COLUMNS, Fault, relation_id
from whosays.vocab.rows import with_project_relations
from whosays.vocab.vocabulary import Term, Vocabulary, implied

__all__ = [
    "COLUMNS",
    "DEFAULT_BASE",
    "DENIED",
    "REL",
    "SAID",
    "WS",
    "Fault",
    "Term",
    "Vocabulary",
    "implied",
    "load",
    "prefixes",
    "relation_id",
    "with_project_relations",
]

MAX_BYTES = 4 * 1024 * 1024  # the core has 80 kB; a longer file is a mistake
_MAX_FILES = 100


def load(extra: Path | None = None) -> Vocabulary:
    """Read the core vocabulary and, if given, a project's own Turtle.

    Args:
        extra: A Turtle file, or a folder of them, mostly ``ontology/`` of a project;
            a folder that is not there adds nothing.

    Raises:
        OntologyError: A file is broken or contradicts the vocabulary; the message
            names file and line.
    """
    vocabulary = _core()
    for path in _turtle_files(extra):
        vocabulary = turtle.extend(vocabulary, _parsed(path))
    return vocabulary


@cache
def _core() -> Vocabulary:
    source = resources.ontology_file("whosays.ttl")
    return turtle.core(_parse(source.read_bytes(), "ontology/whosays.ttl"))


def _turtle_files(extra: Path | None) -> list[Path]:
    if extra is None:
        return []
    if extra.is_dir():
        files = sorted(extra.glob("*.ttl"))
        if len(files) > _MAX_FILES:
            raise OntologyError(f"more than {_MAX_FILES} Turtle files", extra.name)
        return files
    return [extra] if extra.exists() else []


def _parsed(path: Path) -> turtle.File:
    name = f"{path.parent.name}/{path.name}"
    try:
        if path.stat().st_size > MAX_BYTES:
            message = f"larger than {MAX_BYTES // 1024 // 1024} MB; not read"
            raise OntologyError(message, name)
        return _parse(path.read_bytes(), name)
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        raise OntologyError(message, name) from error


def _parse(data: bytes, name: str) -> turtle.File:
    """Parse Turtle; a byte order mark, which the engine refuses, is taken off."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    data = data.removeprefix(b"\xef\xbb\xbf")
    triples: list[turtle.Triple] = []
    try:
        text = data.decode("utf-8")
        parser = parse(data, RdfFormat.TURTLE)
        for quad in parser:
            if isinstance(quad.subject, NamedNode):
                term = quad.object
                if isinstance(term, NamedNode):
                    value = turtle.Value(term.value, "", True)
                elif isinstance(term, Literal):
                    value = turtle.Value(term.value, term.language or "")
                else:
                    continue  # blank nodes carry no relation; outside readers see them
                triples.append((quad.subject.value, quad.predicate.value, value))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OntologyError("not UTF-8", name, line, "Save it as UTF-8") from error
    except SyntaxError as error:
        message = f"not Turtle: {error.msg}"
        raise OntologyError(message, name, error.lineno) from error
    return turtle.File(
        name=name, text=text, prefixes=dict(parser.prefixes), triples=triples
    )
