"""The golden questions on the seeds: sixty-six questions as readers ask them, written before the answers were seen."""

from typing import TYPE_CHECKING

import pytest

from bench.golden import Score, read_golden, score
from index.fold import plain

if TYPE_CHECKING:
    from pathlib import Path

    from qa import Library

ANSWERED = 0.85
"""Share of the answerable questions that must come out right."""
REFUSED = 0.64
"""Share of the unanswerable ones that must be refused; the README says what this falls short of."""


@pytest.fixture(scope="module")
def golden(seeds: "Path") -> list[dict[str, object]]:
    return read_golden(seeds.parent / "tests" / "golden_seeds.jsonl")


@pytest.fixture(scope="module")
def scored(library: "Library", golden: list[dict[str, object]]) -> Score:
    return score(library, golden)


def test_the_questions_are_of_all_kinds_and_their_words_stand_in_the_files_that_may_be_cited(
    golden: list[dict[str, object]], seeds: "Path"
) -> None:
    assert {row["kind"] for row in golden} == {"fact", "several", "followup", "misspelt", "word", "absent"}
    assert len(golden) >= 60
    for row in golden:
        texts = [plain((seeds / file).read_text("utf-8")) for file in row["files"]]  # type: ignore[attr-defined]
        for group in row["any"]:  # type: ignore[attr-defined]
            assert any(plain(word) in text for word in group for text in texts), row


def test_answerable_questions_are_answered_with_the_right_words_and_a_right_file(scored: Score) -> None:
    right, asked = scored.answers()
    assert right >= ANSWERED * asked, scored.wrong


def test_questions_that_the_articles_do_not_answer_are_refused(scored: Score) -> None:
    right, asked = scored.refusals()
    assert right >= REFUSED * asked, scored.wrong
