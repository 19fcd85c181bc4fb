"""The library on the seeds: what holds for every answer, whatever is asked."""

import contextlib
import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.encoding import decode
from index.errors import QuestionError, SourceError, StoreError
from index.generation import newest
from index.indexing import index_paths
from index.sentence import split_sentences
from qa import Library, ask
from qa.refusal import STATED, judge

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM
    from qa import Answer

QUESTIONS = [
    "Who leads the two delegations?",
    "ceasefire",
    "What did Trump say about meeting Putin?",
    "Where do the talks take place?",
    "Who won the Champions League final?",
    "Read more",
    "Also Read: Nvidia",
    "Follow us on Social Media",
    "Why did Putin fly to Istanbul?",
]


def _check(answer: "Answer", seeds: "Path", library: Library) -> None:
    """Every citation opens at its words, none is furniture, and the numbers of claims are those of the citations."""
    for citation in answer.citations:
        text = decode((seeds / citation.file).read_bytes(), citation.file)
        assert text[citation.start : citation.end] == citation.quote
        assert text.count("\n", 0, citation.start) + 1 == citation.line
        article = library.article(citation.file)
        furniture = [s for s in split_sentences(article) if s.boilerplate]
        assert not any(s.start < citation.end and citation.start < s.end for s in furniture)
        assert 0 <= citation.support <= 1
    numbers = [c.number for claim in answer.claims for c in claim.citations]
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))
    assert len(answer.claims) <= 5
    assert answer.refused == (answer.reason is not None)
    assert answer.refused or answer.claims


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_of_every_answer_opens_at_its_words(library: Library, seeds: "Path", question: str) -> None:
    _check(library.ask(question), seeds, library)


@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            "who what Putin Zelensky truce drones “ ] [1] \x00 \u202e NATO 30-day zzz ? 145 é 中文 <b>".split()
        ),
        min_size=1,
        max_size=9,
    )
)
def test_no_question_breaks_it(library: Library, seeds: "Path", words: list[str]) -> None:
    with contextlib.suppress(QuestionError):
        _check(library.ask(" ".join(words)), seeds, library)


def test_the_claims_of_an_answer_are_the_words_of_their_first_citation(library: Library) -> None:
    for claim in library.ask("How did Kyiv describe the Russian delegation?").claims:
        assert claim.text == claim.citations[0].quote


def test_the_short_answer_stands_in_the_answer(library: Library) -> None:
    answer = library.ask("How many drone attacks did Russia launch?")
    assert answer.short is not None
    assert answer.short in answer.claims[0].text
    assert "145" in answer.short


@pytest.mark.parametrize(
    "question",
    [
        "Where are the talks?",
        "Which summit did Zelenskyy go to instead?",
        "Who said that Putin was dragging his heels?",
        "Why is Lavrov against a truce, and what did Rutte say about Putin?",
    ],
)
def test_every_short_answer_is_quoted_for_a_claim(library: Library, question: str) -> None:
    answer = library.ask(question)
    quotes = [citation.quote for claim in answer.claims for citation in claim.citations]
    assert answer.short
    assert all(any(words in quote for quote in quotes) for words in answer.short.split("; "))


def test_one_statement_of_several_articles_is_told_once_with_all_of_them(library: Library) -> None:
    answer = library.ask("Who leads the Ukrainian delegation?")
    claim = answer.claims[0]
    assert {c.file[:3] for c in claim.citations} >= {"001", "003", "004"}
    assert sum("Umerov" in c.text and "head" in c.text for c in answer.claims) == 1


def test_among_many_articles_the_reader_alone_is_not_enough(library: Library) -> None:
    question, evidence = library.weigh("Who heads the Ukrainian delegation?")
    lacking = [replace(e, coverage=0.0, score=e.score / 4) for e in evidence]
    one, few, many = (judge(question, lacking, chunks).answerable for chunks in (1, 40, 40_000))
    assert one == few > many
    assert judge(question, evidence, 40_000).answerable > many


def test_a_refusal_names_what_is_missing_and_shows_the_nearest_statement(library: Library) -> None:
    answer = library.ask("What did Emmanuel Macron say about the talks?")
    assert answer.refused
    assert "“Emmanuel Macron”" in (answer.reason or "")
    assert answer.short is None
    assert answer.claims


def test_an_answer_to_who_reports_something_quotes_only_those_who_do(library: Library) -> None:
    statement = "Zelensky feels disrespected by Russia"
    answer = library.ask(f"Which outlets report that {statement}?")
    assert not answer.refused
    assert "disrespected" in answer.claims[0].text
    for judgement in library.reader.judge(statement, [claim.text for claim in answer.claims]):
        assert judgement.entails >= STATED


def test_a_statement_that_no_article_makes_is_refused_whatever_the_threshold(library: Library) -> None:
    question, evidence = library.weigh("Which outlets report that Putin and Zelensky have met in Istanbul?")
    assert judge(question, [replace(e, answerable=0.0) for e in evidence], chunks=40, threshold=0.0).refused


def test_asking_again_gives_the_same_answer(library: Library) -> None:
    one, other = (library.ask("Who leads the two delegations?").to_dict() for _ in range(2))
    assert {**one, "seconds": 0} == {**other, "seconds": 0}


def test_many_threads_may_ask_at_once(library: Library) -> None:
    questions = QUESTIONS[:4]
    alone = [library.ask(q).text for q in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda q: library.ask(q).text, questions)) == alone


def test_an_article_that_changed_since_it_was_indexed_is_never_cited(
    seeds: "Path", tmp_path: "Path", embedder: "MiniLM", caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "articles"
    shutil.copytree(seeds, folder)
    index_paths([folder], tmp_path / "store", embedder)
    opened = Library.open(tmp_path / "store", embedder)
    cited = opened.ask("How many drone attacks did Russia launch?").citations[0].file
    (folder / cited).write_text("Something else altogether.", "utf-8")
    with caplog.at_level(logging.WARNING, logger="byline"):
        answer = opened.ask("How many drone attacks did Russia launch?")
        opened.ask("How many drones did Russia launch?")
    assert cited not in {c.file for c in answer.citations}
    assert caplog.text.count(f"{cited} has changed since it was indexed") == 1
    shutil.rmtree(folder)
    with pytest.raises(StoreError, match="run `byline index` again"):
        opened.ask("How many drone attacks did Russia launch?")


def test_an_article_is_found_however_the_letters_of_its_file_are_coded(tmp_path: "Path", embedder: "MiniLM") -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "cafe\u0301.txt").write_text("The talks began on Friday.")
    index_paths([tmp_path / "articles"], tmp_path / "store", embedder)
    library = Library.open(tmp_path / "store", embedder)
    assert {library.article(f"caf{e}.txt").text for e in ("\u00e9", "e\u0301")} == {"The talks began on Friday."}


def test_a_copied_folder_is_still_what_was_indexed(seeds: "Path", tmp_path: "Path", embedder: "MiniLM") -> None:
    shutil.copytree(seeds, tmp_path / "articles", copy_function=shutil.copyfile)
    index_paths([tmp_path / "articles"], tmp_path / "store", embedder)
    shutil.copytree(tmp_path, tmp_path.parent / "moved", copy_function=shutil.copyfile)
    shutil.rmtree(tmp_path / "articles")
    moved = Library.open(tmp_path.parent / "moved" / "store", embedder)
    assert not moved.ask("How many drone attacks did Russia launch?").refused


def test_the_function_indexes_the_seeds_beside_it_on_first_use(
    seeds: "Path", tmp_path: "Path", monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(seeds, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    assert "145" in ask("How many drone attacks did Russia launch?").text
    assert newest(tmp_path / ".byline") is not None


def test_a_missing_index_is_an_error_of_one_sentence(tmp_path: "Path", embedder: "MiniLM") -> None:
    with pytest.raises(StoreError, match=r"There is no index in .*none"):
        Library.open(tmp_path / "none", embedder)


def test_articles_are_listed_and_read_by_file(library: Library, seeds: "Path") -> None:
    files = [article.file for article in library.articles()]
    assert files == sorted(path.name for path in seeds.iterdir())
    assert library.article(files[2]).text == (seeds / files[2]).read_text("utf-8")
    assert library.name == "seeds"
    with pytest.raises(SourceError, match=r"none\.txt is not among the articles"):
        library.article("none.txt")


def test_who_wants_fewer_or_more_answers_sets_the_threshold(
    seed_store: "Path", embedder: "MiniLM", monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Who leads the Russian delegation?"
    asked = {}
    for threshold in ("0.05", "1"):
        monkeypatch.setenv("BYLINE_THRESHOLD", threshold)
        asked[threshold] = Library.open(seed_store, embedder).ask(question)
    assert [asked["0.05"].refused, asked["1"].refused] == [False, True]
    assert asked["0.05"].answerable == asked["1"].answerable
