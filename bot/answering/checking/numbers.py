"""Numbers: the same value in the same unit, counting the same, as exact as it stands. English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.checking.meaning import LIGHT, same
from bot.answering.checking.reading import Reading
from bot.answering.checking.times import times
from bot.answering.checking.vocabulary import listed, stems
from ingest import figures

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
_NO_THING = frozenset({"out"})
"""What "120 jobs out of 800" seems to count."""
_MILLION = 1e6
_MONEY = listed("$ € £ crown krona mark franc yen rouble rupee yuan peso")
_MEASURE = re.compile(
    rf"[\s-]?(?P<unit>{'|'.join(sorted(map(re.escape, _MEASURES), key=len, reverse=True))})"
    r"(?:e?s)?(?!\w)(?:[\s-](?:old|prison)\b)?",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s(?:an?|per|every|each)\s(hour|day|week|month|year|person|dose|night)\b", re.IGNORECASE
)
_PEOPLE = stems(
    "worker employee staff passenger guest voter resident child woman man patient inhabitant crew"
)
_RANGE = re.compile(r"\s*(?:to|and|or|;|–|-)\s*")
_HALVES = re.compile(r"\s+and a half\b", re.IGNORECASE)
_HALF_POINT = re.compile(
    r"\bhalf an? (?=percentage point|per ?cent\b|million|billion|kilomet|mile|hour)", re.IGNORECASE
)
_PAIR = re.compile(r"(\d+(?:[.,]\d+)*)\s?(?:-|–|to|and)\s?(\d+(?:[.,]\d+)*)")
_BELOW = r"nearly|almost|close to|just under|under|below|less than|fewer than|up to|at most"
_ABOVE = r"more than|over|above|at least|upwards of|just over|no fewer than|no less than|exceeding"
_ABOUT = r"about|around|some|roughly|approximately|an estimated|estimated"
_BOUND = re.compile(
    rf"\b(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE})|(?P<about>{_ABOUT}))\s+(?:an? )?[$€£]?$",
    re.IGNORECASE,
)
ROUNDED = 0.02
"""How far a value may be rounded by who says "about"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: value and unit in one measure, stems of what it counts, how exact it is."""

    text: str
    value: float
    unit: str
    counts: frozenset[str]
    bound: str
    rate: str
    denied: bool
    ordinal: bool


def numbers(text: str) -> list[Number]:
    """The numbers of a text, without those that tell a time."""
    rest = times(text)[1]
    rest = re.sub(r"(?<=\d)[-–](?=\d)", " ; ", rest)  # "2-1" are two numbers, not one below zero
    rest = re.sub(r"(?<=\d), (?=\d)", " ; ", rest)
    rest = _HALF_POINT.sub("0.5 ", rest)
    found: list[Number] = []
    last = 0
    for figure in figures(rest):
        end = figure.start + len(figure.text)
        value, unit, factor = figure.value, figure.unit, 1.0
        counts = figure.counts - _NO_THING
        if half := _HALVES.match(rest, end):
            value, end = value + 0.5, half.end()
        if "point" in figure.text.lower():
            unit = "points"
        measure = _MEASURE.match(rest, end) if not unit else None
        if measure and not _ordinal(figure.text):
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
                _bound(rest[: figure.start]),
                _rate(rest[end:]),
                _struck_out(rest[: figure.start]),
                _ordinal(figure.text),
            )
        )
    return found


def miscounted(sentence: str, held: Sequence[Reading], heading: str) -> str:
    """A number that the bearing sentences do not give so, or ""; the heading may give it too."""
    texts = [reading.text for reading in held]
    there = [number for text in (*texts, heading) for number in _with_currency(numbers(text))]
    verbs = {word.stem for reading in held for word in reading.words if word.verb}
    for number in numbers(sentence):
        equal = [other for other in there if _equal(number, other)]
        if not equal:
            return f"the number {number.text} does not stand there"
        if all(other.denied != number.denied for other in equal):
            return f"{number.text} is what it is not, there"
        if not any(_counts_same(number, other, verbs) for other in equal):
            return f"{number.text} counts something else there"
        if number.rate and all(other.rate not in {"", number.rate} for other in equal):
            return f"{number.text} is not per {number.rate} there"
        if not any(_as_exact(number, other) for other in equal):
            return f"{number.text} is not as exact there"
    return _other_pair(sentence, texts)


def misplaced(sentence: Reading, held: Sequence[Reading]) -> str:
    """A number of one thing that is another's there ("the bus 4.3 metres"), or ""."""
    there = [claim for reading in held for claim in _claims(reading)]
    for words, found in _claims(sentence):
        for number in found:
            beside = [w for w, others in there if any(_equal(number, other) for other in others)]
            if not number.unit or not beside or any(words & other for other in beside):
                continue
            rivals = [other for w, others in there if w & words for other in others]
            if any(other.unit == number.unit for other in rivals):
                return f"{number.text} belongs to something else there"
    return ""


def _claims(reading: Reading) -> list[tuple[frozenset[str], list[Number]]]:
    """For each clause the stems of its telling words, and its numbers."""
    return [
        (
            frozenset(word.stem for word in clause if word.content and word.stem not in LIGHT),
            numbers(reading.text[clause[0].start : clause[-1].end]),
        )
        for clause in reading.clauses
    ]


def _with_currency(found: list[Number]) -> list[Number]:
    """ "62 million dollars, after 35 million": the second is money too."""
    units = [number.unit for number in found if number.unit in _MONEY]
    if not units:
        return found
    scaled = [n for n in found if not n.unit and not n.counts and n.value >= _MILLION]
    return found + [replace(number, unit=units[0]) for number in scaled]


def _equal(said: Number, held: Number) -> bool:
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


def _counts_same(said: Number, held: Number, verbs: set[str]) -> bool:
    """Whether both count one thing; "three wins" are "won three games"."""
    if not said.counts or not held.counts - verbs:
        return True
    if said.counts & stems("people") and held.counts & _PEOPLE:
        return True
    return any(same(a, b) for a in said.counts for b in held.counts | verbs)


def _as_exact(said: Number, held: Number) -> bool:
    """ "about" may come and go; "nearly" and "more than" say something, and have to stand."""
    loose = {"", "about"}
    return said.bound == held.bound or {said.bound, held.bound} <= loose


def _bound(before: str) -> str:
    match = _BOUND.search(before)
    return next((name for name, words in match.groupdict().items() if words), "") if match else ""


def _struck_out(before: str) -> bool:
    """Whether the number is named as the wrong one: "not 4.2", "instead of 120"."""
    return bool(
        re.search(
            r"\b(?:not|rather than|instead of|than the)\s+(?:\w+\s)?[$€£]?$", before, re.IGNORECASE
        )
    )


def _rate(after: str) -> str:
    """The time of "85 kronor a month": "month"."""
    match = _RATE.match(after)
    return match[1].lower() if match else ""


def _ordinal(text: str) -> bool:
    return text[-2:].lower() in {"st", "nd", "rd", "th"}


def _other_pair(sentence: str, held: Sequence[str]) -> str:
    """Two numbers that go together (a score, a vote, a range) in the same order."""
    there = [pair for text in held for pair in _PAIR.findall(times(text)[1])]
    for pair in _PAIR.findall(times(sentence)[1]):
        swapped = pair[::-1] in there and pair not in there
        if swapped:
            return f"{pair[0]} and {pair[1]} stand the other way round there"
    return ""
