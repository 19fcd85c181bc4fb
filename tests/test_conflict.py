from pathlib import Path

import pytest

from index.indexing import index_paths
from index.minilm import MiniLM
from qa.answer import Difference
from qa.library import Library

TEXTS = {
    "early": """The Harbour Post

At least nine people died when a ferry caught fire off the port of Larnos on Tuesday, the coast guard said.

The ferry will be towed to Larnos on Friday. The line was founded by Maria Kallas. It employs 340 people.

Repairs will cost 12 million euros, the company said.""",
    "late": """Channel Nine

The number of people who died in the fire on the ferry off Larnos has risen to 14, the coast guard said.

The line, founded by Maria Kallas, employs 340 people. Repairs will cost 19 million euros, an engineer said.""",
}


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    folder = tmp_path_factory.mktemp("ferry")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    index_paths([folder], folder / "store", embedder)
    return Library.open(folder / "store", embedder)


def _versions(library: Library, question: str) -> list[tuple[Difference, list[tuple[str, list[str]]]]]:
    conflicts = library.ask(question).conflicts
    return [(c.kind, [(v.text, [Path(x.file).stem for x in v.citations]) for v in c.versions]) for c in conflicts]


def test_other_figures_are_told_with_both_sides(ferry: Library) -> None:
    ((kind, versions),) = _versions(ferry, "How much will the repairs cost?")
    assert kind is Difference.FIGURE
    assert dict(versions) == {"12 million euros": ["early"], "19 million euros": ["late"]}


def test_a_figure_that_rose_is_a_change_in_the_order_of_time(ferry: Library) -> None:
    assert _versions(ferry, "How many people died in the fire on the ferry?") == [
        (Difference.CHANGE, [("At least nine", ["early"]), ("14", ["late"])])
    ]


@pytest.mark.parametrize("question", ["How many people does the line employ?", "Who founded the line?"])
def test_the_same_figure_or_name_is_no_conflict(ferry: Library, question: str) -> None:
    assert _versions(ferry, question) == []


def test_the_citations_of_a_conflict_have_the_numbers_of_the_answer(ferry: Library) -> None:
    answer = ferry.ask("How much will the repairs cost?")
    cited = [c for conflict in answer.conflicts for version in conflict.versions for c in version.citations]
    assert set(cited) <= set(answer.citations)
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for conflict in answer.conflicts:
        for version in conflict.versions:
            assert version.text in version.citations[0].quote


APPS = {
    "queue.txt": "Savers wait at counters\n\nThe bank said on Tuesday that its app would work again on Thursday.",
    "back.txt": "App is back\n\nThe app of the bank has worked again since Friday morning, four days after the attack.",
    "cars.txt": "Carmaker halts\n\nThe carmaker stopped production in Lindau on Thursday because it has no more steel.",
    "door.txt": "Cash is alive\n\nLast week taught us what happens when a bank has one door, and that door is an app.",
}


def test_a_sentence_on_another_event_of_the_same_day_is_cited_for_no_version(tmp_path: Path, embedder: MiniLM) -> None:
    (tmp_path / "articles").mkdir()
    for name, text in APPS.items():
        (tmp_path / "articles" / name).write_text(text)
    index_paths([tmp_path / "articles"], tmp_path / "store", embedder)
    answer = Library.open(tmp_path / "store", embedder).ask("When did the app work again?")
    (conflict,) = answer.conflicts
    assert [version.text for version in conflict.versions] == ["Thursday", "Friday morning"]
    assert {c.file for version in conflict.versions for c in version.citations} == {"queue.txt", "back.txt"}
