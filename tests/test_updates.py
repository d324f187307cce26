"""News that comes by itself: from the archive to what stands in the chats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.settings import BotSettings
from bot.subscription import Kind, Target
from bot.updates.outbox import Outbox
from bot.updates.publish import Publisher
from ingest import Newsroom
from tests.support.telegram import TelegramServer, transcript
from tests.support.updates import Desk

LEAD = "Twelve people were injured when a passenger ferry ran aground off Osterwick on Tuesday."
TEXT = (
    f"{LEAD} The Grey Heron struck a sandbank at the harbour entrance shortly after six in the "
    "evening, the coastguard said. Two lifeboats brought all passengers ashore. The harbour will "
    "stay closed until the ship has been towed away, its master said."
)
FIRST = {
    "url": "https://northline.example/ferry",
    "title": "Ferry runs aground off Osterwick",
    "source": "Northline",
    "text": TEXT,
}
REPRINTS = [
    {**FIRST, "url": f"https://{name}.example/ferry", "source": name.title()}
    for name in ("courier", "herald", "tide")
]
NEW_FACT = {
    "url": "https://gazette.example/ferry",
    "title": "Steering of ferry aground off Osterwick had failed",
    "source": "Gazette",
    "text": (
        "The steering of the passenger ferry that ran aground off Osterwick had failed twice in "
        "March, according to documents of the shipping office. The Grey Heron struck a sandbank at "
        "the harbour entrance on Tuesday evening. Two lifeboats brought all passengers ashore."
    ),
}
TRAMS = {
    "url": "https://observer.example/tram",
    "title": "Council approves fourth tram line",
    "source": "Observer",
    "text": (
        "The city council of Belmoor has approved a fourth tram line to the university by 31 votes "
        "to 24. Building begins in March and will cost 286 million crowns, the mayor said."
    ),
}


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer(limits=False) as server:
        yield server


@pytest.fixture
def desk(server: TelegramServer, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.open(server, tmp_path)
    yield desk
    desk.newsroom.close()


def test_one_post_one_reply_one_edit(server: TelegramServer, desk: Desk) -> None:
    """A first report, three reprints, one new fact, one correction: in a private chat, a group
    and a forum topic alike one post, one reply to it and one edit of it, and nothing else."""
    ada = server.person("Ada")
    group = server.group("Sailors", [ada])
    forum = server.forum("Town", ["Sea"], [ada])
    private = server.private_chat(ada)
    topic = forum.topics["Sea"]
    for chat, thread in ((private, 0), (group, 0), (forum, topic)):
        desk.wants(chat.id, Kind.KEYWORDS, '"passenger ferry" -football', thread)
    desk.publish(FIRST)
    desk.send()
    desk.publish(*REPRINTS)
    desk.send()
    desk.publish(NEW_FACT)
    desk.send()
    desk.publish({**FIRST, "text": TEXT.replace("Twelve", "Fifteen")})
    desk.send()
    for chat in (private, group, forum):
        post, reply = chat.answers
        assert post.text.startswith("Ferry runs aground off Osterwick\n\nFifteen people")
        assert "Corrected" in post.text
        assert "It said before: “Twelve people" in post.text
        assert post.edits == 1
        assert "1 report, 3 reprints, 1 independent" in post.text
        assert "https://northline.example/ferry" in post.links
        assert reply.reply_to is post
        assert "failed twice" in reply.text
        assert reply.edits == 0
    assert forum.answers[0].thread == topic
    assert "(edited)" in transcript(private)


def test_what_is_in_the_archive_already_is_no_news(server: TelegramServer, tmp_path: Path) -> None:
    """A bot that starts on a full archive, or meets old articles, tells none of them."""
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    desk = Desk.open(server, tmp_path)
    desk.wants(chat.id, Kind.EVERYTHING, "everything")
    desk.publish({**TRAMS, "published": "2020-01-01T00:00:00Z"})
    desk.send()
    assert not chat.answers
    desk.newsroom.close()


def test_what_changes_of_a_known_archive_is_no_news(server: TelegramServer, tmp_path: Path) -> None:
    """An article that was there when the bot began is not told when its publisher changes it; one
    that came and changed while the bot was down is, as it stands now."""
    chat = server.private_chat(server.person("Ada"))
    with Newsroom(BotSettings(data_dir=tmp_path)) as newsroom:
        _bring(newsroom, tmp_path, FIRST)
    desk = Desk.open(server, tmp_path)
    desk.wants(chat.id, Kind.EVERYTHING, "everything")
    desk.publish({**FIRST, "text": TEXT.replace("Twelve", "Fifteen")})
    _bring(desk.newsroom, tmp_path, TRAMS)
    _bring(desk.newsroom, tmp_path, {**TRAMS, "text": TRAMS["text"].replace("286", "301")})
    desk.later(minutes=1)
    desk.send()
    [post] = chat.answers
    assert "301 million" in post.text
    assert "Corrected" not in post.text
    desk.newsroom.close()


def test_a_correction_survives_the_end_of_the_process(server: TelegramServer, desk: Desk) -> None:
    """The process ends the moment that the news counts as read: the post is corrected, once."""
    chat = server.private_chat(server.person("Ada"))
    desk.wants(chat.id, Kind.EVERYTHING, "everything")
    desk.publish(FIRST)
    desk.send()
    _bring(desk.newsroom, desk.folder, {**FIRST, "text": TEXT.replace("Twelve", "Fifteen")})
    ending = Publisher(desk.newsroom, desk.subscriptions, Ending(desk.newsroom.engine))
    with pytest.raises(SystemExit):
        ending.tick(desk.now)
    desk.later(minutes=1)
    desk.send()
    [post] = chat.answers
    assert "Fifteen people" in post.text
    assert post.edits == 1


class Ending(Outbox):
    """An outbox whose process ends when it has written."""

    def write(self, *args: Any, **more: Any) -> int:
        super().write(*args, **more)
        raise SystemExit


def _bring(newsroom: Newsroom, folder: Path, article: dict[str, str]) -> None:
    """Bring an article of now into the archive, and tell nobody."""
    path = folder / "brought.jsonl"
    path.write_text(json.dumps({"published": datetime.now(UTC).isoformat(), **article}))
    assert not newsroom.ingest([str(path)]).failures


def test_each_kind_of_subscription_brings_its_news(server: TelegramServer, desk: Desk) -> None:
    """By meaning, keywords, source and everything: the tram story comes to those who want it, and
    not to those who want another."""
    chats = [server.private_chat(server.person(name)) for name in "ABCDE"]
    vector = desk.newsroom.embeddings.embed_query("new tram lines")
    import numpy as np

    from bot.subscription import Subscription

    topic = Subscription(
        Target(chats[0].id), Kind.TOPIC, "new tram lines", vector=np.asarray(vector, np.float32)
    )
    desk.subscriptions.add(topic)
    desk.wants(chats[1].id, Kind.KEYWORDS, "tram OR bus")
    desk.wants(chats[2].id, Kind.SOURCE, "Observer", key="observer")
    desk.wants(chats[3].id, Kind.EVERYTHING, "everything")
    desk.wants(chats[4].id, Kind.KEYWORDS, "tram -council")
    desk.publish(TRAMS)
    desk.send()
    assert [len(chat.answers) for chat in chats] == [1, 1, 1, 1, 0]


def test_quiet_hours_and_digests_gather_what_comes(server: TelegramServer, desk: Desk) -> None:
    """In quiet hours nothing comes; after them all of it in one message, and nothing again."""
    chat = server.private_chat(server.person("Ada"))
    desk.wants(chat.id, Kind.EVERYTHING, "everything")
    hour = desk.now.hour
    values = {"quiet_from": hour, "quiet_to": (hour + 2) % 24}
    desk.subscriptions.change(chat.id, desk.now, **values)
    desk.publish(FIRST, TRAMS)
    desk.send()
    assert not chat.answers
    desk.later(hours=3)
    desk.send()
    [digest] = chat.answers
    assert "2 stories" in digest.text
    assert "Ferry runs aground" in digest.text
    assert "fourth tram line" in digest.text
    desk.later(hours=24)
    desk.send()
    assert len(chat.answers) == 1


def test_what_is_over_the_limit_comes_later_in_one(server: TelegramServer, desk: Desk) -> None:
    """With one post an hour, the second story waits for the next message."""
    chat = server.private_chat(server.person("Ada"))
    desk.wants(chat.id, Kind.EVERYTHING, "everything")
    desk.subscriptions.change(chat.id, desk.now, hourly=1)
    desk.publish(FIRST)
    desk.publish(TRAMS)
    desk.send()
    assert len(chat.answers) == 1
    desk.later(hours=2)
    desk.send()
    assert [m.text.split("\n")[0] for m in chat.answers] == [FIRST["title"], TRAMS["title"]]


def test_a_chat_that_left_sleeps_and_wakes(server: TelegramServer, desk: Desk) -> None:
    """What came while the bot was blocked comes in one message when it is unblocked."""
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    desk.wants(chat.id, Kind.EVERYTHING, "everything")
    chat.bot_removed(ada)
    desk.publish(FIRST)
    desk.send()
    desk.publish(TRAMS)
    chat.barred = ""
    desk.outbox.wake(chat.id, desk.now)
    desk.later(minutes=1)
    desk.send()
    assert [m.text.split("\n")[0] for m in chat.answers] == [FIRST["title"]]


def test_news_of_a_deleted_topic_goes_to_the_group(server: TelegramServer, desk: Desk) -> None:
    """The post comes in the group itself, with a word to its admins."""
    forum = server.forum("Town", ["Sea"])
    thread = forum.topics.pop("Sea")
    desk.wants(forum.id, Kind.EVERYTHING, "everything", thread)
    desk.publish(FIRST)
    desk.send()
    texts = [message.text for message in forum.answers]
    assert len(texts) == 2
    assert any(text.startswith(FIRST["title"]) for text in texts)
    assert any("topic" in text for text in texts)
    assert desk.subscriptions.of_chat(forum.id)[0].target == Target(forum.id)


def test_a_question_waits_for_its_answer(server: TelegramServer, desk: Desk) -> None:
    """An article that answers it brings the answer, cited, once; another article brings nothing."""
    import numpy as np

    from bot.subscription import Subscription

    chat = server.private_chat(server.person("Ada"))
    asked = "How many people were injured when the ferry ran aground off Osterwick?"
    vector = np.asarray(desk.newsroom.embeddings.embed_query(asked), np.float32)
    watch = Subscription(Target(chat.id), Kind.QUESTION, asked, vector=vector, once=True)
    desk.subscriptions.add(watch)
    desk.publish(TRAMS)
    desk.send()
    assert not chat.answers
    desk.publish(FIRST)
    desk.publish(*REPRINTS)
    desk.send()
    [answer] = chat.answers
    assert "Twelve people" in answer.text
    assert "https://northline.example/ferry" in answer.links
    assert not desk.subscriptions.of_chat(chat.id)


def test_a_withdrawn_article_is_told(server: TelegramServer, desk: Desk) -> None:
    """The post says that its publisher took it back."""
    chat = server.private_chat(server.person("Ada"))
    desk.wants(chat.id, Kind.EVERYTHING, "everything")
    desk.publish(TRAMS)
    desk.send()
    newsroom: Newsroom = desk.newsroom
    newsroom.withdraw(newsroom.latest(1)[0].id, "gone")
    desk.later(seconds=10)
    desk.send()
    [post] = chat.answers
    assert post.edits == 1
    assert "Taken back" in post.text
