"""Writing: a language model's answer, of which only those sentences are shown that the articles support."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from index.errors import BylineError, WritingError
from index.fold import tokenise
from index.settings import Model, read_model
from qa import prompts
from qa.check import Checker
from qa.citing import numbered
from qa.compose import MAX_CLAIMS, make_claim, number_claims
from qa.conflict import number_conflicts
from qa.draft import Draft
from qa.line import Stopped, hear
from qa.model import WRITTEN, check_model, context_of, open_model
from qa.prompt import asked, fitting, instructions
from qa.reports import Reports
from qa.support import near_copy
from qa.trouble import trouble_of, unopened

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from llama_index.core.llms import LLM, ChatMessage

    from index.corpus import Corpus
    from qa.answer import Answer, Citation, Claim
    from qa.evidence import Evidence
    from qa.reader import Reader
    from qa.trouble import Trouble

log = logging.getLogger("byline")

TRIES = 3
"""How often a model is asked at most when its trouble may pass, before it has written anything."""
PAUSE = 0.5
"""Seconds before it is asked again, doubled each time, where its server names no time."""
SENTENCES = 12
"""Sentences of a model that are read at most."""
ANSWERS = 0.5
"""From this probability of the reader on a sentence that no quotation says answers the question."""


@dataclass(slots=True)
class _Written:
    """What has become of a model's sentences so far."""

    reports: Reports
    claims: list[Claim] = field(default_factory=list)
    left_out: int = 0
    unquoted: bool = False
    answers: bool = False
    """Whether any claim answers what was asked; as long as none does, none is shown."""


def make_writer(model: str | Model | LLM | None, timeout: float) -> Writer | None:
    """Return what writes answers with a model, given as `Library.open` takes it; None for none.

    Raises:
        BylineError: it is named wrongly, or what it needs is missing.
    """
    if model is None:
        return None
    return Writer(read_model(model) if isinstance(model, str) else model, timeout)


class Writer:
    """A language model that writes answers. It is opened when the first is asked for; threads may share it."""

    def __init__(self, model: Model | LLM, timeout: float) -> None:
        """Take a model, named or as LlamaIndex has it.

        Args:
            model: which one.
            timeout: seconds that it has for an answer, above 0.

        Raises:
            BylineError: what it needs is missing: an extra, a file or a key.
        """
        self._llm: LLM | None = None
        self._named: Model | None = None
        self._lock = threading.Lock()
        self._timeout = timeout
        if isinstance(model, Model):
            check_model(model)
            self._named, self.name = model, model.shown
        else:
            self._llm, self.name = model, model.metadata.model_name

    def write(
        self,
        quoted: Answer,
        evidence: Sequence[Evidence],
        corpus: Corpus,
        reader: Reader,
        stop: threading.Event | None = None,
    ) -> Generator[Answer]:
        """Yield the answer as it grows, sentence by sentence, each checked; the last one is whole.

        The first has no claims yet. Where the model fails or nothing of it can be shown, the last one has what is
        quoted, and says so. Closing the iterator, or setting `stop`, stops the model.

        Args:
            quoted: the answer made of quotations.
            evidence: what the articles say, best first.
            corpus: the articles, to compare sentences and to tell reports apart.
            reader: what judges whether one follows from another, and whether it answers.
            stop: set it from another thread to stop the model; then nothing more is yielded.
        """
        started = time.perf_counter()
        written, trouble, shown = _Written(Reports(corpus)), None, 0
        yield self._partial(quoted, written)
        checker = Checker(evidence, corpus.lexical.vocabulary, reader)
        try:
            with closing(self._sentences(quoted, evidence, stop or threading.Event())) as sentences:
                for sentence in islice(_unrepeated(sentences), SENTENCES):
                    if self._take(sentence, evidence, checker, written):
                        written.answers = written.answers or _answers(written.claims[-1], quoted, reader)
                    if written.answers and shown < len(written.claims):
                        shown = len(written.claims)
                        yield self._partial(quoted, written)
                    if len(written.claims) == MAX_CLAIMS:
                        break
        except Stopped:
            return
        except WritingError as error:
            trouble = str(error)
        answer = self._whole(quoted, written, trouble)
        yield replace(answer, seconds=quoted.seconds + time.perf_counter() - started)

    def _take(self, sentence: str, evidence: Sequence[Evidence], checker: Checker, written: _Written) -> bool:
        """Check a sentence, and tell whether it is one more to be shown."""
        checked = checker.check(sentence, written.claims[-1].text if written.claims else "")
        told = [evidence[number - 1].text for number in checked.numbers]
        circles = checked.verdict == "supported" and not any(_repeated(checked.text) <= _repeated(t) for t in told)
        if checked.verdict == "unsupported" or circles:
            written.left_out += 1
            return False
        if checked.verdict != "supported" or any(near_copy(checked.text, claim.text) for claim in written.claims):
            return False
        supports = [(evidence[number - 1], checked.support) for number in checked.numbers]
        written.claims.append(make_claim(checked.text, supports, written.reports))
        written.unquoted = written.unquoted or checked.unquoted
        return True

    def _partial(self, quoted: Answer, written: _Written) -> Answer:
        claims = number_claims(written.claims) if written.answers else ()
        growing = replace(
            quoted, claims=claims, conflicts=(), quotations=()
        )  # their numbers follow those of all claims
        return replace(growing, model=self.name, left_out=written.left_out, growing=True)

    def _whole(self, quoted: Answer, written: _Written, trouble: str | None) -> Answer:
        notices = []
        claims = written.claims if written.answers else []
        if trouble:
            notices.append((prompts.QUOTED_THEN if claims else prompts.QUOTED_INSTEAD).format(trouble=trouble))
        elif not claims:
            notices.append(_why_none(written))
        if claims and written.left_out:
            notices.append(prompts.left_out(written.left_out))
        if claims and written.unquoted:
            notices.append(prompts.MARKS_LOST)
        if trouble or not claims:
            told = {_place(citation) for claim in claims for citation in claim.citations}
            rest = (claim for claim in quoted.claims if _place(claim.citations[0]) not in told)
            claims = [*claims, *islice(rest, MAX_CLAIMS - len(claims))]
        return replace(
            _with_claims(quoted, claims),
            model=self.name if written.answers else None,
            notice=" ".join(notices) or None,
            left_out=written.left_out,
        )

    def _sentences(self, quoted: Answer, evidence: Sequence[Evidence], stop: threading.Event) -> Generator[str]:
        """Yield the model's sentences as they become whole; ask again where it fails before the first word.

        Raises:
            WritingError: it failed, in one sentence without a full stop.
            Stopped: `stop` was set.
        """
        llm, shown = self._ready(quoted.standalone_question, evidence)
        until = time.monotonic() + self._timeout
        for attempt in range(1, TRIES + 1):
            draft, ended, heard = Draft(), False, False
            messages = _messages(quoted.standalone_question, shown)
            try:
                with closing(hear(llm, messages, until - time.monotonic(), stop)) as said:
                    for words in said:
                        heard, ended = heard or bool(words), ended or words is None
                        yield from draft.add(words or "")
                yield from draft.rest(whole=ended)
            except Stopped:
                raise
            except Exception as error:  # noqa: BLE001 - providers raise what they like
                trouble = trouble_of(error)
                log.debug("the model failed: %s", trouble)
                pause = PAUSE * 2 ** (attempt - 1) if trouble.wait is None else trouble.wait
                again = trouble.passes and time.monotonic() + pause < until
                if trouble.kind == "long" and len(shown) > 1:
                    shown, pause, again = shown[: len(shown) // 2], 0.0, True
                if heard or not again or attempt == TRIES:
                    raise WritingError(self._says(trouble)) from None
                if stop.wait(pause):
                    raise Stopped from None
            else:
                return

    def _ready(self, question: str, evidence: Sequence[Evidence]) -> tuple[LLM, list[Evidence]]:
        """Return the model, opened, and the evidence that it is shown.

        Raises:
            WritingError: it could not be opened, or its words not be counted, in one sentence without a full stop.
        """
        try:
            llm = self._opened()
            return llm, fitting(question, evidence, context_of(llm), WRITTEN)
        except BylineError as error:
            raise WritingError(str(error).rstrip(".")) from error
        except Exception as error:  # noqa: BLE001 - classes and what they stand on, such as proxies, raise what they like
            raise WritingError(self._says(unopened(error))) from None

    def _opened(self) -> LLM:
        with self._lock:
            if self._llm is None:
                assert self._named is not None, "a writer has a model or the name of one"
                self._llm = open_model(self._named, self._timeout)
            return self._llm

    def _says(self, trouble: Trouble) -> str:
        place = (self._named.url if self._named else None) or self.name
        return prompts.TROUBLE[trouble.kind].format(
            place=place, limit=self._timeout, status=trouble.status, model=self.name, name=trouble.name
        )


def _unrepeated(sentences: Iterable[str]) -> Generator[str]:
    """Yield sentences up to the first that was there before: a small model goes round in circles then."""
    seen: set[str] = set()
    for sentence in sentences:
        if sentence in seen:
            return
        seen.add(sentence)
        yield sentence


def _with_claims(answer: Answer, claims: Sequence[Claim]) -> Answer:
    """Return an answer with other claims, the citations of all that it holds numbered anew."""
    claims = number_claims(claims)
    conflicts = number_conflicts(answer.conflicts, claims)
    known = [citation for claim in claims for citation in claim.citations]
    known += [citation for one in conflicts for version in one.versions for citation in version.citations]
    numbers = numbered((citation for one in answer.quotations for citation in one.citations), known)
    quotations = tuple(one.recited(numbers) for one in answer.quotations)
    return replace(answer, claims=claims, conflicts=conflicts, quotations=quotations)


def _why_none(written: _Written) -> str:
    if written.claims:
        return prompts.NOTHING_ANSWERS
    return prompts.NOTHING_LEFT if written.left_out else prompts.NOTHING_WRITTEN


def _repeated(text: str) -> Counter[tuple[str, str]]:
    """Return the pairs of words that a text has more than once: a small model says that a thing is that thing."""
    words = [token.key for token in tokenise(text) if not token.stop]
    return Counter({pair: count for pair, count in Counter(pairwise(words)).items() if count > 1})


def _answers(claim: Claim, quoted: Answer, reader: Reader) -> bool:
    """Tell whether a true sentence answers: a quotation of the answer says it, or the reader finds the answer in it."""
    best = {_place(citation) for other in quoted.claims for citation in other.citations}
    if any(_place(citation) in best for citation in claim.citations):
        return True
    return reader.read(quoted.standalone_question, [claim.text])[0].answerable >= ANSWERS


def _place(citation: Citation) -> tuple[str, int | None, int]:
    return citation.file, citation.record, citation.end


def _messages(question: str, evidence: Sequence[Evidence]) -> list[ChatMessage]:
    from llama_index.core.llms import ChatMessage

    return [
        ChatMessage(role="system", content=instructions()),
        ChatMessage(role="user", content=asked(question, evidence)),
    ]
