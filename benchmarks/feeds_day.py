"""A day of many feeds: how politely and how soon what they publish reaches the archive.

    python -m benchmarks.feeds_day [--feeds 500] [--hours 24] [--seed 1]

A server on the loopback plays the feeds, two on each host (a port of its own): from one item a
week to two an hour, more by day than by night, some in bursts, some with a Crawl-delay, some that
answer 429 to who comes too often. The real poller, pipeline, model and archive run against it,
under a clock that is set forward. The constants of the schedule were chosen with seeds 11 to 13;
the figures are of seed 1.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from math import exp, log, pi, sin
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from ingest import Failure, Newsroom, Settings, Summary
from ingest.archive.feeds import FeedStore
from ingest.article import Submission
from ingest.clock import SetClock
from ingest.polling.desk import FeedDesk

START = datetime(2026, 5, 4, tzinfo=UTC)
STEP = timedelta(minutes=1)
SHOWN = 15
TOO_OFTEN = timedelta(minutes=10)
WORDS = Path(__file__).read_text().split()


@dataclass
class Played:
    """One feed: when it publishes, and what was asked of it."""

    number: int
    times: list[datetime]
    strict: bool
    asked: datetime | None = None
    wait_until: datetime | None = None

    def answer(self, now: datetime, etag: str | None) -> tuple[int, dict[str, str], str]:
        """Status, headers and body at a time."""
        early = self.asked and now - self.asked < TOO_OFTEN
        self.asked = now
        if self.strict and early:
            self.wait_until = now + timedelta(minutes=30)
            return 429, {"Retry-After": "1800"}, "too often"
        out = [n for n, time in enumerate(self.times) if time <= now]
        mark = f'"{len(out)}"'
        if etag == mark:
            return 304, {"ETag": mark}, ""
        items = "".join(self._item(n) for n in out[-SHOWN:])
        title = f"<title>Feed {self.number}</title>"
        body = f"<rss version='2.0'><channel>{title}{items}</channel></rss>"
        return 200, {"ETag": mark, "Content-Type": "application/rss+xml"}, body

    def _item(self, n: int) -> str:
        words = random.Random(f"{self.number} {n}").choices(WORDS, k=40)
        text = " ".join(word for word in words if word.isalpha())
        return (
            f"<item><title>Item {n} of {self.number}</title>"
            f"<guid isPermaLink='false'>{self.number}-{n}</guid>"
            f"<pubDate>{format_datetime(self.times[n])}</pubDate>"
            f"<description>Report {self.number} {n}: {text}.</description></item>"
        )


@dataclass
class Server:
    """The feeds on ports of 127.0.0.1, two a port, and what was asked of them."""

    feeds: list[Played]
    clock: SetClock
    statuses: Counter[int] = field(default_factory=Counter)
    ports: list[int] = field(default_factory=list)
    last: dict[int, datetime] = field(default_factory=dict)
    shortest: dict[int, float] = field(default_factory=dict)
    too_early: int = 0

    def start(self) -> None:
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True).start()
        ready.wait()

    async def _serve(self, ready: threading.Event) -> None:
        for _ in range((len(self.feeds) + 1) // 2):
            server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
            self.ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        await asyncio.Event().wait()

    def url(self, feed: Played) -> str:
        return f"http://127.0.0.1:{self.ports[feed.number // 2]}/{feed.number}"

    def crawl_delay(self, port: int) -> int:
        return 20 if self.ports.index(port) % 5 == 0 else 0

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                writer.write(self._answer(head, writer.get_extra_info("sockname")[1]))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, head: str, port: int) -> bytes:
        first, *lines = head.split("\r\n")
        path = first.split()[1].strip("/")
        sent = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        now = self.clock.now()
        self._note(port, now)
        if path == "robots.txt":
            delay = self.crawl_delay(port)
            text = f"User-agent: *\nCrawl-delay: {delay}" if delay else "User-agent: *\nAllow: /"
            status, headers, body = 200, {"Content-Type": "text/plain"}, text
        else:
            feed = self.feeds[int(path)]
            self.too_early += bool(feed.wait_until and now < feed.wait_until)
            status, headers, body = feed.answer(now, sent.get("if-none-match"))
            self.statuses[status] += 1
        data = body.encode()
        named = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {status} x\r\n{named}Content-Length: {len(data)}\r\n\r\n".encode() + data

    def _note(self, port: int, now: datetime) -> None:
        """The shortest time between two requests to a host, beyond what it asks for."""
        if port in self.last:
            gap = (now - self.last[port]).total_seconds() - max(self.crawl_delay(port), 1)
            self.shortest[port] = min(self.shortest.get(port, gap), gap)
        self.last[port] = now


class Watched:
    """The newsroom, with a note of when each item was stored."""

    def __init__(self, newsroom: Newsroom, clock: SetClock) -> None:
        self._newsroom = newsroom
        self._clock = clock
        self.settings = newsroom.settings
        self.stored: dict[str, datetime] = {}
        self.failures = 0
        self.again = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._newsroom, name)

    def receive(self, arrivals: Iterable[Submission | Failure], on_progress: Any) -> Summary:
        summary = self._newsroom.receive(self._noted(arrivals), on_progress)
        self.failures += summary.failed
        return summary

    def _noted(self, arrivals: Iterable[Submission | Failure]) -> Iterator[Submission | Failure]:
        for arrival in arrivals:
            if isinstance(arrival, Submission):
                name = (arrival.title or "").removeprefix("Item ")
                self.again += name in self.stored
                self.stored.setdefault(name, self._clock.now())
            yield arrival


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--hours", type=float, default=24)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    end = START + timedelta(hours=arguments.hours)
    chance = random.Random(arguments.seed)
    feeds = [Played(n, published(chance, end), n % 25 == 0) for n in range(arguments.feeds)]
    clock = SetClock(START)
    server = Server(feeds, clock)
    server.start()
    with tempfile.TemporaryDirectory(prefix="newsdesk-feeds-") as folder:
        settings = Settings(data_dir=Path(folder), allow_private_network=True)
        with Newsroom(settings) as newsroom:
            watched = Watched(newsroom, clock)
            play(server, watched, clock, end, arguments.seed)
            report(server, watched, end, newsroom.status().articles)


def published(chance: random.Random, end: datetime) -> list[datetime]:
    """Times of a week before and until `end`: a rate of its own, more by day, some in bursts."""
    a_day = exp(chance.uniform(log(1 / 7), log(48)))
    offset, bursts = chance.uniform(0, 24), chance.random() < 0.2
    time, times = START - timedelta(days=7), []
    while time < end:
        time += timedelta(days=chance.expovariate(2 * a_day))
        hour = time.hour + time.minute / 60 + offset
        if chance.random() < 0.5 + 0.45 * sin(2 * pi * hour / 24):
            times.append(time)
            if bursts and chance.random() < 0.3:
                times += [time + timedelta(minutes=chance.uniform(1, 90)) for _ in range(4)]
    return sorted(time.replace(microsecond=0) for time in times if time < end)


def play(server: Server, watched: Watched, clock: SetClock, end: datetime, seed: int) -> None:
    store = FeedStore(watched.engine)
    for feed in server.feeds:
        store.add(server.url(feed), "", START)
    desk = FeedDesk(store, watched, clock, random.Random(seed))
    while clock.now() < end:
        desk.poll_due(workers=1)
        clock.set(max(store.next_due() or end, clock.now() + STEP))
        print(f"\r{clock.now():%H:%M} {sum(server.statuses.values())} polls", end="", flush=True)
    desk.close()
    print()


def report(server: Server, watched: Watched, end: datetime, articles: int) -> None:
    polls = sum(server.statuses.values())
    delays, missing = [], 0
    for feed in server.feeds:
        for n, time in enumerate(feed.times):
            stored = watched.stored.get(f"{n} of {feed.number}")
            if time <= START:
                continue
            if stored is None:
                missing += time < end - timedelta(hours=13)
            else:
                delays.append((stored - time).total_seconds() / 60)
    print(f"{len(server.feeds)} feeds on {len(server.ports)} hosts, {polls} polls")
    for status, count in sorted(server.statuses.items()):
        print(f"  answered {status}: {count} ({count / polls:.0%})")
    print(f"{len(delays)} items of the day archived, {polls / len(delays):.1f} polls an item found")
    late = quantiles(delays, n=20)[-1]
    print(
        f"delay from publication to archive: median {median(delays):.0f} min, 95th {late:.0f} min"
    )
    print(f"lost (out for 13 h and not archived): {missing}; read twice: {watched.again}")
    print(f"articles in the archive: {articles}, of {len(watched.stored)} items stored")
    least = min(server.shortest.values())
    print(f"shortest pause beyond what a host asks for: {least:.1f} s (below 0 would be too soon)")
    print(
        f"asked again before Retry-After was over: {server.too_early}; {watched.failures} failures"
    )


if __name__ == "__main__":
    main()
