"""When a chat hears from us: digests, quiet hours, limits, in its own time zone. Pure.

Local times are wall-clock times: a digest at 8 comes at 8 before and after a change of the clocks.
An hour that the clocks skip is taken as the same moment (8:30 that does not exist is 9:30), one
that comes twice as its first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Digest(StrEnum):
    """Whether news comes at once or gathered."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How a chat wants to be told. Hours are those of `timezone` (an IANA name).

    `digest_day` counts from Monday (0). No news comes from hour `quiet_from` until `quiet_to`
    (None: none are quiet). At most `hourly` posts come within an hour.
    """

    timezone: str = "UTC"
    language: str = ""
    digest: Digest = Digest.OFF
    digest_hour: int = 8
    digest_day: int = 0
    quiet_from: int | None = None
    quiet_to: int | None = None
    hourly: int = 6

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)


def is_quiet(settings: ChatSettings, now: datetime) -> bool:
    """Whether the chat wants no news now."""
    start, end = settings.quiet_from, settings.quiet_to
    if start is None or end is None or start == end:
        return False
    hour = settings.local(now).hour
    return start <= hour < end if start < end else hour >= start or hour < end


def quiet_end(settings: ChatSettings, now: datetime) -> datetime:
    """When the quiet hours that hold `now` are over (UTC)."""
    return _next_at(settings, now, settings.quiet_to or 0)


def next_digest(settings: ChatSettings, now: datetime) -> datetime:
    """The next digest after `now` (UTC), put off to the end of quiet hours if it fell in them."""
    at = _next_at(settings, now, settings.digest_hour)
    while settings.digest is Digest.WEEKLY and settings.local(at).weekday() != settings.digest_day:
        at = _next_at(settings, at, settings.digest_hour)
    return quiet_end(settings, at) if is_quiet(settings, at) else at


def held_until(settings: ChatSettings, now: datetime, told: int) -> datetime | None:
    """None if news may be told now, otherwise when what is held is told in one message.

    `told` counts the posts of the last hour.
    """
    if settings.digest is not Digest.OFF:
        return next_digest(settings, now)
    if is_quiet(settings, now):
        return quiet_end(settings, now)
    if told >= settings.hourly:
        later = now + HOUR
        return quiet_end(settings, later) if is_quiet(settings, later) else later
    return None


def _next_at(settings: ChatSettings, now: datetime, hour: int) -> datetime:
    """The next moment after `now` at which the chat's clocks show this hour (UTC)."""
    date = settings.local(now).date()
    for days in range(3):
        wall = datetime.combine(date + days * DAY, time(hour), settings.zone)
        moment = wall.astimezone(UTC)
        if moment > now:
            return moment
    raise AssertionError("a day has every hour within two days")
