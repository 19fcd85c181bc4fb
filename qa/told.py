"""What was told: the claims, conflicts and quotations of one answer, as places in articles, to be held against gold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CHANGE = "change"
"""The kind of a conflict that is none, but a change over time."""


@dataclass(frozen=True, slots=True)
class Span:
    """Cited words of an article."""

    file: str
    start: int
    """First character in the file's text."""
    end: int
    """One past the last."""
    quote: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim."""

    cited: tuple[Span, ...]
    reports: tuple[tuple[str, ...], ...]
    """The cited files by report; empty where it was not told."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One difference between sources that was told."""

    about: str
    change: bool
    sides: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """One wording of an utterance that was told."""

    text: str
    kind: str
    """How it is to the first wording of the utterance: `verbatim`, `variant` or `paraphrase`."""
    direct: bool
    """Whether it was said to be in quotation marks."""
    cited: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody was told to have said."""

    speaker: str
    wordings: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one answer tells."""

    question: str
    claims: tuple[Statement, ...]
    """None of a refusal: its claims are no answer."""
    conflicts: tuple[Conflict, ...]
    utterances: tuple[Utterance, ...]


def read_told(answer: Mapping[str, Any]) -> Told:
    """Read an answer in the shape of `Answer.to_dict`."""
    spans = {c["number"]: Span(c["file"], c["start"], c["end"], c["quote"]) for c in answer["citations"]}

    def cited(item: Mapping[str, Any]) -> tuple[Span, ...]:
        return tuple(spans[number] for number in item["citations"])

    claims = [] if answer["refused"] else answer["claims"]
    return Told(
        question=answer["question"],
        claims=tuple(Statement(cited(c), tuple(map(tuple, c.get("reports", ())))) for c in claims),
        conflicts=tuple(
            Conflict(c["about"], c["kind"] == CHANGE, tuple(cited(v) for v in c["versions"]))
            for c in answer["conflicts"]
        ),
        utterances=tuple(
            Utterance(q["speaker"], tuple(Worded(w["text"], w["kind"], w["direct"], cited(w)) for w in q["wordings"]))
            for q in answer.get("quotations", ())
        ),
    )
