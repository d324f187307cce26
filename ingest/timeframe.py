"""When what is looked for came out, as far as the one who looks knows. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

RECENT_DAYS = timedelta(days=30)
"""So far back recent coverage is looked for by itself."""
HALF_LIFE_DAYS = 14.0
"""After so many days the preference for recent coverage is half as strong."""
OUTSIDE_HALF_LIFE_DAYS = 3.0
"""So far outside of the period that is meant, the preference for it is half as strong: an event is
told before its week is over, and after."""
PERIOD_WEIGHT = 0.5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """A time to look in. All times are aware.

    Nothing published after `as_of` is found (None: all). Coverage of the period from `start` to
    `end` is preferred, if one is given (either may be open). Otherwise recent coverage is, as seen
    from `now`, with the weight `recent` (0: old and new are the same). A score is made of parts
    that go from 0 to 1, so that a weight of 0.5 is half of the best match.
    """

    as_of: datetime | None = None
    start: datetime | None = None
    end: datetime | None = None
    now: datetime | None = None
    recent: float = 0.0

    @property
    def is_period(self) -> bool:
        """Whether a time is named that is looked in, not only preferred."""
        return bool(self.start or self.end)

    @property
    def pool(self) -> tuple[datetime | None, datetime | None] | None:
        """The time (from, to) that is looked through by itself, so that what else matches better
        does not crowd it out; None if there is none."""
        if self.is_period:
            start = self.start - 2 * OUTSIDE_HALF_LIFE_DAYS * _DAY if self.start else None
            end = self.end + 2 * OUTSIDE_HALF_LIFE_DAYS * _DAY if self.end else None
            return start, self._not_after(end)
        if self.recent and self.now:
            return self.now - RECENT_DAYS, self._not_after(self.now)
        return None

    def may_tell(self, published: datetime | None) -> bool:
        """Whether an article of that date can report what happened then: it did not come out well
        before a period that has begun. One without a date may."""
        if self.start is None or published is None or (self.now and self.start > self.now):
            return True
        return published >= self.start - 2 * OUTSIDE_HALF_LIFE_DAYS * _DAY

    def bonus(self, published: datetime | None) -> float:
        """What the time of an article adds to its score; 0 for one without a date."""
        if published is None:
            return 0.0
        if self.is_period:
            before = (self.start - published) / _DAY if self.start else 0.0
            after = (published - self.end) / _DAY if self.end else 0.0
            gap = max(0.0, before, after)
            return PERIOD_WEIGHT * math.pow(2.0, -gap / OUTSIDE_HALF_LIFE_DAYS)
        if self.now is None:
            return 0.0
        age = max(0.0, (self.now - published) / _DAY)
        return self.recent * math.pow(2.0, -age / HALF_LIFE_DAYS)

    def _not_after(self, time: datetime | None) -> datetime | None:
        known = [moment for moment in (time, self.as_of) if moment]
        return min(known, default=None)


ANY_TIME = TimeFrame()
