"""The outbox: deliveries from their writing to their sending, in SQL.

News and its deliveries are written in one transaction with how far the news was read, so that
nothing is told twice or forgotten if the process dies. A sender takes a delivery (`claim`), which
gives it the chat for a short time, and says afterwards what became of it. A delivery that was
being sent when its sender died is sent again when that time is over: it may then come twice, the
only one that can.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from bot.subscription import Delivery, DeliveryKind, DeliveryState, Target
from bot.tables import (
    answers,
    chats,
    cursor,
    deliveries,
    mutes,
    pace,
    seen,
    subscriptions,
    told,
    turns,
)
from bot.updates.content import Payload, articles_in
from bot.updates.writing import HELD_BACK, bundle, set_values, write

LEASE = timedelta(seconds=30)
"""So long a sender has a chat to itself; longer than one message takes, its waiting included."""
RATE = 29
"""Messages a second that all senders together may send; Telegram allows about 30."""
LONGEST_QUEUE = timedelta(minutes=1)
CHAT_PAUSE = timedelta(seconds=1)
GROUP_PAUSE = timedelta(seconds=3)
"""Telegram allows 1 message a second in a chat, and 20 a minute in a group."""
MAX_ATTEMPTS = 8
_PUBLISH_LOCK = 0x6F757462  # "outb": one process at a time publishes
_NAME = "news"


class Outbox:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(reading=True)

    # ── writing ──

    def read_to(self) -> tuple[int, datetime] | None:
        """How far the news was read: number and time; None if never."""
        with self._reader.connect() as connection:
            row = connection.execute(select(cursor).where(cursor.c.name == _NAME)).first()
        return (row.number, row.at) if row else None

    def start_at(self, number: int, known: Iterable[str], now: datetime) -> None:
        """Begin with what comes after this number; the articles `known` are no news any more."""
        with self._engine.begin() as connection:
            connection.execute(insert(cursor).values(name=_NAME, number=number, at=now))
            _note_seen(connection, known)

    def unseen(self, article_ids: Sequence[str]) -> set[str]:
        """Those of these articles that were never compared with the subscriptions."""
        with self._reader.connect() as connection:
            known = select(seen.c.article_id).where(seen.c.article_id.in_(article_ids))
            return set(article_ids).difference(connection.scalars(known))

    def write(
        self,
        drafts: Iterable[Delivery],
        *,
        read: tuple[int, int],
        articles: Iterable[str],
        now: datetime,
    ) -> int:
        """Write deliveries and that the news was read from number `read[0]` to `read[1]`.

        How many were new; 0, and nothing is written, if another process has read that news.
        Each is held or sent as its chat wishes.
        """
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_PUBLISH_LOCK})"))
            here = and_(cursor.c.name == _NAME, cursor.c.number == read[0])
            values = {"number": read[1], "at": now}
            if not connection.execute(update(cursor).where(here).values(values)).rowcount:
                return 0
            _note_seen(connection, articles)
            return write(connection, drafts, now)

    def put(self, draft: Delivery, now: datetime) -> bool:
        """Write one delivery that no news brought; False if its target has it already."""
        with self._engine.begin() as connection:
            return bool(write(connection, [draft], now))

    def has(self, target: Target, key: str) -> bool:
        """Whether a target has a delivery with this key."""
        mine = and_(
            deliveries.c.key == key,
            deliveries.c.chat_id == target.chat_id,
            deliveries.c.thread_id == target.thread_id,
        )
        with self._reader.connect() as connection:
            return connection.execute(select(deliveries.c.id).where(mine)).first() is not None

    def telling(self, article_ids: Sequence[str]) -> list[tuple[Delivery, int]]:
        """The deliveries that quote these articles and were not dropped, with the digest (or 0)
        that told them."""
        query = (
            select(deliveries)
            .distinct()
            .join(told, told.c.delivery_id == deliveries.c.id)
            .where(told.c.article_id.in_(article_ids), deliveries.c.state != DeliveryState.DROPPED)
        )
        with self._reader.connect() as connection:
            rows = connection.execute(query.order_by(deliveries.c.id)).all()
        return [(_delivery(row), row.bundle_id or 0) for row in rows]

    def revise(self, delivery_id: int, payload: Payload) -> bool:
        """Let a delivery that was not sent yet say something else; False if it was sent."""
        unsent = deliveries.c.state.in_((DeliveryState.HELD, DeliveryState.WAITING))
        where = and_(deliveries.c.id == delivery_id, unsent)
        with self._engine.begin() as connection:
            done = connection.execute(update(deliveries).where(where).values(payload=payload))
            _note_told(connection, delivery_id, payload)
            return bool(done.rowcount)

    def says_now(self, delivery_id: int, payload: Payload) -> None:
        """Note what a sent message says after it was edited."""
        with self._engine.begin() as connection:
            where = deliveries.c.id == delivery_id
            connection.execute(update(deliveries).where(where).values(payload=payload))
            _note_told(connection, delivery_id, payload)

    def knowing(self, story_ids: Sequence[str]) -> set[Target]:
        """The targets that were told of a story, or will be."""
        live = deliveries.c.state != DeliveryState.DROPPED
        about = and_(deliveries.c.story_id.in_(story_ids), deliveries.c.kind.in_(HELD_BACK), live)
        query = select(deliveries.c.chat_id, deliveries.c.thread_id).distinct().where(about)
        with self._reader.connect() as connection:
            return {Target(*row) for row in connection.execute(query)}

    def root(self, target: Target, story_ids: Sequence[str]) -> int:
        """The first message that told a target of a story; 0 if there is none."""
        ours = and_(
            deliveries.c.chat_id == target.chat_id,
            deliveries.c.thread_id == target.thread_id,
            deliveries.c.story_id.in_(story_ids),
            deliveries.c.message_id > 0,
        )
        query = select(deliveries.c.message_id).where(ours).order_by(deliveries.c.id).limit(1)
        with self._reader.connect() as connection:
            return connection.scalar(query) or 0

    def stories_at(self, chat_id: int, message_id: int) -> set[str]:
        """The stories that a message told; a digest tells several."""
        here = and_(deliveries.c.chat_id == chat_id, deliveries.c.message_id == message_id)
        query = select(deliveries.c.story_id).distinct().where(here, deliveries.c.story_id != "")
        with self._reader.connect() as connection:
            return set(connection.scalars(query))

    def get(self, delivery_id: int) -> Delivery | None:
        with self._reader.connect() as connection:
            row = connection.execute(
                select(deliveries).where(deliveries.c.id == delivery_id)
            ).first()
        return _delivery(row) if row else None

    # ── digests ──

    def bundle_due(self, now: datetime) -> int:
        """Put what is held for chats whose time has come into one message each topic; how many."""
        with self._engine.begin() as connection:
            due = and_(chats.c.bundle_at <= now, chats.c.gone.is_(False))
            query = select(chats).where(due).with_for_update(skip_locked=True)
            count = 0
            for chat in connection.execute(query).all():
                count += bundle(connection, chat, now)
            return count

    # ── sending ──

    def claim(self, limit: int, now: datetime) -> list[Delivery]:
        """At most `limit` deliveries to send, the first of each chat; those chats are the
        caller's for LEASE. `due` tells when each may leave."""
        with self._engine.begin() as connection:
            heads = _heads(connection, limit, now)
            if not heads:
                return []
            rows = connection.execute(
                select(deliveries).where(deliveries.c.id.in_(heads)).order_by(deliveries.c.id)
            ).all()
            start = _reserve(connection, len(rows), now)
            ids = [row.id for row in rows]
            connection.execute(
                update(deliveries)
                .where(deliveries.c.id.in_(ids))
                .values(state=DeliveryState.SENDING, attempts=deliveries.c.attempts + 1)
            )
            mine = chats.c.chat_id.in_([row.chat_id for row in rows])
            wait = start - now
            connection.execute(update(chats).where(mine).values(lease=now + wait + LEASE))
        step = timedelta(seconds=1 / RATE)
        return [replace(_delivery(row), due=start + n * step) for n, row in enumerate(rows)]

    def sent(self, delivery: Delivery, message_id: int, now: datetime) -> None:
        """A delivery has arrived as this message."""
        state = {"state": DeliveryState.SENT, "sent": now, "message_id": message_id}
        with self._engine.begin() as connection:
            set_values(connection, delivery.id, state)
            if delivery.kind is DeliveryKind.DIGEST:
                where = deliveries.c.bundle_id == delivery.id
                values = {"message_id": message_id, "sent": now}
                connection.execute(update(deliveries).where(where).values(values))
            pause = GROUP_PAUSE if delivery.target.chat_id < 0 else CHAT_PAUSE
            _free(connection, delivery.target.chat_id, now + pause)

    def later(self, delivery: Delivery, wait: timedelta, reason: str, now: datetime) -> None:
        """Try a delivery again after `wait`; after MAX_ATTEMPTS it is dropped."""
        over = delivery.attempts + 1 >= MAX_ATTEMPTS
        state = DeliveryState.DROPPED if over else DeliveryState.WAITING
        with self._engine.begin() as connection:
            set_values(connection, delivery.id, {"state": state, "reason": reason})
            _free(connection, delivery.target.chat_id, now + wait)

    def told_to_wait(self, delivery: Delivery, wait: timedelta, now: datetime) -> None:
        """Telegram asks us to wait; that is no failed attempt."""
        values = {"state": DeliveryState.WAITING, "attempts": deliveries.c.attempts - 1}
        with self._engine.begin() as connection:
            set_values(connection, delivery.id, values)
            _free(connection, delivery.target.chat_id, now + wait)

    def drop(self, delivery: Delivery, reason: str, now: datetime) -> None:
        """A delivery can't be made (its topic is gone, its message was deleted)."""
        with self._engine.begin() as connection:
            set_values(connection, delivery.id, {"state": DeliveryState.DROPPED, "reason": reason})
            _free(connection, delivery.target.chat_id, now)

    def sleep(self, chat_id: int, now: datetime) -> None:
        """A chat does not want to hear from us: what waits for it is held until it returns."""
        with self._engine.begin() as connection:
            connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(gone=True))
            _hold(connection, chat_id)
            _free(connection, chat_id, now)

    def wake(self, chat_id: int, now: datetime) -> None:
        """A chat is there again: what was held for it comes in one message."""
        with self._engine.begin() as connection:
            values = {"gone": False, "bundle_at": now}
            connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(values))

    def leave_topic(self, target: Target) -> bool:
        """A topic was deleted: its subscriptions and what waits go to the group itself; False if
        that was done before."""
        with self._engine.begin() as connection:
            moved = 0
            for table in (subscriptions, deliveries):
                moved += _rehome(connection, table, target, replace(target, thread_id=0))
            return moved > 0

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup and has another number now."""
        with self._engine.begin() as connection:
            row = connection.execute(select(chats).where(chats.c.chat_id == old)).first()
            if row is None:
                return
            connection.execute(delete(chats).where(chats.c.chat_id == new))
            values = {column.name: getattr(row, column.name) for column in chats.columns}
            connection.execute(insert(chats).values({**values, "chat_id": new}))
            connection.execute(delete(chats).where(chats.c.chat_id == old))
            ours = select(turns.c.id).where(turns.c.chat_id == old)
            lost = update(answers).where(answers.c.turn_id.in_(ours))
            connection.execute(lost.values(messages=[]))  # the new group counts its own messages
            for table in (subscriptions, deliveries, mutes, turns):
                where = table.c.chat_id == old
                connection.execute(update(table).where(where).values(chat_id=new))


def _heads(connection: Connection, limit: int, now: datetime) -> list[int]:
    """The first due delivery of each chat that is free; on PostgreSQL its chat is locked."""
    head = (
        select(deliveries.c.chat_id, func.min(deliveries.c.id).label("head"))
        .where(
            deliveries.c.state.in_((DeliveryState.WAITING, DeliveryState.SENDING)),
            deliveries.c.due <= now,
        )
        .group_by(deliveries.c.chat_id)
        .subquery()
    )
    free = and_(
        chats.c.gone.is_(False),
        or_(chats.c.free_at.is_(None), chats.c.free_at <= now),
        or_(chats.c.lease.is_(None), chats.c.lease <= now),
    )
    query = (
        select(head.c.head)
        .join(chats, chats.c.chat_id == head.c.chat_id)
        .where(free)
        .order_by(head.c.head)
        .limit(limit)
        .with_for_update(of=chats, skip_locked=True)
    )
    return list(connection.scalars(query))


def _reserve(connection: Connection, count: int, now: datetime) -> datetime:
    """Take the next `count` places in the queue of all senders; when the first may leave."""
    row = connection.execute(select(pace).where(pace.c.name == _NAME).with_for_update()).first()
    start = max(now, row.free_at) if row else now
    if start > now + LONGEST_QUEUE:  # a clock was wrong; nobody waits for it
        start = now
    end = start + timedelta(seconds=count / RATE)
    if row:
        connection.execute(update(pace).where(pace.c.name == _NAME).values(free_at=end))
    else:
        connection.execute(insert(pace).values(name=_NAME, free_at=end))
    return start


def _note_told(connection: Connection, delivery_id: int, payload: Payload) -> None:
    for article_id, version in articles_in(payload).items():
        where = and_(told.c.delivery_id == delivery_id, told.c.article_id == article_id)
        connection.execute(update(told).where(where).values(version=version))


def _note_seen(connection: Connection, article_ids: Iterable[str]) -> None:
    rows = [{"article_id": article_id} for article_id in article_ids]
    if rows:
        connection.execute(insert(seen), rows)


def _hold(connection: Connection, chat_id: int) -> None:
    live = deliveries.c.state.in_((DeliveryState.WAITING, DeliveryState.SENDING))
    news = deliveries.c.kind.in_(HELD_BACK)
    where = and_(deliveries.c.chat_id == chat_id, live)
    held = update(deliveries).where(where, news).values(state=DeliveryState.HELD)
    connection.execute(held)
    waits = deliveries.c.kind == DeliveryKind.AMENDMENT  # what stands there is wrong all the while
    connection.execute(update(deliveries).where(where, waits).values(state=DeliveryState.WAITING))
    dropped = {"state": DeliveryState.DROPPED, "reason": "the chat was gone"}
    connection.execute(update(deliveries).where(where, ~waits).values(dropped))


def _rehome(connection: Connection, table: Any, old: Target, new: Target) -> int:
    """Move rows to another target; those that it has already are deleted."""
    mine = and_(table.c.chat_id == old.chat_id, table.c.thread_id == old.thread_id)
    if table is deliveries:
        mine = and_(mine, deliveries.c.state.in_(("held", "waiting", "sending")))
    moved = 0
    for row in connection.execute(select(table).where(mine)).all():
        names = ("kind", "key") if table is subscriptions else ("key",)
        theirs = and_(
            table.c.chat_id == new.chat_id,
            table.c.thread_id == new.thread_id,
            *(table.c[name] == getattr(row, name) for name in names),
        )
        if connection.execute(select(table.c.id).where(theirs)).first():
            connection.execute(delete(table).where(table.c.id == row.id))
        else:
            values = {"thread_id": new.thread_id}
            connection.execute(update(table).where(table.c.id == row.id).values(values))
        moved += 1
    return moved


def _free(connection: Connection, chat_id: int, at: datetime) -> None:
    values = {"lease": None, "free_at": at}
    connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(values))


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        target=Target(row.chat_id, row.thread_id),
        kind=DeliveryKind(row.kind),
        key=row.key,
        payload=row.payload,
        story_id=row.story_id,
        id=row.id,
        state=DeliveryState(row.state),
        message_id=row.message_id,
        attempts=row.attempts,
        due=row.due,
    )
