"""Measure whosays on made-up projects beside rdflib, pyvis and pyoxigraph alone.

Prints Markdown: seconds, ratios to what stands beside, growth, memory, disk.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.benchmarks import bounds, gallery, measures, report, tables
from whosays.files import write_atomic

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
SIZES = (1_000, 10_000, 100_000)
PARTS = {
    "load": "from tables to disputes and caches, step by step",
    "use": "build, commands, queries, exports, start-up; draws the plot",
    "view": "pages in Chromium; numbers are then those of actors",
}
GRAPH_UP_TO = 100_000
SLOW_UP_TO = 1_000  # statements of which rdflib is asked every named query, once
EXAMPLES = """\
examples:
  scripts/benchmark                              all parts, 1,000 to 100,000 statements
  scripts/benchmark 1000 10000 --limit 10        smaller sizes, less patience
  scripts/benchmark 1000 10000 100000 --write    into docs/, README.md and the plot
  scripts/benchmark use 1000 --repeat 9          one part, more runs
  scripts/benchmark view 300                     pages of 300 actors
  scripts/benchmark 1000000 --limit 3600         in an hour or more

parts:
"""


def main() -> None:
    """Measure each part and print its tables, or put them into the page."""
    options = _options()
    if options.one:
        print(json.dumps(_load(options.sizes[0], options)))
        return
    for part in options.parts:
        print(f"-- {part}: {PARTS[part]}", file=sys.stderr)
        _PARTS[part](options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "scripts/benchmark",
        description=__doc__,
        epilog=EXAMPLES + "".join(f"  {k:5} {v}\n" for k, v in PARTS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "what", nargs="*", help="parts, by default all, and numbers of statements"
    )
    parser.add_argument(
        "--repeat",
        type=int,
        default=5,
        help="runs of a step, unless they come to ten CPU seconds",
    )
    parser.add_argument(
        "--limit",
        type=float,
        default=bounds.LIMIT,
        metavar="SECONDS",
        help="of CPU that a step may take, a build twenty times as much, "
        "a query a part of it (default: 60)",
    )
    parser.add_argument(
        "--steepness",
        type=float,
        default=measures.STEEPNESS,
        help="load: how far a few actors are spoken of more than others",
    )
    parser.add_argument(
        "--graph-up-to",
        type=int,
        default=GRAPH_UP_TO,
        metavar="STATEMENTS",
        help="load: beyond it only disputes, as a graph takes much memory",
    )
    parser.add_argument("--json", type=Path, help="use: also keep the figures there")
    parser.add_argument(
        "--write", action="store_true", help="into docs/, README.md and the plot"
    )
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_intermixed_args()
    numbers = [word for word in options.what if word.isdecimal()]
    wrong = [word for word in options.what if word not in (*numbers, *PARTS)]
    if wrong or "0" in numbers:
        parser.error(f"neither a part nor a size: {(wrong or numbers)[0]}")
    options.parts = [part for part in PARTS if part in options.what] or [*PARTS]
    options.sizes = sorted(map(int, numbers)) or [*SIZES]
    options.actors = options.sizes if numbers and options.parts == ["view"] else ()
    return options


def _load_part(options: argparse.Namespace) -> None:
    found = []
    for size in options.sizes:
        print(f"{size:,} statements", file=sys.stderr)
        if size > options.graph_up_to:
            print("reading and loading: left out, see --graph-up-to", file=sys.stderr)
        found.append(_in_child(size, options))
        _give(report.markdown(found), report.START, report.END, options, len(found))


def _load(size: int, options: argparse.Namespace) -> measures.Figures:
    return measures.measure(
        size,
        repeat=options.repeat,
        steepness=options.steepness,
        graph=size <= options.graph_up_to,
        limit=options.limit,
    )


def _in_child(size: int, options: argparse.Namespace) -> measures.Figures:
    """Measure in a process of its own, so that the peak of memory is its own."""
    command = [sys.executable, "-m", "scripts.benchmarks", "load", str(size), "--one"]
    for name in ("repeat", "limit", "steepness", "graph_up_to"):
        command += [f"--{name.replace('_', '-')}", str(getattr(options, name))]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    figures: measures.Figures = json.loads(done.stdout)
    return figures


def _use_part(options: argparse.Namespace) -> None:
    from scripts.benchmarks import using

    found: list[tables.Figures] = []
    for size in options.sizes:
        print(f"{size:,} statements", file=sys.stderr)
        slow = not found and size <= SLOW_UP_TO
        found.append(using.measure(size, options.repeat, options.limit, slow=slow))
        if options.json:
            write_atomic(options.json, json.dumps(found))
        _give(tables.markdown(found), tables.START, tables.END, options, len(found))
    if options.write:
        using.publish(found)


def _view_part(options: argparse.Namespace) -> None:
    if shutil.which("chromium") is None:
        print("left out: chromium is not installed", file=sys.stderr)
        return
    from scripts.benchmarks import pictures

    text = pictures.run(options.actors or pictures.SIZES, options.repeat)
    _give(text, gallery.START, gallery.END, options)


def _give(
    text: str, start: str, end: str, options: argparse.Namespace, sizes: int = 0
) -> None:
    """Print tables or put them into the page; without all sizes they say so.

    So whoever ends a run keeps what was measured by then.
    """
    left = [f"{size:,}" for size in options.sizes[sizes:]] if sizes else []
    if left:
        text += f"\n*Partial: {', '.join(left)} statements are still to be measured.*\n"
    if not options.write:
        print(text, flush=True)
        return
    page = report.replaced(PAGE.read_text("utf-8"), text, start, end)
    write_atomic(PAGE, page)


_PARTS = {"load": _load_part, "use": _use_part, "view": _view_part}


if __name__ == "__main__":
    main()
