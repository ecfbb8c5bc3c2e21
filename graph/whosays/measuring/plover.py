"""The gold records of PLOVER, as `openeventdata/PLOVER` publishes them.

They are not bundled. A record is one sentence with one event; its actors are given by
their words, so the registry is made of all records together. Their classes are wider
than our relations: the figures to read are *pair* and *relaxed*.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from whosays import inputs, vocab
from whosays.ids import make_slug
from whosays.measuring.records import BadLine, Claim, Gold, Passage
from whosays.model import Actor, ActorType, Alias, Collection, Settings

_TABLE = Path(__file__).with_name("plover.csv")
_COUNTRY = re.compile(r"[A-Z]{3}\Z")


def is_plover(path: Path) -> bool:
    """Tell whether a file begins like a list of records instead of a line of gold."""
    return inputs.read_bytes(path)[:200].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"["


def read(path: Path) -> Gold:
    """Read PLOVER's records as gold; what cannot be measured is told with its reason.

    Raises:
        BadLine: the file is no list of records.
    """
    text = inputs.read_bytes(path).decode("utf-8-sig", "replace")
    try:
        records = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise BadLine(f"no JSON: {error}", str(path), line) from None
    if not all(isinstance(one, dict) for one in records):
        raise BadLine("no list of records", str(path), 1)
    relations = {
        row["event"]: row["relation"]
        for row in csv.DictReader(_TABLE.read_text("utf-8").splitlines())
    }
    people = _People()
    passages, skipped = [], []
    seen: set[str] = set()
    for number, record in enumerate(records, 1):
        id = str(record.get("id") or f"record-{number}")
        id = f"{id}-{number}" if id in seen else id
        seen.add(id)
        sides = [people.side(record.get(key)) for key in ("source", "target")]
        relation = relations.get(str(record.get("event")))
        sentence = record.get("text")
        pairs = list(_pairs(*sides))
        if relation is None or not isinstance(sentence, str) or not pairs:
            skipped.append((id, _reason(record, relation, pairs)))
            continue
        passages.append(
            Passage(
                id=id,
                source=f"record-{number}",
                start=0,
                end=len(sentence),
                text=sentence,
                part="plover",
                genre=str(record["event"]),
                gold=tuple(
                    Claim(subject=one, relation=relation, object=other)
                    for one, other in pairs
                ),
            )
        )
    collection = Collection(
        settings=Settings(name="plover", title="PLOVER"),
        actors=people.actors(),
        sources={},
        relations=vocab.load().relations,
    )
    return Gold(
        name="plover",
        passages=tuple(passages),
        collection=collection,
        texts={one.source: one.text for one in passages},
        skipped=tuple(skipped),
    )


def _pairs(source: Sequence[str], target: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair sources and targets; two sources without a target are a pair."""
    if target:
        pairs = [(one, other) for one in source for other in target]
    else:
        pairs = list(pairwise(source))
    yield from dict.fromkeys(pair for pair in pairs if pair[0] != pair[1])


def _reason(record: dict[str, Any], relation: str | None, pairs: object) -> str:
    if not isinstance(record.get("text"), str):
        return "no sentence"
    if relation is None:
        return f"no relation for {record.get('event')}"
    return "fewer than two actors" if not pairs else "unknown"


class _People:
    """The actors of all records: one per code and sector, called by all their words."""

    def __init__(self) -> None:
        self._words: dict[str, dict[str, None]] = defaultdict(dict)
        self._codes: dict[str, tuple[str, str]] = {}

    def side(self, given: object) -> list[str]:
        """Take in the actors of one side; give their slugs."""
        found = []
        for one in given if isinstance(given, list) else ():
            if not isinstance(one, dict):
                continue
            words = str(one.get("actorText") or "").strip()
            code, sector = (str(one.get(key) or "") for key in ("code", "sector"))
            if not words or words == "***":
                continue
            known = code if _COUNTRY.match(code) else ""
            slug = make_slug(f"{known}-{sector}" if known else words)
            self._words[slug][words] = None
            self._codes[slug] = (known, sector)
            found.append(slug)
        return found

    def actors(self) -> dict[str, Actor]:
        return {slug: self._actor(slug) for slug in sorted(self._words)}

    def _actor(self, slug: str) -> Actor:
        code, sector = self._codes[slug]
        words = list(self._words[slug])
        country = make_slug(code) if code and sector else ""
        return Actor(
            slug=slug,
            label=words[0],
            type=ActorType.STATE if code and not sector else ActorType.GOVERNMENT,
            part_of=country if country in self._words else "",
            aliases=tuple(Alias(text=one) for one in words[1:]),
        )
