"""Measure whosays in use beside rdflib and pyvis, and write tables and a plot.

Every step runs in a process of its own, ours and what it stands beside in turn, several
times; medians count. CPU seconds are of the work alone, memory is the peak of a process.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

from scripts.benchmarks import bounds, generator, plot, steps, tables
from scripts.benchmarks.tables import Figures
from whosays.files import write_atomic
from whosays.queries import catalogue

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "images" / "performance.svg"
EXPORTS = ("nq", "trig", "ttl", "csv", "graphml")
_ONCE = ("quads",)
_TIMES = {"build": bounds.MAKING, "rdflib_quads": steps.HALF, "query": steps.QUERY}
"""Parts of the limit, or several times it, that a step has."""
_WHOSAYS = (sys.executable, "-m", "whosays")
_COLD = {
    "--help": ("--help",),
    "that": ("that", "{subject}", "{relation}", "{object}", "-p", "{folder}", "-q"),
    "about": ("about", "{actor}", "-p", "{folder}", "-q"),
    "disputes": ("disputes", "-p", "{folder}", "-q"),
    "query denied-by": (
        "query",
        "denied-by",
        "speaker={actor}",
        "-p",
        "{folder}",
        "-q",
    ),
    "about, of an ordinary actor": ("about", "{ordinary}", "-p", "{folder}", "-q"),
    "disputes, of an ordinary actor": (
        "disputes",
        "{ordinary}",
        "-p",
        "{folder}",
        "-q",
    ),
    "query denied-by, of an ordinary actor": (
        *("query", "denied-by", "speaker={ordinary}", "-p", "{folder}", "-q"),
    ),
    "actor find": ("actor", "find", "{ordinary}", "-p", "{folder}", "-q"),
    "source find": ("source", "find", "{source}", "-p", "{folder}", "-q"),
    "status": ("status", "-p", "{folder}", "-q"),
}


def publish(found: Sequence[Figures]) -> None:
    """Put a short table into README, and draw the plot."""
    readme = tables.replaced(README.read_text("utf-8"), tables.short(found))
    write_atomic(README, readme)
    write_atomic(PICTURE, plot.svg(found))


def measure(size: int, repeat: int, limit: float, *, slow: bool = False) -> Figures:
    """Make a project of a size and measure every step on it.

    ``slow`` also asks rdflib every named query, which takes minutes.
    """
    with tempfile.TemporaryDirectory(prefix="whosays-benchmark-") as name:
        folder = Path(name)
        generator.write(generator.make(size), folder)
        _age(folder)
        figures: Figures = {"statements": {"count": float(size)}}
        runs: dict[str, list[dict[str, float]]] = {}
        for _ in range(repeat):
            for step in _steps():
                known = runs.setdefault(step, [])
                if known and (step in _ONCE or _enough(known)):
                    continue
                more = steps.slow(known[0]) if step == "rdflib_rows" and known else ()
                known.append(_child(folder, step, limit, *more))
                if step in ("build", "quads") and known[0].get("seconds", 0) < 0:
                    _say(f"{step} takes too long: the rest is left out")
                    return figures | {"build": known[0]}
        for step, several in runs.items():
            kind, _, what = step.partition(" ")
            facts = {
                fact: median(one[fact] for one in several if fact in one)
                for fact in several[0]
            }
            if kind == "verb":
                figures.setdefault("verbs", {})[what] = facts["seconds"]
            figures[what or step] = facts
        figures["verbs"]["view"] = figures["view"]["seconds"]
        figures["queries"] = {
            name: _child(folder, f"query {name}", limit)["seconds"]
            for name in catalogue()
        }
        figures |= _worded(folder, limit)
        if slow:
            figures["rdflib_queries"] = _child(folder, "rdflib_queries", limit)
        figures["cold"] = _cold(folder, repeat, limit)
        return figures


def _worded(folder: Path, limit: float) -> Figures:
    """Ask all wordings of all queries of a store that is loaded once."""
    facts: Any = _child(folder, "worded", limit)
    return {step: known for step, known in facts.items() if step != "memory"}


def _steps() -> list[str]:
    """List the steps, ours and what each stands beside in turn."""
    return [
        *("build", "quads", "bulk_disk", "bulk_memory", "rdflib_rows", "rdflib_quads"),
        *(f"verb {name}" for name in steps.VERBS),
        *("dump", *(f"export {suffix}" for suffix in EXPORTS), "view", "pyvis"),
    ]


def _enough(known: Sequence[dict[str, float]]) -> bool:
    return bounds.enough([facts.get("seconds", 0) for facts in known])


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _age(folder: Path) -> None:
    """Let the files be older than the moment after which their times tell a change."""
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def _child(folder: Path, step: str, limit: float, *also: str) -> dict[str, float]:
    """Do a step in a process of its own, which is ended at its limit."""
    from shutil import rmtree

    if step == "build":
        rmtree(folder / "build", ignore_errors=True)
    name, *more = (*step.split(), *also)
    command = [sys.executable, "-m", "scripts.benchmarks.steps", str(limit), name]
    done = subprocess.run(
        [*command, str(folder), *more], cwd=ROOT, stdout=subprocess.PIPE, check=False
    )
    if bounds.ended(done.returncode):
        limit *= _TIMES.get(name, 1)
        _say(f"{step}: ended after {limit:g} s")
        return {"seconds": -limit}
    done.check_returncode()
    facts: dict[str, float] = json.loads(done.stdout)
    return facts


def _cold(folder: Path, repeat: int, limit: float) -> dict[str, float]:
    """Measure whole processes, from nothing to the answer, beside bare Python."""
    given = _child(folder, "asked_for", limit)
    words = {name: str(value) for name, value in given.items()}
    runs: dict[str, list[float]] = {}
    for _ in range(max(repeat, 3)):
        runs.setdefault("bare", []).append(_process([sys.executable, "-c", "pass"]))
        for name, arguments in _COLD.items():
            known = runs.setdefault(name, [])
            if not bounds.enough(known):
                command = [one.format(folder=folder, **words) for one in arguments]
                known.append(_process([*_WHOSAYS, *command], limit))
    return {name: median(several) for name, several in runs.items()}


def _process(command: list[str], limit: float = 0) -> float:
    """CPU seconds of a process and of what it started, or its limit below zero."""
    started = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if limit and hasattr(resource, "prlimit"):  # on Linux
        most = ceil(limit)
        resource.prlimit(started.pid, resource.RLIMIT_CPU, (most, most + 5))
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode == -signal.SIGXCPU:
        return -limit
    if started.returncode:
        raise subprocess.CalledProcessError(started.returncode, command)
    return usage.ru_utime + usage.ru_stime
