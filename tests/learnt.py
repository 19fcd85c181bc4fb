"""The vocabulary of a few texts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.vocabulary import Vocabulary, Words

if TYPE_CHECKING:
    from array import array


def learn_vocabulary(texts: Iterable[str]) -> "tuple[Vocabulary, list[array[int]]]":
    """Return the vocabulary, and the keys of each text."""
    words = Words()
    documents = [words.read(text) for text in texts]
    return words.vocabulary(), documents
