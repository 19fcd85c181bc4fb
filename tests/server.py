"""A real Chroma server on a free loopback port, and a proxy before it that asks for a key."""

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from index.settings import Server

CHROMA = Path(sys.executable).with_name("chroma")


@contextmanager
def chroma_server(folder: Path, port: int | None = None) -> Iterator[Server]:
    """Run `chroma run` on a folder until the block ends."""
    port = port or free_port()
    args = [CHROMA, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(f"http://127.0.0.1:{port}/api/v2/heartbeat", process)
        yield Server("127.0.0.1", port)
    finally:
        process.kill()
        process.wait()


@contextmanager
def web_server(answer: type[BaseHTTPRequestHandler]) -> Iterator[Server]:
    """Run a web server of ours, in a thread."""
    with ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Server("127.0.0.1", server.server_port)
        finally:
            server.shutdown()
            thread.join()


def saying(status: int, body: object) -> type[BaseHTTPRequestHandler]:
    """A server that says one thing, as another version of Chroma would."""

    class Saying(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _respond(self, status, json.dumps(body).encode())

        def log_message(self, *_: object) -> None: ...

    return Saying


def guarded(behind: Server, key: str) -> type[BaseHTTPRequestHandler]:
    """A proxy that passes on what has the key, and says 401 to all else but the version."""

    class Guarded(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("X-Chroma-Token") != key and self.path != "/api/v2/version":
                _respond(self, 401, b'{"error": "AuthError", "message": "no"}')
                return
            kept = {"Content-Type": "application/json"}
            address = behind.url + self.path
            request = urllib.request.Request(address, body or None, kept, method=self.command)  # noqa: S310 # loopback only
            try:
                with urllib.request.urlopen(request) as response:  # noqa: S310 # loopback only
                    _respond(self, response.status, response.read())
            except urllib.error.HTTPError as error:
                with error:
                    _respond(self, error.code, error.read())

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 # the base class's names

        def log_message(self, *_: object) -> None: ...

    return Guarded


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _respond(handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _await(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert process.poll() is None, "chroma run stopped"
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 # loopback only
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("chroma run did not answer in a minute")
