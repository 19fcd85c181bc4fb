from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from page import Page

from qa import prompts
from qa.answer import Answer, Citation, Claim, Conflict, Difference, PassageRef, Version
from ui.conversation import begin, settle
from ui.render import render_conversation, render_terminal


def _citation(number: int, file: str, quote: str, outlet: str | None = None) -> Citation:
    return Citation(number, file, None, "A title", outlet, None, 7, 10, 10 + len(quote), quote, 1.0)


NINE = _citation(1, "a.txt", "At least nine people died.", "The Sun")
COPY = _citation(2, "b.txt", "At least nine died.")
MORE = _citation(3, "c.txt", "The toll has risen to 14.", "The Post")


def _answer(claim: Claim, *conflicts: Conflict) -> Answer:
    fields = {"short": None, "refused": False, "reason": None, "seconds": 0.1, "conflicts": conflicts}
    passages = (PassageRef("a.txt", None, 0, 40, 0.9),)
    return Answer("How many died?", "How many died?", (claim,), passages=passages, **fields)


def _conflict(kind: Difference, first: str = "At least nine") -> Conflict:
    return Conflict("How many died?", kind, (Version(first, (NINE, COPY)), Version("14", (MORE,))))


CLAIM = Claim(NINE.quote, (NINE, COPY, MORE), 2, (("a.txt", "b.txt"), ("c.txt",)))


def _chat(answer: Answer) -> Page:
    return Page(render_conversation(settle(begin((), "How many died?"), answer), ""))


def test_a_conflict_shows_its_versions_beside_each_other_with_links_sentences_and_outlets() -> None:
    page = _chat(_answer(CLAIM, _conflict(Difference.FIGURE)))
    assert str(page.one("h3")) == prompts.DIFFER["figure"]
    assert [str(e) for e in page.find(kind="version")] == [
        "At least nine[1][2]At least nine people died.The Sun",
        "14[3]The toll has risen to 14.The Post",
    ]
    assert {e.attributes["data-cites"] for e in page.find("a", kind="cite")} == {"1-1", "1-2", "1-3"}


def test_a_version_that_is_its_whole_sentence_is_shown_once() -> None:
    page = _chat(_answer(CLAIM, _conflict(Difference.CHANGE, NINE.quote)))
    assert str(page.find(kind="version")[0]) == "At least nine people died.[1][2]The Sun"


def test_a_sentence_that_a_version_tells_whole_is_not_told_again_and_its_reports_are_counted_there() -> None:
    nine, more = Claim(NINE.quote, (NINE, COPY), 1, (("a.txt", "b.txt"),)), Claim(MORE.quote, (MORE,), 1)
    told = replace(_answer(nine, _conflict(Difference.FIGURE)), claims=(nine, more, CLAIM))
    page = _chat(told)
    assert [str(e) for e in page.find("p", kind="claim")] == ["At least nine people died.[1][2][3]"]
    assert "2 articles, 1 independent report" in str(page.find(kind="version")[0])
    assert "report" not in str(page.find(kind="version")[1])


def test_no_side_of_a_contradiction_leads_the_answer_and_what_is_so_now_does() -> None:
    short = "At least nine"
    assert _chat(replace(_answer(CLAIM, _conflict(Difference.FIGURE)), short=short)).find(kind="short") == []
    assert str(_chat(replace(_answer(CLAIM, _conflict(Difference.CHANGE)), short=short)).one(kind="short")) == short


def test_a_change_over_time_is_not_shown_as_a_contradiction() -> None:
    page = _chat(_answer(CLAIM, _conflict(Difference.CHANGE)))
    assert str(page.one("h3")) == prompts.DIFFER["change"]
    assert page.find(kind="change")


def test_the_articles_that_are_one_report_can_be_seen_with_what_the_count_cannot_know() -> None:
    shown = str(_chat(_answer(CLAIM)).one("details", kind="reports"))
    assert shown.startswith("3 articles, 2 independent reports")
    assert "One report, told 2 times: a.txt, b.txt" in shown
    assert prompts.COUNT_CAVEAT in shown


def test_the_terminal_tells_versions_and_reports_by_numbers() -> None:
    shown = render_terminal(_answer(CLAIM, _conflict(Difference.FIGURE)))
    assert "The sources give different figures:\n- At least nine [1][2]\n- 14 [3]" in shown
    assert "(3 articles, 2 independent reports)" in shown
    assert shown.endswith("[1][2] One report, told 2 times")


@given(st.text(min_size=1))
def test_a_version_cannot_add_markup(words: str) -> None:
    page = _chat(_answer(CLAIM, _conflict(Difference.NAME, words)))
    assert {e.tag for e in page.elements} <= {
        "div", "article", "h2", "h3", "p", "b", "sup", "a", "button", "pre", "section", "blockquote", "details",
        "summary", "ul", "li",
    }  # fmt: skip
