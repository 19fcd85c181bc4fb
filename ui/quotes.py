"""Quotations in the chat and the terminal: who said what in which outlet's words, and what is in quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa import prompts
from ui.markup import cite_link, escape
from ui.report import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Citation
    from qa.quotation import Quotation, Wording


def render_quotes(turn: int, quotations: Sequence[Quotation]) -> str:
    """Return quotations as HTML, empty where there are none."""
    if not quotations:
        return ""
    items = "".join(_figure(turn, *named) for named in _named(quotations))
    return f'<section class="quotes"><h3>{escape(prompts.IN_WORDS)}</h3>{items}</section>'


def quote_lines(quotations: Sequence[Quotation]) -> list[str]:
    """Return quotations as paragraphs of text: the speaker, then one line for each wording."""
    found = []
    for speaker, quotation in _named(quotations):
        lines = [f"{speaker}:"] if speaker else []
        for number, wording in enumerate(quotation.wordings):
            note = "; ".join(_notes(wording, first=number == 0))
            cited = ", ".join(f"{one_line(_outlet(c))} [{c.number}]" for c in wording.citations)
            lines.append(f"  {_marked(wording)}{f' ({note})' if note else ''} — {cited}")
        found.append("\n".join(lines))
    return [f"{prompts.IN_WORDS}\n{found[0]}", *found[1:]] if found else []


def _named(quotations: Sequence[Quotation]) -> list[tuple[str, Quotation]]:
    """Return each quotation with its speaker, those of one speaker together, named once."""
    order = list(dict.fromkeys(q.speaker for q in quotations))
    together = sorted(quotations, key=lambda q: order.index(q.speaker))
    before = [None, *(q.speaker for q in together)]
    return [("" if q.speaker == last else q.speaker, q) for q, last in zip(together, before, strict=False)]


def _figure(turn: int, speaker: str, quotation: Quotation) -> str:
    name = f"<figcaption>{escape(speaker)}</figcaption>" if speaker else ""
    items = "".join(_item(turn, w, first=number == 0) for number, w in enumerate(quotation.wordings))
    return f"<figure>{name}<ul>{items}</ul></figure>"


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
