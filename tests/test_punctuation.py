import pytest

from index.punctuation import BLANKS, CLOSERS, STOPS, blank, closed


@pytest.mark.parametrize("stop", [*STOPS, ":", ";", ",", "،", "、"])
@pytest.mark.parametrize("after", ["", "”", '"', "’)", " \r", "\ufeff", "»\u200b"])
def test_a_line_that_ends_in_a_stop_is_closed_whatever_quotation_marks_follow(stop: str, after: str) -> None:
    assert closed(f"The talks began{stop}{after}")


@pytest.mark.parametrize(
    "line", ["", "The talks", "The talks –", "3.5 percent", "e.g. this", "”", "* * *", "x" * 100_000]
)
def test_a_line_that_ends_otherwise_is_not(line: str) -> None:
    assert not closed(line)


@pytest.mark.parametrize("char", [*" \t\r\n\xa0\u2028\u3000", *BLANKS])
def test_characters_that_show_nothing_are_blank(char: str) -> None:
    assert blank(char)


@pytest.mark.parametrize("char", [*STOPS, *CLOSERS, "a", "\0", "\u0301", "\ufffd"])
def test_characters_that_show_something_are_not(char: str) -> None:
    assert not blank(char)
