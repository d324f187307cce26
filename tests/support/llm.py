"""A local server that speaks OpenAI's chat completions, and does as it is told: or lies, or stalls.

with LLMServer() as server:
    server.reply("Boehler may negotiate [1].")
    settings = BotSettings(llm_model="openai:test", llm_base_url=server.url)
"""

from __future__ import annotations

import json
import threading
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast


@dataclass(frozen=True)
class Script:
    """How one request is answered."""

    text: str = ""
    status: int = 200
    stalls: bool = False
    breaks_off: bool = False
    piece: int = 7


class LLMServer:
    """Answers each request with the next script, the last one again and again."""

    def __init__(self) -> None:
        self._scripts: deque[Script] = deque([Script("NO_ANSWER")])
        self.requests: list[dict[str, Any]] = []
        self.released = threading.Event()

    def reply(self, *texts: str) -> None:
        self.play(*(Script(text) for text in texts))

    def play(self, *scripts: Script) -> None:
        self._scripts = deque(scripts)

    def next_script(self) -> Script:
        return self._scripts.popleft() if len(self._scripts) > 1 else self._scripts[0]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def prompt(self) -> str:
        """All that the last request said to the model."""
        return "\n".join(str(message["content"]) for message in self.requests[-1]["messages"])

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

    def __init__(self, llm: LLMServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.llm = llm


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        llm = cast("_Http", self.server).llm
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        llm.requests.append(request)
        script = llm.next_script()
        if script.status != 200:
            self._send(script.status, "application/json", b'{"error":{"message":"out of order"}}')
        elif request.get("stream"):
            self._stream(script, llm)
        else:
            self._send(200, "application/json", json.dumps(_whole(script.text)).encode())

    def _stream(self, script: Script, llm: LLMServer) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for at in range(0, len(script.text), script.piece):
            self._event(_chunk(script.text[at : at + script.piece]))
        if script.stalls:
            llm.released.wait(60)
        if not script.breaks_off and not script.stalls:
            self._event(_chunk("", "stop"))
            self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, data: dict[str, Any]) -> None:
        self.wfile.write(b"data: " + json.dumps(data).encode() + b"\n\n")
        self.wfile.flush()

    def _send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keeps test output clean."""


def _chunk(text: str, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "test",
            "choices": [choice]}  # fmt: skip


def _whole(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "test",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}  # fmt: skip
