import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.errors import QuestionError
from qa.evaluation import Evaluation, Respondent, evaluate, missing_names, read_answers
from qa.gold import Gold, read_gold
from qa.naming import BY_FILE
from qa.refusal import THRESHOLD
from ui.batch import answer_lines

if TYPE_CHECKING:
    from qa.library import Library

ROWS = [
    {"id": "a", "question": "Who heads the Ukrainian delegation?", "answers": ["Rustem Umerov"], "kind": "fact",
     "relevant": ["000_09ec61efd20e7210", "004_c6e65dc37064c9b3.txt"]},
    {"id": "b", "question": "And the other side?", "answers": ["Medinsky"], "kind": "followup",
     "relevant": ["002_b47a009fcd7e9435.txt"], "rewrite": "Who leads the Russian delegation?",
     "history": [{"role": "user", "text": "Who leads the Ukrainian delegation?"},
                 {"role": "assistant", "text": "Rustem Umerov."}]},
    {"id": "c", "question": "What did the Vatican say?", "answerable": False, "kind": "absent"},
    {"id": "d", "question": "x" * 3000, "answers": ["y"], "kind": "fact"},
]  # fmt: skip


@pytest.fixture(scope="module")
def golds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gold, ...]:
    file = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    file.write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    return read_gold(file)


@pytest.fixture(scope="module")
def asked(library: "Library", golds: tuple[Gold, ...]) -> Evaluation:
    return evaluate(golds, Respondent(library))


def test_every_question_is_scored_in_order(asked: Evaluation) -> None:
    assert [s.id for s in asked.scores] == ["a", "b", "c", "d"]
    assert [s.right for s in asked.scores] == [True, True, True, False]
    assert (asked.scores[0].f1 or 0) > 0.5
    assert (asked.metrics.failed, asked.scores[3].failed) == (1, True)
    assert list(asked.kinds) == ["fact", "followup", "absent"]
    assert asked.kinds["followup"].asked == 1


def test_a_refusal_is_an_answer_less_probable_than_the_threshold(asked: Evaluation) -> None:
    told = [s for s in asked.scores if not s.failed]
    assert all(s.probability is not None and s.refused == (s.probability < THRESHOLD) for s in told)


def test_a_followup_is_measured_as_rebuilt_as_its_last_turn_alone_and_as_the_gold_rewrites_it(
    asked: Evaluation, library: "Library"
) -> None:
    assert {name: found.asked for name, found in asked.followups.items()} == {
        "stand-alone question": 1,
        "last turn alone": 1,
        "gold's own rewriting": 1,
    }
    alone = library.ask("And the other side?")
    files = list(dict.fromkeys(p.file for p in alone.passages))
    assert asked.followups["last turn alone"].measures["MRR@10"] == 1 / (1 + files.index("002_b47a009fcd7e9435.txt"))
    assert asked.scores[1].standalone_question == "Who leads the Russian delegation?"


def _without_times(done: Evaluation) -> dict[str, Any]:
    timeless = replace(done, scores=tuple(replace(s, seconds=None) for s in done.scores)).to_dict()
    for metrics in (timeless["metrics"], *timeless["kinds"].values()):
        del metrics["median"], metrics["p95"]
    return json.loads(json.dumps(timeless))  # type: ignore[no-any-return] # a dict, as it went in


def _batch(library: "Library", file: Path) -> dict[str, dict[str, Any]]:
    rows = answer_lines(library, list(enumerate(map(json.dumps, ROWS), start=1)), k=20)
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return read_answers(file)


def test_answers_of_a_batch_score_as_the_same_questions_asked(
    asked: Evaluation, library: "Library", golds: tuple[Gold, ...], tmp_path: Path
) -> None:
    given = _batch(library, tmp_path / "answers.jsonl")
    assert _without_times(evaluate(golds, Respondent(library, given))) == _without_times(asked)
    blind = evaluate(golds, Respondent(None, given))
    assert list(blind.followups) == ["stand-alone question"]
    assert _without_times(replace(blind, followups=asked.followups)) == _without_times(asked)


def test_a_question_without_an_answer_in_the_batch_failed(golds: tuple[Gold, ...]) -> None:
    done = evaluate(golds, Respondent(None, {}))
    assert done.metrics.failed == len(golds)
    assert done.metrics.retrieval.measures["Hits@10"] == 0
    assert done.metrics.refusals.right == done.metrics.answers.right == 0


@pytest.mark.parametrize("line", ['{"id": 1, "question": "Who?"}', "{", "[]"])
def test_a_line_that_is_no_answer_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text('{"id": null, "error": "no"}\n' + line, "utf-8")
    with pytest.raises(QuestionError, match=r"answers\.jsonl line 2 is no"):
        read_answers(file)


def test_articles_that_the_gold_names_and_the_index_lacks_are_found(
    library: "Library", golds: tuple[Gold, ...]
) -> None:
    assert missing_names(golds, library, BY_FILE) == ()
    lost = replace(golds[0], relevant=("000_09ec61efd20e7210", "r17", "r17"))
    assert missing_names([lost], library, BY_FILE) == ("r17",)
