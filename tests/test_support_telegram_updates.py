"""The test server's updates, groups, faults and limits are Telegram's: proved with the client."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
)

from tests.support.telegram import Chat, TelegramServer, transcript
from tests.support.telegram_client import client, send, updates, with_bot
from tests.support.telegram_limits import FloodLimits


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture
def chat(server: TelegramServer) -> Chat:
    return server.private_chat(server.person("Ada"))


# Refusals on demand


def test_faults_on_demand(server: TelegramServer, chat: Chat) -> None:
    """Each ordered refusal arrives as its own exception, once, and only in its chat."""
    group = server.group("News")
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        send(server, chat.id, "x")
    assert flood.value._retry_after.total_seconds() == 7
    blocked = "Forbidden: bot was blocked by the user"
    server.fail_next("sendMessage", 403, blocked, chat_id=chat.id, times=2)
    send(server, group.id, "others still get theirs")
    for _ in range(2):
        with pytest.raises(Forbidden, match=r"bot was blocked by the user"):
            send(server, chat.id, "x")
    server.fail_next("sendMessage", 500, "Internal Server Error")
    with pytest.raises(NetworkError, match=r"Internal Server Error"):
        send(server, chat.id, "x")
    server.fail_next("sendMessage", 400, "Bad Request: upgraded", migrate_to_chat_id=-100)
    with pytest.raises(ChatMigrated):
        send(server, chat.id, "x")
    send(server, chat.id, "at last")
    assert [message.text for message in chat.answers] == ["at last"]
    assert [call.ok for call in server.calls_of("sendMessage")].count(False) == 5


def test_flood_limits() -> None:
    """Three at once and then one a second in a chat, 20 a minute in a group, 30 a second in all."""
    now = 100.0
    limits = FloodLimits(clock=lambda: now)
    assert [limits.refuse(1, is_group=False) for _ in range(4)] == [0, 0, 0, 1]
    assert sum(limits.refuse(chat, is_group=False) == 0 for chat in range(2, 40)) == 27
    now += 1.0
    assert limits.refuse(1, is_group=False) == 0
    sent = 0
    for _ in range(30):
        now += 1.0
        sent += limits.refuse(-1, is_group=True) == 0
    assert sent == 20
    assert limits.refuse(-1, is_group=True) == 31


def test_limits_answer_429(chat: Chat) -> None:
    """With limits on, the fourth message at once in a chat is answered with 429."""
    with TelegramServer(limits=True, clock=lambda: 0.0) as server:
        private = server.private_chat(server.person("Bo"))
        for number in range(3):
            send(server, private.id, str(number))
        with pytest.raises(RetryAfter):
            send(server, private.id, "3")


def test_leaving_and_being_removed(server: TelegramServer, chat: Chat) -> None:
    """Where the bot is not, or is blocked, writing answers 403; the change comes as an update."""
    ada = chat.members[0]
    group = server.group("News", admins=[ada])
    with_bot(server, lambda bot: bot.leave_chat(group.id))
    chat.bot_removed(ada)
    for closed in (group, chat):
        with pytest.raises(Forbidden):
            send(server, closed.id, "x")
    [update] = updates(server)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


# Updates


def test_updates_until_confirmed(server: TelegramServer, chat: Chat) -> None:
    """Unconfirmed updates come again, confirmed ones do not, and an ordered duplicate does."""
    ada = chat.members[0]
    first, second = chat.say(ada, "one"), chat.say(ada, "two")
    assert first.update_id is not None
    assert second.update_id == first.update_id + 1
    assert len(updates(server)) == len(updates(server, limit=5)) == 2
    assert [u.update_id for u in updates(server, limit=1)] == [first.update_id]
    assert [u.update_id for u in updates(server, second.update_id)] == [second.update_id]
    assert updates(server, second.update_id + 1) == ()
    server.wait_until_read(timeout=1)
    server.deliver_again(first.update_id)
    assert [u.update_id for u in updates(server, second.update_id + 1)] == [first.update_id]
    assert updates(server, second.update_id + 1) == ()


def test_long_poll_wakes(server: TelegramServer, chat: Chat) -> None:
    """A poll that waits is answered as soon as somebody writes."""
    start = time.monotonic()
    timer = threading.Timer(0.2, chat.say, (chat.members[0], "wake up"))
    timer.start()
    [update] = updates(server, timeout=20)
    assert update.message is not None
    assert update.message.text == "wake up"
    assert 0.1 < time.monotonic() - start < 5


def test_second_poll_ends_the_first(server: TelegramServer) -> None:
    """Two pollers at once: the older one is told of the conflict."""

    async def run() -> Any:
        async with client(server) as bot:
            older = asyncio.create_task(bot.get_updates(timeout=20))
            await asyncio.to_thread(server.wait_for, lambda: server.updates.polls == 1, 5)
            async with client(server) as other:
                await other.get_updates(timeout=0)
            await older

    with pytest.raises(Conflict, match=r"terminated by other getUpdates request"):
        asyncio.run(run())


def test_only_updates_that_are_asked_for(server: TelegramServer, chat: Chat) -> None:
    """allowed_updates holds for what happens later, also when it is not named again."""
    ada = chat.members[0]
    updates(server, allowed_updates=["callback_query"])
    assert chat.say(ada, "unheard").update_id is None
    updates(server)
    assert chat.say(ada, "unheard").update_id is None
    updates(server, allowed_updates=["message"])
    assert chat.say(ada, "heard").update_id is not None


# Groups and topics


def test_privacy_mode(server: TelegramServer) -> None:
    """With privacy mode on, a group's bot gets commands, replies to it and service messages."""
    ada = server.person("Ada")
    group = server.group("News", admins=[ada], with_bot=False)
    assert group.say(ada, "/help").update_id is None
    group.bot_added(ada)
    answer = send(server, group.id, "Hello")
    mine, theirs = group.answers[0], group.say(ada, "@newsdesk_bot hello")
    assert answer.message_id == mine.id
    assert theirs.update_id is None
    assert group.say(ada, "read /help").update_id is None
    assert group.say(ada, "/help@other_bot").update_id is None
    assert group.say(ada, "and?", reply_to=theirs).update_id is None
    group.say(ada, "/help@Newsdesk_Bot now")
    group.say(ada, "and?", reply_to=mine)
    kinds = [(u.my_chat_member is not None, u.message and u.message.text) for u in updates(server)]
    assert kinds == [
        (True, None),
        (False, None),
        (False, "/help@Newsdesk_Bot now"),
        (False, "and?"),
    ]
    server.can_read_all_group_messages = True
    assert group.say(ada, "@newsdesk_bot hello").update_id is not None


def test_marks_in_peoples_messages(server: TelegramServer, chat: Chat) -> None:
    """Commands and mentions come marked, offsets in UTF-16 units."""
    chat.say(chat.members[0], "/ask@newsdesk_bot 😀 who is @ada1? a@b.example and/or")
    [update] = updates(server)
    assert update.message is not None
    assert [(e.type, e.offset, e.length) for e in update.message.entities] == [
        ("bot_command", 0, 17),
        ("mention", 28, 5),
    ]


def test_topics(server: TelegramServer) -> None:
    """Messages carry their topic, answers must name a real one, and stay in it when replying."""
    ada = server.person("Ada")
    forum = server.forum("Newsroom", topics=["Sport", "World"], members=[ada])
    question = forum.say(ada, "/ask who?", topic="World")
    forum.say(ada, "/help")
    in_topic, in_general = (u.message for u in updates(server))
    assert in_topic is not None
    assert in_general is not None
    assert (in_topic.is_topic_message, in_topic.message_thread_id) == (True, forum.topics["World"])
    assert in_topic.reply_to_message is not None
    assert in_topic.reply_to_message.forum_topic_created is not None
    assert in_general.message_thread_id is None
    send(server, forum.id, "Here", message_thread_id=forum.topics["World"])
    send(server, forum.id, "There", reply_to_message_id=question.id)
    assert {forum.topic_name(answer.thread) for answer in forum.wait(2, timeout=5)} == {"World"}
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        send(server, forum.id, "x", message_thread_id=99)


def test_reply_chains_are_no_topics(server: TelegramServer) -> None:
    """In a group a reply has a thread that is no topic, and that can't be written to."""
    ada = server.person("Ada")
    group = server.group("News", members=[ada])
    reply = group.say(ada, "/ask that?", reply_to=group.say(ada, "/ask this?"))
    message = updates(server)[1].message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (1, None)
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        send(server, group.id, "x", message_thread_id=reply.thread)


def test_chats_and_their_admins(server: TelegramServer) -> None:
    """The client reads chats, members and administrators; bots among those are left out."""
    ada, bo = server.person("Ada"), server.person("Bo")
    group = server.group("News", members=[bo], admins=[ada, server.bot])

    async def look(bot: Bot) -> Any:
        admins = await bot.get_chat_administrators(group.id)
        members = [await bot.get_chat_member(group.id, user.id) for user in (bo, server.bot)]
        return (await bot.get_chat(group.id)).title, admins, [m.status for m in members]

    title, admins, statuses = with_bot(server, look)
    assert title == "News"
    assert [(a.user.first_name, a.status) for a in admins] == [("Ada", "creator")]
    assert statuses == ["member", "administrator"]


def test_commands_are_kept_by_scope_and_language(server: TelegramServer) -> None:
    """Commands come back for the language that they were set for; bad names are refused."""

    async def work(bot: Bot) -> Any:
        assert (await bot.get_me()).username == "newsdesk_bot"
        await bot.set_my_description("Answers questions about the news")
        await bot.set_my_commands([BotCommand("ask", "Ask")], language_code="de")
        with pytest.raises(BadRequest, match=r"^Bot_command_invalid$"):
            await bot.set_my_commands([BotCommand("Ask", "Ask")])
        return await bot.get_my_commands(language_code="de"), await bot.get_my_commands()

    german, plain = with_bot(server, work)
    assert [command.command for command in german] == ["ask"]
    assert plain == ()


# What a person reads


def test_transcript(server: TelegramServer) -> None:
    """The transcript shows who said what, where, in reply to what, with links and buttons."""
    ada = server.person("Ada")
    forum = server.forum("Newsroom", topics=["World"], admins=[ada])
    question = forum.say(ada, "/ask who?", topic="World")
    html = '<b>Adam Boehler</b> 😀 [1]\n<a href="https://axios.example/1">Axios</a>'
    keys = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(x, callback_data=x) for x in "👍👎"],
            [InlineKeyboardButton("More", url="https://news.example/")],
        ]
    )
    sent = send(server, forum.id, "Working…", reply_to_message_id=question.id)
    with_bot(
        server,
        lambda bot: bot.edit_message_text(
            html, forum.id, sent.message_id, parse_mode="HTML", reply_markup=keys
        ),
    )
    press = forum.press(ada, forum.answers[0], "👍")
    with_bot(server, lambda bot: bot.answer_callback_query(press.id, "Thanks"))
    assert transcript(forum) == (
        "#1 {World} Ada opened the topic\n"
        "#2 {World} Ada: /ask who?\n"
        "#3 {World} Newsdesk (reply to #2, edited): *Adam Boehler* 😀 [1]\n"
        "    Axios <https://axios.example/1>\n"
        "    [👍] [👎]\n"
        "    [More] <https://news.example/>\n"
        "    Ada presses [👍] → Thanks"
    )


def test_waiting_that_fails_shows_the_chat(chat: Chat) -> None:
    """A wait that is in vain ends with a TimeoutError that shows what was said."""
    chat.say(chat.members[0], "anybody there?")
    with pytest.raises(TimeoutError, match=r"Ada: anybody there"):
        chat.wait(timeout=0.05)
