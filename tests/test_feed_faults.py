"""Feeds written to do harm, or without care: each is read, or refused in clear words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest import Settings
from ingest.article import Article, Submission
from ingest.errors import SourceError
from ingest.polling.poll import parse_feed
from ingest.reading.clean import to_article
from ingest.reading.extract import html_to_text
from ingest.sources.feeds import Feed, read_opml
from ingest.sources.fetch import Page
from ingest.sources.polite import Polite
from ingest.sources.read import read_source
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


def test_entities_that_unfold_without_end_take_no_memory(tmp_path: Path) -> None:
    """A billion laughs, and one long entity used many times, are read or refused within 150 MB."""
    laughs = f'<!DOCTYPE rss [<!ENTITY lol0 "lol">{LOL}]>'
    long = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'
    for head, inside in ((laughs, "&lol9;"), (long, "&a;" * 10_000)):
        file = tmp_path / "bomb.xml"
        file.write_bytes(rss(ITEM.format(inside), head))
        assert megabytes_to_read(file) < 150


def megabytes_to_read(file: Path) -> float:
    """What a process of its own takes more after reading a feed than before (also in C)."""
    script = f"""
import resource
from pathlib import Path
from tests.test_feed_faults import ITEM, SourceError, read, rss, suppress
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read(rss(ITEM.format("a")))
before = peak()
with suppress(SourceError):
    assert all(len(item.html) < 10_000_000 for item in read(Path({str(file)!r}).read_bytes()).items)
print((peak() - before) / (1024 if sys.platform == "linux" else 1024**2))
"""
    code = f"import sys\nsys.path.insert(0, {str(Path(__file__).parent.parent)!r}){script}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


ATTRIBUTES = " ".join(f"a{n}='x'" for n in range(50_000))
HOSTILE = {
    "a tag with very many attributes": rss(f"<item {ATTRIBUTES}><title>a</title></item>"),
    "the same in UTF-16": rss(f"<item {ATTRIBUTES}/>").decode().encode("utf-16"),
    "comments that never end": rss(ITEM.format(f"<![CDATA[{'<!--' * 100_000}]]>")),
    "lists that never end": rss("<skipHours>" * 100_000),
    "blanks in a list": rss(f"<skipHours>{'<hour>' + ' ' * 1_900}</skipHours>" * 500),
    "tags in tags": rss(ITEM.format("&lt;div&gt;" * 100_000)),
    "elements in elements": rss("<a>" * 50_000),
    "nothing but brackets": rss(ITEM.format(f"<![CDATA[{'<' * 300_000}]]>")),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_what_is_made_to_take_long_does_not(body: bytes) -> None:
    """Read or refused in seconds; the time does not grow with the square of the size."""
    with suppress(SourceError):
        for item in read(body).items:
            html_to_text(item.html)


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


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("iso-8859-1", "iso-8859-1"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("no-such-encoding", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings_are_set_right(declared: str, real: str) -> None:
    """A feed that names its encoding, one that names another than it has, one that names none."""
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    [item] = read(rss(ITEM.format("Caf\u00e9"), head).decode().encode(real)).items
    assert item.title == "Caf\u00e9"


def test_links_without_a_host_are_seen_from_the_feed() -> None:
    """From where the feed was found, or from what it names as its base; others are no links."""
    links = ("/a", "b", "//c.example/d", "?e=1", "mailto:x@y.example", "http://[bad", "")
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
    assert [item.url for item in read(rss(items)).items] == [
        "https://feed.example/a", "https://feed.example/b", "https://c.example/d",
        "https://feed.example/rss?e=1", None, None, None,
    ]  # fmt: skip
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/x/">'
        b'<entry><title>t</title><link href="y"/></entry></feed>'
    )
    assert [item.url for item in read(atom).items] == ["https://other.example/x/y"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("AT&amp;amp;T rises", "AT&T rises"),
        ("&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; move", "Bold move"),
        ("&lt;em&gt;Em&lt;/em&gt; &amp;quot;x&amp;quot;", 'Em "x"'),
        ("<![CDATA[It&#8217;s <i>late</i>]]>", "It’s late"),
        ("5 &lt; 6 and 7 &gt; 6", "5 < 6 and 7 > 6"),
        ("&lt;script&gt;bad()&lt;/script&gt;Good", "Good"),
    ],
)
def test_titles_escaped_once_or_twice_are_words(title: str, shown: str, tmp_path: Path) -> None:
    """No marks and no entities are left of them."""
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(f"<item><title>{title}</title><description>Text.</description></item>"))
    assert [article.title for article in articles_of(file)] == [shown]


def articles_of(file: Path) -> list[Article]:
    """The articles of a feed in a file, without what is behind its links."""
    settings = Settings()
    arrivals = read_source(str(file), settings, Polite(settings))
    return [to_article(arrival) for arrival in arrivals if isinstance(arrival, Submission)]


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("Tue, 12 May 2026 21:15:00 GMT", True),
        ("2026-05-12T21:15:00Z", True),
        ("Tue, 12 May 2999 21:15:00 GMT", False),
        ("Thu, 01 Jan 1970 00:00:00 GMT", False),
        ("9999-12-31T23:59:59-23:00", False),
        ("Tue, 99 May 2026", False),
        ("yesterday", False),
        ("1" * 10_000, False),
        ("", False),
    ],
)
def test_a_date_that_can_not_be_is_no_date(date: str, known: bool, tmp_path: Path) -> None:
    """The item is read all the same; only a date that makes sense is kept."""
    file = tmp_path / "feed.xml"
    item = f"<item><title>T</title><description>Text.</description><pubDate>{date}</pubDate></item>"
    file.write_bytes(rss(item))
    [article] = articles_of(file)
    assert article.published == (datetime(2026, 5, 12, 21, 15, tzinfo=UTC) if known else None)


def test_wishes_of_a_feed_are_read() -> None:
    """ttl, skipHours and skipDays, which the parser leaves out."""
    inside = "<ttl>90</ttl><skipHours><hour>1</hour><hour> 2 </hour></skipHours>"
    feed = read(rss(f"{inside}<skipDays><day>Sunday</day></skipDays>{ITEM.format('a')}"))
    assert (feed.ttl_minutes, feed.skip_hours, feed.skip_days) == ("90", ("1", "2"), ("Sunday",))
