"""When: weekdays, dates, years and times of day, compared exactly. English."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.answering.checking.contrast import struck_out

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(DAYS)})(?:'s|’s)?\b", re.IGNORECASE)
_PART = re.compile(r"\b(morning|afternoon|evening|night|overnight)\b", re.IGNORECASE)
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
    number = next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))
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
