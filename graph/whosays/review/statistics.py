"""What became of proposals: per pattern, tier, proposer, extractor and relation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from whosays import inputs
from whosays.extract.records import Candidate
from whosays.model import Collection
from whosays.project import decisions
from whosays.project.decisions import REASONS, Decision
from whosays.review.queue import load, path_of, sources
from whosays.rows import Rows

KINDS = ("all", "tier", "proposer", "extractor", "pattern", "relation")
COUNTED = ("accepted", "corrected", "rejected", "skipped", "open")
COLUMNS = (
    "kind",
    "name",
    *COUNTED,
    "share",
    *(f"wrong_{reason}" for reason in REASONS),
    "added",
)
"""``share`` is accepted as proposed, of all that were accepted, corrected or refused."""


def statistics(root: Path, collection: Collection, chosen: Iterable[str] = ()) -> Rows:
    """Count decisions of sources, or of all, by what proposed them.

    Candidates without a decision count as open where their file is here. Statements
    that a person added count in ``all`` and under their relation.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for source in [*chosen] or sources(root):
        for key, what in _told(root, source, collection):
            counts[key][what] += 1
    order = {kind: number for number, kind in enumerate(KINDS)}
    records = []
    for kind, name in sorted(counts, key=lambda key: (order[key[0]], key[1])):
        found = counts[kind, name]
        settled = sum(found[one] for one in ("accepted", "corrected", "rejected"))
        share = round(found["accepted"] / settled, 3) if settled else None
        records.append(
            (
                kind,
                name,
                *(found[one] for one in COUNTED),
                share,
                *(found[f"wrong_{reason}"] for reason in REASONS),
                found["added"],
            )
        )
    return Rows.of(COLUMNS, records)


def _told(
    root: Path, source: str, collection: Collection
) -> Iterator[tuple[tuple[str, str], str]]:
    standing = decisions.read(root, decisions.name_of(source)).standing()
    for entry in standing.values():
        for key in _keys(entry):
            yield key, entry.decision
            if entry.decision == "rejected" and entry.reason:
                yield key, f"wrong_{entry.reason}"
    if inputs.is_file(path_of(root, source)):
        for item in load(root, source, collection).items:
            if item.state == "open":
                for key in _keys(item.candidate):
                    yield key, "open"


def _keys(one: Decision | Candidate) -> Iterator[tuple[str, str]]:
    yield "all", ""
    said = (one.before or one.after) if isinstance(one, Decision) else one
    if said is not None:
        yield "relation", said.relation
    if isinstance(one, Decision) and one.decision == "added":
        return
    yield "tier", one.tier
    yield "extractor", one.extractor
    for name in one.proposers:
        yield "proposer", name
    for name in one.patterns:
        yield "pattern", name


OVERVIEW = (
    "source",
    "open",
    "skipped",
    "accepted",
    "corrected",
    "rejected",
    "again",
    "gone",
    "added",
    "orphaned",
)
"""``again``: decided for the same reading; ``gone``: the words are not in the text;
``orphaned``: decisions whose passage is in no present candidate's text."""


def overview(root: Path, collection: Collection, chosen: Iterable[str] = ()) -> Rows:
    """Count per source what waits and what was decided, one row each."""
    records: list[tuple[str | int, ...]] = []
    for source in [*chosen] or sources(root):
        log = decisions.read(root, decisions.name_of(source))
        counts = Counter(one.decision for one in log.standing().values())
        orphans = 0
        if inputs.is_file(path_of(root, source)):
            queue = load(root, source, collection)
            states = queue.counts
            counts.update({name: states[name] for name in ("open", "again", "gone")})
            orphans = len(queue.orphans)
        counts["orphaned"] = orphans
        records.append((source, *(counts[name] for name in OVERVIEW[1:])))
    return Rows.of(OVERVIEW, records)
