"""The values of the test server: people, messages, presses on buttons, errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.support.telegram_html import Entity
from tests.support.telegram_photos import Photo

if TYPE_CHECKING:
    from tests.support.telegram_chat import Chat

Json = dict[str, Any]


class ApiError(Exception):
    """A refusal: HTTP status, the description as Telegram words it, and its parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def to_json(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot."""

    id: int
    name: str
    username: str | None = None
    is_bot: bool = False
    language: str = "en"

    def to_json(self) -> Json:
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            body["username"] = self.username
        return body if self.is_bot else {**body, "language_code": self.language}


@dataclass(slots=True, eq=False)
class Message:
    """A message as it stands now. Compared by identity; ids count from 1 in each chat.

    `thread` is the Bot API's message_thread_id: a forum topic if `in_topic`, otherwise the
    message that a chain of replies began with. `update_id` is None if the bot never gets it.
    Below a `photo`, `text` and `entities` are its caption. `shown` is where it was forwarded from,
    or which part of another message it quotes (the Bot API's forward_origin, quote).
    """

    chat: Chat
    id: int
    sender: User
    date: int
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    keyboard: list[list[Json]] = field(default_factory=list)
    reply_to: Message | None = None
    thread: int | None = None
    in_topic: bool = False
    service: Json = field(default_factory=dict)
    photo: Photo | None = None
    shown: Json = field(default_factory=dict)
    update_id: int | None = None
    edits: int = 0
    deleted: bool = False

    @property
    def buttons(self) -> list[str]:
        """What stands on the buttons, row by row."""
        return [button["text"] for row in self.keyboard for button in row]

    @property
    def links(self) -> list[str]:
        """Where the linked words lead, in the order of the text."""
        return [entity["url"] for entity in self.entities if entity["type"] == "text_link"]

    def to_json(self, *, with_reply: bool = True) -> Json:
        body: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json()}
        if self.chat.kind == "channel":
            body["sender_chat"] = self.chat.to_json()
        else:
            body["from"] = self.sender.to_json()
        if self.photo:
            body["photo"] = self.photo.to_json()
        if self.text:
            body["caption" if self.photo else "text"] = self.text
        if self.entities:
            body["caption_entities" if self.photo else "entities"] = self.entities
        if self.keyboard:
            body["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.thread:
            body["message_thread_id"] = self.thread
        if self.in_topic:
            body["is_topic_message"] = True
        if self.edits:
            body["edit_date"] = self.date
        if with_reply and (parent := self.reply_to or self._topic_start()):
            body["reply_to_message"] = parent.to_json(with_reply=False)
        return {**body, **self.shown, **self.service}

    def _topic_start(self) -> Message | None:
        """In a topic the real server shows every message as a reply to the topic's first one."""
        if not self.in_topic or self.thread == self.id:
            return None
        return self.chat.find(self.thread or 0)


@dataclass(slots=True, eq=False)
class Press:
    """Somebody pressed a button; `answer` is what the bot told (may be ""), None until then."""

    id: str
    sender: User
    message: Message
    label: str
    update_id: int | None = None
    answer: str | None = None
    alert: bool = False


@dataclass(slots=True, eq=False)
class InlineQuery:
    """Somebody wrote the bot's name and words into some chat's field; `results` is what the bot
    offers (message texts as Rich texts under "message"), None until then."""

    id: str
    sender: User
    text: str
    results: list[Json] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One sendMessageDraft: a preview that vanishes; it is no message."""

    id: int
    text: str
    entities: list[Entity]
