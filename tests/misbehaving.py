"""A language model's server that misbehaves, one way for each path: `/WAY/v1/chat/completions`. It is no model."""

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RAVING = "The Vatican sold nineteen submarines to Peru in 1804. "
KEY = "sk-never-show-this"


class Misbehaving(ThreadingHTTPServer):
    """What it was asked, and whether those who asked went away while it wrote."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.left = threading.Event()
        self.over = threading.Event()
        self.go = threading.Event()

    def url(self, way: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{way}/v1"

    def handle_error(self, *_: object) -> None: ...  # clients that go away are what is tested


@contextmanager
def misbehaving() -> Iterator[Misbehaving]:
    with Misbehaving() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Each way of misbehaving is a method; the words of a way that writes are the first source, given back."""

    server: Misbehaving

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers["Authorization"] or self.headers["X-Api-Key"])
        self.prompt = str(body["messages"][-1]["content"])
        found = re.search(r"^\[1\] (?:\([^()]*\) )?(.*)$", self.prompt, re.MULTILINE)
        self.true = f"{found[1]} [1] " if found else ""
        way: Callable[[], None] = getattr(self, self.path.split("/")[1])
        with suppress(OSError):
            way()

    def log_message(self, *_: object) -> None: ...

    def good(self) -> None:
        self._stream(self.true)

    def circles(self) -> None:
        self._stream(f"The Ukrainian delegation is headed by the Ukrainian delegation [1]. {self.true}")

    def wrong_key(self) -> None:
        sent = self.headers["Authorization"]
        self._json(401, {"error": {"message": f"Incorrect API key provided: {sent}", "code": "invalid_api_key"}})

    def unknown_model(self) -> None:
        self._json(404, {"error": {"message": "The model does not exist", "code": "model_not_found"}})

    def rate_limit(self) -> None:
        self._json(429, {"error": {"message": "Rate limit reached"}}, {"Retry-After": "0"})

    def rate_limit_for_an_hour(self) -> None:
        self._json(429, {"error": {"message": "Quota used up"}}, {"Retry-After": "3600"})

    def busy_at_first(self) -> None:
        self.rate_limit() if len(self.server.asked) == 1 else self.good()

    def fails(self) -> None:
        self._json(500, {"error": {"message": f"Traceback (most recent call last) {KEY}"}})

    def small_context(self) -> None:
        if self.prompt.count("\n[") > 3:
            self._json(400, {"error": {"message": "too much", "code": "context_length_exceeded"}})
        else:
            self.good()

    def no_context(self) -> None:
        self._json(400, {"error": {"message": "the request exceeds the available context size"}})

    def no_json(self) -> None:
        self._begin()
        self._send("data: {garbage\n\n")

    def no_text(self) -> None:
        self._begin()
        self.wfile.write(b'data: {"choices": [{"delta": {"content": "\xff\xfe\n\n')

    def web_page(self) -> None:
        self._begin("text/html")
        self._send("<html><body>Please log in to the hotel's network</body></html>")

    def plain_json(self) -> None:
        self._json(200, {"choices": [{"message": {"role": "assistant", "content": self.true}}]})

    def empty(self) -> None:
        self._stream("")

    def silent(self) -> None:
        self.server.over.wait(20)

    def hangs(self) -> None:
        self._begin()
        self._words(self.true[:40])
        self.server.over.wait(20)

    def pings(self) -> None:
        self._begin()
        self._for_ever(lambda: self._send(": ping\n\n"))

    def trickles(self) -> None:
        self._begin()
        self._for_ever(lambda: self._words("so "))

    def cut(self) -> None:
        self._begin()
        self._words(self.true[:60])
        # Without lingering, closing resets the connection, as when a server is killed.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def cut_after_a_sentence(self) -> None:
        self._begin()
        self._words(self.true + "The talks in")

    def error_amid(self) -> None:
        self._begin()
        self._words(self.true[:60])
        self._send('data: {"error": {"message": "CUDA error", "code": 500}}\n\n')

    def raves(self) -> None:
        self._stream(RAVING * 40)

    def raves_without_end(self) -> None:
        self._begin()
        self._for_ever(lambda: self._words("ha" * 500), 0.0)

    def control_characters(self) -> None:
        self._stream("\x1b[2J\x00\u202e [99][0][-1] \ud83d <script>alert(1)</script>. ")

    def slowly(self) -> None:
        self._begin()
        self._words(self.true + "And then ")
        self._for_ever(lambda: self._words("so "))

    def pauses(self) -> None:
        found = re.search(r"^\[2\] (?:\([^()]*\) )?(.*)$", self.prompt, re.MULTILINE)
        second = f"{found[1]} [2] " if found else self.true
        self._begin()
        self._words(self.true + second[:9])
        self.server.go.wait(3)
        self._words(second[9:])
        self._end()

    def _for_ever(self, send: Callable[[], None], pause: float = 0.05) -> None:
        try:
            while not self.server.over.is_set():
                send()
                time.sleep(pause)
        except OSError:
            self.server.left.set()

    def _stream(self, text: str) -> None:
        self._begin()
        for at in range(0, len(text), 7):
            self._words(text[at : at + 7])
        self._end()

    def _end(self) -> None:
        self._send('data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n')

    def _words(self, text: str) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
        self._send(f"data: {json.dumps({'choices': [choice]})}\n\n")

    def _begin(self, kind: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()

    def _send(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _json(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(data)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


WAYS = sorted(name for name in vars(_Handler) if name[0] != "_" and name not in ("do_POST", "log_message", "server"))
"""All ways of behaving."""
