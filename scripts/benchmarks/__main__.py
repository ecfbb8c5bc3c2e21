"""Measure whosays on made-up projects and print the figures as Markdown.

Each size is measured in a process of its own, so that the peak of memory is its own and
no size profits from another.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from scripts.benchmarks import measures, report
from whosays.files import write_atomic

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
SIZES = (1_000, 10_000, 100_000)
GRAPH_UP_TO = 100_000
SECONDS = 3_600


def main() -> None:
    """Measure each size and print the tables, or put them into the page."""
    if sys.argv[1:2] == ["view"]:
        from scripts.benchmarks import pictures  # needs a browser

        pictures.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["use"]:
        from scripts.benchmarks import using  # starts many processes

        using.main(sys.argv[2:])
        return
    options = _options()
    if options.one:
        figures = measures.measure(
            options.sizes[0],
            repeat=options.repeat,
            steepness=options.steepness,
            graph=options.sizes[0] <= options.graph_up_to,
        )
        print(json.dumps(figures))
        return
    usual = [_in_child(size, options) for size in options.sizes]
    text = report.markdown(usual)
    if options.write:
        page = report.replaced(PAGE.read_text("utf-8"), text)
        write_atomic(PAGE, page)
    else:
        print(text, end="")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("scripts/benchmark", description=__doc__)
    parser.add_argument(
        "sizes", nargs="*", type=int, default=SIZES, help="numbers of statements"
    )
    parser.add_argument(
        "--repeat", type=int, default=5, help="runs; the quickest of each step counts"
    )
    parser.add_argument(
        "--steepness",
        type=float,
        default=measures.STEEPNESS,
        help="how far a few actors are spoken of more than others",
    )
    parser.add_argument(
        "--graph-up-to",
        type=int,
        default=GRAPH_UP_TO,
        help="beyond this only disputes are measured: a graph takes much memory",
    )
    parser.add_argument(
        "--write", action="store_true", help="put the tables into docs/performance.md"
    )
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_child(size: int, options: argparse.Namespace) -> measures.Figures:
    command = [sys.executable, "-m", "scripts.benchmarks", "--one", str(size)]
    for name in ("repeat", "steepness", "graph_up_to"):
        command += [f"--{name.replace('_', '-')}", str(getattr(options, name))]
    print(f"{size:,} statements", file=sys.stderr)
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, timeout=SECONDS, check=True
    )
    figures: measures.Figures = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    main()
