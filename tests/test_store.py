from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.article import make_article
from index.chunk import make_chunks
from index.errors import StoreError
from index.generation import begin, publish
from index.hnsw import EF_SEARCH
from index.sentence import split_sentences
from index.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.article import Article
    from index.corpus import Corpus
    from index.minilm import MiniLM

TALKS = "# The talks\n\nThe talks began in Istanbul on Friday. They were short.\n"


def _add(store: Store, file: str, text: str, *, seed: int = 0) -> "Article":
    article = make_article(file, text)
    chunks = make_chunks(article, split_sentences(article), budget=12)
    vectors = np.random.default_rng(seed).normal(size=(len(chunks), 384)).astype(np.float32)
    store.add([(article, chunks)], vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    return article


def _open(path: Path) -> Store:
    return Store(path, "test@1", half=path / "00000001-0a0b0c0d.half")


def _publish(store: Store, root: Path, generation: str = "one") -> None:
    store.commit(root, generation)
    publish(store.folder)


def _brute_force(store: Store, vector: "NDArray[np.float32]", k: int) -> list[tuple[str, float]]:
    got = store._chunks.get(include=["embeddings"])
    scores = np.asarray(got["embeddings"]) @ vector
    order = np.argsort(-scores, kind="stable")[:k]
    return [(got["ids"][i], float(scores[i])) for i in order]


def test_an_article_is_read_back_as_it_was_added(tmp_path: Path) -> None:
    store = _open(tmp_path)
    article = _add(store, "sub/a.md", TALKS)
    assert store.read(article.id) == article
    assert store.articles() == {article.id: replace(article, text="")}


def test_chunks_are_read_back_with_their_spans_and_texts(tmp_path: Path) -> None:
    store = _open(tmp_path)
    article = _add(store, "a.txt", TALKS)
    rows = sorted(store.chunks(), key=lambda row: row[2])
    assert len(rows) > 1
    for _, article_id, start, end, text in rows:
        assert article_id == article.id
        assert text == TALKS[start:end]


def test_an_article_added_twice_is_there_once(tmp_path: Path) -> None:
    store = _open(tmp_path)
    _add(store, "a.txt", TALKS)
    _add(store, "a.txt", TALKS)
    assert len(store.articles()) == 1
    assert len({row[0] for row in store.chunks()}) == len(list(store.chunks()))


def test_a_removed_article_is_gone_with_its_chunks_and_others_stay(tmp_path: Path) -> None:
    store = _open(tmp_path)
    first, second = _add(store, "a.txt", TALKS), _add(store, "b.txt", TALKS)
    store.remove([first.id, "unknown"])
    store.remove([])
    assert set(store.articles()) == {second.id}
    assert {row[1] for row in store.chunks()} == {second.id}
    with pytest.raises(StoreError, match=rf"^Article {first.id} is no longer in the index in {tmp_path}; ask again\.$"):
        store.read(first.id)


def test_chunks_without_an_article_are_removed_as_orphans(tmp_path: Path) -> None:
    store = _open(tmp_path)
    first, second = _add(store, "a.txt", TALKS), _add(store, "b.txt", TALKS)
    store._articles.delete(ids=[first.id])  # as a run leaves it that was cut off between the two writes
    lost = sum(row[1] == first.id for row in store.chunks())
    assert store.remove_orphans() == lost > 0
    assert {row[1] for row in store.chunks()} == {second.id}
    assert store.remove_orphans() == 0


def test_an_article_of_more_chunks_than_one_write_takes_is_added_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.BATCH", 3)
    monkeypatch.setattr("index.store.PAGE", 4)
    store = _open(tmp_path)
    article = _add(
        store, "a.txt", "".join(f"Sentence number {i} of this long article ends right here.\n\n" for i in range(30))
    )
    rows = sorted(store.chunks(), key=lambda row: row[2])
    assert len(rows) >= 15
    assert "".join(row[4] for row in rows).replace("\n", "") == article.text.replace("\n", "")
    store.remove([article.id])
    assert list(store.chunks()) == []


def test_an_empty_store_has_nothing_near(tmp_path: Path) -> None:
    assert _open(tmp_path).nearest(np.ones(384, dtype=np.float32), 5) == []


def test_asking_for_more_than_there_is_returns_all_best_first(tmp_path: Path) -> None:
    store = _open(tmp_path)
    _add(store, "a.txt", TALKS)
    vector = np.eye(1, 384, dtype=np.float32)[0]
    found = store.nearest(vector, 100)
    assert len(found) == len(list(store.chunks()))
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@pytest.mark.parametrize(
    "question", ["Who leads the delegations?", "drone attacks", "Dolmabahçe Palace", "weather in Lima", "Rubio", "?"]
)
def test_the_nearest_chunks_of_the_seeds_are_those_found_by_brute_force(
    corpus: "Corpus", embedder: "MiniLM", question: str
) -> None:
    vector = embedder.embed([question])[0]
    found, expected = corpus.store.nearest(vector, 10), _brute_force(corpus.store, vector, 10)
    assert [id_ for id_, _ in found] == [id_ for id_, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-5)


def test_every_chunk_is_nearest_to_its_own_vector_among_thousands(tmp_path: Path) -> None:
    store = _open(tmp_path)
    for i in range(10):
        _add(
            store,
            f"{i}.txt",
            "".join(f"Sentence {j} of article {i} ends right here, at last.\n\n" for j in range(120)),
            seed=i,
        )
    got = store._chunks.get(include=["embeddings"])
    assert len(got["ids"]) >= 1000
    vectors = np.asarray(got["embeddings"], dtype=np.float32)
    lost = [
        id_
        for id_, vector in zip(got["ids"][::20], vectors[::20], strict=True)
        if store.nearest(vector, 1)[0][0] != id_
    ]
    assert lost == []


def test_the_folder_and_the_generation_are_kept_and_opening_again_finds_them(tmp_path: Path) -> None:
    store = _open(tmp_path / "store")
    assert (store.root, store.generation) == (None, "")
    _add(store, "a.txt", TALKS)
    _publish(store, tmp_path / "articles")
    again = Store(tmp_path / "store", "test@1")
    assert (again.root, again.generation) == (tmp_path / "articles", "one")


def test_the_next_generation_begins_as_a_copy_and_leaves_the_one_before_as_it_is(tmp_path: Path) -> None:
    store = _open(tmp_path)
    first = _add(store, "a.txt", TALKS)
    _publish(store, tmp_path)
    old = Store(tmp_path, "test@1")
    draft = Store(tmp_path, "test@1", half=begin(tmp_path, old.folder))
    second = _add(draft, "b.txt", TALKS)
    draft.remove([first.id])
    assert set(Store(tmp_path, "test@1").articles()) == {first.id}
    assert old.is_newest
    _publish(draft, tmp_path, "two")
    assert not old.is_newest
    assert set(Store(tmp_path, "test@1").articles()) == {second.id}
    assert set(old.articles()) == {first.id}


def test_vectors_are_read_back_by_the_ids_of_their_chunks(tmp_path: Path) -> None:
    store = _open(tmp_path)
    _add(store, "a.txt", TALKS)
    ids = [row[0] for row in store.chunks()]
    got = store._chunks.get(ids=ids, include=["embeddings"])
    expected = dict(zip(got["ids"], np.asarray(got["embeddings"], np.float32), strict=True))
    found = store.vectors([*ids, "unknown"])
    assert found.keys() == set(ids)
    assert all((found[id_] == expected[id_]).all() for id_ in ids)
    assert store.vectors([]) == {}


def test_the_vectors_are_compared_by_cosine(tmp_path: Path) -> None:
    hnsw = _open(tmp_path)._chunks.configuration_json["hnsw"]
    assert (hnsw["space"], hnsw["ef_search"]) == ("cosine", EF_SEARCH)


def test_no_telemetry_is_sent_and_no_model_is_asked_for(tmp_path: Path) -> None:
    store = _open(tmp_path)
    assert store._chunks._embedding_function is None
    assert not store._chunks._client._system.settings.anonymized_telemetry


def test_a_missing_store_is_an_error_that_names_it_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=rf"^There is no index in {tmp_path / 'x'}; make one with `byline index"):
        Store(tmp_path / "x", "test@1")
    assert not (tmp_path / "x").exists()


def test_a_store_that_was_never_finished_is_an_error_that_says_so(tmp_path: Path) -> None:
    _add(_open(tmp_path), "a.txt", TALKS)
    with pytest.raises(StoreError, match=rf"^The index in {tmp_path} was never finished; run `byline index` on"):
        Store(tmp_path, "test@1")


def test_a_store_of_another_embedder_is_an_error_that_names_both(tmp_path: Path) -> None:
    _publish(_open(tmp_path), tmp_path)
    with pytest.raises(StoreError, match=r"made by the embedder test@1, not other@1; give another --store, or remove"):
        Store(tmp_path, "other@1")
    assert Store(tmp_path, "test@1").generation == "one"


def test_a_store_of_another_version_is_an_error_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _publish(_open(tmp_path), tmp_path)
    monkeypatch.setattr("index.store.FORMAT", 999)
    with pytest.raises(StoreError, match="is of another version of Byline; remove that folder and index again"):
        Store(tmp_path, "test@1")


def test_a_store_of_an_older_format_is_an_error_that_says_to_index_again(tmp_path: Path) -> None:
    store = _open(tmp_path)
    store._articles.modify(metadata={"embedder": "test@1", "format": 2})
    _publish(store, tmp_path)
    with pytest.raises(StoreError, match=r"is of another version of Byline; run `byline index` on its folder again\."):
        Store(tmp_path, "test@1")


def test_a_store_as_the_first_version_made_it_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    with pytest.raises(StoreError, match="is of another version of Byline; remove that folder and index again"):
        Store(tmp_path, "test@1")


@pytest.mark.parametrize("share", [0.0, 0.5, None])
def test_a_damaged_store_is_an_error_that_names_it(tmp_path: Path, share: float | None) -> None:
    store = _open(tmp_path)
    _add(store, "a.txt", TALKS)
    store.commit(tmp_path, "one")
    database = publish(store.folder) / "chroma" / "chroma.sqlite3"
    whole = database.read_bytes()
    if share is None:
        database.unlink()
    else:
        database.write_bytes(whole[: int(len(whole) * share)] or b"no database" * 500)
    for _ in range(2):
        with pytest.raises(
            StoreError, match=rf"^The index in {tmp_path} cannot be opened; remove that folder and index"
        ):
            Store(tmp_path, "test@1")


def test_many_threads_may_open_one_store_at_the_same_moment(tmp_path: Path) -> None:
    store = _open(tmp_path)
    _add(store, "a.txt", TALKS)
    count = store.count()  # a run of indexing reads what it wrote, too; who reads it first writes a little
    _publish(store, tmp_path)
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: Store(tmp_path, "test@1"), range(24)))
    assert {opened.count() for opened in stores} == {count}
