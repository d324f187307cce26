"""When a feed is asked again: as often as it publishes, as seldom as it wishes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from urllib.request import parse_http_list

from ingest.text.times import parse_time

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=12)
LONGEST_WISH = timedelta(hours=24)
"""A server that asks for more than a day's silence (Retry-After) is asked again after a day."""
ITEMS_A_POLL = 0.35
"""The share of an item that a poll may expect; smaller is sooner, and more polls."""
RECENT, LATELY = timedelta(days=7), timedelta(hours=12)
JITTER = 0.1
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the feed or its server asks for. Hours are of the day in UTC, days 0 (Monday) to 6."""

    at_least: timedelta = timedelta(0)
    retry_after: timedelta = timedelta(0)
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


def interval_for(times: Sequence[datetime], now: datetime, known_for: timedelta) -> timedelta:
    """How long to wait, from when items came out (any order; older than RECENT are left out).

    `known_for` is how long we have followed the feed, or how far its items reach back. The rate is
    the mean of the week's and of the last hours', so that a burst is met and a lull too.
    """
    week = [time for time in times if now - RECENT <= time <= now]
    span = min(max(known_for, timedelta(hours=6)), RECENT)
    late = sum(time >= now - LATELY for time in week)
    rate = (0.5 * (len(week) + 0.5) / span.total_seconds()) + (
        0.5 * late / min(LATELY, span).total_seconds()
    )
    return min(max(timedelta(seconds=ITEMS_A_POLL / rate), SHORTEST), LONGEST)


def next_poll(
    now: datetime, interval: timedelta, failures: int, wishes: Wishes, chance: Random
) -> datetime:
    """The time of the next poll. Each failure in a row doubles the wait, up to LONGEST."""
    wait = min(max(interval, wishes.at_least), LONGEST)
    if failures:
        wait = min(max(wait, SHORTEST) * 2 ** min(failures, 12), LONGEST)
    wait *= 1 + chance.uniform(0, JITTER)
    wait = max(wait, min(wishes.retry_after, LONGEST_WISH))
    return _awake(now + wait, wishes)


def wishes_of(
    headers: Mapping[str, str],
    now: datetime,
    ttl_minutes: object = None,
    skip_hours: Sequence[object] = (),
    skip_days: Sequence[object] = (),
) -> Wishes:
    """The wishes in a response's headers (names in lower case) and in the feed itself.

    What can't be understood is no wish.
    """
    ttl = timedelta(minutes=_number(ttl_minutes))
    hours = {int(_number(hour)) % 24 for hour in skip_hours if str(hour).strip().isdigit()}
    named = {str(day).strip().lower() for day in skip_days}
    days = {number for number, day in enumerate(WEEKDAYS) if day in named}
    return Wishes(
        at_least=min(max(ttl, _max_age(headers.get("cache-control", ""))), LONGEST),
        retry_after=_retry_after(headers.get("retry-after", ""), now),
        skip_hours=frozenset(hours) if len(hours) < 24 else frozenset(),  # noqa: PLR2004
        skip_days=frozenset(days) if len(days) < len(WEEKDAYS) else frozenset(),
    )


def _awake(time: datetime, wishes: Wishes) -> datetime:
    """The next time that is not in an hour or day to be skipped."""
    while time.hour in wishes.skip_hours or time.weekday() in wishes.skip_days:
        time = time.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return time


def _max_age(cache_control: str) -> timedelta:
    for part in parse_http_list(cache_control):
        name, _, value = part.partition("=")
        if name.strip().lower() == "max-age":
            return timedelta(seconds=min(_number(value.strip('" ')), 1e7))
    return timedelta(0)


def _retry_after(value: str, now: datetime) -> timedelta:
    """Seconds, or a date."""
    if value.strip().isdigit():
        return timedelta(seconds=min(int(value), 10**7))
    time = parse_time(value) if value else None
    return max(time - now, timedelta(0)) if time else timedelta(0)


def _number(value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        return 0.0
    return number if 0 <= number < 1e7 else 0.0  # noqa: PLR2004 - nan fails too
