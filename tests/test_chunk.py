from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.chunk import BUDGET, TITLE_CHARS, Chunk, embedded_text, make_chunks
from index.minilm import TOKENS, MiniLM
from index.sentence import Sentence, split_sentences
from index.tokens import count_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

SENTENCE = "The talks that began on Friday in Istanbul were over before noon. "


def _article(text: str, title: str | None = None) -> Article:
    return Article("a", "a.txt", None, title, None, None, text)


def _chunks(text: str, budget: int = BUDGET) -> tuple[Article, "Sequence[Sentence]", tuple[Chunk, ...]]:
    article = _article(text)
    sentences = split_sentences(article)
    return article, sentences, make_chunks(article, sentences, budget)


def test_a_short_article_is_one_chunk() -> None:
    _, _, chunks = _chunks(SENTENCE * 3)
    assert [(c.start, c.end) for c in chunks] == [(0, len(SENTENCE) * 3 - 1)]


def test_a_chunk_is_filled_with_whole_sentences_as_far_as_the_budget_goes() -> None:
    article, sentences, chunks = _chunks(SENTENCE * 40)
    assert len(chunks) > 2
    for chunk, following in pairwise(chunks):
        first = next(s for s in sentences if s.start == following.start)
        assert count_tokens(article.text[chunk.start : first.end]) > BUDGET


def test_a_chunk_does_not_reach_over_boilerplate() -> None:
    _, _, chunks = _chunks("The talks began.\nRead more\nThey went on.\n")
    assert [c.text for c in chunks] == ["The talks began.", "They went on."]


def test_an_article_of_boilerplate_has_no_chunk() -> None:
    assert _chunks("Read more\n\nFollow us on Twitter\n")[2] == ()


def test_a_sentence_beyond_the_budget_is_cut_between_words() -> None:
    text = "word " * 190 + "end."
    _, _, chunks = _chunks(text, budget=50)
    assert len(chunks) > 3
    assert " ".join(c.text for c in chunks) == text


@pytest.mark.parametrize("text", ["x" * 900, "会" * 900, "a" + "😀" * 900, "ab" + "." * 900, "a\u0301" * 450])
def test_a_sentence_without_a_space_is_cut_where_it_must_be(text: str) -> None:
    _, _, chunks = _chunks(text)
    assert "".join(c.text for c in chunks) == text


def test_the_same_article_gives_the_same_chunks_and_another_gives_others() -> None:
    _, sentences, chunks = _chunks(SENTENCE * 40)
    assert make_chunks(_article(SENTENCE * 40), sentences) == chunks
    other = Article("b", "b.txt", None, None, None, None, SENTENCE * 40)
    assert not {c.id for c in chunks} & {c.id for c in make_chunks(other, split_sentences(other))}


def test_the_title_is_embedded_before_the_chunk_and_not_without_end() -> None:
    assert embedded_text("Putin Stays Away", "The talks began.") == "Putin Stays Away\nThe talks began."
    assert embedded_text(None, "The talks began.") == "The talks began."
    assert embedded_text("", "The talks began.") == "The talks began."
    assert len(embedded_text("x" * 10_000, "The talks began.")) <= TITLE_CHARS + 17


def test_the_seeds_are_covered_once_by_chunks_of_whole_sentences(
    split_seeds: "list[tuple[Article, tuple[Sentence, ...]]]",
) -> None:
    for article, sentences in split_seeds:
        chunks = make_chunks(article, sentences)
        for sentence in sentences:
            around = [c for c in chunks if c.start <= sentence.start and sentence.end <= c.end]
            assert len(around) == (0 if sentence.boilerplate else 1)


_WORDS = st.sampled_from(
    "The talks began. ¦会谈开始了。¦Президент прибыл. ¦우크라이나와 ¦وأوكرانيا ¦वार्ता ¦😀¦. ¦--¦| 1 "
    "¦12.5, ¦\n¦\r\n¦\u200b¦\ufeff¦\u2028¦é¦e\u0301¦\0¦ﷺ ¦http://a.b/c?d=e&f ¦Read more\n"
    "¦Pneumonoultramicroscopicsilicovolcanoconiosis".split("¦")
)
TEXTS = st.one_of(st.text(max_size=600), st.lists(_WORDS, max_size=150).map("".join))


@given(TEXTS, st.integers(20, BUDGET))
def test_chunks_of_any_text_keep_to_the_budget_and_hold_every_sentence_once(text: str, budget: int) -> None:
    article, sentences, chunks = _chunks(text, budget)
    assert len({c.id for c in chunks}) == len(chunks)
    covered: set[int] = set()
    for chunk in chunks:
        assert chunk.text == article.text[chunk.start : chunk.end]
        assert 1 <= chunk.tokens == count_tokens(chunk.text) <= budget
        span = set(range(chunk.start, chunk.end))
        assert not covered & span
        covered |= span
    for sentence in sentences:
        words = {i for i in range(sentence.start, sentence.end) if not text[i].isspace()}
        assert words.isdisjoint(covered) if sentence.boilerplate else words <= covered


LANGUAGES = [
    "The delegations that met on Friday in Istanbul's palace had not met since March 2022. ",
    "Президент Украины Владимир Зеленский прибыл в Анкару, переговоры начались. ",
    "俄罗斯与乌克兰的和平谈判于周五在伊斯坦布尔开始。",
    "우크라이나와 러시아의 평화 협상이 금요일에 시작되었다. ",
    "بدأت المحادثات بين روسيا وأوكرانيا في اسطنبول يوم الجمعة. ",
    "वार्ता शुक्रवार को समाप्त हुई। ",
    "Cuộc đàm phán hòa bình giữa Nga và Ukraina đã bắt đầu. ",
    "Cumhurbaşkanı Erdoğan Ankara'da Zelenskiy ile görüştü. ",
    "| 12 | 40 | -- | = | ... | (*) | 3.5% ",
    "https://www.example.com/2025/05/16/world/europe/talks-istanbul.html?ref=home&id=12 ",
]


@pytest.mark.parametrize("text", LANGUAGES)
def test_the_embedder_sees_every_chunk_to_its_end_in_any_language(text: str, embedder: MiniLM) -> None:
    article = _article(text * 30, title=text * 3)
    for chunk in make_chunks(article, split_sentences(article)):
        assert embedder.count_tokens(embedded_text(article.title, chunk.text)) <= TOKENS - 2


@settings(max_examples=60)
@given(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=12), st.text(max_size=TITLE_CHARS))
def test_the_embedder_sees_every_chunk_to_its_end_in_a_mix_of_languages(
    embedder: MiniLM, texts: list[str], title: str
) -> None:
    words = " ".join(texts).split(" ")
    article = _article(" ".join(words[::2] + words[1::2]), title)
    for chunk in make_chunks(article, split_sentences(article)):
        assert embedder.count_tokens(embedded_text(title, chunk.text)) <= TOKENS - 2
