"""What a server can be told about its graphs: replace one, delete one, count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from whosays.errors import OutsideError
from whosays.push.graphs import DEFAULT, Graph, document
from whosays.remote import Remote, shown
from whosays.store import ask_endpoint
from whosays.store.dialects import INSERT_TRIPLES, has_default_graph
from whosays.store.endpoint import refuse

_TRIPLES = {"Content-Type": "application/n-triples"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_COUNTED = 200  # graphs that are counted at once
_LARGEST = 20_000  # triples of a request to a graph store
_SMALLEST = 100  # triples of a request below which it is not parted further


class GraphStore:
    """A server by the Graph Store Protocol: a graph is replaced by one PUT."""

    def __init__(self, url: str, remote: Remote) -> None:
        """Keep the address of the graph store."""
        self._url = url
        self._remote = remote

    def replace(self, graph: Graph, name: str) -> None:
        """Put the whole graph in the place of what is there.

        A large graph goes in parts, none of which takes a server long, and a server
        that takes only smaller requests gets smaller ones; sending a part twice does
        no harm, as triples are a set.
        """
        self._send(graph.lines[:_LARGEST], name, "PUT")
        for start in range(_LARGEST, graph.size, _LARGEST):
            self._send(graph.lines[start : start + _LARGEST], name, "POST")

    def delete(self, name: str) -> None:
        """Delete a graph; one that is not there is deleted already."""
        url = self._address(name)
        reply = self._remote.send_patiently("DELETE", url)
        if reply.status != 404:
            refuse(reply, url)

    def _send(self, lines: Sequence[bytes], name: str, method: str) -> None:
        url = self._address(name)
        reply = self._remote.send_patiently(
            method, url, body=document(lines), headers=_TRIPLES
        )
        if reply.status == 413 and len(lines) > _SMALLEST:
            half = len(lines) // 2
            self._send(lines[:half], name, method)
            self._send(lines[half:], name, "POST")
            return
        if reply.status in (404, 405, 501):
            raise OutsideError(
                f"{shown(url)} is no graph store: it answered {reply.status}",
                "Name its graph store, or its address for updates with --update",
                "WS903",
            )
        refuse(reply, url)

    def _address(self, name: str) -> str:
        mark = "&" if "?" in self._url else "?"
        which = "default" if name == DEFAULT else urlencode({"graph": name})
        return f"{self._url}{mark}{which}"


class Updates:
    """A server without a graph store, by SPARQL Update."""

    def __init__(self, url: str, remote: Remote) -> None:
        """Keep the address for updates."""
        self._url = url
        self._remote = remote

    def replace(self, graph: Graph, name: str) -> None:
        """Empty the graph, then insert its triples in small parts.

        There are no blank nodes, so a part that is sent twice changes nothing.
        """
        self.delete(name)
        for lines in _parts(graph.lines):
            triples = document(lines).decode("utf-8")
            inner = triples if name == DEFAULT else f"GRAPH <{name}> {{\n{triples}}}"
            self._update(f"INSERT DATA {{\n{inner}\n}}")

    def delete(self, name: str) -> None:
        """Empty a graph, whether it is there or not."""
        which = "DEFAULT" if name == DEFAULT else f"GRAPH <{name}>"
        self._update(f"CLEAR SILENT {which}")

    def _update(self, text: str) -> None:
        reply = self._remote.send_patiently(
            "POST", self._url, body=urlencode({"update": text}).encode(), headers=_FORM
        )
        refuse(reply, self._url)


def keeps_default_graph(url: str, remote: Remote) -> bool:
    """Ask what server that is; an error of it is seen when something is sent."""
    return has_default_graph(remote.send_patiently("OPTIONS", url).headers)


def counts(url: str, names: Iterable[str], remote: Remote) -> dict[str, int]:
    """Count the triples of graphs; one that is not there counts 0.

    Raises:
        OutsideError: the server does not say.
    """
    found = dict.fromkeys(names, 0)
    if DEFAULT in found:
        for row in _asked(url, _text("default.rq"), remote):
            found[DEFAULT] = int(row[0])
    named = [name for name in found if name != DEFAULT]
    template = Template(_text("counts.rq"))
    for start in range(0, len(named), _COUNTED):
        part = named[start : start + _COUNTED]
        query = template.substitute(graphs=" ".join(f"<{name}>" for name in part))
        for graph, number in _asked(url, query, remote):
            found[graph] = int(number)
    return found


def _asked(url: str, query: str, remote: Remote) -> list[list[str]]:
    rows = ask_endpoint(url, query, remote=remote, patient=True).rows()
    return [[str(value) for value in row.values()] for row in rows]


def _parts(lines: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(lines), INSERT_TRIPLES):
        yield lines[start : start + INSERT_TRIPLES]


def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")
