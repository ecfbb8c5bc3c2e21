"""What was sent to a server before, so that sending goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from whosays.files import write_atomic
from whosays.push.graphs import Graph
from whosays.remote import shown

_BEGUN = ""


class Journal:
    """Hashes of the graphs that a server has from here, kept in the build folder."""

    def __init__(self, folder: Path, url: str) -> None:
        """Read it; a missing or broken one means that everything is sent again."""
        # The address itself may hold a secret among its parameters.
        name = hashlib.sha256(url.encode()).hexdigest()[:16]
        self._path = folder / "push" / f"{name}.json"
        self._url = shown(url)
        self._sent = self._read()

    @property
    def names(self) -> list[str]:
        """The graphs that were sent, or begun, and not deleted since."""
        return sorted(self._sent)

    def has(self, graph: Graph) -> bool:
        """Tell whether a graph was sent as it is now."""
        return self._sent.get(graph.name) == graph.sha256

    def knows(self, name: str) -> bool:
        """Tell whether a graph of that name was sent, or begun."""
        return name in self._sent

    def begin(self, graphs: Iterable[Graph]) -> None:
        """Note that graphs are being sent: what is there may be half of one."""
        self._sent.update((graph.name, _BEGUN) for graph in graphs)
        self._write()

    def finish(self, graphs: Iterable[Graph]) -> None:
        """Note that graphs were sent."""
        self._sent.update((graph.name, graph.sha256) for graph in graphs)
        self._write()

    def forget(self, name: str) -> None:
        """Note that a graph is there no more."""
        self._sent.pop(name, None)
        self._write()

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"server": self._url, "graphs": self._sent})
        write_atomic(self._path, text)

    def _read(self) -> dict[str, str]:
        try:
            graphs = json.loads(self._path.read_text("utf-8"))["graphs"]
            return {str(name): str(state) for name, state in graphs.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
