"""Quoting: the utterances that answer a question about what somebody said, gathered over the articles and compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qa.asked import asked_for, holds_asked, is_one_of, utterances
from qa.citing import cite, numbered
from qa.context import quoted_start
from qa.kind import Kind
from qa.quotation import Quotation, Sameness, Wording
from qa.retelling import Said, add_paraphrases, join
from qa.variant import VARIANT, holds_words, is_variant, overlap, same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.corpus import Corpus
    from qa.answer import Citation
    from qa.evidence import Evidence, Weigher
    from qa.question import Question
    from qa.survey import Survey

ARTICLES = 6
"""Articles of the best evidence whose utterances are gathered."""
ANSWERS = 0.12
"""An utterance is asked for when a sentence of it has this share of the best one's score,"""
ANSWERS_TOLD = 0.3
"""or this, where no article sets it in quotation marks."""
TOPICAL = 0.3
"""Least share that an utterance has whose sentences hold all that is asked about, whatever the reader makes of them."""
QUOTED = 4
"""Words of a quotation that is compared by itself, at least."""
QUOTATIONS = 10
"""Utterances shown at most."""


def quote(
    parts: Sequence[tuple[Question, Sequence[Evidence]]], known: Sequence[Citation], weigher: Weigher
) -> tuple[Quotation, ...]:
    """Return what was said, for the questions that ask what somebody said, each utterance once with all its wordings.

    Args:
        parts: the questions that were asked, each with its evidence, weighed, best first.
        known: the citations of the answer so far, numbered; those of the quotations go on after them.
        weigher: what weighed the evidence.
    """
    asked = (part for part in parts if part[0].kind is Kind.WORDS)
    found = [quotation for question, evidence in asked for quotation in _gather(question, evidence, weigher)]
    numbers = numbered((citation for quotation in found for citation in quotation.citations), known)
    return tuple(quotation.recited(numbers) for quotation in found)


def _gather(question: Question, evidence: Sequence[Evidence], weigher: Weigher) -> tuple[Quotation, ...]:
    corpus = weigher.corpus
    vocabulary = corpus.lexical.vocabulary
    said = _collect(evidence, corpus)
    asked = asked_for(question.text, vocabulary, (s.article for s in said))
    best = max((s.score for s in said if asked is None or is_one_of(s.utterance.speaker, asked)), default=0.0)
    if best == 0.0:
        return ()
    about = {id(s) for s in said if holds_asked(s.utterance, question, asked or (), corpus)}
    said = [replace(s, score=max(s.score, best * TOPICAL)) if id(s) in about else s for s in said]
    likely = [s for s in said if s.score >= best * ANSWERS]
    groups = [g for g in join(likely, said, vocabulary) if _is_told(g, asked)]
    groups.sort(key=lambda group: -_score(group) / _least(group))
    wanted = [g for g in groups if _score(g) >= best * _least(g)][:QUOTATIONS]
    there = {id(s) for group in groups for s in group}
    rest = [[s] for s in said if not s.utterance.direct and id(s) not in there]
    merged = add_paraphrases(question.text, wanted, rest, vocabulary, weigher)
    return tuple(_quotation(group) for group in merged[:QUOTATIONS])


def quoted_alike(survey: Survey, corpus: Corpus) -> list[list[int]]:
    """Return the statements of several articles that quote one utterance whole, as places in a survey.

    The first quotes it in the fewest words; what the others have beside it is their own.
    """
    said: list[tuple[int, Said]] = []
    for at, statement in enumerate(survey.statements):
        sentences = corpus.sentences(statement.article.id)[1]
        for u in utterances(statement.article.id, corpus):
            if u.direct and u.speaker and statement.number in range(u.sentences[0], u.sentences[1] + 1):
                text = statement.article.text[u.start : u.end].strip(" ,")
                if len(text.split()) >= QUOTED:
                    said.append((at, Said(statement.article, sentences, u, text, 0.0)))
    places = {id(one): at for at, one in said}
    found = []
    every = [one for _, one in said]
    for group in join(every, every, corpus.lexical.vocabulary):
        first = min(group, key=lambda one: len(survey.statements[places[id(one)]].text))
        own = {one.article.id: one for one in group if overlap(first.text, one.text) >= VARIANT}
        others = [one for one in own.values() if one.article.id != first.article.id]
        found.append([places[id(one)] for one in (first, *others)])
    return [group for group in found if len(group) > 1]


def _is_told(group: Sequence[Said], asked: Sequence[str] | None) -> bool:
    """Tell whether an article says who speaks, and it is who was asked for."""
    return any(
        s.utterance.speaker is not None and (asked is None or is_one_of(s.utterance.speaker, asked)) for s in group
    )


def _score(group: Sequence[Said]) -> float:
    return max(said.score for said in group)


def _least(group: Sequence[Said]) -> float:
    return ANSWERS if any(said.utterance.direct for said in group) else ANSWERS_TOLD


def _collect(evidence: Sequence[Evidence], corpus: Corpus) -> list[Said]:
    """Return the utterances of the articles of the evidence, with the score of the evidence that they lie in."""
    scores: dict[str, list[Evidence]] = {}
    for e in evidence:
        if e.article.id in scores or len(scores) < ARTICLES:
            scores.setdefault(e.article.id, []).append(e)
    found = []
    for article_id, pieces in scores.items():
        article, sentences = corpus.sentences(article_id)
        for u in utterances(article_id, corpus):
            if u.speaker is None and not u.direct:
                continue
            start, end = sentences[u.sentences[0]].start, sentences[u.sentences[1]].end
            score = max((e.score for e in pieces if e.sentence.start < end and start < e.sentence.end), default=0.0)
            found.append(Said(article, sentences, u, article.text[u.start : u.end].strip(" ,"), score))
    return [s for s in found if s.utterance.direct or not _quotes(s, found)]


def _quotes(told: Said, others: Iterable[Said]) -> bool:
    """Tell whether a sentence that tells what was said quotes from it: the quotation is shown then."""
    return any(
        o.utterance.direct and o.article.id == told.article.id and o.utterance.sentences == told.utterance.sentences
        for o in others
    )


def _quotation(group: Sequence[Said]) -> Quotation:
    """Make the wordings of one utterance, the one of most articles first."""
    ranked = sorted(group, key=lambda s: (not s.utterance.direct, -s.score, s.article.file, s.utterance.start))
    worded: list[list[Said]] = []
    for said in ranked:
        known = next(
            (w for w in worded if w[0].utterance.direct == said.utterance.direct and same_words(w[0].text, said.text)),
            None,
        )
        worded.append([said]) if known is None else known.append(said)
    worded = sorted(worded, key=lambda w: (not w[0].utterance.direct, -_spread(w, worded), -min(len(w[0].text), 200)))
    first = worded[0][0]
    speakers = [s.utterance.speaker for s in group if s.utterance.speaker]
    named = [s.name for s in speakers if s.person] or [s.name for s in speakers]
    wordings = tuple(
        Wording(w[0].text, _sameness(first, w[0]), w[0].utterance.direct, tuple(_citation(s) for s in w))
        for w in worded
    )
    return Quotation(max(named, key=lambda name: (len(name.split()), named.count(name))), wordings)


def _spread(wording: Sequence[Said], worded: Sequence[Sequence[Said]]) -> int:
    """Return how many articles have these words, or some of them in a row."""
    text = wording[0].text
    held = [w for w in worded if w[0].utterance.direct and (w is wording or holds_words(text, w[0].text))]
    return len({s.article.id for w in held for s in w})


def _sameness(first: Said, other: Said) -> Sameness:
    if not other.utterance.direct:
        return Sameness.PARAPHRASE
    if same_words(first.text, other.text) or holds_words(first.text, other.text):
        return Sameness.VERBATIM
    return Sameness.VARIANT if is_variant(first.text, other.text) else Sameness.PARAPHRASE


def _citation(said: Said) -> Citation:
    """Cite the sentences of an utterance, from where they tell who speaks."""
    first, last = said.utterance.sentences
    start = quoted_start(said.article.text, said.sentences, first)
    return cite(said.article, start, said.sentences[last].end, said.sentences[first])
