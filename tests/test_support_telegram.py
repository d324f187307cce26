"""The test server is as strict as Telegram about messages: proved with the real client."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    InvalidToken,
)

from tests.support.telegram import Chat, TelegramServer, transcript
from tests.support.telegram_client import client, keyboard, send, updates, with_bot
from tests.support.telegram_html import MarkupError, checked_link, parse_html


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture
def chat(server: TelegramServer) -> Chat:
    return server.private_chat(server.person("Ada"))


# Who calls, and what


def test_wrong_token_is_refused(server: TelegramServer) -> None:
    """Another bot's token is answered with 401, which the client takes for a wrong token."""

    async def enter() -> None:
        async with client(server, "1:wrong"):
            pass

    with pytest.raises(InvalidToken):
        asyncio.run(enter())
    assert server.calls[-1].answer["error_code"] == 401


def test_unknown_method_and_chat(server: TelegramServer) -> None:
    """A method that does not exist answers 404, a chat that does not exist 400."""
    assert server.answer(f"/bot{server.token}/sendPigeon", {})[0] == 404
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        send(server, 5, "hello")


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
    sent = send(server, chat.id, f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        send(server, chat.id, "😀" * 2048 + "x")
    with pytest.raises(BadRequest, match=r"^Message_too_long$"):
        with_bot(server, lambda bot: bot.edit_message_text("x" * 4097, chat.id, sent.message_id))
    with pytest.raises(BadRequest, match=r"^Message text is empty$"):
        send(server, chat.id, "<b> </b>", parse_mode="HTML")
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
        send(server, chat.id, "<h1>News</h1>", parse_mode="HTML")
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
    send(server, chat.id, "x", reply_markup=keyboard("é" * 32))
    with pytest.raises(BadRequest, match=r"^Button_data_invalid$"):
        send(server, chat.id, "x", reply_markup=keyboard("é" * 32 + "x"))
    bad = InlineKeyboardMarkup([[InlineKeyboardButton("go", url="http://localhost/")]])
    with pytest.raises(
        BadRequest, match=r"^Inline keyboard button url .* is invalid: wrong http url$"
    ):
        send(server, chat.id, "x", reply_markup=bad)
    assert chat.answers[0].buttons == ["👍"]


def test_a_press_is_answered_once(server: TelegramServer, chat: Chat) -> None:
    """A press arrives as callback query; answering an unknown or answered one is refused."""
    ada = chat.members[0]
    send(server, chat.id, "Good?", reply_markup=keyboard("vote:1"))
    press = chat.press(ada, chat.answers[0], "👍")
    with pytest.raises(AssertionError, match=r"no button 'vote:2'"):
        chat.press(ada, chat.answers[0], "vote:2")
    [update] = updates(server)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.first_name) == ("vote:1", "Ada")

    def answer(query_id: str) -> Any:
        return with_bot(server, lambda bot: bot.answer_callback_query(query_id, "Thanks"))

    assert answer(query.id)
    assert press.answer == "Thanks"
    for old in (query.id, "1"):
        with pytest.raises(BadRequest, match=r"^Query is too old"):
            answer(old)


# Editing, replying, drafts


def test_edits(server: TelegramServer, chat: Chat) -> None:
    """An edit changes text and buttons; the same again, a person's or no message is refused."""
    theirs = chat.say(chat.members[0], "hello")
    sent = send(server, chat.id, "one", reply_markup=keyboard("a")).message_id

    def edit(text: str, message_id: int) -> Any:
        return with_bot(server, lambda bot: bot.edit_message_text(text, chat.id, message_id))

    edit("two", sent)
    message = chat.wait_for(lambda m: m.text == "two", timeout=5)
    assert (message.edits, message.buttons) == (1, [])
    with pytest.raises(BadRequest, match=r"^Message is not modified: specified new message"):
        edit("two", sent)
    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        edit("two", theirs.id)
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        edit("two", 99)
    with_bot(server, lambda bot: bot.delete_message(chat.id, sent))
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        edit("three", sent)


def test_replies_need_their_message(server: TelegramServer, chat: Chat) -> None:
    """A reply to a missing message is refused, unless it is allowed to go without."""
    question = chat.say(chat.members[0], "Why?")
    assert send(server, chat.id, "so", reply_to_message_id=question.id).reply_to_message
    with pytest.raises(BadRequest, match=r"^Message to be replied not found$"):
        send(server, chat.id, "so", reply_to_message_id=77)
    lone = send(server, chat.id, "so", reply_to_message_id=77, allow_sending_without_reply=True)
    assert lone.reply_to_message is None


def test_drafts_are_for_private_chats(server: TelegramServer, chat: Chat) -> None:
    """A draft is kept apart from messages, may be empty, and is refused in groups and with id 0."""
    group = server.group("News")

    def draft(chat_id: int, draft_id: int, text: str) -> Any:
        return with_bot(server, lambda bot: bot.send_message_draft(chat_id, draft_id, text))

    assert draft(chat.id, 7, "")
    assert draft(chat.id, 7, "Wri")
    assert [(d.id, d.text) for d in chat.drafts] == [(7, ""), (7, "Wri")]
    assert chat.messages == []
    with pytest.raises(BadRequest, match=r"^Textdraft_peer_invalid$"):
        draft(group.id, 7, "Wri")
    with pytest.raises(BadRequest):
        draft(chat.id, 0, "Wri")


def test_what_is_forwarded_and_quoted(server: TelegramServer) -> None:
    """A forwarded message says whose it was, a quoting one which part of which message it means."""
    ada = server.person("Ada")
    chat = server.private_chat(ada)
    chat.say_forwarded(ada, "The ferry sank.", "Bo")
    said = chat.say(ada, "🛳 One. Two.")
    chat.say_quoting(ada, "Really?", said, "Two.")
    forwarded, _plain, quoting = (update.message for update in updates(server))
    assert forwarded is not None
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.to_dict()["sender_user_name"] == "Bo"
    assert quoting is not None
    assert quoting.quote is not None
    assert (quoting.quote.text, quoting.quote.position) == ("Two.", 8)
    assert quoting.reply_to_message is not None
    assert "(forwarded from Bo): The ferry sank." in transcript(chat)
    assert "quoting “Two.”" in transcript(chat)
