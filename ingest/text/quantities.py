"""Numbers in a text, in digits or words, with their unit and what they count. Pure.

Number words are read by text2num and number-parser (ingest.text.calendars), separators, scales,
currencies and units are CLDR's. What is written here in words is what no library holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise, takewhile
from typing import Any
from unicodedata import category, combining

from ingest.text.calendars import any_of, cldr, spelled
from ingest.text.language import normal_code
from ingest.text.times import moments
from ingest.text.words import stem, stop_words, tokens

_PRESS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_DOZENS = ("dozen", "Dutzend", "docena", "docenas", "дюжина", "дюжины", "дюжин", "תריסר", "دزينة")
_POINTS = ("percentage points", "percentage point", "Prozentpunkte", "Prozentpunkt", "п.п.",
           "بالمئة", "بالمائة", "في المئة", "في المائة", "אחוזים")  # fmt: skip
_PERCENT = "%٪"
_AND_HALF = r"(?:and a half|y medi[oa]|с половиной)"
_FOLLOWS = re.compile(r"(?:\s(?:and|und|y)\s|[ \u00a0-])([^\W\d_]+)")
_ARTICLE = re.compile(
    r"(?<!\w)(?<!of )(?:(?:an?|one|eine[nrm]?|una?) )?"
    r"(?:(?P<half>half|halbe[ns]?|medi[oa]) (?:an? )?)?$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*[-–—]\s*|\s+(?:to|bis|a|до|إلى|עד)\s+")
_OF = re.compile(r"(\w+) (?:of|von|de|из)\s*$")
_WHOLE = frozenset({"cien", "ciento", "mil", "сто"})
"""Number words of a scale that stand alone; "hundreds" and "millions" say no number."""
_POWERS = frozenset({1e2, 1e3, 1e6, 1e9, 1e12})
_MONEY = ("USD", "EUR", "GBP", "RUB", "JPY", "CNY", "INR", "ILS")
_ROUBLE = ("руб", "RUB")
"""The one abbreviation of the press that CLDR lacks."""
_BRITISH = {"en": "en_GB"}
_DOTTED = frozenset({"de"})
"""Languages that mark ordinals with a dot."""
_VAGUE = re.compile(
    "angle|concentr|consumption|graphics|light|person|quarter|length-point|volume-(?:cup|drop|pinch)"
)
"""Units whose names are mostly something else in news."""
_PHYSICAL = re.compile("length|mass|volume-liter")
_SPACES = " \u00a0\u202f"
_MARKS = re.compile("[\u200e\u200f\u061c']")
_DIGITS = r"(?:(?<![^\s(])[-−])?(?:\d{{1,3}}(?:[{0}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,٫٬]\d+)*)"
_NUMERAL = r"(?P<digits>{0})|[^\W\d_]+"
_GROUPED = re.compile(r"-?[1-9]\d{0,2}([.,])(?:\d{2,3}\1)*\d{3}")
_GLUED = re.compile(r"(?:[\w.,/#@]|[^\W\d\u0590-\u06ff]-|[^\W\d_]{2}-)$")
_CLAUSE = re.compile(r"(?:[^\S\n]*[^\s,.;:()!?\d،؛]+){0,5}")
_LAST = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(rf"\d[{_SPACES}]?[^\W\d_]?$")
"""A figure without a unit, or with one letter ("2022 г.")."""
_LOOK, _REACH, _RUN, _LONG, _MOST = 40, 3, 12, 3, 30


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at text[start:end] with its unit: "" for a bare count, "%", an ISO 4217 code or a
    CLDR unit such as "length-kilometer"; `counts` are stems of what it counts."""

    text: str
    value: float
    unit: str
    start: int
    end: int
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Writing:
    """How a language writes its numbers; the keys are folded."""

    code: str
    token: re.Pattern[str]
    plain: re.Pattern[str]
    money: re.Pattern[str]
    sign: re.Pattern[str]
    scales: dict[str, float]
    units: dict[str, str]
    group: str


_Number = tuple[int, int, float, float]
"""Start, end, value, and the power that its last word says."""
_Found = tuple[Quantity, float]
"""A quantity and the scale that is written with it."""


def quantities(text: str, language: str | None = None) -> list[Quantity]:
    """The numbers of a text, in order; none overlaps another.

    No quantities are dates, years and clock times, ordinals, "one" without a unit, vague plurals
    ("millions") and digits in names ("F-16"). Both ends of a range have its unit and its scale.
    """
    code = normal_code(language) or "en"
    writing = _writing(code)
    times = (m for m in moments(text, code) if m.kind not in {"relative", "weekday"})
    taken = {at: time.kind for time in times for at in range(time.start, time.end)}
    found: list[_Found] = []
    for match in writing.token.finditer(text):
        if match.lastgroup is None and _said(match[0], code) is None:
            continue
        kind = taken.get(match.end() - 1)
        if (found and match.start() < found[-1][0].end) or kind not in {None, "year"}:
            continue
        number = _figure(match, writing) if match["digits"] else _words(match, writing)
        read = number and _measured(text, number, writing, in_words=not match["digits"])
        if read and not (kind and _YEAR.search(read[0].text)):
            found.append(read)
    return _ranges(text, found)


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are the same amount of the same unit."""
    return a.unit == b.unit and math.isclose(a.value, b.value, rel_tol=1e-9)


def _figure(match: re.Match[str], writing: _Writing) -> _Number | None:
    """A number in digits that stands by itself: not in "F-16", "3rd", "1.2.3" or "3. Liga"."""
    text, end = match.string, match.end()
    value = _value(match["digits"], writing.group)
    if value is None or _GLUED.search(text, max(0, match.start() - 3), match.start()):
        return None
    ordinal = (
        writing.code in _DOTTED
        and len(match[0]) < _LONG
        and re.match(r"\.\s?\w", text[end : end + 3])
    )
    return None if ordinal else (match.start(), end, value, 1.0)


def _value(digits: str, group: str) -> float | None:
    """What digits with separators say: the language's group sign before three digits makes
    thousands; what else a sign may mean its form decides."""
    spaced = re.search(rf"[{_SPACES}٬]", digits) is not None
    bare = re.sub(rf"[{_SPACES}٬]", "", digits).replace("−", "-")
    if len(bare) > _MOST:
        return None
    signs = re.findall("[.,٫]", bare)
    if not signs:
        return float(bare)
    whole, _, fraction = bare.rpartition(signs[-1])
    lone = signs.count(signs[-1]) == 1
    if lone and (len(signs) > 1 or spaced or not (signs[0] == group and _GROUPED.fullmatch(bare))):
        groups = whole if len(signs) > 1 else ""
    else:
        groups, whole, fraction = bare, bare, ""
    if groups and not _GROUPED.fullmatch(groups):
        return None
    return float(re.sub("[.,]", "", whole) + "." + fraction)


def _words(match: re.Match[str], writing: _Writing) -> _Number | None:
    """A number in words, as many of them as read as one: "two hundred and fifty-one"."""
    text, (start, end) = match.string, match.span()
    first = _said(match[0], writing.code)
    if first is None or math.isnan(first) or len(match[0]) == 1:
        return None
    ends = [end]
    while (after := _FOLLOWS.match(text, ends[-1])) and len(ends) < _RUN:
        more = spelled(after[1], writing.code)
        if more is None or math.isnan(more):
            break
        ends.append(after.end())
    read = ((to, spelled(text[start:to], writing.code)) for to in reversed(ends))
    end, value = next(((to, value) for to, value in read if value is not None), (end, first))
    if after and math.isnan(spelled(after[1], writing.code) or 0) and ends[-1] == end:
        return None  # twenty-third, two thirds
    last = spelled(_LAST.findall(text[start:end])[-1], writing.code) or 1.0
    power = last if last in _POWERS else 1.0
    bare = first in _POWERS or match[0].casefold() in writing.scales
    if not bare or match[0].casefold() in _WHOLE:
        return start, end, value, power
    before = _ARTICLE.search(text, max(0, start - 20), start)
    if before is None or not before[0]:
        return None
    return before.start(), end, value / (2 if before["half"] else 1), power


@lru_cache(maxsize=100_000)
def _said(word: str, code: str) -> float | None:
    return _writing(code).scales.get(word.casefold()) or spelled(word, code)


def _measured(text: str, number: _Number, writing: _Writing, *, in_words: bool) -> _Found | None:
    """The quantity that a number makes with the sign before it, its scale and its unit."""
    start, end, value, power = number
    sign = writing.sign.search(text, max(0, start - 6), start)
    tail = (writing.money if sign else writing.plain).match(text, end)
    said = tail.groupdict() if tail else {}
    name, to = said.get("scale") or said.get("press") or "", tail.end() if tail else end
    scale = writing.scales.get(name) or writing.scales.get(name.casefold()) or 1.0
    halves = 0.5 * scale if said.get("half") and name else 0.0
    halves += 0.5 * max(scale, power) if said.get("more") or (said.get("half") and not name) else 0
    value, power = value * scale + halves, max(scale, power)
    after = said.get("unit") or ""
    unit = writing.units.get(after) or writing.units.get(after.casefold()) or ""
    unit = writing.units[sign[1]] if sign else unit
    if to == end and re.match(r"[^\W\d]|-[^\W\d_]{1,2}(?!\w)|/\d", text[end : end + 4]):
        return None  # "3rd", "3-й"
    if in_words and value == 1 and (not unit or unit.startswith("duration")):
        return None
    start = sign.start(1) if sign else start
    return Quantity(
        text[start:to], value, unit, start, to, _counts(text, start, to, writing.code)
    ), power


def _counts(text: str, start: int, end: int, code: str) -> frozenset[str]:
    """The stems of what a number counts: "184 passengers", "a crew of nine"."""
    clause, stops = _CLAUSE.match(text, end), stop_words(code)
    words = [word for word in tokens(clause[0] if clause else "") if len(word) > 1][:_REACH]
    telling = list(takewhile(lambda word: word.lower() not in stops, words))
    if not telling and (of := _OF.search(text, max(0, start - _LOOK), start)):
        telling = [of[1]]
    return frozenset(stem(word, code) for word in telling)


def _ranges(text: str, found: list[_Found]) -> list[Quantity]:
    """Both ends of "10 to 15 percent", "$5-7 million" with what is written at one of them."""
    whole = [quantity for quantity, _ in found]
    for at, ((_, own), (after, scale)) in enumerate(pairwise(found)):
        first = whole[at]
        if not _TO.fullmatch(text[first.end : after.start]):
            continue
        least = own == 1 < scale and first.value < after.value / scale
        whole[at] = replace(
            first,
            value=first.value * (scale if least else 1),
            unit=first.unit or after.unit,
            counts=after.counts,
        )
        whole[at + 1] = replace(whole[at + 1], unit=after.unit or first.unit)
    return whole


@lru_cache(maxsize=64)
def _writing(code: str) -> _Writing:
    data = cldr(code)
    long, short = _scales(data)
    british = _measures(code, cldr(_BRITISH.get(code, code)))
    units = dict(chain(british, _measures(code, data), _money(code, data)))
    group = data["number_symbols"]["latn"]["group"]
    digits = _DIGITS.format(_SPACES if group.isspace() else _SPACES[1:])
    signs = [name for name in units if any(category(sign) == "Sc" for sign in name)]
    names = [name for name in units if len(name) > _LONG]
    big = any_of({*long, *(name for name in _PRESS if len(name) > 1)}, fold=True)
    abbreviated = any_of(name for name in units if len(name) <= _LONG)
    loud = [name for name in short if name.isupper() or len(name) > 1]
    tail = (
        rf"(?:\s(?P<half>{_AND_HALF}))?"
        rf"(?:(?:[{_SPACES}-]?(?P<scale>{big})|(?P<press>PRESS))(?!\w))?"
        rf"(?:\s(?P<more>{_AND_HALF}))?"
        rf"(?:(?(scale)\.?)(?:[{_SPACES}-]|\sde\s|\sd[’'])?"
        rf"(?P<unit>{any_of(names, fold=True)}|{abbreviated})(?!\w))?"
    )
    return _Writing(
        code,
        re.compile(_NUMERAL.format(digits)),
        re.compile(tail.replace("PRESS", any_of(loud))),
        re.compile(tail.replace("PRESS", any_of(short))),
        re.compile(rf"(?<![^\W\d_])({any_of([*signs, *_MONEY])})\s?$"),
        long | short,
        {name if len(name) <= _LONG else name.casefold(): unit for name, unit in units.items()},
        group,
    )


def _scales(data: Any) -> tuple[dict[str, float], dict[str, float]]:
    """The long names of thousands and millions (folded), and the letters for them."""
    long, short = dict.fromkeys(map(str.casefold, _DOZENS), 12.0), dict(_PRESS)
    for forms in data["compact_decimal_formats"].values():
        for power, form in chain.from_iterable(plural.items() for plural in forms.values()):
            name = _MARKS.sub("", form.pattern).strip("0." + _SPACES)
            zeros = form.pattern.count("0")
            scales = short if len(name) == 1 else long
            if name:
                scales[name if len(name) == 1 else name.casefold()] = int(power) / 10 ** (zeros - 1)
    return long, short


def _measures(code: str, data: Any) -> Iterator[tuple[str, str]]:
    """Names and abbreviations of units, with CLDR's name of the unit; "%" for per cent."""
    for name in (*_POINTS, *_PERCENT):
        yield name, "%"
    for unit, widths in data["unit_patterns"].items():
        percent = unit == "concentr-percent"
        if _VAGUE.search(unit) and not percent:
            continue
        for width, forms in widths.items():
            for plural, form in forms.items():
                name = _MARKS.sub("", form.replace("{0}", "")).strip("." + _SPACES)
                if plural != "per" and _telling(name, unit, code) and width != "per":
                    yield name, "%" if percent else unit
                    yield "".join(c for c in name if not combining(c)), "%" if percent else unit


def _telling(name: str, unit: str, code: str) -> bool:
    """Whether an abbreviation means the unit rather than a short word."""
    if len(name) == 1:
        return not name.isalpha() or _PHYSICAL.match(unit) is not None
    return len(name) > _LONG - 1 or (bool(name) and name.casefold() not in stop_words(code))


def _money(code: str, data: Any) -> Iterator[tuple[str, str]]:
    """Names, codes and signs of currencies. "Dollar" by itself is the one of the language's own
    land, else that of the great currencies."""
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    for symbols in map(cldr, ("es", "ru", "en", code)):
        yield from ((sign, money) for money, sign in symbols["currency_symbols"].items())
    names = {
        money: {name, *data["currency_names_plural"].get(money, {}).values()}
        for money, name in data["currency_names"].items()
    }
    land = get_global("likely_subtags").get(code, "").rpartition("_")[2]
    places = {
        word[:4].casefold()
        for kind in ("territories", "languages")
        for name in data[kind].values()
        for word in re.findall(r"[^\W\d_]{3,}", name)
    }
    mains = [*get_territory_currencies(land), *_MONEY] if land else _MONEY
    first = 0 if data["character_order"] == "right-to-left" else -1
    for money in reversed(mains):
        for name in names.get(money, ()):
            words = re.findall(r"[^\W\d_]+", name)
            kept = [w for w in words if w[:4].casefold() not in places and not w.isupper()] or words
            yield kept[first], money
    yield _ROUBLE
    for money, forms in names.items():
        yield money, money
        yield from ((name, money) for name in forms)
