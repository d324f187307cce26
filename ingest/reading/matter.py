"""What a text is about: its matter, whom it names, where it is. Pure."""

from __future__ import annotations

import re

from ingest.reading.measures import DATE, places_in
from ingest.reading.revisions import PLANNED
from ingest.text.words import STOP_WORDS, content_words, names, stem

_LIGHT = frozenset(map(stem, STOP_WORDS)) | frozenset(
    map(stem, ("said", "told", "will", "first", "last", "new", "year", "month", "week", "day"))
)
_NEAR = 12
"""How many words before and after the words for a change may name what was changed."""


def matter_of(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about: no numbers, no dates."""
    words = content_words(DATE.sub(" ", text))
    return frozenset(stem(word) for word in words if not word[0].isdigit()) - _LIGHT


def called_in(text: str) -> frozenset[str]:
    return frozenset(stem(name) for name in names(text) if not DATE.fullmatch(name))


def stems_of_places(text: str) -> frozenset[str]:
    return frozenset(stem(place) for place in places_in(text))


def next_words(text: str) -> str:
    """The next words, as far as the clause goes."""
    return " ".join(re.split(r"[,;:]", text, maxsplit=1)[0].split()[:_NEAR])


def planned_words(body: str) -> str:
    found = PLANNED.search(body)
    return " ".join(body[found.start() :].split()[:2]).lower().strip(" .,") if found else "planned"
