"""What an article says of its own correctness: corrections, retractions, agency credits."""

from __future__ import annotations

import re

from ingest.text.sentences import sentence_spans

_BEGINS = r"(?:^|\n|[.!?”\"]\s)\W*"
_THIS = r"\bthis (?:article|story|report|piece|post) (?:has been|was) "
_CORRECTION = re.compile(
    rf"{_BEGINS}(?:corrections?|clarification|retraction|editor['’]?s['’]? note)"
    r"\s*(?:\([^)]*\))?\s*[:–—-]\s"
    r"|\b(?:earlier|previous) version of (?:this|our) (?:article|story|report|piece|post)\b"
    rf"|{_THIS}(?:corrected|amended)",
    re.IGNORECASE,
)
_RETRACTION = re.compile(
    rf"{_BEGINS}(?:retraction|retracted|withdrawn)\b|{_THIS}(?:retracted|withdrawn|removed)\b"
    r"|\bwe (?:have )?(?:retract(?:ed)?|withdrawn?) (?:this|the) (?:article|story|report)\b",
    re.IGNORECASE,
)
_LONG = {"Associated Press": "AP", "Agence France-Presse": "AFP", "Press Association": "PA"}
_SHORT = "Reuters AP AFP dpa PA UPI Xinhua TASS Interfax Kyodo ANSA EFE Yonhap Bloomberg"
_AGENCIES = {name.lower(): name for name in _SHORT.split()}
_AGENCIES |= {name.lower(): short for name, short in _LONG.items()}
_NAMES = "|".join(sorted(map(re.escape, _AGENCIES), key=len, reverse=True))
_CREDIT = re.compile(
    rf"\((?P<bracket>{_NAMES})\)|[—–-]\s*(?P<dash>{_NAMES})\.?\s*$|^\s*(?P<line>{_NAMES})\s*[—–-]\s",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^\W*(?P<place>[^\W\d_][^\W\d_a-z]{2,}[^()\n]{0,40})"
    r"\((?P<name>[^\W\d_a-z][\w .&-]{1,30})\)\s*[–—-]\s"
)
"""A place in capitals, then who writes: "OSTERWICK (Northline) – ". Agencies begin so."""
_EDGE = 300
"""Characters of an article's beginning and end in which a credit stands."""


def notice_in(text: str, language: str | None = None) -> str:
    """The first sentence that tells of a correction or retraction of this very text, or ""."""
    if not (_CORRECTION.search(text) or _RETRACTION.search(text)):
        return ""  # most articles hold none, and need not be cut into sentences
    for start, end in sentence_spans(text, language):
        sentence = text[start:end]
        if _CORRECTION.search(sentence) or _RETRACTION.search(sentence):
            return sentence
    return ""


def is_retraction(notice: str) -> bool:
    """Whether a notice takes the whole article back, and not a detail of it."""
    return bool(_RETRACTION.search(notice))


def agency_in(text: str, authors: tuple[str, ...] = ()) -> str:
    """The agency whose report a text is by its own words ("(Reuters)"), or ""."""
    for author in authors:
        if agency := _AGENCIES.get(author.strip().lower().removeprefix("the ")):
            return agency
    if begun := _DATELINE.match(text):
        return _AGENCIES.get(begun["name"].lower(), begun["name"])
    for edge in (text[:_EDGE], text[-_EDGE:]):
        for line in edge.splitlines():
            if found := _CREDIT.search(line):
                return _AGENCIES[(found["bracket"] or found["dash"] or found["line"]).lower()]
    return ""
