"""Mend what parsers often get wrong about names, before any rule looks at a parse.

A name is known here before the parse, so its place in the tree can be put right: it heads
its title, it is what a relative pronoun behind it means, and it is no verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whosays.extract.roles import Token

_RELATIVE = frozenset({"who", "which"})


def straightened(tokens: Sequence[Token], named: Sequence[bool]) -> Sequence[Token]:
    """Put the names of a parse in their places; ``named`` tells which tokens are names."""
    tokens = _headed(tokens, named)
    tokens = _followed(tokens, named)
    return _apart(tokens, named)


def _followed(tokens: Sequence[Token], named: Sequence[bool]) -> Sequence[Token]:
    """Hang "B, who arms C" on B, and not on what B is part of."""
    moved: dict[int, int] = {}
    for token in tokens:
        if token.low not in _RELATIVE or token.index < 1:
            continue
        before = token.index - 1
        if tokens[before].low == "," and before:
            before -= 1
        verb = tokens[token.head]
        if (
            named[before]
            and verb.dep in ("acl:relcl", "relcl")
            and verb.head < before
            and verb.index > token.index
        ):
            moved[verb.index] = before
    if not moved:
        return tokens
    return [replace(token, head=moved.get(token.index, token.head)) for token in tokens]


def _apart(tokens: Sequence[Token], named: Sequence[bool]) -> Sequence[Token]:
    """Let no name behind a preposition be a subject: "a spokeswoman for Belmark"."""
    cases = {
        token.head: token.index
        for token in tokens
        if token.dep == "case" and token.head > token.index and token.pos == "ADP"
    }
    changed = []
    for token in tokens:
        at = cases.get(token.index, 0)
        if (
            at
            and named[token.index]
            and token.dep in ("nsubj", "nsubj:pass", "obj")
            and tokens[at - 1].pos in ("NOUN", "PROPN")
        ):
            token = replace(token, head=at - 1, dep="nmod")
        changed.append(token)
    return changed


def _headed(tokens: Sequence[Token], named: Sequence[bool]) -> Sequence[Token]:
    """Let a name be the head of its title: UD has "General" over "General Vale".

    ``named`` tells which tokens stand for actors. In CLEAR the name is the head anyway.
    """
    heads = {
        token.head: token.index
        for token in tokens
        if token.dep.startswith("flat")
        and token.head < token.index
        and named[token.index]
        and not named[token.head]
    }
    if not heads:
        return tokens
    changed = []
    for token in tokens:
        head, dep = heads.get(token.head, token.head), token.dep
        if token.index in heads:
            head, dep = heads[token.index], "compound"
        elif heads.get(token.head) == token.index:
            title = tokens[token.head]
            root = title.head == title.index
            head, dep = token.index if root else title.head, title.dep
            head = heads.get(head, head)
        changed.append(replace(token, head=head, dep=dep))
    return changed
