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
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007"  # Japanese marks of repetition, the Chinese zero
    "\u3040-\u30ff\u31f0-\u31ff"  # Japanese syllables
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Chinese characters
    "\uac00-\ud7af"  # Korean syllables
    "\U00020000-\U0003ffff"
    "]+"
)
_ACCENTS = re.compile(
    "(?<!и)\u0306"  # "й" is a letter of its own
    "|[\u0300-\u0305\u0307-\u036f"  # Latin, Greek, Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670"  # Arabic vowels and lengthening
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def segmented(text: str) -> str:
    """`text` as it is indexed and asked for: lower case, without accents, runs as pairs of letters.

    Pairs are parted by blanks, a single letter stays as it is, and so do words of other languages.
    Marks above and below letters that make another letter of them (Thai vowels and tones) stay.
    Both databases would fold some letters by themselves, but not the same ones.
    """
    return _RUN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", _folded(text))


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("’", "'"))
    text = _NOT_ASCII.sub(_letter_or_blank, text).lower()
    return unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))


def _letter_or_blank(found: re.Match[str]) -> str:
    """Curly quotes and the like would stick to words: PostgreSQL may take them for letters."""
    return found[0] if unicodedata.category(found[0])[0] in "LNM" else " "


def _pairs(run: str) -> list[str]:
    letters: list[str] = []
    for character in run:
        if letters and unicodedata.category(character).startswith("M"):
            letters[-1] += character
        else:
            letters.append(character)
    return [a + b for a, b in pairwise(letters)] or letters
