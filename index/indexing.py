"""Indexing: keeps a store in step with folders of articles, embedding only what is new."""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import Article
from index.chunk import embedded_text
from index.corpus import embedded_chunks, is_saved, save_corpus
from index.errors import SourceError, StoreError
from index.generation import CHROMA, HALF, begin, discard, newest, publish, sweep
from index.lock import writing
from index.manifest import FileState, Known, Manifest, find_unchanged, group_by_file, load_manifest
from index.reading import read_file
from index.report import make_report
from index.source import find_files
from index.store import FORMAT, Store, full_disk
from index.vectors import Journal, Vectors
from index.windows import ahead, count_expected, read_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.report import Report
    from index.source import Source
    from index.vectors import Embeds
    from index.windows import Window

    Progress = Callable[[int, int], None]


def index_paths(
    paths: Sequence[Path], store_path: Path, embedder: Embeds, progress: Progress | None = None
) -> Report:
    """Bring the index in a folder in step with the articles below the given paths.

    Readers see the index as it was until all is done, and then the new one; a run that dies changes nothing, and the
    next one takes over the vectors that it had made.

    Args:
        paths: folders and files.
        store_path: the folder of the index; made where it is missing.
        embedder: turns the chunks into vectors.
        progress: called with (articles done, articles to read) as they are embedded.

    Raises:
        SourceError: a path does not exist or holds no article.
        StoreError: the store is busy, damaged, of another corpus or embedder, or the disk is full.
    """
    source = find_files(paths)
    if newest(store_path) is None:
        _require_article(source)
    with writing(store_path), full_disk(store_path):
        return _Run(find_files(paths), store_path, embedder, progress).run()


def _require_article(source: Source) -> None:
    """Refuse, before anything is made, files of which none can be read."""
    reasons: list[str] = []
    for path in source.files:
        for item in read_file(path, source.root):
            if isinstance(item, Article):
                return
            reasons.append(f"{item.file} {item.reason}")
    raise SourceError(f"No article in {source.root} can be read: {'; '.join(reasons[:3])}")


class _Run:
    """One run of indexing, by the process that holds the lock."""

    def __init__(self, source: Source, path: Path, embedder: Embeds, progress: Progress | None) -> None:
        self.source = source
        self.path = path
        self.embedder = embedder
        self.progress = progress
        self.folder = newest(path)
        self.draft: _Draft | None = None

    def run(self) -> Report:
        """Find what changed, read and embed that, and publish the new generation, where there is anything new."""
        sweep(self.path)
        manifest = self._manifest()
        known = manifest.files if manifest else {}
        files = find_unchanged(self.source.files, self.source.root, known)
        before = {file: state.articles for file, state in known.items() if state.articles}
        if self.folder and manifest is None:
            _require_article(self.source)
            before = self._before()
        root = self.source.root
        unread = [path for path in self.source.files if path.relative_to(root).as_posix() not in files]
        try:
            files |= self._read(unread, {known.id for articles in before.values() for known in articles})
            self._finish(manifest, before, files)
        finally:
            if self.draft:
                self.draft.close()
        embedded = self.draft.vectors.embedded if self.draft else 0
        return make_report(self.source, self.path, before, files, embedded)

    def _manifest(self) -> Manifest | None:
        """Return the manifest of the newest generation, unless that is of another folder, embedder or version."""
        manifest = load_manifest(self.folder) if self.folder and (self.folder / CHROMA).is_dir() else None
        fits = manifest and (manifest.embedder, manifest.version) == (self.embedder.fingerprint, FORMAT)
        return manifest if manifest and fits and self._is_root(manifest.root) else None

    def _is_root(self, relative: str) -> bool:
        return Path(os.path.normpath(self.path / relative)).resolve() == self.source.root

    def _before(self) -> dict[str, tuple[Known, ...]]:
        """Read from the store itself what the lost manifest said, or refuse a store that is another's."""
        articles = self.old.articles().values()
        return group_by_file([(article.file, Known(article.id, article.record, "")) for article in articles])

    @cached_property
    def old(self) -> Store:
        """The newest generation."""
        old = Store(self.path, self.embedder.fingerprint)
        if old.root is not None and old.root.resolve() != self.source.root:
            raise StoreError(f"{self.path} is the index of {old.root}; give another folder with --store.")
        return old

    def _read(self, unread: Sequence[Path], known: set[str]) -> dict[str, FileState]:
        """Read files and add their new articles to the draft."""
        files: dict[str, FileState] = {}
        done, expected = 0, count_expected(unread) if self.progress else 0
        with closing(ahead(read_windows(unread, self.source.root, known))) as windows:
            for window in windows:
                if window.new:
                    self._begin().add(window, self._teller(done, window, expected))
                done += window.read
                files |= window.files
        if done and self.progress and self.draft:
            self.progress(done, done)
        return files

    def _teller(self, done: int, window: Window, expected: int) -> Callable[[float], None]:
        def tell(share: float) -> None:
            if self.progress:
                now = done + int(share * window.read)
                self.progress(now, max(expected, done + window.read))

        return tell

    def _begin(self) -> _Draft:
        if self.draft is None:
            if self.folder:
                _ = self.old  # refuses before anything is copied
            self.draft = _Draft(self.path, self.folder, self.embedder)
        return self.draft

    def _finish(
        self, manifest: Manifest | None, before: Mapping[str, Sequence[Known]], files: Mapping[str, FileState]
    ) -> None:
        """Publish the draft; where nothing is new, write down at most what the files are like now."""
        keep = {known.id for state in files.values() for known in state.articles}
        if not keep:
            reasons = [f"{s.file} {s.reason}" for state in files.values() for s in state.skipped]
            raise SourceError(f"No article in {self.source.root} can be read: {'; '.join(reasons[:3])}")
        gone = [known.id for articles in before.values() for known in articles if known.id not in keep]
        if gone:
            self._begin()
        relative = Path(os.path.relpath(self.source.root, self.path.resolve())).as_posix()
        now = Manifest(self.embedder.fingerprint, relative, FORMAT, dict(sorted(files.items())))
        if self.draft:
            self.draft.finish(self.source.root, keep, gone, now)
        elif self.folder:
            if not is_saved(self.folder):
                save_corpus(self.old)
            if now != manifest:
                now.save(self.folder)


class _Draft:
    """The generation that a run writes."""

    def __init__(self, path: Path, folder: Path | None, embedder: Embeds) -> None:
        self.path = path
        self.half = begin(path, folder)
        self.store = Store(path, embedder.fingerprint, half=self.half)
        name = hashlib.blake2b(embedder.fingerprint.encode(), digest_size=4).hexdigest()
        self.journal = Journal(path / f"vectors-{name}")
        self.vectors = Vectors(embedder, _Indexed(folder, self.store) if folder else None, self.journal)

    def add(self, window: Window, tell: Callable[[float], None]) -> None:
        """Add the articles of a window."""
        texts = [embedded_text(article.title, chunk.text) for article, chunks in window.new for chunk in chunks]
        self.store.add(window.new, self.vectors.of(texts, tell))

    def finish(self, root: Path, keep: set[str], gone: Sequence[str], manifest: Manifest) -> None:
        """Complete the generation, publish it, and remove the one before."""
        save_corpus(self.store, keep)
        self.store.commit(root, self.half.name.removesuffix(HALF))
        self.store.remove(gone)
        manifest.save(self.half)
        publish(self.half)
        self.journal.remove()
        sweep(self.path)

    def close(self) -> None:
        """Remove what was not published; the journal stays for the next run."""
        self.journal.close()
        if self.half.exists():
            discard(self.half)


@dataclass
class _Indexed:
    """The chunks of the generation before, whose vectors the copy has."""

    folder: Path
    store: Store
    _ids: dict[bytes, str] = field(default_factory=dict)

    def ids(self) -> Mapping[bytes, str]:
        if not self._ids:
            self._ids = embedded_chunks(self.folder, self.store)
        return self._ids

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        return self.store.vectors(ids)
