"""People's messages to the running bot, over a strict Bot API server: what they get, how soon.

    python -m benchmarks.conversation PATH/realtimeqa [--part fresh] [--transcript FILE]

The archive is fresh: the last 150 articles before 7 November 2022, their dates moved by whole weeks
so that the newest are of today, or of the last days (on a Sunday they are of today, and what the
criteria say of days holds to the word). The messages lie in messages.jsonl beside this file, and
were written by people who had not seen the code: `part` "build" was looked at while it was built,
"fresh" and "table" were first run when all was done. Each conversation has a chat of its own. The
transcript gives what a person has to judge by the written criteria; the articles' sentences are cut
short in it, for they belong to their publishers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.settings import BotSettings
from ingest import Newsroom
from tests.conftest import bot_process
from tests.support.telegram import Chat, TelegramServer

MESSAGES = Path(__file__).parent / "messages.jsonl"
ARTICLES, LAST = 150, datetime(2022, 11, 6, tzinfo=UTC)
SHORTEST = 400
PATIENCE = 120.0
SHOWN_WORDS = 9
PUBLISHERS = {"cnn.com": "CNN", "usatoday.com": "USA Today", "theweek.co.uk": "The Week"}
"""The data set has left out what the sites call themselves."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message got: the texts and the buttons below the last, and the seconds that took."""

    texts: tuple[str, ...]
    buttons: tuple[str, ...]
    seconds: float


def archive(path: Path, now: datetime) -> Iterator[dict[str, Any]]:
    """The articles, the newest of today; where only a day is known, an hour of it by chance."""
    with gzip.open(path / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    dated = [(_day(row), row) for row in rows if row["publish_date"]]
    kept = [(day, row) for day, row in dated if day <= LAST and len(row["text"]) > SHORTEST]
    kept.sort(key=lambda pair: (pair[0], _mark(pair[1])))
    newest = now.replace(hour=0, minute=0, second=0, microsecond=0)
    back = (newest - LAST).days % 7  # whole weeks, so that "on Friday" stays a Friday
    moved = newest - LAST - timedelta(days=back)
    for day, row in kept[-ARTICLES:]:
        at = day + moved + timedelta(minutes=6 * 60 + _mark(row) % (16 * 60))
        host = row["url"].split("/")[2].removeprefix("www.")
        yield {
            "url": row["url"],
            "title": row["title"],
            "text": row["text"],
            "source": PUBLISHERS.get(host),
            "published": min(at, now - timedelta(minutes=_mark(row) % 90)).isoformat(),
        }


def _day(row: dict[str, Any]) -> datetime:
    return datetime.strptime(row["publish_date"][:10], "%Y/%m/%d").replace(tzinfo=UTC)


def _mark(row: dict[str, Any]) -> int:
    return int(sha256(row["url"].encode()).hexdigest(), 16)


def ask(server: TelegramServer, chat: Chat, text: str) -> Reply:
    """Say it, and wait for all that it gets."""
    before, asked = len(chat.answers), time.monotonic()
    chat.say(chat.members[0], text)
    server.wait_for(lambda: len(chat.answers) > before and not len(server.updates), PATIENCE)
    seconds = time.monotonic() - asked
    new = chat.answers[before:]
    return Reply(tuple(m.text for m in new), tuple(new[-1].buttons), seconds)


def talk(server: TelegramServer, messages: Sequence[dict[str, Any]]) -> list[Reply]:
    """Each message in the chat of its conversation."""
    chats: dict[str, Chat] = {}
    replies = []
    for message in messages:
        chat = chats.get(message["after"] or "")
        if chat is None:
            chat = server.private_chat(server.person(f"P{message['id']}"))
        chats[message["id"]] = chat
        replies.append(ask(server, chat, message["text"]))
        print(f"\r{len(replies)} of {len(messages)}", end="", flush=True)
    print()
    return replies


def at_once(server: TelegramServer, messages: Sequence[dict[str, Any]], chats: int) -> list[float]:
    """The seconds that messages take while so many chats ask, each its share one after another."""
    seconds: list[float] = []

    def person(number: int) -> None:
        chat = server.private_chat(server.person(f"Q{number}"))
        mine = messages[number::chats]
        seconds.extend(ask(server, chat, message["text"]).seconds for message in mine)

    threads = [threading.Thread(target=person, args=(n,)) for n in range(chats)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds


def transcript(messages: Sequence[dict[str, Any]], replies: Sequence[Reply], *, full: bool) -> str:
    lines = []
    for message, reply in zip(messages, replies, strict=True):
        after = f" (after {message['after']})" if message["after"] else ""
        lines += [f"### {message['id']} · {message['kind']}{after}", f"> {message['text']}", ""]
        for text in reply.texts:
            lines += [_short(line, full=full) for line in text.splitlines() if line.strip()]
        if reply.buttons:
            lines += ["", "Buttons: " + " | ".join(reply.buttons)]
        lines += ["", f"*Right:* {message['right']}", ""]
    return "\n".join(lines)


def _short(line: str, *, full: bool) -> str:
    """A line of a reply; of a long sentence its first words, and what stands behind it."""
    words = line.split()
    if full or len(words) <= 2 * SHOWN_WORDS or line.startswith("["):
        return f"{line}  "
    marks = re.findall(r"\[\d+\]|\([^()]{2,40}\)$", line)
    return " ".join([*words[:SHOWN_WORDS], "…", *marks]) + "  "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="the folder of RealTime QA")
    parser.add_argument("--part", default="fresh", help="build, fresh or table")
    parser.add_argument("--transcript", type=Path)
    parser.add_argument(
        "--full", action="store_true", help="with whole sentences; not to be given on"
    )
    parser.add_argument("--chats", type=int, default=20)
    asked = parser.parse_args()
    with MESSAGES.open(encoding="utf-8") as rows:
        messages = [m for m in map(json.loads, rows) if m["part"] == asked.part]
    with tempfile.TemporaryDirectory(prefix="newsdesk-talk-") as name:
        folder = Path(name)
        news = folder / "articles.jsonl"
        rows_ = archive(asked.path, datetime.now(UTC))
        news.write_text("".join(json.dumps(row) + "\n" for row in rows_), encoding="utf-8")
        with Newsroom(BotSettings(data_dir=folder)) as newsroom:
            print(newsroom.ingest([str(news)]).new, "articles")
            newsroom.regroup()
        with TelegramServer() as server, bot_process(server, folder):
            ask(server, server.private_chat(server.person("First")), "hello")
            replies = talk(server, messages)
            told("alone", [reply.seconds for reply in replies])
            if asked.chats:
                told(f"{asked.chats} chats at once", at_once(server, messages, asked.chats))
    if asked.transcript:
        asked.transcript.write_text(
            transcript(messages, replies, full=asked.full), encoding="utf-8"
        )


def told(name: str, seconds: Sequence[float]) -> None:
    late = quantiles(seconds, n=20)[-1]
    print(f"{name}: median {median(seconds):.2f} s, 95th percentile {late:.2f} s, {len(seconds)}")


if __name__ == "__main__":
    main()
