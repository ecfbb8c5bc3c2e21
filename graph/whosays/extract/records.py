"""The candidate: one proposed statement, tied to the exact span that says so.

One JSON object per line, keys in the order of the fields, no others. Offsets count
code points of the stored text, which is the decoded file without byte order mark.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, cast, get_args

from whosays.errors import WhosaysError
from whosays.files import atomic_writer
from whosays.model import Modality

Span = tuple[int, int]
StanceName = Literal["affirms", "denies", "questions"]
ModalityName = Literal["asserted", "hedged", "future", "possible"]
Alignment = Literal["exact", "normalised"]
Tier = Literal["A", "B", "C"]
Link = Literal["registry", "coref", "proposed-new"]
FLAGS = (
    "ambiguous-name",
    "coref",
    "disagrees-with-rules",
    "instruction-like",
    "repeated-quote",
    "scare-quotes",
    "stance-disagrees",
    "truncated",
)
AUTHOR = "@author"
"""The speaker where nobody is named: whoever narrates."""
STRANGER = "text:"
"""How a speaker begins whom the registry does not have; the words follow."""
PROPOSED = "new:"
"""How an end begins that the registry does not have; a slug follows."""

MODALITIES: Mapping[str, Modality] = {
    "asserted": Modality.ACTUAL,
    "hedged": Modality.SUSPECTED,
    "future": Modality.PREDICTED,
    "possible": Modality.INTENDED,
}
"""What a candidate's modality is called in the ontology."""


class BadCandidate(WhosaysError, ValueError):
    """A line that is no candidate; ``line`` counts from 1."""

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        """Put the place in front."""
        self.path = path
        self.line = line
        place = ":".join(str(part) for part in (path, line) if part)
        shown = f"{place}: {message}" if place else message
        super().__init__(shown, "Run whosays extract again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Where the words stand: W3C position and quote selectors in one.

    ``exact`` may be shorter than the span when it was cut (flag ``truncated``).
    """

    start: int
    end: int
    alignment: Alignment = "exact"
    prefix: str = ""
    suffix: str = ""
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time that the text names: its span and what it means as EDTF."""

    start: int
    end: int
    edtf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """How the three actors were found."""

    subject: Link = "registry"
    object: Link = "registry"
    speaker: Link = "registry"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Alternative:
    """A reading that lost the merge; nothing is dropped silently."""

    subject: str
    relation: str
    object: str
    stance: str
    proposer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One proposed statement.

    ``speaker`` is the innermost named source, ``@author`` for the narrator, or
    ``text:<words>`` outside the registry; ``also`` are speakers coordinated with it;
    ``chain`` are outer sources, innermost first. ``relation`` is an id of the ontology.
    """

    id: str
    source: str
    doc_sha256: str
    subject: str
    relation: str
    object: str
    stance: StanceName
    speaker: str = AUTHOR
    also: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    modality: ModalityName = "asserted"
    time: When | None = None
    subject_mention: Span
    object_mention: Span
    cue: Span
    speaker_mention: Span | None = None
    selector: Selector
    locator: str
    links: Links = Links()
    tier: Tier = "C"
    proposers: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    flags: tuple[str, ...] = ()
    status: Literal["candidate"] = "candidate"
    extractor: str = ""

    @property
    def reading(self) -> tuple[str, str, str, str]:
        """Who relates how to whom, and the stance."""
        return self.subject, self.relation, self.object, self.stance


KEYS = tuple(field.name for field in fields(Candidate))
"""The keys of a line, in their order."""


def candidate_id(
    doc_sha256: str,
    cue: Span,
    subject: str,
    relation: str,
    object: str,
    stance: str,
    *,
    symmetric: bool = False,
) -> str:
    """Compute the id: what is read where, never who read it or how sure.

    >>> one = candidate_id("00", (3, 8), "b", "fights", "a", "denies", symmetric=True)
    >>> one == candidate_id("00", (3, 8), "a", "fights", "b", "denies", symmetric=True)
    True
    """
    ends = sorted((subject, object)) if symmetric else [subject, object]
    values = [doc_sha256, cue[0], cue[1], ends[0], relation, ends[1], stance]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    raw = text.encode("utf-8", "surrogatepass")
    return f"c-{hashlib.sha256(raw).hexdigest()[:16]}"


def to_record(candidate: Candidate) -> dict[str, Any]:
    """Turn a candidate into what its line holds, keys in order."""
    return cast("dict[str, Any]", _plain(candidate))


def to_line(candidate: Candidate) -> str:
    """Write a candidate as one line of JSON, without the line break."""
    return json.dumps(to_record(candidate), ensure_ascii=False)


def from_record(data: object) -> Candidate:
    """Read what a line holds; strange, missing or ill-typed keys are refused.

    Raises:
        BadCandidate: it is no candidate, with the key that is wrong.
    """
    found = _keys(data, Candidate, "candidate")
    for key in ("also", "chain", "proposers", "patterns", "flags"):
        found[key] = _texts(found[key], key)
    for key in ("subject_mention", "object_mention", "cue"):
        found[key] = _span(found[key], key)
    if found["speaker_mention"] is not None:
        found["speaker_mention"] = _span(found["speaker_mention"], "speaker_mention")
    if found["time"] is not None:
        found["time"] = When(**_keys(found["time"], When, "time"))
    found["selector"] = Selector(**_keys(found["selector"], Selector, "selector"))
    found["links"] = Links(**_keys(found["links"], Links, "links"))
    if not isinstance(found["alternatives"], list):
        raise BadCandidate("alternatives is no list")
    found["alternatives"] = tuple(
        Alternative(**_keys(one, Alternative, "alternatives"))
        for one in found["alternatives"]
    )
    made = Candidate(**found)
    _check(made)
    return made


def write_candidates(
    path: str | os.PathLike[str], candidates: Iterable[Candidate]
) -> int:
    """Write candidates, one per line, in one step; count them."""
    count = 0
    with atomic_writer(path) as file:
        for candidate in candidates:
            line = f"{to_line(candidate)}\n"
            file.write(line.encode("utf-8", "surrogatepass"))
            count += 1
    return count


def read_candidates(path: str | os.PathLike[str]) -> Iterator[Candidate]:
    """Read candidates one by one.

    Raises:
        BadCandidate: a line is no candidate; its number is named.
    """
    with open(path, encoding="utf-8", errors="surrogatepass") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield from_record(json.loads(line))
            except BadCandidate as error:
                raise BadCandidate(error.message, os.fspath(path), number) from None
            except ValueError as error:
                said = f"no JSON: {error}"
                raise BadCandidate(said, os.fspath(path), number) from None


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        shown = cast("Any", value)
        return {one.name: _plain(getattr(value, one.name)) for one in fields(shown)}
    return value


_TYPES: Mapping[str, type | tuple[type, ...]] = {"start": int, "end": int}
_LISTS = {"also", "chain", "proposers", "patterns", "alternatives", "flags"}
_OBJECTS = {"selector", "links"}
_SPANS = {"subject_mention", "object_mention", "cue"}


def _keys(data: object, kind: type, name: str) -> dict[str, Any]:
    """Check that exactly the keys of a record are there, plain ones well-typed."""
    if not isinstance(data, dict):
        raise BadCandidate(f"{name} is no object")
    wanted = [one.name for one in fields(kind)]
    if strange := [key for key in data if key not in wanted]:
        raise BadCandidate(f"{name} has an unknown key “{strange[0]}”")
    if missing := [key for key in wanted if key not in data]:
        raise BadCandidate(f"{name} lacks “{missing[0]}”")
    for key in wanted:
        if key in _LISTS | _OBJECTS | _SPANS | {"time", "speaker_mention"}:
            continue
        kinds = _TYPES.get(key, str)
        if not isinstance(data[key], kinds) or isinstance(data[key], bool):
            raise BadCandidate(f"{name}: “{key}” is of the wrong type")
    return {key: data[key] for key in wanted}


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadCandidate(f"“{key}” is no list of texts")
    return tuple(value)


def _span(value: object, key: str) -> Span:
    if (
        not isinstance(value, list)
        or len(value) != 2
        or not all(type(one) is int for one in value)
        or not 0 <= value[0] <= value[1]
    ):
        raise BadCandidate(f"“{key}” is no span [start, end]")
    return value[0], value[1]


def _check(candidate: Candidate) -> None:
    """Refuse values outside the closed lists."""
    links = candidate.links
    closed: tuple[tuple[str, str, object], ...] = (
        ("stance", candidate.stance, StanceName),
        ("modality", candidate.modality, ModalityName),
        ("tier", candidate.tier, Tier),
        ("alignment", candidate.selector.alignment, Alignment),
        ("status", candidate.status, Literal["candidate"]),
        *(("links", one, Link) for one in (links.subject, links.object, links.speaker)),
    )
    for key, value, allowed in closed:
        if value not in get_args(allowed):
            raise BadCandidate(f"“{key}” cannot be “{value}”")
    if strange := [flag for flag in candidate.flags if flag not in FLAGS]:
        raise BadCandidate(f"unknown flag “{strange[0]}”")
