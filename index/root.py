"""Roots: the folder whose articles an index has, with their files, and what lies in it that is given to be indexed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.manifest import load_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.manifest import FileState


@dataclass(frozen=True, slots=True)
class Root:
    """The folder of the articles of an index, as the last run left it."""

    path: Path
    """The folder, resolved; it may not be there any more."""
    files: Mapping[str, FileState]
    """What was indexed, by names relative to the folder."""

    def knows(self, path: Path) -> bool:
        """Tell whether a path lies in the folder, which is there, and was indexed, or files below it were."""
        try:
            name = path.resolve().relative_to(self.path).as_posix()
        except (OSError, RuntimeError, ValueError):  # elsewhere, in a circle, or no path at all
            return False
        return self.path.is_dir() and any(file == name or file.startswith(f"{name}/") for file in self.files)


def root_of(store: Path, relative: str) -> Path:
    """Return the folder that the manifest of an index names.

    Args:
        store: the folder of the index.
        relative: the folder of the articles, relative to that.
    """
    return Path(os.path.normpath(store / relative)).resolve()


def load_root(store: Path, generation: Path | None) -> Root | None:
    """Return the root of an index, or None where there is no index, or its manifest is lost or damaged.

    Args:
        store: the folder of the index.
        generation: that of its newest generation, or None.
    """
    manifest = load_manifest(generation) if generation else None
    return Root(root_of(store, manifest.root), manifest.files) if manifest else None
