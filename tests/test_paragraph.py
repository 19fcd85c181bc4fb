import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraph import lines, markup_end, paragraphs, wrapped


def _paragraphs(text: str) -> list[str]:
    rows = text.split("\n")
    return ["\n".join(rows[first : last + 1]) for first, last in paragraphs(rows, [False] * len(rows))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_with_any_of_the_three_line_ends(end: str) -> None:
    text = end.join(["one", "", "two", ""])
    assert [text[start:stop] for start, stop in lines(text)] == ["one", "", "two", ""]


@given(st.text(alphabet="ab\n\r\u2028\x0b", max_size=80))
def test_lines_are_what_universal_newlines_make_of_a_file(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert [text[start:stop] for start, stop in lines(text)] == plain.split("\n")


def test_each_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    assert _paragraphs("Headline\nA short line.\nAnother one, of other length.") == [
        "Headline",
        "A short line.",
        "Another one, of other length.",
    ]


def test_wrapped_lines_are_one_paragraph_up_to_the_blank_line() -> None:
    first = "The delegation that arrived on Friday was met by the foreign\nminister of Turkey, who had waited for it."
    assert _paragraphs(f"{first}\n\nShort one.") == [first, "Short one."]


def test_a_wrapped_list_item_is_one_paragraph() -> None:
    first = "- a truce of thirty days, on land, at sea and in the air,\n  to begin at once"
    second = "- an exchange of all prisoners of war who are still alive,\n  one thousand from each side."
    assert _paragraphs(f"{first};\n{second}") == [f"{first};", second]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_heading_stands_alone_above_wrapped_text(mark: str) -> None:
    assert _paragraphs(f"{mark}## The Talks of the Two Delegations in Istanbul\nwhat they said and who was there") == [
        f"{mark}## The Talks of the Two Delegations in Istanbul",
        "what they said and who was there",
    ]


def test_lines_known_to_stand_alone_part_what_is_around_them() -> None:
    assert list(paragraphs(["a", "b", "c"], [False, True, False])) == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize(
    "rows",
    [
        ["One line."],
        ["Short", "lines", "of a list"],
        ["A line of prose that is far longer than any editor would let it be" * 3, "and one more"],
        ["The first headline of the page, with no stop", "The Second Headline of the Page, With no Stop"],
    ],
)
def test_lists_headlines_and_long_lines_are_not_wrapped_prose(rows: list[str]) -> None:
    assert not wrapped(rows)


@pytest.mark.parametrize(
    ("line", "mark"), [("# Title", 2), ("  ### Title", 6), ("- item", 2), ("12. item", 4), ("> quote", 2), ("• x", 2)]
)
def test_the_mark_of_a_heading_or_list_item_is_measured(line: str, mark: int) -> None:
    assert markup_end(line) == mark


@pytest.mark.parametrize("line", ["#hashtag", "-5 degrees", "2025. It was", "", "plain", "3.5 percent"])
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    assert markup_end(line) == 0


@given(st.lists(st.tuples(st.text(max_size=90), st.booleans()), max_size=20))
def test_paragraphs_hold_every_line_that_is_not_blank_once_and_in_order(rows: list[tuple[str, bool]]) -> None:
    texts = [text for text, _ in rows]
    alone = [mark and bool(text.strip()) for text, mark in rows]
    held = [i for first, last in paragraphs(texts, alone) for i in range(first, last + 1)]
    assert held == [i for i, text in enumerate(texts) if text.strip()]
