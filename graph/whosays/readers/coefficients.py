"""Agreement beyond chance, as NLTK computes it.

Both coefficients are for two readers and nominal values. They are 1 where all agree,
0 where readers agree as often as chance would have it, and undefined where a single
value was used: then nothing could have differed.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from whosays.errors import MissingExtra

Coded = Sequence[tuple[str, str]]
"""What the first and the second reader gave each unit."""


def installed() -> bool:
    """Tell whether the coefficients can be computed here."""
    return find_spec("nltk") is not None


def alpha(coded: Coded) -> float | None:
    """Krippendorff's alpha; None if it is undefined.

    Raises:
        MissingExtra: NLTK is not installed.
    """
    return float(_task(coded).alpha()) if _vary(coded) else None


def kappa(coded: Coded) -> float | None:
    """Cohen's kappa; None if it is undefined.

    Raises:
        MissingExtra: NLTK is not installed.
    """
    return float(_task(coded).kappa()) if _vary(coded) else None


def _vary(coded: Coded) -> bool:
    return len({value for pair in coded for value in pair}) > 1


def _task(coded: Coded) -> Any:  # noqa: ANN401  (NLTK has no types)
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError as error:
        raise MissingExtra("agreement", "a coefficient of agreement") from error
    units = enumerate(coded)
    return AnnotationTask(
        [
            (reader, str(unit), value)
            for unit, pair in units
            for reader, value in zip("ab", pair, strict=True)
        ]
    )
