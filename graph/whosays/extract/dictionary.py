"""Verbs of a CAMEO dictionary that the user has, as further cues.

Dictionaries of event coders (PETRARCH and its kin) list verbs in blocks, each with a
CAMEO code of its own or that of its block. Only verbs with a code are read: patterns
of several words and sets of synonyms are left out. A verb that our tables know stays
as it is there, and what only such a verb says is never above the last tier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from whosays import inputs
from whosays.errors import MissingFile, UsageError
from whosays.extract.cuetables import FOLDER, Tables
from whosays.tables import read_table

PREFIX = "cameo-"
"""What the patterns of such verbs begin with."""

_CODES = "cameo.csv"
_COLUMNS = ("code", "relation", "frame", "note")
_BLOCK = re.compile(r"---\s*(?P<name>.*?)\s*\[(?P<code>[^\]]*)\]\s*---")
_VERB = re.compile(
    r"\+?(?P<lemma>[A-Z][A-Z_'-]*)\s*(?:\{(?P<forms>[^{}]*)\})?\s*(?:\[(?P<code>[^\]]*)\])?"
)
_FORMED = ("verbs", "light", "speech", "common")
_MOST = 20_000_000  # bytes of a file


def widened(tables: Tables, path: Path) -> Tables:
    """Add the verbs of a dictionary to the tables of a language.

    Raises:
        MissingFile: there is no such file.
        UsageError: it holds no verb with a code.
    """
    if not inputs.is_file(path):
        raise MissingFile(f"no dictionary {path}")
    data = path.read_bytes()
    text = data.decode("utf-8", "replace") if len(data) <= _MOST else ""
    known = {row.get("lemma") or row["verb"] for t in _FORMED for row in tables.rows[t]}
    known |= {row["word"] for row in tables.rows["scope"]}
    added: dict[str, Mapping[str, str]] = {}
    codes = _codes()
    coded = False
    for lemma, forms, code in _verbs(text):
        coded = True
        row = codes.get(code[:3]) or codes.get(code[:2])
        if row is None or lemma in known or lemma in added:
            continue
        added[lemma] = {
            "id": f"{PREFIX}{code}-{lemma.replace(' ', '-')}",
            "lemma": lemma,
            "forms": ";".join(forms),
            "relation": row["relation"],
            "invert": "",
            "negate": "",
            "frame": row["frame"],
            "note": "",
        }
    if not coded:
        raise UsageError(
            f"{path} holds no verbs of a CAMEO dictionary",
            "It has blocks “--- NAME [112] ---” with a verb in each line",
        )
    rows = {**tables.rows, "verbs": (*tables.rows["verbs"], *added.values())}
    return replace(tables, rows=rows)


def _codes() -> dict[str, Mapping[str, str]]:
    table = read_table(FOLDER / _CODES, f"cues/{_CODES}", _COLUMNS, required=_COLUMNS)
    return {row.cells["code"]: row.cells for row in table.rows}


def _verbs(text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield lemma, forms and code of each verb that has one."""
    code: str | None = None  # before the first block stand sets of synonyms
    for line in text.splitlines():
        line = line.partition("#")[0].strip()
        if block := _BLOCK.match(line):
            code = _first(block["code"])
        elif code is None or line.startswith(("-", "&", "~")):
            continue
        elif (verb := _VERB.fullmatch(line)) is not None:
            own = code if verb["code"] is None else _first(verb["code"])
            if own:
                lemma = verb["lemma"].lower().replace("_", " ")
                yield lemma, _forms(lemma, (verb["forms"] or "").lower()), own


def _first(code: str) -> str:
    """Take the code of who acts out of "042:043"; nothing where there is none.

    >>> _first("042:043"), _first("---"), _first(":173")
    ('042', '', '')
    """
    found = code.partition(":")[0].strip()
    return found if found[:2].isdigit() else ""


def _forms(lemma: str, given: str) -> tuple[str, str, str, str]:
    """Give third person, past, participle and -ing of the first word of a verb.

    >>> _forms("flee", "flees fleeing fled"), _forms("defy", "")
    (('flees', 'fled', 'fled', 'fleeing'), ('defies', 'defied', 'defied', 'defying'))
    >>> _forms("draw out", "+draws_out +drawing_out +drawn_out +drew_out")
    ('draws', 'drew', 'drawn', 'drawing')
    """
    base = lemma.split()[0]
    third, past, gerund = f"{base}s", f"{base}ed", f"{base}ing"
    if base.endswith("e"):
        past = f"{base}d"
        gerund = f"{base}ing" if base.endswith("ee") else f"{base[:-1]}ing"
    elif base.endswith("y") and base[-2:-1] not in "aeiou":
        third, past = f"{base[:-1]}ies", f"{base[:-1]}ied"
    elif base.endswith(("s", "x", "z", "ch", "sh")):
        third = f"{base}es"
    others: list[str] = []
    for form in given.replace("+", " ").split():
        word = form.split("_")[0]
        if word.endswith("ing"):
            gerund = word
        elif word.endswith("s"):
            third = word
        else:
            others.append(word)
    participle = past = others[0] if others else past
    for word in others[1:]:
        if word.endswith("n"):
            participle = word
        elif past.endswith("n"):
            past = word
    return third, past, participle, gerund
