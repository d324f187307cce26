"""Small words that turn a claim: if, unless, because, each, in all, later, twice a week. English.

A sentence made of its passage's words may still say something else by one of these. So each that
it holds has to stand in what bears it, or a word of the same force.
"""

from __future__ import annotations

import re

_RATE = re.compile(r"\b(?:an?|per|every|each) (hour|day|week|month|year)\b", re.IGNORECASE)
_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "annual": "year",
}
_SINCE = (
    r"since (?!(?:\w+ ){0,2}\d|last|then|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun))"
)
_CAUSES = rf"because|{_SINCE}|due to|owing to|thanks to|as a result|on account of"
_OPERATORS: tuple[tuple[str, str], ...] = (
    (r"even if|whether or not|no matter|regardless|whatever|in any case", ""),
    (r"unless", r"if (?:\w+ ){1,6}not|only|except|without|until|fails?"),
    (r"whether", r"if|or|ask(?:ed)?|question|decid\w+|unclear|examin\w+|check\w*"),
    (
        r"(?<!even )(?<!as )if|provided|on condition|as long as|in case",
        r"when|whether|should|would|could|condition\w*|only|until|without|depend\w*|subject",
    ),
    (
        _CAUSES,
        r"so|after|following|over|reason\w*|caus\w+|blam\w+|why|led|therefore|for \w+ing|owes?|owed"
        r"|put down|prompt\w*|forc\w+|trigger\w*|result\w*|fear\w*|thanks|in response|, as",
    ),
    (
        r"in spite of|despite|although|even though",
        r"but|yet|however|though|still|nevertheless|all the same|whereas|while|not|even",
    ),
    (r"where(?! from)", r"there|here|(?:in|at|on|to|from) which"),
    (r"except|apart from", r"but|only|not|exclud\w+|without|other than|bar"),
    (r"each|apiece|per (?:person|head)", r"every|per|an? (?:person|head|piece|night|day|ticket)"),
    (r"in all|in total|altogether|combined", r"total\w*|all|together|both|overall|sum"),
    (
        r"later(?! (?:this|that|in))|afterwards",
        r"after|since|then|next|following|behind|late|from|delay\w*|postpon\w+|subsequent\w*|once",
    ),
    (r"earlier|beforehand", r"before|ahead|early|previous\w*|prior|ago|last|first|already|had"),
    (r"twice|two times", r"second|two|double\w*|again"),
    (r"one of (?:the|its|their|them|his|her)", r"one|among|an?|another|first|last|third"),
    (r"some of (?:the|its|their|them)", r"some|several|part\w*|among|few|many|\d+|two|three"),
    (r"in vain|to no avail", r"fail\w*|unsuccess\w*|refus\w+|reject\w+|without"),
)
_WHOLE = re.compile(r"\b(?:all|both|every|entire|whole)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:one|some|most|part|half|two|three|several) of\b", re.IGNORECASE)


def turned(sentence: str, held: str) -> str:
    """A small word that turns the claim and has no match in what bears it, `held`; else ""."""
    for said, alike in _COMPILED:
        found = said.search(sentence)
        if found and not said.search(held) and not alike.search(held):
            return f"“{found[0]}” does not stand there"
    if (rates := _rates(sentence) - _rates(held)) and _rates(held):
        return f"it is not per {min(rates)} there"
    part = _PART.search(sentence)
    if part and _WHOLE.search(held) and not _PART.search(held) and not _WHOLE.search(sentence):
        return f"it is not “{part[0]}” there"
    return ""


def _rates(text: str) -> frozenset[str]:
    """The spans of time after each of which something is told to happen, or to be paid."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(_RATE.findall(text.lower())) | {_ADVERBS[w] for w in words if w in _ADVERBS}


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b" if pattern else r"(?!)", re.IGNORECASE)


_COMPILED = tuple((_words(said), _words(alike)) for said, alike in _OPERATORS)
