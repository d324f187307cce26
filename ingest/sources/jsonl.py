"""Articles as JSON Lines, one a line (docs/formats.md)."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from ingest.article import Failure, Submission
from ingest.errors import SourceError
from ingest.sources.addresses import canonical, web_address
from ingest.text.times import parse_time


def read_json_lines(path: Path, max_bytes: int) -> Iterator[Submission | Failure]:
    """Each line as an article; a bad line is a failure named `file:line`, the others go on.

    `path` may end in .gz. A line longer than `max_bytes` ends the file with a failure.
    """
    opener = gzip.open if path.suffix == ".gz" else Path.open
    number = 0
    try:
        with cast("BinaryIO", opener(path, "rb")) as file:
            while line := file.readline(max_bytes + 1):
                number += 1
                if len(line) > max_bytes:
                    raise SourceError(f"{path}:{number}", "is too long (FETCH_MAX_MB)")
                if line.strip():
                    yield _read_line(line, f"{path}:{number}", str(path))
    except (OSError, EOFError) as error:
        yield Failure(f"{path}:{number + 1}", f"can't be read: {error}")
    except SourceError as error:
        yield Failure(error.source, error.reason)


def _read_line(line: bytes, place: str, origin: str) -> Submission | Failure:
    try:
        data = json.loads(line.decode("utf-8-sig"))
        if not isinstance(data, dict):
            return Failure(place, "is not a JSON object")
        return _submission(data, origin)
    except UnicodeDecodeError:
        return Failure(place, "is not UTF-8")
    except json.JSONDecodeError as error:
        return Failure(place, f"is not valid JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return Failure(place, "is nested too deeply")
    except ValueError as error:
        return Failure(place, str(error))


def _submission(data: Mapping[str, Any], origin: str) -> Submission:
    text = _string(data, "text")
    if not text:
        raise ValueError("has no text")
    url = web_address(data.get("url"))
    title, source = _string(data, "title"), _string(data, "source")
    return Submission(
        key=canonical(url) if url else _key(title, source, text),
        text=text,
        origin=origin,
        title=title,
        url=canonical(url) if url else None,
        source=source,
        authors=_names(data.get("authors")),
        published=_time(data, "published"),
        updated=_time(data, "updated"),
        language=_string(data, "language"),
    )


def _string(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} must be a text, was {value!r:.40}")
    return value.strip() or None if value else None


def _names(value: object) -> tuple[str, ...]:
    """One name, or a list of them."""
    names = value if isinstance(value, list) else [value]
    return tuple(name for name in names if isinstance(name, str) and name.strip())


def _time(data: Mapping[str, Any], name: str) -> Any:
    value = data.get(name)
    time = parse_time(value)
    if value and time is None:
        raise ValueError(f"{name} must be a time in ISO 8601, was {value!r:.40}")
    return time


def _key(title: str | None, source: str | None, text: str) -> str:
    """Without an address, title and source name the article; without a title, its text does."""
    if title:
        return f"title:{source or ''}\n{title}"
    return f"text:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
