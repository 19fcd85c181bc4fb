"""A page read back as a browser reads it: which elements there are, and the text that each shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "".join(self.text)

    def has(self, name: str, value: str) -> bool:
        return value in self.attributes.get(name, "").split()


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"not closed: {self._open[-1].tag}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text.append(data)

    def find(self, tag: str = "", **attributes: str) -> list[Element]:
        """Elements by tag and by words that their attributes hold; `kind` stands for class, `a_b` for a-b."""
        wanted = {("class" if k == "kind" else k.replace("_", "-")): v for k, v in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == (tag or element.tag) and all(element.has(k, v) for k, v in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        found = self.find(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]
