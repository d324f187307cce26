"""The commands that are not questions."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib.metadata import version

from telegram import Update
from telegram.ext import ContextTypes

from bot.answer import Mode
from bot.answering.ask import EMPTY
from bot.chat.admins import may_manage
from bot.chat.questions import unfit
from bot.records import Records
from bot.settings import BotSettings
from bot.transport.sending import Place, Sender
from bot.wording.rendering import Text, render_articles, render_hits, render_sources
from ingest import Newsroom

LATEST, FOUND = 8, 5
MENU = (
    ("ask", "Ask about the news"),
    ("search", "Find passages in our articles"),
    ("latest", "The newest articles"),
    ("story", "A story: who tells it, what is new in it"),
    ("timeline", "A story over time, as a picture"),
    ("sources", "Where our articles come from"),
    ("subscribe", "Have news come by itself"),
    ("subscriptions", "What comes here by itself"),
    ("settings", "When news comes: digest, quiet hours, time zone"),
    ("watchlist", "All that you follow, everywhere"),
    ("help", "How to ask"),
    ("about", "What this bot is, and what it keeps"),
    ("forget", "Forget what was asked in this chat"),
    ("start", "Begin"),
)
START = (
    "Hello! I answer questions about the news, from our articles alone. Each sentence carries a "
    "link to the article that says it, so you can check it.\n\n"
    "Just ask, for example: {example}"
)
HELP = (
    "Ask in plain words; a short question with a name in it works best. You can go on asking: "
    "“and when was that?”\n\n"
    "In a group, use /ask, write my name (@{name}) in your message, or reply to one of mine.\n\n"
    "/search words – passages of our articles\n"
    "/latest – the newest articles\n"
    "/story words – a story: who tells it, what is new in it\n"
    "/timeline words – a story over time, as a picture\n"
    "/sources – where they come from\n"
    "/subscribe words – have news come by itself\n"
    "/subscriptions – what comes here by itself; /watchlist – all that you follow\n"
    "/settings – when it comes: at once or in a digest, quiet hours, time zone\n"
    "/forget – forget what was asked in this chat\n"
    "/about – what I am, and what I keep"
)
ABOUT = (
    "Newsdesk {version}, open source (MIT). {articles:,} articles here.\n\n"
    "{mode} If our articles do not answer, I say so.\n\n"
    "I keep the questions of this chat, my answers and your 👍 👎, to follow a conversation and to "
    "get better. /forget deletes them."
)
MODES = {
    Mode.QUOTES: "I answer with sentences of the articles, word for word.",
    Mode.LLM: "A language model writes my answers; each sentence is checked against its article.",
}


class Commands:
    """One method a command, named after it."""

    def __init__(
        self, newsroom: Newsroom, settings: BotSettings, records: Records, sender: Sender
    ) -> None:
        self._newsroom = newsroom
        self._mode = Mode.LLM if settings.llm_model else Mode.QUOTES
        self._records = records
        self._sender = sender

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        newest = await asyncio.to_thread(self._newsroom.latest, 1)
        if newest:
            example = f"What is known about “{newest[0].title[:80]}”?"
            text = START.format(example=example)
        else:
            text = START.format(example="What is new?") + f"\n\n{EMPTY}"
        await self._say(update, text)

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._say(update, HELP.format(name=self._sender.bot.username))

    async def about(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        status = await asyncio.to_thread(self._newsroom.status)
        text = ABOUT.format(
            version=version("newsdesk"), articles=status.articles, mode=MODES[self._mode]
        )
        await self._say(update, text)

    async def search(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        words = " ".join(context.args or [])
        if unfit(words):
            await self._say(update, "Write what to look for after it, like this: /search tram vote")
            return
        hits = await asyncio.to_thread(self._newsroom.search, words, FOUND)
        if not hits:
            await self._say(update, EMPTY)
            return
        await self._send(update, render_hits(f"Nearest to “{words[:80]}”", hits))

    async def latest(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        articles = await asyncio.to_thread(self._newsroom.latest, LATEST)
        if not articles:
            await self._say(update, EMPTY)
            return
        await self._send(update, render_articles("The newest articles", articles))

    async def sources(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        counts = await asyncio.to_thread(self._newsroom.sources)
        if not counts:
            await self._say(update, EMPTY)
            return
        await self._send(update, render_sources(counts))

    async def forget(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Deletes this chat's history; in groups only its admins may ask for that."""
        message = update.effective_message
        if message is None:
            return
        if not await may_manage(self._sender.bot, message):
            await self._say(update, "In a group, only its admins can have me forget.")
            return
        count = await asyncio.to_thread(self._records.forget, message.chat_id)
        questions = "1 question" if count == 1 else f"{count} questions"
        done = f"Done. I have forgotten {questions} of this chat." if count else None
        await self._say(update, done or "There is nothing to forget in this chat.")

    async def _say(self, update: Update, text: str) -> None:
        if update.effective_message:
            await self._sender.say(Place.of(update.effective_message), text)

    async def _send(self, update: Update, texts: Sequence[Text]) -> None:
        if update.effective_message:
            await self._sender.send(Place.of(update.effective_message), texts)
