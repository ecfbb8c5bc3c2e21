"""Extraction is measured against what a project has curated, paragraph by paragraph."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import whosays
from tests.measuring.conftest import TEXT
from whosays.cli.main import main
from whosays.errors import UsageError

ROWS = """subject,relation,object,source,stance,speaker,modality,locator
aldoria,arms,cedar-front,bulletin,affirms,,,p1
belmark,attacks,dun-brigade,bulletin,denies,,,p1
belmark,finances,cedar-front,bulletin,denies,oren-vale,,p2
aldoria,supports,cedar-front,bulletin,affirms,,advocated,p2
belmark,supports,dun-brigade,bulletin,affirms,,,p9
"""


@pytest.fixture
def coded(world: Path) -> Path:
    (world / "statements").mkdir()
    (world / "statements" / "bulletin.csv").write_text(ROWS, "utf-8")
    return world


def test_accepted_statements_are_the_gold_and_those_that_are_unreal_optional(
    coded: Path,
):
    found = whosays.evaluate(path=coded, curated=True, draws=2)

    (part,) = found.parts
    assert (part.sentences, part.statements, part.optional) == (3, 3, 1)
    assert part.scores["strict"].hits == 3
    assert part.scores["strict"].missed == 0
    assert [reason for _, reason in found.skipped] == [
        "it names no paragraph of its text"
    ]


def test_a_text_that_is_elsewhere_is_found_by_the_hash_of_its_source_or_told(
    coded: Path, tmp_path: Path, capsys
):
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    table = coded / "sources.csv"
    head, row = table.read_text("utf-8").splitlines()
    table.write_text(f"{head},sha256\n{row},{digest}\n", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    (coded / "texts" / "bulletin.txt").rename(tmp_path / "elsewhere" / "any.txt")
    call = ["eval", "--curated", "-p", str(coded), "-f", "json"]

    without = main(call)
    told = capsys.readouterr().err
    code = main([*call, "--texts", str(tmp_path / "elsewhere")])
    (part,) = json.loads(capsys.readouterr().out)["parts"]

    assert without == 1
    assert "no gold" in told
    assert code == 0
    assert part["scores"]["strict"]["hits"] == 3


def test_files_of_gold_and_what_is_curated_are_measured_in_turn(small: Path):
    with pytest.raises(UsageError, match="in turn"):
        whosays.evaluate(small, curated=True)
