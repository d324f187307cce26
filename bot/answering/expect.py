"""What kind of thing a question asks for, and whether a sentence offers one."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.text import LIGHT_WORDS, alike, content_words, names, stem, tokens

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen dozens hundreds thousands half third quarter no none"
)
_NUMBER = re.compile(rf"\d|\b(?:{_NUMBER_WORDS.replace(' ', '|')})\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|yesterday|today|tomorrow|tonight|noon|midnight|morning|evening|afternoon"
    r"|week|month|year|spring|summer|autumn|winter|century)s?\b|\b(?:1[5-9]|20)\d\d\b"
    r"|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}\s?(?:am|pm|a\.m|p\.m)\b",
    re.IGNORECASE,
)


NEAR = 4
_MEASURE = re.compile(
    r"\bhow (?:long|far|high|tall|deep|big|large|fast|heavy|old)\b", re.IGNORECASE
)
_MEASURED = re.compile(
    r"(?:\d|\b(?:" + _NUMBER_WORDS.replace(" ", "|") + r")\b)[\d.,]*[\s-]?(?:[a-z]+\s)?"
    r"(?:(?:kilo|centi|milli)?met(?:re|er)|km|cm|mile|feet|foot|inch|acre|hectare|square|second|"
    r"minute|hour|day|week|month|year|decade|centur|ton|kilo|pound|litre|liter|degree|storey)",
    re.IGNORECASE,
)
_AGE = re.compile(r"\bhow old\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|year-old|years old|born|turn(?:s|ed)?)\b|, \d{1,3},", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow many\b((?:(?P<what>[\w\s’'-]*?)\b(?:is|are|was|were|has|have|had|do|does|did|will|would"
    r"|can|could|may|might|must|should)\b)?.*)",
    re.IGNORECASE | re.DOTALL,
)
""" "How many positive cases are there" counts cases, whatever stands before them."""
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")


class Expect(StrEnum):
    """The kind of answer a question wants; ANY where that can't be told."""

    NAME = "a name"
    NUMBER = "a number"
    DATE = "a date"
    PLACE = "a place"
    ANY = "anything"


_ASKS = (
    (Expect.NUMBER, r"\bhow (?:many|much|old|long|far|high|tall|big|large|fast|heavy)\b"),
    (Expect.NUMBER, r"\bwhat (?:number|percentage|share|proportion)\b"),
    (Expect.DATE, r"\bwhen\b|\b(?:what|which) (?:day|date|year|month|time)\b|\bhow long ago\b"),
    (Expect.NAME, r"\bwho(?:se|m)?\b|\bwhich (?:country|company|team|person|city|party)\b"),
    (Expect.PLACE, r"\bwhere\b"),
)


def expected(question: str) -> Expect:
    """What the question asks for; the first asking word decides, relative ones hardly matter."""
    found = [
        (match.start(), kind)
        for kind, pattern in _ASKS
        if (match := re.search(pattern, question, re.IGNORECASE))
    ]
    return min(found)[1] if found else Expect.ANY


def offers(kind: Expect, sentence: str, question: str) -> bool:
    """Whether the sentence holds something of that kind which the question did not bring."""
    if kind is Expect.NUMBER:
        return bool(_NUMBER.search(_without(sentence, question)))
    if kind is Expect.DATE:
        return bool(_DATE.search(_without(sentence, question)))
    if kind in {Expect.NAME, Expect.PLACE}:
        known = {stem(token) for token in tokens(question)}
        offered = [name for name in names(sentence) if stem(name) not in known]
        return any(
            not _DATE.fullmatch(name) and (kind is Expect.PLACE or not _is_place(name, sentence))
            for name in offered
        )
    return True


def _is_place(name: str, sentence: str) -> bool:
    """Whether a name only tells where: "at the Hochtal observatory", "south of Belmoor"."""
    word = re.escape(name)
    everywhere = len(re.findall(rf"\b{word}\b", sentence))
    where = rf"\b(?:in|at|near|off|from|to|into|of|over)\s+(?:the\s+)?{word}\b"
    return len(re.findall(where, sentence)) == everywhere


def counts(sentence: str, question: str) -> bool:
    """Whether a number in the sentence stands near what the question wants counted.

    "The injured were brought ashore by two lifeboats" does not count the injured.
    """
    if _AGE.search(question):
        return bool(_AGED.search(sentence))
    if _MEASURE.search(question):
        return bool(_MEASURED.search(sentence)) or "aged" in sentence
    asked = _COUNTED.search(question)
    telling = [w for w in content_words(asked[1] if asked else question) if _tells(w)]
    common = [word for word in telling if word.islower()] or telling
    what = content_words(asked["what"] or "") if asked else common
    wanted = list(map(stem, [word for word in what if _tells(word)] or telling[:1]))
    if not wanted:
        return True
    words = tokens(_CLOCK.sub(" ", sentence))
    for at, word in enumerate(words):
        if not _NUMBER.search(word):
            continue
        near = [stem(other) for other in words[max(0, at - NEAR) : at + NEAR + 1]]
        if any(other == want or alike(other, want) for other in near for want in wanted):
            return True
    return False


def _tells(word: str) -> bool:
    return word.lower() not in LIGHT_WORDS


def _without(sentence: str, question: str) -> str:
    """The sentence without the words that the question holds already."""
    asked = {token.lower() for token in tokens(question)} - {"week", "month", "year"}
    return " ".join(token for token in tokens(sentence) if token.lower() not in asked)
