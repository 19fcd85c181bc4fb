"""A real language model writes: SmolLM2-135M, in this process, over HTTP, streaming. What it invents is not shown."""

from __future__ import annotations

import re
import threading
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import httpx
import pytest
from llama_index.core.llms import ChatMessage

from index.settings import Model
from qa.library import Library
from qa.line import hear
from qa.local import run_model
from qa.model import open_model

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM
    from qa.answer import Answer

QUESTIONS = ("Who leads the Russian delegation?", "What is the top priority?")


@pytest.fixture(scope="module")
def writing(seed_store: Path, embedder: MiniLM, smollm: Path) -> Library:
    return Library.open(seed_store, embedder, model=f"local:{smollm}")


@pytest.fixture(scope="module")
def streams(writing: Library) -> list[list[Answer]]:
    return [list(writing.stream(question)) for question in QUESTIONS]


def test_an_answer_only_grows_and_the_last_one_is_whole(streams: list[list[Answer]]) -> None:
    for answers in streams:
        assert [answer.growing for answer in answers] == [True] * (len(answers) - 1) + [False]
        assert answers[0].claims == ()
        for before, after in pairwise(answers[:-1]):
            assert after.claims[: len(before.claims)] == before.claims
        assert answers[-1].claims


def test_every_sentence_that_is_shown_is_cited_by_the_words_of_a_file(
    streams: list[list[Answer]], library: Library
) -> None:
    for answers in streams:
        for citation in answers[-1].citations:
            text = library.article(citation.file).text
            assert text[citation.start : citation.end] == citation.quote
        numbers = [citation.number for citation in answers[-1].citations]
        assert numbers == list(range(1, len(numbers) + 1))


def test_an_answer_says_who_wrote_it_or_why_it_is_quoted(streams: list[list[Answer]], smollm: Path) -> None:
    for *_, answer in streams:
        assert answer.model in (None, f"local:{smollm.name}")
        assert answer.model or answer.notice
        assert str(smollm.parent) not in str(answer.to_dict())
        assert not re.search(r"\[\d", "".join(claim.text for claim in answer.claims))


def test_hanging_up_frees_the_model(smollm: Path) -> None:
    """The model is told to go on until its context is full, which takes it minutes."""
    running = run_model(smollm.resolve())

    def working() -> bool:
        slots = running.url.removesuffix("/v1") + "/slots"
        reply = httpx.get(slots, headers={"Authorization": f"Bearer {running.key}"}, timeout=60)
        return any(slot["is_processing"] for slot in reply.raise_for_status().json())

    llm = open_model(Model("local", str(smollm)), 600)
    llm = llm.model_copy(update={"max_tokens": None, "additional_kwargs": {"extra_body": {"ignore_eos": True}}})
    words = hear(llm, [ChatMessage(role="user", content="Count.")], 600, threading.Event())
    assert next(words)
    assert working()
    words.close()
    until = time.monotonic() + 30
    while working():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_local_model_serves_nobody_else(smollm: Path) -> None:
    url = run_model(smollm).url
    assert url.startswith("http://127.0.0.1:")
    assert httpx.post(f"{url}/chat/completions", json={}).status_code == 401
    assert httpx.get(f"{url}/models", headers={"Authorization": "Bearer guessed"}).status_code == 401


def test_a_refused_question_is_not_put_to_the_model(writing: Library) -> None:
    answers = list(writing.stream("What did the Vatican say?"))
    assert [(answer.refused, answer.model, answer.notice) for answer in answers] == [(True, None, None)]
