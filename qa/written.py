"""Written sentences: what a language model wrote, parted into its words and its marks, with chatter told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.quotation import without_quotations
from qa.prompt_data import INVISIBLE, TEMPLATE

_MARK = re.compile(
    r"(?i)\s*[\[【]\s*\^?(?:(?:sources?|evidence|articles?|refs?|citations?|no|nr)\b\.?\s*)?#?"
    r"(\d{1,9}(?:\s*(?:[,;&–-]|and)\s*#?\^?\d{1,9})*)\s*(?:†[^\]】]*)?[\]】]"
    r"|\s*\(\s*(?:(?:see )?(?:sources?|evidence|citations?)\s*#?)(\d{1,9}(?:\s*(?:[,;&–-]|and)\s*\d{1,9})*)\s*\)"
)
_HANGING = re.compile(
    r"(?i)^(?:according to|as (?:stated|reported|mentioned|noted|described|shown|seen) (?:in|by)|based on|from|per|in)"
    r"(?: the)?(?: (?:given|provided|above))?(?: (?:articles?|sources?|evidence|documents?|passages?|reports?|text"
    r"|context|excerpts?))?\s*(?:§(?:\s*(?:,|and|&)?\s*§)*)?\s*[,:]\s*"
)
_STATES = re.compile(
    r"(?i)^(?:the )?(?:articles?|sources?|evidence|documents?|passages?|reports?|text|context|excerpts?)?\s*§?\s*"
    r"(?:states?|says?|mentions?|reports?|notes?|indicates?|shows?)\s*,?\s*(?:that|:)\s*"
)
_LIST = re.compile(r"^\s*(?:[-*•–—+>]|#{1,6}|\(?\d{1,2}[.)]|[a-z][.)])\s+")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`{1,3})(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_MODEL = re.compile(
    r"(?i)\b(?:as an? (?:ai|language model|assistant)|(?:ai|language) (?:language )?model\b|i(?:['’]m| am| hope| can"
    r"| will|['’]ll| have| would| cannot| was| do|['’]ve)?\b|me\b|my\b|you(?:r|['’]re)?\b|let['’]s\b|let us\b)"
)
_OPENING = re.compile(
    r"(?i)^(?:sure|certainly|of course|okay|ok|great|hello|hi|thanks?|thank you|sorry|please|note|disclaimer|answer"
    r"|summary|in (?:summary|conclusion|short)|to summari[sz]e|overall)\b[\s,:!.-]*"
)
_EMPTY = re.compile(
    r"(?i)^(?:(?:here|below|above|following)\b.*\b(?:is|are|answer|summary|list|points?)\b.*|(?:based on|according to"
    r"|from) (?:the|these|this)?\s*\w*\s*(?:articles?|evidence|sources?|context|information|text|passages?)\b.{0,60}:?"
    r"|.*\b(?:question|query|prompt|instructions?)\b.*)[:.!]*$"
)
_SILENT = re.compile(
    r"(?i)(?:\b(?:articles?|sources?|evidence|documents?|passages?|text|context|excerpts?|information|reports?|content"
    r"|sentences?)\b[^.;]{0,80}?\b(?:(?:do|does|did|is|are|was|were|has|have|can)(?: not|n['’]t)|cannot|never|fails?"
    r"|lacks?|no|silent|insufficient|unclear|nothing|without)\b[^.;]{0,40}?(?:\b(?:mention|sa[yi]|state|specif|provid|contain|includ"
    r"|answer|give|tell|reveal|disclos|describ|discuss|address|explain|enough|inform|detail|clear|silent|refer|indicat"
    r"|available|know))|\bno (?:information|mention|evidence|details?|data|indication|answer)\b[^.;]{0,80}"
    r"\b(?:articles?|sources?|evidence|context|text|passages?|documents?|provided|given|available|found)\b"
    r"|\b(?:it is|it['’]s|this is) (?:not (?:clear|known|stated|mentioned|specified|possible)|unclear|unknown)\b"
    r"|\b(?:not|n['’]t) (?:mentioned|stated|specified|provided|given|found|available|answered)\b[^.;]{0,40}"
    r"\b(?:articles?|sources?|evidence|context|text|passages?|documents?)\b|^not in (?:the|these) articles)"
)
QUOTE_MARKS = re.compile('[“”„«»「」『』"]')


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence of a model."""

    text: str
    """What it says: without marks, markup, and words about the sources (`According to [2],`); may be empty."""
    cited: tuple[int, ...]
    """The numbers of its citation marks in their order, each once, those that exist and those that do not."""


def read_written(sentence: str) -> Written:
    """Part a sentence into what it says and what it cites."""
    text = TEMPLATE.sub(" ", INVISIBLE.sub("", sentence))
    text = _LINK.sub(lambda m: m[1], text)
    cited: dict[int, None] = {}
    for match in _MARK.finditer(text):
        cited.update(dict.fromkeys(_numbers(match[1] or match[2])))
    text = _LIST.sub("", _MARK.sub("§", text))
    text = _MARK.sub("§", _EMPHASIS.sub(lambda m: m[2], text))
    for lead in (_HANGING, _STATES):
        text = lead.sub("", text, count=1)
    text = re.sub(r"(?:\s*§)+\s*(?=[.,;:!?”’\"']|$)", "", text).replace("§", " ")
    text = _MARK.sub("", " ".join(re.sub(r"[*`#|]", "", text).split())).strip(" _")
    return Written(text[:1].upper() + text[1:], tuple(cited))


def is_chatter(text: str) -> bool:
    """Tell whether a sentence is about the model, the reader or the answer itself: nothing in it can be checked."""
    plain = without_quotations(text).strip()
    if not re.search(r"[^\W\d_]{2}", text) or text.rstrip().endswith((":", "?")):
        return True
    return bool(_MODEL.search(plain) or _EMPTY.match(plain) or not _OPENING.sub("", plain).strip())


def claims_silence(text: str) -> bool:
    """Tell whether a sentence says that the articles do not say something: that is for the evidence to decide."""
    return bool(_SILENT.search(without_quotations(text)))


def without_marks(text: str) -> str:
    """Return a text without its double quotation marks."""
    return QUOTE_MARKS.sub("", text)


def _numbers(marks: str) -> list[int]:
    """Return the numbers in `1, 3-5`; a range of more than nine is taken as its ends."""
    found: list[int] = []
    for part in re.split(r"\s*(?:[,;&]|and)\s*", marks):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] <= 9:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return found
