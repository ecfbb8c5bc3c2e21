"""How well statements are read out of texts: gold, figures with intervals, a floor.

Nothing here needs spaCy but the extraction itself; predictions of another tool are
measured without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whosays import inputs
from whosays.errors import NothingFound, UsageError
from whosays.measuring import figuring, gold, predictions
from whosays.measuring.evaluation import CASES, FIGURES, Evaluation
from whosays.measuring.figures import DRAWS
from whosays.measuring.gates import Gate, gate
from whosays.measuring.judging import Jury, Outcome
from whosays.measuring.predictions import Placed
from whosays.measuring.records import FROZEN, BadLine, Gold, Prediction

if TYPE_CHECKING:
    from whosays.extract.llm.route import Flips
    from whosays.extract.pipeline import Extractor
    from whosays.measuring.asking import Asking

__all__ = [
    "CASES",
    "FIGURES",
    "FROZEN",
    "BadLine",
    "Evaluation",
    "Gate",
    "evaluate",
    "gate",
]


def evaluate(
    *files: str | Path,
    path: str | Path | None = None,
    predictions: str | Path | None = None,
    relations: str | Path | None = None,
    texts: str | Path | None = None,
    part: str = "",
    model: str = "",
    extractors: Sequence[str] = (),
    asking: Asking | None = None,
    curated: bool = False,
    draws: int = DRAWS,
) -> Evaluation:
    """Measure our extraction, or the predictions of another tool, against gold.

    Args:
        files: Files of gold; none is the gold that comes with the program.
        path: The project that has the actors of the gold; default: the one around it.
        predictions: Lines of JSON of another tool; without them we extract.
        relations: A table ``theirs,ours`` for the relations of the other tool.
        texts: Where texts lie that the gold names by their hash.
        part: Only this part of the gold, such as ``dev`` or ``frozen``.
        model: A spaCy pipeline with a parser, as a second opinion.
        extractors: Further extractors, by name; ``llm`` is a language model.
        asking: Which model is asked and at what cost, where one is.
        curated: Measure against the accepted statements of the project.
        draws: How often passages are drawn anew for an interval.

    Raises:
        BadLine: a line of gold or of predictions cannot be used.
        MissingFile: a file is not there.
        NothingFound: the gold has no such part.
        UsageError: options that do not go together.
    """
    if curated and files:
        raise UsageError("gold and what is curated at once", "Measure them in turn")
    if path is not None and not files and not curated:
        raise UsageError(
            "a project without gold", "Name the gold; the bundled one has projects"
        )
    if predictions is None and relations is not None:
        raise UsageError("a map without predictions", "Name them with --predictions")
    if predictions is not None and (model or extractors):
        raise UsageError(
            "predictions and an extractor at once", "Measure them one after the other"
        )
    folder = Path(path) if path is not None else None
    copies = Path(texts) if texts is not None else None
    if curated:
        from whosays.measuring import curated as own

        golds = [own.read(inputs.find(folder or Path()), copies)]
    else:
        golds = [
            gold.read(Path(file), folder=folder, texts=copies)
            for file in files or gold.bundled()
        ]
    if predictions is not None:
        read = _predictions(Path(predictions), golds, relations)
        placed, what = read.placed, str(predictions)
        elsewhere, unknown = read.elsewhere, read.unknown
        flips = None
    else:
        placed, what, flips = _extracted(golds, model, extractors, asking)
        elsewhere, unknown = 0, {}
    outcomes = tuple(
        one for one in _outcomes(golds, placed) if not part or one.passage.part == part
    )
    if not outcomes:
        has = sorted({one.part or "(none)" for g in golds for one in g.passages})
        raise NothingFound(
            f"the gold has no sentence of the part “{part}”" if part else "no gold",
            f"It has: {', '.join(has)}" if has else "",
        )
    return Evaluation(
        what=what,
        golds=tuple(dict.fromkeys(one.name for one in golds)),
        parts=tuple(_parts(outcomes, draws)),
        outcomes=outcomes,
        skipped=tuple(skipped for one in golds for skipped in one.skipped),
        elsewhere=elsewhere,
        unknown=unknown,
        flips=flips,
    )


def _predictions(
    path: Path, golds: Sequence[Gold], relations: str | Path | None
) -> predictions.Predictions:
    """Read predictions with their map."""
    named = predictions.relation_map(Path(relations)) if relations is not None else {}
    return predictions.read(path, golds, named)


def _extracted(
    golds: Sequence[Gold], model: str, extractors: Sequence[str], asking: Asking | None
) -> tuple[Placed, str, Flips | None]:
    """Extract from every text of the gold."""
    from whosays.extract.llm import NAME
    from whosays.measuring.asking import Asking, flipped, routes
    from whosays.measuring.extracting import candidates, ready

    asking = asking or Asking()
    asked = routes(golds, asking) if NAME in extractors else {}
    placed: dict[tuple[int, str], list[Prediction]] = defaultdict(list)
    prepared: dict[Path | None, Extractor] = {}  # dev and frozen share a registry
    for number, one in enumerate(golds):
        if one.folder not in prepared or one.folder is None:
            route = asked.get(one.folder)
            prepared[one.folder] = ready(one, model, extractors, route)
        for passage, prediction in candidates(one, prepared[one.folder]):
            placed[number, passage].append(prediction)
    names = ["whosays, default", *([model] if model else []), *extractors]
    steady = flipped(golds, asked, prepared) if asked and asking.shuffle else None
    return placed, " + ".join(names), steady


def _outcomes(golds: Sequence[Gold], placed: Placed) -> Iterable[Outcome]:
    for number, one in enumerate(golds):
        jury = Jury(one)
        for passage in one.passages:
            yield jury.outcome(passage, placed.get((number, passage.id), ()))


def _parts(outcomes: Sequence[Outcome], draws: int) -> Iterable[figuring.Part]:
    """Figure part by part; what is frozen comes last."""
    names = {one.passage.part for one in outcomes}
    for name in sorted(names, key=lambda name: (name == FROZEN, name)):
        some = [one for one in outcomes if one.passage.part == name]
        yield figuring.part(name or "all", some, draws=draws)
