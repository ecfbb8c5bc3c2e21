"""Bind parameters: VALUES first in every group that names them.

This is the only way that is right in all shapes of queries. A substitution by the
engine is refused for a variable that is not selected, VALUES after the WHERE does not
reach aggregates, and VALUES in the outermost group does not reach a subquery or the
branch of a UNION. A value enters as a term that was checked, never as pasted text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from whosays import guard
from whosays.errors import QueryError, UnknownName
from whosays.matching import suggest
from whosays.namespaces import WS
from whosays.queries.catalogue import NamedQuery, Param

Lookup = Callable[[str, str], str]
"""(kind, text as typed) → IRI; raises UnknownName. Kinds: actor, relation, source,
statement."""

_XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\\ud800-\udfff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_MODIFIERS = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


def bind(
    query: NamedQuery,
    values: Mapping[str, str | int],
    lookup: Lookup,
    text: str = "",
) -> str:
    """Write the query with its parameters bound; those not given stay variables.

    ``text`` stands in for that of the query, where some rows of it are wanted.

    Raises:
        QueryError: WS611 for a parameter that the query lacks, WS612 for one that
            stands where no value can reach it.
        UnknownName: ``lookup`` does not know an actor, source or relation.
    """
    terms: dict[str, str] = {}
    for name, value in values.items():
        param = query.param(name.lstrip("_"))
        if param is None:
            raise _no_param(query, name)
        terms[f"_{param.name}"] = _term(param, value, lookup)
    text = text or query.text
    return _insert(text, terms) if terms else text


def pieces(query: NamedQuery) -> list[str]:
    """Cut the query where values go in, so that others can bind it as `bind` does.

    Text and names of parameters take turns, text first and last: at a name goes
    `` VALUES ?_name { TERM }`` if the parameter has a value, and nothing otherwise.

    Raises:
        QueryError: WS612 for a parameter that stands where no value can reach it.
    """
    names = [f"_{param.name}" for param in query.params]
    found, start = [], 0
    for place, name in _places(query.text, names):
        found += [query.text[start:place], name.removeprefix("_")]
        start = place
    return [*found, query.text[start:]]


def _no_param(query: NamedQuery, name: str) -> QueryError:
    names = [param.name for param in query.params]
    near = suggest(name, {known: (known,) for known in names})
    if near:
        hint = f"Did you mean: {', '.join(near)}"
    elif names:
        hint = f"It takes {', '.join(names)}"
    else:
        hint = "It takes none"
    return QueryError(
        f"the query {query.name} has no parameter “{name}”", hint=hint, code="WS611"
    )


def _term(param: Param, value: str | int, lookup: Lookup) -> str:
    """Make a term of SPARQL; whatever the value holds, it stays one term."""
    text = str(value).strip() if param.type != "text" else str(value)
    match param.type:
        case "actor" | "relation" | "source" | "statement":
            return _iri(param, lookup(param.type, text))
        case "stance":
            return _iri(param, WS + _stance(text))
        case "date":
            return f'"{_day(param, text)}"^^<{_XSD_DATE}>'
        case "int":
            if not _INTEGER.fullmatch(text):
                raise _bad(param, text, "is no whole number", f"Write {param.name}=10")
            return str(int(text))
        case _:
            return _literal(param, text)


def _stance(text: str) -> str:
    from whosays.model import Stance  # only here, and it takes longer than the rest

    known = {str(stance): (str(stance),) for stance in Stance}
    if text.lower() not in known:
        raise UnknownName("stance", text, suggest(text, known) or list(known))
    return text.lower()


def _iri(param: Param, iri: str) -> str:
    if _NO_IRI.search(iri) or not _SCHEME.match(iri):
        raise _bad(param, iri, f"is no {param.type}")
    return f"<{iri}>"


def _day(param: Param, text: str) -> str:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        hint = f"Write a full day: {param.name}=2014-06-25"
        raise _bad(param, text, "is no full day", hint)
    return day.isoformat()


def _literal(param: Param, text: str) -> str:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise _bad(param, text, "holds a character that no text has")
    escaped = "".join(
        f"\\u{ord(char):04X}" if char < " " or char in '"\\\x7f' else char
        for char in text
    )
    return f'"{escaped}"'


def _bad(param: Param, text: str, what: str, hint: str = "") -> QueryError:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    return QueryError(f"{param.name}: {shown!r} {what}", hint=hint, code="WS612")


@dataclass(slots=True)
class _Group:
    """A pair of braces: ``start`` is the index after the opening one.

    ``kind`` is ``where`` for patterns, ``select`` for braces around a subquery,
    ``data`` for those of VALUES and ``template`` for those of CONSTRUCT.
    """

    kind: str
    start: int
    names: dict[str, guard.Token] = field(default_factory=dict)
    owner: _Select | None = None


@dataclass(slots=True)
class _Select:
    """What surrounds the patterns of one query or subquery.

    ``head`` are parameters outside its patterns, with the clause they stand in.
    """

    place: int
    clause: str = "SELECT"
    head: list[tuple[str, str, guard.Token]] = field(default_factory=list)
    grouped: set[str] = field(default_factory=set)
    aggregates: bool = False
    where: _Group | None = None
    short: bool = False


def _insert(text: str, terms: Mapping[str, str]) -> str:
    for place, name in reversed(_places(text, terms)):
        text = f"{text[:place]} VALUES ?{name} {{ {terms[name]} }}{text[place:]}"
    return text


def _places(text: str, wanted: Collection[str]) -> list[tuple[int, str]]:
    """List where the values of parameters go, from the start of the text to its end.

    Whether one parameter can be bound, and where, is no matter of the others.
    """
    groups, selects = _read(text)
    for select in selects:
        _check_head(text, select, wanted)
    places: list[tuple[int, str]] = []
    for group in groups:
        names = [name for name in wanted if name in group.names]
        if names and group.owner is not None and group.owner.short:
            token = group.names[names[0]]
            raise _unreachable(text, token, "CONSTRUCT WHERE has no room for a value")
        if group.kind == "where":
            places += [(group.start, name) for name in names]
    return sorted(places, key=lambda place: place[0])


def _check_head(text: str, select: _Select, wanted: Collection[str]) -> None:
    """Refuse a parameter that no VALUES reaches; note the others for the patterns."""
    computed = select.aggregates or bool(select.grouped)
    for name, clause, token in select.head:
        if name not in wanted:
            continue
        if select.where is None or select.short:
            raise _unreachable(
                text, token, "there is no pattern that could hold its value"
            )
        if clause == "HAVING" and name not in select.grouped:
            raise _unreachable(text, token, "in HAVING it must be in GROUP BY too")
        if computed and clause in ("SELECT", "ORDER") and name not in select.grouped:
            raise _unreachable(
                text, token, "beside an aggregate it must be in GROUP BY too"
            )
        select.where.names.setdefault(name, token)


def _unreachable(text: str, token: guard.Token, why: str) -> QueryError:
    return guard.error(
        text,
        token.start,
        f"the parameter {token.text} cannot be bound here: {why}",
        hint=f"Add {token.text} to GROUP BY, or use it in a pattern",
        code="WS612",
    )


def _read(text: str) -> tuple[list[_Group], list[_Select]]:
    """Find the groups of a query and the parameters that each names itself."""
    code = [token for token in guard.tokens(text) if token.kind != "comment"]
    outer = _Select(place=0)
    selects, groups = [outer], []
    stack: list[_Group] = []
    for index, token in enumerate(code):
        select = stack[-1].owner or outer if stack else outer
        inside = bool(stack) and stack[-1].kind == "where"
        if token.text == "{":
            group = _open(code, index, select, inside)
            if group.kind == "select":
                group.owner = _Select(place=token.start)
                selects.append(group.owner)
            elif group.kind == "where" and not inside and select.where is None:
                select.where = group
            stack.append(group)
            groups.append(group)
        elif token.text == "}" and stack:
            stack.pop()
        elif token.kind == "var" and token.text[1] == "_":
            name = token.text[1:]
            if inside:
                stack[-1].names.setdefault(name, token)
            else:
                select.head.append((name, select.clause, token))
                if select.clause == "GROUP":
                    select.grouped.add(name)
        elif not inside and token.keyword:
            _note_word(code, index, select)
    return groups, selects


def _open(code: list[guard.Token], index: int, select: _Select, inside: bool) -> _Group:
    """Tell what a pair of braces holds."""
    start = code[index].end
    before = [token.keyword for token in code[max(0, index - 2) : index]]
    after = code[index + 1].keyword if index + 1 < len(code) else ""
    owner = select
    if _is_data(code, index):
        return _Group("data", start, owner=owner)
    if before[-1:] == ["CONSTRUCT"]:
        return _Group("template", start, owner=owner)
    if before == ["CONSTRUCT", "WHERE"]:
        select.short = True
    if inside and after == "SELECT":
        return _Group("select", start)
    if not inside and after == "SELECT" and select.where is None:
        # WHERE { SELECT … }: the braces belong to the subquery.
        return _Group("select", start)
    return _Group("where", start, owner=owner)


def _is_data(code: list[guard.Token], index: int) -> bool:
    """Tell whether braces follow VALUES ?x or VALUES (?x ?y)."""
    place = index - 1
    if place >= 0 and code[place].text == ")":
        while place >= 0 and code[place].text != "(":
            if code[place].kind not in ("var", "other"):
                return False
            place -= 1
        return place >= 1 and code[place - 1].keyword == "VALUES"
    return (
        place >= 1 and code[place].kind == "var" and code[place - 1].keyword == "VALUES"
    )


def _note_word(code: list[guard.Token], index: int, select: _Select) -> None:
    word = code[index].keyword
    if word in ("SELECT", *_MODIFIERS):
        select.clause = word
    elif word in _AGGREGATES and index + 1 < len(code) and code[index + 1].text == "(":
        select.aggregates = True
