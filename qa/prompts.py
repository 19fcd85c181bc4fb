"""All words that Byline says on its own: refusals, and what it asks of a language model."""

from __future__ import annotations

REFUSAL_MISSING = "Not in these articles: none of them mentions {missing}."
REFUSAL_UNANSWERED = "Not in these articles: they do not say {asked}."
REFUSAL_NOTHING = "Not in these articles: nothing in them is near this question."
ASKED = {
    "person": "who",
    "place": "where",
    "time": "when",
    "number": "how many or how much",
    "reason": "why",
    "words": "what was said",
    "yes or no": "whether that is so",
    "topic": "anything about it",
    "other": "that",
}


def refuse_missing(words: list[str]) -> str:
    """Return the reason when words of the question are in no article."""
    quoted = [f"“{word}”" for word in words]
    return REFUSAL_MISSING.format(
        missing=quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
    )


def refuse_unanswered(kind: str, missing: list[str]) -> str:
    """Return the reason when the words are there but the answer is not."""
    if missing:
        return refuse_missing(missing)
    return REFUSAL_UNANSWERED.format(asked=ASKED.get(kind, "that"))
