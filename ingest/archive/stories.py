"""Keeps where each article belongs: its story, its origin, and the traits to compare it by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from ingest.archive.articles import article_of
from ingest.archive.tables import articles, carriers, placements, stories
from ingest.story import News, Story, Telling, Traits

_PLACING_LOCK = 0x73746F72  # "stor": one process at a time places articles
MAX_TELLINGS = 200
"""Articles of one story that are told of; the last ones, of a longer story."""


class StoryStore:
    """Stories and placements in SQL. Every public method but `placing` is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(reading=True)

    @contextmanager
    def placing(self) -> Iterator[Placing]:
        """One transaction in which articles are placed; other processes wait for its end."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_PLACING_LOCK})"))
            yield Placing(connection)

    def latest(self, limit: int, offset: int = 0) -> list[Story]:
        """Stories by the time of their last article, newest first."""
        query = (
            select(stories.c.id)
            .where(stories.c.merged_into.is_(None))
            .order_by(stories.c.last_seen.desc(), stories.c.id)
            .limit(limit)
            .offset(offset)
        )
        with self._reader.connect() as connection:
            return _load(connection, connection.scalars(query).all())

    def told_between(self, start: datetime, end: datetime, limit: int) -> list[Story]:
        """The stories that most texts told in a time, as they stood at its end; newest first."""
        when = and_(placements.c.at >= start, placements.c.at < end, articles.c.withdrawn.is_(None))
        texts, last = func.count(placements.c.origin_id.distinct()), func.max(placements.c.at)
        query = (
            select(placements.c.story_id)
            .join(articles, articles.c.id == placements.c.article_id)
            .where(when)
            .group_by(placements.c.story_id)
            .order_by(texts.desc(), last.desc(), placements.c.story_id)
            .limit(limit)
        )
        with self._reader.connect() as connection:
            found = _load(connection, connection.scalars(query).all())
        cut = [
            replace(story, tellings=kept, last_seen=kept[-1].at)
            for story in found
            if (kept := tuple(telling for telling in story.tellings if telling.at < end))
        ]
        return sorted(cut, key=lambda story: story.last_seen, reverse=True)

    def get(self, story_id: str) -> Story | None:
        """The story that this id leads to; None if there is none."""
        with self._reader.connect() as connection:
            here = _followed(connection, story_id)
            return next(iter(_load(connection, [here])), None) if here else None

    def get_many(self, ids: Sequence[str]) -> list[Story]:
        """The stories with these ids, in that order."""
        with self._reader.connect() as connection:
            return _load(connection, ids)

    def stories_of(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The story of each article that has one."""
        return self._column(placements.c.story_id, article_ids)

    def origins_of(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The origin of each article that has one."""
        return self._column(placements.c.origin_id, article_ids)

    def ids_of(self, story_id: str) -> list[str]:
        """All ids that lead to a story, its own first."""
        query = select(stories.c.id).where(stories.c.merged_into == story_id)
        with self._reader.connect() as connection:
            return [story_id, *connection.scalars(query.order_by(stories.c.id))]

    def last_number(self) -> int:
        """The number of the last placement; 0 if there is none."""
        with self._reader.connect() as connection:
            return connection.scalar(select(func.max(placements.c.number))) or 0

    def news(self, after: int, limit: int) -> list[News]:
        """What was placed after placement number `after`, in that order."""
        return self._news(placements.c.number > after, limit)

    def news_since(self, since: datetime, limit: int) -> list[News]:
        """What came out since then, in the order in which it was placed."""
        return self._news(placements.c.at >= since, limit)

    def _news(self, where: ColumnElement[bool], limit: int) -> list[News]:
        columns = (placements.c[name] for name in ("number", "story_id", "at", "vector"))
        query = (
            select(articles, *columns)
            .join(placements, placements.c.article_id == articles.c.id)
            .where(where)
            .order_by(placements.c.number)
            .limit(limit)
        )
        with self._reader.connect() as connection:
            rows = connection.execute(query).all()
            carried = select(carriers).where(carriers.c.article_id.in_([row.id for row in rows]))
            feeds: dict[str, list[Row[Any]]] = {}
            for row in connection.execute(carried):
                feeds.setdefault(row.article_id, []).append(row)
        return [_news_of(row, feeds.get(row.id, [])) for row in rows]

    def _column(self, column: Any, article_ids: Sequence[str]) -> dict[str, str]:
        query = select(placements.c.article_id, column)
        with self._reader.connect() as connection:
            rows = connection.execute(query.where(placements.c.article_id.in_(article_ids)))
            return {row[0]: row[1] for row in rows}


class Placing:
    """What one placing transaction may do."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def between(self, start: datetime, end: datetime, after: int = 0) -> tuple[list[Traits], int]:
        """The traits of the articles of a stretch of time that were placed after placement number
        `after`, and the last number."""
        query = select(placements).where(
            placements.c.at.between(start, end), placements.c.number > after
        )
        rows = self._connection.execute(query.order_by(placements.c.number)).all()
        last = self._connection.scalar(select(func.max(placements.c.number))) or 0
        return list(map(_traits, rows)), last

    def of_articles(self, ids: Sequence[str]) -> list[Traits]:
        """The traits of these articles."""
        query = select(placements).where(placements.c.article_id.in_(ids))
        return list(map(_traits, self._connection.execute(query)))

    def of_story(self, story_id: str, limit: int) -> list[Traits]:
        """The traits of the last `limit` articles of a story."""
        query = select(placements).where(placements.c.story_id == story_id)
        rows = self._connection.execute(query.order_by(placements.c.at.desc()).limit(limit))
        return list(map(_traits, rows))

    def versions(self, ids: Sequence[str]) -> dict[str, int]:
        """The version of each article that was placed."""
        query = select(placements.c.article_id, placements.c.version)
        rows = self._connection.execute(query.where(placements.c.article_id.in_(ids)))
        return {row.article_id: row.version for row in rows}

    def texts(self, ids: Sequence[str]) -> dict[str, tuple[str, str | None, str]]:
        """The text of each article, the address that it names as its original, its publisher."""
        query = select(articles.c.id, articles.c.text, articles.c.original, articles.c.source)
        rows = self._connection.execute(query.where(articles.c.id.in_(ids)))
        return {row.id: (row.text, row.original, row.source) for row in rows}

    def put(self, traits: Traits, version: int) -> None:
        """Keep where an article belongs, in the place of what was kept of it before."""
        where = placements.c.article_id == traits.article_id
        self._connection.execute(delete(placements).where(where))
        row = {
            "article_id": traits.article_id,
            "version": version,
            "story_id": traits.story_id,
            "origin_id": traits.origin_id,
            "kept": traits.kept,
            "credit": traits.credit,
            "at": traits.at,
            "dated": traits.dated,
            "vector": traits.vector.astype("float32").tobytes(),
            "words": dict(traits.words),
            "names": sorted(traits.names),
            "signature": traits.signature.astype("uint32").tobytes(),
        }
        self._connection.execute(insert(placements).values(row))

    def start(self, traits: Traits, title: str) -> str:
        """A new story that begins with an article; its id."""
        story_id = sha256(f"story {traits.article_id}".encode()).hexdigest()[:10]
        while self._connection.scalar(select(stories.c.id).where(stories.c.id == story_id)):
            story_id = sha256(story_id.encode()).hexdigest()[:10]
        row = {"id": story_id, "headline": title, "first_seen": traits.at, "last_seen": traits.at}
        self._connection.execute(insert(stories).values(row))
        return story_id

    def describe(self, story_id: str, central_id: str) -> None:
        """Bring a story's headline (that of its central article) and its times up to date."""
        title = select(articles.c.title).where(articles.c.id == central_id).scalar_subquery()
        ours = placements.c.story_id == story_id
        first = select(func.min(placements.c.at)).where(ours).scalar_subquery()
        last = select(func.max(placements.c.at)).where(ours).scalar_subquery()
        values = {"headline": title, "first_seen": first, "last_seen": last}
        self._connection.execute(update(stories).where(stories.c.id == story_id).values(values))

    def move(self, moving: Sequence[Traits], story_id: str) -> list[Traits]:
        """Put articles into another story; their new traits."""
        versions = self.versions([traits.article_id for traits in moving])
        moved = [replace(traits, story_id=story_id) for traits in moving]
        for traits in moved:
            self.put(traits, versions[traits.article_id])
        return moved

    def merge(self, gone: str, kept: str) -> None:
        """Let the id of a story that has no articles of its own any more lead to another."""
        led = (stories.c.id == gone) | (stories.c.merged_into == gone)
        self._connection.execute(update(stories).where(led).values(merged_into=kept))

    def awake(self, since: datetime) -> list[str]:
        """The stories with an article since then."""
        query = select(stories.c.id).where(
            stories.c.last_seen >= since, stories.c.merged_into.is_(None)
        )
        return list(self._connection.scalars(query.order_by(stories.c.id)))


def _followed(connection: Connection, story_id: str) -> str | None:
    row = connection.execute(select(stories).where(stories.c.id == story_id)).one_or_none()
    return (row.merged_into or row.id) if row else None


def _load(connection: Connection, ids: Sequence[str]) -> list[Story]:
    """These stories with their tellings, in this order; those without articles are left out."""
    query = (
        select(articles, *(placements.c[name] for name in _TELLING))
        .join(placements, placements.c.article_id == articles.c.id)
        .where(placements.c.story_id.in_(ids))
        .order_by(placements.c.at, articles.c.id)
    )
    tellings: dict[str, list[Telling]] = {}
    for row in connection.execute(query):
        told = (row.at, row.origin_id, row.kept, row.credit, row.added)
        telling = Telling(article_of(row), *told)
        tellings.setdefault(row.story_id, []).append(telling)
    rows = connection.execute(select(stories).where(stories.c.id.in_(ids)))
    headlines = {row.id: row.headline for row in rows}
    return [_story(i, headlines[i], tellings[i]) for i in ids if i in headlines and i in tellings]


_TELLING = ("story_id", "origin_id", "kept", "credit", "at")


def _story(story_id: str, headline: str, tellings: Sequence[Telling]) -> Story:
    first, last = tellings[0].at, tellings[-1].at
    return Story(story_id, headline, first, last, tuple(tellings[-MAX_TELLINGS:]))


def _news_of(row: Row[Any], carried: Sequence[Row[Any]]) -> News:
    import numpy as np

    return News(
        number=row.number,
        article=article_of(row),
        story_id=row.story_id,
        at=row.at,
        added=row.added,
        vector=np.frombuffer(row.vector, dtype=np.float32),
        feeds=tuple(sorted(carrier.feed_id for carrier in carried)),
        backlog=bool(carried) and all(carrier.backlog for carrier in carried),
    )


def _traits(row: Row[Any]) -> Traits:
    import numpy as np

    return Traits(
        article_id=row.article_id,
        at=row.at,
        vector=np.frombuffer(row.vector, dtype=np.float32),
        words=row.words,
        names=frozenset(row.names),
        signature=np.frombuffer(row.signature, dtype=np.uint32),
        story_id=row.story_id,
        origin_id=row.origin_id,
        kept=row.kept,
        credit=row.credit,
        dated=row.dated,
    )
