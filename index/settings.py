"""The settings: environment variables named BYLINE_…, read here and nowhere else, and passed down as one value."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

PORT = 7860
"""Gradio's usual port."""
KNOWN = ("BYLINE_STORE", "BYLINE_HOST", "BYLINE_PORT")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose outside the command line."""

    store: Path | None = None
    """Where the index lies (BYLINE_STORE); None means `.byline` beside the corpus."""
    host: str = "127.0.0.1"
    """The address that the chat listens on (BYLINE_HOST); the default is reachable from this machine only."""
    port: int = PORT
    """The port of the chat (BYLINE_PORT), 0 to 65535; 0 takes any free one."""


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingError: a BYLINE_ variable is unknown or its value is unusable.
    """
    env = os.environ if environ is None else environ
    for name in sorted(env):
        if name.startswith("BYLINE_") and name not in KNOWN:
            raise SettingError(f"{name} is not a setting of Byline; the settings are {', '.join(KNOWN)}.")
    port = env.get("BYLINE_PORT", str(PORT))
    if not port.isascii() or not port.isdigit() or len(port) > 5 or int(port) > 65535:
        raise SettingError(f"BYLINE_PORT is {port!r}; give a number from 0 to 65535.")
    store = env.get("BYLINE_STORE")
    return Settings(Path(store) if store else None, env.get("BYLINE_HOST") or "127.0.0.1", int(port))
