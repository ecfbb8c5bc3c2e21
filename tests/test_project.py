"""Reading a project: every cell is stored, refused with its place, or reported."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whosays import checks, inputs, project
from whosays.errors import MissingFile, NotAProject
from whosays.model import ActorType, Stance, Status
from whosays.project.statements import COLUMNS

FIXTURES = Path(__file__).parent / "fixtures"
ONTOLOGY = Path(__file__).parents[1] / "ontology"
STRAIT = FIXTURES / "good" / "strait"
BARE = FIXTURES / "good" / "bare"
HARBOUR = FIXTURES / "good" / "harbour"
INTERVIEW = "statements/strait-interview.csv"


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STRAIT, tmp_path / "strait"))


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, "utf-8", newline="\n")


def replace(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text("utf-8")
    assert text.count(old) >= 1
    write(root, name, text.replace(old, new, 1))


def found(root: Path) -> list[str]:
    return [f"{p.table}:{p.cell} {p.code}" for p in project.read(root).problems]


def ids_of(root: Path) -> list[str]:
    return [s.id for s in project.read(root).collection.statements]


# --- what is read


def test_a_good_project_is_read_without_a_problem():
    read = project.read(STRAIT)

    assert read.problems == ()
    assert len(read.collection.statements) == 8
    assert read.collection.settings.title == "Who arms whom at the Grey Strait"


def test_the_published_ids_are_the_ones_computed():
    assert {"6sft7lreygvc", "sirggshmmtfy", "y3ucwvmaowd5"} <= set(ids_of(STRAIT))


def test_five_columns_are_a_whole_statement():
    read = project.read(BARE)

    (statement,) = read.collection.statements

    assert statement.counts
    assert statement.chain == ("belmark",)
    assert statement.said == "2031"
    assert {p.level for p in read.problems} == {"warning"}


def test_a_chain_is_read_from_the_source_inwards():
    statements = project.read(STRAIT).collection.statements

    (raid,) = (s for s in statements if s.relation == "attacks")

    assert raid.via == ("harbour-post",)
    assert raid.voice == "front-spokesman"


def test_a_row_with_an_inverse_label_is_turned_round_and_keeps_its_cells():
    statements = project.read(HARBOUR).collection.statements

    (bribe,) = (s for s in statements if s.relation == "bribes")

    assert (bribe.subject, bribe.object) == ("builders-union", "city-council")
    assert bribe.stance is Stance.DENIES
    assert bribe.status is Status.ACCEPTED


def test_bare_rows_get_the_status_of_the_project():
    statements = project.read(HARBOUR).collection.statements

    assert [s.status for s in statements if s.source == "spring-leaflet"].count(
        Status.CANDIDATE
    ) == 1


def test_separator_byte_order_mark_and_column_order_do_not_matter(strait: Path):
    rows = (strait / INTERVIEW).read_text("utf-8").splitlines()
    plain = [row.split(",") for row in rows if '"' not in row]
    write(strait, INTERVIEW, "\n".join(",".join(row) for row in plain) + "\n")
    before = ids_of(strait)

    text = "\r\n".join("\t".join(reversed(row)) for row in plain)
    (strait / INTERVIEW).write_bytes(("\ufeff" + text).encode("utf-16-le"))

    assert ids_of(strait) == before


def test_defaults_written_out_are_the_same_statement(strait: Path):
    before = ids_of(strait)

    replace(strait, INTERVIEW, "denies,,,p4", "denies,aldorian-minister,actual,¶ 4")
    replace(strait, INTERVIEW, "aldoria,arms", "aldoria,Supplies Weapons To")

    assert ids_of(strait) == before


def test_renaming_an_actor_and_a_source_keeps_all_ids(strait: Path):
    before = ids_of(strait)
    for path in strait.rglob("*.csv"):
        text = path.read_text("utf-8").replace("cedar-front", "cedar-league")
        write(strait, str(path.relative_to(strait)), text)
    actors = (strait / "actors.csv").read_text("utf-8")
    write(
        strait,
        "actors.csv",
        actors.replace("جبهة الأرز@ar,,", "جبهة الأرز@ar,cedar-front,"),
    )
    sources = (strait / "sources.csv").read_text("utf-8").splitlines()
    sources[1] = sources[1].replace("night-bulletin", "late-bulletin").removesuffix(",")
    sources[1] = sources[1].removesuffix(",") + ",night-bulletin,"
    write(strait, "sources.csv", "\n".join(sources) + "\n")

    read = project.read(strait)

    assert [s.id for s in read.collection.statements] == before
    assert {p.code for p in read.problems} == {"WS112"}
    assert {s.source for s in read.collection.statements} >= {"late-bulletin"}


def test_a_source_without_any_voice_gets_an_unnamed_author(strait: Path):
    replace(
        strait,
        "sources.csv",
        "night-bulletin,Night bulletin,report,belmark-radio",
        "night-bulletin,Night bulletin,report,",
    )

    read = project.read(strait)

    author = read.collection.actors["author-of-night-bulletin"]
    assert author.type is ActorType.UNNAMED
    assert [p.code for p in read.problems] == ["WS334"]
    assert {s.voice for s in read.collection.statements} >= {author.slug}


def test_names_used_without_a_speaker_are_the_sources_own():
    names = {name.name: name for name in project.read(STRAIT).collection.names}

    assert names["the Cutters"].used_by == ("belmark-radio",)
    assert names["our sailors"].locator == "p9"


def test_a_superseded_row_that_is_gone_is_no_problem(strait: Path):
    text = (strait / INTERVIEW).read_text("utf-8")
    write(
        strait,
        INTERVIEW,
        text.replace(
            "No weapons went to the Front.,,,,",
            "No weapons went to the Front.,,,,aaaabbbbcccc",
        ),
    )

    read = project.read(strait)

    assert read.problems == ()
    assert any(s.supersedes == ("aaaabbbbcccc",) for s in read.collection.statements)


# --- the folder


def test_a_project_is_found_from_any_folder_inside():
    assert project.find(STRAIT / "statements") == STRAIT.resolve()


def test_no_project_and_no_folder_are_two_errors(tmp_path: Path):
    with pytest.raises(NotAProject, match="Name a project"):
        project.find(tmp_path)
    with pytest.raises(NotAProject, match="Name a project"):
        project.read(tmp_path)
    with pytest.raises(MissingFile, match="is not there"):
        project.read(tmp_path / "nowhere")


def test_the_settings_file_names_the_project_too():
    assert project.read(STRAIT / "whosays.toml").collection.settings.name == "strait"


def test_unknown_files_are_named_as_ignored(strait: Path):
    write(strait, "notes.txt", "to do")
    write(strait, "statements/more.xlsx", "not a table")
    write(strait, "README.md", "# The strait")
    write(strait, "build/graph.ttl", "")

    assert found(strait) == ["notes.txt: WS520", "statements/more.xlsx: WS520"]


def test_the_fingerprint_changes_with_every_input_and_with_nothing_else(strait: Path):
    before = inputs.fingerprint(strait, ONTOLOGY)
    write(strait, "notes.txt", "to do")
    assert inputs.fingerprint(strait, ONTOLOGY) == before
    seen = {before}

    for name in ("whosays.toml", "actors.csv", "names.csv", INTERVIEW):
        (strait / name).write_bytes((strait / name).read_bytes() + b"\n")
        seen.add(inputs.fingerprint(strait, ONTOLOGY))
    write(strait, "statements/new.csv", "")
    seen.add(inputs.fingerprint(strait, ONTOLOGY))

    assert len(seen) == 6


def test_every_input_is_listed_with_its_hash():
    inputs = project.read(STRAIT).collection.inputs

    assert sorted(inputs) == [
        "actors.csv",
        "names.csv",
        "sources.csv",
        "statements/night-bulletin.csv",
        INTERVIEW,
        "whosays.toml",
    ]
    assert all(len(digest) == 64 for digest in inputs.values())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_table_that_cannot_be_opened_is_a_problem(strait: Path):
    (strait / "names.csv").chmod(0)

    assert found(strait) == ["names.csv: WS508"]


def test_a_pipe_in_place_of_a_table_does_not_hang(strait: Path):
    (strait / "names.csv").unlink()
    os.mkfifo(strait / "names.csv")

    assert found(strait) == ["names.csv: WS508"]


def test_a_link_to_nowhere_is_a_problem(strait: Path):
    (strait / "names.csv").unlink()
    (strait / "names.csv").symlink_to("nowhere.csv")

    assert found(strait) == ["names.csv: WS508"]


def test_a_name_that_no_disk_takes_is_no_file(strait: Path):
    replace(strait, "sources.csv", "https://example.org/night,", "," + "n" * 300)
    with (strait / "whosays.toml").open("a") as file:
        file.write(f'[texts]\ndir = "{"t" * 5000}"\n')

    problems = checks.check(strait)

    assert [(p.cell, p.code) for p in problems] == [("K2", "WS115")]


# --- settings


@pytest.mark.parametrize(
    ("text", "place", "fix"),
    [
        ('[project]\nname = "x"\ntitel = "y"\n', "line 3 WS513", "title"),
        ('[projekt]\nname = "x"\n', "line 1 WS513", "project"),
        ('[project]\nname = "x\n', "line 2 WS513", ""),
        ("[project]\nname = 3\n", "line 2 WS513", 'name = "3"'),
        ('[project]\nname = "Big Harbour"\n', "line 2 WS109", "big-harbour"),
        ('[project]\nbase = "example.org"\n', "line 2 WS513", ""),
        ('[statements]\nbare_rows = "acepted"\n', "line 2 WS513", "accepted"),
        ('[check]\nallow = ["WS103"]\n', "line 2 WS513", ""),
        ('[check]\nallow = ["WS999"]\n', "line 2 WS513", None),
        ('[check]\ncopy = "yes"\n', "line 2 WS513", ""),
        ("[graph]\npairs = 0\n", "line 2 WS513", ""),
        ("[graph]\nstrongest = true\n", "line 2 WS513", ""),
        ("[check]\ncoppy = true\n", "line 2 WS513", "copy"),
        ('[relations]\nuse = ["figths"]\n', "line 2 WS104", "fights"),
        ('[actor_types]\nmillitia = "armed group"\n', "line 2 WS513", "militia"),
        ("project = 3\n", "line 1 WS513", ""),
        ("[[project]]\n", "line 1 WS513", ""),
        ("x = " + "[" * 5000 + "\n", "line 2 WS513", ""),
        ('[extract]\nmodel = "none"\n', "line 1 WS520", ""),
        ('[llm]\nkey = "sk-abc"\n', "line 2 WS513", ""),
    ],
)
def test_a_bad_setting_is_reported_with_its_line(
    tmp_path: Path, text: str, place: str, fix: str | None
):
    write(tmp_path, "whosays.toml", text)

    problems = project.read(tmp_path).problems

    assert [f"{p.cell} {p.code}" for p in problems] == [place]
    assert fix is None or problems[0].fix == fix


def test_a_relation_outside_the_list_of_the_project_is_refused(strait: Path):
    write(
        strait,
        "whosays.toml",
        '[relations]\nuse = ["arms", "fights", "attacks", "negotiatesWith"]\n',
    )

    assert found(strait) == [f"{INTERVIEW}:B5 WS104", f"{INTERVIEW}:B6 WS104"]


# --- problems


def test_all_problems_are_reported_at_once_and_in_order(strait: Path):
    head = "subject,relation,object,source,stance,locator,gist\n"
    write(
        strait,
        INTERVIEW,
        head
        + "aldorai,figths,cedar-frnot,strait-interveiw,deny,somewhere,No.\n"
        + "aldoria,arms,cedar-front,strait-interview,denies,p4,No.\n",
    )

    read = project.read(strait)

    assert [f"{p.cell} {p.code}" for p in read.problems] == [
        "A2 WS103",
        "B2 WS104",
        "C2 WS103",
        "D2 WS105",
        "E2 WS102",
        "F2 WS311",
    ]
    assert [p.fix for p in read.problems[1:5]] == [
        "fights",
        "cedar-front",
        "strait-interview",
        "denies",
    ]
    assert "6sft7lreygvc" in ids_of(strait)


@pytest.mark.parametrize("typed", ["Aldoria", "republic of  aldoria", "ALDORIA"])
def test_a_name_in_place_of_a_slug_is_refused_with_the_slug(strait: Path, typed: str):
    replace(strait, INTERVIEW, "aldoria,arms", f"{typed},arms")

    (problem,) = project.read(strait).problems

    assert (problem.code, problem.cell, problem.fix) == ("WS103", "A2", "aldoria")


def test_a_name_of_two_actors_suggests_neither(strait: Path):
    replace(strait, "actors.csv", "Kingdom of Belmark", "Republic of Aldoria")
    replace(strait, INTERVIEW, "aldoria,arms", "Republic of Aldoria,arms")

    problems = project.read(strait).problems

    assert [(p.code, p.fix) for p in problems] == [("WS107", ""), ("WS111", "")]
    assert "aldoria or belmark" in problems[1].instructions


def test_a_bad_type_of_an_actor_does_not_spoil_the_rows_that_name_it(strait: Path):
    replace(
        strait, "actors.csv", "port-vale,Port Vale,place", "port-vale,Port Vale,plaec"
    )

    read = project.read(strait)

    assert [(p.code, p.cell, p.fix) for p in read.problems] == [
        ("WS108", "C13", "place")
    ]
    assert len(read.collection.statements) == 8


def test_two_rows_of_one_id_that_say_something_else_are_an_error(
    strait: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("whosays.ids.statement_id", lambda *_: "samesamesame")

    codes = {p.code for p in project.read(strait).problems}

    assert codes == {"WS322"}


def test_a_row_repeated_in_another_file_is_found(strait: Path):
    rows = (strait / INTERVIEW).read_text("utf-8").splitlines()
    write(strait, "statements/zz.csv", "\n".join(rows[:2]) + "\n")

    read = project.read(strait)

    assert found(strait) == [
        "statements/zz.csv:row 2 WS320",
        "statements/zz.csv:D2 WS114",
    ]
    assert "strait-interview.csv row 2" in read.problems[0].text
    assert len(read.collection.statements) == 8


def test_a_circle_is_reported_once_and_opened(strait: Path):
    replace(
        strait,
        "actors.csv",
        "aldoria,Aldoria,state,,",
        "aldoria,Aldoria,state,aldorian-navy,",
    )

    read = project.read(strait)

    assert [f"{p.cell} {p.code}" for p in read.problems] == ["D2 WS405"]
    assert read.collection.top("aldorian-navy") == "aldoria"


def test_a_slug_belongs_to_one_actor_former_slugs_included(strait: Path):
    replace(strait, "actors.csv", "جبهة الأرز@ar,,", "جبهة الأرز@ar,belmark;old-front,")

    read = project.read(strait)

    assert [f"{p.cell} {p.code}" for p in read.problems] == ["G8 WS109"]
    assert read.collection.actors["cedar-front"].former_slugs == ("old-front",)


def test_merged_actors_keep_the_identity_of_the_survivor(strait: Path):
    before = ids_of(strait)
    replace(strait, "actors.csv", "جبهة الأرز@ar,,", "جبهة الأرز@ar,cedar-front;cf,")

    assert ids_of(strait) == before
    assert found(strait) == []


def test_a_thousand_statements_are_read(strait: Path):
    head = ",".join(COLUMNS) + "\n"
    row = "aldoria,arms,cedar-front,strait-interview,denies,,,p{n},2031-0{m},port-vale"
    row += ",,military,,high,,No weapons this time.,,,,\n"
    write(
        strait,
        INTERVIEW,
        head + "".join(row.format(n=n, m=n % 9 + 1) for n in range(1, 1001)),
    )

    read = project.read(strait)

    assert len(read.collection.statements) == 1003


def test_thousands_of_bad_rows_are_all_reported(strait: Path):
    head = "subject,relation,object,source,stance\n"
    write(
        strait,
        INTERVIEW,
        head
        + "".join(
            f"someone{n},does{n},other{n},bulletin{n},perhaps{n}\n" for n in range(3000)
        ),
    )

    problems = project.read(strait).problems

    assert len(problems) == 15_000


# --- back to rows


def test_a_canonical_project_is_written_back_byte_for_byte():
    for root in (STRAIT, Path(__file__).parents[1] / "seeds" / "iran-isis"):
        collection = project.read(root).collection
        for name, text in project.tables_of(collection).items():
            assert (root / name).read_bytes() == text.encode(), name


FREE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]),
    max_size=30,
)
ACTORS = st.sampled_from(["aldoria", "belmark", "cedar-front", "dun-brigade"])
ROW = st.fixed_dictionaries(
    {
        "subject": ACTORS,
        "relation": st.sampled_from(["arms", "fights", "opposes", "supports"]),
        "object": st.just("harbour-post"),
        "source": st.just("strait-interview"),
        "stance": st.sampled_from(list(Stance)),
        "speaker": st.sampled_from(["", "belmark-radio", "harbour-post > belmark"]),
        "modality": st.sampled_from(["", "suspected", "advocated"]),
        "locator": st.sampled_from(["", "p3", "l12", "pg2", "12:34", "title"]),
        "valid": st.sampled_from(["", "2014~", "../2017-06-17?", "2014-02/2015"]),
        "place": st.sampled_from(["", "port-vale", "port-vale;grey-strait"]),
        "said_on": st.sampled_from(["", "2031?"]),
        "context": st.sampled_from(["", "military", "legal;historical"]),
        "framing": st.sampled_from(["", "endorsed", "rejected"]),
        "confidence": st.sampled_from(["", "high", "low", "0.45", "1", "0"]),
        "status": st.sampled_from(["", "candidate", "rejected", "retracted"]),
        "gist": FREE,
        "note": FREE | st.sampled_from(["[sic]", 'he said "no"', "two\nlines", "=1+1"]),
        "para_sha": st.sampled_from(["", "0123456789ab"]),
        "run": st.sampled_from(["", "import-1"]),
        "supersedes": st.sampled_from(["", "aaaabbbbcccc"]),
    }
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(ROW, max_size=6))
def test_rows_survive_reading_and_writing(strait: Path, rows: list[dict[str, str]]):
    write(strait, INTERVIEW, project.csv_text(COLUMNS, rows))
    write(strait, "statements/night-bulletin.csv", ",".join(COLUMNS) + "\n")
    first = project.read(strait).collection
    text = project.tables_of(first).get(INTERVIEW, "")
    write(strait, INTERVIEW, text or ",".join(COLUMNS) + "\n")

    second = project.read(strait).collection

    assert project.tables_of(second).get(INTERVIEW, "") == text
    assert [s.id for s in second.statements] == [s.id for s in first.statements]


CELL = st.sampled_from(
    [
        "",
        "aldoria",
        "Aldoria",
        "arms",
        "is armed by",
        "p4",
        "2014",
        "denies",
        ">",
        ";",
        "port-vale",
        "a > b",
        "high",
        "-1",
        "é\u200b",
        "x" * 300,
        "../etc",
        "=cmd",
        "@",
        "'",
    ]
) | st.text(max_size=20)


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(st.lists(CELL, min_size=20, max_size=20), min_size=1, max_size=4))
def test_a_row_of_rubbish_is_stored_or_refused_and_never_raises(
    strait: Path, rows: list[list[str]]
):
    cells = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    text = project.csv_text(COLUMNS, cells).encode("utf-8", "replace")
    (strait / INTERVIEW).write_bytes(text)

    read = project.read(strait)

    stored = {s.row for s in read.collection.statements if s.file == INTERVIEW}
    told = {p.row for p in read.problems if p.table == INTERVIEW}
    lines = {n for n, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}
    whole = any(p.row is None or p.code == "WS511" for p in read.problems)
    assert whole or len(lines - stored) <= len(told)


ODD = {
    "subject": ["aldoria", "port-vale", "Aldoria", "cedar-front", "nobody", ""],
    "relation": ["arms", "is armed by", "is-armed-by", "Arms", "deploysTo", "xyz"],
    "object": ["belmark", "port-vale", "aldoria", "belmrk", "cedar-front"],
    "source": ["strait-interview", "night-bulletin", "strait", ""],
    "stance": ["denies", "affirms", "Denies", "shouts", ""],
    "speaker": [
        "",
        "belmark",
        "belmark > belmark",
        "port-vale",
        "belmark >",
        "aldoria",
    ],
    "modality": ["", "suspected", "surely"],
    "framing": ["", "endorsed", "loved"],
    "status": ["", "rejected", "candidate", "gone"],
    "locator": ["", "p4", "par 4", "somewhere"],
    "valid": ["", "2014", "2014-06", "06/25/2014", "2014-02-30"],
    "said_on": ["", "2014", "2031", "soon"],
    "place": ["", "port-vale", "belmark; port-vale", "cedar-front"],
    "context": ["", "military", "military; legal", "sports"],
    "confidence": ["", "high", "0,5", "7"],
    "gist": ["", "Words of ours.", "x" * 300],
    "para_sha": ["", "0123456789ab", "0x"],
    "run": ["", "import-1", "Import 1"],
    "supersedes": ["", "aaaabbbbcccc", "old"],
}


def reading(root: Path) -> tuple[object, ...]:
    read = project.read(root)
    return read.collection.statements, [repr(problem) for problem in read.problems]


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {column: st.sampled_from(texts) for column, texts in ODD.items()}
        ),
        min_size=2,
        max_size=9,
    )
)
def test_what_is_remembered_of_earlier_rows_changes_nothing(
    strait: Path, rows: list[dict[str, str]]
):
    good = {column: texts[0] for column, texts in ODD.items()}
    mixed = [
        row | {key: text for key, text in good.items() if number % 3 == len(key) % 3}
        for number, row in enumerate([*rows, *rows])
    ]
    write(strait, INTERVIEW, project.csv_text(COLUMNS, [good, *mixed, good]))

    remembering = reading(strait)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "whosays.project.cells._Column.__missing__",
            lambda column, text: column._read(column._cells.line),
        )
        assert remembering == reading(strait)


VALID = dict.fromkeys(COLUMNS, "") | {
    "subject": "aldoria",
    "relation": "arms",
    "object": "belmark",
    "source": "strait-interview",
    "stance": "denies",
}
# What a cell may say that is left empty again, because it is the default.
DEFAULTS = {"actual", "medium", "0.6", "accepted", "aldorian-minister"}


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    column=st.sampled_from(COLUMNS),
    text=CELL | st.sampled_from(["actual", "medium", "p 7", "cedar-front", "0.333333"]),
)
def test_a_cell_is_stored_or_told(strait: Path, column: str, text: str):
    text = text.encode("utf-8", "replace").decode()
    write(strait, INTERVIEW, project.csv_text(COLUMNS, [VALID | {column: text}]))

    read = project.read(strait)

    stored = [s for s in read.collection.statements if s.file == INTERVIEW]
    told = [p for p in read.problems if p.table == INTERVIEW and p.level == "error"]
    assert len(stored) + bool(told) == 1
    if stored and any(map(str.isalnum, text)) and text.strip() not in DEFAULTS:
        assert project.row_of(stored[0], read.collection)[column]


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.sampled_from(
        [
            "whosays.toml",
            "actors.csv",
            "sources.csv",
            "names.csv",
            "relations.csv",
            INTERVIEW,
        ]
    ),
    rubbish=st.binary(max_size=60)
    | st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace")),
    where=st.integers(0, 400),
)
def test_a_damaged_file_never_raises(
    strait: Path, name: str, rubbish: bytes, where: int
):
    path = strait / name
    before = path.read_bytes() if path.exists() else b""
    path.write_bytes(before[:where] + rubbish + before[where:])

    try:
        problems = project.read(strait).problems
    finally:
        path.write_bytes(before) if before else path.unlink()

    assert all(p.text and p.code for p in problems)


@pytest.mark.parametrize("column", ["gist", "note"])
@pytest.mark.parametrize(
    "text", ["[sic] [/b] :100:", "<script>", "می‌رود", "a;b>c", "'x"]
)
def test_free_text_is_kept_as_it_is(strait: Path, column: str, text: str):
    cells = dict.fromkeys(COLUMNS, "") | {
        "subject": "aldoria",
        "relation": "arms",
        "object": "belmark",
        "source": "strait-interview",
        "stance": "denies",
        column: text,
    }
    write(strait, INTERVIEW, project.csv_text(COLUMNS, [cells]))

    (statement,) = (
        s for s in project.read(strait).collection.statements if s.file == INTERVIEW
    )

    assert getattr(statement, column) == text
