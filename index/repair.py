"""Repair: writes anew what the doctor found damaged, from the files, or from the store's own text of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.article import make_article
from index.chunk import embedded_text, make_chunks
from index.corpus import save_corpus
from index.doctor import examine, file_now
from index.errors import StoreError
from index.indexing import generation_of
from index.lock import writing
from index.sentence import split_sentences
from index.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from index.doctor import Diagnosis
    from index.indexing import Embeds
    from index.settings import Server


def repair(path: Path, embedder: Embeds, server: Server | None, before: Diagnosis) -> Diagnosis:
    """Fix what can be fixed, and examine again.

    An article is removed before it is added anew: a repair that dies leaves it to the next `byline index`.

    Args:
        path: the folder of the index.
        embedder: what its vectors are made by.
        server: the Chroma server that holds the rows; None means that the folder does.
        before: what an examination found.

    Raises:
        StoreError: another process writes.
    """
    if any(finding.fixable for finding in before.findings):
        with writing(path):
            store = Store(path, embedder.fingerprint, create=True, server=server)
            for article_id in sorted(before.damaged):
                _rewrite(store, article_id, embedder)
            store.remove_orphans()
            if store.root is not None:
                store.commit(store.root, generation_of(store.articles()))
                save_corpus(store)
    return examine(path, embedder, server)


def _rewrite(store: Store, article_id: str, embedder: Embeds) -> None:
    try:
        stored = store.read(article_id)
    except StoreError:
        return  # another process has removed it since
    root = store.root
    if root is not None and root.is_dir():
        article = file_now(root, stored)
    else:
        article = stored if make_article(stored.file, stored.text, stored.record).id == stored.id else None
    store.remove([article_id])
    chunks = make_chunks(article, split_sentences(article)) if article else ()
    if article and chunks:
        vectors = embedder.embed([embedded_text(article.title, chunk.text) for chunk in chunks])
        store.add(article, chunks, vectors)
