"""What a command stands on: the project, its caches and outputs, versions, extras."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from whosays import inputs, resources
from whosays.cli.locate import shown
from whosays.kg import KG

_EXTRAS = {
    "bibtex": "bibtexparser",
    "xlsx": "openpyxl",
    "pandas": "pandas",
    "polars": "polars",
    "shacl": "pyshacl",
}
_PACKAGES = ("pyoxigraph", "rdflib", "oxrdflib", "networkx", "pyvis", "typer")
_OUTPUTS = ("graph.trig", "graph.ttl", "view.html")

Facts = list[tuple[str, str, str]]
"""What, its value, and where the value comes from or what to do about it."""


def facts(given: Path | None, kg: KG) -> Facts:
    """List everything that a bug report needs, in a stable order."""
    return [
        ("project", shown(kg.path), _origin(given, kg.path)),
        ("version of the data", kg.summary().version or "none", ""),
        *_caches(kg),
        ("whosays", resources.version(), ""),
        ("python", ".".join(map(str, sys.version_info[:3])), ""),
        *((name, _version(name), "") for name in _PACKAGES),
        *_extras(),
        *_plugins(),
    ]


def _origin(given: Path | None, path: Path) -> str:
    if given is not None:
        return "from --project"
    if os.environ.get("WHOSAYS_PROJECT"):
        return "from WHOSAYS_PROJECT"
    if path == resources.bundled_project():
        return "the bundled one"
    return "found from here upwards"


def _caches(kg: KG) -> Iterator[tuple[str, str, str]]:
    """Tell what is older than the tables; the caches have just been looked at."""
    yield "caches", *(("stale", "built anew now") if kg.rebuilt else ("fresh", ""))
    tables = _newest(kg)
    for name in _OUTPUTS:
        file = kg.build_dir / name
        try:
            state = "stale" if file.stat().st_mtime < tables else "fresh"
        except OSError:
            state = "none"
        yield name, state, "" if state == "fresh" else "whosays build"


def _newest(kg: KG) -> float:
    try:
        return inputs.newest(kg.path) / 1e9
    except OSError:
        return 0.0


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _plugins() -> Iterator[tuple[str, str, str]]:
    from whosays import plugins

    for one in plugins.found():
        fault = one.fault and f"cannot be used: {one.fault}"
        yield f"{one.kind} {one.name}", one.origin, fault


def _extras() -> Iterator[tuple[str, str, str]]:
    for extra, module in _EXTRAS.items():
        if find_spec(module) is not None:
            yield f"extra {extra}", _version(module), ""
        else:
            yield f"extra {extra}", "missing", f'install "whosays[{extra}]"'
