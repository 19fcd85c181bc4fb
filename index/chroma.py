"""Chroma: opens the collections of a store, in a folder or on a server. The one file that imports chromadb."""

from __future__ import annotations

import contextlib
import functools
import json
import platform
import re
import shutil
import threading
import urllib.error
import urllib.request
import weakref
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from index.damage import MEND, Guarded, is_there, reading, require_there
from index.errors import DamageError, StoreError
from index.generation import CHROMA
from index.hnsw import SYNC, hnsw_of
from index.row import OLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.settings import Server

LOCAL_ROWS = 5000
"""Rows of one request to a folder; Chroma writes at most 5461, SQLite refuses more than about 30,000 ids."""
SERVER_ROWS = 300
"""Rows of one request to a server with a key: the quota of Chroma Cloud for reads and for writes."""
SERVER_MAJOR = "1"
"""Every Chroma server of 1.x says that it is 1.0.0, so no more than this can be checked."""
CONNECT_SECONDS = 10.0
"""How long a server may take to say that it is there; chromadb itself would wait without end."""

_OPENING = threading.Lock()
"""Chroma gives a thread the client that another has only begun to open (seen with chromadb 1.5.9)."""


@dataclass(frozen=True, slots=True)
class Collections:
    """The two collections of a store."""

    chunks: Any
    articles: Any
    rows: int
    """Most rows of one request, read or written."""
    place: str
    """How errors name it: the folder, or the corpus and its server."""
    look: Callable[[], dict[str, Any]]
    """Returns the metadata of the articles as they are now; empty where they are gone."""


def open_collections(
    path: Path, folder: Path, made_with: dict[str, Any], server: Server | None, *, create: bool
) -> Collections:
    """Open the collections of chunks and of articles; without `create`, those that are there.

    On a server they are `NAME.chunks` and `NAME.articles`; a corpus belongs to the machine and folder that made it, and
    no other may write to it, so that two corpora of one name cannot mix.

    Args:
        path: the folder of the index.
        folder: that of the generation; what lies on a server, all generations share.
        made_with: `embedder`, fingerprint of the embedder whose vectors it holds, and `format`, that of the rows.
        server: where Chroma runs; None means in this process, in the folder of the generation.
        create: make what is not there.

    Raises:
        StoreError: it is missing, damaged, unreachable, someone else's, or another embedder or version made it, though
            one in a folder may be of a format in `OLDER`; or the disk is full.
    """
    if server is None:
        found = _in_folder(path, folder, made_with, create=create)
        remedy = "remove that folder and index again"
        other = "give another --store"
    else:
        home = f"{platform.node()}:{path.resolve()}"
        found = _on_server(server, {**made_with, "home": home}, create=create)
        remedy = f"remove its collections {server.name}.chunks and {server.name}.articles and index again"
        other = f"give this one a name of its own, {server.example}"
        if create and (owner := (found.articles.metadata or {}).get("home")) != home:
            raise StoreError(f"The index {found.place} is written from {owner}; {other}.")
    metadata = found.articles.metadata or {}
    if (made := metadata.get("format")) != made_with["format"] and (server or made not in OLDER):
        raise StoreError(f"The index {found.place} is of another version of Byline; {remedy}.")
    if (maker := metadata.get("embedder")) != (embedder := made_with["embedder"]):
        raise StoreError(
            f"The index {found.place} was made by the embedder {maker}, not {embedder}; {other}, or {remedy}."
        )
    indexes = [kind for name in ("hnsw", "spann") if (kind := found.chunks.configuration_json.get(name))]
    if any(kind.get("space") != "cosine" for kind in indexes):
        what = f"The index {found.place} does not compare vectors by cosine"
        raise StoreError(f"{what}; {remedy}.") if server else DamageError(f"{what}; {MEND}.")
    return found


def _in_folder(path: Path, folder: Path, metadata: dict[str, Any], *, create: bool) -> Collections:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    copied = create and is_there(folder)
    if create:
        (folder / CHROMA).mkdir(parents=True, exist_ok=True)
    else:
        require_there(path, folder)
    # Chroma writes a little even where it is opened to be read.
    with reading(path, "opened"), full_disk(path) if create else contextlib.nullcontext():
        with _OPENING:
            # Clients of one process share a cache of vectors that is blind to what another process wrote since.
            SharedSystemClient.clear_system_cache()
            client = chromadb.PersistentClient(str(folder / CHROMA), Settings(anonymized_telemetry=False))
        opened = _opener(client, metadata if create else None, SYNC)
        chunks, articles = (
            Guarded(opened(kind), path, None if create else folder, copied=copied) for kind in ("chunks", "articles")
        )
        rows = min(LOCAL_ROWS, client.get_max_batch_size())
    return Collections(chunks, articles, rows, f"in {path}", lambda: dict(articles.metadata or {}))


def _on_server(server: Server, metadata: dict[str, Any], *, create: bool) -> Collections:
    import chromadb
    from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings
    from chromadb.errors import ChromaError, NotFoundError
    from httpx import HTTPError

    _greet(server)
    settings = Settings(anonymized_telemetry=False)
    place = f"{server.name} at {server.url}"
    try:
        if server.key:
            client = chromadb.CloudClient(
                server.tenant, server.database, server.key, settings,
                cloud_host=server.host, cloud_port=server.port, enable_ssl=server.ssl,
            )  # fmt: skip
        else:
            client = chromadb.HttpClient(
                server.host, server.port, ssl=server.ssl, settings=settings,
                tenant=server.tenant or DEFAULT_TENANT, database=server.database or DEFAULT_DATABASE,
            )  # fmt: skip
        link = _Link(server.url, client)
        opened = _opener(client, metadata if create else None)
        chunks, articles = (opened(f"{server.name}.{kind}") for kind in ("chunks", "articles"))
        rows = min(SERVER_ROWS if server.key else LOCAL_ROWS, client.get_max_batch_size())
    except NotFoundError as error:
        raise StoreError(f"There is no index {place}; make one with `byline index FOLDER`.") from error
    except (ChromaError, HTTPError, ValueError) as error:
        raise StoreError(f"The Chroma server at {server.url} refuses: {_short(error)}; see its settings.") from error

    def look() -> dict[str, Any]:
        try:
            return dict(link.ask(client.get_collection, articles.name, embedding_function=None).metadata or {})
        except NotFoundError:
            return {}

    return Collections(_Remote(chunks, link), _Remote(articles, link), rows, place, look)


def _greet(server: Server) -> None:
    """Ask the server which version it is, and whether it takes the key: chromadb's own errors say neither."""
    try:
        version = _get(server, "version")
        if str(version).split(".")[0] == SERVER_MAJOR:
            _get(server, "auth/identity")
            return
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (401, 403):
            says = "refuses the key in" if server.key else "wants a key; set"
            raise StoreError(f"The server at {server.url} {says} CHROMA_API_KEY.") from error
        version = f"HTTP {error.code}"
    except OSError as error:
        reason = _short(getattr(error, "reason", error))
        raise StoreError(
            f"No Chroma server answers at {server.url} ({reason}); "
            f"start it with `chroma run`, or correct BYLINE_CHROMA."
        ) from error
    except (ValueError, HTTPException):
        version = "what no Chroma says"
    raise StoreError(
        f"The server at {server.url} is no Chroma {SERVER_MAJOR}.x (it says {_short(version)}); "
        f"start one with `chroma run`, or correct BYLINE_CHROMA."
    )


def _get(server: Server, route: str) -> Any:
    key = {"X-Chroma-Token": server.key} if server.key else {}
    request = urllib.request.Request(f"{server.url}/api/v2/{route}", headers=key)  # noqa: S310 # http(s) only
    with urllib.request.urlopen(request, timeout=CONNECT_SECONDS) as response:  # noqa: S310 # http(s) only
        return json.loads(response.read(1_000_000))


def _opener(client: Any, metadata: dict[str, Any] | None, sync: int | None = None) -> Callable[[str], Any]:
    """Return what opens a collection, and with `metadata` makes it where it is missing."""
    if metadata is None:
        return functools.partial(client.get_collection, embedding_function=None)

    def make(name: str) -> Any:
        hnsw = hnsw_of(name) | ({"sync_threshold": sync} if sync else {})
        return client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": hnsw}, metadata=metadata
        )

    return make


@contextlib.contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Turn what Chroma and the operating system raise where nothing more can be written into one sentence.

    Raises:
        StoreError: the disk is full, or the folder cannot be written any more.
    """
    try:
        yield
    except shutil.Error as error:
        reason = re.sub(r"^.*?\] |: .*$", "", str(error.args[0][0][2]))
    except OSError as error:
        reason = error.strerror or str(error)
    except Exception as error:
        from chromadb.errors import ChromaError

        if not isinstance(error, ChromaError):
            raise
        reason = str(error)
    else:
        return
    raise StoreError(
        f"The index in {path} cannot be written ({reason}); make room for it and run `byline index` again: "
        f"until then it is what it was."
    )


class _Link:
    """The connections of one store to its server, closed when nobody holds the store any more."""

    def __init__(self, url: str, client: Any) -> None:
        self.server = f"The Chroma server at {url}"
        # client.close() leaves its own connections open, and those of the client that it makes to look for databases.
        weakref.finalize(self, client._server._session.close)
        client._admin_client._server._session.close()

    def ask(self, call: Any, *args: Any, **kwargs: Any) -> Any:
        """Send a request; one that fails is a StoreError in one sentence, or a NotFoundError of Chroma's."""
        from chromadb.errors import ChromaError, NotFoundError
        from httpx import HTTPError

        try:
            return call(*args, **kwargs)
        except HTTPError as error:
            raise StoreError(f"{self.server} stopped answering; start it and try again.") from error
        except NotFoundError:
            raise
        except ChromaError as error:
            raise StoreError(f"{self.server} refuses: {_short(error)}.") from error
        except Exception as error:
            if type(error) is not Exception:  # chromadb raises the bare class for an answer that it cannot read
                raise
            raise StoreError(f"{self.server} failed: {_short(error)}.") from error


class _Remote:
    """A collection on a server."""

    def __init__(self, collection: Any, link: _Link) -> None:
        self._collection = collection
        self._link = link

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._collection, name)
        return functools.partial(self._request, value) if callable(value) else value

    def _request(self, call: Any, *args: Any, **kwargs: Any) -> Any:
        from chromadb.errors import NotFoundError

        try:
            return self._link.ask(call, *args, **kwargs)
        except NotFoundError as error:
            raise StoreError(f"{self._link.server} refuses: {_short(error)}.") from error


def _short(reason: object) -> str:
    return " ".join(str(reason).split())[:200].rstrip(".") or type(reason).__name__
