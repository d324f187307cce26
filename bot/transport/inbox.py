"""Updates on their way in: kept before they are acknowledged, each handled once, chat by chat."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Hashable
from typing import Any

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.records import Records

AT_ONCE = 16
"""How many updates are handled at the same time."""


class Inbox(asyncio.Queue[object]):
    """The queue between Telegram and the handlers, which survives the process.

    The library acknowledges updates to Telegram after it has put them here. So an update is
    written down first; one that was here before (Telegram may deliver twice) goes no further;
    and one that was not done when the process ended comes again at the next start. The answer to
    an update is sent twice only if the process dies within the moment (some milliseconds) between
    Telegram's taking the message and our writing down that the update is done.
    """

    def __init__(self, records: Records) -> None:
        super().__init__()
        self._records = records

    async def put(self, item: object) -> None:
        if isinstance(item, Update) and not await asyncio.to_thread(
            self._records.arrived, item.update_id, item.to_json()
        ):
            return
        await super().put(item)

    async def restore(self, bot: Bot) -> int:
        """Put back what the last process left undone; how many updates that were."""
        waiting = await asyncio.to_thread(self._records.waiting)
        for payload in waiting:
            await super().put(Update.de_json(json.loads(payload), bot))
        return len(waiting)


class ChatByChat(BaseUpdateProcessor):
    """Handles the updates of one conversation in order, those of different ones side by side.

    A chat that waits (for a model, for Telegram's limits) takes one place at most.
    """

    def __init__(self, records: Records) -> None:
        super().__init__(max_concurrent_updates=10_000)
        self._records = records
        self._places = asyncio.Semaphore(AT_ONCE)
        self._locks: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to clear away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        key = conversation(update)
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, waiting + 1)
        try:
            async with lock, self._places:
                await coroutine
                if isinstance(update, Update):
                    await asyncio.to_thread(self._records.done, update.update_id)
        finally:
            lock, waiting = self._locks.pop(key)
            if waiting > 1:
                self._locks[key] = (lock, waiting - 1)


def conversation(update: object) -> Hashable:
    """What has to stay in order: a chat's messages (in a forum, a topic's), or its presses."""
    if not isinstance(update, Update):
        return None
    if update.effective_chat is None:  # an inline query: those of one person stay in order
        return (update.effective_user.id, "inline") if update.effective_user else None
    if update.callback_query is not None:
        return (update.effective_chat.id, "presses")
    message = update.effective_message
    return (update.effective_chat.id, message.message_thread_id if message else None)
