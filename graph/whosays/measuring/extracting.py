"""Our own extraction over the texts of a gold."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from whosays.extract.document import document
from whosays.extract.llm.route import Route
from whosays.extract.pipeline import Extractor
from whosays.extract.records import MODALITIES, Candidate
from whosays.extract.running import registry_of
from whosays.extract.setup import extractor as setup
from whosays.measuring.records import Gold, Passage, Prediction


def ready(
    gold: Gold,
    model: str = "",
    extractors: Sequence[str] = (),
    route: Route | None = None,
) -> Extractor:
    """Make the extractor for the registry of a gold.

    Raises:
        MissingExtra: spaCy is not installed.
        UsageError: there is no such pipeline.
    """
    return setup(
        registry_of(gold.collection),
        model=model,
        named=extractors,
        own=gold.folder,
        route=route,
    )


def candidates(gold: Gold, extractor: Extractor) -> Iterator[tuple[str, Prediction]]:
    """Read whole texts, and give each candidate with the id of its passage.

    A passage is found by the cue; what stands between the passages of a gold is not
    measured.
    """
    passages: dict[str, list[Passage]] = defaultdict(list)
    for one in sorted(gold.passages, key=lambda one: one.start):
        passages[one.source].append(one)
    for source, placed in passages.items():
        text = gold.texts[source]
        known = gold.collection.sources.get(source)
        starts = [one.start for one in placed]
        for found in extractor.extract(document(text, known or source)).candidates:
            passage = placed[bisect_right(starts, found.cue[0]) - 1]
            if passage.start <= found.cue[0] < passage.end:
                yield passage.id, _prediction(found)


def _prediction(found: Candidate) -> Prediction:
    return Prediction(
        subject=found.subject,
        relation=found.relation,
        object=found.object,
        stance=found.stance,
        speaker=found.speaker,
        also=found.also,
        chain=found.chain,
        modality=str(MODALITIES[found.modality]),
        tier=found.tier,
        proposers=found.proposers,
        patterns=found.patterns,
        coref="coref" in found.flags,
        id=found.id,
    )
