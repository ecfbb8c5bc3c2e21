"""Mistakes in the parts of a query: its words, names, IRIs and brackets.

Each check yields what it finds, with its place and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whosays import guard
from whosays.errors import QueryError
from whosays.matching import nearest
from whosays.store.grammar import FORMS, FUNCTIONS, UPDATES, WORDS
from whosays.store.question import PAIRS, Question
from whosays.store.vocabulary import declared_prefixes

_PREFIX = "Write: PREFIX ex: <https://example.org/>"


def empty(question: Question) -> Iterator[QueryError]:
    """Find a query of nothing but comments and blanks."""
    if not question.code:
        yield QueryError(
            "the query is empty", 1, 1, "An example: SELECT * { ?s ?p ?o } LIMIT 10"
        )


def form(question: Question) -> Iterator[QueryError]:
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
            near = nearest(token.text.upper(), FORMS)
            yield question.error(
                token,
                f"a query cannot begin with “{token.text[:40]}”",
                f"Did you mean: {near}"
                if near
                else "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE",
            )
            return


def prefix(question: Question) -> Iterator[QueryError]:
    """Find a prefix that nobody declared."""
    declared = declared_prefixes(question.text, question.prefixes)
    for index, token in enumerate(question.code):
        before = question.at(index - 1)
        if token.kind != "name" or (before and before.keyword == "PREFIX"):
            continue
        prefix, _, local = token.text.partition(":")
        if prefix not in declared:
            near = nearest(prefix, declared, 0.5)
            known = " ".join(f"{name}:" for name in declared)
            yield question.error(
                token,
                f"the prefix “{prefix}:” is not declared",
                f"Did you mean: {near}:{local}" if near else f"Known are {known}",
            )
        elif local.count(".") > 1:
            yield question.error(
                token,
                "a short name with two dots in it cannot be read",
                f"Write it in full: <{declared[prefix]}{local}>",
            )


def brackets(question: Question) -> Iterator[QueryError]:
    """Find a bracket without its partner."""
    opened: list[guard.Token] = []
    for token in question.code:
        if token.kind != "other":
            continue
        if token.text in PAIRS:
            opened.append(token)
        elif token.text in PAIRS.values():
            if not opened:
                yield question.error(
                    token, f"there is no {_opener(token.text)} for this {token.text}"
                )
                return
            wanted = PAIRS[opened.pop().text]
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
            f"Add: {PAIRS[last.text]}",
        )


def _opener(closer: str) -> str:
    return next(opener for opener, partner in PAIRS.items() if partner == closer)


def iris(question: Question) -> Iterator[QueryError]:
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


def words(question: Question) -> Iterator[QueryError]:
    """Find words that SPARQL does not have."""
    for index, token in enumerate(question.code):
        if not token.keyword or token.keyword in WORDS:
            continue
        after = question.at(index + 1)
        call = after is not None and after.text == "("
        known = FUNCTIONS if call else WORDS
        near = nearest(token.keyword, sorted(known), 0.7)
        what = "is no function" if call else "is no word of SPARQL"
        hint = f"Did you mean: {near}" if near else "A variable is written ?name"
        yield question.error(token, f"“{token.text[:40]}” {what}", hint)
