"""The golden questions on the seeds: sixty-six questions as readers ask them, written before the answers were seen."""

from typing import TYPE_CHECKING

import pytest

from index.fold import plain
from qa.evaluation import Evaluation, Respondent, evaluate
from qa.gold import Gold, read_gold
from ui.evaluate import wrong_lines

if TYPE_CHECKING:
    from pathlib import Path

    from qa import Library

ANSWERED = 0.85
"""Share of the answerable questions that must come out right."""
REFUSED = 0.70
"""Share of the unanswerable ones that must be refused; the README says what this falls short of."""


@pytest.fixture(scope="module")
def golden(seeds: "Path") -> tuple[Gold, ...]:
    return read_gold(seeds.parent / "tests" / "golden_seeds.jsonl")


@pytest.fixture(scope="module")
def scored(library: "Library", golden: tuple[Gold, ...]) -> Evaluation:
    return evaluate(golden, Respondent(library))


def test_the_questions_are_of_all_kinds_and_their_words_stand_in_the_files_that_may_be_cited(
    golden: tuple[Gold, ...], seeds: "Path"
) -> None:
    assert {gold.kind for gold in golden} == {"fact", "several", "followup", "misspelt", "word", "absent"}
    assert len(golden) >= 60
    assert all(gold.answerable == bool(gold.words and gold.relevant) == (gold.kind != "absent") for gold in golden)
    for gold in golden:
        texts = [plain((seeds / file).read_text("utf-8")) for file in gold.relevant]
        for group in gold.words:
            assert any(plain(word) in text for word in group for text in texts), gold


def test_answerable_questions_are_answered_with_the_right_words_and_a_right_file(scored: Evaluation) -> None:
    answers = scored.metrics.answers
    assert answers.right >= ANSWERED * answers.asked, [*wrong_lines(scored)]


def test_questions_that_the_articles_do_not_answer_are_refused(scored: Evaluation) -> None:
    refusals = scored.metrics.refusals
    assert refusals.right >= REFUSED * refusals.absent, [*wrong_lines(scored)]
