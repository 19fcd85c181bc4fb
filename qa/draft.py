"""Drafts: the text of a language model while it grows, cut into sentences that are whole, each with its `[n]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.punctuation import CLOSERS, STOPS
from index.sentence import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 1200
"""Characters of a sentence from which on it is given up: no article has one, and a model that raves does."""

_MARKS = re.compile(r"\s*(?:\[[\d\s,;–-]{1,40}\]\s*)+")
"""The citations after the full stop of a sentence, which are its own."""
_ITEM = re.compile(r"\s*(?:[-*•–]|#{1,6}|\(?\d{1,2}[.)])\s+")
"""The mark of a list's item or of a heading."""
_THOUGHT = re.compile(r"\s*<think>(?:.*?</think>|.*\Z)", re.DOTALL)
"""What some models think aloud before they write."""
_ENDS = re.compile(rf"[{re.escape(STOPS)}][{re.escape(CLOSERS)}]*\s*(?:\[[^\]]*\]\s*)*$")


class Draft:
    """What a model has written so far. Words go in as they come, sentences come out as soon as they are whole."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._text = ""

    def add(self, words: str) -> Iterator[str]:
        """Yield the sentences that these words make whole: the next word must be there, and tell that they ended."""
        self._text += words
        thought = _THOUGHT.match(self._text)
        if thought or "<think>".startswith(self._text.strip()[:7]):
            if not thought or not thought[0].rstrip().endswith("</think>"):
                return
            self._text = self._text[thought.end() :]
        while (cut := self._cut()) is not None:
            sentence, self._text = self._text[:cut], self._text[cut:]
            if tidy := _tidied(sentence):
                yield tidy

    def rest(self, *, whole: bool) -> Iterator[str]:
        """Yield the sentences that are left at the end.

        Args:
            whole: whether the model said that it had ended; else what lacks its full stop is a fragment, and left out.
        """
        text, self._text = _THOUGHT.sub("", self._text), ""
        for sentence in _sentences(text):
            if (tidy := _tidied(sentence)) and (whole or _ENDS.search(tidy)):
                yield tidy

    def _cut(self) -> int | None:
        """Return where the first sentence ends, or None as long as that cannot be told."""
        line, newline, _ = self._text.partition("\n")
        if newline and not line.strip():
            return len(line) + 1
        first, *others = _sentences(line) or [""]
        if len(line) > LONG:
            return len(first)
        if not others:
            return len(line) + 1 if newline else None
        unclosed = first.count('"') % 2 or first.count("“") > first.count("”")
        if newline or (not unclosed and re.match(r"\s*\S+\s", others[0])):
            return len(first)
        return None


def _sentences(text: str) -> list[str]:
    """Cut a text into its sentences: joined they are the text; citations go with the sentence before them."""
    ends: list[int] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        ends += [e for _, e in sentence_spans(text, start, end)][:-1]
        ends.append(end)
        start = end
    found: list[str] = []
    start = 0
    for end in ends:
        marks = _MARKS.match(text, end)
        stop = max(end, marks.end()) if marks else end
        if stop > start and text[start:stop].strip():
            found.append(text[start:stop])
            start = stop
    if start < len(text):
        if found:
            found[-1] += text[start:]
        else:
            found = [text]
    return found


def _tidied(sentence: str) -> str:
    """Return a sentence in one line, without the marks of lists and of emphasis; empty where no word is left."""
    plain = _ITEM.sub("", sentence, count=1) if _ITEM.match(sentence) else sentence
    plain = " ".join(plain.replace("**", "").replace("__", "").split())
    return plain if any(char.isalpha() for char in re.sub(r"\[[^\]]*\]", "", plain)) else ""
