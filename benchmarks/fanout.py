"""One story, or several, to very many chats: the real publisher, outbox and senders, at a Bot API
server of our own that keeps Telegram's limits.

    python -m benchmarks.fanout                                   one story to 5,000 chats
    python -m benchmarks.fanout --chats 200 --stories 20 --kills 100
    python -m benchmarks.fanout --chats 600 --stories 2 --senders 2 --postgres

Senders are processes. With --kills, a random sender gets SIGKILL after a random time, and is
started again. Told are the rate (of the 30 messages a second that the limits allow), what was lost
or came twice, whether each chat got its stories in order, refusals (429), and the senders' memory.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.records import Records
from bot.settings import BotSettings
from bot.subscription import Kind, Subscription, Target
from bot.tables import deliveries
from bot.transport.delivering import Deliverer
from bot.transport.limits import Patience
from bot.transport.sending import Sender
from bot.updates.answers import Answers
from bot.updates.outbox import Outbox
from bot.updates.publish import Publisher
from bot.updates.subscriptions import Subscriptions
from ingest import Newsroom
from tests.support.servers import postgres
from tests.support.telegram import Chat, TelegramServer

ALLOWED = 30
STORIES = (
    "tram line", "ferry aground", "comet seen", "bank merger", "chess champion", "forest fire",
    "school strike", "museum theft", "river flood", "vaccine trial", "bridge closed",
    "wheat harvest", "satellite launch", "film festival", "prison escape", "glacier retreat",
    "opera premiere", "mayor resigns", "airport fog", "whale stranded",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=5000)
    parser.add_argument("--stories", type=int, default=1, choices=range(1, len(STORIES) + 1))
    parser.add_argument("--senders", type=int, default=1)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--child", nargs=3, metavar=("URL", "TOKEN", "DATA"), help="(internal)")
    parser.add_argument("--database", help="(internal)")
    arguments = parser.parse_args()
    if arguments.child:
        url, token, data = arguments.child
        asyncio.run(child(url, token, data, arguments.database))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-fanout-")))
        database = stack.enter_context(postgres(folder)) if arguments.postgres else None
        server = stack.enter_context(TelegramServer(limits=True))
        settings = BotSettings(data_dir=folder / "data", database_url=database)
        newsroom = stack.enter_context(Newsroom(settings))
        people = [server.person(f"P{n}") for n in range(arguments.chats)]
        chats = [server.private_chat(person) for person in people]
        prepare(newsroom, chats, arguments.stories)
        run(server, newsroom, chats, arguments, database)


async def child(url: str, token: str, data: str, database: str | None) -> None:
    """One sender, until it is ended."""
    settings = BotSettings(data_dir=Path(data), database_url=database)
    with Newsroom(settings) as newsroom:
        request = HTTPXRequest(httpx_kwargs={"verify": False}, connection_pool_size=64)
        bot = ExtBot(token, base_url=f"{url}/bot", request=request, rate_limiter=Patience())
        async with bot:
            sender = Sender(bot, Records(newsroom.engine))
            outbox, subscriptions = Outbox(newsroom.engine), Subscriptions(newsroom.engine)
            stop = asyncio.Event()
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
            await Deliverer(outbox, subscriptions, Answers(newsroom.engine), sender).run(stop)


def prepare(newsroom: Newsroom, chats: list[Chat], stories: int) -> None:
    """Subscribe the chats to everything, and publish the stories."""
    Records(newsroom.engine)
    subscriptions, outbox = Subscriptions(newsroom.engine), Outbox(newsroom.engine)
    publisher = Publisher(newsroom, subscriptions, outbox)
    publisher.tick(datetime.now(UTC))
    for chat in chats:
        subscriptions.add(Subscription(Target(chat.id), Kind.EVERYTHING, "everything"))
        subscriptions.change(chat.id, datetime.now(UTC), hourly=60)
    started = time.perf_counter()
    for n, name in enumerate(STORIES[:stories]):
        article = {
            "url": f"https://{name.replace(' ', '-')}.example/",
            "title": f"{n:02d} {name.capitalize()}",
            "text": made_up(random.Random(name), 120),
            "published": datetime.now(UTC).isoformat(),
        }
        file = newsroom.settings.data_dir / "article.jsonl"
        file.write_text(json.dumps(article))
        newsroom.ingest([str(file)])
        publisher.tick(datetime.now(UTC))
    with newsroom.engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(deliveries))
    took = time.perf_counter() - started
    print(f"{stories} stories, {len(chats)} chats: {count} deliveries written in {took:.1f} s")


def made_up(chance: random.Random, words: int) -> str:
    """Words that no other story has, so that each is a story of its own."""
    made = ("".join(chance.choices("abdefgiklmnoprstu", k=7)) for _ in range(words))
    return f"{' '.join(made).capitalize()}."


def run(
    server: TelegramServer,
    newsroom: Newsroom,
    chats: list[Chat],
    arguments: argparse.Namespace,
    database: str | None,
) -> None:
    command = [sys.executable, "-m", "benchmarks.fanout", "--child", server.url, server.token]
    command.append(str(newsroom.settings.data_dir))
    command += ["--database", database] if database else []
    senders = [subprocess.Popen(command) for _ in range(arguments.senders)]
    wanted = len(chats) * arguments.stories
    chance = random.Random(1)
    memory: list[int] = []
    kills = in_flight = 0
    next_kill = time.monotonic() + 4
    while waiting(newsroom):
        time.sleep(0.05)
        memory.append(max(map(resident, senders)))
        if kills < arguments.kills and time.monotonic() > next_kill:
            victim = chance.randrange(len(senders))
            senders[victim].kill()
            senders[victim].wait()
            kills += 1
            in_flight += count_in(newsroom, "sending")
            senders[victim] = subprocess.Popen(command)
            next_kill = time.monotonic() + chance.uniform(1.5, 4.5)
    for sender in senders:
        sender.terminate()
        sender.wait()
    report(server, chats, wanted, memory)
    if arguments.kills:
        print(f"{kills} kills, {in_flight} deliveries were claimed and not noted as sent then")


def waiting(newsroom: Newsroom) -> bool:
    return count_in(newsroom, "waiting") + count_in(newsroom, "sending") > 0


def count_in(newsroom: Newsroom, state: str) -> int:
    query = select(func.count()).select_from(deliveries).where(deliveries.c.state == state)
    with newsroom.engine.execution_options(reading=True).connect() as connection:
        return connection.scalar(query) or 0


def resident(process: subprocess.Popen[bytes]) -> int:
    """The memory of a process, in MiB; 0 if it has none."""
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def report(server: TelegramServer, chats: list[Chat], wanted: int, memory: list[int]) -> None:
    calls = server.calls_of("sendMessage")
    good = [call for call in calls if call.ok]
    refused = sum(call.answer.get("error_code") == 429 for call in calls)
    seconds = good[-1].time - good[0].time
    got = {chat.id: [message.text[:2] for message in chat.answers] for chat in chats}
    distinct = sum(len(set(texts)) for texts in got.values())
    twice = sum(n - 1 for texts in got.values() for n in Counter(texts).values())
    ordered = all(list(dict.fromkeys(texts)) == sorted(set(texts)) for texts in got.values())
    rate = len(good) / seconds
    print(f"{len(good)} messages in {seconds:.0f} s: {rate:.1f} a second, {rate / ALLOWED:.0%}")
    print(f"lost {wanted - distinct}, twice {twice}, in order: {ordered}, told to wait {refused}")
    early, late = memory[len(memory) // 4], memory[-2] if len(memory) > 1 else 0
    print(f"memory of a sender: {early} MiB after a quarter, {late} MiB at the end")


if __name__ == "__main__":
    main()
