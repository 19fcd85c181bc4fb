from pathlib import Path

import pytest
from test_records import read, shown

from index.article import Article
from index.lines import MAX_LINE

OPEN = 'One,"The talks began.\n'
ROWS = "".join(f"Row {n},They ended on day {n}.\n" for n in range(20))
BROKEN = "is a broken row ({}); mend its quotation marks or remove it."
LOST = "is a broken row ({}), so that it and the {} after it are left out; mend its quotation marks or remove it."


def test_a_mark_that_nobody_closes_costs_its_own_row(tmp_path: Path) -> None:
    items = shown(read(tmp_path, "a.csv", f"title,text\nFirst,They met.\n{OPEN}{ROWS}"))
    assert items[:2] == [(0, "They met."), (1, BROKEN.format("unexpected end of data"))]
    assert items[2:] == [(n + 2, f"They ended on day {n}.") for n in range(20)]


def test_each_of_several_open_marks_costs_its_own_row_and_the_line_where_it_is_noticed(tmp_path: Path) -> None:
    items = shown(read(tmp_path, "a.csv", f"title,text\n{OPEN}{ROWS}{OPEN}{ROWS}"))
    assert items[0] == (0, LOST.format("',' expected after '\"'", "line"))
    assert [number for number, _ in items] == list(range(41))
    assert [text for _, text in items[1:]] == [f"They ended on day {n}." for n in range(20)] * 2


def test_a_row_that_is_cut_off_gives_no_line_of_its_text_for_a_row(tmp_path: Path) -> None:
    items = shown(read(tmp_path, "a.csv", f"title,text\n{ROWS}{OPEN}Both sides met, and left.\nNothing, it is sa"))
    assert len(items) == 21
    assert items[-1] == (20, LOST.format("unexpected end of data", "2 lines"))


@pytest.mark.parametrize("names", ["text", "title,text,date"])
def test_lines_that_are_no_rows_are_counted_with_the_row_that_swallowed_them(tmp_path: Path, names: str) -> None:
    items = shown(read(tmp_path, "a.csv", f'{names}\n"The talks began.\n{ROWS}'))
    assert items == [(0, LOST.format("unexpected end of data", "20 lines"))]


def test_a_row_that_swallows_more_than_a_record_may_hold_is_let_go(tmp_path: Path) -> None:
    line = f"Row,{'They ended. ' * 50_000}\n"
    count = MAX_LINE // len(line) + 5
    items = read(tmp_path, "a.csv", f"title,text\n{OPEN}{line * count}")
    assert shown(items)[0] == (0, BROKEN.format("it is too long"))
    assert sum(isinstance(item, Article) for item in items) == count


def test_a_mark_in_every_line_is_given_up_after_some(tmp_path: Path) -> None:
    items = shown(read(tmp_path, "a.csv", "title,text\n" + 'x","\n' * 1000))
    assert len(items) == 11
    assert items[-1] == (10, LOST.format("unexpected end of data", "989 lines"))
