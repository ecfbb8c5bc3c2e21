"""The part of a knowledge graph that changes its files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.curating import Added, Template
    from whosays.extract.running import Outcome
    from whosays.problems import Problem
    from whosays.project.batch import Progress
    from whosays.review import Desk

Folder = str | os.PathLike[str]


class Curator:
    """What a project offers to those who write it; `KG` is one."""

    path: Path

    def check(self, *tables: Folder, encoding: str = "") -> list[Problem]:
        """Report all problems of the project, or of tables on their way into it.

        Args:
            tables: Files of any kind that can be read; without any, the project.
            encoding: Of files that do not say theirs; default UTF-8.
        """
        from whosays import checks

        if not tables:
            return checks.check(self.path)
        files = [Path(table) for table in tables]
        return [*checks.check_tables(self.path, files, encoding=encoding).problems]

    def add(
        self,
        *tables: Folder,
        partial: bool = False,
        dry_run: bool = False,
        encoding: str = "",
        progress: Progress | None = None,
    ) -> Added:
        """Append the rows of tables to the project, all or none; tell what changes.

        Args:
            tables: Files of any kind that can be read.
            partial: Take the good rows, and leave the others beside their table.
            dry_run: Write nothing.
            encoding: Of files that do not say theirs; default UTF-8.
            progress: Is told the table, the rows read so far and the share of it.

        Raises:
            DataError: rows, or the project itself, have errors; nothing was written.
            UsageError: the project came with the program and is not written to.
        """
        from whosays import curating

        added = curating.add(
            self.path,
            [Path(table) for table in tables],
            partial=partial,
            dry_run=dry_run,
            encoding=encoding,
            progress=progress,
        )
        if added.files and not dry_run:
            self._reload()
        return added

    def template(self, file: Folder, *, source: str = "") -> Template:
        """Write an empty sheet for new rows: a workbook with drop-downs, or a table.

        Args:
            file: ``.xlsx``, ``.csv`` or ``.tsv``.
            source: The source of all rows, one that is known or a new one.
        """
        from whosays import curating

        return curating.template(self.path, Path(file), source=source)

    def extract(
        self,
        *texts: Folder,
        source: str = "",
        model: str = "",
        extractors: Sequence[str] = (),
        endpoint: str = "",
        endpoint_model: str = "",
        budget: int = 200_000,
        new_actors: bool = False,
        langextract: Folder = "",
        dictionary: Folder = "",
    ) -> list[Outcome]:
        """Propose statements of texts; the candidates go to the build folder.

        Args:
            texts: ``.txt``, ``.md``, ``.html`` or ``.pdf``, or folders of them.
            source: The source that the text is; default: the one whose file it is.
            model: A spaCy pipeline with a parser, as a second opinion.
            extractors: Names of further ones, which other packages bring; ``llm`` is a
                language model.
            endpoint: Where the language model is asked; its key is in the environment.
            endpoint_model: The model that is asked there.
            budget: Most tokens that may be spent.
            new_actors: Also propose with names that are no actors yet, as tier C.
            langextract: A file of extractions that LangExtract wrote, to be read too.
            dictionary: A CAMEO dictionary whose verbs are cues too, as tier C.

        Raises:
            MissingExtra: spaCy is not installed.
            MissingFile: there is no such file.
            DataError: the project's tables have errors.
            UsageError: a text belongs to no source, or one source to several texts, or
                a language model would cost more than the budget.
            OutsideError: its endpoint fails.
        """
        from whosays import project
        from whosays.errors import DataError
        from whosays.extract import running
        from whosays.extract.llm import NAME
        from whosays.extract.setup import extractor

        read = project.read(self.path)
        if read.errors:
            raise DataError(read.errors)
        registry = running.registry_of(read.collection)
        files = running.files_in([Path(text) for text in texts])
        route = None
        if NAME in extractors:
            from whosays.extract.llm.endpoint import Limits
            from whosays.extract.llm.route import route_of

            route = route_of(
                read,
                registry,
                endpoint=endpoint,
                model=endpoint_model,
                limits=Limits(tokens=budget),
            )
            route.plan(running.readable(read.collection, files, source=source))
        ready = extractor(
            registry,
            model=model,
            named=extractors,
            own=read.path,
            relations=tuple(read.collection.relations),
            route=route,
            langextract=Path(langextract) if langextract else None,
            dictionary=Path(dictionary) if dictionary else None,
        )
        done = running.run(read, files, ready, source=source, new_actors=new_actors)
        return list(done)

    def review(self, source: str, *, by: str = "", dated: bool = True) -> Desk:
        """Lay out the candidates of a source, to accept, correct or refuse them.

        Args:
            source: A source in any spelling, whose text was extracted.
            by: A name to put beside the decisions; none is needed.
            dated: Note when each decision was made.

        Raises:
            MissingFile: no candidates were extracted.
            DataError: the project's tables have errors.
        """
        from whosays.review import Desk

        return Desk(self.path, source, by=by, dated=dated, changed=self._reload)

    def _reload(self) -> None:
        """Read again what was changed on disk."""
        raise NotImplementedError
