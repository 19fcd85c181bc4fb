"""The vocabulary: every word of the corpus, folded, with how often it is a name, and the words spelt nearly like it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from index.fold import fold, stem
from index.lexicon import is_english

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FILE = "vocabulary.json"
MIN_CHARS = 4
"""Shorter words are never taken for misspellings: nearly every one has a neighbour."""
_SOUNDS = dict(zip("jyivwkcszgh", "yi ji yj w v c k z s h g".split(), strict=True))
"""First letters that transliterations exchange: Jermak and Yermak, Wolodymyr and Volodymyr."""
_DOUBLED = re.compile(r"(.)\1+")
"""A letter typed twice is the commonest slip that a distance counts twice: `Lavrrow`, `Bruccce`."""
_FEMALE = ("ska", "skaya", "ova", "eva")
"""Endings of Slavic surnames: Zelenska is not Zelensky."""
LIKE_GIVEN = 0.85
"""Likeness of one given name in two spellings: Volodymyr and Vladimir are .75, Volodymyr and Wolodymyr .93."""
UMLAUT = 0.97
"""Likeness of a name with `oe` for `ö`, however short it is: Moeller and Möller."""
NAME_SHARE = 0.8
"""A word is a name when it is capitalised in at least this share of its places inside sentences."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the corpus."""

    key: str
    """The folded stem."""
    surface: str
    """The word as first written."""
    passages: int
    """Number of chunks that hold it, from 1."""
    capital: int
    """Places inside a sentence where it is capitalised."""
    inside: int
    """Places inside a sentence."""
    before: tuple[str, ...] = ()
    """Keys of the capitalised words that most often stand right before it where it is capitalised: of a surname the
    given names, up to GIVEN."""

    @property
    def name(self) -> bool:
        """True for a word that the corpus writes as a name."""
        return self.inside > 0 and self.capital >= NAME_SHARE * self.inside


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of a corpus, by key."""

    entries: dict[str, Entry]
    passages: int
    """Number of chunks in the corpus."""
    _near: dict[str, dict[str, float]] = field(default_factory=dict)
    """Spellings found so far, by word; a cache."""
    _begin: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """All words by each of their first two letters and their length; made when first needed."""
    _first: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """The same by their first letter alone."""

    def spellings(self, word: str, key: str) -> dict[str, float]:
        """Return the keys that stand for a word of a question, each with its likeness in (0, 1].

        The word itself is 1; another spelling of the same name (Zelenskyy, Zelensky, Zelenskiy) and, for a word that
        neither the corpus nor English has, the words it may be a misspelling of, are less. Empty where nothing is near.
        """
        if word not in self._near:
            once = word if is_english(word) or word[:1].isdigit() else _DOUBLED.sub(r"\1", word)
            self._near[word] = self._spellings(word, key) or (self._spellings(once, stem(once)) if once != word else {})
        return self._near[word]

    def _spellings(self, word: str, key: str) -> dict[str, float]:
        entry = self.entries.get(key)
        found = {key: 1.0} if entry else {}
        if len(word) < MIN_CHARS or word[0].isdigit() or (entry and not entry.name):
            return found
        sure = entry is not None or is_english(word)
        limit = 1 if len(word) < 8 else 2 if len(word) < 12 else 3
        for other in self._within(word, key, limit):
            known = self.entries[other]
            likeness = JaroWinkler.similarity(*((key, other) if entry else (word, fold(known.surface))))
            same = other[:3] == key[:3] and other.endswith(_FEMALE) == key.endswith(_FEMALE)
            if _without_umlaut(other) == _without_umlaut(key):
                same, likeness = True, max(likeness, UMLAUT)
            if sure and not (known.name and likeness >= 0.92 and same and not (entry and _are_two(entry, known))):
                continue
            if likeness >= (0.84 if known.name else 0.88):
                found[other] = round(likeness, 3)
        if entry or not found:
            return found
        best = max(found, key=lambda other: found[other])
        near = {other: like for other, like in found.items() if like >= found[best] - 0.03}
        others = self._spellings(best, best) if self.entries[best].name else {}
        return {**{other: round(like * found[best], 3) for other, like in others.items()}, **near}

    def _within(self, word: str, key: str, limit: int) -> list[str]:
        """Return the words at most so many slips away, by their stems, else as they are written: `Turky`, `Turkey`.

        Letters that changed places are one slip, wherever they stand: `Erdagon`, `Erdogan`.
        """
        nearest = partial(process.extract, scorer=OSA.distance, score_cutoff=limit, limit=24)
        alike = self._alike(key, limit)
        letters = sorted(key)
        found = [other for other, *_ in nearest(key, alike)]
        found += [other for other in self._alike(key, 0) if sorted(other) == letters]
        if found or is_english(word):
            return found
        return [other for *_, other in nearest(word, {other: fold(self.entries[other].surface) for other in alike})]

    def _alike(self, key: str, limit: int) -> list[str]:
        """Return the words of about the same length that begin alike: few typists miss a first letter for good."""
        if len(key) < MIN_CHARS:
            return []
        if not self._begin:
            self._first.update(_by_letters(self.entries, 1))
            self._begin.update(_by_letters(self.entries, 2))
        first, others = key[0], list[str]()
        for size in range(max(MIN_CHARS, len(key) - limit), len(key) + limit + 1):
            others += self._begin.get((first, size), ())
            for letter in {key[1], *_SOUNDS.get(first, "")} - {first}:
                others += self._first.get((letter, size), ())
        return [other for other in others if other != key]

    def save(self, folder: Path) -> None:
        """Write the vocabulary into a folder."""
        rows = [[e.key, e.surface, e.passages, e.capital, e.inside, e.before] for e in self.entries.values()]
        (folder / _FILE).write_text(json.dumps({"passages": self.passages, "rows": rows}), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Read the vocabulary that `save` wrote."""
        data = json.loads((folder / _FILE).read_text("utf-8"))
        entries = (Entry(*row[:5], *(tuple(given) for given in row[5:])) for row in data["rows"])
        return cls({entry.key: entry for entry in entries}, data["passages"])


def _without_umlaut(key: str) -> str:
    """Return a key with `ae`, `oe` and `ue`, as which German writes what others write `a`, `o` and `u`, as these."""
    return re.sub("([aou])e", r"\1", key)


def _are_two(one: Entry, other: Entry) -> bool:
    """Tell whether two surnames alike are of two people: both have given names, and none of one is like the other's."""
    near = (JaroWinkler.similarity(a, b) >= LIKE_GIVEN for a in one.before for b in other.before)
    return bool(one.before and other.before) and not any(near)


def _by_letters(words: Iterable[str], letters: int) -> dict[tuple[str, int], list[str]]:
    """Return the words by each of their first letters and their length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in words:
        for letter in set(word[:letters]):
            found.setdefault((letter, len(word)), []).append(word)
    return found
