"""Splitting: a written sentence that joins two statements, parted where each part can be checked alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.detail import Mood, read_details
from qa.synonym import is_past

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.vocabulary import Vocabulary
    from qa.detail import Details

_JOINT = re.compile(r";\s+|,?\s+(?:and|but|while|whereas)\s+|,\s+(?=(?:and|but|while)\s)", re.IGNORECASE)
_FINITE = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|will|would|may|might|can|could|must|should|did|does|do)\b|n[’']t\b"
)
_PRONOUN = re.compile(r"(?i)^(he|she|his|her)\b")
_SUBJECT = re.compile(
    r"(?i)^(?:the|a|an|his|her|its|their|he|she|no|some|many|most|all|both|two|three|about)\b|^[A-Z“\"\d]"
)


def split_parts(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a sentence in two statements at `;`, `and`, `but` or `while`, each with a verb of its own.

    What X said stays with X: `X said A and B` gives `X said A` and `X said B`. `He` in the second part is the first
    name of the first. A sentence with a condition is not parted.
    """
    details = read_details(text, vocabulary)
    if any(word.mood is Mood.CONDITION for word in details.words):
        return
    for match in _JOINT.finditer(text):
        if any(a < match.start() < b for a, b in details.quoted):
            continue
        left, right = text[: match.start()].rstrip(" ,"), text[match.end() :]
        if not _states(left, vocabulary) or not _SUBJECT.match(right) or not _states(right, vocabulary):
            continue
        whole = _completed(details, match.start(), right)
        if whole is not None:
            yield f"{left}.", whole[:1].upper() + whole[1:]


def _states(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a part has two content words and a verb."""
    words = read_details(text, vocabulary).words
    verb = any(is_past(word.word) or word.head for word in words) or bool(_FINITE.search(text))
    return len(words) >= 2 and (verb or bool(re.search(r"[A-Z]\w+ \w+s\b", text)))


def _completed(details: Details, joint: int, right: str) -> str | None:
    """Return the second part with the speaker of the first and a name for its pronoun; None where they are open."""
    if _PRONOUN.match(right):
        names = [n for n in details.names if n.end <= joint]
        if not names:
            return None
        pronoun = _PRONOUN.match(right)
        assert pronoun is not None
        right = names[0].text + ("’s" if pronoun[1].lower() in {"his", "her"} else "") + right[pronoun.end() :]
    for speech in details.speech:
        if speech.start < joint <= speech.end and speech.verb != "according to":
            speaker = speech.name.text if speech.name is not None else speech.speaker
            return f"{speaker} {speech.verb} {right}" if speaker and not speech.denies else None
        if speech.start < joint:
            continue
    return right
