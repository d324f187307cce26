"""Corrects an answer where it stands: edits its messages, and says so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.answer import Answer
from bot.subscription import Delivery
from bot.transport.sending import Place, Sender
from bot.updates.amendment import Amendment, SentAnswer
from bot.updates.answers import Answers
from bot.wording.amendment_text import render_again, render_amended, render_short
from bot.wording.keyboards import below_answer, below_reply
from bot.wording.post_text import Speech
from bot.wording.rendering import Text

ALOUD_AFTER = timedelta(minutes=2)
"""An edit of an answer older than this is told in a reply too: whoever asked has moved on."""
log = logging.getLogger(__name__)


class Amender:
    """Delivers the corrections of answers. Doing so again edits nothing, for nothing differs."""

    def __init__(self, answers: Answers, sender: Sender) -> None:
        self._answers = answers
        self._sender = sender

    async def deliver(self, delivery: Delivery, speech: Speech, now: datetime) -> int:
        """Edit the answer; the id of the message that tells of it, or 0 if none does.

        What no longer fits into its messages is sent as a reply. An answer that can't be edited
        (it was deleted, or its group became another) is sent again instead.
        """
        sent = await asyncio.to_thread(self._answers.get, delivery.payload["turn"])
        if sent is None:  # forgotten
            return 0
        answer = Answer.from_json(delivery.payload["answer"])
        amendments = list(map(Amendment.from_json, delivery.payload["amendments"]))
        new = [a for a in amendments if a.edit == delivery.payload["edit"]]
        shown = {"last": delivery.payload["last"], "watched": sent.watched}
        render = partial(render_amended, answer, amendments, speech, **shown)
        keyboard = None
        if not sent.watched:
            keyboard = (
                below_answer(sent.turn_id, sent.vote)
                if answer.answered
                else below_reply(sent.turn_id, answer)
            )
        count = len(sent.messages)
        texts = render(messages=count)
        place = _place(delivery)
        if not await self._edit(sent, texts, keyboard):
            texts = render(messages=0)
            texts = [render_again(answer.question, new), *texts]
            return await self._send_again(place, sent, texts, keyboard)
        reply = Place(place.chat_id, place.thread_id, sent.message_id, place.private)
        more = [await self._out(reply, text) for text in texts[count:]]
        if more:
            messages = [*sent.messages, *more]
            note = self._answers.stands_as
            await asyncio.to_thread(note, sent.turn_id, messages, sent.message_id)
        if now - sent.sent < ALOUD_AFTER:
            return 0
        return await self._out(reply, render_short(new))

    async def follow(self, delivery: Delivery, messages: Sequence[int], now: datetime) -> None:
        """The answer to a question that waited was sent as these messages: correct it too."""
        document = delivery.payload.get("answer")
        if document:  # what was written before we corrected answers has none
            note = self._answers.sent_watched
            await asyncio.to_thread(note, delivery.target, document, messages, now)

    async def _edit(
        self, sent: SentAnswer, texts: Sequence[Text], keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """Put the texts into the answer's messages; False if Telegram refuses one of them."""
        for message_id, text in zip(sent.messages, texts, strict=False):
            below = keyboard if message_id == sent.message_id else None
            try:
                await self._sender.edit_at(sent.target.chat_id, message_id, text, below)
            except BadRequest as error:
                log.info("answer %d can't be edited: %s", sent.turn_id, error.message)
                return False
        return bool(sent.messages)

    async def _send_again(
        self,
        place: Place,
        sent: SentAnswer,
        texts: Sequence[Text],
        keyboard: InlineKeyboardMarkup | None,
    ) -> int:
        reply = Place(place.chat_id, place.thread_id, sent.message_id, place.private)
        messages = [
            await self._out(reply if at == 0 and sent.messages else place, text, below)
            for at, text in enumerate(texts)
            for below in (keyboard if at == len(texts) - 1 else None,)
        ]
        note = self._answers.stands_as
        await asyncio.to_thread(note, sent.turn_id, messages[1:], messages[-1])
        return messages[-1]

    async def _out(
        self, place: Place, text: Text, keyboard: InlineKeyboardMarkup | None = None
    ) -> int:
        message = await self._sender.send_from_outbox(place, text, keyboard, None)
        return message.message_id


def _place(delivery: Delivery) -> Place:
    target = delivery.target
    return Place(target.chat_id, target.thread_id or None, private=target.chat_id > 0)
