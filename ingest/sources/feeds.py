"""RSS, Atom and JSON feeds, and OPML lists of feeds, as plain values."""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ingest.errors import SourceError
from ingest.sources.addresses import web_address
from ingest.text.times import parse_time

MAX_ATTRIBUTES = 1000
"""Of one tag: the time that feedparser takes for a tag grows with their square."""
MAX_LISTED = 2000
_MANY_ATTRIBUTES = re.compile(
    rb"<[\w:.-]++(?:\s++[^\s=<>\"']++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+')){%d}"
    % (MAX_ATTRIBUTES + 1)
)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item as its feed tells it; `html` is the longest text that the feed has of it."""

    guid: str
    html: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's name and its items, in the feed's order."""

    title: str | None
    items: tuple[FeedItem, ...]
    ttl_minutes: str | None = None
    skip_hours: tuple[str, ...] = ()
    skip_days: tuple[str, ...] = ()
    """When the feed asks not to be polled, as it writes it."""


def read_xml_feed(body: bytes, url: str | None, name: str) -> Feed:
    """An RSS or Atom feed at `url`; SourceError if nothing in it can be read."""
    import feedparser

    if _MANY_ATTRIBUTES.search(body.replace(b"\0", b"")):
        raise SourceError(
            name, f"is not a readable feed: a tag has over {MAX_ATTRIBUTES} attributes"
        )
    # We take the words out of the HTML ourselves; feedparser's cleaning can take minutes.
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.entries:
        raise SourceError(
            name, f"is not a readable feed: {parsed.get('bozo_exception', 'no items')}"
        )
    base = url or parsed.feed.get("link")
    title = parsed.feed.get("title") or None
    return Feed(
        title,
        tuple(_xml_item(entry, base, title) for entry in parsed.entries),
        parsed.feed.get("ttl"),
        _listed(body, b"skipHours", b"hour"),
        _listed(body, b"skipDays", b"day"),
    )


def _listed(body: bytes, name: bytes, part: bytes) -> tuple[str, ...]:
    """The parts of a list such as <skipHours>, which feedparser leaves out."""
    start = body.find(b"<%b>" % name)
    end = body.find(b"</%b>" % name, start, start + MAX_LISTED) if start >= 0 else -1
    inside = body[start:end] if end >= 0 else b""
    parts = re.findall(rb"<%b>\s*+(\w++)\s*+</%b>" % (part, part), inside)
    return tuple(value.decode("ascii", "ignore") for value in parts)


def read_json_feed(text: str, url: str | None, name: str) -> Feed:
    """A JSON Feed (versions 1 and 1.1); what is not of the right type is taken as missing."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(name, f"is not valid JSON: {error}") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise SourceError(name, "is a JSON feed without items")
    base = url or _string(data, "home_page_url")
    title = _string(data, "title")
    return Feed(title, tuple(_json_item(i, base, title) for i in items if isinstance(i, dict)))


def read_opml(text: str, name: str) -> list[str]:
    """The addresses of an OPML file's feeds, in its order; SourceError if there are none."""
    import listparser

    found = listparser.parse(text)
    urls = [url for feed in found.feeds if (url := web_address(feed.url))]
    if not urls:
        raise SourceError(name, "is an OPML file in which no feed was found")
    return urls


def _xml_item(entry: Any, base: str | None, feed_title: str | None) -> FeedItem:
    texts = [part.get("value") or "" for part in entry.get("content", [])]
    texts.append(entry.get("summary") or "")
    authors = [author.get("name") for author in entry.get("authors", [])]
    return FeedItem(
        guid=str(entry.get("id") or entry.get("link") or entry.get("title") or ""),
        html=max(texts, key=len),
        title=entry.get("title") or None,
        url=web_address(entry.get("link"), base),
        source=entry.get("source", {}).get("title") or feed_title,
        authors=tuple(name for name in authors if name),
        published=_time(entry.get("published_parsed")),
        updated=_time(dict.get(entry, "updated_parsed")),
    )


def _json_item(item: Mapping[str, Any], base: str | None, feed_title: str | None) -> FeedItem:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    texts = [_string(item, name) or "" for name in ("content_html", "content_text", "summary")]
    return FeedItem(
        guid=str(item.get("id") or item.get("url") or ""),
        html=next(filter(None, texts), ""),
        title=_string(item, "title"),
        url=web_address(item.get("url"), base),
        source=feed_title,
        authors=tuple(
            name for a in authors or () if isinstance(a, dict) and (name := _string(a, "name"))
        ),
        published=parse_time(item.get("date_published")),
        updated=parse_time(item.get("date_modified")),
    )


def _string(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _time(parsed: Any) -> datetime | None:
    """feedparser's times are UTC; a feed that names no zone is taken to mean UTC."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
