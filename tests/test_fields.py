import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import (
    Fields,
    has_paragraphs,
    is_field_name,
    is_text_name,
    read_fields,
    read_language,
    read_text,
    read_url,
)

DEEP: object = "The Post"
for _ in range(50):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Talks", "source": "The Post", "date": "2025-05-16", "author": "Jane Doe", "url": "https://a.b/c"},
        {"TITLE": "Talks", "Outlet": "The Post", "Published": "May 16, 2025", "Author": "By Jane Doe", "URL": "https://a.b/c"},
        {"title ": " Talks\n", "publisher": {"name": "The Post"}, "published_at": "2025-05-16T10:00:00Z",
         "authors": ["Jane Doe"], "link": "https://a.b/c"},
        {"headline": "Talks", "publisher": {"@type": "Organization", "name": "The Post"}, "datePublished": "2025-05-16",
         "author": [{"@type": "Person", "name": "Jane Doe"}], "url": "https://a.b/c"},
        {"title": "Talks", "Publication": "The Post", "date": "2025-05-16", "author": "Jane Doe", "url": "https://a.b/c"},
        {"title": "Talks", "site": "The Post", "date": "2025-05-16", "author": "Jane Doe", "url": "https://a.b/c"},
        {"title": "Talks", "source": {"id": None, "name": "The Post"}, "publishedAt": 1747391400,
         "author": "Jane Doe", "url": "https://a.b/c"},
    ],
)  # fmt: skip
def test_the_same_is_read_under_the_names_that_dumps_use(row: dict[str, object]) -> None:
    assert read_fields(row) == Fields("Talks", "The Post", "2025-05-16", "Jane Doe", None, "https://a.b/c")


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"title": None, "source": "", "date": "yesterday", "author": [], "language": "English", "url": "a.html"},
        {"title": "null", "source": "https://www.a.b/", "date": "05/06/2025", "author": "N/A", "url": "javascript:x()"},
        {"title": True, "source": {"id": "x"}, "date": {}, "author": "https://a.b/jane", "language": "xx", "url": 7},
        {"title": "x" * 1001, "publisher": DEEP, "url": "https://a.b/" + "c" * 1000},
    ],
)
def test_what_says_nothing_is_none_and_nothing_is_guessed(row: dict[str, object]) -> None:
    assert read_fields(row) == Fields()


def test_a_second_name_is_taken_where_the_first_says_nothing() -> None:
    assert read_fields({"outlet": "", "source": "The Post", "headline": "Talks"}) == Fields("Talks", "The Post")
    assert read_fields({"publisher": "The Post", "source": "https://a.b"}).outlet == "The Post"


def test_several_authors_are_named_once_each() -> None:
    row = {"authors": [{"name": "Jane Doe"}, "John Roe", "Jane Doe", "https://a.b/jane"]}
    assert read_fields(row).author == "Jane Doe, John Roe"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("pt_BR.UTF-8", "pt"),
        ("EN", "en"),
        (["uk"], "uk"),
        ("eng", None),
        ("", None),
        (3, None),
    ],
)
def test_a_language_is_its_iso_639_1_code(value: object, code: str | None) -> None:
    assert read_language(value) == code


def test_an_address_is_one_of_the_web() -> None:
    assert read_url(" HTTPS://a.b/c ") == "HTTPS://a.b/c"
    assert [read_url(u) for u in ("ftp://a.b", "https://", "https://a b", "//a.b", None)] == [None] * 5


def test_the_text_is_a_string_or_a_list_of_paragraphs() -> None:
    assert read_text({"Body": " One. "}) == " One. ", "not a space is moved"
    assert read_text({"text": "", "content": "Two."}) == "Two."
    assert read_text({"text": ["One.", "Two."]}) == "One.\n\nTwo."
    assert [read_text({"text": v}) for v in (None, 3, {}, [], [1], "  ")] == [None] * 6


@pytest.mark.parametrize(
    "row",
    [
        {"text": "One …", "body": "One, two, three."},
        {"text": "One …", "content": ["One, two,", "three."]},
        {"content": "One …", "text": "<p>One</p><p>…</p>", "body": "One, two, three."},
    ],
)
def test_of_a_teaser_and_an_article_the_longer_is_the_text(row: dict[str, object]) -> None:
    assert "".join((read_text(row) or "").split()) == "One,two,three."
    assert has_paragraphs(row) == any(isinstance(value, list) for value in row.values())


def test_what_wordpress_and_mongodb_write_is_read() -> None:
    post = {
        "id": 7,
        "date": "2025-05-16T10:30:00",
        "link": "https://a.b/c",
        "title": {"rendered": "Peace &#038; <em>Quiet</em>"},
        "content": {"rendered": "<p>The talks began.</p>\n", "protected": False},
        "author": 3,
    }
    assert read_fields(post) == Fields("Peace & Quiet", None, "2025-05-16", None, None, "https://a.b/c")
    assert read_text(post) == "<div><p>The talks began.</p>\n</div>"
    assert read_fields({"published_at": {"$date": {"$numberLong": "1747391400000"}}}).published == "2025-05-16"
    assert [read_text({"content": {"rendered": v}}) for v in (" ", None, [])] == [None] * 3


def test_columns_are_known_by_their_names() -> None:
    assert [is_text_name(name) for name in ("Article-Body", "\ufefftext", "title")] == [True, True, False]
    assert [is_field_name(name) for name in ("published at", "text", "id")] == [True, True, False]


json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["title", "source", "date", "author", "language", "url", "text", ""]), json))
def test_any_record_has_fields_that_can_be_stored(row: dict[str, object]) -> None:
    fields = read_fields(row)
    for value in (fields.title, fields.outlet, fields.published, fields.author, fields.language, fields.url):
        assert value is None or (value.strip() == value and 0 < len(value.encode()) <= 4000)
    assert read_text(row) is None or isinstance(read_text(row), str)
