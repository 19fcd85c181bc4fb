"""How the chat looks in a real browser, on a desk and in a hand: what is beside what, and what can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import CHROMIUM, ask, serving

from index.indexing import index_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from index.minilm import MiniLM

    Visit = Callable[[str], Page]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")

WHEN = "When was the dam last inspected?"
ARTICLES = {
    "herald.txt": "Dam at Kestrel Lake fails\n\nThe Herald\n2025-03-04\n\n"
    "The dam was last inspected in October 2023, according to state records.\n",
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
