"""Sent answers in SQL, on SQLite and on PostgreSQL: found by what they cite, corrected once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from bot.answer import Answer, Citation, Mode, Sentence
from bot.records import Records
from bot.settings import BotSettings
from bot.subscription import Delivery, DeliveryKind, Target
from bot.tables import answers as answers_table
from bot.tables import cited, deliveries
from bot.updates.amendment import Amendment, Cited, Limits, SentAnswer, Why
from bot.updates.answers import Answers
from bot.updates.outbox import LEASE, Outbox
from ingest import Newsroom
from tests.support.servers import postgres

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = Limits(timedelta(days=7), 3)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("answers")
    if request.param == "sqlite":
        with Newsroom(BotSettings(data_dir=folder)) as newsroom:
            Records(newsroom.engine)
            yield newsroom.engine
        return
    with postgres(folder) as url:
        settings = BotSettings(data_dir=folder, database_url=url)
        with Newsroom(settings) as newsroom:
            Records(newsroom.engine)
            yield newsroom.engine


@pytest.fixture
def answers(engine: Engine) -> Answers:
    return Answers(engine)


@pytest.fixture
def chat(request: pytest.FixtureRequest, engine: Engine) -> Iterator[int]:
    """A chat of this test alone, forgotten after it."""
    chat = abs(hash(request.node.name)) % 10**9 + 1000
    yield chat
    Records(engine).forget(chat)


def an_answer(*article_ids: str) -> Answer:
    citations = [
        Citation(n, "Title", "North", None, NOW, f"Sentence {n}.", article_id, f"{article_id}:1:0")
        for n, article_id in enumerate(article_ids, 1)
    ]
    sentences = [Sentence(c.quote, (c.n,)) for c in citations]
    return Answer("What?", True, Mode.QUOTES, tuple(sentences), tuple(citations))


def send(
    engine: Engine, answers: Answers, chat: int, *articles: str, at: datetime = NOW
) -> SentAnswer:
    """An answer that cites these articles, sent as messages 7 and 8 and looked at once."""
    turn = Records(engine).add_turn(chat, None, 0, None, an_answer(*articles))
    answers.sent(turn, [7, 8], at)
    sent = answers.get(turn)
    assert sent is not None
    quoted = [Cited(article, 1, "story-of-" + article[:1]) for article in articles]
    answers.stands(sent, sent.document, quoted)
    return replace(sent, due=0)


def change(before: str = "before", after: str = "after", mark: str = "2") -> Amendment:
    return Amendment(Why.CORRECTED, NOW, before, after, "North", "a1", mark)


def amend(
    answers: Answers, turn: int, *new: Amendment, limits: Limits = WEEK, at: datetime = NOW
) -> int:
    sent = answers.get(turn)
    assert sent is not None
    return answers.amend(sent, sent.document, [Cited("a1", 2)], new, limits=limits, now=at)


def waiting(engine: Engine, chat: int) -> list[str]:
    """The keys of the chat's corrections that are to be sent."""
    ours = (deliveries.c.chat_id == chat, deliveries.c.state == "waiting")
    with engine.connect() as connection:
        return list(connection.scalars(select(deliveries.c.key).where(*ours)))


def test_an_answer_is_remembered_with_all_its_messages(
    engine: Engine, answers: Answers, chat: int
) -> None:
    """Its messages in order, its chat and topic, what it cites; the keyboard is below the last."""
    turn = Records(engine).add_turn(chat, 5, 0, None, an_answer("a1", "b1"))
    assert answers.get(turn) is None
    answers.sent(turn, [7, 8], NOW)
    sent = answers.get(turn)
    assert sent is not None
    assert (sent.messages, sent.message_id, sent.target) == ((7, 8), 8, Target(chat, 5))
    assert turn in [other.turn_id for other in answers.due(WEEK, NOW)]
    with engine.connect() as connection:
        rows = connection.execute(select(cited).where(cited.c.turn_id == turn)).all()
    assert {(row.article_id, row.version) for row in rows} == {("a1", 1), ("b1", 1)}


def test_those_that_cite_an_article_or_its_story_are_found(
    engine: Engine, answers: Answers, chat: int
) -> None:
    """And no others."""
    turns = [send(engine, answers, chat, *ids).turn_id for ids in (["m1"], ["n1"], ["o1", "m2"])]
    assert answers.touch(["m1"], [], WEEK, NOW) == 1
    assert answers.touch([], ["story-of-m"], WEEK, NOW) == 2
    due = [sent.turn_id for sent in answers.due(WEEK, NOW)]
    assert [turn in due for turn in turns] == [True, False, True]


def test_limits_of_time_and_number(engine: Engine, answers: Answers, chat: int) -> None:
    """An answer that is too old, or was corrected often enough, is not looked at again."""
    old = send(engine, answers, chat, "p1", at=NOW - timedelta(days=8))
    young = send(engine, answers, chat, "p2")
    one = Limits(timedelta(days=7), 1)
    assert answers.touch(["p1", "p2"], [], one, NOW) == 1
    assert amend(answers, young.turn_id, change(), limits=one) == 1
    assert answers.touch(["p1", "p2"], [], one, NOW) == 0
    assert old.turn_id not in [sent.turn_id for sent in answers.due(one, NOW)]


def test_what_happens_while_an_answer_is_looked_at_is_not_lost(
    engine: Engine, answers: Answers, chat: int
) -> None:
    """Whoever read it before writes nothing; it stays due."""
    turn = send(engine, answers, chat, "q1").turn_id
    answers.touch(["q1"], [], WEEK, NOW)
    seen = answers.get(turn)
    assert seen is not None
    answers.touch(["q1"], [], WEEK, NOW)
    assert answers.amend(seen, seen.document, [], [change()], limits=WEEK, now=NOW) == 0
    answers.stands(seen, seen.document, [])
    assert turn in [sent.turn_id for sent in answers.due(WEEK, NOW)]
    assert amend(answers, turn, change()) == 1
    assert turn not in [sent.turn_id for sent in answers.due(WEEK, NOW)]


def test_corrections_that_were_not_sent_are_told_as_one(
    engine: Engine, answers: Answers, chat: int
) -> None:
    """The later takes the place of the former and counts as one; one that undoes it, as none."""
    turn = send(engine, answers, chat, "a1").turn_id
    assert amend(answers, turn, change("12", "15")) == 1
    assert amend(answers, turn, change("15", "17", mark="3")) == 1
    assert waiting(engine, chat) == [f"amend:{turn}:a1:3"]
    sent = answers.get(turn)
    assert sent is not None
    assert [(a.before, a.after) for a in sent.amendments] == [("12", "17")]
    assert sent.corrected == 1
    assert amend(answers, turn, change("17", "12", mark="4")) == 0
    assert waiting(engine, chat) == []
    undone = answers.get(turn)
    assert undone is not None
    assert (undone.corrected, undone.amendments) == (0, ())


def test_one_that_is_being_sent_is_followed_by_another(
    engine: Engine, answers: Answers, chat: int
) -> None:
    """It can't be taken back any more; the next tells only what is new, and shows both."""
    outbox = Outbox(engine)
    turn = send(engine, answers, chat, "a1").turn_id
    amend(answers, turn, change("12", "15"))
    [flying] = [d for d in outbox.claim(100, NOW) if d.target.chat_id == chat]
    assert amend(answers, turn, change("15", "17", mark="3")) == 1
    outbox.sent(flying, 0, NOW)
    [second] = [d for d in outbox.claim(100, NOW + LEASE) if d.target.chat_id == chat]
    assert [a["edit"] for a in second.payload["amendments"]] == [1, 2]
    assert second.payload["edit"] == 2
    outbox.sent(second, 0, NOW + LEASE)


def test_a_chat_that_left_is_corrected_when_it_returns(
    engine: Engine, answers: Answers, chat: int
) -> None:
    """What stands there is wrong all the while; a notice is dropped, a correction waits."""
    outbox = Outbox(engine)
    turn = send(engine, answers, chat, "a1").turn_id
    amend(answers, turn, change("12", "15"))
    outbox.put(Delivery(Target(chat), DeliveryKind.NOTICE, "a word", {"text": ""}), NOW)
    outbox.sleep(chat, NOW)
    assert not [d for d in outbox.claim(100, NOW) if d.target.chat_id == chat]
    assert amend(answers, turn, change("15", "17", mark="3")) == 1
    outbox.wake(chat, NOW)
    assert waiting(engine, chat) == [f"amend:{turn}:a1:3"]


def test_forgetting_leaves_nothing(engine: Engine, answers: Answers, chat: int) -> None:
    """Neither what the answer cited nor a correction that waits."""
    turn = send(engine, answers, chat, "a1").turn_id
    amend(answers, turn, change())
    assert Records(engine).forget(chat) == 1
    assert answers.get(turn) is None
    assert waiting(engine, chat) == []
    with engine.connect() as connection:
        for table in (cited, answers_table):
            assert not connection.execute(select(table).where(table.c.turn_id == turn)).first()


def test_a_group_that_became_a_supergroup_keeps_its_answers(
    engine: Engine, answers: Answers, chat: int
) -> None:
    """Under its new number; the messages of the old group can't be edited from there."""
    turn = send(engine, answers, chat, "a1").turn_id
    amend(answers, turn, change())
    Outbox(engine).move_chat(chat, -chat)
    sent = answers.get(turn)
    assert sent is not None
    assert (sent.target, sent.messages) == (Target(-chat), ())
    assert waiting(engine, -chat)
    Records(engine).forget(-chat)
