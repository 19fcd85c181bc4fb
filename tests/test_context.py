import pytest

from index.article import make_article
from index.sentence import split_sentences
from qa.context import is_bare_quote, points_back, quoted_start

TEXT = """Foreign Minister Anna Berg rejected the plan. She called it a gift to smugglers. It would cost 40 million.

He left on Monday.

“We are ready,” the envoy said in Oslo. “We have waited long enough.”
"""


def _quoted(needle: str) -> str:
    article = make_article("a.txt", TEXT)
    sentences = split_sentences(article)
    number = next(i for i, s in enumerate(sentences) if needle in article.text[s.start : s.end])
    return article.text[quoted_start(article.text, sentences, number) : sentences[number].end]


def test_a_sentence_that_names_its_subject_is_quoted_alone() -> None:
    assert _quoted("rejected") == "Foreign Minister Anna Berg rejected the plan."


def test_a_sentence_that_begins_with_a_pronoun_takes_along_the_sentence_that_names_it() -> None:
    assert _quoted("smugglers") == "Foreign Minister Anna Berg rejected the plan. She called it a gift to smugglers."


def test_a_chain_of_pronouns_is_followed_to_the_name() -> None:
    assert _quoted("40 million").startswith("Foreign Minister Anna Berg")


def test_bare_words_in_quotation_marks_take_along_who_says_them() -> None:
    assert _quoted("long enough").startswith("“We are ready,” the envoy said")


def test_the_paragraph_before_is_never_taken_along() -> None:
    assert _quoted("Monday") == "He left on Monday."


@pytest.mark.parametrize("text", ["He said so.", "“It is over.”", "However, they met.", "This move failed.", "“Yes.”"])
def test_sentences_that_point_back(text: str) -> None:
    assert points_back(text)


@pytest.mark.parametrize("text", ["Hermann said so.", "Thislew won.", "“Yes,” he said.", "The talks failed."])
def test_sentences_that_stand_alone(text: str) -> None:
    assert not points_back(text)


def test_only_a_sentence_all_in_quotation_marks_is_a_bare_quotation() -> None:
    assert is_bare_quote("“We have waited long enough.”")
    assert not is_bare_quote("“Yes,” he said, “we have waited.”")
    assert not is_bare_quote("He said so.")
