"""Find the actors of a registry in a text: longest name first, guards kept.

Case counts for names; a name inside a bigger one (a university, a street) is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from whosays.extract.document import Registry
from whosays.extract.lexicon import Lexicon
from whosays.extract.names import ARTICLES, NameEntry, entries
from whosays.extract.splitting import Splitter, folded
from whosays.extract.words import Mention, Word

if TYPE_CHECKING:
    from spacy.language import Language

_BEFORE = frozenset({"the", "this", "that", "'s", "its", "their", "our", "your"})
"""What the last word of a group's name stands behind where it stands for all of it."""
_CURLY = "\u2019"
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "ag", "ould", "de", "van", "von"})
_MONTHS = frozenset({"march", "april", "may", "june", "august"})
"""Months that persons are called by."""
_WHEN = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "every",
        "during",
    ]
)
_TITLE_CASE = 4  # letters from which a name in capitals is still that name


class ActorMatcher:
    """The names of a registry, ready to be found in words."""

    def __init__(
        self,
        registry: Registry,
        lexicon: Lexicon,
        nlp: Language,
        *,
        source: str = "",
        preferred: Iterable[str] = (),
    ) -> None:
        """Index all names by their first word.

        ``preferred`` are voices of the document: who uses a name settles whom it means.
        """
        self.registry = registry
        self._splitter = Splitter(nlp)
        self._lexicon = lexicon
        self._guards = _guards(lexicon)
        self._preferred = frozenset(preferred)
        self._first: dict[str, list[NameEntry]] = defaultdict(list)
        for entry in entries(registry, lexicon, self.split, source):
            self._first[folded(entry.words[0])].append(entry)
        for found in self._first.values():
            found.sort(key=lambda entry: (-len(entry.words), entry.rank, entry.actor))

    def split(self, text: str) -> tuple[str, ...]:
        """Split a text into words as the texts are split."""
        return tuple(word.text for word in self._splitter.words(text))

    def words(self, text: str, offset: int) -> list[Word]:
        """Split a sentence into words, names merged; offsets in the stored text."""
        found = self._splitter.words(text, offset)
        return self.merged(self._hyphened(found) if "-" in text else found)

    def _hyphened(self, words: list[Word]) -> list[Word]:
        """Put "co-operate" into one word, where the tables know it as one."""
        known = self._lexicon
        result: list[Word] = []
        position = 0
        while position < len(words):
            three = words[position : position + 3]
            if (
                len(three) == 3
                and three[1].text == "-"
                and three[0].end == three[1].start
                and (
                    (joined := "".join(word.low for word in three)) in known.verb_forms
                    or joined in known.singulars
                )
            ):
                text = "".join(word.text for word in three)
                result.append(Word(text, joined, three[0].start, three[2].end))
                position += 3
            else:
                result.append(words[position])
                position += 1
        return result

    def merged(self, words: list[Word]) -> list[Word]:
        """Put each name into one word."""
        result: list[Word] = []
        position = 0
        first = self._first
        while position < len(words):
            word = words[position]
            if word.low in first:
                hit = self._match(words, position)
                if hit is not None:
                    length, mention = hit
                    if length == 1:
                        word.mention = mention
                        result.append(word)
                        position += 1
                        continue
                    last = words[position + length - 1]
                    joined = " ".join(
                        w.text for w in words[position : position + length]
                    )
                    result.append(
                        Word(joined, folded(joined), word.start, last.end, mention)
                    )
                    position += length
                    continue
            result.append(word)
            position += 1
        return result

    def _match(self, words: Sequence[Word], at: int) -> tuple[int, Mention] | None:
        best: list[NameEntry] = []
        for entry in self._first[words[at].low]:
            if best and len(entry.words) < len(best[0].words):
                break
            if _fits(entry, words, at, self._lexicon.heads):
                best.append(entry)
        if not best:
            return None
        length = len(best[0].words)
        if self._guarded(words, at, length):
            return None
        chosen, others = self._settled(best)
        end = words[at + length - 1].end
        mention = Mention(chosen.actor, words[at].start, end, chosen.kind, others)
        return length, mention

    def _settled(self, best: list[NameEntry]) -> tuple[NameEntry, tuple[str, ...]]:
        """Choose among actors of one name: the user of the name, then the label."""
        for entry in best:
            if entry.users & self._preferred:
                return entry, ()
        top = [entry for entry in best if entry.rank == best[0].rank]
        actors = sorted({entry.actor for entry in top} - {top[0].actor})
        return top[0], tuple(actors)

    def _guarded(self, words: Sequence[Word], at: int, length: int) -> bool:
        if length == 1 and words[at].low in _MONTHS and _dated(words, at):
            return True  # "on May 25" is nobody called May
        before, after = self._guards
        for tail in (
            after.get(words[at + length].text, ()) if (at + length < len(words)) else ()
        ):
            rest = tuple(w.text for w in words[at + length : at + length + len(tail)])
            if rest == tail:
                return True
        for head in before.get(words[at - 1].text, ()) if at else ():
            if tuple(w.text for w in words[max(0, at - len(head)) : at]) == head:
                return True
        return False


def _fits(
    entry: NameEntry, words: Sequence[Word], at: int, common: Container[str]
) -> bool:
    end = at + len(entry.words)
    if end > len(words):
        return False
    for wanted, word in zip(entry.words, words[at:end], strict=True):
        if wanted == word.text:
            continue
        if "'" in word.low and wanted.replace(_CURLY, "'") == (
            word.text.replace(_CURLY, "'")
        ):
            continue
        if wanted.lower() == word.low and (
            entry.folded
            or (word.low in ARTICLES and len(entry.words) > 1)
            or (
                word is not words[at] and (word.low in common or word.low in _PARTICLES)
            )
        ):
            continue  # "the Aldorian army" is the Aldorian Army
        if (
            word.text.isupper()
            and len(wanted) >= _TITLE_CASE
            and (wanted.upper() == word.text)
        ):
            continue
        return False
    return not (entry.behind_the and (not at or words[at - 1].low not in _BEFORE))


def _dated(words: Sequence[Word], at: int) -> bool:
    """Tell whether a month is meant: beside a number, or behind "in" and the like."""
    beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    return any(word.text[:1].isdigit() for word in beside) or (
        at > 0 and words[at - 1].low in _WHEN
    )


Guards = dict[str, list[tuple[str, ...]]]


def _guards(lexicon: Lexicon) -> tuple[Guards, Guards]:
    before: Guards = defaultdict(list)
    after: Guards = defaultdict(list)
    for row in lexicon.tables.rows["guards"]:
        if row["before"]:
            words = tuple(row["before"].split())
            before[words[-1]].append(words)
        if row["after"]:
            words = tuple(row["after"].split())
            after[words[0]].append(words)
    return before, after
