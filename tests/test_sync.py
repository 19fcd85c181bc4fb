"""Indexing against a model of what it should do, kept by brute force, whatever happens to the folder."""

import shutil
import tempfile
from pathlib import Path

from counted import Hashed, settle
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from index.article import Article
from index.chunk import embedded_text, make_chunks
from index.corpus import Corpus
from index.indexing import index_paths
from index.reading import read_file
from index.sentence import split_sentences
from index.store import Store

NAMES = ["a.txt", "b.md", "c.txt", "deep/d.txt", "deep/é.txt"]
TEXTS = [f"The {word} of the North\n\nThe {word} of the North came on Monday. It was late.\n" for word in "abcdef"]
LONG = ("Word after word " * 40 + f"ends number {i}." for i in range(4))
TEXTS.append("\n\n".join(["The long report of the South", *LONG]))


class Sync(RuleBasedStateMachine):
    """A folder that changes at random; after each run, the index is compared with what reading it all anew gives."""

    @initialize()
    def make(self) -> None:
        self.home = Path(tempfile.mkdtemp())
        self.folder, self.store = self.home / "articles", self.home / "store"
        (self.folder / "deep").mkdir(parents=True)
        self.embedder = Hashed()
        self.indexed: dict[str, str] = {}
        self.known: set[str] = set()
        self.in_step = True
        (self.folder / "first.txt").write_text(TEXTS[0])
        self.run()

    def teardown(self) -> None:
        shutil.rmtree(self.home)

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS), old=st.booleans())
    def write(self, name: str, text: str, *, old: bool) -> None:
        (self.folder / name).write_text(text)
        if old:
            settle(self.folder)
        self.in_step = False

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def rename(self, name: str, other: str) -> None:
        if (self.folder / name).exists():
            (self.folder / name).rename(self.folder / other)
            self.in_step = False

    @rule(name=st.sampled_from(NAMES))
    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
        self.in_step = False

    @rule(name=st.sampled_from(NAMES))
    def touch(self, name: str) -> None:
        if (self.folder / name).exists():
            (self.folder / name).touch()

    @rule()
    def lose_the_manifest(self) -> None:
        for path in self.store.glob("0*/manifest.json"):
            path.unlink()

    @precondition(lambda self: not self.in_step)
    @rule()
    def run(self) -> None:
        """Index, and hold the report and the count of embedded texts against the two states of the folder."""
        now = {path.relative_to(self.folder).as_posix(): path.read_text() for path in self._files()}
        wanted = {text for path in self._files() for text in _embedded(path, self.folder)}
        self.embedder.texts.clear()
        report = index_paths([self.folder], self.store, self.embedder)
        assert sorted(self.embedder.texts) == sorted(wanted - self.known)
        assert report.chunks == len(wanted - self.known)
        before, self.indexed, self.known = self.indexed, now, wanted
        came = {*report.added, *(new for _, new in report.renamed)}
        went = {*report.removed, *(old for old, _ in report.renamed)}
        assert (came, went) == (now.keys() - before.keys(), before.keys() - now.keys())
        assert all(before[old] == now[new] for old, new in report.renamed)
        assert set(report.changed) == {name for name in now.keys() & before.keys() if now[name] != before[name]}
        assert report.unchanged == sum(before.get(name) == text for name, text in now.items())
        same = [[name for name in sorted(now) if now[name] == text] for text in sorted(set(now.values()))]
        assert sorted(report.duplicates) == sorted(tuple(names) for names in same if len(names) > 1)
        self.in_step = True
        self._check_store()

    @precondition(lambda self: self.in_step)
    @rule()
    def run_again(self) -> None:
        self.embedder.texts.clear()
        index_paths([self.folder], self.store, self.embedder)
        assert self.embedder.texts == []

    @invariant()
    def readers_see_one_whole_generation(self) -> None:
        assert len(list(self.store.glob("0*"))) == 1

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def _check_store(self) -> None:
        """Every article and chunk is there once, exactly, and each chunk is found by the vector of its text."""
        corpus = Corpus(Store(self.store, self.embedder.fingerprint))
        assert sorted(a.file for a in corpus.articles.values()) == sorted(self.indexed)
        chunks = {(corpus.articles[a].file, start, end, text) for _, a, start, end, text in corpus.store.chunks()}
        assert len(chunks) == len(corpus.ids) == len(list(corpus.store.chunks()))
        expected = {
            (article.file, chunk.start, chunk.end, chunk.text)
            for path in self._files()
            for article in read_file(path, self.folder)
            if isinstance(article, Article)
            for chunk in make_chunks(article, split_sentences(article))
        }
        assert chunks == expected
        titles = {id_: article.title for id_, article in corpus.articles.items()}
        for id_, article_id, _, _, text in corpus.store.chunks():
            vector = Hashed().embed([embedded_text(titles[article_id], text)])[0]
            score = dict(corpus.store.nearest(vector, len(corpus.ids))).get(id_)
            assert score is not None
            assert score > 0.999
        assert all(corpus.is_current(article_id) for article_id in corpus.articles)


def _embedded(path: Path, root: Path) -> list[str]:
    found = [item for item in read_file(path, root) if isinstance(item, Article)]
    return [embedded_text(a.title, chunk.text) for a in found for chunk in make_chunks(a, split_sentences(a))]


TestSync = Sync.TestCase
TestSync.settings = settings(max_examples=6, stateful_step_count=14, deadline=None)
