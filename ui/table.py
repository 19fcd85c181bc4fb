"""The table of a comparison in the chat and the terminal: what each article says on each aspect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa import prompts
from ui.markup import cite_link, escape, joined
from ui.report import one_line

if TYPE_CHECKING:
    from qa.answer import Claim
    from qa.compare import Comparison, Source


def render_table(turn: int, comparison: Comparison) -> str:
    """Return a comparison as an HTML table: aspects down, articles across."""
    head = "".join(f'<th scope="col">{escape(source.name)}{_date(source)}</th>' for source in comparison.sources)
    rows = "".join(
        f'<tr><th scope="row">{escape(row.aspect)}</th>{"".join(_cell(turn, claim) for claim in row.cells)}</tr>'
        for row in comparison.rows
    )
    return (
        '<div class="table" tabindex="0" role="region" aria-label="Comparison"><table>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def table_lines(comparison: Comparison) -> list[str]:
    """Return a comparison as paragraphs of text: each aspect, then one line for each article that speaks of it."""
    found = []
    for row in comparison.rows:
        cells = [(one_line(source.name), claim) for source, claim in zip(comparison.sources, row.cells, strict=True)]
        said = [f"  {name}: {_text(claim)} {_numbers(claim)}" for name, claim in cells if claim is not None]
        silent = [name for name, claim in cells if claim is None]
        lines = [row.aspect.upper(), *said, *([f"  {prompts.SILENT} {', '.join(silent)}"] if silent else [])]
        found.append("\n".join(lines))
    return found


def _cell(turn: int, claim: Claim | None) -> str:
    if claim is None:
        return f'<td class="silent">{prompts.SILENT}</td>'
    links = "".join(f"<sup>{cite_link(turn, c, 'cite', f'[{c.number}]')}</sup>" for c in claim.citations)
    return f"<td><p>{escape(_text(claim))}{links}</p></td>"


def _date(source: Source) -> str:
    parts = joined((source.published,))
    return f"<span>{parts}</span>" if parts else ""


def _text(claim: Claim) -> str:
    return " ".join(claim.text.split())


def _numbers(claim: Claim) -> str:
    return "".join(f"[{c.number}]" for c in claim.citations)
