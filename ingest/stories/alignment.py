"""Whether two sentences state the same of the same thing, with another value. Pure.

Values are numbers, dates, names and outcomes. Two sentences are compared by their words, where
these are nearly the same; or by what they measure ("injured", "cost", "opens"), where they tell of
one story. In doubt they tell of different things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.reading.measures import (
    DATES,
    MONEY,
    PEOPLE,
    Measure,
    counts_people,
    kind_of,
    periods_in,
    places_in,
    roles_in,
)
from ingest.reading.outcomes import NEGATION, Outcome, outcome_in
from ingest.stories.rewording import (
    KNOWN,
    SAME_MATTER,
    date_kind,
    other_date,
    other_figures,
    other_name,
    share,
)
from ingest.stories.statement import Statement
from ingest.text.words import content_words, stem, tokens

DENIED = 0.75
"""Share of both sentences' words that both hold, from which the denial of one denies the other."""
_RISES = re.compile(r"\b(?:toll|ris(?:es|en|ing)|rose|climb\w*|now)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """What two sentences say differently of the same thing: `about` names it ("injured"), `first`
    and `second` are the values as the sentences write them."""

    about: str
    first: str
    second: str


def differences(first: Statement, second: Statement) -> list[Difference]:
    """What two sentences that tell of one event say differently, each matter once; [] if nothing,
    or in doubt."""
    measured = [
        Difference(mine.role, mine.text, theirs.text)
        for mine in first.measures
        for theirs in second.measures
        if mine.key != theirs.key and _same_measured(first, mine, second, theirs)
    ]
    if measured or _measure_alike(first, second):
        return measured
    other = _other_outcome(first, second) or _other_words(first, second)
    return [other] if other else []


def denies(first: Statement, second: Statement) -> bool:
    """Whether one of two sentences says in nearly the same words that it is not so."""
    return (
        bool(NEGATION.search(first.text)) != bool(NEGATION.search(second.text))
        and share(first, second) >= DENIED <= share(second, first)
        and first.dates == second.dates
        and {figure.value for figure in first.figures} == {f.value for f in second.figures}
    )


def agreements(first: Statement, second: Statement) -> list[str]:
    """What two sentences that tell of one event measure alike, with the same value."""
    return [
        mine.role
        for mine in first.measures
        for theirs in second.measures
        if mine.key == theirs.key and _same_measured(first, mine, second, theirs)
    ]


def _measure_alike(first: Statement, second: Statement) -> bool:
    """Whether both measure a thing, but not the same, or one tells what was said earlier."""
    mine, theirs = ({m.role for m in said.measures} for said in (first, second))
    of_both = roles_in(first.text) & roles_in(second.text)
    return (
        bool(mine & theirs)
        or any(map(counts_people, of_both))
        or any(m.earlier for m in (*first.measures, *second.measures))
    )


def _same_measured(first: Statement, mine: Measure, second: Statement, theirs: Measure) -> bool:
    """Whether two values measure the same: the same people, thing, place and time."""
    if mine.earlier or theirs.earlier or _sort(mine) != _sort(theirs):
        return False
    if not (_placed_alike(mine, second) and _placed_alike(theirs, first)):
        return False
    if kind_of(mine.role) == PEOPLE:
        return _same_scene(first, second)
    return _same_subject(first, mine, second, theirs)


def _same_scene(first: Statement, second: Statement) -> bool:
    """Whether nothing says that two counts of people are of different places or days; a toll that
    rises is told on another day than the event."""
    here, there = (places_in(said.text) or said.scene for said in (first, second))
    if here and there and not here & there:
        return False
    days, others = ({d for d in said.dates if d.endswith("day")} for said in (first, second))
    if not days or not others or days & others:
        return True
    return bool(_RISES.search(first.text) or _RISES.search(second.text))


def _sort(measure: Measure) -> tuple[object, ...]:
    """What must be equal for two values to measure the same."""
    kind = kind_of(measure.role)
    unit = date_kind(measure.text) if kind == DATES else _currency(measure) if kind == MONEY else ""
    return measure.role, measure.who, measure.periods, unit


def _placed_alike(measure: Measure, other: Statement) -> bool:
    """Whether the place that a value is of is what the other sentence or its article is about."""
    held = other.held | {stem(token) for token in tokens(other.text)}
    return not measure.places or any(stem(place) in held for place in measure.places)


def _same_subject(first: Statement, mine: Measure, second: Statement, theirs: Measure) -> bool:
    """Whether the same thing is measured; what a clause leaves out is what its article is about."""
    if mine.subject and theirs.subject:
        shorter = min(len(mine.subject), len(theirs.subject))
        return 2 * len(mine.subject & theirs.subject) > shorter
    if mine.subject or theirs.subject:
        told, holder = (mine.subject, second) if mine.subject else (theirs.subject, first)
        return told <= holder.held | holder.stems
    return bool(first.held & second.held)


def _currency(measure: Measure) -> str:
    """The currency that a sum is in, as the end of its text or its key says."""
    last = re.search(r"[a-z]+$", measure.text.lower())
    scales = {"million", "billion", "thousand", "trillion", "m", "bn"}
    if last and last[0] not in scales:
        return stem(last[0])
    return measure.key[-1:] if not measure.key[-1:].isdigit() else ""


def _other_outcome(first: Statement, second: Statement) -> Difference | None:
    mine, theirs = _outcome(first.text), _outcome(second.text)
    if mine is None or theirs is None or not mine.opposes(theirs):
        return None
    if not _same_matter(first, mine, second, theirs):
        return None
    one, other = (f"{'not ' if o.denied else ''}{o.word.lower()}" for o in (mine, theirs))
    return Difference("outcome", one, other)


def _same_matter(first: Statement, mine: Outcome, second: Statement, theirs: Outcome) -> bool:
    """Whether the same one did it, to the same: the words beside the verb are shared."""
    if not mine.before or not theirs.before or mine.before[-1] != theirs.before[-1]:
        return False
    if (
        mine.after
        and theirs.after
        and not set(mine.after[:2]) & (set(theirs.after[:2]) | (second.held & first.stems))
    ):
        return False
    shorter, longer = sorted((first, second), key=lambda said: len(said.stems))
    verbs = {stem(mine.word), stem(theirs.word)}
    told = shorter.stems - verbs
    shared = told & (longer.stems | longer.held)
    return len(shared) >= 2 and len(shared) >= SAME_MATTER * len(told)  # noqa: PLR2004 - who and what


@lru_cache(maxsize=4096)
def _outcome(text: str) -> Outcome | None:
    return outcome_in(text)


def _other_words(first: Statement, second: Statement) -> Difference | None:
    pair = other_figures(second, first)
    if pair and not _apart(first, second):
        counted = pair[0].counts & pair[1].counts
        about = next((w for w in content_words(first.text) if stem(w) in counted), pair[0].unit)
        return Difference(about, pair[0].text, pair[1].text)
    if share(first, second) < KNOWN or share(second, first) < KNOWN:
        return None
    dates = other_date(second, first)
    if dates:
        return Difference("date", *dates)
    called = other_name(second, first)
    return Difference("name", *called) if called else None


def _apart(first: Statement, second: Statement) -> bool:
    """Whether two sentences tell of other places, or of other years."""
    here, there = places_in(first.text), places_in(second.text)
    elsewhere = bool(here and there and not here & there)
    return elsewhere or periods_in(first.text) != periods_in(second.text)
