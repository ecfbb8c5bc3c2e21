"""Verbs of a CAMEO dictionary that a user has are cues of the last tier."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import whosays
from tests.extract.conftest import Reader
from whosays.cli.main import main
from whosays.errors import MissingFile, UsageError
from whosays.extract.dictionary import PREFIX, widened
from whosays.extract.document import document
from whosays.extract.lexicon import lexicon
from whosays.extract.pipeline import Extractor
from whosays.extract.records import read_candidates

DICTIONARY = """# verbs of our own writing
&QUAY
+PIER
+WHARF

---  HARRY   [190]  ---
HARRY {HARRIES HARRYING HARRIED }  # a comment
BESMIRCH [111]
ARM [190]
- * &QUAY (OF BOATS)                       [170]   # HARRY
+HEM_IN {+HEMS_IN +HEMMING_IN +HEMMED_IN } [191:191]

---  GLEAM   [---]  ---
GLEAM
FETE [:051]
BURNISH [0711]
"""


@pytest.fixture
def verbs(tmp_path: Path) -> Path:
    path = tmp_path / "verbs.txt"
    path.write_text(DICTIONARY, "utf-8")
    return path


@pytest.fixture
def wide(reader: Reader, verbs: Path) -> Extractor:
    return Extractor(reader.registry, dictionary=verbs)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (
            "Aldoria harried Belmark.",
            ("aldoria", "attacks", "belmark", "affirms"),
        ),
        (
            "Aldoria denied harrying Belmark.",
            ("aldoria", "attacks", "belmark", "denies"),
        ),
        (
            "Belmark was besmirched by Aldoria.",
            ("aldoria", "opposes", "belmark", "affirms"),
        ),
        (
            "Aldoria has burnished the Cedar Front.",
            ("aldoria", "finances", "cedar-front", "affirms"),
        ),
    ],
)
def test_a_verb_with_a_code_is_read_and_its_candidates_are_last(
    reader: Reader, wide: Extractor, text: str, reading: tuple[str, ...]
):
    doc = document(text, "tale")

    (one,) = wide.extract(doc).candidates

    assert one.reading == reading
    assert one.tier == "C"
    assert one.patterns[0].startswith(PREFIX)
    assert not reader.extractor.extract(doc).candidates


@pytest.mark.parametrize("text", ["Aldoria gleamed Belmark.", "Aldoria feted Belmark."])
def test_a_verb_without_a_code_is_no_cue(wide: Extractor, text: str):
    assert not wide.extract(document(text, "tale")).candidates


def test_a_verb_that_our_tables_know_stays_as_it_is(wide: Extractor):
    (one,) = wide.extract(document("Aldoria armed the Cedar Front.", "tale")).candidates

    assert one.relation == "arms"
    assert one.tier == "B"


def test_every_code_of_the_table_leads_to_a_relation_that_cues_know(verbs: Path):
    lines = [
        f"--- B [{n:03}] ---\nZORK{chr(65 + n // 26)}{chr(65 + n % 26)}"
        for n in range(210)
    ]
    verbs.write_text("\n".join(lines), "utf-8")

    tables = widened(lexicon().tables, verbs)

    added = [row for row in tables.rows["verbs"] if row["id"].startswith(PREFIX)]
    assert len(added) > 100
    assert {row["relation"] for row in added} <= tables.relations.keys()


@pytest.mark.parametrize("content", ["", "no dictionary\n", "--- A [---] ---\nGLEAM\n"])
def test_a_file_without_coded_verbs_is_refused(verbs: Path, content: str):
    verbs.write_text(content, "utf-8")

    with pytest.raises(UsageError, match="holds no verbs of a CAMEO dictionary"):
        widened(lexicon().tables, verbs)


def test_a_dictionary_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(MissingFile, match="no dictionary"):
        widened(lexicon().tables, tmp_path / "none.txt")


def test_the_command_and_the_library_take_a_dictionary(
    project: Path, verbs: Path, capsys
):
    text = project / "texts" / "vale.txt"
    text.write_text("Aldoria harried Belmark.", "utf-8")

    code = main(["extract", str(text), "-p", str(project), "--dictionary", str(verbs)])

    capsys.readouterr()
    written = project / "build" / "candidates" / "vale-interview.jsonl"
    told = json.loads(written.with_suffix(".run.json").read_text("utf-8"))
    (outcome,) = whosays.load(project).extract(str(text), dictionary=verbs)
    assert code == 0
    assert [one.relation for one in read_candidates(written)] == ["attacks"]
    assert told["dictionary"] == "verbs.txt"
    assert outcome.extraction is not None
    assert len(outcome.extraction.candidates) == 1
