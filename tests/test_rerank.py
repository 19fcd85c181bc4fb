"""Passages come in the order of what they answer, and none is lost or made by it."""

from dataclasses import replace

from qa.evidence import Weigher
from qa.library import Library
from qa.question import read_question
from qa.rerank import rerank
from qa.retrieve import retrieve

QUESTION = "Which palace hosts the talks?"


def test_a_passage_rises_with_the_best_of_its_sentences_and_keeps_its_place_without(library: Library) -> None:
    question = read_question(QUESTION, library.corpus.lexical.vocabulary)
    vector = library.embedder.embed([question.text])[0]
    passages = retrieve(question, vector, library.corpus, 20)
    evidence = Weigher(library.corpus, library.embedder, library.reader).weigh(question, vector, passages)
    last = passages[-1]
    inside = [e for e in evidence if e.article.id == last.article_id and last.start <= e.sentence.start < last.end]
    sure = replace((inside or evidence)[0], score=1.0)
    ranked = rerank([replace(p, score=0.5) for p in passages], [sure])
    assert {p.chunk for p in ranked} == {p.chunk for p in passages}
    assert sure.article.id == ranked[0].article_id
    assert ranked[0].start < sure.sentence.end
    assert sure.sentence.start < ranked[0].end
    assert [p.score for p in ranked] == sorted((p.score for p in ranked), reverse=True)
    assert [p.chunk for p in rerank(passages, [])] == [p.chunk for p in passages]


def test_the_passage_with_the_sentence_that_answers_is_listed_first(library: Library) -> None:
    answer = library.ask(QUESTION)
    first, cited = answer.passages[0], answer.claims[0].citations[0]
    assert "dolmaba" in answer.claims[0].text.lower()
    assert (first.file, first.record) == (cited.file, cited.record)
    assert first.start <= cited.start < first.end
