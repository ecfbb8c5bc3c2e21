"""Measure the page of a network beside plain pyvis on the same data, in Chromium.

Both pages are opened in turn, several times, and medians are taken: what else the
computer does then slows both. Seconds depend on the computer; the ratios hardly do.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import TYPE_CHECKING

from scripts.benchmarks import crowd, gallery
from whosays import disputes, views
from whosays.files import write_atomic
from whosays.model import Collection
from whosays.views.arrangement import place
from whosays.views.page import build
from whosays.views.selection import select

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = (100, 150, 600, 2_000)
_PHYSICS = 100  # up to so many actors pyvis may move
_PATIENCE = 150  # seconds for the physics of pyvis to come to rest
_ARGUMENTS = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
# The first frame after loading draws; when the second begins, the first was shown.
_MARK = """addEventListener('load', () => requestAnimationFrame(() =>
  requestAnimationFrame(() => { window.firstPicture = performance.now(); })));"""
_FASTEST = """(draw) => {
  const times = [];
  for (let i = 0; i < 9; i += 1) {
    const start = performance.now();
    draw(i);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}"""
_OURS = {
    "redraw": "() => whosays.panes[0].net.renderer._redraw()",
    # Whoever asks for the panes gets them drawn.
    "select": "(i) => { whosays.select('n:' + whosays.rankedActors[i]); whosays.panes; }",
    "filter": """(i) => { whosays.restore((window.whole || '') + (i % 2 ? '&st=affirms' : ''));
      whosays.panes; }""",
}


def run(sizes: Sequence[int], repeat: int) -> str:
    """Measure each number of actors and write the table."""
    found = []
    for size in sizes:
        print(f"{size:,} actors", file=sys.stderr)
        found.append(measure(size, repeat=repeat, physics=size <= _PHYSICS))
    return gallery.markdown(found)


def measure(size: int, *, repeat: int, physics: bool) -> gallery.Figures:
    """Write the pages of one network and open each of them ``repeat`` times."""
    collection = crowd.make(size)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours.html", Path(folder) / "pyvis.html"
        figures = _write_ours(collection, ours)
        _write_pyvis(collection, theirs)
        figures["pyvis_megabytes"] = theirs.stat().st_size / 1e6
        runs: dict[str, list[float]] = {}
        with _browser() as browser:
            for _ in range(repeat):
                for name, value in _open_ours(browser, ours).items():
                    runs.setdefault(name, []).append(value)
                for name, value in _open_pyvis(browser, theirs).items():
                    runs.setdefault(f"pyvis_{name}", []).append(value)
            if physics:
                moving = Path(folder) / "moving.html"
                _write_pyvis(collection, moving, still=False)
                figures["pyvis_physics"] = _until_it_rests(browser, moving)
        return figures | {name: median(values) for name, values in runs.items()}


def _write_ours(collection: Collection, path: Path) -> gallery.Figures:
    """Write our page and measure its parts in CPU seconds."""
    views.render(crowd.make(20), [])  # imports, once
    found = disputes.find(collection)
    scene = select(collection, found)
    start = process_time()
    places = place(scene)
    laid = process_time()
    html = build(scene, places, title=collection.settings.title)
    built = process_time()
    write_atomic(path, html)
    return {
        "actors": len(scene.actors),
        "claims": len(scene.claims),
        "statements": len(collection.statements),
        "layout": laid - start,
        "build": built - laid,
        "megabytes": path.stat().st_size / 1e6,
    }


def _write_pyvis(collection: Collection, path: Path, *, still: bool = True) -> None:
    """Write the page that pyvis makes of the same data, with our positions or moving."""
    from pyvis.network import Network

    scene = select(collection, ())
    places = place(scene)
    network = Network(
        directed=True, cdn_resources="in_line", height="800px", width="100%"
    )
    network.nodes = [
        {
            "id": slug,
            "label": collection.label(slug),
            "shape": "dot",
            "x": places[slug][0],
            "y": places[slug][1],
        }
        for slug in scene.actors
    ]
    network.edges = [
        {
            "from": one.subject,
            "to": one.object,
            "label": one.relation,
            "title": one.gist,
            "arrows": "to",
        }
        for one in collection.statements
    ]
    if still:
        network.options = {"physics": {"enabled": False}}
    write_atomic(path, network.generate_html())


@contextmanager
def _browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _page(browser: Browser, path: Path) -> Iterator[tuple[Page, Callable[[], float]]]:
    """Open a page without a network; give it with a clock of its CPU seconds."""
    context = browser.new_context(
        offline=True,
        viewport={"width": 1440, "height": 900},
        device_scale_factor=1,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(_PATIENCE * 1000)
    page.add_init_script(_MARK)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def clock() -> float:
        listed = session.send("Performance.getMetrics")["metrics"]
        told = {one["name"]: one["value"] for one in listed}
        return float(told["TaskDuration"])

    page.goto(path.as_uri())
    while not page.evaluate("window.firstPicture || 0"):
        page.wait_for_timeout(20)
    yield page, clock
    context.close()


def _open_ours(browser: Browser, path: Path) -> dict[str, float]:
    with _page(browser, path) as (page, clock):
        found = {"first": page.evaluate("firstPicture") / 1000, "ready": clock()}
        page.evaluate("whosays.settled()")
        for name, draw in _OURS.items():
            found[name] = page.evaluate(f"({_FASTEST})({draw})")
        page.evaluate("window.whole = 'k=99999'; whosays.restore(window.whole)")
        page.evaluate("whosays.settled()")
        for name, draw in _OURS.items():
            found[f"{name}_all"] = page.evaluate(f"({_FASTEST})({draw})")
            page.evaluate("whosays.restore(window.whole)")
        return found


def _open_pyvis(browser: Browser, path: Path) -> dict[str, float]:
    with _page(browser, path) as (page, clock):
        found = {"first": page.evaluate("firstPicture") / 1000, "ready": clock()}
        draw = "() => network.renderer._redraw()"
        found["redraw"] = page.evaluate(f"({_FASTEST})({draw})")
        return found


def _until_it_rests(browser: Browser, path: Path) -> float:
    """Give the seconds until the physics of pyvis show a finished picture."""
    start = monotonic()
    with _page(browser, path) as (page, _):
        while monotonic() - start < _PATIENCE:
            if page.evaluate("network.physics.stabilized"):
                break
            page.wait_for_timeout(50)
    return monotonic() - start
