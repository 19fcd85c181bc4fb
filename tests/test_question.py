from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from qa.question import MAX_CHARS, clean, read_question

if TYPE_CHECKING:
    from index.corpus import Corpus


def _terms(text: str, corpus: "Corpus") -> dict[str, tuple[str, ...]]:
    return {t.text: tuple(sorted(t.spellings)) for t in read_question(text, corpus.lexical.vocabulary).terms}


def test_function_words_carry_no_topic(corpus: "Corpus") -> None:
    assert list(_terms("Who is to lead the delegation of Kyiv?", corpus)) == ["lead", "delegation", "Kyiv"]


def test_a_name_stands_for_all_its_spellings_in_the_articles(corpus: "Corpus") -> None:
    spellings = set(_terms("Zelenskyy", corpus)["Zelenskyy"])
    assert spellings == {"zelenskyy", "zelenski", "zelenskiy"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Isatnbul", "istanbul"),
        ("delagation", "deleg"),
        ("Erdogon", "erdogan"),
        ("Budanow", "budanov"),
        ("Turky", "turkey"),
        ("Erdagon", "erdogan"),
    ],
)
def test_a_misspelt_word_stands_for_the_word_that_was_meant(corpus: "Corpus", typed: str, meant: str) -> None:
    assert meant in _terms(f"what about {typed}", corpus)[typed]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Lavrrow", "lavrov"), ("Bruccce", "bruce"), ("Erdoggan", "erdogan"), ("Kelllogg", "kellogg")]
)
def test_a_letter_typed_twice_is_a_slip_of_its_own(corpus: "Corpus", typed: str, meant: str) -> None:
    assert meant in _terms(f"what about {typed}", corpus)[typed]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Hwo is Umerov?", "How is Umerov?"),
        ("Wich team came?", "Which team came?"),
        ("wat did Umerov say", "what did Umerov say"),
        ("wen did Umerov come", "when did Umerov come"),
        ("in wich city did Umerov land", "in which city did Umerov land"),
        ("were did Umerov land", "where did Umerov land"),
        ("Were the talks in Istanbul?", "Were the talks in Istanbul?"),
        ("how did the evning metting go", "how did the evening meeting go"),
    ],
)
def test_a_slip_in_the_word_that_asks_is_mended_and_no_name(corpus: "Corpus", typed: str, read: str) -> None:
    question = read_question(typed, corpus.lexical.vocabulary)
    assert question.text == read
    assert not any(t.missing for t in question.terms)


def test_a_slip_that_is_mended_still_says_what_is_asked_about(corpus: "Corpus") -> None:
    assert "evening" in _terms("what was on that evning", corpus)["evning"]


def test_a_word_of_other_letters_is_no_misspelt_english_word(corpus: "Corpus") -> None:
    assert read_question("Кто возглавляет делегацию?", corpus.lexical.vocabulary).text == "Кто возглавляет делегацию?"


def test_what_colours_a_terminal_is_no_part_of_a_question() -> None:
    assert clean("\x1b[31mWho leads\x1b[0m the talks?") == "Who leads the talks?"


def test_a_capital_that_begins_a_sentence_makes_no_name(corpus: "Corpus") -> None:
    terms = read_question("I write about the talks. Gossip of what kind spread?", corpus.lexical.vocabulary).terms
    assert [t.name for t in terms if t.text == "Gossip"] == [False]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("andrej jermak", "Andriy Yermak"),
        ("marko rubeo", "Marco Rubio"),
        ("Volodimir Zelenskyy", "Volodymyr Zelenskyy"),
        ("Mike Rubio", "Mike Rubio"),
    ],
)
def test_a_given_name_before_its_surname_may_be_spelt_in_another_way(corpus: "Corpus", typed: str, read: str) -> None:
    assert read_question(f"where is {typed}", corpus.lexical.vocabulary).text == f"where is {read}"


@pytest.mark.parametrize(
    ("typed", "read"), [("who is medinski", "who is Medinsky"), ("what does zelenski want", "what does Zelensky want")]
)
def test_a_name_is_spelt_as_the_articles_do_where_its_stem_hides_the_slip(
    corpus: "Corpus", typed: str, read: str
) -> None:
    assert read_question(typed, corpus.lexical.vocabulary).text == read


@pytest.mark.parametrize("word", ["nite", "heavyweights", "crimes", "chatted", "slighted"])
def test_no_word_is_taken_for_another_that_the_articles_lack(corpus: "Corpus", word: str) -> None:
    assert word in read_question(f"who came that {word}", corpus.lexical.vocabulary).text


def test_a_name_that_begins_a_question_stays_one(corpus: "Corpus") -> None:
    question = read_question("Zaluzhny said what?", corpus.lexical.vocabulary)
    assert [t.text for t in question.terms if t.missing] == ["Zaluzhny"]


def test_a_word_that_no_article_holds_is_missing(corpus: "Corpus") -> None:
    question = read_question("What does the Vatican say?", corpus.lexical.vocabulary)
    assert [t.text for t in question.terms if t.missing] == ["Vatican"]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("In which hospital do the talks take place?", []),
        ("Which Gulf country was Trump in?", []),
        ("Which Nvidia deals were signed?", ["Nvidia"]),
        ("What did Macron say to Putin?", ["Macron"]),
        ("Who met in the hospital?", ["hospital"]),
    ],
)
def test_what_names_the_kind_of_the_answer_need_not_be_in_the_articles(
    corpus: "Corpus", question: str, missing: list[str]
) -> None:
    assert [t.text for t in read_question(question, corpus.lexical.vocabulary).terms if t.missing] == missing


def test_rare_words_weigh_more_than_common_ones(corpus: "Corpus") -> None:
    weights = {t.text: t.weight for t in read_question("Kellogg talks", corpus.lexical.vocabulary).terms}
    assert weights["Kellogg"] > 2 * weights["talks"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00\x07", "\u200b\u200b", "\ud800"])
def test_an_empty_question_is_an_error_of_one_sentence(text: str) -> None:
    with pytest.raises(QuestionError, match="The question is empty"):
        clean(text)


def test_a_question_that_nobody_asks_is_an_error_of_one_sentence() -> None:
    with pytest.raises(QuestionError, match="100,000 characters"):
        clean("x" * 100_000)


@given(st.text(max_size=MAX_CHARS))
def test_cleaning_leaves_no_control_characters_and_is_done_once(text: str) -> None:
    try:
        cleaned = clean(text)
    except QuestionError:
        return
    assert cleaned.isprintable() or not any(ord(c) < 32 for c in cleaned)
    assert clean(cleaned) == cleaned


def test_us_after_tell_is_whoever_asks_and_else_a_country(corpus: "Corpus") -> None:
    vocabulary = corpus.lexical.vocabulary
    assert [t.key for t in read_question("Tell us about the drones", vocabulary).terms] == ["tell", "drone"]
    assert "us" in [t.key for t in read_question("What does the us want?", vocabulary).terms]
