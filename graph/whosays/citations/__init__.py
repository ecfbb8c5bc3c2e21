"""Citations of statements, claims, issues and sources, each with its passage.

A citation names who said it, where it stands and under which id the data hold it, so
that a reader can look it up without whosays. The day of retrieval is given by the
caller: the same question gives the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from whosays.citations import bibtex, csl, prose
from whosays.citations.finding import Cited, find
from whosays.errors import UsageError
from whosays.model import Collection, Dispute, Issue

__all__ = ["FORMATS", "Cited", "cite", "find"]

Writer = Callable[[Cited, Collection, date | None], str]

_WRITERS: Mapping[str, Writer] = {
    "md": prose.markdown,
    "text": prose.plain,
    "bibtex": bibtex.write,
    "csl": csl.write,
}
FORMATS = tuple(_WRITERS)
"""Markdown with footnotes, plain text, BibTeX, CSL-JSON."""


def cite(
    collection: Collection,
    id: str,
    *,
    format: str = "md",
    retrieved: date | None = None,
    disputes: Iterable[Dispute] = (),
    issues: Iterable[Issue] = (),
) -> str:
    """Write the citation of a statement, a claim, an issue or a source.

    Args:
        collection: Where it stands.
        id: A statement id (six characters or more of it), a claim
            (``a_relation_b``), an issue (``a_b``) or a source.
        format: One of ``FORMATS``.
        retrieved: The day on which the data were looked up, or None to leave it out.
        disputes: All disputes; needed to cite an issue.
        issues: All issues; needed to cite one.

    Raises:
        UnknownName: there is no such thing, or more than one.
        NothingFound: the claim is well formed and nobody speaks of it.
        UsageError: there is no such format.
    """
    if format not in _WRITERS:
        raise UsageError(
            f"no citation format “{format}”", f"Use one of {', '.join(FORMATS)}"
        )
    cited = find(collection, id, disputes, issues)
    return _WRITERS[format](cited, collection, retrieved)
