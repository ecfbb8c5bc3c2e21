from collections.abc import Iterable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

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


class Clumsy(Stray):
    """Raises after one proposal, or gives what is no proposal."""

    name = "clumsy"

    def __init__(self, given: Any = None) -> None:
        self.given = given
        self.asked = 0

    def propose(self, doc: Document, ctx: Context) -> Iterable[Proposal]:
        self.asked += 1
        if self.given is not None:
            return [self.given]
        raise ZeroDivisionError("no luck\nat all")


def test_our_own_proposer_passes_the_conformance_check():
    check_proposer(Lexical())


def test_a_span_outside_the_text_is_refused_with_the_name_of_the_extractor(reader):
    extractor = Extractor(reader.registry, proposers=(Lexical(), Stray()))

    found = extractor.extract(document("Aldoria attacked Belmark.", "tale"))

    assert len(found.candidates) == 1
    assert [one.partition(":")[0] for one in found.refused] == ["stray"]
    with pytest.raises(UsageError, match="stray is refused"):
        check_proposer(Stray())


def test_an_extractor_that_raises_is_told_once_and_left_out(reader):
    clumsy = Clumsy()
    extractor = Extractor(reader.registry, proposers=(clumsy, Lexical()))
    text = "Aldoria attacked Belmark.\n" * 600

    found = extractor.extract(document(text, "tale"))

    assert found.refused == ("clumsy was left out: ZeroDivisionError: no luck",)
    assert len(found.candidates) == 600
    assert clumsy.asked == 1


def proposal(*values: Any) -> Proposal:
    return Proposal(*values)


ALDORIA, BELMARK = Filler("aldoria", 0, 7), Filler("belmark", 17, 24)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("arms", "gives str, and no proposal"),
        (proposal((8, 16), "aldoria", BELMARK, "attacks", "x"), "no filler"),
        (proposal(("8", 16), ALDORIA, BELMARK, "attacks", "x"), "whole numbers"),
        (proposal(8, ALDORIA, BELMARK, "attacks", "x"), "whole numbers"),
        (proposal((8, 16), ALDORIA, BELMARK, None, "x"), "no text"),
        (proposal((8, 16), ALDORIA, ALDORIA, "attacks", "x"), "relates to itself"),
        (proposal((8, 16), ALDORIA, BELMARK, "annoys", "x"), "no relation “annoys”"),
    ],
    ids=["text", "end", "word", "number", "relation", "itself", "unknown"],
)
def test_what_is_no_proposal_is_refused_with_the_reason(reader, given, said: str):
    extractor = Extractor(
        reader.registry,
        proposers=(Clumsy(given),),
        relations=frozenset({"attacks"}),
    )

    found = extractor.extract(document("Aldoria attacked Belmark.", "tale"))

    assert found.candidates == ()
    assert [one for one in found.refused if said in one] == list(found.refused)
    assert len(found.refused) == 1


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
    import spacy

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
