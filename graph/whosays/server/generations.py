"""The state of a project that is being served: the files are the truth, also now.

Who changes a table need not stop the server. A thread looks at the files, has the
caches built anew beside the old ones by a process of its own, and puts the new state in
place of the old one in a single step. Nobody who asks waits for that.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING, NamedTuple

from whosays import inputs
from whosays.asking import Asked
from whosays.errors import DataError, WhosaysError
from whosays.kg import KG, load

if TYPE_CHECKING:
    from whosays.paging import Page

_SECONDS = 0.5  # between two looks at the files
_PAUSE = 5.0  # longer, before a state is tried again that could not be loaded
_LOOKS = 20  # for a new state
_BUILD = "import sys; from whosays.kg import load; load(sys.argv[1])"


class State(NamedTuple):
    """What is served: the project, its questions, its store on disk."""

    kg: KG
    asked: Asked
    store: Path
    title: str
    lock: RLock
    """For what reads the records, which one thread at a time may do."""

    def written(self, text: str, parameters: dict[str, str | int]) -> str:
        """Write the SPARQL of a named query, its parameters bound."""
        from whosays import asking

        with self.lock:
            return asking.written(self.asked, text, parameters)

    def page(self, text: str, parameters: dict[str, str | int]) -> Page:
        """Tell which page of the rows of a named query is wanted."""
        from whosays import asking

        return asking.page(self.asked, text, parameters)


class Generations:
    """Hands out the newest state of a project that is whole."""

    def __init__(
        self, path: Path, scratch: Path, notice: Callable[[str], None]
    ) -> None:
        """Load the project; ``scratch`` is an empty folder for what it cannot keep.

        Raises:
            DataError: its files have errors.
        """
        self._path = path
        self._scratch = scratch
        self._notice = notice
        self._count = 0
        self._seen = self._files()
        self.current = self._load()
        self._ended = Event()
        self._builder: subprocess.Popen[bytes] | None = None
        self._watcher = Thread(target=self._watch, name="files", daemon=True)
        self._watcher.start()

    def replaced(self, state: State) -> bool:
        """Wait a little for the successor of a state whose store is gone.

        Other commands build too, and keep two stores: who changes the files twice at
        once removes the one that is served here before this server has noticed.
        """
        for _ in range(_LOOKS):
            if state.store.exists() or self._ended.wait(_SECONDS):
                return False
            if self.current is not state:
                return True
        return False

    def close(self) -> None:
        """Look no more, and end a build that is under way."""
        self._ended.set()
        builder = self._builder
        if builder is not None and builder.poll() is None:
            builder.kill()
            builder.wait()

    def _load(self) -> State:
        kg = load(self._path)
        asked = kg.asked()._replace(by_page=True)
        if isinstance(asked.quads, Path):
            return State(kg, asked, asked.quads, kg.summary().title, RLock())
        from whosays.store import write_folder

        self._count += 1
        store = self._scratch / f"store-{self._count}"
        write_folder(store, asked.quads)
        return State(
            kg, asked._replace(quads=store), store, kg.summary().title, RLock()
        )

    def _watch(self) -> None:
        told = ""
        while not self._ended.wait(_SECONDS):
            files = self._files()
            if files == self._seen:
                continue
            self._seen = files
            # Building takes the interpreter for itself, so another one does it.
            self._builder = subprocess.Popen(
                [sys.executable, "-c", _BUILD, str(self._path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._builder.wait()
            if self._ended.is_set():
                return
            try:
                self.current = self._load()
            except (WhosaysError, OSError) as error:
                if str(error) != told:
                    told = str(error)
                    self._notice(f"the files have changed and cannot be served: {told}")
                    self._notice("answers are still about the former state")
                if not isinstance(error, DataError):
                    self._seen = []  # not the files are at fault: try again
                    self._ended.wait(_PAUSE)
            else:
                told = ""
                self._notice("the files have changed: answers are about the new state")

    def _files(self) -> list[tuple[str, int, int, int]]:
        """Tell every input by size, time and number; nothing is read."""
        found = []
        with suppress(WhosaysError):
            for file in inputs.input_files(inputs.root_of(self._path)):
                with suppress(OSError):
                    stat = file.stat()
                    facts = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
                    found.append((file.name, *facts))
        return found
