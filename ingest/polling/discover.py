"""Finds the feeds of a site from one of its pages."""

from __future__ import annotations

from urllib.parse import urljoin

from ingest.errors import SourceError
from ingest.sources.addresses import web_address
from ingest.sources.fetch import Page
from ingest.sources.kinds import Kind, kind_of
from ingest.sources.polite import Polite

TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
COMMON = ("/feed", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json", "/rss")
FEEDS = frozenset({Kind.FEED, Kind.JSON_FEED})


def find_feeds(url: str, web: Polite) -> list[Page]:
    """The feeds behind an address, fetched: itself if it is one, else those that its page names,
    else the first that is in one of the usual places. SourceError if there are none."""
    page = web.get(url)
    if kind_of(page.body, page.content_type) in FEEDS:
        return [page]
    named = [_fetched(link, web) for link in feed_links(page)]
    found = [feed for feed in named if feed]
    if not found:
        usual = (_fetched(urljoin(page.url, place), web) for place in COMMON)
        found = [feed for feed in usual if feed][:1]
    if not found:
        raise SourceError(url, "is no feed, and none was found there; give the feed's own address")
    return found


def feed_links(page: Page) -> list[str]:
    """The addresses of the feeds that a page names in its head, each once; comments left out."""
    from lxml import html
    from lxml.etree import LxmlError

    try:
        root = html.document_fromstring(page.body or b"<html></html>")
    except (LxmlError, ValueError):
        return []
    links = []
    for link in root.iter("link"):
        alternate = "alternate" in (link.get("rel") or "").lower().split()
        if alternate and (link.get("type") or "").lower().strip() in TYPES:
            address = web_address(link.get("href"), page.url)
            comments = "comments" in f"{link.get('title')} {address}".lower()
            if address and not comments:
                links.append(address)
    return list(dict.fromkeys(links))


def _fetched(url: str, web: Polite) -> Page | None:
    try:
        page = web.get(url)
    except SourceError:
        return None
    return page if kind_of(page.body, page.content_type) in FEEDS else None
