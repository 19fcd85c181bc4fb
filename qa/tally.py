"""Tallies: how much of what was told of a cluster is right, and how much of what is known of it was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from qa.cluster import Cluster, Dispute, Place
    from qa.told import Conflict, Span, Statement, Told

HALF = 0.5
"""A cited span is a gold sentence when they share this much of the shorter of the two."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one measure; those of several clusters are added."""

    told: int = 0
    """What was told."""
    right: int = 0
    """Of this, what the gold has, too."""
    known: int = 0
    """What the gold has."""
    found: int = 0
    """Of this, what was told."""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """A line for each thing that was told wrongly or not at all."""

    @property
    def precision(self) -> float | None:
        """Share of what was told that is right; None where nothing was told."""
        return self.right / self.told if self.told else None

    @property
    def recall(self) -> float | None:
        """Share of what is known that was told; None where nothing is known."""
        return self.found / self.known if self.known else None

    def __add__(self, other: Tally) -> Tally:
        """Return the counts of both."""
        return Tally(
            self.told + other.told,
            self.right + other.right,
            self.known + other.known,
            self.found + other.found,
            self.notes + other.notes,
        )


def tally_statements(cluster: Cluster, told: Sequence[Told], *, answered: bool = False) -> Tally:
    """Count sentences of two articles that were told as one statement.

    Told are pairs of cited sentences of different articles under one claim, each pair once, whatever was asked. Known
    are, for each statement with questions, the pairs of articles that make it; found are those that a claim in an
    answer to one of these questions cites together for it.

    Args:
        cluster: the gold.
        told: the answers to the cluster's questions.
        answered: leave out statements that no answer to their questions cites.
    """
    claims = [claim for answer in told for claim in answer.claims]
    pairs = {pair for claim in claims for pair in _pairs(claim.cited)}
    wrong = sorted((a.file, a.quote, b.file, b.quote) for a, b in pairs if not say_the_same(cluster, a, b))
    notes = [f"not the same: {a}: “{x}” | {b}: “{y}”" for a, x, b, y in wrong]
    known = found = 0
    for statement in cluster.statements:
        asked = [c for answer in told if answer.question in statement.questions for c in answer.claims]
        cited = [frozenset(s.file for s in c.cited if _is_one(s, statement.places)) for c in asked]
        if not statement.questions or (answered and not any(cited)):
            continue
        for pair in combinations(sorted({p.file for p in statement.places}), 2):
            known += 1
            joined = any(files.issuperset(pair) for files in cited)
            found += joined
            notes += [] if joined else [f"not joined: {statement.about}: {' and '.join(pair)}"]
    return Tally(len(pairs), len(pairs) - len(wrong), known, found, tuple(notes))


def tally_reports(cluster: Cluster, told: Sequence[Told]) -> Tally:
    """Count pairs of articles, cited for one claim, that are one report; each pair once for each verdict on it."""
    report = {file: number for number, files in enumerate(cluster.reports) for file in files}
    verdicts = {v for answer in told for claim in answer.claims if claim.reports for v in _verdicts(claim)}
    same = [(a, b) for a, b, one in sorted(verdicts) if one]
    right = [pair for pair in same if report[pair[0]] == report[pair[1]]]
    known = [(a, b, one) for a, b, one in sorted(verdicts) if report[a] == report[b]]
    notes = [f"not one report: {a} and {b}" for a, b in same if (a, b) not in right]
    notes += [f"one report: {a} and {b}" for a, b, one in known if not one]
    return Tally(len(same), len(right), len(known), sum(one for _, _, one in known), tuple(notes))


def tally_counts(cluster: Cluster, told: Sequence[Told]) -> Tally:
    """Count claims of several articles whose number of independent reports is right."""
    claims = {c for answer in told for c in answer.claims if c.reports and len({s.file for s in c.cited}) > 1}
    right = 0
    for claim in claims:
        files = {span.file for span in claim.cited}
        right += len(claim.reports) == sum(any(f in files for f in report) for report in cluster.reports)
    return Tally(told=len(claims), right=right)


def tally_conflicts(cluster: Cluster, told: Sequence[Told], *, kinds: bool = True) -> Tally:
    """Count conflicts, each once however often it was told; found is one that a question of its own raised.

    One is right when two of its sides cite different sides of one gold conflict, none cites both, and it is a change,
    in the order of time, where and only where the gold says so. Those that have no questions are not known.

    Args:
        cluster: the gold.
        told: the answers to the cluster's questions.
        kinds: whether a change must be told as one.
    """
    conflicts = {(c.change, frozenset(c.sides)): c for answer in told for c in answer.conflicts}
    wrong = [c for c in conflicts.values() if not any(is_dispute(c, d, kinds=kinds) for d in cluster.disputes)]
    notes = [f"no conflict: {_described(c)}" for c in wrong]
    known = [dispute for dispute in cluster.disputes if dispute.questions]
    found = 0
    for dispute in known:
        raised = [c for answer in told if answer.question in dispute.questions for c in answer.conflicts]
        if any(is_dispute(c, dispute, kinds=kinds) for c in raised):
            found += 1
        else:
            kind = "change" if dispute.change else "difference"
            notes.append(f"not told: the {kind} in {dispute.about}")
    return Tally(len(conflicts), len(conflicts) - len(wrong), len(known), found, tuple(notes))


def tally_alarms(cluster: Cluster, told: Sequence[Told]) -> tuple[Tally, int]:
    """Count the agreeing questions, as right those that raised no conflict; and those that raised a false one."""
    agreeing = [answer for answer in told if answer.question in cluster.agreeing]
    raised = [answer for answer in agreeing if answer.conflicts]
    false = [a for a in raised if not all(any(is_dispute(c, d) for d in cluster.disputes) for c in a.conflicts)]
    notes = [f"alarm: {a.question} -> {_described(c)}" for a in raised for c in a.conflicts]
    return Tally(told=len(agreeing), right=len(agreeing) - len(raised), notes=tuple(notes)), len(false)


def tally_names(cluster: Cluster, joined: Callable[[str, str], bool]) -> Tally:
    """Count pairs of names that are joined as spellings of one.

    Args:
        cluster: the gold.
        joined: whether two names are taken for one.
    """
    same = [pair for names in cluster.same for pair in combinations(names, 2)]
    apart = [pair for names in cluster.different for pair in combinations(names, 2)]
    found, wrong = [p for p in same if joined(*p)], [p for p in apart if joined(*p)]
    notes = [f"not one name: {a}, {b}" for a, b in wrong]
    notes += [f"one name: {a}, {b}" for a, b in same if (a, b) not in found]
    return Tally(len(found) + len(wrong), len(found), len(same), len(found), tuple(notes))


def is_dispute(conflict: Conflict, dispute: Dispute, *, kinds: bool = True) -> bool:
    """Tell whether a conflict that was told is one that the gold has, and, where it matters, of the same kind."""
    kinds = kinds and dispute.change is not None
    if kinds and conflict.change != dispute.change:
        return False
    cited = [
        [n for n, side in enumerate(dispute.sides) if any(_is_one(span, side.places) for span in spans)]
        for spans in conflict.sides
    ]
    order = [sides[0] for sides in cited if sides]
    mixed = any(len(sides) > 1 for sides in cited)
    return not mixed and len(set(order)) > 1 and (not (kinds and dispute.change) or order == sorted(order))


def is_place(span: Span, place: Place) -> bool:
    """Tell whether cited words are those of the gold: in one file, sharing half of the shorter of the two."""
    return span.file == place.file and any(
        min(span.end, end) - max(span.start, start) >= HALF * min(span.end - span.start, end - start)
        for start, end in place.spans
    )


def say_the_same(cluster: Cluster, one: Span, other: Span) -> bool:
    """Tell whether two sentences say the same: by the gold, or word for word; wordings of one remark do, too."""
    groups = [s.places for s in cluster.statements] + [side.places for d in cluster.disputes for side in d.sides]
    groups += [tuple(place for wording in r.wordings for place in wording.places) for r in cluster.remarks]
    if any(_is_one(one, places) and _is_one(other, places) for places in groups):
        return True
    return _letters(one.quote) == _letters(other.quote)


def _is_one(span: Span, places: Iterable[Place]) -> bool:
    return any(is_place(span, place) for place in places)


def _pairs(spans: Collection[Span]) -> Iterator[tuple[Span, Span]]:
    ordered = sorted(set(spans), key=lambda s: (s.file, s.start, s.end))
    yield from ((a, b) for a, b in combinations(ordered, 2) if a.file != b.file)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _verdicts(claim: Statement) -> Iterator[tuple[str, str, bool]]:
    report = {file: number for number, files in enumerate(claim.reports) for file in files}
    yield from ((a, b, report[a] == report[b]) for a, b in combinations(sorted(report), 2))


def _described(conflict: Conflict) -> str:
    sides = " | ".join("; ".join(f"{s.file}: “{s.quote}”" for s in side) for side in conflict.sides)
    return f"{'change' if conflict.change else 'difference'} in {conflict.about}: {sides}"
