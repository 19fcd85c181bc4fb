import time

import pytest
from made import TALKS, drawing, form, locked_pdf, pdf, raw_pdf

from index.errors import SourceError
from index.pdf import read_pdf


def read(*pages: list[str], info: str = "", catalog: str = "") -> tuple[str, tuple[int, ...]]:
    text, _, starts = read_pdf(pdf(pages, info, catalog), "a.pdf")
    return text, starts


PROSE = [
    "The talks between the two delegations began on",
    "Friday in Istanbul and lasted two hours. Both",
    "sides went home.",
]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart() -> None:
    text, _ = read([*PROSE, "Nobody could say when the next round of talks", "would be held, or where."])
    assert text == " ".join(PROSE) + "\nNobody could say when the next round of talks would be held, or where."


def test_a_heading_stands_alone() -> None:
    text, _ = read(["Talks in Istanbul", *PROSE])
    assert text == "Talks in Istanbul\n" + " ".join(PROSE)


def test_a_word_broken_at_the_end_of_a_line_is_whole_and_a_compound_keeps_its_hyphen() -> None:
    text, _ = read(["The lower-level team was sent, and the nego-", "tiations of the lower-", "level team began."])
    assert text == "The lower-level team was sent, and the negotiations of the lower-level team began."


def test_a_sentence_may_run_over_pages_and_each_page_knows_where_it_begins() -> None:
    text, starts = read(PROSE[:1], PROSE[1:2], PROSE[2:])
    assert text == " ".join(PROSE)
    assert [text[start:].split()[0] for start in starts] == ["The", "Friday", "sides"]


def test_a_page_without_text_begins_where_the_next_one_does() -> None:
    text, starts = read([TALKS[0]], [], [TALKS[1]])
    assert starts[0] == 0
    assert text[: starts[1]] == TALKS[0]
    assert text[starts[2] :] == TALKS[1]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [["The Daily Post, 16 May", f"{sentence}", f"Page {n}"] for n, sentence in enumerate(TALKS, start=1)]
    text, starts = read(*pages)
    assert text.replace("\n", " ") == " ".join(TALKS)
    assert starts == tuple(text.index(sentence) for sentence in TALKS)


def test_a_line_that_stands_on_two_pages_only_is_no_running_head() -> None:
    assert read(["Nobody came."], ["Nobody came."])[0] == "Nobody came. Nobody came."


def test_title_author_and_language_are_the_properties_and_the_date_of_making_is_no_date() -> None:
    info = "/Title (The Talks) /Author (Jane Doe) /CreationDate (D:20250516100000Z)"
    _, said, _ = read_pdf(pdf([TALKS], info, "/Lang (en-GB)"), "a.pdf")
    assert (said.title, said.author, said.language, said.published) == ("The Talks", "Jane Doe", "en", None)


@pytest.mark.parametrize("title", ["Microsoft Word - talks.docx", "talks final.indd", "untitled", ""])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert read_pdf(pdf([TALKS], f"/Title ({title})"), "a.pdf")[1].title is None


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_anybody_may_open_is_read_and_one_with_a_password_is_an_error(algorithm: str) -> None:
    assert read_pdf(locked_pdf("", algorithm), "a.pdf")[0].replace("\n", " ") == " ".join(TALKS)
    with pytest.raises(SourceError, match=r"^a\.pdf is locked by a password; save it without one\.$"):
        read_pdf(locked_pdf("secret", algorithm), "a.pdf")


def test_a_pdf_without_text_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(SourceError, match=r"^a\.pdf holds no text; .* run text recognition over it first\.$"):
        read([], [])


@pytest.mark.parametrize("data", [b"%PDF-1.7", pdf([TALKS])[:200], pdf([TALKS]).replace(b"/Pages", b"/Pagez")])
def test_a_damaged_pdf_is_an_error_in_plain_words(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.pdf is a damaged PDF; save it anew\.$"):
        read_pdf(data, "a.pdf")


OPERATIONS = "BT /F1 10 Tf 50 750 Td (a) Tj ET\n"


def test_a_page_of_one_long_word_is_read_in_a_time_that_grows_with_its_length() -> None:
    start = time.process_time()
    assert read_pdf(pdf([["a" * 200_000, "b"]]), "a.pdf")[0] == "a" * 200_000 + " b"
    assert time.process_time() - start < 5, "it was some minutes"


@pytest.mark.parametrize(
    "objects",
    [
        drawing(OPERATIONS * 300_000),
        [*drawing("/X Do\n" * 3000, "7 0 R"), form(OPERATIONS * 100)],
        [*drawing("/X 1 Do\n" * 3000, "7 0 R"), form(OPERATIONS * 100)],
        [*drawing("/X Do\n" * 60, "7 0 R"), form("/X Do\n" * 60, "8 0 R"), form(OPERATIONS * 100)],
    ],
    ids=["many operations", "a form many times", "an operand too many", "forms within forms"],
)
def test_a_small_pdf_that_would_take_long_is_an_error_that_names_the_page(objects: list[bytes]) -> None:
    data = raw_pdf(objects)
    assert len(data) < 50_000
    start = time.process_time()
    with pytest.raises(SourceError, match=r"^a\.pdf has a page \(1\) that takes too long to read; save it as text"):
        read_pdf(data, "a.pdf")
    assert time.process_time() - start < 5


def test_many_pages_that_share_their_instructions_are_counted_together() -> None:
    with pytest.raises(SourceError, match=r"^a\.pdf has a page \(\d+\) that takes too long to read"):
        read_pdf(raw_pdf(drawing("q Q\n" * 500_000 + OPERATIONS), pages=20), "a.pdf")


def test_a_drawing_without_text_may_be_long() -> None:
    with pytest.raises(SourceError, match="holds no text"):
        read_pdf(raw_pdf(drawing("10 10 m 20 20 l S\n" * 600_000)), "a.pdf")


def test_forms_that_are_drawn_a_few_times_or_draw_themselves_are_read() -> None:
    text = f"BT /F1 10 Tf 50 750 Td ({TALKS[0]}) Tj ET /X Do"
    data = raw_pdf([*drawing("/X Do /X Do /Y Do\n", "7 0 R"), form(text, "7 0 R")])
    assert TALKS[0] in read_pdf(data, "a.pdf")[0]


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8])
def test_a_pdf_that_is_cut_off_is_read_or_is_an_error(share: float) -> None:
    whole = pdf([TALKS] * 4)
    try:
        text, _, starts = read_pdf(whole[: int(len(whole) * share)], "a.pdf")
    except SourceError as error:
        assert str(error).startswith("a.pdf ")  # noqa: PT017 # both ends are right
    else:
        assert TALKS[0] in text
        assert starts[0] == 0
