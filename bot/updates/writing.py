"""How deliveries are written: each once, at once or held as its chat wishes, digests made of what
was held. All within a transaction of the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update

from bot.subscription import Delivery, DeliveryKind, DeliveryState, Target
from bot.tables import chats, deliveries, told
from bot.updates.content import articles_in
from bot.updates.subscriptions import settings_of
from bot.updates.when import HOUR, Digest, held_until, next_digest

DIGEST_STORIES = 10
HELD_BACK = (DeliveryKind.POST, DeliveryKind.FACT)
"""What digests, quiet hours and limits apply to."""


def write(connection: Connection, drafts: Iterable[Delivery], now: datetime) -> int:
    """Write those deliveries that their targets do not have; how many that were."""
    unique = {(draft.key, draft.target): draft for draft in drafts}
    keys = sorted({key for key, _ in unique})
    query = select(deliveries.c.key, deliveries.c.chat_id, deliveries.c.thread_id)
    known = {
        (row.key, Target(row.chat_id, row.thread_id))
        for row in connection.execute(query.where(deliveries.c.key.in_(keys)))
    }
    new = [draft for mark, draft in unique.items() if mark not in known]
    if not new:
        return 0
    wishes = _wishes(connection, {draft.target.chat_id for draft in new})
    counts = _told_lately(connection, now)
    rows = []
    for draft in new:
        chat = wishes.get(draft.target.chat_id)
        if chat is None or (chat.gone and draft.kind is not DeliveryKind.AMENDMENT):
            continue
        rows.append(_planned(connection, draft, chat, counts, now))
    for planned in rows:
        key = connection.execute(insert(deliveries).values(planned)).inserted_primary_key
        articles = articles_in(planned["payload"])
        if key and articles:
            quoted = [
                {"delivery_id": key[0], "article_id": i, "version": version}
                for i, version in articles.items()
            ]
            connection.execute(insert(told), quoted)
    return len(rows)


def _planned(
    connection: Connection,
    draft: Delivery,
    chat: Row[Any],
    counts: dict[int, int],
    now: datetime,
) -> dict[str, Any]:
    """The row of a delivery, held if its chat wants to hear of it later."""
    until = None
    if draft.kind in HELD_BACK:
        until = held_until(settings_of(chat), now, counts.get(chat.chat_id, 0))
        counts[chat.chat_id] = counts.get(chat.chat_id, 0) + (until is None)
    if until is not None:
        sooner = or_(chats.c.bundle_at.is_(None), chats.c.bundle_at > until)
        where = and_(chats.c.chat_id == chat.chat_id, sooner)
        connection.execute(update(chats).where(where).values(bundle_at=until))
    return {
        "chat_id": draft.target.chat_id,
        "thread_id": draft.target.thread_id,
        "kind": str(draft.kind),
        "key": draft.key,
        "story_id": draft.story_id,
        "payload": draft.payload,
        "state": str(DeliveryState.HELD if until else DeliveryState.WAITING),
        "due": draft.due or now,
        "created": now,
    }


def _wishes(connection: Connection, chat_ids: Iterable[int]) -> Mapping[int, Row[Any]]:
    ids = sorted(chat_ids)
    found: dict[int, Row[Any]] = {}
    for at in range(0, len(ids), 500):
        query = select(chats).where(chats.c.chat_id.in_(ids[at : at + 500]))
        found |= {row.chat_id: row for row in connection.execute(query)}
    return found


def _told_lately(connection: Connection, now: datetime) -> dict[int, int]:
    """How many posts each chat got in the last hour, or will at once."""
    lately = and_(
        deliveries.c.created > now - HOUR,
        deliveries.c.kind.in_(HELD_BACK),
        deliveries.c.state.in_((DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT)),
    )
    query = select(deliveries.c.chat_id, func.count()).where(lately)
    return {row[0]: row[1] for row in connection.execute(query.group_by(deliveries.c.chat_id))}


def bundle(connection: Connection, chat: Row[Any], now: datetime) -> int:
    """Write the digests of one chat, and when its next one is."""
    settings = settings_of(chat)
    following = next_digest(settings, now) if settings.digest is not Digest.OFF else None
    where = chats.c.chat_id == chat.chat_id
    connection.execute(update(chats).where(where).values(bundle_at=following))
    held = and_(deliveries.c.chat_id == chat.chat_id, deliveries.c.state == DeliveryState.HELD)
    query = select(deliveries).where(held).order_by(deliveries.c.id)
    by_topic: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(query):
        by_topic.setdefault(row.thread_id, []).append(row)
    for thread, rows in by_topic.items():
        if len(rows) == 1 and settings.digest is Digest.OFF:
            set_values(connection, rows[0].id, {"state": DeliveryState.WAITING, "due": now})
        else:
            _write_digest(connection, Target(chat.chat_id, thread), rows, now)
    return len(by_topic)


def _write_digest(
    connection: Connection, target: Target, rows: Sequence[Row[Any]], now: datetime
) -> None:
    stories: dict[str, list[Row[Any]]] = {}
    for row in rows:
        stories.setdefault(row.story_id, []).append(row)
    chosen = list(stories)[:DIGEST_STORIES]
    payload = {
        "stories": [{"id": s, "told": [row.payload for row in stories[s]]} for s in chosen],
        "more": len(stories) - len(chosen),
    }
    digest = {
        "chat_id": target.chat_id,
        "thread_id": target.thread_id,
        "kind": str(DeliveryKind.DIGEST),
        "key": f"digest:{rows[-1].id}",
        "story_id": "",
        "payload": payload,
        "state": str(DeliveryState.WAITING),
        "due": now,
        "created": now,
    }
    key = connection.execute(insert(deliveries).values(digest)).inserted_primary_key
    for story, told_rows in stories.items():
        kept = story in chosen
        values = {
            "state": DeliveryState.BUNDLED if kept else DeliveryState.DROPPED,
            "bundle_id": key[0] if key and kept else None,
            "reason": "" if kept else "the digest was full",
        }
        for told_row in told_rows:
            set_values(connection, told_row.id, values)


def set_values(connection: Connection, delivery_id: int, values: Mapping[str, Any]) -> None:
    """Change one delivery."""
    where = deliveries.c.id == bindparam("delivery")
    connection.execute(update(deliveries).where(where).values(values), {"delivery": delivery_id})
