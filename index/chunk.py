"""Chunks: the unit of retrieval, consecutive sentences of one article within what the embedder can see."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

_SINGLE = re.compile(r"[^\sA-Za-z0-9]")
_LATIN = re.compile(r"[A-Za-z0-9]")


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


def make_chunks(article: Article, sentences: Sequence[Sentence], budget: int = BUDGET) -> tuple[Chunk, ...]:
    """Pack the sentences of an article that are no boilerplate into chunks of at most `budget` tokens.

    A chunk ends where boilerplate lies between; a sentence longer than the budget is cut between words.
    """
    chunks: list[Chunk] = []
    for run in _runs(sentences):
        spans: list[tuple[int, int, int]] = []
        for sentence in run:
            for start, end in _cut(article.text, sentence.start, sentence.end, budget):
                joined = _size(article.text[spans[-1][0] : end], budget) if spans else None
                if joined:
                    spans[-1] = (spans[-1][0], end, joined)
                else:
                    spans.append((start, end, count_tokens(article.text[start:end])))
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


def _cut(text: str, start: int, end: int, budget: int) -> Iterator[tuple[int, int]]:
    """Cut a span into halves, at white space where there is some, until each is within the budget."""
    if end - start <= 1 or _size(text[start:end], budget):
        yield start, end
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


def _size(text: str, budget: int) -> int | None:
    """Return the tokens of a text, or None where they, or its word pieces, are beyond the budget."""
    tokens = count_tokens(text)
    return tokens if tokens <= budget and _pieces(text) <= PIECES * budget else None


def _pieces(text: str) -> int:
    """Estimate, from above, the word pieces of BERT's English vocabulary.

    It knows long pieces of Latin words only. Marks, and letters of other scripts after decomposition, stand alone,
    while tiktoken packs many of them into a token.
    """
    plain = unicodedata.normalize("NFD", text)
    alone = sum(not unicodedata.combining(char) for char in _SINGLE.findall(plain))
    return alone + len(_LATIN.findall(plain)) // 4
