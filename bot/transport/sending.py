"""Sends messages: where they belong, plain if the markup is refused, and not to who left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.records import Records
from bot.wording.rendering import Text

TYPING_SECONDS = 4.5
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
log = logging.getLogger(__name__)
ReplyMarkup = InlineKeyboardMarkup | ForceReply
Call = Callable[[str, str | None], Awaitable[Message]]
"""Sends a text in a parse mode (or plainly)."""


class ChatGoneError(Exception):
    """The chat was deleted, or does not want to hear from us; noted, and no matter of ours."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer belongs: a chat, a topic of it, and the message that it replies to."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None
    private: bool = True

    @classmethod
    def of(cls, message: Message) -> Place:
        """Where to answer a message: in its topic, and in groups as a reply to it."""
        private = message.chat.type == ChatType.PRIVATE
        thread = message.message_thread_id if message.is_topic_message else None
        return cls(message.chat_id, thread, None if private else message.message_id, private)


class Sender:
    """The way out to Telegram, for everything that the chat handlers say."""

    def __init__(self, bot: ExtBot[Any], records: Records) -> None:
        self.bot = bot
        self._records = records

    async def send(
        self, place: Place, texts: Sequence[Text], keyboard: InlineKeyboardMarkup | None = None
    ) -> Message | None:
        """Send messages in order, the keyboard below the last, which is given back.

        ChatGoneError if the chat is not there for us any more.
        """
        last = None
        for at, text in enumerate(texts):
            below = keyboard if at == len(texts) - 1 else None
            last = await self._send_one(place, text, below)
        return last

    async def send_photo(
        self, place: Place, photo: bytes, text: Text, keyboard: InlineKeyboardMarkup | None = None
    ) -> Message:
        """Send a picture with `text` below it, which is at most 1,024 UTF-16 units long.

        ChatGoneError as in `send`.
        """
        return await self._with_care(
            place,
            text,
            lambda body, mode: self.bot.send_photo(
                place.chat_id,
                photo,
                caption=body,
                parse_mode=mode,
                message_thread_id=place.thread_id,
                reply_parameters=_reply(place),
                reply_markup=keyboard,
            ),
        )

    async def send_from_outbox(
        self,
        place: Place,
        text: Text,
        keyboard: InlineKeyboardMarkup | None,
        preview: LinkPreviewOptions | None,
    ) -> Message:
        """Send one message that the outbox keeps. If Telegram asks to wait, RetryAfter is raised:
        the outbox knows what else the chat waits for."""
        return await self._send_one(place, text, keyboard, preview=preview, pace="outbox")

    async def say(self, place: Place, text: str) -> Message | None:
        """Send a sentence of our own, in which everything is meant as it stands."""
        return await self.send(place, [Text("", text)])

    async def ask(self, place: Place, text: str, markup: ReplyMarkup) -> Message:
        """Say a sentence of our own, with buttons or a request for a reply."""
        return await self._send_one(place, Text("", text), markup)

    async def edit(
        self, message: Message, text: Text, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        """Put another text in the place of a message's, plain if the markup is refused."""
        await self.edit_at(message.chat_id, message.message_id, text, keyboard)

    async def edit_at(
        self,
        chat_id: int,
        message_id: int,
        text: Text,
        keyboard: InlineKeyboardMarkup | None = None,
        preview: LinkPreviewOptions | None = None,
    ) -> None:
        """The same for a message of which only the number is known.

        BadRequest if there is none, or if it can't be edited; ChatGoneError as in `send`.
        """
        for body, mode in ((text.html, ParseMode.HTML), (text.plain, None)):
            try:
                await self.bot.edit_message_text(
                    body,
                    chat_id=chat_id,
                    message_id=message_id,
                    parse_mode=mode,
                    reply_markup=keyboard,
                    link_preview_options=preview or _NO_PREVIEW,
                )
            except BadRequest as error:
                if "not modified" in error.message.lower():
                    return
                if mode is None or not _markup_refused(error):
                    raise
            except Forbidden as error:
                raise await self._gone(chat_id, error) from error
            else:
                return

    async def _send_one(
        self,
        place: Place,
        text: Text,
        markup: ReplyMarkup | None,
        *,
        preview: LinkPreviewOptions | None = None,
        pace: str | None = None,
    ) -> Message:
        return await self._with_care(
            place,
            text,
            lambda body, mode: self.bot.send_message(
                place.chat_id,
                body,
                parse_mode=mode,
                message_thread_id=place.thread_id,
                reply_parameters=_reply(place),
                reply_markup=markup,
                link_preview_options=preview or _NO_PREVIEW,
                rate_limit_args=pace,
            ),
        )

    async def _with_care(self, place: Place, text: Text, call: Call) -> Message:
        """What `call` sends: with markup, else plain; a chat that is gone is noted."""
        try:
            if text.html:
                try:
                    return await call(text.html, ParseMode.HTML)
                except BadRequest as error:
                    if not _markup_refused(error):
                        raise
                    log.warning("Telegram refused our markup (%s); sent plain", error.message)
            return await call(text.plain, None)
        except (Forbidden, BadRequest) as error:
            if isinstance(error, Forbidden) or _chat_gone(error):
                raise await self._gone(place.chat_id, error) from error
            raise

    async def _gone(self, chat_id: int, error: TelegramError) -> ChatGoneError:
        await asyncio.to_thread(self._records.note_chat, chat_id, "", gone=True)
        return ChatGoneError(error.message)

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncIterator[None]:
        """Show that we are at work, as long as the block runs."""
        task = asyncio.create_task(self._keep_typing(place))
        try:
            yield
        finally:
            task.cancel()

    async def _keep_typing(self, place: Place) -> None:
        while True:
            with suppress(TelegramError):
                await self.bot.send_chat_action(
                    place.chat_id,
                    ChatAction.TYPING,
                    message_thread_id=place.thread_id,
                    rate_limit_args="passing",
                )
            await asyncio.sleep(TYPING_SECONDS)


def _reply(place: Place) -> ReplyParameters | None:
    if not place.reply_to:
        return None
    return ReplyParameters(place.reply_to, allow_sending_without_reply=True)


def _markup_refused(error: BadRequest) -> bool:
    return "can't parse entities" in error.message.lower()


def _chat_gone(error: BadRequest) -> bool:
    return any(
        words in error.message.lower() for words in ("chat not found", "user is deactivated")
    )
