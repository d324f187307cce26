"""Questions that ask for several things, taken apart. Pure; English questions."""

from __future__ import annotations

import re

from ingest.text import content_words

_ASKING = r"(?:who(?:se|m)?|what|when|where|why|how|which)"
_NAME = r"(?:the )?(?:[A-Z][\w.’'-]*)(?: (?:of |the )*[A-Z][\w.’'-]*)*"
_SAYING = r"(?:say|said|think|report|write|claim|want|ask|offer|demand|deny|denied|promise)(?:ed)?"
_EACH = re.compile(
    rf"^(?P<ask>(?:[Ww]hat|[Hh]ow|[Ww]hy) (?:do|does|did|have|has) )(?P<first>{_NAME}),? and "
    rf"(?P<second>{_NAME})(?P<rest> (?:(?:each|both) \w|{_SAYING}\b).*)$"
)
_TWO = re.compile(
    rf"^(?P<first>.+?),? and (?P<second>(?:(?:by|in|at|to|from) )?{_ASKING}\b.+)$", re.I
)
_ELSE = re.compile(
    r"\b(?:who|what|where|which|how) else\b|\bwhich other\b|\bany(?:one| ?body)? else\b", re.I
)


def parts_of(text: str) -> list[str]:
    """The single questions in a question, in order; itself alone if it is one.

    "What do A and B each say about X?" asks A and B; "How many … and who …?" asks two things.
    """
    each = _EACH.match(text)
    if each:
        rest = re.sub(r"^ (?:each|both) ", " ", each["rest"])
        return [f"{each['ask']}{each[name]}{rest}" for name in ("first", "second")]
    two = _TWO.match(text)
    if two and re.search(rf"\b{_ASKING}\b", two["first"], re.I) and all(map(_tells, two.groups())):
        return [f"{two['first'].rstrip(' ?')}?", two["second"]]
    return [text]


def asks_for_others(text: str) -> bool:
    """Whether what was answered before is known already ("who else …?")."""
    return bool(_ELSE.search(text))


def _tells(part: str) -> bool:
    return bool(content_words(part))
