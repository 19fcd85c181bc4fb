import io

import pypdf
import pytest
from made import instructed_pdf

from index.pen import Pen, Piece


def drawn(instructions: str) -> Pen:
    page = pypdf.PdfReader(io.BytesIO(instructed_pdf([instructions]))).pages[0]
    pen = Pen(page._layout_mode_fonts())
    page.extract_text(visitor_operand_before=pen)
    return pen


def places(instructions: str) -> list[tuple[str, int, int, int]]:
    return [(p.text, round(p.start), round(p.end), round(p.base)) for p in drawn(instructions).pieces]


WIDE = 257
"""Points that `talks` takes in Helvetica, 125 points high."""


@pytest.mark.parametrize(
    ("instructions", "start", "base"),
    [
        ("BT /F1 125 Tf 50 700 Td (talks) Tj ET", 50, 700),
        ("BT /F1 125 Tf 1 0 0 1 50 700 Tm (talks) Tj ET", 50, 700),
        ("q 1 0 0 1 10 20 cm BT /F1 125 Tf 40 680 Td (talks) Tj ET Q", 50, 700),
        ("BT /F1 125 Tf 14 TL 50 714 Td T* (talks) Tj ET", 50, 700),
        ("BT /F1 125 Tf 14 TL 50 714 Td (talks) ' ET", 50, 700),
        ('BT /F1 125 Tf 14 TL 50 714 Td 0 0 (talks) " ET', 50, 700),
        ("BT /F1 125 Tf 50 728 Td 0 -14 TD T* (talks) Tj ET", 50, 700),
        ("BT /F1 1 Tf 125 0 0 125 50 700 Tm (talks) Tj ET", 50, 700),
        ("BT /F1 125 Tf 50 700 Td [(ta) 0 (lks)] TJ ET", 50, 700),
    ],
)
def test_a_piece_lies_where_it_is_drawn(instructions: str, start: int, base: int) -> None:
    assert places(instructions) == [("talks", start, start + WIDE, base)]


def test_what_is_drawn_without_a_move_follows_what_was_drawn_before() -> None:
    assert places("BT /F1 125 Tf 50 700 Td (talks) Tj (talks) Tj ET") == [
        ("talks", 50, 50 + WIDE, 700),
        ("talks", 50 + WIDE, 50 + 2 * WIDE, 700),
    ]


def test_a_small_step_within_an_instruction_parts_words_and_a_large_one_parts_pieces() -> None:
    assert [piece[0] for piece in places("BT /F1 125 Tf 50 700 Td [(two) -300 (talks) -9000 (began)] TJ ET")] == [
        "two talks",
        "began",
    ]


def test_spacing_and_width_of_letters_are_counted() -> None:
    plain, spaced, wide = (
        drawn(f"BT /F1 125 Tf {state} 50 700 Td (a talk) Tj ET").pieces[0] for state in ("", "1 Tc 2 Tw", "200 Tz")
    )
    assert spaced.end - plain.end == pytest.approx(6 + 2)
    assert wide.end - wide.start == pytest.approx(2 * (plain.end - plain.start))


@pytest.mark.parametrize(
    "instructions",
    [
        "BT /F1 125 Tf 0 1 -1 0 50 700 Tm (talks) Tj ET",
        "BT /F9 125 Tf 50 700 Td (talks) Tj ET",
        "BT 50 700 Td (talks) Tj ET",
        "BT /F1 Tf 50 700 Td (talks) Tj ET",
    ],
    ids=["aslant", "unknown font", "no font", "no size"],
)
def test_text_whose_place_is_not_known_is_said_to_be_lost(instructions: str) -> None:
    assert drawn(instructions).lost


def test_blanks_are_no_piece() -> None:
    assert drawn("BT /F1 125 Tf 50 700 Td (  ) Tj ET").pieces == []
    assert Piece("a", 0, 1, 2, 3).base == 2
