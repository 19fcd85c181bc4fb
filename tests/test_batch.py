import gzip
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.errors import QuestionError
from ui.batch import answer_lines, read_batch

if TYPE_CHECKING:
    from qa.library import Library


def test_every_line_gets_its_answer_in_order_and_a_bad_line_costs_only_itself(library: "Library") -> None:
    lines = [
        json.dumps({"id": "a", "question": "Who heads the Ukrainian delegation?"}),
        "{broken",
        json.dumps({"id": 3, "question": "   "}),
        json.dumps({"id": "d"}),
        json.dumps([1, 2]),
        json.dumps({"id": "f", "question": "Why?", "history": "x"}),
        json.dumps({"id": "g", "question": "Why?", "history": [{"role": "robot", "text": "x"}]}),
        json.dumps({"id": "h", "question": "How many drone attacks were there?", "history": None}),
    ]
    rows = list(answer_lines(library, list(enumerate(lines, start=1)), k=4))
    assert [row["id"] for row in rows] == ["a", None, 3, "d", None, "f", "g", "h"]
    assert ["error" in row for row in rows] == [False, True, True, True, True, True, True, False]
    assert all(row["error"].count("\n") == 0 for row in rows if "error" in row)
    assert "Umerov" in rows[0]["answer"]
    assert len(rows[0]["passages"]) == 4


def test_the_history_of_a_line_is_used(library: "Library") -> None:
    turns = [{"role": "user", "text": "Who leads the Ukrainian delegation?"}, {"role": "assistant", "text": "Umerov."}]
    line = json.dumps({"id": 1, "question": "And the other side?", "history": turns})
    (row,) = answer_lines(library, [(1, line)], k=20)
    assert row["standalone_question"] == "Who leads the Russian delegation?"
    assert row["question"] == "And the other side?"


def test_a_byte_order_mark_and_empty_lines_are_passed_over_and_packed_files_unpacked(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"id": 1}\r\n\n  \n{"id": 2}\n'
    (tmp_path / "q.jsonl").write_bytes(data)
    (tmp_path / "q.jsonl.gz").write_bytes(gzip.compress(data))
    for file in ("q.jsonl", "q.jsonl.gz"):
        assert [(number, json.loads(line)["id"]) for number, line in read_batch(tmp_path / file)] == [(1, 1), (4, 2)]


def test_an_error_names_the_line_as_an_editor_counts_it(library: "Library", tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('\n\n[1]\n\n\n\n{broken\n{"id": 8}\n', "utf-8")
    rows = answer_lines(library, read_batch(tmp_path / "q.jsonl"), k=4)
    assert [row["error"].partition(";")[0] for row in rows] == [
        "Line 3 is no JSON object",
        "Line 7 is not JSON",
        'Line 8 has no "question"',
    ]


def test_a_line_that_is_not_utf_8_costs_only_itself(library: "Library", tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes(b'{"id": 1}\n\xff\xfe{"id": 2, "question": "Who?"}\n{"id": 3}\n')
    rows = list(answer_lines(library, read_batch(tmp_path / "q.jsonl"), k=4))
    assert [row["error"].partition(";")[0] for row in rows] == [
        'Line 1 has no "question"',
        "Line 2 is not UTF-8 text",
        'Line 3 has no "question"',
    ]


def test_standard_input_is_read_as_utf_8_whatever_the_terminal_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(data: bytes) -> list[tuple[int, str]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "latin-1"))
        return read_batch(Path("-"))

    assert send('\ufeff\n{"id": "é"}\n'.encode()) == [(2, '{"id": "é"}')]
    for data in (b"\xe9\xff", gzip.compress(b"{}")):
        with pytest.raises(QuestionError) as caught:
            send(data)
        assert str(caught.value) == "Standard input is not UTF-8 text; send it as UTF-8."


def test_standard_input_that_cannot_be_read_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "out").open("w") as only_written:
        monkeypatch.setattr(sys, "stdin", only_written)
        with pytest.raises(QuestionError, match=r"^Standard input cannot be read \(.*\); send lines of JSON\.$"):
            read_batch(Path("-"))


def test_a_file_that_cannot_be_read_is_an_error_of_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9\xff")
    (tmp_path / "broken.jsonl.gz").write_bytes(gzip.compress(b"{}")[:-4])
    for file, says in (
        ("none.jsonl", "cannot be read (No such file or directory); give a file of JSON lines."),
        ("latin.jsonl", "is not UTF-8 text; save it as UTF-8."),
        ("broken.jsonl.gz", "cannot be read (its gzip data are broken); give a file of JSON lines."),
    ):
        with pytest.raises(QuestionError) as caught:
            read_batch(tmp_path / file)
        assert str(caught.value) == f"{tmp_path / file} {says}"
