"""Compare statements with the local copies of their sources, where there are any.

Locators are checked for range and passage, gists for borrowed words. The texts are
other people's: a message quotes the gist, which is ours, and never the text.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from whosays import problems
from whosays.model import Collection, Source, Statement
from whosays.problems import Problem
from whosays.project import (
    Project,
    is_file,
    is_folder,
    looks_wrapped,
    passage_at,
    passage_hash,
    passages,
    place_of,
)

CLOSE_RUN = 6
COPIED_RUN = 8
"""Words in a row, names of actors aside, that are too near to the text."""

Words = tuple[str, ...]
Names = Mapping[str, list[Words]]

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def text_problems(read: Project) -> Iterator[Problem]:
    """Check every source whose text is in the folder of ``[texts] dir``."""
    settings = read.collection.settings
    folder = read.path / settings.texts
    if not settings.texts or not is_folder(folder):
        return
    by_source: dict[str, list[Statement]] = defaultdict(list)
    for statement in read.collection.statements:
        by_source[statement.source].append(statement)
    for slug, source in read.collection.sources.items():
        if source.file and is_file(folder / source.file):
            yield from _source_problems(
                read, source, folder / source.file, by_source[slug]
            )


def _source_problems(
    read: Project, source: Source, path: Path, statements: list[Statement]
) -> Iterator[Problem]:
    where = read.spot_of("sources.csv", source.slug, "file")
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        yield problems.problem(
            "WS508", **where, value=f"{source.file}, {error.strerror}"
        )
        return
    except UnicodeDecodeError:
        yield problems.problem("WS501", **where, value=source.file)
        return
    if source.sha256 and hashlib.sha256(data).hexdigest() != source.sha256:
        digest = read.spot_of("sources.csv", source.slug, "sha256")
        yield problems.problem("WS316", **digest, value=source.file)
    if not source.blocks and looks_wrapped(text):
        yield problems.problem("WS315", **where, value=source.file)
    numbers = _hashes(text, source.blocks)
    said = _words(text)
    last = len(said) - CLOSE_RUN
    runs = {tuple(said[at : at + CLOSE_RUN]) for at in range(last + 1)}
    names = _names(read.collection)
    for statement in statements:
        yield from _passage_problems(read, source, text, numbers, statement)
        yield from _gist_problems(read, runs, names, statement)


def _hashes(text: str, blocks: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(passages(text, blocks), 1):
        found[passage_hash(passage)].append(number)
    return found


def _passage_problems(
    read: Project,
    source: Source,
    text: str,
    numbers: dict[str, list[int]],
    statement: Statement,
) -> Iterator[Problem]:
    locator = statement.locator
    where = read.spot(statement, "locator")
    place = place_of(locator, text, source.blocks)
    found = [f"p{n}" for n in numbers.get(statement.para_sha, ())]
    fix = found[0] if len(found) == 1 else ""
    if place is not None and place[0] > place[1]:
        yield problems.problem(
            "WS312",
            **where,
            value=locator,
            text=f"is past the end of the text, which has {place[1]}",
            fix=fix,
        )
        return
    passage = passage_at(locator, text, source.blocks)
    if passage is None or not statement.para_sha:
        return  # no locator, or a page or time, which a plain text does not show
    if passage_hash(passage) == statement.para_sha:
        return
    if not found:
        yield problems.problem("WS314", **where, value=locator)
        return
    yield problems.problem(
        "WS313",
        **where,
        value=locator,
        text=f"has moved: the passage that was coded is now {', '.join(found)}",
        fix=fix,
    )


def _gist_problems(
    read: Project, runs: set[Words], names: Names, statement: Statement
) -> Iterator[Problem]:
    for run, own in _borrowed(_words(statement.gist), runs, names):
        code = "WS331" if own >= COPIED_RUN else "WS335"
        where = read.spot(statement, "gist")
        yield problems.problem(code, **where, value=" ".join(run))
        return


def _borrowed(
    words: list[str], runs: set[Words], names: Names
) -> Iterator[tuple[list[str], int]]:
    """Yield each run of words that the text has too, and how many are no names."""
    own = _without_names(words, names)
    at = 0
    while at < len(words):
        end = at
        while tuple(words[end : end + CLOSE_RUN]) in runs:
            end += 1
        if end > at:
            stop = end + CLOSE_RUN - 1
            if sum(own[at:stop]) >= CLOSE_RUN:
                yield words[at:stop], sum(own[at:stop])
        at = max(end, at + 1)


def _without_names(words: list[str], names: Names) -> list[bool]:
    """Tell for each word whether it is anything but a part of a name."""
    own = [True] * len(words)
    for at, word in enumerate(words):
        for name in names.get(word, ()):
            if tuple(words[at : at + len(name)]) == name:
                own[at : at + len(name)] = [False] * len(name)
    return own


def _names(collection: Collection) -> Names:
    """Give the names of all actors, word by word, by their first word."""
    found: dict[str, list[Words]] = defaultdict(list)
    for actor in collection.actors.values():
        for text in (actor.label, *(alias.text for alias in actor.aliases)):
            if name := tuple(_words(text)):
                found[name[0]].append(name)
    return found


def _words(text: str) -> list[str]:
    """Part a text into words, folded as they are compared."""
    return [word.casefold().replace("\u2019", "'") for word in _WORD.findall(text)]
