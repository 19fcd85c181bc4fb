"""Questions: the words that matter, how rare each is, how the corpus spells them, what kind of answer is asked for."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from index.errors import QuestionError
from index.fold import STOP, fold, stem, tokenise
from index.lexicon import english_for, is_english, is_formed, is_rare
from index.nations import compatriots
from index.vocabulary import LIKE_GIVEN, MIN_CHARS
from qa.kind import AUXILIARIES, GENERIC, Kind, asks_many, names_kind, read_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.fold import Token
    from index.vocabulary import Vocabulary

MAX_CHARS = 2000
"""A longer question is refused with a sentence: nobody asks it, and it costs time."""
LONG = 6
"""Letters from which on a slip tells what was meant, though the articles have no such word."""
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f'’-]+")
"""A word of other letters is no misspelt English word."""
_BEGIN = frozenset("what which who whom whose when where why how".split())
_WHERE = re.compile(
    r"(?i)^(\W*(?:(?:and|but|so)\s+)?)(w)ere(?=\s+(?:is|are|was|do|does|did|has|have|had|will|would|can)\b)"
)
"""`Were did he stop?`: before another verb it is no verb."""
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What colours a terminal or moves its cursor."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]")
_VERB = rf"(?:{AUXILIARIES})\b"
_KIND_OF_THING = re.compile(
    rf"(?i:^\W*(?:(?:and|but|so|then)\s+)?(?:\w+\s+)?(?:what|which))\s+(?!{_VERB})"
    rf"(?:(?P<whole>(?:[\w’'-]+\s+){{0,3}}?[\w’'-]+)(?=\s+{_VERB})|(?P<first>(?:[A-Z][\w’'-]+\s+)?[a-z][\w’'-]+))"
)

_BEGINS = re.compile(r"(?:^|[.?!:]\s)\W*$")
"""Before the first word of a sentence, where a capital says nothing."""
_TO_US = re.compile(r"(?i)\b(?:tell|give|show|let|teach|remind|inform|help) $")
"""Before `us` it is whoever asks, not a country."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question that carries topic."""

    text: str
    """As the user wrote it."""
    key: str
    """The folded stem."""
    weight: float
    """Rareness in [0, 1] times how much it says: 1 for a word that at most one chunk holds, near 0 for one in all."""
    spellings: dict[str, float]
    """The corpus's keys that stand for it, with likeness in (0, 1]; empty when the corpus has nothing like it."""
    name: bool
    """True for a word that the user or the corpus writes as a name."""
    position: int
    """Which word of the question it is, from 0: names of several words stand side by side."""
    generic: bool
    """True for a word that says how to answer rather than what about (see `qa.kind.GENERIC`)."""
    asked: bool = False
    """True for a word that names the kind of thing asked for, as `Gulf country` in `Which Gulf country was he in?`."""

    @property
    def missing(self) -> bool:
        """True when it is about something and nothing in the corpus stands for it.

        What is asked for need not be called so in the articles: they say `Qatar`, not `Gulf country`.
        """
        return not self.spellings and not self.generic and not self.asked


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read against a corpus."""

    text: str
    """As asked, with misspelt words as the articles spell them."""
    kind: Kind
    many: bool
    """Whether several things, or what several sources say, are asked for."""
    terms: tuple[Term, ...]
    """In the order of the question, each key once."""


def read_question(text: str, vocabulary: Vocabulary) -> Question:
    """Read a question that is already clean (see `clean`) against the words of a corpus."""
    shouted = text.isupper() or text.istitle()
    text = _WHERE.sub(r"\1\2here", text)
    asked = _asked_for(text)
    terms: dict[str, Term] = {}
    corrections: list[tuple[Token, str]] = []
    tokens = tokenise(text)
    for i, token in enumerate(tokens):
        if token.stop or token.key in terms or (token.text == "us" and _TO_US.search(text[: token.start])):
            continue
        spellings = _spellings(token, tokens[i + 1 : i + 2], vocabulary)
        nation = _nation(token, vocabulary)
        if not spellings and not nation and (not is_english(token.word) or is_rare(token.word)):
            meant = _slip(token, i, vocabulary)
            if meant:
                corrections.append((token, meant.capitalize() if token.text[0].isupper() else meant))
                key = stem(meant)
                spellings = {} if meant in STOP else vocabulary.spellings(meant, key)
                if spellings and key not in terms:
                    slip = replace(token, word=meant, key=key)
                    terms[key] = _term(slip, i, spellings, vocabulary, capital=False)
                continue
            # whatever was meant, a slip of the finger is no subject that the articles lack
            if token.text.islower() and not is_english(token.word):
                continue
        if spellings and (token.key not in spellings or _misspelt_name(token, vocabulary)):
            corrections.append((token, _surface(token, spellings, vocabulary)))
        elif form := _misformed(token, vocabulary):
            corrections.append((token, form))
        capital = token.text[0].isupper() and not _BEGINS.search(text[: token.start]) and not shouted
        term = _term(token, i, nation | spellings, vocabulary, capital=capital)
        terms[token.key] = replace(term, asked=token.start in asked)
    for token, surface in reversed(corrections):
        text = text[: token.start] + surface + text[token.start + len(token.text.removesuffix("'s")) :]
    return Question(text, read_kind(text), asks_many(text), tuple(terms.values()))


def _spellings(token: Token, after: Sequence[Token], vocabulary: Vocabulary) -> dict[str, float]:
    """Return the keys of the articles that stand for a word; `crimes` is no slip for Crimea."""
    found = vocabulary.spellings(token.word, token.key) or _given_name(token, after, vocabulary)
    common = token.text.islower() and is_english(token.word) and not is_rare(token.word)
    return {} if common and token.key not in found else found


def _slip(token: Token, position: int, vocabulary: Vocabulary) -> str | None:
    """Return the word that was meant by one that neither the articles nor English has, or a rare one that begins.

    That is a function word or one of the articles' words; another word would only be one more that they lack.
    """
    meant = english_for(token.word) if _LATIN.fullmatch(token.text) else None
    if meant is None or is_english(token.word):
        return meant if meant in _BEGIN else None
    if stem(meant) == token.key or is_formed(token.word):  # another form of a word that the articles lack
        return None
    if token.text.islower():
        known = meant in STOP or meant in GENERIC or bool(vocabulary.spellings(meant, stem(meant)))
        return meant if known or len(meant) >= LONG else None
    return meant if position == 0 and meant in STOP else None


def _misspelt_name(token: Token, vocabulary: Vocabulary) -> bool:
    """Tell whether a word differs from a name of the articles in what the stem hides: `medinski` for `Medinsky`."""
    entry = vocabulary.entries.get(token.key)
    if entry is None or not entry.name or is_english(token.word) or token.word.endswith("s"):
        return False
    return len(fold(entry.surface)) == len(token.word) and fold(entry.surface) != token.word


def _misformed(token: Token, vocabulary: Vocabulary) -> str | None:
    """Return the word of the articles that was meant by one that only shares a stem with another: `metting`."""
    entry = vocabulary.entries.get(token.key)
    if entry is None or not token.text.islower() or is_english(token.word) or fold(entry.surface) == token.word:
        return None
    meant = english_for(token.word)
    other = meant is not None and stem(meant) != token.key and bool(vocabulary.spellings(meant, stem(meant)))
    return meant if other else None


def _given_name(token: Token, after: Sequence[Token], vocabulary: Vocabulary) -> dict[str, float]:
    """Return the given name that the articles write before a surname, where a word before it is nearly that."""
    if not after or len(token.word) < MIN_CHARS:
        return {}
    surnames = vocabulary.spellings(after[0].word, after[0].key)
    given = {key for surname in surnames for key in vocabulary.entries[surname].before if key in vocabulary.entries}
    likeness = {key: JaroWinkler.similarity(token.word, fold(vocabulary.entries[key].surface)) for key in given}
    best = max(likeness, key=lambda key: (likeness[key], key), default=None)
    return {best: round(likeness[best], 3)} if best and likeness[best] >= LIKE_GIVEN else {}


def clean(text: str) -> str:
    """Return the question with control characters and runs of white space made single spaces.

    Raises:
        QuestionError: nothing is left, or it is too long.
    """
    if not isinstance(text, str):
        raise QuestionError(f"The question is {type(text).__name__}, not text; give the question as a string.")
    if len(text) > MAX_CHARS:
        raise QuestionError(f"The question has {len(text):,} characters; ask in at most {MAX_CHARS:,}.")
    bare = " ".join(_CONTROL.sub(" ", _ESCAPE.sub(" ", unicodedata.normalize("NFC", text))).split())
    if not any(c.isalnum() for c in bare):
        raise QuestionError("The question is empty; ask something about the articles.")
    return bare


def _asked_for(text: str) -> range:
    """Return the characters that name the kind of thing asked for: up to a verb that can be told by its form alone.

    A name is among them only before a kind of person or place: `which Nvidia deals` is about Nvidia.
    """
    if not (found := _KIND_OF_THING.search(text)):
        return range(0)
    words = "whole" if found["whole"] else "first"
    start = found.start(words)
    if not names_kind(found[words]) and (capital := re.search(r"\b[A-Z]", found[words])):
        return range(start, start + capital.start())
    return range(start, found.end())


def _nation(token: Token, vocabulary: Vocabulary) -> dict[str, float]:
    """Return the other words of the corpus for the nation that a word names; `us` in small letters is a pronoun."""
    others = {} if token.text == "us" else compatriots(token.word)
    return {key: likeness for key, likeness in others.items() if key in vocabulary.entries}


def _term(token: Token, position: int, spellings: dict[str, float], vocabulary: Vocabulary, *, capital: bool) -> Term:
    known = next((vocabulary.entries[key] for key in spellings), None)
    name = (capital or bool(known and known.name)) and not token.text[0].isdigit()
    generic = token.word in GENERIC and not capital
    passages = max((vocabulary.entries[key].passages for key in spellings), default=0)
    weight = _rareness(passages, vocabulary.passages) * (GENERIC[token.word] if generic else 1.0)
    return Term(token.text, token.key, weight, spellings, name, position, generic)


def _surface(token: Token, spellings: dict[str, float], vocabulary: Vocabulary) -> str:
    """Return the word that was meant as the articles write it, or the word itself where only its ending is like it."""
    entry = vocabulary.entries[max(spellings, key=lambda key: (spellings[key], key))]
    surface = re.sub(r"['’]s?$", "", entry.surface)
    near = DamerauLevenshtein.distance(token.word, fold(surface)) <= 3
    return (surface if entry.name else surface.lower()) if near else token.text


def _rareness(passages: int, total: int) -> float:
    """Return the inverse document frequency scaled to [0, 1] (Robertson's, with the usual half counts)."""
    top = math.log(1 + (total + 0.5) / 0.5)
    return max(0.05, math.log(1 + (total - passages + 0.5) / (passages + 0.5)) / top)
