"""The settings: environment variables named BYLINE_…, read here and nowhere else, and passed down as one value."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

PORT = 7860
"""Gradio's usual port."""
KNOWN = (
    "BYLINE_STORE",
    "BYLINE_HOST",
    "BYLINE_PORT",
    "BYLINE_CHROMA",
    "BYLINE_MODEL",
    "BYLINE_TIMEOUT",
    "BYLINE_THRESHOLD",
)
CORPUS = "byline"
"""Name of a corpus on a server where BYLINE_CHROMA gives none."""

TIMEOUT = 60.0
"""Seconds that a language model has for an answer where BYLINE_TIMEOUT gives none."""
FORMS = "openai:NAME, anthropic:NAME, ollama:NAME, http://HOST:PORT/v1#NAME or local:FILE.gguf"
"""How a language model is named."""
ADDRESSES = {"openai": "OPENAI_BASE_URL", "anthropic": "ANTHROPIC_BASE_URL", "ollama": "OLLAMA_HOST"}
"""The variables in which providers' own programs, too, look for the address of a server."""
OLLAMA_PORT = 11434
"""Ollama's own port, where OLLAMA_HOST is no URL and gives none."""


@dataclass(frozen=True, slots=True)
class Model:
    """A language model, and where it runs."""

    kind: str
    """`openai`, `anthropic`, `ollama`, `http` (any server that speaks as OpenAI's does) or `local`."""
    name: str
    """The provider's name of it; for `local` the path of its GGUF file."""
    url: str | None = None
    """The address of its server; None means the provider's own, or that it runs in this process."""
    key: str | None = field(default=None, repr=False)
    """Its key (OPENAI_API_KEY, ANTHROPIC_API_KEY, OLLAMA_API_KEY); None where none is set or none may be sent."""

    @property
    def shown(self) -> str:
        """Its name as a page may show it: without folders of this machine."""
        if self.kind == "http":
            return f"{self.url}#{self.name}"
        return f"{self.kind}:{Path(self.name).name if self.kind == 'local' else self.name}"

    @property
    def is_near(self) -> bool:
        """Whether its server, if it has one, is on this machine: what goes there passes no proxy."""
        return self.kind == "local" or _loopback(urlsplit(self.url or "").hostname)

    @property
    def takes_key(self) -> bool:
        """Whether a key may go to its server: the provider's own, or one's own on this machine or through TLS."""
        return not self.url or self.url.startswith("https://") or self.is_near


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
    """Where the index lies (BYLINE_STORE); None means `store_of` what is indexed, else `default_store`."""
    host: str = "127.0.0.1"
    """The address that the chat listens on (BYLINE_HOST); the default is reachable from this machine only."""
    port: int = PORT
    """The port of the chat (BYLINE_PORT), 0 to 65535; 0 takes any free one."""
    server: Server | None = None
    """The Chroma server that holds the articles (BYLINE_CHROMA); None means the folder of the index does."""
    model: Model | None = None
    """The language model that writes answers (BYLINE_MODEL); None means that answers are quoted."""
    timeout: float = TIMEOUT
    """Seconds that it has for an answer (BYLINE_TIMEOUT), above 0."""
    threshold: float | None = None
    """Probability from which on a question is answered (BYLINE_THRESHOLD), in [0, 1]; None means Byline's own."""


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
    model = read_model(env["BYLINE_MODEL"], env) if env.get("BYLINE_MODEL") else None
    host = env.get("BYLINE_HOST") or "127.0.0.1"
    return Settings(Path(store) if store else None, host, int(port), server, model, _timeout(env), _threshold(env))


def default_store() -> Path:
    """Return the folder of an index not named: BYLINE_STORE, else `.byline` here, else beside Byline's own seeds.

    Raises:
        SettingError: a BYLINE_ variable is unknown or its value is unusable.
    """
    if store := read_settings().store:
        return store
    here, home = Path.cwd(), Path(__file__).resolve().parent.parent
    if (here / ".byline").is_dir() or (here / "seeds").is_dir() or not (home / "seeds").is_dir():
        return here / ".byline"
    return home / ".byline"


def store_of(path: Path) -> Path:
    """Return the folder of the index of what is indexed, where none is named: where commands run from here find it.

    It lies beside a folder of articles or that of a file, and of a file in the current folder, in this.

    Args:
        path: a folder of articles, or an article; either may be missing.
    """
    if os.path.isdir(path):  # noqa: PTH112 # unlike Path's, it raises nothing where a name is too long
        return path.resolve().parent / ".byline"
    here = Path.cwd()
    return (here if path.parent.resolve() == here else path.resolve().parent.parent) / ".byline"


def read_model(text: str, environ: Mapping[str, str] | None = None) -> Model:
    """Read the name of a language model; its key and address come from its provider's own variables.

    A key goes to a server of one's own, named here or by such a variable, only on this machine or through TLS.

    Raises:
        SettingError: it is no such name, or its provider's variable holds no address.
    """
    env = os.environ if environ is None else environ
    kind, _, name = text.partition(":")
    if kind in ("http", "https"):
        return _with_key(_served(text), "OPENAI_API_KEY", env)
    if kind not in (*ADDRESSES, "local") or not name.strip():
        raise SettingError(f"BYLINE_MODEL is {text.rpartition('@')[2]!r}; give {FORMS}.")
    if kind == "local":
        return Model(kind, name.strip())
    return _with_key(Model(kind, name.strip(), _own_server(ADDRESSES[kind], env)), f"{kind.upper()}_API_KEY", env)


def _with_key(model: Model, variable: str, env: Mapping[str, str]) -> Model:
    return replace(model, key=env.get(variable) or None) if model.takes_key else model


def _served(address: str) -> Model:
    form = "give the address of its server as http://HOST:PORT/v1#NAME"
    parts = _split(address, f"BYLINE_MODEL is {_shown(address)!r}; {form}.", named=True)
    return Model("http", parts.fragment, _url(parts))


def _own_server(variable: str, env: Mapping[str, str]) -> str | None:
    """Return the address in a provider's variable, completed; None where it is not set."""
    text = (env.get(variable) or "").strip()
    if not text:
        return None
    form = "give the address of a server as http://HOST:PORT/PATH, or the same with https"
    address = text
    if "://" not in text:
        address = _completed(text) if variable == ADDRESSES["ollama"] else f"http://{text}"
    return _url(_split(address, f"{variable} is {_shown(text)!r}; {form}.", named=False))


def _completed(text: str) -> str:
    """Return an OLLAMA_HOST that is no URL as Ollama itself takes it: `:PORT` is one of this machine's."""
    host, slash, path = text.partition("/")
    if host.count(":") > 1 and not host.startswith("["):
        host = f"[{host}]"  # an IPv6 address by itself
    name, _, port = host.rpartition(":") if re.search(r":[^\]]*$", host) else (host, "", "")
    return f"http://{name or '127.0.0.1'}:{port or OLLAMA_PORT}{slash}{path}"


def _shown(address: str) -> str:
    return address.rpartition("@")[2].partition("?")[0]  # what is before and after it may be a key


def _split(address: str, says: str, *, named: bool) -> SplitResult:
    """Split the address of a model's server.

    Args:
        address: a URL.
        says: the error where it is none, or has in it what may be a key.
        named: whether a model's name stands behind its `#`, or nothing may.

    Raises:
        SettingError: with these words.
    """
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 # reading it checks it
    except ValueError as error:
        raise SettingError(says) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or "@" in parts.netloc:
        raise SettingError(says)
    if bool(parts.fragment) is not named:
        raise SettingError(says)
    return parts


def _url(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _loopback(host: str | None) -> bool:
    return host in ("localhost", "::1") or bool(host and re.fullmatch(r"127(?:\.\d{1,3}){3}", host))


def _timeout(env: Mapping[str, str]) -> float:
    text = env.get("BYLINE_TIMEOUT") or str(TIMEOUT)
    if not re.fullmatch(r"\d{1,5}(?:\.\d{1,3})?", text, re.ASCII) or float(text) == 0:
        raise SettingError(f"BYLINE_TIMEOUT is {text!r}; give the seconds that a model has for an answer, like 60.")
    return float(text)


def _threshold(env: Mapping[str, str]) -> float | None:
    if not (text := env.get("BYLINE_THRESHOLD")):
        return None
    if not re.fullmatch(r"0?\.\d{1,6}|[01](?:\.0{1,6})?", text, re.ASCII):
        raise SettingError(f"BYLINE_THRESHOLD is {text!r}; give how probable an answer must be, from 0 to 1, like 0.7.")
    return float(text)


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
    if env.get("CHROMA_API_KEY") and not (ssl or _loopback(parts.hostname)):
        raise SettingError(
            f"BYLINE_CHROMA is {shown!r}, and CHROMA_API_KEY would go there unencrypted; give the address with https, "
            "or unset the key."
        )
    chroma = (env.get(f"CHROMA_{word}") or None for word in ("API_KEY", "TENANT", "DATABASE"))
    return Server(parts.hostname, port or (443 if ssl else 80), ssl, name, *chroma)
