import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from agency import EDITED, OWN, WIRE
from counted import STORM, TALKS, Counted, found_by_meaning, found_by_word, settle
from made import pdf

from index.corpus import Corpus
from index.indexing import index_paths
from index.report import Report
from index.store import Store


def test_a_first_run_adds_all_articles_and_says_so(folder: Path, store: Path, counted: Counted) -> None:
    report = index_paths([folder], store, counted)
    files = ("banks.md", "talks.txt")
    assert report == Report(str(folder), str(store), files, (), (), (), 0, (), (), (), chunks=2, articles=2)
    assert counted.texts == 2
    assert found_by_meaning(store, counted, "Which banks are under sanctions?")[0] == "banks.md"
    assert found_by_word(store, counted, "istanbul") == ["talks.txt"]


def test_a_second_run_embeds_nothing_changes_nothing_and_says_so(folder: Path, store: Path, counted: Counted) -> None:
    index_paths([folder], store, counted)
    settle(folder)
    index_paths([folder], store, counted)
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*")}
    runs = counted.runs
    report = index_paths([folder], store, counted)
    assert report == Report(str(folder), str(store), (), (), (), (), 2, (), (), (), chunks=0, articles=2)
    assert counted.runs == runs
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*")} == before


def test_a_second_run_opens_no_file_that_looks_as_it_did(
    folder: Path, store: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(folder)
    index_paths([folder], store, counted)

    def read(*_: object) -> None:
        raise AssertionError("a file was read")

    for name in ("index.windows.read_file", "index.windows.look_at", "index.manifest.look_at", "index.indexing.Store"):
        monkeypatch.setattr(name, read)
    assert index_paths([folder], store, counted).unchanged == 2


def test_an_edit_that_keeps_size_and_time_is_found_where_the_file_was_young_when_it_was_read(
    folder: Path, store: Path, counted: Counted
) -> None:
    path = folder / "talks.txt"
    tick = time.time_ns() + 1_000_000_000  # within the grain of a clock, however slow this machine is
    os.utime(path, ns=(tick, tick))
    index_paths([folder], store, counted)
    status = path.stat()
    path.write_text(TALKS.replace("Istanbul", "Helsinki"))
    os.utime(path, ns=(tick, tick))
    assert path.stat().st_size == status.st_size
    assert index_paths([folder], store, counted).changed == ("talks.txt",)
    assert found_by_word(store, counted, "istanbul") == []


def test_a_new_file_is_added_and_only_it_is_embedded(folder: Path, store: Path, counted: Counted) -> None:
    index_paths([folder], store, counted)
    (folder / "deep").mkdir()
    (folder / "deep" / "storm.txt").write_text(STORM)
    texts = counted.texts
    report = index_paths([folder], store, counted)
    assert (report.added, report.changed, report.removed, report.unchanged) == (("deep/storm.txt",), (), (), 2)
    assert counted.texts == texts + 1
    assert found_by_meaning(store, counted, "How many died in the storm?")[0] == "deep/storm.txt"


def test_a_changed_file_is_read_anew_and_its_old_text_is_gone(folder: Path, store: Path, counted: Counted) -> None:
    index_paths([folder], store, counted)
    (folder / "talks.txt").write_text(STORM)
    report = index_paths([folder], store, counted)
    assert (report.added, report.changed, report.removed, report.unchanged) == ((), ("talks.txt",), (), 1)
    assert sorted(found_by_meaning(store, counted, "Istanbul")) == ["banks.md", "talks.txt"]
    assert found_by_word(store, counted, "istanbul") == []
    assert found_by_word(store, counted, "storm") == ["talks.txt"]


def test_a_removed_file_is_found_no_more(folder: Path, store: Path, counted: Counted) -> None:
    index_paths([folder], store, counted)
    (folder / "talks.txt").unlink()
    report = index_paths([folder], store, counted)
    assert (report.added, report.changed, report.removed, report.articles) == ((), (), ("talks.txt",), 1)
    assert found_by_meaning(store, counted, "talks in Istanbul") == ["banks.md"]
    assert found_by_word(store, counted, "istanbul") == []


def test_a_renamed_file_is_cited_by_its_new_name_only_and_not_embedded_again(
    folder: Path, store: Path, counted: Counted
) -> None:
    index_paths([folder], store, counted)
    (folder / "deep").mkdir()
    (folder / "talks.txt").rename(folder / "deep" / "istanbul.md")
    report = index_paths([folder], store, counted)
    assert (report.renamed, report.added, report.removed) == ((("talks.txt", "deep/istanbul.md"),), (), ())
    assert (report.unchanged, report.chunks, counted.texts) == (1, 0, 2)
    assert found_by_meaning(store, counted, "talks in Istanbul") == ["deep/istanbul.md", "banks.md"]


def test_of_a_changed_article_only_the_new_chunks_are_embedded(folder: Path, store: Path, counted: Counted) -> None:
    long = [f"Sentence {i} of the long report says that {'very ' * 60}little happened there." for i in range(6)]
    path = folder / "long.txt"
    path.write_text("A Long Report of the Talks\n\n" + "\n\n".join(long))
    first = index_paths([folder], store, counted)
    path.write_text("A Long Report of the Talks\n\n" + "\n\n".join([*long, "A last sentence was added to it."]))
    report = index_paths([folder], store, counted)
    assert report.changed == ("long.txt",)
    assert first.chunks > 5
    assert report.chunks == 1


def test_a_file_touched_and_not_changed_is_not_embedded_again(folder: Path, store: Path, counted: Counted) -> None:
    index_paths([folder], store, counted)
    (folder / "talks.txt").write_text(TALKS)
    assert index_paths([folder], store, counted).unchanged == 2
    assert counted.texts == 2


def test_two_files_with_the_same_text_can_both_be_cited(folder: Path, store: Path, counted: Counted) -> None:
    shutil.copy(folder / "talks.txt", folder / "copy.txt")
    report = index_paths([folder], store, counted)
    assert (report.articles, report.duplicates, counted.texts) == (3, (("copy.txt", "talks.txt"),), 2)
    assert sorted(found_by_meaning(store, counted, "talks in Istanbul")[:2]) == ["copy.txt", "talks.txt"]
    assert sorted(found_by_word(store, counted, "istanbul")) == ["copy.txt", "talks.txt"]


def test_files_that_cannot_be_read_are_skipped_with_the_reason(folder: Path, store: Path, counted: Counted) -> None:
    (folder / "binary.txt").write_bytes(b"\0\1\2\3" * 50)
    (folder / "empty.txt").write_text("")
    (folder / "menu.txt").write_text("Read more\n\nFollow us on Twitter\n")
    (folder / "broken.txt").symlink_to(folder / "nowhere")
    (folder / "table.doc").write_text("a,b")
    report = index_paths([folder], store, counted)
    assert report.articles == 2
    skipped = ["binary.txt", "broken.txt", "empty.txt", "menu.txt", "table.doc"]
    assert [item.file for item in report.skipped] == skipped
    assert all(item.reason and not item.reason.startswith(item.file) for item in report.skipped)
    assert index_paths([folder], store, counted).skipped == report.skipped
    assert counted.texts == 2


def test_a_file_that_became_unreadable_is_removed_and_skipped(folder: Path, store: Path, counted: Counted) -> None:
    index_paths([folder], store, counted)
    (folder / "talks.txt").write_bytes(b"\0\1\2\3" * 50)
    report = index_paths([folder], store, counted)
    assert (report.removed, report.skipped[0].file) == (("talks.txt",), "talks.txt")
    assert found_by_meaning(store, counted, "talks") == ["banks.md"]


@pytest.mark.parametrize(
    "text", ["The talks\0 began in Istanbul.", "\ufeffThe talks began in Istanbul.", "Hé\u0301 😀 会谈 \u2028 \x85."]
)
def test_strange_characters_come_back_from_the_store_as_they_were(
    tmp_path: Path, store: Path, counted: Counted, text: str
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a b ‘c’.txt").write_bytes(text.encode())
    index_paths([folder], store, counted)
    corpus = Corpus(Store(store, counted.fingerprint))
    (article,) = corpus.articles.values()
    assert article.file == "a b ‘c’.txt"
    assert corpus.sentences(article.id)[0].text == text


def test_progress_is_told_as_articles_are_embedded_and_ends_at_all(
    folder: Path, store: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.vectors.SLICE", 1)
    told: list[tuple[int, int]] = []
    index_paths([folder], store, counted, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2), (2, 2)]
    index_paths([folder], store, counted, lambda done, total: told.append((done, total)))
    assert len(told) == 3


def test_what_another_process_indexed_is_found_by_a_store_opened_afterwards(
    folder: Path, store: Path, counted: Counted
) -> None:
    index_paths([folder], store, counted)
    assert len(found_by_meaning(store, counted, "storm")) == 2
    (folder / "storm.txt").write_text(STORM)
    code = (
        "import sys; from pathlib import Path\n"
        "from index.indexing import index_paths; from index.minilm import MiniLM\n"
        "index_paths([Path(sys.argv[1])], Path(sys.argv[2]), MiniLM())"
    )
    subprocess.run([sys.executable, "-c", code, str(folder), str(store)], check=True)
    assert found_by_meaning(store, counted, "storm")[0] == "storm.txt"


NO_ARTICLE = "not an article format (.txt, .md, .html, .htm, .pdf, .docx, .json, .jsonl or .csv)"


def test_the_report_is_plain_data(folder: Path, store: Path, counted: Counted) -> None:
    (folder / "table.doc").write_text("a,b")
    assert index_paths([folder], store, counted).to_dict() == {
        "root": str(folder),
        "store": str(store),
        "added": ("banks.md", "talks.txt"),
        "changed": (),
        "renamed": [],
        "removed": (),
        "unchanged": 0,
        "skipped": [{"file": "table.doc", "reason": NO_ARTICLE}],
        "duplicates": (),
        "records": [],
        "chunks": 2,
        "articles": 2,
    }


def test_copies_of_one_text_are_reported_by_their_files_and_each_stays_to_be_cited(
    folder: Path, store: Path, counted: Counted
) -> None:
    (folder / "wire.txt").write_text(WIRE)
    (folder / "edited.txt").write_text(EDITED)
    (folder / "own.txt").write_text(OWN)
    report = index_paths([folder], store, counted)
    assert report.duplicates == (("edited.txt", "wire.txt"),)
    assert json.loads(json.dumps(report.to_dict()))["duplicates"] == [["edited.txt", "wire.txt"]]
    assert index_paths([folder], store, counted).duplicates == report.duplicates
    assert {"edited.txt", "wire.txt"} <= set(found_by_meaning(store, counted, "the budget of Portugal"))
    (folder / "edited.txt").unlink()
    assert index_paths([folder], store, counted).duplicates == ()


def test_a_corpus_knows_the_copies_of_each_article(folder: Path, store: Path, counted: Counted) -> None:
    for name, text in {"wire": WIRE, "edited": EDITED, "own": OWN}.items():
        (folder / f"{name}.txt").write_text(text)
    index_paths([folder], store, counted)
    for lost in (False, True):  # read from what was saved, then made again
        if lost:
            shutil.rmtree(next(store.glob("0*/lexical")))
        corpus = Corpus(Store(store, counted.fingerprint))
        ids = {article.file: id_ for id_, article in corpus.articles.items()}
        both = {ids["wire.txt"], ids["edited.txt"]}
        assert corpus.copies(ids["wire.txt"]) == corpus.copies(ids["edited.txt"]) == both
        assert corpus.copies(ids["own.txt"]) == {ids["own.txt"]}


def test_a_file_whose_library_was_not_installed_is_read_as_soon_as_it_is(
    folder: Path, store: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "report.pdf").write_bytes(pdf([["The storm destroyed two hundred houses near Houston."]]))
    settle(folder)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pypdf", None)
        (skipped,) = index_paths([folder], store, counted).skipped
        assert "byline[pdf]" in skipped.reason
    report = index_paths([folder], store, counted)
    assert (report.added, report.skipped) == (("report.pdf",), ())


def test_the_same_few_words_are_one_group_with_their_copies_and_named_once(
    folder: Path, store: Path, counted: Counted
) -> None:
    for name, text in {"brief": "Talks go on.", "other": "Talks go on.", "wire": WIRE, "again": WIRE}.items():
        (folder / f"{name}.txt").write_text(text)
    (folder / "edited.txt").write_text(EDITED)
    report = index_paths([folder], store, counted)
    assert report.duplicates == (("again.txt", "edited.txt", "wire.txt"), ("brief.txt", "other.txt"))
