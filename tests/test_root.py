import json
from pathlib import Path

import pytest
from counted import Hashed

from index.generation import newest
from index.indexing import index_paths
from index.root import Root, load_root
from index.source import find_files


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


@pytest.mark.parametrize(("kept", "moved"), [(4, True), (2, True), (1, False), (0, False)])
def test_a_folder_has_moved_where_half_of_its_articles_are_and_it_is_gone(
    folder: Path, store: Path, kept: int, *, moved: bool
) -> None:
    for word in ("vote", "storm"):
        (folder / f"{word}.txt").write_text(f"The {word} came on Sunday.")
    root = _root(folder, store)
    assert not root.moved_to(find_files([folder]))
    other = folder.rename(folder.with_name("other"))
    (other / "new.txt").write_text("Nobody has read this.")
    for path in sorted(other.glob("*[!w].*"))[kept:]:
        path.write_text("Another article.")
    assert root.moved_to(find_files([other])) == moved
    folder.mkdir()
    assert not root.moved_to(find_files([other]))


def test_what_has_moved_is_told_by_its_text_too_under_whatever_name(folder: Path, store: Path) -> None:
    (folder / "talks.txt").unlink()
    rows = [json.dumps({"text": f"The {word} came on Sunday."}) for word in ("vote", "storm", "rain")]
    (folder / "all.jsonl").write_text("\n".join(rows))
    root = _root(folder, store)
    other = folder.rename(folder.with_name("other"))
    (other / "banks.md").unlink()
    (other / "all.jsonl").write_text("\n".join([*rows[1:], '{"text": "The vote is over."}']))
    (other / "all.jsonl").rename(other / "each.jsonl")
    assert root.moved_to(find_files([other]))


def test_a_folder_within_what_has_moved_is_not_where_it_has_moved(folder: Path, store: Path) -> None:
    (folder / "deep").mkdir()
    for word in ("vote", "storm", "rain"):
        (folder / "deep" / f"{word}.txt").write_text(f"The {word} came on Sunday.")
    root = _root(folder, store)
    other = folder.rename(folder.with_name("other"))
    assert not root.moved_to(find_files([other / "deep"]))
    assert root.moved_to(find_files([other]))
