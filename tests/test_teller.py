"""What a claim has somebody say is borne out only by a sentence in which they say something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.detail import read_details
from qa.teller import same_teller

if TYPE_CHECKING:
    from index.corpus import Corpus

CLAIM = "Putin has indicated he regards the talks as a resumption of those held in Istanbul."


def same(claim: str, sentence: str, corpus: Corpus) -> bool:
    vocabulary = corpus.lexical.vocabulary
    return same_teller(read_details(claim, vocabulary), read_details(sentence, vocabulary), vocabulary)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vladimir Putin said the talks go on where those of 2022 ended.",
        "The talks resume what began in Istanbul, said President Vladimir Putin.",
        "The talks resume what began in Istanbul, he later told reporters.",
    ],
)
def test_who_says_something_or_a_pronoun_may_bear_it_out(sentence: str, corpus: Corpus) -> None:
    assert same(CLAIM, sentence, corpus)


@pytest.mark.parametrize(
    "sentence",
    [
        "These would be the first talks between Ukraine and Russia since a meeting in Istanbul.",
        "Washington has warned of no breakthrough in Istanbul until Donald Trump and Vladimir Putin agree to meet.",
        "Zelenskyy said the talks in Istanbul resume those of 2022.",
    ],
)
def test_a_sentence_in_which_others_or_nobody_says_anything_does_not(sentence: str, corpus: Corpus) -> None:
    assert not same(CLAIM, sentence, corpus)


def test_a_claim_that_has_nobody_say_anything_asks_for_no_teller(corpus: Corpus) -> None:
    assert same("The talks are in Istanbul.", "Delegations met in Istanbul.", corpus)
    assert same("Putin has sent a delegation to Istanbul.", "A delegation came from Moscow.", corpus)
