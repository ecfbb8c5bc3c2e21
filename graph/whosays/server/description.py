"""What the server says of itself (SPARQL Service Description) and of its data (VoID)."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote

from whosays.resources import version
from whosays.store import FORMATS, Result

if TYPE_CHECKING:
    from whosays.server.generations import State

_TEMPLATES = Path(__file__).parent / "templates"


def service(state: State, address: str) -> bytes:
    """Describe the service at an address that ends in a slash, in Turtle."""
    rows = [form.media_type for form in FORMATS.values() if form.rows]
    graphs = [form.media_type for form in FORMATS.values() if not form.rows]
    formats = (
        f"<http://www.w3.org/ns/formats/{_FORMATS[type]}>" for type in rows + graphs
    )
    template = Template((_TEMPLATES / "service.ttl").read_text("utf-8"))
    text = template.substitute(
        address=quote(address, safe=":/[]"),
        formats=", ".join(formats),
        dataset=dataset(state),
        version=version(),
    )
    return text.encode("utf-8")


_FORMATS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}
"""The IRIs of W3C's list of formats."""


def dataset(state: State) -> str:
    """Give the IRI of the data set, which describes itself in the data."""
    from whosays.rdf import Names

    return Names(state.asked.base).dataset.strip("<>")


def dataset_query(state: State) -> str:
    """Write the query for the description of the data set."""
    template = Template((_TEMPLATES / "dataset.rq").read_text("utf-8"))
    return template.substitute(dataset=dataset(state))


def convert(turtle: bytes, format: str) -> bytes:
    """Give Turtle of ours in another format of RDF."""
    return Result(kind="graph", format="turtle", content=turtle).convert(format)
