"""Scores: one answer against what is right for its question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.fold import plain
from qa.squad import exact_match, holds, normalise, token_f1

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qa.gold import Gold
    from qa.naming import Naming

SENTENCE = 4
"""Words from which on a quote that is part of a gold sentence counts as it."""
_NUMBERS = re.compile(r"\s*(?:\[\d+\])+")


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one question. None stands where the gold does not say what is right."""

    id: str
    kind: str
    question: str
    standalone_question: str
    history: bool
    """Whether the question was asked within a dialogue."""
    said: str
    """The answer's first words, the reason of a refusal, or the error."""
    short: str | None
    answerable: bool | None
    refused: bool
    failed: bool
    """No answer came; wrong in every measure."""
    probability: float | None
    """The answer's own `answerable`, in [0, 1]."""
    right: bool | None
    """Refused where no article answers; else the right words, and one relevant file cited."""
    ranked: tuple[str, ...]
    """Articles by their first passage, best first, each once, by the gold's names where it has one."""
    relevant: tuple[str, ...]
    rank: int | None
    """Place of the first relevant article in `ranked`, from 1; None where none was found."""
    exact: float | None
    """Exact match of the short answer, 0 or 1; a refusal has 0."""
    f1: float | None
    """Token F1 of the short answer, in [0, 1]; a refusal has 0."""
    text_f1: float | None
    """Token F1 of the whole text of the answer, for gold answers of a sentence or more."""
    holds: bool | None
    """Whether the text of the answer holds a gold answer; a refusal does not."""
    first: bool | None
    """Whether the short answer and the first claim alone hold one."""
    answer_in_gold: bool | None
    cited: tuple[bool, ...] | None
    """For each cited sentence of an answer, whether the answer stands in it."""
    cited_relevant: tuple[bool, ...] | None
    """For each cited sentence of an answer, whether its article is relevant."""
    seconds: float | None


def score(gold: Gold, answer: Mapping[str, Any], naming: Naming) -> Score:
    """Score an answer in the shape of `Answer.to_dict`, or `{"error": …}` where none came."""
    failed = "error" in answer
    refused = not failed and bool(answer.get("refused"))
    told = not refused and not failed
    claims = claim_texts(answer) if told else []
    text = "\n".join(claims)
    short = (answer.get("short") or "") if told else ""
    ranked = ranked_names(answer, gold.relevant, naming)
    judged = bool(gold.answerable)
    worded = judged and bool(gold.answers or gold.words)
    stands = told and (worded or (judged and bool(gold.evidence)))
    citations = answer.get("citations") or []
    files = [naming.name(c, gold.relevant) in gold.relevant for c in citations]
    return Score(
        id=gold.id,
        kind=gold.kind,
        question=gold.question,
        standalone_question=str(answer.get("standalone_question") or gold.question),
        history=bool(gold.history),
        said=str(answer.get("error") or answer.get("reason") or text)[:200],
        short=short or None,
        answerable=gold.answerable,
        refused=refused,
        failed=failed,
        probability=answer.get("answerable"),
        right=_right(gold, text, files, refused=refused),
        ranked=ranked,
        relevant=gold.relevant,
        rank=next((place for place, name in enumerate(ranked, start=1) if name in gold.relevant), None),
        exact=exact_match(short, gold.answers) if gold.answers and judged else None,
        f1=token_f1(short, gold.answers) if gold.answers and judged else None,
        text_f1=token_f1(text, gold.answers) if gold.answers and judged else None,
        holds=_holds(text, gold) if worded else None,
        first=_holds("\n".join([short, *claims[:1]]), gold) if worded else None,
        answer_in_gold=gold.answer_in_gold,
        cited=tuple(quote_answers(str(c.get("quote")), gold) for c in citations) if stands else None,
        cited_relevant=tuple(files) if told and gold.relevant and judged else None,
        seconds=answer.get("seconds"),
    )


def claim_texts(answer: Mapping[str, Any]) -> list[str]:
    """Return the claims of an answer without the numbers of their citations."""
    claims = answer.get("claims")
    if claims is None:
        return [line for line in _NUMBERS.sub("", str(answer.get("answer") or "")).split("\n") if line.strip()]
    return [str(claim["text"]) for claim in claims]


def ranked_names(answer: Mapping[str, Any], relevant: Sequence[str], naming: Naming) -> tuple[str, ...]:
    """Return the articles of an answer's passages by their first passage, best first."""
    return tuple(dict.fromkeys(naming.name(passage, relevant) for passage in answer.get("passages") or ()))


def quote_answers(quote: str, gold: Gold) -> bool:
    """Tell whether the answer stands in a cited sentence: an answer, one of the words, or all of a gold sentence."""
    if any(holds(quote, answer) for answer in gold.answers) or _has_one(quote, gold):
        return True
    return any(_same_sentence(quote, sentence) for sentence in gold.evidence)


def _right(gold: Gold, text: str, files: Sequence[bool], *, refused: bool) -> bool | None:
    if gold.answerable is None:
        return None
    if refused or not gold.answerable:
        return refused and not gold.answerable
    known = bool(gold.answers or gold.words)
    return (not known or _holds(text, gold)) and (not gold.relevant or any(files)) and bool(text)


def _holds(text: str, gold: Gold) -> bool:
    """Tell whether a text holds one of the answers, and one of each group of words."""
    body = plain(text)
    grouped = all(any(plain(word) in body for word in group) for group in gold.words)
    return grouped and (not gold.answers or any(holds(text, answer) for answer in gold.answers))


def _has_one(quote: str, gold: Gold) -> bool:
    body = plain(quote)
    return any(plain(word) in body for group in gold.words for word in group)


def _same_sentence(quote: str, sentence: str) -> bool:
    """Compare by words: cut at another place, one of the two may hold the other."""
    shorter = min(quote, sentence, key=len)
    return len(normalise(shorter).split()) >= SENTENCE and holds(max(quote, sentence, key=len), shorter)
