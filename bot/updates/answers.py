"""Answers that were sent, the articles that they cite, and their corrections, in SQL.

`due` counts what happened to an answer's articles. Whoever looked at the answer says which count
it saw, so that what happened meanwhile is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, delete, insert, or_, select, update

from bot.subscription import Delivery, DeliveryKind, DeliveryState, Target
from bot.tables import answers, cited, deliveries, turns, votes
from bot.updates.amendment import Amendment, Cited, Limits, SentAnswer, netted
from bot.updates.subscriptions import ensure_chat
from bot.updates.writing import write

BATCH = 50
_UNSENT = (DeliveryState.HELD, DeliveryState.WAITING)


class Answers:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(reading=True)

    def sent(self, turn_id: int, messages: Sequence[int], now: datetime) -> None:
        """An answer has arrived as these messages; its articles are looked at from here on."""
        with self._engine.begin() as connection:
            _note_message(connection, turn_id, messages[-1])
            row = connection.execute(select(turns).where(turns.c.id == turn_id)).first()
            if row is not None:  # not forgotten while it was sent
                ensure_chat(connection, row.chat_id)
                _follow(connection, turn_id, row.answer, messages, now, watched=False)

    def sent_watched(
        self, target: Target, document: dict[str, Any], messages: Sequence[int], now: datetime
    ) -> None:
        """The answer to a question that waited has arrived: a turn that nobody began."""
        values = {
            "chat_id": target.chat_id,
            "thread_id": target.thread_id or None,
            "message_id": messages[-1],
            "question": document["question"],
            "answer": document,
            "asked_at": now,
        }
        with self._engine.begin() as connection:
            key = connection.execute(insert(turns).values(values)).inserted_primary_key
            if key:
                _follow(connection, key[0], document, messages, now, watched=True)

    def touch(
        self, article_ids: Iterable[str], story_ids: Iterable[str], limits: Limits, now: datetime
    ) -> int:
        """Something happened to these articles or stories; how many answers are to be looked at.

        Answers that may not be corrected any more are left as they are.
        """
        about = or_(
            cited.c.article_id.in_(sorted(article_ids)), cited.c.story_id.in_(sorted(story_ids))
        )
        where = and_(
            answers.c.turn_id.in_(select(cited.c.turn_id).where(about)), *_within(limits, now)
        )
        with self._engine.begin() as connection:
            touched = update(answers).where(where).values(due=answers.c.due + 1)
            return connection.execute(touched).rowcount

    def followed(self, limits: Limits, now: datetime) -> bool:
        """Whether there is any answer that may still be corrected."""
        query = select(answers.c.turn_id).where(*_within(limits, now)).limit(1)
        with self._reader.connect() as connection:
            return connection.execute(query).first() is not None

    def due(self, limits: Limits, now: datetime) -> list[SentAnswer]:
        """The answers to look at, the first of them."""
        where = and_(answers.c.due > 0, *_within(limits, now))
        query = _joined().where(where).order_by(answers.c.turn_id).limit(BATCH)
        with self._reader.connect() as connection:
            return [_sent_answer(row) for row in connection.execute(query)]

    def get(self, turn_id: int) -> SentAnswer | None:
        """An answer as it stands; None if it was forgotten."""
        query = _joined().where(answers.c.turn_id == turn_id)
        with self._reader.connect() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            mine = and_(votes.c.turn_id == turn_id, votes.c.user_id == row.chat_id)
            vote = connection.scalar(select(votes.c.vote).where(mine)) or 0
        return replace(_sent_answer(row), vote=vote)

    def stands(
        self, answer: SentAnswer, document: Mapping[str, Any], quoted: Sequence[Cited]
    ) -> None:
        """An answer was looked at and says what it said, `document` naming newer versions."""
        with self._engine.begin() as connection:
            if _settled(connection, answer):
                _keep(connection, answer.turn_id, document, quoted)

    def amend(
        self,
        answer: SentAnswer,
        document: Mapping[str, Any],
        quoted: Sequence[Cited],
        new: Sequence[Amendment],
        *,
        limits: Limits,
        now: datetime,
    ) -> int:
        """An answer has to say `document`: keep that and write the delivery that does it.

        A correction that was not sent yet is told together with this one; if the two undo each
        other, nothing is. How many deliveries were written: 0 also if something happened to the
        answer meanwhile; then it is looked at again.
        """
        with self._engine.begin() as connection:
            if not _settled(connection, answer):
                return 0
            edit = answer.corrected + (not _taken_back(connection, answer))
            told = [a for a in answer.amendments if a.edit < edit]
            untold = [a for a in answer.amendments if a.edit == edit]
            fresh = netted(untold, [replace(a, edit=edit) for a in new])
            amendments = [amendment.to_json() for amendment in (*told, *fresh)]
            values = {"amendments": amendments, "corrected": edit if fresh else edit - 1}
            where = answers.c.turn_id == answer.turn_id
            connection.execute(update(answers).where(where).values(values))
            _keep(connection, answer.turn_id, document, quoted)
            if not fresh:
                return 0
            payload = {
                "turn": answer.turn_id,
                "answer": document,
                "amendments": amendments,
                "edit": edit,
                "last": edit >= limits.count,
            }
            key = f"amend:{answer.turn_id}:{new[0].article_id}:{new[0].mark}"
            draft = Delivery(answer.target, DeliveryKind.AMENDMENT, key, payload)
            return write(connection, [draft], now)

    def stands_as(self, turn_id: int, messages: Sequence[int], message_id: int) -> None:
        """An answer takes these messages now, with the keyboard below `message_id`."""
        with self._engine.begin() as connection:
            where = answers.c.turn_id == turn_id
            connection.execute(update(answers).where(where).values(messages=list(messages)))
            _note_message(connection, turn_id, message_id)


def _within(limits: Limits, now: datetime) -> list[Any]:
    return [answers.c.sent > now - limits.time, answers.c.corrected < limits.count]


def _joined() -> Any:
    return select(turns, answers).join(answers, answers.c.turn_id == turns.c.id)


def _settled(connection: Connection, answer: SentAnswer) -> bool:
    """Note that the answer was looked at; False if more has happened since it was read."""
    same = and_(answers.c.turn_id == answer.turn_id, answers.c.due == answer.due)
    return connection.execute(update(answers).where(same).values(due=0)).rowcount > 0


def _taken_back(connection: Connection, answer: SentAnswer) -> bool:
    """Drop the correction of an answer that nobody has begun to send; False if there is none."""
    ours = and_(
        deliveries.c.kind == DeliveryKind.AMENDMENT,
        deliveries.c.chat_id == answer.target.chat_id,
        deliveries.c.key.like(f"amend:{answer.turn_id}:%"),
        deliveries.c.state.in_(_UNSENT),
    )
    dropped = {"state": DeliveryState.DROPPED, "reason": "a later correction tells it"}
    return connection.execute(update(deliveries).where(ours).values(dropped)).rowcount > 0


def _keep(
    connection: Connection, turn_id: int, document: Mapping[str, Any], quoted: Sequence[Cited]
) -> None:
    where = turns.c.id == turn_id
    connection.execute(update(turns).where(where).values(answer=dict(document)))
    connection.execute(delete(cited).where(cited.c.turn_id == turn_id))
    _cite(connection, turn_id, quoted)


def _follow(
    connection: Connection,
    turn_id: int,
    document: Mapping[str, Any],
    messages: Sequence[int],
    now: datetime,
    *,
    watched: bool,
) -> None:
    """Begin to follow an answer, if it cites anything; it is looked at once in any case."""
    quoted = {c["article_id"]: _version(c) for c in document["citations"]}
    if not quoted:
        return
    row = {
        "turn_id": turn_id,
        "messages": list(messages),
        "sent": now,
        "watched": watched,
        "due": 1,
        "corrected": 0,
        "amendments": [],
    }
    connection.execute(insert(answers).values(row))
    _cite(connection, turn_id, [Cited(*pair) for pair in quoted.items()])


def _cite(connection: Connection, turn_id: int, quoted: Sequence[Cited]) -> None:
    rows = [
        {
            "turn_id": turn_id,
            "article_id": item.article_id,
            "version": item.version,
            "story_id": item.story_id,
        }
        for item in quoted
    ]
    if rows:
        connection.execute(insert(cited), rows)


def _note_message(connection: Connection, turn_id: int, message_id: int) -> None:
    connection.execute(update(turns).where(turns.c.id == turn_id).values(message_id=message_id))


def _version(citation: Mapping[str, Any]) -> int:
    return int(citation["passage_id"].split(":")[1])


def _sent_answer(row: Row[Any]) -> SentAnswer:
    took = timedelta(milliseconds=row.answer["timings_ms"].get("total", 0.0))
    return SentAnswer(
        turn_id=row.turn_id,
        target=Target(row.chat_id, row.thread_id or 0),
        document=row.answer,
        asked=row.asked_at - took,
        sent=row.sent,
        messages=tuple(row.messages),
        message_id=row.message_id,
        watched=row.watched,
        due=row.due,
        corrected=row.corrected,
        amendments=tuple(map(Amendment.from_json, row.amendments)),
    )
