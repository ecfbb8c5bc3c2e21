"""A project, a text, and candidates made by hand: no extractor is needed to review."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from whosays.extract.document import document
from whosays.extract.records import (
    Alternative,
    Candidate,
    Links,
    Selector,
    When,
    candidate_id,
    write_candidates,
)
from whosays.review import Desk

TEXT = (
    "Interview\n\n"
    "Oren Vale denied that Aldoria had armed the Cedar Front.\n\n"
    "Belmark attacked Aldoria in 2031 and Belmark fights the Cedar Front.\n\n"
    "A clerk said that Belmark may trade with Aldoria.\n"
)

Find = Callable[[str, str], Candidate]


def made(
    text: str,
    sentence: str,
    subject: str,
    cue: str,
    object: str,
    **values: Any,
) -> Candidate:
    """Make a candidate by the words that it is read from."""
    doc = document(text, "talk")
    start = text.index(sentence)

    def span(words: str) -> tuple[int, int]:
        at = text.index(words, start)
        return at, at + len(words)

    slugs = {
        "Aldoria": "aldoria",
        "Belmark": "belmark",
        "the Cedar Front": "cedar-front",
    }
    given: dict[str, Any] = {"relation": "arms", "stance": "affirms", "tier": "B"}
    given |= {"patterns": (f"v-{cue}",)} | values
    symmetric = given["relation"] == "fights"
    first, last = slugs[subject], slugs[object]
    return Candidate(
        id=candidate_id(
            doc.sha256,
            span(cue),
            first,
            given["relation"],
            last,
            given["stance"],
            symmetric=symmetric,
        ),
        source="talk",
        doc_sha256=doc.sha256,
        subject=first,
        object=last,
        subject_mention=span(subject),
        object_mention=span(object),
        cue=span(cue),
        selector=Selector(
            start=start,
            end=start + len(sentence),
            exact=sentence,
            prefix=text[max(0, start - 32) : start],
            suffix=text[start + len(sentence) :][:32],
        ),
        locator=f"¶{text[:start].count(chr(10) + chr(10)) + 1}",
        links=Links(),
        proposers=("lexical",),
        extractor="whosays 0 / cues en 0",
        **given,
    )


def candidates(text: str = TEXT) -> list[Candidate]:
    """Make what an extractor might find in the text, or in another version of it."""
    lines = [line for line in text.split("\n") if line]
    denial = next(line for line in lines if "armed" in line)
    war = next(line for line in lines if "attacked" in line)
    trade = next(line for line in lines if "trade" in line)
    at = text.index("in 2031") if "in 2031" in text else 0
    return [
        made(
            text,
            denial,
            "Aldoria",
            "armed",
            "the Cedar Front",
            stance="denies",
            speaker="oren-vale",
            tier="A",
            alternatives=(
                Alternative(
                    subject="cedar-front",
                    relation="supports",
                    object="aldoria",
                    stance="affirms",
                    proposer="lexical",
                ),
            ),
        ),
        made(
            text,
            war,
            "Belmark",
            "attacked",
            "Aldoria",
            relation="attacks",
            tier="A",
            time=When(start=at, end=at + 7, edtf="2031") if at else None,
        ),
        made(
            text,
            war,
            "Belmark",
            "fights",
            "the Cedar Front",
            relation="fights",
            tier="A",
        ),
        made(
            text,
            trade,
            "Belmark",
            "trade",
            "Aldoria",
            relation="tradesWith",
            speaker="text:A clerk",
            modality="hedged",
            tier="C",
        ),
    ]


def offer(root: Path, text: str = TEXT, found: list[Candidate] | None = None) -> None:
    """Put a text and its candidates where extract would."""
    (root / "texts" / "talk.txt").write_text(text, "utf-8")
    folder = root / "build" / "candidates"
    folder.mkdir(parents=True, exist_ok=True)
    listed = candidates(text) if found is None else found
    write_candidates(folder / "talk.jsonl", listed)


@pytest.fixture
def vale(tmp_path: Path) -> Path:
    root = tmp_path / "vale"
    (root / "texts").mkdir(parents=True)
    (root / "whosays.toml").write_text('[project]\nname = "vale"\n', "utf-8")
    (root / "actors.csv").write_text(
        "slug,label,type,acts_for\naldoria,Aldoria,state,\nbelmark,Belmark,state,\n"
        "cedar-front,Cedar Front,militia,\ndun-brigade,Dun Brigade,militia,\n"
        "oren-vale,Oren Vale,person,aldoria\n",
        "utf-8",
    )
    (root / "sources.csv").write_text(
        "slug,title,author,date,file\ntalk,A talk,oren-vale,2032-05-02,talk.txt\n",
        "utf-8",
    )
    offer(root)
    return root


@pytest.fixture
def desk(vale: Path) -> Desk:
    return Desk(vale, "talk")


@pytest.fixture
def find(desk: Desk) -> Find:
    """Find a candidate by subject and relation."""

    def found(subject: str, relation: str) -> Candidate:
        wanted = (subject, relation)
        held = (item.candidate for item in desk.queue.items)
        return next(one for one in held if one.reading[:2] == wanted)

    return found


def rows(root: Path, name: str = "statements/talk.csv") -> list[dict[str, str]]:
    path = root / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def other_version(one: Candidate) -> Candidate:
    """Give what a later extractor says: another cue, id, pattern and version."""
    return replace(
        one,
        id="c-" + one.id[:1:-1],
        patterns=("v-new",),
        extractor="whosays 9",
        tier="A",
    )
