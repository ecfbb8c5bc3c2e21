"""The files that travel with the package are found wherever it runs from."""

import importlib.metadata
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from whosays import resources
from whosays.errors import MissingFile

ROOT = Path(__file__).resolve().parents[1]


def stated_version() -> str:
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    return str(tomllib.loads(pyproject)["project"]["version"])


def test_a_checkout_finds_ontology_and_seeds_beside_the_package():
    root = resources.data_root()

    assert root.joinpath("ontology").is_dir()
    assert root.joinpath("seeds", resources.BUNDLED).is_dir()


def test_a_wheel_finds_ontology_and_seeds_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "ontology" / "checks").mkdir(parents=True)
    (tmp_path / "ontology" / "checks" / "one.rq").write_text("ASK {}", "utf-8")
    (tmp_path / "seeds" / resources.BUNDLED).mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)

    query = resources.ontology_file("checks/one.rq")

    assert resources.data_root() == tmp_path
    assert query.read_text("utf-8") == "ASK {}"
    assert resources.bundled_project() == tmp_path / "seeds" / resources.BUNDLED


def test_the_bundled_project_is_a_project():
    assert (resources.bundled_project() / "whosays.toml").is_file()


def test_the_ontology_is_there():
    assert resources.ontology_file("whosays.ttl").is_file()


def test_a_bundled_project_inside_an_archive_is_refused_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    archive = tmp_path / "whosays.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("whosays/ontology/whosays.ttl", "")
    monkeypatch.setattr(resources, "_PACKAGE", archive / "whosays")

    with pytest.raises(MissingFile, match="unpacked"):
        resources.bundled_project()


def test_the_version_is_the_one_in_pyproject():
    resources.version.cache_clear()

    assert resources.version() == stated_version()


def test_the_version_is_known_without_an_installation(monkeypatch: pytest.MonkeyPatch):
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", absent)
    resources.version.cache_clear()

    found = resources.version()

    resources.version.cache_clear()
    assert found == stated_version()
