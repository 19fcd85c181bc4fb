from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from qa.crowd import FEW, MANY
from qa.detail import read_details
from qa.support import SAYS, near_copy, support

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.corpus import Corpus
    from index.minilm import MiniLM
    from qa.reader import Reader


@pytest.fixture(scope="module")
def reader() -> "Reader":
    from qa.reader import Reader

    return Reader()


@pytest.fixture(scope="module")
def measure(corpus: "Corpus", reader: "Reader", embedder: "MiniLM") -> "Callable[[str, str], float]":
    vocabulary = corpus.lexical.vocabulary

    def support_of(claim: str, sentence: str) -> float:
        entails = reader.judge(claim, [sentence])[0].entails
        one, other = embedder.embed([claim, sentence])
        return support(read_details(claim, vocabulary), sentence, entails, float(one @ other), vocabulary)

    return support_of


def test_the_same_words_support_wholly(measure: "Callable[[str, str], float]") -> None:
    said = "The talks are held in Istanbul."
    assert measure(said, said) == 1.0


def test_among_thousands_of_articles_the_same_likeness_is_less_support(
    corpus: "Corpus",
) -> None:
    claim, sentence = "Rustem Umerov leads the Ukrainian team.", "The Ukrainian side is headed by Rustem Umerov."
    few = corpus.lexical.vocabulary
    supports = [
        support(read_details(claim, few), sentence, 0.99, 0.6, replace(few, passages=passages))
        for passages in (FEW, 2_000, MANY, 10 * MANY)
    ]
    assert supports[0] > supports[1] > supports[2]
    assert supports[0] >= SAYS > supports[3]
    assert support(read_details(claim, few), claim, 0.99, 1.0, replace(few, passages=MANY)) == 1.0


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The Ukrainian side is headed by Rustem Umerov.", "Rustem Umerov heads the Ukrainian side at the talks."),
        ("Zelenskyy met Erdoğan in Ankara.", "Zelensky met Erdogan in Ankara on Thursday."),
        ("Medinsky leads the Russian delegation.", "The Russian delegation is headed by Vladimir Medinsky."),
        ("Eleven people lost their lives in the fire.", "The fire killed 11 people, the mayor said."),
    ],
)
def test_a_paraphrase_in_another_spelling_supports(
    measure: "Callable[[str, str], float]", claim: str, sentence: str
) -> None:
    assert measure(claim, sentence) >= SAYS


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The Russian delegation is headed by Medinsky.", "Medinsky spoke to reporters at the consulate in Istanbul."),
        ("Marco Rubio echoed the sentiment of Trump.", "Marco Rubio is expected by Trump in Istanbul on Friday."),
        (
            "Putin sees the talks as a resumption.",
            "Medinsky, who led the failed talks, spoke to reporters in Istanbul.",
        ),
    ],
)
def test_a_sentence_on_the_same_people_that_says_another_thing_of_them_does_not_support(
    measure: "Callable[[str, str], float]", claim: str, sentence: str
) -> None:
    assert measure(claim, sentence) < SAYS


@pytest.mark.parametrize(
    "more",
    [
        ", an aggressive adviser who has challenged the sovereignty of Ukraine",
        " and wants to discuss possible compromises on several fronts",
    ],
)
def test_a_claim_of_which_a_part_is_missing_is_not_supported(measure: "Callable[[str, str], float]", more: str) -> None:
    said = "Medinsky leads the Russian delegation"
    assert measure(f"{said}.", "The head of the Russian delegation is Medinsky.") >= SAYS
    assert measure(f"{said}{more}.", "The head of the Russian delegation is Medinsky.") == 0


def test_a_sentence_edited_lightly_is_a_copy_and_a_rewrite_is_none() -> None:
    one = "The delegation arrived in Istanbul on Thursday evening, officials said."
    assert near_copy(one, "The delegation arrived in Istanbul on Thursday evening, an official said.")
    assert not near_copy(one, "On Thursday night officials said that the team had reached the city.")
