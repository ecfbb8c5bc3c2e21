"""A cache is built when the inputs change, never otherwise, and survives what may come."""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import whosays
from whosays import building, cache, index, inputs, progress
from whosays.errors import DataError, OutsideError

GOOD = Path(__file__).parent / "fixtures" / "good" / "strait"


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(
            GOOD, tmp_path / "strait", ignore=shutil.ignore_patterns("build")
        )
    )


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Tell of each file that is data which inode it is and when it was written."""
    return {
        str(file.relative_to(folder)): (file.stat().st_ino, file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in ("LOCK", "LOG")
    }


def generations(project: Path) -> list[str]:
    return sorted(folder.name for folder in (project / "build" / "cache").iterdir())


def let_moments_pass(project: Path) -> None:
    """Make every generation look older than what is kept for a moment."""
    for folder in (project / "build" / "cache").iterdir():
        written = folder.stat().st_mtime_ns - 2 * cache._MOMENTS
        os.utime(folder, ns=(written, written))


def gists(project: Path) -> set[str]:
    kg = whosays.load(project)
    told = kg.query("SELECT ?g { ?s ws:gist ?g }").column("g")
    assert set(told) == {one.gist for one in kg.collection.statements if one.gist}
    return {str(gist) for gist in told}


def change_a_gist(project: Path, words: str) -> None:
    table = project / "statements" / "strait-interview.csv"
    text = table.read_text("utf-8")
    with table.open(encoding="utf-8", newline="") as file:
        old = next(row["gist"] for row in csv.DictReader(file) if row["gist"] in text)
    table.write_text(text.replace(old, words), "utf-8")


def test_unchanged_inputs_rebuild_nothing(strait: Path) -> None:
    first = cache.ready(strait, strait / "build")
    before = listing(strait)

    second = cache.ready(strait, strait / "build")
    gists(strait)

    assert (first.fresh, second.fresh) == (True, False)
    assert listing(strait) == before


def test_a_changed_gist_is_read_and_only_the_last_generation_stays(
    strait: Path,
) -> None:
    seen = []
    for words in ("The first words", "Quite other words", "And others again"):
        change_a_gist(strait, words)
        assert words in gists(strait)
        seen.append(set(generations(strait)))
        let_moments_pass(strait)

    assert [len(found) for found in seen] == [1, 2, 2]
    assert seen[0] <= seen[1]
    assert not seen[0] & seen[2]


def test_generations_of_the_last_moments_stay_for_who_has_just_found_them(
    strait: Path,
) -> None:
    early = whosays.load(strait)

    for number in range(3):
        change_a_gist(strait, f"Words of round {number}")
        whosays.load(strait)

    assert len(generations(strait)) == 4
    assert "Words of round" not in repr(early.collection)


def test_a_touched_file_with_the_same_bytes_rebuilds_nothing(strait: Path) -> None:
    cache.ready(strait, strait / "build")

    os.utime(strait / "actors.csv", (1, 1))

    assert not cache.ready(strait, strait / "build").fresh


@pytest.mark.parametrize(
    "name", ["whosays.toml", "actors.csv", "sources.csv", "names.csv"]
)
def test_every_table_counts(strait: Path, name: str) -> None:
    cache.ready(strait, strait / "build")

    with (strait / name).open("a") as file:
        file.write("\n")

    assert cache.ready(strait, strait / "build").fresh


ALWAYS, NEVER = -(10**18), 10**18  # as if files had been written long ago, just now


def test_what_lies_there_unchanged_is_not_read_again(
    strait: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_SETTLED", ALWAYS)
    built = cache.ready(strait, strait / "build")

    monkeypatch.setattr("whosays.inputs.read_bytes", refuse_to_read)

    assert cache.ready(strait, strait / "build").fingerprint == built.fingerprint


def test_what_was_written_just_now_is_read_again(
    strait: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_SETTLED", ALWAYS)
    cache.ready(strait, strait / "build")
    monkeypatch.setattr(cache, "_SETTLED", NEVER)

    monkeypatch.setattr("whosays.inputs.read_bytes", refuse_to_read)

    with pytest.raises(RuntimeError, match=r"actors|whosays\.toml"):
        cache.ready(strait, strait / "build")


def refuse_to_read(path: Path) -> bytes:
    raise RuntimeError(path.name)


def same_size_and_time(file: Path) -> None:
    times = file.stat()
    file.write_bytes(file.read_bytes().swapcase())
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def replaced(file: Path) -> None:
    aside = file.with_suffix(".aside")
    aside.write_bytes(file.read_bytes() + b"\n")
    shutil.copystat(file, aside)
    aside.replace(file)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: replaced(root / "statements" / "strait-interview.csv"),
        lambda root: (root / "tours" / "new.csv").write_text("title,text,link\n"),
        lambda root: next((root / "statements").glob("*.csv")).unlink(),
        lambda root: (root / "names.csv").rename(root / "relations.csv"),
        lambda root: os.utime(root / "actors.csv", (1, 1)),
        lambda root: (root / "ontology" / "own.ttl").write_text("# nothing\n"),
        lambda root: (root / "notes.txt").write_text("no input"),
    ],
    ids=["replaced", "new", "gone", "renamed", "touched", "ontology", "no input"],
)
def test_a_look_at_the_files_tells_what_reading_them_tells(
    strait: Path, change: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_SETTLED", ALWAYS)
    for folder in ("tours", "ontology"):
        (strait / folder).mkdir(exist_ok=True)
    cache.ready(strait, strait / "build")

    change(strait)

    try:
        found = cache.ready(strait, strait / "build").fingerprint
    except DataError:
        found = "broken"
    monkeypatch.setattr(cache, "_SETTLED", NEVER)
    try:
        read = cache.ready(strait, strait / "build").fingerprint
    except DataError:
        read = "broken"
    assert found == read


def wait_for_the_clock_of(folder: Path) -> None:
    """Return when what is written now gets another time than what was before."""
    probe = folder / "probe"
    probe.touch()
    first = probe.stat().st_mtime_ns
    while probe.stat().st_mtime_ns == first:
        probe.write_text("tick")


def test_a_change_behind_the_same_size_and_time_is_seen(strait: Path) -> None:
    ontology = strait / "ontology"
    before = inputs.seen(strait, ontology)
    wait_for_the_clock_of(strait)

    same_size_and_time(strait / "actors.csv")

    assert before is not None
    assert inputs.seen(strait, ontology) != before


def test_broken_data_leave_the_old_generation(strait: Path) -> None:
    cache.ready(strait, strait / "build")
    before = listing(strait / "build")
    table = strait / "statements" / "strait-interview.csv"
    text = table.read_text("utf-8")

    table.write_text(text + "nobody,arms,nobody,nothing,shouts\n")

    with pytest.raises(DataError):
        cache.ready(strait, strait / "build")
    assert listing(strait / "build") == before
    table.write_text(text)
    assert not cache.ready(strait, strait / "build").fresh


def everything(project: Path) -> tuple[object, ...]:
    built = cache.ready(project, project / "build")
    found = built.index.collection(), sorted(built.nquads().splitlines())
    built.index.close()
    return found


DAMAGES = ("delete", "halve", "empty", "lengthen")


def test_a_damaged_file_is_never_believed(strait: Path) -> None:
    right = everything(strait)
    (generation,) = generations(strait)
    folder = strait / "build" / "cache" / generation
    names = [str(file.relative_to(folder)) for file in folder.rglob("*")]
    files = sorted(name for name in names if (folder / name).is_file())
    assert len(files) > 4

    for number, name in enumerate(files):
        for damage in DAMAGES[number % 2 :: 2]:
            spoil(folder / name, damage)

            assert everything(strait) == right, (name, damage)


def spoil(file: Path, damage: str) -> None:
    if not file.exists():  # the engine's own, made anew under another name
        return
    data = file.read_bytes()
    match damage:
        case "delete":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
        case "halve":
            file.write_bytes(data[: len(data) // 2])
        case "lengthen":
            file.write_bytes(data + b"\0")


def test_an_altered_byte_gives_the_right_answer_or_a_clear_failure(
    strait: Path,
) -> None:
    right = gists(strait)
    dice = random.Random(7)
    failures = []

    for number in range(8):
        found_files = (strait / "build" / "cache").glob("*/store/[0-9M]*")
        files = sorted(file for file in found_files if file.stat().st_size)
        file = files[number % len(files)]
        data = file.read_bytes()
        altered = bytearray(data)
        altered[dice.randrange(len(data))] ^= 0xFF
        file.write_bytes(altered)
        try:
            found = gists(strait)
        except OutsideError as error:
            failures.append(error)
            if file.exists():
                file.write_bytes(data)
        else:
            assert found == right, file.name

    assert failures
    assert all("Delete the folder build/cache" in error.hint for error in failures)


def test_a_project_without_a_place_for_caches_is_asked_in_memory(
    strait: Path,
) -> None:
    built = cache.ready(strait, None)

    assert isinstance(built.quads, bytes)
    assert built.index.collection().statements
    assert not (strait / "build").exists()


def test_a_blocked_place_is_no_hindrance_to_reading(strait: Path) -> None:
    (strait / "build").write_text("a file stands here")

    built = cache.ready(strait, strait / "build")

    assert isinstance(built.quads, bytes)
    with pytest.raises(OutsideError, match="cannot be written") as caught:
        cache.ready(strait, strait / "build", write=True)
    assert caught.value.exit_code == 3


_BUILD = """
import sys
from pathlib import Path
from whosays import building, cache, inputs
building._LARGE = int(sys.argv[2])
print("begin", flush=True)
cache.ready(Path(sys.argv[1]), Path(sys.argv[1]) / "build", write=True)
print("end", flush=True)
"""


def start(project: Path, large: int = 0) -> subprocess.Popen[str]:
    """Start a build; from so many statements on it starts another process itself."""
    return subprocess.Popen(
        [sys.executable, "-c", _BUILD, str(project), str(large)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_killed_build_does_no_harm(strait: Path) -> None:
    right = gists(strait)
    dice = random.Random(1)

    for number in range(5):
        change_a_gist(strait, f"Words of round {number}")
        with start(strait, large=number % 2 * NEVER) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "begin\n"
            time.sleep(dice.uniform(0, 0.35))
            child.send_signal(signal.SIGKILL)
            child.wait(250)
        found = gists(strait)
        assert f"Words of round {number}" in found
        assert len(found) == len(right)

    let_moments_pass(strait)
    change_a_gist(strait, "The last words")  # a build that ends well tidies up
    gists(strait)
    assert len(generations(strait)) <= 2  # the living one and the last


PHASES = ["reading the tables", "comparing claims", "filling the store"]


@pytest.mark.parametrize("large", [0, NEVER])
def test_a_build_tells_how_far_it_has_come(
    strait: Path, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_LARGE", large)
    heard: list[tuple[str, int, float, str]] = []

    with progress.told(lambda *told: heard.append(told)):
        cache.ready(strait, strait / "build")

    assert list(dict.fromkeys(what for what, *_ in heard)) == PHASES
    assert all(0 <= share <= 1 for _, _, share, _ in heard)


def test_a_store_filled_by_another_process_holds_the_same(
    strait: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = everything(strait)
    shutil.rmtree(strait / "build")

    monkeypatch.setattr(building, "_LARGE", 0)
    monkeypatch.setattr("whosays.store.filling.PART", 10_000)  # so there are several

    assert everything(strait) == right


@pytest.mark.parametrize("large", [0, NEVER])
@pytest.mark.parametrize("phase", PHASES)
def test_a_build_that_is_interrupted_leaves_nothing(
    strait: Path, phase: str, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_LARGE", large)

    def interrupt(what: str, *_: object) -> None:
        if what == phase:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), progress.told(interrupt):
        cache.ready(strait, strait / "build")

    assert list((strait / "build" / "cache").glob("*")) == []
    assert cache.ready(strait, strait / "build").fresh


def test_tables_are_closed_when_nobody_fills_a_store_from_them_any_more(
    strait: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_LARGE", 0)
    filling: list[bool] = []
    close = index.Index.close

    def watched(self: index.Index) -> None:
        names = [thread.name for thread in threading.enumerate()]
        filling.append(any(name.startswith("filling") for name in names))
        close(self)

    def interrupt(what: str, *_: object) -> None:
        if what == "filling the store":
            raise KeyboardInterrupt

    monkeypatch.setattr(index.Index, "close", watched)

    with pytest.raises(KeyboardInterrupt), progress.told(interrupt):
        cache.ready(strait, strait / "build")

    assert filling == [False]


def test_two_builders_at_once_both_end_well(strait: Path) -> None:
    for number in range(2):
        change_a_gist(strait, f"Words of round {number}")
        children = [start(strait) for _ in range(3)]

        errors = [child.communicate(timeout=250)[1] for child in children]

        assert errors == [""] * 3
        assert [child.returncode for child in children] == [0] * 3
        assert not cache.ready(strait, strait / "build").fresh
        assert len(generations(strait)) == number + 1


def test_threads_that_build_at_once_are_not_in_each_others_way(strait: Path) -> None:
    table = strait / "statements" / "strait-interview.csv"
    text = table.read_text("utf-8")
    start_together = threading.Barrier(4)

    def build(_: int) -> set[str]:
        start_together.wait()
        return gists(strait)

    for number in range(3):
        table.write_text(text, "utf-8")
        change_a_gist(strait, f"Words of round {number}")
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(build, range(4)))
        assert all(f"Words of round {number}" in one for one in found)
