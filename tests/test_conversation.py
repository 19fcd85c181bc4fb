from __future__ import annotations

from dataclasses import replace

from qa.answer import Answer, Citation, Claim
from ui.conversation import REMEMBERED, begin, exchange_at, grow, history, settle, stopped

CITATION = Citation(1, "a.txt", None, None, None, None, 1, 0, 7, "Yes it.", 1.0)


def answer(question: str, *, refused: bool = False) -> Answer:
    claims = (Claim("Yes it.", (CITATION,), 1), Claim("So did she.", (CITATION,), 1))
    return Answer(question, question, claims, None, refused, "Nobody says." if refused else None, (), 0.1)


def test_turns_are_numbered_from_one_and_never_shared() -> None:
    talk = begin(settle(begin((), "a"), "no"), "b")
    assert [exchange.turn for exchange in talk] == [1, 2]
    assert [exchange.pending for exchange in talk] == [False, True]


def test_settling_answers_the_last_question_only() -> None:
    talk = settle(begin(settle(begin((), "a"), "an error."), "b"), answer("b"))
    assert talk[0].problem == "an error."
    assert talk[1].answer == answer("b")


def test_an_answer_that_grows_is_pending_until_it_is_settled() -> None:
    talk = grow(begin((), "a"), answer("a"))
    assert talk[0].pending
    assert history(talk) == []
    settled = settle(talk, answer("a"))
    assert (settled[0].pending, settled[0].growing, settled[0].answer) == (False, None, answer("a"))


def test_stopping_keeps_what_was_written_and_says_so() -> None:
    kept = stopped(grow(begin((), "a"), replace(answer("a"), growing=True)))[0].answer
    assert kept == replace(answer("a"), notice="Stopped before the end.")
    assert stopped(begin((), "a"))[0].problem == "Stopped before there was an answer."
    assert stopped(()) == ()
    done = settle(begin((), "a"), answer("a"))
    assert stopped(done) == done


def test_the_history_is_plain_text_without_citation_numbers() -> None:
    talk = settle(begin((), "Did it?"), answer("Did it?"))
    assert history(talk) == [
        {"role": "user", "text": "Did it?"},
        {"role": "assistant", "text": "Yes it. So did she."},
    ]


def test_a_refusal_is_remembered_by_its_reason_and_not_by_the_nearest_claims() -> None:
    talk = settle(begin((), "Why?"), answer("Why?", refused=True))
    assert history(talk)[1]["text"] == "Nobody says."


def test_errors_and_open_questions_are_not_part_of_the_history() -> None:
    assert history(begin(settle(begin((), "a"), "an error."), "b")) == []


def test_the_history_holds_the_last_exchanges_only() -> None:
    talk = ()
    for number in range(REMEMBERED + 5):
        talk = settle(begin(talk, str(number)), answer("q"))
    assert [turn["text"] for turn in history(talk) if turn["role"] == "user"] == [
        str(number) for number in range(5, REMEMBERED + 5)
    ]


def test_a_turn_is_found_by_its_number_and_by_nothing_else() -> None:
    talk = begin((), "a")
    assert exchange_at(talk, 1) == talk[0]
    assert all(exchange_at(talk, wrong) is None for wrong in (0, 2, "1", None, [1], {"turn": 1}))
