"""A language model measured on gold: against a stub on this computer, never accuracy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import whosays
from tests.extract.model_server import given, model
from tests.sparql_server import Stranger
from whosays.cli.main import main
from whosays.extract.llm import endpoint
from whosays.measuring.asking import Asking

ITEM = {
    "subject": "aldoria",
    "subject_text": "Aldoria",
    "relation": "supports",
    "object": "cedar-front",
    "object_text": "Cedar Front",
    "cue": "armed",
    "stance": "affirms",
    "modality": "asserted",
    "speaker_text": None,
    "quote": "Aldoria armed the Cedar Front.",
}


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name in (endpoint.URL, endpoint.MODEL, endpoint.KEY):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server():
    with model() as running:
        running.says = [ITEM]
        yield running


def options(server: Stranger) -> list[str]:
    address = ["--endpoint", server.url("/v1"), "--endpoint-model", "small"]
    return ["--with", "llm", *address]


def test_what_a_model_says_is_measured_beside_the_rules_and_told_before_it_is_asked(
    small: Path, server: Stranger, capsys
):
    code = main(["eval", str(small), *options(server), "-f", "json"])

    out, told = capsys.readouterr()
    found = json.loads(out)
    (dev,) = (one for one in found["parts"] if one["part"] == "dev")
    proposers = {one["name"] for one in dev["groups"] if one["kind"] == "proposer"}
    assert code == 0
    assert found["of"] == "whosays, default + llm"
    assert "asking 127.0.0.1" in told
    assert "1 request with" in told
    assert {"lexical", "llm"} <= proposers
    assert len(server.seen) == 1


def test_a_model_that_follows_the_order_of_the_relations_is_told_as_unsteady(
    small: Path, server: Stranger
):
    def flips(handler) -> bool:
        relations = given(handler.body)["relations"]
        item = {**ITEM, "relation": relations[0]["id"]}
        server.says = [item]  # type: ignore[attr-defined]
        return False

    server.faults += [flips, flips]

    found = whosays.evaluate(
        small,
        extractors=["llm"],
        asking=Asking(endpoint=server.url("/v1"), model="small", shuffle=True),
        draws=2,
    )

    assert found.flips is not None
    assert (found.flips.both, found.flips.either) == (0, 2)
    assert found.to_dict()["flips"] == {"both": 0, "either": 2}


def test_nothing_is_sent_for_more_than_the_budget(
    small: Path, server: Stranger, capsys
):
    code = main(["eval", str(small), *options(server), "--budget", "10"])

    assert code == 2
    assert "more than the budget of 10 tokens" in capsys.readouterr().err
    assert not server.seen


def test_options_of_a_model_alone_ask_for_none(small: Path, capsys):
    code = main(["eval", str(small), "--shuffle-labels"])

    assert code == 2
    assert "--shuffle-labels is for a language model" in capsys.readouterr().err
