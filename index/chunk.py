"""Chunks: the unit of retrieval, consecutive sentences of one article within what the embedder can see."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.tokens import count_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Article
    from index.sentence import Sentence

BUDGET = 150
"""Tokens of a chunk, by tiktoken; with its title it stays within the 256 word pieces of the default embedder."""
TITLE_CHARS = 160
"""Characters of the title that are embedded with each chunk."""


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
                tokens = count_tokens(article.text[start:end])
                joined = spans and count_tokens(article.text[spans[-1][0] : end])
                if joined and joined <= budget:
                    spans[-1] = (spans[-1][0], end, joined)
                else:
                    spans.append((start, end, tokens))
        chunks += [_chunk(article, *span) for span in spans]
    return tuple(chunks)


def embedded_text(title: str | None, text: str) -> str:
    """Return what is embedded for a chunk: the article's title says what the chunk is about, then the chunk."""
    return f"{title[:TITLE_CHARS]}\n{text}" if title else text


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
    if end - start <= 1 or count_tokens(text[start:end]) <= budget:
        yield start, end
        return
    middle = (start + end) // 2
    gap = next((i for i in range(middle, end - 1) if text[i].isspace()), middle)
    yield from _cut(text, start, gap, budget)
    while gap < end and text[gap].isspace():
        gap += 1
    yield from _cut(text, gap, end, budget)
