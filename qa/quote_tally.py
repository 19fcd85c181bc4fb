"""Tallies of quotations: whether what was told of somebody's words was joined, marked and given to the right person."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from index.fold import fold, tokenise
from qa.tally import HALF, Tally, is_place, say_the_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qa.cluster import Cluster, Place, Remark
    from qa.told import Span, Told, Utterance, Worded

    Cited = tuple[Worded, Span]
    """One place of one wording."""
    Known = tuple[int, int]
    """A remark and a wording of it, by their numbers."""


def tally_utterances(cluster: Cluster, told: Sequence[Told]) -> Tally:
    """Count places that were told as wordings of one utterance.

    Told are the pairs of places within one quotation, each pair once, whatever was asked; right are those that the
    gold has in one remark, or, where one is no quotation, in one statement. Known are, for each remark, the pairs of
    articles that have it; found are those that a quotation in an answer to one of its questions joins.
    """
    pairs = {pair for answer in told for u in answer.utterances for pair in _pairs(_cited(u))}
    wrong = [(a, b) for a, b in pairs if not _are_one(cluster, a, b)]
    notes = sorted(f"not one remark: {_shown(a)} | {_shown(b)}" for a, b in wrong)
    known = found = 0
    for remark in cluster.remarks:
        asked = [u for answer in told if answer.question in remark.questions for u in answer.utterances]
        joined = [{c[1].file for c in _cited(u) if _said(c, _places(remark))} for u in asked]
        for pair in combinations(sorted({p.file for p in _places(remark)}), 2):
            known += 1
            if any(files.issuperset(pair) for files in joined):
                found += 1
            else:
                notes.append(f"not joined: {remark.speaker[0]} on {remark.about}: {' and '.join(pair)}")
    return Tally(len(pairs), len(pairs) - len(wrong), known, found, tuple(notes))


def tally_kinds(cluster: Cluster, told: Sequence[Told]) -> Tally:
    """Count, of the places rightly joined with the first wording of an utterance, those marked rightly.

    Right are verbatim, variant and paraphrase as the gold has them. What the gold knows is what was told here.
    """
    marked: dict[tuple[Cited, Cited], bool] = {}
    for first, other, kind in {k for answer in told for u in answer.utterances for k in _kinds(u)}:
        for remark in _remarks(cluster, first) & _remarks(cluster, other):
            marked[first, other] = kind == _relation(cluster.remarks[remark], first, other)
    right = sum(marked.values())
    notes = sorted(f"marked wrongly: {_shown(a)} | {_shown(b)}" for (a, b), good in marked.items() if not good)
    return Tally(len(marked), right, len(marked), right, tuple(notes))


def tally_speakers(cluster: Cluster, told: Sequence[Told]) -> Tally:
    """Count quoted words that were given to the right speaker, each place once.

    Told are the places of the gold's direct quotations that were told, as whoever's; known are all of these places
    whose remark has questions; found are those that an answer to one of these gave to the right speaker.
    """
    given = {(c, u.speaker) for answer in told for u in answer.utterances for c in _cited(u) if c[0].direct}
    judged = {
        (c[1], speaker): _is_speaker(speaker, remark)
        for c, speaker in given
        for remark in cluster.remarks
        if _said(c, _places(remark, direct=True))
    }
    notes = [f"not {speaker}: {span.file}: “{span.quote}”" for (span, speaker), right in judged.items() if not right]
    known = found = 0
    for remark in cluster.remarks:
        asked = [u for answer in told if answer.question in remark.questions for u in answer.utterances]
        right = [c for u in asked if _is_speaker(u.speaker, remark) for c in _cited(u)]
        for place in _places(remark, direct=True):
            known += 1
            if any(_said(c, [place]) for c in right):
                found += 1
            else:
                notes.append(f"not told: {remark.speaker[0]} in {place.file}: “{place.quote}”")
    return Tally(len(judged), sum(judged.values()), known, found, tuple(sorted(notes)))


def _are_one(cluster: Cluster, one: Cited, other: Cited) -> bool:
    told = not (one[0].direct and other[0].direct)
    return bool(_remarks(cluster, one) & _remarks(cluster, other)) or (told and say_the_same(cluster, one[1], other[1]))


def _cited(utterance: Utterance) -> list[Cited]:
    return [(wording, span) for wording in utterance.wordings for span in wording.cited]


def _pairs(cited: Iterable[Cited]) -> Iterator[tuple[Cited, Cited]]:
    ordered = sorted(cited, key=lambda c: (c[1].file, c[1].start, c[0].text))
    yield from ((a, b) for a, b in combinations(ordered, 2) if a[1].file != b[1].file)


def _kinds(utterance: Utterance) -> Iterator[tuple[Cited, Cited, str]]:
    """Yield each place beside the first one, with how it was said to be to it."""
    first, *others = _cited(utterance)
    yield from ((first, other, other[0].kind if other[0] != first[0] else "verbatim") for other in others)


def _relation(remark: Remark, one: Cited, other: Cited) -> str:
    """Return how two places of a remark are to each other by the gold."""
    a, b = (next(w for w in remark.wordings if _said(cited, w.places)) for cited in (one, other))
    if a == b:
        return "verbatim" if a.direct else "paraphrase"
    return "variant" if a.direct and b.direct else "paraphrase"


def _remarks(cluster: Cluster, cited: Cited) -> set[int]:
    return {n for n, remark in enumerate(cluster.remarks) if _said(cited, _places(remark))}


def _places(remark: Remark, *, direct: bool = False) -> list[Place]:
    return [place for w in remark.wordings if w.direct or not direct for place in w.places]


def _said(cited: Cited, places: Iterable[Place]) -> bool:
    """Tell whether a wording is one of the gold's: in one place, and sharing half of the words of the shorter."""
    wording, span = cited
    said = _words(wording.text)
    for place in places:
        known = _words(place.quote)
        if is_place(span, place) and len(said & known) >= HALF * min(len(said), len(known)):
            return True
    return False


def _is_speaker(speaker: str, remark: Remark) -> bool:
    """Tell whether a name is the speaker's: a spelling that the gold has, with a title, or a part of one."""
    words = _words(speaker)
    return any(_words(name) <= words or words <= _words(name) for name in remark.speaker)


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(token.text) for token in tokenise(text))


def _shown(cited: Cited) -> str:
    wording, span = cited
    return f"{span.file}: “{wording.text}”"
