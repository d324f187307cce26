"""When: weekdays, dates, years and times of day, compared exactly. English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from bot.answering.checking.contrast import struck_out
from bot.answering.checking.reading import Passage

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NOON = 720
_MONTH = (
    r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan\b\.?|Feb\b\.?|Mar\b\.?|Apr\b\.?|Jun\b\.?|Jul\b\.?|Aug\b\.?|Sept?\b\.?|Oct\b\.?"
    r"|Nov\b\.?|Dec\b\.?)"
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?![\d.,:%]*\d))?\s?(?P<half>a\.?m\b\.?|p\.?m\b\.?)"
    r"|\b(?P<h>\d{1,2}):(?P<m>\d\d)\b(?![.:]\d)|\b(?P<word>noon|midnight)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"
    r"|\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? "
    + _MONTH.format("month")
    + r"(?:,? (?P<year>\d{4}))?"
    r"|\b"
    + _MONTH.format("month2")
    + r" (?P<day2>\d{1,2})(?:st|nd|rd|th)?\b(?:,? (?P<year2>\d{4}))?"
    r"|\b" + _MONTH.format("month3") + r"(?: of)?,? (?P<year3>\d{4})\b"
    r"|(?P<may>(?<=[a-z] )May)\b(?! (?:be|have|not)\b)"
    r"|\b" + _MONTH.format("month4").replace("|May", "") + r"(?=\W|$)"
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})(?:'s|’s)?\b", re.IGNORECASE)
_PART = re.compile(r"\b(morning|afternoon|evening|night|overnight)\b", re.IGNORECASE)
_TURNED = {"before": "after", "after": "before", "until": "since", "since": "until"}
_BESIDE = re.compile(r"\b(before|after|until|since) (?:the )?(\w+)", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(yesterday|today|tomorrow|tonight)\b", re.IGNORECASE)


Day = tuple[int | None, int | None, int | None]
"""Year, month and day; None where not said."""


@dataclass(frozen=True, slots=True)
class Time:
    """One time as it stands: `kind` is "clock", "date", "weekday" or "relative".

    `value` is the minute of the day, or the word; `day` is a date as far as it is said.
    """

    kind: str
    text: str
    value: int | str = ""
    day: Day = (None, None, None)
    struck: bool = False
    """Whether it is named as the wrong one: "instead of March"."""
    side: str = ""
    """ "start" behind "from" or "since", "end" behind "until"."""


def times(text: str) -> tuple[list[Time], str]:
    """Every time in a text, and the text with them blanked out, for numbers to be read from."""
    found: list[Time] = []
    for pattern, read in (
        (_DATE, _date),
        (_CLOCK, _clock),
        (_WEEKDAY, _weekday),
        (_RELATIVE, _relative),
        (_PART, _part),
    ):
        for match in pattern.finditer(text):
            if (time := read(match)) is not None:
                found.append(
                    replace(
                        time,
                        side=_side(text[: match.start()]),
                        struck=struck_out(text[: match.start()]),
                    )
                )
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    for match in re.finditer(r"\b(?:1[5-9]|20)\d\d\b(?!\s?(?:[,.]\d|%))", text):
        if _is_year(text, match):
            found.append(
                Time(
                    "date",
                    match[0],
                    day=(int(match[0]), None, None),
                    side=_side(text[: match.start()]),
                )
            )
            text = text[: match.start()] + "    " + text[match.end() :]
    return found, text


_PERIOD = re.compile(
    r"\b(past|last|next|previous|coming) (hour|day|week|weekend|month|quarter|year|decade)\b",
    re.IGNORECASE,
)
_REACH = 4
"""So many words a time stands from its verb at most."""
_SPAN = re.compile(r"\b(?:between|from) (\w+) (?:and|to|until|till) (\w+)\b")


def mistimed(sentence: str, held: Sequence[str], passage: Passage) -> str:
    """A time that the bearing sentences (`held`) do not give, nor the sentence before them.

    What another sentence gives counts where the bearing ones give no time of that kind: news says
    "on Tuesday" once. A weekday and the date of publication together give a date.
    """
    there = [time for text in held for time in times(text)[0]]
    elsewhere = [*times(passage.text)[0], *times(passage.heading)[0]]
    published = _published(passage.heading)
    for said in times(sentence)[0]:
        equal = [time for time in there if _same(said, time, published)]
        if equal and said.side != "start" and all(time.struck != said.struck for time in equal):
            return f"{said.text} is what it is not, there"
        if equal and all({said.side, time.side} == {"start", "end"} for time in equal):
            return f"{said.text} is the other end of it there"
        if equal:
            continue
        rivals = [time for time in there if _rivals(said, time)]
        if rivals or not any(_same(said, time, published) for time in elsewhere):
            return f"the time {said.text} does not stand there"
    spans = {pair for text in held for pair in _SPAN.findall(text.lower())}
    for start, end in _SPAN.findall(sentence.lower()):
        if (end, start) in spans and (start, end) not in spans:
            return f"it is from {end} to {start} there"
    text = " ".join(held)
    for side, unit in _PERIOD.findall(sentence):
        units = {
            other.lower() for same, other in _PERIOD.findall(text) if same.lower() == side.lower()
        }
        if units and unit.lower() not in units and unit.lower() not in text.lower():
            return f"it is the {side} {min(units)} there"
    if other := _crossed(sentence, held):
        return f"{other} belongs to something else there"
    beside = {tuple(pair) for text in held for pair in _BESIDE.findall(text.lower())}
    for side, word in _BESIDE.findall(sentence.lower()):
        if (_TURNED[side], word) in beside and (side, word) not in beside:
            return f"it is {_TURNED[side]} {word} there"
    return ""


def _crossed(sentence: str, held: Sequence[str]) -> str:
    """A day of one deed that is another's: "on Friday set the trial for Monday"; else ""."""
    said = _days_of_words(sentence)
    for there in map(_days_of_words, held):
        for (first, day), (second, other) in combinations(said, 2):
            if day != other and {(first, other), (second, day)} <= set(there):
                if not {(first, day), (second, other)} & set(there):
                    return day
    return ""


def _days_of_words(text: str) -> list[tuple[str, str]]:
    """Each weekday and month with the words that stand nearest before it, or behind."""
    words = re.findall(r"\w+", text.lower())
    return [
        (other, word)
        for at, word in enumerate(words)
        if word in _DAYS or word in _MONTHS
        for other in words[max(at - _REACH, 0) : at + 2]
        if other != word and len(other) >= _REACH
    ]


def _side(before: str) -> str:
    """Whether a time is the start or the end of a span."""
    match = re.search(
        r"\b(from|since|after|until|till|before|to|by)\s(?:\w+\s)?$", before, re.IGNORECASE
    )
    if match is None:
        return ""
    return "start" if match[1].lower() in {"from", "since", "after"} else "end"


def _date(match: re.Match[str]) -> Time | None:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return Time("date", match[0], day=(year, month, day))
    if match["may"]:
        return Time("date", match[0], day=(None, 5, None))
    name = match["month"] or match["month2"] or match["month3"] or match["month4"]
    number = next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))
    found_year = match["year"] or match["year2"] or match["year3"]
    found_day = match["day"] or match["day2"]
    said = (int(found_year) if found_year else None, number, int(found_day) if found_day else None)
    return Time("date", match[0], day=said)


def _clock(match: re.Match[str]) -> Time | None:
    if match["word"]:
        return Time("clock", match[0], _NOON if match["word"].lower() == "noon" else 0)
    if match["h"]:
        return Time("clock", match[0], int(match["h"]) * 60 + int(match["m"]))
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower().startswith("p") else 0)
    return Time("clock", match[0], hour * 60 + int(match["minute"] or 0))


def _weekday(match: re.Match[str]) -> Time | None:
    return Time("weekday", match[0], match[0].lower().removesuffix("'s").removesuffix("’s"))


def _relative(match: re.Match[str]) -> Time | None:
    return Time("relative", match[0], match[0].lower())


def _part(match: re.Match[str]) -> Time | None:
    return Time("part", match[0], match[0].lower().removeprefix("over"))


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Whether four digits are a year: after such a word, or with no noun behind them."""
    before = re.search(r"(\w+)\W*$", text[: match.start()])
    leads = {"in", "since", "of", "from", "until", "by", "before", "after", "and", "to", "year",
             "late", "early", "during", "than", "between", "for", "mid"}  # fmt: skip
    noun = re.match(r"\s+[a-z]+s\b", text[match.end() :])
    return bool(before and before[1].lower() in leads) and not noun


def _same(said: Time, held: Time, published: date | None) -> bool:
    if said.kind == held.kind == "date":
        return _fits(said.day, held.day)
    if said.kind == held.kind:
        return said.value == held.value
    if published is None:
        return False
    return {said.kind, held.kind} <= {"date", "weekday", "relative"} and bool(
        _days(said, published) & _days(held, published)
    )


def _fits(said: Day, held: Day) -> bool:
    """Whether a date is the same; a part that only the passage tells is free, as is its year."""
    return all(
        a == b or (part == 0 and b is None and said != (a, None, None))
        for part, (a, b) in enumerate(zip(said, held, strict=True))
        if a is not None
    )


def _days(time: Time, published: date) -> frozenset[date]:
    """The days that a time may mean in an article of that day."""
    near = [published + timedelta(days=n) for n in range(-6, 7)]
    if time.kind == "weekday":
        return frozenset(day for day in near if _DAYS[day.weekday()] == time.value)
    if time.kind == "relative":
        shift = {"yesterday": -1, "tomorrow": 1}.get(str(time.value), 0)
        return frozenset({published + timedelta(days=shift)})
    year, month, day = time.day
    if day is None:
        return frozenset()
    return frozenset(d for d in near if (d.month, d.day) == (month, day) and year in {None, d.year})


def _rivals(said: Time, held: Time) -> bool:
    """Whether the passage tells a time of the same kind there: then that one counts alone."""
    if said.kind != held.kind:
        return {said.kind, held.kind} <= {"weekday", "date", "relative"} and said.kind != "date"
    if said.kind == "date":
        pairs = zip(said.day, held.day, strict=True)
        return any(a is not None and b is not None for a, b in pairs)
    return True


def _published(heading: str) -> date | None:
    """The day that ends a heading ("… | 3 March 2026")."""
    for time in reversed(times(heading.rsplit("|", 1)[-1])[0]):
        year, month, day = time.day
        if year and month and day:
            return date(year, month, day)
    return None
