"""Retrieval: what a passage is found by, on records written for it."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest

from index.corpus import Corpus
from index.indexing import index_paths
from index.store import Store
from qa.evidence import READ, Weigher
from qa.library import Library
from qa.question import read_question
from qa.retrieve import CANDIDATES, LEXICAL, retrieve, term_weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.minilm import MiniLM
    from qa.retrieve import Passage

VOTE = "The council of Harnby voted for the new bridge over the Arl by nine votes to four."


def open_corpus(rows: Sequence[dict[str, str]], folder: Path, embedder: MiniLM) -> Corpus:
    (folder / "news.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    index_paths([folder / "news.jsonl"], folder / "store", embedder)
    return Corpus(Store(folder / "store", embedder.fingerprint))


def found(question: str, corpus: Corpus, embedder: MiniLM, k: int = 20) -> tuple[Passage, ...]:
    return retrieve(read_question(question, corpus.lexical.vocabulary), embedder.embed([question])[0], corpus, k)


def records(passages: Sequence[Passage], corpus: Corpus) -> list[int | None]:
    return [corpus.articles[p.article_id].record for p in passages]


@pytest.mark.parametrize("first", ["2019-05-01", "2023-05-01"])
def test_of_two_reports_the_newer_comes_first_where_the_present_is_asked_for(
    first: str, tmp_path: Path, embedder: MiniLM
) -> None:
    second = {"2019-05-01": "2023-05-01", "2023-05-01": "2019-05-01"}[first]
    rows = [{"text": f"Yes. {VOTE}", "date": first}, {"text": f"Aye. {VOTE}", "date": second}]
    (tmp_path / "undated").mkdir()
    dated = open_corpus(rows, tmp_path, embedder)
    undated = open_corpus([{"text": row["text"]} for row in rows], tmp_path / "undated", embedder)
    newest = 0 if first > second else 1
    assert records(found("What did the council of Harnby vote for this week?", dated, embedder), dated)[0] == newest
    asked = "What did the council of Harnby vote for in 2019?"
    assert records(found(asked, dated, embedder), dated) == records(found(asked, undated, embedder), undated)


def test_an_article_that_begins_with_what_is_asked_is_found_before_one_that_mentions_it(
    tmp_path: Path, embedder: MiniLM
) -> None:
    lead, other = "Harnby's bridge over the Arl will be rebuilt.", "A bakery in Harnby sells bread with nettles."
    filler = "\n\n".join(
        f"The baker's {n}th loaf was given to a neighbour, who said that it was good." for n in range(30)
    )
    rows = [{"text": f"{begins}\n\n{filler}\n\n{VOTE}"} for begins in (other, lead)]
    corpus = open_corpus(rows, tmp_path, embedder)
    last = {
        corpus.places[n].article_id: n for n in sorted(range(len(corpus.places)), key=lambda n: corpus.places[n].start)
    }
    ranks = {p.chunk: p.score for p in found("Who voted for the bridge over the Arl?", corpus, embedder)}
    scores = {corpus.articles[id_].record: ranks[number] for id_, number in last.items()}
    assert scores[1] > scores[0] + 0.01


def test_cosine_and_words_are_added_for_every_passage_however_it_was_found(tmp_path: Path, embedder: MiniLM) -> None:
    late = [
        f"Trains from Arl to Bexton were late on day {n} of the strike of the drivers." for n in range(CANDIDATES + 5)
    ]
    corpus = open_corpus([{"text": text} for text in [*late, "Zyxomma is a genus of dragonflies."]], tmp_path, embedder)
    question = "Why were trains late in the strike of the drivers, and what of zyxomma?"
    vector = embedder.embed([question])[0]
    cosine = {n: float(v @ vector) for n, v in corpus.vectors(range(len(corpus.ids))).items()}
    bm25 = corpus.lexical.scores(term_weights(read_question(question, corpus.lexical.vocabulary)))
    words = LEXICAL * bm25 / math.log(1 + (len(bm25) + 0.5) / 0.5)
    passages = found(question, corpus, embedder, 200)
    rare = next(p for p in passages if corpus.articles[p.article_id].record == CANDIDATES + 5)
    assert rare.chunk not in dict(corpus.nearest(vector, CANDIDATES))
    for p in passages:
        expected = (cosine[p.chunk] + float(words[p.chunk])) / (1 + float(words.max()))
        assert p.score == pytest.approx(max(expected, 0.0), abs=2e-4)


def test_a_sentence_without_the_questions_words_is_read_for_its_meaning(tmp_path: Path, embedder: MiniLM) -> None:
    bees = [f"Bees of hive {n} reside where the clover is." for n in range(READ + 8)]
    home = "The lawyer lives in a flat in Boston."
    corpus = open_corpus([{"text": " ".join([*bees, home])}], tmp_path, embedder)
    question = read_question("Where does the attorney reside?", corpus.lexical.vocabulary)
    vector = embedder.embed([question.text])[0]
    weigher = Weigher(corpus, embedder, Library.open(tmp_path / "store", embedder).reader)
    evidence = weigher.weigh(question, vector, retrieve(question, vector, corpus, 20))
    assert len(evidence) == READ
    assert any(e.text.endswith(home) for e in evidence)
