"""Tells what kind of document some bytes are, from what is in them."""

from __future__ import annotations

from enum import StrEnum

_HEAD = 2048


class Kind(StrEnum):
    """The kinds of documents that we read."""

    PDF = "pdf"
    FEED = "feed"
    JSON_FEED = "json feed"
    OPML = "opml"
    HTML = "html"
    TEXT = "text"
    UNKNOWN = "unknown"


def kind_of(body: bytes, content_type: str = "") -> Kind:
    """What `body` is. Its beginning is believed first, then the declared type."""
    if body[:5] == b"%PDF-":
        return Kind.PDF
    head = body[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    found = _by_markup(head)
    if found:
        return found
    if content_type in {"text/html", "application/xhtml+xml"}:
        return Kind.HTML
    if "rss" in content_type or "atom" in content_type:
        return Kind.FEED
    return Kind.TEXT if content_type.startswith("text/") else Kind.UNKNOWN


def _by_markup(head: bytes) -> Kind | None:
    if head.startswith(b"{") and b"jsonfeed.org/version" in head:
        return Kind.JSON_FEED
    if not head.startswith(b"<"):
        return None
    if b"<html" in head or b"<!doctype html" in head:
        return Kind.HTML
    if b"<opml" in head:
        return Kind.OPML
    if any(tag in head for tag in (b"<rss", b"<feed", b"<rdf:rdf", b"<channel")):
        return Kind.FEED
    return Kind.HTML if any(tag in head for tag in (b"<head", b"<body", b"<article")) else None
