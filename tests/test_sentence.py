import re

import pytest

from index.article import Article, make_article
from index.sentence import MAX_CHARS, Sentence, split_sentences


def _split(text: str) -> tuple[Article, tuple[Sentence, ...]]:
    article = Article("a", "a.txt", None, None, None, None, text)
    return article, split_sentences(article)


def _texts(text: str) -> list[str]:
    article, sentences = _split(text)
    return [article.text[s.start : s.end] for s in sentences]


ONE = [
    "Mr. Putin met Mrs. Smith and Dr. Jones.",
    "U.S. President Donald Trump left for Qatar.",
    "He met U.S. Secretary of State Marco Rubio.",
    "The U.S. – which brokered the deal – was pleased.",
    "The U.N. Security Council met.",
    "They arrive at 10 a.m. local time (0700 GMT) on Friday.",
    "It happened on Sept. 11, 2001.",
    "The order is dated Jan. 6 of this year.",
    "Apple Inc. said it would appeal.",
    "Apple Inc. Chief Executive Tim Cook left.",
    "J. K. Rowling and J.R.R. Tolkien are on the list.",
    "George W. Bush, Susan C. Boesen and John P. Smith spoke.",
    "See No. 5 on the list.",
    "Nos. 5 and 6 are missing.",
    "The case is Roe v. Wade.",
    "He lives in St. Petersburg, near Mt. Elbrus.",
    "Lt. Gov. Delbert Hosemann and Ex-Gen. Mark Milley agreed.",
    "Prices rose 1.5 percent to 3.20 dollars.",
    "The site example.com was blocked.",
    "They want grain, oil, etc., to pass.",
    "“Who will come?” he asked.",
    "“Nothing will happen!” she said.",
    "'Unfortunately, they are not serious,' Zelensky told reporters.",
    "“I am here. We are here. All of us,” he said.",
    '"If he is willing to talk, then we should. Let us meet," he stated.',
    "“No meeting time, no agenda – this is disrespect … [to] Erdoğan,” he stated.",
    "He paused… then left.",
    "Well... perhaps.",
    "The so-called “root causes” of the war remain.",
    "A 6.2-magnitude quake hit.",
    "He asked: “Will Putin come?”",
    "Er kam am 16. Mai 2025 nach Istanbul.",
    "Sie sagte: „Wir bleiben hier. Alle.“",
    "Il a dit : « Nous restons. Tous. »",
    "Dijo: «Nos quedamos. Todos.»",
    "Sales of the new iPhone fell.",
]


@pytest.mark.parametrize("text", ONE)
def test_a_dot_or_a_quotation_within_a_sentence_does_not_end_it(text: str) -> None:
    assert _texts(text) == [text]


MANY = [
    "He left.|She stayed.",
    "He moved to the U.S.|The family followed.",
    "Talks begin at 10 a.m.|They end at noon.",
    "He works for Apple Inc.|It is based in Cupertino.",
    "The storm came in Sept.|After that the rain stopped.",
    "The answer was no.|Putin stayed away.",
    "It is a museum of modern art.|Entry is free.",
    "Growth was 2.5.|Analysts had hoped for more.",
    "The year was 2022.|Putin attacked.",
    "“We are ready to work,” Medinsky said.|He also noted progress.",
    "He stated: “You have to press them.”|Then he left.",
    "“He’s dragging his heels.”|Starmer spoke in Tirana.",
    "Will he come?|Nobody knows!|Perhaps.",
    "Washington was becoming 'impatient.'|Kyiv was not.",
    "(He left early.)|She did not.",
    "“He left.”|“She did not.”",
    "Wait...|Putin is here.",
    "It rained.|iPhone sales fell.",
    "Er kam.|„Wir bleiben.“|Dann ging er.",
    "»Ja.«|Er ging.|»Nein.«",
    "C’est fini.|« Nous restons. »|Il part.",
    "No sé.|¿Qué pasa?|¡Nada!",
    "会谈开始了。|普京没有来！|为什么？",
    "他说：「我们来了。」|会谈开始了。",
    "بدأت المحادثات.|هل سيأتي بوتين؟|لا أحد يعرف.",
    "वार्ता शुरू हुई।|पुतिन नहीं आए।",
    "Він поїхав.|Вона залишилась.",
    "მოლაპარაკება დაიწყო.|პუტინი არ მოვიდა.",
    "He left 😀.|She stayed 😀!|😀 Then it rained.",
]


@pytest.mark.parametrize("text", MANY)
def test_sentences_end_at_full_stops_questions_and_exclamations(text: str) -> None:
    joint = "" if re.search("[。！？]", text) else " "
    assert _texts(text.replace("|", joint)) == text.split("|")


@pytest.mark.parametrize("text", [*ONE, *(text.replace("|", " ") for text in MANY)])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n \t\n"])
def test_line_ends_around_a_paragraph_change_nothing(text: str, end: str) -> None:
    assert _texts(f"{end}{text}{end}{text}{end}") == _texts(text) * 2


def test_a_quotation_that_is_never_closed_is_cut_into_its_sentences() -> None:
    assert _texts("“We want sanctions. There must be pressure.") == ["“We want sanctions.", "There must be pressure."]


def test_a_long_quotation_is_cut_into_its_sentences() -> None:
    quote = "“" + "We want peace and we want it now. " * 12 + "That is all.”"
    assert len(_texts(quote)) == 13


def test_inches_are_no_quotation_marks() -> None:
    assert _texts('A 6" pipe burst. He said "go." They went.') == ['A 6" pipe burst.', 'He said "go."', "They went."]


def test_a_headline_without_full_stop_is_a_heading_of_its_own() -> None:
    article, sentences = _split("Putin Stays Away\nThe talks began on Friday.\nWhat They Want\nBoth want peace.")
    assert [(article.text[s.start : s.end], s.heading) for s in sentences] == [
        ("Putin Stays Away", True),
        ("The talks began on Friday.", False),
        ("What They Want", True),
        ("Both want peace.", False),
    ]


WRAPPED = """\
The Ukrainian delegation, which is headed by the minister of defence, Mr.
Umerov, came to Istanbul on Friday. It was met by the foreign
minister of Turkey at 10 a.m. “We are ready,” he said.

Nobody else came.
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_wrapped_to_a_width_is_read_as_paragraphs(end: str) -> None:
    text = WRAPPED.replace("\n", end)
    article, sentences = _split(text)
    assert [" ".join(article.text[s.start : s.end].split()) for s in sentences] == [
        "The Ukrainian delegation, which is headed by the minister of defence, Mr. Umerov, came to Istanbul on Friday.",
        "It was met by the foreign minister of Turkey at 10 a.m.",
        "“We are ready,” he said.",
        "Nobody else came.",
    ]
    assert [s.line for s in sentences] == [1, 2, 3, 5]
    assert [s.paragraph for s in sentences] == [0, 0, 0, 1]


def test_a_number_at_the_start_of_a_wrapped_line_is_no_list_mark() -> None:
    text = (
        "The delegations met for the first time in three years on Friday, May\n"
        "16. They will meet again, said the host, who had to wait until\nmidnight for an answer."
    )
    assert [" ".join(s.split()) for s in _texts(text)] == [
        "The delegations met for the first time in three years on Friday, May 16.",
        "They will meet again, said the host, who had to wait until midnight for an answer.",
    ]


def test_the_marks_of_headings_lists_and_quotes_are_left_out() -> None:
    text = "# The talks\n\n- Kyiv wants a truce.\n* Moscow does not.\n1. First comes grain.\n> He left.\n• She stayed."
    assert _texts(text) == [
        "The talks",
        "Kyiv wants a truce.",
        "Moscow does not.",
        "First comes grain.",
        "He left.",
        "She stayed.",
    ]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("ANKARA (KAAB TV) — Putin stayed away.", "Putin stayed away."),
        ("WASHINGTON, May 16 (Reuters) - Trump left.", "Trump left."),
        ("KYIV, Ukraine (AP) — “We wait,” he said.", "“We wait,” he said."),
        ("LONDON — The king spoke.", "The king spoke."),
        ("Istanbul (AFP) – Talks began.", "Talks began."),
    ],
)
def test_a_dateline_is_left_out(line: str, first: str) -> None:
    assert _texts(line) == [first]


@pytest.mark.parametrize(
    "line",
    [
        "NATO — the alliance of 32 states — met.",
        "Vladimir Putin — The man and his war.",
        "The talks (in Istanbul) — they are the first — began.",
        "He left - and never came back.",
    ],
)
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    assert "".join(_texts(line)).replace(" ", "") == line.replace(" ", "")


@pytest.mark.parametrize("text", ["# The talks", "- The talks", "ANKARA (KAAB TV) — The talks", " \u200bThe talks"])
def test_a_byte_order_mark_hides_no_mark(text: str) -> None:
    assert _texts(f"\ufeff{text}") == ["The talks"]


def test_boilerplate_lines_are_marked_and_stay_where_they_are() -> None:
    article, sentences = _split("The talks began.\nAlso Read: Trump in Qatar\nThey went on.\nRead more\nNews")
    assert [(article.text[s.start : s.end], s.boilerplate) for s in sentences] == [
        ("The talks began.", False),
        ("Also Read: Trump in Qatar", True),
        ("They went on.", False),
        ("Read more", True),
        ("News", True),
    ]


def test_a_credit_or_a_call_at_the_end_of_a_paragraph_is_marked_alone() -> None:
    _, sentences = _split("The talks began on Friday in Istanbul. They were short. Follow us on Twitter.")
    assert [s.boilerplate for s in sentences] == [False, False, True]


def test_front_matter_is_boilerplate_and_the_body_is_not() -> None:
    _, sentences = _split("---\ntitle: The talks\ndate: 2025-05-16\n---\nThe talks began.\n")
    assert [s.boilerplate for s in sentences] == [True, True, True, True, False]


def test_the_line_that_names_the_outlet_is_boilerplate_and_the_title_is_not() -> None:
    article = make_article("a.txt", "ZMedia\n\nZelensky Slams Russia for Snubbing Talks\n\nZelensky spoke on ZMedia.\n")
    assert [s.boilerplate for s in split_sentences(article)] == [True, False, False]


def test_a_sentence_beyond_the_limit_is_cut_between_words() -> None:
    text = "word " * 700 + "end."
    pieces = _texts(text)
    assert all(len(piece) <= MAX_CHARS for piece in pieces)
    assert " ".join(pieces) == text
