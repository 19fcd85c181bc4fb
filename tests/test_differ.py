"""Where articles differ, found without a question: figures and days of one thing, and none that can all be true."""

from pathlib import Path

import pytest

from index.corpus import Newest
from index.indexing import index_paths
from index.minilm import MiniLM
from qa.answer import Conflict, Difference
from qa.library import Library
from qa.reader import Reader

READER = Reader()


def differences(folder: Path, embedder: MiniLM, *texts: str) -> tuple[Conflict, ...]:
    """Ask where some articles, one of each text, differ."""
    (folder / "articles").mkdir()
    for number, text in enumerate(texts):
        (folder / "articles" / f"{number}.txt").write_text(text)
    index_paths([folder / "articles"], folder / "store", embedder)
    corpus = Newest(folder / "store", embedder.fingerprint).corpus()
    return Library(corpus, embedder, READER).ask("Where do the articles differ?").conflicts


@pytest.mark.parametrize(
    ("texts", "kind", "versions"),
    [
        (
            (
                "The organisers gave the attendance at the match as 48,000.",
                "The match was watched in the stadium by 52,000 people, the police said.",
            ),
            Difference.FIGURE,
            {"48,000", "52,000 people"},
        ),
        (
            (
                "The armoured fish grew to a length of 1.4 metres, the team writes.",
                "The armoured fish reached a length of 2.1 metres, the study says.",
            ),
            Difference.FIGURE,
            {"1.4 metres", "2.1 metres"},
        ),
        (
            ("The new mayor will be sworn in on 7 May.", "The new mayor takes the oath of office on 8 May."),
            Difference.DATE,
            {"7 May", "8 May"},
        ),
        (
            (
                "The earthquake killed at least 23 people, officials said.",
                "The death toll of the earthquake has risen to 71, officials said.",
            ),
            Difference.CHANGE,
            {"at least 23 people", "71"},
        ),
    ],
)
def test_other_figures_and_days_of_one_thing_are_told(
    tmp_path: Path, embedder: MiniLM, texts: tuple[str, str], kind: Difference, versions: set[str]
) -> None:
    (conflict,) = differences(tmp_path, embedder, *texts)
    assert conflict.kind == kind
    assert {version.text for version in conflict.versions} == versions
    assert all(version.text in version.citations[0].quote for version in conflict.versions)


@pytest.mark.parametrize(
    "texts",
    [
        ("On the main line, one train in three should run.", "A third of the trains will run on the main line."),
        ("The fire destroyed about 150 houses in the valley.", "The fire destroyed 146 houses in the valley."),
        ("The report will be out within ten days.", "The report came out on Monday, four days early."),
        ("Nine dustballs out of ten is my verdict on the robot.", "The robot got a verdict of 71 from the magazine."),
        ("The union wants 8 per cent for all its members.", "The railway has offered 4.5 per cent to the union."),
    ],
)
def test_what_can_all_be_true_is_no_difference(tmp_path: Path, embedder: MiniLM, texts: tuple[str, str]) -> None:
    assert differences(tmp_path, embedder, *texts) == ()
