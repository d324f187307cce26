"""What is named as the wrong one, or only to be held against another: "not 4.2". English."""

from __future__ import annotations

import re

_STRUCK = re.compile(
    r"\b(?:not|rather than|instead of|than the)\s+(?:(?:in|on|at|from|to)\s)?(?:\w+\s)?[$€£]?$",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"\b(?:compared with|compared to|against|than|after|from|instead of)\s+(?:\w+\s)?[$€£]?$",
    re.IGNORECASE,
)


def struck_out(before: str) -> bool:
    """Whether what comes next is named as the wrong one: "not 4.2", "instead of 120"."""
    return bool(_STRUCK.search(before))


def contrasted(before: str) -> bool:
    """Whether what comes next is what another is held against: "compared with 34"."""
    return bool(_CONTRAST.search(before))
