import csv
from pathlib import Path

import pytest

from whosays.extract import cuetables
from whosays.extract.document import Registry, document
from whosays.extract.pipeline import Extractor
from whosays.extract.records import Candidate
from whosays.model import Actor, ActorType


class Reader:
    """Reads a text about the invented actors of the cue tables."""

    def __init__(self) -> None:
        with (cuetables.FOLDER / "example_actors.csv").open(encoding="utf-8") as file:
            actors = [
                Actor(
                    slug=row["slug"],
                    label=row["label"],
                    type=ActorType(row["type"]),
                    part_of=row["part_of"],
                    acts_for=row["acts_for"],
                )
                for row in csv.DictReader(file)
            ]
        self.registry = Registry(actors={actor.slug: actor for actor in actors})
        self.extractor = Extractor(self.registry)

    def candidates(self, text: str, **more: object) -> tuple[Candidate, ...]:
        return self.extractor.extract(document(text, "tale", **more)).candidates

    def readings(self, text: str, **more: object) -> set[tuple[str, ...]]:
        return {(*one.reading, one.speaker) for one in self.candidates(text, **more)}


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "vale"
    (folder / "texts").mkdir(parents=True)
    (folder / "whosays.toml").write_text('[project]\nname = "vale"\n', "utf-8")
    (folder / "actors.csv").write_text(
        "slug,label,type,acts_for\n"
        "aldoria,Aldoria,state,\n"
        "belmark,Belmark,state,\n"
        "cedar-front,Cedar Front,militia,\n"
        "oren-vale,Oren Vale,person,aldoria\n",
        "utf-8",
    )
    (folder / "sources.csv").write_text(
        "slug,title,kind,author,date,file,we\n"
        "vale-interview,Interview,interview,oren-vale,2024-05-02,vale.txt,"
        "oren-vale=aldoria\n"
        "page,A page,article,,2024,page.html,\n"
        "paper,A paper,report,,2024,paper.pdf,\n",
        "utf-8",
    )
    (folder / "texts" / "vale.txt").write_text(
        "Interview\n\nQ: Has Aldoria armed the Cedar Front?\n\n"
        "Oren Vale: We have never armed the Cedar Front. Belmark attacked us.\n",
        "utf-8",
    )
    return folder
