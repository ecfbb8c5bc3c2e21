"""What one version of a project says that another does not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import whosays
from whosays import curating, difference, revisions
from whosays.cli.main import main
from whosays.difference import Difference
from whosays.errors import LimitReached, UsageError

STRAIT = Path(__file__).parent / "fixtures" / "good" / "strait"
INTERVIEW = "statements/strait-interview.csv"
BULLETIN = "statements/night-bulletin.csv"
DENIAL = "6sft7lreygvc"
LESS = "\N{MINUS SIGN}"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STRAIT, tmp_path / "old"))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STRAIT, tmp_path / "new"))


def edit(root: Path, name: str, *pairs: tuple[str, str]) -> None:
    text = (root / name).read_text("utf-8")
    for before, after in pairs:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    (root / name).write_text(text, "utf-8")


def add(root: Path, name: str, row: str) -> None:
    """Add a row, with as many empty cells as it needs at its end."""
    text = (root / name).read_text("utf-8")
    width = text.splitlines()[0].count(",")
    missing = "," * (width - row.count(","))
    (root / name).write_text(f"{text}{row}{missing}\n", "utf-8")


def told(found: Difference) -> list[tuple[str, str]]:
    return [
        *(("dispute", one.change) for one in found.disputes),
        *(("statement", one.change) for one in found.statements),
        *((one.kind, one.change) for one in found.things),
    ]


def fields(one: difference.Said | difference.Thing | difference.Disagreement):
    return {f.name: (f.was, f.becomes) for f in one.fields}


def test_the_same_has_no_difference_whatever_the_order_and_form(old: Path, new: Path):
    text = (new / INTERVIEW).read_text("utf-8")
    head, *rows = text.splitlines()
    lines = [head, *reversed(rows)]
    (new / INTERVIEW).write_text(
        "\r\n".join(lines).replace(",arms,", ",Arms,"), "utf-8"
    )

    found = difference.diff(old, new)

    assert told(found) == []
    assert not found
    assert list(difference.text(found)) == [
        (0, f"{old} → {new}"),
        (0, "no change in meaning"),
    ]


def test_a_statement_added_may_bring_a_dispute(old: Path, new: Path):
    add(new, BULLETIN, "belmark,fights,cedar-front,night-bulletin,denies,cedar-front")

    found = difference.diff(old, new)

    assert told(found) == [("dispute", "gained"), ("statement", "added")]
    (dispute,) = found.disputes
    assert dispute.title == "Belmark fights Cedar Front"
    assert fields(dispute) == {"affirm": ("0", "1"), "deny": ("0", "1")}
    (said,) = found.statements
    assert said.title == "Cedar Front denies: Belmark fights Cedar Front"
    assert said.was is None


def test_a_statement_removed_may_take_a_dispute_along(old: Path, new: Path):
    text = (new / INTERVIEW).read_text("utf-8")
    rows = [row for row in text.splitlines() if "No weapons" not in row]
    (new / INTERVIEW).write_text("\n".join(rows), "utf-8")

    found = difference.diff(old, new)

    assert told(found) == [("dispute", "lost"), ("statement", "removed")]
    assert found.statements[0].id == DENIAL
    assert found.disputes[0].title == (
        "Aldorian Navy arms Cedar Front, against: not Aldoria arms Cedar Front"
    )


def test_a_further_voice_widens_a_dispute(old: Path, new: Path):
    row = "aldoria,arms,cedar-front,night-bulletin,denies,belmark-premier"
    add(new, BULLETIN, row)

    found = difference.diff(old, new)
    back = difference.diff(new, old)

    assert ("dispute", "widened") in told(found)
    assert ("dispute", "narrowed") in told(back)
    assert fields(found.disputes[0])["deny"] == ("1", "2")


def test_another_gist_is_the_same_statement_restated(old: Path, new: Path):
    edit(new, INTERVIEW, ("No weapons went to the Front.", "Nothing was shipped."))

    (said,) = difference.diff(old, new).statements

    assert (said.change, said.id) == ("restated", DENIAL)
    assert fields(said) == {
        "gist": ("No weapons went to the Front.", "Nothing was shipped.")
    }


def test_another_place_or_date_is_a_restatement_although_the_id_is_another(
    old: Path, new: Path
):
    edit(new, INTERVIEW, (",p4,,", ",p5,2031-03,"))

    (said,) = difference.diff(old, new).statements

    assert said.change == "restated"
    assert said.was is not None
    assert said.was.id == DENIAL != said.id
    assert fields(said) == {"locator": ("p4", "p5"), "valid": ("", "2031-03")}


def test_another_stance_is_told_as_such(old: Path, new: Path):
    edit(new, INTERVIEW, ("interview,denies,,,p4", "interview,affirms,,,p4"))

    found = difference.diff(old, new)

    assert told(found) == [("dispute", "lost"), ("statement", "restated")]
    assert fields(found.statements[0]) == {"stance": ("denies", "affirms")}


def test_what_names_the_statement_it_takes_the_place_of_is_paired_with_it(
    old: Path, new: Path
):
    edit(
        new,
        INTERVIEW,
        (
            "aldoria,arms,cedar-front,strait-interview",
            "aldoria,arms,dun-brigade,strait-interview",
        ),
        ("No weapons went to the Front.,,,,", f"No weapons went there.,,,,{DENIAL}"),
    )

    (said,) = difference.diff(old, new).statements

    assert said.was is not None
    assert (said.change, said.was.id) == ("restated", DENIAL)
    assert fields(said)["object"] == ("cedar-front", "dun-brigade")


@pytest.mark.parametrize("status", ["rejected", "retracted", "candidate"])
def test_a_decision_is_told_as_one(old: Path, new: Path, status: str):
    curating.set_status(new, [DENIAL], status, note="misread")

    found = difference.diff(old, new)

    assert told(found) == [("dispute", "lost"), ("statement", status)]
    assert fields(found.statements[0]) == {
        "status": ("accepted", status),
        "note": ("", f"{status}: misread"),
    }


def test_what_was_superseded_is_told_apart_from_what_was_retracted(
    old: Path, new: Path
):
    add(
        new,
        INTERVIEW,
        "aldoria,arms,cedar-front,strait-interview,denies,,,p5,,,,,,,,Says so.,,,,"
        + DENIAL,
    )
    edit(new, INTERVIEW, (",high,,No weapons", ",high,retracted,No weapons"))

    found = difference.diff(old, new)

    assert told(found) == [("statement", "added"), ("statement", "superseded")]


def test_what_was_renamed_is_not_removed_and_added(old: Path, new: Path):
    curating.rename(new, "actor", "cedar-front", "cedar-army")
    curating.rename(new, "source", "night-bulletin", "late-bulletin")

    found = difference.diff(old, new)

    assert told(found) == [("actor", "renamed"), ("source", "renamed")]
    assert fields(found.things[0]) == {"slug": ("cedar-front", "cedar-army")}
    assert told(difference.diff(new, old)) != []


def test_actors_sources_names_and_settings_are_compared(old: Path, new: Path):
    add(new, "actors.csv", "east-port,East Port,place")
    edit(new, "actors.csv", ("harbour-post,Harbour Post,", "harbour-post,The Post,"))
    edit(new, "names.csv", ("the Cutters", "the Loggers"))
    edit(new, "sources.csv", ("2031-04?", "2031-04"))
    add(new, "sources.csv", "leaflet,A leaflet")
    with (new / "whosays.toml").open("a") as file:
        file.write('\n[check]\nallow = ["WS310"]\n')

    found = difference.diff(old, new)

    assert set(told(found)) == {
        ("actor", "added"),
        ("actor", "changed"),
        ("source", "added"),
        ("source", "changed"),
        ("name", "added"),
        ("name", "removed"),
        ("settings", "changed"),
    }
    by = {(one.kind, one.change): one for one in found.things}
    assert fields(by["actor", "changed"]) == {"label": ("Harbour Post", "The Post")}
    assert fields(by["source", "changed"]) == {"date": ("2031-04?", "2031-04")}
    assert by["name", "added"].label == "Belmark Radio calls Cedar Front “the Loggers”"


def test_relations_and_what_they_exclude_are_compared(old: Path, new: Path):
    (old / "relations.csv").write_text("slug,label\nferries,ferries\n")
    (new / "relations.csv").write_text(
        "slug,label,incompatible_with\nferries,takes across,arms\n"
    )

    found = difference.diff(old, new)

    assert told(found) == [("relation", "changed"), ("incompatibility", "added")]


def test_two_actors_that_became_one_are_merged(old: Path, new: Path):
    edit(
        new,
        "actors.csv",
        ("dun-brigade,Dun Brigade,militia,,,,,,,,\n", ""),
        ("CF;جبهة الأرز@ar,,", "CF;جبهة الأرز@ar,cedar-front;dun-brigade,"),
    )

    found = difference.diff(old, new)

    (thing,) = found.things
    assert (thing.kind, thing.change) == ("actor", "merged")
    assert fields(thing) == {"slug": ("dun-brigade", "cedar-front")}
    assert {said.change for said in found.statements} == {"restated"}


def test_errors_are_counted_and_their_rows_not_compared(old: Path, new: Path):
    add(new, INTERVIEW, "nobody,arms,belmark,strait-interview,denies")

    found = difference.diff(old, new)

    assert found.errors == (0, 1)
    assert list(difference.notes(found)) == [
        f"{new} has 1 error: rows with errors are not compared"
    ]


# --- revisions of git


def git(root: Path, *words: str) -> str:
    names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    done = subprocess.run(
        ["git", *names, *words], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Make a repository in whose folder ``topics/strait`` is the project."""
    top = tmp_path / "top"
    root = Path(shutil.copytree(STRAIT, top / "topics" / "strait"))
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-qm", "First version")
    curating.set_status(root, [DENIAL], "rejected", note="misread")
    git(top, "commit", "-qam", "Reject a denial")
    git(top, "switch", "-qc", "side")
    edit(root, INTERVIEW, ("Ready to hold talks.", "Would talk."))
    git(top, "commit", "-qam", "Shorten a gist")
    add(root, BULLETIN, "belmark,fights,dun-brigade,night-bulletin,affirms")
    return root


@pytest.mark.parametrize(
    ("ends", "changes"),
    [
        ((), {"added"}),
        (("HEAD",), {"added"}),
        (("HEAD~1",), {"added", "restated"}),
        (("main~1",), {"added", "restated", "rejected"}),
        (("main", "side"), {"restated"}),
        (("main..side",), {"restated"}),
        (("main..",), {"restated"}),
        (("main...side",), {"restated"}),
        (("..main",), {"restated"}),
        (("main~1", "main"), {"rejected"}),
    ],
)
def test_revisions_and_ranges_are_compared(
    kept: Path, ends: tuple[str, ...], changes: set[str]
):
    found = difference.diff(*ends, path=kept)

    assert {said.change for said in found.statements} == changes


def test_the_working_tree_is_named_and_a_folder_goes_with_a_revision(
    kept: Path, old: Path
):
    found = difference.diff("HEAD", path=kept)
    mixed = difference.diff(old, "main", path=kept)

    assert (found.old, found.new) == ("HEAD", "working tree")
    assert {said.change for said in mixed.statements} == {"rejected"}


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("mian", "no revision “mian”. Did you mean: main"),
        ("--output=x", "no revision “--output=x”"),
        ("HEAD~99", "no revision “HEAD~99”"),
        ("./nowhere", "nowhere is not there"),
        ("main..side..x", "no revision"),
    ],
)
def test_an_unknown_revision_is_refused(kept: Path, revision: str, said: str):
    with pytest.raises(whosays.WhosaysError) as caught:
        difference.diff(revision, path=kept)

    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_range_has_two_ends_already(kept: Path):
    with pytest.raises(UsageError, match=r"main\.\. has two ends already"):
        difference.diff("main..", "side", path=kept)


def test_a_project_that_is_not_under_git_has_no_revisions(old: Path):
    with pytest.raises(UsageError, match="is not kept under git"):
        difference.diff(path=old)


def test_a_revision_without_a_project_says_so(kept: Path):
    (kept / "whosays.toml").rename(kept.parent / "whosays.toml")
    git(kept, "add", "-A", "..")
    git(kept, "commit", "-qm", "Move away")
    (kept.parent / "whosays.toml").rename(kept / "whosays.toml")

    with pytest.raises(UsageError, match=r"there was no whosays\.toml"):
        difference.diff("HEAD", path=kept)


def test_without_git_two_folders_can_still_be_compared(
    kept: Path, old: Path, monkeypatch, tmp_path: Path
):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert difference.diff(old, kept)
    with pytest.raises(UsageError, match="git is not installed"):
        difference.diff(path=kept)


def test_git_that_hangs_is_ended(kept: Path, tmp_path: Path, monkeypatch):
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(revisions, "SECONDS", 0.2)

    with pytest.raises(LimitReached, match="git did not answer"):
        difference.diff(path=kept)


def test_nothing_that_a_repository_configures_is_run(kept: Path, tmp_path: Path):
    traces = tmp_path / "ran"
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\necho ran >> {traces}\ncat\n")
    program.chmod(0o755)
    trap = str(program)
    top = kept.parents[1]
    for key, value in (
        ("core.fsmonitor", trap),
        ("core.pager", trap),
        ("core.sshCommand", trap),
        ("diff.external", trap),
        ("diff.csv.textconv", trap),
        ("filter.csv.clean", trap),
        ("filter.csv.smudge", trap),
        ("filter.csv.required", "true"),
        ("gpg.program", trap),
        ("log.showSignature", "true"),
        ("remote.origin.url", "ssh://example.org/x"),
        ("remote.origin.promisor", "true"),
    ):
        git(top, "config", key, value)
    (top / ".gitattributes").write_text("*.csv diff=csv filter=csv\n")
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        shutil.copy(program, top / ".git" / "hooks" / hook)

    found = difference.diff("main~1", path=kept)

    assert {said.change for said in found.statements} == {
        "added",
        "restated",
        "rejected",
    }
    assert not traces.exists()


def test_a_link_in_a_repository_is_not_followed(kept: Path, tmp_path: Path):
    outside = tmp_path / "outside.csv"
    outside.write_text("actor,name,kind,source\n")
    (kept / "names.csv").unlink()
    (kept / "names.csv").symlink_to(outside)
    git(kept, "add", "-A")
    git(kept, "commit", "-qm", "Link")

    found = revisions.files(kept, revisions.commit_of(kept, "HEAD"))

    assert "names.csv" not in found
    assert "actors.csv" in found


# --- as people and programs read it


def test_it_is_written_for_a_terminal(kept: Path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    code = main(["diff", "main~1", "main", "-p", str(kept)])

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "main~1 → main",
        "1 dispute lost · 1 statement rejected",
        "",
        "DISPUTES",
        f"  {LESS} lost: Aldorian Navy arms Cedar Front, against: not Aldoria arms Cedar",
        "      Front (1 affirm, 1 deny)",
        "",
        "STATEMENTS",
        f"  {LESS} rejected: Aldorian minister denies: Aldoria arms Cedar Front (Strait",
        "      interview p4, 6sft7lreygvc)",
        "      status: “accepted” → “rejected”",
        "      note: nothing → “rejected: misread”",
    ]


def test_it_is_written_for_a_pull_request(kept: Path, capsys):
    edit(kept, INTERVIEW, ("Would talk.", "Would <b>talk</b> | now."))

    main(["diff", "-f", "md", "-p", str(kept)])

    out = capsys.readouterr().out
    assert out.startswith("### What changes from HEAD to working tree\n\n")
    assert "\n**Statements**\n\n- added: " in out
    assert "Would \\<b\\>talk\\</b\\> \\| now." in out


def test_it_is_written_for_programs(kept: Path, capsys):
    main(["diff", "main~1", "main", "--json", "-p", str(kept)])
    whole = json.loads(capsys.readouterr().out)
    main(["diff", "main~1", "main", "-f", "csv", "-p", str(kept)])
    rows = capsys.readouterr().out.splitlines()

    assert [one["change"] for one in whole["statements"]] == ["rejected"]
    assert [one["change"] for one in whole["disputes"]] == ["lost"]
    assert rows[0] == "what,change,id,title,source,locator,field,was,becomes"
    assert len(rows) == 1 + 2 + 2
