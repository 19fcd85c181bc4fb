"""Citing: a span of an article as a citation, and the numbers that the citations of an answer carry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qa.answer import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.article import Article
    from index.sentence import Sentence


def cite(article: Article, start: int, end: int, sentence: Sentence, support: float = 1.0) -> Citation:
    """Return a citation, not yet numbered, of `article.text[start:end]`.

    Args:
        article: with its text.
        start: first character.
        end: one past the last.
        sentence: one of the article that begins at `start` or after it.
        support: how well it supports what it is cited for, in [0, 1].
    """
    return Citation(
        number=0,
        file=article.file,
        record=article.record,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        line=sentence.line - article.text.count("\n", start, sentence.start),
        start=start,
        end=end,
        quote=article.text[start:end],
        support=support,
        page=article.page(start),
        author=article.author,
        url=article.url,
        key=article.key,
    )


def numbered(citations: Iterable[Citation], known: Iterable[Citation] = ()) -> dict[Citation, Citation]:
    """Return each citation with its number, from 1 by first use; the same span has one number.

    Args:
        citations: in the order in which the answer uses them.
        known: citations that have numbers already; numbers go on after theirs.
    """
    numbers = {_place(c): c.number for c in known}
    found: dict[Citation, Citation] = {}
    for citation in citations:
        number = numbers.setdefault(_place(citation), max(numbers.values(), default=0) + 1)
        found[citation] = replace(citation, number=number)
    return found


def _place(citation: Citation) -> tuple[str, int | None, int, int]:
    return citation.file, citation.record, citation.start, citation.end
