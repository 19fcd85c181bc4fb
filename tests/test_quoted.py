from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.quoted import find_quoted


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quoted(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We are ready,” she said. “All of us.”", ["We are ready,", "All of us."]),
        ('"Look," he said, "it is late."', ["Look,", "it is late."]),
        ("„Wir sind bereit“, sagte sie.", ["Wir sind bereit"]),
        ("« Nous sommes prêts » et «oui».", ["oui"]),
        ("Kyiv rejected the 'token' team of Russia's leaders.", ["token"]),
        ("'The two sides' positions are far apart,' he said.", ["The two sides' positions are far apart,"]),
        ("‘It wasn’t me,’ said the driver’s son.", ["It wasn’t me,"]),
        ("The leaders' plan and the '90s don't count.", []),
        ('A 6" pipe and no more.', []),
        ("He called her 'a clown' and 'a loser' twice.", ["a clown", "a loser"]),
    ],
)
def test_marks_of_all_kinds_are_told_from_apostrophes(text: str, inside: list[str]) -> None:
    assert quoted(text) == inside


def test_a_typographic_quotation_that_nothing_closes_goes_on_in_the_next_paragraph() -> None:
    (quote,) = find_quoted("“We want sanctions.")
    assert not quote.closed
    assert quote.end == len("“We want sanctions.")


@given(st.text(alphabet="ab '\"“”‘’«».,\n", max_size=60))
def test_no_quotation_lies_within_another_and_each_has_words(text: str) -> None:
    found = find_quoted(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 < q.start < q.end <= len(text) and any(c.isalnum() for c in text[q.start : q.end]) for q in found)
