"""Quotations: what somebody said, each utterance once, with the wordings that the outlets give it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answer import Citation


class Sameness(StrEnum):
    """How a wording is to the one that stands first."""

    VERBATIM = "verbatim"
    """Its words, or some of them in a row."""
    VARIANT = "variant"
    """One utterance in other words: edited, shortened, translated twice."""
    PARAPHRASE = "paraphrase"
    """It says the same in words of its own."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of an utterance, with every article that words it so."""

    text: str
    """Verbatim from the first citation's quote."""
    kind: Sameness
    direct: bool
    """Whether the articles set it in quotation marks; else it tells what was said."""
    citations: tuple[Citation, ...]
    """At least one, each a whole sentence that also says who speaks."""

    def __post_init__(self) -> None:
        """Refuse a wording that no article holds."""
        if not self.citations or self.text not in self.citations[0].quote:
            raise ValueError(f"a wording needs a citation that holds it: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One utterance of one speaker."""

    speaker: str
    """As an article that quotes it names who says it."""
    wordings: tuple[Wording, ...]
    """At least one: the one of most articles first, then others in quotation marks, then what tells of it."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of all wordings, in their order."""
        return tuple(citation for wording in self.wordings for citation in wording.citations)

    def recited(self, citations: dict[Citation, Citation]) -> Quotation:
        """Return the quotation with other citations in the places of its own."""
        wordings = (replace(w, citations=tuple(citations[c] for c in w.citations)) for w in self.wordings)
        return replace(self, wordings=tuple(wordings))

    def to_dict(self) -> dict[str, object]:
        """Return the quotation as JSON: `{speaker, wordings: [{text, kind, direct, citations: [number]}]}`."""
        return {
            "speaker": self.speaker,
            "wordings": [
                {"text": w.text, "kind": w.kind.value, "direct": w.direct, "citations": [c.number for c in w.citations]}
                for w in self.wordings
            ],
        }
