"""Pairs that changed partners: one star in one film, one in another, and there the other way round.

Verbs don't tell this, since lists leave them out ("the city holds 34 percent, the fund 51"): it
counts which of the names and numbers stand nearest to each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product

from bot.answering.checking.reading import Reading
from ingest import figures

_FAR = 6
"""How many words the next sentence is away, beside those between."""
_PARTS = re.compile(r"[,;:–—]\s|\b(?:and|while|but|whereas)\b", re.IGNORECASE)
Key = str | float


def crossed(sentence: Reading, held: Sequence[Reading]) -> str:
    """Two parts of a sentence whose names or numbers stand crosswise in what bears it; else ""."""
    there = _places(held)
    parts = [[key for key in part if key in there] for part in _parts(sentence)]
    for one, other in combinations(parts, 2):
        for (a, b), (c, d) in product(combinations(one, 2), combinations(other, 2)):
            if len({a, b, c, d}) == len("abcd") and _cross(there, a, b, c, d):
                return f"“{a}” does not stand with “{b}” there"
    return ""


def _cross(there: Mapping[Key, Sequence[int]], a: Key, b: Key, c: Key, d: Key) -> bool:
    return _apart(there, a, d) < _apart(there, a, b) and _apart(there, c, b) < _apart(there, c, d)


def _apart(there: Mapping[Key, Sequence[int]], one: Key, other: Key) -> int:
    """How many words two keys are apart where they come nearest."""
    return min(abs(a - b) for a, b in product(there[one], there[other]))


def _parts(sentence: Reading) -> Iterator[list[Key]]:
    """The names and numbers of each part between commas, each once."""
    keys = list(_keys(sentence))
    cuts = [match.start() for match in _PARTS.finditer(sentence.text)]
    for start, end in pairwise((0, *cuts, len(sentence.text))):
        yield list(dict.fromkeys(key for at, key in keys if start <= at < end))


def _places(held: Sequence[Reading]) -> Mapping[Key, Sequence[int]]:
    """At which words of these sentences, one after the other, each name and number stands."""
    found: dict[Key, list[int]] = defaultdict(list)
    first = 0
    for reading in held:
        for start, key in _keys(reading):
            found[key].append(first + sum(word.start < start for word in reading.words))
        first += len(reading.words) + _FAR
    return found


def _keys(reading: Reading) -> Iterator[tuple[int, Key]]:
    """Each name (its stem) and number (its value), and where it begins."""
    yield from ((word.start, word.stem) for word in reading.words if word.name)
    yield from ((figure.start, figure.value) for figure in figures(reading.text))
