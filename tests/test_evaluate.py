"""`byline eval` as a user runs it."""

import json
import sys
from pathlib import Path

import pytest
from misbehaving import misbehaving

from qa.metrics import curve, measure
from ui.cli import main
from ui.evaluate import tables

GOLD = [
    {"id": 1, "question": "Who heads the Ukrainian delegation?", "answers": ["Rustem Umerov"], "kind": "fact",
     "relevant": ["003_99f3c5580de93d01.txt", "004_c6e65dc37064c9b3.txt"], "answer_in_gold": True},
    {"id": 2, "question": "What did the Vatican say?", "answerable": False, "kind": "absent"},
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(map(json.dumps, GOLD)), "utf-8")
    return file


def _numbers(printed: str, first: str) -> list[str]:
    """Return the cells of the line that begins with a word."""
    (line,) = [line for line in printed.splitlines() if line.startswith(first)]
    return line.removeprefix(first).split()


def test_the_tables_the_json_and_the_plot_are_made(
    gold: Path, seed_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores, plot = tmp_path / "scores.json", tmp_path / "curve.png"
    args = ["eval", str(gold), "--store", str(seed_store), "--json", str(scores), "--plot", str(plot), "--wrong"]
    assert main(args) == 0
    printed = capsys.readouterr().out
    row = json.loads(scores.read_text("utf-8"))
    assert (row["gold"], row["k"], row["metrics"]["asked"]) == ("gold.jsonl", 20, 2)
    hits = row["metrics"]["retrieval"]["measures"]["Hits@1"]
    assert _numbers(printed, "retrieval")[:2] == ["1", f"{hits:.3f}"]
    answers = row["metrics"]["answers"]
    cells = ["1", "of", "1", *(f"{answers[name]:.3f}" for name in ("exact", "f1", "text_f1", "holds", "first"))]
    assert answers["f1"] > 0.5
    assert _numbers(printed, "answerable") == _numbers(printed, "answer stands in an article") == cells
    assert _numbers(printed, "not answerable") == ["1", "of", "1", "1", "1.000", "1.000", "1.000"]
    assert _numbers(printed, "absent")[:3] == ["1", "of", "1"]
    assert len(row["metrics"]["refusals"]["curve"]) == 101
    assert row["questions"][1]["said"].startswith("Not in these articles")
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_a_part_of_the_questions_is_asked_when_so_many_are_wanted(
    gold: Path, seed_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", str(gold), "--store", str(seed_store), "--limit", "1"]) == 0
    assert capsys.readouterr().out.startswith("1 questions: 1 that the articles answer, 0 that they do not")


def test_a_batch_is_scored_without_an_index(
    gold: Path, seed_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", str(gold), "--store", str(seed_store)]) == 0
    answers = tmp_path / "answers.jsonl"
    answers.write_text(capsys.readouterr().out, "utf-8")
    assert main(["eval", str(gold), "--against", str(answers)]) == 0
    scored = capsys.readouterr().out.splitlines()[:-1]
    assert main(["eval", str(gold), "--store", str(seed_store)]) == 0
    asked = capsys.readouterr().out.splitlines()[:-1]
    kind = next(i for i, line in enumerate(asked) if line.startswith("kind"))
    assert scored[:kind] == asked[:kind]


def test_what_goes_wrong_is_listed(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "none.jsonl"
    answers.write_text("", "utf-8")
    assert main(["eval", str(gold), "--against", str(answers), "--wrong"]) == 0
    captured = capsys.readouterr()
    assert "2 without an answer" in captured.out
    assert [line[:2] for line in captured.err.splitlines()] == ["1 ", "2 "]


def test_articles_that_are_not_there_are_told_once(
    gold: Path, seed_store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gold.write_text(json.dumps({**GOLD[0], "relevant": ["r1", "r2"]}), "utf-8")
    assert main(["eval", str(gold), "--store", str(seed_store)]) == 0
    assert [record.getMessage().split(", first ")[0] for record in caplog.records] == [
        f"2 articles that {gold} names are not in the index"
    ]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["none.jsonl"], "none.jsonl cannot be read"),
        (["gold.jsonl", "--against", "none.jsonl"], "none.jsonl cannot be read"),
        (["gold.jsonl", "--corpus", "gold.txt"], "gold.txt holds no record"),
        (["gold.jsonl", "--json", "no/such/folder.json"], "folder.json cannot be written"),
        (["gold.jsonl", "--plot", "curve.docx"], "curve.docx does not end as a picture"),
        (["one.jsonl", "--plot", "curve.png"], "There is no curve to plot"),
        (["bad.jsonl"], "bad.jsonl line 2 is not JSON"),
    ],
)
def test_bad_input_is_one_line_that_names_it(
    gold: Path,
    seed_store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    args: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(gold.parent)
    Path("gold.txt").write_text("not JSON\n", "utf-8")
    Path("bad.jsonl").write_text(json.dumps(GOLD[0]) + "\n{", "utf-8")
    Path("one.jsonl").write_text(json.dumps(GOLD[0]), "utf-8")
    assert main(["eval", *args, "--store", str(seed_store)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line


@pytest.mark.parametrize(("library", "args"), [("ir_measures", []), ("matplotlib.figure", ["--plot", "x.png"])])
def test_a_missing_extra_is_one_line_that_names_it(
    gold: Path,
    seed_store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    library: str,
    args: list[str],
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert main(["eval", str(gold), "--store", str(seed_store), *args]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "byline[eval]" in line


def test_columns_stand_under_their_heads() -> None:
    from qa.evaluation import Evaluation

    printed = tables(Evaluation(measure([]), {}, {}, ()))
    assert printed.startswith("0 questions")
    assert "refusals        refused  all refused  precision  recall  AUC" in printed
    assert curve([], []) == ()


def test_a_models_answers_are_scored_beside_those_made_of_quotations(
    gold: Path, seed_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with misbehaving() as server:
        model = f"{server.url('good')}#some-model"
        assert main(["eval", str(gold), "--store", str(seed_store), "--model", model]) == 0
    printed = capsys.readouterr().out
    quoted, written = _numbers(printed, "quotations "), _numbers(printed, model)
    assert quoted[:3] == written[:3] == ["1", "of", "1"]
    assert quoted[4:7] == written[4:7] == ["1", "of", "1"]
    assert quoted[12:14] == ["0", "0"]
    assert written[7:14] == ["1", "1.000", "0", "of", "0", "1", "0"]
