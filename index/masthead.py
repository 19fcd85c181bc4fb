"""The masthead: title, outlet and date where the text of an article shows them. What is not shown is None."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.boilerplate import is_furniture

HEAD_LINES = 12
"""Lines of text at the top in which a masthead is looked for."""

_OUTLET = re.compile(
    r"(?i)(?:media|news|times|post|tv|press|journal|tribune|herald|agency|radio|daily|gazette|guardian|telegraph|"
    r"observer|chronicle|reuters|bloomberg|broadcasting|magazine|weekly|network|wire|courier|mail|today)\b"
)
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’/-]{2,40}\(([A-Z][^()]{1,40})\)\s*(?:—|–|--?)\s*")
_CITY_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’/-]{2,40}(?:\([A-Z][^()]{1,40}\)\s*)?(?:,\s*\w+\.? \d{1,2}\s*)?\s*(?:—|–|--)\s+"
)
_FOOTER = re.compile(r"(?i:news|updates|live tv|stories)[^.]*?\bon ((?:[A-Z][\w&]*)(?: [A-Z][\w&]*){0,3})\s*\.?\s*$")
_TERMINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_FIELD = re.compile(r"^\s*([A-Za-z_]{2,20}):\s*(.+?)\s*$")
_PUBLISHED = re.compile(r"(?i)^(?:published|updated|posted|date)\b[^0-9A-Za-z]*(?:on\s+)?(.{6,40})$")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LONG = re.compile(r"(?i)\b(?:(\d{1,2})\s+)?([a-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FRONT = {
    "title": "title",
    "headline": "title",
    "outlet": "outlet",
    "source": "outlet",
    "publisher": "outlet",
    "date": "published",
    "published": "published",
}


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the text of an article says about itself."""

    title: str | None
    outlet: str | None
    published: str | None
    """ISO 8601 date."""


def read_masthead(text: str) -> Masthead:
    """Find title, outlet and date in front matter, head lines, dateline and footer."""
    front = _front_matter(text)
    body = text[front_matter_end(text) :]
    lines = [line.strip("﻿ \t\r") for line in body.split("\n")]
    head = _head(lines)
    title = front.get("title") or next((_bare(line) for line in head if _is_title(line)), None)
    return Masthead(
        title,
        front.get("outlet") or _outlet(head, lines, title),
        parse_date(front["published"]) if "published" in front else _published(head),
    )


def front_matter_end(text: str) -> int:
    """Return where the body starts after a `---` block of `key: value` lines, or 0 where there is none."""
    if not text.startswith(("---\n", "---\r\n")):
        return 0
    close = re.compile(r"^---[ \t]*\r?\n?", re.MULTILINE).search(text, 4)
    return close.end() if close else 0


def dateline_end(line: str) -> int:
    """Return how many characters a dateline such as `ANKARA (KAAB TV) — ` takes at the start of a line, or 0."""
    match = _CITY_DATELINE.match(line)
    return match.end() if match else 0


def outlet_like(line: str) -> bool:
    """Tell whether a head line is an outlet's name standing alone: a few capitalised words, one a word of the trade."""
    words = line.split()
    named = all(w[0].isupper() or w[0].isdigit() or w in {"of", "the", "and", "&"} for w in words)
    return 0 < len(words) <= 5 and named and bool(_OUTLET.search(line)) and not _TERMINAL.search(line)


def parse_date(value: str) -> str | None:
    """Return the ISO 8601 date in `2025-05-16`, `16 May 2025` or `May 16, 2025`; None for anything else."""
    if iso := _ISO.search(value):
        year, month, day = (int(part) for part in iso.groups())
    elif (long := _LONG.search(value)) and long[2][:3].lower() in _MONTHS and (long[1] or long[3]):
        year, month, day = int(long[4]), _MONTHS.index(long[2][:3].lower()) + 1, int(long[1] or long[3])
    else:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _head(lines: list[str]) -> list[str]:
    """Return the non-empty lines before the first line of prose, menus left out."""
    head: list[str] = []
    for line in lines:
        if not line or is_furniture(line):
            continue
        if len(head) >= HEAD_LINES or (_TERMINAL.search(line) and len(line.split()) > 8) or _DATELINE.match(line):
            break
        head.append(line)
    return head


def _bare(line: str) -> str:
    return line.lstrip("#").strip().strip("*").strip()


def _is_title(line: str) -> bool:
    return 4 <= len(_bare(line).split()) <= 30 and not _TERMINAL.search(line) and not outlet_like(line)


def _outlet(head: list[str], lines: list[str], title: str | None) -> str | None:
    for line in head:
        if line != title and outlet_like(line):
            return line
    for line in lines:
        if match := _DATELINE.match(line):
            return match[1].strip()
    for line in reversed([line for line in lines if line][-6:]):
        if is_furniture(line) and (match := _FOOTER.search(line)):
            return match[1]
    return None


def _published(head: list[str]) -> str | None:
    for line in head:
        match = _PUBLISHED.match(line)
        if date := parse_date(match[1] if match else line if len(line) < 30 else ""):
            return date
    return None


def _front_matter(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in text[: front_matter_end(text)].splitlines():
        match = _FIELD.match(line)
        if match and (name := _FRONT.get(match[1].lower())) and name not in fields:
            fields[name] = match[2].strip("\"'")
    return fields
