"""Help for tests of what is said: an article made of a text, its utterances, and the vocabulary of a few texts."""

from pathlib import Path

from learnt import learn_vocabulary

from index.article import Article, make_article
from index.sentence import split_sentences
from qa.utterance import Utterance, find_utterances


def said(text: str, *, direct: bool | None = None) -> list[tuple[str | None, str]]:
    """Return who says what in a text, in order; only what is quoted, or only what is told, where that is asked."""
    article, found = utterances(text)
    return [
        (u.speaker.name if u.speaker else None, article.text[u.start : u.end])
        for u in found
        if direct is None or u.direct is direct
    ]


def utterances(text: str) -> tuple[Article, tuple[Utterance, ...]]:
    article = make_article("a.txt", text)
    vocabulary, _ = learn_vocabulary([text])
    return article, find_utterances(article, split_sentences(article), vocabulary)


def write(folder: Path, **texts: str) -> Path:
    """Write articles into a folder, each file named by its keyword."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder
