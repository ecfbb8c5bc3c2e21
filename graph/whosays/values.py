"""``dataclass`` for values that are loaded on every call, made in a third of the time.

The standard one compiles six functions for each class, which for the records of a
command that only looks something up takes longer than the answer. Here one is compiled,
``__init__``, when the first record is made; the others are closures. Type checkers
see the standard decorator, and so do ``fields`` and ``replace``: the result is a data
class, frozen, with slots, by keyword only.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

C = TypeVar("C", bound=type)

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool, kw_only: bool) -> Callable[[C], C]:
        """Make a frozen data class with slots, by keyword only: nothing else."""
        if not (frozen and slots and kw_only):
            raise TypeError("this data class is frozen, with slots, by keyword only")
        return _made


_bare = dataclasses.dataclass(
    init=False, repr=False, eq=False, slots=True, kw_only=True
)


def _made(plain: C) -> Any:  # noqa: ANN401
    made: Any = _bare(plain)
    fields = dataclasses.fields(made)
    names = tuple(field.name for field in fields)
    shown = tuple(field.name for field in fields if field.repr)
    compared = tuple(field.name for field in fields if field.compare)
    setters = {name: getattr(made, name).__set__ for name in names}

    def key(self: object) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in compared])

    def __repr__(self: object) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({told})"

    def __eq__(self: object, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return key(self) == key(other)

    def __hash__(self: object) -> int:
        return hash(key(self))

    def __getstate__(self: object) -> list[object]:
        return [getattr(self, name) for name in names]

    def __setstate__(self: object, state: list[object]) -> None:
        for name, value in zip(names, state, strict=True):
            setters[name](self, value)

    ways = (__repr__, __eq__, __hash__, __getstate__, __setstate__)
    for way in (_late_init(made, fields, setters), *ways, _refuse_set, _refuse_delete):
        name = way.__name__
        if vars(made).get(name) is None:  # a class with an __eq__ has no hash: None
            setattr(made, name, way)
    return made


def _late_init(
    made: Any,  # noqa: ANN401
    fields: tuple[dataclasses.Field[Any], ...],
    setters: dict[str, Any],
) -> Callable[..., None]:
    """Compile ``__init__`` when the first record is made: most classes get none."""

    def __init__(self: object, **given: object) -> None:
        made.__init__ = _init(fields, setters)
        made.__init__(self, **given)

    return __init__


def _init(
    fields: tuple[dataclasses.Field[Any], ...], setters: dict[str, Any]
) -> Callable[..., None]:
    """Compile what fills a new record, slot by slot."""
    known: dict[str, Any] = {"MISSING": dataclasses.MISSING}
    parameters, lines = [], []
    for field in fields:
        name = field.name
        known[f"set_{name}"] = setters[name]
        given, default = name, ""
        if field.default_factory is not dataclasses.MISSING:
            known[f"new_{name}"] = field.default_factory
            given = f"new_{name}() if {name} is MISSING else {name}"
            default = "=MISSING"
        elif field.default is not dataclasses.MISSING:
            known[f"default_{name}"] = field.default
            default = f"=default_{name}"
        parameters.append(name + default)
        lines.append(f" set_{name}(self, {given})")
    head = f"def __init__(self, *, {', '.join(parameters)}):"
    made: dict[str, Any] = {}
    exec("\n".join([head, *lines]), known, made)  # noqa: S102  (names of fields only)
    init: Callable[..., None] = made["__init__"]
    init.__annotations__ = {field.name: field.type for field in fields}
    return init


def __setattr__(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_refuse_set, _refuse_delete = __setattr__, __delattr__
