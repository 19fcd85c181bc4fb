"""Sentences: the unit of citation, each a span of characters in the article's text as it lies on disk."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.boilerplate import mark_lines
from index.masthead import dateline_end, front_matter_end, outlet_like
from index.quotation import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.article import Article

MAX_CHARS = 1000
"""A longer sentence is cut at white space: no reader checks a longer citation."""

_BOUNDARY = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$|[“«])|[。！？]+[」』”]?")
_NEXT = re.compile(r"\s*[\"'“‘«(\[]*(\w+)")
_TITLES = frozenset(
    """
    mr mrs ms dr prof gen lt col maj capt cmdr sgt adm sen rep gov pres hon rev fr st mt ft messrs mme mlle sr jr no
    nos vs v al fig vol pp ed eds art approx est dept univ assn bros gov ave blvd rd jan feb mar apr jun jul aug sep
    sept oct nov dec mon tue tues wed thu thur thurs fri e.g i.e cf viz ca
    """.split()
)
_OPEN_ENDED = frozenset("a.m p.m inc corp co ltd llc plc etc u.s u.k u.n e.u u.a.e d.c ph.d m.d b.a m.a jr sr".split())
_STARTERS = frozenset(
    """
    a after all although among an and another any as asked at before both but by despite during each even every for
    from had has have he her here his how however i if in instead it its last later many meanwhile more most my
    neither no not now of on once one only other our over she since so some still such that the their then there
    these they this those though thus to two under until we what when where whether which while who why with yet you
    """.split()
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_BULLET = re.compile(r"^\s*(?:[-*•▪‣]|\d{1,3}[.)])\s+")
_ENDS = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article's text: `article.text[start:end]` is the sentence without white space around it."""

    article_id: str
    start: int
    """First character, from 0."""
    end: int
    """One past the last character; start < end."""
    line: int
    """Line of the text on which it starts, from 1."""
    boilerplate: bool
    """True for menus, teasers, credits and the masthead: never evidence."""
    heading: bool
    """True for a headline or subheading: a line of its own without a full stop."""
    paragraph: int
    """Number of the paragraph, from 0: sentences of one paragraph follow each other without a break."""


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """Split an article into sentences, in the order of the text, without overlap; together they hold every word."""
    text = article.text
    lines = _lines(text)
    marks = mark_lines([text[start:end] for start, end in lines])
    body = front_matter_end(text)
    starts = [start for start, _ in lines]
    found: list[Sentence] = []
    title_seen = False
    for number, (first, last) in enumerate(_paragraphs(text, lines, marks)):
        start, end = lines[first][0], lines[last][1]
        stripped = text[start:end].strip("﻿").strip()
        heading = first == last and not _ENDS.search(stripped)
        furniture = marks[first] or start < body
        if heading and not furniture and not title_seen:
            furniture = stripped == article.outlet or (len(found) < 4 and outlet_like(stripped))
        title_seen = title_seen or not heading
        for s, e in _split(text, start, end):
            line = bisect_right(starts, s)
            found.append(Sentence(article.id, s, e, line, furniture, heading, number))
    return tuple(found)


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the span of each line without its line end."""
    spans: list[tuple[int, int]] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        spans.append((start, end))
        start = end + 1
    return spans


def _paragraphs(text: str, lines: list[tuple[int, int]], marks: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield (first line, last line) of each paragraph: a line, or a block of lines that were wrapped to a width."""
    block: list[int] = []
    for i in range(len(lines) + 1):
        line = text[slice(*lines[i])] if i < len(lines) else ""
        alone = i < len(lines) and (marks[i] or bool(_HEADING.match(line)) or bool(_BULLET.match(line)))
        if line.strip() and not alone:
            block.append(i)
            continue
        if block:
            yield from _unwrap(text, lines, block)
            block = []
        if line.strip():
            yield i, i


def _unwrap(text: str, lines: list[tuple[int, int]], block: list[int]) -> Iterator[tuple[int, int]]:
    """Tell hard-wrapped prose from lines that stand alone: all but the last about as long, some going on in lower case."""
    widths = [len(text[slice(*lines[i])].rstrip()) for i in block[:-1]]
    runs_on = any(text[slice(*lines[i])].lstrip()[:1].islower() for i in block[1:])
    if widths and max(widths) <= 120 and min(widths) >= max(40, 0.6 * max(widths)) and runs_on:
        yield block[0], block[-1]
    else:
        yield from ((i, i) for i in block)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence spans of one paragraph."""
    mark = _HEADING.match(text[start:end]) or _BULLET.match(text[start:end])
    start += mark.end() if mark else dateline_end(text[start:end])
    inside = quotations(text, start, end)
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        cut = match.end()
        if any(s < cut < e for s, e in inside) or not _is_boundary(text, match, end):
            continue
        yield from _trim(text, begin, cut)
        begin = cut
    yield from _trim(text, begin, end)


def _is_boundary(text: str, match: re.Match[str], end: int) -> bool:
    """Tell a full stop from the dot of an abbreviation, an initial, or a quotation that the sentence goes on after."""
    following = _NEXT.match(text, match.end(), end)
    if following is None:
        return True
    word = following[1]
    if word[0].islower():
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    before = re.search(r"[\w.&'’-]+$", text[max(0, match.start() - 24) : match.start()])
    token = before[0].lower() if before else ""
    if token in _OPEN_ENDED or re.fullmatch(r"(?:\w\.)+\w", token):
        return word.lower() in _STARTERS or bool(re.match(r"\s*[“«\"]", text[match.end() : match.end() + 3]))
    if token in _TITLES:
        return False
    return not (len(token) == 1 and token.isalpha() and before is not None and before[0].isupper())


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without white space around it, cut where it is too long; nothing where it is empty."""
    while start < end and (text[start].isspace() or text[start] == "﻿"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == "﻿"):
        end -= 1
    while end - start > MAX_CHARS:
        latest = start + MAX_CHARS
        gap = next((i for i in range(latest, start + MAX_CHARS // 2, -1) if text[i].isspace()), latest)
        yield from _trim(text, start, gap)
        start = gap
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
