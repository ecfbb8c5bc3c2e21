"""A small gold of its own, whose figures can be counted by hand."""

import json
from pathlib import Path

import pytest

ACTORS = """slug,label,type,part_of,acts_for,aliases
aldoria,Aldoria,state,,,
aldorian-navy,Aldorian Navy,armedForce,aldoria,,
belmark,Belmark,state,,,
cedar-front,Cedar Front,militia,,,the Front
dun-brigade,Dun Brigade,militia,,,
oren-vale,Oren Vale,person,,aldoria,
"""
SOURCES = """slug,title,kind,default_voice,date,file
bulletin,A bulletin,report,belmark,2031-04,bulletin.txt
"""
TEXT = """Aldoria armed the Cedar Front. Belmark never attacked the Dun Brigade.

Oren Vale denied that Belmark had funded the Cedar Front.

Aldoria and Belmark lie on one sea. Fog came up.
"""
STATEMENTS = {
    "s1": [{"s": "aldoria", "r": "arms", "o": "cedar-front"}],
    "s2": [{"s": "belmark", "r": "attacks", "o": "dun-brigade", "stance": "denies"}],
    "s3": [
        {
            "s": "belmark",
            "r": "finances",
            "o": "cedar-front",
            "stance": "denies",
            "speaker": "oren-vale",
        }
    ],
}
SENTENCES = (
    ("s1", "Aldoria armed the Cedar Front."),
    ("s2", "Belmark never attacked the Dun Brigade."),
    ("s3", "Oren Vale denied that Belmark had funded the Cedar Front."),
    ("s4", "Aldoria and Belmark lie on one sea."),
    ("s5", "Fog came up."),
)


def lines(rows) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def rows_of_gold() -> list[dict[str, object]]:
    return [
        {
            "id": id,
            "source": "bulletin",
            "start": TEXT.index(text),
            "end": TEXT.index(text) + len(text),
            "text": text,
            "split": "dev" if id != "s3" else "frozen",
            "genre": "report",
            "gold": STATEMENTS.get(id, []),
        }
        for id, text in SENTENCES
    ]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A project with a text; its gold is ``gold/small.jsonl``."""
    folder = tmp_path / "world"
    (folder / "texts").mkdir(parents=True)
    (folder / "gold").mkdir()
    (folder / "whosays.toml").write_text(
        '[project]\nname = "small"\ntitle = "A small world"\n', "utf-8"
    )
    (folder / "actors.csv").write_text(ACTORS, "utf-8")
    (folder / "sources.csv").write_text(SOURCES, "utf-8")
    (folder / "texts" / "bulletin.txt").write_text(TEXT, "utf-8")
    (folder / "gold" / "small.jsonl").write_text(lines(rows_of_gold()), "utf-8")
    return folder


@pytest.fixture
def small(world: Path) -> Path:
    return world / "gold" / "small.jsonl"


@pytest.fixture
def said(tmp_path: Path):
    """Write predictions to a file."""

    def write(*rows: dict[str, object]) -> Path:
        path = tmp_path / "said.jsonl"
        path.write_text(lines(rows), "utf-8")
        return path

    return write
