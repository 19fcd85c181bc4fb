"""Takes the README's picture, docs/chat.png, from the real page after a real question: `python -m bench.screenshot`.

Needs chromium on the path; Playwright's own download is not used.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from index.indexing import index_paths
from index.minilm import MiniLM
from qa.library import Library
from ui.chat import SEED_EXAMPLES, serve

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "chat.png"
QUESTION = SEED_EXAMPLES[0]
PATIENCE = 60_000
"""Milliseconds that a loaded machine may take for one step."""


def main() -> None:
    """Index the seeds, ask, click the first citation, and keep what is seen at 1280 x 800."""
    with tempfile.TemporaryDirectory() as store:
        index_paths([ROOT / "seeds"], Path(store), MiniLM())
        page, address = serve(Library.open(store), port=0, wait=False)
        PICTURE.parent.mkdir(exist_ok=True)
        take(address)
        page.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")


def take(address: str) -> None:
    """Ask in a real browser and write the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.get_by_role("button", name=QUESTION).click()
        page.locator("#turn-1[aria-busy=false] a.cite").first.click()
        page.locator("#panel mark.active").wait_for()
        page.evaluate("document.activeElement.blur()")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
