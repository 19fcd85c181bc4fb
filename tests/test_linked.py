import json

import pytest
from made import article_page

from index.fields import Fields
from index.linked import read_linked
from index.webpage import read_page

MAIN = {
    "@type": "NewsArticle",
    "headline": "The Talks",
    "url": "https://post.example/talks",
    "datePublished": "2025-05-16",
}
RELATED = {
    "@type": "NewsArticle",
    "headline": "A Strike",
    "url": "https://other.example/strike",
    "author": {"name": "John Roe"},
    "publisher": {"name": "The Other"},
}
YOAST = {
    "@graph": [
        {
            "@type": "Article",
            "@id": "https://post.example/talks/#article",
            "headline": "The Talks",
            "author": [{"@id": "https://post.example/#jane"}],
            "publisher": {"@id": "https://post.example/#organization"},
            "datePublished": "2025-05-16T10:00:00+00:00",
        },
        {"@type": "Organization", "@id": "https://post.example/#organization", "name": "The Post"},
        {"@type": "Person", "@id": "https://post.example/#jane", "name": "Jane Doe"},
    ]
}


@pytest.mark.parametrize("things", [[MAIN, RELATED], [RELATED, MAIN]])
@pytest.mark.parametrize(
    ("title", "url"),
    [("the talks", None), ("“The Talks”", None), (None, "http://www.post.example/talks/"), ("Talks | Post", None)],
)
def test_a_related_article_says_nothing_of_the_one_that_the_page_is(
    things: list[object], title: str | None, url: str | None
) -> None:
    said = read_linked([json.dumps(thing) for thing in things], [title], [url])
    known = title != "Talks | Post"
    main = Fields("The Talks", None, "2025-05-16", None, None, "https://post.example/talks")
    assert said == main if known or things[0] is MAIN else said.title == "A Strike", "else it is the first"


def test_what_several_things_say_of_the_page_s_article_is_taken_together() -> None:
    other = {"@type": "Report", "name": "x", "mainEntityOfPage": {"@id": MAIN["url"]}, "author": "Jane Doe"}
    assert read_linked([json.dumps([RELATED, MAIN, other])], ["The Talks"], ["https://post.example/talks"]) == Fields(
        "The Talks", None, "2025-05-16", "Jane Doe", None, "https://post.example/talks"
    )


def test_a_reference_by_id_is_what_it_names() -> None:
    assert read_linked([json.dumps(YOAST)], [], []) == Fields("The Talks", "The Post", "2025-05-16", "Jane Doe")
    lost = json.dumps({**YOAST, "@graph": YOAST["@graph"][:1]})
    assert read_linked([lost], [], []) == Fields("The Talks", None, "2025-05-16")


@pytest.mark.parametrize(
    "script", ["", "{", "[1, null]", '{"@graph": 3}', '{"@type": 3}', '{"@type": "Article", "@id": [], "author": [[]]}']
)
def test_scripts_that_describe_no_article_say_nothing(script: str) -> None:
    assert read_linked([script], ["The Talks"], []) == Fields()


def test_a_page_takes_author_and_outlet_of_its_own_article_only() -> None:
    head = "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in (RELATED, MAIN))
    _, said = read_page(article_page("<h1>The Talks</h1>", head=head).encode(), "a.html")
    assert said == Fields("The Talks", None, "2025-05-16", None, None, "https://post.example/talks")
