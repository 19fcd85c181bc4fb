"""Sources: which files below the given paths are articles, and the folder that their names are relative to."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.generation import is_generation, is_own_file
from index.reading import SUFFIXES, suffix_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from index.root import Root

_FORMATS = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
_NOWHERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG)
"""What the system says of a path that is not there, or cannot be."""


@dataclass(frozen=True, slots=True)
class Source:
    """The files to index."""

    root: Path
    """The folder that `file` names are relative to."""
    files: tuple[Path, ...]
    """Files that may be articles, sorted by name."""
    skipped: tuple[tuple[str, str], ...]
    """(name, reason) of files that are not read, and of folders that cannot be listed."""
    given: frozenset[str] = frozenset((".",))
    """Names of the paths that were looked through; `.` is the root."""
    unlisted: frozenset[str] = frozenset()
    """Names of the folders below them that cannot be listed, so that nobody knows what is in them."""
    gone: frozenset[str] = frozenset()
    """Names of the paths that the index knows and that are not there any more."""

    def unseen(self, files: Iterable[str]) -> set[str]:
        """Return those of some files that were not found, and may be there all the same."""
        found = {_name(path, self.root) for path in self.files}
        return {file for file in files if file not in found and self.may_hold(file)}

    def may_hold(self, file: str) -> bool:
        """Tell whether a file that was not found may be there all the same: where nobody looked, or could look."""
        if _is_below(file, self.given) and not _is_below(file, self.unlisted):
            return False
        try:
            os.lstat(self.root / file)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:  # its folder is closed
            return True
        return True


def find_files(
    paths: Sequence[Path], store: Path | None = None, known: Root | None = None, *, empty: bool = False
) -> Source:
    """Find the files in folders and among files whose names end as those of articles do (`index.reading.SUFFIXES`).

    Hidden files and folders, whose names begin with a dot, linked folders, the files of an index and the folder
    `NAME_files` that a browser saves with a page, beside `NAME.html`, are passed over; the last is told, for it may be
    the user's own, where it holds a file that would be read elsewhere.
    A linked file is read under the name of the link, of several to one file the first, unless what it leads to is
    found too: then the article is read once, under its own name. Names are kept letter for letter as the disk has
    them, so that a file opens by its name; whether an é is one code or two makes two files where the disk has two.

    Args:
        paths: folders and files.
        store: the folder of the index, which may lie among the articles.
        known: the root of the index; where the paths lie in it, names are relative to it, and those may be gone that
            were indexed.
        empty: whether there may be no article among them.

    Raises:
        SourceError: a path does not exist and the index knows none, or no file among them is an article.
    """
    gone = [path for path in paths if not _exists(path)]
    for path in gone:
        if known is None or not known.knows(path):
            raise SourceError(f"{path} does not exist; give a folder of articles, or an article.")
    root = _root(paths, known)
    files: set[Path] = set()
    closed: list[OSError] = []
    saved: dict[Path, str] = {}
    skipped = [(_shown(_name(path.resolve(), root)), "does not exist any more") for path in gone]
    for path in (path for path in paths if path not in gone):
        walked = walk(path.resolve(), store, closed, saved) if _is_folder(path) else [(path, [path.resolve()])]
        for file in (file for _, found in walked for file in found):
            if reason := _unfit(file):
                skipped.append((_shown(_name(file, root)), reason))
            else:
                files.add(file)
    skipped += ((_shown(_name(at, root)), reason) for at, reason in _passed_over(saved, store, files))
    skipped += _leave_links(files, root)
    unlisted = {_name(Path(os.fsdecode(error.filename)), root): describe_closed(error) for error in closed}
    skipped += ((_shown(name), reason) for name, reason in unlisted.items())
    if not files and not empty:
        for name, reason in unlisted.items():
            raise SourceError(f"{_shown(str(root / name))} {reason}")
        raise no_article(", ".join(map(str, paths)))
    given, lost = (frozenset(_name(path.resolve(), root) for path in some) for some in (paths, gone))
    return Source(root, tuple(sorted(files)), tuple(sorted(skipped)), given, frozenset(unlisted), lost)


def _root(paths: Sequence[Path], known: Root | None) -> Path:
    """Return the folder that all paths share, or that of the index where it holds this."""
    folders = [path.resolve() if _is_folder(path) else path.resolve().parent for path in paths]
    shared = Path(os.path.commonpath(folders))
    return known.path if known and shared.is_relative_to(known.path) else shared


def no_article(where: str) -> SourceError:
    """Return the error that there is no file of articles in a place."""
    return SourceError(f"{where} holds no {_FORMATS} file; put articles there.")


def walk(
    folder: Path, store: Path | None, closed: list[OSError], saved: dict[Path, str] | None = None
) -> Iterator[tuple[Path, list[Path]]]:
    """Yield each folder that is looked through with its files, from a folder down.

    Args:
        folder: where to begin, resolved.
        store: the folder of the index, which may lie among the articles.
        closed: the errors of folders that cannot be listed are added to it.
        saved: the folders that were saved with a page, and the name of the page, are added to it.
    """
    own = store.resolve() if store else None
    for place, folders, names in os.walk(folder, onerror=closed.append):
        parent = Path(place)
        pages = {f"{Path(name).stem}_files": name for name in names if name.lower().endswith((".html", ".htm"))}
        seen = [parent / name for name in sorted(folders) if not name.startswith(".")]
        if saved is not None:
            beside = (path for path in seen if path.name in pages and not path.is_symlink())
            saved.update((path, pages[path.name]) for path in beside)
        inner = [path for path in seen if path.name not in pages]
        folders[:] = [path.name for path in inner if path != own and not is_generation(path, own)]
        files = (parent / name for name in sorted(names) if not name.startswith("."))
        yield parent, [file for file in files if not is_own_file(file, own)]


def _passed_over(saved: Mapping[Path, str], store: Path | None, files: Container[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the folders saved with a page that hold what might be an article and is not among the files; and why."""
    for folder, page in saved.items():
        held = (file for _, found in walk(folder, store, []) for file in found)
        if any(_unfit(file) is None and file not in files for file in held):
            yield folder, f"holds what a browser saved with {_shown(page)}"


def _leave_links(files: set[Path], root: Path) -> Iterator[tuple[str, str]]:
    """Take away the links to what is read anyway; yield (name, reason) of each."""
    led: dict[Path, Path] = {}
    for file in sorted(file for file in files if os.path.islink(file)):  # noqa: PTH114 # raises nothing
        real = _real(file)
        if real == file:
            continue
        if real in files:
            yield _name(file, root), f"leads to {_name(real, root)}, which is read"
        elif real in led:
            yield _name(file, root), f"leads to the same file as {_name(led[real], root)}, which is read"
        else:
            led[real] = file
            continue
        files.discard(file)


def _is_below(file: str, places: Container[str]) -> bool:
    return file in places or any(str(folder) in places for folder in PurePosixPath(file).parents)


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def describe_closed(error: OSError) -> str:
    """Return what is said of a folder after its name, by the error of listing it."""
    return f"is a folder that cannot be listed ({error.strerror or type(error).__name__}); make it readable."


def _real(file: Path) -> Path:
    """Return what a link leads to, or the link itself where it leads nowhere or in a circle."""
    try:
        return file.resolve()
    except (OSError, RuntimeError):
        return file


def _exists(path: Path) -> bool:
    """Tell whether a path is there, as one is that may not be looked at."""
    try:
        path.stat()
    except OSError as error:
        return error.errno not in _NOWHERE
    except ValueError:
        return False
    return True


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 # unlike Path's, it raises nothing where its folder is closed


def _unfit(file: Path) -> str | None:
    """Return why a file is not read, or None where it is."""
    if suffix_of(file.name) is None:
        return f"not an article format ({_FORMATS})"
    return None if is_storable(file) else "its name is not UTF-8; rename it"


def is_storable(path: Path) -> bool:
    """Tell whether a name is UTF-8, as the names of the files that are read must be."""
    return _shown(str(path)) == str(path)


def _shown(name: str) -> str:
    """Return a name fit to be printed and stored: bytes that are not UTF-8 as question marks."""
    return name.encode("utf-8", "replace").decode()
