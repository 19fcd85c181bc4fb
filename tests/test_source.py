import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from closed import UNPRIVILEGED, closed, needs_closed

from index.errors import SourceError
from index.source import find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "C.TXT", "deep/er/d.txt", "notes.doc", ".hidden.txt", ".git/e.txt"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The talks began.")
    return tmp_path / "corpus"


def _names(paths: list[Path]) -> list[str]:
    source = find_files(paths)
    return [file.relative_to(source.root).as_posix() for file in source.files]


def test_files_of_articles_are_found_in_all_folders_and_sorted(folder: Path) -> None:
    assert _names([folder]) == ["C.TXT", "a.md", "b.txt", "deep/er/d.txt"]
    assert find_files([folder]).root == folder


def test_files_of_other_formats_are_listed_as_skipped(folder: Path) -> None:
    reason = "not an article format (.txt, .md, .html, .htm, .pdf, .docx, .json, .jsonl or .csv)"
    assert find_files([folder]).skipped == (("notes.doc", reason),)


def test_a_file_named_alone_is_found_and_its_folder_is_the_root(folder: Path) -> None:
    assert find_files([folder / "b.txt"]).root == folder
    assert _names([folder / "b.txt"]) == ["b.txt"]


def test_names_are_relative_to_the_folder_that_all_paths_share(folder: Path) -> None:
    assert _names([folder / "deep", folder / "b.txt"]) == ["b.txt", "deep/er/d.txt"]


def test_a_path_named_twice_is_read_once(folder: Path) -> None:
    assert _names([folder, folder / "b.txt", folder / "deep"]) == ["C.TXT", "a.md", "b.txt", "deep/er/d.txt"]


def test_the_way_a_path_is_written_does_not_matter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert find_files([Path("corpus")]) == find_files([folder / "deep" / ".."])


@pytest.mark.parametrize("page", ["The talks.html", "The talks.htm", "The talks.HTML"])
def test_the_files_that_a_browser_saved_with_a_page_are_no_articles(folder: Path, page: str) -> None:
    saved = folder / "deep" / "The talks_files"
    saved.mkdir()
    for name in ("frame.html", "data.json", "more/notes.txt"):
        (saved / name).parent.mkdir(exist_ok=True)
        (saved / name).write_text("Advertisement")
    assert len(_names([folder])) == 4 + 3, "without the page, they are files like others"
    (folder / "deep" / page).write_text("The talks began.")
    assert _names([folder]) == ["C.TXT", "a.md", "b.txt", f"deep/{page}", "deep/er/d.txt"]


def test_a_folder_that_is_passed_over_as_saved_with_a_page_is_told_where_it_holds_an_article(folder: Path) -> None:
    for name in ("2024_files/notes.txt", "2024_files/more/b.txt", "2025_files/style.css", "2024.html", "2025.html"):
        (folder / "deep" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "deep" / name).write_text("The talks began.")
    told = [place for place in find_files([folder, folder / "deep"]).skipped if "_files" in place[0]]
    assert told == [("deep/2024_files", "holds what a browser saved with 2024.html")]
    both = find_files([folder, folder / "deep" / "2024_files"])
    assert "deep/2024_files/notes.txt" in [file.relative_to(folder).as_posix() for file in both.files]
    assert [name for name, _ in both.skipped] == ["notes.doc"], "nothing is left to be told"


def test_linked_folders_are_passed_over_and_linked_files_are_read(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "f.txt").write_text("The talks began.")
    (folder / "linked").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "f.txt").symlink_to(outside / "f.txt")
    assert _names([folder]) == ["C.TXT", "a.md", "b.txt", "deep/er/d.txt", "f.txt"]


@pytest.mark.parametrize(
    "name", ["a.HTML", "a.htm", "a.pdf", "a.docx", "a.json", "a.jsonl", "a.csv", "a.jsonl.gz", "a.txt.GZ"]
)
def test_every_format_is_found_packed_or_not(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert _names([tmp_path]) == [name]


def test_a_link_to_a_file_that_is_read_anyway_is_not_read_twice(folder: Path) -> None:
    (folder / "again.txt").symlink_to(folder / "b.txt")
    (folder / "again too.txt").symlink_to(folder / "again.txt")
    source = find_files([folder])
    assert [file.name for file in source.files] == ["C.TXT", "a.md", "b.txt", "d.txt"]
    assert ("again.txt", "leads to b.txt, which is read") in source.skipped
    assert ("again too.txt", "leads to b.txt, which is read") in source.skipped


def test_of_two_links_to_one_file_elsewhere_one_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("The talks began.")
    (folder / "one.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "two.txt").symlink_to(folder / "one.txt")
    source = find_files([folder])
    assert "one.txt" in _names([folder])
    assert "two.txt" not in _names([folder])
    assert ("two.txt", "leads to the same file as one.txt, which is read") in source.skipped


def test_a_folder_that_cannot_be_listed_is_named_with_its_reason(folder: Path) -> None:
    with closed(folder / "deep"):
        source = find_files([folder])
    assert [file.name for file in source.files] == ["C.TXT", "a.md", "b.txt"]
    reason = "is a folder that cannot be listed (Permission denied); make it readable."
    assert ("deep", reason) in source.skipped
    assert (source.may_hold("deep/er/d.txt"), source.may_hold("gone.txt")) == (True, False)
    with closed(folder), pytest.raises(SourceError, match=rf"^{folder} is a folder that cannot be listed \(Permission"):
        find_files([folder])


def test_the_files_of_an_index_are_no_articles(folder: Path) -> None:
    for store in ("own", "deep/other"):
        for part in ("00000001-00c0ffee/lexical/catalogue.json", "server/00000002-00c0ffee.half/chroma/a.txt"):
            (folder / store / part).parent.mkdir(parents=True)
            (folder / store / part).write_text("{}")
    (folder / "own" / "vectors-1").touch()
    source = find_files([folder], folder / "own")
    assert [file.name for file in source.files] == ["C.TXT", "a.md", "b.txt", "d.txt"]
    assert [name for name, _ in source.skipped] == ["notes.doc"]


def test_what_an_index_keeps_beside_its_generations_is_not_told_as_skipped(folder: Path) -> None:
    own = ("lock", "writer", "vectors-00c0ffee")
    for name in own:
        (folder / name).touch()
    (folder / "00000001-00c0ffee.half").mkdir()
    (folder / "00000001-00c0ffee.half" / "f.txt").touch()
    source = find_files([folder], folder)
    assert [file.name for file in source.files] == ["C.TXT", "a.md", "b.txt", "d.txt"]
    assert [name for name, _ in source.skipped] == ["notes.doc"]
    assert [name for name, _ in find_files([folder]).skipped] == sorted((*own, "notes.doc"))
    (folder / "00000002-00c0ffee" / "lexical").mkdir(parents=True)
    assert [name for name, _ in find_files([folder]).skipped] == ["notes.doc"]


def test_articles_in_a_folder_named_as_a_file_of_the_index_are_found(folder: Path) -> None:
    (folder / "deep").rename(folder / "writer")
    assert "d.txt" in [file.name for file in find_files([folder], folder).files]


@needs_closed
def test_the_files_of_a_folder_that_can_only_be_listed_are_named_with_their_reason(folder: Path, store: Path) -> None:
    (folder / "deep" / "er").chmod(0o400)
    command = [*UNPRIVILEGED, Path(sys.executable).with_name("byline"), "index", folder, "--store", store, "--json"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    (folder / "deep" / "er").chmod(0o700)
    report = json.loads(done.stdout)
    assert report["added"] == ["C.TXT", "a.md", "b.txt"]
    assert {
        "file": "deep/er/d.txt",
        "reason": "cannot be read (Permission denied); make it readable or remove it.",
    } in report["skipped"]


@pytest.mark.parametrize("part", ["00000001-00c0ffee/lexical", "server/00000002-00c0ffee.half/chroma"])
def test_the_files_beside_the_generations_of_an_index_are_passed_over(folder: Path, part: str) -> None:
    (folder / "another" / part).mkdir(parents=True)
    for place in (folder / "another", folder / "own", folder / "deep"):
        place.mkdir(exist_ok=True)
        for name in ("lock", "writer", "vectors-00c0ffee", "vectors-of-disease"):
            (place / name).touch()
    named = [name for name, _ in find_files([folder], folder / "own").skipped]
    assert named == [
        "another/vectors-of-disease",
        *(f"deep/{name}" for name in ("lock", "vectors-00c0ffee", "vectors-of-disease", "writer")),
        "notes.doc",
    ]
    (folder / "own" / "a.txt").write_text("The talks began.")
    assert [name for name, _ in find_files([folder / "own"], folder / "own").skipped] == ["vectors-of-disease"]


def test_links_that_lead_nowhere_or_in_a_circle_are_found_for_the_reader_to_name(folder: Path) -> None:
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    assert {"circle.txt", "nowhere.txt"} <= set(_names([folder]))


def test_names_keep_their_letters_as_the_disk_has_them(tmp_path: Path) -> None:
    for name in ("caf\u00e9.txt", "cafe\u0301.txt", "\u4f1a\u8c08.txt", "a\nb.txt", 'it\'s "so".txt'):
        (tmp_path / name).write_text("The talks began.")
    assert set(_names([tmp_path])) == {path.name for path in tmp_path.iterdir()}
    assert len(_names([tmp_path])) >= 4


def test_a_file_whose_name_is_not_utf_8_is_skipped_with_the_reason(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))).write_text("The talks began.")
    assert ("caf?.txt", "its name is not UTF-8; rename it") in find_files([folder]).skipped
    assert "b.txt" in _names([folder])


@pytest.mark.parametrize("name", ["nowhere", "no/where.txt", "x" * 5000, "nul\0"])
def test_a_missing_path_is_an_error_that_names_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="does not exist; give a folder of articles, or an article"):
        find_files([tmp_path / name])


def test_an_empty_folder_is_an_error_that_names_it_and_the_formats(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=rf"^{tmp_path} holds no \.txt, .* or \.csv file; put articles there\.$"):
        find_files([tmp_path])


def test_a_file_of_another_format_alone_is_an_error(folder: Path) -> None:
    with pytest.raises(SourceError, match=r"notes\.doc holds no \.txt, .* or \.csv file"):
        find_files([folder / "notes.doc"])


def test_what_lies_in_a_folder_that_cannot_be_entered_is_there_for_the_reader_to_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its names can be listed, and nothing else is told of them."""
    stat = os.stat

    def refuse(path: Any, *args: Any, **kwargs: Any) -> os.stat_result:
        if not isinstance(path, int) and Path(os.fsdecode(path)).parent == folder / "deep" / "er":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return stat(path, *args, **kwargs)

    for name in ("stat", "lstat"):
        monkeypatch.setattr(os, name, refuse)
    assert "deep/er/d.txt" in _names([folder])
    assert _names([folder / "deep" / "er" / "d.txt"]) == ["d.txt"]
