"""A newsroom with publisher, outbox and sender on a Telegram server, run step by step."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import telegram
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.answering.ask import Assistant
from bot.answering.reply import Correspondent
from bot.chat.links import Links
from bot.chat.questions import Questions
from bot.chat.scope import Scope
from bot.chat.smalltalk import SmallTalk
from bot.chat.subscribing import Subscribing
from bot.records import Records
from bot.settings import BotSettings
from bot.subscription import Kind, Subscription, Target
from bot.transport.delivering import Deliverer
from bot.transport.limits import Patience
from bot.transport.sending import Sender
from bot.updates.amendment import Limits
from bot.updates.answers import Answers
from bot.updates.correcting import Corrector
from bot.updates.outbox import Outbox
from bot.updates.publish import Publisher
from bot.updates.subscriptions import Subscriptions
from bot.updates.watch import Watcher
from ingest import Newsroom
from tests.support.telegram import Chat, Message, TelegramServer, User
from tests.support.telegram_values import Json


@dataclass
class Desk:
    """Everything between an article and a message. `now` is the clock of chats."""

    server: TelegramServer
    newsroom: Newsroom
    subscriptions: Subscriptions
    outbox: Outbox
    answers: Answers
    publisher: Publisher
    folder: Path
    now: datetime

    @classmethod
    def open(
        cls, server: TelegramServer, folder: Path, corrections: int = 3, days: float = 7
    ) -> Desk:
        """A desk that has read all news so far. The last two are the limits for answers."""
        settings = BotSettings(data_dir=folder)
        newsroom = Newsroom(settings)
        Records(newsroom.engine)
        subscriptions, outbox = Subscriptions(newsroom.engine), Outbox(newsroom.engine)
        watcher = Watcher(Assistant(newsroom, settings), subscriptions)
        answers = Answers(newsroom.engine)
        limits = Limits(timedelta(days=days), corrections)
        corrector = Corrector(newsroom, answers, limits)
        publisher = Publisher(newsroom, subscriptions, outbox, watch=watcher, corrector=corrector)
        now = datetime.now(UTC)
        desk = cls(server, newsroom, subscriptions, outbox, answers, publisher, folder, now)
        publisher.tick(desk.now)
        return desk

    def wants(self, chat_id: int, kind: Kind, text: str, thread: int = 0, **more: str) -> int:
        """Subscribe a target; the number of the subscription."""
        target = Target(chat_id, thread)
        return self.subscriptions.add(Subscription(target, kind, text, **more))  # type: ignore[arg-type]

    def publish(self, *articles: dict[str, str]) -> None:
        """Bring articles into the archive and tell what is new; they came out now."""
        out = {"published": self.now.isoformat()}
        path = self.folder / "articles.jsonl"
        path.write_text("\n".join(json.dumps({**out, **article}) for article in articles))
        summary = self.newsroom.ingest([str(path)])
        assert not summary.failures
        self.publisher.tick(self.now)

    def ask(self, chat: Chat, person: User, text: str) -> Message:
        """A person asks, and is answered; the (last) message of the answer."""
        return self.answer(chat.say(person, text))

    def answer(self, asked: Message) -> Message:
        """The (last) message of the answer to a message, the command at its beginning left out."""
        words = asked.text.removeprefix("/ask ")
        asyncio.run(self._answer(asked.to_json(), words))
        return asked.chat.answers[-1]

    async def _answer(self, asked: Json, text: str) -> None:
        async with self._bot() as bot:
            message = telegram.Message.de_json(asked, bot)
            records = Records(self.newsroom.engine)
            settings, sender = BotSettings(data_dir=self.folder), Sender(bot, records)
            subscribing = Subscribing(self.newsroom, self.subscriptions, sender)
            questions = Questions(
                Correspondent(self.newsroom, settings),
                records,
                Scope(self.newsroom, records, self.outbox),
                self.answers,
                sender,
                small_talk=SmallTalk(subscribing, sender),
                links=Links(self.newsroom, settings, sender),
            )
            await questions.answer(message, text)

    def later(self, **time: float) -> None:
        """Set the clock forward and do what is due then."""
        self.now += timedelta(**time)
        self.publisher.tick(self.now)

    def send(self) -> None:
        """Send what is due, until nothing is."""
        asyncio.run(self._send())

    def _bot(self) -> ExtBot[Any]:
        request = HTTPXRequest(httpx_kwargs={"verify": False}, connection_pool_size=40)
        return ExtBot(
            self.server.token,
            base_url=f"{self.server.url}/bot",
            request=request,
            rate_limiter=Patience(),
        )

    async def _send(self) -> None:
        async with self._bot() as bot:
            sender = Sender(bot, Records(self.newsroom.engine))
            parts = (self.outbox, self.subscriptions, self.answers)
            deliverer = Deliverer(*parts, sender, lambda: self.now)
            while await deliverer.round():
                self.now += timedelta(seconds=4)  # past the pause of a group
