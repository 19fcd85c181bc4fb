"""Reports: what one run of indexing found and did, told file by file, and by counts within files of records."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from index.reading import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from index.manifest import FileState, Known
    from index.source import Source


@dataclass(frozen=True, slots=True)
class Records:
    """What became of the records of one file."""

    file: str
    added: int
    changed: int
    """Records that hold another article than the record of that number did."""
    removed: int
    unchanged: int
    """Records whose text the file had already, be it under another number."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of indexing did."""

    root: str
    """The folder that file names are relative to."""
    store: str
    """The folder of the index."""
    added: tuple[str, ...]
    """Files indexed for the first time."""
    changed: tuple[str, ...]
    """Files that hold other articles than in the index."""
    renamed: tuple[tuple[str, str], ...]
    """(old, new) names of files that hold the same texts under another name."""
    removed: tuple[str, ...]
    """Files that the index had and the folder has no more."""
    unchanged: int
    """Files that the index had already."""
    skipped: tuple[Skipped, ...]
    """Files and records that were not indexed."""
    duplicates: tuple[tuple[str, ...], ...]
    """Groups of articles that print one text, be it with edits or another headline (see `index.copies`); a record is
    named `FILE#NUMBER`. Each is indexed and can be cited."""
    records: tuple[Records, ...]
    """Counts for each file of records that was added or changed."""
    chunks: int
    """Chunks embedded in this run."""
    articles: int
    """Articles in the index now."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of `byline index --json`."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        skipped = [{k: v for k, v in asdict(s).items() if k != "record" or v is not None} for s in self.skipped]
        renamed = [{"from": old, "to": new} for old, new in self.renamed]
        return {**fields, "skipped": skipped, "renamed": renamed, "records": [asdict(r) for r in self.records]}


def make_report(  # noqa: PLR0913 # each is another's finding
    source: Source,
    store: Path,
    before: Mapping[str, Sequence[Known]],
    files: Mapping[str, FileState],
    *,
    chunks: int,
    copies: Mapping[str, int],
) -> Report:
    """Compare the files that the index had with those that it has.

    Args:
        source: the files that there are.
        store: the folder of the index.
        before: the articles of each file that the index had.
        files: all files that were looked at.
        chunks: how many were embedded.
        copies: number of the group of each article that has a copy, by its id.
    """
    after = {file: state.articles for file, state in files.items() if state.articles}
    same = {file for file in after.keys() & before.keys() if _ids(after[file]) == _ids(before[file])}
    changed = sorted(after.keys() & before.keys() - same)
    renamed = tuple(_renamed(before, after))
    new = after.keys() - before.keys()
    counted = [_count(file, before.get(file, ()), after[file]) for file in sorted({*new, *changed})]
    unread = [Skipped(file, None, reason) for file, reason in source.skipped]
    unread += [item for state in files.values() for item in state.skipped]
    return Report(
        root=str(source.root),
        store=str(store),
        added=tuple(sorted(new - {name for _, name in renamed})),
        changed=tuple(changed),
        renamed=renamed,
        removed=tuple(sorted(before.keys() - after.keys() - {name for name, _ in renamed})),
        unchanged=len(same),
        skipped=tuple(sorted(unread, key=lambda s: (s.file, s.record or 0))),
        duplicates=_duplicates(after, copies),
        records=tuple(records for records in counted if records),
        chunks=chunks,
        articles=sum(map(len, after.values())),
    )


def _ids(articles: Sequence[Known]) -> set[str]:
    return {known.id for known in articles}


def _renamed(before: Mapping[str, Sequence[Known]], after: Mapping[str, Sequence[Known]]) -> Iterator[tuple[str, str]]:
    """Yield (old, new) of files that went and came with the same texts, each name once, in the order of names."""
    gone: dict[tuple[str, ...], list[str]] = {}
    for file in sorted(before.keys() - after.keys(), reverse=True):
        gone.setdefault(tuple(known.content for known in before[file]), []).append(file)
    for file in sorted(after.keys() - before.keys()):
        contents = tuple(known.content for known in after[file])
        if gone.get(contents):
            yield gone[contents].pop(), file


def _count(file: str, before: Sequence[Known], after: Sequence[Known]) -> Records | None:
    """Compare the records of a file; None for a file that is one article."""
    if all(known.record is None for known in after):
        return None
    old = {known.record: known for known in before}
    left = Counter(known.content for known in before)
    fresh: set[int | None] = set()
    unchanged = changed = 0
    for known in after:
        there = old.get(known.record)
        if left[known.content] == 0:
            fresh.add(known.record)
            continue
        left[known.content] -= 1
        if there and there.content == known.content and there.id != known.id:
            changed += 1  # the text is the same, and its title, date or the like another
        else:
            unchanged += 1
    lost: set[int | None] = set()
    for known in before:
        if left[known.content] > 0:
            left[known.content] -= 1
            lost.add(known.record)
    replaced = len(fresh & lost)
    return Records(file, len(fresh) - replaced, changed + replaced, len(lost) - replaced, unchanged)


def _duplicates(files: Mapping[str, Sequence[Known]], copies: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Group the articles that are copies, and those of one text: one of a few words has nothing else to be told by."""
    group_of = {known.content: copies[known.id] for all_ in files.values() for known in all_ if known.id in copies}
    groups: dict[str | int, list[str]] = {}
    for file in sorted(files):
        for known in files[file]:
            group = group_of.get(known.content, known.content)
            groups.setdefault(group, []).append(file if known.record is None else f"{file}#{known.record}")
    return tuple(tuple(names) for names in groups.values() if len(names) > 1)
