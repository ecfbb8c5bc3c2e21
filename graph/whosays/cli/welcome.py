"""What bare `whosays` says: five things to try, not a list of verbs."""

from __future__ import annotations

from pathlib import Path

from whosays import inputs
from whosays.errors import NotAProject

_TEXT = """\
whosays — who affirms, denies or questions a relation of two actors, and where

  whosays that iran cooperates-with isis     one claim, all sides, with sources
  whosays about isis                         everything said about an actor
  whosays disputes                           claims some affirm and others deny
  whosays view --open                        interactive network in your browser
  whosays export graph.ttl                   Turtle (also .trig .jsonld .gexf …)

{where}
All commands: whosays --help
"""

_BUNDLED = "No project here: using the bundled one."
_HERE = "Project: {name}"


def welcome() -> str:
    """Write the welcome, naming the project that would be asked."""
    try:
        where = _HERE.format(name=inputs.find(Path.cwd()).name)
    except NotAProject:
        where = _BUNDLED
    return _TEXT.format(where=where)
