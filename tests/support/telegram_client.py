"""The real client, telegram.Bot, on the test server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.request import HTTPXRequest

from tests.support.telegram import TelegramServer


@asynccontextmanager
async def client(server: TelegramServer, token: str | None = None) -> AsyncIterator[Bot]:
    # Reading the machine's certificates takes 100 ms a client and is of no use on loopback.
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    async with Bot(
        token or server.token,
        base_url=f"{server.url}/bot",
        request=requests[0],
        get_updates_request=requests[1],
    ) as bot:
        yield bot


def with_bot(server: TelegramServer, work: Callable[[Bot], Any]) -> Any:
    """What the coroutine `work(bot)` gives, with a real client on the server."""

    async def run() -> Any:
        async with client(server) as bot:
            return await work(bot)

    return asyncio.run(run())


def send(server: TelegramServer, chat_id: int, text: str, **more: Any) -> Any:
    return with_bot(server, lambda bot: bot.send_message(chat_id, text, **more))


def updates(server: TelegramServer, offset: int = 0, **more: Any) -> tuple[Update, ...]:
    result = with_bot(server, lambda bot: bot.get_updates(offset=offset, **more))
    assert isinstance(result, tuple)
    return result


def keyboard(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("👍", callback_data=data)]])
