from pathlib import Path

import numpy as np
import pytest
from counted import Hashed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.vectors import Journal, Vectors, digest

HEAD = 8
"""Bytes before the first record of a journal."""

TEXTS = st.lists(st.sampled_from(["a", "bb", "ccc", "dddd", "eeeee", ""]), min_size=1, max_size=12)


class Indexed:
    """An index that has the vectors of some texts."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = {digest(text): text for text in texts}

    def ids(self) -> dict[bytes, str]:
        return {name: f"chunk {text}" for name, text in self.texts.items()}

    def vectors(self, ids: "list[str] | tuple[str, ...]") -> dict[str, np.ndarray]:
        return {id_: Hashed().embed([id_.removeprefix("chunk ")])[0] for id_ in ids}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS, TEXTS)
def test_every_text_gets_its_vector_and_only_unknown_texts_are_embedded_once(
    tmp_path: Path, before: list[str], first: list[str], second: list[str]
) -> None:
    (tmp_path / "journal").unlink(missing_ok=True)
    embedder, told = Hashed(), list[float]()
    journal = Journal(tmp_path / "journal")
    vectors = Vectors(embedder, Indexed(before), journal)
    for texts in (first, second):
        assert (vectors.of(texts, told.append) == Hashed().embed(texts)).all()
    new = set(first + second) - set(before)
    assert sorted(embedder.texts) == sorted(new)
    assert vectors.embedded == len(new)
    assert told[-1] == 1.0
    journal.close()
    last, opened = Hashed(), Journal(tmp_path / "journal")
    again = Vectors(last, None, opened)
    assert (again.of(first + before, told.append) == Hashed().embed(first + before)).all()
    assert sorted(last.texts) == sorted(set(first + before) - new)
    opened.remove()


def test_a_journal_cut_off_anywhere_gives_back_its_whole_records_and_goes_on(tmp_path: Path) -> None:
    texts = [f"text {i}" for i in range(5)]
    names, rows = [digest(text) for text in texts], Hashed().embed(texts)
    journal = Journal(tmp_path / "journal")
    journal.add(names, rows)
    journal.close()
    whole = (tmp_path / "journal").read_bytes()
    record = (len(whole) - HEAD) // 5
    for size in range(len(whole)):
        (tmp_path / "journal").write_bytes(whole[:size])
        cut = Journal(tmp_path / "journal")
        found = cut.read(set(names))
        assert len(found) == max(0, size - HEAD) // record
        assert all((found[name] == rows[names.index(name)]).all() for name in found)
        cut.add(names[3:], rows[3:])
        cut.close()
        mended = Journal(tmp_path / "journal")
        assert (mended.read({names[4]})[names[4]] == rows[4]).all()
        mended.remove()
        assert not (tmp_path / "journal").exists()


def test_a_record_of_zeros_that_a_power_failure_left_is_no_vector(tmp_path: Path) -> None:
    names, rows = [digest("a"), digest("b")], Hashed().embed(["a", "b"])
    journal = Journal(tmp_path / "journal")
    journal.add(names, rows)
    journal.close()
    data = bytearray((tmp_path / "journal").read_bytes())
    data[HEAD + 16 : HEAD + 16 + 64] = bytes(64)
    (tmp_path / "journal").write_bytes(data)
    opened = Journal(tmp_path / "journal")
    assert set(opened.read(set(names))) == {names[1]}
    opened.close()


@pytest.mark.parametrize("damage", [bytes(4), bytes(148), bytes(4096), b"\x10\0\0\0" + bytes(80), b"{}" * 40])
def test_what_is_no_journal_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    texts = ["a", "b", "c"]
    names, rows = [digest(text) for text in texts], Hashed().embed(texts)
    (tmp_path / "journal").write_bytes(damage)
    for part in (slice(0, 2), slice(2, 3)):  # what is added is found, by this run and by the next
        journal = Journal(tmp_path / "journal")
        journal.add(names[part], rows[part])
        found = journal.read(set(names))
        assert set(found) == set(names[: part.stop])
        assert all((found[name] == rows[names.index(name)]).all() for name in found)
        journal.close()


def test_vectors_of_another_length_begin_a_journal_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.add([digest("a")], Hashed().embed(["a"]))
    journal.add([digest("b")], Hashed().embed(["b"])[:, :8])
    assert {name: row.shape for name, row in journal.read({digest("a"), digest("b")}).items()} == {digest("b"): (8,)}
    journal.remove()
