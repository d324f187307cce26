"""Shares told in words: "a fifth less" is 20 percent less; "a fifth worker" is none. English."""

from __future__ import annotations

import re

_SHARES = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_TIMES = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "": 1}
_SHARE = re.compile(
    r"\b(?:(?P<times>an?|one|two|three|four)[\s-]|(?<!first )(?<!second )(?<!other )(?=half))"
    rf"(?P<share>{'|'.join(_SHARES)})s?"
    r"(?= (?:of|the|its|their|his|her|less|more|fewer|higher|lower|smaller|larger|cheaper)\b)",
    re.IGNORECASE,
)


def shares_as_percent(text: str) -> str:
    """The text with "two fifths of" as "40 percent of"."""
    return _SHARE.sub(_percent, text)


def _percent(match: re.Match[str]) -> str:
    times, share = _TIMES[(match["times"] or "").lower()], match["share"].lower()
    return f"{100 * times / _SHARES[share]:.4g} percent"
