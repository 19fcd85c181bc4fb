from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import Fields
from index.masthead import dateline_end, front_matter_end, read_masthead

PROSE = "The talks began on Friday in Istanbul, and they were over before noon."


def test_title_outlet_and_date_at_the_top_are_found() -> None:
    text = f"The Kyiv Post\n\nPutin Stays Away From Talks\n\nPublished: May 16, 2025\n\n{PROSE}"
    assert read_masthead(text) == Fields("Putin Stays Away From Talks", "The Kyiv Post", "2025-05-16")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_change_nothing(end: str, mark: str) -> None:
    text = f"{mark}Putin Stays Away From Talks{end}ZMedia{end}16 May 2025{end}{end}{PROSE}{end}"
    assert read_masthead(text) == Fields("Putin Stays Away From Talks", "ZMedia", "2025-05-16")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_front_matter_is_believed(mark: str) -> None:
    text = (
        f'{mark}---\ntitle: "Putin: no talks"\nsource: ZMedia\ntags:\n  - war\ndate: 2025-05-16T10:00\n---\n\n{PROSE}'
    )
    assert read_masthead(text) == Fields("Putin: no talks", "ZMedia", "2025-05-16")


@pytest.mark.parametrize(
    "block",
    [
        "---\n\"title\": Talks\n'date': 2025-05-16\nsource : ZMedia\n---",
        "---\ntitle: Talks\ndate: 2025-05-16\nsource: ZMedia\n...",
        '+++\ntitle = "Talks"\ndate = 2025-05-16\nsource = \'ZMedia\'\ntags = [\n  "war",\n]\n[extra]\nx = 1\n+++',
        '+++\n"title" = "Talks"\ndate = 2025-05-16\nsource = ZMedia\n+++',
    ],
    ids=["quoted keys", "three points", "TOML", "TOML that is broken"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_read_however_it_is_written(block: str, end: str) -> None:
    text = f"{block}\n\n{PROSE}".replace("\n", end)
    assert read_masthead(text) == Fields("Talks", "ZMedia", "2025-05-16")
    assert text[front_matter_end(text) :].strip() == PROSE


@pytest.mark.parametrize(
    "text",
    [
        f"+++\n{PROSE}\n+++\nMore.",
        "+++\ntitle = 'x'\n---\n",
        f"---\n{PROSE}\n---\nMore.",
        "---\ntitle: x\nno end",
        f"---\n\n{PROSE} “So: yes.”\n\n---\n",
        "----\ntitle: x\n----\n",
        "title: x\n---\n",
        "---\n---\n",
    ],
)
def test_a_rule_across_the_page_opens_no_front_matter(text: str) -> None:
    assert front_matter_end(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"{PROSE}\n\nPutin Stays Away From Talks\n\n{PROSE}",
        fill(f"{PROSE} Nobody knows when they will go on, or where.", 60),
        fill(f"{PROSE} {PROSE} {PROSE}", 72),
        f"Talks\n\n{PROSE}",
        f"By Jane Doe, Istanbul correspondent\n\n{PROSE}",
        f"Jane Q. Doe, Max O’Neill and Ann-Marie Roe\n\n{PROSE}",
        f"Jane Doe, The Kyiv Post\n\n{PROSE}",
        f"From staff and wire reports\n\n{PROSE}",
        f"May 16, 2025 Updated at noon\n\n{PROSE}",
        f"Published: May 16, 2025 at 10:30\n\n{PROSE}",
        f"Home | News | World | Europe\n\n{PROSE}",
        "会谈于周五开始。",
        "",
        "\n\n",
    ],
)
def test_no_title_is_guessed_where_none_is_shown(text: str) -> None:
    assert read_masthead(text).title is None


@pytest.mark.parametrize("line", ["# Truce", "# Will Putin come?", "# 会谈"])
def test_a_first_heading_in_markdown_is_a_title_however_short(line: str) -> None:
    assert read_masthead(f"{line}\n\n{PROSE}").title == line[2:]


def test_a_bold_line_is_a_title_without_its_stars() -> None:
    assert read_masthead(f"**Putin Stays Away From Talks**\n\n{PROSE}").title == "Putin Stays Away From Talks"


def test_a_menu_above_the_title_is_passed_over() -> None:
    assert read_masthead(f"SO | EN\nMenu\nSkip to content\n\nPutin Stays Away From Talks\n\n{PROSE}").title == (
        "Putin Stays Away From Talks"
    )


def test_a_headline_with_a_word_of_the_trade_is_a_title_and_no_outlet() -> None:
    assert read_masthead(f"Putin Meets the Press\n\n{PROSE}") == Fields("Putin Meets the Press", None, None)


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("ANKARA (KAAB TV) — Putin stayed away.", "KAAB TV"),
        ("WASHINGTON, May 16 (Reuters) - Trump left.", "Reuters"),
        ("MOSCOW/KYIV (Reuters) – Both agreed.", "Reuters"),
        ("KYIV, Ukraine (AP) — Nobody came.", "AP"),
        ("İSTANBUL (AA) - Talks began.", "AA"),
        ("Istanbul (AFP) – Talks began.", "AFP"),
        ("(CNN) — Talks began.", "CNN"),
    ],
)
def test_the_agency_of_a_dateline_is_the_outlet(line: str, outlet: str) -> None:
    assert read_masthead(f"Putin Stays Away From Talks\n\n{line} {PROSE}").outlet == outlet


@pytest.mark.parametrize(
    "line",
    [
        "The talks (in Istanbul) - they are the first - began.",
        "NATO (the alliance) — it has 32 members — met.",
        "Angela Merkel of the Christian Democrats (CDU) — Her party met.",
        "Follow us on Twitter",
        "Zelensky Slams Russia For Snubbing Istanbul",
    ],
)
def test_no_outlet_is_guessed_where_none_is_shown(line: str) -> None:
    assert read_masthead(f"{line}\n\n{PROSE}").outlet is None


def test_the_outlet_may_stand_in_the_footer() -> None:
    text = f"{PROSE}\n\nWatch LIVE TV, Get Stock Market Updates and Latest News on NDTV Profit.\nGET REGULAR UPDATES"
    assert read_masthead(text).outlet == "NDTV Profit"


def test_an_outlet_named_in_prose_is_none_of_the_article() -> None:
    assert read_masthead(f"{PROSE} It was the best news on Sky News.").outlet is None


@pytest.mark.parametrize(
    "line",
    [
        "Published: May 16, 2025",
        "Last updated on 16 May 2025, 10:30",
        "Posted May 16, 2025 by Jane",
        "Date: 2025-05-16",
    ],
)
def test_the_day_of_publication_is_found_in_its_line(line: str) -> None:
    assert read_masthead(f"Putin Stays Away From Talks\n{line}\n\n{PROSE}").published == "2025-05-16"


@pytest.mark.parametrize(
    "line",
    [
        "16 May 2025",
        "Fri 16 May 2025 10.30 BST",
        "May 16, 2025, 5:30 p.m. ET",
        "2025-05-16T10:30:00+03:00",
        "Updated: 10:30 GMT, 16 May 2025",
        "May 16, 2025 Updated at noon",
        "ISTANBUL, May 16, 2025",
        "By Jane Doe | May 16, 2025",
    ],
)
def test_a_line_that_is_a_date_is_the_day_of_publication(line: str) -> None:
    assert read_masthead(f"Putin Stays Away From Talks\n{line}\n\n{PROSE}").published == "2025-05-16"


@pytest.mark.parametrize(
    "line",
    [
        "Massacre of 4 June 1989",
        "Remembering 7 December 1941",
        "Date with destiny: 7 December 1941",
        "16 May 2025 in Istanbul",
        "Marble 12, 2020",
        "Tiananmen, 4 June 1989",
    ],
)
def test_a_heading_with_a_day_in_it_is_no_day_of_publication(line: str) -> None:
    assert read_masthead(f"Putin Stays Away From Talks\n{line}\n\n{PROSE}").published is None
    assert read_masthead(f"{line}\n\n{PROSE}").published is None


@pytest.mark.parametrize(
    "line",
    [
        "ICARO Media Group",
        "ZMedia",
        "NDTV",
        "Reuters",
        "The Guardian",
        "Daily Mail",
        "BBC World News",
        "The Times of Israel",
        "Times of India",
        "The Associated Press",
        "Xinhua News Agency",
    ],
)
def test_a_line_that_ends_in_a_word_of_the_trade_is_the_outlet(line: str) -> None:
    assert read_masthead(f"Putin Stays Away From Talks\n{line}\n\n{PROSE}").outlet == line


@pytest.mark.parametrize(
    "line",
    [
        "Press Freedom",
        "Daily Life",
        "Hard Times",
        "Hard Times Ahead",
        "World News",
        "Meet the Press",
        "Signs of the Times",
        "Social Media",
        "Network Effects",
        "The Last Post",
        "The Media",
        "News",
        "Sometimes",
        "Outpost",
    ],
)
def test_a_short_heading_with_a_word_of_the_trade_is_no_outlet(line: str) -> None:
    assert read_masthead(f"Putin Stays Away From Talks\n{line}\n\n{PROSE}").outlet is None


def test_a_day_that_the_story_tells_of_is_not_the_day_of_publication() -> None:
    assert (
        read_masthead(f"What happened in Istanbul on May 16, 2025\n\nOn May 17, 2025, nobody came. {PROSE}").published
        is None
    )


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By JANE DOE and John van der Roe", "JANE DOE and John van der Roe"),
        ("By Jane Doe, John Roe, and Zoë Øst", "Jane Doe, John Roe, and Zoë Øst"),
        ("**Words by Jane O’Doe-Roe**", "Jane O’Doe-Roe"),
        ("By Jane Doe, The Kyiv Post", "Jane Doe"),
        ("By Jane Doe | Reuters", "Jane Doe"),
        ("By the Associated Press", None),
        ("By Friday Morning the talks had still not begun", None),
        ("By all accounts", None),
        ("Jane Doe", None),
    ],
)
def test_the_author_is_who_a_head_line_says_it_is_by(line: str, author: str | None) -> None:
    assert read_masthead(f"Putin Stays Away From Talks\n{line}\n\n{PROSE}").author == author


def test_nobody_who_is_named_in_prose_is_the_author() -> None:
    assert read_masthead(f"{PROSE}\n\nBy Jane Doe").author is None


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    text = f"---\ntitle: Talks: a beginning\nauthor: [Jane\ndate: 2025-05-16\n---\n{PROSE}"
    assert read_masthead(text) == Fields("Talks: a beginning", None, "2025-05-16", "[Jane")


@given(st.text(max_size=300))
def test_any_text_has_a_masthead_whose_words_are_in_the_text(text: str) -> None:
    found = read_masthead(text)
    assert all(value is None or value in text for value in (found.title, found.outlet))
    assert front_matter_end(text) <= len(text)
    assert dateline_end(text) <= len(text)


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 7, "what": "Talks in Istanbul begin"}',
        '[{"what": "Talks in Istanbul begin"}]',
        '["Talks in Istanbul", "begin on Friday"]',
        "Negotiations-between-the-delegations " * 8,
    ],
)
def test_data_and_what_is_longer_than_a_headline_are_no_title(line: str) -> None:
    assert read_masthead(f"{line.strip()}\n\n{PROSE}").title is None


def test_a_headline_may_begin_with_a_bracket() -> None:
    assert read_masthead(f"[Update] Talks in Istanbul begin\n\n{PROSE}").title == "[Update] Talks in Istanbul begin"
