"""Brief: the words that answer, without those around them that the question has or does not ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.fold import fold, stem, tokenise
from index.lexicon import is_english
from index.nations import is_nation
from qa.figure import find_figures
from qa.kind import NUMBER_WORDS, Kind
from qa.sort import read_sort

if TYPE_CHECKING:
    from qa.question import Question

_HEDGE = r"about|around|approximately|roughly|some|an estimated|estimated"
_HEDGED = re.compile(rf"(?i)^(?:{_HEDGE}) (?=[$€£¥]?\d)")
_NEARLY = re.compile(
    rf"(?i)^(?:{_HEDGE}|nearly|almost|close to|just (?:over|under)) (?=[$€£¥]?\d|(?:{'|'.join(NUMBER_WORDS)})\b)"
)
_ABOUT = re.compile(rf"(?i)\b(?:{_HEDGE}|nearly|almost)\b")
"""In a question: a number that is not exact will do, so that the answer need not say so again."""
_AGE = re.compile(r"^(\d{1,3})[- ]years?[- ]old$")
_COUNTED = re.compile(rf"(?i)^(?:the )?(?:{'|'.join(NUMBER_WORDS)}|\d+) (?=[a-z])")
MANY = 1000
"""Things that are named one by one are fewer."""
_KEPT = frozenset("former late acting then ex outgoing incoming".split())
"""Before a name these say more than what somebody is."""
_QUOTED = re.compile(r"^[“\"]?([^“”\"]{2,})”[^“”]*(?:“[^“”]*)?$")
"""A title in quotation marks of which only the closing one is there, and what follows it."""


def brief(question: Question, words: str) -> str:
    """Return a part of the words that answer, all of them where none can be spared.

    `southwestern Virginia` answers `which state` by its name, `a 17-year-old` `how old` by the number, `dry shampoo
    products` `which product` without the noun.
    """
    words = _title(words)
    if question.kind is Kind.NUMBER:
        words = (_NEARLY if _ABOUT.search(question.text) else _HEDGED).sub("", words)
        return _AGE.sub(r"\1", words) if re.search(r"(?i)\bhow old\b", question.text) else words
    sort = read_sort(question.text)
    if sort.noun and question.kind is not Kind.TIME:
        words = _uncounted(words)
    words = _without_noun(words, sort.noun)
    if sort.nation or sort.noun == "state":
        words = _region(words, nation=sort.nation)
    if sort.named or question.kind is Kind.PERSON:
        words = _until_possessive(words, sort.noun)
        name = _last_name(words)
        known = {token.key for token in tokenise(question.text)}
        # `Who is Umerov?` is not answered by his name
        words = words if all(token.key in known for token in tokenise(name)) else name
    return words


def _uncounted(words: str) -> str:
    """Leave out how many they are: `lions` of `Five lions`, but not of `40 million crowns` or `seven years`."""
    figures = find_figures(words)
    counted = len(figures) == 1 and not figures[0].unit and figures[0].value < MANY
    return _COUNTED.sub("", words) if counted else words


def _title(words: str) -> str:
    found = _QUOTED.match(words)
    return found[1].strip() if found and "“" not in found[1] else words


def _without_noun(words: str, noun: str) -> str:
    """Leave out the noun that the question asks with, in small letters behind what answers."""
    tokens = tokenise(words)
    if len(tokens) < 2 or not noun or not tokens[-1].text.islower() or stem(tokens[-1].word) != stem(noun):
        return words
    before = tokens[-2]
    # `South Korean` is no show, and `the James Webb` no telescope
    whole = tokens[0].word == "the" or before.stop or is_nation(before.word)
    return words if whole else words[: before.end]


def _region(words: str, *, nation: bool) -> str:
    """Return the country or the state of a place: the one behind the comma, without what says which part of it."""
    _, comma, last = words.rpartition(", ")
    if comma and (not nation or any(is_nation(t.word) for t in tokenise(last))):
        words = last
    tokens = tokenise(words)
    capital = [n for n, token in enumerate(tokens) if token.text[0].isupper()]
    named = [n for n in capital if is_nation(tokens[n].word)] if nation else capital[-1:]
    if not named or re.search(r"\band\b|,", words):
        return words
    begin, finish = named[0], named[-1]
    while begin - 1 in capital:
        begin -= 1
    while finish + 1 in capital:
        finish += 1
    return words[tokens[begin].start if begin else 0 : tokens[finish].end]


def _until_possessive(words: str, noun: str) -> str:
    """Return `Northeastern University` of `Northeastern University's law school` where a university is asked for."""
    for found in re.finditer(r"['’]s? (?=[a-z])", words):
        tokens = tokenise(words[: found.start()])
        if noun and tokens and tokens[-1].text[0].isupper() and stem(tokens[-1].word) == stem(noun):
            return words[: found.start()]
    return words


def _last_name(words: str) -> str:
    """Return the name behind what somebody is called: `Rihanna` of `pop icon and entrepreneur Rihanna`."""
    tokens = tokenise(words)
    capital = [token.text[0].isupper() or token.text[0].isdigit() for token in tokens]
    if len(tokens) < 2 or not capital[-1]:
        return words
    if capital[0] and is_english(fold(tokens[0].text)) and not all(capital):
        capital[0] = False
    begin = max((n for n, upper in enumerate(capital) if not upper), default=-1) + 1
    before = tokens[:begin]
    apart = "," in words[tokens[begin].start :] or any(capital[:begin])
    if (
        before
        and not apart
        and before[-1].word not in _KEPT
        and not before[-1].stop
        and any(not t.stop and t.text[-1].isalpha() for t in before)
    ):
        return words[tokens[begin].start :]
    return words
