"""Kinds of question: what sort of words an answer must hold, told from the question's own words."""

from __future__ import annotations

import re
from enum import StrEnum

GENERIC = {
    **dict.fromkeys("say said tell told state stated call called describe described think mention speak".split(), 0.35),
    **dict.fromkeys(
        "article articles report reports source sources outlet outlets story different each many".split(), 0.2
    ),
    **dict.fromkeys(
        "happen happened name person people thing kind type sort time year day month week place".split(), 0.3
    ),
    **dict.fromkeys(
        "job role past future late latest currently current ago beforehand earlier later anyway".split(), 0.3
    ),
    **dict.fromkeys("list explain show does else exactly besides since instead please another any like".split(), 0.2),
    **dict.fromkeys("go going went come came make made give given gave get got take taken took become".split(), 0.4),
    **dict.fromkeys("expect planned due far long much".split(), 0.4),
    **dict.fromkeys("know need want actually really ever still yet according big old new main two both".split(), 0.3),
}
"""Words of questions that say how to answer rather than what about, with the share of their weight that they keep."""


AUXILIARIES = "is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might"
"""Verbs that may stand before who does it, in a question."""
TOPIC_WORDS = 4
"""At most so many words without a word that asks are a topic, with or without a question mark."""


class Kind(StrEnum):
    """What the answer must be."""

    PERSON = "person"
    PLACE = "place"
    TIME = "time"
    NUMBER = "number"
    REASON = "reason"
    WORDS = "words"
    """What somebody said or called something."""
    YES_NO = "yes or no"
    TOPIC = "topic"
    """A word or two instead of a question."""
    STATEMENT = "statement"
    """A statement; asked is who makes it."""
    OTHER = "other"


NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "dozen half third quarter fifth tenth hundreds thousands millions billions tens dozens several majority "
    "minority percent"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_NUMBER = re.compile(r"\d|\b(?:" + "|".join(NUMBER_WORDS) + r")\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:" + "|".join([*_WEEKDAYS, *_MONTHS]) + r")\b|\b(?:1[89]|20)\d\d\b|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b"
    r"|\b(?:today|tomorrow|yesterday|tonight|weekend|week|month|morning|evening|night|noon|dusk)\b"
    r"|\b(?:spring|summer|autumn|winter|century|ago|earlier|later|soon)\b",
    re.IGNORECASE,
)
_FILLING = re.compile(r"(?i)\b(?:on|in|at|since|until|by|of|the|last|next|this|early|late|mid)\b")
_NAME = re.compile(r"(?:^|[\s“\"‘'(—–-])[A-Z][\w’'-]+")

_PEOPLE = "person|man|woman|people|leaders?|officials?|ministers?|president|politician|officer|envoy|adviser|spokes\\w+"
_PLACES = "city|cities|country|countries|place|town|state|building|palace|venue|location|capital|region|shore|continent"
_SAY = "say|said|call|called|tell|told|describe|think|claim|demand|want|state|announce|accuse|warn|insist|suggest"
_SEE = "describe|call|refer|characteri[sz]e|react|respond|see|view|justify|explain|dismiss"
_SITES = "home|abroad|airport|border|consulate|embassy|office|parliament|church"
_PLACE_NOUN = re.compile(rf"(?i)\b(?:{_PLACES}|{_SITES})\b")
_KIND_NOUN = re.compile(rf"(?i)\b(?:{_PEOPLE}|{_PLACES})$")
_BARE = r"(?:(?<=^)|(?<=^the )|(?<=^what is the )|(?<=^what was the )|(?<=^what's the ))"
"""Nothing before a noun but what asks for it: `date of the talks`, `what is the date of the talks`."""
_CLAUSE = re.compile(
    r"(?i)^\W*(?:when|while|after|before|as|since|where|if|once)\b[^,?]*,\s+"
    r"(?=(?:\w+ ){0,2}(?:what|which|who|whom|whose|when|where|why|how)\b)"
)
"""A clause before the question: `when they met in Ankara, what …`."""
_RULES: tuple[tuple[Kind, str], ...] = (
    (Kind.NUMBER, r"how (?:many|much|long|old|far|tall|big|large|often|high|fast|deep)"),
    (Kind.NUMBER, r"death toll|(?:what|which) (?:number|percentage|share|proportion|fraction)"),
    (Kind.NUMBER, rf"{_BARE}(?:number|amount|percentage|share|price|size) of"),
    (Kind.TIME, r"when|since when|how soon"),
    (Kind.TIME, r"(?:what|which|at what|on what|in what) (?:\w+ )?(?:time|date|day|year|month|hour|week|weekday)"),
    (Kind.TIME, rf"{_BARE}(?:time|date|day|year|month|hour|week|weekday)(?: (?:of|that|when|for|the)|$)"),
    (Kind.PLACE, rf"where|(?:what|which) (?:\w+ )?(?:{_PLACES})"),
    (Kind.REASON, r"why|for what reason|how come|what (?:made|led|caused|prompted)"),
    (Kind.REASON, r"what (?:is|was|were|are) the (?:reason|purpose|aim|motive)s?"),
    (Kind.WORDS, rf"what (?:else )?(?:did|does|do|has|have|was|is) .+\b(?:{_SAY})"),
    (Kind.WORDS, rf"how (?:did|does|do|has|have) .+\b(?:{_SEE})|in (?:his|her|their|whose) words"),
    (Kind.WORDS, r"(?:what|which)(?: \w+){0,2} (?:words|labels?|epithets?|adjectives|phrases?|insults?)"),
    (Kind.WORDS, r"(?:give|tell|list|show)(?: me)? the (?:\w+ )?(?:words|labels|epithets|adjectives|phrases|insults)"),
    (Kind.PERSON, rf"who|whom|whose|(?:what|which) (?:\w+ )?(?:{_PEOPLE})"),
)
"""The one that matches first in the question tells the kind; of two at one place the first here."""
_MANY = re.compile(
    r"(?i)\b(?:which|what|whose) (?:\w+ ){0,2}(?!news\b|was\b|is\b|does\b|has\b)\w+[^s\W]s\b"
    r"|\b(?:list|all|every|everyone|everything|several|various|different|differ\w*|compare|both|each|either|between)\b"
    r"|\b(?:outlets|articles|reports|sources|newspapers|media|countries|people|leaders|reactions?|views?)\b"
    r"|\bwho (?:are|were)\b"
)
_YES_NO = re.compile(
    r"(?i)^\W*(?:and |so |but )?"
    rf"(?:{AUXILIARIES})(?:n['’]t)?\b"
)
_ASKS = re.compile(
    r"(?i)\b(?:what|which|how|is|are|was|were|do|does|did|has|have|will|can|could|should)\b"
    r"|\b(?:tell|list|name|give|explain|describe|summari[sz]e)\b"
)
_BEFORE = re.compile(r"^.*(?<=[a-z]{4})[.!:]\s+(?=\W*\w[^.!]*\?\s*$)", re.DOTALL)
"""Sentences before the one that asks: `I write about the strike. Did the union agree?`"""


def read_kind(question: str) -> Kind:
    """Tell what kind of answer a question asks for; what is said before it is no part of it."""
    question = _BEFORE.sub("", question)
    if _YES_NO.match(question):
        return Kind.YES_NO
    asked = _CLAUSE.sub("", question).strip()
    found = ((re.search(rf"\b(?:{pattern})\b", asked, re.IGNORECASE), kind) for kind, pattern in _RULES)
    places = [(match.start(), kind) for match, kind in found if match]
    if places:
        return min(places, key=lambda place: place[0])[1]
    short = len(question.split()) <= TOPIC_WORDS
    return Kind.TOPIC if short and not _ASKS.search(question) else Kind.OTHER


def is_moment(words: str) -> bool:
    """Tell whether a few words are a day, a date or a time and nothing else: `Thursday`, `on June 21`, `2022`."""
    return bool(_TIME.search(words)) and not re.search(r"[A-Za-z]{3,}", _TIME.sub("", _FILLING.sub("", words)))


def names_kind(words: str) -> bool:
    """Tell whether words name a kind of person or place, as `Gulf country` or `American official` do."""
    return bool(_KIND_NOUN.search(words))


def asks_many(question: str) -> bool:
    """Tell whether several things, or what several sources say, are asked for."""
    return bool(_MANY.search(question))


def fits_kind(kind: Kind, words: str) -> bool:
    """Tell whether a few words can be an answer of a kind; True for kinds whose answers can be any words."""
    if kind is Kind.NUMBER:
        return bool(_NUMBER.search(words))
    if kind is Kind.TIME:
        return bool(_TIME.search(words) or _NUMBER.search(words))
    if kind in (Kind.PERSON, Kind.PLACE):
        return bool(_NAME.search(words)) or (kind is Kind.PLACE and bool(_PLACE_NOUN.search(words)))
    return True
