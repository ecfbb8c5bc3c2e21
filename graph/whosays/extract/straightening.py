"""Mend what parsers often get wrong about names, before any rule looks at a parse.

A name is known here before the parse, so its place in the tree can be put right: it heads
its title, it is what a relative pronoun behind it means, and it is no verb.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from whosays.extract.roles import Token

_RELATIVE = frozenset({"who", "which"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "PART"})
_POSSESSIVE = frozenset({"'s", "'"})
_LOOSE = frozenset({"ROOT", "root", "dep", "parataxis", "appos", "list"})
_LONGEST = 4
"""Words of a title between two names: "Aldoria's deputy army chief Oren Vale"."""
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubjpass")
_HAVING = frozenset({"have", "has", "had"})


def straightened(
    tokens: Sequence[Token],
    named: Sequence[bool],
    titles: Sequence[Container[str]] = (),
) -> Sequence[Token]:
    """Put the names of a parse in their places.

    ``named`` tells which tokens are names; ``titles`` hold words such as "president"
    and "group".
    """
    tokens = _headed(tokens, named)
    tokens = _entitled(tokens, named, titles)
    tokens = _followed(tokens, named)
    tokens = _apart(tokens, named)
    return _seated(tokens, named)


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
            and tokens[at - 1].pos in ("NOUN", "PROPN", "ADJ")
        ):
            token = replace(token, head=at - 1, dep="nmod")
        if at and token.dep == "nmod" and tokens[at].low != "of":
            token = replace(token, head=_deed(token.head, tokens, named))
        if at and token.dep == "conj" and named[token.index]:
            token = _unlisted(token, at, tokens)
        changed.append(token)
    return changed


def _unlisted(token: Token, case: int, tokens: Sequence[Token]) -> Token:
    """Take a name behind another preposition out of a list it was put into."""
    first = {t.low for t in _under(token.head, tokens, "case")}
    if not first or tokens[case].low in first or _under(token.index, tokens, "cc"):
        return token
    verbs = (i for i in range(case - 1, -1, -1) if tokens[i].pos == "VERB")
    verb = next(verbs, None)
    return token if verb is None else replace(token, head=verb, dep="obl")


def _entitled(
    tokens: Sequence[Token],
    named: Sequence[bool],
    titles: Sequence[Container[str]],
) -> Sequence[Token]:
    """Let "Belmark's army chief Oren Vale" be one phrase, and the last name its head."""
    changed = [*tokens]
    for at in range(2, len(tokens)):
        first = at - 1
        while first > 0 and not named[first] and tokens[first].pos in _NOMINAL:
            first -= 1
        words = range(first + 1, at)
        if not (
            named[at]
            and named[first]
            and 0 < len(words) <= _LONGEST
            and any(tokens[i].low in kind for i in words for kind in titles)
        ):
            continue
        group = range(first, at + 1)
        outer = [
            i for i in group if changed[i].head not in group or changed[i].head == i
        ]
        if not outer:
            continue
        placed = [i for i in outer if changed[i].dep not in _LOOSE]
        lead = changed[at if at in placed or not placed else placed[0]]
        owned = any(tokens[i].low in _POSSESSIVE for i in words)
        for i, token in enumerate(changed):
            if i == at:
                head = at if lead.head == lead.index else lead.head
                changed[i] = replace(token, head=head, dep=lead.dep)
            elif i in group:
                dep = "nmod:poss" if owned and i == first else "compound"
                dep = token.dep if token.dep == "case" else dep
                changed[i] = replace(
                    token, head=first if dep == "case" else at, dep=dep
                )
            elif token.head in group:
                apart = i < first - 1 and token.dep in ("compound", "amod")
                changed[i] = replace(token, head=at, dep="dep" if apart else token.dep)
    return changed


def _deed(head: int, tokens: Sequence[Token], named: Sequence[bool]) -> int:
    """Find what is done to a name: "the arming of B by A" is no matter of B's."""
    over = tokens[head].head
    if (
        named[head]
        and tokens[head].dep == "nmod"
        and over < head
        and not named[over]
        and tokens[over].pos not in ("VERB", "AUX")
    ):
        return over
    return head


def _seated(tokens: Sequence[Token], named: Sequence[bool]) -> Sequence[Token]:
    """Give a clause the subject that stands before it, and a verb one subject only."""
    changed = [*tokens]
    for token in tokens:
        if token.dep in _SUBJECTS:
            changed[token.index] = _only(token, changed)
        elif named[token.index] and token.dep == "appos":
            changed[token.index] = _opening(token, changed)
        if _beside(token, tokens) and named[token.index + 1]:
            changed[token.index] = replace(token, head=token.index + 1, dep="compound")
    return _predicated(changed, named)


def _beside(token: Token, tokens: Sequence[Token]) -> bool:
    """Tell whether "countries" of "accused countries A and B" is but a title of A."""
    after = token.index + 1
    return (
        token.dep in ("obj", "dobj", "obl", "nsubj")
        and token.pos == "NOUN"
        and after < len(tokens)
        and tokens[after].head == token.head
        and tokens[after].dep == token.dep
    )


def _under(index: int, tokens: Sequence[Token], *deps: str) -> list[Token]:
    return [t for t in tokens if t.head == index and t.index != index and t.dep in deps]


def _only(token: Token, tokens: Sequence[Token]) -> Token:
    """Mend a subject: no passive without "be", no second one: "to arm B was noted"."""
    verb = token.head
    first = min(t.index for t in _under(verb, tokens, *_SUBJECTS))
    for between in range(token.index - 1, first, -1):
        one = tokens[between]
        inner = first < one.head < token.index or one.head == first
        if one.pos == "VERB" and one.index != verb and inner:
            if not _under(between, tokens, "obj", "dobj"):
                return replace(token, head=between, dep="obj")
            break
    helps = {t.low for t in _under(verb, tokens, "aux")}
    if (
        token.dep == "nsubj:pass"
        and helps & _HAVING
        and not _under(verb, tokens, "aux:pass", "obl:agent")
    ):
        return replace(token, dep="nsubj")
    return token


def _opening(token: Token, tokens: Sequence[Token]) -> Token:
    """Let "In March, A has armed B" have A for its subject, and not for the month."""
    over = tokens[token.head]
    verb = tokens[over.head]
    if (
        over.dep in ("obl", "obl:unmarked", "obl:tmod", "advmod")
        and over.index < token.index < verb.index
        and verb.pos == "VERB"
        and not _under(verb.index, tokens, *_SUBJECTS)
    ):
        return replace(token, head=verb.index, dep="nsubj")
    return token


def _predicated(tokens: list[Token], named: Sequence[bool]) -> Sequence[Token]:
    """Let "A, called so, is a party" say of A that it is one, where it is a root."""
    for token in tokens:
        if token.dep != "cop":
            continue
        said = tokens[token.head]
        over = tokens[said.head]
        if (
            said.dep in ("conj", "appos", "parataxis", "acl:relcl", "list", "dep")
            and named[over.index]
            and over.index < token.index
            and over.head == over.index
            and not _under(said.index, tokens, *_SUBJECTS)
        ):
            tokens[over.index] = replace(over, head=said.index, dep="nsubj")
            tokens[said.index] = replace(said, head=said.index, dep=over.dep)
    return tokens


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
