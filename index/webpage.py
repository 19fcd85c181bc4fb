"""Web pages: the article in a page as trafilatura finds it, and what the page's metadata say of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from index.encoding import decode
from index.errors import FormatError, SourceError
from index.fields import Fields, read_author, read_fields, read_language, read_name, read_url
from index.linked import read_linked

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a page, scripts included."""
MAX_CHARS = 2_000_000
"""Characters of text in a page: a long book, which takes some ten seconds to look through."""
MAX_ATTRIBUTES = 1000
"""Attributes of one element: libxml2 compares each with each."""
MAX_DEPTH = 1000
"""Elements around one; what looks through a page takes the longer, the deeper they are nested."""

_CHARSET = re.compile(
    rb"""(?i)<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w:.-]{2,40})"""
)
_TAG = re.compile(r"<(?:[A-Za-z]|!--|!doctype\b)", re.IGNORECASE)
_MARKUP = re.compile(
    r"(?i)<(/?)(p|div|br|h[1-6]|ul|ol|li|blockquote|article|section|figure|table|a|b|i|em|strong|span|script|style)"
    r"(?:\s[^<>]*)?/?>"
)
_PARAGRAPHS = re.compile(r"(?i)<(?:p|div|br|article|section)[\s/>]")
_LINES = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol "
    "p pre section table tr ul".split()
)
"""Elements that stand on lines of their own."""
_CELLS = frozenset({"td", "th"})
_ELEMENT = re.compile(r"<[^<>]*>")
_OPENING = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_UNSEEN = frozenset("script style noscript template iframe object svg head select textarea".split())
_HIDING = re.compile(
    r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|"
    r"(?:opacity\s*:\s*0?(?:\.0\d*)?|font-size\s*:\s*[01]?(?:\.\d+)?(?:px|pt)?|font-size\s*:\s*0?(?:\.0\d*)?(?:em|rem|%)|"
    r"(?:max-)?(?:height|width)\s*:\s*0(?:px|em|rem|pt|%)?)\s*(?:;|!|$)|color\s*:\s*transparent|"
    r"(?:text-indent|left|right|top|bottom|margin-left|margin-top)\s*:\s*-\s*\d{3,}|clip\s*:\s*rect\(\s*0|"
    r"clip\s*:\s*rect\(\s*1px|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)|transform\s*:\s*scale[xy]?\(\s*0\s*\))"
)
_WHITE = re.compile(r"(?i)(?:^|;)\s*color\s*:\s*(?:white|#f{3}(?:f{3})?\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)")
_BACKGROUND = re.compile(
    r"(?i)(?:^|;)\s*background(?:-color)?\s*:\s*(?!white|#f{3}(?:f{3})?\b|rgba?\(\s*255|transparent|none)"
)
_READ_ALOUD = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader-text hidden d-none".split()
)
"""Classes by which the usual style sheets hide text, wherever those lie."""
_SIMPLE = re.compile(r"[.#][\w-]+")
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "title"),
    "outlet": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "publisher"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date",
        "dcterms.date", "citation_publication_date", "parsely-pub-date", "sailthru.date", "pubdate", "date",
    ),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"),
    "language": ("og:locale", "dc.language", "dcterms.language", "content-language"),
    "url": ("og:url", "citation_public_url"),
}  # fmt: skip
"""Names of `<meta>` elements that say so, the surest first."""


def read_page(data: bytes, file: str) -> tuple[str, Fields]:
    """Return the article's text in a page, and what the page says of it.

    Text that the page does not show is left out: scripts, comments, and what is hidden by an attribute, by its own
    style, or by a rule of the page's own style sheet for one class or id.

    Raises:
        FormatError: trafilatura is not installed.
        SourceError: the page holds no text.
    """
    declared = _CHARSET.search(data[:4096])
    page = decode(data, file, declared[1].decode("ascii") if declared else None).replace("\0", "\ufffd")
    if not _TAG.search(page):
        return page, Fields()
    _check_attributes(page, file)
    try:
        import lxml.html  # noqa: F401 - only to see that it is there
        import trafilatura
    except ImportError as error:
        raise FormatError(f"{file} is a web page, and they are read by byline[html]; install that.") from error
    try:
        tree = _tree(page, file)
        said = _said(tree)
        _show_only_what_is_seen(tree)
        _check_length(tree, file)
        text = trafilatura.extract(tree, include_comments=False)
    except SourceError:
        raise
    except Exception as error:  # a page may trip any of the libraries that look through it
        raise SourceError(f"{file} cannot be read as a web page ({_first_line(error)}); save it as text.") from error
    return text or "", said


def is_markup(text: str) -> bool:
    """Tell whether a text is HTML: an element of a page opens in it and closes, or a line is broken by `<br>`."""
    found = _MARKUP.findall(text) if "<" in text else []
    opened, closed = ({name.lower() for slash, name in found if bool(slash) == end} for end in (False, True))
    return "br" in opened or bool(opened & closed)


def read_fragment(markup: str, file: str) -> str:
    """Return all that a piece of HTML shows, such as the text of a record, each paragraph on a line of its own.

    Where it marks no paragraphs, the lines are as they are written.

    Raises:
        FormatError: lxml, which trafilatura brings, is not installed.
        SourceError: it is no HTML that can be read.
    """
    _check_attributes(markup, file)
    try:
        import lxml.html  # noqa: F401 - only to see that it is there
    except ImportError as error:
        raise FormatError(f"{file} holds texts in HTML, and they are read by byline[html]; install that.") from error
    if not _PARAGRAPHS.search(markup):
        pieces = re.split(r"(<[^<>]*>)", markup)
        markup = "".join(piece if piece[:1] == "<" else piece.replace("\n", "<br>") for piece in pieces)
    try:
        tree = _tree(f"<div>{markup}</div>".replace("\0", "\ufffd"), file)
        _show_only_what_is_seen(tree)
        _check_length(tree, file)
        lines = "".join(_shown(tree)).split("\n")
    except SourceError:
        raise
    except Exception as error:  # a text may trip the library that looks through it
        raise SourceError(f"{file} cannot be read as HTML ({_first_line(error)}); save it as text.") from error
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _check_attributes(page: str, file: str) -> None:
    if any(len(tag) > 2 * MAX_ATTRIBUTES and _attributes(tag) > MAX_ATTRIBUTES for tag in _OPENING.findall(page)):
        raise SourceError(f"{file} has an element of over {MAX_ATTRIBUTES} attributes, as no article has; remove it.")


def _check_length(tree: Any, file: str) -> None:
    length = sum(map(len, tree.itertext()))
    if length > MAX_CHARS:
        raise SourceError(f"{file} holds {length:,} characters in one page; split it into its articles.")


def _tree(page: str, file: str) -> Any:
    """Parse a page.

    Raises:
        SourceError: its elements are nested too deeply.
        ValueError, LxmlError: it is no HTML.
    """
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    # Beyond a depth of its own, libxml2 leaves out the rest of the page without an error.
    deep = any("Excessive depth" in entry.message for entry in parser.error_log) or _depth(tree) > MAX_DEPTH
    if deep and any(char.isalnum() for char in _ELEMENT.sub("", page)):
        raise SourceError(f"{file} has elements within over {MAX_DEPTH:,} others, as no page has; save it as text.")
    return tree


def _depth(tree: Any) -> int:
    import lxml.etree

    depth = deepest = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _shown(tree: Any) -> Iterator[str]:
    """Yield the text of all elements, with line ends only around those that stand on lines of their own."""
    import lxml.etree

    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _LINES:
            yield "\n"
        elif element.tag in _CELLS:
            yield " "
        yield re.sub(r"\s+", " ", (element.text if event == "start" else element.tail) or "")


def _attributes(tag: str) -> int:
    return len(_QUOTED.sub("= ", tag).split())


def _said(tree: Any) -> Fields:
    """Return what JSON-LD says, else the `<meta>` elements, else `<html lang>`, `<link rel>`, `<h1>` and `<title>`."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        names = (meta.get("property"), meta.get("name"), meta.get("itemprop"), meta.get("http-equiv"))
        for name in filter(None, names):
            metas.setdefault(name.strip().lower(), []).append(meta.get("content") or "")
    row: dict[str, object] = {}
    for field, options in _META.items():
        values = next(([v for v in metas[name] if v.strip()] for name in options if any(metas.get(name, ()))), [])
        row[field] = values if field == "author" else next(iter(values), None)
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    title = next(tree.iter("title"), None)
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    shown = Fields(
        title=read_name(headings if len(headings) == 1 else title.text if title is not None else None),
        author=read_author([a.text_content() for a in tree.iterfind(".//a[@rel='author']")]),
        language=read_language(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
        url=read_url(links[0] if links else None),
    )
    described = read_fields(row)
    said = read_linked(_scripts(tree), {described.title, shown.title, *headings}, {described.url, shown.url})
    return said.or_else(described).or_else(shown)


def _scripts(tree: Any) -> list[str]:
    return [script.text or "" for script in tree.iterfind(".//script[@type='application/ld+json']")]


def _show_only_what_is_seen(tree: Any) -> None:
    """Take away the elements that a browser would not show, and leave what follows them."""
    hidden = _hidden_by_rules(tree)
    for element in list(tree.iter("*")):
        names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
        if (
            element.tag in _UNSEEN
            or element.get("hidden") is not None
            or (element.get("aria-hidden") or "").strip().lower() == "true"
            or _HIDING.search((element.get("style") or "")[:2000])
            or _is_white(element)
            or _READ_ALOUD & {*(element.get("class") or "").lower().split()}
            or (names & hidden and element.tag not in ("html", "body"))
        ) and element.getparent() is not None:
            element.drop_tree()


def _is_white(element: Any) -> bool:
    """Tell whether an element's own style writes white, and neither it nor one around it sets another background."""
    if not _WHITE.search((element.get("style") or "")[:2000]):
        return False
    around = [element, *element.iterancestors()]
    return not any(_BACKGROUND.search((e.get("style") or "")[:2000]) for e in around)


def _hidden_by_rules(tree: Any) -> set[str]:
    """Return the classes and ids, `.name` and `#name`, that the page's own style sheets hide on every screen."""
    sheet = "\n".join(style.text or "" for style in tree.iter("style"))[:1_000_000]
    hidden: set[str] = set()
    depth, selectors, plain = 0, "", True
    before = ""
    for piece in re.split(r"([{}])", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        if piece == "{":
            depth += 1
            selectors, plain = (before, True) if depth == 1 else (selectors, False)
        elif piece == "}":
            depth = max(0, depth - 1)
            if depth == 0 and plain and _HIDING.search(before[:2000]):
                hidden |= {s.strip() for s in selectors.split(",") if _SIMPLE.fullmatch(s.strip())}
        before = piece
    return hidden


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:100]
