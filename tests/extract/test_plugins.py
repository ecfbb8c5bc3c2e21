from collections.abc import Iterable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import spacy

from whosays.errors import UsageError
from whosays.extract import plugins
from whosays.extract.document import Document, document
from whosays.extract.pipeline import Extractor
from whosays.extract.proposals import Context, Proposal
from whosays.extract.proposers.lexical import Lexical
from whosays.extract.words import Filler
from whosays.testing import check_proposer


class Stray:
    """Gives a span that is not in the text."""

    name = "stray"
    version = "1"
    needs: frozenset[str] = frozenset()

    def propose(self, doc: Document, ctx: Context) -> Iterable[Proposal]:
        end = len(doc.text)
        yield Proposal(
            (end, end + 5),
            Filler("aldoria", 0, 7),
            Filler("belmark", 0, 7),
            "attacks",
            "stray-1",
        )


def test_our_own_proposer_passes_the_conformance_check():
    check_proposer(Lexical())


def test_a_span_outside_the_text_is_refused_with_the_name_of_the_extractor(reader):
    extractor = Extractor(reader.registry, proposers=(Lexical(), Stray()))

    found = extractor.extract(document("Aldoria attacked Belmark.", "tale"))

    assert len(found.candidates) == 1
    assert [one.partition(":")[0] for one in found.refused] == ["stray"]
    with pytest.raises(UsageError, match="stray is refused"):
        check_proposer(Stray())


def test_an_extractor_is_found_by_entry_point_and_a_wrong_name_is_told(monkeypatch):
    point = EntryPoint("stray", f"{__name__}:Stray", plugins.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda self: Stray)

    def points(*, group: str, name: str = "stray") -> list[EntryPoint]:
        return [point] if name == "stray" else []

    monkeypatch.setattr(plugins, "entry_points", points)

    (made,) = plugins.load(["stray"])
    with pytest.raises(UsageError, match="Did you mean: stray"):
        plugins.load(["strays"])

    assert made.name == "stray"


def test_what_is_no_extractor_is_refused():
    with pytest.raises(UsageError, match="is no extractor"):
        plugins.checked(object())


def test_the_spacy_components_give_what_the_extractor_gives(project: Path):
    nlp = spacy.blank("en")
    nlp.add_pipe("whosays_actors", config={"project": str(project)})
    nlp.add_pipe("whosays_statements", config={"project": str(project)})

    doc = nlp("Minister Oren Vale denied that Aldoria had armed the Cedar Front.")

    assert [span.kb_id_ for span in doc.spans["actors"]] == [
        "oren-vale",
        "aldoria",
        "cedar-front",
    ]
    assert [(*one.reading, one.speaker) for one in doc._.statements] == [
        ("aldoria", "arms", "cedar-front", "denies", "oren-vale")
    ]
