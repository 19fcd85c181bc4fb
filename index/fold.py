"""Folding: the form in which words are compared, with case, diacritics, script, possessives and endings taken away."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer
from anyascii import anyascii

_ACCENTS = "[\u0300-\u036f]"
WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}(?:['’]s\b)?|\d+(?:[.,:]\d+)+|[^\W_]+(?:(?:['’]|{_ACCENTS}+['’]?)[^\W_]+)*{_ACCENTS}*"
)
"""A word as it is written: an abbreviation with dots, a number with its marks, or letters with apostrophes."""
_POSSESSIVE = re.compile(r"['’]s?$|['’]s$")

STOP = frozenset(
    """
    a about after again all also although am an and any are aren't as at be because been before being between both
    but by can can't cannot could couldn't did didn't do does doesn't doing don't during each few for from further
    had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him himself his how i i'd
    i'll i'm i've if in into is isn't it it's its itself just let's me more most much my myself no nor not now of
    off on once only or other our ours ourselves out over own same shall she she'd she'll she's should shouldn't so
    some such than that that's the their theirs them themselves then there there's these they they'd they'll they're
    they've this those through to too under until up upon very was wasn't we we'd we'll we're we've were weren't
    what what's when where which while who who's whom whose why will with won't would wouldn't you you'd you'll
    you're you've your yours yourself yourselves
    """.split()
)
"""Function words of English that carry no topic (the classic van Rijsbergen-style list, with contractions)."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text."""

    start: int
    """First character in the text it was read from."""
    end: int
    """One past the last character."""
    text: str
    """The word as written."""
    word: str
    """The word folded: lower case, plain ASCII letters, no possessive."""
    key: str
    """The folded word without its English ending: what is compared and indexed."""

    @property
    def stop(self) -> bool:
        """True for a function word; a capitalised `US` is none."""
        return self.word in STOP


def tokenise(text: str) -> list[Token]:
    """Split a text into its words, in order, function words included."""
    found = []
    for match in WORD.finditer(text):
        word = fold(match[0])
        if word:
            found.append(Token(match.start(), match.end(), match[0], word, stem(word)))
    return found


def keys(text: str) -> list[str]:
    """Return the folded stems of the words of a text without function words: the terms of a BM25 document."""
    words = [word for word in map(fold, WORD.findall(text)) if word and word not in STOP]
    return [stem(word) for word in words]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Fold one word: `Erdoğan’s` and `ERDOGAN` become `erdogan`, `U.S.` becomes `us`, `Зеленский` `zelenskiy`."""
    word = word.replace("’", "'")
    if "." in word and word[0].isalpha():
        word = word.replace(".", "")
    word = unicodedata.normalize("NFKC", word).casefold()
    if word not in STOP:
        word = _POSSESSIVE.sub("", word)
    return word if word.isascii() else re.sub(r"[^a-z0-9]", "", anyascii(word).lower())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Take the English ending off a folded word (Porter2, by Snowball)."""
    stemmed: str = _snowball().stemWord(word)
    return stemmed


def plain(text: str) -> str:
    """Fold a whole text for a search of substrings: lower case, ASCII letters, straight quotation marks."""
    return anyascii(unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=1)
def _snowball() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
