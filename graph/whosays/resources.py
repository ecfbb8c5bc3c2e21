"""Where the files that travel with the package are: ontology and bundled project.

In a checkout and in an editable install `ontology/` and `seeds/` stand beside
`graph/`; in a wheel they stand inside the package. Nothing else knows the
difference.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from whosays.errors import MissingFile

BUNDLED = "iran-isis"


def data_root() -> Traversable:
    """Return the folder that holds `ontology/` and `seeds/`."""
    package = files("whosays")
    if package.joinpath("ontology").is_dir():
        return package
    return Path(__file__).resolve().parents[2]


def ontology_file(name: str) -> Traversable:
    """Return a file of the ontology; `name` may hold slashes (`checks/x.rq`)."""
    return data_root().joinpath("ontology", *name.split("/"))


def bundled_project() -> Path:
    """Return the folder of the bundled project, which may be read-only.

    A project is read by path, so a package inside a zip archive is refused here
    rather than half-way through a build.
    """
    folder = data_root().joinpath("seeds", BUNDLED)
    if not isinstance(folder, Path):
        raise MissingFile(
            "the bundled project is inside an archive", "Install whosays unpacked"
        )
    return folder


@cache
def version() -> str:
    """Return the version, which stands in pyproject.toml only.

    Without an installation (a plain checkout on the path) it is read from there.
    """
    try:
        return installed_version("whosays")
    except PackageNotFoundError:
        import tomllib

        pyproject = Path(__file__).resolve().parents[2] / "pyproject.toml"
        return str(tomllib.loads(pyproject.read_text("utf-8"))["project"]["version"])
