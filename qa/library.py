"""The library: an open index that answers questions. The object behind `qa.ask`."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from index.corpus import Corpus, Newest
from index.errors import SourceError, StoreError
from index.generation import newest
from index.indexing import index_paths
from index.settings import default_store, read_settings
from qa.agreement import Agreement
from qa.aim import Aim, point_out, read_aim
from qa.answer import Answer, PassageRef
from qa.compose import compose, nearest
from qa.conflict import find_conflicts, number_conflicts
from qa.evidence import Weigher, interleave
from qa.followup import Turn, read_history, stand_alone
from qa.found import WEIGHED, find, judge_found, of_the_one_asked_for
from qa.kind import Kind
from qa.order import in_order
from qa.overview import Overview
from qa.parts import split_parts
from qa.question import clean, read_question
from qa.quote import quote
from qa.reader import Reader
from qa.refusal import THRESHOLD
from qa.remembered import Remembered
from qa.retrieve import merge_passages, retrieve_current
from qa.role import name_roles
from qa.scope import points_there, read_scope
from qa.short import as_of_now, short_answer
from qa.writing import make_writer

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from llama_index.core.llms import LLM

    from index.article import Article
    from index.vectors import Embeds
    from qa.aim import Asked
    from qa.evidence import Evidence
    from qa.question import Question
    from qa.retrieve import Passage
    from qa.writing import Writer

ATTEMPTS = 5
"""How often a question is put again because the index changed meanwhile."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Library:
    """Articles that can be asked. Safe to use from several threads; each question is put to the index as it is then."""

    corpus: Corpus
    """The articles as they were when the library was opened, or `now` was called."""
    embedder: Embeds
    reader: Reader
    follows: Newest | None = None
    """Where newer articles come from; None for a library that stays as it is."""
    writer: Writer | None = None
    """The language model that writes answers; None for answers that are quoted."""
    threshold: float = THRESHOLD
    """An answer is given from this probability on that the articles hold one, in [0, 1] (see `qa.refusal`)."""

    @classmethod
    def open(
        cls, store: Path | str | None = None, embedder: Embeds | None = None, model: str | LLM | None = None
    ) -> Library:
        """Open the index in a folder.

        Args:
            store: the folder of the index; None means BYLINE_STORE, else `.byline` here, else the articles in `seeds`,
                which are indexed on first use.
            embedder: the embedder that made it; None means the one that ships with Byline.
            model: the language model that writes answers, named as BYLINE_MODEL names it, or LlamaIndex's own; None
                means BYLINE_MODEL, else answers are quoted.

        Raises:
            StoreError: there is no index, it is damaged, or another embedder made it.
            ModelError: a model file that ships with Byline is missing or damaged.
            BylineError: the model is named wrongly, or what it needs is missing.
        """
        settings = read_settings()
        if embedder is None:
            from index.minilm import MiniLM

            embedder = MiniLM()
        writer = make_writer(settings.model if model is None else model, settings.timeout)
        path = Path(store) if store is not None else default_store()
        server = settings.server
        if store is None and server is None and newest(path) is None:
            _index_seeds(path, embedder)
        follows = Newest(path, embedder.fingerprint, server)
        corpus = follows.corpus()
        if not corpus.ids:
            where = corpus.store.place
            raise StoreError(f"The index {where} holds no article; run `byline index FOLDER --store {path}`.")
        threshold = THRESHOLD if settings.threshold is None else settings.threshold
        return cls(corpus, Remembered(embedder), Reader(), follows, writer, threshold)

    def now(self) -> Library:
        """Return a library of the articles as they are now, which stays so; a StoreError where they are gone."""
        return replace(self, corpus=self.follows.corpus(), follows=None) if self.follows else self

    @property
    def name(self) -> str:
        """The name of the folder of articles."""
        return self.corpus.root.name if self.corpus.root else self.corpus.store.path.name

    def ask(self, question: str, *, history: Iterable[Turn | Mapping[str, str]] = (), k: int = 20) -> Answer:
        """Answer a question from the articles, or refuse with what is missing.

        Args:
            question: in plain words, up to 2,000 characters.
            history: the turns before it, oldest first, `{"role": "user" or "assistant", "text": …}`.
            k: how many passages the answer lists.

        Raises:
            QuestionError: the question or its history cannot be used.
            StoreError: the index vanished while it was asked.
            ModelError: a model file that ships with Byline is missing or damaged.
        """
        *_, answer = self.stream(question, history=history, k=k)
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Iterable[Turn | Mapping[str, str]] = (),
        k: int = 20,
        stop: threading.Event | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer to a question, taken as `ask` takes it, as it grows; the last is what `ask` returns.

        Where a language model writes, the first has no claims yet, and each later one a sentence more, checked. Else,
        and for a refusal, about which no model is asked, there is but one. Closing the iterator stops the model, as
        does setting `stop` from another thread; then nothing more is yielded.

        Raises:
            QuestionError: the question or its history cannot be used.
            StoreError: the index vanished while it was asked.
            ModelError: a model file that ships with Byline is missing or damaged.
        """
        turns = list(history)
        library, answer, evidence = self.on_newest(lambda library: (library, *library._ask(question, turns, k)))
        if self.writer is None or answer.refused or not evidence:
            yield answer
        else:
            yield from self.writer.write(answer, evidence, library.corpus, self.reader, stop)

    def _ask(self, question: str, history: Sequence[Turn | Mapping[str, str]], k: int) -> tuple[Answer, list[Evidence]]:
        """Return the answer made of quotations, and all the evidence for what it answers, best first."""
        started = time.perf_counter()
        typed = in_order(clean(question))
        turns = read_history(history)
        pointed = point_out(typed, [turn.text for turn in turns if turn.role == "user"])
        scope = read_scope(pointed, self.corpus.articles.values())
        again = bool(turns) and points_there(typed, self.corpus.articles.values())
        if not again and (asked := read_aim(scope.text)) is not None:
            told = self._compared(asked, k)
            done = Overview(self.corpus, self.embedder, self.reader, scope).answer(question, asked, told)
            return replace(done, standalone_question=pointed, seconds=time.perf_counter() - started), []
        alone = name_roles(stand_alone(typed, turns, self.corpus), self.corpus)
        whole = read_question(alone, self.corpus.lexical.vocabulary)
        weigher = self._weigher
        parts = [find(part, weigher, max(k, WEIGHED)) for part in split_parts(whole.text, self.corpus)]
        verdicts = [judge_found(part, weigher, self.threshold) for part in parts]
        held = [part for part, verdict in zip(parts, verdicts, strict=True) if not verdict.refused]
        answered = [of_the_one_asked_for(part, weigher, self.threshold) for part in held]
        if answered:
            compared = [(Agreement(p.question, self.corpus, self.reader), p.evidence) for p in answered]
            composed = compose(compared)
            claims = tuple(claim for of_part in composed for claim in of_part)
            conflicts = number_conflicts([c for pair in compared for c in find_conflicts(*pair)], claims)
        else:
            composed, claims, conflicts = [], nearest(parts[0].evidence), ()
        known = [c for claim in claims for c in claim.citations]
        known += [c for conflict in conflicts for version in conflict.versions for c in version.citations]
        quotations = quote([(p.question, p.evidence) for p in answered], known, weigher)
        short = [
            words
            for n, p in enumerate(answered)
            if (words := short_answer(p.question, p.evidence, composed[n], [c for own in composed[:n] for c in own]))
        ]
        answer = Answer(
            question=question,
            standalone_question=whole.text,
            claims=claims,
            short=as_of_now("; ".join(dict.fromkeys(short)) or None, conflicts, claims),
            refused=not answered,
            reason=None if answered else verdicts[0].reason,
            passages=tuple(self._reference(p) for p in merge_passages([part.passages for part in parts])[:k]),
            seconds=time.perf_counter() - started,
            answerable=max(verdict.answerable for verdict in verdicts),
            conflicts=conflicts,
            quotations=quotations,
        )
        return answer, interleave([part.evidence for part in answered])

    def _compared(self, asked: Asked, k: int) -> Answer | None:
        """Return the answer to the question on which articles are to be compared, or None where there is none."""
        if asked.aim is not Aim.COMPARE or asked.topic is None:
            return None
        kind = read_question(asked.topic, self.corpus.lexical.vocabulary).kind
        return None if kind is Kind.TOPIC else self._ask(asked.topic, (), k)[0]

    def weigh(self, question: str) -> tuple[Question, tuple[Evidence, ...]]:
        """Return a question as it was read and its evidence, best first, without answering it.

        Raises:
            QuestionError: the question cannot be used.
            StoreError: the articles are not those that were indexed.
            ModelError: a model file that ships with Byline is missing or damaged.
        """
        found = self.on_newest(lambda library: find(clean(question), library._weigher))
        return found.question, found.evidence

    def search(self, question: str, k: int = 10) -> tuple[Passage, ...]:
        """Return the `k` passages nearest to a question, best first, without answering it.

        Their numbers are those of one corpus: use `on_newest` where they are to be looked up in it.

        Raises:
            QuestionError: the question cannot be used.
            StoreError: the articles are not those that were indexed.
            ModelError: a model file that ships with Byline is missing or damaged.
        """
        return self.on_newest(lambda library: library._search(question, k))

    def _search(self, question: str, k: int) -> tuple[Passage, ...]:
        read = read_question(clean(question), self.corpus.lexical.vocabulary)
        return retrieve_current(read, self.embedder.embed([read.text])[0], self.corpus, k)

    def on_newest(self, work: Callable[[Library], T]) -> T:
        """Do the work on the newest articles, again where newer ones came meanwhile: then those before may be gone.

        Args:
            work: what to do, given a library that stays as it is.
        """
        for _ in range(ATTEMPTS):
            library = self.now()
            try:
                done = work(library)
            except Exception:
                if not self.follows or library.corpus.store.is_newest:
                    raise
            else:
                if not self.follows or library.corpus.store.is_newest:
                    return done
        return work(self.now())

    def articles(self) -> tuple[Article, ...]:
        """Return all articles in the order of their files, without their texts."""
        return tuple(sorted(self.now().corpus.articles.values(), key=lambda a: (a.file, a.record or 0)))

    def article(self, file: str, record: int | None = None) -> Article:
        """Return an article with its text.

        Raises:
            SourceError: there is none of that name.
            StoreError: the index vanished meanwhile.
        """
        return self.on_newest(lambda library: library._article(file, record))

    def _article(self, file: str, record: int | None) -> Article:
        known = self.corpus.articles.values()
        same = [a for a in known if (a.file, a.record) == (file, record)] or [
            a for a in known if a.record == record and normalize("NFC", a.file) == normalize("NFC", file)
        ]
        if same:
            return self.corpus.sentences(same[0].id)[0]
        raise SourceError(f"{file} is not among the articles of this index.")

    @property
    def _weigher(self) -> Weigher:
        return Weigher(self.corpus, self.embedder, self.reader)

    def _reference(self, passage: Passage) -> PassageRef:
        article = self.corpus.articles[passage.article_id]
        return PassageRef(article.file, article.record, passage.start, passage.end, passage.score)


def _index_seeds(path: Path, embedder: Embeds) -> None:
    """Index the folder `seeds` beside a store that is not there."""
    if not (seeds := path.parent / "seeds").is_dir():
        raise StoreError(f"There is no index in {path}; make one with `byline index FOLDER`.")
    index_paths([seeds], path, embedder)
