import gzip
from pathlib import Path

import pytest

from index.errors import SourceError
from index.opened import MAX_BYTES, opened

DATA = bytes(range(256)) * 4


@pytest.mark.parametrize("data", [DATA, gzip.compress(DATA), gzip.compress(DATA[:500]) + gzip.compress(DATA[500:])])
def test_a_file_is_its_bytes_unpacked_and_its_size_on_disk(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    with opened(path, "a") as source:
        assert source.head() == DATA
        assert source.whole() == DATA
        assert source.size == len(data)


def test_text_goes_on_where_the_bytes_stand_and_line_ends_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("é\r\nb\rc\n".encode())
    with opened(tmp_path / "a", "a") as source:
        assert source.head()
        assert list(source.text("utf-8", "strict")) == ["é\r\n", "b\r", "c\n"]


def test_a_file_beyond_the_limit_is_an_error_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(bytes(range(250)) * 9000, 1))
    with opened(tmp_path / "a", "a") as source, pytest.raises(SourceError, match=r"^a is larger than 2 MiB; cut it\.$"):
        source.whole(2 << 20, "cut it")
    with (tmp_path / "b").open("wb") as file:
        file.truncate(MAX_BYTES * 1000)
    with opened(tmp_path / "b", "b") as source, pytest.raises(SourceError, match=r"^b is larger than 64 MiB"):
        source.whole()


@pytest.mark.parametrize("cut", [2, 12, 40, -1, -8])
def test_gzip_that_is_damaged_is_an_error_that_names_the_file(tmp_path: Path, cut: int) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(DATA)[:cut])
    with (
        pytest.raises(SourceError, match=r"^a is a damaged gzip file; pack it again\.$"),
        opened(tmp_path / "a", "a") as it,
    ):
        it.whole()


def test_a_file_that_vanishes_or_cannot_be_read_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^a cannot be read \(.+\); make it readable or remove it\.$"):
        opened(tmp_path / "a", "a").__enter__()
    with pytest.raises(SourceError, match=r"^a is no regular file; remove it or put an article there\.$"):
        opened(tmp_path, "a").__enter__()
