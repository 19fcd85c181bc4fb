"""Quotations in the chat and the terminal: who said what in which outlet's words, and what is in quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa import prompts
from ui.markup import cite_link, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Citation
    from qa.quotation import Quotation, Wording


def render_quotes(turn: int, quotations: Sequence[Quotation]) -> str:
    """Return quotations as HTML, empty where there are none."""
    if not quotations:
        return ""
    items = "".join(_figure(turn, quotation) for quotation in quotations)
    return f'<section class="quotes"><h3>{escape(prompts.IN_WORDS)}</h3>{items}</section>'


def quote_lines(quotations: Sequence[Quotation]) -> list[str]:
    """Return quotations as paragraphs of text: the speaker, then one line for each wording."""
    found = []
    for quotation in quotations:
        lines = [f"{quotation.speaker}:"]
        for number, wording in enumerate(quotation.wordings):
            note = "; ".join(_notes(wording, first=number == 0))
            cited = ", ".join(f"{_outlet(c)} [{c.number}]" for c in wording.citations)
            lines.append(f"  {_marked(wording)}{f' ({note})' if note else ''} — {cited}")
        found.append("\n".join(lines))
    return [f"{prompts.IN_WORDS}\n{found[0]}", *found[1:]] if found else []


def _figure(turn: int, quotation: Quotation) -> str:
    items = "".join(_item(turn, w, first=number == 0) for number, w in enumerate(quotation.wordings))
    return f"<figure><figcaption>{escape(quotation.speaker)}</figcaption><ul>{items}</ul></figure>"


def _item(turn: int, wording: Wording, *, first: bool) -> str:
    notes = "".join(f'<i class="{wording.kind.value}">{escape(note)}</i>' for note in _notes(wording, first=first))
    cited = ", ".join(
        f"{escape(_outlet(c))}<sup>{cite_link(turn, c, 'cite', f'[{c.number}]')}</sup>" for c in wording.citations
    )
    name = "direct" if wording.direct else "told"
    return f'<li class="{name}"><p>{escape(_marked(wording))}</p><p class="by">{notes}{cited}</p></li>'


def _marked(wording: Wording) -> str:
    """Return a wording as it is shown: in quotation marks only where the articles have them."""
    text = " ".join(wording.text.split())
    return f"“{text}”" if wording.direct else text


def _notes(wording: Wording, *, first: bool) -> list[str]:
    notes = [] if first else [prompts.WORDINGS[wording.kind.value]]
    return [note for note in (*notes, "" if wording.direct else prompts.TOLD) if note]


def _outlet(citation: Citation) -> str:
    return citation.outlet or citation.title or citation.file
