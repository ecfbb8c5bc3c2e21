"""Read the tables of a project, one after the other, at one desk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from whosays import inputs, progress, tables, vocab
from whosays.errors import MissingFile
from whosays.model import Collection, Name, Run, Tour
from whosays.project import (
    actors,
    relations,
    repeats,
    runs,
    settings,
    sources,
    statements,
    tours,
    unused,
)
from whosays.project.desk import Desk
from whosays.tables import Table
from whosays.vocab import Vocabulary


@dataclass(slots=True, kw_only=True)
class Gathered:
    """Everything that the files of a project hold, while more can still be added."""

    root: Path
    desk: Desk
    kept: repeats.Kept = field(default_factory=repeats.Kept)
    names: dict[str, Name] = field(default_factory=dict)
    tours: list[Tour] = field(default_factory=list)
    runs: dict[str, Run] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    def collection(self) -> Collection:
        """Give all records in stable order."""
        desk, kept = self.desk, self.kept.statements
        return Collection(
            settings=desk.settings,
            actors=dict(sorted(desk.actors.items())),
            sources=dict(sorted(desk.sources.items())),
            relations=desk.vocabulary.relations,
            incompatibilities=desk.vocabulary.incompatibilities,
            names=tuple(self.names[id] for id in sorted(self.names)),
            statements=tuple(kept[id] for id in sorted(kept)),
            tours=tuple(self.tours),
            runs=dict(sorted(self.runs.items())),
            inputs=dict(sorted(self.hashes.items())),
        )


def gather(root: Path, vocabulary: Vocabulary) -> Gathered:
    """Read all tables of a project; every problem is at the desk, none is raised."""
    desk = Desk(vocabulary)
    found = Gathered(root=root, desk=desk)

    def load(file: Path) -> bytes:
        data = inputs.read_bytes(file)
        found.hashes[inputs.relative(root, file)] = hashlib.sha256(data).hexdigest()
        return data

    def take(
        file: Path,
        columns: tuple[str, ...],
        required: tuple[str, ...],
        reader: Callable[[Table], None],
    ) -> None:
        if not os.path.lexists(file):
            return
        name = inputs.relative(root, file)
        try:
            data = load(file)
        except MissingFile as error:
            desk.report("WS508", table=name, value=error.hint)
        else:
            reader(tables.read_table(data, name, columns, required=required))

    reader = settings.reader_of(desk, load(root / inputs.SETTINGS))
    desk.settings = reader.read(root.resolve().name)
    own = inputs.ontology_files(root)
    for file in own:
        with suppress(MissingFile):  # reported where it is parsed
            load(file)
    if own:
        relations.read_ontology(desk, root / inputs.ONTOLOGY)
    take(
        root / inputs.RELATIONS,
        vocab.COLUMNS,
        relations.REQUIRED,
        lambda table: relations.read_relations(desk, table),
    )
    reader.check_use()
    take(
        root / inputs.ACTORS,
        actors.COLUMNS,
        actors.REQUIRED,
        lambda table: actors.read_actors(desk, table),
    )
    take(
        root / inputs.SOURCES,
        sources.COLUMNS,
        sources.REQUIRED,
        lambda table: sources.read_sources(desk, table),
    )
    take(
        root / inputs.NAMES,
        sources.NAMES_COLUMNS,
        sources.NAMES_REQUIRED,
        lambda table: found.names.update(sources.read_names(desk, table)),
    )
    files = list(inputs.statement_files(root))
    for number, file in enumerate(files):
        rows = len(found.kept.statements)
        progress.tell("reading the tables", rows, number / len(files))
        take(
            file,
            statements.COLUMNS,
            statements.REQUIRED,
            lambda table: statements.read_statements(desk, table, found.kept),
        )
    take(
        root / inputs.RUNS,
        runs.COLUMNS,
        runs.REQUIRED,
        lambda table: found.runs.update(runs.read_runs(desk, table)),
    )
    repeats.check_supersedes(found.kept)
    links = tours.Links(desk, found.kept.statements)
    for file in inputs.tour_files(root):
        take(
            file,
            tours.COLUMNS,
            tours.REQUIRED,
            lambda table: found.tours.extend(tours.read_tour(desk, table, links)),
        )
    unused.report_ignored(desk, root)
    return found
