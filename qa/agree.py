"""Agreement: whether the details of a written sentence are those of one sentence of evidence. A doubt means no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.fold import plain, tokenise
from qa.chain import hangs_together
from qa.credit import PUBLISHED, same_speakers
from qa.detail import is_named, name_keys, same_content, same_name
from qa.figure import Figure, says_figure
from qa.moment import Moment, says_moment
from qa.names import Name
from qa.roles import contradicts_roles
from qa.stance import denial_differs, mood_differs
from qa.synonym import same_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.vocabulary import Vocabulary
    from qa.detail import Details, Word
    from qa.ground import Ground

    _Detail = Name | Figure | Moment

_POINTING = re.compile(r"(?i)\b(?:he|she|they|it|his|her|their|its|him|them|who)\b")
_TAKE_PLACE = re.compile(r"(?i)\b(?:takes?|took|taken|taking) place\b")
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
    checks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("figure", lambda: all(_figure_held(f, claim, text, vocabulary) for f in claim.figures)),
        ("quantity", lambda: _same_quantity(claim, text, vocabulary)),
        ("date", lambda: all(any(says_moment(m, c) for m in text.moments) for c in claim.moments)),
        ("name", lambda: all(_name_held(n, claim, ground, vocabulary) for n in claim.names)),
        ("binding", lambda: not _crossed(claim, text, vocabulary)),
        ("speaker", lambda: same_speakers(claim, ground, vocabulary)),
        ("denial", lambda: not denial_differs(claim, text, vocabulary)),
        ("mood", lambda: not mood_differs(claim, text, vocabulary)),
        ("order", lambda: hangs_together(claim, text, vocabulary)),
        ("roles", lambda: not contradicts_roles(claim, text, ground.lead, vocabulary)),
    )
    return next((name for name, holds in checks if not holds()), None)


def lacking(claim: Details, ground: Ground, vocabulary: Vocabulary) -> list[Word]:
    """Return the content words of a claim for which the evidence has neither the word nor one that means the same."""
    words = [w for w in claim.words if not (_in_saying(w, claim) or _figured(w, claim) or _is_light(w, claim))]
    return [w for w in words if not any(same_content(w, other, vocabulary) for other in ground.details.words)]


def names_only(claim: Details) -> bool:
    """Tell whether a claim is nothing but names, figures and moments: `Rustem Umerov` states nothing."""
    return bool(claim.words) and all(_figured(word, claim) for word in claim.words)


def _is_light(word: Word, claim: Details) -> bool:
    """Tell whether a word only serves another: the bound of a figure (`roughly 900`), `take place`."""
    if any(f.bound and word.end <= f.start <= word.end + 12 for f in claim.figures):
        return True
    around = claim.text[max(0, word.start - 8) : word.end + 7]
    return word.key in {"take", "taken", "took", "place"} and bool(_TAKE_PLACE.search(around))


def _figured(word: Word, claim: Details) -> bool:
    """Tell whether a word is a part of a figure, moment or name, which are compared as such."""
    return any(a <= word.start < b for a, b in claim.spans)


def _in_saying(word: Word, claim: Details) -> bool:
    return any(word.word in speech.verb.split() for speech in claim.speech)


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
        if not words or any(same_content(counted[0], word, vocabulary) for word in words):
            return True
    return False


def _same_quantity(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether the claim neither says `all` on its own nor leaves out that the text speaks of a share only."""
    added = {t.word for t in tokenise(claim.text)} - {t.word for t in tokenise(text.text)}
    return _QUANTITY.isdisjoint(added) and not _share_left_out(claim, text, vocabulary)


def _share_left_out(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether the text says something of a share only (`one-fifth of the land`) and the claim of the whole."""
    for figure in text.figures:
        if (figure.value >= 1 and figure.unit != "%") or any(says_figure(figure, f) for f in claim.figures):
            continue
        of = re.match(r"\s+of\b", text.text[figure.end :])
        words = _counted(figure, text)
        if of and words and any(same_content(w, words[-1], vocabulary) for w in claim.words):
            return True
    return False


def _counted(figure: Figure, details: Details) -> list[Word]:
    return [w for w in details.words if figure.end <= w.start < figure.end + 60 and w.key in figure.counted]


def _name_held(name: Name, claim: Details, ground: Ground, vocabulary: Vocabulary) -> bool:
    """Tell whether a name is in the evidence: in its words, or, where it has a pronoun, in those before it."""
    text = ground.details
    if PUBLISHED.match(name.text) or (ground.outlet and same_name(name.text, ground.outlet, vocabulary)):
        return True
    if is_named(name.text, text.text, vocabulary):
        return True
    keys = name_keys(name.text)
    if not keys:
        return all(any(same_word(t.word, w.word) for w in text.words) for t in tokenise(name.text))
    last = name.text.split()[-1]
    full = plain(name.text) in ground.article
    if full and len(keys) > 1 and is_named(last, text.text, vocabulary):
        return True
    if _POINTING.search(text.text) and any(same_name(name.text, n, vocabulary) for n in ground.antecedents):
        return True
    following = re.match(r"\s\w+", claim.text[name.end :])
    noun = following[0].lower() if following else ""
    return bool(noun) and f"the{noun}" in plain(text.text) and plain(name.text + noun) in plain(ground.lead)


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


def _anchors(details: Details) -> Iterator[tuple[str, _Detail]]:
    yield from (("name", n) for n in details.names)
    yield from (("figure", f) for f in details.figures)
    yield from (("moment", m) for m in details.moments)


def _agree(text: _Detail, claim: _Detail, vocabulary: Vocabulary) -> bool:
    if isinstance(text, Name) and isinstance(claim, Name):
        return same_name(text.text, claim.text, vocabulary)
    if isinstance(text, Figure) and isinstance(claim, Figure):
        return says_figure(text, claim)
    return isinstance(text, Moment) and isinstance(claim, Moment) and says_moment(text, claim)


def _distance(text: Details, one: _Detail, other: _Detail) -> int:
    low, high = (one.end, other.start) if one.start < other.start else (other.end, one.start)
    between = text.text[low:high]
    return len(between.split()) + COMMA * between.count(",") + JOINT * len(_JOINT.findall(between))
