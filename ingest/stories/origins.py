"""Which articles carry the same text: one report and its reprints are one voice."""

from __future__ import annotations

import re
from collections.abc import Sequence

SHINGLE = 5
SAME_TEXT = 0.5
"""Share of the shorter article's shingles that the other holds, from which it is a copy."""
_WORD = re.compile(r"\w+")


def independent(texts: Sequence[str]) -> int:
    """How many of these articles were written for themselves: copies of one text count once."""
    originals: list[frozenset[str]] = []
    for text in sorted(texts, key=len, reverse=True):
        shingles = _shingles(text)
        if not any(_contained(shingles, original) >= SAME_TEXT for original in originals):
            originals.append(shingles)
    return len(originals)


def _shingles(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(
        " ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))
    )


def _contained(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / max(1, len(part))
