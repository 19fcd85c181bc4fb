"""The settings: environment variables named BYLINE_…, read here and nowhere else, and passed down as one value."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

PORT = 7860
"""Gradio's usual port."""
KNOWN = ("BYLINE_STORE", "BYLINE_HOST", "BYLINE_PORT", "BYLINE_CHROMA")
CORPUS = "byline"
"""Name of a corpus on a server where BYLINE_CHROMA gives none."""


@dataclass(frozen=True, slots=True)
class Server:
    """A Chroma server, and which corpus on it."""

    host: str
    port: int
    ssl: bool = False
    name: str = CORPUS
    """Which of the server's corpora; its collections are `NAME.chunks` and `NAME.articles`."""
    key: str | None = field(default=None, repr=False)
    """Sent as X-Chroma-Token (CHROMA_API_KEY), as Chroma Cloud wants it; None where the server asks for none."""
    tenant: str | None = None
    """CHROMA_TENANT; None means the server's default, or that of the key."""
    database: str | None = None
    """CHROMA_DATABASE; None means the server's default, or that of the key."""

    @property
    def url(self) -> str:
        """The address, without the name of the corpus."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' if self.ssl else ''}://{host}:{self.port}"

    @property
    def example(self) -> str:
        """How another corpus on the same server is asked for."""
        return f"BYLINE_CHROMA={self.url}/NAME"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose outside the command line."""

    store: Path | None = None
    """Where the index lies (BYLINE_STORE); None means `.byline` beside the corpus."""
    host: str = "127.0.0.1"
    """The address that the chat listens on (BYLINE_HOST); the default is reachable from this machine only."""
    port: int = PORT
    """The port of the chat (BYLINE_PORT), 0 to 65535; 0 takes any free one."""
    server: Server | None = None
    """The Chroma server that holds the articles (BYLINE_CHROMA); None means the folder of the index does."""


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
    server = _server(env["BYLINE_CHROMA"], env) if env.get("BYLINE_CHROMA") else None
    return Settings(Path(store) if store else None, env.get("BYLINE_HOST") or "127.0.0.1", int(port), server)


def _server(address: str, env: Mapping[str, str]) -> Server:
    """Read `http(s)://HOST[:PORT][/NAME]`; the key and what it opens come from Chroma's own variables."""
    form = "give http://HOST:PORT or http://HOST:PORT/NAME, or the same with https"
    shown = address.rpartition("@")[2]  # what is before it may be a password
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise SettingError(f"BYLINE_CHROMA is {shown!r}; {form}.") from error
    name = parts.path.strip("/") or CORPUS
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or "@" in address:
        raise SettingError(f"BYLINE_CHROMA is {shown!r}; {form}.")
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?", name):
        raise SettingError(
            f"BYLINE_CHROMA names the corpus {name!r}; give 1 to 100 letters and digits, with - and _ between them."
        )
    ssl = parts.scheme == "https"
    chroma = (env.get(f"CHROMA_{word}") or None for word in ("API_KEY", "TENANT", "DATABASE"))
    return Server(parts.hostname, port or (443 if ssl else 80), ssl, name, *chroma)
