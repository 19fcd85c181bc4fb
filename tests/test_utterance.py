"""Who says what, by the article's own words; the seeds' answers were written down by hand from the five articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import said, utterances

from qa.utterance import find_utterances

if TYPE_CHECKING:
    from index.article import Article
    from index.corpus import Corpus
    from index.sentence import Sentence


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The bridge is safe,” Jana Novak said on Monday.", "Jana Novak"),
        ("“The bridge is safe,” said engineer Jana Novak, who built it.", "Jana Novak"),
        ("“The bridge is safe,” Jana Novak, the engineer, told reporters.", "Jana Novak"),
        ("Late on Monday Jana Novak told reporters in Brno: “The bridge is safe.”", "Jana Novak"),
        ("According to Jana Novak, “the bridge is safe” for now.", "Jana Novak"),
        ("Minister Jana Novak: “The bridge is safe.”", "Jana Novak"),
        ("Minister Jana Novak criticised the plan, calling it a “toy bridge” for tourists.", "Jana Novak"),
        ("Minister Jana Novak opened the bridge. “It is safe,” she said.", "Jana Novak"),
        ("Minister Jana Novak opened the bridge.\n\n“It is safe,” she said.", "Jana Novak"),
        ("The head of the office, minister Jana Novak, said it was “safe” now.", "Jana Novak"),
        ("“The bridge is safe,” a spokesman for Jana Novak said.", "a spokesman for Jana Novak"),
        ("“The bridge is safe,” the mayor said.", "the mayor"),
        ("Mayor Jana Novak came. “The bridge is safe,” the mayor said.", "Jana Novak"),
        ("Mayor Jana Novak met mayor Petr Havel. “The bridge is safe,” the mayor said.", "the mayor"),
        ("Captain Jana Novak of Dynamo, who built it, said that it was “safe” now.", "Jana Novak"),
        ("Critic Grace Hall thinks little of it. “The bridge is safe,” she said.", "Grace Hall"),
        ("Grace Hall met Amber Cross. “The bridge is safe,” she said.", None),
        ("Minister Jana Novak met Premier Petr Havel. “It is safe,” the pair were told.", None),
        ("The bridge was called “safe” in May.", None),
    ],
)
def test_quoted_words_are_given_to_whom_the_article_gives_them(text: str, speaker: str | None) -> None:
    assert [name for name, _ in said(text, direct=True)] == [speaker]


def test_a_surname_that_stands_first_is_of_its_only_bearer() -> None:
    assert said("Minister Zhou Xiaoming came. “The bridge is safe,” Zhou said.", direct=True)[0][0] == "Zhou Xiaoming"
    both = "Minister Zhou Xiaoming met minister Zhou Xiaohong. “The bridge is safe,” Zhou said."
    assert said(both, direct=True)[0][0] == "Zhou"


def test_a_name_with_a_particle_is_one_name() -> None:
    text = "The head of the office, Jana de Souza, praised the bridge. “It is safe,” De Souza said."
    assert said(text, direct=True)[0][0] == "Jana de Souza"


def test_a_quotation_goes_on_after_its_speaker_and_in_the_next_paragraph() -> None:
    text = (
        "“We will pay,” Jana Novak said. “We have no choice.”\n\n"
        "“It is dear, too,” Novak added. “There is a price.\n\n“But nobody will sink.”"
    )
    assert said(text, direct=True) == [
        ("Jana Novak", "We will pay,"),
        ("Jana Novak", "We have no choice."),
        ("Jana Novak", "It is dear, too,"),
        ("Jana Novak", "There is a price."),
        ("Jana Novak", "But nobody will sink."),
    ]


def test_a_pronoun_that_two_people_can_be_is_nobody() -> None:
    text = "The mayor and the minister walked in.\n\n“It is late,” he said."
    assert said(text, direct=True) == [(None, "It is late,")]


def test_what_is_told_without_quotation_marks_is_an_utterance_from_its_subject_on() -> None:
    text = "Hopes were dampened after President Jana Novak stated that progress was unlikely."
    assert said(text) == [("Jana Novak", "President Jana Novak stated that progress was unlikely.")]


def test_who_adds_a_thing_or_is_described_has_said_nothing() -> None:
    assert said("Jana Novak added two lanes to the bridge. Jana Novak was described as tired.") == []


@given(st.lists(st.sampled_from(["“Go,” Jana Novak said.", "He left.", "She told us that it rained.", "\n\n", "'So'"])))
def test_every_utterance_is_a_span_of_the_text_within_its_sentences(pieces: list[str]) -> None:
    text = "Jana Novak came. " + " ".join(pieces)
    article, found = utterances(text)
    assert all(0 <= u.start < u.end <= len(article.text) for u in found)
    assert all(u.sentences[0] <= u.sentences[1] for u in found)


SEEDS = [
    ("000", "Donald Trump", "Look, nothing is gonna happen until Putin and I get together,"),
    ("000", "The diplomat", "Russian charade,"),
    ("000", "Volodymyr Zelenskyy", "We will not recognize all occupied territories as Russian."),
    ("000", "Kyrylo Budanov", "Talks do not mean a solution,"),
    ("001", "Donald Trump", "Nothing’s going to happen until Putin and I get together,"),
    ("001", "Volodymyr Zelenskyy", "We can’t be running around the world looking for Putin,"),
    ("001", "Donald Trump", "if something happened"),
    ("001", "Vladimir Medinsky", "root causes"),
    ("002", "Volodymyr Zelensky", "The top priority is a ceasefire,"),
    ("002", "Kyiv", "token"),
    ("002", "Maria Zakharova", "clown"),
    ("002", "Sergei Lavrov", "pitiful"),
    ("002", "Donald Trump", "I don’t think anything will change, regardless of your feelings, unless he and I meet,"),
    ("002", "Marco Rubio", "impatient."),
    ("003", "Volodymyr Zelenskiy", "decorative"),
    ("003", "Marco Rubio", "low expectations"),
    ("003", "Russia", "show"),
    ("004", "Volodymyr Zelenskiy", "sham"),
    ("004", "Mark Rutte", "made a mistake by sending a low-level delegation."),
    ("004", "Andriy Yermak", "coordinated positions"),
    ("004", "Keir Starmer", "He’s dragging his heels."),
]
"""(file, speaker, quoted words)."""


@pytest.fixture(scope="module")
def of_seeds(
    corpus: Corpus, split_seeds: list[tuple[Article, tuple[Sentence, ...]]]
) -> dict[tuple[str, str], str | None]:
    """Who says each quotation of the seeds."""
    return {
        (article.file[:3], article.text[u.start : u.end]): u.speaker.name if u.speaker else None
        for article, sentences in split_seeds
        for u in find_utterances(article, sentences, corpus.lexical.vocabulary)
        if u.direct
    }


@pytest.mark.parametrize(("file", "speaker", "words"), SEEDS)
def test_the_quotations_of_the_seeds_have_their_speakers(
    file: str, speaker: str, words: str, of_seeds: dict[tuple[str, str], str | None]
) -> None:
    assert of_seeds[file, words] == speaker


def test_every_quotation_of_the_seeds_has_a_speaker(of_seeds: dict[tuple[str, str], str | None]) -> None:
    assert [key for key, speaker in of_seeds.items() if speaker is None] == []
    assert len(of_seeds) > 45
