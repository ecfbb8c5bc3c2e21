"""What the SPARQL engine inside a page costs before anybody asks anything.

Two pages of one project, with the engine and without, are opened in turns; the best
CPU time of the page's main thread and the best time to the first picture are compared.
The best of many, since whatever else runs on a machine only ever adds.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from whosays import KG

ROUNDS = 15
FRAMES = "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


def panel(kg: KG, rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """Open both pages in turns; give CPU and wall seconds of each."""
    best: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--disable-gpu"]
        )
        pages = {"without": Path(folder) / "a.html", "with": Path(folder) / "b.html"}
        for name, page in pages.items():
            kg.view(sparql=name == "with").save(page)
        for number in range(rounds):
            turn = list(pages.items())
            for name, page in turn if number % 2 else reversed(turn):
                found = _first_picture(browser, page)
                before = best.get(name, found)
                best[name] = min(before[0], found[0]), min(before[1], found[1])
        browser.close()
    return best


def _first_picture(browser: Browser, page: Path) -> tuple[float, float]:
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    tab.goto(page.as_uri(), wait_until="commit")
    tab.locator("html[data-ready=yes]").wait_for(state="attached")
    wall = tab.evaluate(f"{FRAMES}.then(() => performance.now())") / 1000
    tab.wait_for_load_state("load")
    metrics = session.send("Performance.getMetrics")["metrics"]
    context.close()
    return next(m["value"] for m in metrics if m["name"] == "TaskDuration"), wall


def main() -> None:
    """Print both and their ratios."""
    import whosays

    best = panel(whosays.load())
    for name, (cpu, wall) in best.items():
        print(f"{name:8} {cpu:.3f} s CPU   {wall:.3f} s to the first picture")
    ratios = [b / a for a, b in zip(best["without"], best["with"], strict=True)]
    print(f"ratio    {ratios[0]:.3f}         {ratios[1]:.3f}")


if __name__ == "__main__":
    main()
