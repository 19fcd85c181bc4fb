import gzip
import json
from pathlib import Path

import pytest

from index.errors import QuestionError
from qa.followup import Turn
from qa.gold import read_gold, read_rows, spread


def _file(folder: Path, *lines: object) -> Path:
    file = folder / "gold.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return file


def test_every_field_is_read(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "question": "And when?",
        "history": [{"role": "user", "text": "Where did they meet?"}],
        "kind": "followup",
        "answers": ["Friday", "16 May"],
        "evidence": ["They met on Friday."],
        "relevant": ["a.txt"],
        "answerable": True,
        "answer_in_gold": False,
        "rewrite": "When did they meet?",
        "anything": "else",
    }
    (gold,) = read_gold(_file(tmp_path, row))
    assert (gold.id, gold.question, gold.kind) == ("7", "And when?", "followup")
    assert gold.history == (Turn("user", "Where did they meet?"),)
    assert (gold.answers, gold.evidence, gold.relevant) == (("Friday", "16 May"), ("They met on Friday.",), ("a.txt",))
    assert (gold.answerable, gold.answer_in_gold, gold.rewrite) == (True, False, "When did they meet?")


def test_the_words_of_other_gold_files_are_understood(tmp_path: Path) -> None:
    first, second, third = read_gold(
        _file(
            tmp_path,
            {"question": "Who?", "any": [["a", "b"], ["c"]], "files": ["x.txt"], "refuse": False, "type": "fact"},
            {"question": "Who else?", "any": [], "files": [], "refuse": True},
            {"question": "What?", "answers": "one", "relevant": None, "gold_sentences": ["One."], "answerable": None},
        )
    )
    assert (first.words, first.relevant) == ((("a", "b"), ("c",)), ("x.txt",))
    assert (first.kind, first.answerable) == ("fact", True)
    assert (second.answerable, second.kind) == (False, "")
    assert (third.answers, third.relevant, third.evidence, third.answerable) == (("one",), (), ("One.",), None)


def test_a_question_without_an_id_has_the_number_of_its_line(tmp_path: Path) -> None:
    row = {"question": "Who?", "answers": ["x"]}
    assert [gold.id for gold in read_gold(_file(tmp_path, row, "", row))] == ["1", "3"]


def test_a_gzipped_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    packed = tmp_path / "gold.jsonl"
    packed.write_bytes(gzip.compress(b'\xef\xbb\xbf{"question": "Who?", "answers": ["x"]}\r\n'))
    assert read_gold(packed)[0].question == "Who?"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{broken", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[1]", "is no JSON object"),
        ({"answers": ["x"]}, 'has no "question"'),
        ({"question": "  ", "answers": ["x"]}, 'has no "question"'),
        ({"question": "Who?"}, 'write "answerable": false'),
        ({"question": "Who?", "answers": [1]}, '"answers" that are no list of strings'),
        ({"question": "Who?", "relevant": {"a": 1}}, '"relevant" that are no list of strings'),
        ({"question": "Who?", "any": ["a"]}, '"any" that is no list of lists'),
        ({"question": "Who?", "answerable": "no"}, '"answerable": "no"; write true or false'),
        ({"question": "Who?", "answers": ["x"], "history": "x"}, '"history" that is no list of turns'),
        ({"question": "Who?", "answers": ["x"], "history": [{"role": "robot", "text": ""}]}, "robot"),
        ({"id": 1, "question": "Who?", "answers": ["x"]}, 'has the id "1" of line 1'),
    ],
)
def test_a_bad_line_is_one_sentence_that_names_file_and_line(tmp_path: Path, line: object, says: str) -> None:
    file = _file(tmp_path, {"question": "Who?", "answers": ["x"]}, line)
    with pytest.raises(QuestionError) as error:
        read_gold(file)
    assert str(error.value).startswith(f"{file} line 2 ")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "holds no question"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"\x1f\x8bnot gzip", "cannot be read"),
        (gzip.compress(b"{}" * 500, mtime=0)[:-9], "cannot be read"),
    ],
)
def test_a_file_that_holds_no_gold_says_so(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_bytes(data)
    with pytest.raises(QuestionError, match=says):
        read_gold(file)
    with pytest.raises(QuestionError, match=r"none\.jsonl cannot be read"):
        read_rows(tmp_path / "none.jsonl")


@pytest.mark.parametrize(("count", "kept"), [(1, [0]), (3, [0, 3, 6]), (10, list(range(10))), (99, list(range(10)))])
def test_a_part_of_the_questions_is_spread_evenly(count: int, kept: list[int]) -> None:
    assert spread(range(10), count) == kept
