"""Speech: who says what in a sentence, with the words of the sentence that are laid into each mouth."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.quotation import quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.names import Name

_PLAIN = (
    r"sa(?:id|ys?|ying)|t(?:ells?|old|elling)|stat(?:e[ds]?|ing)|add(?:s|ed|ing)?|includ(?:ed|ing)"
    r"|announc(?:e[ds]?|ing)|not(?:e[ds]|ing)|wr(?:ites?|ote|iting)|confirm(?:s|ed|ing)?|posted|explain(?:s|ed|ing)?"
    r"|report(?:s|ed|ing)?|repl(?:y|ies|ied)|mention(?:s|ed|ing)?|comment(?:s|ed|ing)?|testif(?:y|ies|ied)"
    r"|recall(?:s|ed|ing)?|remark(?:s|ed|ing)?|advised|concluded|reiterat(?:e[ds]?|ing)|repeated|indicat(?:e[ds]?|ing)"
    r"|underscor(?:e[ds]?|ing)|underlin(?:e[ds]?|ing)|highlight(?:s|ed|ing)?|observ(?:e[ds]?|ing)|reveal(?:s|ed|ing)?"
    r"|disclos(?:e[ds]?|ing)|maintain(?:s|ed|ing)?"
)
_COLOURED = (
    r"warn(?:s|ed|ing)?|argu(?:e[ds]?|ing)|insist(?:s|ed|ing)?|claim(?:s|ed|ing)?|stress(?:es|ed|ing)?"
    r"|assert(?:s|ed|ing)?|suggest(?:s|ed|ing)?|den(?:y|ies|ied|ying)|admit(?:s|ted|ting)?|acknowledg(?:e[ds]?|ing)"
    r"|believ(?:e[ds]?|ing)|th(?:inks?|ought)|predict(?:s|ed|ing)?|declar(?:e[ds]?|ing)|vow(?:s|ed|ing)?"
    r"|promis(?:e[ds]?|ing)|pledg(?:e[ds]?|ing)|conced(?:e[ds]?|ing)|complain(?:s|ed|ing)?|emphasi[sz](?:e[ds]?|ing)"
    r"|estimat(?:e[ds]?|ing)|allege[ds]?|doubt(?:s|ed)?|fear(?:s|ed)?|hope[ds]?|ask(?:s|ed|ing)?"
)
SAYING = re.compile(rf"(?i)\b(?:(?P<plain>{_PLAIN})|(?P<coloured>{_COLOURED}))\b")
"""Verbs of saying and thinking."""
_NEEDS_THAT = re.compile(
    r"(?i)(?:includ|add|post|report|mention|comment|estimat|not|indicat|doubt|fear|hope|ask|promis|recall|th"
    r"|under|highlight|observ|reveal|disclos|maintain)"
)
"""Verbs, by how they begin, that have other uses: they lay words into a mouth only before `that` or a quotation."""
_ACCORDING = re.compile(r"(?i)\b(?:according to|in the (?:words|view|opinion) of|as (?:told|quoted) by)\s+")
_NOUN = re.compile(
    r"(?i)(?:state|claim|remark|pledge|promise|hope|doubt|fear|report|estimate|comment|mention|note|vow)s?$"
)
"""Verbs that are nouns, too: they need a name or pronoun before them."""
_ADVERBS = re.compile(
    r"(?i)(?:\s*\b(?:also|earlier|later|then|further|again|once|both|had|has|have|did|do|does|not|never|on|late|early"
    r"|\w+ly|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\s*\b\w+n[’']t\b)*\s*$"
)
_BE = re.compile(r"(?i)\b(?:is|are|was|were|been|be|being)\s+(?:\w+ly\s+)?$")
_PRONOUN = re.compile(r"(?i)\b(he|she|they|it|we|i|who)$")
_JOINS = re.compile(r"(?i)(?:^|\s)(?:and|but|or)$")
_SAID = re.compile(r"(?i)^(?:\s+(?!that\b)[\w’'-]+){0,8}?\s*,?\s*(?:\bthat\b|[“\"‘]|:)")
_TAIL = re.compile(
    r"(?i)^(?: (?:to )?(?:reporters|journalists))?\s*(?:[.,;]|$|(?:on|in|at|aboard|late|during|after|when|while|as|from"
    r"|outside|earlier|last|before|with|this|yesterday|today|\w+ly|\w+day)\b)"
)
_AWAY = re.compile(r"(?i)\b(?:as|while|after|when|because|before)\b")
_CLAUSE = re.compile(
    r"[.;:!?][”\"]?\s|[“”\"]|\s[—–-]\s|,[’']?\s|\b(?:and|but|while|although|though|because|as|when|if|that)\b"
)


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of a sentence that somebody is said to have said, written or thought."""

    verb: str
    """The verb as written, lower case; `according to` is one."""
    speaker: str
    """Who says so, as the text names them: a name, else a pronoun or noun phrase, else empty."""
    name: Name | None
    """The name of the speaker, where the text gives one."""
    start: int
    """First character of what is said; the span may hold whom it is said to."""
    end: int
    """One past the last character."""
    plain: bool
    """True for verbs that only report (`said`), False for those that colour (`claimed`, `denied`)."""
    denies: bool
    """True for `denied that`, `did not say that`."""


def find_speech(text: str, names: Sequence[Name]) -> tuple[Speech, ...]:
    """Return what is said by whom in a sentence, in the order of the words that say so.

    Args:
        text: the sentence.
        names: the names in it (see `qa.names`).
    """
    quoted = quotations(text, 0, len(text))
    found: list[Speech] = []
    for match in SAYING.finditer(text):
        inside = any(a < match.start() < b for a, b in quoted)
        if inside or _BE.search(text[: match.start()]) or re.match(r"State", match[0]):
            continue
        speech = _speech(match, text, names, quoted, found)
        if speech is not None:
            if found and found[-1].end > match.start() and found[-1].start < match.start():
                found[-1] = replace(found[-1], end=match.start())
            found.append(speech)
    found += [_according(match, text, names) for match in _ACCORDING.finditer(text)]
    return tuple(found)


def _speech(
    match: re.Match[str],
    text: str,
    names: Sequence[Name],
    quoted: Sequence[tuple[int, int]],
    found: Sequence[Speech],
) -> Speech | None:
    """Tell the four shapes apart: `…, adding that …`, `“…,” said X`, `“…,” X said`, `X said that …`."""
    before, after = text[: match.start()], text[match.end() :]
    said = bool(_SAID.match(after))
    plain, denies = bool(match["plain"]), match[0].lower().startswith("den") or _denied(before)
    left = max((end for _, end in quoted if end <= match.start()), default=0)
    between = text[left : match.start()]
    near = bool(left) and text[left - 2] in ",.?!…" and len(between.split()) <= 14
    near = near and not SAYING.search(between) and not _AWAY.search(between)
    if _NEEDS_THAT.match(match[0]) and not said and not near:
        return None
    verb = match[0].lower()
    if verb.endswith("ing"):
        speaker, name = _nearest_speaker(found, names, match.start())
        return Speech(verb, speaker, name, match.end(), len(text), plain, denies)
    if not said and (inverted := _inverted(match, text, names)) is not None:
        speaker, name = inverted
        return Speech(verb, speaker, name, 0, match.start(), plain, denies)
    speaker, name, begin = _subject(before, names, found)
    if near or (not said and _TAIL.match(after) and "," in before[: begin + 1]):
        goes_on = any(start > match.end() for start, _ in quoted)
        return Speech(verb, speaker, name, 0, len(text) if goes_on else left if near else begin, plain, denies)
    known = name is not None or speaker in {"he", "she", "they", "it", "we", "i", "who"}
    if not re.search(r"\w", after) or (_NOUN.match(match[0]) and not known):
        return None
    aside = re.search(r", (?:which|who)\b", after)
    return Speech(verb, speaker, name, match.end(), match.end() + aside.start() if aside else len(text), plain, denies)


def _inverted(match: re.Match[str], text: str, names: Sequence[Name]) -> tuple[str, Name | None] | None:
    """Return who spoke in `“…,” said the minister` and `…, said Mark Rutte.`, None for other orders."""
    before, after = text[: match.start()].rstrip(), text[match.end() :]
    if before[-1:] not in set(",”\"’'") or not re.match(r"\s+(?:[A-Z]|(?:the|a|an|his|her|their)\b)", after):
        return None
    end = _phrase_end(text, match.end())
    inside = [n for n in names if match.end() <= n.start and n.end <= end]
    one = next((n for n in inside if n.person), inside[0] if inside else None)
    if before[-1] == "," and (one is None or one.end < end or re.search(r",[^,]*$", before[:-1])):
        return None
    return one.text if one else text[match.end() : end].strip(), one


def _subject(before: str, names: Sequence[Name], found: Sequence[Speech]) -> tuple[str, Name | None, int]:
    """Return who stands before a verb: words, name if there is one, and where the phrase begins."""
    bare = _ADVERBS.sub("", before, count=1).rstrip()
    here = [n for n in names if n.end <= len(bare)]
    if _JOINS.search(bare):
        return *_nearest_speaker(found, names, len(bare)), len(bare)
    if here and here[-1].end == len(bare):
        return here[-1].text, here[-1], _chunk(bare, here[-1].start)
    if pronoun := _PRONOUN.search(bare):
        if pronoun[1].lower() == "who" and here:
            return here[-1].text, here[-1], pronoun.start()
        return pronoun[1].lower(), None, pronoun.start()
    if bare.endswith(","):
        for name in reversed(here):
            lead = bare[_chunk(bare, name.start) : name.start]
            if bare[name.end :].lstrip().startswith(",") and not re.search(r"\b(?:of|in|with|by|from|to|at)\s", lead):
                return name.text, name, _chunk(bare, name.start)
    begin = _chunk(bare, len(bare))
    inside = [n for n in here if n.start >= begin]
    one = next((n for n in inside if n.person), None)
    return (one.text if one else " ".join(bare[begin:].split()[-5:])), one, begin


def _chunk(text: str, end: int) -> int:
    """Return where the piece of a clause begins that ends at `end`."""
    return max((m.end() for m in _CLAUSE.finditer(text, 0, end)), default=0)


def _nearest_speaker(found: Sequence[Speech], names: Sequence[Name], before: int) -> tuple[str, Name | None]:
    """Return who spoke last in this sentence, else its first person, else its first name."""
    if found:
        return found[-1].speaker, found[-1].name
    here = [n for n in names if n.end <= before]
    name = next((n for n in here if n.person), here[0] if here else None)
    return (name.text if name else ""), name


def _denied(before: str) -> bool:
    return bool(re.search(r"(?i)(?:\b(?:not|never)|n[’']t)\s*$", before))


def _according(match: re.Match[str], text: str, names: Sequence[Name]) -> Speech:
    end = _phrase_end(text, match.end())
    inside = [n for n in names if match.end() <= n.start and n.end <= end]
    one = next((n for n in inside if n.person), inside[0] if inside else None)
    first = not text[: match.start()].strip(" “\"'")
    said = (end, len(text)) if first else (0, match.start())
    phrase = text[match.end() : end].strip()
    return Speech("according to", one.text if one else phrase, one, *said, plain=True, denies=False)


def _phrase_end(text: str, start: int) -> int:
    stop = re.compile(r"[,;:.]\s|[.,;:]$|\s[—–]\s|\s(?:who|which|on|in|at|that|after|when|as)\b").search(text, start)
    return stop.start() if stop else len(text)
