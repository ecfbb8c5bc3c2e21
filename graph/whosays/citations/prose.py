"""Citations in running text: who takes which stance, with a numbered note for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from whosays.citations import wording
from whosays.citations.finding import Cited, Kind, claim_title
from whosays.model import Collection, Framing, Modality, Stance, Statement
from whosays.text import flat, safe_url
from whosays.text import markdown as escaped

_PARTICIPLES = {
    Stance.AFFIRMS: "affirmed",
    Stance.DENIES: "denied",
    Stance.QUESTIONS: "questioned",
    Stance.REPORTS: "reported",
}


def markdown(cited: Cited, collection: Collection, retrieved: date | None) -> str:
    """Write Markdown with footnotes."""
    return _Prose(collection, markdown=True).write(cited, retrieved)


def plain(cited: Cited, collection: Collection, retrieved: date | None) -> str:
    """Write plain text with numbered notes, a paragraph per line."""
    return _Prose(collection, markdown=False).write(cited, retrieved)


class _Prose:
    """One citation in the making: it numbers the notes in the order of the text."""

    def __init__(self, collection: Collection, *, markdown: bool) -> None:
        self.collection = collection
        self.markdown = markdown
        self.numbers: dict[str, int] = {}

    def write(self, cited: Cited, retrieved: date | None) -> str:
        lines = self._body(cited)
        noted = {statement.id: statement for statement in cited.statements}
        notes = [
            f"{self._mark(number, definition=True)} {self._note(noted[id])}"
            for id, number in self.numbers.items()
        ]
        settings = self.collection.settings
        what = f"{cited.kind} {cited.id}"
        data = [
            f"whosays, “{self._text(settings.title)}”",
            *map(self._text, wording.data(settings, what, retrieved)),
        ]
        blocks = [*lines, "\n".join(notes), f"Data: {', '.join(data)}."]
        return "\n\n".join(block for block in blocks if block) + "\n"

    def _body(self, cited: Cited) -> list[str]:
        match cited.kind:
            case Kind.SOURCE:
                return [self._source(cited.id)]
            case Kind.STATEMENT:
                return [self._sentence(cited.title, cited.statements)]
            case Kind.CLAIM:
                return [self._sentence(cited.title, cited.statements)]
            case _:
                return self._issue(cited)

    def _issue(self, cited: Cited) -> list[str]:
        claims: dict[str, list[Statement]] = defaultdict(list)
        for statement in cited.statements:
            claims[statement.proposition].append(statement)
        lines = [
            f"{self._strong(cited.title)}: what voices contest or cannot both hold."
        ]
        for claim, statements in claims.items():
            lines.append(
                self._sentence(claim_title(claim, self.collection), statements)
            )
        return lines

    def _sentence(self, title: str, statements: Sequence[Statement]) -> str:
        parts = []
        for stance in Stance:
            taken = [s for s in statements if s.stance is stance]
            if taken:
                parts.append(f"{_PARTICIPLES[stance]} by {self._voices(taken)}")
        return f"{self._strong(title)}: {'; '.join(parts)}."

    def _voices(self, statements: Iterable[Statement]) -> str:
        groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for statement in statements:
            groups[statement.voice, self._circumstances(statement)].append(statement)
        # What is only quoted to be rejected comes last: it supports nothing.
        ordered = sorted(
            groups.items(), key=lambda item: item[1][0].framing is Framing.REJECTED
        )
        phrases = []
        for (voice, circumstances), group in ordered:
            marks = "".join(self._number(statement) for statement in group)
            name = self._text(self.collection.label(voice))
            phrases.append(f"{name}{circumstances} {marks}")
        return _listed(phrases)

    def _circumstances(self, statement: Statement) -> str:
        """Say in brackets by way of whom, how framed and in which mood."""
        via = [self._text(self.collection.label(slug)) for slug in statement.via]
        parts = [f"by way of {' and then '.join(via)}"] if via else []
        if statement.framing is Framing.REJECTED:
            parts.append("quoted in order to be rejected")
        if statement.modality is not Modality.ACTUAL:
            parts.append(f"as {statement.modality}")
        return f" ({', '.join(parts)})" if parts else ""

    def _source(self, slug: str) -> str:
        source = self.collection.sources[slug]
        parts = [f"“{self._text(source.title)}”"]
        parts += map(self._text, wording.document(source, self.collection))
        counted = sum(s.counts and s.source == slug for s in self.collection.statements)
        address = safe_url(source.url)
        url = f" <{address}>" if address else ""
        line = f"{', '.join(parts)}.{url}"
        return f"{line} {counted} statement{'' if counted == 1 else 's'} in the data."

    def _note(self, statement: Statement) -> str:
        source = self.collection.sources[statement.source]
        parts = [f"“{self._text(source.title)}”"]
        parts += map(self._text, wording.document(source, self.collection))
        if statement.said_on and statement.said_on != source.date:
            parts.append(f"said {wording.day(statement.said_on)}")
        return f"{', '.join(parts)}, {wording.note(statement)}."

    def _number(self, statement: Statement) -> str:
        number = self.numbers.setdefault(statement.id, len(self.numbers) + 1)
        return self._mark(number)

    def _mark(self, number: int, *, definition: bool = False) -> str:
        if self.markdown:
            return f"[^{number}]:" if definition else f"[^{number}]"
        return f"[{number}]"

    def _strong(self, text: str) -> str:
        return f"**{self._text(text)}**" if self.markdown else self._text(text)

    def _text(self, text: str) -> str:
        """Show text from the data as it is: marks in it are no marks."""
        return escaped(text) if self.markdown else flat(text)


def _listed(phrases: Sequence[str]) -> str:
    if len(phrases) < 2:
        return "".join(phrases)
    return f"{', '.join(phrases[:-1])} and {phrases[-1]}"
