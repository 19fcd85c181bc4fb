"""What another does is no answer to whether somebody did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from said import write

from index.indexing import index_paths
from qa.doer import acts, mark_others_acts
from qa.library import Library
from qa.names import find_names

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.minilm import MiniLM

SUMMIT = {
    "tidings": (
        "The harbour summit.\n\nMayor Tora Lindqvist stayed away from the summit in Ostrand and sent two clerks "
        "instead. Governor Ingmar Halle said that he would come to Ostrand by ship."
    ),
    "kurier": (
        "Talks in Ostrand.\n\nGovernor Ingmar Halle came to Ostrand on Wednesday. Dockers cheered Governor "
        "Ingmar Halle. Mayor Pavel Dresner said that nobody asked Mayor Tora Lindqvist."
    ),
}


@pytest.fixture(scope="module")
def summit(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    root = tmp_path_factory.mktemp("summit")
    index_paths([write(root / "articles", **SUMMIT)], root / "store", embedder)
    return Library.open(root / "store", embedder)


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("Yesterday Putin declined the invitation.", True),
        ("On Friday Putin, who was in Moscow, did not come.", True),
        ("It was undermined by Putin's decision to send others.", True),
        ("They said that Putin hasn’t agreed.", True),
        ("The mayor and the president, Vladimir Putin, are expected on Friday, although it is unclear why.", True),
        ("We can’t go chasing Putin around the world.", False),
        ("He was urging President Vladimir Putin to attend.", False),
    ],
)
def test_who_acts_has_a_verb_or_something_of_his_own(text: str, *, does: bool, corpus: Corpus) -> None:
    (putin,) = [n for n in find_names(text, corpus.lexical.vocabulary) if n.text.endswith("Putin")]
    assert acts(putin, text) is does


@pytest.mark.parametrize(
    ("question", "right"),
    [("Did Lindqvist come to Ostrand?", "stayed away"), ("Did Halle come to Ostrand?", "Halle came")],
)
def test_what_the_one_asked_about_did_comes_first(question: str, right: str, summit: Library) -> None:
    assert right in summit.ask(question).claims[0].text


def test_another_who_stays_away_is_no_answer(library: Library) -> None:
    first = library.ask("Did Putin come to Istanbul?").claims[0].text
    assert "Putin's decision to send a lower-ranking delegation" in first
    claims = [claim.text for claim in library.ask("Is Trump going to Istanbul?").claims]
    assert not any(text.startswith("Zelenskiy confirmed that he would not travel") for text in claims)


@pytest.mark.parametrize(
    "question", ["Who came to Istanbul?", "Did the talks end?", "Did Russia agree?", "Is it over?"]
)
def test_nothing_changes_where_no_person_is_asked_about(question: str, library: Library) -> None:
    asked, evidence = library.weigh(question)
    assert mark_others_acts(asked, evidence, library.corpus) == evidence
