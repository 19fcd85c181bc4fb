"""Versions: how an answer shows where its sources differ, and which of them are one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa import prompts
from qa.answer import Difference
from ui.markup import cite_link, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Citation, Claim, Conflict, Version


def render_conflict(turn: int, conflict: Conflict, claims: Sequence[Claim] = ()) -> str:
    """Return a conflict as HTML: its versions side by side, each with its words, its sources and the first sentence.

    A version that tells one of the claims whole says, as the claim would, how many articles and reports it has.
    """
    title = prompts.DIFFER[conflict.kind]
    sides = "".join(_version(turn, version, claims) for version in conflict.versions)
    return (
        f'<section class="conflict {escape(conflict.kind)}" aria-label="{escape(title)}"><h3>{escape(title)}</h3>'
        f'<div class="versions">{sides}</div></section>'
    )


def is_told(claim: Claim, conflicts: Sequence[Conflict]) -> bool:
    """Tell whether a version shows all that a claim does: the sentence, and every source of it."""
    return any(_tells(version, claim) for conflict in conflicts for version in conflict.versions)


def is_open(short: str, conflicts: Sequence[Conflict]) -> bool:
    """Tell whether a short answer is but one of the versions of a contradiction, which none of them may lead."""
    versions = [v.text for c in conflicts if c.kind is not Difference.CHANGE for v in c.versions]
    return short.casefold() in {text.casefold() for text in versions}


def render_reports(claim: Claim) -> str:
    """Return how many articles say it, and how many reports they are, with those that are one report to be opened."""
    shown = count_reports(claim)
    if not shown:
        return ""
    if not any(len(articles) > 1 for articles in claim.reports):
        return f' <span class="reports">{shown}</span>'
    items = "".join(f"<li>{_report(articles)}</li>" for articles in claim.reports)
    return (
        f'<details class="reports"><summary>{shown}</summary><ul>{items}</ul>'
        f"<p>{escape(prompts.COUNT_CAVEAT)}</p></details>"
    )


def count_reports(claim: Claim) -> str:
    """Return how many articles say it, empty for one; and how many reports they are, where that is fewer."""
    articles = len({c.article for c in claim.citations})
    if articles < 2:
        return ""
    reports = f", {count(claim.independent, 'independent report')}" if claim.independent < articles else ""
    return f"{articles} articles{reports}"


def conflict_lines(conflict: Conflict) -> list[str]:
    """Return a conflict as lines of text: what it is, then each version with its numbers."""
    lines = [f"{prompts.DIFFER[conflict.kind]}:"]
    return lines + [f"- {version.text} {_numbers(version.citations)}" for version in conflict.versions]


def report_lines(claims: Sequence[Claim]) -> list[str]:
    """Return a line for each group of cited articles that is one report, by their numbers."""
    lines = {}
    for claim in claims:
        for articles in claim.reports:
            if len(articles) > 1:
                cited = [c for c in claim.citations if c.article in articles]
                lines[frozenset(c.number for c in cited)] = (
                    f"{_numbers(cited)} {prompts.ONE_REPORT.format(count=len(articles))}"
                )
    return list(lines.values())


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _tells(version: Version, claim: Claim) -> bool:
    numbers = {c.number for c in version.citations}
    return claim.text.removesuffix("…").strip() in version.citations[0].quote and numbers >= {
        c.number for c in claim.citations
    }


def _version(turn: int, version: Version, claims: Sequence[Claim]) -> str:
    links = "".join(f"<sup>{cite_link(turn, c, 'cite', f'[{c.number}]')}</sup>" for c in version.citations)
    first = version.citations[0]
    before, found, after = first.quote.partition(version.text)
    reports = "".join(render_reports(claim) for claim in claims if _tells(version, claim))
    source = f"<p>{escape(_source(first))}</p>{reports}</div>"
    if version.text == first.quote:  # a whole sentence, in an answer to yes or no, is said once
        return f'<div class="version"><blockquote>{escape(version.text)}{links}</blockquote>{source}'
    quote = f"{escape(before)}<b>{escape(found)}</b>{escape(after)}"
    said = f'<p class="says">{escape(version.text)}{links}</p>'
    return f'<div class="version">{said}<blockquote>{quote}</blockquote>{source}'


def _source(citation: Citation) -> str:
    named = citation.outlet or citation.title or citation.file
    return f"{named}, {citation.published}" if citation.published else named


def _report(articles: Sequence[str]) -> str:
    names = ", ".join(escape(name) for name in articles)
    return f"{escape(prompts.ONE_REPORT.format(count=len(articles)))}: {names}" if len(articles) > 1 else names


def _numbers(citations: Sequence[Citation]) -> str:
    return "".join(f"[{c.number}]" for c in citations)
