"""Older stores: an index in a folder whose rows an older Byline wrote: read anew, its vectors taken over."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from index.errors import DamageError
from index.row import FORMAT
from index.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from index.manifest import Manifest


class AnyStore(Store):
    """A store that also opens where its rows are of an older format; then its articles have no texts."""

    takes_older = True


def is_older(path: Path, embedder: str, manifest: Manifest | None) -> bool:
    """Tell whether the rows of the index in a folder are of an older format; by itself where its manifest is lost.

    Raises:
        StoreError: it is another embedder's, or of a version whose rows cannot be read.
    """
    if manifest:
        return manifest.version != FORMAT
    with suppress(DamageError):
        return AnyStore(path, embedder).is_older
    return False
