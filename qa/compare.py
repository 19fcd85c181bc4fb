"""Comparing: articles side by side, a table of what each says on each aspect of a topic, cited in every cell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from index.fold import tokenise
from qa import prompts
from qa.aim import read_aim
from qa.answer import Claim
from qa.kind import GENERIC
from qa.names import TITLES, find_names
from qa.survey import overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.corpus import Corpus
    from index.vocabulary import Vocabulary
    from qa.answer import Answer, Citation
    from qa.survey import Survey

ASPECTS = 8
"""Rows of a comparison at most."""
FURTHER = 3
"""Rows of other aspects at most, where a question is compared on that several articles answer."""
SOURCES = 6
"""Columns at most, the articles that say most."""
ON_IT = 0.55
"""A sentence is on an aspect when it is so near to the sentence that stands for it (cosine),"""
SHARED = 2
"""and has so many of its words, function words left out, in any spelling."""
LABEL = 3
"""Words of an aspect's name."""

_VERB = re.compile(r"(?:ed|ing|ly)$")
"""Endings of words that name no aspect."""


@dataclass(frozen=True, slots=True)
class Source:
    """One column: an article."""

    file: str
    """Path relative to the indexed folder, with forward slashes."""
    record: int | None
    """Which record of the file, from 0; None for a file that holds one article."""
    outlet: str | None
    title: str | None
    published: str | None
    """ISO 8601 date, or None where the article does not say."""

    @property
    def name(self) -> str:
        """What the column is called: the outlet, else the title, else the file."""
        return self.outlet or self.title or self.file


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect, and what each article says on it."""

    aspect: str
    """Words that the cells share, as one of them writes them."""
    cells: tuple[Claim | None, ...]
    """One for each source, in their order: a sentence with its citation; None where an article says nothing on it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Articles side by side."""

    topic: str | None
    """None where all of the articles are compared."""
    sources: tuple[Source, ...]
    rows: tuple[Row, ...]
    """Those that most articles speak of first."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of all cells, each once, by number."""
        return tuple(sorted({c.number: c for x in self.claims for c in x.citations}.values(), key=lambda c: c.number))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The cells that are filled, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells if cell is not None)

    def recited(self, citations: dict[Citation, Citation]) -> Comparison:
        """Return the comparison with other citations in the places of its own."""

        def cell(claim: Claim | None) -> Claim | None:
            return replace(claim, citations=tuple(citations[c] for c in claim.citations)) if claim else None

        return replace(self, rows=tuple(replace(row, cells=tuple(map(cell, row.cells))) for row in self.rows))

    def to_dict(self) -> dict[str, Any]:
        """Return the table as JSON: `{topic, sources: […], rows: [{aspect, cells: [{text, citations} or null]}]}`."""
        return {
            "topic": self.topic,
            "sources": [{name: getattr(s, name) for name in s.__slots__} for s in self.sources],
            "rows": [
                {
                    "aspect": row.aspect,
                    "cells": [
                        {"text": c.text, "citations": [x.number for x in c.citations]} if c else None for c in row.cells
                    ],
                }
                for row in self.rows
            ],
        }


def compare_question(question: str) -> str:
    """Return the question that asks for a comparison on what another question asks, or on a topic."""
    asked = read_aim(question)
    topic = (asked.topic or "") if asked is not None else question.strip(" ?!.")
    return prompts.COMPARE_QUESTION.format(topic=topic) if topic else prompts.COMPARE_ALL


def answered_rows(answer: Answer) -> list[dict[str, Claim]]:
    """Return what several articles say in answer to a question, by `Citation.article`, a row for each claim.

    The cells are the sentences that are cited for the claim, and where sources differ on it, those of the other side.
    """
    rows: list[dict[str, Claim]] = []
    for claim in () if answer.refused else answer.claims:
        cited = list(claim.citations)
        for conflict in answer.conflicts:
            sides = [citation for version in conflict.versions for citation in version.citations]
            cited += sides if any(citation in cited for citation in sides) else ()
        row = {citation.article: Claim(citation.quote, (citation,), 1) for citation in reversed(cited)}
        if len(row) > 1 and row not in rows:
            rows.append(row)
    return rows


def choose_aspects(survey: Survey, corpus: Corpus) -> list[list[int]]:
    """Return the aspects that several articles speak of, each as places of statements, one of an article.

    Each is gathered round the statement that is nearest to those of most articles and to the topic; none has a
    statement of another. Where there is none, the topic itself is one.
    """
    salience, keys = survey.salience(), [_keys(s.text) for s in survey.statements]
    vocabulary = corpus.lexical.vocabulary
    taken: set[int] = set()
    found: list[list[int]] = []
    for first in np.argsort(-salience, kind="stable").tolist():
        if len(found) == 2 * ASPECTS or _is_taken(first, taken, survey):
            continue
        group = [first]
        for other in np.argsort(-survey.likeness[first], kind="stable").tolist():
            if survey.likeness[first, other] < ON_IT:
                break
            articles = {survey.statements[at].article.id for at in group}
            known = survey.statements[other].article.id in articles or _is_taken(other, taken, survey)
            if not known and _shared(keys[first], keys[other], vocabulary) >= SHARED:
                group.append(other)
        if len(group) > 1:
            taken |= set(group)
            found.append(group)
    found.sort(key=lambda group: -sum(survey.statements[at].relevance for at in group))
    return found[:ASPECTS] or _on_topic(survey)


def name_aspect(texts: Sequence[str], vocabulary: Vocabulary, known: Sequence[str]) -> str:
    """Return up to LABEL words that most of some texts share, rare ones first, as one of them writes them.

    Args:
        texts: what the articles say on the aspect.
        vocabulary: the corpus's words.
        known: names of other aspects, whose words are not used again where others are left.
    """
    counts = Counter(key for text in texts for key in _keys(text))
    used = {token.key for name in known for token in tokenise(name)}
    words: dict[str, str] = {}
    given: set[str] = set()
    for name in (n for text in texts for n in find_names(text, vocabulary)):
        *first, last = tokenise(name.text)
        words.setdefault(last.key, re.sub(r"['’]s?$", "", last.text))
        given |= {token.key for token in first}
    for token in (t for text in texts for t in tokenise(text)):
        plain = not token.stop and len(token.key) > 3 and token.text.islower() and token.word not in GENERIC
        if plain and not _VERB.search(token.word) and token.key not in given:
            words.setdefault(token.key, token.text)

    def worth(key: str) -> float:
        entry = vocabulary.entries.get(key)
        rare = 1.0 - (entry.passages if entry else 0) / max(vocabulary.passages, 1)
        return counts[key] / len(texts) * (0.3 + rare) * (0.6 if key in used else 1.0)

    shared = [k for k in words if counts[k] > len(texts) / 2] or [k for k in words if counts[k] > 1]
    best = sorted(shared, key=lambda key: (-worth(key), words[key]))[:LABEL]
    return " · ".join(words[key] for key in sorted(best, key=list(words).index))


def _on_topic(survey: Survey) -> list[list[int]]:
    """Return the topic itself as the one aspect: what each article says that is most on it."""
    best: dict[str, int] = {}
    for at in sorted(range(len(survey.statements)), key=lambda at: -survey.statements[at].relevance):
        best.setdefault(survey.statements[at].article.id, at)
    return [list(best.values())] if survey.topic and len(best) > 1 else []


def _is_taken(at: int, taken: set[int], survey: Survey) -> bool:
    return any(overlap(survey.statements[at], survey.statements[other]) for other in taken)


def _keys(text: str) -> dict[str, str]:
    """Return the words that tell what a sentence is about, by stem: no function words, numbers or titles."""
    tokens = tokenise(text)
    return {t.key: t.word for t in tokens if not t.stop and t.word not in TITLES and not t.text[0].isdigit()}


def _shared(one: dict[str, str], other: dict[str, str], vocabulary: Vocabulary) -> int:
    return sum(1 for key, word in one.items() if other.keys() & {key, *vocabulary.spellings(word, key)})
