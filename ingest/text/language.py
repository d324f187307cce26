"""Which language a text is in."""

from __future__ import annotations

MIN_LETTERS = 40
MIN_LEAD = 10.0
"""How far (in log likelihood) the first guess must be ahead of the second."""
OWN_SCRIPT = 0.15
"""Share of the letters from which a script decides; Japanese is written with Chinese ones too."""
_SAMPLE = 2000
_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("th", "\u0e00", "\u0e7f"),
    ("zh", "\u4e00", "\u9fff"),
    ("el", "\u0370", "\u03ff"),
    ("ka", "\u10a0", "\u10ff"),
    ("hy", "\u0530", "\u058f"),
)


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code, or None if the text is too short or the guess too unsure.

    A script that one language alone is written in tells at once.
    """
    import py3langid

    sample = text[:_SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    for code, first, last in _SCRIPTS:
        if sum(first <= letter <= last for letter in letters) > OWN_SCRIPT * len(letters) > 0:
            return code
    if len(letters) < MIN_LETTERS:
        return None
    (guess, ahead), (_, behind) = py3langid.rank(sample)[:2]
    return str(guess) if ahead - behind >= MIN_LEAD else None


def normal_code(language: str | None) -> str | None:
    """A code such as "en-US" as "en"; None if it is none."""
    code = (language or "").replace("_", "-").partition("-")[0].strip().lower()
    return code if code.isascii() and code.isalpha() and len(code) in {2, 3} else None
