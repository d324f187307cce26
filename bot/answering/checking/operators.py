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
_FROM_TO = re.compile(r"\bfrom ((?:[A-Z][\w'’-]+ ?){1,4}) ?to ((?:[A-Z][\w'’-]+ ?){1,4})")
_SUPREMES = r"(first|last|biggest|largest|smallest|most|worst|best|few|only|[a-z]{3,}est)"
_ONE_OF = re.compile(rf"\b(?:one|some|two|three) of (?:the|its|[\w ]+['’]s) {_SUPREMES}\b", re.I)
_SUPREME = re.compile(rf"\b{_SUPREMES}\b", re.IGNORECASE)
_AMONG = re.compile(r"\b(?:one|some|two|three) of\b|\bamong\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:conspiracy theor\w+|rumou?rs?|unfounded|unconfirmed|unverified|hoax\w*)\b", re.IGNORECASE
)
_CLAIMED = re.compile(
    r"\b(?:claim\w*|said|says?|suggest\w*|accus\w+|den\w+|suspect\w*|false\w*|theor\w+|charg\w+)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:one|some|most|part|half|two|three|several) of\b", re.IGNORECASE)


def turned(sentence: str, held: str) -> str:
    """A small word that turns the claim and has no match in what bears it, `held`; else ""."""
    for said, alike in _COMPILED:
        found = said.search(sentence)
        if found and not said.search(held) and not alike.search(held):
            return f"“{found[0]}” does not stand there"
    if (rates := _rates(sentence) - _rates(held)) and _rates(held):
        return f"it is not per {min(rates)} there"
    if other := _other_way(sentence, held) or _surer(sentence, held):
        return other
    part = _PART.search(sentence)
    if part and _WHOLE.search(held) and not _PART.search(held) and not _WHOLE.search(sentence):
        return f"it is not “{part[0]}” there"
    return ""


def _other_way(sentence: str, held: str) -> str:
    """Names of "from A to B" that stand the other way round there; else ""."""
    there = {(a.strip(), b.strip()) for a, b in _FROM_TO.findall(held)}
    turned = ((b.strip(), a.strip()) for a, b in _FROM_TO.findall(sentence))
    return next((f"it is from {a} to {b} there" for a, b in turned if (a, b) in there), "")


def _surer(sentence: str, held: str) -> str:
    """ "The first" of what is one of the first, or a rumour told as true; else ""."""
    supreme = set(_SUPREME.findall(sentence.lower())) & set(_ONE_OF.findall(held.lower()))
    if supreme and not _AMONG.search(sentence):
        return f"it is one of the {min(supreme)} there"
    if _DOUBT.search(held) and not _DOUBT.search(sentence) and not _CLAIMED.search(sentence):
        return "it is no more than a claim there"
    return ""


def _rates(text: str) -> frozenset[str]:
    """The spans of time after each of which something is told to happen, or to be paid."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(_RATE.findall(text.lower())) | {_ADVERBS[w] for w in words if w in _ADVERBS}


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b" if pattern else r"(?!)", re.IGNORECASE)


_COMPILED = tuple((_words(said), _words(alike)) for said, alike in _OPERATORS)
