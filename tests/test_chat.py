"""The chat in a real browser: Debian's chromium, driven by Playwright, over the real index of the seeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import CHROMIUM, PATIENCE, ask, assert_shown, serving
from misbehaving import misbehaving

from index.errors import SettingError
from index.indexing import index_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from index.minilm import MiniLM
    from qa.answer import Answer
    from qa.library import Library

    Visit = Callable[[str], Page]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")

WHO, THEN, WEATHER = (
    "Who heads the Ukrainian delegation?",
    "Which palace hosts the talks?",
    "Who won the 1998 world cup?",
)
EVIL = "<img src=x onerror='window.hacked=1'>"


@pytest.fixture(scope="module")
def address(seed_store: Path) -> Iterator[str]:
    with serving(seed_store) as address:
        yield address


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    """What the page must show for WHO: the library tells the same to everyone."""
    return library.ask(WHO)


def test_a_number_opens_the_article_at_that_very_sentence(answer: Answer, address: str, visit: Visit) -> None:
    page, citations = visit(address), answer.citations
    exchange = ask(page, WHO)
    assert page.locator("#panel .list li").count() == len(citations)
    before = exchange.bounding_box()
    for citation in citations:
        exchange.locator(f'a.cite[data-cites="1-{citation.number}"]').first.click()
        assert_shown(page, citation)
    assert exchange.bounding_box() == before
    page.locator("#panel .back").click()
    page.locator("#panel .list a").first.click()
    assert_shown(page, citations[0])


def test_wordings_open_at_their_sentences_and_the_articles_are_compared_at_a_click(
    library: Library, address: str, visit: Visit
) -> None:
    page, question = visit(address), "What did Trump say about meeting Putin?"
    exchange, quotation = ask(page, question), library.ask(question).quotations[0]
    figures = exchange.locator(".quotes figure")
    assert [li.strip("“”") for li in figures.first.locator("li > p:first-child").all_inner_texts()] == [
        w.text for w in quotation.wordings
    ]
    figures.first.locator("a.cite").first.click()
    assert_shown(page, quotation.citations[0])
    exchange.get_by_role("button", name="Compare the articles").click()
    page.locator("#turn-2[aria-busy=false]").wait_for()
    table = page.locator("#turn-2 table")
    assert table.locator("thead th").count() == 5
    cell = table.locator("td:not(.silent) a.cite").first
    cell.click()
    page.locator("#panel mark.active").first.wait_for()


def test_the_text_in_the_panel_is_the_file_as_it_lies_on_disk(
    answer: Answer, seeds: Path, address: str, visit: Visit
) -> None:
    page, citation = visit(address), answer.citations[0]
    ask(page, WHO).locator("a.cite").first.click()
    text = page.locator("#panel .sheet.active .text")
    assert text.evaluate("node => node.textContent") == (seeds / citation.file).read_bytes().decode("utf-8")


def test_the_numbers_of_an_earlier_answer_keep_working(answer: Answer, address: str, visit: Visit) -> None:
    page, first = visit(address), answer.citations
    ask(page, WHO)
    ask(page, THEN, turn=2).locator("a.cite").first.click()
    page.locator("#turn-1 a.cite").last.click()
    page.locator('#panel .panel[data-turn="1"].reading').wait_for()
    assert_shown(page, first[-1])
    page.locator("#turn-2 a.cite").first.click()
    page.locator('#panel .panel[data-turn="2"].reading').wait_for()


def test_a_follow_up_is_understood_from_the_dialogue_and_says_how(address: str, visit: Visit) -> None:
    page = visit(address)
    ask(page, WHO)
    assert "Understood as:" in ask(page, "And the Russian one?", turn=2).inner_text()


def test_a_refusal_gives_its_reason_and_what_comes_nearest(library: Library, address: str, visit: Visit) -> None:
    page, answer = visit(address), library.ask(WEATHER)
    assert answer.refused
    shown = ask(page, WEATHER)
    assert shown.locator(".reason").inner_text() == answer.reason
    assert shown.locator(".short").count() == 0


def test_a_question_is_shown_as_typed_and_an_error_leaves_the_conversation_alive(address: str, visit: Visit) -> None:
    page = visit(address)
    typed = f"**Who** $$x^2$$ {EVIL} `leads` [a](b)?"
    assert ask(page, typed).locator("h2").inner_text() == typed
    assert ask(page, "why " * 20_000, turn=2).locator(".problem").inner_text().endswith(".")
    assert ask(page, WHO, turn=3).locator("a.cite").count() > 0


def test_the_keyboard_alone_asks_opens_a_source_and_comes_back(answer: Answer, address: str, visit: Visit) -> None:
    page, citation = visit(address), answer.citations[0]
    page.get_by_role("button", name=WHO).focus()
    page.keyboard.press("Enter")
    page.locator("#turn-1 a.cite").first.focus()
    page.keyboard.press("Enter")
    assert_shown(page, citation)
    assert page.evaluate("document.activeElement.textContent") == citation.quote
    page.keyboard.press("Escape")
    page.locator("#panel .list").wait_for()
    assert page.evaluate("document.activeElement.dataset.cites") == "1-1"


def test_copy_retry_and_a_new_conversation(answer: Answer, address: str, visit: Visit) -> None:
    page = visit(address)
    ask(page, WHO).locator(".copy").click()
    page.locator(".copy", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{WHO}\n")
    assert f"{answer.citations[0].file}:{answer.citations[0].line}" in copied
    page.locator("#turn-1 a.cite").first.click()
    page.locator("#panel .reading").wait_for()
    page.locator("#turn-1").evaluate("turn => turn.dataset.before = 'retry'")  # the answer that was there is no news
    page.locator(".retry").click()
    page.locator("#turn-1[aria-busy=false]:not([data-before]) .answer").wait_for()
    assert page.locator(".exchange").count() == 1
    page.get_by_role("button", name="New conversation").click()
    page.locator("#transcript .welcome").wait_for()
    assert page.locator("#panel .shelf li").count() == 5
    assert ask(page, THEN).locator("h2").inner_text() == THEN


def test_an_answer_is_shown_while_a_model_writes_it_and_stop_keeps_it_and_hangs_up(
    seed_store: Path, seeds: Path, visit: Visit
) -> None:
    with misbehaving() as server, serving(seed_store, BYLINE_MODEL=f"{server.url('slowly')}#slow") as address:
        page = visit(address)
        box = page.get_by_label("Your question")
        box.fill(WHO)
        box.press("Enter")
        growing = page.locator("#turn-1[aria-busy=true]")
        growing.locator(".claim").wait_for()
        assert not server.left.is_set()
        growing.locator("a.cite").first.click()
        page.locator("#panel mark.active").first.wait_for()
        quote = "".join(page.locator("#panel mark.active").all_text_contents())
        assert any(quote in path.read_text("utf-8") for path in seeds.glob("*.txt"))
        page.get_by_role("button", name="Stop").click()
        stopped = page.locator("#turn-1[aria-busy=false]")
        stopped.locator(".note", has_text="Stopped before the end.").wait_for()
        assert stopped.locator(".claim").count() == 1
        assert server.left.wait(20)
        page.wait_for_timeout(500)
        assert stopped.locator(".note", has_text="Stopped before the end.").is_visible()
        page.close()


def test_a_source_that_is_read_stays_open_while_the_answer_grows(seed_store: Path, visit: Visit) -> None:
    with misbehaving() as server, serving(seed_store, BYLINE_MODEL=f"{server.url('pauses')}#slow") as address:
        page = visit(address)
        box = page.get_by_label("Your question")
        box.fill(WHO)
        box.press("Enter")
        page.locator("#turn-1[aria-busy=true] a.cite").first.click()
        mark = page.locator("#panel mark.active").first
        mark.wait_for()
        page.locator("#panel .scroll").evaluate("node => node.scrollTop = 7")
        page.locator("#panel .panel").evaluate("panel => panel.dataset.before = 'growing'")
        server.go.set()
        page.locator("#turn-1[aria-busy=false]").wait_for()
        page.locator("#panel .panel.reading:not([data-before])").wait_for()
        assert mark.is_visible()
        assert page.locator("#panel .scroll").evaluate("node => node.scrollTop") == 7
        page.close()


def test_every_article_can_be_opened_from_the_list_by_keyboard_too_and_the_list_at_any_time(
    seeds: Path, address: str, visit: Visit
) -> None:
    page = visit(address)
    item = page.locator("#panel .shelf a").nth(1)
    file = item.get_attribute("data-file") or ""
    item.focus()
    page.keyboard.press("Enter")
    text = page.locator("#panel .chosen .text")
    text.wait_for()
    assert text.evaluate("node => node.textContent") == (seeds / file).read_bytes().decode("utf-8")
    page.keyboard.press("Escape")
    page.locator("#panel .shelf").wait_for()
    exchange = ask(page, WHO)
    page.locator("#masthead").get_by_role("button", name="5 articles").click()
    page.locator("#panel .shelf a").first.click()
    text.wait_for()
    exchange.locator("a.cite").first.click()
    page.locator("#panel mark.active").first.wait_for()
    page.locator("#panel .back").click()
    assert page.locator("#panel .list li").count() > 0


def test_two_people_do_not_see_each_other(address: str, visit: Visit) -> None:
    one, other = visit(address), visit(address)
    ask(one, WHO)
    assert ask(other, THEN).locator("h2").inner_text() == THEN
    assert other.locator(".exchange").count() == 1
    one.locator("a.cite").first.click()
    one.locator("#panel .reading").wait_for()
    assert other.locator("#panel .reading").count() == 0


def test_hostile_articles_names_and_folders_are_text_and_nothing_else(
    embedder: MiniLM, tmp_path: Path, visit: Visit
) -> None:
    folder = tmp_path / "<img src=x onerror=window.hacked=1>"
    folder.mkdir()
    sentence = f"The mayor of Springfield {EVIL} resigned on Monday <script>window.hacked=1</script> ${{alert(1)}}."
    text = (
        f"{EVIL} Mayor Resigns {{{{hacked}}}}\r\n\r\n{sentence}\r\n\r\nThe council of Springfield met on Tuesday.\r\n"
    )
    (folder / '"><img src=x onerror=hacked=1>.txt').write_bytes(text.encode())
    (folder / "other.txt").write_text("The harbour of Shelbyville was closed by a storm in March.\n")
    index_paths([folder], tmp_path / "store", embedder)
    with serving(tmp_path / "store") as address:
        page = visit(address)
        assert page.locator(".example").count() == 0
        ask(page, "Who resigned on Monday in Springfield?").locator("a.cite").first.click()
        page.locator("#panel .sheet.active").wait_for()
        assert page.locator("#panel .sheet.active .text").evaluate("node => node.textContent") == text
        assert page.locator("#panel img, #transcript img, #masthead img, #panel script").count() == 0
        assert page.evaluate("window.hacked") is None
        assert folder.name in page.title()
        page.close()


def test_the_page_forbids_the_browser_to_reach_another_machine(address: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.locator("#transcript .welcome").wait_for(timeout=PATIENCE)
        blocked = page.evaluate(
            "new Promise(done => { document.addEventListener('securitypolicyviolation', e => done(e.blockedURI));"
            " new Image().src = 'http://127.0.0.2/stolen'; })"
        )
    assert blocked == "http://127.0.0.2/stolen"


def test_an_address_that_cannot_be_listened_on_is_one_clear_sentence(library: Library, address: str) -> None:
    from ui.chat import serve

    for host, port in (("127.0.0.1", int(re.findall(r":(\d+)", address)[0])), ("192.0.2.1", 0), ("no host", 0)):
        with pytest.raises(SettingError, match=f"^The chat cannot listen on {host}:{port}; choose another --host"):
            serve(library, host, port)
