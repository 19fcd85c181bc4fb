"""Help for tests in a real browser: Debian's chromium, driven by Playwright, and the chat served to it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

    from qa.answer import Citation

    Visit = Callable[[str], Page]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BYLINE = str(Path(sys.executable).with_name("byline"))
PATIENCE = 60_000
"""Milliseconds that a loaded machine may take for one step."""


@contextmanager
def serving(store: Path, port: str = "0", **variables: str) -> Iterator[str]:
    """Serve the chat by its command, behind a proxy that leads nowhere: nothing of ours may go through it.

    It is a process of its own because gradio leaves event loops open, which would be warnings in this one.
    """
    arguments = [BYLINE, "chat", "--store", str(store), "--port", port]
    env = os.environ | {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"} | variables
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().split()[3]
        finally:  # else a test that fails would wait for a server that nobody stops
            process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open the chat as one more person; at the end no page may have asked another machine or logged an error."""
    contexts, requests, errors = [], [], []

    def open_page(address: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.locator("#transcript .welcome").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in requests if not re.match(r"http://127\.0\.0\.1:|data:|blob:", url)] == []
    assert errors == []


def ask(page: Page, question: str, turn: int = 1) -> Locator:
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    exchange = page.locator(f"#turn-{turn}[aria-busy=false]")
    exchange.wait_for()
    return exchange


def assert_shown(page: Page, citation: Citation) -> None:
    """The cited sentence, and it alone, is highlighted, and it lies inside the visible part of the panel."""
    mark = page.locator("#panel mark.active").first
    mark.wait_for()
    assert "".join(page.locator("#panel mark.active").all_text_contents()) == citation.quote
    sentence, view = mark.bounding_box(), page.locator("#panel .scroll").bounding_box()
    head = page.locator("#panel .sheet.active header").bounding_box()
    assert sentence is not None
    assert view is not None
    assert head is not None
    assert head["y"] + head["height"] <= sentence["y"]
    assert sentence["y"] + sentence["height"] <= view["y"] + view["height"]
    file = page.locator("#panel .sheet.active .file")
    assert file.inner_text() == f"{citation.file}, line {citation.line}"
