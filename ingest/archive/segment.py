"""Words for the keyword index, in languages that put no blanks between them too. Pure.

A run of Chinese, Japanese, Thai, Lao, Khmer, Burmese or Korean letters is turned into its pairs of
neighbouring letters: "東京都" becomes "東京 京都". So any part of the run is found by its own
pairs, without a dictionary, and a text that holds the whole run holds the most pairs.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_RUN = re.compile(
    "["
    "\u0e00-\u0e7f"  # Thai
    "\u0e80-\u0eff"  # Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff\u31f0-\u31ff"  # Japanese syllables
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Chinese characters
    "\uac00-\ud7af"  # Korean syllables
    "\U00020000-\U0003ffff"
    "]+"
)


def segmented(text: str) -> str:
    """`text` with each such run as pairs of letters, parted by blanks; all else as it is.

    Marks above and below letters (Thai vowels and tones) stay with their letter.
    """
    return _RUN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", text)


def _pairs(run: str) -> list[str]:
    letters: list[str] = []
    for character in run:
        if letters and unicodedata.category(character).startswith("M"):
            letters[-1] += character
        else:
            letters.append(character)
    return [a + b for a, b in pairwise(letters)] or letters
