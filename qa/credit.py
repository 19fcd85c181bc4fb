"""Credit: whether what a claim lays into somebody's mouth is laid into the same mouth by the evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.fold import plain, tokenise
from qa.detail import is_named, same_content, same_name

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.ground import Ground
    from qa.speech import Speech

PUBLISHED = re.compile(r"(?i)^(?:the )?(?:articles?|reports?|sources?|newspaper|outlet|evidence|text|passage)$")
"""Speakers that are the article itself."""


def same_speakers(claim: Details, ground: Ground, vocabulary: Vocabulary) -> bool:
    """Tell whether what the claim lays into mouths is laid into the same ones, and what it does not is said plainly."""
    text = ground.details
    for said in claim.speech:
        speech = _with_name(said, claim)
        if PUBLISHED.match(speech.speaker) or (ground.outlet and same_name(speech.speaker, ground.outlet, vocabulary)):
            continue
        if not any(_same_speech(speech, other, claim, ground, vocabulary) for other in text.speech):
            return False
    if not claim.speech:
        return not any(_owned(other, claim, text, vocabulary) for other in text.speech)
    return True


def _with_name(speech: Speech, claim: Details) -> Speech:
    """Return a speech whose `he` is the first name of its own sentence."""
    if speech.speaker not in {"he", "she", "they"} or not claim.names:
        return speech
    return replace(speech, name=claim.names[0], speaker=claim.names[0].text)


def _same_speech(speech: Speech, other: Speech, claim: Details, ground: Ground, vocabulary: Vocabulary) -> bool:
    if speech.denies != other.denies:
        return False
    said = [w for w in claim.words if speech.start <= w.start < speech.end]
    held = [w for w in ground.details.words if other.start <= w.start < other.end]
    shared = sum(any(same_content(a, b, vocabulary) for b in held) for a in said)
    if said and shared * 2 < len(said):
        return False
    return _same_speaker(speech, other, ground, vocabulary)


def _same_speaker(speech: Speech, other: Speech, ground: Ground, vocabulary: Vocabulary) -> bool:
    if speech.name is None:
        words = [t for t in tokenise(speech.speaker) if not t.stop]
        own = {t.key for t in tokenise(f"{other.speaker} {other.name.text if other.name else ''} {ground.lead}")}
        return all(t.key in own for t in words) and bool(words or other.name is None)
    if other.name is not None:
        last = speech.name.text.split()[-1]
        full = plain(speech.name.text) in ground.article
        return same_name(speech.name.text, other.name.text, vocabulary) or (
            full and same_name(last, other.name.text, vocabulary)
        )
    pointing = other.speaker in {"he", "she", "they", "it", "who"}
    meant = any(same_name(speech.name.text, n, vocabulary) for n in ground.antecedents)
    return (pointing and meant) or is_named(speech.name.text, other.speaker, vocabulary)


def _owned(speech: Speech, claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether what the claim says as its own is in the text the word of somebody, and not only reported by him.

    `X said that …` is the word of X; `…, X said` after a plain statement tells where the statement is from.
    """
    held = [w for w in text.words if speech.start <= w.start < speech.end]
    shared = sum(any(same_content(a, b, vocabulary) for b in held) for a in claim.words)
    quoted = any(a >= speech.start and b <= speech.end + 1 for a, b in text.quoted)
    reported = speech.plain and not speech.denies and not quoted and speech.start == 0
    return shared * 2 >= len(claim.words) and not reported
