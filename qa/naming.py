"""Naming: the name by which a gold file calls the article that a passage or a citation lies in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from index.errors import QuestionError
from qa.gold import read_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Naming:
    """Names articles by their files, and records by the ids that their own file gives them."""

    ids: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    """For each file of records its full path, with forward slashes, and in order the id of each record that has one."""

    def name(self, place: Mapping[str, Any], among: Collection[str]) -> str:
        """Return the name of an article among those of a gold question; its most exact one where it has none there.

        Args:
            place: a passage or a citation of an answer's dict, with `file` and `record`.
            among: names as a gold file writes them: the id of a record, else the file with its folders, its name
                alone, or its name without the ending.
        """
        names = self.names(place)
        return next((name for name in names if name in among), names[0])

    def names(self, place: Mapping[str, Any]) -> tuple[str, ...]:
        """Return all names of an article, the most exact first."""
        file, record = str(place["file"]), place.get("record")
        path = PurePosixPath(file)
        own = file if record is None else f"{file}#{record}"
        return (*self._ids(file, record), own, file, path.name, path.stem)

    def _ids(self, file: str, record: int | None) -> list[str]:
        if record is None:
            return []
        found = (ids[record] for path, ids in self.ids if path.endswith(f"/{file}") and record < len(ids))
        return [id_ for id_ in found if id_ is not None]


BY_FILE = Naming()
"""Names articles by their files alone."""


def read_naming(corpora: Iterable[Path]) -> Naming:
    """Read the ids of the records of files of JSON lines, gzipped or not.

    A line that is no record, or a record without an id, has none, as in an index of the file.

    Raises:
        QuestionError: a file cannot be read, or no record in it has an id.
    """
    return Naming(tuple((path.resolve().as_posix(), _record_ids(path)) for path in corpora))


def _record_ids(path: Path) -> tuple[str | None, ...]:
    ids = tuple(_id(line) for _, line in read_lines(path))
    if not any(ids):
        raise QuestionError(f'{path} holds no record with an "id"; give a file of JSON lines, each with its "id".')
    return ids


def _id(line: str) -> str | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return str(row["id"]) if isinstance(row, dict) and isinstance(row.get("id"), str | int) else None
