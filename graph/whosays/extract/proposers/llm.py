"""The proposer that asks a language model; see ``whosays.extract.llm``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from whosays.errors import LimitReached, OutsideError
from whosays.extract.document import Document
from whosays.extract.llm import NAME
from whosays.extract.llm.answers import Item, opened, sorted_out
from whosays.extract.llm.asking import Answers, Request, digest, prompt_digest, requests
from whosays.extract.llm.endpoint import BadAnswer
from whosays.extract.llm.grounding import Grounding, Refused
from whosays.extract.llm.refusals import Refusal, counted, written
from whosays.extract.proposals import Context, Proposal
from whosays.model import Relation


@dataclass(slots=True)
class LanguageModel:
    """Asks about part after part of a text; each item is grounded or refused.

    ``by`` names the model and where it runs, as provenance.
    """

    answers: Answers
    model: str
    host: str
    relations: Mapping[str, Relation]
    shuffled: bool = False
    name: str = field(init=False, default=NAME)
    version: str = field(init=False, default="1")
    needs: frozenset[str] = field(init=False, default=frozenset({"network"}))
    _doc: str = field(init=False, default="")
    _parts: list[dict[str, object]] = field(init=False, default_factory=list)
    _refused: list[Refusal] = field(init=False, default_factory=list)
    _taken: int = field(init=False, default=0)

    @property
    def by(self) -> str:
        """Who was asked, and with which prompt."""
        return f"llm {self.model} at {self.host}, prompt {prompt_digest()}"

    def propose(self, doc: Document, ctx: Context) -> Iterator[Proposal | Refusal]:
        """Yield what a model says of a batch of sentences and the text bears out."""
        if self._doc != doc.sha256 or (ctx.sentences and ctx.sentences[0].start == 0):
            self._doc, self._parts = doc.sha256, []
            self._refused, self._taken = [], 0
        for request in requests(
            doc, ctx, self.relations, self.model, shuffled=self.shuffled
        ):
            for one in self._about(doc, ctx, request):
                if isinstance(one, Refusal):
                    self._refused.append(one)
                else:
                    self._taken += 1
                yield one

    def account(self) -> Mapping[str, object]:
        """Say who was asked what, and what became of it."""
        return {
            "model": self.model,
            "host": self.host,
            "prompt": prompt_digest(),
            "taken": self._taken,
            "refused": len(self._refused),
            "reasons": counted(self._refused),
            "parts": [*self._parts],
        }

    def _about(
        self, doc: Document, ctx: Context, request: Request
    ) -> Iterator[Proposal | Refusal]:
        start = ctx.sentences[request.first].start
        end = ctx.sentences[request.last].end
        part: dict[str, object] = {"start": start, "end": end, "answer": ""}
        self._parts.append(part)
        try:
            said = self.answers.get(request)
            found = opened(said)
        except BadAnswer as error:
            yield Refusal(
                proposer=self.name,
                reason=error.reason,
                detail=error.detail,
                start=start,
                end=end,
            )
            return
        except OutsideError as error:
            raise self._interrupted(error) from None
        answer = digest(said)[:12]
        part["answer"] = answer
        items, refused = sorted_out(found, request.lists)
        for one in refused:
            yield replace(one, start=start, end=end, answer=answer)
        grounding = Grounding(
            doc, ctx, request.first, request.last, self.relations, self.by
        )
        for item in items:
            try:
                yield from grounding.proposals(item, f"answer-{answer}")
            except Refused as error:
                yield Refusal(
                    proposer=self.name,
                    reason=error.reason,
                    detail=error.detail,
                    said=written(_plain(item)),
                    start=start,
                    end=end,
                    answer=answer,
                )

    def _interrupted(self, error: OutsideError) -> OutsideError:
        """Say how many parts were done: they are kept."""
        done = len(self._parts) - 1
        kind = LimitReached if isinstance(error, LimitReached) else OutsideError
        return kind(
            f"{error.message}; {done} parts of this text were answered and are kept",
            error.hint,
            error.code,
        )


def _plain(item: Item) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__slots__}
