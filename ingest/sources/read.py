"""Reads whatever a person names: a file, a folder, a page, a feed, a list of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.article import Depth, Failure, Submission
from ingest.errors import SourceError
from ingest.reading.decode import decode
from ingest.reading.extract import html_to_text
from ingest.settings import Settings
from ingest.sources.addresses import canonical, host_of, is_address
from ingest.sources.documents import read_document
from ingest.sources.feeds import Feed, FeedItem, read_json_feed, read_opml, read_xml_feed
from ingest.sources.fetch import Page
from ingest.sources.jsonl import read_json_lines
from ingest.sources.kinds import Kind, kind_of
from ingest.sources.polite import Polite

FULL_TEXT = 1000
"""Characters from which a feed item's own text is taken as the whole article."""
SUFFIXES = frozenset(
    {".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".jsonl", ".ndjson", ".gz",
     ".xml", ".rss", ".atom", ".opml", ".json"}
)  # fmt: skip

Arrivals = Iterator[Submission | Failure]


def read_source(source: str, settings: Settings, fetcher: Polite) -> Arrivals:
    """Every article of a source, as it is read; what can't be read comes as a Failure."""
    reader = _Reader(settings, fetcher, source)
    try:
        if is_address(source):
            yield from reader.address(source)
        else:
            yield from reader.path(Path(source).expanduser())
    except SourceError as error:
        yield Failure(error.source, error.reason)


class _Reader:
    """The reading of one source, with what all its parts share."""

    def __init__(self, settings: Settings, fetcher: Polite, origin: str) -> None:
        self._max_bytes = int(settings.fetch_max_mb * 1e6)
        self._fetcher = fetcher
        self._origin = origin

    def address(self, url: str) -> Arrivals:
        page = self._fetcher.page(url).checked(url)
        kind = kind_of(page.body, page.content_type)
        if kind in {Kind.FEED, Kind.JSON_FEED, Kind.OPML}:
            yield from self._listing(page.body, kind, url, page.url, page.charset)
        else:
            yield read_page(page, url, self._origin)

    def path(self, path: Path) -> Arrivals:
        if path.is_dir():
            yield from self._folder(path)
        elif not path.exists():
            raise SourceError(str(path), "does not exist")
        elif path.name.endswith((".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")):
            yield from read_json_lines(path, self._max_bytes)
        else:
            yield from self._file(path)

    def _folder(self, folder: Path) -> Arrivals:
        """Each file in it that we can read, in order; hidden ones and other kinds are left out."""
        files = [
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file()
            and path.suffix.lower() in SUFFIXES
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
        if not files:
            raise SourceError(str(folder), "is a folder without any file that can be read")
        for path in files:
            try:
                yield from self.path(path)
            except SourceError as error:
                yield Failure(error.source, error.reason)

    def _file(self, path: Path) -> Arrivals:
        body = self._bytes_of(path)
        suffix = path.suffix.lower()
        if suffix in {".md", ".markdown", ".txt"}:
            kind = Kind.TEXT
        else:
            kind = kind_of(body, "text/html" if suffix in {".html", ".htm"} else "")
        if kind in {Kind.FEED, Kind.JSON_FEED, Kind.OPML}:
            yield from self._listing(body, kind, str(path), None, None)
            return
        if kind is Kind.UNKNOWN:
            raise SourceError(str(path), "is not a kind of file that can be read")
        yield read_document(
            body,
            kind,
            name=str(path),
            origin=self._origin,
            key=path.resolve().as_posix(),
            markdown=suffix in {".md", ".markdown"},
        )

    def _bytes_of(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > self._max_bytes:
                limit = f"{self._max_bytes / 1e6:g} MB (FETCH_MAX_MB sets the limit)"
                raise SourceError(str(path), f"is larger than {limit}")
            body = path.read_bytes()
        except OSError as error:
            raise SourceError(str(path), f"can't be read: {error.strerror}") from error
        if not body.strip():
            raise SourceError(str(path), "is empty")
        return body

    def _listing(
        self, body: bytes, kind: Kind, name: str, url: str | None, charset: str | None
    ) -> Arrivals:
        """The articles behind a feed, or behind each feed of an OPML list."""
        if kind is Kind.FEED:
            yield from self._items(read_xml_feed(body, url, name), url or name)
        elif kind is Kind.JSON_FEED:
            yield from self._items(read_json_feed(decode(body, name, charset), url, name), name)
        else:
            for feed_url in read_opml(decode(body, name, charset), name):
                try:
                    page = self._fetcher.get(feed_url)
                    inner = kind_of(page.body, page.content_type)
                    if inner not in {Kind.FEED, Kind.JSON_FEED}:
                        raise SourceError(feed_url, "is not a feed")
                    yield from self._listing(page.body, inner, feed_url, page.url, page.charset)
                except SourceError as error:
                    yield Failure(error.source, error.reason)

    def _items(self, feed: Feed, feed_url: str) -> Arrivals:
        for item in feed.items:
            try:
                yield read_item(item, feed_url, self._origin, self._fetcher)
            except SourceError as error:
                yield Failure(error.source, error.reason)


def read_item(item: FeedItem, feed_url: str, origin: str, fetcher: Polite) -> Submission:
    """The item in full, from the feed or its page; if neither has it, what the feed says.

    SourceError if there is no text of it at all.
    """
    text = html_to_text(item.html)
    told = Submission(
        key=key_of(item, feed_url),
        text=text,
        origin=origin,
        title=html_to_text(html_to_text(item.title)) if item.title else None,
        url=canonical(item.url) if item.url else None,
        source=html_to_text(item.source) if item.source else None,
        authors=item.authors,
        published=item.published,
        updated=item.updated,
        depth=Depth.FULL if len(text) >= FULL_TEXT else Depth.TEASER,
    )
    if told.depth is Depth.FULL or not item.url:
        return _with_text(told, feed_url)
    try:
        page = read_page(fetcher.page(item.url).checked(item.url), item.url, origin)
    except SourceError:
        return _with_text(told, item.url)
    if len(page.text) <= len(text):
        return _with_text(told, item.url)
    return replace(
        page,
        key=told.key,
        title=told.title or page.title,
        source=told.source or page.source,
        authors=told.authors or page.authors,
        published=told.published or page.published,
        updated=told.updated or page.updated,
    )


def key_of(item: FeedItem, feed_url: str) -> str:
    """What names an item's article: its canonical link; without one, its guid in this feed."""
    return canonical(item.url) if item.url else f"{feed_url}#{item.guid}"


def read_page(page: Page, asked: str, origin: str) -> Submission:
    """The article of a web page or PDF that was fetched; SourceError if there is none in it."""
    kind = kind_of(page.body, page.content_type)
    if kind not in {Kind.HTML, Kind.PDF, Kind.TEXT}:
        raise SourceError(asked, f"is {page.content_type or 'of an unknown type'}, not an article")
    document = read_document(
        page.body,
        kind,
        name=asked,
        origin=origin,
        key=canonical(page.url),
        url=page.url,
        charset=page.charset,
    )
    return replace(document, source=document.source or host_of(page.url))


def _with_text(told: Submission, name: str) -> Submission:
    if not told.text.strip():
        raise SourceError(told.url or name, "is a feed item without text")
    return told
