"""A library that stays open sees each new index, whole, and never half of one."""

import threading
from pathlib import Path

import pytest
from counted import BANKS, STORM, Hashed

from index.errors import StoreError
from index.indexing import index_paths
from qa.library import Library
from qa.retriever import BylineRetriever


@pytest.fixture
def opened(folder: Path, store: Path) -> Library:
    index_paths([folder], store, Hashed())
    return Library.open(store, Hashed())


def _files(library: Library, question: str) -> set[str]:
    corpus = library.now().corpus
    return {corpus.articles[p.article_id].file for p in library.now().search(question)}


def test_articles_that_come_change_and_go_are_seen_without_opening_again(
    opened: Library, folder: Path, store: Path
) -> None:
    assert _files(opened, "storm in Texas") == {"banks.md", "talks.txt"}
    (folder / "storm.txt").write_text(STORM)
    index_paths([folder], store, Hashed())
    assert "storm.txt" in _files(opened, "storm in Texas")
    assert opened.article("storm.txt").text == STORM
    (folder / "talks.txt").write_text(BANKS)
    (folder / "storm.txt").unlink()
    index_paths([folder], store, Hashed())
    assert [a.file for a in opened.articles()] == ["banks.md", "talks.txt"]
    assert opened.article("talks.txt").text == BANKS
    assert len(BylineRetriever(opened).retrieve("sanctions on banks")) == 2


def test_a_library_of_now_stays_as_it_is(opened: Library, folder: Path, store: Path) -> None:
    now = opened.now()
    (folder / "storm.txt").write_text(STORM)
    index_paths([folder], store, Hashed())
    assert [a.file for a in now.articles()] == ["banks.md", "talks.txt"]
    assert now.now() is now


@pytest.mark.parametrize("fails", [True, False])
def test_work_during_which_a_new_index_came_is_done_again_on_that(
    opened: Library, folder: Path, store: Path, *, fails: bool
) -> None:
    seen: list[int] = []

    def work(library: Library) -> int:
        seen.append(len(library.corpus.articles))
        if len(seen) == 1:
            (folder / "storm.txt").write_text(STORM)
            index_paths([folder], store, Hashed())
            if fails:
                raise StoreError("a row is gone")
        return len(library.corpus.articles)

    assert opened.on_newest(work) == 3
    assert seen == [2, 3]


def test_an_error_that_no_new_index_explains_is_raised_at_once(opened: Library) -> None:
    seen: list[Library] = []

    def work(library: Library) -> None:
        seen.append(library)
        raise StoreError("broken")

    with pytest.raises(StoreError, match="broken"):
        opened.on_newest(work)
    assert len(seen) == 1


def test_questions_asked_while_the_index_changes_are_all_answered_from_a_whole_one(
    opened: Library, folder: Path, store: Path
) -> None:
    """The two articles are exchanged as a pair, so that half an index would show one of each."""
    pairs = ({"talks.txt", "banks.md"}, {"storm.txt", "texas.txt"})
    vector = Hashed().embed(["news"])[0]
    found: list[set[str]] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            found.append(
                opened.on_newest(
                    lambda now: {
                        now.corpus.articles[now.corpus.places[number].article_id].file
                        for number, _ in now.corpus.nearest(vector, 9)
                    }
                )
            )

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for names in [*pairs[::-1], *pairs[::-1]]:
            for path in folder.iterdir():
                path.rename(folder / next(name for name in sorted(names) if not (folder / name).exists()))
            index_paths([folder], store, Hashed())
    finally:
        stop.set()
        asking.join()
    assert all(files in pairs for files in found)
    assert all(pair in found for pair in pairs)


def test_an_index_that_was_removed_is_an_error_that_says_so(opened: Library, store: Path) -> None:
    for path in store.glob("0*"):
        path.rename(store / "elsewhere")
    with pytest.raises(StoreError, match="There is no index in"):
        opened.search("news")
