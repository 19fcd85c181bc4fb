"""Address: whether a sentence of an article speaks to a language model, so that it is evidence of nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.quotation import without_quotations
from qa.prompt_data import INVISIBLE, TEMPLATE

_MODEL = r"(?:a\.?i\.?|llms?|language[ -]models?|(?:chat)?bots?|assistants?|gpt[\w.-]*|summari[sz]ers?)"
_ORDER = (
    r"(?:(?<=^)|(?<=[.:;!?,>)*\#\n-]\ )|(?<=[.:;!?,>)*\#\n-])"
    r"|\b(?:please|you\s+(?:must|should|will|can)|now|then|instead|always)\s+(?:now\s+|always\s+|only\s+)?)"
)
"""Where an order begins: at the start of a sentence or clause, or after `please` or `you must`."""
_SAY = (
    r"(?:answer|respond|reply|say|output|print|write|state|tell|repeat|return|claim|cite|include|append|add|insert"
    r"|reveal)"
)
_REPLY = r"(?:answers?|reply|replies|responses?|output|summary|citations?|system\s+prompt|prompt|instructions?|rules)"
_SPEAKS = re.compile(
    rf"""(?xi)
      {_ORDER}(?:ignore|disregard|forget|override|bypass|discard)\s+(?:\w+\s+){{0,4}}?
        (?:instructions?|prompts?|rules?|guidelines?|context|articles?|sources?|evidence|messages?|constraints?|everything)\b
    | {_ORDER}(?:cite|reference|quote|credit|number|attribute|label|mark|attach)\s+
        (?:\w+\s+){{0,6}}?[\[(【]\s*\d+\s*[\])】]
    | {_ORDER}(?:cite|reference|credit|trust)\s+(?:me|us|(?:only\s+)?(?:me|this|us)
        |this\s+(?:article|text|page|source|site))\b
    | \byou\s+(?:must|should|have\s+to|need\s+to|are\s+to)\s+(?:now\s+|always\s+|only\s+|then\s+)?{_SAY}\b
    | \b(?:in|to|of|from|with|into)\s+your\s+(?:\w+\s+)?{_REPLY}\b
    | \byour\s+(?:system\s+prompt|(?:previous|prior|original|hidden)\s+instructions?)\b
    | {_ORDER}{_SAY}\s+(?:\w+\s+){{0,5}}?(?:the\s+users?|to\s+(?:every|any|all)\s+questions?|the\s+system\s+prompt)\b
    | \b(?:if|when(?:ever)?)\s+[^.,]{{0,40}}?\bask(?:s|ed)?\b[^.]{{0,80}}?,
        \s*(?:please\s+|always\s+|just\s+|only\s+)?{_SAY}\b
    | ^{_SAY}\s+(?:only\s+)?(?:that|this|the\s+following)\b
    | ^(?:whoever|anyone\s+who|everybody\s+who)\s+asks\b | \bmust\s+be\s+told\s+that\b
    | \byou\s+are\s+(?:now\s+|no\s+longer\s+)?(?:an?\s+|in\s+|the\s+)?(?:\w+\s+){{0,2}}?
        (?:{_MODEL}|developer\s+mode|dan|unrestricted|jailbroken)\b
    | \b(?:dear|attention|hello|hey|hi|(?:note|message|instructions?|notice)\s+(?:to|for))\s*:?\s*
        (?:all\s+|any\s+|the\s+|every\s+)?(?:\w+\s+){{0,2}}?{_MODEL}\b
    | \bif\s+you\s+are\s+(?:an?|the)\s+(?:\w+\s+){{0,2}}?{_MODEL}\b
    | ^{_MODEL}\s*(?:,|:|must\b|should\b)
    | {_ORDER}(?:do\s+not|don['’]t|never)\s+(?:mention|cite|quote|trust|rely\s+on|reveal|verify)\s+(?:\w+\s+){{0,3}}?
        (?:articles?|sources?|evidence|documents?|citations?|users?|this)\b
    | ^\W*(?:new|updated|system|hidden|secret|developer|urgent)\s+
        (?:prompt|instructions?|message|override|directive)s?\s*:
    | \bas\s+an?\s+(?:ai\b|(?:ai\s+)?language\s+model)
    | ^\W*(?:system|assistant|user|human|developer|tool|instructions?)\s*(?:\(\w+\))?\s*:(?!\s*\d)
    | ^\W*(?:end|begin|start|close)(?:ning)?\s+of\s+(?:the\s+)?
        (?:articles?|evidence|context|documents?|sources?|prompt)\b
    | \bcorrect\s+answer\s+(?:to\s+\w+\s+\w+\s+)?is\b | \bjailbreak\b
    """
)


@lru_cache(maxsize=16384)
def speaks_to_model(text: str) -> bool:
    """Tell whether a sentence gives orders to a language model, or poses as part of a prompt, outside quotation marks.

    Invisible characters are read over, and look-alike letters as their plain forms. Quoted words count as reported.
    """
    shown = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    if TEMPLATE.search(text) or TEMPLATE.search(shown):
        return True
    return bool(_SPEAKS.search(without_quotations(shown).strip()))
