"""A local web server for pages and feeds, good ones and bad ones.

with WebServer() as web:
    web.page("/story", "<html>…")
    newsroom.ingest([web.url("/story")])
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self, cast

Answer = Callable[["_Handler"], None]


class WebServer:
    """Pages on 127.0.0.1; `requests` holds the paths that were asked for, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[str] = []
        self.released = threading.Event()
        self.on_request: Callable[[], None] = lambda: None

    def page(
        self,
        path: str,
        body: str | bytes,
        content_type: str = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> str:
        """Answer `path` with this; its address."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = lambda handler: handler.send(status, content_type, data, named)
        return self.url(path)

    def conditional(self, path: str, asked: list[dict[str, str]]) -> str:
        """Answer 304 from now on, and note the conditions that were sent."""

        def answer(handler: _Handler) -> None:
            names = ("If-None-Match", "If-Modified-Since")
            asked.append({name: value for name in names if (value := handler.headers.get(name))})
            handler.send_response(304)
            handler.end_headers()

        self.answers[path] = answer
        return self.url(path)

    def redirect(self, path: str, target: str) -> str:
        return self.page(path, "", status=302, Location=target)

    def bomb(self, path: str, megabytes: int) -> str:
        """A small gzip body that grows to so many megabytes."""
        body = gzip.compress(b"0" * (megabytes * 1_000_000))
        return self.page(path, body, Content_Encoding="gzip")

    def drip(self, path: str) -> str:
        """A body that comes a byte at a time and never ends."""

        def answer(handler: _Handler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.end_headers()
            while not self.released.wait(0.05):
                handler.wfile.write(b"x")
                handler.wfile.flush()

        self.answers[path] = answer
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self._http.server_address[1]}{path}"

    def __enter__(self) -> Self:
        self._http = _Http(self)
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, web: WebServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.web = web

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is what some tests want."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        web = cast("_Http", self.server).web
        web.requests.append(self.path)
        web.on_request()
        answer = web.answers.get(self.path)
        if answer is None:
            self.send(404, "text/html", b"<html>not here</html>", {})
        else:
            answer(self)

    def send(self, status: int, content_type: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": content_type, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keeps test output clean."""
