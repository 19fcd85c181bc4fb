"""Repairs of what an index has lost, and the doctor beside a process that writes."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import harm
import pytest
from agency import WIRE
from counted import BANKS, STORM, TALKS, Hashed

from index.diagnosis import Finding
from index.doctor import examine
from index.errors import StoreError
from index.generation import newest
from index.indexing import index_anew, index_paths
from index.repair import repair
from index.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INDEX = (
    "import sys; from pathlib import Path; from counted import Hashed; from index.indexing import index_paths\n"
    "index_paths([Path(sys.argv[1])], Path(sys.argv[2]), Hashed())"
)


@pytest.fixture
def indexed(folder: Path, store: Path) -> Path:
    for name, text in (("talks.txt", TALKS), ("banks.md", BANKS), ("wire.txt", WIRE)):
        (folder / name).write_text(text)
    index_paths([folder], store, Hashed())
    return store


def _lose_the_wire(store: Path) -> None:
    opened = Store(store, "hashed@1")
    harm.delete_all_chunks(opened)
    harm.delete_an_article(opened)


def _files(store: Path) -> list[str]:
    return sorted(article.file for article in Store(store, "hashed@1").articles().values())


def test_an_article_that_is_lost_with_its_chunks_is_named_and_comes_back_from_its_file(
    indexed: Path, folder: Path
) -> None:
    _lose_the_wire(indexed)
    found = examine(indexed, Hashed())
    assert Finding("wire.txt is missing in the index", "run `byline doctor --fix`") in found.findings
    assert repair(indexed, Hashed(), None, found).findings == []
    assert _files(indexed) == ["banks.md", "talks.txt", "wire.txt"]
    report = index_paths([folder], indexed, Hashed())
    assert (report.unchanged, report.chunks) == (3, 0)


def test_an_article_whose_row_alone_is_lost_comes_back_too(indexed: Path) -> None:
    harm.delete_an_article(Store(indexed, "hashed@1"))
    found = examine(indexed, Hashed())
    assert {"wire.txt is missing in the index"} < {finding.what for finding in found.findings}
    assert repair(indexed, Hashed(), None, found).findings == []
    assert _files(indexed) == ["banks.md", "talks.txt", "wire.txt"]


def test_a_missing_article_whose_folder_is_away_stays_missed_until_the_folder_is_back(
    indexed: Path, folder: Path
) -> None:
    _lose_the_wire(indexed)
    away = folder.rename(folder.with_name("away"))
    left = repair(indexed, Hashed(), None, examine(indexed, Hashed()))
    assert "wire.txt is missing in the index" in {finding.what for finding in left.findings}
    away.rename(folder)
    assert repair(indexed, Hashed(), None, examine(indexed, Hashed())).findings == []
    assert _files(indexed) == ["banks.md", "talks.txt", "wire.txt"]


def test_a_missing_article_whose_file_is_gone_is_missed_no_more(indexed: Path, folder: Path) -> None:
    _lose_the_wire(indexed)
    (folder / "wire.txt").unlink()
    assert repair(indexed, Hashed(), None, examine(indexed, Hashed())).findings == []
    assert _files(indexed) == ["banks.md", "talks.txt"]


class _Beside(Hashed):
    """While the doctor embeds, the articles change and another process publishes the next generation."""

    def __init__(self, folder: Path, store: Path) -> None:
        super().__init__()
        self._paths = (folder, store)

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        folder, store = self._paths
        if not (folder / "storm.txt").exists():
            (folder / "storm.txt").write_text(STORM)
            command = [sys.executable, "-c", INDEX, str(folder), str(store)]
            subprocess.run(command, cwd=Path(__file__).parent, check=True)
        return super().embed(texts)


def test_the_doctor_begins_anew_where_a_new_index_is_published_while_it_examines(indexed: Path, folder: Path) -> None:
    found = examine(indexed, _Beside(folder, indexed))
    assert (found.findings, found.articles) == ([], 4)
    assert [path.name for path in indexed.iterdir() if path.name.startswith("0")] == [newest(indexed).name]  # type: ignore[union-attr]


def test_an_index_that_is_gone_while_the_doctor_examines_it_is_a_finding(indexed: Path, folder: Path) -> None:
    class Gone(Hashed):
        def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
            shutil.rmtree(indexed)
            return super().embed(texts)

    (finding,) = examine(indexed, Gone()).findings
    assert finding.what == f"There is no index in {indexed}"
    assert folder.is_dir()


def test_what_cannot_be_made_anew_says_what_to_do(indexed: Path) -> None:
    for manifest in indexed.glob("0*/manifest.json"):
        manifest.unlink()
    with pytest.raises(StoreError, match=r"does not say of which files it is; run `byline index` on their folder\.$"):
        index_anew(indexed, Hashed())
