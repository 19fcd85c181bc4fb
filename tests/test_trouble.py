"""What becomes of an answer when the model's server fails, each way of failing put to a real server on loopback."""

import logging
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace

import pytest
from misbehaving import KEY, RAVING, WAYS, Misbehaving, misbehaving
from server import free_port

from index.settings import Model
from qa.answer import Answer
from qa.library import Library
from qa.writing import Writer

Write = Callable[..., Generator[Answer]]

WHO = "Who heads the Ukrainian delegation?"
INSTEAD, THEN = "this is quoted from the articles.", "what follows its sentences is quoted from the articles."
TROUBLED = {
    "wrong_key": "The model's server does not accept the key (status 401); ",
    "unknown_model": "The model's server does not know the model http://127.0.0.1:",
    "rate_limit": "The model's server refuses more questions for now (status 429); ",
    "rate_limit_for_an_hour": "The model's server refuses more questions for now (status 429); ",
    "fails": "The model's server failed (status 500); ",
    "no_context": "The question and its evidence are too long for the model; ",
    "no_json": "The model's server answered what cannot be read; ",
    "no_text": "The model's server ",
    "web_page": "The model's server answered what cannot be read; ",
    "plain_json": "The model's server answered what cannot be read; ",
    "empty": "The model wrote no answer; ",
    "cut": "The model's server broke off; ",
    "error_amid": "The model's server broke off; ",
    "raves": "Nothing that the model wrote could be found in the articles; ",
    "raves_without_end": "Nothing that the model wrote could be found in the articles; ",
    "control_characters": "Nothing that the model wrote could be found in the articles; ",
}
LATE = ("silent", "hangs", "pings", "trickles")
WRITTEN = {
    "good": None,
    "circles": "One sentence of the model was left out: the articles do not support it.",
    "busy_at_first": None,
    "small_context": None,
    "cut_after_a_sentence": f"The model's server broke off; {THEN}",
    "pauses": None,
    "slowly": f"The model did not finish within 2 seconds (BYLINE_TIMEOUT); {THEN}",
}


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving() as server:
        yield server


@pytest.fixture(scope="module")
def quoted(library: Library) -> Answer:
    return library.ask(WHO)


@pytest.fixture(scope="module")
def write(library: Library, quoted: Answer) -> Write:
    """Have the answer to WHO written by the model at an address; what is quoted is looked for once."""
    _, evidence = library.weigh(WHO)

    def write(
        url: str, timeout: float = 60, stop: threading.Event | None = None, kind: str = "http"
    ) -> Generator[Answer]:
        writer = Writer(Model(kind, "some-model", url, KEY), timeout)
        return writer.write(quoted, evidence, library.corpus, library.reader, stop)

    return write


def last(answers: Iterable[Answer]) -> Answer:
    *_, answer = answers
    return answer


def test_every_way_of_misbehaving_is_tested() -> None:
    assert sorted([*TROUBLED, *LATE, *WRITTEN]) == WAYS


@pytest.mark.parametrize("way", TROUBLED)
def test_a_model_that_fails_costs_one_clear_line_and_the_answer_is_quoted(
    way: str, server: Misbehaving, write: Write, quoted: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = last(write(server.url(way)))
    assert answer.notice is not None
    assert answer.notice.startswith(TROUBLED[way])
    assert answer.notice.endswith(("this is quoted from the articles.", "this is quoted from them."))
    assert answer.claims == quoted.claims
    assert answer.model is None
    assert KEY not in f"{answer!r} {answer.to_dict()} {caplog.text}"


@pytest.mark.parametrize("way", LATE)
def test_a_model_that_does_not_come_to_an_end_has_its_time_and_no_more(
    way: str, server: Misbehaving, write: Write, quoted: Answer
) -> None:
    started = time.monotonic()
    answer = last(write(server.url(way), timeout=1))
    assert time.monotonic() - started < 15
    assert answer.notice == f"The model did not finish within 1 seconds (BYLINE_TIMEOUT); {INSTEAD}"
    assert answer.claims == quoted.claims


@pytest.mark.parametrize("way", WRITTEN)
def test_what_a_model_wrote_before_it_failed_is_kept_and_completed(
    way: str, server: Misbehaving, write: Write, quoted: Answer
) -> None:
    answer = last(write(server.url(way), timeout=2 if way == "slowly" else 60))
    assert answer.notice == WRITTEN[way]
    assert answer.model == f"{server.url(way)}#some-model"
    cited = [citation.quote for citation in answer.citations]
    assert answer.claims[0].text in cited[0]
    assert len(set(cited)) == len(cited)
    if way in ("cut_after_a_sentence", "slowly"):
        assert {claim.text for claim in quoted.claims} <= {claim.text for claim in answer.claims}


def test_a_server_that_is_not_there_is_named(write: Write, quoted: Answer) -> None:
    url = f"http://127.0.0.1:{free_port()}/v1"
    answer = last(write(url))
    assert answer.notice == f"The model's server at {url} could not be reached; {INSTEAD}"
    assert answer.claims == quoted.claims


@pytest.mark.parametrize("kind", ["anthropic", "ollama", "openai"])
def test_the_classes_of_all_providers_fail_as_clearly(
    kind: str, server: Misbehaving, write: Write, quoted: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    for way in ("wrong_key", "unknown_model", "rate_limit_for_an_hour", "web_page", "silent"):
        with caplog.at_level(logging.DEBUG):
            answer = last(write(server.url(way).removesuffix("/v1"), timeout=2 if way == "silent" else 60, kind=kind))
        says = TROUBLED.get(way, "The model did not finish within 2 seconds").partition(" http")[0]
        assert answer.notice is not None
        assert answer.notice.startswith(says if way != "web_page" else "The model"), answer.notice
        assert answer.claims == quoted.claims
        assert KEY not in f"{answer!r} {caplog.text}"


@pytest.mark.parametrize("kind", ["anthropic", "http", "ollama", "openai"])
def test_a_model_that_cannot_be_opened_costs_one_line_that_says_why(
    kind: str, write: Write, quoted: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://me:secret@127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "socksio", None)  # what a proxy of that kind needs
    answer = last(write("https://models.example/v1", kind=kind))
    assert answer.notice == (
        "The model could not be used (ImportError: Using SOCKS proxy, but the 'socksio' package is not installed); "
        + INSTEAD
    )
    assert answer.claims == quoted.claims
    monkeypatch.setenv("ALL_PROXY", "gopher://me:secret@127.0.0.1:1")
    assert last(write("https://models.example/v1", kind=kind)).notice == (
        f"The model could not be used (ValueError); {INSTEAD}"
    )


def test_trouble_that_may_pass_is_tried_again_and_no_other(server: Misbehaving, write: Write) -> None:
    for way, times in (("rate_limit", 3), ("fails", 3), ("wrong_key", 1), ("rate_limit_for_an_hour", 1), ("cut", 1)):
        server.asked.clear()
        last(write(server.url(way)))
        assert len(server.asked) == times, way


def test_a_question_too_long_for_the_model_is_asked_again_with_less_evidence(server: Misbehaving, write: Write) -> None:
    last(write(server.url("small_context")))
    sources = [body["messages"][-1]["content"].count("\n[") for body in server.asked]
    assert sources == sorted(sources, reverse=True)
    assert sources[-1] <= 3


def test_a_refusal_is_decided_before_the_model_is_asked(server: Misbehaving, library: Library) -> None:
    writer = Writer(Model("http", "some-model", server.url("good")), 60)
    answers = list(replace(library, writer=writer).stream("What did the Vatican say?"))
    assert [answer.refused for answer in answers] == [True]
    assert answers[0].notice is None
    assert server.asked == []


def test_what_is_left_out_is_counted_and_told(server: Misbehaving, write: Write) -> None:
    answer = last(write(server.url("raves")))
    assert answer.left_out == 1
    assert RAVING.strip() not in answer.text


def test_a_model_that_goes_round_in_circles_is_stopped(server: Misbehaving, write: Write) -> None:
    stream = write(server.url("raves_without_end"))
    assert last(stream).left_out == 1
    assert server.left.wait(10)


def test_closing_the_answer_hangs_up_so_that_the_server_stops(server: Misbehaving, write: Write) -> None:
    stream = write(server.url("slowly"))
    assert [len(next(stream).claims), len(next(stream).claims)] == [0, 1]
    stream.close()
    assert server.left.wait(10)


@pytest.mark.parametrize("way", ["silent", "hangs", "pings", "slowly"])
def test_stopping_from_another_thread_ends_the_wait_at_once(way: str, server: Misbehaving, write: Write) -> None:
    stop = threading.Event()
    stream = write(server.url(way), stop=stop)
    next(stream)
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    assert all(answer.notice is None for answer in stream)
    assert time.monotonic() - started < 10
