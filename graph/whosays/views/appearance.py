"""Shapes and colours of actor types, and the interface texts.

They are tables beside the page (``types.json``, ``texts.json``, ``sparql.json``), so
that a translation or another palette touches no code.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


def page_text(name: str) -> str:
    """Read a file of the page; ``name`` may hold slashes."""
    return files("whosays.views").joinpath("page", *name.split("/")).read_text("utf-8")


@cache
def groups() -> list[dict[str, Any]]:
    """List the groups of actor types: key, types, shape, light and dark colour."""
    found: list[dict[str, Any]] = json.loads(page_text("types.json"))
    return found


@cache
def texts() -> dict[str, Any]:
    """Return all interface texts by key; some have one and other for numbers."""
    found: dict[str, Any] = json.loads(page_text("texts.json"))
    return found


@cache
def panel_texts() -> dict[str, Any]:
    """Return the texts of the SPARQL panel, which most small pages do not need."""
    found: dict[str, Any] = json.loads(page_text("sparql.json"))
    return found


@cache
def shape_of() -> dict[str, str]:
    """Map each actor type to the shape that it is drawn with."""
    return {kind: group["shape"] for group in groups() for kind in group["types"]}
