"""Copies: which articles are one text printed several times, told by the runs of words that they share."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_FILE = "sketches.npz"
_TYPES = {"sketches": np.uint64, "words": np.uint32, "names": np.uint32}
WORDS = 4
"""Words of a shingle."""
SKETCH = 256
"""Shingles kept of an article, those of the smallest hashes: 2 KiB, whatever its length; and as many of its words."""
CONTAINED = 0.5
"""Share of the shorter text's shingles that the longer must have. On the texts of tests/test_copies.py edited, cut and
re-headed copies have .91 to 1, one behind another outlet's long introduction .73; rewrites have .07, two outlets' own
stories of one event at most .02."""
LENGTH = 0.3
"""Least length of the shorter text in shares of the longer: a digest or live blog is no copy of all that it quotes."""
NAMED = 0.5
"""Share of the shorter text's names and figures that the longer must have. Edited, cut and re-headed copies have .85 to
1, notices on two deaths that the police write in one form .29, those on two earthquakes .44."""
FEWEST_NAMES = 8
"""Names and figures in a text, estimated, below which they tell nothing."""
SHARED = 12
"""Fewest shingles in common; shorter texts must be the same."""
AT_ONCE = 64
"""Most parts of a text that are sketched together, which takes half the time that one by one does."""
LOOKED_UP = 32
"""Shingles by which an article is found; with the least containment and length 4.8 of them hit on average."""

_Number = TypeVar("_Number", np.uint32, np.uint64)
_KNOWN = 200_000
"""Words whose hashes are kept; they take some 20 MB."""

_WORD = re.compile(r"\w+")
_MARKED = re.compile(r"\b[^\Wa-z]\w*")
_JOINS = "_,;)’'"
_WITHIN = re.compile(r"[\w,;)’'] \w")


class Copies:
    """Texts of which those are grouped that are copies: an agency text with edits, cuts, another headline or lead-in.

    It compares bottom-k sketches of word shingles, the form of MinHash that also tells containment (Broder, “On the
    resemblance and containment of documents”, 1997), which an introduction does not lower. Each text is held against
    the longest of a group only, so that no chain of neighbours makes one group of two texts. Only sketches are kept.

    Texts of one form on different things, as offices and machines write them, have their runs of words in common, but
    not the names and figures: of these the longer must have half. Where two share most of them too, such as the same
    officer, place and telephone numbers, they are still taken for copies, and so in scripts without capitals.

    What it cannot see is a rewrite: where a paraphraser, or an editor, changes every third word, no run of four words
    is left. Names and numbers in order would show a rewrite made sentence by sentence (.34 of their threes in common,
    own stories up to .14) but no freer one (.04), too near to be told apart. Scripts without spaces are unmeasured.
    """

    def __init__(self) -> None:
        """Begin with no text."""
        self._sketches: dict[str, NDArray[np.uint64]] = {}
        self._words: dict[str, NDArray[np.uint32]] = {}
        self._names: dict[str, NDArray[np.uint32]] = {}
        self._sizes: Counter[str] = Counter()
        self._last = ""
        self._parts: list[str] = []

    def add(self, id_: str, text: str) -> None:
        """Add a text, or one part of it; the parts of an article come once each, in any order."""
        if id_ != self._last or len(self._parts) == AT_ONCE:
            self._settle()
            self._last = id_
        self._parts.append(text)

    def _settle(self) -> None:
        """Sketch the parts that came last, which are of one text."""
        if not self._parts:
            return
        id_, parts, self._parts = self._last, self._parts, []
        size, shingles = _runs(parts)
        words, names = _hashes(parts)
        self._sizes[id_] += size
        self._sketches[id_] = _merge(self._sketches.get(id_), shingles)
        self._words[id_] = _merge(self._words.get(id_), words)
        self._names[id_] = _merge(self._names.get(id_), names)

    def forget(self, id_: str) -> None:
        """Take back that a text was added."""
        self._settle()
        for kept in (self._sketches, self._words, self._names, self._sizes):
            kept.pop(id_, None)

    def save(self, folder: Path) -> None:
        """Write the sketches into a folder."""
        self._settle()
        ids = list(self._sketches)
        arrays: dict[str, NDArray[Any]] = {"ids": np.array(ids), "sizes": np.array([self._sizes[id_] for id_ in ids])}
        for name, kept in self._kept().items():
            arrays[name] = np.concatenate([np.empty(0, _TYPES[name]), *(kept[id_] for id_ in ids)])
            arrays[f"{name}_ends"] = np.cumsum([len(kept[id_]) for id_ in ids], dtype=np.int64)
        np.savez(folder / _FILE, **arrays)  # type: ignore[arg-type] # one keyword is a bool

    @classmethod
    def load(cls, folder: Path) -> Copies:
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, LookupError, TypeError: it is missing or damaged.
        """
        copies = cls()
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            ids = [str(id_) for id_ in arrays["ids"]]
            copies._sizes.update(dict(zip(ids, arrays["sizes"].tolist(), strict=True)))
            for name, kept in copies._kept().items():
                parts = np.split(arrays[name].astype(_TYPES[name]), arrays[f"{name}_ends"][:-1])
                kept.update(zip(ids, parts if ids else [], strict=True))
        return copies

    def _kept(self) -> dict[str, dict[str, NDArray[Any]]]:
        return {"sketches": self._sketches, "words": self._words, "names": self._names}

    def groups(self) -> dict[str, int]:
        """Return the number of the group, from 0, of each id that has a copy."""
        self._settle()
        sketches, sizes = self._sketches, self._sizes
        leaders: list[str] = []
        members: dict[str, list[str]] = {}
        found_by: dict[int, int] = {}
        for id_ in sorted((id_ for id_ in sketches if sizes[id_]), key=lambda id_: (-sizes[id_], id_)):
            hits = Counter(found_by[h] for h in sketches[id_].tolist() if h in found_by)
            near = (leaders[number] for number, _ in hits.most_common(8))
            long_enough = (n for n in near if sizes[id_] >= LENGTH * sizes[n])
            leader = next((n for n in long_enough if self._is_copy(id_, n)), None)
            if leader is not None:
                members[leader].append(id_)
                continue
            for hash_ in sketches[id_][:LOOKED_UP].tolist():
                found_by.setdefault(hash_, len(leaders))
            leaders.append(id_)
            members[id_] = [id_]
        groups = sorted(sorted(group) for group in members.values() if len(group) > 1)
        return {id_: number for number, group in enumerate(groups) for id_ in group}

    def _is_copy(self, shorter: str, longer: str) -> bool:
        one, other = self._sketches[shorter], self._sketches[longer]
        same = np.array_equal(one, other)
        return same or (_is_copy(one, other) and _same_names(self._names[shorter], self._words[longer]))


def _is_copy(shorter: NDArray[np.uint64], longer: NDArray[np.uint64]) -> bool:
    """Estimate containment from the shingles below the hash up to which both sketches are whole."""
    if np.array_equal(shorter, longer):
        return True
    limit = min(sketch[-1] if len(sketch) == SKETCH else np.iinfo(np.uint64).max for sketch in (shorter, longer))
    kept = shorter[shorter <= limit]
    shared = len(np.intersect1d(kept, longer, assume_unique=True))
    return shared >= max(SHARED, CONTAINED * len(kept))


def _same_names(names: NDArray[np.uint32], words: NDArray[np.uint32]) -> bool:
    """Estimate the share of the names that are among the words, from the hashes up to which both sketches are whole."""
    limit = min(int(sketch[-1]) if len(sketch) == SKETCH else 2**32 for sketch in (names, words))
    kept = names[names <= limit]
    shared = len(np.intersect1d(kept, words, assume_unique=True))
    return len(kept) < FEWEST_NAMES or shared >= NAMED * len(kept)


def _merge(one: NDArray[_Number] | None, other: NDArray[_Number]) -> NDArray[_Number]:
    merged = other if one is None else _once(np.concatenate((one, other)))
    return merged[:SKETCH].copy()


class _Hashes(dict[str, int]):
    """The hash of each word that was asked for, by the word without capitals."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        self[word] = found = zlib.crc32(word.encode())
        return found


_hash = _Hashes().__getitem__


def _hashes(parts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the hashes of a text's words, and of those that are figures or have a capital within a sentence."""
    words: set[str] = set()
    names: set[str] = set()
    for text in parts:
        words.update(_WORD.findall(text))
        for match in _MARKED.finditer(text):
            word = match[0]
            if word[0].isdigit() or (word[0].isupper() and _is_within(text, match.start())):
                names.add(word)
    found, named = ({_hash(word.casefold()) for word in some} for some in (words, names))
    return np.array(sorted(found), np.uint32), np.array(sorted(named), np.uint32)


def _is_within(text: str, start: int) -> bool:
    """Tell whether a word stands within a sentence, after a space and what ends none."""
    if start < 2:
        return bool(_WITHIN.match(text))
    before = text[start - 2]
    return text[start - 1] == " " and (before.isalnum() or before in _JOINS)


def _shingles(text: str) -> NDArray[np.uint64]:
    """Return the hashes of all runs of WORDS words, each once, smallest first."""
    return _runs([text])[1]


def _runs(parts: Sequence[str]) -> tuple[int, NDArray[np.uint64]]:
    """Return how many runs of WORDS words the parts of a text have, each once a part, and the `_shingles` of all."""
    read = [list(map(_hash, _WORD.findall(part.casefold()))) for part in parts]
    words = np.array(list(chain.from_iterable(read)), np.uint64)
    of = np.repeat(np.arange(len(parts)), [len(own) for own in read])
    begins = np.flatnonzero(of[: len(of) - WORDS + 1] == of[WORDS - 1 :]) if len(of) >= WORDS else np.empty(0, int)
    hashes = np.zeros(len(begins), np.uint64)
    for place in range(WORDS):
        hashes = _mix(hashes + words[begins + place])
    of = of[begins]
    order = np.lexsort((hashes, of))
    again = (np.diff(hashes[order]) == 0) & (np.diff(of[order]) == 0)
    return len(hashes) - int(again.sum()), _once(hashes)


def _once(numbers: NDArray[_Number]) -> NDArray[_Number]:
    """Return what `np.unique` does, which takes four times as long for so few."""
    ordered = np.sort(numbers)
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread numbers evenly over 64 bits: splitmix64 (Steele, Lea and Flood 2014)."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
