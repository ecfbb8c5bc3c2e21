"""A change of several files happens wholly or not at all, whatever kills it."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from whosays import changes, inputs, project
from whosays.errors import OutsideError, UsageError

BEFORE = {
    "whosays.toml": b'[project]\nname = "strait"\n',
    "actors.csv": b"slug,label,type\naldoria,Aldoria,state\n",
    "statements/old.csv": b"subject,relation,object,source,stance\n",
}
AFTER = {
    "whosays.toml": BEFORE["whosays.toml"],
    "actors.csv": BEFORE["actors.csv"] + b"belmark,Belmark,state\n",
    "sources.csv": b"slug,title\nnight-bulletin,Night bulletin\n",
    "statements/new.csv": b"subject,relation,object,source,stance\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, data in BEFORE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def change_all(root: Path) -> None:
    with changes.change(root) as change:
        for name, data in AFTER.items():
            change.write(name, data)
        change.remove("statements/old.csv")


def test_files_are_written_made_and_removed_together(root):
    change_all(root)

    assert files(root) == AFTER


def test_an_exception_in_the_block_changes_nothing(root):
    def stopped() -> None:
        with changes.change(root) as change:
            change.write("actors.csv", b"")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    assert files(root) == BEFORE


def test_a_single_file_needs_no_journal_and_keeps_its_mode(root):
    os.chmod(root / "actors.csv", 0o640)

    with changes.change(root) as change:
        change.write("actors.csv", "slug,label,type\n")

    assert (root / "actors.csv").stat().st_mode & 0o777 == 0o640
    assert files(root) == BEFORE | {"actors.csv": b"slug,label,type\n"}


def test_modes_and_links_survive_a_change_of_several_files(root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "shared.csv"
    elsewhere.write_bytes(BEFORE["actors.csv"])
    elsewhere.chmod(0o640)
    (root / "actors.csv").unlink()
    (root / "actors.csv").symlink_to(elsewhere)

    change_all(root)

    assert (root / "actors.csv").is_symlink()
    assert elsewhere.read_bytes() == AFTER["actors.csv"]
    assert elsewhere.stat().st_mode & 0o777 == 0o640


def test_writing_what_is_there_touches_no_file(root):
    before = inputs.state(root)

    with changes.change(root) as change:
        for name, data in BEFORE.items():
            change.write(name, data)

    assert inputs.state(root) == before


@pytest.mark.parametrize("name", ["../x", "/etc/x", "", "a/../../x", "a\\b"])
def test_a_name_outside_the_project_is_refused(root, name):
    with pytest.raises(UsageError), changes.change(root) as change:
        change.write(name, b"")


def test_a_place_that_takes_no_file_is_named_in_full(root):
    with pytest.raises(OutsideError) as caught, changes.change(root) as change:
        change.write("actors.csv/new.csv", b"")

    assert caught.value.message == f"{root}/actors.csv/new.csv cannot be written"
    assert files(root) == BEFORE


def test_a_file_that_an_editor_saved_meanwhile_is_not_overwritten(root):
    read = {"actors.csv": hashlib.sha256(BEFORE["actors.csv"]).hexdigest()}
    edited = b"slug,label,type\nbelmark,Belmark,state\n"

    def change_after_an_edit() -> None:
        with changes.change(root) as change:
            change.expect(read)
            change.write("actors.csv", b"")
            (root / "actors.csv").write_bytes(edited)

    with pytest.raises(OutsideError, match="was changed while"):
        change_after_an_edit()

    assert (root / "actors.csv").read_bytes() == edited


def test_a_second_writer_waits_and_then_says_what_is_in_the_way(root, monkeypatch):
    monkeypatch.setattr(changes, "_PATIENCE", 0.1)

    with changes.change(root), pytest.raises(OutsideError) as caught:
        change_all(root)

    assert caught.value.code == "WS901"
    assert caught.value.exit_code == 3


def kill_at(root: Path, moment: int) -> bool:
    """Kill a process at the n-th touch of the disk by its change; did it end first?"""
    child = os.fork()
    if not child:
        touches = 0

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal touches
            touches += event.startswith(("open", "os.", "shutil.", "fcntl."))
            if touches == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            change_all(root)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return status == 0


def test_killed_at_any_touch_of_the_disk_it_is_wholly_before_or_wholly_after(root):
    seen = set()
    moments = 0

    for moment in range(1, 400):
        for path in sorted(root.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        for name, data in BEFORE.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_bytes(data)
        ended = kill_at(root, moment)
        changes.settle(root)
        with changes.change(root):
            pass  # the next writer clears away what is left
        found = files(root)
        assert found in (BEFORE, AFTER), moment
        seen.add(found == AFTER)
        moments = moment
        if ended:
            break

    assert seen == {True, False}
    assert 20 < moments < 399


def test_an_edit_after_an_interrupted_change_is_kept_and_reported(root):
    journal_of_an_interrupted_change(root)
    (root / "actors.csv").write_bytes(b"slug,label,type\nmine,Mine,state\n")

    with pytest.raises(OutsideError) as caught:
        changes.settle(root)

    assert caught.value.code == "WS904"
    assert (root / "actors.csv").read_bytes().endswith(b"mine,Mine,state\n")


def test_an_unreadable_journal_is_reported_and_not_guessed(root):
    (root / inputs.JOURNAL).mkdir()
    (root / inputs.JOURNAL / "list.json").write_text('{"format": 99, "files": []}')

    with pytest.raises(OutsideError) as caught:
        project.read(root)

    assert caught.value.code == "WS904"
    assert "Delete" in caught.value.hint


def journal_of_an_interrupted_change(root: Path) -> None:
    for moment in range(1, 400):
        kill_at(root, moment)
        if (root / inputs.JOURNAL / "list.json").exists():
            return
        with changes.change(root):
            pass
    pytest.fail("no moment between the decision and the end")


def test_a_reader_finishes_an_interrupted_change_before_it_reads(root):
    journal_of_an_interrupted_change(root)

    read = project.read(root)

    assert {"aldoria", "belmark"} <= set(read.collection.actors)
    assert files(root) == AFTER


def test_readers_beside_a_writer_see_one_moment(root):
    script = (
        "import sys, itertools\n"
        "from pathlib import Path\n"
        "from whosays import changes\n"
        "root = Path(sys.argv[1])\n"
        "for n in itertools.count():\n"
        "    with changes.change(root) as change:\n"
        "        for name in ('actors.csv', 'sources.csv'):\n"
        "            head = 'slug,label,type' if name[0] == 'a' else 'slug,title,kind'\n"
        "            kind = 'state' if name[0] == 'a' else 'report'\n"
        "            change.write(name, f'{head}\\nn-{n},N {n},{kind}\\n')\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", script, str(root)])
    try:
        seen: set[str] = set()
        end = time.monotonic() + 60
        while len(seen) < 5 and time.monotonic() < end:
            held = project.read(root).collection
            slugs = {slug for slug in held.actors if slug.startswith("n-")}
            assert slugs == set(held.sources)
            seen |= slugs
            time.sleep(random.random() / 50)
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert len(seen) >= 5
