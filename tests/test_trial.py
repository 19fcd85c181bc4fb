"""Trials: a small cluster is indexed, asked and held against its gold."""

import json
from pathlib import Path

import pytest
from learnt import learn_vocabulary

from index.minilm import MiniLM
from qa.cluster import read_clusters
from qa.told import read_told
from qa.trial import are_one_name, run_trials
from ui.cli import main

HARBOUR = "The new harbour of Port Arden was opened on Monday by Mayor Ulrike Sørensen."
GOLD = {
    "groups": [
        {
            "about": "the mayor opened the harbour",
            "questions": ["Who opened the new harbour of Port Arden?"],
            "sentences": [["one.txt", HARBOUR], ["two.txt", HARBOUR]],
        }
    ],
    "reports": [["one.txt", "two.txt"]],
    "agreeing": ["Who opened the new harbour of Port Arden?"],
    "names": {"same": [["Sørensen", "Sorensen"]], "apart": [["Sørensen", "Arden"]]},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "one.txt").write_text(f"Harbour opened\n\n{HARBOUR} It cost four million crowns to build.\n", "utf-8")
    (folder / "two.txt").write_text(f"Ships may come\n\n{HARBOUR} Mrs Sorensen cut a blue ribbon there.\n", "utf-8")
    (folder / "gold.json").write_text(json.dumps(GOLD), "utf-8")
    return folder


def test_a_cluster_is_indexed_asked_and_counted(folder: Path, embedder: MiniLM) -> None:
    seen: list[tuple[int, int]] = []
    (trial,) = run_trials(read_clusters(folder), embedder, lambda *done: seen.append(done))
    statements, names = trial.measures["statements"], trial.measures["names"]
    assert (statements.right, statements.known, statements.found) == (1, 1, 1)
    assert (names.told, names.right) == (1, 1)
    assert (trial.agreeing.told, trial.agreeing.right, trial.false_alarms) == (1, 1, 0)
    assert seen == [(1, 1)]
    assert {path.name for path in folder.iterdir()} == {"one.txt", "two.txt", "gold.json"}


def test_the_table_the_json_and_what_went_wrong_are_printed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = tmp_path / "scores.json"
    assert main(["eval", "--clusters", str(folder), "--json", str(scores), "--wrong"]) == 0
    captured = capsys.readouterr()
    heads, first, *_ = captured.out.splitlines()
    assert heads.split() == ["1", "cluster", "told", "right", "precision", "known", "found", "recall"]
    assert first.split()[:1] + first.split()[4:] == ["statements", "1", "1", "1.000"]
    assert "1 question on which the articles agree: 0 with a conflict, 0 with a false one" in captured.out
    row = json.loads(scores.read_text("utf-8"))
    assert row["all"]["measures"]["statements"]["recall"] == 1.0
    assert row["clusters"][0]["agreeing"] == {"asked": 1, "without_conflict": 1, "with_false_conflict": 0}
    assert "not joined" not in captured.err


@pytest.mark.parametrize("args", [[], ["gold.jsonl", "--clusters", "dev"]])
def test_one_thing_is_scored_at_a_time(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", *args]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "a gold file, or clusters" in line


@pytest.mark.parametrize(
    "option",
    [
        "--k 20",
        "--limit 3",
        "--corpus a.jsonl",
        "--against a.jsonl",
        "--plot a.png",
        "--model local:a.gguf",
        "--store a",
    ],
)
def test_an_option_that_clusters_do_not_have_is_named(
    option: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "--clusters", str(folder), *option.split()]) == 1
    says = f"`byline eval --clusters` takes no {option.partition(' ')[0]}; leave that out, or score a gold file."
    assert capsys.readouterr().err == f"byline: {says}\n"


def test_all_options_that_clusters_do_not_have_are_named_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "--clusters", str(folder), "--store", "a", "--k", "0", "--wrong"]) == 1
    assert "takes no --k, --store; leave that out" in capsys.readouterr().err


def test_names_are_one_when_each_word_is_a_spelling_of_the_others() -> None:
    texts = ["They met Volodymyr Zelenskyy there and Denys Zelenskyy, too.", "They met Volodymyr Zelenskiy there."]
    vocabulary, _ = learn_vocabulary(texts)
    assert are_one_name(vocabulary, "Volodymyr Zelenskyy", "Volodymyr Zelenskiy")
    assert not are_one_name(vocabulary, "Volodymyr Zelenskyy", "Denys Zelenskyy")
    assert not are_one_name(vocabulary, "Zelenskyy", "Volodymyr Zelenskyy")


def test_of_a_refusal_no_claim_is_read() -> None:
    citation = {"number": 1, "file": "a.txt", "start": 0, "end": 4, "quote": "Here"}
    claim = {"text": "Here", "citations": [1], "independent": 1, "reports": [["a.txt"]]}
    answer = {"question": "Where?", "refused": True, "claims": [claim], "citations": [citation], "conflicts": []}
    assert read_told(answer).claims == ()
    (told,) = read_told({**answer, "refused": False}).claims
    assert (told.cited[0].quote, told.reports) == ("Here", (("a.txt",),))
