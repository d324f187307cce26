"""Feeds written to do harm, or without care: each is read, or refused in clear words."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.polling.poll import parse_feed
from ingest.sources.feeds import Feed, read_opml
from ingest.sources.fetch import Page
from tests.support.web import WebServer

ITEM = "<item><title>{0}</title><link>/story/{0}</link><description>{0} text</description></item>"
LOL = "".join(
    f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10)
)  # a billion of them, were they to unfold


def rss(inside: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'.encode()


def read(body: bytes, content_type: str = "application/rss+xml") -> Feed:
    return parse_feed(Page("https://feed.example/rss", body, content_type), "the feed")


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def test_entities_that_unfold_without_end_take_no_memory() -> None:
    """A billion laughs, and one long entity used many times, are read or refused within 50 MB."""
    laughs = f'<!DOCTYPE rss [<!ENTITY lol0 "lol">{LOL}]>'
    long = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'
    for head, inside in ((laughs, "&lol9;"), (long, "&a;" * 10_000)):
        tracemalloc.start()
        with suppress(SourceError):
            feed = read(rss(ITEM.format(inside), head))
            assert all(len(item.html) < 10_000_000 for item in feed.items)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 50e6


def test_entities_of_other_places_are_not_fetched(web: WebServer, tmp_path: Path) -> None:
    """Neither a file of this machine nor an address is read because a feed names it."""
    secret = web.page("/secret", "the secret")
    file = tmp_path / "file"
    file.write_text("the secret")
    for place in (secret, file.as_uri()):
        head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{place}">]>'
        for item in read(rss(ITEM.format("a &x; b"), head)).items:
            assert "secret" not in item.html
    assert web.requests == []


def test_a_list_of_feeds_that_unfolds_is_refused() -> None:
    """OPML goes through its own parser; it is as careful."""
    head = f'<!DOCTYPE opml [<!ENTITY lol0 "lol">{LOL}]>'
    with pytest.raises(SourceError):
        read_opml(f'{head}<opml><body><outline text="&lol9;"/></body></opml>', "list")


def test_fifty_thousand_items_are_read() -> None:
    """All of them, each with its own address."""
    body = rss("".join(ITEM.format(n) for n in range(50_000)))
    feed = read(body)
    assert len({item.url for item in feed.items}) == 50_000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><html><body>Log in</body></html>", "is a web page, not a feed"),
        (b"", "is not a readable feed"),
        (b"\x00\x01\x02\x03" * 100, "is not a readable feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": 7}', "without items"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "is not valid JSON"),
    ],
)
def test_what_is_no_feed_is_told(body: bytes, reason: str) -> None:
    """The reason says what it is instead."""
    with pytest.raises(SourceError, match=reason):
        read(body)


def test_encodings_and_addresses_are_set_right() -> None:
    """A feed in Latin-1 that says so, one that says UTF-8 and is not, links without a host."""
    latin = b'<?xml version="1.0" encoding="iso-8859-1"?>' + rss(
        ITEM.format("Caf\u00e9")
    ).decode().encode("latin-1")
    [item] = read(latin).items
    assert item.title == "Caf\u00e9"
    assert item.url == "https://feed.example/story/Caf%C3%A9" or "Caf" in (item.url or "")
    lying = b'<?xml version="1.0" encoding="utf-8"?>' + rss(
        ITEM.format("Caf\u00e9")
    ).decode().encode("cp1252")
    [item] = read(lying).items
    assert (item.title or "").startswith("Caf")


def test_wishes_of_a_feed_are_read() -> None:
    """ttl, skipHours and skipDays, which the parser leaves out."""
    inside = "<ttl>90</ttl><skipHours><hour>1</hour><hour> 2 </hour></skipHours>"
    feed = read(rss(f"{inside}<skipDays><day>Sunday</day></skipDays>{ITEM.format('a')}"))
    assert (feed.ttl_minutes, feed.skip_hours, feed.skip_days) == ("90", ("1", "2"), ("Sunday",))
