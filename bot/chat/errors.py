"""What happens when a handler fails: the reader gets a sentence, the log gets the trace."""

from __future__ import annotations

import logging
from contextlib import suppress

from telegram import Update
from telegram.error import NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.language import N_, _
from bot.transport.sending import ChatGoneError, Place, Sender
from ingest import NewsroomError

SORRY = N_("Something went wrong on our side. Please ask again in a moment.")
log = logging.getLogger(__name__)


class Errors:
    """The one place where errors of handlers end."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, ChatGoneError):
            log.info("a chat is gone: %s", error)
            return
        if isinstance(error, NewsroomError):
            log.error("%s", error)
        elif type(error) is NetworkError or not isinstance(update, Update):
            log.warning("Telegram can't be reached: %s", error)
            return
        else:
            log.error("a handler failed", exc_info=error)
        if isinstance(update, Update) and update.effective_message:
            with suppress(TelegramError, ChatGoneError):
                await self._sender.say(Place.of(update.effective_message), _(SORRY))
