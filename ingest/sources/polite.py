"""Asks web servers politely: one request at a time and a pause per host, robots.txt for pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ingest.clock import Clock, SystemClock
from ingest.errors import SourceError
from ingest.settings import Settings
from ingest.sources.fetch import AGENT, Fetcher, Page

if TYPE_CHECKING:
    from protego import Protego

ROBOTS_KEPT = timedelta(hours=24)
ROBOTS_RETRIED = timedelta(minutes=30)
"""How long a robots.txt that could not be had counts as one that forbids."""
MAX_DELAY = 60.0
"""Seconds; a longer Crawl-delay is not waited for."""
MAX_ROBOTS = 500_000
"""Bytes of a robots.txt that are read."""


@dataclass
class _Host:
    """What is known of one host (scheme, name and port)."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: datetime | None = None
    robots: Protego | None = None
    robots_until: datetime | None = None
    closed: str = ""
    """Why no page of it may be read, if none may."""
    delay: float = 0.0
    reading: threading.Lock = field(default_factory=threading.Lock)


class Polite:
    """The way out to the web, for several threads. Close it when done.

    All errors are SourceError and name the address.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._idle: list[Fetcher] = []

    def close(self) -> None:
        with self._lock:
            for fetcher in self._idle:
                fetcher.close()
            self._idle.clear()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """What a feed or a file's address answers; an error unless it is 200."""
        return self.ask(url, headers).checked(url)

    def ask(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """What an address answers, whatever the status."""
        self._known_host(url)
        with self._turn(url):
            return self._fetch(url, headers)

    def page(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """A web page, whatever the status; an error if the site's robots.txt asks not to."""
        host = self._known_host(url)
        if host.closed:
            raise SourceError(url, host.closed)
        if host.robots is not None and not host.robots.can_fetch(url, AGENT):
            raise SourceError(url, "may not be read: the site's robots.txt asks programs not to")
        return self.ask(url, headers)

    def _known_host(self, url: str) -> _Host:
        """The host, its robots.txt having been read within the last day."""
        host = self._host(url)
        with host.reading:
            now = self._clock.now()
            if host.robots_until is None or host.robots_until <= now:
                self._read_robots(url, host, now)
        return host

    def _read_robots(self, url: str, host: _Host, now: datetime) -> None:
        """4xx: all is allowed. 5xx, or no answer: no page is, for a while (RFC 9309)."""
        from protego import Protego

        parts = urlsplit(url)
        host.robots, host.closed = None, ""
        host.robots_until = now + ROBOTS_KEPT
        try:
            with self._turn(url):
                found = self._fetch(f"{parts.scheme}://{parts.netloc}/robots.txt")
        except SourceError as error:
            host.closed, host.robots_until = error.reason, now + ROBOTS_RETRIED
            return
        if found.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            host.closed = f"may not be read for now: its robots.txt answered {found.status}"
            host.robots_until = now + ROBOTS_RETRIED
        elif found.status == HTTPStatus.OK:
            host.robots = Protego.parse(found.body[:MAX_ROBOTS].decode("utf-8", "replace"))
            delay = host.robots.crawl_delay(AGENT)
            host.delay = min(float(delay), MAX_DELAY) if delay else 0.0
            self._pause(host)

    @contextmanager
    def _turn(self, url: str) -> Iterator[None]:
        """The host to ourselves, its pause being over."""
        host = self._host(url)
        with host.lock:
            now = self._clock.now()
            if host.free_at and host.free_at > now:
                self._clock.sleep((host.free_at - now).total_seconds())
            try:
                yield
            finally:
                self._pause(host)

    def _pause(self, host: _Host) -> None:
        pause = max(self._settings.fetch_delay, host.delay)
        host.free_at = self._clock.now() + timedelta(seconds=pause)

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(urlsplit(url).netloc.lower(), _Host())

    def _fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """Ask with a client that nobody else uses meanwhile; clients are used again."""
        with self._lock:
            fetcher = self._idle.pop() if self._idle else Fetcher(self._settings)
        try:
            return fetcher.ask(url, headers)
        finally:
            with self._lock:
                self._idle.append(fetcher)
