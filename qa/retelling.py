"""Retellings: which utterances are one, told by several articles in the same words, in variants or in paraphrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import JaroWinkler

from index.fold import fold, tokenise
from index.vocabulary import LIKE_GIVEN
from qa.synonym import alike
from qa.variant import have_none_in_common, holds_words, is_variant, overlap, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Article
    from index.sentence import Sentence
    from index.vocabulary import Vocabulary
    from qa.cast import Speaker
    from qa.evidence import Weigher
    from qa.reader import Reader
    from qa.utterance import Utterance

COMPARED = 10
"""Texts embedded at most to find paraphrases."""
JUDGED = 6
"""Pairs that the reader judges at most."""
NEAR, SAYS = 0.55, 0.45
"""What tells of an utterance is so near to it in meaning, and the reader finds with this probability that one says what
the other does, both with their speaker. Neither alone tells: on tests/clusters/dev and the seeds what says the same has
.52 to .80 and .02 to .95, other speech of the same person up to .74 and .98. With both some half of it is found."""
AKIN, SHARED, SAME = 0.33, 0.65, 0.66
"""Quoted words and what tells of them are one utterance, too, where they are so near in meaning, share so many of their
words, and the comparer finds with this probability that both answer the question alike. All three are needed: speech of
one person on one subject is mostly alike for the comparer. On tests/clusters/dev what is one has .36 to .67, .80 to
1.33 and .74 to .98; of 180 other pairs there, in the seeds and in training/news two have all three, rightly.
"""
SHORT = 24
"""Characters up to which a text may be nothing but function words."""
UNNAMED = 0.75
"""Overlap of words from which on two quotations are one, though one article does not name who speaks."""


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance with its article and how well it answers."""

    article: Article
    sentences: tuple[Sentence, ...]
    utterance: Utterance
    text: str
    score: float
    """The best score of the evidence that it lies in; 0 where none was read there."""


def join(wanted: Sequence[Said], said: Sequence[Said], vocabulary: Vocabulary) -> list[list[Said]]:
    """Return each wanted utterance with all its wordings, as far as their words show that they are one.

    Args:
        wanted: the utterances that are looked for.
        said: all utterances, the wanted ones among them.
        vocabulary: the corpus's words and their spellings.
    """
    groups: list[list[Said]] = []
    for one in wanted:
        if not any(one is other for group in groups for other in group):
            groups.append(_wordings(one, [s for s in said if not any(s is m for g in groups for m in g)], vocabulary))
    return groups


def _wordings(one: Said, said: Sequence[Said], vocabulary: Vocabulary) -> list[Said]:
    """Return an utterance with all that is one with it, or with what is."""
    found, left = [one], [s for s in said if s is not one]
    for member in found:  # grows meanwhile
        same = [other for other in left if are_one(member, other, vocabulary)]
        found += same
        left = [other for other in left if not any(other is s for s in same)]
    return found


def add_paraphrases(
    question: str, wanted: list[list[Said]], rest: list[list[Said]], vocabulary: Vocabulary, weigher: Weigher
) -> list[list[Said]]:
    """Add to each wanted utterance what says the same in other words, and return the wanted ones.

    Args:
        question: the question to which they are answers.
        wanted: the utterances, each with its wordings.
        rest: what tells of utterances, and may tell of these.
        vocabulary: the corpus's words and their spellings.
        weigher: with the models that compare them.
    """
    leads = [max(group, key=lambda s: (s.utterance.direct, len(s.text))) for group in [*wanted, *rest]]
    near = [
        (i, j)
        for i in range(len(wanted))
        for j in range(i + 1, len(leads))
        if _may_be_one(leads[i], leads[j], vocabulary)
    ]
    home = list(range(len(leads)))
    for i, j in _same(question, near, leads, weigher):
        if home[i] == i and home[j] == j:
            home[j] = i
    groups = [*wanted, *rest]
    return [[s for j, g in enumerate(groups) if home[j] == i for s in g] for i in range(len(wanted)) if home[i] == i]


def _same(
    question: str, near: Sequence[tuple[int, int]], leads: Sequence[Said], weigher: Weigher
) -> Iterator[tuple[int, int]]:
    """Yield, of some pairs of utterances, those that say the same, the nearest in meaning first."""
    texts = list(dict.fromkeys(_attributed(leads[n]) for pair in near for n in pair))[:COMPARED]
    vectors = dict(zip(texts, weigher.embedder.embed(texts), strict=True)) if texts else {}
    pairs = []
    for i, j in near:
        one, other = _attributed(leads[i]), _attributed(leads[j])
        if one in vectors and other in vectors:
            cosine = float(vectors[one] @ vectors[other])
            quoted = leads[i].utterance.direct or leads[j].utterance.direct
            pairs += [(cosine, i, j, one, other)] if cosine >= (AKIN if quoted else NEAR) else []
    for cosine, i, j, one, other in sorted(pairs, reverse=True)[:JUDGED]:
        pair = (leads[i], leads[j])
        if (cosine >= NEAR and _says_same(one, other, weigher.reader)) or (
            any(s.utterance.direct for s in pair)
            and _shared(leads[i].text, leads[j].text) >= SHARED
            and _answers_alike(question, pair, weigher.reader)
        ):
            yield i, j


def are_one(one: Said, other: Said, vocabulary: Vocabulary) -> bool:
    """Tell whether two utterances are one by their words: of one speaker, both quoted or both told."""
    if one.utterance.direct != other.utterance.direct:
        return False
    if len(one.text) > SHORT and have_none_in_common(one.text, other.text):
        return False
    if one.article.id == other.article.id:
        return same_words(one.text, other.text)
    a, b = one.utterance.speaker, other.utterance.speaker
    if a is None or b is None or a.person != b.person:
        # Whoever an article leaves unnamed: words so alike are said by one.
        return one.utterance.direct and overlap(one.text, other.text) >= UNNAMED and is_variant(one.text, other.text)
    if not same_speaker(a, b, vocabulary):
        return False
    long, short = (one.text, other.text) if len(one.text) >= len(other.text) else (other.text, one.text)
    return same_words(one.text, other.text) or holds_words(long, short) or is_variant(one.text, other.text)


def same_speaker(one: Speaker, other: Speaker, vocabulary: Vocabulary) -> bool:
    """Tell whether two articles mean the same speaker: a surname in any spelling, and no other given name."""
    if one.person != other.person:
        return False
    word = tokenise(one.name)[-1].word if tokenise(one.name) else one.name
    if one.key != other.key and other.key not in vocabulary.spellings(word, one.key):
        return False
    first, second = fold(one.name.split()[0]), fold(other.name.split()[0])
    both = " " in one.name and " " in other.name
    if not one.person:
        return first == second or not both
    return not both or (
        first[:1] == second[:1] and (len(first) < 3 or JaroWinkler.similarity(first, second) >= LIKE_GIVEN)
    )


def _may_be_one(one: Said, other: Said, vocabulary: Vocabulary) -> bool:
    """Tell whether two utterances are worth comparing by meaning: of one speaker, in two articles, a word in common.

    Two quotations are not: what somebody said twice in other words was said twice.
    """
    if one.utterance.direct and other.utterance.direct:
        return False
    a, b = one.utterance.speaker, other.utterance.speaker
    if a is None or b is None or one.article.id == other.article.id or not same_speaker(a, b, vocabulary):
        return False
    return _shared(one.text, other.text) > 0


def _shared(one: str, other: str) -> float:
    """Return how much two texts share of their words, in any form or another word for it: both shares added, to 2."""
    a, b = _forms(one), _forms(other)
    both = [(words, frozenset[str]().union(*others)) for words, others in ((a, b), (b, a))]
    return sum(sum(not word.isdisjoint(held) for word in words) / max(1, len(words)) for words, held in both)


def _forms(text: str) -> list[frozenset[str]]:
    """Return each word of a text in all its forms and those that may stand for it, function words left out."""
    return [alike(token.word) | {token.key} for token in tokenise(text) if not token.stop]


def _attributed(said: Said) -> str:
    """Return an utterance with its speaker: to say the same means little without who says it."""
    speaker = said.utterance.speaker
    return f"{speaker.name} said: {said.text}" if said.utterance.direct and speaker else said.text


def _answers_alike(question: str, leads: tuple[Said, Said], reader: Reader) -> bool:
    """Tell whether two utterances answer alike what is asked, and what was said at all: the mean of both readings."""
    speaker = next(s.utterance.speaker for s in leads if s.utterance.speaker is not None)
    pair = (_attributed(leads[0]), _attributed(leads[1]))
    asked = (question, f"What did {speaker.name} say?")
    same = sum(reader.comparer.compare(q, [pair])[0].same for q in asked) / len(asked)
    return same >= SAME


def _says_same(one: str, other: str, reader: Reader) -> bool:
    return max(reader.judge(one, [other])[0].entails, reader.judge(other, [one])[0].entails) >= SAYS
