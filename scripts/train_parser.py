"""Train a small spaCy parser from a treebank in CoNLL-U.

A recipe: whosays carries no model, and nothing that comes out belongs into the
repository. Files named *train*.conllu are trained on and *dev*.conllu measured on;
without such names every tenth sentence of all files is kept to measure on. The licence
of the treebank holds for what is made of it, so it is printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIG = Path(__file__).with_name("parser.cfg")
TOGETHER = 8  # sentences that make a document, so that their ends are learned too
EVERY = 10


class Failure(Exception):
    """Why no parser can be trained."""


def main() -> int:
    """Train, and say how good it is and whose licence it is under."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path, help="a folder with .conllu files")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("build/parser"),
        help="the folder of the parser; default: build/parser, which git ignores",
    )
    parser.add_argument(
        "--steps", type=int, default=0, help="batches at most; default: parser.cfg's"
    )
    asked = parser.parse_args()
    try:
        say(train(asked.treebank, asked.output, asked.steps))
    except Failure as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 2
    return 0


def train(treebank: Path, output: Path, steps: int = 0) -> str:
    """Train a parser into a folder and describe it."""
    from spacy.cli.train import train as train_pipeline
    from spacy.tokens import DocBin
    from spacy.util import load_model

    learned, measured = split(treebank)
    overrides: dict[str, object] = {}
    if steps:
        overrides = {"training.max_steps": steps, "training.eval_frequency": steps}
    with tempfile.TemporaryDirectory() as folder:
        for name, docs in (("train", learned), ("dev", measured)):
            path = Path(folder) / f"{name}.spacy"
            DocBin(docs=docs, attrs=ATTRIBUTES, store_user_data=False).to_disk(path)
            overrides[f"paths.{name}"] = str(path)
        train_pipeline(CONFIG, output, overrides=overrides)
    best = output / "model-best"
    scores = load_model(best).meta["performance"]
    size = sum(file.stat().st_size for file in best.rglob("*") if file.is_file())
    counts = [sum(len(list(doc.sents)) for doc in docs) for docs in (learned, measured)]
    return (
        f"{counts[0]} sentences trained on, {counts[1]} measured on: "
        f"UAS {100 * scores['dep_uas']:.1f}, LAS {100 * scores['dep_las']:.1f}\n"
        f"{best} ({size / 1e6:.1f} MB)\n"
        f"use it: whosays extract TEXT --model {best}\n"
        f"licence: {licence(treebank)}"
    )


ATTRIBUTES = ("ORTH", "SPACY", "POS", "MORPH", "HEAD", "DEP", "SENT_START")


def split(treebank: Path) -> tuple[list[Doc], list[Doc]]:
    """Read a treebank: what is trained on, and what is measured on."""
    files = sorted(treebank.rglob("*.conllu"))
    if not files:
        raise Failure(f"{treebank} holds no .conllu file")
    sides = [[file for file in files if side in file.name] for side in ("train", "dev")]
    if all(sides):
        learned, measured = ([*read(side)] for side in sides)
    else:
        docs = [doc for file in files for doc in read([file], together=1)]
        measured = docs[::EVERY]
        learned = [doc for at, doc in enumerate(docs) if at % EVERY]
    if not learned or not measured:
        raise Failure(f"{treebank} holds too few sentences: {EVERY + 1} are the least")
    return learned, measured


def read(files: list[Path], together: int = TOGETHER) -> Iterator[Doc]:
    """Read the sentences of files, some to a document."""
    from spacy.training.converters.conllu_to_docs import conllu_to_docs as reader

    convert: Any = reader
    for file in files:
        text = file.read_text("utf-8")
        try:
            if text.strip():
                yield from convert(text, n_sents=together, no_print=True)
        except (ValueError, KeyError, IndexError) as error:
            raise Failure(f"{file} is no CoNLL-U: {error}") from error


def licence(treebank: Path) -> str:
    """Give the first line of the treebank's licence that says something."""
    for file in sorted(treebank.glob("*LICEN[CS]E*")):
        for line in file.read_text("utf-8", "replace").splitlines():
            if line.strip():
                return f"{line.strip()} ({file.name})"
    return "none found beside the treebank; ask who made it"


def say(text: str) -> None:
    """Print lines."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
