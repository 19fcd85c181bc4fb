"""Details: what of a sentence can be checked against another: figures, moments, names, denials, moods, speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from index.fold import tokenise
from index.lexicon import is_english
from index.nations import CAPITAL, compatriots
from index.quotation import quotations
from qa.figure import find_figures
from qa.moment import find_moments
from qa.names import TITLES, Name, find_names
from qa.speech import find_speech
from qa.synonym import is_past, same_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.fold import Token
    from index.vocabulary import Vocabulary
    from qa.figure import Figure
    from qa.moment import Moment
    from qa.speech import Speech


class Mood(StrEnum):
    """Whether a clause says that something is so."""

    FACT = "fact"
    FUTURE = "future"
    """Will be, is expected or planned to be."""
    POSSIBLE = "possible"
    """May be, is likely."""
    WISH = "wish"
    """Should be, is wanted, asked for, proposed, tried."""
    CONDITION = "condition"
    """If, unless, until."""


_DENIALS = frozenset(
    """
    not no never none nobody nothing neither nor without cannot hardly barely scarcely unlikely unable unwilling
    """.split()
)
_DENYING = re.compile(
    r"(?:refus|reject|den(?:y|ied|ies)|declin|fail|skip|avoid|lack|absen|dismiss|prevent|block|cancel|abandon|scrap|rul(?:e[ds]?|ing)$)"
)
"""Verbs and nouns that say that something is not so; `rule` only with `out`."""
_MOODS = {
    **dict.fromkeys("will shall would gonna".split(), Mood.FUTURE),
    **dict.fromkeys("may might could perhaps possibly maybe probably likely".split(), Mood.POSSIBLE),
    **dict.fromkeys("should must".split(), Mood.WISH),
    **dict.fromkeys("if unless until whether once provided".split(), Mood.CONDITION),
}
_BEFORE_TO = {
    **dict.fromkeys(
        """
        is are was were set due expected anticipated scheduled slated poised about going plan plans planned planning
        intend intends intended aim aims aimed aiming agree agrees agreed vow vows vowed promise promises promised
        """.split(),
        Mood.FUTURE,
    ),
    **dict.fromkeys("appears appear appeared seems seem seemed".split(), Mood.POSSIBLE),
    **dict.fromkeys(
        """
        want wants wanted wanting need needs needed try tries tried trying attempt attempts attempted seek seeks sought
        seeking hope hopes hoped hoping urge urges urged ask asks asked offer offers offered ready willing prepared
        """.split(),
        Mood.WISH,
    ),
}
"""Words that set the mood of what follows when `to` follows them."""
_PLANNED = frozenset(
    "set due expected anticipated scheduled slated poised about going plan plans planned planning".split()
)
"""Of these, words that say no more than that it is to be."""
_APPOINTED = frozenset("planned scheduled due expected slated".split())
_WISHES = frozenset(
    "want wants wanted urge urges urged urging demand demands demanded demanding propose proposes proposed proposing "
    "proposal seek seeks sought seeking".split()
)
_BREAKS = frozenset(
    "and but while although though because as when who whom which where after since so whereas before than".split()
)
_NOUN = re.compile(r"(?:[ts]ions?|ments?|ances?|ences?|als?|ures?)$")
_GAP = re.compile(r"[,;:.!?—–()]|\s-\s")


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a sentence and how its clause puts it."""

    start: int
    """First character in the text."""
    end: int
    """One past the last character."""
    word: str
    """Folded."""
    key: str
    """Its stem: what is compared."""
    denied: bool
    """True behind an odd number of `not`, `without`, `refused to` … in its clause."""
    mood: Mood
    head: bool
    """True for the first content word behind what set mood or denial: the verb, as a rule."""


@dataclass(frozen=True, slots=True)
class Details:
    """The checkable details of a sentence, each with its place in it."""

    text: str
    names: tuple[Name, ...]
    """Weekdays and months left out."""
    moments: tuple[Moment, ...]
    figures: tuple[Figure, ...]
    """Those that are no part of a moment."""
    words: tuple[Word, ...]
    quoted: tuple[tuple[int, int], ...]
    """Spans in double quotation marks, marks included."""

    @property
    def speech(self) -> tuple[Speech, ...]:
        """Who says what in it; read when it is asked for, which is seldom."""
        return find_speech(self.text, self.names)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The places of names, moments and figures, which are compared as such."""
        named, timed = [(n.start, n.end) for n in self.names], [(m.start, m.end) for m in self.moments]
        return named + timed + [(f.start, f.end) for f in self.figures]

    @property
    def denied(self) -> frozenset[str]:
        """Keys of the content words that the sentence denies."""
        return frozenset(word.key for word in self.words if word.denied)


def read_details(text: str, vocabulary: Vocabulary) -> Details:
    """Read the details of one sentence, or of a few.

    Args:
        text: the sentence.
        vocabulary: the corpus's words; it tells names from words that begin sentences.
    """
    moments = find_moments(text)
    taken = [(m.start, m.end) for m in moments]
    tokens = tokenise(text)
    names = tuple(
        name for name in _names(text, tokens, vocabulary) if not any(a < name.end and name.start < b for a, b in taken)
    )
    taken += [(n.start, n.end) for n in names if " " in n.text]
    return Details(
        text,
        names,
        moments,
        find_figures(text, taken),
        tuple(_words(text, tokens)),
        tuple(quotations(text, 0, len(text))),
    )


def denies(text: str, *, plainly: bool = False) -> bool:
    """Tell whether a text denies something: by `not`, `no`, `never`, and unless `plainly` also by a verb: `refused`."""
    tokens = tokenise(text)
    after = [*(t.word for t in tokens[1:]), ""]
    return any(
        _is_denial(t, word) and not (plainly and _DENYING.match(t.word)) for t, word in zip(tokens, after, strict=True)
    )


def name_keys(text: str) -> tuple[str, ...]:
    """Return the keys of the words of a name, titles left out."""
    return tuple(t.key for t in tokenise(text) if t.word not in TITLES and not t.stop)


def same_name(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Tell whether two names can be one: each word of the shorter, in any spelling, is in the longer.

    `Zelenskyy` is `Volodymyr Zelenskiy`, `Ukrainian` is `Ukraine`, and so is `Kyiv`; `Olena Zelenska` is neither.
    """
    a, b = name_keys(one), name_keys(other)
    if not a or not b:
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    words = {t.key: t.word for t in (*tokenise(one), *tokenise(other))}
    return all(any(_alike(key, words[key], key2, vocabulary) for key2 in long) for key in short)


def is_named(name: str, text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the words of a name, in some spelling, stand side by side in a text."""
    having = tokenise(text)
    wanted = [t for t in tokenise(name) if t.key in name_keys(name)]
    runs = zip(*(having[i:] for i in range(len(wanted))), strict=False)
    return bool(wanted) and any(
        all(_alike(t.key, t.word, other.key, vocabulary) for t, other in zip(wanted, run, strict=True)) for run in runs
    )


def same_content(one: Word, other: Word, vocabulary: Vocabulary) -> bool:
    """Tell whether two content words can mean the same: by form, spelling, common use, or as words for one nation.

    What was done (`resigned`) is not said by a noun of it (`the resignation`), which may be only asked for.
    """
    if is_past(one.word) and _NOUN.search(other.word) and not is_past(other.word):
        return False
    return same_word(one.word, other.word) or _alike(one.key, one.word, other.key, vocabulary)


def _alike(key: str, word: str, other: str, vocabulary: Vocabulary) -> bool:
    if key == other or other in vocabulary.spellings(word, key):
        return True
    return compatriots(word).get(other, 0.0) >= CAPITAL


def _names(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Name]:
    """Return the names, and with them a word that begins the text where no text has it small and English has it not."""
    found = find_names(text, vocabulary)
    first = tokens[0] if tokens else None
    if first is None or not first.text[0].isupper() or first.stop or (found and found[0].start <= first.start):
        return found
    entry = vocabulary.entries.get(first.key)
    if (entry is not None and entry.inside) or is_english(first.word):
        return found
    if found and text[first.end : found[0].start] == " ":
        name = found[0]
        return [Name(text[first.start : name.end], first.start, name.end, name.person), *found[1:]]
    return [Name(text[first.start : first.end], first.start, first.end, person=False), *found]


def _words(text: str, tokens: Sequence[Token]) -> list[Word]:
    """Mark each content word with the denials and the mood that stand before it in its clause."""
    found: list[Word] = []
    denials, mood, head, since, last = 0, Mood.FACT, False, 0, 0
    for number, token in enumerate(tokens):
        following = tokens[number + 1].word if number + 1 < len(tokens) else ""
        if _GAP.search(text, last, token.start) or token.word in _BREAKS or (token.word == "that" and since >= 2):
            carried = token.word == "and" and _goes_on(tokens[number + 1 : number + 2])
            denials, mood, head, since = 0, mood if carried else Mood.FACT, False, 0
        last = token.end
        own = _mood(token, following)
        denial = _is_denial(token, following)
        if not token.stop and own is None and token.word not in _DENIALS:
            shown = Word(token.start, token.end, token.word, token.key, bool(denials % 2), mood, head)
            found.append(shown)
            head = head and token.word.endswith("ly")
            since += 1
        elif own is not None and not token.stop and token.word not in {*_DENIALS, *_MOODS, *_PLANNED}:
            found.append(Word(token.start, token.end, token.word, token.key, bool(denials % 2), mood, head))
        if own is not None:
            mood, head, since = own, True, 0
            denials = 0 if own is Mood.CONDITION else denials
        if denial:
            denials, head, since = denials + 1, True, 0
    return found


def _goes_on(following: Sequence[Token]) -> bool:
    """Tell whether `and` joins a second verb to the first: `wants to show operas and lower prices`."""
    return any(t.text[0].islower() and not t.stop and not is_past(t.word) for t in following)


def _mood(token: Token, following: str) -> Mood | None:
    word = token.word
    if word == "may" and token.text[0].isupper() and token.start:
        return None
    if word.endswith("'ll") or token.text.lower().endswith("’ll"):
        return Mood.FUTURE
    wishing = word in _WISHES or (token.key == "call" and following in {"for", "on"})
    if wishing or (following == "for" and word in {"ready", "prepared"}):
        return Mood.WISH
    if following in {"for", "on", "in", "at", "by"} and word in _APPOINTED:
        return Mood.FUTURE
    return _MOODS.get(word) or (_BEFORE_TO.get(word) if following == "to" else None)


def _is_denial(token: Token, following: str) -> bool:
    word = token.word
    if word in _DENIALS:
        return following != "only"
    if word.endswith("n't") or token.text.lower().endswith("n’t"):
        return True
    return bool(_DENYING.match(word)) and (not word.startswith("rul") or following == "out")
