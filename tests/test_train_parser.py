"""The recipe for a parser: from a treebank's folder to a pipeline that extract takes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import train_parser
from whosays.extract.document import Registry, document
from whosays.extract.setup import extractor
from whosays.model import Actor, ActorType

PARSES = Path(__file__).parent / "extract" / "parses.txt"


def conllu() -> Iterator[str]:
    """Write our own hand-made parses as a treebank has them."""
    for block in PARSES.read_text("utf-8").strip().split("\n\n"):
        lines = [line.split() for line in block.splitlines() if line[0] != "#"]
        for number, (word, pos, head, dep, *_) in enumerate(lines, 1):
            columns = [str(number), word, "_", pos, "_", "_", head, dep, "_", "_"]
            yield "\t".join(columns)
        yield ""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    folder = tmp_path / "treebank"
    folder.mkdir()
    (folder / "own.conllu").write_text("\n".join([*conllu(), ""]), "utf-8")
    (folder / "LICENSE.txt").write_text("\nCC BY 4.0\n", "utf-8")
    return folder


def test_a_treebank_gives_a_parser_that_extraction_takes(
    treebank: Path, tmp_path: Path
):
    told = train_parser.train(treebank, tmp_path / "parser", steps=4)

    best = tmp_path / "parser" / "model-best"
    actors = {
        slug: Actor(slug=slug, label=slug.title(), type=ActorType.STATE)
        for slug in ("aldoria", "belmark")
    }
    ready = extractor(Registry(actors=actors), model=str(best))
    found = ready.extract(document("Aldoria attacked Belmark.", "one"))
    assert [proposer.name for proposer in ready.proposers] == ["lexical", "syntax"]
    assert found.with_actors == 1
    assert "licence: CC BY 4.0 (LICENSE.txt)" in told
    assert f"--model {best}" in told


def test_every_tenth_sentence_is_kept_to_measure_on_unless_files_say(treebank: Path):
    learned, measured = train_parser.split(treebank)
    (treebank / "own.conllu").rename(treebank / "x-train.conllu")
    (treebank / "x-dev.conllu").write_text(
        "\n".join([*list(conllu())[:4], ""]), "utf-8"
    )

    named = train_parser.split(treebank)

    every = len(learned) + len(measured)
    assert len(measured) == -(-every // 10)
    assert sum(len(list(doc.sents)) for doc in named[0]) == every
    assert sum(len(list(doc.sents)) for doc in named[1]) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "holds no .conllu file"),
        ("", "too few sentences"),
        ("1\tAldoria\tno more columns\n\n", "is no CoNLL-U"),
    ],
)
def test_what_is_no_treebank_is_told(
    tmp_path: Path, capsys, monkeypatch, text: str | None, told: str
):
    if text is not None:
        (tmp_path / "one.conllu").write_text(text, "utf-8")
    monkeypatch.setattr("sys.argv", ["train-parser", str(tmp_path)])

    assert train_parser.main() == 2
    assert told in capsys.readouterr().err
