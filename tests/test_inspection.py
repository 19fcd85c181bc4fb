"""The doctor's look at the articles: one whose file cannot be read just now stays, a damaged row is mended."""

import gzip
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import harm
import pytest
from agency import WIRE
from counted import BANKS, TALKS, Hashed
from test_holding import close_by_a_loop

from index.diagnosis import Diagnosis, Finding
from index.doctor import examine
from index.errors import DamageError, StoreError
from index.generation import newest
from index.indexing import index_paths
from index.inspection import examine_files
from index.manifest import load_manifest
from index.repair import repair
from index.store import Store

RECORDS = [{"text": f"Minister {i} said that the talks of day {i} would go on."} for i in range(6)]
PAGE = f"<html><body><article><h1>Banks</h1><p>{BANKS * 3}</p></article></body></html>"


@pytest.fixture
def indexed(folder: Path, store: Path) -> Path:
    (folder / "wire.txt").write_text(WIRE)
    (folder / "page.html").write_text(PAGE)
    (folder / "news.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, RECORDS)).encode()))
    index_paths([folder], store, Hashed())
    return store


def _articles(store: Path) -> set[str]:
    return set(Store(store, Hashed.fingerprint).articles())


def _fixed(store: Path) -> list[Finding]:
    return repair(store, Hashed(), None, examine(store, Hashed())).findings


def test_an_article_whose_file_cannot_be_read_just_now_stays_and_is_a_finding_of_a_persons_own(
    indexed: Path, folder: Path
) -> None:
    before = _articles(indexed)
    said = close_by_a_loop(folder / "talks.txt")
    (finding,) = examine(indexed, Hashed()).findings
    assert finding == Finding(
        f"talks.txt, whose articles stay in the index, cannot be read ({said})",
        "make it readable or remove it",
        fixable=False,
    )
    (folder / "banks.md").unlink()  # so that there is something to repair
    assert _fixed(indexed) == [finding]
    assert len(before - _articles(indexed)) == 1
    (folder / "talks.txt").unlink()
    (folder / "talks.txt").write_text(TALKS)
    assert _fixed(indexed) == []
    assert len(before - _articles(indexed)) == 1


def test_the_articles_of_a_format_whose_extra_is_missing_stay(
    indexed: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _articles(indexed)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (folder / "banks.md").write_text(BANKS.replace("Monday", "Friday"))
    (finding,) = _fixed(indexed)
    assert (finding.remedy, finding.fixable) == ("install byline[html]", False)
    assert finding.what.startswith("page.html, whose articles stay in the index, is a web page")
    assert len(before - _articles(indexed)) == 1


def test_of_a_file_that_is_cut_off_the_articles_before_the_cut_are_compared_and_those_after_it_stay(
    indexed: Path, folder: Path
) -> None:
    before = _articles(indexed)
    texts = "\n".join(map(json.dumps, [{"text": "Nobody said anything on the day before."}, *RECORDS[1:4]]))
    (folder / "news.jsonl.gz").write_bytes(gzip.compress(f"{texts}\n{{".encode()))
    assert {finding.what.partition(",")[0] for finding in examine(indexed, Hashed()).findings} == {
        "news.jsonl.gz#0 has changed since it was indexed",
        "news.jsonl.gz",
    }
    (left,) = _fixed(indexed)
    assert left.what.startswith("news.jsonl.gz, whose articles stay in the index, has a record 4 that is broken JSON")
    assert (len(before - _articles(indexed)), len(_articles(indexed) - before)) == (1, 1)


def test_damage_of_an_article_whose_file_cannot_be_read_is_mended_from_the_text_of_the_store(
    indexed: Path, folder: Path
) -> None:
    before = _articles(indexed)
    harm.delete_a_chunk(Store(indexed, Hashed.fingerprint))
    close_by_a_loop(folder / "wire.txt")
    (left,) = _fixed(indexed)
    assert left.what.startswith("wire.txt, whose articles stay in the index, cannot be read")
    assert _articles(indexed) == before


@pytest.mark.parametrize("away", ["the file", "the folder"])
def test_what_is_neither_whole_in_the_store_nor_to_be_read_stays_as_it_is(
    indexed: Path, folder: Path, away: str
) -> None:
    before = _articles(indexed)
    harm.change_the_article(Store(indexed, Hashed.fingerprint))
    if away == "the file":
        close_by_a_loop(folder / "wire.txt")
    else:
        folder.rename(folder.with_name("away"))
    found = {finding.what: finding for finding in _fixed(indexed)}
    finding = found["wire.txt in the index: its text is not the one that its id was made from"]
    assert (finding.fixable, finding.remedy) == (False, "have its file readable, then `byline doctor --fix`")
    assert _articles(indexed) == before


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (harm.lose_the_start, "wire.txt in the index: 1 of its chunks do not say what its text says"),
        (harm.lose_the_article_of_a_chunk, "1 chunks in the index belong to no article"),
        (harm.lose_the_file, "wire.txt in the index: its row names no file"),
        (harm.garble_the_row, "wire.txt in the index: its title, outlet or date is not that of the file"),
    ],
)
def test_a_damaged_row_is_a_finding_and_is_mended(indexed: Path, damage: Callable[[Store], None], says: str) -> None:
    opened = Store(indexed, Hashed.fingerprint)
    before = sorted(opened.chunks()), opened.articles()
    damage(opened)
    assert says in {finding.what for finding in examine(indexed, Hashed()).findings}
    assert _fixed(indexed) == []
    mended = Store(indexed, Hashed.fingerprint)
    assert (sorted(mended.chunks()), mended.articles()) == before


def test_an_article_that_neither_its_row_nor_the_list_places_comes_back_by_the_next_run(
    indexed: Path, folder: Path
) -> None:
    before = _articles(indexed)
    harm.lose_the_file(Store(indexed, Hashed.fingerprint))
    harm.lose_the_list(Store(indexed, Hashed.fingerprint))
    (left,) = (finding for finding in _fixed(indexed) if "names no file" in finding.what)
    assert left.remedy == "run `byline index` on its folder, then `byline doctor --fix`"
    assert _articles(indexed) == before
    index_paths([folder], indexed, Hashed())
    assert _fixed(indexed) == []
    assert _articles(indexed) == before
    assert {article.file for article in Store(indexed, Hashed.fingerprint).articles().values()} >= {"wire.txt"}


def test_a_damaged_index_is_not_made_anew_while_that_would_cost_articles(indexed: Path, folder: Path) -> None:
    before = _articles(indexed)
    whole = shutil.copytree(indexed, indexed.with_name("whole"))
    harm.garble_the_database(indexed)
    close_by_a_loop(folder / "talks.txt")
    unread, damage = examine(indexed, Hashed()).findings
    assert unread.what.startswith("talks.txt, whose articles stay in the index")
    assert (damage.remedy, damage.fixable) == (f"run `byline index` on {folder}", False)
    assert _fixed(indexed) == [unread, damage]
    harm.delete_a_chunk(Store(whole, Hashed.fingerprint))
    late = examine(whole, Hashed())  # the damage comes after it
    assert late.outdated
    harm.garble_the_database(whole)
    with pytest.raises(DamageError):
        repair(whole, Hashed(), None, late)
    (folder / "talks.txt").unlink()
    (folder / "talks.txt").write_text(TALKS)
    assert _fixed(indexed) == []
    assert _articles(indexed) == before


def test_only_files_that_hold_articles_of_the_index_are_looked_at_before_it_is_made_anew(
    indexed: Path, folder: Path
) -> None:
    (folder / "empty.txt").write_text("")
    index_paths([folder], indexed, Hashed())
    manifest = load_manifest(newest(indexed) or indexed)
    assert manifest is not None
    assert "empty.txt" in manifest.files
    found = Diagnosis()
    examine_files(folder, manifest, found)
    assert found.findings == []
    (folder / "talks.txt").unlink()
    examine_files(folder, manifest, found)
    assert found.findings == []


def test_a_damaged_index_is_not_made_anew_while_a_file_of_it_cannot_be_read(indexed: Path, folder: Path) -> None:
    harm.garble_the_database(indexed)
    before = sorted(path.name for path in indexed.iterdir())
    close_by_a_loop(folder / "talks.txt")
    with pytest.raises(StoreError, match=r"damaged and must be made anew, but talks\.txt cannot be read now; make"):
        index_paths([folder], indexed, Hashed())
    assert sorted(path.name for path in indexed.iterdir()) == before
    (folder / "talks.txt").unlink()
    assert index_paths([folder], indexed, Hashed()).removed == ("talks.txt",)
