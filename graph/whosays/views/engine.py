"""The SPARQL engine that pages carry: which one it is, and whether it is here.

It is Oxigraph compiled to WebAssembly, by others and never part of this repository:
``scripts/sparql-engine`` fetches it into a folder that git ignores. Name, version and
hashes stand in ``page/engine.json``, and a file with another hash is none.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whosays.views.appearance import page_text

FOLDER = Path(__file__).with_name("fetched")
"""Where the engine lies when it has been fetched."""

GLUE, CODE = "web.js", "web_bg.wasm"
_LEVEL = 9  # of compression: 4.0 MB become 1.4 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is recorded of the engine; ``files`` maps names to their SHA-256."""

    name: str
    licence: str
    package: str
    version: str
    integrity: str
    files: Mapping[str, str]

    @property
    def title(self) -> str:
        """Name it as readers should find it."""
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The engine itself: ``glue`` is a script, ``code`` is compressed (zlib)."""

    title: str
    licence: str
    glue: str
    code: bytes


@cache
def record() -> Record:
    """Read what is recorded of the engine."""
    return Record(**json.loads(page_text("engine.json")))


def stored(name: str, folder: Path = FOLDER) -> Path:
    """Give the place of one of its files; the large one is kept compressed.

    >>> stored("web_bg.wasm").name
    'web_bg.wasm.zlib'
    """
    return folder / (f"{name}.zlib" if name == CODE else name)


def packed(name: str, data: bytes) -> bytes:
    """Write a file as it is stored.

    Pages need it compressed, and doing that for each takes half a second. The header
    of zlib, unlike that of gzip, tells neither time nor system.
    """
    return zlib.compress(data, _LEVEL) if name == CODE else data


def matches(name: str, data: bytes) -> bool:
    """Tell whether data are those of the recorded file."""
    return hashlib.sha256(data).hexdigest() == record().files[name]


def engine(folder: Path = FOLDER) -> Engine | None:
    """Give the engine, or None where it was not fetched, not wholly or is another."""
    found: dict[str, bytes] = {}
    for name in record().files:
        try:
            found[name] = stored(name, folder).read_bytes()
            plain = zlib.decompress(found[name]) if name == CODE else found[name]
        except (OSError, zlib.error):
            return None
        if not matches(name, plain):
            return None
    return Engine(
        title=record().title,
        licence=record().licence,
        glue=_script(found[GLUE].decode("utf-8")),
        code=found[CODE],
    )


def _script(module: str) -> str:
    """Make a plain script of a module that exports and imports nothing else.

    A page opened from disk can start a worker from one of its own blocks, but browsers
    load no module for it there.
    """
    script = re.sub(r"^export (\{[^{}]*\};|default )?", "", module, flags=re.MULTILINE)
    return script.replace("import.meta.url", "self.location.href")
