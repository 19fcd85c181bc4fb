"""How the chat looks in a real browser, on a desk and in a hand: what is beside what, and what can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import CHROMIUM, PATIENCE, ask, serving

from index.indexing import index_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from index.minilm import MiniLM

    Visit = Callable[[str], Page]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")

WHEN = "When was the dam last inspected?"
HOW_MANY = "كم شخصا لقوا حتفهم في الفيضان؟"
PHONE = {"width": 390, "height": 844}
ARTICLES = {
    "herald.txt": "Dam at Kestrel Lake fails\n\nThe Herald\n2025-03-04\n\n"
    "The dam was last inspected in October 2023, according to state records.\n",
    "sabah.txt": "انهيار سد بحيرة كيستريل\n\nقالت الشريفة دانا ويتكومب إن 19 شخصا على الأقل لقوا حتفهم في الفيضان.\n",
    "courier.txt": "Toll of Kestrel Lake rises\n\nThe Courier\n2025-03-04\n\n"
    "The dam was last inspected in May 2022, the state's dam safety office said.\n",
}


@pytest.fixture(scope="module")
def address(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("look")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    store: Path = folder / "store"
    index_paths([folder / name for name in ARTICLES], store, embedder)
    with serving(store) as address:
        yield address


def style(node: Locator, name: str) -> str:
    return str(node.evaluate("(node, name) => getComputedStyle(node)[name]", name))


def box(node: Locator) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is shown of an element."""
    found = node.bounding_box()
    assert found is not None
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def test_on_a_phone_the_answer_has_the_screen_and_a_number_brings_its_source_beside_it(
    address: str, visit: Visit
) -> None:
    page = visit(address)
    page.set_viewport_size(PHONE)
    exchange = ask(page, WHEN)
    assert box(page.locator("#chat"))[3] > 0.85 * PHONE["height"]
    assert page.locator("#panel .scroll").is_hidden()
    for cite in exchange.locator("a.cite").all():
        cite.click()
        view, mark = box(page.locator("#panel .scroll")), box(page.locator("#panel mark.active"))
        assert box(page.locator("#panel .sheet.active header"))[3] <= mark[1]
        assert mark[3] <= view[3] == PHONE["height"]
        assert box(cite)[3] <= box(page.locator("#sources"))[1], "the sentence that cites it is in view, too"
    page.get_by_role("button", name="Hide").click()
    assert page.locator("#panel .scroll").is_hidden()
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Back to all sources").click()
    assert page.locator("#panel .list").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_where_keys_are_on_the_screen_they_do_not_come_up_over_an_answer(address: str, browser: Browser) -> None:
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(address)
        page.get_by_label("Your question").fill(WHEN)
        page.get_by_role("button", name="Ask").tap()
        page.locator("#turn-1[aria-busy=false]").wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("document.activeElement.tagName") != "TEXTAREA"


@pytest.mark.parametrize("width", [1440, 1280, 960, 390])
def test_the_box_of_the_question_is_as_wide_as_the_text_above_it(address: str, visit: Visit, width: int) -> None:
    page = visit(address)
    page.set_viewport_size({"width": width, "height": 800})
    text, asked = box(page.locator("#transcript .html-container > div")), box(page.locator("#question label"))
    assert (text[0], text[2]) == (asked[0], asked[2])


def test_what_is_read_from_right_to_left_is_set_so(address: str, visit: Visit) -> None:
    page = visit(address)
    ask(page, HOW_MANY).locator("a.cite").first.click()
    edges = """node => {
        const words = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode(), range = document.createRange();
        return [0, words.length - 1].map(at => {
            range.setStart(words, at);
            range.setEnd(words, at + 1);
            return range.getBoundingClientRect().x;
        });
    }"""
    for sentence in ("#panel mark.active", "#turn-1 h2"):
        first, stop = page.locator(sentence).first.evaluate(edges)
        assert stop < first, "the full stop stands at the left"


def test_both_sides_of_a_contradiction_are_beside_each_other_in_a_frame_of_its_colour(
    address: str, visit: Visit
) -> None:
    exchange = ask(visit(address), WHEN)
    frame, sides = exchange.locator(".conflict"), exchange.locator(".version")
    boxes = [side.bounding_box() for side in sides.all()]
    assert len(boxes) == 2
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    accent = style(frame.locator("h3"), "color")
    assert {style(frame, f"border{side}Color") for side in ("Left", "Right", "Top", "Bottom")} == {accent}
    assert style(frame, "borderRightWidth") == "1px"
    assert exchange.locator(".short, p.claim").count() == 0


def test_a_comparison_of_two_articles_needs_no_scrolling_and_a_wider_one_shows_that_it_goes_on(
    address: str, visit: Visit
) -> None:
    page = visit(address)
    ask(page, WHEN).get_by_role("button", name="Compare the articles").click()
    table = page.locator("#turn-2[aria-busy=false] .table")
    table.wait_for()
    assert table.locator("thead th").count() == 2
    assert table.evaluate("node => node.scrollWidth === node.clientWidth")
    page.set_viewport_size(PHONE)
    assert table.evaluate("node => node.scrollWidth > node.clientWidth")
    assert style(table, "backgroundAttachment").startswith("local, scroll")
