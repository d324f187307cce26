"""From an item on a feed to what people read: the whole of `newsdesk run`, as its users meet it.

    python -m benchmarks.news

Six feeds on the loopback, a Bot API server that keeps Telegram's limits, the real process between
them. A group, a forum topic and a channel subscribe in their chats. Then a first report appears in
one feed, three reprints in others, a new fact in a fifth, and the first report is corrected. Each
chat must get one post, one reply and one edit; what it reads is printed, and the seconds that each
took from the feed to the last chat. Feeds are polled on demand (as `newsdesk feeds resume` does),
for their own pace is minutes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from bot.settings import BotSettings
from bot.updates.outbox import Outbox
from ingest import Newsroom
from tests.conftest import bot_process
from tests.support.telegram import Chat, TelegramServer, User, transcript
from tests.support.web import WebServer
from tests.test_updates import FIRST, NEW_FACT, TEXT

WAIT = 180.0
PAPERS = ("Northline", "Courier", "Herald", "Tide", "Gazette")
TOPIC = '"passenger ferry" -football'
MORE = (
    " The island is reached by one ferry line alone, and its shops had stocked up for the feast."
    " School was put off by an hour, and the market opened late. Fishermen lent their boats to"
    " those who had to reach the mainland. The post came a day later than usual. At the pier a"
    " choir that had been invited to the feast rehearsed between crates of apples. The baker gave"
    " away what he could not sell. A wedding party waited in the church hall until the afternoon,"
    " and played cards. The museum let everyone in for nothing. Older people recalled the winter"
    " in which the sound froze over, and for three weeks sledges carried the mail. The library"
    " stayed open until midnight. By the evening the first fishing boats came back with medicine"
    " for the chemist and newspapers of the day before."
)
OTHER = (
    " The papers name two repairs and a bill that nobody paid. A chief engineer asked for new"
    " pumps in writing and was told to wait for the next budget. The yard had offered a date in"
    " April. An inspector signed the ship's papers after a walk of twenty minutes, the documents"
    " say. The company declined to comment on single pages of a file that it called incomplete."
    " A lawyer for two of the crew said that they had spoken up and been moved to other ships."
    " The shipping office wants to publish the whole file next week. A member of parliament asked"
    " for a hearing before the summer. The union called for every ship of that class to stay in"
    " port until its pumps are changed. Insurers have sent two people of their own to the quay."
)
"""So much text that items count as full; who writes in their own words has their own."""


class Feeds:
    """The papers' feeds: each begins with an old item, which is no news."""

    def __init__(self, web: WebServer) -> None:
        self._web = web
        self._items: dict[str, list[str]] = {paper: [] for paper in PAPERS}
        for paper in PAPERS:
            self.show(paper, "To our readers", f"The {paper} wishes its readers a good summer.")

    def url(self, paper: str) -> str:
        return self._web.url(f"/{paper}/feed")

    def show(self, paper: str, title: str, text: str, *, again: bool = False) -> None:
        """Put an item into a paper's feed, or, `again`, in the place of its newest."""
        items = self._items[paper]
        if again:
            items.pop()
        link = self._web.url(f"/{paper}/{len(items)}")
        items.append(
            f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{format_datetime(datetime.now(UTC))}</pubDate>"
            f"<description>{escape(f'<p>{text}</p>')}</description></item>"
        )
        feed = f"<title>{paper}</title><link>{self._web.url('/')}</link>{''.join(items)}"
        body = f"<rss version='2.0'><channel>{feed}</channel></rss>"
        self._web.page(f"/{paper}/feed", body, "application/rss+xml")

    def show_in(self, papers: Sequence[str], title: str, text: str) -> None:
        for paper in papers:
            self.show(paper, title, text)


class Office:
    """The host's side: polls feeds at once, and knows when all news was read."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._outbox = Outbox(newsroom.engine)

    def poll(self, *urls: str) -> None:
        """Have these feeds polled now; ends when what they brought was read by the publisher."""
        asked = datetime.now(UTC)
        for url in urls:
            self._newsroom.feeds.pause(url)
            self._newsroom.feeds.resume(url)
        until(lambda: all(self._polled(url, asked) for url in urls))
        until(self._read)

    def _polled(self, url: str, since: datetime) -> bool:
        last = self._newsroom.feeds.find(url).last_success
        return last is not None and last >= since

    def _read(self) -> bool:
        read = self._outbox.read_to()
        return read is not None and read[0] >= self._newsroom.last_news()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT
    while not holds():
        if time.monotonic() > end:
            sys.exit("it did not happen in time")
        time.sleep(0.2)


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="newsdesk-news-") as name,
        WebServer() as web,
        TelegramServer(limits=True) as server,
    ):
        folder, feeds = Path(name), Feeds(web)
        settings = BotSettings(data_dir=folder, allow_private_network=True, fetch_delay=0)
        with Newsroom(settings) as newsroom:
            for paper in PAPERS:
                newsroom.feeds.add(feeds.url(paper))
            with bot_process(server, folder, ALLOW_PRIVATE_NETWORK="true", FETCH_DELAY="0"):
                chats = subscribe(server)
                until(lambda: all(f.last_success for f in newsroom.feeds.followed()))
                tell(feeds, Office(newsroom), chats)
    good = all(as_it_should_be(chat) for chat in chats)
    for chat in chats:
        print(f"== {chat.kind}: {chat.title}\n{transcript(chat)}\n")
    print("as it should be" if good else "WRONG")
    sys.exit(not good)


def subscribe(server: TelegramServer) -> list[Chat]:
    """A group, a forum topic and a channel that want to hear of it, set up by their admin."""
    ada = server.person("Ada")
    group = server.group("Sailors", admins=[ada])
    forum = server.forum("Town", ["Sea"], admins=[ada])
    channel, private = server.channel("Harbour News", [ada]), server.private_chat(ada)
    for chat, topic in ((group, None), (forum, "Sea")):
        chat.say(ada, f"/subscribe {TOPIC}", topic=topic)
        saved(chat, ada)
    channel.bot_promoted(ada)
    private.wait(timeout=WAIT)
    private.say(ada, "/channels")
    [page] = private.wait(timeout=WAIT)
    private.press(ada, page, channel.title)
    private.wait_for(lambda m: "Subscribe" in m.buttons, WAIT)
    private.press(ada, page, "Subscribe")
    [guide] = private.wait(timeout=WAIT)
    private.press(ada, guide, "Keywords")
    private.wait(timeout=WAIT)
    private.say(ada, TOPIC)
    saved(private, ada)
    return [group, forum, channel]


def saved(chat: Chat, admin: User) -> None:
    [preview] = chat.wait(timeout=WAIT)
    chat.press(admin, preview, "✓ Subscribe")
    chat.wait_for(lambda m: m is preview and m.text.startswith("✓"), WAIT)


def tell(feeds: Feeds, office: Office, chats: list[Chat]) -> None:
    """Let the story happen; print how long each part took to the last chat."""
    title, text = FIRST["title"], TEXT + MORE
    stages: list[tuple[str, Callable[[], None], list[str], Callable[[Chat], bool]]] = [
        ("first report", lambda: feeds.show("Northline", title, text), ["Northline"], has_post),
        (
            "three reprints",
            lambda: feeds.show_in(PAPERS[1:4], title, text),
            list(PAPERS[1:4]),
            has_post,
        ),
        (
            "a new fact",
            lambda: feeds.show("Gazette", NEW_FACT["title"], NEW_FACT["text"] + OTHER),
            ["Gazette"],
            lambda chat: len(posts(chat)) > 1,
        ),
        (
            "a correction",
            lambda: feeds.show("Northline", title, text.replace("Twelve", "Fifteen"), again=True),
            ["Northline"],
            lambda chat: bool(posts(chat)[0].edits),
        ),
    ]
    for name, happen, papers, told in stages:
        begun = time.monotonic()
        happen()
        office.poll(*map(feeds.url, papers))
        until(lambda told=told: all(map(told, chats)))  # type: ignore[misc]
        print(f"{name}: {time.monotonic() - begun:.1f} s")
    time.sleep(10)  # whatever else might come


def posts(chat: Chat) -> list:  # type: ignore[type-arg]
    """What the bot wrote of the story, its part of setting up left out."""
    return [m for m in chat.answers if "Ferry" in m.text or "steering" in m.text]


def has_post(chat: Chat) -> bool:
    return bool(posts(chat))


def as_it_should_be(chat: Chat) -> bool:
    """One post, edited once; one reply to it; nothing else."""
    told = posts(chat)
    return (
        len(told) == 2
        and told[0].edits == 1
        and "Corrected" in told[0].text
        and told[1].reply_to is told[0]
        and told[1].edits == 0
    )


if __name__ == "__main__":
    main()
