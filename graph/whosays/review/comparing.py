"""Two people who decided about the same candidates: how far they agree, and on what not.

Each has a log of their own, or a name in the same one. Decisions are paired by the
candidate, or by what it said of the same stretch of the same text, so that two versions
of the extractor do not part them. What was put off was not decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whosays import inputs
from whosays.errors import DataError, UsageError
from whosays.problems import problem
from whosays.project import decisions
from whosays.project.decisions import CLOSING, MADE, Decision
from whosays.readers import Variable, variable
from whosays.rows import Rows

VARIABLES = ("verdict", "subject", "relation", "object", "stance", "speaker")
"""``verdict``: whether there is a statement; the others where both say there is one."""
COLUMNS = ("candidate", "locator", "column", "first", "second", "reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """One candidate that both have decided about."""

    first: Decision
    second: Decision

    @property
    def differing(self) -> Iterator[tuple[str, str, str]]:
        """What they decided differently: which of the variables, and both values."""
        for name in VARIABLES:
            one, other = value_of(self.first, name), value_of(self.second, name)
            if one and other and one != other:
                yield name, one, other


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How far two people agree; ``only`` counts what one of them alone decided."""

    names: tuple[str, str]
    twice: tuple[Twice, ...]
    only: tuple[int, int]
    variables: tuple[Variable, ...]

    @property
    def alike(self) -> int:
        """Count the candidates on which they differ in nothing."""
        return sum(not [*one.differing] for one in self.twice)

    def to_rows(self) -> Rows:
        """List what has to be settled, a row per difference."""
        return Rows.of(COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for one in self.twice:
            for told in one.differing:
                said = one.first.before or one.first.after
                words = " ".join(said.key()) if said else ""
                yield one.first.candidate, one.first.locator, *told, words


def value_of(one: Decision, name: str) -> str:
    """Give what was decided of a variable; empty where the question does not arise."""
    if name == "verdict":
        return "statement" if one.decision in MADE else "none"
    return str(getattr(one.after, name)) if one.after is not None else ""


def side(root: Path, source: str, who: str) -> tuple[Decision, ...]:
    """Read what somebody decided: a log of that path, or a name in the project's.

    Raises:
        DataError: a line of the log is no decision.
        UsageError: nobody of that name has decided anything about the source.
    """
    path = Path(who)
    if inputs.is_file(path):
        log = decisions.parse(inputs.read_bytes(path), who)
        entries = [one for one in log.entries if one.source == source]
    else:
        log = decisions.read(root, decisions.name_of(source))
        entries = [one for one in log.entries if not who or one.by == who]
    if log.faults:
        raise DataError(
            [
                problem("WS803", table=log.name, row=line, text=text)
                for line, text in log.faults
            ]
        )
    standing = decisions.Log(name=log.name, entries=tuple(entries)).standing()
    found = tuple(one for one in standing.values() if one.decision in CLOSING)
    if not found:
        known = sorted({one.by for one in log.entries if one.by})
        hint = f"Names in {log.name}: {', '.join(known) or 'none'}; or name a file"
        raise UsageError(f"no decisions of “{who}” about {source}", hint)
    return found


def compared(
    first: Sequence[Decision],
    second: Sequence[Decision],
    *,
    names: tuple[str, str] = ("first", "second"),
    symmetric: frozenset[str] = frozenset(),
) -> Compared:
    """Pair two people's decisions and measure how far they agree."""
    twice = tuple(_paired(first, second, symmetric))
    return Compared(
        names=names,
        twice=twice,
        only=(len(first) - len(twice), len(second) - len(twice)),
        variables=tuple(
            variable(
                name,
                [(value_of(p.first, name), value_of(p.second, name)) for p in twice],
            )
            for name in VARIABLES
        ),
    )


def _paired(
    first: Iterable[Decision], second: Sequence[Decision], symmetric: frozenset[str]
) -> Iterator[Twice]:
    """Pair each decision once: the same candidate first, then the same reading."""
    left = {one.candidate: one for one in second}
    later = []
    for one in first:
        other = left.pop(one.candidate, None)
        if other is not None:
            yield Twice(first=one, second=other)
        else:
            later.append(one)
    for one in later:
        same = (two for two in left.values() if _same_reading(one, two, symmetric))
        if (other := next(same, None)) is not None:
            yield Twice(first=one, second=left.pop(other.candidate))


def _same_reading(one: Decision, other: Decision, symmetric: frozenset[str]) -> bool:
    said, told = one.before or one.after, other.before or other.after
    if said is None or told is None or one.doc_sha256 != other.doc_sha256:
        return False
    alike = said.key(said.relation in symmetric) == told.key(told.relation in symmetric)
    return alike and one.start < other.end and other.start < one.end
