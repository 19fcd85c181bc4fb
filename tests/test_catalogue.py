import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from index.catalogue import LATER, WHOLE, damaged_files, embedded_chunks, load_catalogue, saved_chunks
from index.corpus import Corpus
from index.growing import Growing, save_catalogue
from index.store import Store

if TYPE_CHECKING:
    from index.minilm import MiniLM


def test_what_is_read_from_disk_is_what_is_made_from_the_store(
    corpus: Corpus, seed_store: Path, tmp_path: Path, embedder: "MiniLM"
) -> None:
    copy = tmp_path / "store"
    shutil.copytree(seed_store, copy)
    store = Store(copy, embedder.fingerprint)
    assert saved_chunks(store.folder)
    saved = embedded_chunks(store.folder, store)
    shutil.rmtree(store.folder / "lexical")
    made = Corpus(store)
    assert not saved_chunks(store.folder)
    assert (made.articles, made.ids, made.places) == (corpus.articles, corpus.ids, corpus.places)
    assert made.lexical.vocabulary.entries.keys() == corpus.lexical.vocabulary.entries.keys()
    weights = {"talk": 1.0, "umerov": 0.5}
    assert made.lexical.scores(weights).tolist() == corpus.lexical.scores(weights).tolist()
    assert embedded_chunks(store.folder, store) == saved
    assert len(saved) == len(corpus.ids)


def test_saving_leaves_nothing_half_written_and_what_counts_only(copied: Corpus) -> None:
    store = copied.store
    (store.folder / "lexical.half").mkdir()
    (store.folder / "lexical.half" / "junk").write_text("left by a run that was cut off")
    keep = min(copied.articles)
    save_catalogue(store, {keep}, Growing())  # which has not what counts
    assert sorted(path.name for path in store.folder.iterdir()) == ["chroma", "lexical", "manifest.json"]
    assert not list((store.folder / "lexical").glob("junk"))
    assert saved_chunks(store.folder)
    saved = Corpus(store)
    assert set(saved.articles) == {keep} == {place.article_id for place in saved.places}


def _flip(path: Path) -> None:
    """Change one byte in the middle of a file, which keeps its length."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def test_a_byte_that_changed_in_any_file_is_found_and_the_store_is_read_instead(copied: Corpus) -> None:
    store = copied.store
    expected = embedded_chunks(store.folder, store)
    folder = store.folder / "lexical"
    for path in sorted(folder.iterdir()):
        before = path.read_bytes()
        _flip(path)
        assert damaged_files(store.folder) == [path.name]
        assert (load_catalogue(store.folder) is None) == (path.name not in LATER)
        assert embedded_chunks(store.folder, store) == expected
        assert Growing.load(store.folder) is None
        assert Corpus(store).lexical.scores({"talk": 1.0}).tolist() == copied.lexical.scores({"talk": 1.0}).tolist()
        path.write_bytes(before)
    assert damaged_files(store.folder) == []
    (folder / WHOLE).unlink()
    assert damaged_files(store.folder) == [WHOLE]
