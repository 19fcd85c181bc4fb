"""Days: which articles and which of their statements tell of the day that a question names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from qa.survey import WHOLE
from qa.timeline import find_when

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from index.article import Article
    from qa.aim import Day
    from qa.survey import Survey

TOLD_WITHIN = 7
"""Days within which what happens is in the news."""


def on_day(survey: Survey, day: Day) -> Survey:
    """Return the statements of a survey that tell of a day; where none does, those published on it."""
    whens = [find_when(s.article.text[s.sentence.start : s.sentence.end], s.article) for s in survey.statements]
    told = [at for at, when in enumerate(whens) if when and _is_day(when.date, day)]
    kept = told or [at for at, s in enumerate(survey.statements) if _is_day(s.article.published, day)]
    statements = tuple(survey.statements[at] for at in kept)
    return replace(survey, statements=statements, likeness=survey.likeness[np.ix_(kept, kept)])


def articles_of(day: Day, articles: Mapping[str, Article], among: Collection[str]) -> frozenset[str]:
    """Return the ids of at most WHOLE articles that may tell of a day: published on it or soon after, nearest first."""
    near: list[tuple[int, str]] = []
    for id_ in among:
        published = articles[id_].published
        try:
            written = date.fromisoformat((published or "")[:10])
            after = (written - date(day[0] or written.year, day[1], day[2])).days
        except ValueError:
            continue
        if -1 <= after <= TOLD_WITHIN:
            near.append((abs(after), id_))
    return frozenset(id_ for _, id_ in sorted(near)[:WHOLE])


def _is_day(iso: str | None, day: Day) -> bool:
    """Tell whether an ISO 8601 date is a day, of any year where that has none."""
    if iso is None or not re.match(r"\d{4}-\d\d-\d\d", iso):
        return False
    year, month, number = (int(part) for part in iso[:10].split("-"))
    return (month, number) == day[1:] and day[0] in (None, year)
