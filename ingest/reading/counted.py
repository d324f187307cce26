"""What the numbers of a sentence count, and of what kind of event. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.reading.measures import DATE
from ingest.reading.revisions import clause_at, periods_of
from ingest.text.figures import Figure, figures
from ingest.text.words import STOP_WORDS, alike, content_words, stem, tokens

_KINDS = (
    "killed killing dead die died dies death deaths toll fatalities",
    "injured injuring injuries hurt wounded",
    "ill sick infected case cases infections sickened",
    "burned burnt burning destroyed charred scorched",
    "stolen stole missing",
    "arrested arrest arrests detained",
    "fled evacuated displaced homeless",
    "medal medals",
    "leaked spilled spilt",
)
_KIND = {word: n for n, line in enumerate(_KINDS) for word in line.split()}
_SINGLE = re.compile(r"\b(One|one|a single) ([a-z]+)(?= (?:was|is|has|had|were)\b)")
_EXACT = re.compile(r"\b(at least|more than|about|some|nearly|almost|up to|around)\s+$", re.I)
_SCORE = re.compile(r"^\s*[-–:]\s*\d|^(?:st|nd|rd|th)\b")
_SCORED = re.compile(r"\d\s*[-–:]\s*$")
_OF = re.compile(r"^\s*of (?:the |its |their |all )*(?:[\d,.]+ )?((?:[a-z-]+ ?){1,3})")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in its clause: stems of what it counts, in their order, and of the whole clause."""

    figure: Figure
    things: tuple[str, ...]
    clause: frozenset[str]
    kinds: frozenset[int]
    periods: frozenset[str]
    text: str


@lru_cache(maxsize=8192)
def counted(body: str) -> tuple[Counted, ...]:
    """The numbers of a sentence that count or measure something."""
    dated = [match.span() for match in DATE.finditer(body)]
    found = []
    for figure in [*figures(body), *_singles(body)]:
        end = figure.start + len(figure.text)
        if any(start <= figure.start < stop for start, stop in dated):
            continue
        if _no_count(body, figure, end):
            continue
        before, after = clause_at(body, figure.start, end)
        text = f"{re.split(r'[,;:]', body[: figure.start])[-1]} {figure.text} {after}"
        clause = frozenset(map(stem, content_words(f"{before} {after}")))
        kinds = kinds_in(f"{before} {after}") or kinds_in(text)
        periods = periods_of(f"{before} {after}")
        found.append(Counted(figure, _things(after), clause, kinds, periods, text))
    return tuple(found)


def _no_count(body: str, figure: Figure, end: int) -> bool:
    """Whether a number is a year, a score or an ordinal."""
    year = not figure.unit and re.fullmatch(r"(?:19|20)\d\d", figure.text)
    ordinal = re.search(r"\d(?:st|nd|rd|th)$", figure.text)
    return bool(
        year or ordinal or _SCORE.search(body[end:]) or _SCORED.search(body[: figure.start])
    )


def _things(after: str) -> tuple[str, ...]:
    of = _OF.match(after)
    words = [word for word in tokens(of[1] if of else after) if word.lower() not in STOP_WORDS]
    return (
        tuple(map(stem, words[:3]))
        if of or not re.match(r"\s*(?:in|on|at|by|for|to)\b", after)
        else ()
    )


def kinds_in(text: str) -> frozenset[int]:
    """What befell whom or what, of the kinds of event that are counted on."""
    return frozenset(_KIND[word] for token in tokens(text) if (word := token.lower()) in _KIND)


def _singles(body: str) -> list[Figure]:
    return [
        Figure(match[1], 1.0, "", frozenset({stem(match[2])}), match.start())
        for match in _SINGLE.finditer(body)
    ]


def ratio(one: Counted, other: Counted) -> float:
    low, high = sorted((one.figure.value, other.figure.value))
    return high / max(low, 1e-9)


def of_one_time(then: Counted, new: Counted) -> bool:
    return not then.periods or not new.periods or bool(then.periods & new.periods)


def of_people(then: Counted, new: Counted) -> bool:
    """Whether one counts people at large, or both count by what befell them."""
    anyone = set(map(stem, ("people", "person", "person", "victims", "guests", "cases")))
    return bool(anyone & (set(then.things) | set(new.things)))


def common(then: Counted, new: Counted) -> frozenset[str]:
    return frozenset(then.things) & frozenset(new.things)


def otherwise_named(then: Counted, new: Counted) -> bool:
    """Whether each says of its own what sort it is, and not the same: grey and humpback whales."""
    both = common(then, new)
    mine, theirs = (set(c.things[: min(map(c.things.index, both))]) for c in (then, new))
    return bool(mine and theirs and not mine & theirs)


def near(one: str, other: str) -> bool:
    if one in _LIGHT or other in _LIGHT:
        return False
    return one == other or alike(one, other) or (len(one) > 3 and one[:4] == other[:4])  # noqa: PLR2004


_NO_MATTER = "percent million billion thousand said year euro dollar pound crown mark"
_LIGHT = frozenset(map(stem, STOP_WORDS)) | frozenset(map(stem, _NO_MATTER.split()))


def shown(text: str, one: Counted) -> str:
    """The number as written, with how exact it is and what it counts."""
    figure = one.figure
    exact = _EXACT.search(text[: figure.start])
    after = text[figure.start + len(figure.text) :]
    noun = re.match(r"\s?([a-z]+)", after) if figure.value >= 1e6 else None  # noqa: PLR2004
    return f"{exact[1].lower() + ' ' if exact else ''}{figure.text}{' ' + noun[1] if noun else ''}"
