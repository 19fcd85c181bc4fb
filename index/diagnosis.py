"""Diagnoses: what an examination of an index found, and what to do about each thing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    what: str
    """What is wrong, and where."""
    remedy: str
    """What to do about it, in the imperative."""
    fixable: bool = True
    """True where `byline doctor --fix` does it."""

    def __str__(self) -> str:
        """Return the line that is shown."""
        return f"{self.what}; {self.remedy}."


@dataclass(slots=True)
class Diagnosis:
    """What an examination found."""

    findings: list[Finding] = field(default_factory=list)
    articles: int = 0
    chunks: int = 0
    damaged: set[str] = field(default_factory=set)
    """Ids of the articles to be written anew, or removed where their file is gone."""
    outdated: bool = False
    """Whether the store needs a new generation to be right."""
    broken: bool = False
    """Whether the store cannot be read, or was read otherwise, and must be made anew from the articles."""
    misbuilt: bool = False
    """Whether it can be read and has whole vectors, but must be made anew, too, once all else is right."""
    unread: set[str] = field(default_factory=set)
    """Files that are there and cannot be read now; what the index has of them stays."""

    def add(self, what: str, article_id: str | None = None, remedy: str = "run `byline doctor --fix`") -> None:
        """Note something of the store that can be fixed."""
        self.findings.append(Finding(what, remedy))
        self.outdated = True
        if article_id is not None:
            self.damaged.add(article_id)

    def add_unread(self, file: str, reason: str) -> None:
        """Note once that a file cannot be read now, which only a person can change.

        Args:
            file: its name.
            reason: why, and what to do, as the end of a sentence that begins with the name.
        """
        if file in self.unread:
            return
        self.unread.add(file)
        why, _, remedy = reason.rstrip(".").partition("; ")
        what = f"{file}, whose articles stay in the index, {why}"
        self.findings.append(Finding(what, remedy or "have it readable", fixable=False))
