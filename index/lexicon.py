"""The lexicon: words that English texts use, so that `mayor` is not taken for a misspelling of `major`."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from index.fold import STOP

TOKENIZER = Path(__file__).parent / "models" / "minilm" / "tokenizer.json"
"""The embedder's word pieces: the 20,000 or so whole words among them are the most frequent ones of English."""

RARE = 12_000
"""Rank by frequency, from 0, from which on a word is rare."""


FORMED = 4
"""Letters of the shortest word that has forms here: of shorter ones too many slips would be forms."""
_ENDINGS = re.compile(r"(?P<base>[a-z]+?)(?P<double>([bdgklmnprt])\3)?(?:ed|ing|ers?|e?s)")


def is_english(word: str) -> bool:
    """Tell whether a folded word is a frequent word or name of English."""
    return word in _words()


def is_formed(word: str) -> bool:
    """Tell whether a folded word is a regular form of a frequent English word: `chatted`, `slighted`, `envoys`."""
    return any(_words().get(base, RARE) < RARE for base in _bases(word) if len(base) >= FORMED)


def is_rare(word: str) -> bool:
    """Tell whether a folded word is no frequent one, though English texts use it: `wat`, `wen`."""
    return _words().get(word, RARE) >= RARE


@lru_cache(maxsize=4096)
def english_for(word: str) -> str | None:
    """Return the function word, else the most frequent English word, that a folded word is one slip away from.

    One that begins alike goes first, and of function words the longest: a letter is more often left out than added.
    None for words of less than three letters, which are near too many, and where nothing is near.
    """
    if len(word) < 3:
        return None
    for words in (sorted(STOP, key=lambda w: (-len(w), w)), _words()):
        near = [w for w in words if abs(len(w) - len(word)) <= 1 and w[0] in word[:2]]
        found = [w for w in near if OSA.distance(w, word, score_cutoff=1) <= 1]
        if found:
            return min(found, key=lambda w: w[0] != word[0])
    return None


def _bases(word: str) -> set[str]:
    """Return what a word would be without its ending: `chat` for `chatted`, `face` and `fac` for `facing`."""
    found = _ENDINGS.fullmatch(word)
    if found is None:
        return set()
    base = found["base"] + (found["double"] or "")
    return {base, f"{base}e", found["base"] + found["double"][0]} if found["double"] else {base, f"{base}e"}


@cache
def _words() -> dict[str, int]:
    """Return the words with their ranks, in the order of their frequency, which is that of the file."""
    pieces: dict[str, int] = json.loads(TOKENIZER.read_text("utf-8"))["model"]["vocab"]
    ordered = sorted(pieces, key=lambda piece: pieces[piece])
    words = (piece for piece in ordered if piece.isalpha() and len(piece) > 1)
    return {word: rank for rank, word in enumerate(words)}
