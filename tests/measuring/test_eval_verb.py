"""The verb eval, its files, its gates and what it says of faulty lines."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

import whosays
from whosays.cli.main import main
from whosays.extract.records import to_record
from whosays.measuring import BadLine, gate

ONE = {"sentence": "s1", "subject": "aldoria", "relation": "arms"}
ONE["object"] = "cedar-front"


def test_our_own_extraction_is_measured_and_told_by_part(small: Path, capsys):
    code = main(["eval", str(small)])

    out, _ = capsys.readouterr()
    assert code == 0
    assert "whosays, default, on small" in out
    assert "dev: 1 texts, 4 sentences, 2 statements" in out
    assert "frozen: 1 texts, 1 sentences, 1 statements" in out
    for row in ("strict ", "without stance ", "co-occurrence ", "right speaker "):
        assert out.count(f"\n{row}") == 2
    assert max(map(len, out.splitlines())) <= 80


def test_the_bundled_gold_is_measured_when_none_is_named(capsys):
    code = main(["eval", "--part", "frozen", "-f", "json"])

    found = json.loads(capsys.readouterr().out)
    (part,) = found["parts"]
    assert code == 0
    assert found["gold"] == ["gold-shoals", "gold-tarn"]
    assert part["part"] == "frozen"
    assert part["sentences"] > 200
    assert {one["name"] for one in part["groups"] if one["kind"] == "gold"} == {
        *("gold-shoals", "gold-tarn")
    }


def test_figures_come_as_csv_with_their_intervals_and_the_floor(
    small: Path, said, capsys
):
    main(["eval", str(small), "--predictions", str(said(ONE)), "-f", "csv"])

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    (strict,) = (
        r
        for r in rows
        if r["part"] == "dev" and r["measure"] == "strict" and r["kind"] == "all"
    )
    assert (strict["p"], strict["r"], strict["hits"]) == ("1.0", "0.5", "1")
    assert 0 <= float(strict["r_low"]) <= 0.5 <= float(strict["r_high"]) <= 1
    assert (strict["floor_p"], strict["floor_r"]) == ("0.6667", "1.0")


def test_markdown_holds_the_tables_of_the_text(small: Path, said, tmp_path: Path):
    report = tmp_path / "report.md"

    main(["eval", str(small), "--predictions", str(said(ONE)), "-o", str(report)])

    text = report.read_text("utf-8")
    assert "| measure | P | R | F1 | hits | wrong | missed |" in text
    assert "### strict, by relation" in text


def test_predictions_are_measured_where_spacy_is_not_installed(
    small: Path, said, monkeypatch, capsys
):
    monkeypatch.setitem(sys.modules, "spacy", None)

    code = main(["eval", str(small), "--predictions", str(said(ONE))])
    extracting = main(["eval", str(small)])

    assert (code, extracting) == (0, 2)
    assert 'install "whosays[extract]"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("gates", "code", "told"),
    [
        (["--min", "strict.p=1", "--min", "strict.r=.5"], 0, ""),
        (["--min", "strict.r=.51"], 1, "dev: strict.r is 0.5000, and should be at "),
        (["--min", "A:strict.p=1"], 0, ""),
        (["--min", "B:strict.p=.1"], 1, "nothing to measure"),
        (["--max", "distractors=.0"], 0, ""),
        (["--max", "relaxed.f1=.5"], 1, "should be at most 0.5"),
        (["--min", "stance=1", "--min", "speaker=1"], 0, ""),
        (["--min", "strickt.p=.8"], 2, "names no figure"),
        (["--min", "strict.p=80"], 2, "is no share"),
        (["--min", "A:pair.p=.8"], 2, "Write one of strict.p"),
    ],
)
def test_gates_end_with_1_when_a_part_misses_them(
    small: Path, said, capsys, gates: list[str], code: int, told: str
):
    predictions = said({**ONE, "tier": "A"})
    call = ["eval", str(small), "--part", "dev", "--predictions", str(predictions)]

    ended = main([*call, *gates])

    assert ended == code
    assert told in capsys.readouterr().err


def test_cases_are_listed_and_the_frozen_ones_are_not(small: Path, said, capsys):
    main(["eval", str(small), "--predictions", str(said(ONE)), "--cases"])

    out, err = capsys.readouterr()
    assert "missed: belmark attacks dun-brigade denies" in out
    assert "Oren Vale" not in out
    assert "never tuned on" in err


def test_relations_are_mapped_turned_and_told_when_unknown(
    small: Path, said, tmp_path: Path, capsys
):
    table = tmp_path / "map.csv"
    table.write_text("theirs,ours\nGIVE-GUNS-BY,is armed by\n", "utf-8")
    turned = {"sentence": "s1", "subject": "the Front", "relation": "give guns by"}
    turned["object"] = "Aldoria"
    strange = {**ONE, "relation": "bewitches", "object": "the Sea King"}

    found = whosays.evaluate(
        small, predictions=said(turned, strange), relations=table, draws=2
    )

    assert found.parts[0].scores["strict"].hits == 1
    assert set(found.unknown) == {"relation “bewitches”", "actor “the Sea King”"}


def test_a_place_may_be_a_source_and_an_offset_and_others_are_told(
    small: Path, said, capsys
):
    here = {key: value for key, value in ONE.items() if key != "sentence"}
    rows = [
        {**here, "source": "bulletin", "start": 9},
        {**here, "source": "bulletin", "start": 9_000},
        {**here, "source": "another", "start": 1},
        {**here, "sentence": "s77"},
    ]

    main(["eval", str(small), "--predictions", str(said(*rows)), "-f", "json"])

    out, err = capsys.readouterr()
    assert json.loads(out)["elsewhere"] == 3
    assert json.loads(out)["parts"][0]["scores"]["strict"]["hits"] == 1
    assert "3 predictions stand in no sentence of the gold: ignored" in err


def test_our_candidates_may_be_given_as_predictions(world: Path, small: Path, said):
    from whosays.extract.document import document
    from whosays.extract.running import registry_of
    from whosays.extract.setup import extractor

    kg = whosays.load(world)
    text = (world / "texts" / "bulletin.txt").read_text("utf-8")
    ready = extractor(registry_of(kg.collection))
    made = ready.extract(document(text, kg.collection.sources["bulletin"]))

    given = said(*map(to_record, made.candidates))

    extracted = whosays.evaluate(small, draws=2)
    again = whosays.evaluate(small, predictions=given, draws=2)
    assert [one.scores for one in again.parts] == [o.scores for o in extracted.parts]
    assert extracted.parts[0].scores["strict"].hits > 0


FAULTS = {
    "no JSON": '{"id": "s1",',
    "no JSON object": '"text"',
    "unknown key “golt”": '{"id": "s1", "text": "x", "golt": []}',
    "no relation “amrs”; did you mean: arms": '{"text": "x", "gold": '
    '[{"s": "aldoria", "r": "amrs", "o": "belmark"}]}',
    "no actor “aldora”; did you mean: aldoria": '{"text": "x", "gold": '
    '[{"s": "aldora", "r": "arms", "o": "belmark"}]}',
    "“denys” is none of affirms, denies, questions": '{"text": "x", "gold": '
    '[{"s": "aldoria", "r": "arms", "o": "belmark", "stance": "denys"}]}',
    "unknown key “speakr” of a statement": '{"text": "x", "gold": '
    '[{"s": "aldoria", "r": "arms", "o": "belmark", "speakr": "belmark"}]}',
    "neither text nor source": '{"id": "s1"}',
    "no source “buletin”": '{"source": "buletin", "start": 0, "end": 4}',
    "do not stand at 1 to 8": '{"source": "bulletin", "start": 1, "end": 8, '
    '"text": "Aldoria"}',
    "“start” is no offset": '{"source": "bulletin", "start": -1, "end": 4}',
    "“gold” is no list of statements": '{"text": "x", "gold": {}}',
    "“s1” stands twice": '{"id": "s1", "text": "x"}\n{"id": "s1", "text": "y"}',
}


@pytest.mark.parametrize("said", FAULTS)
def test_a_faulty_line_of_gold_is_refused_with_its_place(
    world: Path, capsys, said: str
):
    path = world / "gold" / "mine.jsonl"
    path.write_text(f"\n{FAULTS[said]}\n", "utf-8")

    code = main(["eval", str(path)])

    err = capsys.readouterr().err
    line = 3 if "twice" in said else 2
    assert code == 1
    assert f"mine.jsonl:{line}: " in err
    assert said in err.replace("\n  ", " ").replace("\n", " ")
    assert "WS810" in err


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"subject": ""}, "no “subject”"),
        ({"subject": 7}, "“subject” is no text"),
        ({"stance": "denys"}, "“denys” is none of"),
        ({"modality": "dreamt"}, "“dreamt” is none of"),
        ({"also": "belmark"}, "“also” is no list of texts"),
        ({"sentence": ""}, "neither sentence nor source"),
        ({"sentence": "", "source": "bulletin"}, "“start” is no offset"),
    ],
)
def test_a_faulty_line_of_predictions_is_refused_with_its_place(
    small: Path, said, change: dict[str, object], told: str
):
    path = said(ONE, {**ONE, **change})

    with pytest.raises(BadLine, match=f"said.jsonl:2: .*{told}"):
        whosays.evaluate(small, predictions=path)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["missing.jsonl"], "is not there"),
        (["--predictions", "missing.jsonl"], "missing.jsonl"),
        (["--map", "map.csv"], "a map without predictions"),
        (["-p", "."], "a project without gold"),
        (["--predictions", "x.jsonl", "--model", "en"], "predictions and an extractor"),
    ],
)
def test_a_wrong_call_ends_with_2(capsys, call: list[str], told: str):
    assert main(["eval", *call]) == 2
    assert told in capsys.readouterr().err


def test_a_part_that_is_not_there_is_answered_with_those_that_are(small: Path, capsys):
    code = main(["eval", str(small), "--part", "test"])

    assert code == 1
    assert "It has: dev, frozen" in capsys.readouterr().err


def test_a_text_that_may_not_be_copied_is_found_by_its_hash_or_told(
    world: Path, said, capsys
):
    text = "Aldoria armed the Cedar Front.\n"
    import hashlib

    digest = hashlib.sha256(text.encode()).hexdigest()
    path = world / "gold" / "hashed.jsonl"
    row = {"id": "h1", "text_sha256": digest, "start": 0, "end": 30}
    row["gold"] = [{"s": "aldoria", "r": "arms", "o": "cedar-front"}]
    kept = {"id": "k1", "text": "Fog came up."}
    path.write_text(f"{json.dumps(row)}\n{json.dumps(kept)}\n", "utf-8")
    (world / "elsewhere").mkdir()
    (world / "elsewhere" / "copy.txt").write_text(text, "utf-8")
    given = str(said({**ONE, "sentence": "h1"}))

    without = main(["eval", str(path), "--predictions", given, "-f", "json"])
    skipped, noted = capsys.readouterr()
    with_texts = whosays.evaluate(
        path, predictions=given, texts=world / "elsewhere", draws=2
    )

    assert without == 0
    assert json.loads(skipped)["skipped"] == [
        ["h1", "its text is not here; see --texts"]
    ]
    assert "1 row of the gold not measured" in noted
    assert with_texts.parts[0].scores["strict"].hits == 1


def test_gold_without_a_project_above_it_asks_for_one(tmp_path: Path, world, capsys):
    path = tmp_path / "lonely.jsonl"
    path.write_text(
        '{"text": "Aldoria armed the Cedar Front.", "gold": '
        '[{"s": "aldoria", "r": "arms", "o": "cedar-front"}]}\n',
        "utf-8",
    )

    alone = main(["eval", str(path)])
    told = capsys.readouterr().err
    named = main(["eval", str(path), "-p", str(world)])

    assert (alone, named) == (2, 0)
    assert "with -p" in told


def test_the_records_of_plover_are_read_and_what_is_left_out_is_told(
    tmp_path: Path, capsys
):
    def actor(text: str, code: str = "", sector: str = "") -> dict[str, str]:
        return {"actorText": text, "code": code, "sector": sector}

    def record(event: str, text: str, source, target) -> dict[str, object]:
        return {
            "id": f"{event}-1",
            "event": event,
            "text": text,
            "source": source,
            "target": target,
        }

    aldoria, belmark = actor("Aldoria", "ALD"), actor("Belmark", "BEL")
    records = [
        {"id": "x", "event": "DOCUMENT", "eventText": "about this file"},
        record("ASSAULT", "Aldoria attacked Belmark.", [aldoria], [belmark]),
        record("CONSULT", "Aldoria and Belmark met.", [aldoria, belmark], ""),
        record("AID", "Aldoria gave thanks.", [aldoria], [actor("***")]),
        record("INVESTIGATE", "Aldoria sued Belmark.", [aldoria], [belmark]),
        record(
            *("REJECT", "Aldorian officials rebuffed Belmark."),
            *([actor("Aldorian officials", "ALD", "GOV")], [belmark]),
        ),
    ]
    path = tmp_path / "records.txt"
    path.write_text(json.dumps(records), "utf-8")

    found = whosays.evaluate(path, draws=2)
    main(["eval", str(path)])

    (part,) = found.parts
    assert part.name == "plover"
    assert part.statements == 3
    assert part.floor.hits == 3
    assert part.scores["pair"].hits > 0
    assert [reason for _, reason in found.skipped] == [
        *("no sentence", "fewer than two actors", "no relation for INVESTIGATE")
    ]
    assert "3 rows of the gold not measured" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[1, 2]", "[{", "[" * 5000])
def test_a_file_that_begins_like_records_and_is_none_is_refused(
    tmp_path: Path, capsys, text: str
):
    path = tmp_path / "records.txt"
    path.write_text(text, "utf-8")

    assert main(["eval", str(path)]) == 1
    assert "records.txt:1: no " in capsys.readouterr().err


def test_a_gate_is_read_with_blanks_and_capitals():
    assert gate("Strict.P = .85").bound == 0.85
    assert gate("A+B:strict.r=.6").group == "A+B"
