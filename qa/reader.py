"""The reader: where in a window of text the answer stands, and whether the window answers the question at all.

The model is ours, trained by training/train_reader.py; qa/models/reader/MODEL_CARD.md says on what and how good it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.onnx import OnnxModel
from qa.weight import logistic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.onnx import Encoded
    from qa.comparer import Comparer

    Outputs = dict[str, NDArray[np.float32]]

FOLDER = Path(__file__).parent / "models" / "reader"
TOKENIZER = Path(__file__).parent.parent / "index" / "models" / "minilm" / "tokenizer.json"
"""The reader was trained from the embedder, and shares its word pieces."""
SHA256 = "76a1f4726ff50b19bb582751a5a3eb30a6ba546902fde65a363e664e6d414cc8"
"""Of qa/models/reader/model.onnx; the card repeats it."""
TOKENS = 128
"""Longest question and window together, in word pieces; what is beyond is not read."""
QUESTION_WORDS = 40
"""Of a longer question the last words are read: askers put the question after its circumstances."""
QUESTION_CHARACTERS = 200
STATEMENT_CHARACTERS = 300
"""Of a longer statement the beginning is judged."""
SPAN_TOKENS = 24
"""Longest span, in word pieces."""
ALTERNATIVES = 3
RUN = 256
"""Word pieces of one run, padding included: some four pairs. Larger runs are no faster, and pad more."""
CALIBRATION = (-0.032, 0.283, 1.018)
"""Weight of the answerable logit, of the span margin, and the constant: a logistic regression on held-out windows, the
answering ones weighing as much as the others, fitted by training/measure_reader.py --fit (Platt 1999, with two
features)."""

_WORD = re.compile(r"\w+")
_INITIAL = re.compile(r"\b[A-Z]\.\Z")
_EDGE = " \t\n\r,;:.\u00a0"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of one window."""

    start: int
    """First character of the best answer in the window; equal to `end` where the window holds no possible answer."""
    end: int
    """One past its last character."""
    span_score: float
    """Probability of this span among all spans of the window, supposing that one of them answers, in [0, 1]."""
    answerable: float
    """Calibrated probability that the window answers the question, in [0, 1], where one window in two does."""
    alternatives: tuple[tuple[int, int, float], ...] = ()
    """Up to three next best spans (start, end, score), overlapping neither the best one nor each other."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one window makes of a statement; the three add up to 1."""

    entails: float
    """Probability that the window says it, in [0, 1]."""
    open: float
    """Probability that the window leaves it open, in [0, 1]."""
    denies: float
    """Probability that the window says otherwise, in [0, 1]."""


class Reader:
    """Reads windows of one to four sentences for the answer to a question, or for what they make of a statement."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Name the folder that holds model.onnx; it is loaded at the first reading."""
        self._model = OnnxModel(folder / "model.onnx", SHA256, max_tokens=TOKENS, tokenizer=TOKENIZER)

    @cached_property
    def comparer(self) -> Comparer:
        """What compares two sentences with each other; it is loaded at the first comparison."""
        from qa.comparer import Comparer

        return Comparer()

    def read(self, question: str, windows: Sequence[str]) -> list[Reading]:
        """Read each window for the answer; one reading for each window, in their order.

        Raises:
            ModelError: the model file is missing, or is not the one that belongs to this version of Byline.
        """
        asked = " ".join(question.split()[-QUESTION_WORDS:])[-QUESTION_CHARACTERS:]
        readings: dict[int, Reading] = {}
        for at, row, pairs, outputs in self._outputs([(asked, window) for window in windows]):
            start, end = outputs["start"][row], outputs["end"][row]
            inside = [n for n, part in enumerate(pairs.sequence_ids[row]) if part == 1]
            offsets = [pairs.offsets[row][n] for n in inside]
            spans = _spans(start[inside], end[inside], offsets, windows[at], asked)
            readings[at] = _reading(spans, float(start[0] + end[0]), float(outputs["answerable"][row]))
        return [readings[at] for at in range(len(windows))]

    def judge(self, statement: str, windows: Sequence[str]) -> list[Judgement]:
        """Tell what each window makes of a statement; one judgement for each window, in their order.

        Raises:
            ModelError: the model file is missing, or is not the one that belongs to this version of Byline.
        """
        return self.judge_pairs([(statement, window) for window in windows])

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """Tell for each pair of a statement and a window what `judge` does, which is faster for many together.

        Raises:
            ModelError: the model file is missing, or is not the one that belongs to this version of Byline.
        """
        found: dict[int, Judgement] = {}
        for at, row, _, outputs in self._outputs([(said[:STATEMENT_CHARACTERS], window) for said, window in pairs]):
            shares = np.exp(outputs["support"][row] - outputs["support"][row].max())
            found[at] = Judgement(*(shares / shares.sum()).tolist())
        return [found[at] for at in range(len(pairs))]

    def _outputs(self, texts: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, Encoded, Outputs]]:
        """Run the model on pairs; yield the pair's place, its row in the batch, the batch and what came out."""
        for places, pairs, outputs in self._model.run_all(texts, RUN):
            yield from ((at, row, pairs, outputs) for row, at in enumerate(places))


def _spans(
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    offsets: Sequence[tuple[int, int]],
    window: str,
    question: str,
) -> list[tuple[int, int, float, float]]:
    """Return up to four spans that do not overlap, best first: start, end, probability, logit.

    `start`, `end` and `offsets` hold one value for each word piece of the window.
    """
    if not offsets:
        return []
    logits = np.full((len(offsets), min(SPAN_TOKENS, len(offsets))), -np.inf)
    for length in range(logits.shape[1]):
        logits[: len(offsets) - length, length] = start[: len(offsets) - length] + end[length:]
    flat = logits.ravel()
    shares = np.exp(flat - flat.max())
    shares /= shares.sum()
    known = None if re.search(r"\bor\b", question.lower()) else {*_WORD.findall(question.lower())}
    found: list[tuple[int, int, float, float]] = []
    taken: set[int] = set()
    for place in np.argsort(-flat)[:400].tolist():
        first, length = divmod(place, logits.shape[1])
        if not np.isfinite(flat[place]):
            break
        pieces = range(first, first + length + 1)
        if not taken.isdisjoint(pieces):
            continue
        left, right = _whole(window, offsets[first][0], offsets[first + length][1])
        if any(left < b and a < right for a, b, _, _ in found):
            continue
        words = _WORD.findall(window[left:right].lower())
        # A span that only says the question again answers nothing, unless the question offers a choice.
        repeats = known is not None and all(word in known for word in words)
        if words and not repeats:
            found.append((left, right, float(shares[place]), float(flat[place])))
            # Not punctuation, which may be left out at the end of another span.
            taken |= {n for n in pieces if any(map(str.isalnum, window[slice(*offsets[n])]))}
            if len(found) > ALTERNATIVES:
                break
    return found


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to whole words, and drop space and punctuation at its ends."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE and not _INITIAL.search(text, start, end):
        end -= 1
    return start, end


def _reading(spans: Sequence[tuple[int, int, float, float]], null: float, answerable: float) -> Reading:
    if not spans:
        return Reading(0, 0, 0.0, 0.0)
    start, end, share, logit = spans[0]
    weight, margin_weight, constant = CALIBRATION
    odds = weight * answerable + margin_weight * (logit - null) + constant
    return Reading(start, end, share, logistic(odds), tuple((a, b, p) for a, b, p, _ in spans[1:]))
