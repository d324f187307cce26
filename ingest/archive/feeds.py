"""Keeps the feeds that are followed, the items that they showed, and pages to look at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, and_, delete, func, insert, or_, select, update

from ingest.archive.tables import feed_items, feeds, looks
from ingest.feed import FeedState, FollowedFeed, Look, SeenItem

LEASE = timedelta(minutes=15)
"""After so long, a feed that a process claimed and never finished is anyone's again."""
RATE_DAYS = 14
FIRST_INTERVAL = 3600.0


class FeedStore:
    """Feeds in SQL. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(reading=True)

    def add(self, url: str, title: str, now: datetime) -> bool:
        """Follow a feed; False if it is followed already (then it is made active again)."""
        with self._engine.begin() as connection:
            known = connection.execute(select(feeds.c.id).where(feeds.c.url == url)).first()
            if known:
                values = {"state": FeedState.ACTIVE, "next_poll": now}
                connection.execute(update(feeds).where(feeds.c.id == known.id).values(values))
                return False
            row = {"url": url, "title": title, "state": FeedState.ACTIVE, "added": now}
            rest = {"next_poll": now, "interval": FIRST_INTERVAL, "failures": 0, "reason": ""}
            connection.execute(insert(feeds).values(**row, **rest))
            return True

    def remove(self, feed_id: int) -> None:
        """Stop following a feed; its articles stay."""
        with self._engine.begin() as connection:
            connection.execute(delete(feeds).where(feeds.c.id == feed_id))

    def set_state(self, feed_id: int, state: FeedState, now: datetime) -> None:
        with self._engine.begin() as connection:
            values = {"state": state, "next_poll": now, "failures": 0}
            connection.execute(update(feeds).where(feeds.c.id == feed_id).values(values))

    def all(self, now: datetime) -> list[FollowedFeed]:
        """All feeds with their health, in the order in which they were added."""
        since = now - timedelta(days=RATE_DAYS)
        recent = (
            select(feed_items.c.feed_id, func.count().label("shown"))
            .where(feed_items.c.at >= since)
            .group_by(feed_items.c.feed_id)
            .subquery()
        )
        query = select(feeds, recent.c.shown).outerjoin(recent, recent.c.feed_id == feeds.c.id)
        with self._reader.connect() as connection:
            rows = connection.execute(query.order_by(feeds.c.id)).all()
        return [_feed(row, (row.shown or 0) / RATE_DAYS) for row in rows]

    def claim_due(self, now: datetime, limit: int) -> list[FollowedFeed]:
        """Feeds whose time has come, each given to one caller alone until LEASE is over."""
        free = or_(feeds.c.lease.is_(None), feeds.c.lease < now)
        due = and_(feeds.c.state == FeedState.ACTIVE, feeds.c.next_poll <= now, free)
        claimed = []
        with self._engine.begin() as connection:
            query = select(feeds).where(due).order_by(feeds.c.next_poll, feeds.c.id).limit(limit)
            for row in connection.execute(query).all():
                mine = and_(feeds.c.id == row.id, free)
                values = {"lease": now + LEASE}
                if connection.execute(update(feeds).where(mine).values(values)).rowcount:
                    claimed.append(_feed(row))
        return claimed

    def next_due(self) -> datetime | None:
        """When the next active feed or look is due; None if there is none."""
        soonest = (
            select(func.min(feeds.c.next_poll, type_=feeds.c.next_poll.type)).where(
                feeds.c.state == FeedState.ACTIVE
            ),
            select(func.min(looks.c.next_look, type_=looks.c.next_look.type)),
        )
        with self._reader.connect() as connection:
            times = [connection.scalar(query) for query in soonest]
        return min((time for time in times if time), default=None)

    def known(self, feed_id: int, keys: Sequence[str]) -> dict[str, str]:
        """The content hash of those of these items that the feed has shown before."""
        found: dict[str, str] = {}
        with self._reader.connect() as connection:
            for at in range(0, len(keys), 500):
                query = select(feed_items.c.key, feed_items.c.hash).where(
                    feed_items.c.feed_id == feed_id, feed_items.c.key.in_(keys[at : at + 500])
                )
                found |= {row.key: row.hash for row in connection.execute(query)}
        return found

    def times(self, feed_id: int, since: datetime) -> list[datetime]:
        """When the feed's items since then came out, oldest first."""
        query = select(feed_items.c.at).where(
            feed_items.c.feed_id == feed_id, feed_items.c.at >= since
        )
        with self._reader.connect() as connection:
            return sorted(connection.scalars(query))

    def remember(self, feed_id: int, items: Sequence[SeenItem]) -> None:
        """Note that these items were stored, so that they are not read again."""
        with self._engine.begin() as connection:
            for item in items:
                where = and_(feed_items.c.feed_id == feed_id, feed_items.c.key == item.key)
                changed = connection.execute(update(feed_items).where(where).values(hash=item.hash))
                if not changed.rowcount:
                    row = {"feed_id": feed_id, "key": item.key, "hash": item.hash, "at": item.at}
                    connection.execute(insert(feed_items).values(row))

    def finish(self, feed_id: int, values: dict[str, Any]) -> None:
        """Note how a poll went (columns of the feeds table), and let the feed go."""
        with self._engine.begin() as connection:
            moved = values.get("url")
            if moved and connection.scalar(select(feeds.c.id).where(feeds.c.url == moved)):
                values = {name: value for name, value in values.items() if name != "url"}
            connection.execute(
                update(feeds).where(feeds.c.id == feed_id).values(**values, lease=None)
            )

    # ── fresh pages ──

    def plan_look(self, look: Look, at: datetime | None) -> None:
        """Look at a page again at that time; never again if it is None."""
        row = {
            "article_id": look.article_id,
            "url": look.url,
            "whole": look.whole,
            "etag": look.etag,
            "last_modified": look.last_modified,
            "done": look.done,
            "missing": look.missing,
            "next_look": at,
        }
        with self._engine.begin() as connection:
            where = looks.c.article_id == look.article_id
            if not connection.execute(update(looks).where(where).values(row)).rowcount:
                connection.execute(insert(looks).values(row))

    def has_look(self, article_id: str) -> bool:
        """Whether this page was ever planned to be looked at again."""
        with self._reader.connect() as connection:
            query = select(looks.c.article_id).where(looks.c.article_id == article_id)
            return connection.execute(query).first() is not None

    def claim_looks(self, now: datetime, limit: int) -> list[Look]:
        """Pages whose time has come; each is put off by LEASE, so that one caller has it."""
        with self._engine.begin() as connection:
            query = select(looks).where(looks.c.next_look <= now).order_by(looks.c.next_look)
            rows = connection.execute(query.limit(limit)).all()
            claimed = []
            for row in rows:
                mine = and_(looks.c.article_id == row.article_id, looks.c.next_look <= now)
                values = {"next_look": now + LEASE}
                if connection.execute(update(looks).where(mine).values(values)).rowcount:
                    claimed.append(row)
        names = ("article_id", "url", "whole", "etag", "last_modified", "done", "missing")
        return [Look(**{name: getattr(row, name) for name in names}) for row in claimed]


def _feed(row: Row[Any], items_per_day: float = 0.0) -> FollowedFeed:
    return FollowedFeed(
        id=row.id,
        url=row.url,
        title=row.title,
        state=FeedState(row.state),
        next_poll=row.next_poll,
        interval=timedelta(seconds=row.interval),
        failures=row.failures,
        reason=row.reason,
        last_success=row.last_success,
        etag=row.etag,
        last_modified=row.last_modified,
        items_per_day=items_per_day,
    )
