"""Ways to damage a store, each as a fault of the disk, of a program or of Chroma would; the article is wire.txt."""

import json
import os
import shutil
import sqlite3
import warnings
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from agency import WIRE

from index.catalogue import WHOLE, save_whole
from index.generation import newest
from index.row import make_row, mark_of
from index.store import Store


def chunks_of(store: Store, file: str) -> list[str]:
    (article_id,) = (a.id for a in store.articles().values() if a.file == file)
    return [id_ for id_, *_ in store.rows([article_id])]


def delete_a_chunk(store: Store) -> None:
    store._chunks.delete(ids=[chunks_of(store, "wire.txt")[0]])


def delete_all_chunks(store: Store) -> None:
    store._chunks.delete(ids=chunks_of(store, "wire.txt"))


def overwrite_a_vector(store: Store) -> None:
    vector = np.random.default_rng(0).normal(size=384)
    store._chunks.update(ids=[chunks_of(store, "wire.txt")[0]], embeddings=[(vector / np.linalg.norm(vector)).tolist()])


def overwrite_all_vectors(store: Store) -> None:
    (article_id,) = (a.id for a in store.articles().values() if a.file == "wire.txt")
    ids = chunks_of(store, "wire.txt")
    wrong = np.eye(384)[0].tolist()
    store._chunks.update(ids=ids, embeddings=[wrong] * len(ids))
    store._articles.update(ids=[article_id], embeddings=[mark_of(np.array([wrong]))])


def change_the_span(store: Store) -> None:
    store._chunks.update(ids=[chunks_of(store, "wire.txt")[0]], metadatas=[{"start": 3}])


def change_the_text(store: Store) -> None:
    id_ = chunks_of(store, "wire.txt")[0]
    vector = store._chunks.get(ids=[id_], include=["embeddings"])["embeddings"]
    store._chunks.update(ids=[id_], documents=["Nobody said this."], embeddings=vector)


def change_the_outlet(store: Store) -> None:
    (article_id,) = (a.id for a in store.articles().values() if a.file == "wire.txt")
    store._articles.update(ids=[article_id], metadatas=[{"outlet": "The Wrong Post"}])


def change_the_article(store: Store) -> None:
    (article_id,) = (a.id for a in store.articles().values() if a.file == "wire.txt")
    now = replace(store.read(article_id), text=WIRE.replace("126 to 98", "125 to 99"))
    store._articles.update(ids=[article_id], metadatas=[make_row(now)])


def add_a_stray_chunk(store: Store) -> None:
    (article_id,) = (a.id for a in store.articles().values() if a.file == "wire.txt")
    row = {"document_id": article_id, "start": 0, "end": 5, "file": "wire.txt"}
    store._chunks.add(ids=["stray"], documents=["PORTU"], embeddings=[np.eye(384)[1].tolist()], metadatas=[row])


def add_an_orphan(store: Store) -> None:
    row = {"document_id": "nobody", "start": 0, "end": 5, "file": "gone.txt"}
    store._chunks.add(ids=["orphan"], documents=["STORM"], embeddings=[np.eye(384)[1].tolist()], metadatas=[row])


def delete_an_article(store: Store) -> None:
    (article_id,) = (a.id for a in store.articles().values() if a.file == "wire.txt")
    store._articles.delete(ids=[article_id])


def lose_the_catalogue(store: Store) -> None:
    shutil.rmtree(store.folder / "lexical")


def _note_as_whole(store: Store) -> None:
    """Write down that the files of the catalogue are as they should be, as a program that wrote them wrongly would."""
    folder = store.folder / "lexical"
    (folder / WHOLE).unlink()
    save_whole(folder)


def flip_a_byte_of_the_lexical_index(store: Store) -> None:
    path = store.folder / "lexical" / "indices.csc.index.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 0xFF
    path.write_bytes(data)


def damage_the_catalogue(store: Store) -> None:
    path = store.folder / "lexical" / "catalogue.json"
    data = json.loads(path.read_text("utf-8"))
    start = data["chunks"][0][2]
    data["chunks"][0][2] = start - 1 if start % 10 == 9 else start + 1  # of as many digits: the file keeps its size
    path.write_text(json.dumps(data), "utf-8")
    _note_as_whole(store)


def shuffle_the_lexical_index(store: Store) -> None:
    for other in (store.folder / "lexical").glob("*.npy"):
        if "indices" in other.name:
            np.save(other, np.load(other)[::-1])
    _note_as_whole(store)


def _chroma(store: Path) -> Path:
    folder = newest(store)
    assert folder is not None
    return folder / "chroma"


def _vector_files(store: Path, *, chunks: bool) -> Path:
    """The folder of the vectors of the chunks, or of the articles: the one that has not those of the chunks."""
    opened = Store(store, "hashed@1")
    (segment,) = (
        folder
        for folder in _chroma(store).glob("*-*")
        if _holds(folder, next(iter(opened.chunks()))[0] if chunks else next(iter(opened.articles())))
    )
    return segment


def _holds(folder: Path, id_: str) -> bool:
    return id_.encode() in (folder / "index_metadata.pickle").read_bytes()


def tear_all_vectors(store: Path) -> None:
    for file in _chroma(store).glob("*/data_level0.bin"):
        os.truncate(file, 1000)


def tear_the_vectors_of_articles(store: Path) -> None:
    os.truncate(_vector_files(store, chunks=False) / "data_level0.bin", 1000)


def zero_the_vectors(store: Path) -> None:
    for file in _chroma(store).glob("*/data_level0.bin"):
        file.write_bytes(bytes(file.stat().st_size))


def delete_the_vectors(store: Path) -> None:
    for folder in _chroma(store).glob("*-*"):
        shutil.rmtree(folder)


def garble_the_list_of_ids(store: Path) -> None:
    for file in _chroma(store).glob("*/index_metadata.pickle"):
        file.write_bytes(b"no list")


def garble_the_database(store: Path) -> None:
    (_chroma(store) / "chroma.sqlite3").write_bytes(b"no database" * 1000)


def garble_pages(store: Path) -> None:
    database = _chroma(store) / "chroma.sqlite3"
    data = bytearray(database.read_bytes())
    for page in range(20, len(data) // 4096):
        data[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    database.write_bytes(data)


def delete_the_database(store: Path) -> None:
    (_chroma(store) / "chroma.sqlite3").unlink()


def delete_the_folder(store: Path) -> None:
    shutil.rmtree(_chroma(store))


def lose_the_start(store: Store) -> None:
    store._chunks.update(ids=[chunks_of(store, "wire.txt")[0]], metadatas=[{"start": None}])


def lose_the_article_of_a_chunk(store: Store) -> None:
    store._chunks.update(ids=[chunks_of(store, "wire.txt")[0]], metadatas=[{"document_id": None}])


def lose_the_file(store: Store) -> None:
    (article_id,) = (a.id for a in store.articles().values() if a.file == "wire.txt")
    store._articles.update(ids=[article_id], metadatas=[{"file": None}])


def garble_the_row(store: Store) -> None:
    (article_id,) = (a.id for a in store.articles().values() if a.file == "wire.txt")
    store._articles.update(ids=[article_id], metadatas=[{"file": "other.txt", "title": 5, "record": "x", "pages": "y"}])


def rotate_the_digests(store: Store) -> None:
    path = store.folder / "lexical" / "embedded.bin"
    data = path.read_bytes()
    path.write_bytes(data[16:] + data[:16])
    _note_as_whole(store)


def lose_the_list(store: Store) -> None:
    (store.folder / "manifest.json").unlink()


def search_narrowly(collection: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Chroma's own, of its own configuration
        collection.modify(configuration={"hnsw": {"ef_search": 10}})


def compare_otherwise(store: Path, collection: str) -> None:
    """Have Chroma compare the vectors of a collection by their distance."""
    with closing(sqlite3.connect(_chroma(store) / "chroma.sqlite3")) as database, database:
        for column in ("config_json_str", "schema_str"):
            database.execute(
                f"UPDATE collections SET {column} = replace({column}, '\"cosine\"', '\"l2\"') WHERE name = ?",  # noqa: S608 # ours
                (collection,),
            )
