"""Lost sources: citations of an earlier answer whose article is gone from the index, or no longer says the sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qa import prompts
from ui.markup import cite_key, escape, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article
    from qa.answer import Citation


def find_again(article: Article, cited: Sequence[Citation]) -> tuple[list[Citation], list[Citation]]:
    """Return the citations at the places where the article has their quotes now, and those that it has no more.

    An index may change while a conversation is open: no other words than those that were cited may be marked.
    """
    found, lost = [], []
    for citation in cited:
        start = citation.start if _stands(article, citation) else article.text.find(citation.quote)
        if start < 0:
            lost.append(citation)
        elif start == citation.start:
            found.append(citation)
        else:
            line = article.text.count("\n", 0, start) + 1
            end = start + len(citation.quote)
            found.append(replace(citation, start=start, end=end, line=line, page=article.page(start)))
    return found, lost


def render_lost(turn: int, cited: Sequence[Citation], why: str) -> str:
    """Return a sheet in place of an article: what was cited from it, and why the article cannot be shown."""
    if not cited:
        return ""
    first, keys = cited[0], " ".join(cite_key(turn, c.number) for c in cited)
    title, kicker = escape(first.title or first.file), joined((first.outlet, first.author, first.published))
    quotes = "\n\n".join(
        f'<mark data-cites="{cite_key(turn, c.number)}" tabindex="-1">{escape(c.quote)}</mark>' for c in cited
    )
    return (
        f'<article class="sheet lost" data-cites="{keys}" aria-label="{title}"><header>'
        + (f'<p class="kicker">{kicker}</p>' if kicker else "")
        + f'<h3>{title}</h3><p class="file"><code>{escape(first.file)}</code></p></header>'
        f'<p class="note">{escape(why)} {prompts.WAS_CITED}</p><div class="text">{quotes}</div></article>'
    )


def _stands(article: Article, citation: Citation) -> bool:
    return article.text[citation.start : citation.end] == citation.quote
