"""Namespaces and prefixes: one constant each, so that a move touches one line."""

WS = "https://w3id.org/whosays/ns#"
REL = "https://w3id.org/whosays/rel/"
SAID = "https://w3id.org/whosays/said/"
DENIED = "https://w3id.org/whosays/denied/"
DEFAULT_BASE = "https://w3id.org/whosays/data/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
WIKIDATA = "http://www.wikidata.org/entity/"


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """List the prefixes that queries may use without declaring them.

    Args:
        base: The IRI that a project mints its data under; it ends in ``/`` or ``#``.

    >>> prefixes("https://example.org/")["actor"]
    'https://example.org/actor/'
    """
    return {
        "ws": WS,
        "rel": REL,
        "said": SAID,
        "denied": DENIED,
        "actor": f"{base}actor/",
        "src": f"{base}source/",
        "st": f"{base}st/",
        "prop": f"{base}prop/",
        "g": f"{base}graph/",
        "rdf": RDF,
        "rdfs": RDFS,
        "owl": OWL,
        "xsd": XSD,
        "skos": SKOS,
        "dcterms": DCTERMS,
        "prov": PROV,
        "schema": SCHEMA,
        "wd": WIKIDATA,
    }
