"""Quotations, timelines and tables as the chat and the terminal show them."""

from __future__ import annotations

from dataclasses import replace

from page import Page

from qa.answer import Answer, Citation, Claim
from qa.compare import Comparison, Row, Source
from qa.quotation import Quotation, Sameness, Wording
from qa.timeline import Event, When
from ui.conversation import begin, settle
from ui.render import render_conversation, render_terminal

ONE = Citation(1, "a.txt", None, None, "The Sun", "2025-05-16", 3, 10, 38, "“It is <b>late</b>,” she said.", 1.0)
TWO = Citation(2, "b.txt", None, None, None, None, 4, 0, 25, "“It's late,” Novak said.", 1.0)
THREE = Citation(3, "c.txt", None, "Late", None, None, 5, 0, 27, "Novak said that it was late.", 1.0)
QUOTATION = Quotation(
    "Jana Novak",
    (
        Wording("It is <b>late</b>", Sameness.VERBATIM, direct=True, citations=(ONE,)),
        Wording("It's late", Sameness.VARIANT, direct=True, citations=(TWO,)),
        Wording("Novak said that it was late.", Sameness.PARAPHRASE, direct=False, citations=(THREE,)),
    ),
)
CLAIM = Claim(ONE.quote, (ONE,), 1)
ANSWER = Answer(
    question="What did she say?",
    standalone_question="What did she say?",
    claims=(CLAIM,),
    short=None,
    refused=False,
    reason=None,
    passages=(),
    seconds=0.1,
    quotations=(QUOTATION, replace(QUOTATION, wordings=QUOTATION.wordings[1:2])),
)
TIMELINE = replace(
    ANSWER,
    quotations=(),
    claims=(CLAIM, Claim(TWO.quote, (TWO,), 1)),
    timeline=(
        Event(When("Thursday", "2025-05-15", 3), "2025-05-16", CLAIM),
        Event(When("Friday", None, 4), None, Claim(TWO.quote, (TWO,), 1)),
    ),
)
TABLE = replace(
    ANSWER,
    quotations=(),
    comparison=Comparison(
        None,
        (Source("a.txt", None, "The Sun", None, "2025-05-16"), Source("b.txt", None, None, "<i>Late</i>", None)),
        (Row("late · night", (CLAIM, None)),),
    ),
)


def chat(answer: Answer) -> Page:
    return Page(render_conversation(settle(begin((), answer.question), answer), "nothing yet"))


def test_the_terminal_lists_wordings_by_outlet_and_names_a_speaker_once() -> None:
    shown = render_terminal(ANSWER)
    assert (
        "In their words\nJana Novak:\n"
        "  “It is <b>late</b>” — The Sun [1]\n"
        "  “It's late” (another wording) — b.txt [2]\n"
        "  Novak said that it was late. (says the same; not a quotation) — Late [3]\n\n"
        "  “It's late” — b.txt [2]\n\nSources"
    ) in shown


def test_the_chat_shows_wordings_with_links_and_no_markup_of_an_article() -> None:
    html = render_conversation(settle(begin((), "What?"), ANSWER), "")
    assert "<b>late" not in html.replace("&lt;b&gt;", "")
    assert html.count("<figcaption>Jana Novak</figcaption>") == 1
    for number in (1, 2, 3):
        assert f'class="cite" href="#cite-1-{number}"' in html
    assert html.count('<li class="direct">') == 3
    assert html.count('<li class="told">') == 1


def test_a_timeline_has_its_dates_before_its_lines_and_says_why_a_weekday_has_none() -> None:
    shown = render_terminal(TIMELINE)
    assert "15 May 2025 (Thursday): “It is <b>late</b>,” she said. [1]" in shown
    assert "Friday: “It's late,” Novak said. [2]" in shown
    assert "a weekday stands as it is written" in shown
    html = render_conversation(settle(begin((), "When?"), TIMELINE), "")
    assert html.index("15 May 2025 (Thursday)") < html.index("Friday")


def test_a_comparison_is_a_table_with_heads_for_rows_and_columns() -> None:
    html = render_conversation(settle(begin((), "Compare"), TABLE), "")
    assert '<th scope="col">The Sun<span>2025-05-16</span></th><th scope="col">&lt;i&gt;Late&lt;/i&gt;</th>' in html
    assert '<th scope="row">late · night</th>' in html
    assert '<td class="silent">—</td>' in html
    assert 'class="cite" href="#cite-1-1"' in html
    assert "LATE · NIGHT\n  The Sun: “It is <b>late</b>,” she said. [1]\n  — <i>Late</i>" in render_terminal(TABLE)


def test_articles_can_be_compared_where_an_answer_cites_two_and_is_no_table() -> None:
    assert 'class="compare" value="1"' in render_conversation(settle(begin((), "What?"), ANSWER), "")
    alone = replace(ANSWER, quotations=())
    assert 'class="compare"' not in render_conversation(settle(begin((), "What?"), alone), "")
    assert 'class="compare"' not in render_conversation(settle(begin((), "Compare"), TABLE), "")
