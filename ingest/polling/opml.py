"""Feeds as OPML, the list format that feed readers exchange."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from ingest.feed import FollowedFeed


def to_opml(feeds: Iterable[FollowedFeed]) -> str:
    """An OPML 2.0 document that any feed reader imports."""
    root = Xml.Element("opml", version="2.0")
    Xml.SubElement(Xml.SubElement(root, "head"), "title").text = "Newsdesk"
    body = Xml.SubElement(root, "body")
    for feed in feeds:
        title = feed.title or feed.url
        Xml.SubElement(body, "outline", type="rss", text=title, title=title, xmlUrl=feed.url)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
