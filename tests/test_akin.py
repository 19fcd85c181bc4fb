"""Akin: sentences that answer one question in other words are one statement; what is only about the same is not."""

import pytest

from index.indexing import index_paths
from index.minilm import MiniLM
from qa.agreement import Agreement
from qa.akin import AKIN, akin, are_akin
from qa.clause import own
from qa.evidence import Evidence
from qa.library import Library

TEXTS = {
    "courier": """The Varde Courier

For one week there will be no trams at all in the lower town, the council decided.

The pumping station at Skarness was flooded on Sunday night.

Nobody was hurt when the quay gave way.""",
    "radio": """Skar Radio

The lower town stays without trams for a week, says the council. The mayor apologised.

On Sunday night the water stood a metre deep in the pumping station at Skarness.

The council's trams had been built for another town.""",
}


@pytest.fixture(scope="module")
def trams(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    folder = tmp_path_factory.mktemp("trams")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    index_paths([folder], folder / "store", embedder)
    return Library.open(folder / "store", embedder)


def weighed(library: Library, question: str, *parts: str) -> tuple[Agreement, list[Evidence]]:
    """What compares the evidence for a question, and the piece of it whose own sentence has each of some words."""
    asked, evidence = library.weigh(question)
    agreement = Agreement(asked, library.corpus, library.reader)
    return agreement, [next(e for e in evidence if part in own(e)) for part in parts]


def test_one_answer_in_other_words_is_akin_and_what_is_about_the_same_is_not(trams: Library) -> None:
    question = "For how long will there be no trams in the lower town?"
    agreement, (one, other, built) = weighed(trams, question, "For one week", "without trams", "another town")
    assert akin(own(one), one, other, agreement) >= AKIN
    assert akin(own(one), one, built, agreement) < AKIN
    assert are_akin(one, [built, other], agreement) == [False, True]
    assert are_akin(one, [], agreement) == []


def test_a_claim_of_one_answer_cites_both_articles(trams: Library) -> None:
    answer = trams.ask("For how long will there be no trams in the lower town?")
    assert {c.file for c in answer.claims[0].citations} == {"courier.txt", "radio.txt"}


def test_what_is_denied_is_not_akin_to_what_denies_nothing(trams: Library) -> None:
    agreement, (none, water) = weighed(trams, "Was anybody hurt at the quay?", "Nobody was hurt", "a metre deep")
    assert akin(own(none), none, water, agreement) == 0.0


def test_the_beginning_of_a_sentence_is_akin_to_no_more_than_all_of_it(trams: Library) -> None:
    question = "For how long will there be no trams in the lower town?"
    agreement, (one, other) = weighed(trams, question, "For one week", "without trams")
    begun = own(one).split(" at all")[0]
    assert akin(begun, one, other, agreement) == akin(own(one), one, other, agreement)
