"""Changing several files of a project as one: wholly before or wholly after.

A rename replaces one file in one step, but a change of several files needs a journal.
The new contents are laid into a hidden folder of the project; one rename of the
journal's list is the moment at which the change happens; then the files are put in
place. Whoever comes next, reader or writer, finishes what was interrupted after that
moment and clears away what was interrupted before it::

    with changes.change(root) as change:        # nobody else writes meanwhile
        read = project.read(root)
        change.write("actors.csv", text)
        change.remove("statements/old.csv")
    # here it has happened; an exception inside the block would have changed nothing
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import signal
import stat
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from whosays.errors import OutsideError, UsageError
from whosays.files import sweep, sync_folder, write_atomic
from whosays.inputs import JOURNAL, STATEMENTS

_LIST = "list.json"
_FORMAT = 1
_PATIENCE = 10.0  # seconds to wait for another writer
_PAUSE = 0.02


class Change:
    """The files that will be written and removed when the block ends well.

    Names are relative to the project, with slashes.
    """

    def __init__(self, root: Path) -> None:
        """Start with nothing to change; see `change`."""
        self.root = root
        self._files: dict[str, bytes | None] = {}
        self._expected: dict[str, str] = {}

    def write(self, name: str, data: bytes | str) -> None:
        """Give a file this content; text is written as UTF-8."""
        self._files[_plain(name)] = data.encode() if isinstance(data, str) else data

    def remove(self, name: str) -> None:
        """Take a file away; one that is not there is no fault."""
        self._files[_plain(name)] = None

    def expect(self, inputs: Mapping[str, str]) -> None:
        """Insist that files still are as they were read.

        ``inputs`` maps names to the SHA-256 of their bytes, as a collection does.
        Whatever edited one of them meanwhile, an editor for one, would lose its work.
        """
        self._expected.update(inputs)

    def _commit(self) -> None:
        for name, expected in self._expected.items():
            if _digest(self.root / name) != expected:
                raise OutsideError(
                    f"{name} was changed while this command worked",
                    "Nothing was written; try again",
                )
        before = {name: _digest(self.root / name) for name in self._files}
        after = {name: _hash(data) for name, data in self._files.items()}
        changed = {
            name: data
            for name, data in self._files.items()
            if before[name] != after[name]
        }
        if not changed:
            return
        for name in changed:
            _check_writable(self.root, name)
        with _undisturbed():
            if len(changed) == 1:
                for name, data in changed.items():
                    _put(self.root / name, data)
                return
            folder = self.root / JOURNAL
            folder.mkdir()
            listed = []
            for number, (name, data) in enumerate(changed.items()):
                if data is not None:
                    write_atomic(folder / str(number), data)
                listed.append([name, before[name], after[name]])
            journal = {"format": _FORMAT, "files": listed}
            sync_folder(self.root)  # or a power cut could take the journal alone
            write_atomic(folder / _LIST, json.dumps(journal))  # it happens here
            _finish(self.root)


@contextlib.contextmanager
def change(root: Path) -> Iterator[Change]:
    """Change files of a project; nobody else can until the block ends.

    What the block reads stays true until its change is made, except for programs
    that know nothing of this lock; `Change.expect` finds those. An exception, Ctrl-C
    included, leaves everything as it was.

    Raises:
        OutsideError: another process writes (WS901), an interrupted change cannot be
            finished (WS904), or the disk refuses.
    """
    with _alone(root):
        _settle(root)
        for folder in (root, root / STATEMENTS):
            sweep(folder)
        begun = Change(root)
        try:
            yield begun
            begun._commit()
        except BaseException:
            if not (root / JOURNAL / _LIST).exists():
                shutil.rmtree(root / JOURNAL, ignore_errors=True)
            raise


def settle(root: Path) -> None:
    """Finish a change that was interrupted, so that the files are of one moment.

    Costs nothing where there is none. A writer that lives is waited for.

    Raises:
        OutsideError: it cannot be finished (WS904), or the writer does not end (WS901).
    """
    end = time.monotonic() + _PATIENCE
    while os.path.lexists(root / JOURNAL):
        try:
            with _alone(root, patience=0):
                _settle(root)
            return
        except _Busy:
            if not os.path.lexists(root / JOURNAL / _LIST):
                return  # it has not happened yet
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)


class _Busy(OutsideError):
    """Another process holds the lock."""


@contextlib.contextmanager
def _alone(root: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the project's lock, which is its folder: no file of a lock stays behind.

    Where the system or the disk has no such locks, the block runs without one.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    try:
        descriptor = os.open(root, os.O_RDONLY)
    except OSError as error:
        raise _failed(root, error) from error
    try:
        end = time.monotonic() + (_PATIENCE if patience is None else patience)
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                    break
                if time.monotonic() >= end:
                    message = f"{root} is being written by another process"
                    raise _Busy(message, "Try again when it is done", "WS901") from None
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _settle(root: Path) -> None:
    folder = root / JOURNAL
    if os.path.lexists(folder / _LIST):
        with _undisturbed():
            _finish(root)
    elif os.path.lexists(folder):
        shutil.rmtree(folder, ignore_errors=True)


def _finish(root: Path) -> None:
    """Put every file of the journal in its place, however far an earlier try came."""
    folder = root / JOURNAL
    listed = _listed(folder)
    for name, before, after in listed:
        if _digest(root / name) not in (before, after, None):
            raise OutsideError(
                f"{name} was edited after a change to it was interrupted",
                f"Delete {folder} to keep the files as they are now, "
                f"or {name} to let the change be finished",
                "WS904",
            )
    try:
        for number, (name, _, after) in enumerate(listed):
            target = root / name
            if after is None:
                _put(target, None)
            elif _digest(target) != after:
                _move(folder / str(number), target)
        (folder / _LIST).unlink()
        sync_folder(folder)
    except OSError as error:
        if isinstance(error, OutsideError):
            raise
        raise _failed(root, error) from error
    shutil.rmtree(folder, ignore_errors=True)


def _listed(folder: Path) -> list[tuple[str, str | None, str | None]]:
    try:
        journal: Any = json.loads((folder / _LIST).read_bytes())
        if journal["format"] != _FORMAT:
            raise ValueError
        return [(_plain(name), old, new) for name, old, new in journal["files"]]
    except (OSError, ValueError, KeyError, TypeError, UsageError) as error:
        raise OutsideError(
            f"{folder / _LIST} cannot be read: it tells how to finish an interrupted "
            "change",
            f"Delete {folder} to keep the files as they are now",
            "WS904",
        ) from error


def _move(new: Path, target: Path) -> None:
    """Let a file take the place of another, whose mode it gets."""
    place = os.path.realpath(target)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        os.chmod(new, stat.S_IMODE(os.stat(place).st_mode))
    try:
        os.replace(new, place)
        sync_folder(os.path.dirname(place))
    except OSError as error:
        if error.errno != errno.EXDEV:  # a link to another disk
            raise
        write_atomic(place, new.read_bytes())


def _put(target: Path, data: bytes | None) -> None:
    if data is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, data)
        return
    with contextlib.suppress(FileNotFoundError):
        target.unlink()
        sync_folder(target.parent)


def _plain(name: str) -> str:
    """Refuse a name that leads out of the project."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in name:
        raise UsageError(f"“{name}” is no file of the project")
    return str(path)


def _check_writable(root: Path, name: str) -> None:
    """Refuse before anything happens what would fail half-way."""
    place = Path(os.path.realpath(root / name))
    folder = place.parent
    while not folder.exists():
        folder = folder.parent
    good = folder.is_dir() and os.access(folder, os.W_OK) and not place.is_dir()
    if not good or (place.exists() and not os.access(place, os.W_OK)):
        hint = "See who may write there; nothing was changed"
        raise OutsideError(f"{place} cannot be written", hint)


def _digest(path: Path) -> str | None:
    """Hash the content of a file; None if there is none."""
    try:
        return _hash(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _failed(path, error) from error


def _hash(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _failed(path: Path, error: OSError) -> OutsideError:
    reason = error.strerror or type(error).__name__
    return OutsideError(f"{path}: {reason[:1].lower()}{reason[1:]}")


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off signals to end for the milliseconds in which files change places.

    Ctrl-C comes too late then and is forgotten: who is told that it was heeded
    believes that nothing was changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    handlers = {
        number: signal.signal(number, lambda sent, _: came.append(sent))
        for name in ("SIGINT", "SIGTERM", "SIGHUP")  # Windows lacks the last
        if (number := getattr(signal, name, None)) is not None
    }
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for number in came:
            if number != signal.SIGINT:
                signal.raise_signal(number)
