"""The lexicon: words that English texts use, so that `mayor` is not taken for a misspelling of `major`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

from index.fold import STOP

TOKENIZER = Path(__file__).parent / "models" / "minilm" / "tokenizer.json"
"""The embedder's word pieces: the 20,000 or so whole words among them are the most frequent ones of English."""


def is_english(word: str) -> bool:
    """Tell whether a folded word is a frequent word or name of English."""
    return word in _words()


def english_for(word: str) -> str | None:
    """Return the function word, else the most frequent English word, that a folded word is one slip away from.

    None for words of less than three letters, which are near too many, and where nothing is near.
    """
    if len(word) < 3:
        return None
    for words in (sorted(STOP), _words()):
        near = (w for w in words if abs(len(w) - len(word)) <= 1 and w[0] in word[:2])
        found = next((w for w in near if OSA.distance(w, word, score_cutoff=1) <= 1), None)
        if found:
            return found
    return None


@cache
def _words() -> dict[str, None]:
    """Return the words in the order of their frequency, which is that of the file."""
    pieces: dict[str, int] = json.loads(TOKENIZER.read_text("utf-8"))["model"]["vocab"]
    ordered = sorted(pieces, key=lambda piece: pieces[piece])
    return dict.fromkeys(piece for piece in ordered if piece.isalpha() and len(piece) > 1)
