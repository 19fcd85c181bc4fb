"""Offices: `the doctor` is whom a text calls so, and nobody where more than the office is said or it only owns."""

from __future__ import annotations

import pytest

from qa.names import Name
from qa.office import holders, read_office


@pytest.mark.parametrize(
    ("phrase", "office"),
    [
        ("the doctor", "doctor"),
        ("Our captain ", "captain"),
        ("The foreign minister", "foreign minister"),
        ("a doctor", None),
        ("his brother", None),
        ("the latter", None),
        ("the doctor of the village of Brno", None),
    ],
)
def test_an_office_is_what_the_reader_knows_already(phrase: str, office: str | None) -> None:
    assert read_office(phrase) == office


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Doctor Jana Novak came.", True),
        ("The doctor, Jana Novak, came.", True),
        ("His sister, Jana Novak, who is the only doctor here, came.", True),
        ("Jana Novak, Brno's doctor, came.", True),
        ("Jana Novak, the doctor of the village, came.", True),
        ("Jana Novak, who called the doctor first, came.", False),
        ("Jana Novak met the doctor.", False),
        ("The doctor's wife, Jana Novak, came.", False),
    ],
)
def test_who_holds_an_office_stands_right_beside_it(text: str, *, held: bool) -> None:
    start = text.index("Jana Novak")
    name = Name("Jana Novak", start, start + len("Jana Novak"), person=True)
    assert holders("doctor", text, [name]) == ([name] if held else [])
