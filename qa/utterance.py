"""Utterances: what somebody says in an article, quoted or told, each a span of its text, with who says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from qa.quoted import find_quoted
from qa.speaker import MASK, Narration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Article
    from index.sentence import Sentence
    from index.vocabulary import Vocabulary
    from qa.cast import Holder, Speaker
    from qa.quoted import Quoted
    from qa.speaker import Attribution

_UNTOLD = re.compile(
    r"(?:add|repeat|reject|maintain|recall|reveal|estimat|post|voic|label|brand|express|disclos|instruct|advis)\w*"
    r"(?!(?:\s[\w’']+){0,4}\s(?:that|whether|how|why)\b)"
)
"""Verbs that tell of words only where `that` follows: who added new details need not have spoken."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said: `article.text[start:end]`, without quotation marks around it."""

    article_id: str
    start: int
    """First character in the article's text."""
    end: int
    """One past the last character."""
    sentences: tuple[int, int]
    """The first and the last sentence of the article, from 0, that it stands in with the words that say whose it is."""
    speaker: Speaker | None
    """None where the article's words do not tell safely."""
    direct: bool
    """Whether it is in quotation marks in the article; else it is a sentence that tells what was said."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A sentence, or several that one quotation holds together."""

    start: int
    end: int
    sentences: tuple[int, int]
    quotes: tuple[Quoted, ...]


def find_utterances(
    article: Article, sentences: Sequence[Sentence], vocabulary: Vocabulary, elsewhere: Holder | None = None
) -> tuple[Utterance, ...]:
    """Return what is said in an article, in the order of its text.

    Every quotation is one utterance; a sentence that tells in other words what somebody said is one, too.

    Args:
        article: with its text.
        sentences: all its sentences.
        vocabulary: the corpus's words.
        elsewhere: tells who holds an office by other articles.
    """
    numbered = [(n, s) for n, s in enumerate(sentences) if not s.boilerplate and not s.heading]
    paragraphs = [tuple(group) for _, group in groupby(numbered, key=lambda pair: pair[1].paragraph)]
    quoted = [find_quoted(article.text, group[0][1].start, group[-1][1].end) for group in paragraphs]
    masked = _masked(article.text, [q for quotes in quoted for q in quotes])
    narration = Narration(masked, [(s.start, s.end) for _, s in numbered], vocabulary, elsewhere)
    scene = _Scene(narration, article)
    return tuple(
        utterance
        for group, quotes in zip(paragraphs, quoted, strict=True)
        for utterance in scene.paragraph(_stretches(group, quotes), quotes)
    )


class _Scene:
    """Reads an article paragraph by paragraph, and remembers who is speaking and who is spoken of."""

    def __init__(self, narration: Narration, article: Article) -> None:
        self._narration, self._article = narration, article
        self._focus: Speaker | None = None
        self._last: Speaker | None = None
        self._goes_on = False

    def paragraph(self, stretches: Sequence[_Stretch], quotes: Sequence[Quoted]) -> Iterator[Utterance]:
        """Yield the utterances of one paragraph."""
        follows = self._goes_on
        for stretch in stretches:
            said = self._narration.attributions(stretch.start, stretch.end, self._focus)
            speaker: Speaker | None = None
            for quote in stretch.quotes:
                speaker = self._speaker(quote, stretch, said, follows=follows)
                yield self._utterance(quote.start, quote.end, stretch, speaker, direct=True)
            if (told := self._told(stretch, said)) is not None:
                yield self._utterance(told[0], stretch.end, stretch, told[1], direct=False)
            if self._narrates(stretch):
                self._move(stretch, speaker, said)
            follows = True
        self._goes_on = any(not q.closed for q in quotes) or self._text(stretches[-1]).rstrip().endswith(":")

    def _utterance(
        self, start: int, end: int, stretch: _Stretch, speaker: Speaker | None, *, direct: bool
    ) -> Utterance:
        return Utterance(self._article.id, start, end, stretch.sentences, speaker, direct)

    def _speaker(
        self, quote: Quoted, stretch: _Stretch, said: Sequence[Attribution], *, follows: bool
    ) -> Speaker | None:
        """Return who says quoted words: by the words right after them, by those before, or who spoke last."""
        text = self._narration.text
        after = next((a for a in said if a.start > quote.end), None)
        before = next((a for a in reversed(said) if a.end <= quote.start), None)
        if after is not None and not text[quote.end + 1 : after.start].strip(" ,.\u00a0”\"'’"):
            return after.speaker
        if before is not None:
            return before.speaker
        lead = text[stretch.start : quote.start - 1].rstrip()
        if lead.endswith(":"):
            return self._narration.labelled(stretch.start, stretch.start + len(lead[:-1].rstrip()), self._focus)
        if after is not None:
            return after.speaker
        return self._last if follows and not self._narrates(stretch) else None

    def _told(self, stretch: _Stretch, said: Sequence[Attribution]) -> tuple[int, Speaker | None] | None:
        """Return where begins what a sentence tells in its own words, and who says it.

        None where it tells nothing, or no more than who says the quoted words.
        """
        leads = (self._narration.text[stretch.start : q.start - 1].rstrip(" •”\"'’") for q in stretch.quotes)
        if any(not lead or lead[-1] in ",:" for lead in leads):
            return None
        for attribution in said:
            untold = not stretch.quotes and _UNTOLD.match(self._narration.text, attribution.verb, stretch.end)
            start = self._narration.told_from(attribution, stretch.start, stretch.end)
            if not untold and start is not None:
                return start, attribution.speaker
        return None

    def _move(self, stretch: _Stretch, spoke: Speaker | None, said: Sequence[Attribution]) -> None:
        """Remember who `he` or `she` is after a sentence, and who spoke last."""
        finite = [a.speaker for a in said if a.finite]
        self._last = spoke or (finite[-1] if finite else None)
        subject = self._narration.subject(stretch.start, stretch.end, self._focus)
        people = self._narration.cast.people(stretch.start, stretch.end)
        candidates = [spoke, *reversed(finite), subject]
        known = next((c for c in candidates if c is not None and c.person), None)
        if known is None and not people:
            known = self._narration.cast.perhaps(stretch.start, stretch.end)
        self._focus = known or (next(iter(people.values())) if len(people) == 1 else None)

    def _narrates(self, stretch: _Stretch) -> bool:
        return any(c.isalnum() for c in self._text(stretch))

    def _text(self, stretch: _Stretch) -> str:
        return self._narration.text[stretch.start : stretch.end]


def _stretches(sentences: Sequence[tuple[int, Sentence]], quotes: Sequence[Quoted]) -> list[_Stretch]:
    """Return the sentences of a paragraph, those together that one quotation holds."""
    found: list[_Stretch] = []
    for number, sentence in sentences:
        if found and any(q.start < sentence.start < q.end and q.closed for q in quotes):
            last = found.pop()
            start, numbers = last.start, (last.sentences[0], number)
        else:
            start, numbers = sentence.start, (number, number)
        own = tuple(q for q in quotes if start <= q.start < sentence.end)
        found.append(_Stretch(start, sentence.end, numbers, own))
    return found


def _masked(text: str, quotes: Sequence[Quoted]) -> str:
    pieces, at = [], 0
    for quote in quotes:
        pieces += [text[at : quote.start], MASK * (quote.end - quote.start)]
        at = quote.end
    return "".join([*pieces, text[at:]])
