import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotation import MAX_CHARS, quotations, without_quotations


def _quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("Er sagte „ja“ und „nein”.", ["„ja“", "„nein”"]),
        ("Il a dit « oui ».", ["« oui »"]),
        ("Han sagde »ja« og »nej«.", ["»ja«", "»nej«"]),
        ("他说：「是」和『不』。", ["「是」", "『不』"]),
        ("“He said 'no' to us,” she said.", ["“He said 'no' to us,”"]),
        ('“He said "no" to us,” she said.', ['“He said "no" to us,”']),
        ("“One paragraph. “The next,” he said.", ["“The next,”"]),
    ],
)
def test_pairs_of_double_marks_are_quotations(text: str, quoted: list[str]) -> None:
    assert _quoted(text) == quoted


@pytest.mark.parametrize(
    "text", ["No quotation.", "It’s the people’s.", "“Never closed", "closed”", 'A 6" pipe and a 7" pipe.', '"']
)
def test_single_marks_apostrophes_inches_and_unbalanced_marks_are_none(text: str) -> None:
    assert _quoted(text) == []


def test_a_quotation_beyond_the_limit_is_none() -> None:
    assert _quoted("“" + "x" * (MAX_CHARS - 2) + "”") != []
    assert _quoted("“" + "x" * (MAX_CHARS - 1) + "”") == []


def test_only_the_named_part_of_the_text_is_searched() -> None:
    assert quotations("“a” “b” “c”", 4, 7) == [(4, 7)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("“We are ready,” he said, and “no”.", "… he said, and …."),
        ("No quotation.", "No quotation."),
        ("“Never closed", "“Never closed"),
        ("", ""),
    ],
)
def test_a_text_without_its_quotations_shows_where_they_were(text: str, left: str) -> None:
    assert without_quotations(text) == left


@given(st.text(alphabet="“”„«»「」\"'’ab. \n", max_size=200))
def test_quotations_are_ordered_and_apart(text: str) -> None:
    end = 0
    for start, stop in quotations(text, 0, len(text)):
        assert end <= start < stop <= len(text)
        assert stop - start <= MAX_CHARS
        end = stop
