"""Where the files that travel with the package are: ontology and bundled project.

In a checkout and in an editable install `ontology/` and `seeds/` stand beside
`graph/`; in a wheel they stand inside the package. Nothing else knows the
difference.
"""

from functools import cache
from os.path import realpath
from pathlib import Path

from whosays.errors import MissingFile

BUNDLED = "iran-isis"

# Not importlib.resources: it costs more than the rest of a small command, and a package
# in an archive is refused anyway.
_PACKAGE = Path(__file__).resolve().parent


def data_root() -> Path:
    """Return the folder that holds `ontology/` and `seeds/`."""
    if (_PACKAGE / "ontology").is_dir():
        return _PACKAGE
    return _PACKAGE.parents[1]


def ontology_file(name: str) -> Path:
    """Return a file of the ontology; `name` may hold slashes (`checks/x.rq`)."""
    return data_root() / "ontology" / name


def bundled_project() -> Path:
    """Return the folder of the bundled project, which may be read-only.

    A project is read by path, so a package inside a zip archive is refused here
    rather than half-way through a build.
    """
    folder = data_root() / "seeds" / BUNDLED
    if not folder.is_dir():
        raise MissingFile(
            "the bundled project is not beside the package", "Install whosays unpacked"
        )
    return folder


def is_installed(path: Path) -> bool:
    """Tell whether a folder belongs to an installation, which nobody may change."""
    return (
        data_root() in Path(realpath(path)).parents  # resolve() fails on a circle
        and not (data_root() / "pyproject.toml").is_file()
    )


@cache
def version() -> str:
    """Return the version, which stands in pyproject.toml only.

    Without an installation (a plain checkout on the path) it is read from there.
    """
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed_version

    try:
        return installed_version("whosays")
    except PackageNotFoundError:
        import tomllib

        pyproject = _PACKAGE.parents[1] / "pyproject.toml"
        return str(tomllib.loads(pyproject.read_text("utf-8"))["project"]["version"])
