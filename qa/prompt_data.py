"""Prompt data: article text as it may stand in a prompt, where nothing in it can be taken for instructions or marks."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
"""Characters that show nothing: without width, controls of direction, tags, control characters."""
TEMPLATE = re.compile(
    r"(?i)<\s*[|｜][^<>\n]{0,60}[|｜]\s*>|<\s*/?\s*(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn|sys|system|user|assistant"
    r"|tool|tool_call|tool_response|think|thinking|im_start|im_end|human|ai|instructions?|evidence|sources?|articles?"
    r"|documents?|context|question|answer)\b[^<>]{0,60}>|<{1,2}\s*/?\s*sys\s*>{1,2}|\[\s*/?\s*(?:inst|sys|system|user"
    r"|assistant|tool_calls?|available_tools|tool_results)\s*\]|<\s*(?:begin|end)_of_[a-z_]{1,30}\s*>"
)
"""Tokens of chat templates, and the tags that fence what a prompt holds."""
_ROLE = re.compile(
    r"(?im)(^|[\n.!?]\s*|#+\s*)(system|assistant|user|human|developer|tool|ai)(\s*(?:message|prompt)?\s*):(?=\s)"
)
_FENCE = re.compile(r"`{3,}|~{3,}|^\s*(?:-{3,}|={3,}|_{3,}|\*{3,})\s*$|#{2,}(?=\s)|<!--|-->|\"{3,}|'{3,}", re.MULTILINE)
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()\s]*)[^()]*\)")
_OPEN = str.maketrans("[]【】⟦⟧［］<>＜＞", "()()()()‹›‹›")


def as_data(text: str) -> str:
    """Return article text as one line for a prompt that fences it in tags and numbers it in square brackets.

    Chat-template tokens, fences and invisible characters are taken out, square brackets become round ones and angle
    brackets `‹›`, so that no text can close its fence or look like a citation mark; links leave their words only.
    All other characters stay: a quotation that a model copies is still verbatim but for these.
    """
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    previous = None
    while text != previous:  # taking one token out may join two halves of another
        previous = text
        text = TEMPLATE.sub(" ", text)
    text = _LINK.sub(lambda m: m[2], text)
    text = _FENCE.sub(" ", text)
    text = _ROLE.sub(lambda m: f"{m[1]}{m[2]}{m[3]} –", text)
    text = text.translate(_OPEN)
    return " ".join(text.split())
