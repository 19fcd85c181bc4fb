"""Overviews of the seeds and of articles written for it: every line cited, or one clear sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from said import write

from index.indexing import index_paths
from qa.clause import ELLIPSIS
from qa.library import Library
from qa.overview import Overview
from qa.survey import WHOLE

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM
    from qa.answer import Answer

STORM = {
    "gazette": (
        "Published 2025-05-16\n\nA storm sank the ferry Marta off Brno on Thursday. "
        "The coast guard said that 40 people had been on board the ferry.\n\nThe ferry Marta was built in March 1998."
    ),
    "courier": (
        "The ferry Marta sank in a storm off Brno. The captain, Petr Havel, swam ashore.\n\n"
        "There were 64 people on board the ferry, the coast guard said. Schools stay closed on Friday."
    ),
}


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    root = tmp_path_factory.mktemp("storm")
    index_paths([write(root / "articles", **STORM)], root / "store", embedder)
    return Library.open(root / "store", embedder)


@pytest.fixture(scope="module")
def timeline(library: Library) -> Answer:
    return library.ask("Give me a timeline")


def files(answer: Answer) -> list[set[str]]:
    return [{c.file[:3] for c in claim.citations} for claim in answer.claims]


@pytest.mark.parametrize(
    "question", ["What do the articles agree on?", "Summarise the talks", "Give me a timeline", "Compare the articles"]
)
def test_every_line_is_a_sentence_of_the_file_it_cites_or_its_start(
    question: str, library: Library, seeds: Path
) -> None:
    answer = library.ask(question)
    assert not answer.refused
    assert answer.claims
    for claim in answer.claims:
        quote, cut = claim.citations[0].quote, claim.text.removesuffix(ELLIPSIS)
        assert quote == claim.text or (cut != claim.text and quote.startswith(cut))
        for c in claim.citations:
            assert (seeds / c.file).read_text("utf-8")[c.start : c.end] == c.quote
    numbers = [c.number for c in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))


def test_what_the_seeds_agree_on_is_told_by_two_reports_or_more_the_most_first(library: Library) -> None:
    answer = library.ask("What do the articles agree on?")
    told = [claim.independent for claim in answer.claims]
    assert min(told) >= 2
    assert told == sorted(told, reverse=True)
    heads = next(claim for claim in answer.claims if "headed by Defense Minister Rustem Umerov" in claim.text)
    assert len(heads.citations) >= 2
    assert any({"000", "001"} <= cited for cited in files(answer)), "Trump’s words are quoted by two"


def test_a_summary_of_a_topic_is_about_it_and_says_nothing_twice(library: Library) -> None:
    answer = library.ask("Summarise the talks")
    texts = [claim.text for claim in answer.claims]
    assert 3 <= len(texts) <= 6
    assert len({file for cited in files(answer) for file in cited}) >= 3
    assert sum("talks" in text or "negotiations" in text for text in texts) >= 4
    assert all(a not in b for a in texts for b in texts if a is not b)


def test_the_timeline_of_the_seeds_is_in_order_with_days_as_they_are_written(timeline: Answer) -> None:
    shown = [event.when.shown for event in timeline.timeline]
    days = [day for day in shown if "day" in day]
    assert shown.index("February 2022") < shown.index("March 2022") < shown.index("Wednesday night")
    assert days == sorted(days, key=lambda day: ("Wed", "Thu", "Fri").index(day[:3]))
    assert all(event.when.date is None for event in timeline.timeline if "day" in event.when.words)
    assert all(event.published is None for event in timeline.timeline), "no seed says when it was published"
    assert any("Kremlin" in event.claim.text and event.when.words == "Wednesday night" for event in timeline.timeline)


def test_a_timeline_tells_dates_in_its_text_and_in_its_json(timeline: Answer) -> None:
    assert "Wednesday night: On Wednesday night the Kremlin" in timeline.text
    row = next(row for row in timeline.to_dict()["timeline"] if row["words"] == "March 2022")
    assert (row["date"], row["published"]) == ("2022-03", None)
    assert row["citations"]


def test_an_event_is_dated_apart_from_its_article(storm: Library) -> None:
    events = storm.ask("Give me a timeline").timeline
    assert [(e.when.date, e.published) for e in events if "sank the ferry" in e.claim.text] == [
        ("2025-05-15", "2025-05-16")
    ]
    assert [e.when.date for e in events if "built" in e.claim.text] == ["1998-03"]
    assert [e.when.date for e in events if "Schools" in e.claim.text] == [None]


def test_where_articles_differ_in_a_figure_both_sides_are_cited(storm: Library) -> None:
    (conflict,) = storm.ask("Where do the articles differ?").conflicts
    assert {(v.text, v.citations[0].file) for v in conflict.versions} == {
        ("40 people", "gazette.txt"),
        ("64 people", "courier.txt"),
    }


def test_where_articles_are_asked_to_agree_and_only_differ_that_is_told(storm: Library) -> None:
    answer = storm.ask("Do the articles agree on how many people were on board?")
    (conflict,) = answer.conflicts
    assert {v.text for v in conflict.versions} == {"40", "64"}
    assert not answer.refused


def test_the_seeds_contradict_each_other_in_nothing_that_is_counted_or_dated(library: Library) -> None:
    answer = library.ask("Where do they differ?")
    assert answer.refused
    assert answer.reason == "Byline found nothing on which these articles contradict each other."


def test_a_topic_that_no_article_has_is_refused_by_its_name(library: Library) -> None:
    answer = library.ask("Give me a timeline of the marriage of Beyoncé Knowles")
    assert answer.refused
    assert "Beyoncé Knowles" in (answer.reason or "")


def test_many_articles_without_a_topic_are_asked_for_one(library: Library) -> None:
    corpus = library.corpus
    one = next(iter(corpus.articles.values()))
    many = {str(n): replace(one, id=str(n)) for n in range(WHOLE + 1)}
    crowded = Overview(_With(many, corpus), library.embedder, library.reader)
    from qa.aim import Aim, Asked

    answer = crowded.answer("Give me a summary", Asked(Aim.SUMMARY, None))
    assert answer.reason == "These are 21 articles: say what it should be about, as in “Summarise the talks”."


class _With:
    """A corpus with other articles in its catalogue; nothing else of it is asked."""

    def __init__(self, articles: dict[str, object], corpus: object) -> None:
        self.articles, self.lexical = articles, corpus.lexical
