"""What bare `whosays` says: five things to try, not a list of verbs."""

from __future__ import annotations

from pathlib import Path

from whosays import inputs, resources
from whosays.errors import NotAProject
from whosays.text import clean_text

_TEXT = """\
whosays — who affirms, denies or questions a relation of two actors, and where

{first}
  whosays disputes                           claims some affirm and others deny
  whosays view --open                        interactive network in your browser
  whosays export graph.ttl                   Turtle (also .trig .jsonld .gexf …)

{where}
All commands: whosays --help
"""

_OF_BUNDLED = """\
  whosays that iran cooperates-with isis     one claim, all sides, with sources
  whosays about isis                         everything said about an actor"""
_OF_ANY = """\
  whosays actor list                         the names that you can ask about
  whosays about ACTOR                        everything said about an actor"""
_BUNDLED = """\
No project here: using the bundled one{title}.
Start your own: whosays init my-topic"""
_HERE = "Project: {name}{title}"


def welcome() -> str:
    """Write the welcome, naming the project that would be asked."""
    try:
        folder, text, first = inputs.find(Path.cwd()), _HERE, _OF_ANY
    except NotAProject:
        folder, text, first = resources.bundled_project(), _BUNDLED, _OF_BUNDLED
    where = text.format(name=folder.name, title=_title(folder))
    return _TEXT.format(first=first, where=where)


def _title(folder: Path) -> str:
    """Read the title of a project; whoever asks it is told what is wrong with it."""
    import tomllib

    try:
        settings = tomllib.loads((folder / inputs.SETTINGS).read_text("utf-8"))
        title = settings.get("title") or settings.get("project", {}).get("title")
    except (OSError, ValueError, AttributeError):
        return ""
    return f", “{clean_text(title)}”" if isinstance(title, str) and title else ""
