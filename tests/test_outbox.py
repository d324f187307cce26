"""The outbox on SQLite and on PostgreSQL: nothing lost, nothing by two, order kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.records import Records
from bot.settings import BotSettings
from bot.subscription import Delivery, DeliveryKind, DeliveryState, Kind, Subscription, Target
from bot.updates.outbox import LEASE, MAX_ATTEMPTS, Outbox
from bot.updates.subscriptions import MAX_SUBSCRIPTIONS, Subscriptions, TooManyError
from ingest import Newsroom
from tests.support.servers import postgres

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("outbox")
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
def chats(engine: Engine, request: pytest.FixtureRequest) -> list[int]:
    """Three chats of this test alone."""
    first = abs(hash(request.node.name)) % 10**9 + 1000
    records = Records(engine)
    for number in range(3):
        records.note_chat(first + number, "", gone=False)
    return [first, first + 1, first + 2]


@pytest.fixture
def outbox(engine: Engine) -> Iterator[Outbox]:
    """An outbox in which nothing waits before or after the test."""
    outbox = Outbox(engine)
    yield outbox
    far = NOW + timedelta(days=999)
    while left := outbox.claim(100, far):
        for delivery in left:
            outbox.drop(delivery, "the test is over", far)


def notice(chat: int, key: str) -> Delivery:
    return Delivery(Target(chat), DeliveryKind.NOTICE, key, {"text": key})


def test_a_key_comes_once(outbox: Outbox, chats: list[int]) -> None:
    """The same delivery again is not written; another chat's is."""
    assert outbox.put(notice(chats[0], "a"), NOW)
    assert not outbox.put(notice(chats[0], "a"), NOW)
    assert outbox.put(notice(chats[1], "a"), NOW)


def test_a_chat_is_one_senders_and_in_order(outbox: Outbox, chats: list[int]) -> None:
    """A second sender gets other chats alone; the next of a chat comes after its first was sent,
    and not at once."""
    for key in ("first", "second"):
        outbox.put(notice(chats[0], key), NOW)
    outbox.put(notice(chats[1], "other"), NOW)
    [mine] = outbox.claim(1, NOW)
    [other] = outbox.claim(10, NOW)
    assert (mine.key, other.key) == ("first", "other")
    assert outbox.claim(10, NOW) == []
    outbox.sent(mine, 7, NOW)
    assert outbox.claim(10, NOW) == []
    [following] = outbox.claim(10, NOW + timedelta(seconds=2))
    assert following.key == "second"


def test_what_was_in_flight_when_its_sender_died_is_sent_again(
    outbox: Outbox, chats: list[int]
) -> None:
    """Not before the lease is over, and then before what came later."""
    outbox.put(notice(chats[0], "flying"), NOW)
    outbox.put(notice(chats[0], "later"), NOW)
    outbox.claim(10, NOW)
    assert outbox.claim(10, NOW + LEASE / 2) == []
    [again] = outbox.claim(10, NOW + 2 * LEASE)
    assert (again.key, again.attempts) == ("flying", 1)


def test_failures_are_tried_again_but_not_for_ever(outbox: Outbox, chats: list[int]) -> None:
    """After MAX_ATTEMPTS it is dropped, and what comes after it is sent. Being asked to wait is no
    failure."""
    outbox.put(notice(chats[0], "stubborn"), NOW)
    outbox.put(notice(chats[0], "next"), NOW)
    now = NOW
    for _ in range(3):
        now += timedelta(minutes=1)
        [delivery] = outbox.claim(10, now)
        outbox.told_to_wait(delivery, timedelta(seconds=1), now)
    for _ in range(MAX_ATTEMPTS):
        now += timedelta(minutes=1)
        [delivery] = outbox.claim(10, now)
        assert delivery.key == "stubborn"
        outbox.later(delivery, timedelta(seconds=1), "no network", now)
    [delivery] = outbox.claim(10, now + timedelta(minutes=1))
    assert delivery.key == "next"
    dropped = outbox.get(delivery.id - 1)
    assert dropped is not None
    assert dropped.state is DeliveryState.DROPPED


def test_the_pace_is_that_of_all_senders(outbox: Outbox, chats: list[int]) -> None:
    """What two senders take one after the other leaves one after the other."""
    now = NOW + timedelta(days=1)
    for chat in chats:
        outbox.put(notice(chat, "paced"), now)
    first, second = outbox.claim(2, now)
    [third] = outbox.claim(2, now)
    times = [first.due, second.due, third.due]
    assert times == sorted(times)  # type: ignore[type-var]
    assert len(set(times)) == 3


def test_a_group_that_became_a_supergroup(engine: Engine, outbox: Outbox, chats: list[int]) -> None:
    """Its settings, subscriptions and what waits move along."""
    subscriptions = Subscriptions(engine)
    old, new = chats[0], -chats[0]
    subscriptions.add(Subscription(Target(old, 5), Kind.EVERYTHING, "everything"))
    subscriptions.change(old, NOW, timezone="Asia/Tokyo")
    outbox.put(notice(old, "moving"), NOW)
    outbox.move_chat(old, new)
    assert [s.target for s in subscriptions.of_chat(new)] == [Target(new, 5)]
    assert not subscriptions.of_chat(old)
    assert subscriptions.settings(new).timezone == "Asia/Tokyo"
    [moved] = outbox.claim(10, NOW + LEASE)
    assert moved.target == Target(new)


def test_the_same_subscription_again_and_very_many(engine: Engine, chats: list[int]) -> None:
    """The same takes the place of the former; there is a limit for a chat, not for others."""
    subscriptions = Subscriptions(engine)
    first = Subscription(Target(chats[0]), Kind.KEYWORDS, "tram 0")
    assert subscriptions.add(first) == subscriptions.add(first)
    for n in range(1, MAX_SUBSCRIPTIONS):
        subscriptions.add(Subscription(Target(chats[0], n % 3), Kind.KEYWORDS, f"tram {n}"))
    with pytest.raises(TooManyError):
        subscriptions.add(Subscription(Target(chats[0], 1), Kind.KEYWORDS, "one more"))
    subscriptions.add(Subscription(Target(chats[1]), Kind.KEYWORDS, "tram"))
    assert subscriptions.add(first)


def test_every_change_of_subscriptions_shows(
    engine: Engine, outbox: Outbox, chats: list[int]
) -> None:
    """Each leaves another mark, so that news is never compared with former subscriptions: adding,
    the last one's making place for another, a deleted topic, a chat that sleeps and wakes."""
    subscriptions = Subscriptions(engine)
    first = subscriptions.add(Subscription(Target(chats[0], 9), Kind.KEYWORDS, "tram"))
    marks = [subscriptions.mark()]
    subscriptions.remove(first)
    assert subscriptions.add(Subscription(Target(chats[0], 9), Kind.KEYWORDS, "bus")) != first
    marks.append(subscriptions.mark())
    outbox.leave_topic(Target(chats[0], 9))
    marks.append(subscriptions.mark())
    outbox.sleep(chats[0], NOW)
    marks.append(subscriptions.mark())
    assert len(set(marks)) == len(marks)
    outbox.wake(chats[0], NOW)
    assert subscriptions.mark() == marks[2]


def test_two_who_change_different_settings(engine: Engine, chats: list[int]) -> None:
    """Neither undoes what the other did; a setting that there is not is refused."""
    subscriptions = Subscriptions(engine)
    subscriptions.change(chats[0], NOW, hourly=3)
    subscriptions.change(chats[0], NOW, quiet_from=22, quiet_to=7)
    settings = subscriptions.settings(chats[0])
    assert (settings.hourly, settings.quiet_from, settings.quiet_to) == (3, 22, 7)
    with pytest.raises(ValueError, match="no such settings"):
        subscriptions.change(chats[0], NOW, colour="red")
