"""What bare `whosays` says: five things to try, not a list of verbs."""

from __future__ import annotations

from pathlib import Path

from whosays import inputs, resources
from whosays.errors import NotAProject
from whosays.text import clean_text

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

_BUNDLED = "No project here: using the bundled one{title}."
_HERE = "Project: {name}{title}"


def welcome() -> str:
    """Write the welcome, naming the project that would be asked."""
    try:
        folder, text = inputs.find(Path.cwd()), _HERE
    except NotAProject:
        folder, text = resources.bundled_project(), _BUNDLED
    return _TEXT.format(where=text.format(name=folder.name, title=_title(folder)))


def _title(folder: Path) -> str:
    """Read the title of a project; whoever asks it is told what is wrong with it."""
    import tomllib

    try:
        settings = tomllib.loads((folder / inputs.SETTINGS).read_text("utf-8"))
        title = settings.get("title") or settings.get("project", {}).get("title")
    except (OSError, ValueError, AttributeError):
        return ""
    return f", “{clean_text(title)}”" if isinstance(title, str) and title else ""
