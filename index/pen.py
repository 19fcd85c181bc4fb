"""Pens: where on a page of a PDF each piece of its text is drawn, as pypdf passes over the instructions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GAP = 1.0
"""A step of so many times the height of the letters within one instruction parts what it draws."""
SPACE = 0.45
"""A step of such a share of a blank parts words, as it does where pypdf reads text."""

_STATES = {b"Tc": "_between", b"Tw": "_blank", b"TL": "_leading"}
_SHOWN = {b"Tj": 0, b"TJ": 0, b"'": 0, b'"': 2}
"""Instructions that draw text, and which of their operands it is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is drawn at once, in points from the lower left corner of the page."""

    text: str
    start: float
    """Where it begins from the left,"""
    end: float
    """and where it ends."""
    base: float
    """The height on which its letters stand."""
    size: float
    """The height of the letters."""


class Pen:
    """Follows the instructions of a page, as pypdf's `visitor_operand_before`, and gathers what they draw."""

    def __init__(self, fonts: Mapping[str, Any]) -> None:
        """Begin a page with pypdf's fonts by the names that its instructions give them."""
        self.pieces: list[Piece] = []
        """In the order in which they are drawn."""
        self.lost = False
        """Whether some text is drawn aslant or in a font that cannot be read, so that not all is among the pieces."""
        self._fonts = fonts
        self._font: Any = None
        self._size = self._between = self._blank = self._leading = self._moved = 0.0
        self._wide = 1.0
        self._kept: list[tuple[Any, ...]] = []

    def __call__(self, operator: bytes, operands: Sequence[Any], page: Sequence[float], line: Sequence[float]) -> None:
        """Take one instruction.

        Args:
            operator: its name.
            operands: its operands.
            page: the matrix of the page before it.
            line: that of the line of text.
        """
        try:
            if operator in _SHOWN:
                self._show(operator, operands, page, line)
            else:
                self._change(operator, operands)
        except (TypeError, ValueError, IndexError, LookupError):
            self.lost = True

    def _change(self, operator: bytes, operands: Sequence[Any]) -> None:
        if operator in (b"BT", b"Td", b"TD", b"Tm", b"T*"):
            self._moved = 0.0
        if operator == b"TD":
            self._leading = -float(operands[1])
        elif operator in _STATES:
            setattr(self, _STATES[operator], float(operands[0]))
        elif operator == b"Tz":
            self._wide = float(operands[0]) / 100
        elif operator == b"Tf":
            self._font, self._size = self._fonts.get(operands[0]), float(operands[1])
        elif operator == b"q":
            state = (self._font, self._size, self._between, self._blank, self._leading, self._wide)
            self._kept.append(state)
        elif operator == b"Q" and self._kept:
            self._font, self._size, self._between, self._blank, self._leading, self._wide = self._kept.pop()

    def _show(self, operator: bytes, operands: Sequence[Any], page: Sequence[float], line: Sequence[float]) -> None:
        if self._font is None:
            self.lost = True
            return
        down = 0.0
        if operator in (b"'", b'"'):
            self._moved, down = 0.0, self._leading
        if operator == b'"':
            self._blank, self._between = float(operands[0]), float(operands[1])
        matrix = _product(line, page)
        if abs(matrix[1]) > 1e-3 * abs(matrix[0]) or matrix[0] <= 0:
            self.lost = True
            return
        shown = operands[_SHOWN[operator]]
        text, begun = "", self._moved
        for part in shown if isinstance(shown, list) else [shown]:
            if isinstance(part, bytes | str):
                drawn, width = self._drawn(part)
                text += drawn
                self._moved += width
                continue
            step = -float(part) / 1000 * self._size * self._wide
            if step > GAP * self._size:
                self._add(text, begun, down, matrix)
                text, begun = "", self._moved + step
            elif step >= SPACE * self._font.space_width / 1000 * self._size and not text.endswith(" "):
                text += " "
            self._moved += step
        self._add(text, begun, down, matrix)

    def _add(self, text: str, begun: float, down: float, matrix: Sequence[float]) -> None:
        if text.strip():
            left, wide = matrix[4] - down * matrix[2], matrix[0]
            base, size = matrix[5] - down * matrix[3], self._size * abs(matrix[3])
            self.pieces.append(Piece(text, left + begun * wide, left + self._moved * wide, base, size))

    def _drawn(self, shown: bytes | str) -> tuple[str, float]:
        """Return the characters that are shown, and how wide they are before the matrix widens them."""
        font = self._font
        if isinstance(shown, str):
            raw = text = shown
        elif isinstance(font.encoding, str):
            raw = text = shown.decode(font.encoding, "replace")
        else:
            raw = shown.decode("latin-1")
            text = "".join(font.encoding.get(byte, chr(byte)) for byte in shown)
        blanks = raw.count(font.space_char)
        width = font.get_text_width(raw.replace(font.space_char, "")) + blanks * font.space_width
        drawn = width / 1000 * self._size + len(raw) * self._between + blanks * self._blank
        return "".join(font.character_map.get(char, char) for char in text), drawn * self._wide


def _product(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    return (
        a * other[0] + b * other[2],
        a * other[1] + b * other[3],
        c * other[0] + d * other[2],
        c * other[1] + d * other[3],
        e * other[0] + f * other[2] + other[4],
        e * other[1] + f * other[3] + other[5],
    )
