"""What time a question is about: "yesterday", "in June", "as of March", "latest", or none. Pure.

English expressions, resolved against the moment and the time zone of the asker. What is named by
an event ("before the ceasefire") is left to the words: the archive knows no calendar of events.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ingest import TimeFrame

BACKGROUND, EVENT, LATEST = 0.1, 0.5, 0.8
"""How much recent coverage is preferred: by a question for what always holds, by one for what
happened, and by one that asks for the newest. The middle one was chosen on RealTime QA's questions
of June and July, asked on their day and months later."""
_DAY = timedelta(days=1)
_WEEK = 7
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "few": 3,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
_MONTH = "|".join(f"{month}|{month[:3]}" for month in _MONTHS) + "|sept"
_DATE = (
    rf"(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year2>\d{{4}}))?"
    rf"|(?P<month3>{'|'.join(_MONTHS)})(?:,?\s+(?P<year3>\d{{4}}))?"
    r"|(?P<year4>(?:19|20)\d\d))"
)
_UNIT = r"(?P<unit>day|week|month|year)s?"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_RELATIVE = (
    r"(?P<word>today|tonight|yesterday|this (?:morning|afternoon|evening))"
    r"|(?P<which>this|last|past|the past|the last) "
    rf"(?P<span>week|weekend|month|year|{'|'.join(_DAYS)})"
    rf"|(?:in |over |during )?(?:the )?(?:last|past) {_COUNT} {_UNIT}"
)
_PLACED = re.compile(
    rf"\b(?P<how>as of|in the week of|the week of|week of|since|after|before|until|till|up to|by|on"
    rf"|in|during|from)\s+(?:early |mid-?|late |the )?{_DATE}(?!\w)",
    re.IGNORECASE,
)
_RELATIVELY = re.compile(rf"\b(?:{_RELATIVE})\b", re.IGNORECASE)
_SO_LONG_AGO = re.compile(rf"\b{_COUNT} {_UNIT} ago\b", re.IGNORECASE)
_ON_WEEKDAY = re.compile(rf"\bon (?P<weekday>{'|'.join(_DAYS)})\b", re.IGNORECASE)
_NEWEST = re.compile(
    r"\b(?:latest|newest|recent(?:ly)?|currently|right now|so far|up to date|breaking)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:why (?:is|are|do|does)|how (?:does|do) .* work|what (?:is|are) (?:an? |the )?(?:history|"
    r"background|meaning|difference)|what does .* (?:mean|stand for)|explain|history of"
    r"|background (?:of|to|on)|ever|originally|founded|born)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Timed:
    """The time that a question is about, and its words without those that only told the time."""

    frame: TimeFrame
    words: str


Period = tuple[datetime, datetime]


def read_time(text: str, now: datetime, as_of: datetime | None, zone: ZoneInfo) -> Timed:
    """Read a question that is asked at `now` by someone in `zone`; nothing after `as_of` counts."""
    local = now.astimezone(zone)
    ways: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], Found | None]], ...] = (
        (_PLACED, _placed),
        (_RELATIVELY, _relative),
        (_SO_LONG_AGO, _ago),
        (_ON_WEEKDAY, _weekday),
    )
    for pattern, resolve in ways:
        for match in pattern.finditer(text):
            found = resolve(match, local)
            if found is not None:
                words = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
                return Timed(found.frame(now, as_of), words if _telling(words) else text)
    strength = EVENT
    if _NEWEST.search(text):
        strength = LATEST
    elif _LASTING.search(text):
        strength = BACKGROUND
    return Timed(TimeFrame(as_of=as_of, now=now, recent=strength), text)


@dataclass(frozen=True, slots=True)
class Found:
    """A period of time; `known_by` tells that only what was known then counts."""

    start: datetime | None = None
    end: datetime | None = None
    known_by: datetime | None = None

    def frame(self, now: datetime, as_of: datetime | None) -> TimeFrame:
        if self.known_by:
            then = min(filter(None, (self.known_by.astimezone(UTC), as_of)))
            return TimeFrame(as_of=then, now=then, recent=LATEST)
        start, end = (moment and moment.astimezone(UTC) for moment in (self.start, self.end))
        return TimeFrame(as_of=as_of, start=start, end=end, now=now)


def _placed(match: re.Match[str], now: datetime) -> Found | None:
    """ "in June", "since 3 May", "as of March", "in the week of 16 June 2022" """
    how = match["how"].lower()
    period = _period(match, now)
    if period is None or (match["year4"] and how == "by"):
        return None
    start, end = period
    if "week of" in how:
        start = start - start.weekday() * _DAY
        return Found(start, start + _WEEK * _DAY)
    if how == "as of":
        return Found(known_by=min(end, now))
    if how in {"since", "after", "from"}:
        return Found(start=start)
    if how in {"before", "until", "till", "up to", "by"}:
        return Found(end=start if how == "before" else end)
    return Found(start, end)


def _period(match: re.Match[str], now: datetime) -> Period | None:
    """The day, month or year of a date; without a year the last one that has begun."""
    try:
        if match["iso"]:
            day = _midnight(datetime.fromisoformat(match["iso"]), now)
            return day, day + _DAY
        if match["year4"]:
            start = _at(now, int(match["year4"]), 1, 1)
            return start, _at(now, start.year + 1, 1, 1)
        name = (match["month"] or match["month2"] or match["month3"]).lower()[:3]
        month = next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(name))
        year = match["year"] or match["year2"] or match["year3"]
        day_of_month = int(match["day"] or match["day2"] or 0)
        start = _at(now, int(year or now.year), month, day_of_month or 1)
        if not year and start > now:
            start = _at(now, now.year - 1, month, day_of_month or 1)
        if day_of_month:
            return start, start + _DAY
        after = (start + 31 * _DAY).replace(day=1)
        return start, after
    except (ValueError, OverflowError):  # 31 June
        return None


def _relative(match: re.Match[str], now: datetime) -> Found | None:
    """ "yesterday", "this week", "last month", "last Friday", "the past three days" """
    today = _midnight(now, now)
    if match["word"]:
        start = today - _DAY if match["word"].lower() == "yesterday" else today
        return Found(start, start + _DAY)
    if match["unit"]:
        days = _count(match["count"]) * _UNIT_DAYS[match["unit"].lower()]
        return Found(now - days * _DAY, now)
    span, this = match["span"].lower(), match["which"].lower() == "this"
    if span in _DAYS:
        return _last_weekday(span, now)
    if "past" in match["which"].lower():
        return Found(now - _UNIT_DAYS.get(span, _WEEK) * _DAY, now)
    return _calendar(span, today, this=this)


def _calendar(span: str, today: datetime, *, this: bool) -> Found:
    """This or the last week, weekend, month or year, by the calendar."""
    if span in {"week", "weekend"}:
        monday = today - today.weekday() * _DAY - (0 if this else _WEEK) * _DAY
        if span == "weekend" and not this:
            monday = today - today.weekday() * _DAY - _WEEK * _DAY
        return Found(monday + (5 * _DAY if span == "weekend" else 0 * _DAY), monday + _WEEK * _DAY)
    first = today.replace(day=1) if span == "month" else today.replace(month=1, day=1)
    if this:
        return Found(first, today + _DAY)
    before = first - _DAY
    return Found(
        before.replace(day=1) if span == "month" else before.replace(month=1, day=1), first
    )


def _ago(match: re.Match[str], now: datetime) -> Found | None:
    """ "three weeks ago": that day, or so much around it as the unit is vague."""
    unit = match["unit"].lower()
    then = _midnight(now, now) - _count(match["count"]) * _UNIT_DAYS[unit] * _DAY
    around = (_UNIT_DAYS[unit] // 2) * _DAY
    return Found(then - around, then + _DAY + around)


def _weekday(match: re.Match[str], now: datetime) -> Found | None:
    """ "on Tuesday": the last one, today included."""
    return _last_weekday(match["weekday"].lower(), now, today_too=True)


def _last_weekday(name: str, now: datetime, *, today_too: bool = False) -> Found:
    back = (now.weekday() - _DAYS.index(name)) % _WEEK
    day = _midnight(now, now) - (back or (0 if today_too else _WEEK)) * _DAY
    return Found(day, day + _DAY)


def _count(text: str) -> int:
    lower = text.lower()
    return (
        int(lower)
        if lower.isdecimal()
        else {"a": 1, "an": 1, "few": 3}.get(lower) or _NUMBERS[lower]
    )


def _midnight(time: datetime, now: datetime) -> datetime:
    return datetime(time.year, time.month, time.day, tzinfo=now.tzinfo)


def _at(now: datetime, year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=now.tzinfo)


def _telling(words: str) -> bool:
    """Whether enough is left to look for."""
    return len(re.findall(r"\w{3,}", words)) > 1
