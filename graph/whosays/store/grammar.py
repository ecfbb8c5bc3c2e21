"""As much of SPARQL's grammar as messages about mistakes need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from whosays.guard import Token


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = _set("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH")
AGGREGATES = _set("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT")
FUNCTIONS = AGGREGATES | _set(
    """
    ABS ADJUST BNODE BOUND CEIL COALESCE CONCAT CONTAINS DATATYPE DAY ENCODE_FOR_URI
    EXISTS FLOOR HASLANG HASLANGDIR HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC
    ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LCASE MD5 MINUTES MONTH NOW OBJECT
    PREDICATE RAND REGEX REPLACE ROUND SAMETERM SECONDS SHA1 SHA256 SHA384 SHA512 STR
    STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID
    SUBJECT SUBSTR TIMEZONE TRIPLE TZ UCASE URI UUID YEAR
    """
)
WORDS = (
    FUNCTIONS
    | frozenset(FORMS)
    | UPDATES
    | _set(
        """
        A AS ASC BASE BIND BY DESC DISTINCT FALSE FILTER FROM GRAPH GROUP HAVING LIMIT
        MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SEPARATOR SERVICE SILENT
        TRUE UNDEF UNION VALUES VERSION WHERE LATERAL
        """
    )
)


@dataclass(slots=True)
class Select:
    """What one SELECT names.

    ``named`` are the variables after AS; ``unnamed`` the opening brackets of computed
    values without AS; ``bare`` the places of words outside brackets; ``ungrouped``
    the variables used outside aggregates that GROUP BY does not list.
    """

    tokens: list[Token] = field(default_factory=list)
    named: list[Token] = field(default_factory=list)
    unnamed: list[Token] = field(default_factory=list)
    bare: set[int] = field(default_factory=set)
    ungrouped: list[Token] = field(default_factory=list)
    grouped: bool = False


def selected(code: Sequence[Token]) -> list[Select]:
    """Read each SELECT of a query, subqueries included."""
    return [
        _read(code, index + 1)
        for index, token in enumerate(code)
        if token.keyword == "SELECT"
    ]


def _read(code: Sequence[Token], start: int) -> Select:
    select = Select()
    used: list[Token] = []
    depth = 0
    inside: list[int] = []  # depths at which an aggregate's bracket was opened
    opener: Token | None = None
    is_aggregate = has_name = False
    index = start
    for index in range(start, len(code)):
        token = code[index]
        if token.text == "{" or token.keyword in ("WHERE", "FROM"):
            break
        select.tokens.append(token)
        if token.text == "(":
            depth += 1
            if code[index - 1].keyword in AGGREGATES:
                inside.append(depth)
                is_aggregate = True
            elif depth == 1:
                opener, has_name = token, False
        elif token.text == ")":
            if inside and inside[-1] == depth:
                inside.pop()
            depth -= 1
            if depth == 0 and opener and not has_name:
                select.unnamed.append(opener)
        elif token.keyword == "AS":
            has_name = True
        elif depth == 0 and token.keyword:
            select.bare.add(token.start)
        elif token.kind == "var":
            if code[index - 1].keyword == "AS":
                select.named.append(token)
            elif not inside:
                used.append(token)
    keys = _group_keys(code, index)
    select.grouped = keys is not None
    names = {token.text.lstrip("?$") for token in (*select.named, *(keys or ()))}
    if is_aggregate or select.grouped:
        select.ungrouped = [
            token for token in used if token.text.lstrip("?$") not in names
        ]
    return select


def _group_keys(code: Sequence[Token], start: int) -> list[Token] | None:
    """Find the variables of the GROUP BY that belongs to a SELECT, if there is one."""
    depth, index = 0, start
    while index < len(code):
        text = code[index].text
        depth += (text == "{") - (text == "}")
        if depth < 0 or (depth == 0 and code[index].keyword == "GROUP"):
            break
        index += 1
    if depth < 0 or index >= len(code):
        return None
    keys = []
    for token in code[index + 2 :]:
        if token.text == "}" or token.keyword in ("ORDER", "LIMIT", "HAVING", "OFFSET"):
            break
        if token.kind == "var":
            keys.append(token)
    return keys
