"""Measure whosays in use beside rdflib and pyvis, and write tables and a plot.

Every step runs in a process of its own, ours and what it stands beside in turn, several
times; medians count. CPU seconds are of the work alone, memory is the peak of a process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from scripts.benchmarks import generator, plot, tables
from scripts.benchmarks.tables import Figures
from whosays.files import write_atomic
from whosays.queries import catalogue

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "images" / "performance.svg"
SIZES = (1_000, 10_000, 100_000)
SECONDS = 3_600
EXPORTS = ("nq", "trig", "ttl", "csv", "graphml")
_QUERY_SECONDS = 60  # of one query on the engine, with its start
_RDFLIB_QUADS = 10_000  # statements up to which rdflib reads the same quads
_LARGE = 50_000
_COLD = {
    "--help": ("--help",),
    "that": ("that", "{subject}", "{relation}", "{object}", "-p", "{folder}", "-q"),
    "about": ("about", "{actor}", "-p", "{folder}", "-q"),
    "disputes": ("disputes", "-p", "{folder}", "-q"),
    "query": ("query", "denied-by", "speaker={actor}", "-p", "{folder}", "-q"),
}


def main(arguments: list[str]) -> None:
    """Measure each size, print the tables or put them where they are shown."""
    parser = argparse.ArgumentParser("scripts/benchmark use", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="statements")
    parser.add_argument("--repeat", type=int, default=5, help="runs; medians count")
    parser.add_argument(
        "--write", action="store_true", help="into docs/, the plot too, and README.md"
    )
    parser.add_argument(
        "--queries-at",
        type=int,
        default=1_000,
        help="the size at which rdflib is asked every named query: minutes",
    )
    parser.add_argument("--json", type=Path, help="also keep the figures there")
    options = parser.parse_args(arguments)
    found = []
    for size in options.sizes:
        print(f"{size:,} statements", file=sys.stderr)
        repeat = min(options.repeat, 3) if size >= _LARGE else options.repeat
        repeat = 1 if size >= 1_000_000 else repeat
        found.append(measure(size, repeat, queries_at=options.queries_at))
        if options.json:
            write_atomic(options.json, json.dumps(found))
    publish(found) if options.write else print(tables.markdown(found), end="")


def publish(found: Sequence[Figures]) -> None:
    """Put the tables into the page, a short one into README, and draw the plot."""
    page = tables.replaced(PAGE.read_text("utf-8"), tables.markdown(found))
    write_atomic(PAGE, page)
    write_atomic(
        README, tables.replaced(README.read_text("utf-8"), tables.short(found))
    )
    write_atomic(PICTURE, plot.svg(found))


def measure(size: int, repeat: int, *, queries_at: int = 0) -> Figures:
    """Make a project of a size and measure every step on it.

    ``queries_at`` is the size at which rdflib is asked every named query, too.
    """
    with tempfile.TemporaryDirectory(prefix="whosays-benchmark-") as name:
        folder = Path(name)
        generator.write(generator.make(size), folder)
        _age(folder)
        figures: Figures = {"statements": {"count": float(size)}}
        runs: dict[str, list[dict[str, float]]] = {}
        for number in range(repeat):
            for step in _steps(size):
                if step == "quads" and number:
                    continue
                key = step.partition(" ")[2] or step
                runs.setdefault(key, []).append(_child(folder, step))
        for key, several in runs.items():
            figures[key] = {
                fact: median(one[fact] for one in several) for fact in several[0]
            }
        figures["queries"] = _queries(folder)
        if size == queries_at:
            figures["rdflib_queries"] = _child(folder, "rdflib_queries")
        figures["cold"] = _cold(folder, repeat)
        return figures


def _steps(size: int) -> list[str]:
    steps = ["build", "quads", "bulk_disk", "bulk_memory", "rdflib_rows"]
    steps += ["rdflib_quads"] if size <= _RDFLIB_QUADS else []
    steps += ["verbs", "dump", *(f"export {suffix}" for suffix in EXPORTS), "pyvis"]
    return steps


def _age(folder: Path) -> None:
    """Let the files be older than the moment after which their times tell a change."""
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def _child(folder: Path, step: str, seconds: float = SECONDS) -> dict[str, float]:
    from shutil import rmtree

    if step == "build":
        rmtree(folder / "build", ignore_errors=True)
    name, *more = step.split()
    command = [sys.executable, "-m", "scripts.benchmarks.steps", name, str(folder)]
    done = subprocess.run(
        [*command, *more], cwd=ROOT, stdout=subprocess.PIPE, timeout=seconds, check=True
    )
    facts: dict[str, float] = json.loads(done.stdout)
    return facts


def _queries(folder: Path) -> dict[str, float]:
    """Ask each named query in a process that can be ended, as no engine can be."""
    found = {}
    for name in catalogue():
        try:
            found[name] = _child(folder, f"query {name}", _QUERY_SECONDS)["seconds"]
        except subprocess.TimeoutExpired:
            found[name] = float("inf")
    return found


def _cold(folder: Path, repeat: int) -> dict[str, float]:
    """Measure whole processes, from nothing to the answer, beside bare Python."""
    given = _child(folder, "asked_for")
    words = {name: str(value) for name, value in given.items()}
    runs: dict[str, list[float]] = {}
    for _ in range(max(repeat, 3)):
        runs.setdefault("bare", []).append(_process([sys.executable, "-c", "pass"]))
        for name, arguments in _COLD.items():
            command = [one.format(folder=folder, **words) for one in arguments]
            taken = _process([sys.executable, "-m", "whosays", *command])
            runs.setdefault(name, []).append(taken)
    return {name: median(several) for name, several in runs.items()}


def _process(command: list[str]) -> float:
    """CPU seconds of a process and of what it started."""
    started = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise subprocess.CalledProcessError(started.returncode, command)
    return usage.ru_utime + usage.ru_stime
