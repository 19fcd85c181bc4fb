"""Sorts: the sort of thing that a question asks for by its noun, a country, a share, a hurricane, and what is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.fold import stem, tokenise
from index.nations import is_nation
from qa.kind import AUXILIARIES, Kind, fits_kind, is_moment

_NAMED = frozenset(
    """
    company firm corporation brand carmaker automaker manufacturer retailer airline bank network platform app
    team club squad franchise university college school hospital museum theatre stadium arena
    show series sitcom film movie musical song single album book novel magazine newspaper outlet broadcaster
    band actor actress singer rapper comedian musician artist author writer director star celebrity player athlete
    golfer boxer driver quarterback coach billionaire senator congressman congresswoman governor mayor judge justice
    lawmaker executive boss ceo playwright poet economist filmmaker philosopher scientist painter model chef
    agency party league hurricane storm typhoon cyclone river mountain volcano lake island ship
    vessel airport
    """.split()
)
"""Things that have names of their own, by which an answer calls them."""
_STATES = frozenset("country nation".split())
_AFTER = f"{AUXILIARIES}|to|in|on|at|for|of|this|that|who|which|from|by|with|after|the|it"
_ASKED = re.compile(
    r"(?i)\b(?:what|which)(?: (?:other|of the|of these|of|two|three|four))*"
    rf"(?P<words>(?: (?!(?:{_AFTER})\b)[\w’'-]+){{1,5}})"
)
"""The words behind `which` up to where a verb, or a phrase behind the noun, can be told by its form."""
_CALLED = re.compile(
    r"(?i)\bwhat(?:['’]s| is| was| are| were) (?:the )?(?:(?:\w+['’]s?|its|his|her|their) )?(?:full |first |last )?"
    r"names?\b"
    r"|\bwhat (?:is|was|are|were) .{0,60}\b(?:called|named|known as)\W*$"
)
"""A name is asked for: `What is the name of the storm?`, `What was it called?`"""
_SHARE = re.compile(r"(?i)\b(?:what|which) (?:\w+ )?(?:percentage|percent|share|proportion|fraction)\b")
_PART = re.compile(
    r"(?i)%|\bper ?cents?\b|\bpercentage|\b(?:half|halves|third|quarter|fifth|sixth|seventh|eighth|tenth|majority|"
    r"minority|most|all|none|nearly all|in (?:two|three|four|five|ten|\d+)|out of)s?\b"
)
_COUNT = re.compile(r"(?i)\bhow many\b")
_NO_COUNT = re.compile(r"%|[$€£¥]|(?i:\bper ?cent\b)")
_NAME = re.compile(r"(?:^|[\s“\"‘'(—–-])(?:[A-Z]|[a-z]{1,2}[A-Z])[\w’'-]+|\b\d[\d.-]*[A-Z]|[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Sort:
    """What a question asks for, as far as its own words tell."""

    noun: str
    """The noun behind `which` or `what`, in lower case; empty where there is none."""
    named: bool
    """True where what answers is called by a name."""
    nation: bool
    """True where it is a country."""


@lru_cache(maxsize=1024)
def read_sort(question: str) -> Sort:
    """Tell what sort of thing a question asks for."""
    if _CALLED.search(question):
        return Sort("", named=True, nation=False)
    found = _ASKED.search(question)
    words = found["words"].lower().split() if found else []
    known = [n for n, word in enumerate(words) if _singular(word) in _NAMED | _STATES]
    if known:
        # of `movie director` the director is asked for, of `company sued` the company
        at = next(n for n in known if n + 1 not in known)
        noun = _singular(words[at])
        return Sort(noun, named=True, nation=noun in _STATES)
    verb = next((n for n, word in enumerate(words) if n and re.search(r"(?:ed|es|s|ly)$", word)), len(words))
    return Sort(_singular(words[verb - 1]) if words else "", named=False, nation=False)


def _singular(word: str) -> str:
    """Return a noun in the singular, as far as its letters tell."""
    if word in _NAMED | _STATES or word.endswith("ss"):
        return word
    return re.sub(r"ies$", "y", word) if word.endswith("ies") else word.removesuffix("s")


def fits_sort(question: str, kind: Kind, words: str) -> bool:
    """Tell whether a few words can be what a question asks for, by its kind and the noun that it asks with."""
    sort = read_sort(question)
    if sort.nation:
        return any(is_nation(token.word) for token in tokenise(words) if token.text[0].isupper())
    if not fits_kind(kind, words):
        return False
    if kind is Kind.NUMBER:
        if _SHARE.search(question):
            return bool(_PART.search(words))
        return not (_COUNT.search(question) and (_NO_COUNT.search(words) or is_moment(words)))
    if sort.named or kind in (Kind.PERSON, Kind.PLACE):
        return not is_moment(words) and (not sort.named or bool(_NAME.search(words)))
    return True


def bears_noun(question: str, words: str) -> bool:
    """Tell whether a name has the noun that is asked with in it: `Hurricane Fiona` for `which hurricane`."""
    noun = read_sort(question).noun
    return (
        bool(noun)
        and any(token.text[0].isupper() and stem(token.word) == stem(noun) for token in tokenise(words))
        and len(words.split()) > 1
    )
