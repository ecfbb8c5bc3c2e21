"""Say what is wrong with a query: place, line, caret and what to do.

The engine has no tokens, reports how far any of its attempts got, and counts a
keyword that it tried to its full length, so its column lies behind the mistake. Hence
the common mistakes are looked for here, in the order in which they explain most, and
the engine's place is the last resort.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from whosays import guard
from whosays.errors import QueryError
from whosays.store.grammar import (
    AGGREGATES,
    FORMS,
    FUNCTIONS,
    UPDATES,
    WORDS,
    selected,
)
from whosays.store.vocabulary import declared_prefixes

_AT = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_SHOWN = 6  # of what the engine expected


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    complaint: str
    prefixes: Mapping[str, str]
    code: Sequence[guard.Token]

    def error(
        self, token: guard.Token | int, message: str, hint: str = ""
    ) -> QueryError:
        index = token if isinstance(token, int) else token.start
        return guard.error(self.text, index, message, hint=hint)

    def at(self, index: int) -> guard.Token | None:
        return self.code[index] if 0 <= index < len(self.code) else None


def explain(text: str, complaint: str, prefixes: Mapping[str, str]) -> QueryError:
    """Make a readable error from the engine's complaint about a query."""
    code = [token for token in guard.tokens(text) if token.kind != "comment"]
    question = _Question(text, complaint, prefixes, code)
    for check in _CHECKS:
        if error := next(check(question), None):
            return error
    return _fallback(question)


def _empty(question: _Question) -> Iterator[QueryError]:
    if not question.code:
        yield QueryError(
            "the query is empty", 1, 1, "An example: SELECT * { ?s ?p ?o } LIMIT 10"
        )


def _form(question: _Question) -> Iterator[QueryError]:
    """Look at the first word after the declarations."""
    words = iter(enumerate(question.code))
    for index, token in words:
        if token.keyword == "PREFIX":
            name, iri = question.at(index + 1), question.at(index + 2)
            if not name or name.kind != "name" or not name.text.endswith(":"):
                yield question.error(
                    name or token, "PREFIX wants a name that ends in a colon", _PREFIX
                )
                return
            if not iri or iri.kind != "iri":
                yield question.error(
                    iri or name, f"PREFIX {name.text} wants an IRI", _PREFIX
                )
                return
            next(words, None), next(words, None)
        elif token.keyword == "BASE":
            next(words, None)
        elif token.keyword in FORMS:
            return
        elif token.keyword in UPDATES:
            yield question.error(
                token,
                f"{token.keyword} changes data, and a query only reads",
                "Change the project's tables and build again",
            )
            return
        else:
            near = get_close_matches(token.text.upper(), FORMS, 1, 0.6)
            yield question.error(
                token,
                f"a query cannot begin with “{token.text[:40]}”",
                f"Did you mean: {near[0]}"
                if near
                else "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE",
            )
            return


_PREFIX = "Write: PREFIX ex: <https://example.org/>"


def _prefix(question: _Question) -> Iterator[QueryError]:
    """Find a prefix that nobody declared."""
    declared = declared_prefixes(question.text, question.prefixes)
    for index, token in enumerate(question.code):
        before = question.at(index - 1)
        if token.kind != "name" or (before and before.keyword == "PREFIX"):
            continue
        prefix, _, local = token.text.partition(":")
        if prefix not in declared:
            near = get_close_matches(prefix, declared, 1, 0.5)
            known = " ".join(f"{name}:" for name in declared)
            yield question.error(
                token,
                f"the prefix “{prefix}:” is not declared",
                f"Did you mean: {near[0]}:{local}" if near else f"Known are {known}",
            )
        elif local.count(".") > 1:
            yield question.error(
                token,
                "a short name with two dots in it cannot be read",
                f"Write it in full: <{declared[prefix]}{local}>",
            )


def _brackets(question: _Question) -> Iterator[QueryError]:
    """Find a bracket without its partner."""
    opened: list[guard.Token] = []
    for token in question.code:
        if token.kind != "other":
            continue
        if token.text in _PAIRS:
            opened.append(token)
        elif token.text in _PAIRS.values():
            if not opened:
                yield question.error(
                    token, f"there is no {_opener(token.text)} for this {token.text}"
                )
                return
            wanted = _PAIRS[opened.pop().text]
            if wanted != token.text:
                yield question.error(
                    token, f"{wanted} is missing before this {token.text}"
                )
                return
    if opened:
        last = opened[-1]
        yield question.error(
            last,
            f"the {last.text} that opens here is never closed",
            f"Add: {_PAIRS[last.text]}",
        )


def _opener(closer: str) -> str:
    return next(opener for opener, partner in _PAIRS.items() if partner == closer)


def _iris(question: _Question) -> Iterator[QueryError]:
    """Find IRIs that are relative or hold what no IRI holds."""
    based = any(token.keyword == "BASE" for token in question.code)
    for token in question.code:
        if token.kind == "iri" and not based:
            if not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text):
                yield question.error(
                    token,
                    f"{token.text} is a relative IRI and there is no base",
                    "Write it in full, or begin with BASE <https://…/>",
                )
        elif token.text == "<" and "IRI" in question.complaint:
            rest = question.text[token.start :].partition("\n")[0]
            if match := re.match(r"<[^\s<>][^<>]*>", rest):
                yield question.error(
                    token,
                    f"{match.group()} is no IRI",
                    "An IRI holds no blank and none of " + '" { } | ^ ` \\',
                )


def _grouping(question: _Question) -> Iterator[QueryError]:
    """Explain what SELECT may name beside an aggregate."""
    if "SELECT * is not authorized" in question.complaint:
        for index, token in enumerate(question.code):
            after = question.at(index + 1)
            if token.keyword == "SELECT" and after and after.text == "*":
                yield question.error(
                    after, "* cannot stand with GROUP BY", "Name the variables"
                )
    if "variable that is unbound" in question.complaint:
        yield from _ungrouped(question)
    if "overrides an existing variable" in question.complaint:
        for select in selected(question.code):
            for token in select.named:
                if any(
                    other.text == token.text
                    for other in question.code
                    if other.start != token.start
                ):
                    yield question.error(
                        token, f"{token.text} has a value already", "Take another name"
                    )


def _ungrouped(question: _Question) -> Iterator[QueryError]:
    """Find what is selected beside an aggregate and not grouped."""
    for select in selected(question.code):
        for token in select.ungrouped:
            names = dict.fromkeys(token.text for token in select.ungrouped)
            add = "Add: GROUP BY" if not select.grouped else "Add to GROUP BY:"
            yield question.error(
                token,
                f"{token.text} is selected but not grouped",
                f"{add} {' '.join(names)}",
            )


def _group(question: _Question) -> Iterator[QueryError]:
    """Find a form without the group that says what is looked for."""
    braces = sum(token.text == "{" for token in question.code)
    for index, token in enumerate(question.code):
        if token.keyword not in FORMS or token.keyword == "DESCRIBE":
            continue
        after = question.at(index + 1)
        template = token.keyword == "CONSTRUCT" and after and after.text == "{"
        if braces < (2 if template else 1):
            yield question.error(
                token,
                f"{token.keyword} lacks the group that says what to look for",
                "Add: { ?s ?p ?o }",
            )
        return


def _values(question: _Question) -> Iterator[QueryError]:
    """Compare the rows of VALUES with its variables."""
    code = question.code
    for index, token in enumerate(code):
        after = question.at(index + 1)
        if token.keyword != "VALUES" or after is None or after.text != "(":
            continue
        end = next((i for i in range(index, len(code)) if code[i].text == ")"), index)
        width = end - index - 2
        row: list[guard.Token] | None = None
        for cell in code[end + 2 :]:
            if cell.text == "}":
                break
            if cell.text == "(":
                row = []
            elif cell.text == ")" and row is not None:
                if len(row) != width:
                    yield question.error(
                        cell, f"{len(row)} values for {width} variables"
                    )
                    return
                row = None
            elif row is not None and cell.kind != "lang" and cell.text != "^^":
                row.append(cell)


def _words(question: _Question) -> Iterator[QueryError]:
    """Find words that SPARQL does not have."""
    for index, token in enumerate(question.code):
        if not token.keyword or token.keyword in WORDS:
            continue
        after = question.at(index + 1)
        call = after is not None and after.text == "("
        known = FUNCTIONS if call else WORDS
        near = get_close_matches(token.keyword, sorted(known), 1, 0.7)
        what = "is no function" if call else "is no word of SPARQL"
        hint = f"Did you mean: {near[0]}" if near else "A variable is written ?name"
        yield question.error(token, f"“{token.text[:40]}” {what}", hint)


def _clauses(question: _Question) -> Iterator[QueryError]:
    """Find clauses that lack their second half."""
    code = question.code
    for index, token in enumerate(code):
        after = question.at(index + 1)
        follow = after.text.upper() if after else ""
        if token.keyword in ("ORDER", "GROUP") and follow != "BY":
            yield question.error(token, f"BY is missing after {token.keyword}")
        elif token.keyword in ("LIMIT", "OFFSET") and (
            after is None or after.kind != "number" or "." in after.text
        ):
            yield question.error(after or token, f"{token.keyword} wants a number")
        elif (
            token.keyword == "FILTER"
            and after
            and after.text != "("
            and (after.kind not in ("word", "name", "iri"))
        ):
            yield question.error(
                after, "FILTER wants a condition in brackets", "Write: FILTER (…)"
            )
        elif token.keyword == "BY" and (after is None or after.text in ("}", "")):
            yield question.error(token, "BY wants variables or conditions")
        elif token.keyword == "BIND" and follow == "(":
            yield from _bind(question, index)


def _bind(question: _Question, start: int) -> Iterator[QueryError]:
    depth = 0
    for index in range(start + 1, len(question.code)):
        token = question.code[index]
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            yield question.error(
                question.code[start], "BIND wants AS", "Write: BIND (… AS ?name)"
            )
            return
        if token.keyword == "AS" and depth == 1:
            name = question.at(index + 1)
            earlier = question.code[:start]
            if name and any(other.text == name.text for other in earlier):
                yield question.error(
                    name, f"{name.text} has a value already", "Take another name"
                )
            return


def _selection(question: _Question) -> Iterator[QueryError]:
    """Look at what stands between SELECT and WHERE."""
    for select in selected(question.code):
        for token in select.tokens:
            if token.text == ",":
                yield question.error(
                    token, "no comma between what is selected", "Leave it out"
                )
        for token in select.unnamed:
            yield question.error(
                token,
                "a computed value needs a name",
                "Write: (" + _short(question.text, token) + " AS ?name)",
            )
        for token in select.tokens:
            if token.keyword in AGGREGATES and token.start in select.bare:
                yield question.error(
                    token,
                    f"{token.keyword} needs brackets and a name",
                    f"Write: ({token.keyword}(…) AS ?name)",
                )


def _short(text: str, opener: guard.Token) -> str:
    depth, index = 0, opener.start
    for index in range(opener.start, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            break
    inside = " ".join(text[opener.start + 1 : index].split())
    return inside if len(inside) <= 40 else "…"


def _triples(question: _Question) -> Iterator[QueryError]:
    """Find plain triples that lack a part or have one too many."""
    terms = {"iri", "name", "var", "long", "short", "number", "blank"}
    run: list[guard.Token] = []
    brackets: list[str] = [""]
    plain = False
    for token in question.code:
        if token.kind in terms or token.text == "a":
            run.append(token)
            continue
        ends = token.text in ("}", ".")
        if plain and ends and brackets[-1] == "{" and run and len(run) != 3:
            short = len(run) < 3
            yield question.error(
                run[-1] if short else run[3],
                "a triple pattern has three parts, subject, relation and object"
                if short
                else "a dot or a relation is missing before this",
            )
            return
        if token.text in _PAIRS:
            brackets.append(token.text)
        elif token.text in _PAIRS.values() and len(brackets) > 1:
            brackets.pop()
        run = []
        plain = token.text in ("{", ".", "}")


_CHECKS: tuple[Callable[[_Question], Iterator[QueryError]], ...] = (
    _empty,
    _form,
    _iris,
    _prefix,
    _brackets,
    _group,
    _grouping,
    _selection,
    _words,
    _clauses,
    _values,
    _triples,
    _ungrouped,
)


def _fallback(question: _Question) -> QueryError:
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
