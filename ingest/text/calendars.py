"""What a language calls its times and numbers, made into patterns. Pure.

The names of months, days and units are CLDR's (Babel), words such as "yesterday" and inflected
names dateparser's, number words those of text2num and number-parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import chain, product
from typing import Any

_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:[^\W\d_]{2}(?!\w)|[º.])?"
_DAYS = rf"{_DAY}(?:\s?[-–]\s?{_DAY})?"
WORD = r"[^\W\d_]+(?:-[^\W\d_]+)?"
_FIGURE = r"(?<![\w.,:/$€£])(?<![^\W\u0590-\u06ff][-–])"
"""What stands before figures of a time; in Hebrew and Arabic a preposition may, with a hyphen."""
_ISO = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])"
_END = r"(?![\w%]|[.,:/-]\d)"
TOKEN = re.compile(r"\d+|[^\W\d_]+")
_UNSURE = frozenset({"morgen", "mañana"})
"""They mean "tomorrow" or "morning"."""
_UNITS = ("year", "month", "week", "day")
_NEVER = "(?!)"
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a language calls its times; the keys are folded."""

    code: str
    pattern: re.Pattern[str]
    heads: set[str]
    months: dict[str, int]
    weekdays: dict[str, tuple[int, int]]
    relative: dict[str, tuple[str, int]]
    distances: list[tuple[str, str, int]]
    afternoon: set[str]
    leads: set[str]
    month_first: bool
    noun_capitals: bool


@lru_cache(maxsize=100_000)
def spelled(words: str, language: str) -> float | None:
    """What number words say ("twenty-three"); NaN for an ordinal, None if they are no number.

    It stands here because ages are counted in words too ("three weeks ago").
    """
    return float(words) if words.isdecimal() else _reader(language)(words.casefold())


@lru_cache(maxsize=64)
def _reader(language: str) -> Callable[[str], float | None]:
    text2num = import_module("text_to_num").text2num

    def read(words: str) -> float | None:
        try:
            return float(text2num(words, language))
        except ValueError as error:
            return float("nan") if "invalid digit" in str(error) else None

    try:
        text2num("", language)
    except ValueError as error:
        if "unsupported" in str(error):
            return _cased_reader(language)
    return read


def _cased_reader(language: str) -> Callable[[str], float | None]:
    """number-parser knows the cases of Russian, but looks its words up slowly."""
    try:
        parser = import_module("number_parser.parser")
        known = frozenset(parser.LanguageData(language).all_numbers)
    except (ImportError, ValueError):
        return lambda _: None

    def read(words: str) -> float | None:
        words = words.replace("ё", "е")
        number = parser.parse_number(words, language) if known.issuperset(words.split()) else None
        return None if number is None else float(number)

    return read


def cldr(language: str) -> Any:
    """What CLDR knows of a language; of an unknown one what holds for all."""
    from babel import localedata

    known = language if localedata.exists(language) else "root"
    data: Any = localedata.load(known)
    return localedata.LocaleDataDict(data)


def _said(language: str) -> dict[str, Any]:
    """What dateparser knows of a language."""
    try:
        return dict(import_module(f"dateparser.data.date_translation_data.{language}").info)
    except ImportError:
        return {}


@lru_cache(maxsize=64)
def calendar_of(code: str) -> Calendar:
    data, said = cldr(code), _said(code)
    phrases = said.get("relative-type", {})
    short, full, stems = _names("months", data, said)
    weekdays = {name.casefold(): (n, -1) for name, n in _names("days", data, said)[1].items()}
    for number, english in cldr("en")["days"]["format"]["wide"].items():
        weekdays |= dict.fromkeys(phrases.get(f"next {english.lower()}", ()), (number, 1))
    relative, distances = dict(_relatives(phrases)), list(_distances(data["date_fields"]))
    markers, afternoon = _markers(data)
    spans = data["unit_patterns"]["duration-day"].get("long", {})
    leads = chain.from_iterable(said.get(key, ()) for key in ("skip", "in", "pertain", "year"))
    month_first = said.get("date_order") == "MDY"
    months = short | full | stems
    capitals = {name.capitalize() for name in short | full}
    alone = rf"(?:{any_of(full)}|(?:{any_of(stems)})[^\W\d_]{{0,2}})(?!\w)"
    month = rf"(?:{any_of({*short, *full, *capitals})}|{alone})(?!\w)\.?"
    of = rf"(?:(?:{any_of(said.get('pertain', ()))})\s+)?"
    year = rf",?\s+{of}{_YEAR}{_END}"
    ago = "|".join(form.replace(r"(\d", r"(?:\d") for form, *_ in distances)
    minutes = rf":[0-5]\d(?::[0-5]\d)?(?!:?\d)(?:\s?(?:{markers}))?|(?:\.[0-5]\d)?\s?(?:{markers})"
    heads = chain(months, weekdays, relative, (form for form, *_ in distances))
    ways = (
        rf"(?P<relative>{any_of(relative, fold=True)}|(?i:{ago}))(?!\w)",
        rf"{_FIGURE}(?P<iso>{_ISO})",
        rf"{_FIGURE}(?P<day>{_DAYS}\s?{of}{month}(?:{year})?)",
        rf"{_FIGURE}(?P<numeric>\d\d?(?P<mark>[./])\d\d?(?P=mark){_YEAR}{_END})",
        rf"{_FIGURE}(?P<clock>(?:[01]?\d|2[0-4])(?i:{minutes})(?!\w))",
        rf"{_FIGURE}(?P<year>{_YEAR}(?:[-–](?:{_YEAR}|\d\d))?{_END})",
        rf"(?P<first>{month}\s+{_DAYS}{_END}(?:{year})?)" if month_first else _NEVER,
        rf"(?P<dated>{month}{year})",
        rf"(?P<month>{alone})",
        rf"(?P<weekday>{any_of(_written(weekdays, data))})(?!\w)",
    )
    return Calendar(
        code,
        re.compile("|".join(ways)),
        {TOKEN.findall(name)[0].casefold() for name in heads},
        {name.casefold(): number for name, number in months.items()},
        weekdays,
        relative,
        distances,
        afternoon,
        {word.casefold() for word in leads if word.isalpha()},
        month_first,
        any(day[-1:].isalpha() and day.split()[-1][0].isupper() for day in spans.values()),
    )


def _written(names: Iterable[str], data: Any) -> set[str]:
    """Folded names as they are written: with a capital where CLDR has one, else with or without."""
    capital = data["days"]["format"]["wide"][0][0].isupper()
    titled = {re.sub(r"\w+$", lambda last: last[0].capitalize(), name) for name in names}
    return titled | {name.capitalize() for name in titled} | set(() if capital else names)


def _names(
    of: str, data: Any, said: dict[str, Any]
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """The short names, the full ones and the stems of months or days.

    dateparser's are taken if they are forms of CLDR's ("среду", "באפריל"). Where CLDR has two
    forms, the language bends its names: what they begin with is their stem.
    """
    short: dict[str, int] = {}
    full: dict[str, int] = {}
    stems: dict[str, int] = {}
    uses = [data[of]["format"], data[of]["stand-alone"]]
    for number, english in cldr("en")[of]["format"]["wide"].items():
        wide = [use["wide"][number] for use in uses]
        full |= dict.fromkeys(wide, number)
        short |= {use["abbreviated"][number].strip("."): number for use in uses}
        begins = re.match(r"(.*).*\n\1", "\n".join(wide))
        stem = begins[1] if begins else ""
        if len(stem) > _SHORT and wide[0] != wide[1]:
            stems[stem] = number
        for form in said.get(english.lower(), ()):
            name = form.capitalize() if wide[0][0].isupper() else form
            if wide[0][:3].lower() in form.lower():
                (full if len(form) >= len(wide[0]) else short).setdefault(name, number)
    return {name: n for name, n in short.items() if name not in full}, full, stems


def _relatives(phrases: dict[str, list[str]]) -> Iterator[tuple[str, tuple[str, int]]]:
    for key, said in phrases.items():
        if form := re.fullmatch(rf"(in )?(\d) ({'|'.join(_UNITS)})( ago)?", key):
            steps = int(form[2]) * (1 if form[1] else -1)
            for phrase in said:
                if len(phrase) > 2 and phrase not in _UNSURE:  # noqa: PLR2004
                    yield phrase.casefold(), (form[3], steps)


def _distances(fields: Any) -> Iterator[tuple[str, str, int]]:
    """CLDR's "{0} weeks ago" as patterns, with the unit and its direction."""
    for unit, (tense, sign) in product(_UNITS, (("past", -1), ("future", 1))):
        for plural, form in fields[unit].get(tense, {}).items():
            steps = sign * (2 if plural == "two" and "{0}" not in form else 1)
            yield re.escape(form).replace(r"\{0\}", rf"(\d{{1,3}}|{WORD})"), unit, steps


def _markers(data: Any) -> tuple[str, set[str]]:
    """What may follow a clock time ("p.m.", "Uhr"), and which of it means the afternoon."""
    said = [names for use in data["day_periods"].values() for names in use.values()]
    halves = {n[half] for n in said for half in ("am", "pm") if len(letters(n.get(half, ""))) > 1}
    loose = [r"\.?\s?".join(map(re.escape, letters(half))) + r"(?:\.|(?!\w))" for half in halves]
    hours = re.findall(r"'(\w\w+)'", data["datetime_skeletons"]["H"].pattern)
    noon = {letters(n["pm"]) for n in said if "pm" in n}
    return "|".join([*loose, *hours]) or _NEVER, noon


def any_of(names: Iterable[str], *, fold: bool = False) -> str:
    """A pattern for any of the names, the longest first; tried by first letters, which is fast."""
    rests: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        heads = {name[0].lower(), name[0].upper()} if fold else {name[0]}
        rests.setdefault("".join(sorted(heads)), []).append(re.escape(name[1:]))
    flag = "i" if fold else ""
    return (
        "|".join(f"[{re.escape(head)}](?{flag}:{'|'.join(rest)})" for head, rest in rests.items())
        or _NEVER
    )


def letters(words: str) -> str:
    """The letters of some words alone, folded."""
    return re.sub(r"[\W\d_]", "", words).casefold()
