"""Numbers as they stand in a text, with unit, bound and what they count. English."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.answering.checking.contrast import contrasted, struck_out
from bot.answering.checking.shares import shares_as_percent
from bot.answering.checking.times import times
from bot.answering.checking.vocabulary import listed
from ingest.text import figures

_MEASURES = {
    "km/h": ("speed", 1.0), "kph": ("speed", 1.0), "kilometres per hour": ("speed", 1.0),
    "kilometers per hour": ("speed", 1.0), "kilometres an hour": ("speed", 1.0),
    "mph": ("mph", 1.0), "miles per hour": ("mph", 1.0), "miles an hour": ("mph", 1.0),
    "percentage point": ("points", 1.0), "percent": ("%", 1.0), "per cent": ("%", 1.0),
    "%": ("%", 1.0), "kilometre": ("m", 1e3), "kilometer": ("m", 1e3), "km": ("m", 1e3),
    "centimetre": ("m", 1e-2), "centimeter": ("m", 1e-2), "cm": ("m", 1e-2),
    "millimetre": ("m", 1e-3), "mm": ("m", 1e-3), "metre": ("m", 1.0), "meter": ("m", 1.0),
    "mile": ("mile", 1.0), "feet": ("foot", 1.0), "foot": ("foot", 1.0), "inch": ("inch", 1.0),
    "square kilometre": ("km2", 1.0), "square mile": ("mi2", 1.0), "square metre": ("m2", 1.0),
    "hectare": ("ha", 1.0), "acre": ("acre", 1.0), "kilogram": ("kg", 1.0), "kilo": ("kg", 1.0),
    "kg": ("kg", 1.0), "tonne": ("kg", 1e3), "gram": ("kg", 1e-3), "ton": ("ton", 1.0),
    "litre": ("l", 1.0), "liter": ("l", 1.0), "gallon": ("gallon", 1.0),
    "second": ("s", 1.0), "minute": ("s", 60.0), "hour": ("s", 3600.0), "day": ("s", 86400.0),
    "week": ("s", 604800.0), "month": ("months", 1.0), "year": ("months", 12.0),
    "decade": ("months", 120.0), "dollar": ("$", 1.0), "euro": ("€", 1.0), "pound": ("£", 1.0),
    "crown": ("crown", 1.0), "krona": ("krona", 1.0), "kronor": ("krona", 1.0),
    "mark": ("mark", 1.0), "franc": ("franc", 1.0), "yen": ("yen", 1.0), "rouble": ("rouble", 1.0),
    "ruble": ("rouble", 1.0), "rupee": ("rupee", 1.0), "yuan": ("yuan", 1.0), "peso": ("peso", 1.0),
    "degree": ("degree", 1.0), "megawatt": ("W", 1e6), "gigawatt": ("W", 1e9),
    "kilowatt": ("W", 1e3),
}  # fmt: skip
_NO_THING = frozenset({"out", "total", "year-over-year"})
"""What "120 jobs out of 800" seems to count, and "a total of 25"."""
_ALONE = re.compile(r"\s(?:he|she|they|it|we|had|has|have|was|were|is|are)\b")
""" "The 350 he named", "two were hurt": what they count is not told."""
_MILLION = 1e6
MONEY = listed("$ € £ crown krona mark franc yen rouble rupee yuan peso")
_MEASURE = re.compile(
    rf"[\s-]?(?P<unit>{'|'.join(sorted(map(re.escape, _MEASURES), key=len, reverse=True))})"
    r"(?:e?s)?(?!\w)(?:[\s-](?:old|prison)\b)?",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s(?:[a-z]+\s)?(?:(?:more|less|extra)\s)?(?:an?|per|every|each)"
    r"\s(hour|day|week|month|year|person|dose|night)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\s?(?:[a-z]+ ){0,3}?(?:(?P<more>more|additional|extra|further|higher|(?<!no )longer|later"
    r"|older|larger|bigger|dearer|above)"
    r"|(?P<less>less|fewer|lower|shorter|earlier|younger|smaller|cheaper|below))\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s(?:\w+ )?of (?:them|those|these|whom|which)\b", re.IGNORECASE)
_STEP = re.compile(
    r"\b(by|to|from) (?:about |around |some |nearly |almost )?[$€£]?$", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:to|and|or|;|–|-)\s*")
_HALVES = re.compile(r"\s+and a half\b", re.IGNORECASE)
_HALF_POINT = re.compile(
    r"\bhalf an? (?=percentage point|per ?cent\b|million|billion|kilomet|mile|hour)", re.IGNORECASE
)
_AND_HALF = re.compile(r"\ban? (hour|day|week|month|year|mile|million) and a half\b", re.I)
_A_UNIT = re.compile(
    r"(?<=\bwithin )an?\s|(?<=\bfor )an?\s(?=(?:hour|day|week|month|year)\b)"
    r"|\ban?\s(?=(?:hour|day|week|month|year) (?:late|early|later|earlier|ago|longer|ahead)\b)",
    re.IGNORECASE,
)
""" "an hour late" is one hour."""
_AGO = re.compile(r"\s(?:\w+\s)?ago\b")
""" "More than a week ago" mostly holds something against what was then."""
_BELOW = r"nearly|almost|close to|just under|under|below|less than|fewer than|up to|at most"
_ABOVE = r"more than|over|above|at least|upwards of|just over|no fewer than|no less than|exceeding"
_LESS = r"(?:lower|smaller|shorter|younger|earlier|fewer|cheaper|lighter|slower)"
_ABOUT = r"about|around|some|roughly|approximately|an estimated|estimated"
_BOUND = re.compile(
    rf"\b(?:(?P<below>{_BELOW}|{_LESS} than)|(?P<above>{_ABOVE}|(?!rather|other)\b\w+er than)"
    rf"|(?P<about>{_ABOUT}))\s+(?:an? )?[$€£]?$",
    re.IGNORECASE,
)
ROUNDED = 0.02
"""How far a value may be rounded by who says "about"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: value and unit in one measure, stems of what it counts, how exact it is.

    `compared` is "more" or "less" where it tells a difference ("a fifth less than last year"),
    `step` the "by", "to" or "from" before it; `part`: it counts some "of them".
    """

    text: str
    value: float
    unit: str
    counts: frozenset[str]
    bound: str
    rate: str
    denied: bool
    contrasted: bool
    ordinal: bool
    compared: str = ""
    step: str = ""
    part: bool = False


def numbers(text: str) -> list[Number]:
    """The numbers of a text, without those that tell a time."""
    rest = times(text)[1]
    rest = re.sub(r"(?<=\d)[-–](?=\d)", " ; ", rest)  # "2-1" are two numbers, not one below zero
    rest = re.sub(r"(?<=\d), (?=\d)", " ; ", rest)
    rest = _HALF_POINT.sub("0.5 ", rest)
    rest = _A_UNIT.sub(" 1 ", _AND_HALF.sub(r"1.5 \1", shares_as_percent(rest)))
    found: list[Number] = []
    last = 0
    for figure in figures(rest):
        end = figure.start + len(figure.text)
        value, unit, factor = figure.value, figure.unit, 1.0
        counts = frozenset() if _ALONE.match(rest, end) else figure.counts - _NO_THING
        if half := _HALVES.match(rest, end):
            value, end = value + 0.5, half.end()
        if "point" in figure.text.lower():
            unit = "points"
        measure = _MEASURE.match(rest, end) if not unit else None
        if measure and (not _ordinal(figure.text) or measure["unit"].lower() == "minute"):
            unit, factor = _MEASURES[measure["unit"].lower()]
            value *= factor
            counts, end = frozenset(), measure.end()
        if found and unit and not found[-1].unit and _RANGE.fullmatch(rest[last : figure.start]):
            found[-1] = replace(found[-1], unit=unit, value=found[-1].value * factor)
        last = end
        found.append(
            Number(
                figure.text,
                value,
                unit,
                counts,
                _bound(rest[: figure.start], rest[end:]),
                _rate(rest[end:]),
                struck_out(rest[: figure.start]),
                contrasted(rest[: figure.start]),
                _ordinal(figure.text),
                _compared(rest[end:]),
                _step(rest[: figure.start]),
                _OF_THEM.match(rest[end:]) is not None,
            )
        )
    return found


def with_units(found: list[Number]) -> list[Number]:
    """The numbers, and beside those that leave their unit to another one those with it.

    So does a great sum ("by 7 million marks to 71 million"), and what is named as another's
    contrast ("3.9 percent, not 4.2").
    """
    units = [number.unit for number in found if number.unit]
    return found + [
        replace(number, unit=unit)
        for number in found
        if not number.unit
        for unit in units[:1]
        if number.denied
        or number.contrasted
        or (unit in MONEY and not number.counts and number.value >= _MILLION)
    ]


def same_number(said: Number, held: Number) -> bool:
    if said.unit != held.unit and not _age(said, held):
        return False
    value = held.value
    if said.unit != held.unit:
        value = value * 12 if said.unit == "months" else value / 12
    if said.bound == "about" and not said.ordinal:
        return abs(said.value - value) <= ROUNDED * abs(value)
    return abs(said.value - value) < 1e-9 * max(1.0, abs(value))


def _age(said: Number, held: Number) -> bool:
    """ "Roth, 19," is "19 years old"; a bare number has no unit."""
    return {said.unit, held.unit} == {"", "months"} and not (said.counts and held.counts)


def _bound(before: str, after: str) -> str:
    if _AGO.match(after):
        return ""
    match = _BOUND.search(before)
    return next((name for name, words in match.groupdict().items() if words), "") if match else ""


def _rate(after: str) -> str:
    """The time of "85 kronor a month": "month"."""
    match = _RATE.match(after)
    return match[1].lower() if match else ""


def _compared(after: str) -> str:
    """Which way a number differs from another one: "more", "less" or ""."""
    match = _COMPARED.match(after)
    return next((way for way, words in match.groupdict().items() if words), "") if match else ""


def _step(before: str) -> str:
    """The "by" of "grew by 3 percent", which says something else than "grew to"."""
    match = _STEP.search(before)
    return match[1].lower() if match else ""


def _ordinal(text: str) -> bool:
    return text[-2:].lower() in {"st", "nd", "rd", "th"}
