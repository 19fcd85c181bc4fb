"""Runs over a part of what an index holds, over folders that are closed, and over folders that have become empty."""

from pathlib import Path

import harm
import pytest
from closed import closed
from counted import BANKS, STORM, Hashed

from index.corpus import Corpus
from index.doctor import examine
from index.errors import SourceError, StoreError
from index.indexing import index_paths
from index.reading import Skipped
from index.store import Store


def _files(store: Path) -> list[str]:
    return sorted(article.file for article in Corpus(Store(store, Hashed.fingerprint)).articles.values())


def test_a_run_over_one_file_leaves_the_others_of_its_folder(folder: Path, store: Path) -> None:
    index_paths([folder], store, Hashed())
    (folder / "banks.md").write_text(STORM)
    report = index_paths([folder / "banks.md"], store, Hashed())
    assert (report.changed, report.removed, report.unchanged, report.articles) == (("banks.md",), (), 1, 2)
    assert _files(store) == ["banks.md", "talks.txt"]
    assert index_paths([folder], store, Hashed()).unchanged == 2


def test_a_run_over_one_file_makes_all_of_a_damaged_index_anew(folder: Path, store: Path) -> None:
    index_paths([folder], store, Hashed())
    harm.garble_the_database(store)
    index_paths([folder / "banks.md"], store, Hashed())
    assert _files(store) == ["banks.md", "talks.txt"]
    assert examine(store, Hashed()).findings == []


def test_files_that_are_indexed_one_after_the_other_are_all_there(folder: Path, store: Path) -> None:
    for name in ("jan.jsonl", "feb.jsonl"):
        (folder / name).write_text(f'{{"text": "The storm of {name[:3]} was severe."}}\n')
        index_paths([folder / name], store, Hashed())
    assert _files(store) == ["feb.jsonl", "jan.jsonl"]


@pytest.mark.parametrize("lost", [False, True], ids=["manifest", "no manifest"])
def test_a_run_over_one_file_removes_those_that_are_gone(folder: Path, store: Path, *, lost: bool) -> None:
    (folder / "storm.txt").write_text(STORM)
    index_paths([folder], store, Hashed())
    (folder / "talks.txt").unlink()
    if lost:
        next(store.glob("0*/manifest.json")).unlink()
    report = index_paths([folder / "banks.md"], store, Hashed())
    assert (report.removed, report.unchanged) == (("talks.txt",), 2)
    assert _files(store) == ["banks.md", "storm.txt"]
    assert index_paths([folder], store, Hashed()).unchanged == 2


def test_a_run_over_a_part_removes_what_is_gone_from_that_part(folder: Path, store: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "storm.txt").write_text(STORM)
    index_paths([folder], store, Hashed())
    (folder / "deep" / "storm.txt").unlink()
    (folder / "talks.txt").rename(folder / "deep" / "talks.txt")
    report = index_paths([folder / "deep", folder / "banks.md"], store, Hashed())
    assert (report.removed, report.renamed) == (("deep/storm.txt",), (("talks.txt", "deep/talks.txt"),))


@pytest.mark.parametrize("lost", [False, True], ids=["manifest", "no manifest"])
def test_what_is_in_a_folder_that_cannot_be_listed_stays_in_the_index(folder: Path, store: Path, *, lost: bool) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "storm.txt").write_text(STORM)
    index_paths([folder], store, Hashed())
    if lost:
        next(store.glob("0*/manifest.json")).unlink()
    with closed(folder / "deep"):
        report = index_paths([folder], store, Hashed())
    assert (report.removed, report.unchanged, report.articles, report.chunks) == ((), 3, 3, 0)
    assert [item.file for item in report.skipped] == ["deep"]
    with closed(folder):
        assert index_paths([folder], store, Hashed()).articles == 3
    assert "deep/storm.txt" in _files(store)
    (folder / "deep" / "storm.txt").unlink()
    assert index_paths([folder], store, Hashed()).removed == ("deep/storm.txt",)


@pytest.mark.parametrize("left", ["nothing", "what cannot be read"])
def test_the_last_article_is_removed_too(folder: Path, store: Path, left: str) -> None:
    index_paths([folder], store, Hashed())
    for path in folder.iterdir():
        path.unlink()
    if left != "nothing":
        (folder / "binary.txt").write_bytes(b"\0\1\2\3" * 50)
    report = index_paths([folder], store, Hashed())
    assert (report.removed, report.articles) == (("banks.md", "talks.txt"), 0)
    assert _files(store) == []
    with pytest.raises(SourceError, match=r"corpus holds no \.txt.* file; put" if left == "nothing" else "can be read"):
        index_paths([folder], store, Hashed())
    (folder / "banks.md").write_text(BANKS)
    assert index_paths([folder], store, Hashed()).added == ("banks.md",)
    assert _files(store) == ["banks.md"]


def test_an_empty_folder_takes_nothing_from_the_index_of_another(folder: Path, store: Path, tmp_path: Path) -> None:
    index_paths([folder], store, Hashed())
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=r"empty holds no \.txt"):
        index_paths([tmp_path / "empty"], store, Hashed())
    assert _files(store) == ["banks.md", "talks.txt"]


def test_an_index_among_the_articles_is_not_read(folder: Path) -> None:
    for store in (folder / "own", folder / "another", folder):
        assert index_paths([folder], store, Hashed()).articles == 2
        assert index_paths([folder], store, Hashed()).articles == 2


@pytest.mark.parametrize("name", ["lone.txt", "more"])
def test_a_path_that_was_given_and_is_gone_is_removed_and_all_else_goes_on(
    folder: Path, store: Path, tmp_path: Path, name: str
) -> None:
    given = tmp_path / name
    (tmp_path / "more").mkdir()
    article = given if given.suffix else given / "storm.txt"
    article.write_text(STORM)
    index_paths([folder, given], store, Hashed())
    given.rename(tmp_path.with_name(f"{tmp_path.name}-away"))
    (folder / "vote.txt").write_text("The vote was held in Lisbon on Sunday.")
    report = index_paths([folder, given], store, Hashed())
    assert (report.removed, report.added) == ((str(article.relative_to(tmp_path)),), ("corpus/vote.txt",))
    assert report.skipped == (Skipped(name, None, "does not exist any more"),)
    assert examine(store, Hashed()).findings == []
    for _ in range(2):
        again = index_paths([folder, given], store, Hashed())
        assert (again.removed, again.unchanged, again.chunks) == ((), 3, 0)
    tmp_path.with_name(f"{tmp_path.name}-away").rename(given)
    assert index_paths([folder, given], store, Hashed()).added == report.removed


def test_a_path_that_is_not_there_and_that_the_index_does_not_know_is_an_error(folder: Path, store: Path) -> None:
    index_paths([folder], store, Hashed())
    with pytest.raises(SourceError, match=r"tlaks\.txt does not exist; give"):
        index_paths([folder, folder / "tlaks.txt"], store, Hashed())


def test_the_only_path_that_was_given_is_removed_too(folder: Path, store: Path) -> None:
    index_paths([folder / "talks.txt"], store, Hashed())
    (folder / "talks.txt").unlink()
    assert index_paths([folder / "talks.txt"], store, Hashed()).removed == ("talks.txt",)
    with pytest.raises(SourceError, match=r"corpus holds no \.txt"):
        index_paths([folder / "talks.txt"], store, Hashed())


def test_a_run_over_a_folder_within_that_of_the_index_leaves_the_others(folder: Path, store: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "storm.txt").write_text(STORM)
    index_paths([folder], store, Hashed())
    (folder / "deep" / "storm.txt").rename(folder / "deep" / "texas.txt")
    (folder / "vote.txt").write_text("The vote was held in Lisbon on Sunday.")
    report = index_paths([folder / "deep"], store, Hashed())
    assert (report.root, report.renamed) == (str(folder), (("deep/storm.txt", "deep/texas.txt"),))
    assert (report.added, report.removed, report.unchanged) == ((), (), 2)
    (folder / "deep" / "texas.txt").unlink()
    assert index_paths([folder / "deep"], store, Hashed()).removed == ("deep/texas.txt",)


def test_a_run_over_the_folder_above_that_of_the_index_is_refused(folder: Path, store: Path, tmp_path: Path) -> None:
    index_paths([folder], store, Hashed())
    with pytest.raises(StoreError, match=rf"is the index of {folder}; give another folder with --store"):
        index_paths([tmp_path], store, Hashed())
