"""Names of a package that load their module when they are first asked for (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module


def loader(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], object]:
    """Make the ``__getattr__`` of a package; ``homes`` are its modules and their names.

    >>> loader("whosays", {"text": ["count_of"]})("count_of")(2, "row")
    '2 rows'
    """

    def load(name: str) -> object:
        for home, held in homes.items():
            if name in held:
                value: object = getattr(import_module(f"{package}.{home}"), name)
                setattr(sys.modules[package], name, value)
                return value
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return load
