"""Disagreement: two figures or dates for one thing are told apart from those for two things."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.indexing import index_paths
from index.minilm import MiniLM
from qa.agreement import Agreement
from qa.answer import Difference
from qa.conflict import DIFFER
from qa.disagree import known_to_both, oppose
from qa.library import Library
from qa.likeness import Told

TEXTS = {
    "morning": """The Varde Courier

The new bridge over the Skar will open to traffic on 3 June, the roads office said.

Some 4,200 people came to the rally on the quay, the police said.

The bakery sold 300 loaves on Monday and 450 on Tuesday.""",
    "evening": """Skar Radio

The new bridge over the Skar will be opened to traffic on 5 June.

The rally on the quay was attended by 6,500 people, its organisers said. On Tuesday, the bakery sold 450 loaves.""",
}


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    folder = tmp_path_factory.mktemp("bridge")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    index_paths([folder], folder / "store", embedder)
    return Library.open(folder / "store", embedder)


def told(library: Library, question: str, *parts: str) -> tuple[Agreement, list[Told]]:
    """What compares the evidence for a question, and that of it with each of some words."""
    asked, evidence = library.weigh(question)
    agreement = Agreement(asked, library.corpus, library.reader)
    return agreement, [agreement.told(next(e for e in evidence if part in e.text)) for part in parts]


def test_two_figures_for_one_thing_are_more_probable_than_for_two(bridge: Library) -> None:
    agreement, (police, organisers) = told(bridge, "How many people came to the rally?", "4,200", "6,500")
    (one,) = oppose(police, [organisers], [organisers], agreement)
    agreement, (monday, tuesday) = told(
        bridge, "How many loaves did the bakery sell on Monday?", "300 loaves", "On Tue"
    )
    (two,) = oppose(monday, [tuesday], [tuesday], agreement)
    assert two.differs < DIFFER < one.differs
    assert one.compared.conflict > max(one.compared.same, one.compared.open)


def test_the_best_answer_is_held_against_those_of_other_articles_only(bridge: Library) -> None:
    agreement, (police, organisers) = told(bridge, "How many people came to the rally?", "4,200", "6,500")
    assert [o.told for o in oppose(police, [police, organisers], [police, organisers], agreement)] == [organisers]
    assert oppose(police, [], [], agreement) == []


def test_an_article_that_gives_the_best_answer_elsewhere_differs_less(bridge: Library) -> None:
    agreement, (police, organisers) = told(bridge, "How many people came to the rally?", "4,200", "6,500")
    (alone,) = oppose(police, [organisers], [organisers], agreement)
    agrees = replace(organisers, figures=police.figures, words=police.words)
    (also,) = (o for o in oppose(police, [agrees, organisers], [agrees, organisers], agreement) if o.told is organisers)
    assert also.differs < alone.differs


def test_what_cannot_differ_enough_is_not_compared_and_what_may_is_as_without_a_bound(bridge: Library) -> None:
    agreement, (police, organisers) = told(bridge, "How many people came to the rally?", "4,200", "6,500")
    (free,) = oppose(police, [organisers], [organisers], agreement)
    assert oppose(police, [organisers], [organisers], agreement, free.differs) == [free]
    assert oppose(police, [organisers], [organisers], agreement, 0.999) == []


def test_a_figure_that_an_article_gives_beside_its_own_is_known_to_both(bridge: Library) -> None:
    _, (monday, tuesday) = told(bridge, "How many loaves did the bakery sell?", "300 loaves", "On Tuesday")
    assert known_to_both(monday, tuesday)
    _, (police, organisers) = told(bridge, "How many people came to the rally?", "4,200", "6,500")
    assert not known_to_both(police, organisers)


def test_other_days_are_a_difference(bridge: Library) -> None:
    (conflict,) = bridge.ask("When does the new bridge open?").conflicts
    assert conflict.kind is Difference.DATE
    assert {(v.text, Path(c.file).stem) for v in conflict.versions for c in v.citations} == {
        ("3 June", "morning"),
        ("5 June", "evening"),
    }


def test_what_was_expected_and_is_so_by_now_is_a_change_told_in_sentences(library: Library) -> None:
    (conflict,) = library.ask("Is Rubio in Istanbul?").conflicts
    assert conflict.kind is Difference.CHANGE
    before, now = conflict.versions
    assert "in Istanbul on Friday" in before.text
    assert "Rubio, who’s in Istanbul" in now.text
    assert {c.file[:3] for c in before.citations} == {"001", "002"}
    assert {c.file[:3] for c in now.citations} == {"004"}
