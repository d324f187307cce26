"""What a sentence says is no longer as it was: corrected, raised, put off, taken back. Pure.

English alone; in other languages nothing is found, and nothing is said.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.reading.measures import DATE
from ingest.text.figures import Figure, figures
from ingest.text.words import stem, tokens

_SAYS = (
    r"(?<!\bas )(?<!\bfirst )(?<!\bwas )"
    r"(?:said|says|told|reported|announced|ruled|decided|added|according to)"
)
_ATTRIBUTION = re.compile(
    rf",\s+(?:[^,;:]{{0,70}}?\b{_SAYS}\b|according to)[^,;:]*(?=[,;:.]|$)", re.IGNORECASE
)
_DATELINE = re.compile(r"^\W*[A-Z]{3}[A-Z .'-]*(?:\([^)]*\))? [–—-] ")
_LEADING = re.compile(rf"^[^,;:\d]{{0,70}}?\b{_SAYS}\b(?: on \w+day)?(?: that)?(?= )")
_SAID = re.compile(r"^\W*(?:\w+ ){0,3}(?:announced|said|reported|told|promised|named)\b")
"""What follows a number that was said at some time: that time is not what it is of."""
_EXACT = r"(?:the |its |their |an? |just |only |about |some |around |nearly |almost |at least )*"
_OLD_BEFORE = re.compile(
    r"\b(?:and not|not|instead of|rather than|than the|up from|down from|(?:first|earlier"
    r"|previous|original|initial) (?:figure|estimate|count|number|toll|price) of|spoken of"
    rf"|had (?:first |earlier )?(?:said|reported|counted)|put it at) {_EXACT}$",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\bfrom {_EXACT}$", re.IGNORECASE)
_ON_TO = re.compile(r"^ (?:[a-z]+ ){0,2}to \S*\w")
_TO = re.compile(
    r"\b(?:ris\w+|rose|climb\w*|grown?|grew|increas\w+|rais\w+|lower\w*|cut|reduc\w+|revis\w+"
    r"|correct\w*|jump\w*|swell\w*|swollen|fallen|fell|drop\w*|lift\w*|brought|bring\w*|chang\w+"
    rf"|shorten\w*|extend\w*)\b[^.;]*\b(?:to|at) {_EXACT}$"
    rf"|\b(?:reach(?:es|ed)?|exceeded|passed|stands? now at) {_EXACT}$",
    re.IGNORECASE,
)
_GROWN = re.compile(
    r"\b(?:now|so far|in all|in total|in the end|altogether)\b"
    r"|\b(?:finish|end|clos)\w* [^,;]*\bwith\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:correct(?:ed|ion|s|ing)|revis(?:ed|es|ing)|miscounted|wrongly|by mistake"
    r"|as (?:it )?(?:first|previously|originally|initially) \w+"
    r"|(?:more|less|fewer|higher|lower|bigger|longer|shorter|larger|smaller) than (?:it )?"
    r"(?:was )?(?:(?:first|originally|initially|previously) )?"
    r"(?:planned|expected|thought|reported|announced|said|told|estimated|feared|assumed))\b",
    re.IGNORECASE,
)
_UP = re.compile(r"(?:ris|rose|climb|gr[eo]w|increas|rais|jump|swell|swollen|lift)", re.I)
_DOWN = re.compile(r"(?:lower|cut|reduc|fallen|fell|drop|shorten)", re.I)
_MORE = re.compile(r"^\s*(?:\w+ ){0,2}(?:more|less|fewer|higher|lower|longer|shorter) than\b", re.I)
_ORDINALS = {
    word: n
    for n, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
}
_ORDINAL = re.compile(
    rf"\b(?:[Aa]|[Tt]he) ({'|'.join(_ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th)) ([a-z-]+)(?: ([a-z-]+))?"
)
PROVISIONAL = re.compile(
    r"\b(?:ahead|leads?|leading|counted|so far|partial|early results?)\b", re.I
)
SETTLED = re.compile(r"\b(?:won|wins|elected|final|defeated|beat|victory|finished)\b", re.I)
MOVED = re.compile(
    r"\b(?:postpon\w+|delay\w*|put off|pushed back|brought forward|bring forward"
    r"|mov(?:ed|es|ing) (?:to|from|back|forward)"
    r"|reschedul\w+|instead of|later than planned|earlier than planned|will not \w+(?: \w+){0,4}"
    r" (?:before|until)|not (?:before|until))\b",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:will|is to|are to(?! date)|plans? to|planned|due|set to|scheduled|is expected"
    r"|expects? to|agreed to|is going to|wants? to)\b",
    re.IGNORECASE,
)
_PERIODS = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|(?:this|last|next|first|second|third|fourth|previous) (?:year|month|week"
    r"|quarter|half|season)|(?:year|month|week|quarter|season) (?:ago|earlier|before))\b"
)
_DAYS = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_CLAUSE = re.compile(
    r",(?!\d)|[;:()\n“”\"]| [–—-] |\b(?:and|but|while|when|after|before|as|which|who|because|since"
    r"|than|from|not|instead)\b"
)


@lru_cache(maxsize=8192)
def body_of(sentence: str) -> str:
    """The sentence with spaces where it says who says so and when ("…, the police said")."""
    for pattern in (_DATELINE, _ATTRIBUTION, _LEADING):
        sentence = pattern.sub(lambda match: " " * len(match[0]), sentence)
    return sentence


def period_after(after: str) -> frozenset[str]:
    """The periods that the words after a number give as its own, not as when it was said."""
    return frozenset() if _SAID.search(after) else periods_of(after)


def old_values(sentence: str) -> list[Figure]:
    """The numbers that a sentence names as what was said or so before ("180, not 120")."""
    return [
        figure
        for figure in figures(sentence)
        if (
            not re.match(r"-[a-z]", sentence[figure.start + len(figure.text) :])
            and _OLD_BEFORE.search(sentence[: figure.start])
        )
        or (
            _FROM.search(sentence[: figure.start])
            and _ON_TO.search(sentence[figure.start + len(figure.text) :])
        )
    ]


def by_difference(sentence: str, new: Figure) -> set[float]:
    """What a new value's old one must have been: "71 million, seven million more than" was 64."""
    apart = [
        figure.value
        for figure in figures(sentence)
        if figure is not new and _MORE.search(sentence[figure.start + len(figure.text) :])
    ]
    return {round(new.value + sign * gap, 6) for gap in apart for sign in (1, -1)}


def changed_to(sentence: str, new: Figure, old: float) -> bool:
    """Whether a sentence says that something rose, fell or was brought to this number, which it
    can have done from `old`."""
    found = _TO.search(sentence[: new.start])
    if not found or (_UP.match(found[0]) and new.value < old):
        return False
    return not (_DOWN.match(found[0]) and new.value > old)


def sums_up(clause: str) -> bool:
    """Whether it gives the state of a count that goes on: now, so far, in all."""
    return bool(_GROWN.search(clause))


def is_correction(sentence: str) -> bool:
    """Whether it says that what was said before was wrong."""
    return bool(_CORRECTS.search(sentence))


def ordinals_in(sentence: str) -> list[tuple[int, str, frozenset[str]]]:
    """ "A third worker has died": (3, "third", stems of what is counted)."""
    return [
        (
            _ORDINALS.get(match[1]) or int(re.sub(r"\D", "", match[1])),
            match[1],
            frozenset(stem(word) for word in match.groups()[1:] if word),
        )
        for match in _ORDINAL.finditer(sentence)
    ]


def periods_of(text: str) -> frozenset[str]:
    """The years, months, quarters and seasons that a text names."""
    return frozenset(found.lower() for found in _PERIODS.findall(text))


def days_of(text: str) -> frozenset[str]:
    return frozenset(_DAYS.findall(text))


def dates_of(text: str) -> list[str]:
    return [match[0] for match in DATE.finditer(text)]


@lru_cache(maxsize=4096)
def clause_at(sentence: str, start: int, end: int) -> tuple[str, str]:
    """What stands in the clause of sentence[start:end] before and after it."""
    return _CLAUSE.split(sentence[:start])[-1], _CLAUSE.split(sentence[end:], maxsplit=1)[0]


def stems_of(text: str) -> frozenset[str]:
    return frozenset(map(stem, tokens(text)))
