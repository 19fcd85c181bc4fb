import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from learnt import learn_vocabulary

from index.fold import keys
from index.lexical import Lexical, make_lexical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.corpus import Corpus

K1, B = 1.2, 0.75
TEXTS = [
    "The talks began in Istanbul. The talks were short.",
    "Zelensky left Istanbul.",
    "",
    "It is what it is.",
    "Sanctions, sanctions and more sanctions, said the minister of finance in a long sentence about his budget.",
    "Istanbul",
]


def _oracle(texts: list[str], weights: dict[str, float]) -> "NDArray[np.float64]":
    """BM25 as Lucene counts it (Kamphuis et al. 2020, table 1), by brute force."""
    documents = [Counter(keys(text)) for text in texts]
    mean = sum(d.total() for d in documents) / len(documents)
    scores = np.zeros(len(documents))
    for key, weight in weights.items():
        frequency = sum(key in d for d in documents)
        if not frequency:
            continue
        idf = math.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
        for i, d in enumerate(documents):
            scores[i] += weight * idf * d[key] / (d[key] + K1 * (1 - B + B * d.total() / mean))
    return scores


@pytest.mark.parametrize(
    "weights",
    [
        {"istanbul": 1.0},
        {"talk": 1.0, "istanbul": 0.5},
        {"sanction": 2.0, "zelenski": 0.1, "budget": 1.0},
        {"vatican": 1.0},
        {"": 1.0},
        {},
    ],
)
def test_scores_are_those_of_bm25_by_brute_force(weights: dict[str, float]) -> None:
    assert make_lexical(*learn_vocabulary(TEXTS)).scores(weights) == pytest.approx(_oracle(TEXTS, weights), abs=1e-5)


@given(st.lists(st.lists(st.sampled_from(["talk", "war", "peace", "the", "Kyiv"]), max_size=8), min_size=1, max_size=8))
def test_scores_of_any_texts_are_those_of_bm25_by_brute_force(words: list[list[str]]) -> None:
    texts = [" ".join(line) for line in words]
    weights = {"talk": 1.0, "kyiv": 0.25}
    expected = _oracle(texts, weights) if any(keys(text) for text in texts) else np.zeros(len(texts))
    assert make_lexical(*learn_vocabulary(texts)).scores(weights) == pytest.approx(expected, abs=1e-5)


def test_scores_on_the_seeds_are_those_of_bm25_by_brute_force(corpus: "Corpus") -> None:
    texts = []
    for place in corpus.places:
        article = corpus.sentences(place.article_id)[0]
        texts.append("\n".join(filter(None, (article.title, article.outlet, article.text[place.start : place.end]))))
    weights = {"umerov": 1.0, "deleg": 0.3, "istanbul": 0.7}
    assert corpus.lexical.scores(weights) == pytest.approx(_oracle(texts, weights), abs=1e-4)


def test_an_index_read_back_scores_as_the_one_that_was_written(tmp_path: Path) -> None:
    built = make_lexical(*learn_vocabulary(TEXTS))
    built.save(tmp_path)
    read = Lexical.load(tmp_path, len(TEXTS))
    weights = {"talk": 1.0, "istanbul": 0.5}
    assert np.array_equal(read.scores(weights), built.scores(weights))
    assert read.vocabulary.entries == built.vocabulary.entries


@pytest.mark.parametrize("texts", [[], [""], ["It is what it is.", "of the"], ["", "...", "\0"]])
def test_a_corpus_without_a_word_scores_nothing(texts: list[str], tmp_path: Path) -> None:
    make_lexical(*learn_vocabulary(texts)).save(tmp_path)
    read = Lexical.load(tmp_path, len(texts))
    assert read.scores({"talk": 1.0, "": 1.0}).tolist() == [0.0] * len(texts)


def test_words_are_found_in_any_spelling_case_and_form() -> None:
    lexical = make_lexical(*learn_vocabulary(["President Erdoğan’s delegations", "nothing"]))
    (key,) = keys("ERDOGAN")
    assert lexical.scores({key: 1.0})[0] > 0 == lexical.scores({key: 1.0})[1]
    assert lexical.scores({keys("delegation")[0]: 1.0})[0] > 0
