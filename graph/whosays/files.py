"""Writing files whole or not at all; the only place that opens one for writing."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from typing import BinaryIO

from whosays.errors import MissingFile, OutsideError, UsageError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WHILE_WRITING = _FULL | {errno.EIO, errno.ESTALE}
_DESCRIPTOR = re.compile(
    r"/dev/(?:(stdout)|(stderr)|fd/([0-9]+))|/proc/self/fd/([0-9]+)"
)
_TEMPORARY = re.compile(r"\.whosays-([0-9]+)-[0-9a-f]+\.tmp")


def write_atomic(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Replace the content of a file in one step; text is written as UTF-8.

    Whatever happens on the way, the old content or the whole new one is there.

    Raises:
        UsageError: the path is a folder.
        MissingFile: the folder of the file is not there.
        OutsideError: disk full (WS902), no permission, or another failure of the disk.
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    with atomic_writer(path) as file:
        file.write(raw)


@contextlib.contextmanager
def atomic_writer(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Hand out a binary file that takes the place of ``path`` when the block ends well.

    A link is followed to its target, the mode of an old file is kept, and any failure,
    Ctrl-C included, leaves the old file and no rubbish. Devices, pipes and the standard
    streams cannot be replaced and are written to directly.
    """
    shown = os.fspath(path)
    if _is_stream(shown):
        with _failures(shown, _WHILE_WRITING), _open_stream(shown) as stream:
            yield stream
        return
    with _failures(shown):
        target, mode = _target(shown)
    folder = os.path.dirname(target)
    name = f".whosays-{os.getpid()}-{os.urandom(6).hex()}.tmp"
    temporary = os.path.join(folder, name)
    try:
        with _failures(shown):
            file = _create(temporary, mode)
        with _failures(shown, _WHILE_WRITING), file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with _failures(shown):
            os.replace(temporary, target)
            sync_folder(folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Make renames inside a folder survive a power cut, where the system can."""
    if os.name == "nt":
        return  # Windows opens no folders
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(descriptor)


def sweep(folder: str | os.PathLike[str]) -> int:
    """Delete temporary files of writers that were killed; count them."""
    count = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            match = _TEMPORARY.fullmatch(entry.name)
            if match and not alive(int(match[1])):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)
                    count += 1
    return count


@contextlib.contextmanager
def _failures(shown: str, errnos: set[int] | None = None) -> Iterator[None]:
    """Name the path in failures of the disk; with ``errnos`` only in these."""
    try:
        yield
    except (UsageError, MissingFile, OutsideError, BrokenPipeError):
        raise
    except OSError as error:
        if errnos is not None and error.errno not in errnos:
            raise  # of something else that the caller does in its block
        if error.errno in _FULL:
            raise OutsideError(
                f"{shown} cannot be written: no room left",
                "An old file was kept. Make room and try again",
                "WS902",
            ) from error
        reason = error.strerror or type(error).__name__
        raise OutsideError(
            f"{shown} cannot be written: {reason[:1].lower()}{reason[1:]}",
            "An old file was kept",
            "WS902" if error.errno == errno.EIO else "",
        ) from error


def _target(shown: str) -> tuple[str, int | None]:
    """Find the file behind links, and its mode if it is there."""
    if "\0" in shown:
        raise UsageError("a file name cannot hold U+0000")
    target = os.path.realpath(shown)
    if os.path.isdir(target) or not os.path.basename(shown):
        raise UsageError(f"{shown} is a folder", "Name a file in it")
    if os.path.islink(target):
        raise UsageError(f"{shown} is a link that leads to itself")
    folder = os.path.dirname(target)
    if not os.path.isdir(folder):
        raise MissingFile(f"{shown}: its folder is not there", "Make the folder first")
    try:
        mode = stat.S_IMODE(os.stat(target).st_mode)
    except FileNotFoundError:
        return target, None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "Permission denied", target)
    return target, mode


def _create(temporary: str, mode: int | None) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        if mode is not None:
            os.chmod(temporary, mode)
        return os.fdopen(descriptor, "wb")
    except BaseException:
        os.close(descriptor)
        raise


def _is_stream(shown: str) -> bool:
    if _DESCRIPTOR.fullmatch(shown):
        return True
    try:
        mode = os.stat(shown).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _open_stream(shown: str) -> BinaryIO:
    match = _DESCRIPTOR.fullmatch(shown)
    if match is None:
        return open(shown, "wb")
    number = 1 if match[1] else 2 if match[2] else int(match[3] or match[4])
    return os.fdopen(os.dup(number), "wb")


def alive(process: int) -> bool:
    """Tell whether a process of this number runs; unsure is yes."""
    if os.name == "nt":
        return True  # a signal would end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
