"""Indexing: keeps a store in step with folders of articles, embedding only what is new."""

from __future__ import annotations

import logging
import os
from contextlib import closing, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import READING
from index.catalogue import saved_chunks, saved_copies
from index.chroma import full_disk
from index.damage import is_noted, note_sound
from index.draft import Draft
from index.errors import DamageError, SourceError, StoreError
from index.generation import SERVER, newest, sweep
from index.growing import save_catalogue
from index.inspection import require_readable
from index.lock import writing
from index.manifest import FileState, Known, Manifest, find_unchanged, group_by_file, load_manifest
from index.older import is_older
from index.reading import require_article
from index.report import make_report
from index.root import load_root, of_other, root_of
from index.row import FORMAT, OLDER
from index.source import Source, find_files, no_article
from index.store import Store
from index.windows import ahead, count_expected, read_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.report import Report
    from index.settings import Server
    from index.vectors import Embeds
    from index.windows import Window

    Progress = Callable[[int, int], None]

log = logging.getLogger("byline")


def index_paths(
    paths: Sequence[Path], store_path: Path, embedder: Embeds, progress: Progress | None = None,
    server: Server | None = None,
) -> Report:  # fmt: skip
    """Bring the index in a folder in step with the articles below the given paths.

    Articles that it has from elsewhere in their folder stay as they are while their files are there.

    Readers see the index as it was until all is done, and then the new one; a run that dies changes nothing, and the
    next one takes over the vectors that it had made. An index that is damaged is made anew from the articles.

    Args:
        paths: folders and files.
        store_path: the folder of the index; made where it is missing.
        embedder: turns the chunks into vectors.
        progress: called with (articles done, articles to read) as they are embedded.
        server: the Chroma server that holds the rows; None means that the folder of the index does.

    Raises:
        SourceError: a path does not exist or holds no article.
        StoreError: the store is busy, of another corpus or embedder, out of reach, or the disk is full.
    """
    home = store_path / SERVER if server else store_path
    source = _look(paths, store_path, newest(home))
    if newest(home) is None:
        require_article(source)
    with writing(store_path), full_disk(store_path):
        # Looked for again: before, to refuse what cannot be indexed without waiting; now, for what came in the wait.
        source = _look(paths, store_path, newest(home))
        try:
            return _Run(source, store_path, embedder, progress, server).run()
        except DamageError:  # which one look at it had not shown
            return _Run(source, store_path, embedder, progress, server).run(damaged=True)


def index_anew(path: Path, embedder: Embeds) -> None:
    """Make an index in a folder that is damaged, or was read otherwise, anew from those of its files that are there.

    Raises:
        SourceError: none of them holds an article.
        StoreError: it is not known of which files it was made, the store is busy, or the disk is full.
    """
    with writing(path), full_disk(path):
        folder = newest(path)
        manifest = load_manifest(folder) if folder else None
        if manifest is None:
            raise StoreError(
                f"The index in {path} does not say of which files it is; run `byline index` on their folder."
            )
        root = root_of(path, manifest.root)
        files = tuple(root / name for name in manifest.files if (root / name).is_file())
        source = Source(root, files, (), frozenset(manifest.given))
        _Run(source, path, embedder, None, None).run(damaged=manifest.reading == READING)


def _look(paths: Sequence[Path], store_path: Path, folder: Path | None) -> Source:
    return find_files(paths, store_path, load_root(store_path, folder), empty=folder is not None)


class _Run:
    """One run of indexing, by the process that holds the lock."""

    def __init__(
        self, source: Source, path: Path, embedder: Embeds, progress: Progress | None, server: Server | None
    ) -> None:
        self.source = source
        self.path = path
        self.embedder = embedder
        self.progress = progress
        self.server = server
        self.folder = self._newest()
        self.draft: Draft | None = None
        self.anew = False

    def run(self, *, damaged: bool = False) -> Report:
        """Find what changed, read and embed that, and publish the new generation, where there is anything new.

        Of a `damaged` index in a folder, all is read, and only what vectors can be taken over are not made again.
        """
        if self.server:
            self.old.recover()
        sweep(self.path / SERVER if self.server else self.path, self.folder)
        manifest = self._manifest()
        known = manifest.files if manifest else {}
        if self.folder and manifest is None and self.source.files:
            require_article(self.source)
        older = not self.server and bool(self.folder) and is_older(self.path, self.embedder.fingerprint, manifest)
        otherwise = older or (manifest is not None and manifest.reading != READING)
        if otherwise:
            log.warning("Another version of Byline made the index in %s; all articles are read again.", self.path)
        if self.folder and not self.server:
            self.anew = damaged or older or not self._is_sound(self.folder, known)
            if self.anew:
                self._require_own(self.folder, older=older)
        if otherwise or self.anew:
            self.source = self._with_known(known)
        files = {} if otherwise or self.anew else find_unchanged(self.source.files, self.source.root, known)
        before = {file: state.articles for file, state in known.items() if state.articles}
        if self.folder and manifest is None:
            before = {} if self.anew else self._before()
        if not self.anew:
            files |= self._kept(known, before)
        files |= {file: FileState(0, 0, "") for file in self.source.gone}  # so that the next run knows them, too
        root = self.source.root
        unread = [path for path in self.source.files if path.relative_to(root).as_posix() not in files]
        try:
            files |= self._read(unread, {} if self.anew else before)
            self._finish(manifest, before, files)
        finally:
            if self.draft:
                self.draft.close()
        embedded = self.draft.vectors.embedded if self.draft else 0
        newest_folder = self.draft.folder if self.draft else self.folder
        copies = saved_copies(newest_folder) if newest_folder else {}
        return make_report(self.source, self.path, before, files, chunks=embedded, copies=copies)

    def _with_known(self, known: Mapping[str, FileState]) -> Source:
        """Return what was looked for, and those files of the index that are still there."""
        there = {path for file in known if os.path.isfile(path := self.source.root / file)}  # noqa: PTH113 # raises nothing
        return replace(self.source, files=tuple(sorted({*self.source.files, *there})))

    def _kept(self, known: Mapping[str, FileState], before: Mapping[str, tuple[Known, ...]]) -> dict[str, FileState]:
        """Return the files of the index that were not looked for, as it has them."""
        states = {file: FileState(0, 0, "", articles) for file, articles in before.items()} | dict(known)
        return {file: states[file] for file in self.source.unseen(states)}

    def _newest(self) -> Path | None:
        """Return the folder of the newest generation; where a server names it, it may not be there."""
        if self.server is None:
            return newest(self.path)
        return self.old.folder if self.old.generation else None

    def _manifest(self) -> Manifest | None:
        """Return the manifest of the newest generation, unless that is of another folder, embedder or version."""
        manifest = load_manifest(self.folder) if self.folder else None
        if not (manifest and self._fits(manifest) and self._is_root(manifest.root)):
            return None
        return manifest

    def _fits(self, manifest: Manifest) -> bool:
        return manifest.embedder == self.embedder.fingerprint and manifest.version in (FORMAT, *OLDER)

    def _is_sound(self, folder: Path, known: Mapping[str, FileState]) -> bool:
        """Tell whether the newest generation in a folder can be read, and has as many rows as were written to it."""
        if is_noted(folder):
            return True
        try:
            articles, chunks = self.old.probe()
        except DamageError:
            return False
        wanted = len({one.id for state in known.values() for one in state.articles}) or articles
        if (articles, chunks) != (wanted, saved_chunks(folder) or chunks):
            return False
        with suppress(OSError):  # on a full disk it is looked at again the next time
            note_sound(folder)
        return True

    def _require_own(self, folder: Path, *, older: bool) -> None:
        """Refuse to make an index anew that is another's, by its manifest, or that this would cost articles."""
        told = load_manifest(folder)
        if told and not self._is_root(told.root):
            raise of_other(self.path, self.path / told.root)
        if told and not self._fits(told):
            raise StoreError(
                f"The index in {self.path} is damaged, and another embedder or version of Byline made it; "
                f"remove that folder and index again."
            )
        if told:
            why = "of another version of Byline" if older else "damaged"
            require_readable(self.path, self.source.root, told, why)
        if not older:
            log.warning("The index in %s is damaged; it is made anew from the articles.", self.path)

    def _is_root(self, relative: str) -> bool:
        return root_of(self.path, relative) == self.source.root or self._moved

    @cached_property
    def _moved(self) -> bool:
        """Whether the articles of the index are now in this folder, and the one where they were is gone."""
        root = load_root(self.path, newest(self.path / SERVER if self.server else self.path))
        return root is not None and root.moved_to(self.source)

    def _before(self) -> dict[str, tuple[Known, ...]]:
        """Read from the store itself what the lost manifest said, or refuse a store that is another's."""
        articles = self.old.articles().values()
        return group_by_file([(article.file, Known(article.id, article.record, "")) for article in articles])

    @cached_property
    def old(self) -> Store:
        """The newest generation, or on a server, what there is."""
        old = Store(self.path, self.embedder.fingerprint, server=self.server, create=self.server is not None)
        if old.root is not None and old.root.resolve() != self.source.root and not self._moved:
            if not self.source.files:
                raise no_article(str(self.source.root))
            raise of_other(self.path, old.root)
        return old

    def _read(self, unread: Sequence[Path], there: Mapping[str, tuple[Known, ...]]) -> dict[str, FileState]:
        """Read files and add to the draft those of their articles that are not there."""
        files: dict[str, FileState] = {}
        known = {one.id for articles in there.values() for one in articles}
        done, expected = 0, count_expected(unread) if self.progress else 0
        with closing(ahead(read_windows(unread, self.source.root, known, there))) as windows:
            for window in windows:
                if window.new:
                    self._begin().add(window.new, self._teller(done, window, expected))
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

    def _begin(self) -> Draft:
        if self.draft is None:
            if self.folder and not self.anew:
                _ = self.old  # refuses before anything is copied
            self.draft = Draft(self.path, self.folder, self.embedder, self.server, anew=self.anew)
        return self.draft

    def _finish(
        self, manifest: Manifest | None, before: Mapping[str, Sequence[Known]], files: Mapping[str, FileState]
    ) -> None:
        """Publish the draft; where nothing is new, write down at most what the files are like now."""
        keep = {known.id for state in files.values() for known in state.articles}
        if not keep and not before:
            reasons = [f"{s.name} {s.reason}" for state in files.values() for s in state.skipped]
            if not reasons:
                raise no_article(str(self.source.root))
            raise SourceError(f"No article in {self.source.root} can be read: {'; '.join(reasons[:3])}")
        gone = [known.id for articles in before.values() for known in articles if known.id not in keep]
        relative = Path(os.path.relpath(self.source.root, self.path.resolve())).as_posix()
        given = tuple(sorted({*(manifest.given if manifest else ()), *self.source.given}))
        now = Manifest(self.embedder.fingerprint, relative, FORMAT, READING, dict(sorted(files.items())), given)
        if gone or (manifest and manifest.root != relative):
            self._begin()
        if self.draft:
            self.draft.finish(self.source.root, keep, gone, now)
        elif self.folder:
            if not saved_chunks(self.folder):
                save_catalogue(self.old)
            if now != manifest:
                now.save(self.folder)
