"""Keeps subscriptions, what is muted, and how each chat wants to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, delete, func, insert, select, update

from bot.subscription import STRICTEST, Kind, Subscription, Target
from bot.tables import chats, drafts, mutes, subscriptions
from bot.updates.when import ChatSettings, Digest, held_until

MAX_SUBSCRIPTIONS = 100
"""In one chat, all its topics together."""


class TooManyError(Exception):
    """The chat has as many subscriptions as it may."""


class Subscriptions:
    """Subscriptions and chats in SQL. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(reading=True)

    def add(self, subscription: Subscription, language: str = "") -> int:
        """Keep a subscription; its number. The same again takes the place of the former.

        A chat that has chosen no language is told its news in `language` from here on.
        TooManyError if the chat has MAX_SUBSCRIPTIONS.
        """
        chat = subscription.target.chat_id
        with self._engine.begin() as connection:
            same = _same(subscription)
            known = connection.scalar(select(subscriptions.c.id).where(same))
            row = _row(subscription)
            if known:
                where = subscriptions.c.id == known
                connection.execute(update(subscriptions).where(where).values(row))
                return int(known)
            count = select(func.count()).where(subscriptions.c.chat_id == chat)
            if (connection.scalar(count) or 0) >= MAX_SUBSCRIPTIONS:
                raise TooManyError
            ensure_chat(connection, chat)
            silent = and_(chats.c.chat_id == chat, chats.c.language == "")
            connection.execute(update(chats).where(silent).values(language=language))
            key = connection.execute(insert(subscriptions).values(row)).inserted_primary_key
            return int(key[0]) if key else 0

    def remove(self, subscription_id: int) -> None:
        """Delete a subscription, if it is still there."""
        with self._engine.begin() as connection:
            connection.execute(delete(subscriptions).where(subscriptions.c.id == subscription_id))

    def titles(self) -> dict[int, str]:
        """The titles of all chats."""
        with self._reader.connect() as connection:
            query = select(chats.c.chat_id, chats.c.title)
            return {row.chat_id: row.title for row in connection.execute(query)}

    def of_chat(self, chat_id: int) -> list[Subscription]:
        """All subscriptions of a chat, oldest first."""
        return self._select(subscriptions.c.chat_id == chat_id)

    def of_person(self, user_id: int) -> list[Subscription]:
        """What a person follows in their private chat, and what they set up elsewhere."""
        mine = subscriptions.c.created_by == user_id
        return self._select(mine | (subscriptions.c.chat_id == user_id))

    def awake(self, kind: Kind | None = None) -> list[Subscription]:
        """All subscriptions (or those of a kind) of the chats that want to hear from us."""
        here = select(chats.c.chat_id).where(chats.c.gone.is_(False))
        where = subscriptions.c.chat_id.in_(here)
        return self._select(and_(where, subscriptions.c.kind == kind) if kind else where)

    def get(self, subscription_id: int) -> Subscription | None:
        found = self._select(subscriptions.c.id == subscription_id)
        return found[0] if found else None

    def stricter(self, subscription_id: int) -> Subscription | None:
        """Make a topic one step stricter; what it is then, None if it is no topic or at its
        strictest."""
        found = self.get(subscription_id)
        if found is None or found.kind is not Kind.TOPIC or found.strictness >= STRICTEST:
            return None
        with self._engine.begin() as connection:
            where = subscriptions.c.id == subscription_id
            values = {"strictness": found.strictness + 1}
            connection.execute(update(subscriptions).where(where).values(values))
        return replace(found, strictness=found.strictness + 1)

    def mark(self) -> tuple[int, ...]:
        """Changes whenever a subscription or its target did, or a chat went or came back."""
        table = subscriptions.c
        counted = select(
            func.count(),
            func.max(table.id),
            *(func.sum(column) for column in (table.strictness, table.chat_id, table.thread_id)),
        )
        gone = select(func.count()).where(chats.c.gone.is_(True))
        with self._reader.connect() as connection:
            numbers = [*connection.execute(counted).one(), connection.scalar(gone)]
        return tuple(int(number or 0) for number in numbers)

    def _select(self, where: Any) -> list[Subscription]:
        query = select(subscriptions).where(where).order_by(subscriptions.c.id)
        with self._reader.connect() as connection:
            return [_subscription(row) for row in connection.execute(query)]

    # ── stories that are heard of no more ──

    def mute(self, target: Target, story_id: str) -> None:
        values = {**asdict(target), "story_id": story_id}
        where = [mutes.c[name] == value for name, value in values.items()]
        with self._engine.begin() as connection:
            connection.execute(delete(mutes).where(*where))
            connection.execute(insert(mutes).values(values))

    def muted(self, story_ids: Sequence[str]) -> set[Target]:
        """The targets that want to hear no more of a story."""
        with self._reader.connect() as connection:
            rows = connection.execute(select(mutes).where(mutes.c.story_id.in_(story_ids)))
            return {Target(row.chat_id, row.thread_id) for row in rows}

    # ── chats ──

    def settings(self, chat_id: int) -> ChatSettings:
        """How a chat wants to be told."""
        with self._reader.connect() as connection:
            row = connection.execute(select(chats).where(chats.c.chat_id == chat_id)).first()
        return settings_of(row) if row else ChatSettings()

    def change(self, chat_id: int, now: datetime, **values: object) -> ChatSettings:
        """Change some of a chat's settings, the others as they are; what holds then.

        Two who change different things at once do not undo each other. What was held for later
        comes at the time that the new settings give.
        """
        known = {field.name for field in fields(ChatSettings)}
        if not known.issuperset(values):
            raise ValueError(f"no such settings: {sorted(set(values) - known)}")
        with self._engine.begin() as connection:
            ensure_chat(connection, chat_id)
            where = chats.c.chat_id == chat_id
            connection.execute(update(chats).where(where).values(**values))
            settings = settings_of(connection.execute(select(chats).where(where)).one())
            waits = held_until(settings, now, 0) or now
            connection.execute(update(chats).where(where).values(bundle_at=waits))
            return settings

    # ── what is begun and not finished ──

    def begin(
        self, chat_id: int, user_id: int, step: str, data: dict[str, Any], now: datetime
    ) -> int:
        """Keep a draft in the place of this person's last one here; its number."""
        mine = and_(drafts.c.chat_id == chat_id, drafts.c.user_id == user_id)
        row = {"chat_id": chat_id, "user_id": user_id, "step": step, "data": data, "at": now}
        with self._engine.begin() as connection:
            connection.execute(delete(drafts).where(mine))
            key = connection.execute(insert(drafts).values(row)).inserted_primary_key
        return int(key[0]) if key else 0

    def draft(self, draft_id: int) -> Row[Any] | None:
        with self._reader.connect() as connection:
            return connection.execute(select(drafts).where(drafts.c.id == draft_id)).first()

    def begun(self, chat_id: int, user_id: int) -> Row[Any] | None:
        """What this person has begun here."""
        mine = and_(drafts.c.chat_id == chat_id, drafts.c.user_id == user_id)
        with self._reader.connect() as connection:
            return connection.execute(select(drafts).where(mine)).first()

    def go_on(self, draft_id: int, step: str, data: dict[str, Any]) -> None:
        with self._engine.begin() as connection:
            where = drafts.c.id == draft_id
            connection.execute(update(drafts).where(where).values(step=step, data=data))

    def finish(self, draft_id: int) -> bool:
        """Delete a draft; False if it was gone (a button pressed twice)."""
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(drafts).where(drafts.c.id == draft_id)).rowcount)


def settings_of(row: Row[Any]) -> ChatSettings:
    names = [field.name for field in fields(ChatSettings)]
    values = {name: getattr(row, name) for name in names}
    return ChatSettings(**{**values, "digest": Digest(row.digest)})


def ensure_chat(connection: Connection, chat_id: int) -> None:
    """Have a row for a chat, even if we never heard of it before."""
    known = connection.scalar(select(chats.c.chat_id).where(chats.c.chat_id == chat_id))
    if known is None:
        connection.execute(insert(chats).values(chat_id=chat_id, title="", gone=False))


def _same(subscription: Subscription) -> Any:
    row = _row(subscription)
    names = ("chat_id", "thread_id", "kind", "key")
    return and_(*(subscriptions.c[name] == row[name] for name in names))


def _row(subscription: Subscription) -> dict[str, Any]:
    vector = subscription.vector
    return {
        "chat_id": subscription.target.chat_id,
        "thread_id": subscription.target.thread_id,
        "kind": str(subscription.kind),
        "text": subscription.text,
        "key": subscription.key or subscription.text.casefold(),
        "strictness": subscription.strictness,
        "vector": None if vector is None else vector.astype("float32").tobytes(),
        "created_by": subscription.created_by,
        "message_id": subscription.message_id,
        "once": subscription.once,
    }


def _subscription(row: Row[Any]) -> Subscription:
    import numpy as np

    vector = None if row.vector is None else np.frombuffer(row.vector, dtype=np.float32)
    return Subscription(
        target=Target(row.chat_id, row.thread_id),
        kind=Kind(row.kind),
        text=row.text,
        key=row.key,
        strictness=row.strictness,
        vector=vector,
        created_by=row.created_by,
        message_id=row.message_id,
        once=row.once,
        id=row.id,
    )
