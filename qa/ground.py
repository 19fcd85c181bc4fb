"""Grounds: a sentence of evidence as written ones are checked against it, with whom its pronouns mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.fold import plain
from qa.context import is_bare_quote
from qa.detail import read_details

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.evidence import Evidence

LEAD = 500
"""Characters before a sentence in which its pronouns are looked up."""
_SENTENCE = re.compile(r"(?<=[.!?…])[”\"’']?\s+(?=[\"“‘'A-Z])")
_POINTS = re.compile(r"(?i)^[\"“‘']?(?:he|she|they|it|his|her|their|its)\b")


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence of evidence that a written one may stand on."""

    details: Details
    """Of the sentence itself, and of what is quoted before it where it is nothing but words in quotation marks."""
    lead: str
    """What stands before it in its paragraph, up to `LEAD` characters."""
    antecedents: tuple[str, ...]
    """Names that its pronouns may mean: the subject, or the one person, of the last sentence that names any."""
    article: str
    """The whole text of its article, or of all that are cited with it, folded by `plain`: it knows full names."""
    outlet: str
    """Who published it, or empty."""
    window: str
    """What the reader judges: the sentence with what is quoted before it."""


def ground_of(evidence: Evidence, vocabulary: Vocabulary, known: str = "") -> Ground:
    """Return the ground that a piece of evidence is; `known` is the folded text of the other articles cited with it."""
    article, sentence = evidence.article, evidence.sentence
    main = article.text[sentence.start : sentence.end]
    if is_bare_quote(main):
        main = evidence.text
    begin = max(article.text.rfind("\n", 0, sentence.start) + 1, sentence.start - LEAD)
    lead = article.text[begin : sentence.start].strip()
    return Ground(
        read_details(main, vocabulary),
        lead,
        _antecedents(lead, vocabulary),
        known or plain(article.text),
        article.outlet or "",
        evidence.text,
    )


def subject_of(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the name that `he` means after a text, or None where it names nobody."""
    return next(iter(_antecedents(text, vocabulary)), None)


def _antecedents(lead: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names that a pronoun after a text may mean; a sentence that itself begins with one names nobody."""
    for sentence in reversed(_SENTENCE.split(lead)):
        details = read_details(sentence, vocabulary)
        if _POINTS.match(sentence) or not details.names:
            continue
        persons = [n for n in details.names if n.person]
        spoken = [s.name.text for s in details.speech if s.name is not None]
        if spoken:
            return (spoken[0],)
        return (persons[0].text if len(persons) == 1 else details.names[0].text,)
    return ()
