"""Kill -9 at any moment: a project is wholly before a change or wholly after it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from whosays import changes, curating, project

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "harbour"
    leave = shutil.ignore_patterns("build")
    shutil.copytree(SEEDS / "harbour-plan", folder, ignore=leave)
    return folder


def rename_source(root: Path) -> None:
    curating.rename(root, "source", "courier-feature", "long-read")


def rename_actor(root: Path) -> None:
    curating.rename(root, "actor", "port-authority", "harbour-office")


def retract(root: Path) -> None:
    held = project.read(root).collection
    by_file = {one.file: one for one in held.statements if one.counts}
    old, new, *others = [by_file[file].id for file in sorted(by_file)]
    curating.set_status(root, [old, *others], "retracted", superseded_by=new)


def accept(root: Path) -> None:
    held = project.read(root).collection
    waiting = [one.id for one in held.statements if one.status == "candidate"]
    curating.set_status(root, waiting, "accepted", note="read again")


CHANGES = (rename_source, rename_actor, retract, accept)


def files(root: Path) -> Files:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "build" not in path.parts
    }


def lay(root: Path, content: Files) -> None:
    shutil.rmtree(root, ignore_errors=True)
    for name, data in content.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def in_a_child(
    action: Callable[[Path], None], root: Path, kill_at: int = 0
) -> tuple[int, int]:
    """Fork and act; the child kills itself at a touch of the disk, or tells how many.

    Returns:
        The child's process number and a pipe on which it tells.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    touches = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touches
        if event.startswith(("open", "os.", "shutil.", "fcntl.")):
            touches += 1
            if touches == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    code = 1
    try:
        sys.addaudithook(count)
        action(root)
        os.write(writing, str(touches).encode())
        code = 0
    finally:
        os._exit(code)


def before_and_after(
    action: Callable[[Path], None], original: Path, root: Path
) -> tuple[Files, Files, int, float]:
    before = files(original)
    lay(root, before)
    action(root)  # imports what each child would import, and count, otherwise
    settled(root)
    lay(root, before)
    begun = time.monotonic()
    child, pipe = in_a_child(action, root)
    with os.fdopen(pipe) as told:
        touches = int(told.read())
    assert os.waitpid(child, 0)[1] == 0
    return before, files(root), touches, time.monotonic() - begun


def settled(root: Path) -> Files:
    """Let the next command read, and the next writer clear away what is left."""
    project.read(root)
    with changes.change(root):
        pass
    return files(root)


def same(one: Files, other: Files) -> bool:
    return one.keys() == other.keys() and all(one[name] == other[name] for name in one)


def killed_at_touches(
    action: Callable[[Path], None], original: Path, root: Path, rounds: int, seed: int
) -> set[bool]:
    before, after, touches, _ = before_and_after(action, original, root)
    assert not same(before, after)
    chance = random.Random(seed)
    # The files change places at the very end: half of the moments lie there.
    late = [chance.randint(touches * 3 // 4, touches) for _ in range(rounds // 2)]
    early = [chance.randint(1, touches) for _ in range(rounds - len(late))]
    seen = set()
    for moment in sorted({*early, *late}):
        lay(root, before)
        child, pipe = in_a_child(action, root, moment)
        os.close(pipe)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL, moment
        found = settled(root)
        assert same(found, before) or same(found, after), (action.__name__, moment)
        seen.add(same(found, after))
    return seen


@pytest.mark.parametrize("action", [rename_source, accept])
def test_killed_at_a_touch_of_the_disk_it_is_wholly_before_or_after(
    action: Callable[[Path], None], original: Path, tmp_path: Path
):
    seen = killed_at_touches(action, original, tmp_path / "p", rounds=20, seed=7)

    assert False in seen


@pytest.mark.slow
@pytest.mark.parametrize("action", CHANGES)
def test_killed_at_two_hundred_touches_it_is_wholly_before_or_after(
    action: Callable[[Path], None], original: Path, tmp_path: Path
):
    seen = killed_at_touches(action, original, tmp_path / "p", rounds=200, seed=11)

    assert seen == {True, False}


@pytest.mark.slow
@pytest.mark.parametrize("action", CHANGES)
def test_killed_at_two_hundred_moments_it_is_wholly_before_or_after(
    action: Callable[[Path], None], original: Path, tmp_path: Path
):
    root = tmp_path / "p"
    before, after, _, seconds = before_and_after(action, original, root)
    chance = random.Random(13)

    for _ in range(200):
        lay(root, before)
        child, pipe = in_a_child(action, root)
        time.sleep(chance.uniform(0, seconds * 1.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(pipe)

        found = settled(root)

        assert same(found, before) or same(found, after)
