from pathlib import Path

import agency
import pytest

from index.article import make_article
from index.corpus import Corpus
from index.indexing import index_paths
from index.minilm import MiniLM
from index.store import Store
from qa.reports import Reports, credits_of

TEXTS = {"wire": agency.WIRE, "edited": agency.EDITED, "spun": agency.SPUN, "own": agency.OWN}


@pytest.fixture(scope="module")
def budget(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Corpus:
    folder = tmp_path_factory.mktemp("budget")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    index_paths([folder], folder / "store", embedder)
    return Corpus(Store(folder / "store", embedder.fingerprint))


def _groups(corpus: Corpus, **sentences: str) -> list[set[str]]:
    articles = {Path(a.file).stem: corpus.sentences(a.id)[0] for a in corpus.articles.values()}
    names = list(sentences)
    grouped = Reports(corpus).group([(articles[name], sentences[name]) for name in names])
    return [{names[place] for place in group} for group in grouped]


def test_copies_and_rewrites_of_one_text_are_one_report_and_an_own_story_is_another(budget: Corpus) -> None:
    assert _groups(budget, wire="a", edited="b", spun="c", own="d") == [{"wire", "edited", "spun"}, {"own"}]


def test_a_sentence_lightly_edited_makes_one_report_but_not_one_that_only_quotes_the_same_words(budget: Corpus) -> None:
    one = "The confederation of industry put the cost of the higher wage at 740 million euros a year."
    assert _groups(budget, wire=one, own=one.replace("a year", "yearly")) == [{"wire", "own"}]
    said = "“The growth forecast is generous and nobody in this house believes in it any longer,” she said."
    assert _groups(budget, wire=said, own=said) == [{"wire"}, {"own"}]


@pytest.mark.parametrize(
    "text",
    [
        "ANKARA, May 15 (Reuters) - They met on Friday.",
        "ISTANBUL (Reuters) — They met on Friday.",
        "They met on Friday.\n\n(Reuters)",
        "They met on Friday.\n\nSource: Reuters",
        "They met on Friday.\n\nWith material from Reuters.",
        "They met on Friday. This story was first published by Reuters",
    ],
)
def test_a_credit_line_names_whose_report_it_is(text: str) -> None:
    assert "reuters" in credits_of(make_article("a.txt", text))


@pytest.mark.parametrize(
    "text", ["They met (in Ankara) — at last.", "“Talks fail,” Bloomberg reported previously, and went on to say why."]
)
def test_other_brackets_and_mentions_are_no_credit(text: str) -> None:
    assert credits_of(make_article("a.txt", text)) == frozenset()
