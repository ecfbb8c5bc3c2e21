"""How statements came about that nobody typed: the blocks of runs."""

from __future__ import annotations

from whosays.model import Run
from whosays.rdf.blocks import Block, pair
from whosays.rdf.terms import PROV, RDF_TYPE, literal, ws

_KINDS = (pair(RDF_TYPE, f"<{PROV}Activity>"), pair(RDF_TYPE, ws("Run")))


def described(node: str, run: Run, language: str) -> Block:
    """Describe a run; of one that has no row nothing but its kind is known."""
    told = (
        ("tool", (run.tool,)),
        ("proposer", run.proposers),
        ("pattern", run.patterns),
        ("tier", (run.tier,)),
        ("decision", (run.decision,)),
        ("decidedBy", (run.decided_by,)),
        ("decidedOn", (run.decided_on,)),
    )
    pairs = [
        pair(ws(property), literal(text))
        for property, texts in told
        for text in dict.fromkeys(texts)
        if text
    ]
    if run.note:
        pairs.append(pair(ws("note"), literal(run.note, language)))
    return Block(node, (*_KINDS, *pairs))
