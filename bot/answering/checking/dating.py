"""Times compared: the same day, date or hour of the same thing. English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from bot.answering.checking.reading import Passage
from bot.answering.checking.times import DAYS, MONTHS, Day, Time, times

_TURNED = {"before": "after", "after": "before", "until": "since", "since": "until"}
_BESIDE = re.compile(r"\b(before|after|until|since) (?:the )?(\w+)", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(past|last|next|previous|coming) (hour|day|week|weekend|month|quarter|year|decade)\b",
    re.IGNORECASE,
)
_REACH = 4
"""So many words a time stands from its verb at most."""
_BOUND = re.compile(
    rf"\b([a-z]{{4,}}) (in|on|until|since) ((?:19|20)\d\d|{'|'.join((*DAYS, *MONTHS))})\b"
)
""" "Death in 2019"."""
_SPAN = re.compile(r"\b(?:between|from) (\w+) (?:and|to|until|till) (\w+)\b")


def mistimed(sentence: str, held: Sequence[str], passage: Passage) -> str:
    """A time that the bearing sentences (`held`) do not give, nor the sentence before them.

    What another sentence gives counts where the bearing ones give no time of that kind: news says
    "on Tuesday" once. A weekday and the date of publication together give a date.
    """
    there = [time for text in held for time in times(text)[0]]
    published = _published(passage.heading)
    for said in times(sentence)[0]:
        equal = [time for time in there if _same(said, time, published)]
        if equal and said.side != "start" and all(time.struck != said.struck for time in equal):
            return f"{said.text} is what it is not, there"
        if equal and all({said.side, time.side} == {"start", "end"} for time in equal):
            return f"{said.text} is the other end of it there"
        if not equal and not _told_once(said, there, passage):
            return f"the time {said.text} does not stand there"
    text = " ".join(held).lower()
    return (
        _other_day(sentence.lower(), text)
        or _turned(sentence.lower(), text)
        or _other_period(sentence.lower(), text)
        or _crossed(sentence, held)
    )


def _told_once(said: Time, there: Sequence[Time], passage: Passage) -> bool:
    """Whether another sentence gives a time, and the bearing ones none of its kind."""
    elsewhere = [*times(passage.text)[0], *times(passage.heading)[0]]
    published = _published(passage.heading)
    rivals = any(_rivals(said, time) for time in there)
    return not rivals and any(_same(said, time, published) for time in elsewhere)


def _other_day(sentence: str, held: str) -> str:
    """ "His death in 2014" where it is in 2019; else ""."""
    there = _BOUND.findall(held)
    for word, preposition, day in _BOUND.findall(sentence):
        days = {other for w, p, other in there if (w, p) == (word, preposition)}
        if days and day not in days:
            return f"the {word} is {preposition} {min(days)} there"
    return ""


def _turned(sentence: str, held: str) -> str:
    """A span or an order of times that is the other way round there; else ""."""
    spans, beside = set(_SPAN.findall(held)), set(_BESIDE.findall(held))
    for start, end in _SPAN.findall(sentence):
        if (end, start) in spans and (start, end) not in spans:
            return f"it is from {end} to {start} there"
    for side, word in _BESIDE.findall(sentence):
        if (_TURNED[side], word) in beside and (side, word) not in beside:
            return f"it is {_TURNED[side]} {word} there"
    return ""


def _other_period(sentence: str, held: str) -> str:
    """ "The past month" where it is the past week; else ""."""
    for side, unit in _PERIOD.findall(sentence):
        units = {other for same, other in _PERIOD.findall(held) if same == side}
        if units and unit not in held:
            return f"it is the {side} {min(units)} there"
    return ""


def _crossed(sentence: str, held: Sequence[str]) -> str:
    """A day of one deed that is another's: "on Friday set the trial for Monday"; else ""."""
    pairs = combinations(_days_of_words(sentence), 2)
    found = [set(_days_of_words(text)) for text in held]
    for (first, day), (second, other) in pairs:
        for there in found if day != other else ():
            as_said = {(first, day), (second, other)} & there
            if not as_said and {(first, other), (second, day)} <= there:
                return f"{day} belongs to something else there"
    return ""


def _days_of_words(text: str) -> list[tuple[str, str]]:
    """Each weekday and month with the words that stand nearest before it, or behind."""
    words = re.findall(r"\w+", text.lower())
    return [
        (other, word)
        for at, word in enumerate(words)
        if word in DAYS or word in MONTHS
        for other in words[max(at - _REACH, 0) : at + 2]
        if other != word and len(other) >= _REACH
    ]


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
        return frozenset(day for day in near if DAYS[day.weekday()] == time.value)
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
