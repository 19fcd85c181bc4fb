"""Frames: words of a question that speak of the articles themselves, around what is asked of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.aim import SOURCES

_TELL = r"(?:say|state|report|mention|claim|note|write|tell|carry|cover|confirm|agree|quote|cite|have)(?:s|es|ed|ing)?"
_WHICH = re.compile(
    rf"(?i)^\W*(?:which|what|how many) (?:of )?{SOURCES} (?:{_TELL}|said|wrote|told us) "
    r"(?P<that>that |about |on |of )?(?P<core>.{8,}?)\W*$"
)
_WHAT = re.compile(
    rf"(?i)^\W*(?:what (?:do|does|did|has|have) {SOURCES} (?:have to )?"
    r"(?:say|said|report(?:ed)?|tell us|tell|told|write|written|mention(?:ed)?|reveal(?:ed)?) (?:about|on|of|regarding)"
    rf"|how (?:do|does|did|has|have) {SOURCES} "
    r"(?:describe|cover|report on|write about|portray|present|characteri[sz]e)d?)"
    r" (?P<core>.{4,}?)\W*$"
)
_ANY = re.compile(
    rf"(?i)^\W*(?:do|does|did|is there|are there) (?:any(?:thing|one)? )?(?:of |in )?{SOURCES} "
    rf"(?:{_TELL}) (?P<that>that |about |on |of )?(?:any(?:thing|one) about )?(?P<core>.{{4,}}?)\W*$"
)
_ACCORDING = re.compile(
    rf"(?i)^\W*(?:according to|in|from|by) {SOURCES},? (?P<core>(?:who|what|when|where|which|why|how|whom|whose)\b.+)$"
    rf"|^(?P<before>.+?),? (?:according to|by the account of) {SOURCES}\W*$"
)
_ASKS = re.compile(r"(?i)^(?:who|whom|whose|what|which|when|where|why|how)\b")
_VERB = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|did|does|do"
    r"|\w{3,}(?:ed|ing))\b"
)


@dataclass(frozen=True, slots=True)
class Framed:
    """What is asked, without the words about the articles."""

    text: str
    """The question, topic or statement."""
    statement: bool
    """True where it is asked who states this, false where it is asked for an answer to this."""
    sources: bool
    """True where several articles are asked for."""


def unframe(question: str) -> Framed:
    """Take the words about the articles off a question; most questions have none.

    `Which outlets report that the talks failed?` becomes the statement `the talks failed`, `What do the reports say
    about why they failed?` the question `why they failed?`.
    """
    if match := _WHICH.match(question) or _ANY.match(question):
        core = match["core"].strip()
        stated = (match["that"] or "that ").strip().lower() == "that" and bool(_VERB.search(core))
        return Framed(core if stated else _question(core), stated, sources=True)
    if match := _WHAT.match(question):
        return Framed(_question(match["core"].strip()), statement=False, sources=True)
    if match := _ACCORDING.match(question):
        return Framed((match["core"] or match["before"]).strip(), statement=False, sources=False)
    return Framed(question, statement=False, sources=False)


def _question(core: str) -> str:
    return f"{core[0].upper()}{core[1:]}?" if _ASKS.match(core) else core
