"""Sentences as models write them, and the articles that they are checked against: tests/written.jsonl."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from learnt import learn_vocabulary

from index.article import Article, read_article
from index.minilm import MiniLM
from index.sentence import split_sentences
from index.vocabulary import Vocabulary
from qa.check import Checked, Checker, Verdict
from qa.context import quoted_start
from qa.evidence import Evidence
from qa.reader import Reader

HERE = Path(__file__).parent
SHOWN = 24
"""Pieces of evidence among which the right ones are looked for: as many as an answer weighs."""


@dataclass(frozen=True, slots=True)
class Written:
    """One line of the set."""

    half: str
    """`fitted`: the rules were made on it; `mended`: scored first, then read, and mended where the mend was general."""
    on: str
    kind: str
    says: str
    by: list[list[str]]
    """Words of the evidence that supports it, one of each group; empty where none does."""


def read_written() -> list[Written]:
    """Return all lines."""
    return [Written(**json.loads(line)) for line in (HERE / "written.jsonl").read_text("utf-8").splitlines()]


def evidence_of(article: Article) -> list[Evidence]:
    """Return each sentence of an article as evidence for nothing in particular."""
    sentences = split_sentences(article)
    found = []
    for number, sentence in enumerate(sentences):
        if not (sentence.boilerplate or sentence.heading):
            start = quoted_start(article.text, sentences, number)
            text = article.text[start : sentence.end]
            found.append(
                Evidence(article, sentence, start, text, 0, 0, None, None, 0, 0, fits=False, passage=0, score=0)
            )
    return found


class Bench:
    """The articles of the set, ready to check sentences against."""

    def __init__(self, folder: Path, embedder: MiniLM) -> None:
        """Write the articles into a folder and read them as any others; the seeds are one subject of their own."""
        self.articles: dict[str, list[Article]] = defaultdict(list)
        for line in (HERE / "written_articles.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            (folder / row["file"]).write_text(row["text"], "utf-8")
            article = read_article(folder / row["file"], folder)
            self.articles[row["on"]].append(replace(article, title=row["title"], outlet=row["outlet"]))
        seeds = HERE.parent / "seeds"
        self.articles["seeds"] = [read_article(path, seeds) for path in sorted(seeds.glob("*.txt"))]
        self.embedder = embedder
        self.reader = Reader()
        self.checkers: dict[str, Checker] = {}
        self.evidence = {on: [e for a in list_ for e in evidence_of(a)] for on, list_ in self.articles.items()}
        self.vectors = {on: embedder.embed([e.text for e in list_]) for on, list_ in self.evidence.items()}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all articles."""
        return learn_vocabulary([a.text for list_ in self.articles.values() for a in list_])[0]

    def near(self, written: Written) -> list[Evidence]:
        """Return the evidence that a sentence is checked against: all of its subject, or of the seeds the nearest."""
        own = self.evidence[written.on]
        if len(own) <= SHOWN:
            return own
        likeness = self.vectors[written.on] @ self.embedder.embed([written.says])[0]
        return [own[i] for i in likeness.argsort()[::-1][:SHOWN]]

    def check(self, written: Written) -> tuple[Checked, list[Evidence]]:
        """Check a sentence, and return what it was checked against too."""
        evidence = self.near(written)
        if written.on == "seeds":
            return Checker(evidence, self.vocabulary, self.reader).check(written.says), evidence
        if written.on not in self.checkers:
            self.checkers[written.on] = Checker(evidence, self.vocabulary, self.reader)
        return self.checkers[written.on].check(written.says), evidence


def is_right(written: Written, checked: Checked, evidence: Sequence[Evidence]) -> bool:
    """Tell whether a sentence that passed was to pass, and all evidence cited for it supports it."""
    if checked.verdict is not Verdict.SUPPORTED or not written.by:
        return checked.verdict is not Verdict.SUPPORTED and not written.by
    quotes = [evidence[number - 1].text for number in checked.numbers]
    words = [word for group in written.by for word in group]
    each = all(any(word in quote for quote in quotes for word in group) for group in written.by)
    return each and all(any(word in quote for word in words) for quote in quotes)
