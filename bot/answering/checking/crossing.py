"""Pairs that changed partners: one star in one film, one in another, and there the other way round.

Verbs don't tell this, since lists leave them out ("the city holds 34 percent, the fund 51"): it
counts which words stand nearest to each name and number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product

from bot.answering.checking.reading import Reading
from ingest.text import figures

_FAR = 6
"""How many words the next sentence is away, beside those between."""
_CUTS = re.compile(r"[,;:–—]\s|\b(?:and|while|but|whereas)\b", re.IGNORECASE)
Key = tuple[str, bool]
"""A stem or number as text, and whether it is a name or number."""


def crossed(sentence: Reading, held: Sequence[Reading]) -> str:
    """Two parts of a sentence whose names or numbers stand crosswise in what bears it; else ""."""
    there = _places(held)
    joined = [set(part) for reading in held for part in _parts(reading)]
    parts = [[key for key in part if key in there] for part in _parts(sentence)]
    for one, other in combinations(parts, 2):
        for (a, b), (c, d) in product(_pairs(one), _pairs(other)):
            if len({a, b, c, d}) == len("abcd") and (
                _cross(there, a, b, c, d) or _changed(joined, a, b, c, d)
            ):
                return f"“{a[0]}” does not stand with “{b[0]}” there"
    return ""


def _pairs(part: Sequence[Key]) -> list[tuple[Key, Key]]:
    """Two words of a part, one of them at least a name or number."""
    return [(a, b) for a, b in combinations(part, 2) if a[1] or b[1]]


def _cross(there: Mapping[Key, int], a: Key, b: Key, c: Key, d: Key) -> bool:
    """Whether `a` stands nearer to `d` there than to `b`, and `c` nearer to `b` than to `d`."""
    return (
        abs(there[a] - there[d]) < abs(there[a] - there[b])
        and abs(there[c] - there[b]) < abs(there[c] - there[d])
    )  # fmt: skip


def _changed(joined: Sequence[set[Key]], a: Key, b: Key, c: Key, d: Key) -> bool:
    """Whether `a` stands in one part there with `d`, and `c` with `b`, and neither as said."""
    together = [{a, b} <= part or {c, d} <= part for part in joined]
    return (
        not any(together)
        and any({a, d} <= part for part in joined)
        and any({b, c} <= part for part in joined)
    )


def _parts(sentence: Reading) -> Iterator[list[Key]]:
    """The keys of each part, each once; "Haldane and Ostrey" are in one."""
    keys = list(_keys(sentence))
    cuts = [m.start() for m in _CUTS.finditer(sentence.text) if not _joins(m, sentence)]
    for start, end in pairwise((0, *cuts, len(sentence.text))):
        yield list(dict.fromkeys(key for at, key in keys if start <= at < end))


def _joins(match: re.Match[str], sentence: Reading) -> bool:
    """Whether "and" stands between two names."""
    before = [word for word in sentence.words if word.end <= match.start()][-1:]
    after = [word for word in sentence.words if word.start >= match.end()][:1]
    beside = sentence.text[: match.start()].rstrip()[-1:].isalnum()
    return match[0] == "and" and beside and all(word.name for word in (*before, *after))


def _places(held: Sequence[Reading]) -> Mapping[Key, int]:
    """At which word of these sentences, one after the other, each key stands that does so once."""
    found: dict[Key, list[int]] = defaultdict(list)
    first = 0
    for reading in held:
        for start, key in _keys(reading):
            found[key].append(first + sum(word.start < start for word in reading.words))
        first += len(reading.words) + _FAR
    return {key: places[0] for key, places in found.items() if len(places) == 1}


def _keys(reading: Reading) -> Iterator[tuple[int, Key]]:
    """Each telling word (its stem) and number (its value), and where it begins."""
    yield from ((word.start, (word.stem, word.name)) for word in reading.words if word.telling)
    yield from ((f.start, (f"{f.value:g}", True)) for f in figures(reading.text))
