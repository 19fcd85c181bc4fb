"""Boilerplate: lines of a page that are no part of its article. They are marked, never cut, and never evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_STARTS = re.compile(
    r"""(?ix)^[\W_]*(?:
      (?:read|see|show|load|learn|view)\s+(?:more|also|all|next|full\s+(?:story|article))\b
    | (?:continue\s+reading|keep\s+reading|more\s+on\s+this|more\s+(?:stories|news|from)|you\s+may\s+(?:also\s+)?like)\b
    | (?:also|must)\s+read\b | read\s*: | read\s+(?:our|the\s+full)\b
    | related\s+(?:articles?|stories|topics|posts|content|news)\b
    | recommended\b(?=\W|$) | most\s+(?:read|popular|viewed)\b
    | follow\s+(?:us|\w+\s+on)\b | (?:find|join|like|visit)\s+us\s+on\b | connect\s+with\s+us\b
    | watch\s+(?:live|now|the\s+video|:) | live\s+now\b | listen\s+(?:live|now)\b
    | get\s+(?:regular|the\s+latest|daily|our|all\s+the|breaking)\b
      .*\b(?:updates?|news(?:letters?)?|stories|inbox|app)\b
    | (?:subscribe|sign\s+up|sign\s+in|log\s+in|register)\b(?=(?:\W+\w+){0,12}\W*$)
    | (?:share|print|email|e-mail|tweet|pin|whatsapp|copy)\s+(?:this|the|link|article|on|via)\b | share\W*$
    | (?:click|tap)\s+(?:here|to)\b | skip\s+to\b | back\s+to\s+top\b | jump\s+to\b | go\s+to\b.{0,30}$
    | advertis(?:ement|ing)\b.{0,40}$ | sponsored\b.{0,40}$ | story\s+continues\b | scroll\s+to\s+continue\b
    | (?:©|\(c\)|copyright)\s | all\s+rights\s+reserved | terms\s+(?:of|and)\b.{0,40}$ | (?:privacy|cookie)\s+policy
    | (?:photo|image|picture|video|photograph|illustration|graphic|credit|photo\s+credit|image\s+source)s?
      \s*(?:by|:|/|credit|source|courtesy)
    | (?:tags?|topics?|categor(?:y|ies)|filed\s+under|keywords?)\s*:
    | (?:trending|newsletter|comments?|menu|search|home)(?:\s+(?:now|stories))?\W*$
    | \d+\s+(?:comments?|shares?|min(?:ute)?s?\s+read)\W*$ | download\s+(?:the|our)\b.*\bapp\b | breaking\s+news\W*$
    )"""
)
_CREDIT = re.compile(
    r"(?i)[(\[]\s*(?:photo|image|picture|source|credit|file|ap photo|getty|reuters|afp)[^()\[\]]{0,80}[)\]]\W*$"
    r"|\b(?:getty images|afp via getty|ap photo)\W*(?:/\s*\w+\W*)?$"
)
_MENU = re.compile(r"^[^.!?]{0,60}\|[^.!?]{0,60}$|^[\W_]*$")
_TERMINAL = re.compile(r"[.!?…:;,—–-][\"'”’»)\]]*\s*$")
TAIL_WORDS = 7
"""A line of at most so many words without a full stop, after the last prose, is page furniture."""


def is_furniture(line: str) -> bool:
    """Tell whether a line by its own words is a menu, a teaser, a credit or a call to action."""
    bare = line.strip().lstrip("#>*• ").strip()
    if not bare:
        return False
    if _MENU.match(bare) and len(bare.split()) <= 12:
        return True
    return bool(_STARTS.match(bare)) or (len(bare.split()) <= 80 and bool(_CREDIT.search(bare)))


def mark_lines(lines: Sequence[str]) -> list[bool]:
    """Mark each line that is boilerplate: by its own words, or as a short fragment after the last prose."""
    marks = [is_furniture(line) for line in lines]
    tail = len(lines)
    while tail > 0 and (marks[tail - 1] or not _is_prose(lines[tail - 1])):
        tail -= 1
    if any(marks[tail:]):
        marks[tail:] = [bool(line.strip()) for line in lines[tail:]]
    return marks


def _is_prose(line: str) -> bool:
    return bool(_TERMINAL.search(line)) or len(line.split()) > TAIL_WORDS
