import contextlib
import json
import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made import TALKS, pdf

from index.corpus import Corpus, Newest
from index.errors import StoreError
from index.fold import keys
from index.indexing import index_paths
from index.store import Store

if TYPE_CHECKING:
    from index.minilm import MiniLM


def _first(corpus: Corpus) -> tuple[str, Path]:
    article = min(corpus.articles.values(), key=lambda a: a.file)
    assert corpus.root is not None
    return article.id, corpus.root / article.file


def test_all_articles_and_chunks_are_at_hand(corpus: Corpus, seeds: Path) -> None:
    assert {a.file for a in corpus.articles.values()} == {path.name for path in seeds.glob("*.txt")}
    assert corpus.root == seeds
    assert len(corpus.ids) == len(corpus.places) == len(set(corpus.ids)) == len(list(corpus.store.chunks()))
    assert [corpus.numbers[id_] for id_ in corpus.ids] == list(range(len(corpus.ids)))


def test_a_place_is_where_its_chunk_lies(corpus: Corpus) -> None:
    texts = {id_: text for id_, *_, text in corpus.store.chunks()}
    for id_, place in zip(corpus.ids, corpus.places, strict=True):
        assert corpus.sentences(place.article_id)[0].text[place.start : place.end] == texts[id_]


def test_an_article_comes_with_its_text_as_on_disk_and_its_sentences(corpus: Corpus, seeds: Path) -> None:
    for article_id, known in corpus.articles.items():
        article, sentences = corpus.sentences(article_id)
        assert article.text.encode() == (seeds / known.file).read_bytes()
        assert replace(article, text="") == known
        assert all(s.article_id == article_id for s in sentences)
        assert corpus.sentences(article_id)[1] is sentences


def test_the_nearest_chunks_are_numbers_of_places(corpus: Corpus, embedder: "MiniLM") -> None:
    found = corpus.nearest(embedder.embed(["Dolmabahçe Palace"])[0], 3)
    assert len(found) == 3
    place = corpus.places[found[0][0]]
    assert "Dolmabah" in corpus.sentences(place.article_id)[0].text[place.start : place.end]


def test_the_texts_that_hold_words_are_the_passages_with_any_of_them_best_first(corpus: Corpus) -> None:
    asked = keys("Dolmabahçe Palace")
    numbers = {text: corpus.numbers[id_] for id_, *_, text in corpus.store.chunks()}
    scores = corpus.lexical.scores(dict.fromkeys(asked, 1.0))
    found = list(corpus.texts_with(asked, len(numbers)))
    assert "Dolmabahçe Palace" in found[0]
    assert 1 < len(found) == len(set(found)) == (scores > 0).sum() < len(numbers)
    assert [scores[numbers[text]] for text in found] == sorted(scores[scores > 0], reverse=True)
    assert list(corpus.texts_with(asked, 1)) == found[:1]


def test_a_word_that_no_passage_holds_has_no_texts(corpus: Corpus) -> None:
    assert list(corpus.texts_with(keys("Vatican"), 5)) == list(corpus.texts_with([], 5)) == []


def test_the_lead_of_an_article_is_its_chunk_that_begins_first(corpus: Corpus) -> None:
    assert corpus.leads.keys() == corpus.articles.keys()
    for article_id, number in corpus.leads.items():
        begins = [place.start for place in corpus.places if place.article_id == article_id]
        assert (corpus.places[number].article_id, corpus.places[number].start) == (article_id, min(begins))


def test_the_vectors_of_chunks_are_those_by_which_they_are_found(corpus: Corpus, embedder: "MiniLM") -> None:
    asked = embedder.embed(["Dolmabahçe Palace"])[0]
    near = dict(corpus.nearest(asked, 3))
    vectors = corpus.vectors([*near])
    assert {n: float(vectors[n] @ asked) for n in near} == pytest.approx(near, abs=1e-4)


def test_the_days_of_publication_are_in_order_and_none_is_to_come(tmp_path: Path, embedder: "MiniLM") -> None:
    days = ["2021-03-04", "2020-01-02", "2999-01-01", "", "2020-01-02"]
    rows = [{"text": f"Text {n} of a man.", "date": day} for n, day in enumerate(days)]
    (tmp_path / "news.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    index_paths([tmp_path / "news.jsonl"], tmp_path / "store", embedder)
    corpus = Corpus(Store(tmp_path / "store", embedder.fingerprint))
    assert corpus.days == (date(2020, 1, 2), date(2020, 1, 2), date(2021, 3, 4))


def test_without_a_date_there_are_no_days(corpus: Corpus) -> None:
    assert all(article.published is None for article in corpus.articles.values())
    assert corpus.days == ()


def test_a_file_as_it_was_indexed_is_current(copied: Corpus) -> None:
    article_id, path = _first(copied)
    assert copied.is_current(article_id)
    os.utime(path, ns=(1, 1))
    assert copied.is_current(article_id)


def test_a_file_changed_removed_or_replaced_is_not_current(copied: Corpus) -> None:
    article_id, path = _first(copied)
    text = path.read_text("utf-8")
    path.write_text(text.replace("Moscow", "Warsaw"), "utf-8")  # as many bytes as before
    os.utime(path, ns=(1, 1))
    assert not copied.is_current(article_id)
    path.write_text(text + " More.", "utf-8")
    assert not copied.is_current(article_id)
    path.unlink()
    assert not copied.is_current(article_id)
    path.mkdir()
    assert not copied.is_current(article_id)


def test_a_file_that_holds_no_text_any_more_is_not_current(copied: Corpus) -> None:
    article_id, path = _first(copied)
    path.write_bytes(b"\0" * path.stat().st_size)
    os.utime(path, ns=(1, 1))
    assert not copied.is_current(article_id)


def test_an_open_corpus_stays_what_it_was_and_a_newer_one_is_opened_once(copied: Corpus, embedder: "MiniLM") -> None:
    newest = Newest(copied.store.path, embedder.fingerprint)
    first = newest.corpus()
    assert newest.corpus() is first
    article_id, path = _first(copied)
    before = copied.ids
    path.unlink()
    assert copied.root is not None
    index_paths([copied.root], copied.store.path, embedder)
    assert copied.ids == first.ids == before
    second = newest.corpus()
    assert second is newest.corpus() is not first
    assert article_id in first.articles.keys() - second.articles.keys()


def test_what_a_removed_generation_is_asked_is_an_error_that_says_to_ask_again(
    copied: Corpus, embedder: "MiniLM"
) -> None:
    _, path = _first(copied)
    path.unlink()
    assert copied.root is not None
    index_paths([copied.root], copied.store.path, embedder)
    with contextlib.suppress(StoreError):  # what the system still holds open may answer
        copied.nearest(embedder.embed(["talks"])[0], 50)
    shutil.rmtree(copied.store.path)
    with pytest.raises(StoreError, match=r"has changed meanwhile; ask again\.$"), copied.store._still_there():
        raise ValueError("a file is gone")


@pytest.fixture
def dump(tmp_path: Path, embedder: "MiniLM") -> tuple[Corpus, Path]:
    """The index of a file of records, and the file."""
    path = tmp_path / "dump" / "news.jsonl"
    path.parent.mkdir()
    texts = ("The talks began on Friday.", "The bank raised its rate.", "The storm hit the coast.")
    rows = [
        {"id": "art-77", "text": text, "author": "Jane Doe", "language": "en", "url": "https://post.example"}
        for text in texts
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    index_paths([path], tmp_path / "store", embedder)
    return Corpus(Store(tmp_path / "store", embedder.fingerprint)), path


def test_what_a_file_says_of_its_records_is_kept(dump: tuple[Corpus, Path]) -> None:
    corpus, _ = dump
    assert sorted(a.record or 0 for a in corpus.articles.values()) == [0, 1, 2]
    for article in corpus.articles.values():
        read = corpus.sentences(article.id)[0]
        assert (read.author, read.language, read.url) == ("Jane Doe", "en", "https://post.example")
        assert read.key == article.key == corpus.store.articles()[article.id].key == "art-77"


def test_a_record_is_current_while_the_file_has_it_whatever_else_was_added(dump: tuple[Corpus, Path]) -> None:
    corpus, path = dump
    ids = [a.id for a in sorted(corpus.articles.values(), key=lambda a: a.record or 0)]
    path.write_text(path.read_text() + '{"text": "More came."}\n')
    assert [corpus.is_current(id_) for id_ in ids] == [True, True, True]
    path.write_text(path.read_text().replace("raised", "cut"))
    assert [corpus.is_current(id_) for id_ in ids] == [True, False, True]


def test_the_pages_of_a_pdf_are_kept(tmp_path: Path, embedder: "MiniLM") -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "a.pdf").write_bytes(pdf([[TALKS[0]], [TALKS[1]]]))
    index_paths([tmp_path / "pdf"], tmp_path / "store", embedder)
    store = Store(tmp_path / "store", embedder.fingerprint)
    (article,) = Corpus(store).articles.values()
    assert article.pages == next(iter(store.articles().values())).pages == (0, len(TALKS[0]) + 1)
