"""Which language an update is answered in."""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.ext import ContextTypes

from bot.language import choose
from bot.updates.subscriptions import Subscriptions


class Languages:
    """Comes before all other handlers, in the same task."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions

    async def choose(self, update: object, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Speak the language that the chat has chosen, else that of the one who writes."""
        if not isinstance(update, Update):
            return
        chat, user = update.effective_chat, update.effective_user
        chosen = ""
        if chat:
            settings = await asyncio.to_thread(self._subscriptions.settings, chat.id)
            chosen = settings.language
        choose(chosen or (user.language_code if user else "") or "")
