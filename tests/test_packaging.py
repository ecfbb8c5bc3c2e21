"""Wheel and source archive hold everything, and the wheel works by itself.

The wheel is installed beside our runtime dependencies only (links to the ones that
are installed here, found through their metadata), so a run of the tests needs no
network, and an import of a developers' tool would fail.
"""

import csv
import io
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.digests import digest
from whosays.views import engine

ROOT = Path(__file__).resolve().parents[1]
MOVED = {
    "graph/whosays": "whosays",
    "ontology": "whosays/ontology",
    "seeds": "whosays/seeds",
}
GENERATED = {"__pycache__", "build"}  # as .gitignore says
SECONDS = 120  # nothing here takes a tenth of it; a hang must not outlive it

Run = Callable[..., subprocess.CompletedProcess[str]]


def build(source: Path, kind: str, folder: Path) -> Path:
    hatchling = [sys.executable, "-m", "hatchling", "build", "-t", kind]
    subprocess.run(
        [*hatchling, "-d", str(folder)],
        cwd=source,
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    (built,) = folder.iterdir()
    return built


def packaged_files() -> Iterator[str]:
    """Yield the places in the wheel of all files that git would not ignore."""
    for folder, place in MOVED.items():
        for path in (ROOT / folder).rglob("*"):
            inside = path.relative_to(ROOT / folder)
            if path.is_file() and not GENERATED & set(inside.parts):
                yield f"{place}/{inside.as_posix()}"


def runtime_distributions() -> dict[str, Distribution]:
    """Close our dependencies over their own, extras aside, as pip would."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    waiting = [Requirement(line) for line in pyproject["project"]["dependencies"]]
    found: dict[str, Distribution] = {}
    while waiting:
        needed = waiting.pop()
        if needed.marker and not needed.marker.evaluate({"extra": ""}):
            continue
        if needed.name not in found:
            found[needed.name] = distribution(needed.name)
            waiting += map(Requirement, found[needed.name].requires or [])
    return found


def link_into(site_packages: Path, installed: Distribution) -> None:
    tops = {file.parts[0] for file in installed.files or []}
    for top in tops - {"..", "__pycache__"}:
        (site_packages / top).symlink_to(Path(str(installed.locate_file(top))))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment; return its folder."""
    venv = tmp_path_factory.mktemp("environment") / "venv"
    make = [sys.executable, "-m", "venv", "--without-pip", str(venv)]
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python")]
    offline = ["--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)]
    subprocess.run(make, check=True, timeout=SECONDS)
    subprocess.run([*pip, "install", *offline], check=True, timeout=SECONDS)
    (site_packages,) = venv.glob("lib/python*/site-packages")
    for installed in runtime_distributions().values():
        link_into(site_packages, installed)
    return venv


@pytest.fixture
def run(installation: Path, tmp_path: Path) -> Run:
    """Run a command of the installation in an empty folder with an empty home."""
    home = tmp_path / "home"
    here = tmp_path / "here"
    home.mkdir()
    here.mkdir()
    environment = {"HOME": str(home), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [installation / "bin" / command[0], *command[1:]],
            check=False,
            cwd=here,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done

    return run


def test_the_wheel_holds_package_ontology_and_seeds_and_nothing_else(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())

    ours = {name for name in names if ".dist-info/" not in name}
    assert ours == set(packaged_files())
    assert "whosays/ontology/whosays.ttl" in names
    assert "whosays/seeds/iran-isis/whosays.toml" in names
    assert "whosays/py.typed" in names


@pytest.mark.skipif(
    engine.engine() is None,
    reason="the SPARQL engine is not here; scripts/sparql-engine fetches it",
)
def test_the_wheel_holds_the_engine_that_git_ignores(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())

    stored = {engine.stored(name).name for name in engine.record().files}
    assert {f"whosays/views/fetched/{name}" for name in stored} <= names


def test_the_wheel_carries_both_licences(wheel: Path):
    names = {Path(name).name for name in zipfile.ZipFile(wheel).namelist()}

    assert {"LICENSE", "LICENSE-DATA"} <= names


def test_the_source_archive_holds_the_commands_ready_to_run(sdist: Path):
    with tarfile.open(sdist) as archive:
        members = {
            member.name.partition("/")[2]: member for member in archive.getmembers()
        }

    for command in ("scripts/build", "scripts/test", ".ci/run"):
        assert members[command].mode & 0o111, f"{command} is not executable"
    for needed in ("scripts/bootstrap", "constraints.txt", "tests/test_packaging.py"):
        assert needed in members


def test_a_wheel_built_from_the_source_archive_is_the_same(
    wheel: Path, sdist: Path, tmp_path: Path
):
    with tarfile.open(sdist) as archive:
        if hasattr(tarfile, "data_filter"):  # not yet in Debian's Python 3.11.2
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(tmp_path / "source")
    (source,) = (tmp_path / "source").iterdir()

    again = build(source, "wheel", tmp_path / "wheel")

    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert {name: digest(first.read(name)) for name in first.namelist()} == {
            name: digest(second.read(name)) for name in second.namelist()
        }


def test_the_environment_has_our_package_and_no_tool_of_developers(
    installation: Path, run: Run
):
    place = run("python", "-c", "import whosays; print(whosays.__file__)").stdout
    tools = "[find_spec(n) for n in ('pytest', 'hypothesis', 'mypy', 'playwright')]"
    found = run("python", "-c", f"from importlib.util import find_spec; print({tools})")

    assert Path(place.strip()).is_relative_to(installation)
    assert found.stdout.strip() == "[None, None, None, None]"


def test_the_installed_command_tells_its_version(run: Run, wheel: Path):
    version = wheel.name.split("-")[1]

    assert version in run("whosays", "--version").stdout


def test_the_installed_command_builds_the_bundled_project_and_leaves_it_alone(
    installation: Path, run: Run, tmp_path: Path
):
    (seeds,) = installation.glob("lib/python*/site-packages/whosays/seeds")
    before = {path: path.stat().st_mtime_ns for path in seeds.rglob("*")}

    run("whosays", "build")

    assert any((tmp_path / "here" / "build").iterdir())
    assert {path: path.stat().st_mtime_ns for path in seeds.rglob("*")} == before


def test_the_installed_command_finds_what_is_contested(run: Run):
    answer = run("whosays", "query", "contested", "-f", "csv").stdout

    header, *rows = csv.reader(io.StringIO(answer))
    assert rows
    assert all(len(row) == len(header) for row in rows)


def test_the_installed_command_exports_turtle(run: Run, tmp_path: Path):
    import pyoxigraph

    run("whosays", "export", "g.ttl")

    turtle = (tmp_path / "here" / "g.ttl").read_bytes()
    assert sum(1 for _ in pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)) > 100


def test_the_installed_command_writes_a_page(run: Run, tmp_path: Path):
    run("whosays", "view", "-o", "v.html")

    page = (tmp_path / "here" / "v.html").read_text("utf-8")
    assert page.lstrip().lower().startswith("<!doctype html")
    assert page.rstrip().endswith("</html>")
