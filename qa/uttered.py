"""Uttered: whether two pieces of evidence quote one utterance, and a claim made of one says no more than that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.fold import tokenise
from qa.asked import utterances
from qa.evidence import words_of
from qa.names import TITLES
from qa.retelling import Said, are_one
from qa.speech import SAYING
from qa.synonym import alike
from qa.variant import overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.corpus import Corpus
    from qa.detail import Details
    from qa.evidence import Evidence

MORE = 1
"""Words that a claim may have beside the quotation, who says it, and what the other sentence has, too."""
_MARK = re.compile('[“„«"‘]')


def quotes_same(one: Evidence, other: Evidence, corpus: Corpus) -> bool:
    """Tell whether two pieces of evidence of different articles quote one utterance, in the same words or variants."""
    return any(_pairs(one, one.text, other, corpus))


def uttered_alike(claim: Details, said: Evidence, other: Evidence, corpus: Corpus) -> float:
    """Return how much of the quotation in a claim another piece of evidence quotes, in [0, 1].

    It is the share of words that both quotations have in common; 0 where the claim says more than what it quotes and
    who says it.

    Args:
        claim: what is shown of `said`, from its beginning on.
        said: the evidence whose words the claim has.
        other: the evidence that may be cited for it.
        corpus: the articles.
    """
    having = words_of(other.text) | {key for name in claim.names for key in words_of(name.text)}
    shares = [0.0]
    for one, also in _pairs(said, claim.text, other, corpus):
        start = one.utterance.start - said.start
        beside = claim.text[:start] + " " + claim.text[start + len(one.text) :]
        verbs = words_of(" ".join(match[0] for match in SAYING.finditer(beside)))
        words = (t for t in tokenise(beside) if not t.stop and t.word not in TITLES)
        if sum((alike(t.word) | {t.key}).isdisjoint(having | verbs) for t in words) <= MORE:
            shares.append(overlap(one.text, also.text))
    return max(shares)


def _pairs(one: Evidence, shown: str, other: Evidence, corpus: Corpus) -> Iterator[tuple[Said, Said]]:
    """Yield each quotation in what is shown of a piece of evidence with those of another that are one with it."""
    if one.article.id == other.article.id or not (_MARK.search(shown) and _MARK.search(other.text)):
        return
    also = _quoted(other, other.text, corpus)
    for said in _quoted(one, shown, corpus):
        yield from ((said, o) for o in also if are_one(said, o, corpus.lexical.vocabulary))


def _quoted(evidence: Evidence, shown: str, corpus: Corpus) -> list[Said]:
    """Return the quotations that stand whole in what is shown of a piece of evidence."""
    article, sentences = corpus.sentences(evidence.article.id)
    start, end = evidence.start, evidence.start + len(shown)
    return [
        Said(article, sentences, u, article.text[u.start : u.end].strip(" ,"), 0.0)
        for u in utterances(article.id, corpus)
        if u.direct and start <= u.start and u.end <= end
    ]
