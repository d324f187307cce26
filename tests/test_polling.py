"""Feeds that look after themselves, over a real web server, with a clock that the test sets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ingest import Depth, Newsroom, Settings, SourceError, Summary
from ingest.archive.feeds import FeedStore
from ingest.cli import app
from ingest.clock import SetClock
from ingest.feed import FeedState
from ingest.polling.desk import FeedDesk
from ingest.polling.poll import Poller
from ingest.polling.schedule import LONGEST, SHORTEST, Wishes, interval_for, next_poll, wishes_of
from tests.support.servers import postgres
from tests.support.web import WebServer

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
TEXT = " ".join(f"The tram line {n} will cross the river in the year {2030 + n}." for n in range(8))


class Desk(FeedDesk):
    """A desk whose clock and newsroom the test can reach."""

    def __init__(self, newsroom: Newsroom, web: WebServer) -> None:
        self.clock = SetClock(NOW)
        self.newsroom = newsroom
        self.web = web
        super().__init__(FeedStore(newsroom.engine), newsroom, self.clock, random.Random(1))

    def poll(self, hours: float = 12.5) -> Summary:
        """Poll what is due after some hours."""
        self.clock.sleep(hours * 3600)
        return self.poll_due(workers=1)


@contextmanager
def a_desk(tmp_path: Path, **settings: str) -> Iterator[Desk]:
    settings_ = Settings(
        data_dir=tmp_path / "data",
        allow_private_network=True,
        fetch_timeout=5,
        fetch_delay=2,
        **settings,  # type: ignore[arg-type]
    )
    with WebServer() as web, Newsroom(settings_) as newsroom:
        yield Desk(newsroom, web)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        yield desk


def item(name: str, text: str = TEXT * 3, guid: str = "", link: str | None = None) -> str:
    address = f"https://paper.example/{name}" if link is None else link
    linked = f"<link>{address}</link>" if address else ""
    return (
        f"<item><title>{name}</title>{linked}<guid>{guid or name}</guid>"
        f"<description><![CDATA[<p>{text}</p>]]></description></item>"
    )


def feed(*items: str, extra: str = "") -> str:
    return (
        '<rss version="2.0"><channel><title>The Observer</title>'
        f"{extra}{''.join(items)}</channel></rss>"
    )


def serve(desk: Desk, *items: str, path: str = "/feed", extra: str = "", **headers: str) -> str:
    return desk.web.page(path, feed(*items, extra=extra), "application/rss+xml", 200, **headers)


def test_a_feed_is_followed_and_gives_each_item_once(desk: Desk) -> None:
    """New items come in at each poll; repeated ones and changed guids embed nothing; a changed
    text is a new version."""
    url = serve(desk, item("a"), item("b"))
    [followed] = desk.add(url)
    assert (followed.title, followed.state) == ("The Observer", FeedState.ACTIVE)
    assert desk.poll().new == 2
    serve(desk, item("c"), item("a", guid="other"), item("a"), item("b", guid="x"))
    again = desk.poll()
    assert (again.new, again.updated, again.embedded > 0) == (1, 0, True)
    serve(desk, item("a", text=TEXT.replace("river", "canal") * 3))
    changed = desk.poll()
    assert (changed.new, changed.updated) == (0, 1)
    [article] = [a for a in desk.newsroom.latest() if a.title == "a"]
    assert (article.version, article.source) == (2, "The Observer")
    assert desk.poll().found == 0


def test_what_has_not_changed_is_not_sent_again(desk: Desk) -> None:
    """The server's ETag and date are sent back, and its 304 is a success without items."""
    desk.add(serve(desk, item("a"), ETag='"1"', Last_Modified="Fri, 01 May 2026 07:00:00 GMT"))
    desk.poll()
    asked: list[dict[str, str]] = []
    desk.web.conditional("/feed", asked)
    assert desk.poll().found == 0
    assert asked == [{"If-None-Match": '"1"', "If-Modified-Since": "Fri, 01 May 2026 07:00:00 GMT"}]
    [state] = desk.followed()
    assert (state.failures, state.last_success) == (0, desk.clock.now())
    assert state.etag == '"1"'


def test_a_feed_that_fails_keeps_its_reason_backs_off_and_recovers(desk: Desk) -> None:
    """Each failure doubles the wait, Retry-After is waited for, one success mends all."""
    url = serve(desk, item("a"))
    desk.add(url)
    desk.poll()
    desk.web.page("/feed", "busy", status=503, Retry_After="72000")
    assert desk.poll().failures[0].reason == "answered 503 Service Unavailable"
    [failing] = desk.followed()
    assert (failing.failures, failing.reason) == (1, "answered 503 Service Unavailable")
    assert failing.next_poll >= desk.clock.now() + timedelta(hours=20)
    desk.web.page("/feed", "<html><body>Log in</body></html>")
    assert "is a web page, not a feed" in desk.poll(24).failures[0].reason
    assert desk.followed()[0].failures == 2
    serve(desk, item("b"))
    assert desk.poll(24).new == 1
    assert (desk.followed()[0].failures, desk.followed()[0].reason) == (0, "")


def test_a_feed_that_moves_is_followed_and_one_that_is_gone_is_retired(desk: Desk) -> None:
    """A permanent redirect changes the address, a temporary one does not; 410 ends polling."""
    url = serve(desk, item("a"))
    desk.add(url)
    new = serve(desk, item("b"), path="/new")
    desk.web.redirect("/feed", "/new")
    desk.poll()
    assert desk.followed()[0].url == url
    desk.web.page("/feed", "", status=301, Location="/new")
    desk.poll()
    assert desk.followed()[0].url == new
    desk.web.page("/new", "gone", status=410)
    desk.poll()
    assert desk.followed()[0].state is FeedState.RETIRED
    before = len(desk.web.requests)
    desk.poll(100)
    assert len(desk.web.requests) == before
    assert desk.resume(new).url == new
    assert desk.followed()[0].state is FeedState.ACTIVE


def test_robots_txt_is_asked_before_pages_and_obeyed(desk: Desk) -> None:
    """A page that may not be read leaves the feed's teaser; the feed itself is no page."""
    page = f"<html><body><article><p>{TEXT}</p><p>{TEXT[::-1]}</p></article></body></html>"
    desk.web.page("/open/b", page)
    desk.web.page("/closed/a", page)
    desk.web.page("/robots.txt", "User-agent: *\nDisallow: /closed\nDisallow: /feed", "text/plain")
    links = [desk.web.url("/closed/a"), desk.web.url("/open/b")]
    desk.add(serve(desk, *(item(x[-1], "A teaser of it.", link=x) for x in links)))
    desk.poll()
    depths = {a.title: a.depth for a in desk.newsroom.latest()}
    assert depths == {"a": Depth.TEASER, "b": Depth.FULL}
    assert "/closed/a" not in desk.web.requests
    assert desk.web.requests.count("/robots.txt") == 1


def test_each_host_gets_its_pause(desk: Desk) -> None:
    """FETCH_DELAY, or the site's own longer Crawl-delay, lies between two requests."""
    times: list[datetime] = []
    desk.web.on_request = lambda: times.append(desk.clock.now())
    desk.web.page("/robots.txt", "User-agent: *\nCrawl-delay: 30", "text/plain")
    links = [desk.web.page(f"/{n}", f"<html><p>{TEXT}</p></html>") for n in range(3)]
    desk.add(serve(desk, *(item(str(n), "Short.", link=link) for n, link in enumerate(links))))
    del times[:]
    desk.poll()
    gaps = [(b - a).total_seconds() for a, b in pairwise(times)]
    assert gaps[0] >= 2
    assert all(gap >= 30 for gap in gaps[1:])


def test_a_fresh_page_is_looked_at_again_and_its_correction_found(desk: Desk) -> None:
    """The page of a new item is read again after an hour; the old number is no longer found. A
    page that is gone twice is withdrawn."""
    page = "<html><body><article><p>{}</p><p>{}</p></article></body></html>"
    wrong = "Twelve people were injured when the ferry ran aground off Osterwick on Tuesday."
    link = desk.web.page("/ferry", page.format(wrong, TEXT))
    desk.add(serve(desk, item("Ferry", "A ferry ran aground.", link=link)))
    desk.poll()
    note = "Correction: An earlier version of this article gave a wrong number."
    right = f"{wrong.replace('Twelve', 'Fifteen')} {note}"
    desk.web.page("/ferry", page.format(right, TEXT))
    assert desk.poll(1.5).updated == 1
    [article] = desk.newsroom.latest()
    assert (article.version, article.notice) == (2, note)
    [former] = desk.newsroom.versions(article.id)
    assert ("Twelve" in former.changes[0].before, "Fifteen" in former.changes[0].after) == (
        True,
        True,
    )
    found = " ".join(hit.passage.text for hit in desk.newsroom.search("people injured ferry"))
    assert "Fifteen people" in found
    assert "Twelve people" not in found
    desk.web.page("/ferry", "not here", status=404)
    desk.poll(3)
    assert desk.newsroom.search("people injured ferry")
    desk.poll(6)
    assert desk.newsroom.search("people injured ferry") == []


def test_an_item_that_was_not_stored_is_read_again(desk: Desk) -> None:
    """Dying in the middle of a poll loses nothing: what was seen is noted after it was stored."""
    desk.add(serve(desk, item("a"), item("b")))
    desk.clock.sleep(3600)
    poller = Poller(
        desk._store,
        desk._web,
        clock=desk.clock,
        get_article=desk.newsroom.article,
        withdraw=desk.newsroom.withdraw,
    )
    next(poller.due(workers=1))  # and no more, as if the process had died
    assert desk.poll(0).found == 0, "for a while it is still the dead one's"
    assert desk.poll(1).new == 2


def test_two_pollers_never_poll_the_same_feed(tmp_path: Path) -> None:
    """What one process claimed, another does not get, on PostgreSQL too."""
    with postgres(tmp_path) as url, a_desk(tmp_path, database_url=url) as desk:
        stores = [FeedStore(desk.newsroom.engine) for _ in range(2)]
        for n in range(6):
            stores[0].add(f"https://paper.example/{n}", "", NOW)
        first = stores[0].claim_due(NOW, 4)
        second = stores[1].claim_due(NOW, 10)
        assert (len(first), len(second)) == (4, 2)
        assert not {f.id for f in first} & {f.id for f in second}
        assert len(stores[1].claim_due(NOW + timedelta(hours=1), 10)) == 6, "a lease ends"


def test_several_hosts_are_polled_side_by_side_with_the_same_result(desk: Desk) -> None:
    """Workers change nothing but the time that it takes."""
    port = desk.web.url("/").rsplit(":", 1)[1]
    for n in range(1, 6):
        host = "localhost" if n % 2 else "127.0.0.1"
        serve(desk, item(f"i{n}"), path=f"/f{n}")
        desk._store.add(f"http://{host}:{port}f{n}", "", NOW)
    desk.web.page("/f5", "no", status=500)
    summary = desk.poll_due(workers=3)
    assert (summary.new, summary.failed) == (4, 1)


@pytest.mark.parametrize(
    "bad",
    [
        item("future").replace("<guid>", "<pubDate>Tue, 12 May 2099 21:15:00 GMT</pubDate><guid>"),
        item("no link", link=""),
        item("relative", link="/story/1"),
        item("&amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;", link="/bold"),
    ],
)
def test_careless_feeds_do_no_harm(desk: Desk, bad: str) -> None:
    """The item comes in once, with what can be believed of it."""
    desk.add(serve(desk, bad))
    assert desk.poll().new == 1
    [article] = desk.newsroom.latest()
    assert article.published is None or article.published <= datetime.now(UTC)
    assert "<" not in article.title
    assert "<p" not in article.text
    desk.web.page("/feed", feed(bad), "application/rss+xml", ETag='"2"')
    assert desk.poll().found == 0


def test_a_sites_page_leads_to_its_feeds(desk: Desk) -> None:
    """Those that it names, without comments; else the usual places; else a clear word."""
    serve(desk, item("a"))
    serve(desk, item("b"), path="/comments/feed")
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    head = link.format("/feed") + link.format("/comments/feed") + link.format("/missing")
    site = desk.web.page("/site", f"<html><head>{head}</head></html>")
    assert [f.url for f in desk.add(site)] == [desk.web.url("/feed")]
    plain = desk.web.page("/plain", "<html></html>")
    assert [check.url for check in desk.check(plain)] == [desk.web.url("/feed")]
    del desk.web.answers["/feed"]
    with pytest.raises(SourceError, match="is no feed, and none was found"):
        desk.add(plain)


def test_feeds_go_out_and_come_in_as_opml(desk: Desk, tmp_path: Path) -> None:
    """What was exported is followed again after an import; what is no OPML is told."""
    desk.add(serve(desk, item("a"), extra="<description>&lt;x&gt;</description>"))
    file = tmp_path / "feeds.opml"
    file.write_text(desk.export_opml())
    desk.remove(desk.web.url("/feed"))
    assert desk.followed() == []
    assert desk.import_opml(file) == (1, 1)
    assert desk.import_opml(file) == (0, 1)
    assert [f.url for f in desk.followed()] == [desk.web.url("/feed")]
    file.write_text("<opml><body/></opml>")
    with pytest.raises(SourceError, match="no feed was found"):
        desk.import_opml(file)


def test_the_command_line_looks_after_feeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """add, list, pause, resume, check, export, remove; an unknown feed is told."""
    for name, value in {"ALLOW_PRIVATE_NETWORK": "true", "FETCH_DELAY": "0"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))

    def said(*words: str) -> str:
        result = CliRunner().invoke(app, ["feeds", *words])
        assert result.exit_code == 0, result.output
        return result.output

    with WebServer() as web:
        url = web.page("/feed", feed(item("a")), "application/rss+xml")
        assert "Following 1: The Observer" in said("add", url)
        assert "active" in said("list")
        assert "Paused" in said("pause", "1")
        assert '"state": "paused"' in said("list", "--json")
        assert "Resumed" in said("resume", url)
        assert "1 items: 1 with full text" in said("check", url)
        assert url in said("export")
        assert "Removed" in said("remove", "1")
        unknown = CliRunner().invoke(app, ["feeds", "pause", "9"])
        assert isinstance(unknown.exception, SourceError)
        assert "newsdesk feeds list" in str(unknown.exception)


times = st.lists(
    st.integers(0, 7 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=300
)


@given(times, st.integers(0, 20), st.integers(0, 10**6))
def test_the_wait_stays_within_its_limits(came: list[datetime], failures: int, retry: int) -> None:
    """From five minutes to twelve hours, a little jitter, and never before what was asked for."""
    wait = interval_for(came, NOW, timedelta(days=7))
    assert SHORTEST <= wait <= LONGEST
    wishes = Wishes(retry_after=timedelta(seconds=retry))
    poll = next_poll(NOW, wait, failures, wishes, random.Random(retry))
    assert poll >= NOW + min(wait, LONGEST)
    assert poll >= NOW + min(timedelta(seconds=retry), timedelta(hours=24))
    assert poll <= NOW + max(LONGEST * 1.1, timedelta(hours=24))


def test_a_feed_is_asked_as_often_as_it_publishes() -> None:
    """More items, shorter waits; after a burst ends, longer ones; failures double the wait."""

    def every(minutes: int, count: int) -> list[datetime]:
        return [NOW - timedelta(minutes=minutes * n) for n in range(count)]

    week = timedelta(days=7)
    waits = [interval_for(every(m, 7 * 24 * 60 // m), NOW, week) for m in (10, 60, 240, 1440)]
    assert waits == sorted(waits)
    assert waits[0] == SHORTEST
    lull = [time - timedelta(hours=13) for time in every(60, 100)]
    assert interval_for(lull, NOW, week) > interval_for(every(60, 100), NOW, week)
    hour, chance = timedelta(hours=1), random.Random(1)
    ends = [next_poll(NOW, hour, failures, Wishes(), chance) for failures in range(4)]
    assert ends == sorted(ends)
    assert ends[3] >= NOW + 8 * hour


def test_what_feeds_ask_for_is_read_with_care() -> None:
    """TTL, Cache-Control, Retry-After, skipHours and skipDays; nonsense is no wish."""
    wishes = wishes_of(
        {"cache-control": 'private, max-age="600"', "retry-after": "120"}, NOW, "30", ["1", "x"],
        ["Sunday"],
    )  # fmt: skip
    assert wishes.at_least == timedelta(minutes=30)
    assert wishes.retry_after == timedelta(seconds=120)
    assert (set(wishes.skip_hours), set(wishes.skip_days)) == ({1}, {6})
    dated = wishes_of({"retry-after": "Fri, 01 May 2026 09:00:00 GMT"}, NOW)
    assert dated.retry_after == timedelta(hours=1)
    nonsense = wishes_of(
        {"cache-control": "max-age=-1, max-age", "retry-after": "soon"}, NOW, "inf", [], ["x"]
    )
    assert nonsense == Wishes()
    assert wishes_of({}, NOW, skip_hours=[str(n) for n in range(24)]) == Wishes()
    late = next_poll(
        NOW.replace(hour=23), timedelta(hours=2), 0, Wishes(skip_hours=frozenset({1})),
        random.Random(1),
    )  # fmt: skip
    assert late.hour == 2
