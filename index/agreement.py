"""Agreement: whether the list of files, the catalogue and the lexical index say what the folder and the store hold."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from index.article import Article
from index.catalogue import Place, damaged_files, saved_digests
from index.chunk import embedded_text
from index.corpus import Corpus
from index.diagnosis import Finding
from index.errors import SourceError
from index.fold import tokenise
from index.holding import name_of, read_now
from index.source import find_files
from index.vectors import digest

if TYPE_CHECKING:
    from pathlib import Path

    from index.diagnosis import Diagnosis
    from index.manifest import Manifest
    from index.store import Store

SAMPLE = 64
"""Chunks whose words are looked up, spread evenly over the corpus."""
SHOWN = 3
"""Files that are named of those that are not in the index."""


def examine_list(store: Store, manifest: Manifest | None, found: Diagnosis) -> None:
    """Compare the list of files with the articles of the store, and with the files that are there to be indexed."""
    if manifest is None:
        # Of an index on a server only the machine that writes it has a list.
        if store.folder.is_dir():
            remedy = f"run `byline index` on {store.root} again, or `byline doctor --fix`"
            found.add("the list of indexed files is missing or damaged", remedy=remedy)
        return
    articles, places = store.articles(), manifest.places()
    for id_, place in places.items():
        if id_ not in articles:
            found.add(f"{name_of(*place)} is missing in the index", id_)
    if articles.keys() - places.keys():
        found.add("the list of indexed files does not agree with the index")
    if store.root is not None and (names := _left_out(store, store.root.resolve(), manifest)):
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        are = "1 file is" if len(names) == 1 else f"{len(names)} files are"
        given = ", ".join(str(store.root / name) for name in manifest.given)
        what = f"{are} not in the index: {', '.join(names[:SHOWN])}{more}"
        found.findings.append(Finding(what, f"run `byline index` on {given}", fixable=False))


def _left_out(store: Store, root: Path, manifest: Manifest) -> list[str]:
    """Return the names of the files where a run looked for articles that hold one, and that no run has looked at."""
    files: set[Path] = set()
    for name in manifest.given:
        with suppress(SourceError, OSError):  # it is gone, or closed
            files.update(find_files([root / name], store.path, empty=True).files)
    names = sorted(path.relative_to(root).as_posix() for path in files if path.is_relative_to(root))
    return [
        name
        for name in names
        if name not in manifest.files and any(isinstance(item, Article) for item in read_now(root, name))
    ]


def examine_orphans(store: Store, found: Diagnosis) -> None:
    """Count the chunks whose article is not in the store."""
    known = store.articles()
    orphans = sum(article_id not in known for _, article_id, *_ in store.chunks())
    if orphans:
        found.add(f"{orphans} chunks in the index belong to no article")


def examine_catalogue(store: Store, found: Diagnosis) -> None:
    """Compare the catalogue, the digests of what was embedded and the lexical index with the store."""
    articles = store.articles()
    corpus, digests = Corpus(store), saved_digests(store.folder)
    if not corpus.is_saved or damaged_files(store.folder):
        found.add("the catalogue is missing or damaged")
        return
    sample, every = {}, max(1, len(corpus.ids) // SAMPLE)
    agree, embedded, left = corpus.articles == articles, len(digests) == len(corpus.ids), len(corpus.ids)
    for id_, own, start, end, text in store.chunks(articles.keys()):
        number = corpus.numbers.get(id_, -1)
        agree = agree and number >= 0 and corpus.places[number] == Place(own, start, end)
        embedded = embedded and agree and digests[number] == digest(embedded_text(articles[own].title, text))
        left -= 1
        if agree and number % every == 0:
            sample[number] = text
    if not agree or left:
        found.add("the catalogue does not agree with the index")
        return
    if not embedded:
        found.add("the list of embedded texts does not agree with the index")
    for number, text in sample.items():
        keys = [t.key for t in tokenise(text) if not t.stop]
        if keys and not any(corpus.lexical.scores({key: 1.0})[number] > 0 for key in keys):
            found.add("the lexical index does not agree with the index")
            return
