"""What the bot remembers: updates that arrived, turns of conversations, votes, chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, Table, and_, delete, insert, select, update

from bot.answer import Answer, Turn
from bot.tables import answers, chats, cited, deliveries, inbox, turns, votes
from ingest import migrate

KEEP_UPDATES = timedelta(days=2)
"""Telegram keeps an update for a day; what is older can't be delivered twice."""


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A question that was answered in a chat; `articles` are the ids that its answer cites."""

    id: int
    chat_id: int
    parent_id: int | None
    question: str
    answer: str
    articles: tuple[str, ...]
    message_id: int = 0


@dataclass(frozen=True, slots=True)
class Disliked:
    """A question whose answer got a 👎; `articles` are the addresses (or ids) that it cites."""

    question: str
    asked_at: datetime
    answer: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that the bot may post in."""

    chat_id: int
    title: str


class Records:
    """The bot's memory, in the archive's database. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        migrate(engine, Path(__file__).parent / "migrations", "newsdesk_bot_version")
        self._engine = engine
        self._reader = engine.execution_options(reading=True)

    # ── updates ──

    def arrived(self, update_id: int, payload: str) -> bool:
        """Keep an update until it is done; False if it arrived before."""
        with self._engine.begin() as connection:
            known = select(inbox.c.update_id).where(inbox.c.update_id == update_id)
            if connection.execute(known).first():
                return False
            row = {"update_id": update_id, "payload": payload, "received": datetime.now(UTC)}
            connection.execute(insert(inbox).values(**row, done=False))
            return True

    def done(self, update_id: int) -> None:
        """An update was handled; only its number is kept, so that it is known if it comes again."""
        with self._engine.begin() as connection:
            where = inbox.c.update_id == update_id
            connection.execute(update(inbox).where(where).values(done=True, payload=""))

    def waiting(self) -> list[str]:
        """The updates that were not done when the bot last stopped, oldest first."""
        with self._engine.begin() as connection:
            old = inbox.c.received < datetime.now(UTC) - KEEP_UPDATES
            connection.execute(delete(inbox).where(old))
            query = select(inbox.c.payload).where(inbox.c.done.is_(False))
            return list(connection.scalars(query.order_by(inbox.c.update_id)))

    # ── conversations ──

    def add_turn(
        self,
        chat_id: int,
        thread_id: int | None,
        asked_in: int,
        parent_id: int | None,
        answer: Answer,
    ) -> int:
        """Remember an answer to the message `asked_in`; the number of its turn."""
        values = {
            "chat_id": chat_id,
            "thread_id": thread_id,
            "message_id": 0,
            "asked_in": asked_in,
            "parent_id": parent_id,
            "question": answer.question,
            "answer": answer.to_json(),
            "asked_at": datetime.now(UTC),
        }
        with self._engine.begin() as connection:
            key = connection.execute(insert(turns).values(values)).inserted_primary_key
        return int(key[0]) if key else 0

    def turn(self, turn_id: int, chat_id: int) -> StoredTurn | None:
        """A turn of this chat; None if it was forgotten, or belongs to another chat."""
        return self._one(and_(turns.c.id == turn_id, turns.c.chat_id == chat_id))

    def turn_at(self, chat_id: int, message_id: int) -> StoredTurn | None:
        """The turn whose answer is this message."""
        return self._one(and_(turns.c.chat_id == chat_id, turns.c.message_id == message_id))

    def turn_asked_in(self, chat_id: int, message_id: int) -> StoredTurn | None:
        """The turn that answers this message."""
        return self._one(and_(turns.c.chat_id == chat_id, turns.c.asked_in == message_id))

    def answer_of(self, turn: StoredTurn) -> Answer | None:
        """The answer of a turn as it stands; None if it was forgotten."""
        with self._reader.connect() as connection:
            query = select(turns.c.answer).where(turns.c.id == turn.id)
            document = connection.scalar(query)
        return Answer.from_json(document) if document else None

    def asked_anew(self, turn: StoredTurn, answer: Answer) -> None:
        """The question of a turn was changed, and is answered by this now."""
        with self._engine.begin() as connection:
            for table in (votes, answers, cited):
                connection.execute(delete(table).where(table.c.turn_id == turn.id))
            values = {"question": answer.question, "answer": answer.to_json()}
            connection.execute(update(turns).where(turns.c.id == turn.id).values(values))

    def recent(
        self, chat_id: int, thread_id: int | None, since: datetime, limit: int
    ) -> list[Turn]:
        """The last turns of a chat or of one of its threads, oldest first."""
        query = (
            select(turns)
            .where(
                turns.c.chat_id == chat_id,
                turns.c.thread_id.is_not_distinct_from(thread_id),
                turns.c.asked_at >= since,
            )
            .order_by(turns.c.id.desc())
            .limit(limit)
        )
        with self._reader.connect() as connection:
            rows = connection.execute(query).all()
        turns_ = map(_stored, reversed(rows))
        return [Turn(turn.question, turn.answer, turn.articles) for turn in turns_]

    def chain(self, last: StoredTurn, limit: int) -> list[Turn]:
        """A turn and those that it replied to, oldest first."""
        found = [last]
        while len(found) < limit and (parent := found[-1].parent_id):
            before = self.turn(parent, last.chat_id)
            if before is None:
                break
            found.append(before)
        return [Turn(turn.question, turn.answer, turn.articles) for turn in reversed(found)]

    def forget(self, chat_id: int) -> int:
        """Delete the turns of a chat, their votes and corrections; how many turns there were."""
        with self._engine.begin() as connection:
            ours = turns.c.chat_id == chat_id
            ids = select(turns.c.id).where(ours)
            for table in (votes, answers, cited):
                connection.execute(delete(table).where(table.c.turn_id.in_(ids)))
            told = and_(deliveries.c.chat_id == chat_id, deliveries.c.kind == "amendment")
            connection.execute(delete(deliveries).where(told))
            return connection.execute(delete(turns).where(ours)).rowcount

    def vote(self, turn_id: int, user_id: int, vote: int) -> int:
        """Keep a person's vote (1 or -1); the same again takes it back. What holds now (or 0)."""
        with self._engine.begin() as connection:
            where = and_(votes.c.turn_id == turn_id, votes.c.user_id == user_id)
            before = connection.scalar(select(votes.c.vote).where(where))
            connection.execute(delete(votes).where(where))
            if before == vote:
                return 0
            values = {"turn_id": turn_id, "user_id": user_id, "vote": vote}
            connection.execute(insert(votes).values(values))
            return vote

    def disliked(self) -> list[Disliked]:
        """What was answered badly, oldest first; nothing of it tells who asked, or where."""
        voted = select(votes.c.turn_id).where(votes.c.vote < 0)
        query = select(turns.c.question, turns.c.asked_at, turns.c.answer)
        query = query.where(turns.c.id.in_(voted)).order_by(turns.c.id)
        with self._reader.connect() as connection:
            return [
                Disliked(row.question, row.asked_at, row.answer["answer"], _cited(row.answer))
                for row in connection.execute(query)
            ]

    # ── chats ──

    def note_chat(self, chat_id: int, title: str, *, gone: bool) -> None:
        """Remember a chat, and whether it still wants to hear from us."""
        values = {"title": title, "gone": gone}
        _put(self._engine, chats, {"chat_id": chat_id}, values)

    def note_kind(self, chat_id: int, kind: str, *, admin: bool) -> None:
        """Remember what kind of chat it is, and whether the bot is an admin there."""
        with self._engine.begin() as connection:
            where = chats.c.chat_id == chat_id
            connection.execute(update(chats).where(where).values(kind=kind, admin=admin))

    def channels(self) -> list[Channel]:
        """The channels that the bot is an admin of, by title."""
        ours = and_(chats.c.kind == "channel", chats.c.admin.is_(True), chats.c.gone.is_(False))
        query = select(chats.c.chat_id, chats.c.title).where(ours).order_by(chats.c.title)
        with self._reader.connect() as connection:
            return [Channel(row.chat_id, row.title) for row in connection.execute(query)]

    def timezone(self, chat_id: int) -> str:
        """The time zone that a chat lives by (an IANA name)."""
        with self._reader.connect() as connection:
            query = select(chats.c.timezone).where(chats.c.chat_id == chat_id)
            return connection.scalar(query) or "UTC"

    def is_gone(self, chat_id: int) -> bool:
        with self._reader.connect() as connection:
            query = select(chats.c.gone).where(chats.c.chat_id == chat_id)
            return bool(connection.scalar(query))

    def _one(self, where: Any) -> StoredTurn | None:
        with self._reader.connect() as connection:
            row = connection.execute(select(turns).where(where)).first()
        return _stored(row) if row else None


def _stored(row: Row[Any]) -> StoredTurn:
    cited = dict.fromkeys(citation["article_id"] for citation in row.answer["citations"])
    return StoredTurn(
        row.id,
        row.chat_id,
        row.parent_id,
        row.question,
        row.answer["answer"],
        tuple(cited),
        row.message_id,
    )


def _cited(answer: dict[str, Any]) -> tuple[str, ...]:
    """The address of each article that an answer cites; the id of one without."""
    return tuple(dict.fromkeys(c["url"] or c["article_id"] for c in answer["citations"]))


def _put(engine: Engine, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    where: Sequence[Any] = [table.c[name] == value for name, value in key.items()]
    with engine.begin() as connection:
        if connection.execute(update(table).where(*where).values(values)).rowcount == 0:
            connection.execute(insert(table).values(**key, **values))
