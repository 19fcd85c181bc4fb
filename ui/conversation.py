"""One person's conversation: their questions in order, each with what came of it. It lives in the browser session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa import prompts

if TYPE_CHECKING:
    from qa.answer import Answer


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the sentence that says why there is none; with neither it is pending."""

    turn: int
    """From 1; no two exchanges of a conversation share it."""
    question: str
    answer: Answer | None = None
    problem: str | None = None
    """One sentence for the person: an error, or that they stopped the answer."""
    growing: Answer | None = None
    """Of a pending one, what a language model has written so far, each sentence checked."""

    @property
    def pending(self) -> bool:
        """Whether the answer is still being looked for."""
        return self.answer is None and self.problem is None


SPOKEN = 5
"""Claims of an answer that a new question may lean on: a table has many."""
Conversation = tuple[Exchange, ...]

REMEMBERED = 12
"""Exchanges that a new question may lean on; people refer to what was just said."""


def begin(conversation: Conversation, question: str) -> Conversation:
    """Return the conversation with one more question, pending."""
    return (*conversation, Exchange(conversation[-1].turn + 1 if conversation else 1, question))


def settle(conversation: Conversation, outcome: Answer | str) -> Conversation:
    """Return the conversation with its last question answered, or closed by a sentence that says why not."""
    last = replace(conversation[-1], growing=None)
    done = replace(last, problem=outcome) if isinstance(outcome, str) else replace(last, answer=outcome)
    return (*conversation[:-1], done)


def grow(conversation: Conversation, answer: Answer) -> Conversation:
    """Return the conversation with so much of the answer to its last question, which goes on growing."""
    return (*conversation[:-1], replace(conversation[-1], growing=answer))


def stopped(conversation: Conversation) -> Conversation:
    """Return the conversation with its last question closed, if it is open, by what there is of the answer."""
    if not conversation or not conversation[-1].pending:
        return conversation
    growing = conversation[-1].growing
    if growing is None or not growing.claims:
        return settle(conversation, prompts.STOPPED_EARLY)
    return settle(conversation, replace(growing, notice=prompts.STOPPED, growing=False))


def exchange_at(conversation: Conversation, turn: object) -> Exchange | None:
    """Return the exchange with this turn, or None; `turn` comes from a browser and may be anything."""
    return next((exchange for exchange in conversation if exchange.turn == turn), None)


def history(conversation: Conversation) -> list[dict[str, str]]:
    """Return the last answered exchanges as plain text for the next question: no markup, no citation numbers."""
    turns = []
    for exchange in conversation[-REMEMBERED:]:
        if exchange.answer is not None:
            turns += [
                {"role": "user", "text": exchange.question},
                {"role": "assistant", "text": _spoken(exchange.answer)},
            ]
    return turns


def _spoken(answer: Answer) -> str:
    if answer.refused:
        return answer.reason or "The articles do not say."
    return " ".join(claim.text for claim in answer.claims[:SPOKEN])
