"""The masthead: title, outlet, date and author where the text of an article shows them. What is not shown is None."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date

import yaml

from index.boilerplate import is_furniture
from index.dates import read_line
from index.fields import Fields, read_fields
from index.mail import header_end, read_header
from index.paragraph import lines, wrapped
from index.punctuation import BLANKS, closed

HEAD_LINES = 12
"""Lines of text at the top in which a masthead is looked for,"""
HEAD_CHARS = 50_000
"""and characters, menus included."""

_TRADE = (
    r"media|news|times|post|tv|press|journal|tribune|herald|agency|radio|daily|gazette|guardian|telegraph|observer|"
    r"chronicle|reuters|bloomberg|broadcasting|magazine|weekly|network|wire|courier|mail|today"
)
_OUTLET = re.compile(rf"(?i)(?:{_TRADE})\b")
_TRADE_WORD = re.compile(rf"(?:\w*[^\W_])?(?=[A-Z])(?i:{_TRADE})|\w*TV")
_GENERIC = frozenset("agency daily mail media network news press radio today tv weekly wire".split())
_LONE = frozenset(_TRADE.split("|")) - {"reuters", "bloomberg"}
"""Words of the trade that name no outlet after `The`, and those that name none alone."""
_COMPANY = frozenset("group agency network service services corporation company association online digital".split())
"""Words that may follow the word of the trade in an outlet's name."""
_ORDINARY = frozenset(
    """
    a ancient bad barbed big border breaking business climate criminal desperate difficult economic end fake first
    foreign free good great guest happy hard hate health junk last latest live local mass meet mobile modern more my
    national new no old other our political power rail regional sad science search snail social spy sports state stop
    support technology tech the these top tough trading travel troubled uncertain war weather world your
    """.split()
)
"""Words that make a heading or the name of a section, and no outlet, of a word of the trade: `Hard Times`."""
_WIRE = re.compile(
    r"([^\W\d_][\w .,'’/-]{1,60}?)?\s*\(([^\W\d_][^()\d]{1,40})\)\s*(?:—|–|--?)\s*(?=[^\W\d_]|[\"'“‘«„¿¡\d])"
)
_CITY = re.compile(r"([^\W\d_][\w .,'’/-]{2,45}?)\s*(?:—|–|--)\s+(?=[^\W\d_]|[\"'“‘«„])")
_FOOTER = re.compile(
    r"(?i:news|updates|live tv|stories)[^.]{0,200}?\bon ((?:[A-Z][\w&]*)(?: [A-Z][\w&]*){0,3})\s*\.?\s*$"
)
_FIELD = re.compile(r"\s*[\"']?([A-Za-z_]{2,20})[\"']?\s*[:=](.*)$")
_OPENING = re.compile(rf"[{BLANKS}]*(---|\+\+\+)[ \t]*\r?\n")
_KEY = r"(?:[\w-]+|\"[^\"\n]{1,40}\"|'[^'\n]{1,40}')"
_FRONT = {
    "---": (
        re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$\n?", re.MULTILINE),
        re.compile(rf"\s*$|\s*#|\s*-\s|\s+\S|{_KEY}\s*:"),
    ),
    "+++": (
        re.compile(r"^\+\+\+[ \t]*\r?$\n?", re.MULTILINE),
        re.compile(rf"\s*$|\s*#|\s+\S|[\[\]{{}}\"']|{_KEY}(?:\.{_KEY})*\s*="),
    ),
}
"""What closes a block of YAML and of TOML, and how each of its lines begins."""
_META = re.compile(
    r"(?i)(?:by|author|source|editor|special\s+(?:to|for)|compiled|reporting)\b|.*\b(?:wire|staff)\s+reports\b|.*[—–]$|"
    r"(?:(?:last|first|originally)\s+)?(?:published|updated|posted|date)\b|[a-z]{3,9}\.?\s+\d{1,2},\s+\d{4}\b"
)
_NAME = r"[^\W\d_][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}"
_BYLINE = re.compile(rf"{_NAME}(?:, {_NAME})*,? (?:and|&) {_NAME}")
_PARTICLE = r"(?:al|bin|da|de|del|den|der|di|dos|el|la|le|van|von)"
_PERSON = rf"[^\W\d_a-z][\w.'’-]*(?: (?:{_PARTICLE} )*[^\W\d_a-z][\w.'’-]*){{1,3}}"
_SIGNED = re.compile(
    rf"(?i:(?:words\s+|written\s+|reported\s+)?by)[:\s]\s*({_PERSON}(?:(?:, and | and | & |, ){_PERSON})*)"
    r"(?=\s*$|\s*[,|•·–—]\s*\S+(?:\s\S+){0,3}$)"
)
TITLE_CHARS = 250
"""A longer line is no headline."""
_DATA = re.compile(r"\{|\[\s*[\[{\"'\d]")
"""How JSON begins."""
MAX_FRONT, MAX_NESTED = 16_384, 100
"""Characters and openings of lists in front matter; beyond, where YAML takes long, it is read line by line."""


def read_masthead(text: str, said: Fields | None = None, *, titled: bool = True) -> Fields:
    """Find title, outlet, date and author in front matter, the header of a mail, head lines, dateline and footer.

    Args:
        text: the text of the article.
        said: what its file says besides; it is kept, and what it tells is not looked for.
        titled: whether a line at its head may be the title.
    """
    said = (said or Fields()).or_else(_front_matter(text)).or_else(read_sender(text))
    body = text[body_start(text) :]
    head = _head(_rows(body[:HEAD_CHARS]))
    title = said.title or (_title(head) if titled else None)
    outlet = said.outlet or _outlet(head, _rows(body), title)
    return said.or_else(Fields(title, outlet, _published(head), _author(head)))


def read_sender(text: str) -> Fields:
    """Return what the header of an e-mail says; a sender with the name of an outlet is one."""
    said = read_header(text)
    return replace(said, author=None, outlet=said.author) if outlet_like(said.author or "") else said


def front_matter_end(text: str) -> int:
    """Return where the body starts after a `---` block of `key: value` lines or a `+++` block of `key = value` lines.

    It is 0 where there is none. A `---` block may also end in `...`.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return 0
    closing, row = _FRONT[opening[1]]
    close = closing.search(text, opening.end())
    block = text[opening.end() : close.start()].splitlines() if close else []
    return close.end() if close and block and all(row.match(line) for line in block) else 0


def body_start(text: str) -> int:
    """Return where the text begins after front matter or the header of an e-mail; 0 where there is neither."""
    return front_matter_end(text) or header_end(text)


def dateline_end(line: str) -> int:
    """Return how many characters a dateline such as `ANKARA (KAAB TV) — ` takes at the start of a line, or 0."""
    match = _dateline(line)
    return match.end() if match else 0


def outlet_like(line: str) -> bool:
    """Tell whether a head line reads as an outlet's name: a few capitalised words that end in a word of the trade.

    After it may stand only what makes it a company, `Media Group`, or the place that it is of, `The Times of Israel`.
    """
    words = line.split()
    named = all(w[0].isupper() or w[0].isdigit() or w in {"of", "the", "and", "&"} for w in words)
    if not 0 < len(words) <= 5 or not named or closed(line):
        return False
    if "of" in words:
        place = words.index("of")
        named = words[0] == "The" and place > 1 and outlet_like(f"The {words[place - 1]}")
        return named or words[:place] == ["Times"]
    while words[1:] and words[-1].lower() in _COMPANY and not _TRADE_WORD.fullmatch(words[-1]):
        words.pop()
    *before, last = words
    if not before or before == ["The"]:
        proper = last.lower() not in (_GENERIC if before else _LONE)
    else:
        proper = any(word.lower() not in _ORDINARY for word in before)
    return bool(_TRADE_WORD.fullmatch(last)) and proper


def _rows(text: str) -> list[str]:
    return [text[start:end].strip().strip(BLANKS).strip() for start, end in lines(text)]


def _head(rows: list[str]) -> list[str]:
    """Return the non-empty lines before the first line of prose, menus left out."""
    head: list[str] = []
    for i, row in enumerate(rows):
        if not row or is_furniture(row):
            continue
        block = rows[i : i + HEAD_LINES]
        block = block[: block.index("")] if "" in block else block
        prose = (closed(row) and len(row.split()) > 8) or dateline_end(row) or wrapped(block)
        if len(head) >= HEAD_LINES or prose:
            break
        head.append(row)
    return head


def _bare(line: str) -> str:
    return line.lstrip("#").strip().strip("*").strip()


def _byline(line: str) -> bool:
    """Tell whether a head line is a sentence, a date or says who wrote the article."""
    signed = "," in line and outlet_like(line.rsplit(",", 1)[1])
    return closed(line) or signed or bool(_META.match(line)) or bool(_BYLINE.fullmatch(line))


def _title(head: list[str]) -> str | None:
    """Return the first heading of the first level, else the first line long enough, an outlet's name last."""
    fits = [line for line in head if 4 <= len(_bare(line).split()) <= 30 and len(line) <= TITLE_CHARS]
    plain = [line for line in fits if not (_byline(line) or _DATA.match(line))]
    marked = [line for line in head if re.match(r"#\s+\S", line)]
    named = [line for line in plain if not outlet_like(line)]
    return next((_bare(line) for line in [*marked, *named, *plain]), None)


def _outlet(head: list[str], rows: list[str], title: str | None) -> str | None:
    for line in head:
        if _bare(line) != title and outlet_like(line) and (title or len(line.split()) <= 2):
            return line
    for row in rows:
        if (match := _dateline(row)) and match.re is _WIRE:
            return match[2].strip()
    for row in reversed([row for row in rows if row][-6:]):
        if is_furniture(row) and (match := _FOOTER.search(row)):
            return match[1]
    return None


def _dateline(line: str) -> re.Match[str] | None:
    """Match a place in capitals, an agency in brackets after it or instead of it, a dash; prose must begin after it."""
    if (match := _WIRE.match(line)) and not line[match.end()].islower():
        place, wire = match[1] or "", match[2]
        agency = wire.isupper() or bool(_OUTLET.search(wire))
        if _capitals(place) or (agency and len(place.split()) <= 3):
            return match
    if (match := _CITY.match(line)) and not line[match.end()].islower() and _capitals(match[1]):
        return match
    return None


def _capitals(place: str) -> bool:
    first = re.split(r"[,/]", place)[0]
    return len(first) > 2 and first.isupper()


def _published(head: list[str]) -> str | None:
    return next((day for line in head if (day := read_line(_SIGNED.sub("", _bare(line))))), None)


def _author(head: list[str]) -> str | None:
    """Return who a head line such as `By Jane Doe and John Roe, Reuters` names."""
    named = next((match[1] for line in head if (match := _SIGNED.match(_bare(line)))), "")
    people, _, last = named.rpartition(", ")
    return (people if people and outlet_like(last) else named) or None


def _front_matter(text: str) -> Fields:
    end = front_matter_end(text)
    opening = _OPENING.match(text) if end else None
    if opening is None:
        return Fields()
    block = text[opening.end() : end].rstrip().rstrip("-+.")
    plain = len(block) < MAX_FRONT and sum(map(block.count, ("[", "{", "- -", "? "))) < MAX_NESTED
    try:
        fields = _parsed(block, opening[1]) if plain else None
    except (yaml.YAMLError, RecursionError, ValueError):
        fields = None
    if isinstance(fields, dict):
        return read_fields(fields)
    matches = (_FIELD.match(line) for line in block.splitlines())
    pairs = [(match[1], match[2].strip().strip("\"'")) for match in matches if match]
    return read_fields(dict(reversed(pairs)))


def _parsed(block: str, mark: str) -> object:
    """Return the fields of front matter, with days as they are written.

    Raises:
        YAMLError, ValueError, RecursionError: it is broken.
    """
    if mark == "---":
        return yaml.load(block, yaml.BaseLoader)  # noqa: S506 # builds strings only
    fields = tomllib.loads(block.replace("\r\n", "\n"))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
