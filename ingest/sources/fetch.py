"""Gets a page or feed from the web, within limits: time, size, redirects, public addresses.

The host's name is looked up once, its addresses are checked, and the very address that was
checked is connected to. So neither a redirect nor a DNS answer that changes leads into the
private network.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import httpcore
import httpx

from ingest.errors import SourceError
from ingest.settings import Settings

MAX_REDIRECTS = 5
AGENT = "Newsdesk"
"""The name by which robots.txt may know us."""
_KNOWN = frozenset(status.value for status in HTTPStatus)
_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_SHARED = ipaddress.ip_network("100.64.0.0/10")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered. `url` is where it was found in the end; `body` is decompressed."""

    url: str
    body: bytes
    content_type: str = ""
    charset: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    moved: str | None = None
    """Where the address has moved for good (a chain of 301 and 308), if it has."""

    def checked(self, asked: str) -> Page:
        """The page itself if it was found (200); SourceError with the status otherwise."""
        if self.status != HTTPStatus.OK:
            phrase = HTTPStatus(self.status).phrase if self.status in _KNOWN else ""
            raise SourceError(asked, f"answered {self.status} {phrase}".strip())
        return self


class Fetcher:
    """An HTTP client for one thread. Close it when done."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.fetch_timeout
        self._megabytes = settings.fetch_max_mb
        self._backend = _GuardedBackend(allow_private=settings.allow_private_network)
        contact = f" (+{settings.fetch_contact})" if settings.fetch_contact else ""
        self._client = httpx.Client(
            transport=_GuardedTransport(self._backend),
            timeout=self._seconds,
            headers={
                "User-Agent": f"{AGENT}/{version('newsdesk')}{contact}",
                "Accept-Encoding": "gzip, deflate",
            },
            trust_env=False,  # a proxy would look names up for us, out of sight of the guard
        )

    def close(self) -> None:
        self._client.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """The page at `url`; SourceError says in a few words why it can't be had."""
        return self.ask(url, headers).checked(url)

    def ask(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """What `url` answers, whatever the status; SourceError if there is no answer."""
        self._backend.deadline = time.monotonic() + self._seconds
        try:
            return self._follow(url, headers or {})
        except httpx.TimeoutException:
            raise SourceError(url, f"took longer than {self._seconds:g} s") from None
        except httpx.DecodingError:
            raise SourceError(url, "is compressed in a way that can't be read") from None
        except httpx.TransportError as error:
            raise SourceError(url, f"can't be reached: {_reason(error)}") from error
        except (httpx.InvalidURL, UnicodeError, ValueError):
            raise SourceError(url, "is not a valid address") from None

    def _follow(self, url: str, headers: Mapping[str, str]) -> Page:
        seen = [_checked(url, url)]
        moved, permanent = None, True
        while True:
            with self._client.stream("GET", seen[-1], headers=dict(headers)) as response:
                if not response.has_redirect_location:
                    return self._read(url, response, moved)
                permanent = permanent and response.status_code in _PERMANENT
                target = _checked(str(response.url.join(response.headers["location"])), url)
            if target in seen:
                raise SourceError(url, "redirects in a circle")
            if len(seen) > MAX_REDIRECTS:
                raise SourceError(url, f"redirects more than {MAX_REDIRECTS} times")
            seen.append(target)
            moved = target if permanent else moved

    def _read(self, url: str, response: httpx.Response, moved: str | None) -> Page:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._megabytes * 1e6:
                raise SourceError(
                    url, f"is larger than {self._megabytes:g} MB (FETCH_MAX_MB sets the limit)"
                )
        return Page(
            url=str(response.url),
            body=bytes(body),
            content_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=response.charset_encoding,
            status=response.status_code,
            headers=dict(response.headers),
            moved=moved,
        )


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also when written as mapped IPv6."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    return mapped.is_global and not mapped.is_multicast and mapped not in _SHARED


def _checked(url: str, asked: str) -> str:
    parts = httpx.URL(url)
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise SourceError(asked, "is not an http or https address")
    if parts.userinfo:
        raise SourceError(asked, "carries a user name, which is not sent")
    return str(parts.copy_with(fragment=None))


def _reason(error: httpx.TransportError) -> str:
    cause = error.__cause__ or error
    return str(cause).strip().splitlines()[0] if str(cause).strip() else type(error).__name__


class _GuardedTransport(httpx.HTTPTransport):
    def __init__(self, backend: _GuardedBackend) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=backend,
            max_connections=10,
            keepalive_expiry=10,
        )


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, and lets nothing wait beyond `deadline` (monotonic s)."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()
        self.deadline = 0.0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline stands for it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            raise httpcore.ConnectError(f"there is no host {host}") from None
        addresses = [str(entry[4][0]) for entry in found]
        if not self._allow_private and not all(map(is_public, addresses)):
            raise httpcore.ConnectError(
                f"{host} is in a private network (ALLOW_PRIVATE_NETWORK=true would allow it)"
            )
        stream = self._sockets.connect_tcp(
            addresses[0], port, self.left(), local_address, socket_options
        )
        return _TimedStream(stream, self)

    def left(self) -> float:
        """Seconds until the deadline; ReadTimeout if there are none."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("deadline")
        return seconds


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, backend: _GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._backend.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._backend.left())

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._backend.left())
        return _TimedStream(secure, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        self._stream.close()
