"""The doctor: each test damages a real store in one way, sees the finding, and sees it gone after the repair."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import harm
import pytest
from agency import EDITED, WIRE
from command import Command
from counted import BANKS, STORM, TALKS, Counted, found_by_meaning, found_by_word
from server import chroma_server

from index.corpus import Corpus
from index.diagnosis import Finding
from index.doctor import SPARE_BYTES, examine
from index.indexing import index_paths
from index.repair import repair
from index.store import Store

if TYPE_CHECKING:
    from index.minilm import MiniLM

HOLD = (
    "import sys; from pathlib import Path; from index.lock import writing\n"
    "with writing(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, embedder: "MiniLM") -> Path:
    """A folder that holds the articles and their index, to be copied."""
    home = tmp_path_factory.mktemp("made")
    (home / "corpus").mkdir()
    for name, text in (("talks.txt", TALKS), ("banks.md", BANKS), ("wire.txt", WIRE)):
        (home / "corpus" / name).write_text(text)
    index_paths([home / "corpus"], home / "store", embedder)
    return home


@pytest.fixture
def indexed(folder: Path, store: Path, made: Path) -> Path:
    for path in (folder, store):
        shutil.copytree(made / path.name, path, dirs_exist_ok=True)
    return store


def _open(path: Path, embedder: Counted) -> Store:
    return Store(path, embedder.fingerprint)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (harm.delete_a_chunk, r"^wire\.txt in the index: 1 of its \d chunks are missing; run `byline doctor --fix`\.$"),
        (harm.delete_all_chunks, r"wire\.txt in the index: (\d) of its \1 chunks are missing"),
        (harm.overwrite_a_vector, r"wire\.txt in the index: its vectors are not those that it was added with"),
        (harm.overwrite_all_vectors, r"wire\.txt in the index: its vectors are not those that the embedder makes"),
        (harm.change_the_span, r"wire\.txt in the index: 1 of its chunks do not say what its text says"),
        (harm.change_the_text, r"wire\.txt in the index: 1 of its chunks do not say what its text says"),
        (harm.change_the_outlet, r"wire\.txt in the index: its title, outlet or date is not that of the file"),
        (harm.change_the_article, r"wire\.txt in the index: its text is not the one that its id was made from"),
        (harm.add_a_stray_chunk, r"wire\.txt in the index: 1 chunks that its text does not make"),
        (harm.add_an_orphan, r"1 chunks in the index belong to no article"),
        (harm.lose_the_catalogue, r"the catalogue is missing or damaged; run `byline doctor --fix`\.$"),
        (harm.flip_a_byte_of_the_lexical_index, r"the catalogue is missing or damaged"),
        (harm.damage_the_catalogue, r"the catalogue does not agree with the index"),
        (harm.shuffle_the_lexical_index, r"the lexical index does not agree with the index"),
    ],
)
def test_each_damage_of_the_store_is_found_and_repaired(
    indexed: Path, counted: Counted, damage: Callable[[Store], None], says: str
) -> None:
    before = sorted(_open(indexed, counted).chunks())
    assert examine(indexed, counted).findings == []
    damage(_open(indexed, counted))
    found = examine(indexed, counted)
    assert [str(f) for f in found.findings if re.search(says, str(f))], found.findings
    assert repair(indexed, counted, None, found).findings == []
    assert sorted(_open(indexed, counted).chunks()) == before
    assert sorted(found_by_meaning(indexed, counted, "news")).count("wire.txt") == len(before) - 2
    assert found_by_word(indexed, counted, "istanbul") == ["talks.txt"]


def test_an_article_whose_row_is_lost_is_an_orphan_and_comes_back_with_the_repair(
    indexed: Path, folder: Path, counted: Counted
) -> None:
    harm.delete_an_article(_open(indexed, counted))
    found = examine(indexed, counted)
    assert any("belong to no article" in f.what for f in found.findings)
    assert repair(indexed, counted, None, found).findings == []
    report = index_paths([folder], indexed, counted)
    assert (report.added, report.unchanged, report.chunks) == ((), 3, 0)
    assert examine(indexed, counted).findings == []


def test_files_that_changed_or_went_since_they_were_indexed_are_found_and_read_anew(
    indexed: Path, folder: Path, counted: Counted
) -> None:
    (folder / "talks.txt").write_text(STORM)
    (folder / "banks.md").unlink()
    found = examine(indexed, counted)
    gone, changed = "banks.md is gone", "talks.txt has changed since it was indexed"
    assert {f.what for f in found.findings} == {gone, changed}
    assert all("run `byline index` again" in f.remedy for f in found.findings)
    assert repair(indexed, counted, None, found).findings == []
    assert found_by_word(indexed, counted, "storm") == ["talks.txt"]
    assert found_by_word(indexed, counted, "sanction") == []
    report = index_paths([folder], indexed, counted)
    assert (report.added, report.changed, report.removed, report.unchanged) == ((), (), (), 2)


def test_of_a_file_of_records_the_damaged_and_the_changed_ones_are_told_apart_and_mended(
    folder: Path, store: Path, counted: Counted
) -> None:
    texts = ["The talks began on Friday.", "The bank raised its rate.", "The storm hit the coast."]
    dump = folder / "dump.jsonl"
    dump.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    index_paths([folder], store, counted)
    assert examine(store, counted).findings == []
    opened = _open(store, counted)
    (last,) = (a.id for a in opened.articles().values() if a.record == 2)
    opened._chunks.delete(ids=[id_ for id_, *_ in opened.rows([last])])
    dump.write_text(dump.read_text().replace("raised", "cut"))
    found = examine(store, counted)
    assert {f.what for f in found.findings} >= {
        "dump.jsonl#1 has changed since it was indexed",
        "dump.jsonl#2 in the index: 1 of its 1 chunks are missing",
    }
    assert repair(store, counted, None, found).findings == []
    stored = {text for *_, text in _open(store, counted).chunks()}
    assert {texts[0], "The bank cut its rate.", texts[2]} < stored
    assert texts[1] not in stored
    report = index_paths([folder], store, counted)
    assert (report.unchanged, report.changed, report.articles, report.chunks) == (3, (), 5, 0)


def test_an_index_stays_as_it_was_for_those_who_read_it_where_a_repair_is_cut_off(
    indexed: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm.delete_a_chunk(_open(indexed, counted))
    found = examine(indexed, counted)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = _open(indexed, counted)
    with monkeypatch.context() as patch:
        patch.setattr("index.draft.publish", stop)
        with pytest.raises(KeyboardInterrupt):
            repair(indexed, counted, None, found)
    assert before.is_newest
    assert examine(indexed, counted).findings == found.findings
    assert repair(indexed, counted, None, found).findings == []


def test_a_folder_of_articles_that_is_not_there_is_one_finding_and_costs_no_article(
    indexed: Path, folder: Path, counted: Counted
) -> None:
    folder.rename(folder.with_name("away"))
    harm.delete_a_chunk(_open(indexed, counted))
    found = examine(indexed, counted)
    assert [f.fixable for f in found.findings] == [False, True, True]
    (left,) = repair(indexed, counted, None, found).findings
    assert left.what == f"the folder of the articles, {folder}, is not there"
    folder.with_name("away").rename(folder)
    assert examine(indexed, counted).findings == []


def test_copies_with_one_vector_are_each_found(indexed: Path, folder: Path, counted: Counted) -> None:
    for i in range(25):
        (folder / f"copy{i}.md").write_text(BANKS)
    index_paths([folder], indexed, counted)
    found = examine(indexed, counted)
    assert (found.findings, found.articles) == ([], 28)


def test_a_process_that_writes_is_named_and_one_that_was_killed_is_told_apart(indexed: Path, counted: Counted) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(indexed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    (busy,) = examine(indexed, counted).findings
    assert str(busy) == (
        f"{indexed} is being written to by process {process.pid}; wait for it, then ask the doctor again."
    )
    assert not busy.fixable
    process.send_signal(signal.SIGKILL)
    process.communicate()
    found = examine(indexed, counted)
    died = f"the last run on {indexed}, process {process.pid}, died before its end"
    assert [f.what for f in found.findings] == [died]
    assert repair(indexed, counted, None, found).findings == []


def test_a_full_disk_and_a_folder_that_cannot_be_written_are_findings_of_a_persons_own(
    indexed: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy,) = indexed.glob("0*")
    wanted = SPARE_BYTES + sum(path.stat().st_size for path in copy.rglob("*"))
    usage = shutil.disk_usage(indexed)._replace(free=wanted)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage)
        assert examine(indexed, counted).findings == []
    usage = usage._replace(free=SPARE_BYTES)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    findings = examine(indexed, counted).findings
    assert [str(f) for f in findings] == [
        f"{indexed} cannot be written to; make it writable for this user.",
        f"{indexed} has 16 MiB of free disk; make room, at least 17 MiB.",
    ]
    assert not any(f.fixable for f in findings)


def test_a_store_of_another_embedder_or_none_at_all_is_a_finding_with_the_way_out(
    indexed: Path, tmp_path: Path, embedder: "MiniLM"
) -> None:
    (other,) = examine(indexed, Counted(embedder, fingerprint="other@1")).findings
    assert "was made by the embedder" in other.what
    assert "give another --store" in other.remedy
    (none,) = examine(tmp_path / "none", embedder).findings
    assert none == Finding(
        f"There is no index in {tmp_path / 'none'}",
        f"make one with `byline index FOLDER --store {tmp_path / 'none'}`",
        fixable=False,
    )
    assert not (tmp_path / "none").exists()


def test_examining_changes_nothing(indexed: Path, counted: Counted) -> None:
    def state() -> list[Any]:
        store = _open(indexed, counted)
        rows = [(*row[:3], row[3].tolist()) for row in store.rows(sorted(store.articles()))]
        return [sorted(indexed.rglob("*")), store.articles(), store.generation, sorted(rows, key=lambda row: row[0])]

    harm.lose_the_catalogue(_open(indexed, counted))
    before = state()
    assert examine(indexed, counted).findings
    assert state() == before


def test_a_store_on_a_server_is_examined_and_repaired_as_one_in_a_folder(
    folder: Path, store: Path, tmp_path: Path, counted: Counted
) -> None:
    (folder / "wire.txt").write_text(WIRE)
    (folder / "edited.txt").write_text(EDITED)
    with chroma_server(tmp_path / "chroma") as running:
        server = replace(running, name="news")
        index_paths([folder], store, counted, server=server)
        assert examine(store, counted, server).findings == []
        opened = Store(store, counted.fingerprint, server=server)
        harm.delete_a_chunk(opened)
        harm.add_an_orphan(opened)
        shutil.rmtree(opened.folder / "lexical")
        found = examine(store, counted, server)
        assert len(found.findings) == 3
        assert repair(store, counted, server, found).findings == []
        assert len(Corpus(Store(store, counted.fingerprint, server=server)).articles) == 4
        del opened
    (gone,) = examine(store, counted, server).findings
    assert gone.what.startswith(f"No Chroma server answers at {server.url}")


def test_the_command_prints_a_line_for_each_finding_and_exits_with_1_until_all_is_repaired(
    byline: Command, indexed: Path, counted: Counted, tmp_path: Path
) -> None:
    harm.delete_a_chunk(_open(indexed, counted))
    doctor = ("doctor", "--store", indexed)
    sick = byline(*doctor, cwd=tmp_path)
    assert (sick.returncode, sick.stderr) == (1, "")
    assert sick.stdout.startswith("wire.txt in the index: 1 of its")
    row = json.loads(byline(*doctor, "--json", cwd=tmp_path).stdout)
    assert set(row) == {"store", "articles", "chunks", "findings", "fixed"}
    assert row["findings"][0]["fixable"] is True
    fixed = byline(*doctor, "--fix", cwd=tmp_path)
    assert fixed.returncode == 0, fixed
    assert fixed.stdout.startswith("fixed: wire.txt in the index: 1 of its")
    assert "nothing is wrong" in byline(*doctor, cwd=tmp_path).stdout
