"""The lexicon: words that English texts use, so that `mayor` is not taken for a misspelling of `major`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

TOKENIZER = Path(__file__).parent / "models" / "minilm" / "tokenizer.json"
"""The embedder's word pieces: the 20,000 or so whole words among them are the most frequent ones of English."""


def is_english(word: str) -> bool:
    """Tell whether a folded word is a frequent word or name of English."""
    return word in _words()


@cache
def _words() -> frozenset[str]:
    pieces = json.loads(TOKENIZER.read_text("utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in pieces if piece.isalpha() and len(piece) > 1)
