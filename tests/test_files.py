"""Files are written whole or not at all."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import threading
import time

import pytest

from whosays.errors import MissingFile, OutsideError, UsageError, WhosaysError
from whosays.files import atomic_writer, sweep, write_atomic


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    return path


def test_a_new_file_holds_the_bytes_and_no_rubbish_stays(tmp_path):
    write_atomic(tmp_path / "new.csv", b"a\r\nb")
    write_atomic(str(tmp_path / "text.csv"), "é\n")

    assert (tmp_path / "new.csv").read_bytes() == b"a\r\nb"
    assert (tmp_path / "text.csv").read_bytes() == b"\xc3\xa9\n"
    assert sorted(os.listdir(tmp_path)) == ["new.csv", "text.csv"]


def test_a_new_file_gets_the_usual_mode_and_an_old_one_keeps_its_own(old):
    old.chmod(0o640)
    write_atomic(old, b"new")
    previous = os.umask(0o027)
    try:
        write_atomic(old.with_name("other.csv"), b"")
    finally:
        os.umask(previous)

    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(old.with_name("other.csv").stat().st_mode) == 0o640


def test_a_link_is_followed_and_stays_a_link(old, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.csv"
    link.symlink_to(old)

    write_atomic(link, b"new")

    assert link.is_symlink()
    assert old.read_bytes() == b"new"
    assert os.listdir(folder) == ["link.csv"]


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path):
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "target.csv")

    write_atomic(link, b"new")

    assert (tmp_path / "target.csv").read_bytes() == b"new"


def test_a_folder_and_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        write_atomic(tmp_path, b"")
    with pytest.raises(UsageError, match="is a folder"):
        write_atomic(f"{tmp_path}/", b"")
    with pytest.raises(MissingFile, match="its folder is not there"):
        write_atomic(tmp_path / "no" / "file", b"")
    with pytest.raises(UsageError):
        write_atomic(f"{tmp_path}/a\0b", b"")

    assert os.listdir(tmp_path) == []


def test_a_link_that_leads_to_itself_is_refused(tmp_path):
    link = tmp_path / "loop"
    link.symlink_to(link)

    with pytest.raises(WhosaysError):
        write_atomic(link, b"")


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, OSError])
def test_whatever_stops_the_writing_the_old_file_stays(old, error):
    def stopped() -> None:
        with atomic_writer(old) as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        stopped()

    assert old.read_bytes() == b"old"
    assert os.listdir(old.parent) == ["table.csv"]


def test_the_old_content_is_there_until_the_block_ends(old):
    with atomic_writer(old) as file:
        file.write(b"new")
        file.flush()
        seen = old.read_bytes()

    assert (seen, old.read_bytes()) == (b"old", b"new")


def test_a_failure_of_another_file_in_the_block_keeps_its_own_name(old):
    with (
        pytest.raises(FileNotFoundError, match="missing") as caught,
        atomic_writer(old),
    ):
        open(old.with_name("missing"), "rb").close()

    assert not isinstance(caught.value, WhosaysError)


def test_a_full_disk_names_the_path_and_keeps_the_old_file(old):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OutsideError, match="no room left") as caught:
            write_atomic(old, b"x" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert str(old) in str(caught.value)
    assert (caught.value.code, caught.value.exit_code) == ("WS902", 3)
    assert old.read_bytes() == b"old"
    assert os.listdir(old.parent) == ["table.csv"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_device_is_written_to_directly_and_reported():
    with pytest.raises(OutsideError, match="/dev/full") as caught:
        write_atomic("/dev/full", b"x")

    assert caught.value.code == "WS902"
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_missing_permission_is_reported_and_keeps_the_old_file(old):
    old.parent.chmod(0o500)
    try:
        with pytest.raises(OutsideError, match="permission denied"):
            write_atomic(old, b"new")
    finally:
        old.parent.chmod(0o700)

    assert old.read_bytes() == b"old"


def test_a_failing_rename_is_reported_and_leaves_no_rubbish(old, monkeypatch):
    def fail(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", fail)

    with pytest.raises(OutsideError, match="cannot be written: permission denied"):
        write_atomic(old, b"new")

    assert old.read_bytes() == b"old"
    assert os.listdir(old.parent) == ["table.csv"]


def test_the_order_is_write_sync_rename_sync_of_the_folder(old, monkeypatch):
    calls = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor):
        kind = os.fstat(descriptor).st_mode
        calls.append("sync folder" if stat.S_ISDIR(kind) else "sync file")
        real_fsync(descriptor)

    def replace(*paths):
        calls.append("rename")
        real_replace(*paths)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)

    write_atomic(old, b"new")

    assert calls == ["sync file", "rename", "sync folder"]


def test_a_pipe_is_written_to_directly(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()

    write_atomic(pipe, b"through")
    reader.join(timeout=10)

    assert got == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_standard_output_is_appended_to_and_not_replaced(tmp_path):
    target = tmp_path / "out.txt"
    target.write_bytes(b"before ")
    code = "from whosays.files import write_atomic; write_atomic('/dev/stdout', b'x')"

    with open(target, "ab") as out:
        subprocess.run(
            [sys.executable, "-c", code], stdout=out, timeout=250, check=True
        )

    assert target.read_bytes() == b"before x"


def test_a_killed_writer_leaves_the_old_file_and_the_next_one_can_sweep(old):
    code = (
        "import sys, time; from whosays.files import atomic_writer\n"
        "with atomic_writer(sys.argv[1]) as file:\n"
        "    file.write(b'half'); file.flush(); print('ready', flush=True)\n"
        "    time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(old)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        alive = sweep(old.parent)
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=10)
        time.sleep(0.05)

    assert alive == 0
    assert old.read_bytes() == b"old"
    assert len(os.listdir(old.parent)) == 2
    assert sweep(old.parent) == 1
    assert os.listdir(old.parent) == ["table.csv"]


def test_many_writers_at_once_leave_one_whole_content(old):
    contents = [bytes([65 + number]) * 10_000 for number in range(8)]
    threads = [threading.Thread(target=write_atomic, args=(old, c)) for c in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert old.read_bytes() in contents
    assert os.listdir(old.parent) == ["table.csv"]
