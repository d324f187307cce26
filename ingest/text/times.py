"""Times: as documents write them, and those that a text speaks of. Pure.

What a language calls them is known to ingest.text.calendars; in a language that it does not know
only figures are found: ISO dates, years and clock times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from ingest.text.calendars import TOKEN, WORD, Calendar, calendar_of, letters, spelled
from ingest.text.language import normal_code

_BEGINS = re.compile(r"(?:^|[.!?…:\n])[\s\"'“„«»(–—-]*$")
_BEFORE = re.compile(rf"({WORD})[\s-]+$")
_JOINED = re.compile(r"[\u0590-\u06ff]")
"""Hebrew and Arabic write a preposition of one letter in one word with what follows."""
_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_EASTERN = re.compile("[٠-٩۰-۹]")
_NEXT = re.compile(rf"[\s-]({WORD})")
_PLURAL = {"en": re.compile("(?:s|people|men|women|children)$"), "es": re.compile("s$")}
"""How a counted noun ends where no capital tells it from a verb."""
_LOOK, _SHORT, _LAST_DAY, _DOZEN, _CENTURY, _FAR = 40, 3, 31, 12, 100, 1000


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that is named at text[start:end], and the period that is meant (aware), if it is
    known. `parts` is what is written of it, whatever the language: ("month", 4)."""

    text: str
    start: int
    end: int
    kind: str
    begin: datetime | None
    until: datetime | None
    parts: frozenset[tuple[str, int]] = frozenset()


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


def moments(text: str, language: str | None = None, now: datetime | None = None) -> list[Moment]:
    """The times that a text names, in order; none overlaps another.

    What depends on the day it is said is resolved against `now` (aware), else stays unresolved: a
    weekday is the last one, a date without a year the nearest, rather a past one than one to come.
    """
    calendar = calendar_of(normal_code(language) or "en")
    read = {"clock": _clock, "weekday": _weekday, "relative": _relative, "year": _year}
    found: list[Moment] = []
    plain = text.translate(_ASCII) if _EASTERN.search(text) else text
    for start in _starts(plain, calendar):
        match = calendar.pattern.match(plain, start)
        if match and (not found or found[-1].end <= start):
            moment = read.get(match.lastgroup or "", _date)(match, calendar, now)
            found.extend([moment] if moment else [])
    return [replace(m, text=text[m.start : m.end]) for m in found] if plain != text else found


def _starts(text: str, calendar: Calendar) -> Iterator[int]:
    """Where a time may begin: looking each word up is much faster than trying patterns there."""
    for token in TOKEN.finditer(text):
        if (offset := _head(token[0], calendar.code)) is not None:
            yield token.start() + offset


@lru_cache(maxsize=100_000)
def _head(word: str, code: str) -> int | None:
    """From which letter on a word may begin a time: after a preposition of one letter, too."""
    heads, word = calendar_of(code).heads, word.casefold()
    if word[0].isdecimal() or not heads.isdisjoint((word, word[:-1], word[:-2])):
        return 0
    if _JOINED.match(word) and word[1:] in heads:
        return 1
    return None if spelled(word, code) is None else 0


def same_time(a: Moment, b: Moment) -> bool:
    """Whether two mentions can mean the same: one period holds the other, or, where one of them is
    unresolved, nothing that is written of the one goes against the other."""
    if a.begin and a.until and b.begin and b.until:
        within = a.begin <= b.begin and b.until <= a.until
        return within or (b.begin <= a.begin and a.until <= b.until)
    told = dict(b.parts)
    agree = all(told.get(part, value) == value for part, value in a.parts)
    return agree and (a.kind == "clock") == (b.kind == "clock")


def _moment(
    match: re.Match[str], kind: str, begin: datetime | None, until: datetime | None, **parts: int
) -> Moment:
    written = frozenset(parts.items())
    return Moment(match[0], match.start(), match.end(), kind, begin, until, written)


def _date(match: re.Match[str], calendar: Calendar, now: datetime | None) -> Moment | None:
    """ "14 April 2022", "April 14-16", "14.04.2022", 2022-04-14, "April" """
    if match.lastgroup == "month" and not _names_month(match, calendar):
        return None
    numbers = [int(number) for number in re.findall(r"\d+", match[0])]
    words = re.findall(r"[^\W\d_]+", match[0].casefold())
    cuts = (word[: len(word) - cut] for word in words for cut in (0, 1, 2))
    month = next((calendar.months[word] for word in cuts if word in calendar.months), 0)
    if month:
        year = next((number for number in numbers if number > _LAST_DAY), 0)
        days = [number for number in numbers if number <= _LAST_DAY]
    else:
        year, month, *days = numbers[:3] if numbers[0] > _LAST_DAY else numbers[::-1]
        if month > _DOZEN:
            month, days = days[0], [month]
        elif calendar.month_first and match["mark"] == "/" and days[0] <= _DOZEN:
            month, days = 0, []  # 4/5/2022 may be April or May
    if month > _DOZEN or not (month or year):
        return None
    unit = "day" if days or not month else "month"
    begin = _nearest(year, month, days[0] if days else 1, now)
    until = _plus(begin, unit, max(1, days[-1] - days[0] + 1) if days else 1)
    parts = {"year": year, "month": month, "day": days[0] if days else 0}
    return _moment(match, unit, begin, until, **{part: n for part, n in parts.items() if n})


def _word_before(match: re.Match[str]) -> str:
    before = _BEFORE.search(match.string, max(0, match.start() - _LOOK), match.start())
    return before[1] if before else ""


def _names_month(match: re.Match[str], calendar: Calendar) -> bool:
    """ "in April", but neither "May I" nor "Theresa May"."""
    before = _word_before(match)
    if before.casefold() in calendar.leads:
        return True
    name = before[:1].isupper() and not calendar.noun_capitals
    return not name and not _BEGINS.search(match.string, max(0, match.start() - 9), match.start())


def _nearest(year: int, month: int, day: int, now: datetime | None) -> datetime | None:
    years = [year] if year or not now else [now.year - 1, now.year, now.year + 1]
    days = []
    for each in years:
        with suppress(ValueError):  # 31 June, or no year at all
            days.append(datetime(each, month, day, tzinfo=(now and now.tzinfo) or UTC))
    if now is None:
        return days[0] if days else None
    return min(days, key=lambda begin: max(now - begin, 2 * (begin - now)), default=None)


def _weekday(match: re.Match[str], calendar: Calendar, now: datetime | None) -> Moment:
    number, direction = calendar.weekdays[_plain(match[0])]
    begin = None
    if now:
        ahead = (number - now.weekday()) % 7
        begin = _plus(_midnight(now), "day", ahead - 7 * (direction < 0 and ahead > 0))
    return _moment(match, "weekday", begin, _plus(begin, "day", 1), weekday=number)


def _year(match: re.Match[str], calendar: Calendar, now: datetime | None) -> Moment | None:
    """ "in 2022", "the 2022 elections", "2019-22", but not "1500 people", "had 2022 workers"."""
    year, *more = (int(number) for number in re.findall(r"\d+", match[0]))
    before, after = _word_before(match), _NEXT.match(match.string, match.end())
    dated = before.casefold() in calendar.leads or before[:1].isupper()
    if after and _counted(after[1], calendar) and not (dated and year % _CENTURY):
        return None
    last = max([year, *(n if n > _CENTURY else year - year % _CENTURY + n for n in more)])
    zone = (now and now.tzinfo) or UTC
    begin, until = datetime(year, 1, 1, tzinfo=zone), datetime(last + 1, 1, 1, tzinfo=zone)
    return _moment(match, "year", begin, until, year=year)


def _counted(word: str, calendar: Calendar) -> bool:
    """Whether a number before the word counts it, as far as its form tells."""
    if word.casefold() in calendar.leads or word[0].isupper() != calendar.noun_capitals:
        return False
    ending = _PLURAL.get(calendar.code)
    return len(word) > _SHORT and (ending is None or ending.search(word) is not None)


def _clock(match: re.Match[str], calendar: Calendar, _now: datetime | None) -> Moment:
    """ "8:30", "8.30 p.m.", "20 Uhr": no day is known, so no period is."""
    hour, minute, *_ = [*map(int, re.findall(r"\d+", match[0])), 0]
    if hour < _DOZEN and letters(match[0]) in calendar.afternoon:
        hour += _DOZEN
    return _moment(match, "clock", None, None, hour=hour, minute=minute)


def _relative(match: re.Match[str], calendar: Calendar, now: datetime | None) -> Moment | None:
    """ "yesterday", "last week", "three weeks ago": the day, week, month or year of that time."""
    unit, steps = calendar.relative.get(_plain(match[0])) or _distance(match[0], calendar)
    if not unit:
        return None
    begin = _plus(_midnight(now), unit, steps) if now else None
    if begin and unit == "week":
        begin = _plus(begin, "day", -begin.weekday())
    elif begin and unit != "day":
        begin = begin.replace(day=1, month=1 if unit == "year" else begin.month)
    return _moment(match, "relative", begin, _plus(begin, unit, 1), **{f"{unit}s": steps})


def _distance(said: str, calendar: Calendar) -> tuple[str, int]:
    for form, unit, steps in calendar.distances:
        if match := re.fullmatch(form, said, re.IGNORECASE):
            count = spelled(match[1], calendar.code) if match.groups() else 1
            return (unit, steps * int(count)) if count and count < _FAR else ("", 0)
    return "", 0


def _plus(begin: datetime | None, unit: str, steps: int) -> datetime | None:
    from dateutil.relativedelta import relativedelta

    with suppress(ValueError, OverflowError):  # before the year 1
        return begin + relativedelta(**{f"{unit}s": steps}) if begin else None  # type: ignore[arg-type]
    return None


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
