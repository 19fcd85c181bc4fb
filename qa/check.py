"""Checking: whether evidence supports a sentence that a language model wrote, which, and what of it may be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from index.fold import plain, tokenise
from qa.agree import disagreement, lacking, names_only
from qa.detail import read_details
from qa.evidence import words_of
from qa.ground import ground_of, subject_of
from qa.split import split_parts
from qa.verbatim import held_quotations
from qa.written import QUOTE_MARKS, claims_silence, is_chatter, read_written, without_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.evidence import Evidence
    from qa.reader import Reader

ENTAILS = 0.3
"""From this probability of the reader on, evidence whose details all agree supports a sentence. Of the fitted half of
tests/written.jsonl, those supported reach .6; the reader alone is no judge: swapped roles reach .9."""
ANSWERS = 0.5
"""From this probability of the reader on that evidence answers the question, what is only a name or a figure may be its
answer; by itself it says nothing that could be checked."""
JUDGED = 4
"""Pieces of evidence that the reader judges for one sentence."""
CITED = 3
"""Pieces of evidence that are cited for one sentence or part, one of each article."""
_PRONOUN = re.compile(r"(?i)^(he|she|his|her)\b")
_POINTS = re.compile(r"(?i)^(?:it|its|they|their|this|that|these|those|both|such|we|our)\b(?! (?:is|was) (?:the|a)\b)")


class Verdict(StrEnum):
    """What became of a written sentence."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    """Checkable, and no evidence holds it."""
    CHATTER = "chatter"
    """Nothing in it can be checked against an article: a greeting, `Here is the answer:`."""
    SILENCE = "silence"
    """Says that the articles do not say something: the evidence decides that, not the model."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one written sentence gave."""

    text: str
    """What may be shown, without citation marks; empty unless supported."""
    verdict: Verdict
    numbers: tuple[int, ...] = ()
    """Evidence that supports it, numbered from 1 as given, those that the model cited rightly first."""
    support: float = 0.0
    """How well the weakest part is supported, in [0, 1]; 1 for words of the article itself."""
    unquoted: bool = False
    """True when quotation marks were taken off words that are not verbatim in a cited article."""
    reason: str = ""
    """Why it is unsupported: the detail that the nearest evidence does not hold (`figure`, `roles`, `words` …)."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What supports one part of a sentence: (number, support), best first."""

    held: tuple[tuple[int, float], ...]
    reason: str = ""


class Checker:
    """Checks sentences against numbered evidence. Made once for an answer; safe to use from several threads."""

    def __init__(self, evidence: Sequence[Evidence], vocabulary: Vocabulary, reader: Reader) -> None:
        """Read the evidence; the first piece is number 1."""
        self._evidence = tuple(evidence)
        known = "\n".join({e.article.id: plain(e.article.text) for e in evidence}.values())
        self._grounds = tuple(ground_of(e, vocabulary, known) for e in evidence)
        self._words = tuple(words_of(ground.details.text) for ground in self._grounds)
        self._vocabulary = vocabulary
        self._reader = reader

    def check(self, sentence: str, before: str = "") -> Checked:
        """Check one sentence.

        Args:
            sentence: as the model wrote it, with marks like `[2]`, right, wrong or none.
            before: the sentence shown before it in the answer, which says whom `he` means; empty where there is none.

        Raises:
            ModelError: the reader's file is missing or damaged.
        """
        written = read_written(sentence)
        if claims_silence(written.text):
            return Checked("", Verdict.SILENCE)
        if is_chatter(written.text):
            return Checked("", Verdict.CHATTER)
        copied = self._copied(written.text, before)
        if copied is not None:
            return copied
        meant = self._meant(written.text, before)
        if meant is None:
            return Checked("", Verdict.UNSUPPORTED, reason="pronoun")
        parts, reason = self._supported(meant, written.cited)
        if not parts:
            return Checked("", Verdict.UNSUPPORTED, reason=reason)
        numbers = tuple(dict.fromkeys(number for part in parts for number, _ in part.held))
        support = min(part.held[0][1] for part in parts)
        text, unquoted = self._quoted(written.text, numbers)
        cited = sorted(numbers, key=lambda n: (n not in written.cited, numbers.index(n)))
        return Checked(text, Verdict.SUPPORTED, tuple(cited), round(support, 3), unquoted)

    def _copied(self, text: str, before: str) -> Checked | None:
        """Pass the very words of a piece of evidence, together with those before it that they need."""
        words = _words_in_order(text)
        for number, (evidence, ground) in enumerate(zip(self._evidence, self._grounds, strict=True), start=1):
            own = evidence.article.text[evidence.sentence.start : evidence.sentence.end]
            whole = words == _words_in_order(evidence.text)
            if not whole and (words != _words_in_order(own) or len(words) < 3):
                continue
            pointing = evidence.start < evidence.sentence.start
            known = pointing and bool(before) and subject_of(before, self._vocabulary) in ground.antecedents
            shown = evidence.text if whole or (pointing and not known) else own
            unquoted = bool(QUOTE_MARKS.search(text)) and not QUOTE_MARKS.search(shown)
            return Checked(" ".join(shown.split()), Verdict.SUPPORTED, (number,), 1.0, unquoted)
        return None

    def _meant(self, text: str, before: str) -> str | None:
        """Return the sentence with its first pronoun named from the sentence before; None where that is open."""
        if pronoun := _PRONOUN.match(text):
            name = subject_of(before, self._vocabulary) if before else None
            if name is None:
                return None
            return name + ("’s" if pronoun[1].lower() in {"his", "her"} else "") + text[pronoun.end() :]
        return None if _POINTS.match(text) else text

    def _supported(self, text: str, cited: Sequence[int]) -> tuple[list[_Part], str]:
        """Return what supports the sentence as a whole, else what supports its parts, each of them; and why not."""
        whole = self._part(text, cited)
        if whole.held:
            return [whole], ""
        for pieces in split_parts(text, self._vocabulary):
            parts = [self._part(piece, cited) for piece in pieces]
            if all(part.held for part in parts):
                return parts, ""
        return [], whole.reason

    def _part(self, text: str, cited: Sequence[int]) -> _Part:
        """Find the evidence that supports a text alone."""
        claim = read_details(text, self._vocabulary)
        if len(claim.words) < 2:
            return _Part((), "words")
        agreeing, reason = self._agreeing(claim, cited)
        if names_only(claim):
            agreeing, reason = [n for n in agreeing if self._answers(n, claim)], "answer"
        if not agreeing:
            return _Part((), reason)
        windows = [self._grounds[number - 1].window for number in agreeing]
        judged = self._reader.judge(text, windows)
        held = [(n, j.entails) for n, j in zip(agreeing, judged, strict=True) if j.entails >= ENTAILS]
        held.sort(key=lambda pair: (pair[0] not in cited, -pair[1]))
        seen: set[str] = set()
        chosen = []
        for number, score in held:
            article = self._evidence[number - 1].article.id
            if article not in seen:
                seen.add(article)
                chosen.append((number, score))
        return _Part(tuple(chosen[:CITED]), "" if chosen else "reader")

    def _answers(self, number: int, claim: Details) -> bool:
        """Tell whether a name or a figure is what a piece of evidence answers to the question."""
        e = self._evidence[number - 1]
        if e.answer is None or e.answerable < ANSWERS:
            return False
        return words_of(claim.text) <= words_of(e.article.text[slice(*e.answer)])

    def _agreeing(self, claim: Details, cited: Sequence[int]) -> tuple[list[int], str]:
        """Return the numbers of the evidence whose words and details agree with a claim, those cited first."""
        wanted = words_of(claim.text)
        shared = [len(wanted & own) for own in self._words]
        order = sorted(range(len(self._grounds)), key=lambda i: (i + 1 not in cited, -shared[i]))
        found: list[int] = []
        reason = "words"
        nearest = max(shared, default=0)
        for i in order:
            if 2 * shared[i] < len(wanted) - 4 and len(wanted) > 4:
                continue
            ground = self._grounds[i]
            wrong = "words" if lacking(claim, ground, self._vocabulary) else None
            wrong = wrong or disagreement(claim, ground, self._vocabulary)
            if wrong is None:
                found.append(i + 1)
            elif shared[i] == nearest:
                reason = wrong
            if len(found) == JUDGED:
                break
        return found, reason

    def _quoted(self, text: str, numbers: Sequence[int]) -> tuple[str, bool]:
        """Return the text, its quotation marks taken off unless all is verbatim in the articles cited, and whether."""
        articles = [self._evidence[number - 1].article.text for number in numbers]
        if held_quotations(text, articles):
            return text, False
        return without_marks(text), True


def _words_in_order(text: str) -> list[str]:
    return [token.word for token in tokenise(text)]
