import json
import re

import pytest
from made import TALKS, article_page, page

from index.errors import SourceError
from index.fields import Fields
from index.webpage import MAX_CHARS, read_fragment, read_page

TEXT = "\n".join(TALKS)


def read(source: str | bytes) -> tuple[str, Fields]:
    return read_page(source if isinstance(source, bytes) else source.encode(), "a.html")


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>SECRET()</script>",
        "<style>.secret { content: 'SECRET' }</style>",
        "<noscript>SECRET</noscript>",
        "<template><p>SECRET</p></template>",
        "<iframe>SECRET</iframe>",
        "<!-- SECRET -->",
        "<!-- <p>SECRET</p> -->",
        "<p hidden>SECRET said nothing at all about the talks.</p>",
        "<p hidden=until-found>SECRET said nothing at all about the talks.</p>",
        "<div hidden><p>SECRET <b>said</b> nothing</p></div>",
        "<p aria-hidden=true>SECRET said nothing at all about the talks.</p>",
        "<p aria-hidden=' TRUE '>SECRET said nothing at all about the talks.</p>",
        "<p style='display:none'>SECRET said nothing at all about the talks.</p>",
        "<p style='color: red; DISPLAY : none !important'>SECRET said nothing at all about the talks.</p>",
        "<p style='visibility:hidden'>SECRET said nothing at all about the talks.</p>",
        "<p style='font-size:0'>SECRET said nothing at all about the talks.</p>",
        "<p style='opacity: 0.0;'>SECRET said nothing at all about the talks.</p>",
        "<style>.gone, #off { display: none }</style><p class='a gone'>SECRET said nothing about the talks.</p>",
        "<style>@media all { p { color: red } } #off { display:none }</style><p id=off>SECRET said nothing.</p>",
        "<svg><text>SECRET</text></svg>",
        "<select><option>SECRET</option></select>",
    ],
)
def test_what_a_page_does_not_show_is_not_in_the_text(unseen: str) -> None:
    text, _ = read(article_page(unseen))
    assert text == TEXT


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='opacity: 0.5'>{}</p>",
        "<p style='font-size:0.9em'>{}</p>",
        "<p aria-hidden=false>{}</p>",
        "<style>@media print {{ .news {{ display: none }} }}</style><p class=news>{}</p>",
        "<style>.news .ad {{ display: none }}</style><p class=news>{}</p>",
        "<p hidden>SECRET</p>{}<br>",
        "<span style='display:none'>SECRET</span><p>{}</p>",
    ],
)
def test_what_a_page_shows_is_in_the_text(shown: str) -> None:
    sentence = "The mediator called the first hour of the talks a good one."
    text, _ = read(article_page(shown.format(sentence)))
    assert sentence in text
    assert "SECRET" not in text


def test_menus_around_the_article_are_left_out() -> None:
    text, _ = read(article_page())
    assert "Sport" not in text


FULL = Fields("The Talks", "The Post", "2025-05-16", "Jane Doe", "en", "https://post.example/talks")
LINKED = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "The Talks",
    "publisher": {"@type": "Organization", "name": "The Post"},
    "datePublished": "2025-05-16T10:00:00+03:00",
    "author": [{"@type": "Person", "name": "Jane Doe"}],
    "inLanguage": "en-GB",
    "url": "https://post.example/talks",
}
METAS = """
<meta property="og:title" content="The Talks"><meta property="og:site_name" content="The Post">
<meta property="article:published_time" content="2025-05-16T10:00:00Z"><meta name="Author" content="Jane Doe">
<meta property="article:author" content="https://social.example/jane"><meta property="og:locale" content="en_GB">
<meta property="og:url" content="https://post.example/talks"><title>Talks | Post</title>
"""


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        linked(LINKED),
        linked([{"@type": "WebSite", "name": "No", "url": "https://no.example"}, LINKED]),
        linked({"@graph": [{"@type": "Person", "name": "No"}, {**LINKED, "@type": ["Thing", "ReportageNewsArticle"]}]}),
        linked(LINKED) + METAS.replace("Talks", "Other"),
        "<script type='application/ld+json'>{broken</script><script type='application/ld+json'>[1]</script>" + METAS,
        METAS,
    ],
)
def test_title_outlet_date_author_language_and_address_are_those_of_the_metadata(head: str) -> None:
    assert read(article_page(head=head))[1] == FULL


def test_character_references_in_linked_data_are_characters() -> None:
    data = {**LINKED, "headline": "Peace &amp; Quiet", "publisher": "Post &#038; Son"}
    _, said = read(article_page(head=linked(data)))
    assert (said.title, said.outlet) == ("Peace & Quiet", "Post & Son")


def test_where_there_are_no_metadata_the_page_itself_says_some() -> None:
    head = "<title>The Talks – The Post</title><link rel='canonical' href='https://post.example/talks'>"
    _, said = read(article_page(head=head, attributes="lang='uk'"))
    assert said == Fields("The Talks – The Post", None, None, None, "uk", "https://post.example/talks")
    _, said = read(article_page("<h1>The <i>Talks</i></h1><p>By <a rel=author href=x>Jane Doe</a></p>", head=head))
    assert (said.title, said.author) == ("The Talks", "Jane Doe")


def test_no_date_or_outlet_is_guessed_from_the_words_or_the_address_of_a_page() -> None:
    head = "<link rel=canonical href='https://post.example/2025/05/16/talks'>"
    _, said = read(article_page("<p>On 17 May 2025 nobody came.</p><footer>© 2024 The Post</footer>", head=head))
    assert (said.published, said.outlet) == (None, None)


RUSSIAN = "Президент Украины прибыл в Анкару. Переговоры начались в пятницу, сообщил министр."


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8", "<meta charset=iso-8859-1>"),
        ("utf-16", ""),
        ("cp1251", "<meta charset='windows-1251'>"),
        ("koi8-r", "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=KOI8-R'>"),
        ("cp1251", "<meta charset='nonsense'>"),
        ("cp1251", "<meta charset='hex'>"),
    ],
)
def test_the_encoding_is_the_one_that_fits_and_that_the_page_names(encoding: str, head: str) -> None:
    text, _ = read(page(f"<article><p>{RUSSIAN}</p></article>", head).encode(encoding))
    assert text == RUSSIAN


def test_a_page_may_call_windows_1252_by_its_older_name() -> None:
    text, _ = read(
        page("<article><p>“It’s naïve,” she said.</p></article>", "<meta charset=iso-8859-1>").encode("cp1252")
    )
    assert text == "“It’s naïve,” she said."


def test_an_xml_declaration_in_the_page_does_no_harm() -> None:
    text, _ = read('<?xml version="1.0" encoding="utf-8"?>' + article_page())
    assert text == TEXT


def test_a_page_without_any_tag_is_plain_text() -> None:
    assert read("The talks began.\n2 < 3.") == ("The talks began.\n2 < 3.", Fields())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p></p>",
        "<div>" * 100_000,
        "<script>let a = 1</script>",
        "<p hidden>The talks began.</p>",
        "<" * 1000 + "a>",
    ],
)
def test_a_page_that_shows_nothing_has_no_text(body: str) -> None:
    assert not re.search(r"\w{2}", read(page(body))[0])


def test_a_page_as_long_as_a_shelf_of_books_is_an_error_that_names_it() -> None:
    with pytest.raises(
        SourceError, match=r"^a\.html holds 2,\d+,\d+ characters in one page; split it into its articles"
    ):
        read(page("<p>" + "The talks began. " * (MAX_CHARS // 16) + "</p>"))


@pytest.mark.parametrize("around", [100, 300, 900])
def test_a_page_whose_elements_are_nested_deeply_is_read(around: int) -> None:
    shown = "".join(f"<p>{sentence}</p>" for sentence in TALKS)
    nested = page("<div>" * around + f"<article>{shown}</article>" + "</div>" * around)
    text, _ = read_page(nested.encode(), "a.html")
    assert text.split() == " ".join(TALKS).split()
    assert read_fragment("<div>" * around + TALKS[0] + "</div>" * around, "a.json") == TALKS[0]


@pytest.mark.parametrize("around", [1001, 3000, 100_000])
def test_a_page_that_is_nested_deeper_than_any_is_an_error_that_says_so(around: int) -> None:
    nested = page(f"<p>{TALKS[0]}</p>" + "<div>" * around + TALKS[1] + "</div>" * around)
    reason = r"^a\.html has elements within over 1,000 others, as no page has; save it as text\.$"
    with pytest.raises(SourceError, match=reason):
        read_page(nested.encode(), "a.html")
    with pytest.raises(SourceError, match=reason):
        read_fragment(nested, "a.html")
