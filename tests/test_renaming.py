"""Renaming changes every reference and no id, wholly or not at all."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from whosays import curating, disputes, load, project
from whosays.cli.main import main
from whosays.errors import DataError, UnknownName, UsageError

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    leave = shutil.ignore_patterns("build")
    return Path(
        shutil.copytree(SEEDS / "harbour-plan", tmp_path / "harbour", ignore=leave)
    )


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Make a project whose tables no program of ours would write like this."""
    root = tmp_path / "odd"
    for name, data in ODD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data.encode())
    return root


ODD = {
    "whosays.toml": '[project]\nname = "odd"\nbase = "https://example.org/odd/"\n'
    '[relations]\nuse = ["arms", "ferries",\n  "attacks"]  # ferries too\n',
    "actors.csv": (
        '\ufeff"slug";label ;type;acts_for;note;Colour\r\n'
        'aldoria;Aldoria;state;;"aldoria, of course";blue\r\n'
        "\r\n"
        "aldorian-minister;The Minister;person; aldoria ;;\r\n"
        '"belmark";Belmark;"state";;;\r\n'
    )
    .replace(";Colour", "")
    .replace(";blue", "")
    .replace(";;\r\n", ";\r\n"),
    "relations.csv": "slug,label,narrower_than,incompatible_with,aliases\n"
    "ferries,ferries,,arms (crossed),ships\n"
    "rows,rows across,ferries, ferries (same) ;attacks,\n".replace(
        ", ferries (same) ;attacks,", ",spares,"
    ),
    "sources.csv": "slug,title,date,default_voice,we,publisher\n"
    "night-bulletin,Night bulletin,2031-04,aldorian-minister,"
    "Minister = aldoria; Host=belmark,belmark\n"
    "leaflet,A leaflet of nobody,2031,,,\n",
    "names.csv": "actor,name,kind,used_by,source\n"
    "aldoria,the aldoria of old,neutral,belmark > aldorian-minister,night-bulletin\n"
    "belmark,the Other,loaded,author-of-leaflet,leaflet\n",
    "statements/night-bulletin.csv": (
        "object\tsubject\tstance\trelation\tsource\tspeaker\tplace\tgist\n"
        "belmark\taldoria\taffirms\tArms\tnight-bulletin\tbelmark>aldoria\t"
        " belmark;aldoria \tSays that aldoria ships arms.\n"
        '"aldoria"\t"belmark"\tdenies\tFerries\tnight-bulletin\t\t\t'
        '"Two\nlines, ""aldoria"" is quoted."\n'
    ),
    "statements/leaflet.csv": "subject,relation,object,source,stance,speaker\n"
    "belmark,ships,aldoria,leaflet,affirms,\n"
    "belmark,ferries,aldoria,leaflet,denies,author-of-leaflet > aldoria\n",
    "queries/of.rq": "#+ summary: What Aldoria does to Belmark\n"
    "PREFIX who: <https://example.org/odd/actor/>\n"
    "SELECT ?s { ?s ws:subject actor:aldoria ; ws:object who:belmark ;\n"
    "  ws:relation <https://example.org/odd/rel/ferries> .\n"
    "  who:aldoria-two ?p ?o . ?s ws:proposition prop:aldoria_ferries_belmark }\n",
    "tours/first.csv": "title,text,link\n"
    "Start,About aldoria,sel=n:aldoria&src=leaflet.night-bulletin\n"
    "Next,,#sel=e%3Abelmark%7Cferries%7Caldoria&p=@aldoria&c=leaflet\n",
    "decisions/leaflet.jsonl": '{"after": {"subject": "aldoria", "relation":"ferries",'
    '"speaker": "belmark > aldoria", "gist": "aldoria"}, "source": "leaflet"}\n'
    '{"claim": "belmark_ferries_aldoria", "reason": "aldoria"}\n',
    "cues/verbs.csv": "id,lemma,relation,note\nv-ship,ship,Ferries,of ferries\n",
    "README.md": "All about aldoria and its leaflet.\n",
}


def changed(root: Path, before: dict[str, str]) -> dict[str, str]:
    """Give the files that are not as they were; a file that went is empty."""
    found = {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in root.rglob("*")
        if path.is_file() and "build" not in path.parts
    }
    names = found.keys() | before.keys()
    pairs = ((name, found.get(name, "")) for name in sorted(names))
    return {name: text for name, text in pairs if before.get(name) != text}


def with_swaps(name: str, *pairs: tuple[str, str]) -> str:
    text = ODD[name]
    for old, new in pairs:
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new)
    return text


def test_the_odd_project_is_one_that_we_read(odd: Path):
    read = project.read(odd)

    assert read.errors == ()
    assert len(read.collection.statements) == 4


def test_an_actor_is_renamed_in_every_file_and_no_other_byte_changes(odd: Path):
    done = curating.rename(odd, "actor", "aldoria", "aldoria-east")

    files = changed(odd, ODD)
    assert files == {
        "actors.csv": (
            '\ufeff"slug";label ;type;acts_for;note;former_slugs\r\n'
            'aldoria-east;Aldoria;state;;"aldoria, of course";aldoria\r\n'
            "\r\n"
            "aldorian-minister;The Minister;person; aldoria-east ;;\r\n"
            '"belmark";Belmark;"state";;;\r\n'
        ),
        "sources.csv": with_swaps("sources.csv", ("= aldoria;", "= aldoria-east;")),
        "names.csv": with_swaps("names.csv", ("\naldoria,", "\naldoria-east,")),
        "statements/night-bulletin.csv": with_swaps(
            "statements/night-bulletin.csv",
            ("belmark\taldoria\t", "belmark\taldoria-east\t"),
            (">aldoria\t", ">aldoria-east\t"),
            (";aldoria ", ";aldoria-east "),
            ('"aldoria"\t', '"aldoria-east"\t'),
        ),
        "statements/leaflet.csv": with_swaps(
            "statements/leaflet.csv",
            ("ships,aldoria,", "ships,aldoria-east,"),
            ("ferries,aldoria,", "ferries,aldoria-east,"),
            ("> aldoria\n", "> aldoria-east\n"),
        ),
        "queries/of.rq": with_swaps(
            "queries/of.rq",
            ("actor:aldoria ;", "actor:aldoria-east ;"),
            ("prop:aldoria_", "prop:aldoria-east_"),
        ),
        "tours/first.csv": with_swaps(
            "tours/first.csv",
            ("n:aldoria&", "n:aldoria-east&"),
            (
                "e%3Abelmark%7Cferries%7Caldoria&p=@aldoria&",
                "e:belmark|ferries|aldoria-east&p=@aldoria-east&",
            ),
        ),
        "decisions/leaflet.jsonl": with_swaps(
            "decisions/leaflet.jsonl",
            ('"subject": "aldoria"', '"subject": "aldoria-east"'),
            ("> aldoria", "> aldoria-east"),
            ("ferries_aldoria", "ferries_aldoria-east"),
        ),
    }
    assert done.written
    assert done.added == (("actors.csv", "former_slugs"),)
    assert done.mentions["README.md"] == 1
    assert len(done.edits) == 18


def test_a_source_takes_its_files_and_its_unnamed_author_along(odd: Path):
    done = curating.rename(odd, "source", "leaflet", "flyer")

    files = changed(odd, ODD)
    assert files["statements/leaflet.csv"] == files["decisions/leaflet.jsonl"] == ""
    assert files["statements/flyer.csv"] == (
        "subject,relation,object,source,stance,speaker\n"
        "belmark,ships,aldoria,flyer,affirms,\n"
        "belmark,ferries,aldoria,flyer,denies,author-of-flyer > aldoria\n"
    )
    assert files["decisions/flyer.jsonl"] == with_swaps(
        "decisions/leaflet.jsonl", ('"leaflet"', '"flyer"')
    )
    assert files["names.csv"] == with_swaps(
        "names.csv", ("author-of-leaflet,leaflet", "author-of-flyer,flyer")
    )
    assert files["tours/first.csv"] == with_swaps(
        "tours/first.csv", ("src=leaflet.", "src=flyer."), ("c=leaflet", "c=flyer")
    )
    assert set(files) == {
        "sources.csv",
        "names.csv",
        "tours/first.csv",
        *done.moves,
        *done.moves.values(),
    }
    assert load(odd).show("author-of-leaflet").id == "author-of-flyer"


def test_a_relation_is_renamed_where_it_stands_by_its_id(odd: Path):
    curating.rename(odd, "relation", "ships", "carriesAcross")

    files = changed(odd, ODD)
    assert files == {
        "whosays.toml": with_swaps("whosays.toml", ('"ferries"', '"carriesAcross"')),
        "relations.csv": "slug,label,narrower_than,incompatible_with,aliases,"
        "former_slugs\n"
        "carriesAcross,ferries,,arms (crossed),ships,ferries\n"
        "rows,rows across,carriesAcross,spares,\n".replace("spares,\n", "spares,,\n"),
        "statements/night-bulletin.csv": with_swaps(
            "statements/night-bulletin.csv", ("Ferries", "carriesAcross")
        ),
        "statements/leaflet.csv": with_swaps(
            "statements/leaflet.csv", ("ferries", "carriesAcross")
        ),
        "cues/verbs.csv": with_swaps("cues/verbs.csv", ("Ferries", "carriesAcross")),
        "queries/of.rq": with_swaps(
            "queries/of.rq",
            ("rel/ferries", "rel/carriesAcross"),
            ("_ferries_", "_carriesAcross_"),
        ),
        "tours/first.csv": with_swaps(
            "tours/first.csv",
            ("e%3Abelmark%7Cferries%7Caldoria", "e:belmark|carriesAcross|aldoria"),
        ),
        "decisions/leaflet.jsonl": with_swaps(
            "decisions/leaflet.jsonl",
            ('"ferries"', '"carriesAcross"'),
            ("_ferries_", "_carriesAcross_"),
        ),
    }


def git(root: Path, *words: str) -> str:
    names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    done = subprocess.run(
        ["git", *names, *words], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_git_shows_only_lines_that_name_what_was_renamed(harbour: Path):
    git(harbour, "init", "-q")
    git(harbour, "add", "-A")
    git(harbour, "commit", "-qm", "before")
    slug = re.compile(r"(?<![\w-])port-authority(?![\w-])")
    texts = {p: p.read_bytes().decode() for p in sorted(harbour.rglob("*.csv"))}

    curating.rename(harbour, "actor", "port-authority", "harbour-office")

    for path, text in texts.items():
        expected = slug.sub("harbour-office", text)
        expected = expected.replace("harbour-board", "harbour-board;port-authority")
        assert path.read_bytes().decode().splitlines() == expected.splitlines()
        digests = [
            hashlib.sha256(b).digest() for b in (path.read_bytes(), expected.encode())
        ]
        assert digests[0] == digests[1]
    stat = git(harbour, "diff", "--numstat").splitlines()
    lines = {name: int(more) for more, _, name in (s.split("\t") for s in stat)}
    assert lines == {
        path.relative_to(harbour).as_posix(): count
        for path, text in texts.items()
        if (count := sum(bool(slug.search(line)) for line in text.splitlines()))
    }


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("actor", "port-authority", "a-new-port"),
        ("actor", "ada-lund", "z"),
        ("actor", "north-basin", "the-basin"),
        ("source", "courier-feature", "long-read"),
        ("source", "tide-interview", "breakfast"),
        ("relation", "subsidises", "grantsMoneyTo"),
        ("relation", "dredges", "digs"),
    ],
)
def test_no_id_and_no_dispute_changes(harbour: Path, kind: str, old: str, new: str):
    def ids() -> tuple[set[str], set[str], set[tuple[str, str, str, float]]]:
        held = project.read(harbour).collection
        return (
            {one.id for one in held.statements},
            {one.id for one in held.names},
            {
                (d.affirmed, d.contested, str(d.kind), d.score)
                for d in disputes.find(held)
            },
        )

    before = ids()

    curating.rename(harbour, kind, old, new)

    assert all(before)
    assert ids() == before
    assert [p.level for p in load(harbour).check()] == ["warning"]


def test_there_and_back_leads_to_the_same_ids_and_both_slugs_lead_there(harbour: Path):
    before = {one.id for one in project.read(harbour).collection.statements}

    curating.rename(harbour, "actor", "ada-lund", "ada-x")
    curating.rename(harbour, "actor", "ada-lund", "ada-lund")

    held = project.read(harbour).collection
    assert {one.id for one in held.statements} == before
    assert held.actors["ada-lund"].former_slugs == ("ada-lund", "ada-x")
    assert load(harbour).show("ada-x").id == "ada-lund"


def test_the_voice_of_a_source_stays_when_it_followed_from_the_slug(odd: Path):
    with (odd / "actors.csv").open("ab") as file:
        file.write(b"author-of-leaflet;Whoever wrote it;unnamed;;\r\n")
    before = {one.id for one in project.read(odd).collection.statements}

    curating.rename(odd, "source", "leaflet", "flyer")

    held = project.read(odd).collection
    assert held.sources["flyer"].default_voice == "author-of-leaflet"
    assert {one.id for one in held.statements} == before


def test_a_trial_run_writes_nothing_and_tells_each_place(odd: Path, capsys):
    code = main(
        ["actor", "rename", "belmark", "west", "--dry-run", "-f", "csv", "-p", str(odd)]
    )

    out = capsys.readouterr().out
    assert code == 0
    assert changed(odd, ODD) == {}
    assert out.startswith("file,cell,was,becomes\n")
    assert "statements/night-bulletin.csv,A2,belmark,west\n" in out


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        ("actor", "aldora", "x", "no actor “aldora”. Did you mean: aldoria (Aldoria)"),
        ("actor", "aldoria", "belmark", "“belmark” belongs to Belmark"),
        ("actor", "aldoria", "Aldoria East", "Did you mean: aldoria-east"),
        ("actor", "aldoria", "aldoria", "aldoria is already its slug"),
        ("actor", "author-of-leaflet", "x", "add a row to actors.csv first"),
        ("source", "leaflet", "night-bulletin", "belongs to Night bulletin"),
        ("relation", "ferries", "carries across", "Did you mean: carriesAcross"),
        ("relation", "ferries", "attacks", "“attacks” belongs to attacks"),
        ("relation", "arms", "weapons", "is not a relation of relations.csv"),
        ("thing", "arms", "weapons", "Name one of actor, source, relation"),
    ],
)
def test_what_cannot_be_renamed_is_refused_with_the_way_out(
    odd: Path, kind: str, old: str, new: str, said: str
):
    with pytest.raises((UsageError, UnknownName)) as caught:
        curating.rename(odd, kind, old, new)

    assert said in str(caught.value)
    assert changed(odd, ODD) == {}


def test_a_slug_that_led_to_another_once_is_not_given_away(odd: Path):
    curating.rename(odd, "actor", "belmark", "west")

    with pytest.raises(UsageError, match=r"“belmark” leads to Belmark \(west\)"):
        curating.rename(odd, "actor", "aldoria", "belmark")


def test_a_file_in_the_way_of_a_source_is_not_overwritten(odd: Path):
    (odd / "statements" / "flyer.csv").write_text(
        "subject,relation,object,source,stance\n"
    )

    with pytest.raises(UsageError, match="is there already"):
        curating.rename(odd, "source", "leaflet", "flyer")


def test_a_project_with_errors_is_not_touched(odd: Path):
    (odd / "names.csv").write_text("actor,name,kind,source\nnobody,x,neutral,leaflet\n")

    with pytest.raises(DataError, match="nobody"):
        curating.rename(odd, "actor", "aldoria", "x")


def test_a_project_must_be_named_or_be_here(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    code = main(["actor", "rename", "iran", "persia"])

    assert code == 2
    assert "no whosays.toml" in capsys.readouterr().err
