"""The test server is as strict as Telegram: proved with the real client, telegram.Bot."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.request import HTTPXRequest

from tests.support.telegram import Chat, TelegramServer, transcript
from tests.support.telegram_html import MarkupError, checked_link, parse_html
from tests.support.telegram_limits import FloodLimits


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture
def chat(server: TelegramServer) -> Chat:
    return server.private_chat(server.person("Ada"))


@asynccontextmanager
async def _client(server: TelegramServer, token: str | None = None) -> AsyncIterator[Bot]:
    # Reading the machine's certificates takes 100 ms a client and is of no use on loopback.
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    async with Bot(
        token or server.token,
        base_url=f"{server.url}/bot",
        request=requests[0],
        get_updates_request=requests[1],
    ) as bot:
        yield bot


def _with_bot(server: TelegramServer, work: Callable[[Bot], Any]) -> Any:
    """What the coroutine `work(bot)` gives, with a real client on the server."""

    async def run() -> Any:
        async with _client(server) as bot:
            return await work(bot)

    return asyncio.run(run())


def _send(server: TelegramServer, chat_id: int, text: str, **more: Any) -> Any:
    return _with_bot(server, lambda bot: bot.send_message(chat_id, text, **more))


def _updates(server: TelegramServer, offset: int = 0, **more: Any) -> tuple[Update, ...]:
    result = _with_bot(server, lambda bot: bot.get_updates(offset=offset, **more))
    assert isinstance(result, tuple)
    return result


def _keyboard(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("👍", callback_data=data)]])


# Who calls, and what


def test_wrong_token_is_refused(server: TelegramServer) -> None:
    """Another bot's token is answered with 401, which the client takes for a wrong token."""

    async def enter() -> None:
        async with _client(server, "1:wrong"):
            pass

    with pytest.raises(InvalidToken):
        asyncio.run(enter())
    assert server.calls[-1].answer["error_code"] == 401


def test_unknown_method_and_chat(server: TelegramServer) -> None:
    """A method that does not exist answers 404, a chat that does not exist 400."""
    assert server.answer(f"/bot{server.token}/sendPigeon", {})[0] == 404
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        _send(server, 5, "hello")


def test_multipart_and_json_bodies_are_read(server: TelegramServer, chat: Chat) -> None:
    """All three ways to send parameters reach the method, with text that looks like JSON intact."""
    import httpx

    url = f"{server.url}/bot{server.token}/sendMessage"
    fields = {"chat_id": str(chat.id), "text": "5"}
    httpx.post(url, data=fields).raise_for_status()
    httpx.post(url, files={name: (None, value) for name, value in fields.items()})
    httpx.post(url, json={"chat_id": chat.id, "text": "5"}).raise_for_status()
    assert [message.text for message in chat.answers] == ["5", "5", "5"]


# Text


def test_too_long_texts(server: TelegramServer, chat: Chat) -> None:
    """4,096 UTF-16 units pass, tags not counted; one more fails, named differently for edits."""
    sent = _send(server, chat.id, f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        _send(server, chat.id, "😀" * 2048 + "x")
    with pytest.raises(BadRequest, match=r"^Message_too_long$"):
        _with_bot(server, lambda bot: bot.edit_message_text("x" * 4097, chat.id, sent.message_id))
    with pytest.raises(BadRequest, match=r"^Message text is empty$"):
        _send(server, chat.id, "<b> </b>", parse_mode="HTML")
    assert len(chat.messages) == 1


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("ä <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a <", "Unclosed start tag at byte offset 2"),
        ('<a href="x>y</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<i x>y</i>", 'Expected equal sign in declaration of an attribute of the tag "i"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler"'),
    ],
)
def test_bad_markup_is_refused(html: str, complaint: str) -> None:
    """What is not Telegram's HTML is refused, with the place in bytes."""
    with pytest.raises(MarkupError) as error:
        parse_html(html)
    assert str(error.value).startswith(complaint)


def test_bad_markup_reaches_the_client(server: TelegramServer, chat: Chat) -> None:
    """The client sees Telegram's words for broken markup, and nothing is written."""
    with pytest.raises(BadRequest, match=r"^Can't parse entities: unsupported start tag"):
        _send(server, chat.id, "<h1>News</h1>", parse_mode="HTML")
    assert chat.messages == []


def test_entities_count_utf16_units() -> None:
    """Offsets count UTF-16 units of the trimmed text; only four names of characters are known."""
    rich = parse_html(
        " 😀<b>bold <i>both</i></b> &lt;&nbsp;&#39;<blockquote expandable>q</blockquote>"
    )
    assert rich.text == "😀bold both <&nbsp;'q"
    assert [(e["type"], e["offset"], e["length"]) for e in rich.entities] == [
        ("bold", 2, 9),
        ("italic", 7, 4),
        ("expandable_blockquote", 20, 1),
    ]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://Example.com/A?b=1", "https://example.com/A?b=1"),
        ("example.com", "http://example.com/"),
        ("tg://user?id=1", "tg://user?id=1"),
        ("http://localhost:8000/x", None),
        ("javascript:alert(1)", None),
        ("ftp://example.com/x", None),
        ("https://example.com/a b", None),
        ("", None),
    ],
)
def test_links_that_vanish(url: str, kept: str | None) -> None:
    """A link to a host without a dot, or of another scheme, leaves its text and no entity."""
    rich = parse_html(f'<a href="{url}">there</a>')
    assert rich.text == "there"
    assert [entity["url"] for entity in rich.entities] == ([kept] if kept else [])
    assert checked_link(url) == kept


# Buttons


def test_callback_data_is_at_most_64_bytes(server: TelegramServer, chat: Chat) -> None:
    """64 bytes of callback data pass, 65 do not, and neither does a button with a bad link."""
    _send(server, chat.id, "x", reply_markup=_keyboard("é" * 32))
    with pytest.raises(BadRequest, match=r"^Button_data_invalid$"):
        _send(server, chat.id, "x", reply_markup=_keyboard("é" * 32 + "x"))
    bad = InlineKeyboardMarkup([[InlineKeyboardButton("go", url="http://localhost/")]])
    with pytest.raises(
        BadRequest, match=r"^Inline keyboard button url .* is invalid: wrong http url$"
    ):
        _send(server, chat.id, "x", reply_markup=bad)
    assert chat.answers[0].buttons == ["👍"]


def test_a_press_is_answered_once(server: TelegramServer, chat: Chat) -> None:
    """A press arrives as callback query; answering an unknown or answered one is refused."""
    ada = chat.members[0]
    _send(server, chat.id, "Good?", reply_markup=_keyboard("vote:1"))
    press = chat.press(ada, chat.answers[0], "👍")
    with pytest.raises(AssertionError, match=r"no button 'vote:2'"):
        chat.press(ada, chat.answers[0], "vote:2")
    [update] = _updates(server)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.first_name) == ("vote:1", "Ada")

    def answer(query_id: str) -> Any:
        return _with_bot(server, lambda bot: bot.answer_callback_query(query_id, "Thanks"))

    assert answer(query.id)
    assert press.answer == "Thanks"
    for old in (query.id, "1"):
        with pytest.raises(BadRequest, match=r"^Query is too old"):
            answer(old)


# Editing, replying, drafts


def test_edits(server: TelegramServer, chat: Chat) -> None:
    """An edit changes text and buttons; the same again, a person's or no message is refused."""
    theirs = chat.say(chat.members[0], "hello")
    sent = _send(server, chat.id, "one", reply_markup=_keyboard("a")).message_id

    def edit(text: str, message_id: int) -> Any:
        return _with_bot(server, lambda bot: bot.edit_message_text(text, chat.id, message_id))

    edit("two", sent)
    message = chat.wait_for(lambda m: m.text == "two", timeout=5)
    assert (message.edits, message.buttons) == (1, [])
    with pytest.raises(BadRequest, match=r"^Message is not modified: specified new message"):
        edit("two", sent)
    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        edit("two", theirs.id)
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        edit("two", 99)
    _with_bot(server, lambda bot: bot.delete_message(chat.id, sent))
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        edit("three", sent)


def test_replies_need_their_message(server: TelegramServer, chat: Chat) -> None:
    """A reply to a missing message is refused, unless it is allowed to go without."""
    question = chat.say(chat.members[0], "Why?")
    assert _send(server, chat.id, "so", reply_to_message_id=question.id).reply_to_message
    with pytest.raises(BadRequest, match=r"^Message to be replied not found$"):
        _send(server, chat.id, "so", reply_to_message_id=77)
    lone = _send(server, chat.id, "so", reply_to_message_id=77, allow_sending_without_reply=True)
    assert lone.reply_to_message is None


def test_drafts_are_for_private_chats(server: TelegramServer, chat: Chat) -> None:
    """A draft is kept apart from messages, may be empty, and is refused in groups and with id 0."""
    group = server.group("News")

    def draft(chat_id: int, draft_id: int, text: str) -> Any:
        return _with_bot(server, lambda bot: bot.send_message_draft(chat_id, draft_id, text))

    assert draft(chat.id, 7, "")
    assert draft(chat.id, 7, "Wri")
    assert [(d.id, d.text) for d in chat.drafts] == [(7, ""), (7, "Wri")]
    assert chat.messages == []
    with pytest.raises(BadRequest, match=r"^Textdraft_peer_invalid$"):
        draft(group.id, 7, "Wri")
    with pytest.raises(BadRequest):
        draft(chat.id, 0, "Wri")


# Refusals on demand


def test_faults_on_demand(server: TelegramServer, chat: Chat) -> None:
    """Each ordered refusal arrives as its own exception, once, and only in its chat."""
    group = server.group("News")
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        _send(server, chat.id, "x")
    assert flood.value._retry_after.total_seconds() == 7
    blocked = "Forbidden: bot was blocked by the user"
    server.fail_next("sendMessage", 403, blocked, chat_id=chat.id, times=2)
    _send(server, group.id, "others still get theirs")
    for _ in range(2):
        with pytest.raises(Forbidden, match=r"bot was blocked by the user"):
            _send(server, chat.id, "x")
    server.fail_next("sendMessage", 500, "Internal Server Error")
    with pytest.raises(NetworkError, match=r"Internal Server Error"):
        _send(server, chat.id, "x")
    server.fail_next("sendMessage", 400, "Bad Request: upgraded", migrate_to_chat_id=-100)
    with pytest.raises(ChatMigrated):
        _send(server, chat.id, "x")
    _send(server, chat.id, "at last")
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
            _send(server, private.id, str(number))
        with pytest.raises(RetryAfter):
            _send(server, private.id, "3")


def test_leaving_and_being_removed(server: TelegramServer, chat: Chat) -> None:
    """Where the bot is not, or is blocked, writing answers 403; the change comes as an update."""
    ada = chat.members[0]
    group = server.group("News", admins=[ada])
    _with_bot(server, lambda bot: bot.leave_chat(group.id))
    chat.bot_removed(ada)
    for closed in (group, chat):
        with pytest.raises(Forbidden):
            _send(server, closed.id, "x")
    [update] = _updates(server)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


# Updates


def test_updates_until_confirmed(server: TelegramServer, chat: Chat) -> None:
    """Unconfirmed updates come again, confirmed ones do not, and an ordered duplicate does."""
    ada = chat.members[0]
    first, second = chat.say(ada, "one"), chat.say(ada, "two")
    assert first.update_id is not None
    assert second.update_id == first.update_id + 1
    assert len(_updates(server)) == len(_updates(server, limit=5)) == 2
    assert [u.update_id for u in _updates(server, limit=1)] == [first.update_id]
    assert [u.update_id for u in _updates(server, second.update_id)] == [second.update_id]
    assert _updates(server, second.update_id + 1) == ()
    server.wait_until_read(timeout=1)
    server.deliver_again(first.update_id)
    assert [u.update_id for u in _updates(server, second.update_id + 1)] == [first.update_id]
    assert _updates(server, second.update_id + 1) == ()


def test_long_poll_wakes(server: TelegramServer, chat: Chat) -> None:
    """A poll that waits is answered as soon as somebody writes."""
    start = time.monotonic()
    timer = threading.Timer(0.2, chat.say, (chat.members[0], "wake up"))
    timer.start()
    [update] = _updates(server, timeout=20)
    assert update.message is not None
    assert update.message.text == "wake up"
    assert 0.1 < time.monotonic() - start < 5


def test_second_poll_ends_the_first(server: TelegramServer) -> None:
    """Two pollers at once: the older one is told of the conflict."""

    async def run() -> Any:
        async with _client(server) as bot:
            older = asyncio.create_task(bot.get_updates(timeout=20))
            await asyncio.to_thread(server.wait_for, lambda: server.updates.polls == 1, 5)
            async with _client(server) as other:
                await other.get_updates(timeout=0)
            await older

    with pytest.raises(Conflict, match=r"terminated by other getUpdates request"):
        asyncio.run(run())


def test_only_updates_that_are_asked_for(server: TelegramServer, chat: Chat) -> None:
    """allowed_updates holds for what happens later, also when it is not named again."""
    ada = chat.members[0]
    _updates(server, allowed_updates=["callback_query"])
    assert chat.say(ada, "unheard").update_id is None
    _updates(server)
    assert chat.say(ada, "unheard").update_id is None
    _updates(server, allowed_updates=["message"])
    assert chat.say(ada, "heard").update_id is not None


# Groups and topics


def test_privacy_mode(server: TelegramServer) -> None:
    """With privacy mode on, a group's bot gets commands, replies to it and service messages."""
    ada = server.person("Ada")
    group = server.group("News", admins=[ada], with_bot=False)
    assert group.say(ada, "/help").update_id is None
    group.bot_added(ada)
    answer = _send(server, group.id, "Hello")
    mine, theirs = group.answers[0], group.say(ada, "@newsdesk_bot hello")
    assert answer.message_id == mine.id
    assert theirs.update_id is None
    assert group.say(ada, "read /help").update_id is None
    assert group.say(ada, "/help@other_bot").update_id is None
    assert group.say(ada, "and?", reply_to=theirs).update_id is None
    group.say(ada, "/help@Newsdesk_Bot now")
    group.say(ada, "and?", reply_to=mine)
    kinds = [(u.my_chat_member is not None, u.message and u.message.text) for u in _updates(server)]
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
    [update] = _updates(server)
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
    in_topic, in_general = (u.message for u in _updates(server))
    assert in_topic is not None
    assert in_general is not None
    assert (in_topic.is_topic_message, in_topic.message_thread_id) == (True, forum.topics["World"])
    assert in_topic.reply_to_message is not None
    assert in_topic.reply_to_message.forum_topic_created is not None
    assert in_general.message_thread_id is None
    _send(server, forum.id, "Here", message_thread_id=forum.topics["World"])
    _send(server, forum.id, "There", reply_to_message_id=question.id)
    assert {forum.topic_name(answer.thread) for answer in forum.wait(2, timeout=5)} == {"World"}
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        _send(server, forum.id, "x", message_thread_id=99)


def test_reply_chains_are_no_topics(server: TelegramServer) -> None:
    """In a group a reply has a thread that is no topic, and that can't be written to."""
    ada = server.person("Ada")
    group = server.group("News", members=[ada])
    reply = group.say(ada, "/ask that?", reply_to=group.say(ada, "/ask this?"))
    message = _updates(server)[1].message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (1, None)
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        _send(server, group.id, "x", message_thread_id=reply.thread)


def test_chats_and_their_admins(server: TelegramServer) -> None:
    """The client reads chats, members and administrators; bots among those are left out."""
    ada, bo = server.person("Ada"), server.person("Bo")
    group = server.group("News", members=[bo], admins=[ada, server.bot])

    async def look(bot: Bot) -> Any:
        admins = await bot.get_chat_administrators(group.id)
        members = [await bot.get_chat_member(group.id, user.id) for user in (bo, server.bot)]
        return (await bot.get_chat(group.id)).title, admins, [m.status for m in members]

    title, admins, statuses = _with_bot(server, look)
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

    german, plain = _with_bot(server, work)
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
    sent = _send(server, forum.id, "Working…", reply_to_message_id=question.id)
    _with_bot(
        server,
        lambda bot: bot.edit_message_text(
            html, forum.id, sent.message_id, parse_mode="HTML", reply_markup=keys
        ),
    )
    press = forum.press(ada, forum.answers[0], "👍")
    _with_bot(server, lambda bot: bot.answer_callback_query(press.id, "Thanks"))
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
