from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from page import Page

from qa.answer import Answer, Citation, Claim
from ui.conversation import begin, grow, settle
from ui.markup import escape
from ui.render import render_conversation, render_terminal, render_welcome, render_words


def citation(
    number: int, file: str = "a.txt", quote: str = "Kyiv sent its minister.", outlet: str | None = "The Sun"
) -> Citation:
    return Citation(number, file, None, "A title", outlet, None, 7, 10, 10 + len(quote), quote, 1.0)


ONE, TWO = citation(1), citation(2, "b.txt", "“Its minister,” she said, “was sent.”", None)


def answer(*claims: Claim, question: str = "Who was sent?", **fields: object) -> Answer:
    known = {"short": None, "refused": False, "reason": None, "passages": (), "seconds": 0.1}
    return Answer(**({"question": question, "standalone_question": question, "claims": claims} | known | fields))


BOTH = answer(Claim("Kyiv sent its minister.", (ONE, TWO), 2), short="its minister")
REFUSAL = answer(Claim("Kyiv sent its minister.", (ONE,), 1), refused=True, reason="No article tells the weather.")


def chat(*answers: Answer | str, question: str = "Who was sent?") -> Page:
    talk = ()
    for outcome in answers:
        talk = settle(begin(talk, question), outcome)
    return Page(render_conversation(talk, "nothing yet"))


def test_the_terminal_shows_the_short_answer_then_claims_then_sources_as_file_and_line() -> None:
    assert render_terminal(BOTH) == (
        "its minister\n\n"
        "Kyiv sent its minister. [1][2] (2 articles)\n\n"
        "Sources\n"
        "[1] a.txt:7 — The Sun: “Kyiv sent its minister.”\n"
        "[2] b.txt:7 — “Its minister,” she said, “was sent.”"
    ), "a quote that opens with a quotation mark gets no second one"


def test_the_terminal_shows_a_record_by_its_number_and_a_pdf_by_its_page() -> None:
    record, page = replace(ONE, file="a.jsonl", record=12), replace(TWO, file="b.pdf", page=3)
    sources = render_terminal(answer(Claim("It did.", (record, page), 2))).split("Sources\n")[1]
    assert re.findall(r"\S+ (\S+) —", sources) == ["a.jsonl#12:7", "b.pdf#page=3"]


def test_an_answer_of_a_model_says_who_wrote_it_and_what_a_reader_must_know() -> None:
    written = replace(BOTH, model="local:<b>.gguf", notice="One sentence was left out.")
    shown = render_terminal(written).split("\n\n")
    assert shown[2] == "One sentence was left out."
    assert shown[3] == "Written by local:<b>.gguf; each sentence was checked against the articles."
    assert shown[4].startswith("Sources\n")
    notes = chat(written).find("p", kind="note")
    assert ["".join(note.text) for note in notes] == shown[2:4]
    assert chat(BOTH).find("p", kind="note") == []


@given(st.integers(0, 3), st.booleans())
def test_the_words_of_an_answer_are_the_beginning_of_it_and_only_grow(count: int, noted: bool) -> None:  # noqa: FBT001 # a case
    claims = [Claim(f"Kyiv sent minister {n}.", (ONE,), 1) for n in range(3)]
    whole = answer(*claims, short="a minister", notice="Something." if noted else None, model="openai:x")
    words = render_words(replace(whole, claims=tuple(claims[:count]), growing=True))
    assert render_words(whole).startswith(words)
    assert render_terminal(whole).startswith(render_words(whole))


def test_an_answer_that_grows_is_shown_with_what_is_being_done() -> None:
    growing = grow(begin((), "Who was sent?"), replace(BOTH, growing=True, standalone_question="Whom did Kyiv send?"))
    page = Page(render_conversation(growing, "nothing yet"))
    assert page.one("article").attributes["aria-busy"] == "true"
    assert "Writing" in "".join(page.one("p", kind="pending").text)
    assert len(page.find("a", kind="cite")) == 2
    assert "Whom did Kyiv send?" in "".join(page.one("p", kind="understood").text)
    assert page.find("button") == []


def test_a_refusal_in_the_terminal_begins_with_the_reason() -> None:
    assert render_terminal(REFUSAL).split("\n\n")[:3] == [
        "No article tells the weather.",
        "The nearest the articles say:",
        "Kyiv sent its minister. [1]",
    ]


def test_a_refusal_without_anything_near_is_its_reason_alone() -> None:
    assert render_terminal(answer(refused=True, reason="Nothing on cricket.")) == "Nothing on cricket."


def test_no_article_can_steer_the_terminal() -> None:
    evil = citation(1, quote="\x1b[2JGone\x07 \x9b31m\r\nand back")
    shown = render_terminal(answer(Claim(evil.quote, (evil,), 1)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
    assert "\ufffd[2JGone\ufffd" in shown


def test_no_name_of_a_file_or_an_outlet_can_forge_a_line() -> None:
    forged = citation(1, file="a.txt:1 — Reuters: “He resigned.”\n[2] b.txt", outlet="The\nPost")
    shown = render_terminal(answer(Claim("It did.", (forged,), 1)))
    (source,) = shown.split("Sources\n")[1].splitlines()
    assert source.startswith("[1] a.txt:1 — Reuters: “He resigned.”\\n[2] b.txt:")
    assert "The\\nPost" in source


@given(st.integers(20, 100))
def test_wrapped_lines_keep_to_the_width(width: int) -> None:
    long = Claim("Kyiv sent its minister to the talks. " * 8, (ONE, TWO), 2)
    assert max(len(line) for line in render_terminal(answer(long), width=width).splitlines()) <= width


@given(st.text())
def test_a_question_is_shown_as_it_was_typed_whatever_it_holds(question: str) -> None:
    page = chat(BOTH, question=question)
    assert str(page.one("h2")) == re.sub("[\0\ud800-\udfff]", "\ufffd", question)


@given(st.text())
def test_escaped_text_is_only_text_in_content_and_in_attributes(text: str) -> None:
    page = Page(f'<p title="{escape(text)}">{escape(text)}</p>')
    shown = re.sub("[\0\ud800-\udfff]", "\ufffd", text)
    assert [(e.tag, str(e), e.attributes) for e in page.elements] == [("p", shown, {"title": shown})]


@given(st.text(min_size=1), st.text(), st.text())
def test_claims_and_short_answers_cannot_add_markup(short: str, before: str, after: str) -> None:
    evil = answer(Claim(before + short + after, (ONE,), 1), short=short)
    page = chat(evil)
    tags = {"div", "article", "h2", "p", "b", "sup", "a", "button", "pre"}
    assert {element.tag for element in page.elements} == tags
    assert str(page.one(kind="claim")) == re.sub("[\0\ud800-\udfff]", "\ufffd", before + short + after) + "[1]"


def test_the_short_answer_stands_first_and_is_marked_where_the_claim_says_it() -> None:
    page = chat(BOTH)
    assert str(page.one("p", kind="short")) == "its minister"
    assert str(page.one("b")) == "its minister"


def test_every_citation_is_a_link_whose_key_no_other_turn_shares() -> None:
    links = chat(BOTH, BOTH).find("a", kind="cite")
    assert [link.attributes["data-cites"] for link in links] == ["1-1", "1-2", "2-1", "2-2"]
    assert [str(link) for link in links] == ["[1]", "[2]", "[1]", "[2]"]
    assert links[0].attributes["aria-label"] == "Source 1: The Sun, line 7"
    assert links[1].attributes["aria-label"] == "Source 2: b.txt, line 7"


def test_a_claim_of_several_articles_says_of_how_many_and_a_claim_of_one_says_nothing() -> None:
    copied = answer(Claim("It did.", (ONE, TWO), 1))
    assert [str(e) for e in chat(BOTH).find(kind="reports")] == ["2 articles"]
    assert [str(e) for e in chat(copied).find(kind="reports")] == ["2 articles, 1 independent report"]
    assert chat(answer(Claim("It did.", (ONE, ONE), 1))).find(kind="reports") == []


def test_a_refusal_looks_like_one_and_gives_its_reason_first() -> None:
    page = chat(REFUSAL)
    assert str(page.one(kind="refusal")).startswith("No article tells the weather.The nearest the articles say:")
    assert page.find(kind="answer") == []


def test_how_a_follow_up_was_understood_is_shown_only_where_it_differs() -> None:
    follow_up = answer(Claim("It did.", (ONE,), 1), standalone_question="Who was sent by Kyiv?")
    assert str(chat(follow_up).one(kind="understood")) == "Understood as: Who was sent by Kyiv?"
    assert chat(BOTH).find(kind="understood") == []


def test_an_error_is_one_calm_sentence_and_can_be_retried() -> None:
    page = chat(BOTH, "The question is empty.")
    assert str(page.one(kind="problem")) == "The question is empty."
    assert len(page.find("button", kind="retry")) == 1
    assert len(page.find("button", kind="copy")) == 1


def test_what_is_copied_is_the_question_and_the_answer_with_its_sources() -> None:
    assert str(chat(BOTH).one("pre", kind="plain")) == f"Who was sent?\n\n{render_terminal(BOTH)}"


def test_an_open_question_says_that_it_is_being_worked_on() -> None:
    page = Page(render_conversation(begin((), "Who?"), ""))
    assert str(page.one(role="status")) == "Reading the articles"
    assert page.one("article").attributes["aria-busy"] == "true"
    assert page.find("button") == []


def test_the_welcome_names_the_corpus_and_offers_the_examples() -> None:
    page = Page(render_welcome("<news>", 1, ["Who & why?"]))
    assert "the 1 article in <news>" in str(page.one(kind="welcome"))
    assert [str(button) for button in page.find("button")] == ["Who & why?"]
    assert Page(render_welcome("news", 2, [])).find("ul") == []
