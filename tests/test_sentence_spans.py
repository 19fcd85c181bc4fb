import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.article import Article
from index.paragraph import markup_end
from index.punctuation import blank
from index.sentence import Sentence, split_sentences


def _split(text: str) -> tuple[Sentence, ...]:
    return split_sentences(Article("a", "a.txt", None, None, None, None, text))


@pytest.mark.parametrize(
    "text",
    [
        "He left. " * 25_000,
        "“Yes.” " * 30_000,
        '"' * 200_000,
        "." * 200_000 + "x",
        ". " * 100_000 + "x",
        "x" * 2_000_000,
        "! " * 100_000,
        "。" * 200_000,
        "Mr. " * 50_000,
        "(" * 200_000,
        "«. " * 70_000,
        ".»" * 100_000,
        ".\u00a0»" * 70_000,
        "- " * 100_000,
        "news " * 40_000 + "on",
        "Follow us on " + "news stories " * 15_000,
        "a\n" * 20_000,
        "share " * 40_000,
        "A" * 100_000 + " (AP) — b",
    ],
    ids=range(19),
)
def test_a_single_line_of_200_000_characters_is_split_in_linear_time(text: str) -> None:
    """A quadratic step would take minutes here."""
    assert sum(s.end - s.start for s in _split(text)) <= len(text)


_PIECES = st.sampled_from(
    'He left. ¦U.S. ¦“¦”¦"¦«¦»¦.¦?¦…¦\n¦\r\n¦\r¦\n\n¦# ¦- ¦1. ¦\xa0¦\ufeff¦\u200b¦who ¦Mr. ¦。¦؟¦|¦\u2028¦é¦\ud800'
    "¦Read more¦LONDON — ¦---\n¦title: x\n".split("¦")
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(_PIECES, max_size=60).map("".join))


@given(TEXTS)
@example("\ufeff\r\nA.\xa0B? c\r\n\r\n“D.” E")
@example("---\r\ntitle: x\r\n---\r\nA.")
def test_spans_are_ordered_apart_inside_the_text_and_without_white_space_around(text: str) -> None:
    sentences = _split(text)
    end = 0
    for sentence in sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        assert not blank(text[sentence.start])
        assert not blank(text[sentence.end - 1])
        end = sentence.end


@given(TEXTS)
@example("LONDON — Talks began.")
@example("- - a")
def test_together_the_sentences_hold_every_character_but_white_space_and_marks(text: str) -> None:
    sentences = _split(text)
    held = {i for s in sentences for i in range(s.start, s.end)}
    first: dict[int, Sentence] = {}
    for sentence in sentences:
        first.setdefault(sentence.paragraph, sentence)
    for sentence in first.values():  # what a paragraph leaves out lies before its first sentence, on the same line
        begin = max(text.rfind("\n", 0, sentence.start), text.rfind("\r", 0, sentence.start)) + 1
        line = text[begin : sentence.start + 1]
        assert all(map(blank, line[:-1])) or markup_end(line) or "—" in line
        held.update(range(begin, sentence.start))
    for row in re.finditer(r"[^\r\n]+", text):
        if all(map(blank, row[0][markup_end(row[0]) :])):  # a mark without a heading
            held.update(range(row.start(), row.end()))
    assert not [i for i, char in enumerate(text) if i not in held and not blank(char)]


@given(TEXTS)
@example("a.\r\rb.\r\nc.\n\rd.")
def test_lines_are_counted_as_an_editor_counts_them(text: str) -> None:
    sentences = _split(text)
    for sentence in sentences:
        assert sentence.line == len(re.findall(r"\r\n|\n|\r", text[: sentence.start])) + 1


@given(TEXTS)
def test_paragraphs_are_numbered_in_order(text: str) -> None:
    numbers = [s.paragraph for s in _split(text)]
    assert numbers == sorted(numbers)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=200))
def test_the_bytes_on_disk_do_not_matter_only_the_characters(text: str) -> None:
    plain, marked = _split(text), _split("\ufeff" + text)
    assert [(s.start + 1, s.end + 1, s.boilerplate) for s in plain] == [(s.start, s.end, s.boilerplate) for s in marked]
