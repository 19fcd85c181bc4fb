"""Clusters: articles on one event with what is known of them, in files whose format is docs/scoring.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GOLD = "gold.json"
"""The file beside the articles of a cluster that says what is known of them."""
_KINDS = {"difference": False, "change": True, "either": None}


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article."""

    file: str
    quote: str
    spans: tuple[tuple[int, int], ...]
    """Every place in the file's text where they stand, (first character, one past the last), at least one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What sentences of several articles say alike."""

    about: str
    """Empty for one that no question asks for."""
    questions: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One version of what sources tell differently."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """What sources tell differently."""

    about: str
    change: bool | None
    """True where a later report supersedes an earlier one; None where it may be told as a change or as a difference."""
    sides: tuple[Side, ...]
    """Of a change in the order of time."""
    questions: tuple[str, ...]
    """Those that should raise it; none where it may be told and need not be."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of what was said, with every place that has it, or a part of it, word for word."""

    direct: bool
    """Whether it is in quotation marks; else it tells in other words what was said."""
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What one person said once, in all its wordings."""

    speaker: tuple[str, ...]
    """How the articles spell the speaker's name; any one is right."""
    about: str
    questions: tuple[str, ...]
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles on one event and what is known of them."""

    name: str
    event: str
    folder: Path
    """Where the articles are: its `.txt` files."""
    statements: tuple[Statement, ...]
    apart: tuple[tuple[Place, ...], ...]
    """Sentences that look alike and do not say the same."""
    reports: tuple[tuple[str, ...], ...]
    """The articles of each independent report; every article is in one."""
    disputes: tuple[Dispute, ...]
    agreeing: tuple[str, ...]
    """Questions on which the articles do not differ."""
    remarks: tuple[Remark, ...]
    same: tuple[tuple[str, ...], ...]
    """Spellings of one name."""
    different: tuple[tuple[str, ...], ...]
    """Names that look alike and are not one."""

    @property
    def questions(self) -> tuple[str, ...]:
        """All questions, each once."""
        asking: tuple[Statement | Dispute | Remark, ...] = (*self.statements, *self.disputes, *self.remarks)
        return tuple(dict.fromkeys([*(q for item in asking for q in item.questions), *self.agreeing]))


def read_clusters(path: Path) -> tuple[Cluster, ...]:
    """Read all clusters at a path.

    Args:
        path: a file in the format of `gold.json`, the folder of one cluster, or a folder of such files and folders.

    Raises:
        QuestionError: there is none, or one is wrong; the text says which and in what.
    """
    if path.is_file():
        return (_cluster(path),)
    found = [path / GOLD] if (path / GOLD).is_file() else sorted([*path.glob(f"*/{GOLD}"), *path.glob("*.json")])
    if not found:
        raise QuestionError(f"{path} holds no cluster; give a folder with articles and a {GOLD}, or a folder of such.")
    return tuple(_cluster(file) for file in found)


def _cluster(file: Path) -> Cluster:
    try:
        row = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise QuestionError(f"{file} cannot be read ({error.strerror}); give another file.") from error
    except ValueError as error:
        raise QuestionError(f"{file} is not JSON in UTF-8; see docs/scoring.md for its format.") from error
    try:
        return _Reader(file, row).cluster()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise QuestionError(f"{file} is no cluster ({error!r}); see docs/scoring.md for its format.") from error


class _Reader:
    """Reads one gold file against the texts of its articles."""

    def __init__(self, file: Path, row: Mapping[str, Any]) -> None:
        self._file, self._row = file, row
        self._folder = file.parent / row.get("articles", ".")
        texts = sorted(self._folder.glob("*.txt"))
        self._texts = {text.name: text.read_text("utf-8") for text in texts}

    def cluster(self) -> Cluster:
        """Return the cluster.

        Raises:
            QuestionError: words are not in the article that they are said to be in, or an article is in no report.
        """
        row, names = self._row, self._row.get("names", {})
        return Cluster(
            name=self._file.parent.name if self._file.name == GOLD else self._file.stem,
            event=row.get("event", ""),
            folder=self._folder,
            statements=tuple(self._statement(item) for item in row.get("groups", [])),
            apart=tuple(self._places(item["sentences"]) for item in row.get("apart", [])),
            reports=self._reports(),
            disputes=tuple(self._dispute(item) for item in row.get("conflicts", [])),
            agreeing=tuple(row.get("agreeing", [])),
            remarks=tuple(self._remark(item) for item in row.get("quotations", [])),
            same=tuple(map(tuple, names.get("same", []))),
            different=tuple(map(tuple, names.get("apart", []))),
        )

    def _statement(self, item: Mapping[str, Any]) -> Statement:
        return Statement(item.get("about", ""), tuple(item.get("questions", [])), self._places(item["sentences"]))

    def _dispute(self, item: Mapping[str, Any]) -> Dispute:
        if item["kind"] not in _KINDS:
            raise QuestionError(f'{self._file} has the kind "{item["kind"]}"; write {", ".join(_KINDS)}.')
        sides = tuple(Side(side["text"], self._places(side["sentences"])) for side in item["versions"])
        return Dispute(item["about"], _KINDS[item["kind"]], sides, tuple(item["questions"]))

    def _remark(self, item: Mapping[str, Any]) -> Remark:
        wordings = tuple(Wording(bool(w["direct"]), self._places(w["places"])) for w in item["wordings"])
        return Remark(tuple(item["speaker"]), item["about"], tuple(item["questions"]), wordings)

    def _reports(self) -> tuple[tuple[str, ...], ...]:
        reports = tuple(map(tuple, self._row["reports"]))
        named = sorted(file for report in reports for file in report)
        if named != sorted(self._texts):
            raise QuestionError(f"{self._file} must have each of {', '.join(self._texts)} in one of its reports.")
        return reports

    def _places(self, pairs: list[tuple[str, str]]) -> tuple[Place, ...]:
        return tuple(Place(file, quote, self._spans(file, quote)) for file, quote in pairs)

    def _spans(self, file: str, quote: str) -> tuple[tuple[int, int], ...]:
        text, spans, at = self._texts.get(file, ""), [], -1
        while quote and (at := text.find(quote, at + 1)) >= 0:
            spans.append((at, at + len(quote)))
        if not spans:
            raise QuestionError(f"{self._file} quotes words that {file} does not have: “{quote}”.")
        return tuple(spans)
