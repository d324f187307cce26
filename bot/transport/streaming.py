"""Shows an answer while a language model writes it: a draft in private chats, edits elsewhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram import Message
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.answer import Citation, Sentence
from bot.transport.sending import ChatGoneError, Place, Sender
from bot.wording.answer_text import render_draft
from bot.wording.rendering import Text

EDIT_SECONDS = 1.2
log = logging.getLogger(__name__)


class Preview:
    """The growing answer in one place. If showing it fails, the answer itself is not hurt."""

    def __init__(self, sender: Sender, place: Place, draft_id: int) -> None:
        self._sender = sender
        self._place = place
        self._draft_id = draft_id
        self._shown_at = float("-inf")
        self._works = True
        self.message: Message | None = None
        """The message that holds the preview, if it is one that can become the answer."""

    async def show(self, sentences: Sequence[Sentence], citations: Sequence[Citation]) -> None:
        """Show the sentences so far, unless something was shown less than 1.2 s ago."""
        now = asyncio.get_running_loop().time()
        if not self._works or now - self._shown_at < EDIT_SECONDS:
            return
        self._shown_at = now
        text = render_draft(sentences, citations)
        try:
            await (self._draft(text) if self._place.private else self._edit(text))
        except (TelegramError, ChatGoneError) as error:
            log.info("the preview of an answer can't be shown: %s", error)
            self._works = False

    async def _draft(self, text: Text) -> None:
        await self._sender.bot.send_message_draft(
            self._place.chat_id,
            self._draft_id,
            text.html,
            parse_mode=ParseMode.HTML,
            rate_limit_args="passing",
        )

    async def _edit(self, text: Text) -> None:
        if self.message is None:
            self.message = await self._sender.send(self._place, [text])
        else:
            await self._sender.edit(self.message, text)
