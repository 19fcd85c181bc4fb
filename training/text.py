# /// script
# requires-python = ">=3.11"
# ///
"""Text for training: words, whole-word spans, sentences and windows of them, and how many words two texts share."""

from __future__ import annotations

import math
import re

WINDOW_CHARACTERS = 440
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Lt|Col|Gen|Rep|Sen|Gov|Prof|No|vs|etc|approx|c|ca|v)\.$")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n+")
_WORD = re.compile(r"[^\W_]+")
FUNCTION_WORDS = frozenset(
    "a an the of in on at to for from by with and or as is are was were be been being do does did has have had can "
    "could will would should may might that this these those it its his her their he she they who whom whose what "
    "which when where why how many much".split()
)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to whole words, then drop space and closing punctuation at its ends."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and (text[start].isspace() or text[start] in ",;:."):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:."):
        end -= 1
    return start, end


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


def overlap(question: str, text: str) -> float:
    """Share of the question's content words in the text, longer words counting more."""
    asked = {word for word in words(question) if word not in FUNCTION_WORDS}
    there = set(words(text))
    # fsum, because sets of words come in another order in every process and ties must not depend on it.
    whole = math.fsum(math.log(2 + len(word)) for word in asked)
    return math.fsum(math.log(2 + len(word)) for word in asked & there) / (whole or 1.0)


def sentences(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences of a paragraph."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.start()
        if _ABBREVIATION.search(text[max(start, end - 8) : end]) and "\n" not in match.group():
            continue
        if text[start:end].strip():
            spans.append((start, end))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def windows(text: str, size: int) -> list[tuple[int, int]]:
    """Every run of `size` sentences (fewer where the text is shorter), cut at `WINDOW_CHARACTERS`."""
    spans = sentences(text)
    size = min(size, len(spans))
    runs = [(spans[at][0], spans[at + size - 1][1]) for at in range(len(spans) - size + 1)] if spans else []
    return [(start, min(end, start + WINDOW_CHARACTERS)) for start, end in runs]
