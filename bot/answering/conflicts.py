"""What articles on one event say differently of the same: who says what, and which holds. Pure.

A newer value takes the place of an older one only where its publisher had given the older one, or
where the newer report names it; what independent reports give within days is disputed; what comes
later without a word on the older is told as that. In doubt nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import isclose

from bot.answer import holds_value, value_key
from ingest import Article, notice_in
from ingest.claims import Difference, Stated, agrees, claims_in
from ingest.claims.occasion import otherwise
from ingest.text import (
    Moment,
    content_words,
    moments,
    names,
    quantities,
    same_time,
)

SOME_DAYS = timedelta(days=3)
"""How far apart independent reports can be and still contradict each other; counts that lie farther
apart may be of another attack in the same war."""
SOME_HOURS = timedelta(hours=6)
"""Reports that independent publishers give within this time are not later than each other."""
SAME_EVENT_DAYS = timedelta(days=14)
SHARED_NAMES, NAMES_SHARE = 4, 0.3
"""How many names, and which share of the shorter list, two articles on one event have in common."""
SHARED_WORDS, NEAREST = 2, 3
"""How many words a sentence must have in common with another to be compared with it, and how many
sentences of one article are."""
STANDS_ALONE = 5
"""How many words a sentence needs to be understood without the one before."""


class State(Enum):
    """What becomes of values that differ: the last one holds, both stand, or one is but later."""

    SUPERSEDED = "superseded"
    DISPUTED = "disputed"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Source:
    """An article as one voice on an event: what it states, when it came out, whose text it is, and
    its story."""

    article: Article
    at: datetime
    origin_id: str
    statements: tuple[Stated, ...]
    story_id: str


@dataclass(frozen=True, slots=True)
class Side:
    """A value that a source gives, and the sentence in which it does."""

    value: str
    statement: Stated
    source: Source

    @property
    def key(self) -> str:
        return value_key(self.value, self.source.article.language)

    @property
    def counts(self) -> bool:
        """Whether the value is a mere number: how many, not how much of what."""
        found = quantities(self.value, self.source.article.language)
        return bool(found) and not found[0].unit

    @property
    def says(self) -> bool:
        """Whether it is no value in the narrow sense, but what is said to be so, or not."""
        language = self.source.article.language
        return not (
            quantities(self.value, language)
            or moments(self.value, language)
            or self.value[:1].isupper()
        )

    @property
    def quote(self) -> str:
        return quotable(self.statement, self.source)

    @property
    def attributed(self) -> str:
        """Whom the source names as the one who says it, or ""."""
        language = self.source.article.language
        claims = claims_in(self.statement.text, language)
        held = [c for c in claims if any(q.text in self.value for q in c.quantities)]
        who = (claim.said_by for claim in (*held, *claims))
        return next((one for one in who if content_words(one, language)), "")  # not a pronoun


@dataclass(frozen=True, slots=True)
class Found:
    """A conflict about what the sentence `said` states: the sides oldest first, `own` the one that
    gives its value, and which holds."""

    about: str
    said: Stated
    own: Side
    sides: tuple[Side, ...]
    state: State

    @property
    def superseded(self) -> bool:
        return self.state is State.SUPERSEDED

    @property
    def current(self) -> tuple[Side, ...]:
        """The sides that give the newest value."""
        return tuple(side for side in self.sides if side.key == self.sides[-1].key)


def conflicts_about(said: Stated, source: Source, others: Iterable[Source]) -> list[Found]:
    """What other sources say differently of what `said`, a sentence of `source`, states.

    A source that carries another's text is no side of its own; the earliest one speaks. Sources
    that give several values for a thing (a part and the total) are left out, and so is a conflict
    in which the first source itself does.
    """
    voices = first_of_origin([source, *others])
    own = next(voice for voice in voices if voice.origin_id == source.origin_id)
    against: dict[str, list[tuple[Difference, Side]]] = {}
    for voice in voices:
        for difference, side in _otherwise(said, voice) if voice is not own else ():
            against.setdefault(difference.first, []).append((difference, side))
    if not against or any(otherwise(said, other) for other in near(said, source.statements)):
        return []
    found = [
        _settled(said, pairs[0][0].about, Side(value, said, own), [s for _, s in pairs], voices)
        for value, pairs in against.items()
    ]
    return [one for one in found if one]


def near(said: Stated, others: Iterable[Stated]) -> list[Stated]:
    """The sentences that share most words with another, itself left out: those worth a parse."""
    shared = [(len(said.stems & _in_context(o)), o) for o in others if o is not said]
    best = sorted(shared, key=lambda pair: -pair[0])[:NEAREST]
    return [other for count, other in best if count >= SHARED_WORDS]


def told_by(source: Source, said: Stated) -> list[Stated]:
    """The sentences of a source that are worth comparing with another; not the notice of its
    correction, which repeats what was wrong."""
    return [s for s in near(said, source.statements) if not notice_in(s.text, s.language)]


def quotable(said: Stated, source: Source) -> str:
    """The words of the article to quote for a sentence: with the one before, if it says little by
    itself ("The number is 15.")."""
    text = source.article.text
    start = text.rfind(said.before, 0, said.start) if said.before else -1
    if stands_alone(said) or start < 0 or "\n" in text[start : said.start]:
        return said.text
    return text[start : said.end]


def stands_alone(said: Stated) -> bool:
    """Whether a sentence can be understood without the one before."""
    return len(said.stems) >= STANDS_ALONE


def first_of_origin(sources: Iterable[Source]) -> list[Source]:
    """The earliest source of each origin, oldest first."""
    first: dict[str, Source] = {}
    for source in sorted(sources, key=lambda source: source.at):
        first.setdefault(source.origin_id, source)
    return list(first.values())


def replaces(new: Side, old: Side) -> bool:
    """Whether a value takes the place of another: it is of a later date and of the same story, and
    of the same publisher or in a report that names the older one."""
    dated = _dated(new) and _dated(old) and new.source.at > old.source.at
    if not dated or new.key == old.key or new.source.story_id != old.source.story_id:
        return False
    name = new.source.article.source
    own = bool(name) and name == old.source.article.source
    return _names(new, old) or (own and (not new.counts or _at_one_time(new, old)))


def same_event(one: Article, other: Article) -> bool:
    """Whether two articles name so many of the same that they tell of one event."""
    if one.published and other.published and abs(one.published - other.published) > SAME_EVENT_DAYS:
        return False
    mine, theirs = ({*names(article.text), *names(article.title)} for article in (one, other))
    shared = len(mine & theirs)
    return shared >= SHARED_NAMES and shared >= NAMES_SHARE * min(len(mine), len(theirs))


def _otherwise(said: Stated, voice: Source) -> list[tuple[Difference, Side]]:
    """Where a source differs from `said`, once for each value of that; what it gives several
    values for is left out."""
    told: dict[str, list[tuple[Difference, Side]]] = {}
    for other in told_by(voice, said):
        if found := otherwise(said, other):
            told.setdefault(found.first, []).append((found, Side(found.second, other, voice)))
    return [pairs[0] for pairs in told.values() if len({side.key for _, side in pairs}) == 1]


def _settled(
    said: Stated, about: str, own: Side, against: Sequence[Side], voices: Sequence[Source]
) -> Found | None:
    """The conflict between a value and others, as far as they are of one time."""
    comparable = [side for side in against if _comparable(own, side)]
    if not comparable:
        return None
    heard = {side.source.origin_id for side in (own, *against)}
    others = (voice for voice in voices if voice.origin_id not in heard)
    agreeing = [side for voice in others if (side := _agreeing(said, own, voice))]
    sides = sorted([own, *agreeing, *comparable], key=lambda side: side.source.at)
    state = _state(own, sides)
    return Found(about, said, own, tuple(sides), state) if state else None


def _state(own: Side, sides: Sequence[Side]) -> State | None:
    """What becomes of these values, oldest first; None in doubt."""
    last = sides[-1]
    newer = [side for side in sides if side.key == last.key]
    older = [side for side in sides if side.key != last.key]
    if all(any(replaces(new, old) for new in newer) for old in older):
        return State.SUPERSEDED
    since = last.source.at - own.source.at
    follows = own in older and since > SOME_HOURS and _dated(last) and _dated(own)
    if follows and (last.says or since > SOME_DAYS):
        return State.LATER if last.source.story_id == own.source.story_id else None
    return State.DISPUTED if any(_disputes(n, o) for n in newer for o in older) else None


def _disputes(one: Side, other: Side) -> bool:
    """Whether independent sources give two values within some days."""
    name = one.source.article.source
    independent = not name or name != other.source.article.source
    return independent and abs(one.source.at - other.source.at) <= SOME_DAYS


def _comparable(own: Side, other: Side) -> bool:
    """Whether two values may be of one time: counts that lie days apart may not. One who gives both
    values has left the older one behind, or means another thing by it."""
    newer, older = (own, other) if own.source.at > other.source.at else (other, own)
    if _names(older, newer):
        return False
    return not other.counts or _at_one_time(own, other) or _names(newer, older)


def _dated(side: Side) -> bool:
    return side.source.article.published is not None


def _agreeing(said: Stated, own: Side, voice: Source) -> Side | None:
    """The value where another source gives the same."""
    for other in told_by(voice, said):
        if holds_value(other.text, own.value, other.language) and agrees(said, other):
            return Side(_as_written(own, other), other, voice)
    return None


def _as_written(own: Side, other: Stated) -> str:
    """A value as another sentence writes it."""
    for quantity in quantities(other.text, other.language):
        if value_key(quantity.text, other.language) == own.key:
            return quantity.text
    return own.value


def _names(new: Side, old: Side) -> bool:
    """Whether a report gives another's value beside its own: "15, not 12"; "had spoken of 12"; "301
    million, 15 million more"."""
    said = new.statement
    told = (said, *near(old.statement, new.source.statements))
    if not old.says and any(holds_value(one.text, old.value, one.language) for one in told):
        return True
    now, then = (quantities(side.value, said.language)[:1] for side in (new, old))
    if not now or not then:
        return False
    gap = abs(now[0].value - then[0].value)
    return any(
        quantity.unit in {"", now[0].unit} and isclose(quantity.value, gap)
        for quantity in quantities(said.text, said.language)
    )


def _at_one_time(one: Side, other: Side) -> bool:
    """Whether two reports come within some days, or name the same day."""
    if abs(one.source.at - other.source.at) <= SOME_DAYS:
        return True
    return any(same_time(a, b) for a in _days(one.statement) for b in _days(other.statement))


def _days(said: Stated) -> list[Moment]:
    """The days that a sentence, or else its article's beginning, names."""
    for text in (said.text, said.lead):
        found = [
            moment
            for moment in moments(text, said.language, said.now)
            if moment.begin and moment.until and moment.until - moment.begin <= SOME_DAYS
        ]
        if found:
            return found
    return []


def _in_context(said: Stated) -> frozenset[str]:
    """The stems of a sentence, with what is about it if it says little by itself."""
    return said.stems if stands_alone(said) else said.stems | said.about
