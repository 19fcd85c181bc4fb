"""Allegiances: whoever acts for one nation is not the answer to a question about another's minister."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.allegiance import mark_others, nation_of
from qa.names import find_names

if TYPE_CHECKING:
    from index.corpus import Corpus
    from qa.library import Library


@pytest.mark.parametrize(
    ("name", "nation"),
    [
        ("Rustem Umerov", "ukrainian"),
        ("Vladimir Medinsky", "russian"),
        ("Kyrylo Budanov", "ukrain"),
        ("Hakan Fidan", "turkish"),
        ("Keir Starmer", "uk"),
        ("Steve Witkoff", None),
    ],
)
def test_a_nation_is_told_by_the_title_beside_the_name(name: str, nation: str | None, corpus: Corpus) -> None:
    (found,) = find_names(f"Yesterday {name} spoke.", corpus.lexical.vocabulary)
    assert nation_of(found, corpus) == nation


def test_who_acts_for_another_nation_hardly_answers(library: Library) -> None:
    _, evidence = library.weigh("Who is Russia's defence minister?")
    umerov = [e for e in evidence if e.answer and "Umerov" in e.article.text[slice(*e.answer)]]
    assert umerov
    assert max(e.answerable for e in umerov) < 0.1
    assert [e.score for e in evidence] == sorted((e.score for e in evidence), reverse=True)


def test_which_american_is_no_russian(library: Library) -> None:
    _, evidence = library.weigh("Which American official sits with the Russians?")
    named = {e.article.text[slice(*e.answer)] for e in evidence[:12] if e.answer}
    assert not any("Medinsky" in name for name in named)


def test_who_acts_for_the_nation_asked_about_still_answers(library: Library) -> None:
    assert "Umerov" in library.ask("Who is Ukraine's defence minister?").claims[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Who met the Ukrainian delegation?",
        "Who is the US envoy to Ukraine?",
        "Who is the defence minister?",
        "Where is the Russian delegation?",
    ],
)
def test_nothing_changes_where_no_other_nations_role_is_asked_for(question: str, library: Library) -> None:
    read, evidence = library.weigh(question)
    marked = mark_others(read, evidence, library.corpus)
    assert {id(e) for e in marked} == {id(e) for e in evidence}
