"""Mistakes in how a query is put together: clauses, groups, what SELECT names.

Each check yields what it finds, with its place and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from whosays import guard
from whosays.errors import QueryError
from whosays.store.grammar import AGGREGATES, FORMS, selected
from whosays.store.question import PAIRS, Question


def group(question: Question) -> Iterator[QueryError]:
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


def grouping(question: Question) -> Iterator[QueryError]:
    """Explain what SELECT may name beside an aggregate."""
    if "SELECT * is not authorized" in question.complaint:
        for index, token in enumerate(question.code):
            after = question.at(index + 1)
            if token.keyword == "SELECT" and after and after.text == "*":
                yield question.error(
                    after, "* cannot stand with GROUP BY", "Name the variables"
                )
    if "variable that is unbound" in question.complaint:
        yield from ungrouped(question)
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


def ungrouped(question: Question) -> Iterator[QueryError]:
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


def values(question: Question) -> Iterator[QueryError]:
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


def clauses(question: Question) -> Iterator[QueryError]:
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


def _bind(question: Question, start: int) -> Iterator[QueryError]:
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


def selection(question: Question) -> Iterator[QueryError]:
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


def triples(question: Question) -> Iterator[QueryError]:
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
        if token.text in PAIRS:
            brackets.append(token.text)
        elif token.text in PAIRS.values() and len(brackets) > 1:
            brackets.pop()
        run = []
        plain = token.text in ("{", ".", "}")
