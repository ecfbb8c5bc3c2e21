"""Checking a project: each defect has its code and its cell, and nothing else."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from whosays import checks
from whosays.checks.rules import rule_of, rules
from whosays.errors import NotAProject, OntologyError
from whosays.problems import CATALOGUE, Problem
from whosays.project import passage_hash

FIXTURES = Path(__file__).parent / "fixtures"
STRAIT = FIXTURES / "good" / "strait"
BROKEN = sorted((FIXTURES / "broken").iterdir())
SEEDS = Path(__file__).parents[1] / "seeds" / "iran-isis"
INTERVIEW = "statements/strait-interview.csv"
BULLETIN = "statements/night-bulletin.csv"
TEXT = """Night bulletin

Read on the air in the evening

The harbour master counted eleven grey crates on the quay before the lights went out.

A spokesman of the Front took the blame for the raid.
"""


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STRAIT, tmp_path / "strait"))


def replace(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} is not in {name} exactly once"
    (root / name).write_text(text.replace(old, new), "utf-8", newline="\n")


def places(problems: list[Problem]) -> list[str]:
    return [f"{p.table}:{p.cell} {p.code}" for p in problems]


def snapshot(root: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(root)): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mtime_ns,
        )
        for path in sorted(root.rglob("*"))
    }


def with_text(root: Path, text: str, row: str) -> Path:
    """Give the bulletin a stored text and one row: locator,gist,para_sha."""
    with (root / "whosays.toml").open("a") as file:
        file.write('\n[texts]\ndir = "texts"\n')
    (root / "texts").mkdir()
    (root / "texts" / "night.txt").write_text(text, "utf-8")
    replace(
        root,
        "sources.csv",
        "https://example.org/night,",
        "https://example.org/night,night.txt",
    )
    (root / BULLETIN).write_text(
        "subject,relation,object,source,stance,locator,gist,para_sha\n"
        f"cedar-front,attacks,belmark,night-bulletin,affirms,{row}\n",
        "utf-8",
    )
    return root


# --- the fixtures: one tiny project per code


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_project_has_exactly_the_problem_it_is_named_after(folder: Path):
    expected = (folder / "expected.txt").read_text("utf-8").splitlines()

    found = checks.check(folder)

    assert places([p for p in found if p.table != "expected.txt"]) == expected
    assert any(line.endswith(folder.name) for line in expected)


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_every_message_says_what_and_how_to_go_on(folder: Path):
    for problem in checks.check(folder):
        assert problem.text
        assert problem.fix or problem.instructions
        assert "Traceback" not in str(problem)
        assert "w3id.org" not in str(problem)


def test_every_code_that_a_table_can_trigger_has_a_fixture():
    elsewhere = {
        "WS202",
        "WS411",
        "WS413",
        "WS414",
        "WS505",
        "WS506",
        "WS509",
        "WS516",
        "WS517",
        "WS518",
        "WS521",
        "WS522",
        "WS523",
        "WS524",
        "WS525",
        "WS526",
        "WS527",
        "WS528",
        "WS529",
        "WS530",
        "WS607",
    }  # workbooks, sheets, foreign RDF, sizes: tested beside their modules
    tables = {code for code in CATALOGUE if code < "WS610"} | {"WS803", "WS804"}

    assert {folder.name for folder in BROKEN} == tables - elsewhere


# --- mutations of the good project


MUTATIONS = {
    "unknown relation": (INTERVIEW, "aldoria,arms", "aldoria,amrs", "B2 WS104"),
    "unknown subject": (INTERVIEW, "aldoria,arms", "aldorai,arms", "A2 WS103"),
    "deny for denies": (INTERVIEW, "interview,denies,,,p4", "interview,deny,,,p4", "E2 WS102"),
    "subject is object": (INTERVIEW, "aldoria,arms,cedar-front", "aldoria,arms,aldoria", "C2 WS401"),
    "relation wants a place": (INTERVIEW, "arms,cedar-front", "activeIn,cedar-front", "C2 WS402"),
    "relation wants an actor": (INTERVIEW, "arms,cedar-front", "arms,grey-strait", "C2 WS407"),
    "place as subject": (INTERVIEW, "aldoria,arms", "grey-strait,arms", "A2 WS407"),
    "place as speaker": (INTERVIEW, "denies,belmark-premier", "denies,port-vale", "F4 WS406"),
    "bad date": (BULLETIN, "2031-03-28", "2031-02-30", "I4 WS201"),
    "reversed interval": (BULLETIN, "2031-03-28", "2031/2030", "I4 WS203"),
    "no locator": (INTERVIEW, "denies,,,p4", "denies,,,", "H2 WS310"),
    "no gist": (INTERVIEW, "Ready to hold talks.", "", "P3 WS330"),
    "free locator": (INTERVIEW, "denies,,,p4", "denies,,,in the middle", "H2 WS311"),
    "empty link": (BULLETIN, "harbour-post > front-spokesman", "harbour-post > ", "F4 WS403"),
    "gist too long": (INTERVIEW, "Ready to hold talks.", "Ready. " * 40, "P3 WS332"),
    "unknown modality": (INTERVIEW, ",intended,", ",intends to,", "G3 WS108"),
    "unknown framing": (INTERVIEW, "rejected", "rejekted", "M5 WS108"),
    "unknown context": (BULLETIN, "military;terrorism", "military;terror", "L4 WS108"),
    "unknown place": (BULLETIN, "2031-03,port-vale", "2031-03,port-vail", "J2 WS103"),
    "no place": (BULLETIN, "2031-03,port-vale", "2031-03,dun-brigade", "J2 WS409"),
    "unknown confidence": (BULLETIN, ",,high,,Crates", ",,surely,,Crates", "N2 WS340"),
    "said too late": (INTERVIEW, "2031-03?", "2033", "K4 WS205"),
    "unknown type": ("actors.csv", "dun-brigade,Dun Brigade,militia", "dun-brigade,Dun Brigade,milicia", "C9 WS108"),
    "unknown parent": ("actors.csv", "person,,cedar-front", "person,,cedar-frond", "E10 WS103"),
    "two parents": ("actors.csv", "person,,cedar-front", "person,belmark,cedar-front", "E10 WS408"),
    "circle": ("actors.csv", "aldoria,Aldoria,state,", "aldoria,Aldoria,state,aldorian-navy", "D2 WS405"),
    "name of two": ("actors.csv", "Kingdom of Belmark", "Cedar Front", "B8 WS107"),
    "bad wikidata": ("actors.csv", "place,belmark,,,,,,,", "place,belmark,,,,794,,,", "H13 WS115"),
    "unknown default voice": ("sources.csv", "aldorian-minister,2031", "aldorian-minster,2031", "F3 WS103"),
    "interview of nobody": ("sources.csv", "harbour-post,aldorian-minister", "harbour-post,", "F3 WS334"),
    "unsafe address": ("sources.csv", "https://example.org/night", "javascript:alert(1)", "J2 WS115"),
    "path as file": ("sources.csv", "/night,", "/night,../secret", "K2 WS115"),
    "unknown name kind": ("names.csv", "honorific", "honorary", "D3 WS108"),
    "unknown named": ("names.csv", "dun-brigade,", "dun-brigad,", "A3 WS103"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_defect_in_a_good_project_is_found_in_its_cell(strait: Path, name: str):
    table, old, new, place = MUTATIONS[name]
    replace(strait, table, old, new)

    found = checks.check(strait)

    assert places(found) == [f"{table}:{place}"]


def test_the_good_projects_have_no_errors():
    for folder in sorted((FIXTURES / "good").iterdir()):
        assert [p for p in checks.check(folder) if p.level == "error"] == []
    assert checks.check(STRAIT) == []


def test_the_bundled_project_has_no_errors():
    assert [str(p) for p in checks.check(SEEDS) if p.level == "error"] == []


# --- what checking is


def test_checking_changes_nothing_on_disk(strait: Path):
    before = snapshot(strait)

    checks.check(strait)

    assert snapshot(strait) == before


def test_a_folder_without_settings_is_no_project(tmp_path: Path):
    with pytest.raises(NotAProject):
        checks.check(tmp_path)


def test_warnings_can_be_allowed_and_errors_cannot(strait: Path):
    replace(strait, INTERVIEW, "denies,,,p4", "denies,,,")
    replace(strait, BULLETIN, "2031-03-28", "2031-02-30")
    with (strait / "whosays.toml").open("a") as file:
        file.write('\n[check]\nallow = ["WS310", "WS201"]\n')

    found = checks.check(strait)

    assert places(found) == [
        f"{BULLETIN}:I4 WS201",
        "whosays.toml:line 9 WS513",
    ]


def test_problems_come_in_the_order_of_the_sheet(strait: Path):
    replace(strait, INTERVIEW, "interview,denies,,,p4", "interview,deny,,,")
    replace(strait, INTERVIEW, "aldoria,arms", "aldorai,amrs")
    replace(strait, "actors.csv", "Kingdom of Belmark", "Cedar Front")

    found = places(checks.check(strait))

    assert found == [
        "actors.csv:B8 WS107",
        f"{INTERVIEW}:A2 WS103",
        f"{INTERVIEW}:B2 WS104",
        f"{INTERVIEW}:E2 WS102",
    ]


# --- rules of the graph


def test_every_rule_has_a_message_and_a_known_code():
    found = rules()

    assert found
    assert all(rule.message and rule.code in CATALOGUE for rule in found)


@pytest.mark.parametrize(
    "header", ["# message: x\n# code: WS999\n", "# code: WS413\n", "# severity: bad\n"]
)
def test_a_rule_without_a_proper_header_is_refused(header: str):
    with pytest.raises(OntologyError, match=r"ontology/checks/mine\.rq"):
        rule_of("mine", header + "SELECT ?focus ?value {}")


def test_one_voice_on_both_sides_is_told_with_the_later_row(strait: Path):
    replace(strait, INTERVIEW, "affirms,belmark-radio,,p9", "affirms,,,p9")

    (problem,) = checks.check(strait)

    assert (problem.code, problem.cell) == ("WS404", "row 6")
    assert "minister affirms and denies Aldoria cooperates with Dun" in problem.text


def test_two_dated_rows_that_cannot_meet_are_a_change_of_mind(strait: Path):
    replace(strait, INTERVIEW, "affirms,belmark-radio,,p9,", "affirms,,,p9,2029")
    replace(strait, INTERVIEW, "denies,,,p9,", "denies,,,p9,2030")

    assert checks.check(strait) == []


# --- stored texts


def test_a_passage_that_moved_is_named(strait: Path):
    passage = TEXT.splitlines()[6]
    with_text(strait, TEXT, f"p2,A raid.,{passage_hash(passage)}")

    (problem,) = checks.check(strait)

    assert (problem.code, problem.cell, problem.fix) == ("WS313", "F2", "p4")


def test_a_passage_that_stands_still_is_fine(strait: Path):
    passage = TEXT.splitlines()[6]
    with_text(strait, TEXT, f"p4,A raid.,{passage_hash(passage)}")

    assert checks.check(strait) == []


def test_a_locator_past_the_end_offers_where_the_passage_is(strait: Path):
    passage = TEXT.splitlines()[6]
    with_text(strait, TEXT, f"p40,A raid.,{passage_hash(passage)}")

    (problem,) = checks.check(strait)

    assert (problem.code, problem.fix) == ("WS312", "p4")
    assert "which has 4" in problem.text


@pytest.mark.parametrize(
    ("gist", "code"),
    [
        ("The harbour master counted eleven grey crates there.", "WS335"),
        ("THE HARBOUR MASTER counted: eleven grey crates on a pier.", "WS331"),
        ("Eleven crates were counted.", None),
        ("One harbour master counted eleven grey crates.", "WS335"),
        ("One master counted eleven grey crates.", None),
    ],
)
def test_a_gist_in_the_words_of_the_source_is_found(
    strait: Path, gist: str, code: str | None
):
    with_text(strait, TEXT, f"p3,{gist},")

    assert [p.code for p in checks.check(strait)] == ([code] if code else [])


def test_names_of_actors_are_nobodys_words(strait: Path):
    text = TEXT + "\nAldoria, Belmark and the Cedar Front spoke on Monday.\n"
    gist = '"Aldoria, Belmark and the Cedar Front spoke on one day."'
    with_text(strait, text, f"p3,{gist},")
    assert checks.check(strait) == []

    replace(strait, "actors.csv", "Cedar Front", "Front of Cedars")

    assert [p.code for p in checks.check(strait)] == ["WS335"]


def test_a_wrapped_text_counts_blocks_when_told_so(strait: Path):
    line = "The council of the harbour met again on the evening of that very day and\n"
    text = "Title\n\n" + line * 14 + "\nA spokesman took the blame for the raid.\n"
    with_text(strait, text, "p3,A raid.,")
    assert [p.code for p in checks.check(strait)] == ["WS315"]

    replace(strait, "sources.csv", "night.txt,,", "night.txt,,paragraph")

    assert checks.check(strait) == []


def test_pages_and_times_are_not_looked_up_in_a_plain_text(strait: Path):
    with_text(strait, TEXT, "12:34,A raid.,0123456789ab")

    assert checks.check(strait) == []


def test_a_text_that_is_no_text_is_a_problem(strait: Path):
    with_text(strait, TEXT, "p4,A raid.,")
    (strait / "texts" / "night.txt").write_bytes(b"\x89PNG\xff\xfe")

    assert [p.code for p in checks.check(strait)] == ["WS501"]


def test_without_the_folder_of_texts_nothing_is_compared(strait: Path):
    with_text(strait, TEXT, "p40,The harbour master counted eleven grey crates on it.,")
    shutil.rmtree(strait / "texts")

    assert checks.check(strait) == []


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("#+ summary: Broken\nSELEKT * { ?s ?p ?o }\n", "WS702", 2),
        ("#+ params speaker\n#+ params: speaker=who\nASK {}\n", "WS613", None),
        ("ASK { SERVICE <http://a.example/> { ?s ?p ?o } }\n", "WS703", 1),
    ],
)
def test_a_query_that_cannot_be_used_is_reported(tmp_path, text, code, row):
    folder = tmp_path / "strait"
    shutil.copytree(STRAIT, folder, ignore=shutil.ignore_patterns("build"))
    (folder / "queries").mkdir(exist_ok=True)
    (folder / "queries" / "broken.rq").write_text(text, "utf-8")

    found = [one for one in checks.check(folder) if one.table.startswith("queries/")]

    assert [(one.table, one.code, one.row) for one in found] == [
        ("queries/broken.rq", code, row)
    ]
