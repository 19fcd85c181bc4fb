"""Lines: a model's words as they come, within a time limit, over connections that can be cut at any moment."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    import httpx
    from llama_index.core.llms import LLM, ChatMessage

CONNECT = 10.0
"""Seconds that a connection may take to be made."""
GLANCE = 0.05
"""Seconds after which one who waits for words looks whether they are still wanted."""

_HERE = threading.local()
_BY_ITSELF = frozenset({"stop", "end_turn", "stop_sequence"})


class Stopped(Exception):  # noqa: N818 # it is a wish, no error
    """The one who asked does not want the words any more."""


class BrokenOff(ConnectionResetError):  # noqa: N818 # it is told as trouble
    """The words ended without an end, as when a server dies politely."""


class Unreadable(ValueError):  # noqa: N818 # it is told as trouble
    """What came was no answer of a model at all."""


def hear(llm: LLM, messages: Sequence[ChatMessage], limit: float, stop: threading.Event) -> Generator[str | None]:
    """Yield the words of a model as they come, and None where it says that it has ended by itself.

    When the iterator is closed, or the wait is over, the connection is cut, and the server stops writing.

    Args:
        llm: the model.
        messages: what it is told.
        limit: seconds until the last word; silence and a trickle count alike.
        stop: set it from another thread to end the wait.

    Raises:
        Stopped: `stop` was set.
        TimeoutError: the time is over.
        BrokenOff: the words ended without an end.
        Unreadable: the server answered, but not as a model does.
        Exception: whatever the model's class raises.
    """
    heard: SimpleQueue[str | BaseException | None] = SimpleQueue()
    line, until = _Line(), time.monotonic() + limit
    threading.Thread(target=_listen, args=(llm, messages, line, heard), daemon=True).start()
    try:
        while True:
            if stop.is_set():
                raise Stopped
            if time.monotonic() > until:
                raise TimeoutError
            with suppress(Empty):
                said = heard.get(timeout=GLANCE)
                if isinstance(said, StopIteration):
                    return
                if isinstance(said, BaseException):
                    raise said
                yield said
    finally:
        line.cut()


def watched(timeout: float, *, near: bool) -> httpx.Client:
    """Return a client for a model's class, whose connections `hear` can cut; see `watching`."""
    import httpx

    return httpx.Client(**watching(timeout, near=near))


def watching(timeout: float, *, near: bool) -> dict[str, Any]:
    """Return what makes an `httpx.Client` one whose connections `hear` can cut.

    Args:
        timeout: seconds that the server may be silent.
        near: whether it is on this machine, where no proxy is asked.
    """
    import httpx

    return {
        "timeout": httpx.Timeout(timeout, connect=min(timeout, CONNECT)),
        "trust_env": not near,
        "limits": httpx.Limits(max_keepalive_connections=0),  # a connection is seen when it is made, so make each anew
        "event_hooks": HOOKS,
    }


class _Line:
    """The connections that one thread makes while it listens, and what comes over them."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self.responses: list[httpx.Response] = []
        self._lock = threading.Lock()
        self.is_cut = False

    def add(self, made: socket.socket) -> None:
        with self._lock:
            self._sockets.append(made)
            if self.is_cut:
                _shut(made)

    def cut(self) -> None:
        """Wake whoever reads from the connections, and let the server see that nobody does."""
        with self._lock:
            self.is_cut = True
            for made in self._sockets:
                _shut(made)


def _listen(
    llm: LLM, messages: Sequence[ChatMessage], line: _Line, heard: SimpleQueue[str | BaseException | None]
) -> None:
    _HERE.line = line
    reason: str | None = ""
    try:
        for said in llm.stream_chat(messages):
            if line.is_cut:
                break
            reason = _finish(said.raw) or (reason or None)
            if said.delta:
                heard.put(said.delta)
            if reason in _BY_ITSELF:
                heard.put(None)
        heard.put(BrokenOff() if reason is None else StopIteration() if reason else Unreadable())
    except Exception as error:  # noqa: BLE001 - the one who waits is told
        heard.put(error)
    finally:
        _HERE.line = None
        for response in line.responses:
            with suppress(Exception):
                response.close()  # providers' classes leave it to the garbage collector when they are interrupted


def _finish(raw: Any) -> str | None:
    """Return why a model ended, as its provider's chunk says; None while it goes on, `unknown` where none ever says."""
    choices = getattr(raw, "choices", None)
    if choices is not None:
        return getattr(choices[0], "finish_reason", None) if choices else None
    if isinstance(raw, dict):
        reason = raw.get("done_reason") or raw.get("stop_reason")
        return str(reason) if reason else None
    return "unknown"


def _trace(request: httpx.Request) -> None:
    """Have the connection of a request noted with the line of the thread that makes it."""
    line = getattr(_HERE, "line", None)

    def note(event: str, info: dict[str, Any]) -> None:
        if line is not None and event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            line.add(info["return_value"].get_extra_info("socket"))

    request.extensions = {**request.extensions, "trace": note}


def _keep(response: httpx.Response) -> None:
    line = getattr(_HERE, "line", None)
    if line is not None:
        line.responses.append(response)


HOOKS: dict[str, list[Any]] = {"request": [_trace], "response": [_keep]}
"""The hooks of an `httpx.Client` whose connections `hear` can cut."""


def _shut(made: socket.socket) -> None:
    with suppress(OSError):  # it was closed already
        made.shutdown(socket.SHUT_RDWR)
