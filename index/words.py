"""Words: those of all chunks that were read, counted, with how each is written and what stands before it."""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.fold import STOP, WORD, fold, stem
from index.punctuation import TITLES
from index.vocabulary import Entry, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FILE = "words.json"
GIVEN = 4
"""Words kept that most often stand before a word."""
_ROLES = frozenset(
    """
    president minister secretary adviser advisor envoy spokesman spokeswoman spokesperson chief leader director general
    senator chancellor king queen prince princess pope judge mayor captain commander coach chairman chairwoman governor
    ambassador professor doctor inspector officer sergeant colonel major bishop deputy premier sheriff
    """.split()
)
"""Words that stand before names as given names do."""
FORMS = 100_000
"""Words as they are written that are kept looked up; they take some 30 MB, and most words are among the commonest."""


class Words:
    """The words of the chunks that were read, less those of chunks that went.

    A word is told by its number. What is kept of one beside its counts, how it was first written, may be from a chunk
    that went since.
    """

    def __init__(self) -> None:
        """Begin with no chunk."""
        self._texts = 0
        self._numbers: dict[str, int] = {}
        self._counts: list[list[int]] = []
        self._surface: list[str] = []
        self._before: dict[int, Counter[str]] = {}
        self._form = lru_cache(maxsize=FORMS)(self._look_up)

    def read(self, text: str) -> array[int]:
        """Read the words of a chunk; return their numbers in order, without function words: four bytes for each."""
        return self._count(text, 1)

    def forget(self, text: str) -> None:
        """Take back that a chunk was read."""
        self._count(text, -1)

    def vocabulary(self, chunks: Sequence[Sequence[int]]) -> tuple[Vocabulary, list[array[int]]]:
        """Return all words of the chunks that are left, and these chunks by the places of their words among them.

        Args:
            chunks: the numbers of the words of each, as `read` returned them.
        """
        numbered = [array("i", chunk) for chunk in chunks]
        self._drop_unused(numbered)
        entries: dict[str, Entry] = {}
        for (key, at), (passages, capital, inside) in zip(self._numbers.items(), self._counts, strict=True):
            before = _most_common(self._before.get(at))
            entries[key] = Entry(key, self._surface[at], passages, capital, inside, before)
        return Vocabulary(entries, self._texts), numbered

    def save(self, folder: Path) -> None:
        """Write the words into a folder."""
        keyed = zip(self._numbers.items(), self._surface, self._counts, strict=True)
        rows = [(key, surface, counts, self._before.get(at)) for (key, at), surface, counts in keyed]
        (folder / _FILE).write_text(json.dumps({"texts": self._texts, "rows": rows}), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> Words:
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, LookupError, TypeError: it is missing or damaged.
        """
        data = json.loads((folder / _FILE).read_text("utf-8"))
        words = cls()
        words._texts = int(data["texts"])
        for at, (key, surface, (passages, capital, inside), before) in enumerate(data["rows"]):
            words._numbers[key] = at
            words._surface.append(surface)
            words._counts.append([int(passages), int(capital), int(inside)])
            if before:
                words._before[at] = Counter(before)
        return words

    def _count(self, text: str, sign: int) -> array[int]:
        self._texts += sign
        found = array("i")
        form_of, counts = self._form, self._counts
        end, given, last = 0, False, ""
        for match in WORD.finditer(text):
            key, number, capital, may_be_given = form_of(match[0])
            if not key:
                continue
            start = match.start()
            if number is not None:
                found.append(number)
                # Nearly all words stand after a letter and a space: these need no closer look.
                if (start > 1 and text[start - 1] == " " and text[start - 2].isalnum()) or _inside(text, start):
                    row = counts[number]
                    row[2] += sign
                    row[1] += sign * capital
                if capital and given and text[end:start] == " ":
                    self._before.setdefault(number, Counter())[last] += sign
            end, given, last = match.end(), may_be_given, key
        for number in set(found):
            self._counts[number][0] += sign
        return found

    def _drop_unused(self, chunks: Sequence[array[int]]) -> None:
        """Drop the words that no chunk has any more, and number the others anew, in their order."""
        used = [at for at, (passages, *_) in enumerate(self._counts) if passages > 0]
        if len(used) == len(self._counts):
            return
        new = {old: at for at, old in enumerate(used)}
        keys = list(self._numbers)
        self._numbers = {keys[old]: at for old, at in new.items()}
        self._surface = [self._surface[old] for old in used]
        self._counts = [self._counts[old] for old in used]
        self._before = {new[old]: counted for old, counted in self._before.items() if old in new}
        self._form.cache_clear()
        for chunk in chunks:
            for place, old in enumerate(chunk):
                chunk[place] = new[old]

    def _look_up(self, written: str) -> _Form:
        word = fold(written)
        key = stem(word)
        if not word or word in STOP:
            return _Form(key, None, capital=False, given=False)
        number = self._numbers.setdefault(key, len(self._counts))
        if number == len(self._counts):
            self._surface.append(written)
            self._counts.append([0, 0, 0])
        capital = written[0].isupper()
        return _Form(key, number, capital, given=capital and word not in _ROLES)


class _Form(NamedTuple):
    """A word as it is written, folded once for all its places."""

    key: str
    number: int | None
    """None for a function word, and for what folds to nothing, whose key is empty."""
    capital: bool
    given: bool
    """True where it may be the given name before a surname, as far as capitals show."""


def _most_common(counted: Counter[str] | None) -> tuple[str, ...]:
    """Return the commonest keys, of equally common ones the first by the alphabet, whatever was read before what."""
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0])) if counted else []
    return tuple(key for key, count in ranked[:GIVEN] if count > 0)


def _inside(text: str, start: int) -> bool:
    """Tell whether a word stands inside a sentence: after a space, and after no mark but the dot of a title."""
    if not text[start - 1 : start].isspace():
        return False
    mark = text[start - 2 : start - 1] if start > 1 else ""
    return mark not in _STARTS or bool(_TITLE.search(text[max(0, start - 12) : start]))


_STARTS = frozenset([*".!?:;”\"“'‘’)|—–-\n", ""])
_TITLE = re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, sorted(TITLES)))}|[a-z])\.\s$")
