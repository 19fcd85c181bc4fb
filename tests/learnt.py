"""The vocabulary of a few texts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.words import Words

if TYPE_CHECKING:
    from array import array

    from index.vocabulary import Vocabulary


def learn_vocabulary(texts: Iterable[str]) -> "tuple[Vocabulary, list[array[int]]]":
    """Return the vocabulary, and the keys of each text."""
    words = Words()
    return words.vocabulary([words.read(text) for text in texts])
