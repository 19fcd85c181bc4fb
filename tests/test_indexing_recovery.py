import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from counted import BANKS, STORM, Counted, Hashed, found_by_meaning, found_by_word

from index.errors import SourceError, StoreError
from index.indexing import index_paths
from index.minilm import MiniLM
from index.store import Store


def test_a_run_that_was_cut_off_is_finished_by_the_next_with_nothing_lost_or_doubled(
    folder: Path, store: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.vectors.SLICE", 1)
    (folder / "storm.txt").write_text(STORM)
    for stop_after in (0, 1, 1):
        with pytest.raises(KeyboardInterrupt):
            index_paths([folder], store, Counted(embedder, stop_after=stop_after))
    last = Counted(embedder)
    report = index_paths([folder], store, last)
    assert (report.articles, last.texts) == (3, 1)
    assert sorted(found_by_meaning(store, embedder, "news")) == ["banks.md", "storm.txt", "talks.txt"]
    assert len(list(Store(store, embedder.fingerprint).chunks())) == 3


def test_a_change_that_was_cut_off_is_a_change_and_no_removal(folder: Path, store: Path, embedder: MiniLM) -> None:
    index_paths([folder], store, embedder)
    before = found_by_meaning(store, embedder, "news")
    (folder / "banks.md").write_text(STORM)
    (folder / "talks.txt").write_text(BANKS)
    with pytest.raises(KeyboardInterrupt):
        index_paths([folder], store, Counted(embedder, stop_after=0))
    assert found_by_meaning(store, embedder, "news") == before
    report = index_paths([folder], store, embedder)
    assert (report.added, report.removed, report.articles) == ((), (), 2)
    assert found_by_word(store, embedder, "istanbul") == []


@pytest.mark.parametrize("step", ["Store.add", "Store.commit", "Store.remove", "save_catalogue", "publish", "sweep"])
def test_a_run_cut_off_at_any_step_changes_nothing_and_the_next_embeds_nothing_again(
    folder: Path, store: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    index_paths([folder], store, counted)
    (folder / "storm.txt").write_text(STORM)
    (folder / "talks.txt").unlink()

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"index.draft.{step}", stop)
        with pytest.raises(KeyboardInterrupt):
            index_paths([folder], store, counted)
    done = step == "sweep"
    assert ("storm.txt" in found_by_meaning(store, counted, "storm")) == done
    assert ("talks.txt" in found_by_meaning(store, counted, "storm")) != done
    texts = counted.texts
    index_paths([folder], store, counted)
    assert counted.texts == texts
    assert sorted(found_by_meaning(store, counted, "news")) == ["banks.md", "storm.txt"]
    assert len(list(Store(store, counted.fingerprint).chunks())) == 2
    assert [path.name for path in sorted(store.iterdir())][1:] == ["lock"]


def test_a_first_run_that_was_cut_off_leaves_a_store_that_says_so(folder: Path, store: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from counted import Hashed; from index.indexing import index_paths\n"
        "Hashed.embed = lambda *_: os._exit(9)\n"
        "index_paths([Path(sys.argv[1])], Path(sys.argv[2]), Hashed())"
    )
    tests = Path(__file__).parent
    assert subprocess.run([sys.executable, "-c", code, str(folder), str(store)], cwd=tests, check=False).returncode == 9
    with pytest.raises(StoreError, match="was never finished; run `byline index`"):
        Store(store, "hashed@1")
    assert index_paths([folder], store, Hashed()).articles == 2


@pytest.mark.parametrize("harm", ["remove", "damage", "other"])
def test_a_lost_manifest_is_made_again_and_nothing_is_doubled_or_embedded(
    folder: Path, store: Path, counted: Counted, harm: str
) -> None:
    index_paths([folder], store, counted)
    (generation,) = store.glob("0*")
    manifest = generation / "manifest.json"
    whole = json.loads(manifest.read_text())
    if harm == "remove":
        manifest.unlink()
    else:
        manifest.write_text("{" if harm == "damage" else json.dumps({**whole, "version": 0}))
    report = index_paths([folder], store, counted)
    assert (report.unchanged, report.articles, report.chunks, counted.texts) == (2, 2, 0, 2)
    assert [row[:1] for row in json.loads(manifest.read_text())["files"]] == [row[:1] for row in whole["files"]]
    assert len(list(Store(store, counted.fingerprint).chunks())) == 2
    manifest.unlink()
    (folder / "talks.txt").rename(folder / "moved.txt")
    report = index_paths([folder], store, counted)
    assert (report.added, report.removed, report.chunks) == (("moved.txt",), ("talks.txt",), 0)


@pytest.mark.parametrize(
    "name", ["", "whole.json", "catalogue.json", "vocabulary.json", "data.csc.index.npy", "params.index.json"]
)
@pytest.mark.parametrize("harm", ["remove", "damage"])
def test_a_lexical_index_that_is_lost_or_damaged_is_made_again_from_the_store(
    folder: Path, store: Path, counted: Counted, name: str, harm: str
) -> None:
    index_paths([folder], store, counted)
    target = next(store.glob("0*/lexical")) / name
    assert target.exists()
    if target.is_dir():
        shutil.rmtree(target)
    elif harm == "remove":
        target.unlink()
    else:
        target.write_bytes(b"\x80{")
    assert found_by_word(store, counted, "istanbul") == ["talks.txt"]
    assert index_paths([folder], store, counted).chunks == 0
    assert target.exists()
    assert found_by_word(store, counted, "istanbul") == ["talks.txt"]


def test_a_store_of_other_articles_is_refused_and_stays_as_it_was(
    folder: Path, store: Path, tmp_path: Path, counted: Counted
) -> None:
    index_paths([folder], store, counted)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "storm.txt").write_text(STORM)
    with pytest.raises(StoreError, match=rf"^{store} is the index of {folder}; give another folder with --store\.$"):
        index_paths([tmp_path / "other"], store, counted)
    assert sorted(found_by_meaning(store, counted, "news")) == ["banks.md", "talks.txt"]


def test_a_store_of_another_embedder_is_refused_and_stays_as_it_was(
    folder: Path, store: Path, counted: Counted, embedder: MiniLM
) -> None:
    index_paths([folder], store, counted)
    other = Counted(embedder, fingerprint="another@1")
    with pytest.raises(
        StoreError, match=rf"was made by the embedder {counted.fingerprint}, not another@1; give another"
    ):
        index_paths([folder], store, other)
    assert other.texts == 0
    assert index_paths([folder], store, counted).unchanged == 2


def test_articles_and_index_may_move_together(folder: Path, tmp_path: Path, counted: Counted) -> None:
    index_paths([folder], folder / ".byline", counted)
    moved = folder.rename(tmp_path / "moved")
    report = index_paths([moved], moved / ".byline", counted)
    assert (report.unchanged, report.root) == (2, str(moved))


@pytest.mark.parametrize("exists", [True, False], ids=["empty", "missing"])
def test_no_store_is_made_where_there_is_nothing_to_index(
    tmp_path: Path, store: Path, counted: Counted, *, exists: bool
) -> None:
    if exists:
        (tmp_path / "corpus").mkdir()
    with pytest.raises(SourceError, match=r"corpus (holds no|does not exist)"):
        index_paths([tmp_path / "corpus"], store, counted)
    assert not store.exists()


def test_no_store_is_made_where_nothing_can_be_read(tmp_path: Path, store: Path, counted: Counted) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0" * 100)
    with pytest.raises(SourceError, match=r"No article in .* can be read: a\.txt is not text"):
        index_paths([tmp_path / "a.txt"], store, counted)
    assert not store.exists()


def test_a_store_path_that_is_a_file_is_an_error_that_names_it(folder: Path, store: Path, counted: Counted) -> None:
    store.write_text("not a folder")
    for path in (store, store / "below"):
        with pytest.raises(
            StoreError, match=rf"^{path} cannot hold an index \(.*\); give another folder with --store\.$"
        ):
            index_paths([folder], path, counted)
