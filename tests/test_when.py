"""When chats are told: digests over changes of the clocks, quiet hours over midnight, limits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.updates.when import ChatSettings, Digest, held_until, is_quiet, next_digest, quiet_end


@pytest.mark.parametrize(
    ("zone", "before", "digest"),
    [
        ("Europe/Berlin", (2026, 3, 28, 12), (2026, 3, 29, 6)),  # summer time begins: 8:00 is 6:00
        ("Europe/Berlin", (2026, 10, 24, 12), (2026, 10, 25, 7)),  # and ends
        ("America/New_York", (2026, 3, 7, 20), (2026, 3, 8, 12)),
        ("America/New_York", (2026, 10, 31, 20), (2026, 11, 1, 13)),
        ("Australia/Lord_Howe", (2026, 4, 4, 0), (2026, 4, 4, 21, 30)),  # by half an hour
        ("Asia/Kolkata", (2026, 3, 28, 12), (2026, 3, 29, 2, 30)),  # never changes
    ],
)
def test_a_digest_keeps_its_hour(
    zone: str, before: tuple[int, ...], digest: tuple[int, ...]
) -> None:
    """At 8:00 on the chat's clocks, whatever the clocks do in the night before."""
    settings = ChatSettings(timezone=zone, digest=Digest.DAILY, digest_hour=8)
    now = datetime(*before, tzinfo=UTC)  # type: ignore[misc,arg-type]
    assert next_digest(settings, now) == datetime(*digest, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_an_hour_that_does_not_exist_or_comes_twice() -> None:
    """At 2:00 in the night of the change: one digest each day, neither none nor two."""
    settings = ChatSettings(timezone="Europe/Berlin", digest=Digest.DAILY, digest_hour=2)
    for start in (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 23, 12, tzinfo=UTC)):
        times = [start]
        for _ in range(4):
            times.append(next_digest(settings, times[-1]))
        days = [settings.local(time).date() for time in times[1:]]
        assert len(set(days)) == 4
        assert (days[-1] - days[0]).days == 3


def test_a_weekly_digest_comes_on_its_day() -> None:
    """On Fridays at 8:00; from a Friday at 8:00 on, a week later."""
    settings = ChatSettings(digest=Digest.WEEKLY, digest_day=4)
    friday = datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert next_digest(settings, datetime(2026, 11, 24, tzinfo=UTC)) == friday
    assert next_digest(settings, friday) == datetime(2026, 12, 4, 8, tzinfo=UTC)


def test_quiet_hours_over_midnight() -> None:
    """From 22 until 7: before and after midnight they are quiet until the same morning."""
    settings = ChatSettings(timezone="Europe/Berlin", quiet_from=22, quiet_to=7)
    evening = datetime(2026, 11, 24, 22, tzinfo=UTC)  # 23:00 there
    night = datetime(2026, 11, 25, 3, tzinfo=UTC)
    morning = datetime(2026, 11, 25, 6, tzinfo=UTC)
    assert is_quiet(settings, evening)
    assert is_quiet(settings, night)
    assert not is_quiet(settings, morning)
    assert quiet_end(settings, evening) == quiet_end(settings, night) == morning


def test_what_holds_news_back() -> None:
    """A digest, quiet hours, a limit, in this order; otherwise nothing."""
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert held_until(ChatSettings(), now, 5) is None
    assert held_until(ChatSettings(hourly=5), now, 5) == datetime(2026, 11, 24, 13, tzinfo=UTC)
    quiet = ChatSettings(quiet_from=11, quiet_to=14)
    assert held_until(quiet, now, 0) == datetime(2026, 11, 24, 14, tzinfo=UTC)
    daily = ChatSettings(digest=Digest.DAILY, quiet_from=6, quiet_to=9)
    assert held_until(daily, now, 0) == datetime(2026, 11, 25, 9, tzinfo=UTC)
    before = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    overflow = ChatSettings(hourly=1, quiet_from=13, quiet_to=15)
    assert held_until(overflow, before, 1) == datetime(2026, 11, 24, 15, tzinfo=UTC)
