"""Fetch the SPARQL engine that a view can carry, and check it.

npm gets the package by name and version; its archive and each file that is used are
compared with the recorded hashes. The files go into ``graph/whosays/views/fetched/``,
which git ignores and a wheel contains. Without npm, or without the network, everything
else works: a page then says how to get the engine.
"""

import argparse
import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from whosays.files import write_atomic
from whosays.views.engine import FOLDER, engine, matches, packed, record, stored

SECONDS = 45  # npm takes two of them, if it can at all
PATIENCE = ("--fetch-retries=0", "--fetch-timeout=20000")


class Failure(Exception):
    """Why the engine could not be fetched."""


def main() -> int:
    """Fetch what is missing; with ``--quiet`` a failure is one line and no failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quiet",
        action="store_true",
        help="say nothing without npm, and end well whatever happens",
    )
    quiet = parser.parse_args().quiet
    title = record().title
    if engine() is not None:
        say("" if quiet else f"{title} is here and as recorded")
        return 0
    npm = shutil.which("npm")
    if npm is None and quiet:
        return 0
    try:
        if npm is None:
            raise Failure("npm is not installed (Debian: apt-get install npm)")
        say(f"fetching {title}, the SPARQL engine of the view (once)")
        fetch(npm, FOLDER)
    except Failure as failure:
        kind = "note: no SPARQL in the view" if quiet else "error"
        say(f"{kind}: {failure}. Everything else works without it")
        return 0 if quiet else 3
    say("" if quiet else f"{title} is in {FOLDER.name}/ now, every hash as recorded")
    return 0


def say(text: str) -> None:
    """Write a message to stderr."""
    if text:
        print(text, file=sys.stderr)


def fetch(npm: str, folder: Path) -> None:
    """Get the package, check it, and keep the files that are used.

    Raises:
        Failure: npm does not deliver, or what it delivers is not what is recorded.
    """
    with tempfile.TemporaryDirectory() as aside:
        archive = pack(npm, aside)
    files = dict(checked(archive))
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        write_atomic(stored(name, folder), packed(name, data))


def pack(npm: str, aside: str) -> bytes:
    """Let npm download the archive of the package; no script of it is run."""
    wanted = f"{record().package}@{record().version}"
    try:
        done = subprocess.run(
            [npm, "pack", wanted, "--loglevel=error", "--ignore-scripts", *PATIENCE],
            check=False,
            cwd=aside,
            env={**os.environ, "npm_config_update_notifier": "false"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Failure(f"npm did not fetch {wanted}: {problem}") from problem
    archives = sorted(Path(aside).glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        said = (done.stderr.strip() or "is the network there?").splitlines()[0]
        raise Failure(f"npm could not fetch {wanted}: {said}")
    return archives[0].read_bytes()


def checked(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the files that are used, if archive and files have the recorded hashes."""
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if f"sha512-{digest}" != record().integrity:
        raise Failure("the archive is not the recorded one: its SHA-512 differs")
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        for name in record().files:
            member = opened.extractfile(f"package/{name}")
            data = member.read() if member else b""
            if not matches(name, data):
                raise Failure(f"{name} is not the recorded one: its SHA-256 differs")
            yield name, data


if __name__ == "__main__":
    sys.exit(main())
