"""Asking: `qa.ask`, the whole interface in one function, over libraries that it opens once and keeps."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qa.answer import Answer
    from qa.followup import Turn


def ask(question: str, *, history: Iterable[Turn | Mapping[str, str]] = (), store: Path | str | None = None) -> Answer:
    """Answer a question from a folder of articles; see `Library.open` for the store and `Library.ask` for the rest.

    The index is opened once for each store and kept.

    Raises:
        BylineError: the store or the question cannot be used; the text of the error says why and what to do.
    """
    path = Path(store) if store is not None else None
    return _opened(path, Path.cwd()).ask(question, history=history)


@lru_cache(maxsize=4)
def _opened(store: Path | None, _here: Path) -> Library:
    return Library.open(store)
