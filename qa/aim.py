"""Aims: questions about the articles as a whole, told from their own words: on what they agree, what happened when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qa.moment import find_moments

if TYPE_CHECKING:
    from collections.abc import Sequence

_SOURCE = (
    r"(?:articles?|outlets?|reports?|sources?|papers?|newspapers?|stories|story|files?|texts?|press|media|coverage"
    r"|journalists?|publications?|accounts?|versions?|documents?|corpus)"
)
SOURCES = (
    r"(?:(?:all|each|both|most|any|every|some|other|various|different|several|of|the|these|those|this|that|my|your|our"
    rf"|two|three|four|five|news|media|press) )*{_SOURCE}"
)
"""Words for the articles, as questions name them."""
_THEY = rf"(?:{SOURCES}|they(?: all)?)"
_OF_THEM = rf"(?: (?:between|among|in|of|across|to|from) {_THEY})?"
_ABOUT = (
    r" (?:on|about|of|over|regarding|concerning|as to|when it comes to|in|for|with)"
    r"(?: the (?:subject|topic|question|matter) of)?"
)
_POLITE = (
    r"(?:(?:please|now|ok(?:ay)?|and|so|but|then),? )*(?:(?:can|could|would|will) you (?:please )?"
    r"|i(?:'d| would) like (?:you to )?)?"
)
_GIVE = (
    r"(?:(?:give|show|tell|make|write|draw up|provide|list|create|get|need|want|what (?:are|is)|(?:are|is) there)"
    r"(?: me| us)? )?(?:(?:an?|the|in an?|in|any|all) )*(?:(?:short|brief|quick|general|full|main) )*"
)
_DIFFERENCE = (
    r"(?:differences?|disagreements?|contradictions?|discrepanc(?:y|ies)|inconsistenc(?:y|ies)|conflicting claims?)"
)
_OVERVIEW = r"(?:summary|overview|recap|gist|digest|outline|briefing|run-?down)"
_DO = r"(?:where|how|what|in what|on what|on which points?|on which|do|does)(?: points?)?(?: do| does)?"


Day = tuple[int | None, int, int]
"""Year, None where it is left out, month and day."""


class Aim(StrEnum):
    """What is wanted of the articles together."""

    AGREE = "agree"
    DIFFER = "differ"
    SUMMARY = "summary"
    TIMELINE = "timeline"
    COMPARE = "compare"


_CORES = (
    (Aim.COMPARE, rf"(?:compare|contrast)(?: how| what)? {SOURCES}(?: (?:report|cover|tell|treat|say))?", True),
    (Aim.COMPARE, rf"how do {SOURCES} compare", False),
    (Aim.COMPARE, rf"{_GIVE}(?:comparison|side[- ]by[- ]side)(?: of| between) {SOURCES}", False),
    (Aim.DIFFER, rf"{_DO} {_THEY} (?:differ|disagree|diverge|contradict(?: each other| one another)?|vary)", True),
    (Aim.DIFFER, rf"{_GIVE}{_DIFFERENCE}(?: are there)?{_OF_THEM}", False),
    (Aim.AGREE, rf"{_DO} {_THEY} (?:(?:all )?agree(?: up)?|concur|have in common|share|(?:all )?say the same)", True),
    (Aim.AGREE, rf"what do (?:all|both) (?:of )?{SOURCES} (?:say|report|state)", False),
    (Aim.AGREE, rf"{_GIVE}(?:points? of agreement|common ground|consensus|undisputed|(?:in )?common){_OF_THEM}", False),
    (Aim.TIMELINE, rf"{_GIVE}(?:time ?line|chronology|sequence of events|order of events)", False),
    (Aim.TIMELINE, r"(?:what )?happened when", False),
    (Aim.TIMELINE, r"in (?:what|which) order did (?:things|everything|it|(?:the )?events) happen", False),
    (Aim.TIMELINE, r"(?:(?:tell me )?what happened|(?:list|put) (?:the )?events),? in (?:chronological )?order", False),
    (Aim.SUMMARY, r"(?:summari[sz]e|sum up|recap|outline)(?: (?:for me|briefly))?", True),
    (Aim.SUMMARY, rf"{_GIVE}{_OVERVIEW}", False),
    (Aim.SUMMARY, r"(?:brief|update) me", False),
    (Aim.SUMMARY, rf"{_GIVE}(?:main|key|most important|essential) (?:points?|facts?|takeaways?){_OF_THEM}", False),
    (Aim.SUMMARY, rf"what (?:are|is) {SOURCES} (?:all )?about", False),
    (Aim.SUMMARY, r"what(?:'s| is| are) (?:this|these|it|all this|they)(?: all)? about", False),
    (Aim.SUMMARY, r"tl;?dr", True),
)  # fmt: skip
"""The words that tell an aim, and whether its topic may follow without `about`."""
_PATTERNS = tuple(
    (
        aim,
        re.compile(
            rf"(?i)^\W*{_POLITE}{core}(?:(?: on| about| over)?"
            rf"(?:{_ABOUT}{' |[ :]+' if direct else ' '})(?P<topic>.{{2,200}}?)| on| about| over)?[\s.?!]*$"
        ),
    )
    for aim, core, direct in _CORES
)
_NO_TOPIC = re.compile(
    rf"(?i)on|about|with|over|up|(?:in )?{SOURCES}|it|this|that|these|them|all(?: of (?:it|this|them))?|everything"
    r"|(?:the |all )?events?|what happened|things"
)
_HAPPENED = re.compile(
    rf"(?i)^\W*{_POLITE}(?:what (?:else )?(?:(?:was|were|is|has been|had been) "
    r"(?:reported|published|written|said|in the news)|happened|took place|occurred|was happening|went on)"
    rf"|what (?:do|does|did) {SOURCES} (?:say|report|tell us|write))"
    r"(?P<topic>\b.*?)[\s.?!]*$"
)
"""Asks for a summary where a day is named: `What happened in Oberstadt on 12 May?`"""
_TELL_ALL = re.compile(rf"(?i)^\W*{_POLITE}what (?:do|does|did) {SOURCES} (?:say|report|tell us|write)\W*$")
_LEADING = re.compile(rf"(?i)^(?:{_ABOUT}|\s+(?:at|to|around))\s+")
_DAY_OPENING = re.compile(r"(?i)[\s,]*\b(?:on|of|from|for|dated)?[\s,]*(?:the )?$")
_POINTS = re.compile(r"(?i)(?<=\s)(?:it|that|those|them)(?=[\s.?!]*$)")
_BARE = re.compile(rf"(?i),? (?:in|from|across|according to) {SOURCES}$")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, and about what."""

    aim: Aim
    topic: str | None
    """None where it is all of the articles."""
    day: Day | None = None
    """The day of which a summary or a timeline is wanted; None for whatever day."""


def read_aim(question: str) -> Asked | None:
    """Tell a question about the articles as a whole, with its topic, from a question that a sentence can answer.

    `What do the articles agree on?` is one, `What do Russia and Ukraine agree on?` is not.
    """
    plain = " ".join(question.replace("’", "'").split())
    for aim, pattern in _PATTERNS:
        if match := pattern.match(plain):
            topic, day = match.groupdict().get("topic") or "", None
            if aim in (Aim.SUMMARY, Aim.TIMELINE):
                topic, day = _without_day(topic)
            return Asked(aim, _topic(topic), day)
    if _TELL_ALL.match(plain):
        return Asked(Aim.SUMMARY, None)
    if (match := _HAPPENED.match(plain)) and (found := _without_day(match["topic"]))[1]:
        return Asked(Aim.SUMMARY, _topic(_LEADING.sub("", found[0])), found[1])
    return None


def point_out(question: str, before: Sequence[str]) -> str:
    """Return a question about the articles that ends with `it` or `that`, with what was asked before in its place.

    Args:
        question: as it was asked.
        before: what was asked before, oldest first.
    """
    asked, points = read_aim(question), _POINTS.search(question)
    if asked is None or asked.topic is not None or points is None or not before:
        return question
    last = read_aim(before[-1])
    topic = last.topic if last else before[-1].strip(" ?!.")
    return question[: points.start()] + topic + question[points.end() :] if topic else question


def _topic(words: str) -> str | None:
    topic = _BARE.sub("", words.strip(" ,.;:?!\"“”'"))
    return None if not topic or _NO_TOPIC.fullmatch(topic) else topic


def _without_day(topic: str) -> tuple[str, Day | None]:
    """Return a topic without the day at its end, and that day: `the strike on 4 May`; None where it has none."""
    for moment in find_moments(topic):
        if moment.month and moment.day and not topic[moment.end :].strip(" .?!"):
            before = topic[: moment.start]
            opening = _DAY_OPENING.search(before)
            return before[: opening.start()] if opening else before, (moment.year, moment.month, moment.day)
    return topic, None
