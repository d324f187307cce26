"""What time a question is about: "yesterday", "in June", "as of March", "latest", or none. Pure.

ingest.text finds the times and what they mean to the asker, here and now; the English word before
one says whether it is a beginning, an end, or what was known then. What is named by an event
("before the ceasefire") is left to the words: the archive knows no calendar of events.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from ingest import TimeFrame
from ingest.text import Moment, content_words, moments, quantities

EVENT, LATEST = 0.5, 0.8
"""How much recent coverage is preferred, and how much by a question that asks for the newest. The
first was chosen on RealTime QA's questions of June and July, on their day and months later."""
_DAY = timedelta(days=1)
_WEEK = 7 * _DAY
_HOW = re.compile(
    r"\b(?P<how>as of|(?:in )?the week of|week of|since|after|before|until|till|up to|by|on|in"
    r"|during|from|last|this)\s+(?:(?:early|mid|late|the)[\s-]+)?$",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:(?:in|over|during) )?(?:the )?(?:last|past)\s+$", re.IGNORECASE)
_SPANS = {"day": _DAY, "week": _WEEK, "month": 30 * _DAY, "year": 365 * _DAY}
_NAMED = {"year", "weekday"}
"""Without a word before it, a year or a weekday is rather part of a name ("Black Friday")."""
_NEVER = re.compile(r"(?!)")
_WEEKENDS = {
    code: re.compile(words, re.IGNORECASE)
    for code, words in {
        "en": r"\bweekend\b",
        "de": r"\bwochenende\b",
        "es": r"\bfin de semana\b|\bfinde\b",
        "ru": r"\bвыходн(?:ые|ых)\b",
        "ar": r"نهاية (?:ال)?[أا]سبوع",
        "he": r"סוף ה?שבוע|סופ[\"״”]?ש",
    }.items()
}
"""No calendar names it."""
_NEWEST = re.compile(
    r"\b(?:latest|newest|recent(?:ly)?|currently|right now|so far|up to date|breaking)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Timed:
    """The time that a question is about, and its words without those that only told the time."""

    frame: TimeFrame
    words: str


@dataclass(frozen=True, slots=True)
class _Period:
    """A period of time, told at text[at:end]; `known_by`: only what was known then counts."""

    at: int
    end: int
    start: datetime | None = None
    until: datetime | None = None
    known_by: datetime | None = None

    def frame(self, now: datetime, as_of: datetime | None) -> TimeFrame:
        if self.known_by:
            then = min(filter(None, (self.known_by.astimezone(UTC), as_of)))
            return TimeFrame(as_of=then, now=then, recent=LATEST)
        start, end = (moment and moment.astimezone(UTC) for moment in (self.start, self.until))
        return TimeFrame(as_of=as_of, start=start, end=end, now=now)


def read_time(
    text: str,
    now: datetime,
    as_of: datetime | None,
    zone: ZoneInfo,
    language: str | None = None,
) -> Timed:
    """Read a question that is asked at `now` by someone in `zone`; nothing after `as_of` counts."""
    local = now.astimezone(zone)
    period = (
        _lately(text, local) or _weekend(text, local, language) or _first(text, local, language)
    )
    if period:
        words = " ".join(f"{text[: period.at]} {text[period.end :]}".split())
        return Timed(period.frame(now, as_of), words if content_words(words) else text)
    strength = LATEST if _NEWEST.search(text) else EVENT
    return Timed(TimeFrame(as_of=as_of, now=now, recent=strength), text)


def _first(text: str, now: datetime, language: str | None) -> _Period | None:
    """The first time that a question names; where it names none, days and months may be written
    without their capitals."""
    capital = re.sub(r"(?<!\w)[^\W\d_]", lambda letter: letter[0].upper(), text)
    for written in (text, capital):
        for moment in moments(written, language, now) if len(written) == len(text) else ():
            if found := _placed(text, moment, now):
                return found
    return None


def _weekend(text: str, now: datetime, language: str | None) -> _Period | None:
    """The weekend that has begun last, or, of "last weekend" within one, the one before; its days
    are those of the language's main country."""
    found = _WEEKENDS.get(language or "en", _NEVER).search(text)
    if found is None:
        return None
    locale = Locale.parse(language or "en_GB")
    first, days = locale.weekend_start, 1 + (locale.weekend_end - locale.weekend_start) % 7
    ago = (now.weekday() - first) % 7
    if ago < days and _PAST.search(text[: found.start()]):
        ago += 7
    start = now.replace(hour=0, minute=0, second=0, microsecond=0) - ago * _DAY
    before = _HOW.search(text[: found.start()])
    return _Period(
        before.start() if before else found.start(), found.end(), start, start + days * _DAY
    )


def _lately(text: str, now: datetime) -> _Period | None:
    """ "over the past two weeks" """
    for quantity in quantities(text):
        span = _SPANS.get(quantity.unit.removeprefix("duration-"))
        before = _PAST.search(text[: quantity.start])
        if span and before:
            return _Period(before.start(), quantity.end, now - quantity.value * span, now)
    return None


def _placed(text: str, moment: Moment, now: datetime) -> _Period | None:
    """ "yesterday", "in June", "since 3 May", "as of March", "in the week of 16 June 2022" """
    before = _HOW.search(text[: moment.start])
    how = before["how"].lower() if before else ""
    begin, until = _last(moment, now)
    if begin is None or until is None or (moment.kind in _NAMED and how in {"", "by"}):
        return None
    found = _Period(before.start() if before else moment.start, moment.end, begin, until)
    if how.endswith("week of"):
        monday = begin - begin.weekday() * _DAY
        return replace(found, start=monday, until=monday + _WEEK)
    if how == "as of":
        return replace(found, start=None, until=None, known_by=min(until, now))
    if how in {"since", "after"}:
        return replace(found, until=None)
    if how in {"before", "until", "till", "up to", "by"}:
        return replace(found, start=None, until=begin if how == "before" else until)
    return found


def _last(moment: Moment, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The period of a time; of a month or day without a year, the last one that has begun."""
    begin, until = moment.begin, moment.until
    undated = not any(name == "year" for name, _ in moment.parts)
    if begin and until and begin > now and undated and moment.kind in {"month", "day"}:
        return begin.replace(year=begin.year - 1), until.replace(year=until.year - 1)
    return begin, until
