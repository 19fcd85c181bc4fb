"""Answers: claims with citations, or a refusal that says what is missing. One JSON shape for every door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Citation:
    """One sentence of one article: `article.text[start:end] == quote`, which for a text file is the file's text."""

    number: int
    """From 1, by first use in the answer; a citation used twice keeps its number."""
    file: str
    """Path relative to the indexed folder, with forward slashes."""
    record: int | None
    """Which record of the file, from 0; None for a file that holds one article."""
    title: str | None
    outlet: str | None
    published: str | None
    """ISO 8601 date, or None where the article does not say."""
    line: int
    """Line of the article's text on which the quote starts, from 1; of a text file, the line of the file."""
    start: int
    """First character of the quote in the article's text, from 0."""
    end: int
    """One past the last character."""
    quote: str
    support: float
    """How well the quote supports the claim, in [0, 1]; 1 where the claim is the quote."""
    page: int | None = None
    """Page on which the quote starts, from 1, for a PDF; None for all else."""
    author: str | None = None
    """Who wrote the article, where the file says so."""
    url: str | None = None
    """Where the article was published, where the file says so."""

    @property
    def place(self) -> str:
        """Where the quote stands, for a terminal: `file:line`, `file#record:line` or `file#page=number`."""
        if self.page is not None:
            return f"{self.file}#page={self.page}"  # as RFC 8118 has it, so that a browser opens it there
        record = "" if self.record is None else f"#{self.record}"
        return f"{self.file}{record}:{self.line}"

    @property
    def spot(self) -> str:
        """Where in the file the quote stands, in words: `line 3`, `record 12, line 3` or `page 2`."""
        if self.page is not None:
            return f"page {self.page}"
        record = "" if self.record is None else f"record {self.record}, "
        return f"{record}line {self.line}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the answer. It cannot be made without a citation."""

    text: str
    citations: tuple[Citation, ...]
    independent: int
    """How many independent reports stand behind it, from 1."""

    def __post_init__(self) -> None:
        """Refuse a claim that nothing supports."""
        if not self.citations:
            raise ValueError(f"a claim needs a citation: {self.text!r}")


@dataclass(frozen=True, slots=True)
class PassageRef:
    """Where a retrieved passage lies."""

    file: str
    record: int | None
    start: int
    end: int
    score: float
    """In [0, 1], higher is better; comparable within one answer only."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ask` returns. A refusal is an answer whose claims are the nearest things that the articles do say."""

    question: str
    standalone_question: str
    """The question as it reads without the dialogue before it."""
    claims: tuple[Claim, ...]
    """One to five in reading order; for a refusal none to two, the nearest statements."""
    short: str | None
    """The few words of the first claim that answer the question, or None where they cannot be told."""
    refused: bool
    reason: str | None
    """For a refusal: what is missing, in one sentence. None otherwise."""
    passages: tuple[PassageRef, ...]
    """The retrieved passages, best first."""
    seconds: float
    """Wall-clock time from question to answer."""
    conflicts: tuple[dict[str, Any], ...] = ()
    """Where the sources disagree (empty until sources are compared)."""
    answerable: float | None = None
    """Probability in [0, 1] that the articles answer the question, as refusing weighed it; None where nothing did."""
    model: str | None = None
    """The language model that wrote the claims, each checked against the articles; None where they are quoted."""
    notice: str | None = None
    """What a reader must know of the answer, in a sentence or two: that something was left out, or why a model that
    was asked did not write it. None otherwise."""
    left_out: int = 0
    """Sentences of the model that no article supports, which are not shown."""
    growing: bool = False
    """Whether the model still writes: so for all that `Library.stream` yields but the last. No part of the dict."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of all claims, each once, by number."""
        return tuple(sorted({c.number: c for claim in self.claims for c in claim.citations}.values(), key=_number))

    @property
    def text(self) -> str:
        """The answer as plain text: for a refusal the reason first, then each claim with its `[n]`."""
        lines = [f"{claim.text} {''.join(f'[{c.number}]' for c in claim.citations)}" for claim in self.claims]
        return "\n".join([self.reason, *lines] if self.refused and self.reason else lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape shared by the command line, the batch command and programs."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answer": self.text,
            "short": self.short,
            "refused": self.refused,
            "reason": self.reason,
            "answerable": None if self.answerable is None else round(self.answerable, 4),
            "claims": [
                {"text": c.text, "citations": [x.number for x in c.citations], "independent": c.independent}
                for c in self.claims
            ],
            "citations": [_fields(c) for c in self.citations],
            "conflicts": list(self.conflicts),
            "passages": [_fields(p) for p in self.passages],
            "seconds": round(self.seconds, 4),
            "model": self.model,
            "notice": self.notice,
            "left_out": self.left_out,
        }


def _number(citation: Citation) -> int:
    return citation.number


def _fields(value: Citation | PassageRef) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}
