"""Chunks: the unit of retrieval, consecutive sentences of one article within what the embedder can see."""

from __future__ import annotations

import hashlib
import re
import string
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.tokens import count_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Article
    from index.sentence import Sentence

BUDGET = 150
"""Tokens of a chunk, by tiktoken."""
PIECES = 1.25
"""Word pieces of a chunk for each token of its budget: with its title it stays within the default embedder's 256."""
TITLE_CHARS, TITLE_PIECES = 160, 50
"""Characters and word pieces of the title that are embedded with each chunk."""

_LATIN = (string.ascii_letters + string.digits).encode()
_BLANK = bytes(number for number in range(128) if chr(number).isspace())
_FOREIGN = re.compile(r"[^\s\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of an article's text."""

    id: str
    """From the article's id and the span: the same chunk made again has the same id."""
    article_id: str
    start: int
    """First character in the article's text."""
    end: int
    """One past the last character."""
    text: str
    """`article.text[start:end]`."""
    tokens: int
    """Length in cl100k_base tokens, 1 to BUDGET."""


class _Span(NamedTuple):
    start: int
    end: int
    tokens: int


def make_chunks(article: Article, sentences: Sequence[Sentence], budget: int = BUDGET) -> tuple[Chunk, ...]:
    """Pack the sentences of an article that are no boilerplate into chunks of at most `budget` tokens.

    A chunk ends where boilerplate lies between; a sentence longer than the budget is cut between words.
    """
    chunks: list[Chunk] = []
    for run in _runs(sentences):
        spans: list[_Span] = []
        for sentence in run:
            for span in _cut(article.text, sentence.start, sentence.end, budget):
                joined = _join(article.text, spans[-1], span) if spans else span
                if spans and _fits(article.text, joined, budget):
                    spans[-1] = joined
                else:
                    spans.append(span)
        chunks += [_chunk(article, *span) for span in spans]
    return tuple(chunks)


def embedded_text(title: str | None, text: str) -> str:
    """Return what is embedded for a chunk: the article's title says what the chunk is about, then the chunk."""
    shown = (title or "")[:TITLE_CHARS]
    while _pieces(shown) > TITLE_PIECES:
        shown = shown[: len(shown) // 2]
    return f"{shown}\n{text}" if shown else text


def _chunk(article: Article, start: int, end: int, tokens: int) -> Chunk:
    digest = hashlib.blake2b(f"{article.id}\0{start}\0{end}".encode(), digest_size=12).hexdigest()
    return Chunk(digest, article.id, start, end, article.text[start:end], tokens)


def _runs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the stretches of sentences between boilerplate."""
    run: list[Sentence] = []
    for sentence in sentences:
        if not sentence.boilerplate:
            run.append(sentence)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _join(text: str, one: _Span, other: _Span) -> _Span:
    """Return the span from the first of one to the last of another after it."""
    # No token crosses the space before a word, so only the words at the seam are counted anew.
    left = max(text.rfind(" ", one.start, one.end), one.start)
    left = one.start if text[left - 1].isspace() else left
    right = text.find(" ", other.start, other.end)
    right = other.end if right < 0 or text[right - 1].isspace() else right
    apart = count_tokens(text[left : one.end]) + count_tokens(text[other.start : right])
    tokens = one.tokens + other.tokens - apart + count_tokens(text[left:right])
    return _Span(one.start, other.end, tokens)


def _cut(text: str, start: int, end: int, budget: int) -> Iterator[_Span]:
    """Cut a span into halves, at white space where there is some, until each is within the budget."""
    span = _Span(start, end, count_tokens(text[start:end]))
    if end - start <= 1 or _fits(text, span, budget):
        yield span
        return
    middle = (start + end) // 2
    gaps = [i for i in range(start + 1, end - 1) if text[i].isspace()]
    left = right = min(gaps, key=lambda i: abs(i - middle), default=middle)
    while text[left - 1].isspace():
        left -= 1
    while text[right].isspace():
        right += 1
    yield from _cut(text, start, left, budget)
    yield from _cut(text, right, end, budget)


def _fits(text: str, span: _Span, budget: int) -> bool:
    """Tell whether the tokens and the word pieces of a span are within the budget."""
    return span.tokens <= budget and _pieces(text[span.start : span.end]) <= PIECES * budget


def _pieces(text: str) -> int:
    """Estimate, from above, the word pieces of BERT's English vocabulary.

    It knows long pieces of Latin words only. Marks, and letters of other scripts after decomposition, stand alone,
    while tiktoken packs many of them into a token.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFD", text)
    ascii_ = plain.encode("ascii", "ignore")
    other = ascii_.translate(None, _LATIN)
    marks = len(other.translate(None, _BLANK))
    foreign = 0 if plain.isascii() else sum(not unicodedata.combining(char) for char in _FOREIGN.findall(plain))
    return marks + foreign + (len(ascii_) - len(other)) // 4
