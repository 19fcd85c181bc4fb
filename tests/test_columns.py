import time

import pytest
from made import instructed_pdf, placed_pdf

from index.columns import LINES, MOST, read_columns
from index.pdf import read_pdf
from index.pen import Piece

LEFT = [
    "The harbour council of Lindmouth voted on",
    "Monday to close the ferry terminal, which",
    "had been open for ninety years. Ingrid",
    "Halvorsen said that 412 workers would be",
    "offered jobs in the new terminal.",
]
RIGHT = [
    "A fire burned 27 stalls in the market",
    "hall on Sunday, Fire Chief Olga Brandt",
    "told reporters. Nobody was hurt, but the",
    "damage is put at three million euros by",
    "the insurer, which covers all of it.",
]
ACROSS = [(x, 700 - 12 * n, text) for n in range(5) for x, text in ((50, LEFT[n]), (310, RIGHT[n]))]
"""Two columns, drawn line by line across."""
COLUMNS = " ".join([*LEFT, *RIGHT])


def read(*placed: tuple[float, float, str]) -> str:
    return " ".join(read_pdf(placed_pdf(placed), "a.pdf")[0].split())


def test_columns_that_are_drawn_across_are_read_one_after_the_other() -> None:
    assert read(*ACROSS) == COLUMNS


def test_columns_are_told_within_one_block_of_text_and_one_instruction() -> None:
    rows = zip(LEFT, RIGHT, strict=True)
    block = " ".join(
        f"1 0 0 1 50 {700 - 12 * n} Tm ({one}) Tj 260 0 Td ({two}) Tj" for n, (one, two) in enumerate(rows)
    )
    text = read_pdf(instructed_pdf([f"BT /F1 10 Tf {block} ET"]), "a.pdf")[0]
    assert text.replace("\n", " ") == COLUMNS


def test_columns_are_told_where_each_word_is_drawn_alone() -> None:
    shown = [(x, y, " Tj ( ) Tj ".join(f"({word})" for word in text.split())) for x, y, text in ACROSS]
    lines = " ".join(f"1 0 0 1 {x} {y} Tm {words} Tj" for x, y, words in shown)
    text = read_pdf(instructed_pdf([f"BT /F1 10 Tf {lines} ET"]), "a.pdf")[0]
    assert text.replace("\n", " ") == COLUMNS


def test_three_columns_are_read_one_after_the_other() -> None:
    third = [
        "Nobody at the town hall wished to say when",
        "the market would be open again, nor who",
        "would pay for it. The mayor",
        "was away on Sunday and could",
        "not be reached by the paper.",
    ]
    placed = [(x, 700 - 12 * n, text[n]) for n in range(5) for x, text in ((20, LEFT), (230, RIGHT), (430, third))]
    assert read(*placed) == " ".join([*LEFT, *RIGHT, *third])


def test_a_line_across_the_gutter_stands_by_itself() -> None:
    headline = "A bad week for Lindmouth: its terminal is to close and its market hall burns down"
    middle = "What the town will do now is open, for there is no money in its chest, the mayor says."
    below = [(x, y - 80, text) for x, y, text in ACROSS]
    text = read((50, 730, headline), *ACROSS, (50, 637, middle), *below)
    assert text == " ".join([headline, COLUMNS, middle, COLUMNS])


@pytest.mark.parametrize("longer", [0, 1])
def test_the_lines_of_a_longer_column_stay_with_it(longer: int) -> None:
    more = [
        (50 + 260 * longer, 640 - 12 * n, text)
        for n, text in enumerate(["They begin on the", "first of June, she", "said on Monday."])
    ]
    columns = [LEFT, RIGHT]
    columns[longer] = [*columns[longer], *(text for _, _, text in more)]
    assert read(*ACROSS, *more) == " ".join(columns[0] + columns[1])


def test_columns_that_are_drawn_one_after_the_other_are_read_as_they_are_drawn() -> None:
    assert read(*ACROSS[1::2], *ACROSS[::2]) == " ".join([*RIGHT, *LEFT])


TABLES = {
    "labels": ("Lindmouth", "Osterby", "Nordhavn", "Halden", "Ringsted"),
    "figures": ("412 jobs", "27 stalls", "3 million", "90 years", "16 May"),
    "phrases": (
        "Harbour of Lindmouth",
        "Terminal at Osterby",
        "Market hall in Halden",
        "Town of Ringsted",
        "Fire of May",
    ),
}


@pytest.mark.parametrize("cells", TABLES.values(), ids=TABLES)
def test_the_rows_of_a_table_are_read_across(cells: tuple[str, ...]) -> None:
    rows = [(50, 700 - 12 * n, cells[n]) for n in range(5)]
    told = [(310, y, text) for (_, y, _), text in zip(rows, RIGHT, strict=True)]
    placed = [place for row in zip(rows, told, strict=True) for place in row]
    assert read(*placed) == " ".join(text for _, _, text in placed)


def test_justified_text_with_wide_gaps_is_read_across() -> None:
    placed = []
    for n, text in enumerate([*LEFT, *RIGHT]):
        words = text.split()
        gap = (500 - 5 * len(text)) / len(words)
        places = [50 + 5 * len(" ".join(words[:i])) + gap * i for i in range(len(words))]
        placed += [(x, 700 - 12 * n, word) for x, word in zip(places, words, strict=True)]
    assert read(*placed) == COLUMNS


def test_words_that_all_stand_far_apart_are_no_columns() -> None:
    words = [text.split()[:6] for text in [*LEFT[:4], *RIGHT[:4]]]
    placed = [(50 + 80 * i, 700 - 12 * n, word) for n, row in enumerate(words) for i, word in enumerate(row)]
    assert read(*placed) == " ".join(word for row in words for word in row)


def test_lines_of_one_column_are_no_columns() -> None:
    assert read_columns([Piece(text, 50, 250, 700 - 12 * n, 10) for n, text in enumerate(LEFT)]) is None
    assert read_columns([]) is None


def staircase(rows: int, words: int) -> list[Piece]:
    """Return lines that each begin further right than all of the one above: no gap in one is crossed by another."""
    return [
        Piece("aa", 18 * (word + words * row), 18 * (word + words * row) + 8, 10 * (rows - row), 8)
        for row in range(rows)
        for word in range(words)
    ]


@pytest.mark.parametrize(("rows", "words"), [(MOST // 2, 2), (MOST // 5, 5), (LINES, 5), (LINES, 2)])
def test_no_page_takes_long_to_be_looked_through(rows: int, words: int) -> None:
    began = time.process_time()
    assert read_columns(staircase(rows, words)) is None
    assert time.process_time() - began < 5
