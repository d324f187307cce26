"""Puts the Telegram bot together and runs it."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.answer import Answer
from bot.answering.reply import Correspondent
from bot.chat.buttons import Buttons
from bot.chat.channels import Channels
from bot.chat.commands import MENU, Commands
from bot.chat.errors import Errors
from bot.chat.groups import Groups
from bot.chat.inline import Inline
from bot.chat.languages import Languages
from bot.chat.links import Links
from bot.chat.questions import Questions
from bot.chat.scope import Scope
from bot.chat.settings_menu import SettingsMenu
from bot.chat.smalltalk import SmallTalk
from bot.chat.stories import Stories
from bot.chat.subscribing import Subscribing
from bot.errors import HOW_TO_GET_A_TOKEN, TelegramSetupError
from bot.language import LANGUAGES, _, speaking
from bot.records import Records
from bot.settings import BotSettings
from bot.transport.delivering import Deliverer
from bot.transport.inbox import ChatByChat, Inbox
from bot.transport.limits import Patience
from bot.transport.sending import Sender
from bot.updates.amendment import Limits
from bot.updates.answers import Answers
from bot.updates.correcting import Corrector
from bot.updates.daily import Daily
from bot.updates.outbox import Outbox
from bot.updates.publish import Publisher
from bot.updates.subscriptions import Subscriptions
from bot.updates.watch import Watcher
from bot.wording.keyboards import ABOUT_STORY, FOLLOW_STORY
from ingest import Newsroom

NEEDED = [
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER,
    Update.INLINE_QUERY,
]  # fmt: skip
START_TRIES = 5
STOP_SECONDS = 10.0
PUBLISH_SECONDS = 3.0
_ABOUT, _FOLLOW = (rf" {begins}[0-9a-f]{{10}}$" for begins in (ABOUT_STORY, FOLLOW_STORY))
log = logging.getLogger(__name__)
App = Application[Any, Any, Any, Any, Any, Any]


def run(settings: BotSettings) -> None:
    """Answer in Telegram until stopped (Ctrl-C or SIGTERM).

    TelegramSetupError names the setting if Telegram can't be reached as it is set up.
    """
    if settings.telegram_bot_token is None:
        raise TelegramSetupError(HOW_TO_GET_A_TOKEN)
    with Newsroom(settings) as newsroom:
        app = build(settings, newsroom)
        try:
            app.run_polling(allowed_updates=NEEDED, bootstrap_retries=START_TRIES)
        except InvalidToken:
            raise TelegramSetupError(
                "Telegram does not know this TELEGRAM_BOT_TOKEN. @BotFather shows the right one "
                "under /mybots, API Token"
            ) from None
        except Conflict:
            raise TelegramSetupError(
                "Another program answers with this TELEGRAM_BOT_TOKEN; stop it first"
            ) from None
        except NetworkError as error:
            setting = f"TELEGRAM_API_URL={settings.telegram_api_url}"
            raise TelegramSetupError(f"Telegram can't be reached at {setting}: {error}") from None


def build(settings: BotSettings, newsroom: Newsroom) -> App:
    """The bot with all its handlers; nothing runs yet. The token must be set."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's coming way to give waiting times
    token = settings.telegram_bot_token
    assert token is not None  # noqa: S101 - the contract
    records = Records(newsroom.engine)
    inbox = Inbox(records)
    start = _Start(newsroom, inbox)
    app: App = (
        Application.builder()
        .token(token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .update_queue(inbox)
        .concurrent_updates(ChatByChat(records))
        .rate_limiter(Patience())
        .post_init(start)
        .post_shutdown(start.stop)
        .build()
    )
    _register(app, settings, newsroom, records, start)
    return app


def _register(
    app: App, settings: BotSettings, newsroom: Newsroom, records: Records, start: _Start
) -> None:
    sender, correspondent = Sender(app.bot, records), Correspondent(newsroom, settings)
    subscriptions, outbox = Subscriptions(newsroom.engine), Outbox(newsroom.engine)
    watcher = Watcher(correspondent.assistant, subscriptions, start.wait_for)
    answers = Answers(newsroom.engine)
    corrector = _corrector(settings, newsroom, answers)
    daily = Daily(newsroom, subscriptions, outbox)
    start.publisher = Publisher(
        newsroom, subscriptions, outbox, watch=watcher, corrector=corrector, daily=daily
    )
    start.deliverer = Deliverer(outbox, subscriptions, answers, sender)
    subscribing = Subscribing(newsroom, subscriptions, sender)
    menu = SettingsMenu(subscriptions, sender)
    channels = Channels(records, subscriptions, subscribing, sender)
    scope = Scope(newsroom, records, outbox)
    small_talk = SmallTalk(subscribing, sender)
    questions = Questions(
        correspondent,
        records,
        scope,
        answers,
        sender,
        small_talk=small_talk,
        links=Links(newsroom, settings, sender),
        dialogues=(subscribing.take, menu.take),
    )
    commands = Commands(newsroom, settings, records, sender)
    stories = Stories(newsroom, scope, sender)
    buttons = Buttons(
        newsroom,
        records,
        sender,
        stories=stories,
        questions=questions,
        commands=commands,
        subscribing=subscribing,
        menu=menu,
        channels=channels,
        subscriptions=subscriptions,
        outbox=outbox,
    )
    groups = Groups(records, outbox, sender)
    app.add_handler(TypeHandler(Update, Languages(subscriptions).choose), group=-1)
    app.add_handlers(
        [
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, questions.edited),
            CommandHandler("start", stories.begin, filters.Regex(_ABOUT)),
            CommandHandler("start", subscribing.start, filters.Regex(_FOLLOW)),
            CommandHandler("start", commands.start),
            CommandHandler("help", commands.help),
            CommandHandler("ask", questions.command),
            CommandHandler("check", questions.check_command),
            CommandHandler("search", commands.search),
            CommandHandler("latest", commands.latest),
            CommandHandler("today", questions.today),
            CommandHandler("story", stories.story),
            CommandHandler("timeline", stories.timeline),
            CommandHandler("sources", commands.sources),
            CommandHandler("subscribe", subscribing.subscribe),
            CommandHandler(["subscriptions", "unsubscribe"], subscribing.overview),
            CommandHandler("watchlist", subscribing.watchlist),
            CommandHandler("channels", channels.show),
            CommandHandler("settings", menu.show),
            CommandHandler("about", commands.about),
            CommandHandler("forget", commands.forget),
            MessageHandler(filters.StatusUpdate.MIGRATE, groups.migrated),
            MessageHandler(filters.COMMAND & filters.ChatType.PRIVATE, small_talk.unknown),
            MessageHandler((filters.TEXT | filters.CAPTION) & ~filters.COMMAND, questions.message),
            MessageHandler(filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, questions.other),
            CallbackQueryHandler(buttons.press),
            InlineQueryHandler(Inline(newsroom, sender).query),
            ChatMemberHandler(groups.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    app.add_error_handler(Errors(sender).handle)


def _corrector(settings: BotSettings, newsroom: Newsroom, answers: Answers) -> Corrector | None:
    """Corrects answers, unless the settings say that none is."""
    time = timedelta(days=settings.answer_correction_days)
    if not time or not settings.answer_corrections:
        return None
    return Corrector(newsroom, answers, Limits(time, settings.answer_corrections))


class _Start:
    """What is done once, before the first update is handled; and what then runs beside."""

    def __init__(self, newsroom: Newsroom, inbox: Inbox) -> None:
        self._newsroom = newsroom
        self._inbox = inbox
        self._stop = threading.Event()
        self._polling: threading.Thread | None = None
        self._ending = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.publisher: Publisher | None = None
        self.deliverer: Deliverer | None = None

    def wait_for(self, coroutine: Coroutine[Any, Any, Answer]) -> Answer:
        """Run a coroutine in the bot's own loop, from another thread."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def __call__(self, app: App) -> None:
        for code in LANGUAGES:
            with speaking(code):
                menu = [BotCommand(name, _(what)) for name, what in MENU]
            await app.bot.set_my_commands(menu, language_code=None if code == "en" else code)
        waiting = await self._inbox.restore(app.bot)
        log.info("@%s is ready; %d updates were left from before", app.bot.username, waiting)
        if not app.bot.bot.can_read_all_group_messages:
            log.info("privacy mode is on: in groups, plain @mentions do not arrive")
        self._loop = asyncio.get_running_loop()
        self._preparing = asyncio.create_task(self._prepare())

    async def _prepare(self) -> None:
        await asyncio.to_thread(self._newsroom.warm_up)
        await asyncio.to_thread(self._newsroom.catch_up)
        self._polling = threading.Thread(
            target=self._newsroom.feeds.run_forever, args=(self._stop,), name="feeds", daemon=True
        )
        self._polling.start()
        assert self.deliverer is not None  # noqa: S101 - _register has set it
        self._tasks = [
            asyncio.create_task(self._publish()),
            asyncio.create_task(self.deliverer.run(self._ending)),
        ]

    async def _publish(self) -> None:
        """Turn news into deliveries, again and again; a fault is logged."""
        while not self._ending.is_set():
            try:
                assert self.publisher is not None  # noqa: S101 - _register has set it
                await asyncio.to_thread(self.publisher.tick, datetime.now(UTC))
            except Exception:
                log.exception("publishing failed; the next round tries again")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), PUBLISH_SECONDS)

    async def stop(self, _app: App) -> None:
        """End what runs beside, so that the archive is not closed under it."""
        self._stop.set()
        self._ending.set()
        await asyncio.wait(self._tasks, timeout=STOP_SECONDS) if self._tasks else None
        if self._polling:
            await asyncio.to_thread(self._polling.join, STOP_SECONDS)
