"""Values that are made quickly are data classes like any other."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import values


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    """A value with every kind of field."""

    name: str
    count: int = 3
    parts: list[int] = dataclasses.field(default_factory=list)
    hidden: str = dataclasses.field(default="", repr=False, compare=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """The same, made by the standard library."""

    name: str
    count: int = 3
    parts: list[int] = dataclasses.field(default_factory=list)
    hidden: str = dataclasses.field(default="", repr=False, compare=False)


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Wider(Quick):
    """A value that has one field more than another."""

    more: str = "more"


FIELDS = st.fixed_dictionaries(
    {"name": st.text()},
    optional={
        "count": st.integers(),
        "parts": st.lists(st.integers()),
        "hidden": st.text(),
    },
)


@settings(max_examples=50, deadline=None)
@given(one=FIELDS, other=FIELDS)
def test_a_quick_value_compares_and_shows_as_a_plain_one(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    quick, plain = Quick(**one), Plain(**one)

    assert dataclasses.asdict(quick) == dataclasses.asdict(plain)
    assert repr(quick) == repr(plain).replace("Plain", "Quick")
    assert (quick == Quick(**other)) == (plain == Plain(**other))
    assert dataclasses.replace(quick, name="x") == Quick(**{**one, "name": "x"})
    assert pickle.loads(pickle.dumps(quick)) == copy.deepcopy(quick) == quick


def test_equal_values_have_one_hash() -> None:
    one = Wider(name="a", parts=(1,), hidden="x")  # type: ignore[arg-type]
    other = Wider(name="a", parts=(1,), hidden="y")  # type: ignore[arg-type]

    assert hash(one) == hash(other)
    assert one == other
    assert one != Wider(name="b")
    assert one != Quick(name="a")


def test_a_value_cannot_be_changed() -> None:
    value = Wider(name="a")

    with pytest.raises(dataclasses.FrozenInstanceError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.more
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.unknown = "b"  # type: ignore[attr-defined]
    assert (value.name, value.more) == ("a", "more")


def test_wrong_words_are_refused() -> None:
    with pytest.raises(TypeError, match="unknown"):
        Quick(name="a", unknown=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="name"):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Quick("a")  # type: ignore[call-arg]
