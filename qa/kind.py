"""Kinds of question: what sort of words an answer must hold, told from the question's own words."""

from __future__ import annotations

import re
from enum import StrEnum

GENERIC = {
    **dict.fromkeys("say said tell told state stated call called describe described think mention speak".split(), 0.35),
    **dict.fromkeys("article articles report reports source sources outlet outlets story different each many much".split(), 0.2),
    **dict.fromkeys("happen happened name person people thing kind type time year day month place job role".split(), 0.3),
    **dict.fromkeys("give list explain show does else exactly currently latest besides since".split(), 0.2),
    **dict.fromkeys("go going went come make made take taken get become expect planned due far".split(), 0.4),
    **dict.fromkeys("please know need want like actually really ever still yet according".split(), 0.3),
}
"""Words of questions that say how to answer rather than what about, with the share of their weight that they keep."""


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
    OTHER = "other"


_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half "
    "third quarter fifth tenth hundreds thousands millions billions tens dozens several majority minority percent"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_NUMBER = re.compile(r"\d|\b(?:" + "|".join(_NUMBER_WORDS) + r")\b", re.I)
_TIME = re.compile(
    r"\b(?:" + "|".join([*_WEEKDAYS, *(m.capitalize() for m in _MONTHS)]) + r")\b|\b(?:1[89]|20)\d\d\b|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b"
    r"|\b(?:today|tomorrow|yesterday|tonight|weekend|week|month|morning|evening|night|noon|dusk|spring|summer|autumn|winter|century|ago|earlier|later|soon)\b",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:in|at|to|from|near|into|outside|on|of|across|aboard|onboard|via|for|toward|towards|leave|left|visit\w*)\s+(?:the\s+|its\s+)?(?:[a-z]+\s+){0,3}[A-Z]\w+"
)
_REASON = re.compile(
    r"\b(?:because|since|due|so that|so as|in order|as a way|out of|to \w+|after|amid|therefore|reason|aim\w*|as \w+|for fear|given|owing|over|thanks|in part|by \w+ing)\b",
    re.I,
)
_WORDS = re.compile(
    r"[“\"”]|[‘'].+['’]|\b(?:sa(?:id|ys?|ying)|told|tell\w*|stat(?:ed?|ing)|call\w*|describ\w+|referr\w+|dismiss\w+|accus\w+|"
    r"argu\w+|critici[sz]\w+|not(?:ed|ing)|add(?:ed|ing)|announc\w+|warn\w+|claim\w*|express\w+|insist\w*|reject\w*|demand\w*|conclud\w+|underscor\w+|suggest\w+|label\w+|want\w*|reiterat\w+|stress\w*)\b",
    re.I,
)
_NAME = re.compile(r"(?:^|[\s“\"‘'(—–-])[A-Z][\w’'-]+")

_RULES: tuple[tuple[str, Kind], ...] = (
    (r"\bhow (?:many|much|long|old|far|tall|big|large|often|high|fast|deep)\b|\b(?:death toll|what (?:number|percentage|share|proportion|fraction))\b", Kind.NUMBER),
    (r"\bwhen\b|\b(?:what|which|at what|on what|in what|since what) (?:\w+ )?(?:time|date|day|year|month|hour|week|weekday)\b|\bsince when\b|\bhow soon\b", Kind.TIME),
    (r"\bwhere\b|\b(?:what|which|in which|in what) (?:\w+ )?(?:city|cities|country|countries|place|town|state|building|palace|venue|location|capital|region|shore|continent)\b", Kind.PLACE),
    (r"\bwhy\b|\bwhat (?:is|was|were|are) the (?:reason|purpose|aim|motive)|\bwhat (?:made|led|caused|prompted)\b|\bfor what reason\b|\bhow come\b", Kind.REASON),
    (r"\bwhat (?:else )?(?:did|does|do|has|have|was|is) .+\b(?:say|said|call|called|tell|told|describe|think|claim|demand|want|state|announce|accuse|warn|insist|suggest)\b"
     r"|\bhow (?:did|does|do|has|have) .+\b(?:describe|call|refer|characteri[sz]e|react|respond|see|view|justify|explain|dismiss)\b|\bin (?:his|her|their|whose) words\b", Kind.WORDS),
    (r"\b(?:who|whom|whose)\b|\b(?:what|which) (?:\w+ )?(?:person|man|woman|people|leader|leaders|official|officials|minister|president|politician|officer|envoy|adviser|spokes\w+)\b", Kind.PERSON),
    (r"^\W*(?:and |so |but )?(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|isn't|aren't|didn't|doesn't|hasn't|won't)\b", Kind.YES_NO),
)  # fmt: skip
_ASKS = re.compile(r"(?i)\b(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|will|can|could|should|tell|list|name|give|explain|describe|summari[sz]e)\b|\?")


def read_kind(question: str) -> Kind:
    """Tell what kind of answer a question asks for."""
    for pattern, kind in _RULES:
        if re.search(pattern, question, re.I):
            return kind
    return Kind.OTHER if _ASKS.search(question) else Kind.TOPIC


def holds_kind(kind: Kind, text: str) -> bool:
    """Tell whether a sentence holds words of the kind that is asked for; True for kinds without a mark of their own."""
    pattern = {
        Kind.NUMBER: _NUMBER,
        Kind.TIME: _TIME,
        Kind.PLACE: _PLACE,
        Kind.REASON: _REASON,
        Kind.WORDS: _WORDS,
        Kind.PERSON: _NAME,
    }.get(kind)
    return pattern is None or bool(pattern.search(text))
