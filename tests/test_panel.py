from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page import Page

from index.article import Article, read_article
from index.errors import SourceError
from qa import prompts
from qa.answer import Answer, Citation, Claim
from ui.conversation import Exchange
from ui.panel import AROUND, SHELF, WHOLE, render_article, render_note, render_panel, render_shelf

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = Path(__file__).parent.parent / "seeds"
NAMES = sorted(path.name for path in SEEDS.iterdir())


def seed(file: str, record: int | None = None) -> Article:
    assert record is None
    return read_article(SEEDS / file, SEEDS)


def cite(number: int, article: Article, start: int, end: int) -> Citation:
    line = article.text.count("\n", 0, start) + 1
    a, quote = article, article.text[start:end]
    return Citation(number, a.file, a.record, a.title, a.outlet, a.published, line, start, end, quote, 1.0)


def panel(
    *citations: Citation, article_of: Callable[[str, int | None], Article] = seed, turn: int = 3, question: str = "Who?"
) -> Page:
    claims = (Claim("It did.", citations, 1),)
    answer = Answer(question, question, claims, short=None, refused=False, reason=None, passages=(), seconds=0.1)
    return Page(render_panel(Exchange(turn, question, answer), article_of))


def marked(page: Page, key: str) -> str:
    return "".join(str(mark) for mark in page.find("mark", data_cites=key))


@pytest.mark.parametrize("file", NAMES)
def test_the_text_of_an_article_is_shown_as_it_lies_on_disk(file: str) -> None:
    page = panel(cite(1, seed(file), 10, 40))
    assert str(page.one(kind="text")) == (SEEDS / file).read_bytes().decode("utf-8")


@pytest.mark.parametrize("file", NAMES)
def test_the_mark_of_a_citation_is_its_quote(file: str) -> None:
    article = seed(file)
    spans = [(m.start(), m.end()) for m in re.finditer(r"[A-Z][^.\n]+\.", article.text)][:6]
    citations = [cite(number, article, *span) for number, span in enumerate(spans, start=1)]
    page = panel(*citations)
    assert [str(mark) for mark in page.find("mark")] == [c.quote for c in citations]
    assert [str(e) for e in page.find(kind="line")] == [f", line {c.line}" for c in citations]


@given(st.data(), st.text(st.sampled_from("ab<>&\"'\r\n\t\u2028é😀{}$`"), min_size=1))
def test_any_spans_of_any_text_are_marked_exactly_even_where_they_overlap(data: st.DataObject, text: str) -> None:
    article = Article("id", "a.txt", None, None, None, None, text)
    edge = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(edge, edge).filter(lambda s: s[0] < s[1]), min_size=1, max_size=5))
    citations = [cite(number, article, *span) for number, span in enumerate(spans, start=1)]
    page = panel(*citations, article_of=lambda _file, _record: article)
    assert str(page.one(kind="text")) == text
    assert [marked(page, f"3-{c.number}") for c in citations] == [c.quote for c in citations]


def test_the_sources_are_listed_with_number_outlet_title_file_and_line() -> None:
    article = seed(NAMES[0])
    page = panel(cite(1, article, 200, 260))
    shown = str(page.one("li"))
    assert shown.startswith(f"1{article.title}")
    assert f"{article.outlet} · {article.file}, line" in shown


def test_an_article_cited_twice_is_in_the_page_once_and_belongs_to_both_citations() -> None:
    article, other = seed(NAMES[0]), seed(NAMES[1])
    page = panel(cite(1, article, 0, 9), cite(2, other, 0, 9), cite(3, article, 20, 29))
    assert [sheet.attributes["data-cites"] for sheet in page.find("article")] == ["3-1 3-3", "3-2"]
    assert [chip.attributes["data-cites"] for chip in page.find("a", kind="chip")] == ["3-1", "3-2", "3-3"]


def test_nothing_that_an_article_or_a_person_wrote_becomes_markup() -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    article = Article("id", f"{evil}.txt", None, evil, evil, evil, f"{evil} ${{alert(1)}} {{{{alert}}}}")
    page = panel(cite(1, article, 0, 5), article_of=lambda _file, _record: article, question=evil)
    assert {element.tag for element in page.elements}.isdisjoint({"script", "img"})
    assert str(page.one(kind="text")) == article.text
    assert str(page.one("h3")) == evil


def test_an_article_of_enormous_length_is_shown_around_its_cited_sentences() -> None:
    text = "word " * (WHOLE // 2)
    article = Article("id", "a.txt", None, None, None, None, text)
    page = panel(
        cite(1, article, 600_000, 600_010),
        cite(2, article, 600_100, 600_110),
        article_of=lambda _file, _record: article,
    )
    cuts = [int(re.sub(r"\D", "", str(cut))) for cut in page.find(kind="cut")]
    assert cuts == [600_000 - AROUND, len(text) - 600_110 - AROUND]
    assert [marked(page, "3-1"), marked(page, "3-2")] == [text[600_000:600_010], text[600_100:600_110]]


def test_an_answer_that_cites_nothing_says_so() -> None:
    answer = Answer("Who?", "Who?", (), short=None, refused=True, reason="Nobody says.", passages=(), seconds=0.1)
    assert "cites no article" in render_panel(Exchange(1, "Who?", answer), seed)


def test_before_the_first_question_the_articles_are_listed_and_a_long_list_is_cut() -> None:
    article = Article("id", "a.txt", None, None, None, None, "")
    page = Page(render_shelf([article] * (SHELF + 3)))
    assert len(page.find("li")) == SHELF
    assert str(page.one(kind="more")) == "and 3 more"
    assert str(Page(render_shelf([article])).one("li")) == "a.txt"


def test_a_record_is_shown_alone_with_its_number_its_author_and_where_it_was_published() -> None:
    text = "The talks began.\nThey ended."
    article = Article(
        "id",
        "a.jsonl",
        12,
        "Talks",
        "The Post",
        "2025-05-16",
        text,
        author="Jane <Doe>",
        url="https://post.example/?a=1&b",
    )
    citation = replace(cite(1, article, 17, 28), record=12)
    page = panel(citation, article_of=lambda file, record: {("a.jsonl", 12): article}[file, record])
    assert str(page.one(kind="text")) == text
    assert str(page.one(kind="kicker")) == "The Post · Jane <Doe> · 2025-05-16"
    assert str(page.one("p", kind="file")) == "a.jsonl, record 12, line 2 original"
    assert page.find("a", href="https://post.example/?a=1&b")[0].attributes["rel"] == "noopener noreferrer"
    assert "a.jsonl, record 12, line 2" in str(page.one("li"))


def test_a_page_of_a_pdf_stands_where_the_line_would() -> None:
    article = Article("id", "a.pdf", None, "Talks", None, None, "The talks began. They ended.", pages=(0, 17))
    page = panel(replace(cite(1, article, 17, 28), page=2), article_of=lambda _file, _record: article)
    assert str(page.one("p", kind="file")) == "a.pdf, page 2"
    assert page.find("a", kind="chip")[0].attributes["title"] == "a.pdf, page 2"


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    article = Article("id", "a.txt", None, "Talks", None, None, "The talks began.", url="javascript:alert(1)")
    page = panel(cite(1, article, 0, 16), article_of=lambda _file, _record: article)
    assert all("javascript" not in element.attributes.get("href", "") for element in page.find("a"))


def test_records_on_the_shelf_are_told_apart() -> None:
    shelf = Page(render_shelf([Article("id", "a.csv", n, None, None, None, "") for n in range(2)]))
    assert [str(item) for item in shelf.find("li")] == ["a.csvrecord 0", "a.csvrecord 1"]


def changed(article: Article, text: str) -> Callable[[str, int | None], Article]:
    """Where articles come from, after the text of this one has changed."""
    return lambda _file, _record: replace(article, text=text)


def test_a_sentence_that_moved_in_its_article_is_marked_where_it_stands_now() -> None:
    article = Article("id", "a.txt", None, "Talks", None, None, "The talks began. They ended.")
    page = panel(cite(1, article, 17, 28), article_of=changed(article, "New.\n\nThe talks began. They ended."))
    assert [str(mark) for mark in page.find("mark")] == ["They ended."]
    assert str(page.one(kind="line")) == ", line 3"


def test_no_other_words_are_marked_where_an_article_no_longer_says_what_was_cited() -> None:
    article = Article("id", "a.txt", None, "Talks", None, None, "The talks began. They ended.")
    cited = cite(1, article, 0, 16), cite(2, article, 17, 28)
    page = panel(*cited, article_of=changed(article, "The talks began. They go on."))
    assert (marked(page, "3-1"), marked(page, "3-2")) == ("The talks began.", "They ended.")
    assert prompts.SENTENCE_GONE in str(page.one("article", data_cites="3-2"))
    assert "They ended." not in str(page.one("article", data_cites="3-1"))


def test_an_article_that_is_gone_takes_no_other_source_with_it() -> None:
    here, gone = seed(NAMES[0]), Article("id", "<gone>.txt", None, "Gone & <b>lost</b>", None, None, "They ended.")

    def article_of(file: str, record: int | None) -> Article:
        if file == gone.file:
            raise SourceError("gone")
        return seed(file, record)

    page = panel(cite(1, here, 0, 9), cite(2, gone, 0, 11), article_of=article_of)
    assert len(page.find("li")) == 2
    assert marked(page, "3-1") == here.text[:9]
    lost = str(page.one("article", kind="lost"))
    assert lost == f"Gone & <b>lost</b><gone>.txt{prompts.ARTICLE_GONE} {prompts.WAS_CITED}They ended."


def test_an_article_that_is_chosen_is_shown_with_nothing_marked_and_its_record_named() -> None:
    article = Article("id", "a.jsonl", 12, "<b>Talks</b>", "The Post", None, "The talks began.")
    page = Page(render_article(article))
    assert str(page.one("h3")) == "<b>Talks</b>"
    assert str(page.one("p", kind="file")) == "a.jsonl, record 12"
    assert str(page.one(kind="text")) == article.text
    assert page.find("mark") == []
    shelved = Page(render_shelf([article])).one("a")
    assert (shelved.attributes["data-file"], shelved.attributes["data-record"]) == ("a.jsonl", "12")


def test_of_an_article_of_enormous_length_that_is_chosen_the_beginning_is_shown() -> None:
    article = Article("id", "a.txt", None, None, None, None, "word " * (WHOLE // 4))
    page = Page(render_article(article))
    assert str(page.one(kind="text")).startswith("word word")
    assert re.sub(r"\D", "", str(page.one(kind="cut"))) == str(len(article.text) - WHOLE)


def test_a_note_is_one_escaped_sentence() -> None:
    assert str(Page(render_note("<b>gone</b>")).one(kind="note")) == "<b>gone</b>"
