from typing import TYPE_CHECKING

import pytest

from qa.support import MERGE, near_copy, support

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.minilm import MiniLM


def _support(claim: str, sentence: str, corpus: "Corpus", embedder: "MiniLM") -> float:
    one, other = embedder.embed([claim, sentence])
    return support(claim, sentence, float(one @ other), corpus.lexical.vocabulary)


def test_the_same_words_support_wholly(corpus: "Corpus", embedder: "MiniLM") -> None:
    assert _support("The talks are held in Istanbul.", "The talks are held in Istanbul.", corpus, embedder) == 1.0


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The Ukrainian side is headed by Rustem Umerov.", "Rustem Umerov heads the Ukrainian side at the talks."),
        ("Zelenskyy met Erdoğan in Ankara.", "Zelensky met Erdogan in Ankara on Thursday."),
        ("Medinsky leads the Russian delegation.", "The Russian delegation is headed by Vladimir Medinsky."),
    ],
)
def test_a_paraphrase_in_another_spelling_supports(
    corpus: "Corpus", embedder: "MiniLM", claim: str, sentence: str
) -> None:
    assert _support(claim, sentence, corpus, embedder) >= MERGE


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Russia launched 145 drones.", "Russia launched 154 drones."),
        ("Umerov leads the delegation.", "Medinsky leads the delegation."),
        ("Putin will attend the talks in Istanbul.", "Putin will not attend the talks in Istanbul."),
        ("Trump met Putin in Ankara.", "Trump met Putin in Istanbul."),
        ("The talks began in March 2022.", "The talks began in February 2022."),
        ("Rubio is taking part in the negotiations.", "Rubio isn’t taking part in the negotiations."),
    ],
)
def test_another_number_name_or_a_denial_never_supports(
    corpus: "Corpus", embedder: "MiniLM", claim: str, sentence: str
) -> None:
    assert _support(claim, sentence, corpus, embedder) < MERGE


def test_a_sentence_edited_lightly_is_a_copy_and_a_rewrite_is_none() -> None:
    one = "The delegation arrived in Istanbul on Thursday evening, officials said."
    assert near_copy(one, "The delegation arrived in Istanbul on Thursday evening, an official said.")
    assert not near_copy(one, "On Thursday night officials said that the team had reached the city.")
