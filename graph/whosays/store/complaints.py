"""Say what is wrong with a query: place, line, caret and what to do.

The engine has no tokens, reports how far any of its attempts got, and counts a
keyword that it tried to its full length, so its column lies behind the mistake. Hence
the common mistakes are looked for here, in the order in which they explain most, and
the engine's place is the last resort.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from whosays import guard
from whosays.errors import QueryError
from whosays.store import spelling, structure
from whosays.store.question import Question

_AT = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_SHOWN = 6  # of what the engine expected


def explain(text: str, complaint: str, prefixes: Mapping[str, str]) -> QueryError:
    """Make a readable error from the engine's complaint about a query."""
    code = [token for token in guard.tokens(text) if token.kind != "comment"]
    question = Question(text, complaint, prefixes, code)
    for check in _CHECKS:
        if error := next(check(question), None):
            return error
    return _fallback(question)


_CHECKS: tuple[Callable[[Question], Iterator[QueryError]], ...] = (
    spelling.empty,
    spelling.form,
    spelling.iris,
    spelling.prefix,
    spelling.brackets,
    structure.group,
    structure.grouping,
    structure.selection,
    spelling.words,
    structure.clauses,
    structure.values,
    structure.triples,
    structure.ungrouped,
)


def _fallback(question: Question) -> QueryError:
    """Place the engine's complaint at the token where its attempts began."""
    match = _AT.match(question.complaint)
    if not match:
        return QueryError(f"the engine refused this: {question.complaint}")
    if "<unreported>" in question.complaint:
        return QueryError(
            "a blank node (_:name) stands in two groups",
            hint="Use a variable instead",
        )
    index = _index(question.text, int(match[1]), int(match[2]))
    expected = re.findall(r'"(?:[^"\\]|\\.)+"|\b[A-Z]{2,}\b', match[3])
    if expected and not any(item.startswith('"') for item in expected):
        index -= min(len(item) for item in expected)
    tokens = [token for token in question.code if token.start <= index]
    nearest = tokens[-1] if tokens else question.code[0]
    # Keywords alone say only which attempt went furthest, not what would be right.
    choices = [item.strip('"') for item in expected if item.startswith('"')]
    hint = f"Expected here: {' '.join(choices)}" if 0 < len(choices) <= _SHOWN else ""
    return question.error(
        nearest, f"the query cannot be read at “{nearest.text[:40]}”", hint
    )


def _index(text: str, line: int, column: int) -> int:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return min(starts[min(line, len(starts)) - 1] + column - 1, len(text))
