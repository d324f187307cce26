"""Polls feeds that are due, and looks again at fresh pages."""

from __future__ import annotations

import hashlib
import queue
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from ingest.archive.feeds import FeedStore
from ingest.article import Article, Depth, Failure, Submission, article_id
from ingest.clock import Clock
from ingest.errors import SourceError
from ingest.feed import FeedState, FollowedFeed, Look, SeenItem
from ingest.polling.schedule import Wishes, interval_for, next_poll, wishes_of
from ingest.reading.decode import decode
from ingest.sources.feeds import Feed, FeedItem, read_json_feed, read_xml_feed
from ingest.sources.fetch import Page
from ingest.sources.kinds import Kind, kind_of
from ingest.sources.polite import Polite
from ingest.sources.read import key_of, read_item, read_page

LOOK_AGAIN = tuple(timedelta(hours=hours) for hours in (1, 3, 8, 24))
"""After an article came in; each later look is further off, and a day is the end."""
GONE_AFTER = 2
"""Times in a row that a page answers 404 before its article counts as withdrawn; 410 at once."""
GONE = "The page is gone ({status})."
BATCH = 200
WORKERS = 4
GetArticle = Callable[[str], Article | None]
Withdraw = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class _Read:
    """One submission on its way, and, after the last of a feed, what is to be noted of it."""

    arrival: Submission | Failure | None
    done: Callable[[], None] | None = None


class Poller:
    """Turns what is due into submissions. State is noted only after they were stored."""

    def __init__(
        self,
        store: FeedStore,
        web: Polite,
        *,
        clock: Clock,
        get_article: GetArticle,
        withdraw: Withdraw,
        chance: random.Random | None = None,
    ) -> None:
        self._store = store
        self._web = web
        self._clock = clock
        self._get_article = get_article
        self._withdraw = withdraw
        self._chance = chance or random.Random()  # noqa: S311 - jitter is no secret

    def due(self, workers: int = WORKERS) -> Iterator[Submission | Failure]:
        """The new and changed items of all feeds that are due, and fresh pages that changed.

        A feed's state is noted when the one who iterates asks for what comes after its last item:
        by then that item is stored. Hosts are asked side by side, each by one worker at a time.
        """
        while claimed := self._store.claim_due(self._clock.now(), BATCH):
            by_host: dict[str, list[FollowedFeed]] = {}
            for feed in claimed:
                by_host.setdefault(urlsplit(feed.url).netloc, []).append(feed)
            yield from self._side_by_side(list(by_host.values()), workers)
        for look in self._store.claim_looks(self._clock.now(), BATCH):
            yield from self._handed_on(self._look(look))

    def _side_by_side(
        self, hosts: Sequence[Sequence[FollowedFeed]], workers: int
    ) -> Iterator[Submission | Failure]:
        if workers == 1:
            for feeds in hosts:
                for feed in feeds:
                    yield from self._handed_on(self._poll(feed))
            return
        results: queue.Queue[_Read | None] = queue.Queue(maxsize=2 * workers)

        def work(feeds: Sequence[FollowedFeed]) -> None:
            try:
                for feed in feeds:
                    for read in self._poll(feed):
                        results.put(read)
            finally:
                results.put(None)

        with ThreadPoolExecutor(workers, thread_name_prefix="poll") as pool:
            for feeds in hosts:
                pool.submit(work, feeds)
            yield from self._handed_on(self._until_done(results, len(hosts)))

    @staticmethod
    def _until_done(results: queue.Queue[_Read | None], workers: int) -> Iterator[_Read]:
        while workers:
            read = results.get()
            if read is None:
                workers -= 1
            else:
                yield read

    @staticmethod
    def _handed_on(reads: Iterator[_Read]) -> Iterator[Submission | Failure]:
        for read in reads:
            if read.arrival is not None:
                yield read.arrival
            if read.done is not None:
                read.done()

    # ── feeds ──

    def _poll(self, feed: FollowedFeed) -> Iterator[_Read]:
        """What a feed gives that is new, then the noting of it."""
        asked = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
        page: Page | None = None
        try:
            page = self._web.ask(feed.url, {name: v for name, v in asked.items() if v})
            if page.status == HTTPStatus.NOT_MODIFIED:
                yield _Read(None, lambda: self._went_well(feed, page, None, []))
                return
            parsed = parse_feed(page.checked(feed.url), feed.url)
        except SourceError as error:
            reason, answered = error.reason, page
            yield _Read(Failure(feed.url, reason), lambda: self._went_badly(feed, reason, answered))
            return
        seen = []
        for item, mark in self._fresh(feed, parsed):
            yield _Read(self._submission(item, feed, parsed))
            seen.append(mark)
        yield _Read(None, lambda: self._went_well(feed, page, parsed, seen))

    def _fresh(self, feed: FollowedFeed, parsed: Feed) -> list[tuple[FeedItem, SeenItem]]:
        """The items that the feed has not shown before, or shows otherwise now, each once."""
        now = self._clock.now()
        marked: dict[str, tuple[FeedItem, SeenItem]] = {}
        for item in parsed.items:
            name = _digest(key_of(item, feed.url) if item.url or item.guid else item.html)
            came = item.published if item.published and item.published <= now else now
            mark = SeenItem(name, _digest(f"{item.title}\n{item.html}"), came)
            marked.setdefault(name, (item, mark))
        known = self._store.known(feed.id, list(marked))
        return [pair for name, pair in marked.items() if known.get(name) != pair[1].hash]

    def _submission(self, item: FeedItem, feed: FollowedFeed, parsed: Feed) -> Submission | Failure:
        named = item if item.source else replace(item, source=parsed.title or feed.title or None)
        try:
            read = read_item(named, feed.url, feed.url, self._web)
        except SourceError as error:
            return Failure(error.source, error.reason)
        return replace(read, feed=feed.id, backlog=feed.last_success is None)

    def _went_well(
        self, feed: FollowedFeed, page: Page, parsed: Feed | None, seen: Sequence[SeenItem]
    ) -> None:
        now = self._clock.now()
        self._store.remember(feed.id, seen)
        self._plan_looks(parsed, feed, {mark.key for mark in seen}, now)
        times = self._store.times(feed.id, now - timedelta(days=7))
        known_for = now - min([*times, now - timedelta(days=1)])
        wait = interval_for(times, now, known_for)
        wishes = _wishes(page, parsed, now)
        values = {
            "interval": wait.total_seconds(),
            "next_poll": next_poll(now, wait, 0, wishes, self._chance),
            "last_success": now,
            "failures": 0,
            "reason": "",
            "etag": page.headers.get("etag") or (None if parsed else feed.etag),
            "last_modified": page.headers.get("last-modified")
            or (None if parsed else feed.last_modified),
        }
        if parsed and parsed.title and not feed.title:
            values["title"] = parsed.title[:200]
        if page.moved:
            values["url"] = page.moved
        self._store.finish(feed.id, values)

    def _went_badly(self, feed: FollowedFeed, reason: str, page: Page | None) -> None:
        now, failures = self._clock.now(), feed.failures + 1
        wishes = _wishes(page, None, now) if page else Wishes()
        gone = page is not None and page.status == HTTPStatus.GONE
        values = {
            "failures": failures,
            "reason": reason,
            "next_poll": next_poll(now, feed.interval, failures, wishes, self._chance),
            "state": FeedState.RETIRED if gone else feed.state,
        }
        self._store.finish(feed.id, values)

    # ── fresh pages ──

    def _plan_looks(
        self, parsed: Feed | None, feed: FollowedFeed, new: set[str], now: datetime
    ) -> None:
        """Look again at the pages of items that came out within the last day."""
        for item in parsed.items if parsed else ():
            if not item.url or _digest(key_of(item, feed.url)) not in new:
                continue
            if item.published and item.published < now - LOOK_AGAIN[-1]:
                continue
            article = self._get_article(article_id(key_of(item, feed.url)))
            if article and article.url and not self._store.has_look(article.id):
                whole = article.depth is Depth.FULL and len(item.html) < len(article.text)
                self._store.plan_look(Look(article.id, article.url, whole), now + LOOK_AGAIN[0])

    def _look(self, look: Look) -> Iterator[_Read]:
        """The page again: its text if it changed, or that it is gone; then when to look next."""
        article = self._get_article(look.article_id)
        asked = {"If-None-Match": look.etag, "If-Modified-Since": look.last_modified}
        headers = {name: value for name, value in asked.items() if value}
        seen = replace(look, done=look.done + 1)
        arrival: Submission | None = None
        try:
            page = self._web.page(look.url, headers)
        except SourceError:
            page = None
        if page is not None and page.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            seen = replace(seen, missing=look.missing + 1)
            if page.status == HTTPStatus.GONE or seen.missing >= GONE_AFTER:
                self._withdraw(look.article_id, GONE.format(status=page.status))
                seen = replace(seen, done=len(LOOK_AGAIN))
        elif page is not None and page.status == HTTPStatus.OK:
            etag, modified = page.headers.get("etag"), page.headers.get("last-modified")
            seen = replace(seen, missing=0, etag=etag, last_modified=modified)
            arrival = _again(page, look, article) if article and look.whole else None
        yield _Read(arrival, lambda: self._store.plan_look(seen, self._next_look(seen)))

    def _next_look(self, seen: Look) -> datetime | None:
        if seen.done >= len(LOOK_AGAIN):
            return None
        return self._clock.now() + LOOK_AGAIN[seen.done] - LOOK_AGAIN[seen.done - 1]


def parse_feed(page: Page, name: str) -> Feed:
    """The feed in a page; SourceError says what it is instead."""
    kind = kind_of(page.body, page.content_type)
    if kind is Kind.HTML:
        raise SourceError(name, "is a web page, not a feed; `newsdesk feeds add` finds its feeds")
    if kind is Kind.JSON_FEED:
        return read_json_feed(decode(page.body, name, page.charset), page.url, name)
    return read_xml_feed(page.body, page.url, name)


def _again(page: Page, look: Look, article: Article) -> Submission | None:
    """The page's text as a submission of the same article, everything else as it was known."""
    try:
        read = read_page(page, look.url, look.url)
    except SourceError:
        return None
    return replace(
        read,
        key=article.url or look.url,
        url=article.url,
        title=article.title,
        source=article.source,
        authors=article.authors or read.authors,
        published=article.published or read.published,
        language=article.language,
    )


def _wishes(page: Page, parsed: Feed | None, now: datetime) -> Wishes:
    if parsed is None:
        return wishes_of(page.headers, now)
    return wishes_of(page.headers, now, parsed.ttl_minutes, parsed.skip_hours, parsed.skip_days)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
