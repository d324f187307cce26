"""Who says it, by a sentence's own words: "the coastguard said", "according to Axios". Pure."""

from __future__ import annotations

import re

_VERB = (
    r"(?:said|says|say|told|tells|reported|reports|announced|announces|confirmed|confirms|stated"
    r"|states|disclosed|wrote|writes|added|expects|estimates|estimated|claims|claimed|insisted)"
)
_WHO = r"(?:(?:the|an?|its|his|her|their)\s+)?(?P<who>(?:[^\W_][\w.&’'-]*\s+){0,5}?[^\W_][\w&’'-]*)"
_WAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[,”\"]\s+{_WHO}\s+{_VERB}\b(?!\s+(?:to|by)\b)",
        rf"\baccording to\s+{_WHO}\s*(?:[,.;]|$)",
        rf"[,”\"]\s+(?:said|says|reported)\s+{_WHO}\s*(?:[,.;]|$)",
        rf"^(?:[A-Z ]+\([^)]*\)\s+[–—-]\s+)?{_WHO}\s+"
        rf"(?:(?:initially|first|also|now|later|still|earlier)\s+)?{_VERB}\b(?!\s+(?:to|by)\b)",
    )
)
_PRONOUNS = "he she it they we i you who which that this there and but"
_NOBODY = frozenset(_PRONOUNS.split())


def attributed(sentence: str) -> str:
    """Whom a sentence names as the one who says it, as written, without an article, or ""."""
    for way in _WAYS:
        found = way.search(sentence)
        if found and not _NOBODY & set(found["who"].lower().split()):
            return found["who"]
    return ""
