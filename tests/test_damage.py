"""Damage of Chroma's own files: each is one clear line, costs no article, and is mended by the next run, unasked."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import harm
import pytest
from counted import Hashed

from index.corpus import Corpus
from index.damage import Guarded, is_noted, no_store, note_sound, probe, reading
from index.doctor import examine
from index.errors import DamageError, StoreError
from index.generation import newest
from index.indexing import index_paths
from index.repair import repair
from index.store import Store

RECORDS = 160
"""More than Chroma leaves out of its vector file."""
KEEPS_MODES = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
"""Makes root keep to the modes of files, as every other user does."""
ASK = (
    "import sys; from pathlib import Path; from counted import Hashed\n"
    "from index.doctor import examine; from index.errors import StoreError; from index.store import Store\n"
    "try: print(Store(Path(sys.argv[1]), 'hashed@1').count())\n"
    "except StoreError as error: print(error)\n"
    "for finding in examine(Path(sys.argv[1]), Hashed()).findings: print(finding)"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a file of records and its index, to be copied."""
    home = tmp_path_factory.mktemp("made")
    (home / "corpus").mkdir()
    texts = [f"Minister {i} said that the talks of day {i} would go on. Nobody else agreed." for i in range(RECORDS)]
    (home / "corpus" / "news.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    index_paths([home / "corpus"], home / "store", Hashed())
    return home


@pytest.fixture
def indexed(tmp_path: Path, made: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


WAYS = [
    harm.tear_all_vectors,
    harm.tear_the_vectors_of_articles,
    harm.zero_the_vectors,
    harm.delete_the_vectors,
    harm.garble_the_list_of_ids,
    harm.garble_the_database,
    harm.garble_pages,
    harm.delete_the_database,
    harm.delete_the_folder,
]


def _check_whole(store: Path) -> None:
    found = examine(store, Hashed())
    assert (found.findings, found.articles) == ([], RECORDS)


@pytest.mark.parametrize("hurt", WAYS)
def test_a_damaged_store_is_one_finding_and_the_doctor_makes_it_anew(
    indexed: Path, hurt: Callable[[Path], None]
) -> None:
    hurt(indexed)
    found = examine(indexed, Hashed())
    (finding,) = found.findings
    assert finding.what.startswith(f"The index in {indexed} cannot be ")
    remedy = f"run `byline index` on {indexed.parent / 'corpus'}, or `byline doctor --fix`"
    assert (finding.remedy, finding.fixable) == (remedy, True)
    assert repair(indexed, Hashed(), None, found).findings == []
    _check_whole(indexed)


@pytest.mark.parametrize("hurt", WAYS)
def test_the_next_run_makes_a_damaged_store_anew_unasked_and_the_one_after_has_nothing_to_do(
    indexed: Path, hurt: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    hurt(indexed)
    with caplog.at_level("WARNING", logger="byline"):
        report = index_paths([indexed.parent / "corpus"], indexed, Hashed())
    assert caplog.messages == [f"The index in {indexed} is damaged; it is made anew from the articles."]
    assert (report.added, report.changed, report.removed, report.articles) == ((), (), (), RECORDS)
    assert index_paths([indexed.parent / "corpus"], indexed, Hashed()).chunks == 0
    _check_whole(indexed)


def test_vectors_that_can_still_be_read_are_not_made_again(indexed: Path) -> None:
    harm.tear_the_vectors_of_articles(indexed)
    assert index_paths([indexed.parent / "corpus"], indexed, Hashed()).chunks == 0


@pytest.mark.parametrize("hurt", WAYS)
def test_a_file_that_came_is_not_added_to_a_copy_of_the_damage(indexed: Path, hurt: Callable[[Path], None]) -> None:
    hurt(indexed)
    (indexed.parent / "corpus" / "more.txt").write_text("A storm hit the coast.\n\nIt was the worst in ten years.\n")
    assert index_paths([indexed.parent / "corpus"], indexed, Hashed()).added == ("more.txt",)
    found = examine(indexed, Hashed())
    assert (found.findings, found.articles) == ([], RECORDS + 1)


def test_damage_that_one_look_does_not_show_is_mended_when_a_run_comes_upon_it(indexed: Path) -> None:
    folder = newest(indexed)
    assert folder is not None
    harm.garble_pages(indexed)
    note_sound(folder)
    (indexed.parent / "corpus" / "more.txt").write_text("A storm hit the coast.\n\nIt was the worst in ten years.\n")
    assert index_paths([indexed.parent / "corpus"], indexed, Hashed()).articles == RECORDS + 1
    found = examine(indexed, Hashed())
    assert (found.findings, found.articles) == ([], RECORDS + 1)


@pytest.mark.parametrize("of", ["article", "chunks"])
def test_a_row_that_is_lost_is_noticed_by_the_next_run_and_comes_back_without_being_embedded(
    indexed: Path, of: str
) -> None:
    store = Store(indexed, "hashed@1")
    lost = min(store.articles())
    if of == "article":
        store._articles.delete(ids=[lost])
    else:
        store._chunks.delete(where={"document_id": lost})
    report = index_paths([indexed.parent / "corpus"], indexed, Hashed())
    assert (report.articles, report.chunks) == (RECORDS, 0 if of == "article" else 1)
    _check_whole(indexed)


def test_with_the_manifest_lost_too_the_doctor_leaves_it_to_the_next_run(indexed: Path) -> None:
    folder = newest(indexed)
    assert folder is not None
    (folder / "manifest.json").unlink()
    harm.garble_the_database(indexed)
    found = examine(indexed, Hashed())
    (finding,) = found.findings
    assert (finding.remedy, finding.fixable) == ("run `byline index` on the folder of its articles", False)
    assert repair(indexed, Hashed(), None, found).findings == [finding]
    index_paths([indexed.parent / "corpus"], indexed, Hashed())
    _check_whole(indexed)


def test_a_damaged_store_of_other_articles_or_another_embedder_is_refused_and_stays(
    indexed: Path, tmp_path: Path
) -> None:
    harm.garble_the_database(indexed)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("Another corpus.\n\nIt has one article.\n")
    with pytest.raises(StoreError, match=rf"is the index of {tmp_path / 'corpus'}; give another folder"):
        index_paths([tmp_path / "other"], indexed, Hashed())
    other = Hashed()
    other.fingerprint = "other@1"
    with pytest.raises(StoreError, match=r"is damaged, and another embedder .* made it; remove that folder"):
        index_paths([tmp_path / "corpus"], indexed, other)
    assert next(path.name for path in indexed.glob("0*")).startswith("00000001-")


@pytest.mark.parametrize("hurt", [harm.delete_the_database, harm.delete_the_folder])
def test_reading_makes_nothing(indexed: Path, hurt: Callable[[Path], None]) -> None:
    hurt(indexed)
    before = sorted(indexed.rglob("*"))
    for _ in range(2):
        with pytest.raises(DamageError, match=r"cannot be opened; .* run `byline index`"):
            Store(indexed, "hashed@1")
    assert sorted(indexed.rglob("*")) == before


def test_questions_to_a_damaged_store_are_one_sentence(indexed: Path) -> None:
    harm.tear_all_vectors(indexed)
    corpus = Corpus(Store(indexed, "hashed@1"))
    with pytest.raises(DamageError, match=rf"^The index in {indexed} cannot be read; run `byline index` on its folder"):
        corpus.nearest(Hashed().embed(["talks"])[0], 5)


def test_a_store_is_looked_at_again_only_where_its_files_are_not_what_they_were(indexed: Path) -> None:
    folder = newest(indexed)
    assert folder is not None
    assert not is_noted(folder)  # it was copied
    index_paths([indexed.parent / "corpus"], indexed, Hashed())
    assert is_noted(folder)
    harm.tear_all_vectors(indexed)
    assert not is_noted(folder)


def test_the_rows_of_a_sound_collection_are_counted(indexed: Path) -> None:
    store = Store(indexed, "hashed@1")
    assert isinstance(store._chunks, Guarded)
    assert probe(store._chunks, indexed) == RECORDS
    assert store.probe() == (RECORDS, RECORDS)


@pytest.mark.parametrize(
    ("said", "kind", "shown"),
    [
        ("database or disk is full", StoreError, "make room on its disk and try again"),
        ("attempt to write a readonly database", StoreError, "make its folder writable for this user, or copy it"),
        ("Permission denied (os error 13)", StoreError, "cannot be read by this user"),
        ("database is locked", StoreError, "try again"),
        ("database disk image is malformed", DamageError, "run `byline index` on its folder again"),
    ],
)
def test_what_chroma_says_is_told_with_the_way_out(
    tmp_path: Path, said: str, kind: type[StoreError], shown: str
) -> None:
    with pytest.raises(StoreError, match=shown) as raised, reading(tmp_path):
        raise RuntimeError(said)
    assert type(raised.value) is kind
    with pytest.raises(KeyboardInterrupt), reading(tmp_path):
        raise KeyboardInterrupt


def test_a_folder_without_a_store_is_told_from_one_that_was_never_finished(tmp_path: Path) -> None:
    assert str(no_store(tmp_path / "none")).startswith(f"There is no index in {tmp_path / 'none'}; make one")
    (tmp_path / "00000001-00000000.half").mkdir()
    assert "was never finished" in str(no_store(tmp_path))
    (tmp_path / "chroma").mkdir()
    assert "is of another version" in str(no_store(tmp_path))


@pytest.mark.skipif(os.getuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
@pytest.mark.parametrize(
    ("place", "mode", "shown"),
    [
        (".", 0o555, [RECORDS, "{} cannot be written to; make it writable for this user."]),
        ("lock", 0o444, [RECORDS, "{}/lock cannot be written to; make it writable for this user."]),
        ("0*/chroma/chroma.sqlite3", 0o444, ["cannot be written to, which Chroma does even where it reads; make its"]),
        ("0*/chroma/chroma.sqlite3", 0o000, ["The index in {} cannot be read by this user; make its folder readable"]),
        (".", 0o000, ["The index in {} cannot be read by this user;", "{} cannot be written to; make it writable"]),
    ],
)
def test_a_store_that_may_not_be_written_or_read_is_told_and_is_no_damage(
    indexed: Path, place: str, mode: int, shown: list[object]
) -> None:
    target = next(indexed.glob(place)) if place != "." else indexed
    before = target.stat().st_mode
    target.chmod(mode)
    command = [*(KEEPS_MODES if os.getuid() == 0 else []), sys.executable, "-c", ASK, str(indexed)]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    finally:
        target.chmod(before)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(str(line).format(indexed) in done.stdout for line in shown), done.stdout
    assert "remove that folder" not in done.stdout
