"""The queue of candidates at a terminal: one key, one decision, on disk at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from whosays.cli import reviewscreen
from whosays.cli.additions import added_lines
from whosays.cli.choosing import Chooser
from whosays.cli.paper import paper
from whosays.cli.terminal import BACK, END, ENTER, ESCAPE, TAB, Terminal
from whosays.dates import DateError, parse
from whosays.errors import DataError, OutsideError, WhosaysError
from whosays.extract.records import Candidate
from whosays.matching import fold
from whosays.project.decisions import MADE, REASONS, Decision
from whosays.review import Decided, Desk, Draft, draft

_WAITS = ("open", "skipped")


class Session:
    """One sitting: where it stands, and what was decided in it."""

    def __init__(
        self, desk: Desk, terminal: Terminal, message: Sequence[str] = ()
    ) -> None:
        """Begin with the first candidate that waits."""
        self.desk = desk
        self.terminal = terminal
        self.items = desk.queue.items
        self.states: list[str] = [
            one.state
            if one.state != "decided" or not one.decision
            else one.decision.decision
            for one in self.items
        ]
        self.made: Counter[str] = Counter()
        self._groups = desk.queue.groups
        self._group_of = {
            number: place
            for place, group in enumerate(self._groups)
            for number in group
        }
        self._numbers = {one.candidate.id: n for n, one in enumerate(self.items)}
        self._also: dict[str, list[int]] = {}  # settled along with a decision
        self._filter = ""
        self._message: list[str] = list(message)
        waiting = desk.queue.waiting
        self._at = waiting[0] if waiting else -1
        self._drafts: dict[int, Draft] = {}  # changed, and not decided yet
        self._leaving = False
        self._tiers: Counter[str] = Counter(
            one.candidate.tier
            for one, state in zip(self.items, self.states, strict=True)
            if state in _WAITS
        )
        self._choose = Chooser(terminal, desk)

    @property
    def waiting(self) -> int:
        """Count what still waits."""
        return self._tiers.total()

    def run(self) -> None:
        """Go on until the person leaves."""
        while True:
            self._draw()
            key = self.terminal.key()
            if key == END or (key == "q" and self._may_leave()):
                return
            if key == "q":
                continue
            self._message, self._leaving = [], False
            action = self._actions.get(key)
            if self._at < 0 and key not in ("u", "?"):
                continue
            if action is None:
                if key not in ("", ENTER, ESCAPE):
                    self._message = [f"“{key}” is no key here; ? lists the keys"]
                continue
            try:
                action()
            except DataError as error:
                self._message = ["nothing was written"] + [
                    f"{p.text}; {p.instructions or p.fix}" for p in error.problems
                ]
            except OutsideError as error:
                self._message = [f"nothing was written: {error}"]
            except WhosaysError as error:
                self._message = [str(error)]

    def _may_leave(self) -> bool:
        """Ask once more where a change would be lost: it is no decision yet."""
        count = len(self._drafts)
        if self._leaving or not count:
            return True
        noun = "candidate is" if count == 1 else "candidates are"
        self._message = [
            f"{count} {noun} changed and not decided; q leaves all the same"
        ]
        self._leaving = True
        return False

    @property
    def _actions(self) -> dict[str, Callable[[], None]]:
        return {
            "y": self._accept,
            "Y": self._accept_all,
            "n": self._refuse,
            " ": self._skip,
            "s": lambda: self._edit(self._now.other_stance()),
            "d": lambda: self._edit(self._now.turned()),
            "m": lambda: self._edit(self._now.other_modality()),
            "a": self._alternative,
            "r": lambda: self._edit(self._choose.relation(self._now)),
            "w": lambda: self._edit(self._choose.speaker(self._now, self._sentence)),
            "1": lambda: self._edit(
                self._choose.end("subject", self._now, self._sentence)
            ),
            "2": lambda: self._edit(
                self._choose.end("object", self._now, self._sentence)
            ),
            "t": self._time,
            "g": self._gist,
            "+": self._add,
            "u": self._undo,
            "/": self._only,
            TAB: lambda: self._move(1),
            BACK: lambda: self._move(-1),
            "b": lambda: self._move(-1),
            "?": self._help,
        }

    # --- where it stands

    @property
    def _now(self) -> Draft:
        return self._begun(self._at)

    def _begun(self, number: int) -> Draft:
        """Give what was changed of a candidate, or what was proposed."""
        begun = self._drafts.get(number) or draft(self.items[number].candidate)
        return begun.settled(self.desk.collection)

    def _changed(self, begun: Draft) -> None:
        """Keep a change; it outlives a look at other candidates."""
        plain = draft(begun.candidate).settled(self.desk.collection)
        if begun == plain:
            self._drafts.pop(self._at, None)
        else:
            self._drafts[self._at] = begun

    def _state(self, number: int, state: str) -> None:
        """Note a state, and count what waits."""
        tier = self.items[number].candidate.tier
        self._tiers[tier] += (state in _WAITS) - (self.states[number] in _WAITS)
        self.states[number] = state
        if state not in _WAITS:
            self._drafts.pop(number, None)

    @property
    def _sentence(self) -> list[Candidate]:
        group = self._groups[self._group_of[self._at]]
        return [self.items[number].candidate for number in group]

    def _fits(self, number: int) -> bool:
        """Tell whether a candidate waits and is one of those asked for."""
        if self.states[number] not in _WAITS:
            return False
        wanted = self._filter
        one = self.items[number].candidate
        if not wanted:
            return True
        if wanted in ("A", "B", "C"):
            return one.tier == wanted
        words = (*one.reading, one.speaker, one.selector.exact, *one.patterns)
        return any(fold(wanted) in fold(word) for word in words)

    def _move(self, step: int) -> None:
        """Go to the next candidate that waits; those put off come last."""
        count = len(self.items)
        found = -1
        for number in ((self._at + step * n) % count for n in range(1, count + 1)):
            if not self._fits(number):
                continue
            if step < 0 or self.states[number] == "open":
                found = number
                break
            found = number if found < 0 else found
        if found < 0 and self._filter:
            self._message.append(f"no more candidates with “{self._filter}”")
            self._filter = ""
            self._move(step)
            return
        self._at = found
        if found in self._drafts:
            self._message.append("changed before, and not decided: y, or n")

    # --- decisions

    def _accept(self) -> None:
        now = self._now
        done = self.desk.accept(now)
        self._note(done)
        if now.added:
            del self._drafts[self._at]
            return
        self._settle(done.decisions[0], self._at)
        self._move(1)

    def _accept_all(self) -> None:
        group = self._groups[self._group_of[self._at]]
        chosen = [
            number
            for number in group
            if self.states[number] in _WAITS
            and self.items[number].candidate.tier == "A"
        ]
        if not chosen:
            self._message = ["no candidate of tier A waits in this sentence"]
            return
        for number in chosen:
            if number in self._drafts and self._drafts[number].added:
                del self._drafts[number]  # what is added is accepted by itself
        drafts = [self._begun(number) for number in chosen]
        done = self.desk.accept(*drafts)
        for decision, number in zip(done.decisions, chosen, strict=True):
            self._settle(decision, number)
        self._note(done)
        self._move(1)

    def _refuse(self) -> None:
        options = [
            (str(number), "there is no statement" if reason == "statement" else reason)
            for number, reason in enumerate(REASONS, 1)
        ]
        chosen = self._choose.menu("refuse: what is wrong?", options)
        if chosen is None:
            return
        one = self.items[self._at].candidate
        done = self.desk.refuse(one, reason=REASONS[int(chosen) - 1])
        self._settle(done.decisions[0], self._at)
        self._note(done)
        self._move(1)

    def _skip(self) -> None:
        done = self.desk.skip(self.items[self._at].candidate)
        self._settle(done.decisions[0], self._at)
        self._move(1)

    def _undo(self) -> None:
        done = self.desk.undo()
        (entry,) = done.decisions
        self.made["undone"] += 1
        number = self._numbers.get(entry.candidate)
        for other in self._also.pop(entry.candidate, ()):
            self._state(other, "open")
        if number is not None:
            self._state(number, "open")
            self._at = number
        elif self._at < 0:
            self._move(1)
        rows = f"; {len(done.removed)} taken out of the tables" if done.removed else ""
        self._message = [f"taken back: {entry.decision}{rows}"]

    def _settle(self, entry: Decision, number: int) -> None:
        """Note what was decided, also for the same reading in the same sentence."""
        self._state(number, entry.decision)
        if entry.decision == "skipped":
            return
        keys = {one.key() for one in (entry.before, entry.after) if one is not None}
        for other in self._groups[self._group_of[number]]:
            same = draft(self.items[other].candidate).reading.key() in keys
            if other != number and self.states[other] in _WAITS and same:
                self._state(other, "again")
                self._also.setdefault(entry.candidate, []).append(other)

    def _note(self, done: Decided) -> None:
        """Say what was decided and what that changes."""
        of = self.desk.collection
        for entry in done.decisions:
            self.made[entry.decision] += 1
            reading = entry.after or entry.before
            if reading is not None:
                told = reviewscreen.said(reading, self.desk.source, of)
                reason = f" ({entry.reason})" if entry.reason else ""
                self._message.append(f"{entry.decision}{reason}: {told}")
            if entry.decision in MADE and not any(row.hash for row in entry.statements):
                self._message.append("its row was in the tables already")
        if done.added is not None:
            self._message += added_lines(done.added)
            self._message += [
                f"{one.level}: {one.text}" for one in done.added.checked.problems
            ]

    # --- changes before a decision

    def _edit(self, changed: Draft | None) -> None:
        if changed is not None:
            self._changed(changed)

    def _alternative(self) -> None:
        if not self._now.candidate.alternatives:
            self._message = ["there was no other reading"]
            return
        self._changed(self._now.alternative())

    def _time(self) -> None:
        said = self._now.reading.time
        text = self.terminal.ask("said to hold (2014-06, 2014/2015, empty):", said)
        if text is None:
            return
        try:
            self._changed(self._now.saying(time=parse(text).text if text else ""))
        except DateError as error:
            hint = f"; {error.hint}" if error.hint else ""
            self._message = [f"“{text}” {error.message}{hint}"]

    def _gist(self) -> None:
        now = self._now
        text = now.gist or now.own_gist(now.reading.speaker, self.desk.collection)
        given = self.terminal.ask("gist in your own words:", text)
        if given is not None:
            self._changed(replace(now, gist=given))

    def _add(self) -> None:
        self._changed(replace(self._now, added=True, gist=""))
        self._message = ["change it into what the sentence says too; y adds it"]

    # --- the screen

    def _only(self) -> None:
        text = self.terminal.ask("only (words, or A, B, C; empty: all):", self._filter)
        if text is None:
            return
        self._filter = text
        if not self._fits(self._at):
            self._move(1)

    def _help(self) -> None:
        self.terminal.show(reviewscreen.help_screen(paper()))
        self.terminal.key()

    def _draw(self) -> None:
        sheet = paper()
        if self._at < 0:
            source = self.desk.source
            self.terminal.show(reviewscreen.end_screen(source, sheet, self._message))
            return
        place = self._group_of[self._at]
        group = self._groups[place]
        now = self._now
        scene = reviewscreen.Scene(
            source=self.desk.source,
            sentence=place + 1,
            sentences=len(self._groups),
            waiting=self._tiers,
            done=len(self.items) - self.waiting,
            context=self.desk.queue.context(now.candidate),
            group=[self.items[number].candidate for number in group],
            states=[
                "changed" if number in self._drafts else self.states[number]
                for number in group
            ],
            draft=now,
            filter=self._filter,
            message=[line for text in self._message for line in sheet.folded([text])],
        )
        height = self.terminal.height
        lines = reviewscreen.screen(scene, sheet, self.desk.collection, height)
        self.terminal.show(lines)
