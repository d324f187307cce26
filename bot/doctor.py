"""Looks at each thing that the bot needs, and tells how to mend what is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from bot.errors import HOW_TO_GET_A_TOKEN, BotError
from bot.settings import BotSettings
from ingest import Newsroom, NewsroomError

SECONDS = 10.0
Found = tuple[str, str]
"""What was found, and how to mend it ("" if it is well)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `broken` things stop the bot; others are left out by choice."""

    name: str
    state: str
    mend: str = ""
    broken: bool = False

    @property
    def mark(self) -> str:
        return "✗" if self.broken else "–" if self.mend else "✓"

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "ok": not self.mend, "broken": self.broken,
                "state": self.state, "mend": self.mend}  # fmt: skip


def examine(settings: BotSettings) -> Iterator[Finding]:
    """Every finding, as it is made."""
    with Newsroom(settings) as newsroom:
        yield _try("Database", lambda: _database(newsroom, settings))
        yield _try("Embedding model", lambda: _model(newsroom, settings))
        yield _try("Chroma", lambda: _chroma(newsroom, settings))
        yield _try("Articles", lambda: _articles(newsroom), broken=False)
        yield _try("Refusal", lambda: _refusal(newsroom, settings), broken=False)
        yield _try("Language model", lambda: _llm(settings))
        yield from _telegram(settings)


def _try(name: str, look: Callable[[], Found], *, broken: bool = True) -> Finding:
    try:
        state, mend = look()
    except (NewsroomError, BotError) as error:
        return Finding(name, "does not work", str(error), broken=broken)
    return Finding(name, state, mend)


def _database(newsroom: Newsroom, settings: BotSettings) -> Found:
    where = "DATABASE_URL" if settings.database_url else f"a file in {settings.data_dir}"
    return f"{newsroom.engine.dialect.name} ({where})", ""


def _model(newsroom: Newsroom, settings: BotSettings) -> Found:
    size = len(newsroom.embeddings.embed_query("news"))
    return f"{settings.embedding_model}, {size} dimensions", ""


def _chroma(newsroom: Newsroom, settings: BotSettings) -> Found:
    newsroom.search("news", limit=1)
    return settings.chroma_url or f"embedded, in {settings.data_dir}", ""


def _articles(newsroom: Newsroom) -> Found:
    status = newsroom.status()
    if not status.articles:
        return "none yet", "bring some in: newsdesk ingest FILE-OR-ADDRESS"
    wait = f", {status.unindexed:,} wait for embeddings" if status.unindexed else ""
    return f"{status.articles:,} in {status.passages:,} passages{wait}", ""


def _refusal(newsroom: Newsroom, settings: BotSettings) -> Found:
    from bot.answering.quotes import ENOUGH
    from bot.calibrations import Calibrations

    found = Calibrations(newsroom.engine).of(settings.models)
    if found:
        fitted = f"calibrated on {found.at:%Y-%m-%d} with {found.questions:,} questions"
        return f"an answer needs a confidence of {found.enough:.3f}, {fitted}", ""
    state = f"an answer needs a confidence of {ENOUGH:.3f}, as shipped"
    if settings.models == BotSettings.model_fields["embedding_model"].default:
        return state, ""
    mend = "fit it to this model: newsdesk eval FILE --calibrate (docs/formats.md, Question sets)"
    return f"{state} for other models", mend


def _llm(settings: BotSettings) -> Found:
    if settings.llm_model is None:
        return "none, answers are quotes", "to have one, set LLM_MODEL (README, Language model)"
    from bot.answering.llm import Writer

    quick = settings.model_copy(update={"llm_timeout": min(SECONDS, settings.llm_timeout)})

    async def first_words() -> str:
        return "".join([piece async for piece in Writer(quick).write("Say: ready.", [])])

    asyncio.run(first_words())
    return f"{settings.llm_model} answers", ""


def _telegram(settings: BotSettings) -> Iterator[Finding]:
    name = "Telegram"
    if settings.telegram_bot_token is None:
        yield Finding(name, "no token", HOW_TO_GET_A_TOKEN, broken=True)
        return
    url = f"{settings.telegram_api_url}/bot{settings.telegram_bot_token.get_secret_value()}/getMe"
    try:
        answer = httpx.get(url, timeout=SECONDS).json()
    except (httpx.HTTPError, ValueError) as error:
        mend = f"check TELEGRAM_API_URL={settings.telegram_api_url} ({type(error).__name__})"
        yield Finding(name, "can't be reached", mend, broken=True)
        return
    if not answer.get("ok"):
        mend = "set the TELEGRAM_BOT_TOKEN that @BotFather shows under /mybots, API Token"
        yield Finding(name, "does not know this token", mend, broken=True)
        return
    me = answer["result"]
    yield Finding(name, f"@{me['username']}")
    if not me.get("supports_inline_queries"):
        mend = (
            f"to post stories in any chat by writing @{me['username']} and words, send /setinline "
            "to @BotFather"
        )
        yield Finding("Inline mode", "off", mend)
    if not me.get("can_read_all_group_messages"):
        mend = (
            "groups: only commands and replies arrive, plain @mentions do not. To change that, "
            "send /setprivacy to @BotFather, choose Disable, and add the bot to its groups again"
        )
        yield Finding("Privacy mode", "on", mend)
