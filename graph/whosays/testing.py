"""Checks for whoever writes a plug-in: each raises AssertionError and says why.

They need no test framework::

    from whosays.testing import check_importer

    def test_my_importer():
        check_importer(my_package.read, "example.chat")
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.errors import UsageError
from whosays.export import FORMATS
from whosays.kg import KG, load
from whosays.matching import nearest
from whosays.model import Actor, ActorType, Stance
from whosays.plugins import Exporter, Importer, table_text
from whosays.project.statements import COLUMNS, REQUIRED
from whosays.starter import init

if TYPE_CHECKING:
    from whosays.extract.proposals import Proposer

__all__ = ["check_exporter", "check_extractor", "check_importer", "check_proposer"]

_TEXT = (
    "Minister Oren Vale denied that Aldoria had armed the Cedar Front.\n"
    "Belmark\u2019s envoy \U0001f33f said: \u201cWe attacked nobody.\u201d\n"
    "Aldoria attacked Belmark. Aldoria attacked Belmark.\n"
)


def check_importer(read: Importer, path: str | os.PathLike[str]) -> None:
    """Check an importer on a file of its format.

    It yields rows whose keys are columns of the statements table, with the five that
    every statement needs; the same file gives the same rows; the file stays as it is.

    Raises:
        AssertionError: it does not; the message says what and where.
    """
    file = Path(path)
    before = _digest(file.read_bytes())
    rows = read(file)
    _hold(
        isinstance(rows, Iterable) and not isinstance(rows, str | bytes | Mapping),
        f"read(path) gives {type(rows).__name__}, and no rows: yield a dict for each",
    )
    first = list(rows)
    _hold(bool(first), f"no row comes out of {file.name}")
    for number, row in enumerate(first, 1):
        _hold(
            isinstance(row, Mapping),
            f"row {number} is {type(row).__name__}, and no mapping of columns to cells",
        )
        for name in row:
            near = nearest(str(name), COLUMNS)
            offer = f", did you mean {near}" if near else ""
            _hold(name in COLUMNS, f"row {number} has the column “{name}”{offer}?")
        for name in REQUIRED:
            _hold(bool(row.get(name)), f"row {number} has no {name}")
        stance = str(row["stance"])
        _hold(
            stance in list(Stance),
            f"row {number} has the stance “{stance}”, use one of {', '.join(Stance)}",
        )
    try:
        table_text(first)
    except TypeError as error:
        raise AssertionError(str(error)) from error
    _hold(list(read(file)) == first, "reading the file twice gives different rows")
    _hold(_digest(file.read_bytes()) == before, f"reading has changed {file.name}")


def check_exporter(write: Exporter, kg: KG | None = None) -> None:
    """Check an exporter, on a project of yours or on a small invented one.

    It has a suffix that no format of ours has; it writes bytes, the same ones for the
    same data; and what is only denied does not look like what is affirmed.

    Raises:
        AssertionError: it does not; the message says what.
    """
    suffix = getattr(write, "suffix", None)
    _hold(
        isinstance(suffix, str)
        and re.fullmatch(r"\.[a-z0-9][\w.-]*", suffix) is not None,
        f"suffix is {suffix!r}: give the function a suffix such as '.cypher'",
    )
    _hold(
        str(suffix).removeprefix(".") not in FORMATS,
        f"{suffix} is a format of whosays itself, which wins: take another suffix",
    )
    with tempfile.TemporaryDirectory(prefix="whosays-") as folder:
        affirmed = _project(Path(folder) / "one", Stance.AFFIRMS)
        denied = _project(Path(folder) / "two", Stance.DENIES)
        data = _written(write, kg or affirmed)
        _hold(bool(data), "nothing was written")
        _hold(
            _written(write, kg or affirmed) == data,
            "the same data give different bytes: sort what you write, ask no clock",
        )
        _hold(
            _written(write, affirmed) != _written(write, denied),
            "a claim that is denied is written exactly like one that is affirmed: "
            "write the stance, or leave denied claims out",
        )


def check_extractor(extractor: Proposer) -> None:
    """Check an extractor on a small text.

    It has a name, a version and what it needs; its spans lie in the text; it names
    nobody whom it was not told of; the same text gives the same proposals.

    Raises:
        AssertionError: it does not; the message says what.
    """
    try:
        check_proposer(extractor)
    except UsageError as error:
        raise AssertionError(str(error)) from error


def check_proposer(proposer: Proposer) -> None:
    """Run an extractor on a small text and check what it yields.

    Raises:
        UsageError: it has not the shape of one, gives spans that are not in the text,
            names strangers, or gives something else when asked again.
    """
    from whosays.extract.document import Registry, document
    from whosays.extract.pipeline import Extractor
    from whosays.extract.plugins import checked

    checked(proposer)
    actors = (
        ("aldoria", "Aldoria", ActorType.STATE),
        ("belmark", "Belmark", ActorType.STATE),
        ("cedar-front", "Cedar Front", ActorType.MILITIA),
        ("oren-vale", "Oren Vale", ActorType.PERSON),
    )
    registry = Registry(
        actors={
            slug: Actor(slug=slug, label=name, type=kind) for slug, name, kind in actors
        }
    )
    extractor = Extractor(registry, proposers=(proposer,))
    doc = document(_TEXT, "check")
    first = extractor.extract(doc)
    if first.refused:
        raise UsageError(f"{proposer.name} is refused", first.refused[0])
    if extractor.extract(doc) != first:
        raise UsageError(f"{proposer.name} gives something else when asked again")


def _project(folder: Path, stance: Stance) -> KG:
    """Start a project in which one voice takes one stance on one claim."""
    init(folder, bare=True, force=True)
    cells = {
        "actors.csv": (
            ("aldoria", "Aldoria", "state"),
            ("belmark", "Belmark", "state"),
            ("cedar-front", "Cedar Front", "militia"),
            ("harbour-master", "harbour master", "person"),
        ),
        "sources.csv": (("bulletin", "A word from the quay"),),
    }
    tables = {"actors.csv": "slug,label,type", "sources.csv": "slug,title"}
    from whosays.files import write_atomic

    for name, header in tables.items():
        lines = [header, *(",".join(row) for row in cells[name])]
        write_atomic(folder / name, "\n".join(lines) + "\n")
    (folder / "statements").mkdir()
    row = f"aldoria,arms,cedar-front,bulletin,{stance},harbour-master"
    header = "subject,relation,object,source,stance,speaker"
    write_atomic(folder / "statements" / "bulletin.csv", f"{header}\n{row}\n")
    kg = load(folder)
    _hold(bool(kg.collection.actors), "the sample cannot be read")  # read it now
    return kg


def _written(write: Callable[[KG, io.BytesIO], object], kg: KG) -> bytes:
    file = io.BytesIO()
    try:
        write(kg, file)
    except TypeError as error:
        if "bytes-like" in str(error):
            raise AssertionError(
                "the file takes bytes: file.write(text.encode())"
            ) from error
        raise
    _hold(not file.closed, "the exporter closed the file, which it was only lent")
    return file.getvalue()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hold(condition: bool, said: str) -> None:
    """Raise if something does not hold, also under ``python -O``."""
    if not condition:
        raise AssertionError(said)
