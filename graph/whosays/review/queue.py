"""What there is to decide in a source: its candidates, and what was decided before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from whosays import inputs
from whosays.cache import build_dir
from whosays.errors import MissingFile
from whosays.extract.document import document
from whosays.extract.records import Candidate, read_candidates
from whosays.extract.running import CANDIDATES
from whosays.model import Collection
from whosays.project import decisions
from whosays.project.decisions import Decision, Log
from whosays.review.anchors import match

State = Literal["open", "skipped", "decided", "again", "gone"]
"""``again``: decided for the same reading of the same passage; ``gone``: the words of
the candidate are no longer in the text."""

_CONTEXT = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A candidate, whether it waits for a decision, and the decision if not."""

    candidate: Candidate
    state: State = "open"
    decision: Decision | None = None

    @property
    def waits(self) -> bool:
        """Tell whether somebody still has to decide."""
        return self.state in ("open", "skipped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """All candidates of a source in the order of its text.

    ``groups`` are the items of one sentence each. ``text`` is the text if it is here
    and is the one that was read; ``changed`` tells that it is here and is another.
    ``orphans`` are decisions whose passage was not found again.
    """

    source: str
    items: tuple[Item, ...]
    groups: tuple[tuple[int, ...], ...]
    log: Log
    orphans: tuple[Decision, ...] = ()
    text: str = ""
    changed: bool = False

    @property
    def counts(self) -> Mapping[State, int]:
        """Count the items of each state."""
        return Counter(item.state for item in self.items)

    @property
    def waiting(self) -> list[int]:
        """Number the items that wait: open ones, then those put off."""
        numbers = range(len(self.items))
        first = [n for n in numbers if self.items[n].state == "open"]
        return first + [n for n in numbers if self.items[n].state == "skipped"]

    def context(self, candidate: Candidate) -> tuple[str, str]:
        """Give what stands before and behind the passage of a candidate."""
        selector = candidate.selector
        if not self.text:
            return selector.prefix, selector.suffix
        before = self.text[max(0, selector.start - _CONTEXT) : selector.start]
        return before, self.text[selector.end : selector.end + _CONTEXT]


def path_of(root: Path, source: str) -> Path:
    """Name the file that the candidates of a source are in."""
    return build_dir(root) / CANDIDATES / f"{source}.jsonl"


def sources(root: Path) -> list[str]:
    """List the sources that there are candidates or decisions of."""
    found = {
        path.stem
        for path in inputs.listing(path_of(root, "x").parent)
        if path.suffix == ".jsonl" and not path.stem.endswith(".refused")
    }
    logs = {Path(name).stem for name in decisions.names(root)}
    return sorted(found | logs)


def load(root: Path, source: str, collection: Collection) -> Queue:
    """Load the candidates of a source with what the log says of them.

    Raises:
        MissingFile: no candidates were extracted.
        BadCandidate: a line of their file is no candidate.
    """
    path = path_of(root, source)
    if not inputs.is_file(path):
        raise MissingFile(
            f"there are no candidates of {source}",
            f"Read its text first: whosays extract TEXT --source {source}",
        )
    candidates = [*{c.id: c for c in read_candidates(path)}.values()]
    log = decisions.read(root, decisions.name_of(source))
    return queue(candidates, log, source, collection, _text(root, source, collection))


def queue(
    candidates: Sequence[Candidate],
    log: Log,
    source: str,
    collection: Collection,
    text: str | None = None,
) -> Queue:
    """Lay out candidates; ``text`` is the text of the source as it is now."""
    relations = collection.relations.values()
    symmetric = frozenset(one.id for one in relations if one.symmetric)
    matched = match(candidates, log.standing(), symmetric)
    digest = document(text, source).sha256 if text is not None else ""
    changed = text is not None and any(c.doc_sha256 != digest for c in candidates)
    items = []
    ordered = sorted(candidates, key=lambda c: (c.selector.start, c.tier, c.cue, c.id))
    for one in ordered:
        decision = matched.direct.get(one.id)
        state: State = "open"
        if decision is not None:
            state = "skipped" if decision.decision == "skipped" else "decided"
        elif (decision := matched.again.get(one.id)) is not None:
            state = "again"
        elif changed and text is not None and one.selector.exact not in text:
            state = "gone"
        items.append(Item(candidate=one, state=state, decision=decision))
    return Queue(
        source=source,
        items=tuple(items),
        groups=tuple(_groups(items)),
        log=log,
        orphans=matched.orphans,
        text=text if text is not None and not changed else "",
        changed=changed,
    )


def _groups(items: Sequence[Item]) -> Iterator[tuple[int, ...]]:
    """Put items of one sentence together: those whose passages meet."""
    group: list[int] = []
    end = -1
    for number, item in enumerate(items):
        selector = item.candidate.selector
        if group and selector.start >= end:
            yield tuple(group)
            group = []
        group.append(number)
        end = max(selector.end, end)
    if group:
        yield tuple(group)


def _text(root: Path, source: str, collection: Collection) -> str | None:
    """Read the text that a source has now, if it is here."""
    one = collection.sources[source]
    kept = path_of(root, source).with_suffix(".txt")
    own = root / collection.settings.texts / one.file
    for path in (kept, own if one.file and one.file.endswith(".txt") else kept):
        if inputs.is_file(path):
            try:
                return inputs.read_bytes(path).decode("utf-8").removeprefix("\ufeff")
            except UnicodeDecodeError:
                return None  # check says so
    return None
