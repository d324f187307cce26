"""Which language a text is in."""

from __future__ import annotations

MIN_LETTERS = 40
MIN_LEAD = 10.0
"""How far (in log likelihood) the first guess must be ahead of the second."""
_SAMPLE = 2000


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code, or None if the text is too short or the guess too unsure."""
    import py3langid

    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    (first, ahead), (_, behind) = py3langid.rank(sample)[:2]
    return str(first) if ahead - behind >= MIN_LEAD else None


def normal_code(language: str | None) -> str | None:
    """A code such as "en-US" as "en"; None if it is none."""
    code = (language or "").replace("_", "-").partition("-")[0].strip().lower()
    return code if code.isascii() and code.isalpha() and len(code) in {2, 3} else None
