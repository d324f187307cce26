"""Bytes to text, in whatever encoding they are."""

from __future__ import annotations

import codecs

from ingest.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65536
_MAX_CONTROLS = 0.02


def decode(body: bytes, name: str, declared: str | None = None) -> str:
    """The text of `body`; SourceError if it is binary. Its own marks are believed, then UTF-8.

    The declared encoding comes after UTF-8, for it is often wrong and UTF-8 hardly fits by chance.
    """
    if not body.strip():
        raise SourceError(name, "is empty")
    marked = [encoding for mark, encoding in _MARKS if body.startswith(mark)]
    for encoding in [*marked, "utf-8", declared]:
        try:
            if encoding:
                return _checked(body.decode(encoding), name)
        except (UnicodeError, LookupError):
            continue
    return _checked(_guessed(body, name), name)


def _guessed(body: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE]).best()
    if best is None:
        raise SourceError(name, "is not text")
    return body.decode(best.encoding, "replace")


def _checked(text: str, name: str) -> str:
    sample = text[:_SAMPLE]
    controls = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\v") or c == "\x7f")
    if controls > _MAX_CONTROLS * len(sample):
        raise SourceError(name, "is not text")
    return text
