"""Keeps articles and their passages in SQL, with the keyword index beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from math import log1p
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, func, insert, or_, select, update
from sqlalchemy import delete as delete_from

from ingest.archive import keywords, versions
from ingest.archive.tables import articles, carriers, passages
from ingest.article import Article, Change, Depth, Passage, SourceCount

Cut = Callable[[Article], list[Passage]]
Differences = Callable[[Article, Article], Sequence[Change]]
"""What a later text of an article says otherwise; nothing if only its furniture changed."""


class Saved(StrEnum):
    """What saving an article did to the archive."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class ArticleStore:
    """Articles and passages in SQL. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(reading=True)

    def save(self, article: Article, cut: Cut, differences: Differences) -> Saved:
        """Put the article in, or its new version; its passages are cut only if they are needed.

        The former version is kept aside. A text that says the same is no new version, though what
        was unknown of the article before (its date, say) is filled in. A teaser never takes the
        place of a full text.
        """
        with self._engine.begin() as connection:
            row = connection.execute(
                select(articles).where(articles.c.id == article.id)
            ).one_or_none()
            if row is None:
                self._insert(connection, article)
                self._replace_passages(connection, article, cut)
                return Saved.NEW
            known = article_of(row)
            if known.depth is Depth.FULL and article.depth is Depth.TEASER:
                return Saved.UNCHANGED
            merged = self._revised(connection, known, _filled(article, known), differences)
            if merged == known:
                return Saved.UNCHANGED
            if merged.version != known.version:
                self._replace_passages(connection, merged, cut)
            values = {**_values(merged), "indexed": False}
            connection.execute(update(articles).where(articles.c.id == article.id).values(values))
            return Saved.UPDATED

    def _revised(
        self, connection: Connection, known: Article, new: Article, differences: Differences
    ) -> Article:
        """`new` as a version of its own, or with the text that is known if it says the same."""
        if new.content_hash == known.content_hash:
            return new
        changes = differences(known, new)
        if not changes and known.depth is new.depth:
            return replace(new, title=known.title, text=known.text, notice=known.notice)
        now = datetime.now(UTC)
        versions.keep(connection, known, changes, now)
        noticed = new.notice and new.notice != known.notice
        return replace(
            new, version=known.version + 1, corrected=now if noticed else known.corrected
        )

    def withdraw(self, article_id: str, why: str) -> bool:
        """Mark an article as taken back by its publisher; False if it was already, or is unknown.

        `why` stands as its notice. It stays in the archive, and is no longer found.
        """
        with self._engine.begin() as connection:
            where = and_(articles.c.id == article_id, articles.c.withdrawn.is_(None))
            values = {"withdrawn": datetime.now(UTC), "notice": why}
            return connection.execute(update(articles).where(where).values(values)).rowcount > 0

    def withdrawn_since(self, since: datetime) -> list[Article]:
        """The articles that were taken back since then."""
        query = select(articles).where(articles.c.withdrawn >= since)
        with self._reader.connect() as connection:
            return [article_of(row) for row in connection.execute(query.order_by(articles.c.id))]

    def note_carrier(self, article_id: str, feed_id: int, *, backlog: bool) -> None:
        """Remember that a feed carried an article; the first time counts."""
        where = and_(carriers.c.article_id == article_id, carriers.c.feed_id == feed_id)
        with self._engine.begin() as connection:
            if connection.execute(select(carriers.c.backlog).where(where)).first() is None:
                row = {"article_id": article_id, "feed_id": feed_id, "backlog": backlog}
                connection.execute(insert(carriers).values(row))

    def _insert(self, connection: Connection, article: Article) -> None:
        values = {**_values(article), "added": datetime.now(UTC), "indexed": False}
        connection.execute(insert(articles).values(values))

    def _replace_passages(self, connection: Connection, article: Article, cut: Cut) -> None:
        ours = passages.c.article_id == article.id
        old = connection.scalars(select(passages.c.row).where(ours)).all()
        keywords.delete(connection, old)
        connection.execute(delete_from(passages).where(ours))
        pieces = cut(article)
        if not pieces:
            return
        connection.execute(insert(passages), [_passage_values(piece) for piece in pieces])
        rows = connection.execute(select(passages.c.row, passages.c.text).where(ours))
        keywords.put(connection, article.title, [(row, text) for row, text in rows])

    def get(self, article_id: str) -> Article | None:
        return next(iter(self.get_many([article_id])), None)

    def at(self, url: str) -> Article | None:
        """An article with this canonical address."""
        with self._reader.connect() as connection:
            row = connection.execute(select(articles).where(articles.c.url == url)).first()
        return article_of(row) if row else None

    def get_many(self, ids: Sequence[str]) -> list[Article]:
        """The articles with these ids, in that order; unknown ids are left out."""
        with self._reader.connect() as connection:
            rows = connection.execute(select(articles).where(articles.c.id.in_(ids))).all()
        found = {row.id: article_of(row) for row in rows}
        return [found[article_id] for article_id in ids if article_id in found]

    def latest(self, limit: int, offset: int = 0) -> list[Article]:
        """Newest first: by the time of publication, or of arrival where that is unknown."""
        time = func.coalesce(articles.c.published, articles.c.added)
        query = select(articles).order_by(time.desc(), articles.c.id).limit(limit).offset(offset)
        with self._reader.connect() as connection:
            return [article_of(row) for row in connection.execute(query)]

    def sources(self) -> list[SourceCount]:
        """Each source with how many articles it has here, the largest first."""
        count = func.count().label("articles")
        latest = func.max(articles.c.published, type_=articles.c.published.type)
        query = (
            select(articles.c.source, count, latest)
            .group_by(articles.c.source)
            .order_by(count.desc(), articles.c.source)
        )
        with self._reader.connect() as connection:
            return [SourceCount(*row) for row in connection.execute(query)]

    def counts(self) -> tuple[int, int, int]:
        """How many articles, passages, and articles that wait to be indexed there are."""
        queries = (
            select(func.count()).select_from(articles),
            select(func.count()).select_from(passages),
            select(func.count()).select_from(articles).where(articles.c.indexed.is_(False)),
        )
        with self._reader.connect() as connection:
            first, second, third = (connection.scalar(query) or 0 for query in queries)
        return first, second, third

    def passages_of(self, article_ids: Sequence[str]) -> list[Passage]:
        """All passages of these articles, by article and ordinal."""
        query = (
            select(passages)
            .where(passages.c.article_id.in_(article_ids))
            .order_by(passages.c.article_id, passages.c.ordinal)
        )
        with self._reader.connect() as connection:
            return [_passage(row) for row in connection.execute(query)]

    def passages_at(
        self, ids: Iterable[str], rows: Iterable[int]
    ) -> tuple[dict[str, Passage], dict[int, str]]:
        """Passages with these ids or row numbers: by id, and the id of each row number."""
        query = select(passages).where(
            or_(passages.c.id.in_(list(ids)), passages.c.row.in_(list(rows)))
        )
        with self._reader.connect() as connection:
            found = connection.execute(query).all()
        return {row.id: _passage(row) for row in found}, {row.row: row.id for row in found}

    def find_words(
        self,
        words: Sequence[str],
        limit: int,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> list[tuple[int, float]]:
        """The keyword index's answer: (row, score), best first (see keywords.find)."""
        with self._reader.connect() as connection:
            return keywords.find(connection, words, limit, start, end)

    def repeated(self, article: Article, sentence: str) -> set[str]:
        """The other articles of its publisher that hold a sentence word for word."""
        with self._reader.connect() as connection:
            ids = keywords.holding(connection, sentence) - {article.id}
            same = and_(articles.c.id.in_(ids), articles.c.source == article.source)
            return set(connection.scalars(select(articles.c.id).where(same)))

    def held(self, word: str) -> bool:
        """Whether any passage holds a word."""
        with self._reader.connect() as connection:
            return keywords.count(connection, word) > 0

    def languages(self) -> list[str]:
        """The languages of the articles that stand, the most frequent first."""
        count = func.count().desc()
        query = select(articles.c.language).where(
            articles.c.language.is_not(None), articles.c.withdrawn.is_(None)
        )
        with self._reader.connect() as connection:
            return list(connection.scalars(query.group_by(articles.c.language).order_by(count)))

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """The inverse document frequency of each word, over passages; see Newsroom.rarity."""
        with self._reader.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(passages)) or 0
            found = {word: keywords.count(connection, word) for word in words}
        return {word: log1p((total + 1) / (count + 0.5)) for word, count in found.items()}

    def unindexed(self, limit: int) -> list[Article]:
        """At most `limit` articles whose present version Chroma does not hold yet, oldest first."""
        query = (
            select(articles)
            .where(articles.c.indexed.is_(False))
            .order_by(func.coalesce(articles.c.published, articles.c.added), articles.c.id)
        )
        with self._reader.connect() as connection:
            return [article_of(row) for row in connection.execute(query.limit(limit))]

    def mark_indexed(self, done: Iterable[Article]) -> list[Article]:
        """Note that Chroma holds these; gives back those that changed in the meantime."""
        stale = []
        with self._engine.begin() as connection:
            for article in done:
                same = and_(
                    articles.c.id == article.id,
                    articles.c.version == article.version,
                    articles.c.published.is_not_distinct_from(article.published),
                )
                changed = connection.execute(update(articles).where(same).values(indexed=True))
                if changed.rowcount == 0:
                    stale.append(article)
        return stale

    def forget_index(self) -> None:
        """Note that Chroma holds nothing, so that everything is indexed anew."""
        with self._engine.begin() as connection:
            connection.execute(update(articles).values(indexed=False))


def _filled(new: Article, known: Article) -> Article:
    """`new` as it stands in the archive: what it does not say is kept as it was known."""
    return replace(
        new,
        url=known.url or new.url,
        source=known.source or new.source,
        authors=known.authors or new.authors,
        published=known.published or new.published,
        updated=max(filter(None, (known.updated, new.updated)), default=None),
        language=known.language if new.content_hash == known.content_hash else new.language,
        version=known.version,
        original=known.original or new.original,
        corrected=known.corrected,
        withdrawn=new.withdrawn,
    )


def _values(article: Article) -> dict[str, Any]:
    names = ("id", "title", "text", "url", "source", "published", "updated", "language", "version",
             "original", "notice", "corrected", "withdrawn")  # fmt: skip
    return {
        **{name: getattr(article, name) for name in names},
        "authors": list(article.authors),
        "depth": str(article.depth),
        "content_hash": article.content_hash,
    }


def article_of(row: Row[Any]) -> Article:
    """A row of the articles table as an article."""
    return Article(
        id=row.id,
        title=row.title,
        text=row.text,
        url=row.url,
        source=row.source,
        authors=tuple(row.authors),
        published=row.published,
        updated=row.updated,
        language=row.language,
        depth=Depth(row.depth),
        version=row.version,
        original=row.original,
        notice=row.notice,
        corrected=row.corrected,
        withdrawn=row.withdrawn,
    )


def _passage_values(passage: Passage) -> dict[str, Any]:
    names = ("id", "article_id", "ordinal", "start", "end", "text")
    return {name: getattr(passage, name) for name in names}


def _passage(row: Row[Any]) -> Passage:
    return Passage(row.id, row.article_id, row.ordinal, row.start, row.end, row.text)
