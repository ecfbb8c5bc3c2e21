"""What is claimed again without its words: "No, never", "Belmark denied it", "So has B".

An answer, a denial or an auxiliary takes up what was claimed just before. Who speaks
and where they stand is new, the ends are the old ones; so each echo is marked as
resolved, with the words that take the claim up in the place of its ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whosays.extract.document import Document, Registry
from whosays.extract.ground import locator, selector
from whosays.extract.lexicon import Lexicon
from whosays.extract.merge import Read
from whosays.extract.nodes import Phrase, Structure, Verb
from whosays.extract.reading import Reading
from whosays.extract.records import AUTHOR, Span, StanceName
from whosays.extract.scope import Scope
from whosays.extract.segment import Sentence
from whosays.extract.takingup import TakingUp
from whosays.extract.voices import Voice, speakers
from whosays.extract.words import Filler, Word

_CLOSING = "\"'\u201d\u2019 )"
_BACK = 3  # sentences that "the charge" may reach back
_MOST = 2  # claims that one "it" may take up
_BY_THE_WAY = frozenset({"leads", "commands", "memberOf", "partOf"})
_ACCUSING = frozenset({"v-accuse-opposes", "v-blame-opposes"})
_FLIPPED: dict[StanceName, StanceName] = {
    "affirms": "denies",
    "denies": "affirms",
    "questions": "denies",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence that was read: its claims, and whether it asks."""

    at: int
    label: str
    asks: bool
    reads: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Taking:
    """The words that take a claim up: of cue and of what stands for its ends."""

    cue: Span
    anaphor: Span
    pattern: str


class Echoes:
    """Follows the claims of a document, and what takes them up."""

    def __init__(
        self, registry: Registry, lexicon: Lexicon, scope: Scope, doc: Document
    ) -> None:
        """Begin at the top of a document."""
        self._registry = registry
        self._lexicon = lexicon
        self._scope = scope
        self._words = TakingUp(lexicon)
        self._doc = doc
        self._told: deque[Told] = deque(maxlen=_BACK)

    def heard(
        self,
        at: int,
        sentence: Sentence,
        words: Sequence[Word],
        structure: Structure | None,
        voice: Voice,
        reads: Sequence[Read],
    ) -> list[Read]:
        """Give what a sentence takes up, and remember what it claims itself."""
        text = self._doc.text[sentence.start : sentence.end]
        here = Told(
            at=at,
            label=sentence.label,
            asks="?" in text and text.rstrip(_CLOSING)[-1:] == "?",
            reads=_each(reads),
        )
        found: list[Read] = []
        if here.reads or any(one.reads for one in self._told):
            found += self._answers(here, words, structure, voice)
            if structure is not None and not here.asks:
                for verb in structure.verbs:
                    found += self._responses(here, verb, structure, voice)
                    found += self._repeats(here, verb, structure, voice)
        made = [self._placed(one, sentence) for one in found]
        if made:
            here = replace(here, reads=_each((*here.reads, *made)))
        self._told.append(here)
        return made

    def _placed(self, read: Read, sentence: Sentence) -> Read:
        made, cut = selector(self._doc, sentence, read.cue)
        return replace(
            read,
            selector=made,
            locator=locator(self._doc, sentence),
            flags=("truncated",) if cut else (),
        )

    # "No, never." "That is correct."

    def _answers(
        self,
        here: Told,
        words: Sequence[Word],
        structure: Structure | None,
        voice: Voice,
    ) -> Iterator[Read]:
        opening = self._words.opening(words)
        if opening is None:
            return
        sign, first, last, pattern = opening
        before = self._asked(here, first)
        if before is None:
            return
        reading = Reading()
        if structure is not None:
            reading.sources = self._quoted(structure)
        who = speakers(reading, voice, structure or Structure(list(words)))
        span = (first.start, last.end)
        for one in before:
            if one.stance != "questions" and one.speaker == who[0]:
                continue
            stance: StanceName = "affirms" if one.stance == "questions" else one.stance
            if sign < 0:
                stance = _FLIPPED[one.stance]
            yield _echo(here.at, one, Taking(span, span, pattern), stance, who)

    def _asked(self, here: Told, first: Word) -> list[Read] | None:
        """Find what an answer answers: the question before it, or another's words."""
        told = list(self._told)
        near = [
            one
            for one in here.reads
            if one.stance == "questions" and one.cue[1] <= first.start
        ]
        if near:  # "Asked whether …, she said: No."
            return near
        if here.reads and here.asks:
            return None
        while told and told[-1].asks and not told[-1].reads and len(told) > 1:
            told.pop()  # "…, isn't it? Is that right?"
        if not told or not told[-1].reads or here.at - told[-1].at > len(self._told):
            return None
        last = told[-1]
        if last.asks:
            asked = [one for one in last.reads if one.stance == "questions"]
            return asked or None
        if last.label == here.label or here.at - last.at > 1:
            return None
        return list(last.reads[-_MOST:])

    def _quoted(self, structure: Structure) -> list[Phrase]:
        for verb in structure.verbs:
            if verb.subj is not None and any(
                lemma in self._lexicon.speech for lemma in verb.lemmas
            ):
                return [verb.subj]
        return []

    # "Belmark denied it."

    def _responses(
        self, here: Told, verb: Verb, structure: Structure, voice: Voice
    ) -> Iterator[Read]:
        kind = self._words.responding(verb)
        if kind is None:
            return
        sign, pattern = kind
        found = self._words.anaphor(verb, structure)
        if found is None:
            return
        anaphor, near, noun = found
        who = verb.subj
        if verb.passive:
            who = next((p for name, p in verb.obl if name == "by"), None)
        if who is None or (who.pronoun and not who.actors()):
            return
        reading = self._read(verb, structure)
        if reading is None or reading.sign < 0:
            return
        reading.sources.insert(0, who)
        voices = speakers(reading, voice, structure)
        head = structure.words[verb.head]
        denial = any(
            row["sign"] == "-1" for row in self._lexicon.contents.get(noun, ())
        )
        first = structure.words[min(who.first, verb.first)].start
        for one in self._meant(here, first, voices[0], near, noun):
            stance = one.stance
            if sign < 0:
                if stance == "denies" and not denial:
                    continue
                stance = _FLIPPED[stance]
            elif stance == "questions":
                stance = "affirms"
            taking = Taking((head.start, head.end), anaphor, pattern)
            yield _echo(here.at, one, taking, stance, voices)

    def _meant(
        self, here: Told, first: int, speaker: str, near: bool, noun: str
    ) -> list[Read]:
        """Choose the claims that are meant: the nearest that somebody else makes."""
        sources = [[one for one in here.reads if one.cue[1] <= first]]
        for told in reversed(self._told):
            if here.at - told.at > (_BACK if noun else 1):
                break
            sources.append(list(told.reads))
        if near:
            del sources[1:]
        for reads in sources:
            fit = [
                one
                for one in reads
                if one.speaker != speaker and one.pattern not in _ACCUSING
            ]
            own = [one for one in fit if self._concerns(one, speaker)]
            said = [one for one in own or fit if one.speaker != AUTHOR]
            if not said:  # what is said by the way is not what is denied
                fit = [one for one in fit if one.relation not in _BY_THE_WAY]
                own = [one for one in own if one in fit]
            fit = said or own or fit
            if fit:
                return fit if len(fit) <= _MOST else []
        return []

    def _concerns(self, read: Read, speaker: str) -> bool:
        """Tell whether who answers is, or stands for, an end of the claim."""
        actor = self._registry.actors.get(speaker)
        if actor is None:
            return False
        side = {speaker, actor.acts_for, actor.parent} - {""}
        ends = (read.subject.actor, read.target.actor)
        return any(
            end in side or self._registry.kin(end, one) for end in ends for one in side
        )

    # "So has Belmark." "They have not."

    def _repeats(
        self, here: Told, verb: Verb, structure: Structure, voice: Voice
    ) -> Iterator[Read]:
        found = self._words.bare(verb, structure)
        if found is None:
            return
        subject, likewise = found
        reading = self._read(verb, structure)
        if reading is None:
            return
        words = structure.words
        head = words[verb.head]
        first = words[min(subject.first, verb.first)].start
        reads = [one for one in here.reads if one.cue[1] <= first]
        if not reads and any(  # "We did not touch it, we never have"
            other.end < verb.first
            and other.kind == "fin"
            and not {*other.lemmas} & self._lexicon.speech.keys()
            for other in structure.verbs
        ):
            return
        if not reads and self._told and here.at - self._told[-1].at == 1:
            reads = list(self._told[-1].reads)
        if not reads:
            return
        cue = max(one.cue for one in reads)
        taking = Taking(
            (head.start, head.end), (head.start, head.end), f"k-ellipsis-{verb.lemma}"
        )
        who = speakers(reading, voice, structure)
        for one in reads:
            if one.cue != cue:
                continue
            if not reading.sources and likewise and one.speaker_mention is not None:
                yield from self._agreed(here.at, one, subject, taking, who)
                continue
            stance: StanceName = "affirms" if reading.sign > 0 else "denies"
            if likewise:
                stance = one.stance
            for ends in _ends(one, subject, taking, same=not likewise):
                made = _echo(here.at, one, taking, stance, who)
                same = ends == (one.subject.actor, one.target.actor)
                if same and stance == one.stance and who[0] == one.speaker:
                    continue
                yield replace(made, subject=ends.subject, target=ends.target)

    def _agreed(
        self,
        at: int,
        one: Read,
        subject: Phrase,
        taking: Taking,
        who: tuple[str, tuple[str, ...], tuple[str, ...], Span | None, str],
    ) -> Iterator[Read]:
        """Read "So did Belmark" behind "Aldoria said": Belmark says it too."""
        for actor in subject.actors():
            span = (actor.start, actor.end)
            voice = (actor.actor, (), who[2], span, actor.link)
            made = _echo(at, one, taking, one.stance, voice)
            if one.subject.actor == one.speaker:
                made = replace(made, subject=actor)
            yield made

    def _read(self, verb: Verb, structure: Structure) -> Reading | None:
        start = structure.words[verb.head].start
        nobody = Filler("", -1, -1)
        reading = self._scope.read(structure, start, None, (nobody, nobody))
        return None if reading.dropped or reading.question else reading


@dataclass(frozen=True, slots=True)
class _Ends:
    subject: Filler
    target: Filler

    def __eq__(self, other: object) -> bool:
        return (self.subject.actor, self.target.actor) == other

    def __hash__(self) -> int:
        return hash((self.subject.actor, self.target.actor))


def _ends(
    read: Read, subject: Phrase, taking: Taking, *, same: bool
) -> Iterator[_Ends]:
    """Put a new subject in the place of the old one, of passives too."""
    old = _resolved(read.subject, taking), _resolved(read.target, taking)
    passive = read.subject.start > read.cue[0] > read.target.start
    actors = subject.actors()
    ends = {read.subject.actor, read.target.actor}
    known = subject.noun not in ("we", "i") or not actors
    known |= bool(ends & {actor.actor for actor in actors})
    if subject.pronoun and same and known:
        yield _Ends(*old)
        return
    for actor in actors:
        made = _Ends(old[0], actor) if passive else _Ends(actor, old[1])
        if made.subject.actor != made.target.actor:
            yield made


def _resolved(filler: Filler, taking: Taking) -> Filler:
    start, end = taking.anaphor
    return Filler(filler.actor, start, end, link="coref", via="pronoun")


def _echo(
    at: int,
    read: Read,
    taking: Taking,
    stance: StanceName,
    who: tuple[str, tuple[str, ...], tuple[str, ...], Span | None, str],
) -> Read:
    speaker, also, chain, mention, link = who
    return replace(
        read,
        proposer="lexical",
        sentence=at,
        subject=_resolved(read.subject, taking),
        target=_resolved(read.target, taking),
        stance=stance,
        speaker=speaker,
        also=also,
        chain=chain,
        speaker_mention=mention,
        speaker_link=link,
        modality=read.modality if read.modality != "hedged" else "asserted",
        time=None,
        cue=taking.cue,
        pattern=taking.pattern,
        safe=False,
    )


def _each(reads: Sequence[Read]) -> tuple[Read, ...]:
    """Keep one reading of each claim, in the order of the text."""
    if not reads:
        return ()
    found: dict[tuple[str, str, str, Span], Read] = {}
    for one in sorted(reads, key=lambda one: one.cue):
        if not one.own:
            key = (one.subject.actor, one.relation, one.target.actor, one.cue)
            found.setdefault(key, one)
    return tuple(found.values())
