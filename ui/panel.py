"""The source panel: the sources of one answer, and the whole article behind each with its cited sentences marked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from index.errors import SourceError
from qa import prompts
from ui.lost import find_again, render_lost
from ui.markup import cite_key, cite_link, escape, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.article import Article
    from qa.answer import Citation
    from ui.conversation import Exchange

WHOLE = 400_000
"""Characters up to which an article is shown whole; some ten times a long read."""
AROUND = 50_000
"""Characters shown on each side of a cited sentence of an article that is longer than that."""
SHELF = 100
"""Articles listed before the first question."""

_RAISE = '<button type="button" class="raise" aria-expanded="false">Show</button>'
"""Shows and hides the panel where there is no room for it beside the chat."""


def render_panel(exchange: Exchange, article_of: Callable[[str, int | None], Article]) -> str:
    """Return the panel for one answered exchange: the list of its sources, and their articles, shown one at a time.

    All articles of this one answer are in the page, so that a click needs no server; those of other answers are
    not, so that a long conversation does not make the page grow. Which article is shown is the script's affair:
    all that belongs to a citation carries its key in `data-cites`.
    """
    turn, citations = exchange.turn, exchange.answer.citations if exchange.answer else ()
    if not citations:
        return render_note("This answer cites no article.")
    groups: dict[tuple[str, int | None], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.file, citation.record), []).append(citation)
    sheets = "".join(_sheets(turn, place, cited, article_of) for place, cited in groups.items())
    chips = "".join(cite_link(turn, c, "chip", str(c.number)) for c in citations)
    items = "".join(f'<li data-cites="{cite_key(turn, c.number)}">{_item(turn, c)}</li>' for c in citations)
    return (
        f'<div class="panel" data-turn="{turn}"><header class="bar"><h2>Sources</h2>'
        f'<p class="for">{escape(exchange.question)}</p>{_RAISE}'
        '<button type="button" class="back" aria-label="Back to all sources">All sources</button>'
        f'<nav class="chips" aria-label="Sources by number">{chips}</nav></header>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="Source text">'
        f'<ol class="list">{items}</ol>{sheets}</div></div>'
    )


def render_shelf(articles: Sequence[Article]) -> str:
    """Return the panel before the first question: which articles are searched, each to be opened."""
    items = "".join(f"<li>{_shelved(article)}</li>" for article in articles[:SHELF])
    more = f'<p class="more">and {len(articles) - SHELF:,} more</p>' if len(articles) > SHELF else ""
    return _framed("The articles", f'<ol class="list shelf">{items}</ol>{more}')


def render_article(article: Article) -> str:
    """Return the panel for one article that was chosen from all of them."""
    return (
        '<div class="panel reading chosen"><header class="bar">'
        f'<button type="button" class="back" aria-label="Back to all articles">All articles</button>{_RAISE}</header>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Article">'
        f"{_sheet(0, article, ())}</div></div>"
    )


def render_note(sentence: str) -> str:
    """Return a panel that holds one sentence in place of the sources."""
    return _framed("Sources", f'<p class="note">{escape(sentence)}</p>')


def _framed(title: str, body: str) -> str:
    return (
        f'<div class="panel"><header class="bar"><h2>{escape(title)}</h2>{_RAISE}</header>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}">{body}</div></div>'
    )


def _shelved(article: Article) -> str:
    place = f'data-file="{escape(article.file)}" data-record="{"" if article.record is None else article.record}"'
    text = f"<div><b>{escape(article.title or article.file)}</b><span>{joined(_where(article))}</span></div>"
    return f'<a class="item" href="#article" {place}>{text}</a>'


def _where(article: Article) -> tuple[str | None, ...]:
    record = None if article.record is None else f"record {article.record}"
    return (article.outlet, article.published, article.file if article.title else None, record)


def _item(turn: int, citation: Citation) -> str:
    text = (
        f'<span class="number">{citation.number}</span><div><b>{escape(citation.title or citation.file)}</b>'
        f"<q>{escape(citation.quote)}</q>"
        f"<span>{joined((citation.outlet, citation.published, f'{citation.file}, {citation.spot}'))}</span></div>"
    )
    return cite_link(turn, citation, "item", text)


def _sheets(
    turn: int,
    place: tuple[str, int | None],
    cited: Sequence[Citation],
    article_of: Callable[[str, int | None], Article],
) -> str:
    """Return the article, and apart from it what was cited and is not to be found any more."""
    try:
        article = article_of(*place)
    except SourceError:
        return render_lost(turn, cited, prompts.ARTICLE_GONE)
    found, lost = find_again(article, cited)
    return (_sheet(turn, article, found) if found else "") + render_lost(turn, lost, prompts.SENTENCE_GONE)


def _sheet(turn: int, article: Article, cited: Sequence[Citation]) -> str:
    """Return one article with its cited sentences marked; one of which none is cited is shown at once."""
    lines = "".join(f'<span class="line" data-cites="{cite_key(turn, c.number)}">, {c.spot}</span>' for c in cited)
    if not cited and article.record is not None:
        lines = f", record {article.record}"
    title, kicker = escape(article.title or article.file), joined((article.outlet, article.author, article.published))
    web = (article.url or "").startswith(("http://", "https://"))
    link = f' <a href="{escape(article.url or "")}" target="_blank" rel="noopener noreferrer">original</a>'
    shown = f'class="sheet" data-cites="{_keys(turn, cited)}"' if cited else 'class="sheet active"'
    return (
        f'<article {shown} aria-label="{title}"><header>'
        + (f'<p class="kicker">{kicker}</p>' if kicker else "")
        + f'<h3>{title}</h3><p class="file"><code>{escape(article.file)}</code>{lines}{link if web else ""}</p>'
        f'</header><div class="text">{_marked(turn, article.text, cited)}</div></article>'
    )


def _marked(turn: int, text: str, cited: Sequence[Citation]) -> str:
    """Return the text with each cited span in `<mark>`; where spans overlap, a mark belongs to several citations."""
    pieces = []
    for start, end, cut in _shown(text, cited):
        if cut:
            pieces.append(f'<p class="cut">{cut:,} characters are not shown</p>')
        inner = {edge for c in cited for edge in (c.start, c.end) if start < edge < end}
        for left, right in pairwise(sorted({start, end, *inner})):
            inside = [c for c in cited if c.start <= left and right <= c.end]
            piece = escape(text[left:right])
            pieces.append(f'<mark data-cites="{_keys(turn, inside)}" tabindex="-1">{piece}</mark>' if inside else piece)
    return "".join(pieces)


def _shown(text: str, cited: Sequence[Citation]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, characters left out before) of the parts of the text that are shown, in order."""
    if len(text) <= WHOLE:
        yield 0, len(text), 0
        return
    if not cited:
        yield 0, WHOLE, 0
        yield len(text), len(text), len(text) - WHOLE
        return
    done = 0
    for citation in sorted(cited, key=_start):
        start = max(done, citation.start - AROUND)
        end = max(done, min(len(text), citation.end + AROUND))
        if end > start:
            yield start, end, start - done
        done = end
    if done < len(text):
        yield len(text), len(text), len(text) - done


def _start(citation: Citation) -> int:
    return citation.start


def _keys(turn: int, cited: Sequence[Citation]) -> str:
    return " ".join(cite_key(turn, c.number) for c in cited)
