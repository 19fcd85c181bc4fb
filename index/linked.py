"""Linked data: what the JSON-LD of a web page says of the page's own article, not of others that it names."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from index.fields import Fields, read_fields, read_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_KINDS = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting|SocialMediaPosting)")
_BY_ID = ("author", "creator", "publisher")
"""What an article may say by the `@id` of another thing."""


def read_linked(scripts: Collection[str], titles: Collection[str | None], urls: Collection[str | None]) -> Fields:
    """Return what JSON-LD says of the page's article.

    That is every article whose headline or address is the page's; where there is none such, it is the first.

    Args:
        scripts: the JSON-LD scripts; one that is no JSON is passed over.
        titles: what the page says is its title.
        urls: what the page says is its address.
    """
    things = [thing for script in scripts for thing in _things(script)]
    by_id = {id_: thing for thing in reversed(things) if isinstance(id_ := thing.get("@id"), str)}
    articles = [thing for thing in things if _is_article(thing)]
    names, places = {_plain(title or "") for title in titles} - {""}, {_place(url or "") for url in urls} - {""}
    own = [article for article in articles if _plain(_headline(article)) in names or places & _places(article)]
    said = Fields()
    for article in own or articles[:1]:
        whole = {name: _resolved(value, by_id) if name in _BY_ID else value for name, value in article.items()}
        said = said.or_else(_unescaped(read_fields(whole)))
    return said


def _things(script: str) -> Iterator[Mapping[str, object]]:
    try:
        data = json.loads(script.strip().strip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else []) if isinstance(part, dict))


def _is_article(thing: Mapping[str, object]) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _KINDS.fullmatch(kind) for kind in kinds)


def _headline(article: Mapping[str, object]) -> str:
    return html.unescape(read_name(article.get("headline")) or read_name(article.get("name")) or "")


def _places(article: Mapping[str, object]) -> set[str]:
    page = article.get("mainEntityOfPage")
    values = [article.get("url"), article.get("@id"), page.get("@id") if isinstance(page, Mapping) else page]
    return {_place(value) for value in values if isinstance(value, str)}


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _place(url: str) -> str:
    """Return an address without what may differ for one page: the protocol, `www`, the fragment, the last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", url.strip().partition("#")[0]).rstrip("/").lower()


def _resolved(value: object, by_id: Mapping[str, Mapping[str, object]]) -> object:
    """Return the thing that a reference names, and of a list those that its references name."""
    if isinstance(value, list):
        return [_resolved(part, by_id) for part in value[:100] if not isinstance(part, list)]
    if isinstance(value, Mapping) and not value.get("name") and isinstance(id_ := value.get("@id"), str):
        return by_id.get(id_, value)
    return value


def _unescaped(said: Fields) -> Fields:
    """Return the fields without character references, which many sites leave in JSON-LD."""
    names = {name: html.unescape(getattr(said, name) or "") or None for name in ("title", "outlet", "author")}
    return replace(said, **names)
