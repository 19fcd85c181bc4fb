import os
from pathlib import Path

import pytest

from index.errors import SourceError
from index.source import find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "C.TXT", "deep/er/d.txt", "notes.pdf", ".hidden.txt", ".git/e.txt"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The talks began.")
    return tmp_path / "corpus"


def _names(paths: list[Path]) -> list[str]:
    source = find_files(paths)
    return [file.relative_to(source.root).as_posix() for file in source.files]


def test_text_and_markdown_files_are_found_in_all_folders_and_sorted(folder: Path) -> None:
    assert _names([folder]) == ["C.TXT", "a.md", "b.txt", "deep/er/d.txt"]
    assert find_files([folder]).root == folder


def test_files_of_other_formats_are_listed_as_skipped(folder: Path) -> None:
    assert find_files([folder]).skipped == (("notes.pdf", "not an article format (.txt and .md are read)"),)


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


def test_linked_folders_are_passed_over_and_linked_files_are_read(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "f.txt").write_text("The talks began.")
    (folder / "linked").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "f.txt").symlink_to(outside / "f.txt")
    assert _names([folder]) == ["C.TXT", "a.md", "b.txt", "deep/er/d.txt", "f.txt"]


def test_a_file_whose_name_is_not_utf_8_is_skipped_with_the_reason(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))).write_text("The talks began.")
    assert ("caf?.txt", "its name is not UTF-8; rename it") in find_files([folder]).skipped
    assert "b.txt" in _names([folder])


@pytest.mark.parametrize("name", ["nowhere", "no/where.txt", "x" * 5000, "nul\0"])
def test_a_missing_path_is_an_error_that_names_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="does not exist; give a folder of articles, or an article"):
        find_files([tmp_path / name])


def test_an_empty_folder_is_an_error_that_names_it_and_the_formats(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=rf"^{tmp_path} holds no \.txt or \.md file; put articles there\.$"):
        find_files([tmp_path])


def test_a_file_of_another_format_alone_is_an_error(folder: Path) -> None:
    with pytest.raises(SourceError, match=r"notes\.pdf holds no \.txt or \.md file"):
        find_files([folder / "notes.pdf"])
