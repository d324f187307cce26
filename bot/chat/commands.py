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
from bot.language import N_, _, isolated, ngettext, number
from bot.records import Records
from bot.settings import BotSettings
from bot.transport.sending import Place, Sender
from bot.wording.rendering import Text, clipped, render_articles, render_hits, render_sources
from bot.wording.small_talk import below_start
from ingest import Newsroom

LATEST, FOUND, OFFERED = 8, 5, 3
MENU = (
    ("ask", N_("Ask about the news")),
    ("check", N_("Check a claim against our articles")),
    ("search", N_("Find passages in our articles")),
    ("today", N_("The news of the day")),
    ("latest", N_("The newest articles")),
    ("story", N_("A story: who tells it, what is new in it")),
    ("timeline", N_("A story over time, as a picture")),
    ("sources", N_("Where our articles come from")),
    ("subscribe", N_("Have news come by itself")),
    ("subscriptions", N_("What comes here by itself")),
    ("settings", N_("When news comes, and in which language")),
    ("channels", N_("What comes to your channels")),
    ("watchlist", N_("All that you follow, everywhere")),
    ("help", N_("How to ask")),
    ("about", N_("What this bot is, and what it keeps")),
    ("forget", N_("Forget what was asked in this chat")),
    ("start", N_("Begin")),
)
START = N_(
    "Hello! I answer questions about the news from our articles alone, each sentence with a link "
    "to the article that says it. Just ask in your own words, or begin here:"
)
HELP = N_(
    "Ask in plain words; a short question with a name in it works best. You can go on asking: "
    "“and when was that?”\n\n"
    "In a group, use /ask, write my name (@{name}) in your message, or reply to one of mine."
)
ABOUT = N_(
    "Newsdesk {version}, open source (MIT). Articles here: {articles}.\n\n"
    "{mode} If our articles do not answer, I say so.\n\n"
    "I keep the questions of this chat, my answers and your 👍 👎, to follow a conversation and to "
    "get better. /forget deletes them."
)
MODES = {
    Mode.QUOTES: N_("I answer with sentences of the articles, word for word."),
    Mode.LLM: N_(
        "A language model writes my answers; each sentence is checked against its article."
    ),
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
        """What this is, and where to begin: the newest stories, a topic, a briefing each day."""
        message = update.effective_message
        if message is None:
            return
        newest = await asyncio.to_thread(self._newsroom.stories, OFFERED)
        text = _(START) if newest else f"{_(START)}\n\n{_(EMPTY)}"
        await self._sender.ask(Place.of(message), text, below_start(newest))

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE | None) -> None:
        """How to ask, and every command."""
        lines = [f"/{name} – {_(what)}" for name, what in MENU if name not in {"ask", "start"}]
        head = _(HELP).format(name=self._sender.bot.username)
        await self._say(update, "\n".join([head, "", *lines]))

    async def about(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        status = await asyncio.to_thread(self._newsroom.status)
        text = _(ABOUT).format(
            version=version("newsdesk"),
            articles=number(status.articles),
            mode=_(MODES[self._mode]),
        )
        await self._say(update, text)

    async def search(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        words = " ".join(context.args or [])
        if unfit(words):
            await self._say(
                update, _("Write what to look for after it, like this: /search tram vote")
            )
            return
        hits = await asyncio.to_thread(self._newsroom.search, words, FOUND)
        if not hits:
            await self._say(update, _(EMPTY))
            return
        heading = _("Nearest to “{words}”").format(words=isolated(clipped(words, 80)))
        await self._send(update, render_hits(heading, hits))

    async def latest(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        articles = await asyncio.to_thread(self._newsroom.latest, LATEST)
        if not articles:
            await self._say(update, _(EMPTY))
            return
        await self._send(update, render_articles(_("The newest articles"), articles))

    async def sources(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        counts = await asyncio.to_thread(self._newsroom.sources)
        if not counts:
            await self._say(update, _(EMPTY))
            return
        await self._send(update, render_sources(counts))

    async def forget(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Deletes this chat's history; in groups only its admins may ask for that."""
        message = update.effective_message
        if message is None:
            return
        if not await may_manage(self._sender.bot, message):
            await self._say(update, _("In a group, only its admins can have me forget."))
            return
        count = await asyncio.to_thread(self._records.forget, message.chat_id)
        done = ngettext(
            "Done. I have forgotten {n} question of this chat.",
            "Done. I have forgotten {n} questions of this chat.",
            count,
        )
        await self._say(update, done if count else _("There is nothing to forget in this chat."))

    async def _say(self, update: Update, text: str) -> None:
        if update.effective_message:
            await self._sender.say(Place.of(update.effective_message), text)

    async def _send(self, update: Update, texts: Sequence[Text]) -> None:
        if update.effective_message:
            await self._sender.send(Place.of(update.effective_message), texts)
