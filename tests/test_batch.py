import json
from typing import TYPE_CHECKING

import pytest

from index.errors import QuestionError
from ui.batch import answer_lines, read_lines

if TYPE_CHECKING:
    from pathlib import Path

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
    rows = list(answer_lines(library, lines, k=4))
    assert [row["id"] for row in rows] == ["a", None, 3, "d", None, "f", "g", "h"]
    assert ["error" in row for row in rows] == [False, True, True, True, True, True, True, False]
    assert all(row["error"].count("\n") == 0 for row in rows if "error" in row)
    assert "Umerov" in rows[0]["answer"]
    assert len(rows[0]["passages"]) == 4


def test_the_history_of_a_line_is_used(library: "Library") -> None:
    turns = [{"role": "user", "text": "Who leads the Ukrainian delegation?"}, {"role": "assistant", "text": "Umerov."}]
    line = json.dumps({"id": 1, "question": "And the other side?", "history": turns})
    (row,) = answer_lines(library, [line], k=20)
    assert row["standalone_question"] == "Who leads the Russian delegation?"
    assert row["question"] == "And the other side?"


def test_a_byte_order_mark_and_empty_lines_are_passed_over(tmp_path: "Path") -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": 1}\r\n\n  \n{"id": 2}\n')
    assert [json.loads(line)["id"] for line in read_lines(file)] == [1, 2]


def test_a_file_that_cannot_be_read_is_an_error_of_one_sentence(tmp_path: "Path") -> None:
    with pytest.raises(QuestionError, match="cannot be read"):
        read_lines(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9\xff")
    with pytest.raises(QuestionError, match="is not UTF-8"):
        read_lines(tmp_path / "latin.jsonl")
