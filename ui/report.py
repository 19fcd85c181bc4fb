"""The report of indexing as text for the terminal: what changed, what was skipped and why, what is there twice."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.report import Records, Report

SHOWN = 5
"""Lines of a kind that are printed; the rest is counted. `--json` has them all."""
ALIKE = 10
"""Files skipped for one reason that are printed; the rest is counted."""
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters of a name that would move the terminal's cursor, break the line, or turn its letters around."""


def describe(report: Report) -> str:
    """Tell what a run of indexing did, in a few lines."""
    lines = [
        headline(report),
        *_some([_records(records) for records in report.records], "files of records"),
        *_skipped(report),
        *_some([f"same text: {', '.join(_few(names))}" for names in report.duplicates], "groups of the same text"),
    ]
    return "\n".join(map(one_line, lines))


def one_line(line: str) -> str:
    """Return a line that prints as one: control characters, as names of files may have them, are written as escapes."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), line)


def headline(report: Report) -> str:
    """Tell what a run of indexing did, in one line."""
    kinds = (
        ("added", report.added),
        ("changed", report.changed),
        ("renamed", report.renamed),
        ("removed", report.removed),
    )
    counts = [f"{len(files)} {word}" for word, files in kinds if files]
    done = ", ".join([*counts, f"{report.unchanged} unchanged"]) if counts else "nothing to do, all unchanged"
    where = f"{report.articles} articles of {report.root} in {report.store}"
    return one_line(f"{where}: {done}; {report.chunks} chunks embedded.")


def _records(records: Records) -> str:
    kinds = ("added", "changed", "removed", "unchanged")
    counts = [f"{count:,} {word}" for word in kinds if (count := getattr(records, word))]
    return f"{records.file}: records {', '.join(counts)}"


def _skipped(report: Report) -> Iterator[str]:
    """Yield a line for each file that was skipped, a few for a file of records, and a count where many are alike."""
    files: Counter[str] = Counter()
    for file, items in groupby(report.skipped, key=lambda skipped: skipped.file):
        found = list(items)
        files[found[0].reason] += 1
        if files[found[0].reason] > ALIKE:
            continue
        lines = [
            f"skipped {file}{'' if item.record is None else f' record {item.record}'}: {item.reason}" for item in found
        ]
        yield from _some(lines, f"records of {file} skipped")
    for reason, count in files.items():
        if count > ALIKE:
            yield f"… and {count - ALIKE:,} more skipped: {reason}"


def _some(lines: Sequence[str], rest: str) -> list[str]:
    if len(lines) <= SHOWN:
        return list(lines)
    return [*lines[: SHOWN - 1], f"… and {len(lines) - SHOWN + 1:,} more {rest}"]


def _few(names: Sequence[str]) -> list[str]:
    return list(names) if len(names) <= SHOWN else [*names[: SHOWN - 1], f"and {len(names) - SHOWN + 1:,} more"]
