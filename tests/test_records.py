import gzip
import json
import sys
from pathlib import Path

import pytest
from made import TALKS

from index.article import Article
from index.errors import FormatError, SourceError
from index.reading import Skipped, read_file
from index.records import MOST_BREAKS

ROWS = [{"id": n, "title": f"Title {n}", "text": text, "source": {"name": "The Post"}} for n, text in enumerate(TALKS)]
JSON_LINES = "".join(json.dumps(row) + "\n" for row in ROWS)
CSV = "id,Title,TEXT,Source\n" + "".join(f'{n},Title {n},"{text}",The Post\n' for n, text in enumerate(TALKS))


def read(tmp_path: Path, name: str, data: bytes | str) -> list[Article | Skipped]:
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_file(tmp_path / name, tmp_path))


def shown(items: list[Article | Skipped]) -> list[tuple[int | None, str]]:
    return [(item.record, item.text if isinstance(item, Article) else item.reason) for item in items]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", JSON_LINES),
        ("a.jsonl", f"\ufeff{JSON_LINES}".replace("\n", "\r\n\r\n")),
        ("a.jsonl", JSON_LINES.encode("utf-16")),
        ("a.jsonl", JSON_LINES.encode("utf-16-be")),
        ("a.jsonl", json.dumps(ROWS[0]) + "\n\n" + json.dumps(ROWS[1]) + "\n" + json.dumps(ROWS[2])),
        ("a.json", json.dumps(ROWS)),
        ("a.json", json.dumps(ROWS, indent=2).encode("utf-16")),
        ("a.json", json.dumps({"status": "ok", "totalResults": 3, "articles": ROWS})),
        ("a.json", JSON_LINES),
        ("a.csv", CSV),
        ("a.csv", f"\ufeff{CSV}".replace("\n", "\r\n")),
        ("a.csv", CSV.replace(",", ";").replace("hours;", "hours,")),
        ("a.csv", CSV.replace("\n", "\n\n")),
        ("a.csv", CSV.encode("utf-16")),
        ("a.csv", CSV.encode("utf-16-le")),
        ("a.jsonl.gz", gzip.compress(JSON_LINES.encode())),
        ("a.jsonl", gzip.compress(JSON_LINES.encode())),
        ("a.jsonl.gz", JSON_LINES),
        ("a.csv.gz", gzip.compress(CSV.encode())),
        ("a.json.gz", gzip.compress(json.dumps(ROWS).encode())),
    ],
)
def test_each_record_is_an_article_with_its_number_and_its_fields(tmp_path: Path, name: str, data: bytes | str) -> None:
    items = read(tmp_path, name, data)
    assert [(a.file, a.record, a.title, a.outlet) for a in items if isinstance(a, Article)] == [
        (name, n, f"Title {n}", "The Post") for n in range(3)
    ]
    assert [text.replace(";", ",") for _, text in shown(items)] == list(TALKS)


def test_one_object_in_a_json_file_is_one_article_without_a_record(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.json", json.dumps(ROWS[0]))
    assert isinstance(article, Article)
    assert (article.record, article.title, article.text) == (None, "Title 0", TALKS[0])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>The zoo &amp; co.</p><script>var x=1;</script><p>It <b>rained</b>.</p>", "The zoo & co.\nIt rained."),
        ("<p>The zoo opened.</p><p hidden>SECRET</p><p style='display:none'>SECRET</p>", "The zoo opened."),
        ("The <i>zoo</i>\nopened.\n\nIt <a\nhref='x'>rained</a>.", "The zoo\nopened.\nIt rained."),
        ("The zoo opened.<br/>It\nrained.", "The zoo opened.\nIt rained."),
        ("<ul><li>The zoo</li><li>A park</li></ul><table><tr><td>a<td>b</table>", "The zoo\nA park\na b"),
    ],
)  # fmt: skip
def test_a_record_whose_text_is_html_is_read_as_what_that_shows(tmp_path: Path, text: str, shown: str) -> None:
    (article,) = read(tmp_path, "a.json", json.dumps([{"title": "Zoo", "content": text}]))
    assert isinstance(article, Article)
    assert article.text == shown
    (article,) = read(tmp_path, "a.json", json.dumps({"content": {"rendered": text}}))
    assert isinstance(article, Article)
    assert article.text.split() == shown.split()


@pytest.mark.parametrize(
    "text", ["2 < 3,\n  and 5 > 4.", "The <p> tag\n\nopens a paragraph.", "a <b", "I <3 zoos", "<Zoo> opened </Zoo>"]
)
def test_plain_text_with_a_stray_bracket_stays_as_it_is(tmp_path: Path, text: str) -> None:
    (article,) = read(tmp_path, "a.json", json.dumps([{"content": text}]))
    assert isinstance(article, Article)
    assert article.text == text


def test_html_that_shows_nothing_is_no_article(tmp_path: Path) -> None:
    rows = [{"content": "<script>var x=1;</script>"}, ROWS[0]]
    assert shown(read(tmp_path, "a.json", json.dumps(rows)))[0] == (
        0,
        "holds no text; remove it or put an article into it.",
    )


def test_without_its_library_html_is_said_once_and_the_other_records_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lxml.html", None)
    markup = {"text": "<p>The zoo opened.</p>"}
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in (markup, ROWS[0], markup, ROWS[1])))
    items = read_file(tmp_path / "a.jsonl", tmp_path)
    assert [next(items).record for _ in range(2)] == [1, 3]
    with pytest.raises(FormatError, match=r"^a\.jsonl holds texts in HTML, and they are read by byline\[html\]"):
        next(items)


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    lines = [
        json.dumps(ROWS[0]),
        '{"text": "cut',
        "[1, 2]",
        '{"title": "no text"}',
        '{"text": "..."}',
        json.dumps(ROWS[1]),
    ]
    assert shown(read(tmp_path, "a.jsonl", "\n".join(lines))) == [
        (0, TALKS[0]),
        (1, "is broken JSON (Unterminated string starting at character 10); mend it or remove it."),
        (2, 'is no JSON object; write it as {"title": …, "text": …} or remove it.'),
        (3, "has no text in a field text, body or content; name it so or remove it."),
        (4, "holds no text; remove it or put an article into it."),
        (5, TALKS[1]),
    ]


@pytest.mark.parametrize(
    ("value", "why"),
    [("[" * 100_000, "it is nested too deep"), ('{"text": ' + "9" * 5000 + "}", "a number has too many digits")],
)
def test_what_python_cannot_parse_is_a_broken_record(tmp_path: Path, value: str, why: str) -> None:
    items = read(tmp_path, "a.jsonl", f"{value}\n{JSON_LINES}")
    assert shown(items)[0] == (0, f"is broken JSON ({why}); mend it or remove it.")
    assert len(items) == 4


def test_a_list_that_breaks_gives_the_records_before_and_says_so(tmp_path: Path) -> None:
    items = read(tmp_path, "a.json", json.dumps(ROWS)[:-30])
    assert shown(items)[:2] == [(0, TALKS[0]), (1, TALKS[1])]
    assert isinstance(items[2], Skipped)
    assert "so that it and those after it are left out" in items[2].reason


@pytest.mark.parametrize(
    "data",
    [
        f"{json.dumps(ROWS[:1])}\n{json.dumps(ROWS[1:])}",
        f"{json.dumps(ROWS[:2])},[]{json.dumps(ROWS[2])}",
        "\n".join(json.dumps(row, indent=2) for row in ROWS),
        f"[\n{JSON_LINES.strip()}\n]".replace("}\n{", "},\n{"),
    ],
    ids=["lists", "list and object", "objects of many lines", "list of lines"],
)
def test_values_one_after_the_other_are_read_to_the_last(tmp_path: Path, data: str) -> None:
    assert shown(read(tmp_path, "a.json", data)) == list(enumerate(TALKS))


def test_what_follows_a_list_and_is_none_is_named(tmp_path: Path) -> None:
    items = shown(read(tmp_path, "a.json", json.dumps(ROWS) + "\nand so on"))
    assert items[:3] == list(enumerate(TALKS))
    assert items[3][0] == 3
    assert items[3][1].endswith("so that it and those after it are left out (9 characters); mend it.")


@pytest.mark.parametrize("indent", [None, 2])
def test_a_broken_record_of_a_list_costs_only_itself_where_records_begin_lines(
    tmp_path: Path, indent: int | None
) -> None:
    rows = [json.dumps(row, indent=indent) for row in ROWS]
    rows[1] = rows[1].replace('"text": "', '"text": ')
    items = shown(read(tmp_path, "a.json", "[" + ",\n".join(rows) + "]"))
    assert [items[0], items[2]] == [(0, TALKS[0]), (2, TALKS[2])]
    assert items[1][1].startswith("is broken JSON (Expecting value at character ")
    assert items[1][1].endswith("); mend it or remove it.")


@pytest.mark.parametrize("broken", ['{"text": "cut', '{"text": "The talks"', "{}}", "The talks began."])
def test_json_lines_whose_first_is_broken_lose_that_line_only(tmp_path: Path, broken: str) -> None:
    items = shown(read(tmp_path, "a.json", f"{broken}\n{JSON_LINES}"))
    assert items[0][0] == 0
    assert items[1:] == [(n + 1, text) for n, text in enumerate(TALKS)]


def test_a_list_that_is_cut_off_between_its_records_says_so(tmp_path: Path) -> None:
    items = shown(read(tmp_path, "a.json", json.dumps(ROWS)[:-1] + ","))
    assert items == [
        *enumerate(TALKS),
        (3, "is missing, as the list is cut off before its end; mend the list or remove it."),
    ]


def test_a_list_that_breaks_in_a_hundred_places_is_given_up(tmp_path: Path) -> None:
    items = shown(read(tmp_path, "a.json", f"[{json.dumps(ROWS[0])},\n" + '{"a" 1},\n' * 1_000 + "]"))
    assert len(items) == MOST_BREAKS + 1
    assert "those after it are left out" in items[-1][1]


def test_an_object_among_others_that_is_none_costs_only_itself(tmp_path: Path) -> None:
    items = read(tmp_path, "a.json", json.dumps({"articles": [ROWS[0], None, ROWS[1]]}))
    assert [isinstance(item, Article) for item in items] == [True, False, True]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_articles_are_read_after_however_many_records_that_are_none(tmp_path: Path, name: str) -> None:
    rows: list[dict[str, object]] = [{"title": f"Title {n}", "text": ""} for n in range(150)]
    rows += [{"title": "Last", "text": TALKS[0]}, {"title": "None", "text": ""}]
    data = "\n".join(json.dumps(row) for row in rows)
    if name == "a.json":
        data = json.dumps(rows)
    if name == "a.csv":
        data = "title,text\n" + "\n".join(f"{row['title']},{row['text']}" for row in rows)
    items = shown(read(tmp_path, name, data))
    assert [number for number, _ in items] == [*range(101), 150, 151]
    assert items[100][1] == "is no article, nor are the 49 after it; mend or remove what is none."
    assert items[101] == (150, TALKS[0])


def test_a_broken_row_costs_only_itself(tmp_path: Path) -> None:
    rows = [
        "title,text",
        'One,"The talks began."',
        'Two,"Quoted" wrongly',
        "Three,Fine.,too many",
        "Four",
        'Five,"They ended."',
    ]
    assert shown(read(tmp_path, "a.csv", "\n".join(rows))) == [
        (0, "The talks began."),
        (1, "is a broken row (',' expected after '\"'); mend its quotation marks or remove it."),
        (2, "has 3 cells where 2 columns are named; mend it or remove it."),
        (3, "has no text in a field text, body or content; name it so or remove it."),
        (4, "They ended."),
    ]


def test_a_quotation_mark_that_nobody_closes_hides_no_row_in_an_article(tmp_path: Path) -> None:
    items = read(tmp_path, "a.csv", 'title,text\nOne,"The talks began.\nTwo,"They ended."\nThree,Fine.\n')
    assert [item.text for item in items if isinstance(item, Article)] == ["Fine."]
    assert isinstance(items[0], Skipped)


def test_a_cell_may_hold_lines_quotes_and_a_million_characters(tmp_path: Path) -> None:
    long = 'They said: ""Nothing""\n' + "The talks began. " * 60_000
    (article,) = read(tmp_path, "a.csv", f'text,title\n"{long}","It\n""ended"""\n')
    assert isinstance(article, Article)
    assert article.text == long.replace('""', '"')
    assert article.title == 'It "ended"'


def test_a_table_without_a_column_of_text_is_an_error_that_says_how_to_name_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^a\.csv names no column text, body or content in its first row"):
        read(tmp_path, "a.csv", "title,date\nOne,2025-05-16\n")


def test_of_several_columns_of_one_name_the_longest_text_and_the_first_of_all_else_is_read(tmp_path: Path) -> None:
    rows = f'title,text,title,text\nFirst,The talks …,Second,"{TALKS[0]}"\nThird,"{TALKS[1]}",Fourth,\n'
    items = read(tmp_path, "a.csv", rows)
    assert shown(items) == [(0, TALKS[0]), (1, TALKS[1])]
    assert [item.title for item in items if isinstance(item, Article)] == ["First", "Third"]


@pytest.mark.parametrize("said", ["sep=;", "SEP=;", '"sep=;"', "sep=|", "sep=^", "sep=\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_line_by_which_excel_is_told_the_separator_is_heeded(tmp_path: Path, said: str, end: str) -> None:
    separator = said.strip('"')[-1]
    rows = [separator.join(("title", "text")), *(separator.join((f"Title {n}", text)) for n, text in enumerate(TALKS))]
    items = read(tmp_path, "a.csv", end.join([said, *rows]))
    assert shown(items) == [(n, text) for n, text in enumerate(TALKS)]


def test_an_article_that_its_source_has_removed_is_skipped(tmp_path: Path) -> None:
    removed = {"title": "[Removed]", "description": "[Removed]", "content": "[Removed]"}
    assert shown(read(tmp_path, "a.json", json.dumps({"articles": [removed, ROWS[0]]}))) == [
        (0, "is an article that its source has removed; remove it here too."),
        (1, TALKS[0]),
    ]


def test_the_first_of_a_list_of_paragraphs_is_no_title(tmp_path: Path) -> None:
    paragraphs = ["The talks between the delegations began", *TALKS]
    listed, joined = read(tmp_path, "a.json", json.dumps([{"text": paragraphs}, {"text": "\n\n".join(paragraphs)}]))
    assert isinstance(listed, Article)
    assert isinstance(joined, Article)
    assert (listed.text, listed.title, joined.title) == (joined.text, None, paragraphs[0])
