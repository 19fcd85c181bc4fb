"""Casts: the people, governments and unnamed sources that an article speaks of, each by one name."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from index.fold import tokenise
from index.lexicon import is_english
from index.nations import compatriots
from qa.names import TITLES, find_names
from qa.office import holders, read_office

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.fold import Token
    from index.vocabulary import Vocabulary
    from qa.names import Name

    Holder = Callable[[str], "Speaker | None"]
    """Tells who holds an office."""

_FURTHER = (
    "vice chair chairman chairwoman chairperson head mayor governor captain commander colonel major lieutenant "
    "sergeant admiral professor prof doctor coach archbishop bishop inspector superintendent sheikh ayatollah lord lady"
).split()
TITLE = re.compile(rf"(?i)(?:\b(?:{'|'.join([*sorted(TITLES), *_FURTHER])})s?\b\.?\s*(?:of\s+)?)+$")
"""Titles at the end of some text, where a name follows."""
_TITLED = re.compile(rf"(?:\b(?:{'|'.join(word.title() for word in [*sorted(TITLES), *_FURTHER])})\b\.?\s+)$")
_LEADING = re.compile(rf"(?:(?:{'|'.join(word.title() for word in _FURTHER)})\b\.?\s+)+(?=\S)")
"""Titles at the beginning of a name."""
_WHO = re.compile(r",? who(?:['’]s)?\b|, (?:an?|the|our|his|her|their|[A-Z][\w-]+['’]s) [a-z]|, \d\d,")
_PLACED = re.compile(r"\b(?:in|at|near|outside|across)\s+$")
_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September"
    r"|October|November|December) (?=\S)"
)
_OWNER = re.compile(r"\S+['’]s (?=\S)")
_FIRST = re.compile(r"((?!\S+[’']s )[^\W\d_a-z][^\W\d_]*[’'-]?[^\W\d_]*) ")
_PARTICLE = re.compile(r" (?:al|el|bin|ibn|ben|da|de|del|den|der|di|dos|van|von)[ -](?:[a-z]{2,3} )?[^\W\d_a-z]\w+")
_NOUN_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w-]+['’]s)\s(?:[\w’'-]+\s){0,4}[a-z-]+,\s$"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something."""

    name: str
    """As the article names them, the fullest name that it gives a person; `The diplomat` where it gives none."""
    key: str
    """The folded last word, by which the same speaker is known in another article."""
    person: bool
    """False for a government, an office, a source without a name."""


class Cast:
    """The names in an article, and which of them are people's."""

    def __init__(
        self,
        text: str,
        body: Sequence[tuple[int, int]],
        says: re.Pattern[str],
        vocabulary: Vocabulary,
        elsewhere: Holder | None = None,
    ) -> None:
        """Read the names.

        Args:
            text: the text of the article with quoted words masked.
            body: the spans of its sentences, without headlines and page furniture.
            says: what follows a name that speaks.
            vocabulary: the corpus's words.
            elsewhere: tells who holds an office by other articles.
        """
        self._text, self._says, self._elsewhere = text, says, elsewhere
        self.names = [n for start, end in body for n in whole_names(text[start:end], vocabulary, start)]
        self._starts = [name.start for name in self.names]
        self._by_end = {name.end: name for name in self.names}
        self._places = {n.text for n in self.names if _PLACED.search(text[max(0, n.start - 12) : n.start])}
        self._full: dict[str, set[str]] = {}
        people = {_key(name) for name in self.names if self._is_person(name)}
        for name in sorted(self.names, key=lambda name: -len(name.text.split())):
            key = _key(name)
            if key in people and self.may_speak(name) and (key not in self._full or " " in name.text):
                self._full.setdefault(key, set()).add(name.text)
        whole = {text for texts in self._full.values() for text in texts if " " in text}
        self._by_first = {text.split()[0]: [t for t in whole if t.split()[0] == text.split()[0]] for text in whole}

    def ending_at(self, end: int) -> Name | None:
        """Return the name that ends at a character, or None."""
        return self._by_end.get(end)

    def between(self, start: int, end: int) -> list[Name]:
        """Return the names within a span, in order."""
        first = bisect_left(self._starts, start)
        return [name for name in self.names[first : bisect_left(self._starts, end, first)] if name.end <= end]

    def speaker(self, name: Name, *, speaks: bool = False) -> Speaker:
        """Return a name as a speaker, by its fullest form.

        Args:
            name: the name at its place.
            speaks: True where it is the subject of a verb of saying.
        """
        key = _key(name)
        full = self._full.get(key, set())
        longest = max(full, key=lambda text: (len(text.split()), text), default=name.text)
        if " " not in longest and len(people := self._by_first.get(name.text, [])) == 1:
            return Speaker(people[0], _last(people[0]).key, person=True)  # a first name, or a surname that stands first
        alone = " " not in name.text and len({text.split()[0] for text in full}) == 1
        return Speaker(longest if alone else name.text, key, bool(full) or (speaks and self.may_speak(name)))

    def people(self, start: int, end: int) -> dict[str, Speaker]:
        """Return the people whom a span names, by key, those left out who only own something there."""
        inside = (self.speaker(n) for n in self.between(start, end) if not self.owns(n))
        return {speaker.name: speaker for speaker in inside if speaker.person}

    def perhaps(self, start: int, end: int) -> Speaker | None:
        """Return whom a span names, where it names but one who can be a person, though nothing else says so.

        `He` or `she` in the next sentence says so.
        """
        names = [n for n in self.between(start, end) if self.may_speak(n) and not self.owns(n)]
        names = [n for n in names if n.text not in self._places]
        return Speaker(names[0].text, _key(names[0]), person=True) if len(names) == 1 and " " in names[0].text else None

    def holder(self, phrase: str) -> Speaker | None:
        """Return whom `the doctor` means, where this article, or else others, set that beside one person's name."""
        office = read_office(phrase)
        if office is None:
            return None
        found = {s.name: s for n in holders(office, self._text, self.names) if (s := self.speaker(n)).person}
        if not found and self._elsewhere is not None:
            return self._elsewhere(office)
        return next(iter(found.values())) if len(found) == 1 else None

    def owns(self, name: Name) -> bool:
        """Tell whether a name is a possessive: `Putin's absence`."""
        return bool(re.match(r"['’]s?\b|['’]\s", self._text[name.end : name.end + 3]))

    def may_speak(self, name: Name) -> bool:
        """Tell a name that can be a person's from countries, abbreviations, and what `the` stands before."""
        the = re.search(r"\b[Tt]he $", self._text[max(0, name.start - 4) : name.start])
        abbreviates = name.text.isupper() and len(name.text) > 1
        return not (the or abbreviates or compatriots(_last(name.text).word))

    def _is_person(self, name: Name) -> bool:
        """Tell whether the article speaks of a name as of a person: a title, a trade, `who`, a verb of saying."""
        if not self.may_speak(name):
            return False
        before, after = self._text[max(0, name.start - 60) : name.start], self._text[name.end : name.end + 40]
        words = name.text.split()
        if name.person or _TITLED.search(before) or self._says.match(after):
            return True
        if len(words) < 2 or name.text in self._places:
            return False
        return bool(_WHO.match(after) or _NOUN_BEFORE.search(before)) or not any(is_english(w.lower()) for w in words)


def unnamed(phrase: str) -> Speaker:
    """Return a source without a name as a speaker: `A Ukrainian diplomat`."""
    words = tokenise(phrase)
    return Speaker(phrase, words[-1].key if words else phrase, person=False)


def _key(name: Name) -> str:
    return _last(name.text).key


@lru_cache(maxsize=16_384)
def _last(text: str) -> Token:
    """Return the last word of a name."""
    return tokenise(text)[-1]


def whole_names(text: str, vocabulary: Vocabulary, offset: int = 0) -> list[Name]:
    """Return the names in a sentence, which begins at `offset`, each whole; `Khalil al-Haddad` is one."""
    found: list[Name] = []
    for name in find_names(text, vocabulary):
        whole = _whole(name, text)
        if found and whole.end <= found[-1].end:
            found[-1] = replace(found[-1], person=found[-1].person or whole.person)
        else:
            found.append(whole)
    return [replace(name, start=name.start + offset, end=name.end + offset) for name in found]


def _whole(name: Name, text: str) -> Name:
    """Return a name of a sentence whole.

    `Romania's Ileana Brânză`, `Monday Jana Novak` and `Mayor Ellen Stroud` lose what is before them, `Khaled` goes on
    in `al-Haddad`, and a first name that begins the sentence belongs to the name after it.
    """
    start, end = name.start, name.end
    for leading in (_DAY, _LEADING):
        if found := leading.match(text, start, end):
            start = found.end()
    if owner := _OWNER.match(text, start, end):
        start = owner.end()
    elif (first := _FIRST.fullmatch(text, 0, start)) and not is_english(first[1].lower()):
        start = 0
    if particle := _PARTICLE.match(text, end):
        end = particle.end()
    return replace(name, text=text[start:end], start=start, end=end)
