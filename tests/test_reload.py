"""A conversation in a real browser when the page, the server or the articles do not stay as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import CHROMIUM, PATIENCE, ask, serving

from index.indexing import index_paths
from qa import prompts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from index.minilm import MiniLM

    Visit = Callable[[str], Page]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")

WHO, THEN = "Who heads the Ukrainian delegation?", "Which palace hosts the talks?"


@pytest.fixture(scope="module")
def address(seed_store: Path) -> Iterator[str]:
    with serving(seed_store) as address:
        yield address


def test_a_page_that_is_loaded_again_or_gone_back_to_goes_on_where_it_was(address: str, visit: Visit) -> None:
    page = visit(address)
    ask(page, WHO)
    page.get_by_label("Your question").press_sequentially("And the Russian")
    page.reload()
    page.locator("#turn-1 a.cite").first.click()
    page.locator("#panel mark.active").first.wait_for()
    assert page.get_by_label("Your question").input_value() == "And the Russian"
    assert "Understood as:" in ask(page, "And the Russian one?", turn=2).inner_text()
    page.goto("about:blank")
    page.go_back()
    page.locator("#turn-2").wait_for()
    assert page.get_by_label("Your question").input_value() == ""
    page.get_by_role("button", name="New conversation").click()
    page.locator("#transcript .welcome").wait_for()
    page.reload()
    page.locator("#transcript .welcome").wait_for()
    assert page.locator(".exchange, .before").count() == 0


def test_each_tab_of_a_browser_has_a_conversation_of_its_own(address: str, visit: Visit) -> None:
    one = visit(address)
    ask(one, WHO)
    other = one.context.new_page()
    other.goto(address)
    other.locator("#transcript .welcome").wait_for()
    ask(other, THEN)
    one.reload()
    one.locator("#turn-1").wait_for()
    assert one.locator("#turn-1 h2").inner_text() == WHO


def test_when_the_server_was_started_again_the_questions_are_offered_again(seed_store: Path, browser: Browser) -> None:
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        with serving(seed_store) as address:
            page.goto(address)
            ask(page, WHO)
            page.get_by_label("Your question").press_sequentially("And the Russian")
        port = re.findall(r":(\d+)", address)[0]
        with serving(seed_store, port):
            page.goto(address)
            page.locator(".before", has_text=prompts.NOT_HELD).wait_for()
            assert page.get_by_label("Your question").input_value() == "And the Russian"
            page.get_by_role("button", name=WHO).click()
            page.locator("#turn-1[aria-busy=false] a.cite").first.wait_for()


def test_articles_that_come_and_go_are_counted_and_what_was_cited_stays(
    embedder: MiniLM, tmp_path: Path, visit: Visit
) -> None:
    folder, store = tmp_path / "news", tmp_path / "store"
    folder.mkdir()
    (folder / "mayor.txt").write_text("The mayor of Springfield, Tess Grady, resigned on Monday.\n")
    (folder / "harbour.txt").write_text("The harbour of Shelbyville was closed by a storm in March.\n")
    index_paths([folder], store, embedder)
    with serving(store) as address:
        page = visit(address)
        ask(page, "Who resigned on Monday in Springfield?")
        (folder / "mayor.txt").unlink()
        index_paths([folder], store, embedder)
        ask(page, "What closed the harbour of Shelbyville?", turn=2)
        page.locator("#masthead p", has_text="news · 1 article").wait_for()
        page.locator("#turn-1 a.cite").first.click()
        page.locator("#panel .lost.active", has_text=prompts.ARTICLE_GONE).wait_for()
        assert "Tess Grady" in page.locator("#panel mark.active").inner_text()
        page.get_by_role("button", name="New conversation").click()
        page.locator("#transcript .welcome", has_text="the 1 article in").wait_for()
        assert page.locator("#panel .shelf li").count() == 1
        page.close()
