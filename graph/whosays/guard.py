"""Refuse query texts that could reach out or bring the engine down.

The engine carries out SERVICE over the network by default, has no limit of time, and
dies on a few kilobytes of nested brackets. Its parser has no tokens: it cuts wherever
the grammar allows, so a tokenizer that reads the usual way can be led astray. Hence
the guard does not decide whether a word is the keyword. It makes sure that it cannot
be one: inside strings, comments and IRIs the ``s`` of each ``service`` becomes an
escape, which the engine reads as the same letter there and as an error anywhere else.

The guarded text is meant for pyoxigraph only, since other engines expand escapes
before they parse.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from whosays.errors import QueryError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 200  # open brackets of any kind
MAX_SQUARE = 100  # open square brackets: 200 never leave the planner
MAX_RAW_DEPTH = 400  # the same in the raw text, whatever it is part of
MAX_ELEMENTS = 200  # of one list
MAX_STEPS = 400  # of one path
MAX_OPERATORS = 2000  # of one expression
MAX_SELECTS = 100
MAX_CLAUSES = 500  # OPTIONAL, UNION and so on: each one nests the plan once more

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\r\n]* )
    | (?P<long> \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )*+ \"{3}
              | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )*+ '{3} )
    | (?P<short> " (?: [^"\\\r\n] | \\. )*+ " | ' (?: [^'\\\r\n] | \\. )*+ ' )
    | (?P<iri> < (?: [^<>"{}|^`\\\x00-\x20]
                   | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )*+ > )
    | (?P<var> [?$]\w+ )
    | (?P<lang> @[A-Za-z]+ (?: -[A-Za-z0-9]+ )* )
    | (?P<blank> _:\w (?: [\w.\-·]* [\w\-·] )? )
    | (?P<name> (?: [^\W\d_] [\w\-.·]{0,200} )? :
                (?: [\w:·\-] | \.+ (?= [\w:·\-%\\] ) | %[0-9A-Fa-f]{2}
                  | \\[_~.\-!$&'()*+,;=/?\#@%] )*+ )
    | (?P<number> \d+ (?: \.\d+ )? )
    | (?P<word> [^\W\d]\w* )
    | (?P<space> \s+ )
    | (?P<other> \|\| | && | \^\^ | != | <= | >= | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)
_OPENERS = re.compile(r"[(\[{]")
_HOSTED = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_SAFE = frozenset({"comment", "long", "short", "iri", "var"})
_TERMS = frozenset({"long", "short", "iri", "var", "blank", "name", "number"})
_PAIRS = {")": "(", "]": "[", "}": "{"}
_OPERATORS = frozenset({"||", "&&", "+", "-", "*", "/", "!", "|", "^", "=", "!="})
_CLAUSES = frozenset(
    {"OPTIONAL", "UNION", "MINUS", "BIND", "FILTER", "GRAPH", "VALUES", "EXISTS"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of a query; ``start`` is an index into the text."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The index after the last character."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """The word in capitals, or an empty string for anything but a word."""
        return self.text.upper() if self.kind == "word" else ""


def check_query(text: str | bytes, allow_service: Collection[str] = ()) -> str:
    """Return the text as it may be given to the engine.

    ``allow_service`` lists the exact hosts that SERVICE may name in this one query.

    Raises:
        QueryError: WS703 for what would reach out, WS704 for a limit, WS702 for
            text that is no text or has a string without an end.
    """
    text = _decode(text)
    found = tokens(text)
    _check_nesting(text, found)
    if not _SERVICE.search(text):
        return text
    return _disarm(text, found, frozenset(host.lower() for host in allow_service))


def tokens(text: str) -> list[Token]:
    """Cut a query into tokens, white space left out.

    Raises:
        QueryError: A string is never closed. Nothing else is refused here.
    """
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "space":
            continue
        piece = match.group()
        if piece in ('"', "'"):
            raise error(
                text,
                match.start(),
                "the string that opens here is not closed",
                hint="Write a line break in it as \\n, or use three quotation marks",
            )
        found.append(Token(kind=kind, text=piece, start=match.start()))
    return found


def from_graphs(found: list[Token]) -> Iterator[Token]:
    """Yield the names after FROM and FROM NAMED, IRIs or prefixed names."""
    code = [token for token in found if token.kind != "comment"]
    for index, token in enumerate(code):
        if token.keyword != "FROM":
            continue
        named = index + 1 < len(code) and code[index + 1].keyword == "NAMED"
        name = code[index + 1 + named : index + 2 + named]
        if name and name[0].kind in ("iri", "name"):
            yield name[0]


def place(text: str, index: int) -> tuple[int, int]:
    r"""Turn an index into line and column, both counted from 1.

    >>> place("one\ntwo", 5)
    (2, 2)
    """
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    return line, len(before) - (before.rfind("\n") + 1) + 1


def excerpt(text: str, index: int, width: int = 76) -> str:
    """Show the line around an index with a caret below, cut to ``width``."""
    index = min(index, len(text))
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    ends = [end for end in (text.find("\n", index), text.find("\r", index)) if end >= 0]
    line = text[start : min(ends, default=len(text))]
    column = index - start
    left = max(0, column - width + 20)
    shown = line[left : left + width].replace("\t", " ")
    return f"{shown}\n{' ' * (column - left)}^"


def error(
    text: str, index: int, message: str, *, hint: str = "", code: str = "WS702"
) -> QueryError:
    """Make the error for a place in a query."""
    line, column = place(text, index)
    return QueryError(
        f"line {line}, {message}", line, column, hint, code, excerpt(text, index)
    )


def _decode(text: str | bytes) -> str:
    if isinstance(text, bytes):
        if len(text) > MAX_BYTES:
            raise _too_long(len(text))
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as problem:
            raise QueryError(
                f"the query is not UTF-8: byte {problem.start + 1} fits no character",
                hint="Save it as UTF-8",
            ) from problem
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        raise error(text, text.index("\x00"), "the character U+0000 is not allowed")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as problem:
        raise QueryError(
            f"half a character, U+{ord(text[problem.start]):04X}, is not allowed",
            *place(text, problem.start),
        ) from problem
    if size > MAX_BYTES:
        raise _too_long(size)
    return text


def _too_long(size: int) -> QueryError:
    return QueryError(
        f"the query has {size:,} bytes, the limit is {MAX_BYTES:,}",
        hint="Put long lists of values into the data instead",
        code="WS704",
    )


@dataclass(slots=True)
class _Frame:
    """What is open: its bracket, its place, and terms side by side in it."""

    bracket: str
    start: int
    elements: int = 0
    after_term: bool = False


def _check_nesting(text: str, found: list[Token]) -> None:
    _check_raw(text, found)
    frames = [_Frame("", 0)]
    squares = operators = selects = clauses = steps = 0
    for token in found:
        kind, piece = token.kind, token.text
        if kind == "comment":
            continue
        if kind in _TERMS or piece in _PAIRS:
            if piece in _PAIRS:
                closed = frames.pop() if len(frames) > 1 else frames[0]
                squares -= closed.bracket == "["
            top = frames[-1]
            top.elements += top.after_term
            top.after_term = True
            if top.bracket == "(" and top.elements >= MAX_ELEMENTS:
                raise _limit(text, token, "elements in one list", MAX_ELEMENTS)
        elif kind == "other" and piece in "([{":
            frames.append(_Frame(piece, token.start))
            squares += piece == "["
            if len(frames) - 1 > MAX_DEPTH:
                raise _limit(text, token, "brackets inside each other", MAX_DEPTH)
            if squares > MAX_SQUARE:
                raise _limit(
                    text, token, "square brackets inside each other", MAX_SQUARE
                )
        else:
            frames[-1].after_term = False
        if piece in ("{", "}", ".", ";"):
            operators = steps = 0
            frames[-1].after_term = False
        elif kind == "other" and piece in _OPERATORS:
            operators += 1
            steps += piece in ("/", "|", "^")
            if operators > MAX_OPERATORS:
                raise _limit(text, token, "operators in one expression", MAX_OPERATORS)
            if steps >= MAX_STEPS:
                raise _limit(text, token, "steps in one path", MAX_STEPS)
        elif kind == "word":
            selects += token.keyword == "SELECT"
            clauses += token.keyword in _CLAUSES
            if selects > MAX_SELECTS + 1:
                raise _limit(text, token, "SELECTs inside a query", MAX_SELECTS)
            if clauses > MAX_CLAUSES:
                raise _limit(text, token, "clauses", MAX_CLAUSES)


def _check_raw(text: str, found: list[Token]) -> None:
    """Count brackets without trusting the tokens.

    What looks like an IRI may be a comparison to the engine: ``1<((:a#>)))`` opens
    two brackets there and closes none. An IRI that begins like an address cannot be
    one, as a comparison is never followed by ``name://``.
    """
    depth = 0
    for match in re.finditer(r"[(\[{}\])]", text):
        depth = depth + 1 if match.group() in "([{" else max(0, depth - 1)
        if depth > MAX_RAW_DEPTH:
            raise error(
                text,
                match.start(),
                f"more than {MAX_RAW_DEPTH} brackets are open",
                code="WS704",
            )
    doubtful = next(
        (
            token
            for token in found
            if token.kind == "iri"
            and re.search(r"[#'(\[]", token.text)
            and not _HOSTED.match(token.text)
        ),
        None,
    )
    if doubtful and len(_OPENERS.findall(text)) > MAX_RAW_DEPTH:
        raise error(
            text,
            doubtful.start,
            f"this could be an IRI or a comparison, in a query of more than "
            f"{MAX_RAW_DEPTH} brackets",
            hint="Put a blank after <, or write the IRI with its scheme and host",
            code="WS704",
        )


def _limit(text: str, token: Token, what: str, limit: int) -> QueryError:
    return error(
        text,
        token.start,
        f"more than {limit:,} {what}",
        hint="Write the query in several smaller ones",
        code="WS704",
    )


def _disarm(text: str, found: list[Token], hosts: frozenset[str]) -> str:
    """Escape ``service`` where it is only text, refuse it everywhere else."""
    pieces: list[str] = []
    rest: list[str] = []  # the same length as the text, without what is only text
    position = 0
    for token in found:
        gap = text[position : token.start]
        pieces.append(gap)
        rest.append(gap)
        position = token.end
        if token.kind in _SAFE:
            rest.append(" " * len(token.text))
            pieces.append(
                token.text if token.kind == "var" else _SERVICE.sub(_escape, token.text)
            )
        else:
            rest.append(token.text)
            pieces.append(token.text)
    allowed = {
        word.start
        for word, target in pairwise(_calls(found))
        if hosts and _may_call(text, word, target, hosts)
    }
    for match in _SERVICE.finditer("".join(rest)):
        if match.start() not in allowed:
            raise error(
                text,
                match.start(),
                "SERVICE is not carried out: no query reaches out",
                hint="If it is part of a name, write that IRI in full, in < >",
                code="WS703",
            )
    return "".join(pieces) + text[position:]


def _calls(found: list[Token]) -> list[Token]:
    """Leave out SILENT, so that each SERVICE stands before its target."""
    return [token for token in found if token.keyword != "SILENT"]


def _may_call(text: str, word: Token, target: Token, hosts: frozenset[str]) -> bool:
    """Tell whether a SERVICE names one of the hosts, and nothing lies between."""
    between = text[word.end : target.start].upper().replace("SILENT", " ")
    if word.keyword != "SERVICE" or target.kind != "iri" or between.strip():
        return False
    from urllib.parse import urlsplit  # only for a query that calls out

    try:
        address = urlsplit(target.text[1:-1])
    except ValueError:  # square brackets that are no IPv6 address
        return False
    return address.scheme in ("http", "https") and address.hostname in hosts


def _escape(match: re.Match[str]) -> str:
    word = match.group()
    return f"\\u{ord(word[0]):04x}{word[1:]}"
