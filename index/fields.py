"""Fields: what a file says of its article, under the names that dumps, pages and front matter give it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from index.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 1000
"""Characters of a title, a name or an address; a longer value is something else."""

_NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "publication", "newspaper", "source", "sitename", "site"),
    "published": ("published", "publishedat", "datepublished", "publisheddate", "publicationdate", "pubdate", "date"),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang", "inlanguage"),
    "url": ("url", "link"),
}
_TEXT = ("text", "body", "content", "articlebody")
_WITHIN = ("name", "title", "@value", "value")
"""Where an object that stands for a name, such as a publisher in JSON-LD, has the name itself."""
_NOTHING = frozenset({"", "null", "none", "nil", "~", "n/a", "nan", "-"})
_TAG = re.compile(r"<[^<>]*>")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_ISO_639_1 = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st
    su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)


@dataclass(frozen=True, slots=True)
class Fields:
    """What is said of an article; None where nothing is said."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    """ISO 8601 date."""
    author: str | None = None
    """One name or several, with commas between them."""
    language: str | None = None
    """ISO 639-1 code."""
    url: str | None = None

    def or_else(self, other: Fields) -> Fields:
        """Return these fields, and the other's where nothing is said here."""
        missing = {f.name: getattr(other, f.name) for f in fields(self) if getattr(self, f.name) is None}
        return replace(self, **missing)


def read_fields(row: Mapping[str, object]) -> Fields:
    """Return the fields of a record, whatever the case of their names and however their words are joined."""
    named = _named(row)
    values = {field: [named[name] for name in names if name in named] for field, names in _NAMES.items()}
    return Fields(
        title=next((t for v in values["title"] if (t := read_name(v))), None),
        outlet=next((t for v in values["outlet"] if (t := read_name(v)) and not _URL.match(t)), None),
        published=next((t for v in values["published"] if (t := read_date(v))), None),
        author=next((t for v in values["author"] if (t := read_author(v))), None),
        language=next((t for v in values["language"] if (t := read_language(v))), None),
        url=next((t for v in values["url"] if (t := read_url(v))), None),
    )


def read_text(row: Mapping[str, object]) -> str | None:
    """Return the text of a record, a string or a list of paragraphs, the longest where it has several; else None.

    The `{"rendered": …}` of WordPress is HTML, and it is returned within an element, so that it is taken for that.
    """
    return max(_texts(row), key=text_length, default=None)


def has_paragraphs(row: Mapping[str, object]) -> bool:
    """Tell whether the text of a record is a list of paragraphs, so that the first of them is no headline."""
    text = read_text(row)
    lists = (value for value in row.values() if isinstance(value, list))
    return text is not None and any(_joined(value) == text for value in lists)


def text_length(text: str) -> int:
    """Return how many characters a text has, tags and white space left out, to tell an article from a teaser."""
    return len("".join(_TAG.sub("", text).split()))


def is_text_name(name: str) -> bool:
    """Tell whether a column of this name holds the text of articles."""
    return _plain(name) in _TEXT


def is_field_name(name: str) -> bool:
    """Tell whether a column of this name says something of an article."""
    return is_text_name(name) or any(_plain(name) in names for names in _NAMES.values())


def read_name(value: object) -> str | None:
    """Return a name or title: a string, a number, an object that has a name, or several of these."""
    found = dict.fromkeys(_parts(value))
    text = ", ".join(found)
    return text if text and len(text) <= LONGEST else None


def read_author(value: object) -> str | None:
    """Return who wrote it, without the `By` before the name; an address of a page or a number is no name."""
    named = (part for part in _parts(value) if not (_URL.match(part) or part.isdigit()))
    found = dict.fromkeys(re.sub(r"(?i)^by[:\s]\s*", "", part) for part in named)
    text = ", ".join(filter(None, found))
    return text if text and len(text) <= LONGEST else None


def read_language(value: object) -> str | None:
    """Return the ISO 639-1 code in `en`, `en-GB` or `en_GB.UTF-8`; None for anything else."""
    code = next(iter(_parts(value)), "").lower()
    return code[:2] if re.fullmatch(r"[a-z]{2}(?:[-_].*)?", code) and code[:2] in _ISO_639_1 else None


def read_url(value: object) -> str | None:
    """Return an address of the web."""
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= LONGEST and _URL.fullmatch(text) else None


def _texts(row: Mapping[str, object]) -> Iterator[str]:
    named = _named(row)
    for value in (named[name] for name in _TEXT if name in named):
        if isinstance(value, Mapping) and isinstance(rendered := value.get("rendered"), str) and rendered.strip():
            yield f"<div>{rendered}</div>"
        elif isinstance(value, str) and value.strip():
            yield value
        elif isinstance(value, list) and (text := _joined(value)):
            yield text


def _joined(paragraphs: list[object]) -> str:
    """Return paragraphs as a text; an empty one where they are none."""
    return "\n\n".join(map(str, paragraphs)) if all(isinstance(part, str) for part in paragraphs) else ""


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())


def _named(row: Mapping[str, object]) -> dict[str, object]:
    """Return the record by plain names, the first of a name that says something."""
    found: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(name, str) and value is not None and value != "":
            found.setdefault(_plain(name), value)
    return found


def _parts(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        text = re.sub("[\0\ud800-\udfff]", "\ufffd", " ".join(value[: 10 * LONGEST].split()))
        if text.lower() not in _NOTHING:
            yield text
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list) and depth < 3:
        for part in value[:100]:
            yield from _parts(part, depth + 1)
    elif isinstance(value, Mapping) and isinstance(rendered := value.get("rendered"), str):
        yield from _parts(html.unescape(re.sub(r"<[^<>]*>", "", rendered[: 10 * LONGEST])))
    elif isinstance(value, Mapping) and depth < 3:
        name = next((value[key] for key in _WITHIN if value.get(key)), None)
        yield from _parts(name, depth + 1)
