"""The items of a sentence, and looking around among them."""

from __future__ import annotations

from whosays.extract.chunks import Item
from whosays.extract.lexicon import Lexicon
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.words import Word

_SMALL = frozenset({"RB", "QO", "NG"})


class Sight:
    """Items, words and tables of one sentence."""

    def __init__(self, items: list[Item], words: list[Word], lexicon: Lexicon) -> None:
        """Keep what is needed to look around.

        ``lows`` and ``tags`` are those of all words, so that a rule for "whose" may
        leave at once a sentence that has none.
        """
        self.items = items
        self.words = words
        self.lexicon = lexicon
        self.structure = Structure(words)
        self.lows = {word.low for word in words}
        self.tags = {word.tag for word in words}

    def _item(self, at: int) -> Item | None:
        return self.items[at] if 0 <= at < len(self.items) else None

    # The next four are asked a hundred times a sentence, so none calls another.

    def _phrase(self, at: int) -> Phrase | None:
        items = self.items
        if 0 <= at < len(items) and isinstance(item := items[at], Phrase):
            return item
        return None

    def _verb(self, at: int) -> bool:
        items = self.items
        return 0 <= at < len(items) and isinstance(items[at], Verb)

    def _is(self, at: int, tag: str) -> bool:
        items = self.items
        return 0 <= at < len(items) and items[at].tag == tag

    def _low(self, at: int) -> str:
        items = self.items
        return items[at].low if 0 <= at < len(items) else ""

    def _left(self, at: int) -> int:
        """Step over adverbs and quotation marks."""
        items = self.items
        if at < len(items):
            while at >= 0 and items[at].tag in _SMALL:
                at -= 1
        return at

    def _verb_left(self, at: int) -> Verb | None:
        for left in range(min(at, len(self.items)) - 1, -1, -1):
            item = self.items[left]
            if isinstance(item, Verb) and item.link != "auxiliary":
                return item
        return None

    def _speaks(self, verb: Verb) -> bool:
        return self.lexicon.speaks(verb.lemmas)

    def _aside_verb(self, verb: Verb) -> bool:
        """Tell whether a verb of speech stands between commas: ", Belmark said,"."""
        return (
            self._speaks(verb)
            and verb.kind == "fin"
            and self._is(verb.item + 1, "CM")
            and self._phrase(verb.item - 1) is not None
            and (self._is(verb.item - 2, "CM") or self._is(verb.item - 2, "QO"))
        )

    def _phrase_right(self, start: int, stop: int) -> Phrase | None:
        for at in range(start + 1, stop):
            if (found := self._phrase(at)) is not None:
                return found
        return None

    def _governs(self, phrase: Phrase) -> bool:
        noun = phrase.noun
        lexicon = self.lexicon
        return noun in lexicon.scope_nouns or noun in ("threat",)
