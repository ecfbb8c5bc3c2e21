"""The public object: a project that can be asked, drawn and exported."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from whosays import cache, resources
from whosays.curator import Curator

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack

    import networkx
    import rdflib

    from whosays.answering import Answering
    from whosays.answers import (
        Card,
        Disputed,
        Dossier,
        Entry,
        Narrowing,
        Reading,
        Speech,
        Widest,
    )
    from whosays.answers.colliding import Colliding
    from whosays.asking import Asked
    from whosays.blindspots import BlindSpot
    from whosays.built import Summary
    from whosays.copies import Located
    from whosays.coverage import Coverage
    from whosays.drawing import Options
    from whosays.export import Content, Exported
    from whosays.index import Found
    from whosays.model import Collection, Dispute, Issue
    from whosays.perspectives import Comparison, Perspective
    from whosays.plugins import ExportOptions
    from whosays.problems import Problem
    from whosays.queries import NamedQuery
    from whosays.rows import Rows
    from whosays.site import Options as SiteOptions
    from whosays.site import Site
    from whosays.store import Result
    from whosays.views import View
    from whosays.worker import Limits

_OUTPUTS = ("graph.trig", "graph.ttl", "view.html")
Folder = str | os.PathLike[str]


def load(path: Folder | None = None, *, write: bool = False) -> KG:
    """Open a project, or the bundled one when no path is given.

    Args:
        path: The folder that holds ``whosays.toml``.
        write: Insist on keeping the caches on disk.

    Raises:
        NotAProject: the folder is no project.
        DataError: its files have errors; `check` lists them all.
    """
    folder = resources.bundled_project() if path is None else Path(path)
    return KG(folder, write=write)


def check(path: Folder | None = None) -> list[Problem]:
    """Report all problems of a project's files; bad data never raise here.

    Raises:
        NotAProject: the folder is no project.
    """
    from whosays import checks

    return checks.check(resources.bundled_project() if path is None else Path(path))


class KG(Curator):
    """A knowledge graph of statements: who says what, who denies it, and where."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        """Open a project; see `load`."""
        self.path = path
        self.build_dir = cache.build_dir(path)
        self._write = write
        self._reload()

    def _reload(self) -> None:
        keeps = self._write or self.build_dir.parent == self.path
        build_dir = self.build_dir if keeps else None
        self._built = cache.ready(self.path, build_dir, write=self._write)
        for name in ("collection", "graph"):
            self.__dict__.pop(name, None)

    @cached_property
    def collection(self) -> Collection:
        """All records: actors, sources, relations, names and statements."""
        return self._built.index.collection()

    def __repr__(self) -> str:
        """Say what it holds."""
        held = self.collection
        return (
            f"<KG “{held.settings.title}”: {len(held.sources)} sources, "
            f"{len(held.actors)} actors, {len(held.statements)} statements>"
        )

    def _repr_html_(self) -> str:
        """Show a notebook how many statements of which stance each source holds."""
        return self.query("counts-by-source").to_html()

    def problems(self) -> list[Problem]:
        """Report what reading the tables found, warnings included."""
        from whosays import project

        return list(project.read(self.path).problems)

    def disputes(self, *actors: str, **narrowing: Unpack[Narrowing]) -> Disputed:
        """Say what some affirm and others deny, or what cannot both hold.

        Args:
            actors: One actor, or two, in any spelling; without any, everything.
            narrowing: ``at place source by status text own_voice``: see `Narrowing`.

        Raises:
            UnknownName: a name is not known; near ones are suggested.
        """
        return self._answering.disputes(actors, **narrowing)

    def colliding(self, *actors: str, **narrowing: Unpack[Narrowing]) -> Colliding:
        """Answer `disputes` in rows, of which memory never holds more than some."""
        return self._answering.colliding(actors, **narrowing)

    def widest(self, limit: int) -> Widest:
        """Outline the issues that most sources speak of; quick however many pairs."""
        return self._answering.widest(limit)

    def pairs(self) -> list[Dispute]:
        """List pairs of statements that collide, best score first."""
        return list(self._built.index.pairs())

    def found(self) -> Found:
        """Count the pairs that collide, and how many of them the graph holds."""
        return self._built.index.found()

    def issues(self) -> list[Issue]:
        """List pairs of actors that voices disagree about, widest first."""
        from whosays.model import Issue

        return self._built.index.all(Issue)

    def that(
        self,
        subject: str,
        relation: str = "",
        object: str = "",
        *,
        related: bool = False,
        **narrowing: Unpack[Narrowing],
    ) -> Card:
        """Say who affirms, denies or questions a claim; ``-`` leaves a slot open.

        Args:
            subject: An actor in any spelling.
            relation: A relation; its inverse label turns the claim round.
            object: An actor in any spelling.
            related: Wider and narrower claims too.
            narrowing: ``at place source by status text own_voice``: see `Narrowing`.

        Raises:
            UnknownName: a name is not known; near ones are suggested.
        """
        slots = (subject, relation, object)
        return self._answering.that(slots, related=related, **narrowing)

    def about(
        self, actor: str, *, related: bool = False, **narrowing: Unpack[Narrowing]
    ) -> Dossier:
        """Gather everything said of an actor, its names and its disputes."""
        return self._answering.about(actor, related=related, **narrowing)

    def by(self, voice: str, /, **narrowing: Unpack[Narrowing]) -> Speech:
        """Gather what a voice says, its own words apart from what it passes on."""
        return self._answering.by(voice, **narrowing)

    def within(self, source: str, /, **narrowing: Unpack[Narrowing]) -> Reading:
        """Gather what a source holds, in the order of its passages (``whosays in``)."""
        return self._answering.within(source, **narrowing)

    def show(self, id: str) -> Entry:
        """Show one statement, claim, actor, source or issue with all its fields."""
        return self._answering.show(id)

    def query(self, text: str, **parameters: str | int) -> Rows:
        """Ask a named query, or any SELECT or ASK in SPARQL.

        Args:
            text: The name of a query (see `queries`) or SPARQL text; the usual
                prefixes need no declaration.
            parameters: Values of a named query; names of actors, sources and
                relations are understood in any spelling. ``limit`` and ``offset``
                give a part of its rows.

        Raises:
            QueryError: the text is refused; the message says where.
            UnknownName: no query, actor, source or relation has that name.
            LimitReached: the answer took too long or too much memory.
        """
        from whosays import asking

        return asking.rows(self.asked(), text, parameters)

    def answer(self, text: str, format: str = "", **parameters: str | int) -> Result:
        """Ask any SPARQL and get the answer in a standard format, as bytes.

        Args:
            text: The name of a query or SPARQL text of any of the four forms.
            format: For rows ``csv`` (default), ``tsv``, ``json``, ``xml``; for graphs
                ``turtle`` (default), ``ntriples trig nquads rdfxml jsonld``.
            parameters: Values of a named query.
        """
        from whosays import asking

        return asking.answer(self.asked(), text, parameters, format)

    def asked(
        self,
        *,
        on: Sequence[Folder] = (),
        on_named: Sequence[Folder] = (),
        limits: Limits | None = None,
    ) -> Asked:
        """Say what queries are asked of: this project, or other files instead."""
        from whosays.asking import Asked

        return Asked(
            path=self.path,
            quads=self._built.quads,
            base=self._built.base,
            collection=lambda: self._answering.names,
            known=self._built.iri,
            on=[Path(file) for file in on],
            on_named=[Path(file) for file in on_named],
            limits=limits,
        )

    def queries(self) -> dict[str, NamedQuery]:
        """List the named queries: the bundled ones and the project's own."""
        from whosays.queries import catalogue

        return dict(catalogue(self.path))

    def view(self, **options: Unpack[Options]) -> View:
        """Draw the network as one HTML page.

        Args:
            options: What the page holds and shows at first: `drawing.Options`.
        """
        from whosays.drawing import draw

        places = self._layout_cache()
        return draw(self._content(), self.path, layout_cache=places, **options)

    def perspective(
        self, name: str = "", *, since: str = "", until: str = ""
    ) -> Perspective:
        """Give what a source, a voice, a side or a set of them says.

        Args:
            name: A source or a voice in any spelling, ``side:<actor>`` for all who
                roll up to an actor, several joined by ``+``; empty: everyone.
            since: Only what was said from this date on (EDTF).
            until: Only what was said until this date.
        """
        return self._answering.perspective(name, since=since, until=until)

    def compare(self, a: str | Perspective, b: str | Perspective) -> Comparison:
        """Compare two perspectives: where they agree, contradict, or are silent."""
        return self._answering.compare(a, b)

    def cite(
        self, id: str, *, format: str = "md", retrieved: date | None = None
    ) -> str:
        """Write the citation of a statement, a claim, an issue or a source.

        Args:
            id: A statement id or six characters of it, ``a_relation_b``, ``a_b``, or
                the name of a source.
            format: ``md``, ``text``, ``bibtex`` or ``csl``.
            retrieved: The day of retrieval; left out if there is none.
        """
        from whosays import citations

        return citations.cite(
            self.collection,
            id,
            format=format,
            retrieved=retrieved,
            disputes=self._built.index.pairs(),
            issues=self.issues(),
        )

    def locate(self, source: str, words: str) -> Located:
        """Find the paragraphs of a source in which words stand, if its text is here."""
        from whosays import copies

        return copies.locate(self.path, self.collection, source, words)

    def blind_spots(self, actor: str = "") -> tuple[BlindSpot, ...]:
        """List per source what it alone speaks of, of an actor or of everything."""
        from whosays.blindspots import blind_spots

        return blind_spots(self.collection, actor)

    def coverage(self) -> Coverage:
        """Count what is curated and what is missing, by source and pair of actors."""
        from whosays.coverage import indexed

        return indexed(self._built.index)

    @property
    def rebuilt(self) -> bool:
        """Tell whether the caches were missing or stale and are new."""
        return self._built.fresh

    def summary(self) -> Summary:
        """Count the records, and what was warned of, without reading any."""
        return self._built.summary

    def export(
        self, path: Folder, *, format: str = "", **options: Unpack[ExportOptions]
    ) -> Exported:
        """Write everything to one file; its suffix chooses; see `plugins.export`."""
        from whosays import plugins

        return plugins.export(self, self._content, Path(path), format, **options)

    def site(self, folder: Folder, **options: Unpack[SiteOptions]) -> Site:
        """Write a static site, a page per actor, source, issue and statement.

        Args:
            folder: An empty folder or a former site; made if it is not there.
            options: ``base_url``, ``force``, ``progress``; see `whosays.site.write`.
        """
        from whosays import site

        where, cache = Path(folder), self._layout_cache()
        return site.write(
            self._content(), where, project=self.path, layout_cache=cache, **options
        )

    def build(self) -> list[Path]:
        """Write the graph as TriG and Turtle and the view, unless they are up to date."""
        from whosays import outputs

        files = [self.build_dir / name for name in _OUTPUTS]
        outputs.refresh(files, self._write_out, self._built.fingerprint, self.path)
        return files

    def _write_out(self, file: Path) -> None:
        if file.suffix == ".html":
            self.view().save(file)
        else:
            self.export(file)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Give the accepted statements as a network, an edge per statement."""
        from whosays.network import to_networkx

        return to_networkx(self.collection)

    @cached_property
    def graph(self) -> rdflib.Dataset:
        """The whole graph as an rdflib data set; queries are Oxigraph's."""
        from whosays.store import Store

        return Store.memory(self._built.nquads()).dataset()

    @cached_property
    def _answering(self) -> Answering:
        from whosays.answering import Answering

        return Answering(self._built.index)

    def _content(self) -> Content:
        from whosays.export import Content

        return Content(index=self._built.index)

    def _layout_cache(self) -> Path | None:
        return self.build_dir / "layout.json" if self.build_dir.is_dir() else None
