"""Agreement: whether the details of a written sentence are those of one sentence of evidence. A doubt means no."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.fold import plain, tokenise
from index.nations import CAPITAL, compatriots
from qa.chain import hangs_together
from qa.detail import Mood, name_keys, same_name
from qa.figure import says_figure
from qa.moment import says_moment
from qa.roles import contradicts_roles
from qa.wording import same_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.fold import Token
    from index.vocabulary import Vocabulary
    from qa.detail import Details, Word
    from qa.figure import Figure
    from qa.ground import Ground
    from qa.moment import Moment
    from qa.names import Name
    from qa.speech import Speech

_POINTING = re.compile(r"(?i)\b(?:he|she|they|it|his|her|their|its|him|them|who)\b")
_PUBLISHED = re.compile(r"(?i)^(?:the )?(?:articles?|reports?|sources?|newspaper|outlet|evidence|text|passage)$")
_IF = re.compile(r"(?i)\b(?:if|unless|provided that|as long as|on condition that|in case)\b(?! only\b)")
_QUANTITY = frozenset("all every each always only entire whole most none both many several few everybody".split())
"""Words of quantity, which must be in the evidence as they are."""
_JOINT = re.compile(r"[;:—–]|\b(?:and|but|while|whereas|because|although|though)\b")
COMMA, JOINT = 3, 10
"""Words that a comma, and a conjunction, count for in the distance of two details."""


def disagreement(claim: Details, ground: Ground, vocabulary: Vocabulary) -> str | None:
    """Return which detail of a claim the evidence does not hold, or None where all agree.

    Args:
        claim: the sentence that is checked.
        ground: the evidence.
        vocabulary: the corpus's words and their spellings.
    """
    text = ground.details
    checks = (
        ("figure", lambda: all(_figure_held(f, claim, text, vocabulary) for f in claim.figures)),
        ("share", lambda: not _share_left_out(claim, text, vocabulary) and _QUANTITY.isdisjoint(_unheld(claim, text))),
        ("date", lambda: all(any(says_moment(m, c) for m in text.moments) for c in claim.moments)),
        ("name", lambda: all(_name_held(n, claim, ground, vocabulary) for n in claim.names)),
        ("binding", lambda: not _crossed(claim, text, vocabulary)),
        ("speaker", lambda: _speech_held(claim, ground, vocabulary)),
        ("denial", lambda: not _denial_differs(claim, text, vocabulary)),
        ("mood", lambda: not _mood_differs(claim, text, vocabulary)),
        ("order", lambda: hangs_together(claim, text, vocabulary)),
        ("roles", lambda: not contradicts_roles(claim, text, ground.lead, vocabulary)),
    )
    return next((name for name, holds in checks if not holds()), None)


def lacking(claim: Details, ground: Ground, vocabulary: Vocabulary) -> list[Word]:
    """Return the content words of a claim for which the evidence has neither the word nor one that means the same."""
    words = [w for w in claim.words if not (_in_saying(w, claim) or _figured(w, claim) or _is_light(w, claim))]
    return [w for w in words if not any(_same(w, other, vocabulary) for other in ground.details.words)]


def _is_light(word: Word, claim: Details) -> bool:
    """Tell whether a word only serves another: the bound of a figure (`roughly 900`), `take place`."""
    if any(f.bound and word.end <= f.start <= word.end + 12 for f in claim.figures):
        return True
    around = claim.text[max(0, word.start - 8) : word.end + 7]
    return bool(re.search(r"(?i)\b(?:takes?|took|taken|taking) place\b", around)) and word.key in {
        "take",
        "taken",
        "took",
        "place",
    }


def _figured(word: Word, claim: Details) -> bool:
    """Tell whether a word is a part of a figure, moment or name, which are compared as such."""
    spans = [(x.start, x.end) for x in (*claim.figures, *claim.moments, *claim.names)]
    return any(a <= word.start < b for a, b in spans)


def _in_saying(word: Word, claim: Details) -> bool:
    return any(word.word in speech.verb.split() for speech in claim.speech)


def _same(one: Word, other: Word, vocabulary: Vocabulary) -> bool:
    if one.key == other.key or same_word(one.word, other.word):
        return True
    return other.key in vocabulary.spellings(one.word, one.key) or compatriots(one.word).get(other.key, 0.0) >= CAPITAL


def _figure_held(figure: Figure, claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether the text has a figure, for the same thing where it says what it counts."""
    held = [f for f in text.figures if says_figure(f, figure)]
    if not held:
        return False
    counted = _counted(figure, claim)
    if not counted:
        return True
    for other in held:
        words = _counted(other, text)
        if not words or any(_same(counted[0], word, vocabulary) for word in words):
            return True
    return False


def _unheld(claim: Details, text: Details) -> set[str]:
    return {t.word for t in tokenise(claim.text)} - {t.word for t in tokenise(text.text)}


def _share_left_out(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether the text says something of a share only (`one-fifth of the land`) and the claim of the whole."""
    for figure in text.figures:
        if figure.value >= 1 and figure.unit != "%" or any(says_figure(figure, f) for f in claim.figures):
            continue
        of = re.match(r"\s+of\b", text.text[figure.end :])
        words = _counted(figure, text)
        if of and words and any(_same(w, words[-1], vocabulary) for w in claim.words):
            return True
    return False


def _counted(figure: Figure, details: Details) -> list[Word]:
    return [w for w in details.words if figure.end <= w.start < figure.end + 60 and w.key in figure.counted]


def _name_held(name: Name, claim: Details, ground: Ground, vocabulary: Vocabulary) -> bool:
    """Tell whether a name is in the evidence: in its words, or, where it has a pronoun, in those before it."""
    text = ground.details
    if _PUBLISHED.match(name.text) or (ground.outlet and same_name(name.text, ground.outlet, vocabulary)):
        return True
    if _named(name.text, text.text, vocabulary):
        return True
    keys = name_keys(name.text)
    if not keys:
        return all(any(same_word(t.word, w.word) for w in text.words) for t in tokenise(name.text))
    last = name.text.split()[-1]
    full = plain(name.text) in ground.article
    if full and len(keys) > 1 and _named(last, text.text, vocabulary):
        return True
    if _POINTING.search(text.text) and any(same_name(name.text, n, vocabulary) for n in ground.antecedents):
        return True
    following = re.match(r"\s\w+", claim.text[name.end :])
    noun = following[0].lower() if following else ""
    return bool(noun) and f"the{noun}" in plain(text.text) and plain(name.text + noun) in plain(ground.lead)


def _named(name: str, text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the words of a name, in some spelling, stand side by side in a text."""
    having = tokenise(text)
    wanted = [t for t in tokenise(name) if t.key in name_keys(name)]

    def fits(token: Token, other: Token) -> bool:
        if token.key == other.key or other.key in vocabulary.spellings(token.word, token.key):
            return True
        return compatriots(token.word).get(other.key, 0.0) >= CAPITAL

    runs = zip(*(having[i:] for i in range(len(wanted))), strict=False)
    return bool(wanted) and any(all(map(fits, wanted, run)) for run in runs)


def _crossed(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether two details that the claim joins are each joined to another one of its kind in the text.

    `Three died in Kharkiv and five in Odesa` joins five to Odesa, so it does not say that five died in Kharkiv.
    """
    own, having = list(_anchors(claim)), list(_anchors(text))
    for i, (kind, a) in enumerate(own):
        for other_kind, b in own[i + 1 :]:
            if kind == other_kind or _JOINT.search(claim.text, *sorted((a.start, b.start))):
                continue
            same_a = [x for k, x in having if k == kind and _agree(x, a, vocabulary)]
            same_b = [x for k, x in having if k == other_kind and _agree(x, b, vocabulary)]
            if not same_a or not same_b:
                continue
            near = min(_distance(text, x, y) for x in same_a for y in same_b)
            if near < JOINT:
                continue
            rivals = [x for k, x in having if k == kind and x not in same_a]
            counters = [y for k, y in having if k == other_kind and y not in same_b]
            rival = any(_distance(text, x, y) < JOINT for x in rivals for y in same_b)
            if rival and any(_distance(text, x, y) < JOINT for x in same_a for y in counters):
                return True
    return False


Anchor = "Name | Figure | Moment"


def _anchors(details: Details) -> Iterator[tuple[str, Name | Figure | Moment]]:
    yield from (("name", n) for n in details.names)
    yield from (("figure", f) for f in details.figures)
    yield from (("moment", m) for m in details.moments)


def _agree(text: Name | Figure | Moment, claim: Name | Figure | Moment, vocabulary: Vocabulary) -> bool:
    from qa.figure import Figure
    from qa.moment import Moment
    from qa.names import Name

    if isinstance(text, Name) and isinstance(claim, Name):
        return same_name(text.text, claim.text, vocabulary)
    if isinstance(text, Figure) and isinstance(claim, Figure):
        return says_figure(text, claim)
    return isinstance(text, Moment) and isinstance(claim, Moment) and says_moment(text, claim)


def _distance(text: Details, one: Name | Figure | Moment, other: Name | Figure | Moment) -> int:
    low, high = (one.end, other.start) if one.start < other.start else (other.end, one.start)
    between = text.text[low:high]
    return len(between.split()) + COMMA * between.count(",") + JOINT * len(_JOINT.findall(between))


def _speech_held(claim: Details, ground: Ground, vocabulary: Vocabulary) -> bool:
    """Tell whether what the claim lays into mouths is laid into the same ones, and what it does not is said plainly."""
    text = ground.details
    for said in claim.speech:
        speech = _with_name(said, claim)
        if _PUBLISHED.match(speech.speaker) or (ground.outlet and same_name(speech.speaker, ground.outlet, vocabulary)):
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
    shared = sum(any(_same(a, b, vocabulary) for b in held) for a in said)
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
    return (pointing and meant) or _named(speech.name.text, other.speaker, vocabulary)


def _owned(speech: Speech, claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether what the claim says as its own is said in the text by somebody whose word it is only."""
    held = [w for w in text.words if speech.start <= w.start < speech.end]
    shared = sum(any(_same(a, b, vocabulary) for b in held) for a in claim.words)
    quoted = any(a >= speech.start and b <= speech.end + 1 for a, b in text.quoted)
    return shared * 2 >= len(claim.words) and (not speech.plain or speech.denies or quoted)


def _denial_differs(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether what one denies is not denied in the other: by the verb behind the denial, else by what follows."""
    named = [(n.start, n.end) for n in claim.names]
    held = False
    for word in claim.words:
        same = [w for w in text.words if _same(word, w, vocabulary)]
        if not same:
            continue
        agrees = any(w.denied == word.denied for w in same)
        held = held or (word.denied and agrees)
        is_name = any(a <= word.start < b for a, b in named)
        if not agrees and ((not is_name and (word.head or any(w.head for w in same))) or not claim.denied):
            return True
    return bool(claim.denied) and (not held or _narrower(claim, text, vocabulary))


def _narrower(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether the text denies less than the claim: `no layoffs in Norway` is not `no layoffs`."""
    denied = [w for w in text.words if w.denied]
    if not re.search(r"(?i)\b(?:no|none|nobody|nothing|never|nowhere|any|neither)\b", claim.text):
        return False
    if not any(w.denied and any(_same(w, d, vocabulary) for d in denied) for w in claim.words):
        return False
    spans = [(n.start, n.end) for n in (*text.names, *text.moments, *text.figures)]
    both = [d.start for d in denied if any(_same(w, d, vocabulary) for w in claim.words)]
    narrowing = [
        d for d in denied if any(a <= d.start < b for a, b in spans) or any(d.end < at < d.end + 30 for at in both)
    ]
    return any(not any(_same(w, d, vocabulary) for w in claim.words) for d in narrowing)


def _mood_differs(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether a verb that both have is a fact in one and a plan, a wish or a condition in the other.

    What the text says under a condition is not said by a claim without one.
    """
    if _IF.search(text.text) and not _IF.search(claim.text):
        return True
    differs = agrees = 0
    for word in claim.words:
        same = [w for w in text.words if _same(word, w, vocabulary)]
        if not same or any(n.start <= word.start < n.end for n in claim.names):
            continue
        ok = any(_moods_agree(word.mood, w.mood) for w in same)
        decides = word.head or any(w.head for w in same) or Mood.CONDITION in {word.mood, *(w.mood for w in same)}
        if not ok and decides:
            return True
        differs += not ok
        agrees += ok
    return differs > agrees


def _moods_agree(claim: Mood, text: Mood) -> bool:
    return claim is text or (claim is Mood.POSSIBLE and text is Mood.FUTURE)
