"""Keeps to Telegram's limits: how often we may send, and waiting as long as we are told to."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from datetime import timedelta
from math import ceil
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

SENDS = frozenset({"sendMessage", "editMessageText", "sendPhoto"})
CHAT_SPACING = 1.0
"""Seconds between two messages to one chat."""
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0
ALL_SPACING = 1 / 30
RETRIES = 5
OUTBOX_PATIENCE = 5.0
"""Seconds that a message of the outbox waits here; for longer waits it goes back there."""
Json = dict[str, Any]


class Patience(BaseRateLimiter[str]):
    """Spaces messages chat by chat. A chat that must wait holds up no other one.

    A call with `rate_limit_args="passing"` is one whose moment passes (a preview, typing): it
    is neither spaced nor tried again, so that it costs the real message nothing. One with "outbox"
    is spaced, and not tried again here: the outbox does that.
    """

    def __init__(self) -> None:
        self._free_at: dict[int | str, float] = {}
        self._sent: dict[int | str, deque[float]] = defaultdict(
            lambda: deque(maxlen=GROUP_MESSAGES)
        )
        self._all_free_at = 0.0

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to clear away."""

    async def process_request(  # noqa: PLR0917 - the library decides
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | Json | list[Json]]],
        args: Any,
        kwargs: Json,
        endpoint: str,
        data: Json,
        rate_limit_args: str | None,
    ) -> bool | Json | list[Json]:
        chat = data.get("chat_id")
        passing = rate_limit_args == "passing"
        for attempt in range(RETRIES + 1):
            if endpoint in SENDS and chat is not None and not passing:
                if rate_limit_args == "outbox" and self._wait(chat) > OUTBOX_PATIENCE:
                    raise RetryAfter(ceil(self._wait(chat)))
                await asyncio.sleep(self._reserve(chat))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = seconds_of(error)
                if chat is not None:
                    self._free_at[chat] = max(self._free_at.get(chat, 0.0), _now() + wait)
                if rate_limit_args or attempt == RETRIES:
                    raise
                if endpoint not in SENDS:
                    await asyncio.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _wait(self, chat: int | str) -> float:
        """Seconds until this chat may get a message."""
        now = _now()
        at = max(now, self._free_at.get(chat, 0.0), self._all_free_at)
        sent = self._sent[chat]
        if _is_group(chat) and len(sent) == GROUP_MESSAGES:
            at = max(at, sent[0] + GROUP_SECONDS)
        return at - now

    def _reserve(self, chat: int | str) -> float:
        """Take the next moment at which this chat may get a message; the seconds until then."""
        now = _now()
        at = now + self._wait(chat)
        sent = self._sent[chat]
        self._free_at[chat] = at + CHAT_SPACING
        self._all_free_at = max(now, self._all_free_at) + ALL_SPACING
        sent.append(at)
        return at - now


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram told us to wait."""
    wait: int | float | timedelta = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _is_group(chat: int | str) -> bool:
    return isinstance(chat, str) or chat < 0


def _now() -> float:
    return asyncio.get_running_loop().time()
