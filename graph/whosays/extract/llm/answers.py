"""An answer of a model → items of a closed shape, each refused alone where it is not.

Nothing is guessed: a list instead of the object, prose around it, a field too many or
a value outside its list is refused. The one repair is a code fence taken off.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from whosays.extract.llm import NAME, refusals
from whosays.extract.llm.endpoint import BadAnswer, strict_json
from whosays.extract.llm.refusals import Refusal, written
from whosays.extract.records import ModalityName, StanceName

MOST = 200
"""Statements that one answer may hold."""

NEW = "new"
"""The id of an actor that is not in the list."""

_FENCE = re.compile(r"```(?:json|JSON)?[ \t]*\r?\n(?P<inside>.*)\r?\n```", re.DOTALL)
_MAY_BE_NULL = "speaker_text"
_LONGEST = 1_000  # characters of a field


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One statement as a model says it: words of the text, and ids of closed lists."""

    subject: str
    subject_text: str
    relation: str
    object: str
    object_text: str
    cue: str
    stance: StanceName
    modality: ModalityName
    speaker_text: str | None
    quote: str


FIELDS = tuple(one.name for one in fields(Item))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What may stand in an answer: ids of actors and of relations that were sent."""

    actors: Collection[str]
    relations: Collection[str]


def schema(lists: Lists) -> dict[str, Any]:
    """Describe an answer as JSON Schema, for servers that hold a model to it."""
    text = {"type": "string", "maxLength": _LONGEST}
    actor = {"type": "string", "enum": [*lists.actors, NEW]}
    kinds: Mapping[str, Mapping[str, Any]] = {
        "subject": actor,
        "object": actor,
        "relation": {"type": "string", "enum": [*lists.relations]},
        "stance": {"type": "string", "enum": [*get_args(StanceName)]},
        "modality": {"type": "string", "enum": [*get_args(ModalityName)]},
        _MAY_BE_NULL: {"type": ["string", "null"], "maxLength": _LONGEST},
    }
    item = {
        "type": "object",
        "properties": {name: kinds.get(name, text) for name in FIELDS},
        "required": list(FIELDS),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"statements": {"type": "array", "items": item}},
        "required": ["statements"],
        "additionalProperties": False,
    }


def opened(content: str) -> list[Any]:
    """Open an answer and give its items, of whatever kind they are.

    Raises:
        BadAnswer: it is no JSON, or not the object that was asked for.
    """
    text = content.strip()
    if fenced := _FENCE.fullmatch(text):
        text = fenced["inside"]
    try:
        data = strict_json(text)
    except ValueError as error:
        raise BadAnswer(refusals.NO_JSON, str(error)[:100]) from None
    if not isinstance(data, dict) or list(data) != ["statements"]:
        raise BadAnswer(refusals.WRONG_SHAPE, "it is not {“statements”: […]}")
    if not isinstance(data["statements"], list):
        raise BadAnswer(refusals.WRONG_SHAPE, "“statements” is no list")
    return data["statements"]


def sorted_out(found: list[Any], lists: Lists) -> tuple[list[Item], list[Refusal]]:
    """Part items of the right shape from all others; what is said twice counts once."""
    items: dict[Item, None] = {}
    refused: list[Refusal] = []
    for one in found[:MOST]:
        item, reason, detail = _item(one, lists)
        if item is not None and item in items:
            item, reason, detail = None, refusals.REPEATED, ""
        if item is None:
            refused.append(
                Refusal(proposer=NAME, reason=reason, detail=detail, said=written(one))
            )
        else:
            items[item] = None
    if len(found) > MOST:
        detail = f"{len(found) - MOST:,} more"
        said = written(found[MOST : MOST + 3])
        refused.append(
            Refusal(proposer=NAME, reason=refusals.TOO_MANY, detail=detail, said=said)
        )
    return list(items), refused


def _item(one: Any, lists: Lists) -> tuple[Item | None, str, str]:  # noqa: ANN401
    if not isinstance(one, dict):
        return None, refusals.NO_OBJECT, f"it is {type(one).__name__}"
    if strange := [key for key in one if key not in FIELDS]:
        return None, refusals.STRANGE_FIELD, f"“{strange[0][:60]}”"
    if missing := [name for name in FIELDS if name not in one]:
        return None, refusals.MISSING_FIELD, f"“{missing[0]}”"
    for name in FIELDS:
        value = one[name]
        if value is None and name == _MAY_BE_NULL:
            continue
        if not isinstance(value, str) or len(value) > _LONGEST:
            return None, refusals.WRONG_TYPE, f"“{name}”"
    closed: tuple[tuple[str, Collection[str], str], ...] = (
        ("relation", lists.relations, refusals.UNKNOWN_RELATION),
        ("stance", get_args(StanceName), refusals.UNKNOWN_STANCE),
        ("modality", get_args(ModalityName), refusals.UNKNOWN_MODALITY),
        ("subject", (*lists.actors, NEW), refusals.UNKNOWN_ACTOR),
        ("object", (*lists.actors, NEW), refusals.UNKNOWN_ACTOR),
    )
    for name, allowed, reason in closed:
        if one[name] not in allowed:
            return None, reason, f"“{one[name][:60]}”"
    if one["subject"] == one["object"] != NEW:
        return None, refusals.SAME_ENDS, ""
    return Item(**one), "", ""
