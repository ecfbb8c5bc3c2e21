"""The names in a query: prefixes, graphs, and terms that the vocabulary lacks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from whosays import guard
from whosays.errors import QueryError

# Namespaces whose terms must be known; whether st:… or prop:… exist is a matter of data.
CLOSED = ("ws", "rel", "said", "denied", "actor", "src")
_ABSOLUTE = re.compile(
    r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\ud800-\udfff]*"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownTerm:
    """A term of ours that is not there, as written, with the nearest ones."""

    term: str
    iri: str
    suggestions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it in one line."""
        message = f"{self.term} is not in the vocabulary."
        if self.suggestions:
            message += f" Did you mean: {', '.join(self.suggestions)}"
        return message


def unknown_terms(
    text: str, known_iris: Collection[str], prefixes: Mapping[str, str]
) -> list[UnknownTerm]:
    """List the terms in our namespaces that a query names and nobody knows.

    They explain many an empty answer. A namespace of which ``known_iris`` has nothing
    is left out, as then nothing can be said about it.
    """
    spaces = {
        prefixes[name]: name
        for name in CLOSED
        if name in prefixes
        and any(iri.startswith(prefixes[name]) for iri in known_iris)
    }
    declared = declared_prefixes(text, prefixes)
    found: dict[str, UnknownTerm] = {}
    for token in guard.tokens(text):
        iri = expand(token, declared)
        space = _space(iri, spaces)
        if not space or iri in known_iris or iri in found or iri == space:
            continue
        if iri in declared.values():
            continue
        found[iri] = UnknownTerm(
            term=token.text,
            iri=iri,
            suggestions=_nearest(iri, space, spaces, known_iris),
        )
    return list(found.values())


def graphs_named(text: str, prefixes: Mapping[str, str]) -> dict[str, int]:
    """Map the absolute IRIs after FROM and FROM NAMED to their places."""
    declared = declared_prefixes(text, prefixes)
    found = guard.tokens(text)
    base = _base(found)
    named = {
        _resolved(expand(token, declared), base): token.start
        for token in guard.from_graphs(found)
    }
    return {iri: start for iri, start in named.items() if _ABSOLUTE.fullmatch(iri)}


def _base(found: Sequence[guard.Token]) -> str:
    """Give what BASE says that relative IRIs of a query refer to, if it does."""
    code = [token for token in found if token.kind != "comment"]
    base = ""
    for word, iri in pairwise(code):
        if word.keyword == "BASE" and iri.kind == "iri":
            base = _resolved(unescape(iri.text[1:-1]), base)
    return base


def _resolved(iri: str, base: str) -> str:
    """Complete a relative IRI."""
    if not base or _ABSOLUTE.fullmatch(iri):
        return iri
    from urllib.parse import urljoin  # only for a query with a base of its own

    try:
        return urljoin(base, iri)
    except ValueError:  # square brackets that are no IPv6 address
        return iri


def no_graph(text: str, start: int, iri: str) -> QueryError:
    """Refuse FROM with a graph that is not there."""
    return guard.error(
        text,
        start,
        f"FROM <{iri}> is no graph of these data, and nothing is fetched",
        hint="FROM and FROM NAMED only select graphs that are there",
        code="WS703",
    )


def declared_prefixes(text: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Collect the prefixes given in advance and those that the text declares."""
    declared = dict(prefixes)
    code = [token for token in guard.tokens(text) if token.kind != "comment"]
    for word, name, iri in zip(code, code[1:], code[2:], strict=False):
        if word.keyword == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            declared[name.text.rstrip(":")] = unescape(iri.text[1:-1])
    return declared


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Put PREFIX lines for what the text uses in front, so that it runs elsewhere."""
    code = [token for token in guard.tokens(text) if token.kind != "comment"]
    own = declared_prefixes(text, {})
    used = {token.text.partition(":")[0] for token in code if token.kind == "name"}
    lines = [
        f"PREFIX {name}: <{prefixes[name]}>"
        for name in prefixes
        if name in used and name not in own
    ]
    return "\n".join((*lines, text)) if lines else text


def expand(token: guard.Token, prefixes: Mapping[str, str]) -> str:
    """Give the IRI that a token stands for, or an empty string."""
    if token.kind == "iri":
        return unescape(token.text[1:-1])
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        if prefix in prefixes:
            return prefixes[prefix] + local.replace("\\", "")
    return ""


def unescape(iri: str) -> str:
    r"""Read ``\uXXXX`` as the engine does.

    >>> unescape("https://example.org/\\u0073ervice")
    'https://example.org/service'
    """
    return re.sub(
        r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})",
        lambda match: _character(match[1] or match[2]),
        iri,
    )


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code < 0x110000 else "\ufffd"


def _space(iri: str, spaces: Mapping[str, str]) -> str:
    fitting = [space for space in spaces if iri.startswith(space)]
    return max(fitting, key=len, default="")


def _nearest(
    iri: str, space: str, spaces: Mapping[str, str], known: Collection[str]
) -> tuple[str, ...]:
    local = iri[len(space) :]
    names = {other[len(space) :] for other in known if other.startswith(space)}
    folded = {name.lower().replace("-", ""): name for name in sorted(names)}
    near = get_close_matches(local.lower().replace("-", ""), folded, n=3, cutoff=0.7)
    if near:
        return tuple(f"{spaces[space]}:{folded[name]}" for name in near)
    elsewhere = (
        f"{prefix}:{local}"
        for other, prefix in spaces.items()
        if other + local in known
    )
    return tuple(elsewhere)[:3]
