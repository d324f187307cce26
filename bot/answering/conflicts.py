"""What articles on one event say differently of the same: who says what, and which holds. Pure.

Two values are superseded or disputed, and in doubt disputed: a newer value takes the place of an
older one only where its publisher had given the older one, or where it speaks of the older one, or
says that it is an update; never where two publishers differ within hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.answer import value_key
from ingest import Article, Statement, agreements, counts_people, differences
from ingest.text import figures, names

SAME_HOURS = timedelta(hours=6)
"""Reports that independent publishers give within this time are not updates of each other."""
SAME_VICTIMS = timedelta(days=3)
"""Counts of people that lie farther apart may be of another attack in the same war, unless the
later one speaks of the earlier one."""
MANY_TIMES = 5
"""A count that is so many times another is rather of another disaster, or of all its places."""
SAME_EVENT_DAYS = timedelta(days=14)
SHARED_NAMES, NAMES_SHARE = 4, 0.3
"""How many names, and which share of the shorter list, two articles on one event have in common."""
STANDS_ALONE = 5
"""How many words a sentence needs to be understood without the one before."""
_UPDATED = re.compile(
    r"\b(?:now|revised|updated?|corrected|correction|risen|rose|climbed|raised|increased|no longer"
    r"|new estimate|delayed|postponed|brought forward)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:den(?:y|ies|ied)|disput\w+|reject(?:s|ed) (?:the|that)|false)\b", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """An article as one voice on an event: what it states, when it came out, whose text it is, and
    its story."""

    article: Article
    at: datetime
    origin_id: str
    statements: tuple[Statement, ...]
    story_id: str


@dataclass(frozen=True, slots=True)
class Side:
    """A value that a source gives, and the sentence in which it does."""

    value: str
    statement: Statement
    source: Source

    @property
    def key(self) -> str:
        return value_key(self.value)

    @property
    def amount(self) -> float:
        """The number in the value; 0 if it has none ("nobody")."""
        return next((figure.value for figure in figures(self.value)), 0.0)

    @property
    def quote(self) -> str:
        return quotable(self.statement, self.source)


@dataclass(frozen=True, slots=True)
class Found:
    """A conflict about what the sentence `said` states: the sides oldest first, `own` the one that
    gives its value, and whether the last one's value holds."""

    about: str
    said: Statement
    own: Side
    sides: tuple[Side, ...]
    superseded: bool

    @property
    def current(self) -> tuple[Side, ...]:
        """The sides that give the newest value."""
        return tuple(side for side in self.sides if side.key == self.sides[-1].key)


def conflicts_about(said: Statement, source: Source, others: Iterable[Source]) -> list[Found]:
    """What other sources say differently of what `said`, a sentence of `source`, states.

    A source that carries another's text is no side of its own; the earliest one speaks. Sources
    that give several values for a thing (a part and the total) are left out, and so is a conflict
    in which the first source itself does.
    """
    voices = first_of_origin([source, *others])
    own = next(voice for voice in voices if voice.origin_id == source.origin_id)
    matters = {
        d.about: d.first
        for voice in voices
        if voice is not own
        for other in voice.statements
        for d in differences(said, other)
    }
    disunited = {d.about for other in source.statements for d in differences(said, other)}
    found = []
    for about, value in matters.items():
        first = Side(value, _same_sentence(own, said), own)
        against = [
            side for voice in voices if voice is not own and (side := _side(said, about, voice))
        ]
        ordered = tuple(sorted([first, *against], key=lambda side: side.source.at))
        if about in disunited or all(side.key == first.key for side in against):
            continue
        superseded = is_superseded(about, ordered)
        if not (counts_people(about) and _of_others(about, ordered, superseded)):
            found.append(Found(about, said, first, ordered, superseded))
    return found


def quotable(said: Statement, source: Source) -> str:
    """The words of the article to quote for a sentence: with the one before, if it says little by
    itself ("The number is 15.")."""
    before = [other for other in source.statements if other.end <= said.start]
    text = source.article.text
    if stands_alone(said) or not before or "\n" in text[before[-1].end : said.start]:
        return said.text
    return text[before[-1].start : said.end]


def stands_alone(said: Statement) -> bool:
    """Whether a sentence can be understood without the one before."""
    return len(said.stems) >= STANDS_ALONE


def first_of_origin(sources: Iterable[Source]) -> list[Source]:
    """The earliest source of each origin, oldest first."""
    first: dict[str, Source] = {}
    for source in sorted(sources, key=lambda source: source.at):
        first.setdefault(source.origin_id, source)
    return list(first.values())


def is_superseded(about: str, sides: Sequence[Side]) -> bool:
    """Whether the last value takes the place of all others; if in doubt it does not."""
    last = sides[-1]
    current = [side for side in sides if side.key == last.key]
    older = [side for side in sides if side.key != last.key]
    if any(side.source.at >= current[0].source.at for side in older):
        return False
    if any(side.source.article.published is None for side in sides):
        return False
    if any(_DENIED.search(side.statement.text) for side in sides):
        return False
    if any(_at_once(new, old) for new in current for old in older):
        return False
    return all(
        any(_replaces(about, new, old) for new in current for old in older if old.key == key)
        for key in {side.key for side in older}
    )


def same_event(one: Article, other: Article) -> bool:
    """Whether two articles name so many of the same that they tell of one event."""
    if one.published and other.published and abs(one.published - other.published) > SAME_EVENT_DAYS:
        return False
    mine, theirs = ({*names(article.text), *names(article.title)} for article in (one, other))
    shared = len(mine & theirs)
    return shared >= SHARED_NAMES and shared >= NAMES_SHARE * min(len(mine), len(theirs))


def _side(said: Statement, about: str, voice: Source) -> Side | None:
    """What a source says of the matter; None if nothing, or several things."""
    sides = [
        Side(d.second, other, voice)
        for other in voice.statements
        for d in differences(said, other)
        if d.about == about
    ]
    sides += [
        Side(_value(other, about), other, voice)
        for other in voice.statements
        if about in agreements(said, other)
    ]
    return sides[0] if len({side.key for side in sides}) == 1 else None


def _same_sentence(own: Source, said: Statement) -> Statement:
    """The sentence as the first publisher of the text has it."""
    return next((s for s in own.statements if agreements(said, s) or s.text in said.text), said)


def _value(said: Statement, role: str) -> str:
    return next(m.text for m in said.measures if m.role == role and not m.earlier)


def _replaces(about: str, new: Side, old: Side) -> bool:
    if _refers_to(about, new, old):
        return True
    if counts_people(about) and (new.amount < old.amount or _far_apart([old, new])):
        return (
            False  # the dead are not fewer later: it counts those of one place, or of another day
        )
    newer = _same_publisher(new, old) and new.source.at > old.source.at
    return newer or bool(_UPDATED.search(new.statement.text))


def _of_others(about: str, sides: Sequence[Side], superseded: bool) -> bool:
    """Whether counts of people may well be of other people: they lie days apart, or one is many
    times the other, and none speaks of another as what was said before."""
    if any(_refers_to(about, new, old) for new in sides for old in sides):
        return False
    amounts = [side.amount for side in sides if side.amount]
    many_times = bool(amounts) and max(amounts) > MANY_TIMES * min(amounts)
    return many_times or (_far_apart(sides) and not superseded)


def _refers_to(about: str, new: Side, old: Side) -> bool:
    """Whether the newer article speaks of the older value as what was said before."""
    return any(
        measure.earlier
        and measure.role == about
        and Side(measure.text, said, new.source).key == old.key
        for said in new.source.statements
        for measure in said.measures
    )


def _far_apart(sides: Sequence[Side]) -> bool:
    """Whether so much time lies between values that they may count other victims."""
    times = [side.source.at for side in sides]
    return max(times) - min(times) > SAME_VICTIMS


def _at_once(new: Side, old: Side) -> bool:
    return not _same_publisher(new, old) and new.source.at - old.source.at <= SAME_HOURS


def _same_publisher(one: Side, other: Side) -> bool:
    name = one.source.article.source
    return bool(name) and name == other.source.article.source
