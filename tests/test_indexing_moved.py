"""Runs over a folder that was renamed or moved since it was indexed."""

from pathlib import Path

import harm
import pytest
from counted import BANKS, STORM, Hashed

from index.corpus import Corpus
from index.doctor import examine
from index.errors import SourceError, StoreError
from index.indexing import index_paths
from index.store import Store


def test_the_index_of_a_folder_that_was_renamed_goes_on_and_nothing_is_embedded_again(
    folder: Path, store: Path
) -> None:
    index_paths([folder], store, Hashed())
    before = Store(store, Hashed.fingerprint).articles()
    moved = folder.rename(folder.with_name("moved"))
    (finding,) = examine(store, Hashed()).findings
    assert finding.remedy == "bring it back, or run `byline index` on where it is now"
    embedder = Hashed()
    report = index_paths([moved], store, embedder)
    assert (report.root, report.unchanged, report.removed, embedder.texts) == (str(moved), 2, (), [])
    opened = Store(store, Hashed.fingerprint)
    assert (opened.root, opened.articles()) == (moved, before)
    corpus = Corpus(opened)
    assert all(corpus.is_current(article_id) for article_id in corpus.articles)
    assert examine(store, Hashed()).findings == []
    assert index_paths([moved], store, embedder).unchanged == 2


def test_what_changed_in_a_folder_while_it_moved_is_brought_in_step(folder: Path, store: Path) -> None:
    (folder / "vote.txt").write_text("The vote was held in Lisbon on Sunday.")
    index_paths([folder], store, Hashed())
    moved = folder.rename(folder.with_name("moved"))
    (moved / "vote.txt").unlink()
    (moved / "banks.md").rename(moved / "sanctions.md")
    (moved / "storm.txt").write_text(STORM)
    embedder = Hashed()
    report = index_paths([moved], store, embedder)
    assert (report.renamed, report.added) == ((("banks.md", "sanctions.md"),), ("storm.txt",))
    assert (report.removed, report.unchanged, len(embedder.texts)) == (("vote.txt",), 1, 1)


def test_the_index_of_a_folder_that_moved_is_taken_over_where_it_is_damaged_too(folder: Path, store: Path) -> None:
    index_paths([folder], store, Hashed())
    harm.garble_the_database(store)
    moved = folder.rename(folder.with_name("moved"))
    assert index_paths([moved], store, Hashed()).articles == 2
    assert examine(store, Hashed()).findings == []


@pytest.mark.parametrize("there", [True, False], ids=["copied", "other"])
def test_a_folder_is_no_other_while_it_is_there_or_where_the_other_has_less_than_half_of_it(
    folder: Path, store: Path, *, there: bool
) -> None:
    (folder / "storm.txt").write_text(STORM)
    index_paths([folder], store, Hashed())
    other = folder.with_name("other")
    if there:
        other.mkdir()
        for path in folder.iterdir():
            (other / path.name).write_text(path.read_text())
    else:
        folder.rename(other)
        (other / "banks.md").write_text("Nobody has read this.")
        (other / "talks.txt").write_text("Nor has anybody read that.")
    gone = "" if there else ", which is not there; bring that back, give the folder that has most of its articles now"
    says = rf"^{store} is the index of {folder}{gone or '; give another folder'}"
    with pytest.raises(StoreError, match=says):
        index_paths([other], store, Hashed())
    (folder.with_name("empty")).mkdir()
    with pytest.raises(SourceError, match=r"empty holds no"):
        index_paths([folder.with_name("empty")], store, Hashed())
    assert len(Store(store, Hashed.fingerprint).articles()) == 3


def test_an_index_that_was_moved_without_its_articles_goes_on(folder: Path, tmp_path: Path) -> None:
    index_paths([folder], tmp_path / "store", Hashed())
    (tmp_path / "deep").mkdir()
    store = (tmp_path / "store").rename(tmp_path / "deep" / "store")
    embedder = Hashed()
    assert index_paths([folder], store, embedder).unchanged == 2
    assert embedder.texts == []
    (folder / "banks.md").write_text(BANKS + STORM)
    assert index_paths([folder], store, embedder).changed == ("banks.md",)
