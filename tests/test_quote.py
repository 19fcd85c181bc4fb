"""What somebody said, in the wordings of the outlets: on the seeds as read by hand, and on articles written for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from said import write

from index.indexing import index_paths
from qa.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM
    from qa.answer import Answer
    from qa.quotation import Quotation

HARBOUR = {
    "gazette": (
        "The harbour of Brno opened on Monday.\n\nMinister Jana Nováková said the harbour was a gift to the town. "
        "“We have built the harbour in nine months, and nobody drowned,” Nováková told reporters at the harbour."
    ),
    "courier": (
        "Brno has a harbour.\n\n“We built this harbour in nine months, and nobody drowned,” said minister Jana "
        "Novakova. The first ship came at noon."
    ),
    "post": (
        "A ship in Brno.\n\nThe mayor, Petr Havel, praised the harbour. “We have built the harbour in ten months,” "
        "Havel said. Boats are cheap there."
    ),
}
"""One utterance in two translations, and another speaker's that is like it."""


@pytest.fixture(scope="module")
def meeting(library: Library) -> Answer:
    return library.ask("What did Trump say about meeting Putin?")


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    root = tmp_path_factory.mktemp("harbour")
    index_paths([write(root / "articles", **HARBOUR)], root / "store", embedder)
    return Library.open(root / "store", embedder)


def wordings(quotation: Quotation) -> list[tuple[str, str, list[str]]]:
    return [(w.kind.value, w.text, [c.file[:3] for c in w.citations]) for w in quotation.wordings if w.direct]


def test_trumps_words_are_three_wordings_of_which_two_are_variants_of_one_utterance(meeting: Answer) -> None:
    first = next(q for q in meeting.quotations if any("together" in wording.text for wording in q.wordings))
    others = [quotation for quotation in meeting.quotations if quotation is not first]
    assert first.speaker == "Donald Trump"
    assert wordings(first) == [
        ("verbatim", "Nothing’s going to happen until Putin and I get together", ["001"]),
        ("variant", "Look, nothing is gonna happen until Putin and I get together", ["000"]),
        ("verbatim", "nothing’s going to happen", ["004"]),
    ]
    told = [w for quotation in others for w in wordings(quotation)]
    assert (
        "verbatim",
        "I don’t think anything will change, regardless of your feelings, unless he and I meet",
        ["002"],
    ) in told
    assert {quotation.speaker for quotation in meeting.quotations} == {"Donald Trump"}


def test_zelenskyy_called_the_russian_team_decorative_and_a_sham(library: Library) -> None:
    said = quoted(library, "What did Zelenskyy call the Russian team?")
    assert said["Volodymyr Zelenskiy", "decorative"] == {"003"}
    assert said["Volodymyr Zelenskiy", "sham"] == {"004"}


def test_zelenskyy_described_the_delegation_as_not_serious_and_kyiv_as_token(library: Library) -> None:
    said = quoted(library, "How did Kyiv describe the Russian delegation?")
    assert said["Kyiv", "token"] == {"002"}, "his government's words, under its name"
    said = quoted(library, "How did Zelenskyy describe the Russian delegation?")
    assert ("Volodymyr Zelenskiy", "decorative") in said
    assert any("not serious enough" in text for _, text in said)


def quoted(library: Library, question: str) -> dict[tuple[str, str], set[str]]:
    """The articles that have each quoted wording, by speaker and words."""
    return {
        (quotation.speaker, w.text): {c.file[:3] for c in w.citations}
        for quotation in library.ask(question).quotations
        for w in quotation.wordings
        if w.direct
    }


def test_every_wording_stands_in_its_sentence_and_its_sentence_in_the_file(meeting: Answer, seeds: Path) -> None:
    for quotation in meeting.quotations:
        for wording in quotation.wordings:
            assert wording.text in wording.citations[0].quote
            for c in wording.citations:
                assert (seeds / c.file).read_text("utf-8")[c.start : c.end] == c.quote
    numbers = [c.number for c in meeting.citations]
    assert numbers == list(range(1, len(numbers) + 1)), "wordings are numbered on after the claims"


def test_two_translations_are_variants_and_another_speakers_words_stay_apart(harbour: Library) -> None:
    found = harbour.ask("What did Nováková say about the harbour?").quotations
    quoted = [wordings(quotation) for quotation in found]
    (joined,) = [w for w in quoted if len(w) > 1]
    assert {(kind, files[0]) for kind, _, files in joined} == {("verbatim", "gaz"), ("variant", "cou")}
    assert not any("ten months" in text for w in quoted for _, text, _ in w)


def test_a_question_that_asks_for_nobodys_words_has_no_quotations(library: Library) -> None:
    assert library.ask("Who heads the Ukrainian delegation?").quotations == ()


def test_quotations_are_json(meeting: Answer) -> None:
    row = meeting.to_dict()["quotations"][0]
    assert set(row) == {"speaker", "wordings"}
    assert {frozenset(w) for w in row["wordings"]} == {frozenset({"text", "kind", "direct", "citations"})}


NETS = {
    "gazette": (
        "The storm of Brno.\n\n“The fishermen of Brno saved more lives tonight than we did,” said Commander Jana "
        "Nováková. “We shall count the boats tomorrow,” she said."
    ),
    "courier": (
        "After the storm.\n\nCommander Jana Novakova praised the town. She told us that fishermen had rescued more "
        "people than her own crews had."
    ),
    "post": "No boats.\n\nCommander Jana Nováková said that the storm was no excuse for the fishermen of Brno.",
}
"""One utterance quoted and told, and another thing that the same person said on the same subject."""


def test_what_tells_of_a_quotation_in_other_words_is_a_wording_of_it_and_no_other_speech_is(
    tmp_path: Path, embedder: MiniLM
) -> None:
    index_paths([write(tmp_path / "articles", **NETS)], tmp_path / "store", embedder)
    answer = Library.open(tmp_path / "store", embedder).ask("What did Commander Nováková say about the fishermen?")
    first = answer.quotations[0]
    assert [(w.kind.value, w.direct, w.citations[0].file) for w in first.wordings] == [
        ("verbatim", True, "gazette.txt"),
        ("paraphrase", False, "courier.txt"),
    ]
