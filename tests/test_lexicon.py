"""The lexicon: which words are English, as they stand or as forms of others."""

import pytest

from index.lexicon import is_english, is_formed


@pytest.mark.parametrize("word", ["chatted", "slighted", "meetings", "praised", "facing", "talkers"])
def test_regular_forms_of_frequent_words_are_told(word: str) -> None:
    assert is_formed(word)


@pytest.mark.parametrize("word", ["metting", "talkd", "arived", "delagated", "negotations", "chat", "zelenskyed"])
def test_slips_are_no_forms(word: str) -> None:
    assert not is_formed(word)


def test_frequent_words_are_english() -> None:
    assert is_english("mayor")
    assert not is_english("mayro")
