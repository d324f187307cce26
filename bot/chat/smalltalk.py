"""Answers messages that ask nothing of the articles, where an answer is wanted."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.answer import MessageKind
from bot.chat.subscribing import Subscribing
from bot.language import N_, _
from bot.transport.sending import Place, Sender
from bot.wording.small_talk import SAID, below_small_talk

UNKNOWN = N_("I know no {command}. /help shows what I can do.")
NOT_IN_GROUPS = frozenset(
    (MessageKind.REMARK, MessageKind.THANKS, MessageKind.FAREWELL, MessageKind.GREETING)
)
"""In a group they are rather meant for the others."""


class SmallTalk:
    """Says it, where it is wanted."""

    def __init__(self, subscribing: Subscribing, sender: Sender) -> None:
        self._subscribing = subscribing
        self._sender = sender

    async def say(self, message: Message, kind: MessageKind) -> None:
        """Answer a message of a kind that asks nothing; in a group most of them get nothing."""
        if kind in NOT_IN_GROUPS and message.chat.type != ChatType.PRIVATE:
            return
        if kind is MessageKind.STOP and await self._subscribing.show_ending(message):
            return
        place, below = Place.of(message), below_small_talk(kind)
        if below:
            await self._sender.ask(place, _(SAID[kind]), below)
        else:
            await self._sender.say(place, _(SAID[kind]))

    async def unknown(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command that there is not."""
        message = update.effective_message
        if message and message.text:
            command = message.text.split()[0].partition("@")[0][:32]
            await self._sender.say(Place.of(message), _(UNKNOWN).format(command=command))
