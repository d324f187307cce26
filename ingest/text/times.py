"""Times as documents write them."""

from __future__ import annotations

from datetime import UTC, date, datetime


def parse_time(value: object) -> datetime | None:
    """A time in ISO 8601 or RFC 2822 as aware UTC; None if it is neither.

    A time without a zone is taken as UTC, a date without a time as its midnight.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if not isinstance(value, str):
        return None
    for read in (datetime.fromisoformat, _from_mail):
        try:
            return parse_time(read(value.strip()))
        except (ValueError, OverflowError):
            continue
    return None


def _from_mail(value: str) -> datetime:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(value)
