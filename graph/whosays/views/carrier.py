"""pyvis as the carrier: it collects the network, renders our template, brings the script.

Of pyvis 0.3.2 only the list of nodes and edges, the options and ``generate_html`` are
used. Its own writers load scripts from the network or lose data, and its own template
lets data become markup; so the template, the escaping and the writing are ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from whosays.errors import OutsideError

PYVIS = "0.3.2"
VIS = "9.1.2"
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"

# Positions are given, so physics is off; hover, selection and keys are our own.
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False,
        "keyboard": False,
        "multiselect": False,
        "selectable": False,
        "tooltipDelay": 1_000_000_000,
        "zoomSpeed": 0.8,
    },
    "nodes": {"chosen": False, "borderWidth": 1.5, "physics": False},
}


def vis_script() -> str:
    """Return the drawing script that pyvis carries; another one is refused."""
    import pyvis

    name = f"vis-{VIS}/vis-network.min.js"
    path = Path(pyvis.__file__).parent / "templates" / "lib" / name
    try:
        raw = path.read_bytes()
    except OSError:
        raw = b""
    if hashlib.sha256(raw).hexdigest() != VIS_SHA256:
        raise OutsideError(
            f"the installed pyvis does not carry the tested vis-network {VIS}",
            f"Install pyvis=={PYVIS}, as constraints.txt says",
        )
    # A browser reads every line end as LF before it hashes a script.
    return raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def carry(
    template: str,
    nodes: Sequence[Mapping[str, object]],
    edges: Sequence[Mapping[str, object]],
    values: Mapping[str, object],
) -> str:
    """Render a template through a pyvis network; every value is escaped by default."""
    from jinja2 import DictLoader, Environment, StrictUndefined
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [dict(node) for node in nodes]
    network.edges = [dict(edge) for edge in edges]
    network.options = OPTIONS
    environment = Environment(
        loader=DictLoader({network.path: template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(values)
    network.templateEnv = environment
    return str(network.generate_html())
