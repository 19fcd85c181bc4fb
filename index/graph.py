"""Graphs: the files in which Chroma keeps vectors, looked at without it: at a torn one it crashes with its process."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_HEAD = struct.Struct("<i6QiI3QdQ")
"""The head of a graph as hnswlib writes it (`saveIndex`), after the version that Chroma puts before."""
UNEVEN = 1e-2
"""How far the length of a vector may be from 1: those of embedders are nearer, and what is torn is farther."""
_COUNT = 0xFFFF
"""The bits of a list's head that say how many links it has; the others are marks."""


class _Head(NamedTuple):
    version: int
    base: int
    most: int
    rows: int
    row_bytes: int
    label_at: int
    vector_at: int
    top: int
    """The highest level."""
    entry: int
    """The row where a search begins, the one that is on all levels."""
    upper_links: int
    links: int
    """Most links of a row on the lowest level."""
    m: int
    scale: float
    breadth: int


def is_whole(chroma: Path, collection: str) -> bool:
    """Tell whether the graphs of a collection can be searched: every link leads to a row, every vector is one.

    Args:
        chroma: Chroma's folder.
        collection: the id that Chroma gave to the collection.
    """
    # Without the list of ids Chroma has only begun a graph, and makes it anew, and empty, each time it is opened.
    graphs = {ids.parent.name: ids.parent for ids in chroma.glob("*/index_metadata.pickle")}
    names = _names(chroma, collection)
    return all(_is_sound(folder) for name, folder in graphs.items() if names is None or name in names)


def _names(chroma: Path, collection: str) -> set[str] | None:
    """Return the folders of a collection's graphs; None where the database does not tell."""
    try:
        with closing(
            sqlite3.connect(f"{(chroma / 'chroma.sqlite3').absolute().as_uri()}?mode=ro", uri=True)
        ) as database:
            rows = database.execute("SELECT id FROM segments WHERE collection = ?", (collection,))
            return {str(row[0]) for row in rows}
    except sqlite3.Error:
        return None


def _is_sound(folder: Path) -> bool:
    try:
        head = _Head(*_HEAD.unpack((folder / "header.bin").read_bytes()[: _HEAD.size]))
        if head.rows == 0:
            return True
        room = 4 + 4 * head.links <= head.vector_at < head.label_at <= head.row_bytes - 8
        lengths = np.memmap(folder / "length.bin", "<f4", "r", shape=(head.rows,))
        if not room or head.entry >= head.rows or not _are_units(lengths):
            return False
        rows = np.memmap(folder / "data_level0.bin", np.uint8, "r", shape=(head.rows, head.row_bytes))
        return _has_links(rows, head) and _has_vectors(rows, head) and _has_levels(folder / "link_lists.bin", head)
    except PermissionError:
        raise
    except (OSError, ValueError, struct.error):
        return False


def _has_links(rows: NDArray[np.uint8], head: _Head) -> bool:
    links = np.ascontiguousarray(rows[:, : 4 + 4 * head.links]).view("<u4")
    return _lead(links, head.rows)


def _lead(lists: NDArray[np.uint32], rows: int) -> bool:
    """Tell whether lists of links, each after its head, lead to rows that are there."""
    counts = lists[:, 0] & _COUNT
    used = np.arange(lists.shape[1] - 1) < counts[:, None]
    return bool((counts < lists.shape[1]).all() and (lists[:, 1:][used] < rows).all())


def _has_vectors(rows: NDArray[np.uint8], head: _Head) -> bool:
    vectors = np.ascontiguousarray(rows[:, head.vector_at : head.label_at]).view("<f4")
    return _are_units(np.linalg.norm(vectors, axis=1))


def _are_units(lengths: NDArray[np.float32]) -> bool:
    return bool((abs(lengths - 1.0) < UNEVEN).all())


def _has_levels(file: Path, head: _Head) -> bool:
    """Tell whether the links on the upper levels lead to rows that are on those levels."""
    data, width = file.read_bytes(), 4 + 4 * head.upper_links
    levels, lists, at = np.zeros(head.rows, int), [], 0
    for row in range(head.rows):
        (size,) = struct.unpack_from("<I", data, at)
        at += 4
        if size:
            levels[row], rest = divmod(size, width)
            if rest or at + size > len(data):
                return False
            lists.append(
                (np.arange(levels[row]) + 1, np.frombuffer(data, "<u4", size // 4, at).reshape(-1, width // 4))
            )
            at += size
    if levels[head.entry] != max(head.top, 0) or levels.max() > max(head.top, 0):
        return False
    if not lists:
        return True
    level, links = (np.concatenate(parts) for parts in zip(*lists, strict=True))
    if not _lead(links, head.rows):
        return False
    used = np.arange(links.shape[1] - 1) < (links[:, 0] & _COUNT)[:, None]
    return bool((levels[np.where(used, links[:, 1:], head.entry)] >= level[:, None]).all())
