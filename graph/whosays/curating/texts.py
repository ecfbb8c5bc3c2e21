"""Renaming in files that are no tables: queries, settings, logs of decisions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from whosays import ids, inputs
from whosays.errors import MissingFile
from whosays.namespaces import prefixes

_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]:,\n]')
_CLAIM = re.compile(r"([a-z0-9-]+)_([A-Za-z0-9]+)_([a-z0-9-]+)")
_PAIR = re.compile(r"([a-z0-9-]+)_([a-z0-9-]+)")
_NO_NAMES = frozenset({"gist", "note", "reason", "quote", "text", "title"})
_KEYS: Mapping[str, frozenset[str]] = {
    "actor": frozenset(
        [
            "subject",
            "object",
            "speaker",
            "voice",
            "chain",
            "also",
            "via",
            "place",
            "places",
            "actor",
            "actors",
        ]
    ),
    "source": frozenset({"source", "sources"}),
    "relation": frozenset({"relation", "relations"}),
}
_LARGEST = 1024 * 1024  # bytes of a file that is searched for mentions
_MOST = 500  # files


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A thing with its old and its new slug, as it is named outside tables.

    ``base`` is the IRI that the project mints under; ``symmetric`` tells for each
    relation whether its ends change places freely.
    """

    kind: str
    old: str
    new: str
    base: str
    symmetric: Mapping[str, bool]

    def claim(self, id: str) -> str:
        """Give the id that a claim or a pair of actors has now."""
        if claim := _CLAIM.fullmatch(id):
            ends = self._slug("actor", claim[1]), self._slug("actor", claim[3])
            relation = self._slug("relation", claim[2])
            if (ends[0], relation, ends[1]) == claim.groups():
                return id
            turns = self.symmetric.get(claim[2], False)
            return ids.proposition_id(ends[0], relation, ends[1], turns)
        if pair := _PAIR.fullmatch(id):
            found = [self._slug("actor", end) for end in pair.groups()]
            return id if tuple(found) == pair.groups() else "_".join(sorted(found))
        return id

    def _slug(self, kind: str, slug: str) -> str:
        return self.new if (kind, slug) == (self.kind, self.old) else slug

    def iris(self) -> Iterator[tuple[str, str]]:
        """Pair each IRI that follows from the slug with its new one."""
        paths = {
            "actor": ("actor/", "graph/voice."),
            "source": ("source/", "graph/source."),
            "relation": ("rel/", "said/", "denied/"),
        }[self.kind]
        for path in paths:
            yield f"{self.base}{path}{self.old}", f"{self.base}{path}{self.new}"


def in_query(text: str, renamed: Renamed) -> str:
    """Rename within SPARQL: IRIs, prefixed names, claims."""
    spaces = prefixes(renamed.base) | dict(_PREFIX.findall(text))
    for old, new in renamed.iris():
        text = text.replace(f"<{old}>", f"<{new}>")
        for prefix, space in spaces.items():
            if space and old.startswith(space):
                name = f"{prefix}:{old.removeprefix(space)}"
                becomes = f"{prefix}:{new.removeprefix(space)}"
                pattern = rf"(?<![\w:.-]){re.escape(name)}(?![\w-]|\.\w)"
                text = re.sub(pattern, becomes, text)
    claims = f"{renamed.base}prop/"
    heads = [f"<{claims}"] + [f"{p}:" for p, space in spaces.items() if space == claims]
    for head in heads:
        pattern = rf"(?<![\w:.-])({re.escape(head)})([\w-]+)"
        text = re.sub(pattern, lambda found: found[1] + renamed.claim(found[2]), text)
    return text


def in_settings(text: str, renamed: Renamed) -> str:
    """Rename in the list of relations that ``whosays.toml`` narrows the project to."""
    if renamed.kind != "relation":
        return text
    section = re.search(
        r"(?ms)^\s*\[\s*relations\s*\].*?(?=^\s*\[[^\]\n]*\]\s*$|\Z)", text
    )
    if section is None:
        return text
    pattern = rf"""(["']){re.escape(renamed.old)}\1"""
    inside = re.sub(
        pattern, lambda found: f"{found[1]}{renamed.new}{found[1]}", section[0]
    )
    return text[: section.start()] + inside + text[section.end() :]


def in_json(text: str, renamed: Renamed) -> str:
    """Rename in JSON or lines of JSON: values of the keys that name such a thing.

    A chain is written with ``>``; the id of a claim is known by its form, whatever the
    key. Words in notes stay as they were written.
    """

    def value(key: str, text: str) -> str:
        if key in _NO_NAMES:
            return text
        if key in _KEYS[renamed.kind]:
            links = re.split(r"(\s*>\s*)", text)
            return "".join(renamed.new if x == renamed.old else x for x in links)
        return renamed.claim(text)

    return _with_values(text, value)


def _with_values(text: str, value: Callable[[str, str], str]) -> str:
    """Let every string value go through a function, with the key it belongs to."""
    pieces: list[str] = []
    keys: list[str] = [""]
    before, last = 0, ""
    tokens = list(_TOKEN.finditer(text))
    for number, token in enumerate(tokens):
        match token[0]:
            case "{" | "[":
                keys.append(last)
            case "}" | "]":
                last = keys.pop() if len(keys) > 1 else ""
            case ",":
                last = keys[-1]
            case "\n" if len(keys) == 1:
                last = ""
            case string if string.startswith('"'):
                plain = _decoded(string)
                following = tokens[number + 1 : number + 2]
                if following and following[0][0] == ":":
                    last = plain
                    continue
                becomes = value(last, plain)
                if becomes != plain:
                    pieces += text[before : token.start()], json.dumps(becomes)
                    before = token.end()
    return "".join((*pieces, text[before:]))


def _decoded(string: str) -> str:
    try:
        return str(json.loads(string, strict=False))
    except ValueError:
        return ""


def mentions(root: Path, slug: str) -> Iterator[tuple[str, int]]:
    """Count the lines that name a slug in files that nobody but people read."""
    word = re.compile(rf"(?<![\w-]){re.escape(slug)}(?![\w-])")
    for path in _others(root):
        try:
            if path.stat().st_size > _LARGEST:
                continue
            lines = inputs.read_bytes(path).decode().splitlines()
        except (OSError, MissingFile, UnicodeDecodeError):
            continue
        if count := sum(word.search(line) is not None for line in lines):
            yield inputs.relative(root, path), count


def _others(root: Path) -> list[Path]:
    """List the texts of a project beside its tables."""
    found = [path for path in inputs.listing(root) if path.suffix != ".csv"]
    for folder in ("queries", "tours", "docs", "ontology", "decisions"):
        found += inputs.listing(root / folder)
    named = (path for path in found if not path.name.startswith((".", "~")))
    return [path for path in named if inputs.is_file(path)][:_MOST]
