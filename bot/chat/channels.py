"""/channels: what comes to a channel, managed from an admin's private chat."""

from __future__ import annotations

import asyncio

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.chat.admins import ADMINS_ONLY, rules
from bot.chat.subscribing import Subscribing, ending
from bot.language import N_, _, isolated
from bot.records import Channel, Records
from bot.transport.sending import Place, Sender
from bot.updates.subscriptions import Subscriptions
from bot.wording.keyboards import Press, choices
from bot.wording.rendering import Text, bold, line_of, pack, words
from bot.wording.updates_text import name_of

NO_CHANNELS = N_(
    "I know no channel that both of us are admins of. Add me to yours as an admin who may post "
    "messages (channel, Administrators, Add admin, @{name}), then send /channels again."
)
HEADING = N_("Your channels")
NOTHING_YET = N_("Nothing comes there by itself yet.")
PRIVATE_ONLY = N_("Ask me in private: {link}")
MAX_CHANNELS, MAX_LABEL = 50, 40


class Channels:
    """The list of channels, and a page for each."""

    def __init__(
        self,
        records: Records,
        subscriptions: Subscriptions,
        subscribing: Subscribing,
        sender: Sender,
    ) -> None:
        self._records = records
        self._subscriptions = subscriptions
        self._subscribing = subscribing
        self._sender = sender

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """The channels where the bot and the asker are admins."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        place, name = Place.of(message), self._sender.bot.username
        if message.chat.type != ChatType.PRIVATE:
            await self._sender.say(place, _(PRIVATE_ONLY).format(link=f"t.me/{name}"))
            return
        mine = await self._of(user.id)
        if not mine:
            await self._sender.say(place, _(NO_CHANNELS).format(name=name))
            return
        rows = [[(_label(channel), f"channel:open@{channel.chat_id}")] for channel in mine]
        await self._sender.send(place, [pack([bold(_(HEADING))])[0]], choices(rows))

    async def press(self, query: CallbackQuery, press: Press, message: Message) -> str:
        """A button of the list or of a channel's page; what to tell the one who pressed it."""
        if not await rules(self._sender.bot, query.from_user.id, press.chat_id):
            return _(ADMINS_ONLY)
        if press.value == "add":
            await self._subscribing.guide(message, press.chat_id)
        else:
            await self._open(message, press.chat_id)
        return ""

    async def _open(self, message: Message, chat_id: int) -> None:
        titles = await asyncio.to_thread(self._subscriptions.titles)
        found = await asyncio.to_thread(self._subscriptions.of_chat, chat_id)
        lines = [words(f"{n}. {name_of(s)}") for n, s in enumerate(found, 1)]
        title = isolated(line_of(titles.get(chat_id, "")))
        page: list[Text] = pack([bold(title), *(lines or [words(_(NOTHING_YET))])])
        rows = [
            *ending(found),
            [(_("Subscribe"), f"channel:add@{chat_id}"), (_("Settings"), f"page:main@{chat_id}")],
        ]
        await self._sender.edit(message, page[0], choices(rows))

    async def _of(self, user_id: int) -> list[Channel]:
        """The channels of which a person is an admin now, as Telegram says."""
        channels = (await asyncio.to_thread(self._records.channels))[:MAX_CHANNELS]
        bot = self._sender.bot
        ruled = await asyncio.gather(*(rules(bot, user_id, c.chat_id) for c in channels))
        return [channel for channel, is_mine in zip(channels, ruled, strict=True) if is_mine]


def _label(channel: Channel) -> str:
    return line_of(channel.title)[:MAX_LABEL] or str(channel.chat_id)
