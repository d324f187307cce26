"""The bot beside its feeds: what is published is there to be asked for, without anyone's doing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ingest import Newsroom, Settings
from ingest.archive.feeds import FeedStore
from tests.conftest import bot_process
from tests.support.telegram import TelegramServer
from tests.support.web import WebServer

WAIT = 90.0
TEXT = (
    "The harbour of Osterwick will get a new lighthouse, the mayor, Ingrid Dahl, said on Monday. "
    "The old one was lost in the storm of 1987. The new tower will be 31 metres high. "
) * 5
FEED = (
    "<rss version='2.0'><channel><title>The Tide</title><item><title>New lighthouse</title>"
    "<link>https://tide.example/lighthouse</link><description>{}</description></item>"
    "</channel></rss>"
)


def test_a_feed_is_polled_while_the_bot_runs(tmp_path: Path) -> None:
    """An item of a feed that is due is ingested by `newsdesk run`, listed, and answers a
    question; nobody ran anything else."""
    with WebServer() as web, TelegramServer() as telegram:
        url = web.page("/feed", FEED.format(TEXT), "application/rss+xml")
        with Newsroom(Settings(data_dir=tmp_path)) as newsroom:
            FeedStore(newsroom.engine).add(url, "", datetime.now(UTC))
        person = telegram.person("Ada")
        chat = telegram.private_chat(person)

        def ask(text: str) -> str:
            chat.say(person, text)
            return chat.wait(timeout=WAIT)[0].text

        with bot_process(telegram, tmp_path, ALLOW_PRIVATE_NETWORK="true", FETCH_DELAY="0"):
            newest = (ask("/latest") for _ in range(100))  # an answer a second, as Telegram allows
            assert any("New lighthouse" in text for text in newest)
            assert "Ingrid Dahl" in ask("Who said that Osterwick will get a new lighthouse?")
            assert "1 article" in ask("/story lighthouse")
