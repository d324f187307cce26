"""What the buttons below an answer do."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.chat.keyboards import below_answer, read_press
from bot.chat.rendering import render_articles
from bot.chat.sending import Place, Sender
from bot.records import Records, StoredTurn
from ingest import Newsroom

VOTES = {"up": 1, "down": -1}
THANKS = {1: "Thank you!", -1: "Thank you, noted.", 0: "Taken back."}
FORGOTTEN = "I have forgotten this answer. Please ask again."


class Buttons:
    """Keeps votes and brings more of a story."""

    def __init__(self, newsroom: Newsroom, records: Records, sender: Sender) -> None:
        self._newsroom = newsroom
        self._records = records
        self._sender = sender

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        press = read_press(query.data)
        chat_id = query.message.chat.id if query.message else 0
        turn_id = press.turn_id if press else 0
        turn = await asyncio.to_thread(self._records.turn, turn_id, chat_id)
        if press is None or turn is None or not isinstance(query.message, Message):
            await _tell(query, FORGOTTEN)
        elif press.action == "more":
            await self._more(query, turn, query.message)
        else:
            await self._vote(query, turn, query.message, VOTES[press.action])

    async def _vote(
        self, query: CallbackQuery, turn: StoredTurn, message: Message, vote: int
    ) -> None:
        holds = await asyncio.to_thread(self._records.vote, turn.id, query.from_user.id, vote)
        await _tell(query, THANKS[holds])
        if message.chat.type == ChatType.PRIVATE:  # in a group, one person's mark misleads others
            keyboard = below_answer(turn.id, holds, answered=bool(turn.articles))
            with suppress(BadRequest):  # the same keyboard, or a message that was deleted
                await message.edit_reply_markup(keyboard)

    async def _more(self, query: CallbackQuery, turn: StoredTurn, message: Message) -> None:
        found = [
            article
            for cited in turn.articles[:1]
            for article in await asyncio.to_thread(self._newsroom.related, cited)
        ]
        if not found:
            await _tell(query, "We have no other article about this.")
            return
        await _tell(query, "")
        thread = message.message_thread_id if message.is_topic_message else None
        private = message.chat.type == ChatType.PRIVATE
        place = Place(message.chat.id, thread, message.message_id, private)
        await self._sender.send(place, render_articles("More from this story", found))


async def _tell(query: CallbackQuery, text: str) -> None:
    """Answer a press; one that is too old to be answered needs no answer."""
    with suppress(BadRequest):
        await query.answer(text)
