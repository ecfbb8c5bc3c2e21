"""One page: template, styles, scripts and data put together and locked.

The Content-Security-Policy names each script by its hash, so nothing that came with
the data can run, and forbids every request.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from whosays.errors import OutsideError
from whosays.model import DisputeKind, Statement
from whosays.resources import version
from whosays.views.appearance import page_text, shape_of, texts
from whosays.views.arrangement import radius
from whosays.views.carrier import OPTIONS, PYVIS, VIS, carry, vis_script
from whosays.views.claims import Claim
from whosays.views.data import payload
from whosays.views.layout import Positions
from whosays.views.selection import Scene
from whosays.views.sparql import Panel

if TYPE_CHECKING:
    from markupsafe import Markup

STYLES = (
    "colours",
    "details",
    "overlays",
    "frame",  # adapts to the window
    "tours",
    "paper",
)
SCRIPTS = (
    "dom",
    "waiting",
    "data",
    "state",
    "permalinks",
    "tours",
    "bundles",
    "paths",
    "choosing",
    "geometry",
    "colours",
    "marks",
    "painting",
    "pills",
    "lettering",
    "labels",
    "hit_test",
    "panes",
    "sizing",
    "controls",
    "cards",
    "blind_spots",
    "panel",
    "compare",
    "filters",
    "time",
    "table",
    "search",
    "drawing",
    "exports",
    "embedding",
    "printing",
    "keyboard",
    "main",
)
ASKING = (  # only where there is a panel; the last one puts it into the page
    "sparql_text",
    "sparql_faults",
    "sparql_engine",
    "sparql_form",
    "sparql_answer",
    "sparql",
)
_PLAIN_ROWS = (
    2000  # longer tables without script hold the most disputed statements only
)
_UNSAFE = re.compile("[<>&\u2028\u2029\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LONE = re.compile("[\ud800-\udfff]")


def build(
    scene: Scene,
    positions: Positions,
    *,
    title: str,
    opening: str = "",
    panel: Panel | None = None,
) -> str:
    """Write the HTML of a scene.

    ``opening`` is the hash of what it shows at first, ``panel`` lets readers ask.
    """
    from markupsafe import Markup

    vis = vis_script()
    own = script((*SCRIPTS, *ASKING) if panel else SCRIPTS)
    styles = (*STYLES, "sparql") if panel else STYLES
    for code in (vis, own):
        if "</script" in code.lower() or "<!--" in code:
            raise OutsideError("a script holds markup and cannot be written inline")
    values = {
        "csp": Markup(policy(vis, own, panel=panel)),
        "styles": Markup("\n".join(_trimmed(page_text(f"{n}.css")) for n in styles)),
        "vis": Markup(vis),
        "own": Markup(own),
        "generator": f"whosays {version()} (pyvis {PYVIS}, vis-network {VIS})",
        "title": title,
        "t": texts(),
        "as_json": embed,
        "settings": OPTIONS,
        "payload": {
            **payload(scene, title=title, version=version(), texts=texts()),
            "opening": opening,
        },
        "rows": (rows := list(plain_rows(scene))),
        "rows_left_out": _accepted(scene) - len(rows),
        "sparql": panel.about if panel else None,
        "sparql_blocks": {
            name: Markup(text) for name, text in (panel.blocks if panel else {}).items()
        },
    }
    html = carry(
        page_text("template.html"),
        _nodes(scene, positions),
        _edges(scene.claims),
        values,
    )
    return _LONE.sub("\ufffd", html)


def script(names: Iterable[str] = SCRIPTS) -> str:
    """Join our modules into one function, so that they share names with nobody."""
    parts = [_trimmed(page_text(f"js/{name}.js")) for name in names]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def policy(*scripts: str, panel: Panel | None = None) -> str:
    """Allow these scripts and inline styles, pictures made in the page, nothing else.

    A panel that asks a server may reach that server. One with an engine compiles it
    in a worker made of blocks of this page; the worker inherits the policy, so there
    is still nowhere to send anything.

    >>> policy("").split("; ")[1]
    "script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digests = (
        base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        for code in scripts
    )
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    more = ""
    if panel and panel.has_engine:
        allowed += " 'wasm-unsafe-eval'"
        more = "; worker-src blob:"
    elif panel and panel.endpoint:
        more = "; connect-src 'self'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        f"img-src data: blob:; base-uri 'none'; form-action 'none'{more}"
    )


def embed(value: object) -> Markup:
    r"""Write data for a JSON block; no character in it can end the block.

    >>> str(embed({"gist": "</script>"}))
    '{"gist":"\\u003c/script\\u003e"}'
    """
    from markupsafe import Markup

    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", written))


def plain_rows(scene: Scene) -> Iterable[Mapping[str, Any]]:
    """Give the rows of the table that is shown without JavaScript."""
    collection = scene.collection
    only = _disputed_ids(scene) if _accepted(scene) > _PLAIN_ROWS else None
    for claim in scene.claims:
        relation = collection.relations.get(claim.relation)
        for statement in claim.statements:
            if not statement.counts or (only is not None and statement.id not in only):
                continue
            yield {
                "subject": collection.label(claim.subject),
                "relation": relation.label if relation else claim.relation,
                "object": collection.label(claim.object),
                "stance": statement.stance.value,
                "modality": statement.modality.value,
                "voice": _spoken(scene, statement),
                "source": collection.label(statement.source),
                "locator": statement.locator,
                "said": statement.said,
                "gist": statement.gist,
            }


def _spoken(scene: Scene, statement: Statement) -> str:
    names = [scene.collection.label(slug) for slug in reversed(statement.chain)]
    told = texts()["as_told_by"]
    return f" {told} ".join(names)


def _accepted(scene: Scene) -> int:
    return sum(claim.count for claim in scene.claims)


def _disputed_ids(scene: Scene) -> set[str]:
    """Name the statements of the strongest disputes, as many as the table may hold."""
    found: set[str] = set()
    for dispute in scene.disputes:
        if len(found) >= _PLAIN_ROWS:
            break
        if dispute.kind is not DisputeKind.TENSE and not dispute.own:
            found.update((dispute.affirmed, dispute.contested))
    return found


def _nodes(scene: Scene, positions: Positions) -> list[dict[str, object]]:
    shapes = shape_of()
    nodes: list[dict[str, object]] = []
    for slug in scene.actors:
        actor = scene.collection.actors.get(slug)
        x, y = positions[slug]
        nodes.append(
            {
                "id": slug,
                "x": x,
                "y": y,
                "size": radius(scene.weights.get(slug, 0)),
                "shape": shapes[actor.type.value if actor else "unnamed"],
            }
        )
    return nodes


def _edges(claims: Iterable[Claim]) -> list[dict[str, object]]:
    """List the claims as pyvis knows them; the script draws them from its own data."""
    return [
        {"id": claim.id, "from": claim.subject, "to": claim.object} for claim in claims
    ]


def _trimmed(code: str) -> str:
    """Drop indentation, blank lines and comment lines; no string spans two lines."""
    lines = (line.strip() for line in code.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
