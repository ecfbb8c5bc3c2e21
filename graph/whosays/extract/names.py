"""What the actors of a registry are called, as patterns of words.

From label and aliases: the names themselves, the last word of a person's name, the
last word of a group's name behind "the", adjectives of a country. A derived name that
leads to two actors is dropped; a given one is settled or flagged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from whosays.extract.document import Registry
from whosays.extract.lexicon import Lexicon
from whosays.model import Actor, ActorType

GROUPS = frozenset(
    {
        ActorType.MILITIA,
        ActorType.JIHADIST_GROUP,
        ActorType.OPPOSITION_GROUP,
        ActorType.PARTY,
        ActorType.BLOC,
        ActorType.ARMED_FORCE,
        ActorType.INTERNATIONAL_ORGANISATION,
        ActorType.GOVERNMENT,
    }
)
_LATIN = re.compile(r"[A-Za-z]")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_STATES = frozenset({"states", "countries", "nations", "powers", "governments"})
ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az"})
"""Ways to write the Arabic article, whose case and hyphen each writer chooses."""
_ADJECTIVAL = ("n", "i", "ish", "ese", "ch", "ic", "abe", "ab\u00e9")
_ENDINGS = ("n", "an", "ian", "i", "ese", "ish", "ic", "ite", "er", "ean")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEntry:
    """One way to name an actor.

    ``kind`` is ``name``, ``adjective`` or ``people`` (of a country); ``rank`` is 0 for
    a label, 1 for an alias or listed name, 2 for what is derived; ``behind_the`` asks
    for an article; ``folded`` names match in any case; ``sources`` limits it.
    """

    actor: str
    words: tuple[str, ...]
    kind: str = "name"
    rank: int = 0
    behind_the: bool = False
    folded: bool = False
    users: frozenset[str] = frozenset()


Split = Callable[[str], tuple[str, ...]]


def entries(
    registry: Registry, lexicon: Lexicon, split: Split, source: str = ""
) -> list[NameEntry]:
    """List all names of all actors; ``split`` is the tokenizer of the texts."""
    given: list[NameEntry] = []
    derived: list[NameEntry] = []
    listed = {row["adjective"] for row in lexicon.tables.rows["demonyms"]}
    for actor in registry.actors.values():
        for rank, text in _texts(actor):
            plain = re.sub(r"^[Tt]he\s+", "", text)
            if words := split(plain):
                if rank and (text in listed or _formed(text, actor)):
                    given.append(_adjective(actor, words))
                    continue
                folded = plain == plain.lower()
                given.append(
                    NameEntry(
                        actor=actor.slug,
                        words=words,
                        rank=rank,
                        folded=folded,
                        behind_the=folded and plain != text,
                    )
                )
        derived += _derived(actor, lexicon, split)
    for name in registry.names:
        if not _LATIN.search(name.name):
            continue
        lower = name.name == name.name.lower()
        if lower and name.source != source:
            continue
        text = re.sub(r"^(?:the|The)\s+", "", name.name)
        if (words := split(text)) and name.actor in registry.actors:
            given.append(
                NameEntry(
                    actor=name.actor,
                    words=words,
                    rank=1,
                    folded=lower,
                    behind_the=lower and text != name.name,
                    users=frozenset(name.used_by),
                )
            )
    derived += [
        replace(one, words=words, rank=2)
        for one in given
        if (words := _bare(one.words)) and words[0][:1].isupper()
    ]
    adjectives = {(one.actor, one.words) for one in derived if one.kind == "adjective"}
    given = [  # "Aldorian" is an adjective of Aldoria, listed as an alias or not
        replace(entry, kind="adjective")
        if (entry.actor, entry.words) in adjectives
        else entry
        for entry in given
    ]
    taken = {entry.words for entry in given}
    spelled = [replace(one, words=words) for one in given for words in _spelled(one)]
    given += [one for one in spelled if one.words not in taken]
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in derived:
        owners[entry.words].add(entry.actor)
    given += [
        entry
        for entry in derived
        if entry.words not in taken and len(owners[entry.words]) == 1
    ]
    return given


def _spelled(entry: NameEntry) -> Iterator[tuple[str, ...]]:
    """Write "al-Vale" as "al Vale" and the other way round."""
    words = entry.words
    if "-" in words:
        plain = tuple(
            word
            for before, word in zip(("", *words), words, strict=False)
            if word != "-" or before.lower() not in ARTICLES
        )
        if plain != words:
            yield plain
        return
    joined: list[str] = []
    for word, after in zip(words, (*words[1:], ""), strict=True):
        joined.append(word)
        if word.lower() in ARTICLES and after[:1].isupper():
            joined.append("-")
    if len(joined) > len(words):
        yield tuple(joined)


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the article before "al-Vale Front"."""
    if words[0].lower() not in ARTICLES:
        return ()
    return words[2:] if words[1:2] == ("-",) else words[1:]


def _texts(actor: Actor) -> Iterator[tuple[int, str]]:
    label = _BRACKETED.sub("", actor.label).strip()
    for text in dict.fromkeys((actor.label, label)):
        yield 0, text
    for alias in actor.aliases:
        if _LATIN.search(alias.text) and alias.lang in ("", "en"):
            yield 1, alias.text


def _derived(actor: Actor, lexicon: Lexicon, split: Split) -> Iterator[NameEntry]:
    label = _BRACKETED.sub("", actor.label).strip()
    words = split(label)
    if not words or not label[:1].isupper():
        return
    last = words[-1]
    if actor.type is ActorType.STATE:
        yield from _demonyms(actor, lexicon, split)
    if last in lexicon.classes["vague-name"]:
        return  # "the Republic" is whoever speaks of it
    if actor.type is ActorType.PERSON and len(words) > 1 and last[:1].isupper():
        if len(last) > 2 and lexicon.noun((last.lower(),)) not in lexicon.generics:
            yield NameEntry(actor=actor.slug, words=(last,), rank=2)
    elif actor.type in GROUPS and len(words) > 1 and last[:1].isupper():
        yield NameEntry(actor=actor.slug, words=(last,), rank=2, behind_the=True)
        initials = "".join(word[0] for word in words if word[:1].isupper())
        if len(initials) > 2:
            yield NameEntry(actor=actor.slug, words=(initials,), rank=2)
    if actor.type is ActorType.BLOC and len(words) == 2 and last in _STATES:
        yield _adjective(actor, words[:1])  # "Western states": Western


def _demonyms(actor: Actor, lexicon: Lexicon, split: Split) -> Iterator[NameEntry]:
    names = [actor.label, *(alias.text for alias in actor.aliases)]
    known = {row["name"]: row for row in lexicon.tables.rows["demonyms"]}
    found = False
    for name in names:
        if row := known.get(name):
            found = True
            yield _adjective(actor, split(row["adjective"]))
            if row["people"] != row["adjective"]:
                yield _people(actor, split(row["people"]))
    if found or " " in actor.label or not actor.label.isalpha():
        return
    for adjective in _guesses(actor.label):
        yield _adjective(actor, (adjective,))
        yield _people(actor, (f"{adjective}s",))


def _guesses(label: str) -> list[str]:
    """Guess adjectives of a country nobody has heard of; case and start decide.

    >>> "Aldorian" in _guesses("Aldoria"), "Belmarkian" in _guesses("Belmark")
    (True, True)
    """
    stems = {label, label.rstrip("aeiouy")}
    return sorted(
        {
            stem + ending
            for stem in stems
            for ending in _ENDINGS
            if len(stem) > 2 and stem + ending != label
        }
    )


def _formed(text: str, actor: Actor) -> bool:
    """Tell whether an alias of a country is its adjective: "Aldorian" of Aldoria."""
    if (
        actor.type is not ActorType.STATE
        or not text.isalpha()
        or not text.endswith(_ADJECTIVAL)
    ):
        return False
    names = [actor.label, *(alias.text for alias in actor.aliases)]
    return any(
        len(word) > 2 and word.startswith(text[: max(3, min(len(word), len(text)) - 2)])
        for name in names
        for word in name.split()
        if name != text and (word != text or name.startswith(f"{text} "))
    )


def _adjective(actor: Actor, words: tuple[str, ...]) -> NameEntry:
    return NameEntry(actor=actor.slug, words=words, kind="adjective", rank=2)


def _people(actor: Actor, words: tuple[str, ...]) -> NameEntry:
    return NameEntry(actor=actor.slug, words=words, kind="people", rank=2)
