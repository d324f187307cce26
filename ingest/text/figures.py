"""Numbers in a text, with their unit and what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.text.words import STOP_WORDS, stem, tokens


def _names(text: str) -> list[str]:
    return text.split()


_SMALL = dict.fromkeys(("zero",), 0) | {
    word: value
    for value, word in enumerate(
        _names(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen twenty"
        ),
        1,
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(_names("thirty forty fifty sixty seventy eighty ninety"), 3)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
           "trillion": 1e12}  # fmt: skip
_COMPOUND = {
    f"{ten}-{one}": tens + ones
    for ten, tens in ({"twenty": 20} | _TENS).items()
    for one, ones in _SMALL.items()
    if ones in range(1, 10)
}
_WORDS = _COMPOUND | _SMALL | _TENS
_CURRENCIES = {"$": "$", "€": "€", "£": "£", "dollar": "$", "euro": "€", "pound": "£"}
_NUMBER = re.compile(
    r"(?P<sign>[$€£])?\s?(?:(?P<digits>\d[\d,. ]*\d|\d)"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b)(?P<ordinal>st|nd|rd|th)?"
    rf"(?:[\s-](?P<scale>{'|'.join(_SCALES)})s?\b)?"
    r"\s?(?P<unit>%|percent\b|per cent\b|percentage points?\b|dollars?\b|euros?\b|pounds?\b)?",
    re.IGNORECASE,
)
_REACH = 3
_CLAUSE_ENDS = re.compile(
    r"[,.;:()\n]|\d|\b(?:and|or|but|with|while|from|in|on|at|of|for|by|to|than|after|before)\b"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: its value, its unit ("%", a currency sign or ""), stems of what it counts.

    `text` stands at `start` of the text that was read.
    """

    text: str
    value: float
    unit: str
    counts: frozenset[str]
    start: int


def figures(text: str) -> list[Figure]:
    """Every number of a text, in digits or words ("twelve", "1.2 million", "12%")."""
    return [
        Figure(
            match[0].strip(),
            value,
            _unit(match),
            _counted(text, match),
            match.start() + len(match[0]) - len(match[0].lstrip()),
        )
        for match in _NUMBER.finditer(text)
        if (value := _value(match)) is not None and not _article(match)
    ]


def _article(match: re.Match[str]) -> bool:
    """ "one" is more often a pronoun than a number."""
    return (match["word"] or "").lower() == "one" and not match["scale"] and not match["unit"]


def _value(match: re.Match[str]) -> float | None:
    if match["word"]:
        value = float(_WORDS[match["word"].lower()])
    else:
        digits = match["digits"].replace(" ", "")
        thousands = re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", digits)
        plain = re.sub(r"[,.]", "", digits) if thousands else digits.replace(",", "")
        try:
            value = float(plain)
        except ValueError:
            return None
    return value * _SCALES.get((match["scale"] or "").lower(), 1.0)


def _unit(match: re.Match[str]) -> str:
    unit = (match["unit"] or "").lower().rstrip("s")
    if unit.startswith("per") or unit == "%":
        return "%"
    return match["sign"] or _CURRENCIES.get(unit, "")


def _counted(text: str, match: re.Match[str]) -> frozenset[str]:
    """The stems of what a number counts: "184 passengers", "a crew of nine"."""
    of = re.search(r"(\w+) of\s*$", text[: match.start()])
    clause = _CLAUSE_ENDS.split(text[match.end() :], maxsplit=1)[0]
    telling = [word for word in tokens(clause) if word.lower() not in STOP_WORDS][:_REACH]
    if not telling and of:
        telling = [of[1]]
    return frozenset(map(stem, telling))
