"""Read ``whosays.toml``: what the project is called and how its rows are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from whosays import ids
from whosays.inputs import SETTINGS
from whosays.matching import nearest
from whosays.model import (
    GRAPH_PAIRS,
    GRAPH_STRONGEST,
    ActorType,
    Settings,
    Status,
)
from whosays.problems import CATALOGUE
from whosays.project.actors import LANGUAGE
from whosays.project.desk import Desk

KEYS: Mapping[str, tuple[str, ...]] = {
    "project": (
        "name",
        "title",
        "base",
        "language",
        "licence",
        "creator",
        "version",
    ),
    "statements": ("bare_rows",),
    "relations": ("use",),
    "actor_types": tuple(kind.value for kind in ActorType),
    "texts": ("dir",),
    "check": ("allow", "copy"),
    "llm": ("key",),
    "graph": ("pairs", "strongest"),
}
# Tables of whosays.toml that belong to programs built on top of this one.
FOREIGN = ("extract", "view", "tool")

# Narrower than what an IRI may be: what every engine and every file takes.
_BASE = re.compile(
    r"https?://[\w-]+(?:\.[\w-]+)*(?::[0-9]{1,5})?"
    r"/(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*#?(?<=[/#])"
)
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_LINE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")


class SettingsReader:
    """Check one settings file; the place of a finding is the line of its key."""

    def __init__(self, desk: Desk, text: str) -> None:
        """Keep the text, to find lines in it."""
        self.desk = desk
        self.text = text.replace("\r\n", "\n")
        self.lines = self.text.split("\n")
        self.data: dict[str, Any] = {}

    def line(self, section: str, key: str = "") -> int | None:
        """Find where a key stands, as the toml reader does not tell."""
        inside = ""
        for number, line in enumerate(self.lines, 1):
            words = line.strip()
            if header := re.match(r"\[+\s*\"?([^\]\"]+?)\"?\s*\]", words):
                inside = header[1]
                if not key and inside.split(".")[0].strip() == section:
                    return number
            elif re.match(rf"\"?{re.escape(key or section)}\"?\s*[=.]", words) and (
                inside == section or (not key and not inside)
            ):
                return number
        return None

    def report(
        self,
        code: str,
        section: str,
        key: str = "",
        *,
        value: object = "",
        text: str = "",
        fix: str = "",
        instructions: str = "",
    ) -> None:
        """Report a finding at its line."""
        row = self.line(section, key)
        self.desk.report(
            code,
            table=SETTINGS,
            cell=f"line {row}" if row else "",
            row=row,
            value=str(value),
            text=text,
            fix=fix,
            instructions=instructions,
        )

    def section(self, name: str) -> dict[str, Any]:
        """Give a table of the file, with only the keys that are known."""
        found = self.data.get(name, {})
        if not isinstance(found, dict):
            self.report(
                "WS513", name, value=name, text=f"is not a table: write [{name}]"
            )
            return {}
        known = KEYS[name]
        for key in found:
            if key not in known:
                self.unknown(name, key, known)
        return {key: value for key, value in found.items() if key in known}

    def unknown(self, section: str, key: str, known: tuple[str, ...]) -> None:
        """Refuse a key, with the nearest known one."""
        near = nearest(key, known)
        where = f"setting of [{section}]" if key != section else f"table of {SETTINGS}"
        self.report(
            "WS513",
            section,
            "" if key == section else key,
            value=key,
            text=f"is not a {where}",
            fix=near,
            instructions="" if near else "one of: " + ", ".join(known),
        )

    def string(self, section: str, data: Mapping[str, Any], key: str) -> str:
        """Read a text; a number or a date is refused, not converted in silence."""
        value = data.get(key, "")
        if not isinstance(value, str):
            self.report(
                "WS513",
                section,
                key,
                value=value,
                text="is not a text in quotes",
                fix=f'{key} = "{value}"',
            )
            return ""
        return value.strip()

    def flag(self, section: str, data: Mapping[str, Any], key: str) -> bool:
        """Read a switch; anything but ``true`` and ``false`` is refused."""
        value = data.get(key, False)
        if not isinstance(value, bool):
            self.report(
                "WS513",
                section,
                key,
                value=value,
                text="is no switch",
                instructions="a switch of TOML is a small word without quotes",
            )
            return False
        return value

    def counts(self, name: str, *defaults: int) -> list[int]:
        """Read a table of whole numbers, each at least 1, or what stands for it."""
        section = self.section(name)
        found = []
        for key, default in zip(KEYS[name], defaults, strict=True):
            value = section.get(key, default)
            if type(value) is not int or value < 1:  # a switch is a number in Python
                self.report(
                    "WS513",
                    name,
                    key,
                    value=value,
                    text="is not a whole number from 1 on",
                    instructions=f"write a number: {key} = {default}",
                )
                value = default
            found.append(value)
        return found

    def strings(
        self, section: str, data: Mapping[str, Any], key: str
    ) -> tuple[str, ...]:
        """Read a list of texts."""
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.report(
                "WS513",
                section,
                key,
                value=value,
                text="is not a list of texts",
                instructions=f'write {key} = ["…", "…"]',
            )
            return ()
        return tuple(value)

    def read(self, folder: str) -> Settings:
        """Read all tables; what is bad falls back to its default."""
        try:
            self.data = tomllib.loads(self.text)
        except (ValueError, RecursionError) as error:  # also nesting, huge numbers
            self.syntax(error)
        for name in self.data:
            if name not in KEYS and name not in FOREIGN:
                self.unknown(name, name, tuple(KEYS))
            elif name in FOREIGN:
                self.report(
                    "WS520", name, value=name, text="is not used here, and not read"
                )
        project = self.section("project")
        name = self.string("project", project, "name")
        if name and not ids.is_slug(name):
            self.report(
                "WS109",
                "project",
                "name",
                value=name,
                text="is not a slug",
                fix=ids.make_slug(name),
            )
            name = ""
        name = name or ids.make_slug(folder) or "project"
        fields: dict[str, str] = {
            key: self.string("project", project, key)
            for key in KEYS["project"]
            if key not in ("name", "base")
        }
        fields["title"] = fields["title"] or name
        fields["language"] = self.language(fields["language"])
        if base := self.base(project):
            fields["base"] = base
        texts = self.string("texts", self.section("texts"), "dir") or "texts"
        check = self.section("check")
        pairs, strongest = self.counts("graph", GRAPH_PAIRS, GRAPH_STRONGEST)
        return Settings(
            name=name,
            bare_rows=self.bare_rows(),
            relations=self.relations(),
            type_labels=self.type_labels(),
            texts=texts,
            allow=self.allow(check),
            copy=self.flag("check", check, "copy"),
            key_variable=self.key_variable(),
            graph_pairs=pairs,
            graph_strongest=strongest,
            **fields,
        )

    def syntax(self, error: Exception) -> None:
        """Report where the file stops being TOML; nothing else of it is read."""
        place = _LINE.search(str(error))
        row = int(place[1]) if place else len(self.lines)
        what = _LINE.sub("", str(error)).strip()
        self.desk.report(
            "WS513",
            table=SETTINGS,
            cell=f"line {row}",
            row=row,
            value=self.lines[row - 1].strip() if row <= len(self.lines) else "",
            text=f"is not TOML: {what}",
            instructions='texts stand in quotes: title = "Who says what"',
        )

    def base(self, project: Mapping[str, Any]) -> str:
        """Read the IRI under which data are minted."""
        base = self.string("project", project, "base")
        if base and not _BASE.fullmatch(base):
            self.report(
                "WS513",
                "project",
                "base",
                value=base,
                text="is not a web address that ends with / or #",
            )
            return ""
        return base

    def language(self, language: str) -> str:
        """Check the language tag that labels and gists get."""
        if language and not LANGUAGE.fullmatch(language):
            self.report(
                "WS513",
                "project",
                "language",
                value=language,
                text="is not a language tag",
                instructions="write a tag such as en, fa or pt-BR",
            )
            return "en"
        return language or "en"

    def bare_rows(self) -> Status:
        """Read the status of rows that name none."""
        section = self.section("statements")
        value = self.string("statements", section, "bare_rows")
        if value in ("", Status.ACCEPTED):
            return Status.ACCEPTED
        if value == Status.CANDIDATE:
            return Status.CANDIDATE
        near = nearest(value, ("accepted", "candidate"))
        self.report(
            "WS513",
            "statements",
            "bare_rows",
            value=value,
            text="is neither accepted nor candidate",
            fix=near,
        )
        return Status.ACCEPTED

    def relations(self) -> tuple[str, ...]:
        """Read the ids that narrow the vocabulary; ``check_use`` looks them up."""
        return self.strings("relations", self.section("relations"), "use")

    def check_use(self) -> None:
        """Look up the relations in use, once the vocabulary is complete."""
        known = self.desk.vocabulary.relations
        for name in self.desk.settings.relations:
            if name not in known:
                self.report(
                    "WS104", "relations", "use", value=name, fix=nearest(name, known)
                )

    def type_labels(self) -> tuple[tuple[str, str], ...]:
        """Read the labels that this project gives to types of actors."""
        section = self.section("actor_types")
        labels = {key: self.string("actor_types", section, key) for key in section}
        return tuple((key, label) for key, label in labels.items() if label)

    def key_variable(self) -> str:
        """Read which variable holds the key of a language model; never the key."""
        name = self.string("llm", self.section("llm"), "key")
        if name and not _VARIABLE.fullmatch(name):
            self.report(
                "WS513",
                "llm",
                "key",
                value="…",  # it may be the key itself
                text="is not the name of an environment variable",
                instructions='write key = "NAME", and the key into that variable',
            )
            return ""
        return name

    def allow(self, check: Mapping[str, Any]) -> tuple[str, ...]:
        """Read the codes of warnings that this project does not want to see."""
        allowed = []
        for code in self.strings("check", check, "allow"):
            if code not in CATALOGUE:
                self.report(
                    "WS513",
                    "check",
                    "allow",
                    value=code,
                    text="is not the code of a problem",
                    fix=nearest(code, CATALOGUE),
                )
            elif CATALOGUE[code].level == "error":
                self.report(
                    "WS513",
                    "check",
                    "allow",
                    value=code,
                    text="is an error, and only warnings can be silenced",
                )
            else:
                allowed.append(code)
        return tuple(allowed)


def reader_of(desk: Desk, data: bytes) -> SettingsReader:
    """Open the settings; a file in another encoding has none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        desk.report(
            "WS501", table=SETTINGS, cell=f"line {row}", row=row, value="this line"
        )
        text = ""
    return SettingsReader(desk, text)
