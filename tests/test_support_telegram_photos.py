"""The test server is as strict as Telegram about pictures: proved with the real client."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import InputFile, ReplyParameters
from telegram.error import BadRequest, NetworkError, RetryAfter

from tests.support.telegram import Chat, TelegramServer, transcript
from tests.support.telegram_client import keyboard, with_bot
from tests.support.telegram_photos import MAX_BYTES, PhotoError, dimensions


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture
def chat(server: TelegramServer) -> Chat:
    return server.private_chat(server.person("Ada"))


def png(width: int, height: int) -> bytes:
    """A black picture with every kind of line end and a NUL in a comment, to be carried whole."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    comment = chunk(b"tEXt", b"odd\0\r\n\r \n--\r\n\xff\x0c\x1c\x85")
    parts = (chunk(b"IHDR", head), comment, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def send_photo(server: TelegramServer, chat_id: int, photo: Any, **more: Any) -> Any:
    return with_bot(server, lambda bot: bot.send_photo(chat_id, photo, **more))


def test_a_picture_arrives_whole_with_its_caption(server: TelegramServer, chat: Chat) -> None:
    """The bytes are those that were sent; caption, keyboard and reply are as in a message."""
    asked = chat.say(chat.members[0], "/timeline")
    picture = png(300, 200)
    sent = send_photo(
        server,
        chat.id,
        picture,
        caption="<b>Ferry</b> &amp; more",
        parse_mode="HTML",
        reply_markup=keyboard("story:1"),
        reply_parameters=ReplyParameters(asked.id),
    )
    [message] = chat.answers
    assert message.photo is not None
    assert message.photo.data == picture
    assert message.reply_to is asked
    assert sent.caption == "Ferry & more"
    assert sent.text is None
    assert sent.caption_entities[0].type == "bold"
    assert (sent.photo[-1].width, sent.photo[-1].height) == (300, 200)
    shown = "#2 Newsdesk (reply to #1): [picture 300x200] *Ferry* & more\n    [👍]"
    assert transcript(chat).endswith(shown)


def test_a_picture_needs_no_caption(server: TelegramServer, chat: Chat) -> None:
    """Also when it is attached under another name; sizes never exceed the picture's."""
    attached = InputFile(png(2000, 1000), attach=True)
    with_bot(
        server,
        lambda bot: bot.do_api_request(
            "sendPhoto", {"chat_id": chat.id, "photo": attached}, return_type=None
        ),
    )
    sizes = chat.answers[0].to_json()["photo"]
    assert [size["width"] for size in sizes] == [90, 320, 800, 1280]
    assert transcript(chat) == "#1 Newsdesk: [picture 2000x1000]"


def test_captions_are_at_most_1024_units(server: TelegramServer, chat: Chat) -> None:
    """Counted in UTF-16, tags not counted; broken markup is refused as in messages."""
    picture = png(10, 10)
    fits = f"<b>{'😀' * 512}</b>"
    send_photo(server, chat.id, picture, caption=fits, parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"^Message caption is too long$"):
        send_photo(server, chat.id, picture, caption="😀" * 512 + "x")
    with pytest.raises(BadRequest, match=r"^Can't parse entities: unsupported start tag"):
        send_photo(server, chat.id, picture, caption="<h1>x</h1>", parse_mode="HTML")
    assert len(chat.answers) == 1


@pytest.mark.parametrize(
    ("photo", "complaint"),
    [
        (b"GIF89a" + b"\0" * 40, "Image_process_failed"),
        (png(10, 10)[:20], "Image_process_failed"),
        (png(5001, 5000), "Photo_invalid_dimensions"),
        (png(21, 1), "Photo_invalid_dimensions"),
        ("no-such-file", "Wrong file identifier/http url specified"),
    ],
)
def test_bad_pictures_are_refused(
    server: TelegramServer, chat: Chat, photo: Any, complaint: str
) -> None:
    """Neither PNG nor JPEG, too large, too narrow, or not there."""
    with pytest.raises(BadRequest, match=f"^{complaint}$"):
        send_photo(server, chat.id, photo)
    assert chat.messages == []


def test_ten_megabytes_are_the_most(server: TelegramServer, chat: Chat) -> None:
    """One byte more is too large a request; one that lacks the picture is told so."""
    picture = png(10, 10)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        send_photo(server, chat.id, picture + b"\0" * (MAX_BYTES + 1 - len(picture)))
    send_photo(server, chat.id, picture + b"\0" * (MAX_BYTES - len(picture)))
    status, body = server.answer(f"/bot{server.token}/sendPhoto", {"chat_id": chat.id})
    assert (status, body["description"]) == (400, "Bad Request: there is no photo in the request")


def test_the_text_of_a_picture_can_not_be_edited(server: TelegramServer, chat: Chat) -> None:
    """Its keyboard can."""
    send_photo(server, chat.id, png(10, 10), caption="x")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        with_bot(server, lambda bot: bot.edit_message_text("y", chat.id, 1))
    markup = keyboard("x")
    with_bot(server, lambda bot: bot.edit_message_reply_markup(chat.id, 1, reply_markup=markup))
    assert chat.answers[0].buttons == ["👍"]
    assert chat.answers[0].text == "x"


def test_pictures_count_as_messages() -> None:
    """Flood limits are the same for both."""
    with TelegramServer(limits=True, clock=lambda: 0.0) as server:
        chat = server.private_chat(server.person("Ada"))
        for _ in range(3):
            send_photo(server, chat.id, png(10, 10))
        with pytest.raises(RetryAfter):
            send_photo(server, chat.id, png(10, 10))


def test_the_size_of_a_jpeg() -> None:
    """It stands in the first frame header, after other segments."""
    start, app = b"\xff\xd8", b"\xff\xe0\x00\x04ab"
    frame = b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", 480, 640) + b"\x01\x00\x00\x00"
    assert dimensions(start + app + frame) == (640, 480)
    with pytest.raises(PhotoError, match="IMAGE_PROCESS_FAILED"):
        dimensions(start + app)
