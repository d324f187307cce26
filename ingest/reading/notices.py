"""What an article says of its own correctness: corrections, retractions, agency credits."""

from __future__ import annotations

import re

from ingest.text.sentences import sentence_spans

_CORRECTION = re.compile(
    r"^\W*(?:corrections?|clarification|corrected|retraction|editor['’]?s['’]? note|amendment)"
    r"\s*(?:\([^)]*\))?\s*[:–—-]\s"
    r"|\ban? (?:earlier|previous) version of this (?:article|story|report|piece|post)\b"
    r"|\bthis (?:article|story|report|piece|post) (?:has been|was) "
    r"(?:corrected|amended|updated to correct|changed to correct)",
    re.IGNORECASE,
)
_RETRACTION = re.compile(
    r"^\W*(?:retraction|retracted|withdrawn)\b"
    r"|\bthis (?:article|story|report|piece|post) has been (?:retracted|withdrawn|removed)\b"
    r"|\bwe (?:have retracted|retract|have withdrawn|withdraw) (?:this|the) "
    r"(?:article|story|report)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"correct|clarif|amend|version of this|editor|retract|withdr|remov", re.IGNORECASE
)
"""Most articles hold none of these, and need not be cut into sentences."""
_AGENCIES = {
    "reuters": "Reuters",
    "ap": "AP",
    "associated press": "AP",
    "the associated press": "AP",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "dpa": "dpa",
    "pa": "PA",
    "pa media": "PA",
    "press association": "PA",
    "upi": "UPI",
    "xinhua": "Xinhua",
    "tass": "TASS",
    "interfax": "Interfax",
    "kyodo": "Kyodo",
    "kyodo news": "Kyodo",
    "ansa": "ANSA",
    "efe": "EFE",
    "yonhap": "Yonhap",
    "bloomberg": "Bloomberg",
}
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
    if not _MAYBE.search(text):
        return ""
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
        if author.strip().lower() in _AGENCIES:
            return _AGENCIES[author.strip().lower()]
    if begun := _DATELINE.match(text):
        return _AGENCIES.get(begun["name"].lower(), begun["name"])
    for edge in (text[:_EDGE], text[-_EDGE:]):
        for line in edge.splitlines():
            if found := _CREDIT.search(line):
                return _AGENCIES[(found["bracket"] or found["dash"] or found["line"]).lower()]
    return ""
