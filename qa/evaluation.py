"""Evaluation: a gold file asked, or compared with answers given before, and what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from index.errors import QuestionError
from qa.gold import read_rows
from qa.metrics import Metrics, Retrieval, measure, measure_retrieval
from qa.naming import BY_FILE
from qa.score import ranked_names, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from qa.followup import Turn
    from qa.gold import Gold
    from qa.library import Library
    from qa.naming import Naming
    from qa.score import Score


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of the questions of a gold file."""

    metrics: Metrics
    """Of all questions."""
    kinds: dict[str, Metrics]
    """Of the questions of each kind, where there are several."""
    followups: dict[str, Retrieval]
    """Of the questions with a history: what the stand-alone question finds, what the last turn alone finds, and what
    the gold's own stand-alone question finds, where it has one."""
    scores: tuple[Score, ...]
    """In the order of the questions."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of `byline eval --json`; only the measures of all questions have the refusal curve."""
        kinds = {kind: asdict(metrics) for kind, metrics in self.kinds.items()}
        for metrics in kinds.values():
            del metrics["refusals"]["curve"]
        return {
            "metrics": asdict(self.metrics),
            "kinds": kinds,
            "followups": {name: asdict(found) for name, found in self.followups.items()},
            "questions": [asdict(s) for s in self.scores],
        }


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answers: a library that is asked, or answers given before."""

    library: Library | None
    """None leaves out what the last turns of follow-ups find alone."""
    given: Mapping[str, Mapping[str, Any]] | None = None
    """Answers by id, in the shape of `Answer.to_dict`, instead of asking."""
    k: int = 20
    """How many passages are retrieved for each question."""

    def answer(self, gold: Gold) -> Mapping[str, Any]:
        """Return the answer to a question, or `{"error": …}`."""
        if self.given is not None:
            return self.given.get(gold.id, {"error": "There is no answer of this id."})
        return self.ask(gold.question, gold.history)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Mapping[str, Any]:
        """Ask the library, and return the dict of its answer, or `{"error": …}`."""
        assert self.library is not None, "without answers there is a library to ask"
        try:
            return self.library.ask(question, history=history, k=self.k).to_dict()
        except QuestionError as error:
            return {"error": str(error)}


def evaluate(
    golds: Sequence[Gold],
    respondent: Respondent,
    naming: Naming = BY_FILE,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Score every question of a gold file.

    Args:
        golds: the questions.
        respondent: who answers them.
        naming: the ids of records that the gold file names.
        progress: called with (questions done, questions) after each.

    Raises:
        ExtraError: ir_measures is not installed.
    """
    measure_retrieval([((), ("x",))])  # a missing extra is told before the questions are asked
    scores: list[Score] = []
    variants: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for done, gold in enumerate(golds, start=1):
        answer = respondent.answer(gold)
        scores.append(score(gold, answer, naming))
        for name, variant in _variants(gold, answer, respondent):
            variants.setdefault(name, []).append((ranked_names(variant, gold.relevant, naming), gold.relevant))
        if progress is not None:
            progress(done, len(golds))
    names = dict.fromkeys(s.kind for s in scores)
    kinds = {kind or "none": measure([s for s in scores if s.kind == kind]) for kind in names}
    return Evaluation(
        metrics=measure(scores),
        kinds=kinds if len(kinds) > 1 else {},
        followups={name: measure_retrieval(pairs) for name, pairs in variants.items()},
        scores=tuple(scores),
    )


def missing_names(golds: Iterable[Gold], library: Library, naming: Naming) -> tuple[str, ...]:
    """Return the relevant articles that a gold file names and the index does not have, in their order."""
    there = {name for a in library.articles() for name in naming.names({"file": a.file, "record": a.record})}
    return tuple(dict.fromkeys(name for gold in golds for name in gold.relevant if name not in there))


def read_answers(path: Path) -> dict[str, dict[str, Any]]:
    """Read the output of `byline batch` by id; an answer without one has the number of its line.

    Raises:
        QuestionError: the file cannot be read, or a line of it is no answer.
    """
    answers: dict[str, dict[str, Any]] = {}
    for number, row in read_rows(path):
        if "error" not in row and not ("refused" in row and ("claims" in row or "answer" in row)):
            raise QuestionError(f"{path} line {number} is no answer; give what `byline batch` printed.")
        answers[str(number if row.get("id") is None else row["id"])] = row
    return answers


def _variants(gold: Gold, answer: Mapping[str, Any], respondent: Respondent) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the ways in which a follow-up can be asked, each with its answer."""
    if not gold.history or not gold.relevant:
        return
    yield "stand-alone question", answer
    if respondent.library is not None:
        yield "last turn alone", respondent.ask(gold.question)
        if gold.rewrite:
            yield "gold's own rewriting", respondent.ask(gold.rewrite)
