"""Sentences: the unit of citation, each a span of characters in the article's text as it lies on disk."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.boilerplate import is_furniture, mark_lines
from index.masthead import body_start, dateline_end
from index.paragraph import lines, markup_end, paragraphs
from index.punctuation import BLANKS, CLOSERS, STOPS, TITLES, blank, closed
from index.quotation import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.article import Article

MAX_CHARS = 1000
"""A longer sentence is cut at white space: no reader checks a longer citation."""

_STOP, _CLOSE = f"[{re.escape(STOPS)}]", re.escape(CLOSERS)
_BOUNDARY = re.compile(
    rf"(?<!{_STOP}){_STOP}+(?:[{_CLOSE}]|[ \u00a0\u202f]»)*(?=[\s{BLANKS}]|$|[“«„])|[。！？]+[」』”）]*"
)
_NEXT = re.compile(r"(\W{0,16})(\w{0,40})")
_BEFORE = re.compile(r"[\w.&'’-]+$")
_NUMBERED = frozenset("no nos nr vol fig art p pp sec ch para ed eds c ca".split())
"""Abbreviations where a number follows, else words that end a sentence."""
_MIDDLE = frozenset(
    """
    al dept univ assn bros ave blvd rd approx est jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu
    thur thurs fri a.m p.m inc corp co ltd llc plc etc u.a.e ph.d jr sr
    """.split()
)
"""Abbreviations that may also be the last word of a sentence: the next word tells."""
_STARTERS = frozenset(
    """
    a after all although among an and another any as asked at before both but by despite during each even every for
    from had has have he her here his how however i if in instead it its last later many meanwhile more most my
    neither no not now of on once one only other our over she since so some still such that the their then there
    these they this those though thus to two under until we what when where whether which while who why with yet you
    """.split()
)
_MONTHS = frozenset("januar jänner februar märz april mai juni juli august september oktober november dezember".split())
"""German writes `16. Mai`."""


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
    """Split an article into sentences, in the order of the text, without overlap.

    Together they hold every character but white space, the marks of headings and list items, and datelines.
    """
    text = article.text
    spans = lines(text)
    starts = [start for start, _ in spans]
    rows = [text[start:end] for start, end in spans]
    marks = mark_lines(rows)
    body = body_start(text)
    found: list[Sentence] = []
    title_seen = False
    for number, (first, last) in enumerate(paragraphs(rows, marks)):
        start, end = spans[first][0], spans[last][1]
        heading = first == last and not closed(rows[first])
        furniture = marks[first] or start < body
        if heading and not title_seen:
            furniture = furniture or rows[first].strip().strip(BLANKS) == article.outlet
        title_seen = title_seen or not heading
        pieces = list(sentence_spans(text, start, end))
        for s, e in pieces:
            aside = furniture or (len(pieces) > 1 and is_furniture(text[s:e]))
            found.append(Sentence(article.id, s, e, bisect_right(starts, s), aside, heading, number))
    return tuple(found)


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of one paragraph, `text[start:end]`."""
    while start < end and blank(text[start]):
        start += 1
    start += markup_end(text[start:end]) or dateline_end(text[start:end])
    quoted = quotations(text, start, end)
    opens = [s for s, _ in quoted]
    cuts: list[int] = []
    seen, worded = start, False
    for match in _BOUNDARY.finditer(text, start, end):
        cut = match.end()
        worded = worded or any(char.isalnum() for char in text[seen:cut])
        seen = cut
        quote = bisect_left(opens, cut) - 1
        if worded and not (quote >= 0 and cut < quoted[quote][1]) and _is_boundary(text, match, end):
            cuts.append(cut)
            worded = False
    if not cuts or any(char.isalnum() for char in text[cuts[-1] : end]):
        cuts.append(end)
    else:
        cuts[-1] = end
    for begin, cut in zip([start, *cuts], cuts, strict=False):
        yield from _trim(text, begin, cut)


def _is_boundary(text: str, match: re.Match[str], end: int) -> bool:
    """Tell a full stop from the dot of an abbreviation, an initial, or a quotation that the sentence goes on after."""
    following = _NEXT.match(text, match.end(), end)
    between, word = following.groups() if following else ("", "")
    gap = between.strip()
    if gap and (gap[0] in STOPS or (gap[0] in "”»)]" and not (word and between.endswith(gap)))):
        return False
    if word and word[0].islower() and word[0].title() != word[0] and not word[1:2].isupper():
        return False
    if not word or not match[0].startswith(".") or match[0].startswith(".."):
        return True
    before = _BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    token = before[0].strip("'’").rsplit("-", 1)[-1] if before else ""
    return not _abbreviates(token, word, quoted=gap[:1] in {"“", "«", '"', "„"})


def _abbreviates(token: str, word: str, *, quoted: bool) -> bool:
    """Tell whether the dot between a token and the next word is the token's own and ends no sentence."""
    short = token.lower()
    if len(token) == 1 and token.isupper():
        return len(word) == 1 or word.lower() not in _STARTERS
    if short in TITLES:
        return True
    if short in _NUMBERED:
        return word[0].isdigit()
    if short.isdigit():
        return len(short) <= 2 and word.lower() in _MONTHS
    middle = short in _MIDDLE or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", short)
    return bool(middle) and not quoted and word.lower() not in _STARTERS


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without white space around it, cut where it is too long; nothing where it is empty."""
    while start < end and blank(text[start]):
        start += 1
    while start < end and blank(text[end - 1]):
        end -= 1
    while end - start > MAX_CHARS:
        latest = start + MAX_CHARS
        gap = next((i for i in range(latest, start + MAX_CHARS // 2, -1) if text[i].isspace()), latest)
        yield from _trim(text, start, gap)
        start = next(i for i in range(gap, end) if not blank(text[i]))
    if start < end:
        yield start, end
