"""The article in a document: its text, and what the document says of it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.errors import SourceError
from ingest.reading.decode import decode
from ingest.text.times import parse_time


@dataclass(frozen=True, slots=True)
class Extract:
    """An article as a document tells it; paragraphs are parted by line breaks."""

    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None


def from_text(text: str) -> Extract:
    """Plain text says nothing of itself; cleaning finds its headline."""
    return Extract(text)


def from_markdown(text: str) -> Extract:
    """Markdown without its marks; front matter (`title: …`) and the first heading are used."""
    front, body = _front_matter(text)
    title = front.get("title")
    heading = re.search(r"^#{1,2}\s+(.+?)\s*#*$", body, re.MULTILINE)
    if heading:
        title = title or _unmarked(heading[1])
        if _unmarked(heading[1]) == title:
            body = body[: heading.start()] + body[heading.end() :]
    authors = front.get("authors") or front.get("author") or ""
    return Extract(
        text="\n\n".join(filter(None, map(_unmarked, re.split(r"\n\s*\n", body)))),
        title=title,
        url=front.get("url") or front.get("canonical"),
        source=front.get("source"),
        authors=tuple(name.strip() for name in authors.split(",") if name.strip()),
        published=parse_time(front.get("published") or front.get("date")),
        updated=parse_time(front.get("updated")),
        language=front.get("language") or front.get("lang"),
    )


def from_pdf(body: bytes, name: str) -> Extract:
    """The text layer of a PDF; a scanned one has none and is an error that says so."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # we report the error ourselves
    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(name, "is an encrypted PDF")
        text = "\n\n".join(_joined_lines(page.extract_text()) for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(name, f"is not a readable PDF: {error}") from error
    if not text.strip():
        raise SourceError(name, "is a PDF without text (a scan?)")
    return Extract(text, title=str(title).strip() or None if title else None)


def from_html(body: bytes, url: str | None, charset: str | None, name: str) -> Extract:
    """The article of a web page, without menus and the like (trafilatura)."""
    import trafilatura

    html = decode(body, name, charset or _declared_charset(body))
    try:
        found = trafilatura.bare_extraction(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AssertionError, RecursionError) as error:
        raise SourceError(name, f"is not readable HTML: {error}") from error
    text = getattr(found, "text", None)
    if not text:
        raise SourceError(name, "has no readable article text")
    stated = _stated(html)
    return Extract(
        text=text,
        title=getattr(found, "title", None),
        url=stated.get("canonical"),
        source=getattr(found, "sitename", None),
        authors=_names(getattr(found, "author", None)),
        published=parse_time(stated.get("published")) or parse_time(getattr(found, "date", None)),
        updated=parse_time(stated.get("updated")),
        language=stated.get("language"),
    )


def html_to_text(html: str) -> str:
    """The words of a piece of HTML, such as a feed's summary; blocks end lines."""
    from lxml import html as parser
    from lxml.etree import LxmlError

    if "<" not in html and "&" not in html:
        return html.strip()
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", html)
    try:
        root = parser.fragment_fromstring(clean, create_parent="div")
    except (LxmlError, ValueError):
        return re.sub(r"<[^>]*>", " ", clean).strip()
    for element in root.iter("script", "style"):
        element.text = None
    for element in root.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        element.tail = f"\n{element.tail or ''}"
        if element.tag != "br":
            element.text = f"\n{element.text or ''}"
    lines = (re.sub(r"\s+", " ", line).strip() for line in root.text_content().split("\n"))
    return "\n".join(filter(None, lines))


_META = {
    "article:published_time": "published",
    "article:modified_time": "updated",
    "datepublished": "published",
    "datemodified": "updated",
    "date": "published",
}


def _stated(html: str) -> dict[str, str]:
    """What the page says of itself in its head: times, canonical address, language."""
    from lxml import html as parser
    from lxml.etree import LxmlError

    try:
        root = parser.fromstring(html.encode("utf-8", "replace"), parser=_utf8_parser())
    except (LxmlError, ValueError):
        return {}
    stated = dict(_json_ld(root))
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("itemprop") or meta.get("name") or ""
        if name.lower() in _META and meta.get("content"):
            stated.setdefault(_META[name.lower()], meta.get("content") or "")
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            stated.setdefault("canonical", link.get("href") or "")
    if root.get("lang"):
        stated["language"] = root.get("lang") or ""
    return stated


def _utf8_parser() -> Any:
    from lxml import html as parser

    return parser.HTMLParser(encoding="utf-8", huge_tree=False)


def _json_ld(root: Any) -> Iterator[tuple[str, str]]:
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        things = data.get("@graph", [data]) if isinstance(data, dict) else data
        for thing in things if isinstance(things, list) else ():
            for name, ours in (("datePublished", "published"), ("dateModified", "updated")):
                if isinstance(thing, dict) and isinstance(thing.get(name), str):
                    yield ours, thing[name]


def _declared_charset(body: bytes) -> str | None:
    found = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", body[:4096], re.IGNORECASE)
    return found[1].decode("ascii") if found else None


def _names(author: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (author or "").split(";") if name.strip())


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = re.match(r"\ufeff?---\s*\n(.*?)\n---\s*\n", text, re.DOTALL)
    if not found:
        return {}, text
    pairs = (line.partition(":") for line in found[1].splitlines() if ":" in line)
    front = {name.strip().lower(): value.strip().strip("\"'") for name, _, value in pairs}
    return front, text[found.end() :]


def _unmarked(paragraph: str) -> str:
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", "", paragraph)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+\.\s+)", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    text = re.sub(r"(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)", r"\1", text)
    return re.sub(r"\s*\n\s*", " ", text).strip()


def _joined_lines(text: str) -> str:
    """A PDF page's lines as paragraphs: a line that ends a sentence ends its paragraph."""
    text = re.sub(r"(\w)-\n(?=[a-z])", r"\1", text)
    return re.sub(r"(?<![.!?:”\"\n])\n(?!\n)", " ", text)
