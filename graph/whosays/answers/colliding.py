"""All pairs of statements that collide, row by row: memory need not hold them.

A crowd of statements has many times as many disputes. Their rows are read from the
tables in their order while they are written, and nothing is kept of them but, for a
while, what is said of a statement that many of them are about.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Unpack

from whosays import lookup
from whosays.answers.columns import DISPUTE_COLUMNS, side_cells
from whosays.answers.contested import concerns, hidden, in_words, reason
from whosays.answers.narrowing import Narrowing, Sieve
from whosays.answers.records import Hidden
from whosays.excerpts import Excerpt
from whosays.model import DisputeKind, Statement
from whosays.rows import Streamed, Value

_QUERIES = Path(__file__).parent / "sql"
_AT_ONCE = 512  # pairs whose statements are looked up together
_KEPT = 1 << 14  # statements, or explanations, that are kept: then it is begun anew

_Ends = tuple[str, str]


class _Side(NamedTuple):
    """A statement in its cells; those of one ``mark`` are explained alike."""

    statement: Statement
    cells: tuple[Value, ...]
    mark: int


class Colliding:
    """The answer to `disputes` as rows, however many there are.

    ``issues`` are their actors, widest issue first, and ``hidden`` what is left out.
    """

    def __init__(
        self, names: Excerpt, actors: Sequence[str] = (), **narrowing: Unpack[Narrowing]
    ) -> None:
        """Find the issues there are; `answers.contested` says what is kept of them.

        Raises:
            UnknownName: an actor is not known; near ones are suggested.
        """
        self._of, self._index = names, names.index
        self._wanted = [lookup.actor(names, name) for name in actors]
        self._sides: dict[str, _Side] = {}
        self._marks: dict[tuple[object, ...], int] = {}
        self._explained: dict[tuple[str, int, int], tuple[str, str]] = {}
        self._voice, self._passing = self._narrowed(narrowing)
        self._pair = lru_cache(maxsize=None)(self._pair_of)
        if self._wanted or self._passing is not None:
            self.issues, counted = self._kept()
        else:
            found = self._index.found()
            actors_of = self._index.column("SELECT actors FROM issue ORDER BY rowid")
            self.issues = [_pair(*json.loads(text)) for text in actors_of]
            counted = found.pairs, found.own, found.pairs - found.own
        concerned, own, shown = counted
        options = " ".join(f"--{key} {one}" for key, one in narrowing.items() if one)
        self.hidden: tuple[Hidden, ...] = hidden(
            (concerned - own - shown, "pair of statements", options),
            (own, "pair of one voice with itself", "whosays check"),
        )

    def to_rows(self) -> Streamed:
        """Give the pairs in `DISPUTE_COLUMNS`, read while they are written."""
        return Streamed(DISPUTE_COLUMNS, self._records())

    def __len__(self) -> int:
        """Count the issues."""
        return len(self.issues)

    def _narrowed(self, narrowing: Narrowing) -> tuple[str, set[str] | None]:
        """Find which voice a pair must have, and the statements that pass: None is all."""
        if not any(narrowing.values()):
            return "", None
        given = Narrowing(**narrowing)
        by = given.pop("by", "")
        voice = lookup.actor(self._of, by) if by else ""
        statements = self._index.stream(Statement)
        return voice, {one.id for one in Sieve(self._of, given).sift(statements)[0]}

    def _kept(self) -> tuple[list[_Ends], tuple[int, int, int]]:
        """Order the issues of what is kept; count all, a voice with itself, and that."""
        sources: dict[_Ends, set[str]] = defaultdict(set)
        best: dict[_Ends, float] = defaultdict(float)
        concerned = owned = shown = 0
        text = (_QUERIES / "sides.sql").read_text("utf-8")
        for (
            own,
            score,
            *ends,
            one,
            other,
            where,
            elsewhere,
            voice,
            against,
        ) in self._rows(text):
            pair = self._pair(*ends)
            if pair is None:
                continue
            concerned += 1
            owned += own
            if own or not self._keeps((one, other), (voice, against)):
                continue
            shown += 1
            sources[pair].update((where, elsewhere))
            best[pair] = max(best[pair], score)

        def place(pair: _Ends) -> tuple[int, float, str]:
            return -len(sources[pair]), -best[pair], "_".join(pair)

        return sorted(sources, key=place), (concerned, owned, shown)

    def _keeps(self, sides: _Ends, voices: _Ends) -> bool:
        passing = self._passing
        if passing is not None and not (sides[0] in passing and sides[1] in passing):
            return False
        return not self._voice or self._voice in voices

    def _records(self) -> Iterator[tuple[Value, ...]]:
        base = self._of.settings.base
        heads = [
            ("_".join(one), " — ".join(map(self._of.label, one))) for one in self.issues
        ]
        rows, sides, explained = self._placed(), self._sides, self._explained
        narrowed = bool(self._voice) or self._passing is not None
        while some := list(islice(rows, _AT_ONCE)):
            self._prepare({id for row in some for id in row[3:5]})
            for place, id, kind, affirmed, contested, score, camp in some:
                one, other = sides[affirmed], sides[contested]
                if narrowed and not self._keeps(
                    (affirmed, contested), (one.statement.voice, other.statement.voice)
                ):
                    continue
                why = explained.get((kind, one.mark, other.mark))
                yield (
                    *heads[place],
                    kind,
                    score,
                    *(why or self._explain(kind, one, other)),
                    camp == 1,
                    *one.cells,
                    *other.cells,
                    id,
                    f"{base}dispute/{id}",
                )

    def _placed(self) -> Iterator[tuple[Any, ...]]:
        """Read all pairs of the issues, in the order of the issues."""
        places = {pair: place for place, pair in enumerate(self.issues)}
        ends = self._rows("SELECT DISTINCT subject, object FROM statement AS affirmed")
        listed = [
            [*both, places[pair]]
            for both in ends
            if (pair := self._pair(*both)) in places
        ]
        text = (_QUERIES / "pairs.sql").read_text("utf-8")
        return self._index.rows(text, {"ends": json.dumps(listed)})[1]

    def _rows(self, text: str) -> Iterator[tuple[Any, ...]]:
        """Read rows whose affirmed side may be of the actors that are asked about."""
        if not self._wanted:
            return self._index.rows(text, {})[1]
        family = self._index.listed("family", self._wanted[0])
        among = "IN (SELECT value FROM json_each(:family))"
        condition = f"affirmed.subject {among} OR affirmed.object {among}"
        return self._index.rows(
            f"{text} WHERE {condition}", {"family": json.dumps(family)}
        )[1]

    def _pair_of(self, subject: str, object: str) -> _Ends | None:
        """Name the issue of what is affirmed of two actors, if it is asked about."""
        if not concerns((subject, object), self._wanted, self._of):
            return None
        return _pair(self._of.top(subject), self._of.top(object))

    def _prepare(self, ids: set[str]) -> None:
        missing = ids - self._sides.keys()
        if len(self._sides) + len(missing) > _KEPT:
            self._sides.clear()
            missing = ids
        listed = json.dumps(sorted(missing))
        among = "id IN (SELECT value FROM json_each(?))"
        for one in self._index.where(Statement, among, listed):
            mark = (
                *_ends(one),
                one.relation,
                bool(one.valid),
                bool(one.place),
                one.modality,
            )
            number = self._marks.setdefault(mark, len(self._marks))
            self._sides[one.id] = _Side(one, side_cells(one, self._of), number)

    def _explain(self, kind: str, one: _Side, other: _Side) -> tuple[str, str]:
        """Say how two statements collide, and where the score comes from."""
        if len(self._explained) >= _KEPT:
            self._explained.clear()
        sides, way = (one.statement, other.statement), DisputeKind(kind)
        found = reason(way, sides, self._of), in_words(way, sides)
        self._explained[kind, one.mark, other.mark] = found
        return found


def _ends(statement: Statement) -> _Ends:
    return statement.subject, statement.object


def _pair(one: str, other: str) -> _Ends:
    return (one, other) if one <= other else (other, one)
