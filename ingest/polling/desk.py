"""The feeds as the command line and the bot use them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Protocol

from ingest.archive.feeds import FeedStore
from ingest.article import Article, Failure, Submission, Summary
from ingest.clock import Clock, SystemClock
from ingest.errors import NewsroomError, SourceError
from ingest.feed import FeedCheck, FeedState, FollowedFeed
from ingest.polling.discover import find_feeds
from ingest.polling.opml import to_opml
from ingest.polling.poll import WORKERS, Poller, parse_feed
from ingest.reading.decode import decode
from ingest.reading.extract import html_to_text
from ingest.settings import Settings
from ingest.sources.feeds import read_opml
from ingest.sources.polite import Polite
from ingest.sources.read import FULL_TEXT

if TYPE_CHECKING:
    from ingest.pipeline import Progress

NAP = 30.0
"""Seconds between two looks at what is due, at most: another process may add a feed."""
REGROUP_HOUR = 3
SAMPLE = 3
log = logging.getLogger(__name__)


class Archive(Protocol):
    """What polling needs of the newsroom, which stands above it."""

    settings: Settings

    def article(self, article_id: str) -> Article | None: ...

    def withdraw(self, article_id: str, why: str) -> bool: ...

    def receive(
        self, arrivals: Iterable[Submission | Failure], on_progress: Progress
    ) -> Summary: ...

    def regroup(self) -> tuple[int, int]: ...


class FeedDesk:
    """Follows feeds. `clock` and `chance` are for simulations."""

    def __init__(
        self,
        store: FeedStore,
        newsroom: Archive,
        clock: Clock | None = None,
        chance: Random | None = None,
    ) -> None:
        self._store = store
        self._newsroom = newsroom
        self._clock = clock or SystemClock()
        self._chance = chance

    def add(self, url: str) -> list[FollowedFeed]:
        """Follow the feed at an address, or the feeds that a site's page names.

        SourceError if there is none, or it can't be read.
        """
        pages = find_feeds(url, self._web)
        added = []
        for page in pages:
            feed = parse_feed(page, page.url)
            self._store.add(page.url, (feed.title or "")[:200], self._clock.now())
            added.append(page.url)
        return [feed for feed in self.followed() if feed.url in added]

    def followed(self) -> list[FollowedFeed]:
        """All feeds with their health, in the order in which they were added."""
        return self._store.all(self._clock.now())

    def find(self, name: str) -> FollowedFeed:
        """The feed with this number or address; SourceError if there is none."""
        for feed in self.followed():
            if name in {str(feed.id), feed.url}:
                return feed
        raise SourceError(name, "is no feed that we follow; `newsdesk feeds list` shows them")

    def remove(self, name: str) -> FollowedFeed:
        """Stop following a feed; its articles stay."""
        feed = self.find(name)
        self._store.remove(feed.id)
        return feed

    def pause(self, name: str) -> FollowedFeed:
        """Do not poll a feed until it is resumed."""
        feed = self.find(name)
        self._store.set_state(feed.id, FeedState.PAUSED, self._clock.now())
        return feed

    def resume(self, name: str) -> FollowedFeed:
        """Poll a feed again, at once; a retired one too."""
        feed = self.find(name)
        self._store.set_state(feed.id, FeedState.ACTIVE, self._clock.now())
        return feed

    def check(self, url: str) -> list[FeedCheck]:
        """What the feeds behind an address give, without following them."""
        pages = find_feeds(url, self._web)
        checks = []
        for page in pages:
            feed = parse_feed(page, page.url)
            dates = [item.published for item in feed.items if item.published]
            full = sum(len(html_to_text(item.html)) >= FULL_TEXT for item in feed.items)
            sample = tuple(html_to_text(item.title or "") for item in feed.items[:SAMPLE])
            newest = max(dates, default=None)
            title, count = feed.title or "", len(feed.items)
            checks.append(FeedCheck(page.url, title, count, full, len(dates), newest, sample))
        return checks

    def import_opml(self, path: Path) -> tuple[int, int]:
        """Follow all feeds of an OPML file, unseen; how many are new, and how many are in it."""
        try:
            body = path.read_bytes()
        except OSError as error:
            raise SourceError(str(path), f"can't be read: {error.strerror}") from error
        urls = list(dict.fromkeys(read_opml(decode(body, str(path)), str(path))))
        new = sum(self._store.add(url, "", self._clock.now()) for url in urls)
        return new, len(urls)

    def export_opml(self) -> str:
        """All feeds as an OPML document."""
        return to_opml(self.followed())

    def poll_due(self, on_progress: Progress | None = None, workers: int = WORKERS) -> Summary:
        """Poll what is due, once; its new and changed articles are in the archive then."""
        poller = Poller(
            self._store,
            self._web,
            clock=self._clock,
            get_article=self._newsroom.article,
            withdraw=self._newsroom.withdraw,
            chance=self._chance,
        )
        nobody = on_progress or (lambda _summary, _source: None)
        return self._newsroom.receive(poller.due(workers), nobody)

    def close(self) -> None:
        """Let go of connections; the next use opens them again."""
        if "_web" in self.__dict__:
            self._web.close()

    def run_forever(self, stop: threading.Event) -> None:
        """Poll feeds as they fall due, and regroup the stories each night, until `stop` is set.

        A fault is logged, and the next round tries again.
        """
        regrouped = self._clock.now().date()
        while not stop.is_set():
            try:
                self._round()
                now = self._clock.now()
                if now.hour >= REGROUP_HOUR and now.date() > regrouped:
                    regrouped = now.date()
                    log.info("stories merged, split: %s", self._newsroom.regroup())
            except NewsroomError as error:
                log.warning("polling: %s", error)
            except Exception:
                log.exception("polling failed; the next round tries again")
            stop.wait(self._nap())

    def _round(self) -> None:
        summary = self.poll_due()
        for failure in summary.failures:
            log.warning("%s %s", failure.source, failure.reason)
        if summary.new or summary.updated:
            log.info("polled: %d new articles, %d updated", summary.new, summary.updated)

    def _nap(self) -> float:
        due = self._store.next_due()
        left = (due - self._clock.now()) / timedelta(seconds=1) if due else NAP
        return min(max(left, 1.0), NAP)

    @cached_property
    def _web(self) -> Polite:
        """One way out for all rounds: it remembers robots.txt and each host's pause."""
        return Polite(self._newsroom.settings, self._clock)
