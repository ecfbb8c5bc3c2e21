"""The rows of a project as subjects in order, each kind a section of its own.

All that grows with the statements is read row by row from the tables, which put it in
order on disk if need be. A section can count what it will say before it says any of
it: the description of the data set stands further up and tells how much there is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from whosays import rdf
from whosays.export.forms import Form, Said
from whosays.export.templates import Drawn, Row, Template
from whosays.index import Index
from whosays.model import Modality, Mood, Run, Stance
from whosays.rdf import Block, cells
from whosays.rdf.blocks import pair
from whosays.rdf.cells import Cell
from whosays.rdf.runs import described
from whosays.rdf.terms import DCT, RDF_TYPE, Names, edge, ws

_QUERIES = Path(__file__).parent / "sql"
_REPLACED = f"<{DCT}isReplacedBy>"

Counts = Counter[tuple[str, str]]
"""How many triples by predicate, and by class where the predicate is ``rdf:type``."""


class Sections:
    """All kinds of rows of an index, as subjects of a graph."""

    def __init__(self, index: Index) -> None:
        """Take an index."""
        self._index = index
        self.collection = index.frame()
        self._names = Names(self.collection.settings.base)
        self.disputes_graph = self._names.graph("disputes")
        self.drawn = 0
        """How many edges have been read so far."""
        self.default_edges = 0
        """How many of them are in the default graph, once `default_counts` is known."""
        self._predicates: dict[tuple[str, str], str] = {}

    # --- rows -------------------------------------------------------------------------

    def statements(self, form: Form) -> Iterator[Row]:
        """Read statements, each after the links of its chain."""
        names = self._names
        # All ids are equally long, so that the index of them has the order.
        columns, rows = self._read("SELECT * FROM (%s) ORDER BY id", "statements")
        template = Template(cells.of_statements(self.collection), columns, form)
        link = Template(
            cells.of_attributions(self.collection), ("actor", "level"), form
        )
        id, chain = columns.index("id"), columns.index("chain")
        for row in rows:
            if row[-1]:
                links = json.loads(row[chain])
                numbered = zip(links, range(1, len(links) + 1), strict=True)
                nodes = cells.attributions(names, row[-1])
                for node, values in sorted(zip(nodes, numbered, strict=True)):
                    yield node, link, values
            yield names.statement(row[id]), template, row

    def claims(self, form: Form) -> Iterator[Row]:
        """Read propositions."""
        proposition, phrase = self._names.proposition, self.collection.phrase
        columns = ("subject", "relation", "object", "label")
        template = Template(cells.of_claims(self.collection), columns, form)
        for id, relation, _ in self._sorted("claims", "proposition")[1]:
            subject, _, rest = id.partition("_")
            object = rest.rpartition("_")[2]
            label = phrase(subject, relation, object)
            yield proposition(id), template, (subject, relation, object, label)

    def disputes(self, form: Form) -> Iterator[Row]:
        """Read disputes."""
        return self._found("dispute", cells.of_disputes(self.collection), form)

    def issues(self, form: Form) -> Iterator[Row]:
        """Read issues."""
        return self._found("issue", cells.of_issues(self.collection), form)

    def edges(self, form: Form) -> Iterator[Row]:
        """Read the edges from each actor in the default graph."""
        query = "SELECT DISTINCT start, relation, stance, finish FROM (%s)"
        return self._edges(form, query, lambda row: ("",))

    def all_edges(self, form: Form) -> Iterator[Row]:
        """Read the edges from each actor, in whatever graph."""
        names = self._names
        return self._edges(
            form,
            "SELECT * FROM (%s)",
            lambda row: (
                "",
                names.graph(f"voice.{row[4]}"),
                names.graph(f"source.{row[5]}"),
            ),
        )

    def graphs(self, form: Form) -> Iterator[tuple[str, Iterator[Row]]]:
        """Read the edges of each graph of a source, then of each of a voice."""
        for kind in ("source", "voice"):
            query = (
                f"SELECT DISTINCT start, relation, stance, finish, {kind} FROM (%s) "
                f"ORDER BY {kind} || '>', start || '>'"
            )
            for name, rows in groupby(self._rows(query, "edges"), key=itemgetter(4)):
                graph = self._names.graph(f"{kind}.{name}")
                yield graph, self._drawn(form, rows, partial(_within, graph))

    def others(self) -> dict[str, list[Said]]:
        """Describe all the rest, of which there is little, by subject."""
        counted = rdf.Counted()
        for counts in (self.default_counts, self.disputes_counts):
            for (predicate, kind), count in (+counts).items():
                counted.properties[predicate] += count
                if kind:
                    counted.classes[kind] += count
        held: dict[str, list[Said]] = {}
        few = list(self._few())
        for block in few:
            counted.add(block)
        for block in (*few, *rdf.frame(self.collection, counted)):
            held.setdefault(block.subject, []).extend(
                (predicate, object, "") for predicate, object, _ in block.pairs
            )
        return held

    # --- counts -----------------------------------------------------------------------

    @cached_property
    def default_counts(self) -> Counts:
        """Count what the sections say in the default graph."""
        counts = self._counted("statements", cells.of_statements(self.collection))
        ((links,),) = self._rows("%s", "links")
        counts[ws("attribution"), ""] += links
        _add(counts, cells.of_attributions(self.collection), links)
        ((claims,),) = self._rows("SELECT count(*) FROM (%s)", "claims")
        _add(counts, cells.of_claims(self.collection), claims)
        distinct = "SELECT DISTINCT start, relation, stance, finish FROM (%s)"
        query = f"SELECT relation, stance, count(*) FROM ({distinct}) GROUP BY 1, 2"
        for relation, stance, count in self._rows(query, "edges"):
            counts[self._predicate(relation, stance), ""] += count
            self.default_edges += count
        return counts

    @cached_property
    def disputes_counts(self) -> Counts:
        """Count what is said in the graph of disputes."""
        found = self._counted("disputes", cells.of_disputes(self.collection))
        return found + self._counted("issues", cells.of_issues(self.collection))

    def _counted(self, query: str, said: Sequence[Cell]) -> Counts:
        """Count what cells say of all rows of a query."""
        counts: Counts = Counter()
        single = [cell for cell in said if cell.single]
        sums = ", ".join(f"count(nullif(\"{cell.column}\", ''))" for cell in single)
        ((*found,),) = self._rows(f"SELECT {sums} FROM (%s)", query)
        for cell, count in zip(single, found, strict=True):
            _add(counts, [cell], count)
        several = [cell for cell in said if not (cell.single or cell.counted_apart)]
        for column, group in groupby(several, key=attrgetter("column")):
            alike = list(group)
            text = (
                f'SELECT "{column}", count(*) FROM (%s) '
                f"WHERE \"{column}\" NOT IN ('', '[]') GROUP BY 1"
            )
            for value, count in self._rows(text, query):
                for cell in alike:
                    counts[cell.predicate, ""] += count * len(cell.terms(value))
        return counts

    # --- tables -----------------------------------------------------------------------

    def _found(self, kind: str, said: list[Cell], form: Form) -> Iterator[Row]:
        columns, rows = self._sorted(f"{kind}s", "id")
        template = Template(said, columns, form, self.disputes_graph)
        for row in rows:
            yield self._names.other(kind, row[0]), template, row

    def _few(self) -> Iterator[Block]:
        """Describe runs, and which statement took the place of which."""
        language = self.collection.settings.language
        for (slug,) in self._rows("%s", "runs"):
            run = self.collection.runs.get(slug) or Run(slug=slug)
            yield described(self._names.other("run", slug), run, language)
        statement = self._names.statement
        for former, id in self._rows("%s", "replaced"):
            yield Block(statement(former), (pair(_REPLACED, statement(id)),))

    def _edges(
        self, form: Form, query: str, graphs: Callable[[Sequence[str]], Sequence[str]]
    ) -> Iterator[Row]:
        rows = self._rows(f"{query} ORDER BY start || '>'", "edges")
        return self._drawn(form, rows, graphs)

    def _drawn(
        self,
        form: Form,
        rows: Iterable[Sequence[str]],
        graphs: Callable[[Sequence[str]], Sequence[str]],
    ) -> Iterator[Row]:
        """Join what starts at one actor; tell how much there is in all."""
        drawn, actor = Drawn(form), self._names.actor
        for start, group in groupby(rows, key=itemgetter(0)):
            said: set[Said] = set()
            for row in group:
                predicate = self._predicate(row[1], row[2])
                finish = actor(row[3])
                said.update([(predicate, finish, graph) for graph in graphs(row)])
            self.drawn += len(said)
            yield actor(start), drawn, list(said)

    def _predicate(self, relation: str, stance: str) -> str:
        known = self._predicates.get((relation, stance))
        if known is None:
            known = edge(self.collection.relations[relation], Stance(stance))
            self._predicates[relation, stance] = known
        return known

    def _read(
        self, text: str, query: str
    ) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        return self._index.rows(*self._filled(text, query))

    def _sorted(
        self, query: str, key: str
    ) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        # An IRI ends with this sign, which some slugs sort behind and others before.
        return self._read(f"SELECT * FROM (%s) ORDER BY {key} || '>'", query)

    def _rows(self, text: str, query: str) -> Iterable[tuple[Any, ...]]:
        return self._read(text, query)[1]

    def _filled(self, text: str, query: str) -> tuple[str, dict[str, str]]:
        inner = (_QUERIES / f"{query}.sql").read_text("utf-8")
        relations = self.collection.relations.values()
        values = {
            "symmetric": [one.id for one in relations if one.symmetric],
            "realis": [str(one) for one in Modality if one.mood is Mood.REALIS],
        }
        return text.replace("%s", inner), {
            name: json.dumps(ids) for name, ids in values.items()
        }


def _within(graph: str, _: Sequence[str]) -> Sequence[str]:
    return (graph,)


def _add(counts: Counts, said: Iterable[Cell], count: int) -> None:
    """Count cells that each say one thing of every row."""
    if count:
        for cell in said:
            kind = cell.terms("")[0] if cell.predicate == RDF_TYPE else ""
            counts[cell.predicate, kind] += count
