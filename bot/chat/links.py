"""Messages that are links: the article is told with its story, or read in first."""

from __future__ import annotations

import asyncio

from telegram import Message, MessageEntity

from bot.language import N_, _, isolated
from bot.settings import BotSettings
from bot.transport.sending import Place, Sender
from bot.wording.rendering import clipped
from ingest import Article, Newsroom

UNKNOWN = N_("We do not have that article, and I may not read it in for you.")
UNREAD = N_("I could not read that page: {reason}")


class Links:
    """Finds the article that a link in a message leads to."""

    def __init__(self, newsroom: Newsroom, settings: BotSettings, sender: Sender) -> None:
        self._newsroom = newsroom
        self._settings = settings
        self._sender = sender

    async def article(self, message: Message, address: str) -> Article | None:
        """The article at an address, read in if that is allowed; None if there is none, which has
        been said then."""
        known = await asyncio.to_thread(self._newsroom.article_named, address)
        if known and known.withdrawn is None:
            return known
        place = Place.of(message)
        if not self._may_read_in(message):
            await self._sender.say(place, _(UNKNOWN))
            return None
        async with self._sender.typing(place):
            found = await asyncio.to_thread(self._newsroom.read_page, address)
        if isinstance(found, Article):
            return found
        reason = isolated(clipped(found.reason, 160))
        await self._sender.say(place, _(UNREAD).format(reason=reason))
        return None

    def _may_read_in(self, message: Message) -> bool:
        whose = self._settings.ingest_links
        user = message.from_user
        admin = user is not None and user.id in self._settings.telegram_admins
        return whose == "everybody" or (whose == "admins" and admin)


def link_in(message: Message) -> str:
    """The first web address in a message, or ""; what is hidden behind words counts too."""
    found = {
        **message.parse_entities([MessageEntity.URL, MessageEntity.TEXT_LINK]),
        **message.parse_caption_entities([MessageEntity.URL, MessageEntity.TEXT_LINK]),
    }
    for entity, text in sorted(found.items(), key=lambda pair: pair[0].offset):
        address = entity.url or text
        return address if "://" in address else f"https://{address}"
    return ""
