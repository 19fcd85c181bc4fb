from pathlib import Path

import pytest
from counted import Hashed

from index.generation import newest
from index.indexing import index_paths
from index.root import Root, load_root


def _root(folder: Path, store: Path) -> Root:
    index_paths([folder], store, Hashed())
    root = load_root(store, newest(store))
    assert root is not None
    return root


def test_the_root_of_an_index_is_the_folder_of_its_articles_and_their_files(folder: Path, store: Path) -> None:
    root = _root(folder, store)
    assert (root.path, sorted(root.files)) == (folder, ["banks.md", "talks.txt"])
    assert load_root(store, None) is None
    next(store.glob("0*/manifest.json")).write_text("{")
    assert load_root(store, newest(store)) is None


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("talks.txt", True),
        ("deep", True),
        ("deep/storm.txt", True),
        ("dee", False),
        ("deep/storm.txt/x", False),
        ("other.txt", False),
        ("../talks.txt", False),
        ("nul\0", False),
        ("x" * 5000, False),
    ],
)
def test_what_was_indexed_is_known_by_its_file_or_a_folder_above_that(
    folder: Path, store: Path, path: str, *, known: bool
) -> None:
    (folder / "deep").mkdir()
    (folder / "talks.txt").rename(folder / "deep" / "storm.txt")
    (folder / "talks.txt").write_text("The talks began.")
    assert _root(folder, store).knows(folder / path) == known


def test_of_a_folder_that_is_not_there_nothing_is_known(folder: Path, store: Path) -> None:
    root = _root(folder, store)
    folder.rename(folder.with_name("away"))
    assert not root.knows(folder / "talks.txt")
