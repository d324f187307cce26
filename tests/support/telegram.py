"""A strict local server that speaks the Telegram Bot API, for the real bot to talk to.

    with TelegramServer() as server:
        ada = server.person("Ada")
        chat = server.private_chat(ada)
        chat.say(ada, "/start")          # … the bot runs with server.token against server.url
        [welcome] = chat.wait()
        print(transcript(chat))

What it checks is in telegram_methods, telegram_html and telegram_keyboard; what people can do is
in telegram_world (the server) and telegram_chat (a chat).
"""

from __future__ import annotations

import json
import sys
import threading
from email import message_from_bytes
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast
from urllib.parse import parse_qsl, urlsplit

from tests.support.telegram_chat import Chat
from tests.support.telegram_methods import Methods
from tests.support.telegram_values import ApiError, Draft, Json, Message, Press, User
from tests.support.telegram_world import Call, World
from tests.support.transcript import transcript

__all__ = [
    "ApiError", "Call", "Chat", "Draft", "Message", "Press", "TelegramServer", "User",
    "transcript",
]  # fmt: skip

_TEXT_FIELDS = {
    "text", "parse_mode", "action", "callback_query_id", "description", "short_description",
    "language_code", "url", "caption", "photo",
}  # fmt: skip
"""These are never JSON: a text of "5" stays a text."""
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class TelegramServer(World):
    """The server, running between `start` and `stop` (or in a with statement) on 127.0.0.1."""

    def start(self) -> Self:
        self._methods = Methods(self)
        self._http = _Http(self)
        threading.Thread(target=self._http.serve_forever, name="telegram", daemon=True).start()
        return self

    def stop(self) -> None:
        self.updates.close()
        self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is to be: no path, no slash at the end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def answer(self, path: str, params: Json) -> tuple[int, Json]:
        """HTTP status and body for a request of /bot<token>/<method>."""
        prefix, _, method = path.lstrip("/").partition("/")
        try:
            if not prefix.startswith("bot") or not method:
                raise ApiError(404, "Not Found")
            if prefix != f"bot{self.token}":
                raise ApiError(401, "Unauthorized")
            status, body = 200, {"ok": True, "result": self._methods.call(method, params)}
        except ApiError as error:
            status, body = error.code, error.to_json()
        self.record(method, params, body)
        return status, body


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def __init__(self, telegram: TelegramServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.telegram = telegram

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A bot that was killed breaks its connections off; that is no fault of the server."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The answer leaves in one packet and at once; otherwise each call would wait 40 ms for the
    # client's delayed acknowledgement.
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            params = _params(self.headers.get("Content-Type") or "", body, url.query)
        except ValueError:
            status, answer = 400, ApiError(400, "Bad Request: can't parse request").to_json()
        else:
            status, answer = cast("_Http", self.server).telegram.answer(url.path, params)
        self._send(status, json.dumps(answer).encode())

    do_GET = do_POST  # noqa: N815 - the name that http.server looks for

    def _send(self, status: int, body: bytes) -> None:
        head = (
            f"HTTP/1.1 {status} {_PHRASES.get(status, 'Unknown')}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            self.wfile.write(head.encode() + body)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the bot was killed while it waited for updates

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keeps test output clean; every call is in `TelegramServer.calls`."""


def _params(content_type: str, body: bytes, query: str) -> Json:
    """The parameters of a request, wherever they stand; values that are JSON are decoded."""
    fields: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        fields.update(json.loads(body))
    elif content_type.startswith("multipart/form-data"):
        fields.update(_multipart(content_type, body))
    else:
        fields.update(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    return {name: _value(name, value) for name, value in fields.items()}


def _multipart(content_type: str, body: bytes) -> dict[str, str | bytes]:
    """The parts by name: a file as its bytes, anything else as text."""
    form = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    fields: dict[str, str | bytes] = {}
    for part in form.walk():
        if not part.is_multipart():
            name = str(part.get_param("name", header="content-disposition"))
            content = cast("bytes", part.get_payload(decode=True))
            fields[name] = content if part.get_filename() else content.decode()
    return fields


def _value(name: str, value: Any) -> Any:
    if name in _TEXT_FIELDS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
