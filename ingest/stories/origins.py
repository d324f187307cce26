"""Which articles carry the same text: reprints, however cut, reordered or edited. Pure.

Signatures (MinHash) say cheaply which texts may overlap; the words themselves then decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 4
"""Words in a row. Of two independent reports, few share many such rows beyond their quotations."""
PERMUTATIONS = 128
LIKELY = 0.08
"""Share of equal signature values from which two texts are compared word by word."""
COPIED = 0.3
COPIED_IF_CREDITED = 0.2
"""How much of the shorter text must stand in the longer one; less, if both name the same agency
or one names the other's address as the original."""
MIN_SHINGLES = 12
"""A shorter text is a copy only if nearly all of it stands in the other."""
NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class Overlap:
    """`shared` is the part of the shorter text that stands in the longer (0..1); `kept` how much
    of the first one's text the second carries."""

    shared: float
    kept: float
    shingles: int


def shingles(text: str) -> frozenset[str]:
    """All rows of SHINGLE words, case and punctuation left out; a short text is one row."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) <= SHINGLE:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))


def signature(text: str) -> NDArray[np.uint32]:
    """PERMUTATIONS numbers; two texts share about as many as their rows of words (Jaccard)."""
    import numpy as np

    minhash = _blank().copy()
    minhash.update_batch([row.encode() for row in shingles(text)])
    return np.asarray(minhash.hashvalues, dtype=np.uint32)


@lru_cache(maxsize=1)
def _blank() -> Any:
    """Made once: that takes longer than a signature."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS)


def overlap(first: str, second: str) -> Overlap:
    """How much of the one text stands in the other."""
    a, b = shingles(first), shingles(second)
    both = len(a & b)
    shorter = min(len(a), len(b))
    return Overlap(both / max(shorter, 1), both / max(len(a), 1), shorter)


def is_copy(found: Overlap, *, credited: bool = False, own: bool = False) -> bool:
    """Whether an overlap means one origin. `credited`: both name the same agency, or one names
    the other as the original. `own`: both are the same publisher's, whose series and updates share
    much of their text without being copies; there nearly all must be the same."""
    if own:
        return min(found.shared, found.kept) >= NEARLY_ALL
    needed = COPIED_IF_CREDITED if credited else COPIED
    return found.shared >= (needed if found.shingles >= MIN_SHINGLES else NEARLY_ALL)
