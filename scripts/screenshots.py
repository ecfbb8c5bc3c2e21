"""Photograph the view of the bundled project, for the README.

The page is opened from disk without a network; a picture that has grown heavy is
refused, since everybody who clones the repository carries it for ever.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"

SIZE = {"width": 1200, "height": 720}
LARGEST = 250_000
FEW = "dis=1"
CLAIM = "sel=e%3Airan%7Cfights%7Cisis"
PICTURES = {
    "view": ("light", f"#{FEW}"),
    "view-dark": ("dark", f"#{FEW}"),
    "view-claim": ("light", f"#{FEW}&{CLAIM}"),
}
"""Each picture with the colours of the system and the state of the page."""


def main() -> int:
    """Draw the page once and photograph it in each state."""
    from playwright.sync_api import sync_playwright

    import whosays

    chromium = os.environ.get("WHOSAYS_CHROMIUM") or shutil.which("chromium")
    heavy = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "view.html"
        whosays.load().view().save(page_file)
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--force-color-profile=srgb"]
        )
        for name, (colours, state) in PICTURES.items():
            context = browser.new_context(
                offline=True, viewport=SIZE, color_scheme=colours, locale="en-GB"
            )
            page = context.new_page()
            page.goto(page_file.as_uri() + state)
            page.locator("html[data-ready=yes]").wait_for(state="attached")
            page.locator("#b-filters").click()
            page.locator("#b-fit").click()
            page.mouse.move(0, 0)
            picture = page.screenshot(animations="disabled")
            IMAGES.mkdir(parents=True, exist_ok=True)
            (IMAGES / f"{name}.png").write_bytes(picture)
            print(f"wrote docs/images/{name}.png ({len(picture) / 1000:,.0f} kB)")
            heavy += len(picture) > LARGEST
            context.close()
        browser.close()
    if heavy:
        print(f"error: larger than {LARGEST / 1000:,.0f} kB", file=sys.stderr)
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
