"""Sends what the outbox holds. Several of these may run at once, in one process or in many."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError

from bot.language import N_, _, choose
from bot.subscription import Delivery, DeliveryKind, Target
from bot.transport.amending import Amender
from bot.transport.limits import seconds_of
from bot.transport.sending import ChatGoneError, Place, Sender
from bot.updates.answers import Answers
from bot.updates.content import Payload
from bot.updates.outbox import Outbox
from bot.updates.subscriptions import Subscriptions
from bot.wording.keyboards import below_briefing, below_post
from bot.wording.post_text import (
    Speech,
    render_correction,
    render_digest,
    render_fact,
    render_post,
)
from bot.wording.rendering import Text

AT_ONCE = 30
IDLE_SECONDS = 1.0
NETWORK_WAIT = timedelta(seconds=5)
TOPIC_GONE = N_(
    "The topic that my news went to was deleted, so it comes here from now on. "
    "/subscriptions shows it."
)
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Deliverer:
    """Takes deliveries from the outbox, sends each, and notes what became of it."""

    def __init__(
        self,
        outbox: Outbox,
        subscriptions: Subscriptions,
        answers: Answers,
        sender: Sender,
        now: Clock = utc_now,
    ) -> None:
        self._amender = Amender(answers, sender)
        self._outbox = outbox
        self._subscriptions = subscriptions
        self._sender = sender
        self._now = now

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until `stop` is set; a fault is logged, and the next round tries."""
        while not stop.is_set():
            try:
                count = await self.round()
            except Exception:
                log.exception("sending failed; the next round tries again")
                count = 0
            if count == 0:
                try:
                    await asyncio.wait_for(stop.wait(), IDLE_SECONDS)
                except TimeoutError:
                    continue

    async def round(self) -> int:
        """Send one batch; how many deliveries were in it."""
        batch = await asyncio.to_thread(self._outbox.claim, AT_ONCE, self._now())
        await asyncio.gather(*map(self._in_turn, batch))
        return len(batch)

    async def _in_turn(self, delivery: Delivery) -> None:
        if delivery.due:
            await asyncio.sleep(max((delivery.due - self._now()).total_seconds(), 0.0))
        try:
            message_id = await self._send(delivery)
        except RetryAfter as error:
            wait = timedelta(seconds=seconds_of(error))
            await asyncio.to_thread(self._outbox.told_to_wait, delivery, wait, self._now())
        except ChatMigrated as error:
            chat = delivery.target.chat_id
            await asyncio.to_thread(self._outbox.later, delivery, NETWORK_WAIT, "", self._now())
            await asyncio.to_thread(self._outbox.move_chat, chat, error.new_chat_id)
        except ChatGoneError:
            await asyncio.to_thread(self._outbox.sleep, delivery.target.chat_id, self._now())
        except BadRequest as error:
            await self._refused(delivery, error)
        except NetworkError as error:
            wait = NETWORK_WAIT * 2**delivery.attempts
            await asyncio.to_thread(self._outbox.later, delivery, wait, error.message, self._now())
        except TelegramError as error:
            log.warning("delivery %d: %s", delivery.id, error)
            await asyncio.to_thread(self._outbox.drop, delivery, error.message, self._now())
        else:
            await asyncio.to_thread(self._outbox.sent, delivery, message_id, self._now())

    async def _refused(self, delivery: Delivery, error: BadRequest) -> None:
        """Telegram does not take it: the topic was deleted, or it can't be sent at all."""
        if "message thread not found" in error.message.lower() and delivery.target.thread_id:
            wait = timedelta(0)
            await asyncio.to_thread(self._outbox.later, delivery, wait, error.message, self._now())
            if await asyncio.to_thread(self._outbox.leave_topic, delivery.target):
                group = Target(delivery.target.chat_id)
                key = f"topic gone:{delivery.target.thread_id}"
                notice = Delivery(group, DeliveryKind.NOTICE, key, {"text": TOPIC_GONE})
                await asyncio.to_thread(self._outbox.put, notice, self._now())
            return
        log.warning("delivery %d was refused: %s", delivery.id, error.message)
        await asyncio.to_thread(self._outbox.drop, delivery, error.message, self._now())

    async def _send(self, delivery: Delivery) -> int:
        """Send a delivery; the id of its (last) message."""
        ways = {
            DeliveryKind.POST: self._post,
            DeliveryKind.FACT: self._fact,
            DeliveryKind.CORRECTION: self._correction,
            DeliveryKind.DIGEST: self._digest,
            DeliveryKind.ANSWER: self._answer,
            DeliveryKind.AMENDMENT: self._amendment,
            DeliveryKind.NOTICE: self._notice,
            DeliveryKind.BRIEFING: self._briefing,
        }
        wishes = await asyncio.to_thread(self._subscriptions.settings, delivery.target.chat_id)
        choose(wishes.language)  # each delivery is sent in a task of its own
        speech = Speech(wishes.zone)
        return await ways[delivery.kind](delivery, speech)

    async def _post(self, delivery: Delivery, speech: Speech) -> int:
        text = render_post(delivery.payload, speech)
        keyboard = self._below(delivery)
        place = _place(delivery.target)
        preview = preview_of(delivery.payload)
        return await self._out(place, text, keyboard, preview)

    async def _fact(self, delivery: Delivery, speech: Speech) -> int:
        root = await asyncio.to_thread(
            self._outbox.root, delivery.target, delivery.payload["stories"]
        )
        text = render_fact(delivery.payload, speech, alone=not root)
        keyboard = None if root else self._below(delivery)
        return await self._out(_place(delivery.target, root), text, keyboard)

    async def _correction(self, delivery: Delivery, speech: Speech) -> int:
        """Edit the message that told it; where it stands in a digest, reply to that."""
        says: Payload = delivery.payload["says"]
        told = await asyncio.to_thread(self._outbox.get, delivery.payload["delivery"])
        if told is None or not told.message_id:
            return 0
        if delivery.payload["bundle"]:
            text = render_correction(says, speech)
            return await self._out(_place(delivery.target, told.message_id), text)
        keyboard: InlineKeyboardMarkup | None = self._below(told)
        if told.kind is DeliveryKind.POST:
            text = render_post(says, speech)
            preview = preview_of(says)
        else:
            root = await asyncio.to_thread(self._outbox.root, told.target, says["stories"])
            alone = root == told.message_id
            text = render_fact(says, speech, alone=alone)
            keyboard, preview = (keyboard if alone else None), None
        await self._sender.edit_at(
            delivery.target.chat_id, told.message_id, text, keyboard, preview=preview
        )
        await asyncio.to_thread(self._outbox.says_now, told.id, says)
        return 0

    async def _digest(self, delivery: Delivery, speech: Speech) -> int:
        message_id = 0
        for text in render_digest(delivery.payload, speech):
            message_id = await self._out(_place(delivery.target), text)
        return message_id

    async def _answer(self, delivery: Delivery, _speech: Speech) -> int:
        place = _place(delivery.target, delivery.payload.get("reply_to", 0))
        texts = [Text(rich, plain) for rich, plain in delivery.payload["texts"]]
        messages = [await self._out(place, text) for text in texts]
        await self._amender.follow(delivery, messages, self._now())
        if delivery.payload["once"]:  # the wait is over
            number = delivery.payload["subscription"]
            await asyncio.to_thread(self._subscriptions.remove, number)
        return messages[-1]

    async def _briefing(self, delivery: Delivery, _speech: Speech) -> int:
        *before, last = [Text(rich, plain) for rich, plain in delivery.payload["texts"]]
        place = _place(delivery.target)
        for text in before:
            await self._out(place, text)
        below = below_briefing(delivery.payload["stories"], daily=True)
        return await self._out(place, last, below)

    async def _amendment(self, delivery: Delivery, speech: Speech) -> int:
        return await self._amender.deliver(delivery, speech, self._now())

    async def _notice(self, delivery: Delivery, _speech: Speech) -> int:
        notice = delivery.payload["text"]
        return await self._out(_place(delivery.target), Text("", _(notice)))

    async def _out(
        self,
        place: Place,
        text: Text,
        keyboard: InlineKeyboardMarkup | None = None,
        preview: LinkPreviewOptions | None = None,
    ) -> int:
        message: Message = await self._sender.send_from_outbox(place, text, keyboard, preview)
        return message.message_id

    def _below(self, delivery: Delivery) -> InlineKeyboardMarkup:
        return below_post(
            delivery.id, delivery.story_id, self._sender.bot.username, delivery.target.chat_id > 0
        )


def preview_of(payload: Mapping[str, object]) -> LinkPreviewOptions | None:
    """The preview of the lead article, with its photo where its page names one."""
    items = payload["items"]
    url = items[0]["url"] if isinstance(items, list) and items else None
    return LinkPreviewOptions(url=url, prefer_large_media=True) if url else None


def _place(target: Target, reply_to: int = 0) -> Place:
    place = Place(target.chat_id, target.thread_id or None, reply_to or None)
    return replace(place, private=target.chat_id > 0)
