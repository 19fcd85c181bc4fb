"""Answers: claims with citations, or a refusal that says what is missing. One JSON shape for every door."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.compare import Comparison
    from qa.quotation import Quotation
    from qa.timeline import Event


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
    key: str | None = None
    """What the record calls itself, in its field `id`."""

    @property
    def article(self) -> str:
        """The article: its file, and of a file of records `file#record`."""
        return self.file if self.record is None else f"{self.file}#{self.record}"

    @property
    def place(self) -> str:
        """Where the quote stands, for a terminal: `file:line`, `file#record (key):line` or `file#page=number`."""
        if self.page is not None:
            return f"{self.file}#page={self.page}"  # as RFC 8118 has it, so that a browser opens it there
        return f"{self.article}{f' ({self.key})' if self.key else ''}:{self.line}"

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
    reports: tuple[tuple[str, ...], ...] = ()
    """The articles of each of these reports, as `Citation.article`; one with several is one text told several times.
    Empty where it was not looked into."""

    def __post_init__(self) -> None:
        """Refuse a claim that nothing supports."""
        if not self.citations:
            raise ValueError(f"a claim needs a citation: {self.text!r}")


class Difference(StrEnum):
    """In what sources differ."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    OUTCOME = "outcome"
    CHANGE = "change"
    """Not a contradiction: what a later report tells came after what an earlier one tells."""


@dataclass(frozen=True, slots=True)
class Version:
    """What some of the sources say, where others say otherwise."""

    text: str
    """The words in which it differs, verbatim from the first citation."""
    citations: tuple[Citation, ...]
    """At least one."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where sources differ about one thing, or tell how it changed."""

    about: str
    """The question that they answer differently."""
    kind: Difference
    versions: tuple[Version, ...]
    """At least two: of a change in the order of time, else the one of most independent reports first."""

    def __post_init__(self) -> None:
        """Refuse a conflict with fewer than two sides, or one that nothing supports."""
        if len(self.versions) < 2 or not all(version.citations for version in self.versions):
            raise ValueError(f"a conflict needs two cited versions: {self.about!r}")


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
    """What `ask` returns. A refusal is an answer whose claim, if any, is the nearest thing that the articles do say."""

    question: str
    standalone_question: str
    """The question as it reads without the dialogue before it."""
    claims: tuple[Claim, ...]
    """In reading order: one to five, more where the articles are summed up or compared; of a refusal one at most."""
    short: str | None
    """The few words that answer, for each part of the question that has any, joined by `; `; None where none has."""
    refused: bool
    reason: str | None
    """For a refusal: what is missing, in one sentence. None otherwise."""
    passages: tuple[PassageRef, ...]
    """The retrieved passages, best first."""
    seconds: float
    """Wall-clock time from question to answer."""
    conflicts: tuple[Conflict, ...] = ()
    """Where the sources differ; empty where they agree."""
    quotations: tuple[Quotation, ...] = ()
    """What was said, with the wordings of the outlets, where that is asked for; the best first."""
    timeline: tuple[Event, ...] = ()
    """The claims with their dates, in the order of time, where a timeline is asked for."""
    comparison: Comparison | None = None
    """The claims as a table of articles by aspects, where a comparison is asked for."""
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
        """The citations of claims, conflicts and quotations, each once by number, with the least of its supports."""
        by_support = sorted(self._cited(), key=lambda c: -c.support)
        return tuple(sorted({c.number: c for c in by_support}.values(), key=_number))

    def _cited(self) -> Iterator[Citation]:
        for claim in self.claims:
            yield from claim.citations
        for conflict in self.conflicts:
            for version in conflict.versions:
                yield from version.citations
        for quotation in self.quotations:
            yield from quotation.citations

    @property
    def text(self) -> str:
        """The answer as plain text: for a refusal the reason first, then each claim with its `[n]`."""
        when = [f"{event.when.shown}: " for event in self.timeline] or [""] * len(self.claims)
        lines = [
            f"{date}{claim.text} {''.join(f'[{c.number}]' for c in claim.citations)}"
            for date, claim in zip(when, self.claims, strict=True)
        ]
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
                {
                    "text": c.text,
                    "citations": [x.number for x in c.citations],
                    "independent": c.independent,
                    "reports": [list(articles) for articles in c.reports],
                }
                for c in self.claims
            ],
            "citations": [_fields(c) for c in self.citations],
            "conflicts": [
                {
                    "about": c.about,
                    "kind": c.kind.value,
                    "versions": [{"text": v.text, "citations": [x.number for x in v.citations]} for v in c.versions],
                }
                for c in self.conflicts
            ],
            "quotations": [quotation.to_dict() for quotation in self.quotations],
            "timeline": [event.to_dict() for event in self.timeline],
            "comparison": self.comparison.to_dict() if self.comparison else None,
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
