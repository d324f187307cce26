"""One document (a page or a file) as an article: text, Markdown, HTML or PDF."""

from __future__ import annotations

from ingest.article import Submission
from ingest.reading.decode import decode
from ingest.reading.extract import from_html, from_markdown, from_pdf, from_text
from ingest.sources.addresses import canonical, elsewhere, web_address
from ingest.sources.kinds import Kind


def read_document(
    body: bytes,
    kind: Kind,
    *,
    name: str,
    origin: str,
    key: str,
    url: str | None = None,
    charset: str | None = None,
    markdown: bool = False,
) -> Submission:
    """What a document says, and what it says of itself; SourceError if there is no text in it.

    `key` names the article if neither `url` nor the document's own address does.
    """
    if kind is Kind.PDF:
        found = from_pdf(body, name)
    elif kind is Kind.HTML:
        found = from_html(body, url, charset, name)
    else:
        read = from_markdown if markdown else from_text
        found = read(decode(body, name, charset))
    address = canonical(url, found.url) if url else web_address(found.url)
    address = canonical(address) if address else None
    return Submission(
        key=address or key,
        text=found.text,
        origin=origin,
        title=found.title,
        url=address,
        source=found.source,
        authors=found.authors,
        published=found.published,
        updated=found.updated,
        language=found.language,
        original=elsewhere(url, found.url) if url else None,
    )
