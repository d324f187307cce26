"""Whether two sentences state the same of the same thing, with another value. Pure.

Values are numbers, dates, names and outcomes. Two sentences are compared by their words, where
these are nearly the same; or by what they measure ("injured", "cost", "opens"), where they tell of
one story. In doubt they tell of different things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from ingest.reading.figures import Figure, figures
from ingest.reading.measures import (
    DATE,
    DATES,
    MONEY,
    PEOPLE,
    Measure,
    counted_people,
    kind_of,
    periods_in,
    places_in,
)
from ingest.reading.measures import measures as measures_in
from ingest.reading.notices import notice_in
from ingest.reading.outcomes import NEGATION, Outcome, outcome_in
from ingest.reading.sentences import sentence_spans
from ingest.reading.words import content_words, names, stem, tokens

KNOWN = 0.6
"""Share of a sentence's words that one earlier sentence holds, from which it says the same."""
SAME_MATTER, SAME_LENGTH = 0.6, 0.3
MIN_SHARED = 3
"""Share of the shorter and of the longer sentence's words, and how many words, that both must hold
for another number of the same things to be a change."""
DENIED = 0.75
"""Share of both sentences' words that both hold, from which the denial of one denies the other."""
REACH = 3
"""How many sentences a value may stand apart from the earlier one whose place it takes."""
_DURATIONS = frozenset(
    map(stem, ("year", "month", "week", "day", "hour", "minute", "second", "old", "time"))
)
_NOT_COUNTED = frozenset(map(stem, ("old", "age", "aged", "against", "versus")))
_POINTS_BACK = re.compile(r"^\W*(?:it|they|this|that|he|she|these|those)\b", re.IGNORECASE)
_THE_NUMBER = re.compile(
    r"\b(?:number|figure|total|count|toll|sum|price|cost|date)s? (?:is|was|are|should be)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence and what it states; `text` stands at [start:end] of its article's text.

    `held` are the stems of what the article's title, its first paragraph and, where the sentence
    points back, the sentence before say. `measures` is what it measures.
    """

    text: str
    stems: frozenset[str]
    names: frozenset[str]
    figures: tuple[Figure, ...]
    dates: frozenset[str]
    start: int = 0
    end: int = 0
    held: frozenset[str] = frozenset()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What two sentences say differently of the same thing: `about` names it ("injured"), `first`
    and `second` are the values as the sentences write them."""

    about: str
    first: str
    second: str


def state(text: str, start: int = 0) -> Statement:
    """What a sentence states by itself; `start` is its place in its article's text."""
    return Statement(
        text,
        frozenset(map(stem, content_words(text))),
        frozenset(name.lower() for name in names(text)),
        tuple(figures(text)),
        frozenset(DATE.findall(text)),
        start,
        start + len(text),
    )


def statements(text: str, title: str = "", language: str | None = None) -> list[Statement]:
    """The sentences of an article, with what they measure in the light of the others.

    A correction's notice repeats what was wrong, so all that it measures is what was said earlier.
    """
    lead = text.partition("\n\n")[0]
    around = frozenset(stem(token) for token in tokens(f"{title} {lead}"))
    stated: list[Statement] = []
    for start, end in sentence_spans(text, language):
        sentence = text[start:end]
        held = around
        if stated and _POINTS_BACK.search(sentence):
            held |= stated[-1].stems | stated[-1].held
        said = [] if sentence.endswith("?") else measures_in(sentence)
        if notice_in(sentence, language):
            said = [replace(measure, earlier=True) for measure in said]
        stated.append(replace(state(sentence, start), held=held, measures=tuple(said)))
    return _replaced(stated)


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


def share(sentence: Statement, earlier: Statement) -> float:
    """The share of a sentence's words that another holds."""
    return len(sentence.stems & earlier.stems) / max(1, len(sentence.stems))


def change_of(sentence: Statement, earlier: Statement) -> tuple[str, str] | None:
    """(before, after) if a sentence gives another number, date or name where an earlier one says
    the same of the same in nearly the same words."""
    found = other_figure(sentence, earlier)
    if found is None and share(sentence, earlier) >= KNOWN <= share(earlier, sentence):
        found = other_date(sentence, earlier) or other_name(sentence, earlier)
    return found


def other_figure(sentence: Statement, earlier: Statement) -> tuple[str, str] | None:
    """(before, after) of a number that counts the same things in the same matter.

    Where a sentence has several numbers of the same things, which one took the place of which is
    not known, and none is told.
    """
    pair = _other_figures(sentence, earlier)
    return (pair[0].text, pair[1].text) if pair else None


def other_date(sentence: Statement, earlier: Statement) -> tuple[str, str] | None:
    """Another date of the same kind: a weekday for a weekday, a day for a day."""
    found = _other(sentence.dates, earlier.dates)
    return found if found and _date_kind(found[0]) == _date_kind(found[1]) else None


def other_name(sentence: Statement, earlier: Statement) -> tuple[str, str] | None:
    """Another name in the same place: the words around it are the same."""
    pair = _other(sentence.names, earlier.names)
    if pair is None or len(sentence.stems ^ earlier.stems) > 2:  # noqa: PLR2004 - one for one
        return None
    return _as_written(earlier.text, pair[0]), _as_written(sentence.text, pair[1])


# ── by what is measured ──


def _measure_alike(first: Statement, second: Statement) -> bool:
    """Whether both measure a thing, but not the same, or one tells what was said earlier."""
    mine, theirs = ({m.role for m in said.measures} for said in (first, second))
    return bool(mine & theirs) or any(m.earlier for m in (*first.measures, *second.measures))


def _replaced(stated: Sequence[Statement]) -> list[Statement]:
    """The statements, with the values that stand, without saying what they measure, in the place
    of one that was said earlier: "Fifteen people were treated. … The coastguard had spoken of 12
    injured." """
    done = list(stated)
    own = {m.role for said in stated for m in said.measures if not m.earlier}
    for at, said in enumerate(stated):
        for old in said.measures:
            if not old.earlier or old.role in own:
                continue
            near = [
                *range(max(0, at - REACH), at),
                *range(at + 1, min(len(stated), at + 1 + REACH)),
            ]
            found = [(n, new) for n in near if (new := _in_place_of(old, stated[n]))]
            explicit = [(n, new) for n, new in found if _THE_NUMBER.search(stated[n].text)]
            chosen = explicit or found
            if len(chosen) == 1:
                n, new = chosen[0]
                done[n] = replace(done[n], measures=(*done[n].measures, new))
                own.add(old.role)
    return done


def _in_place_of(old: Measure, said: Statement) -> Measure | None:
    """A value of a sentence that can take the place of an earlier one."""
    if _THE_NUMBER.search(said.text) and len(said.figures) == 1:
        figure: Figure | None = said.figures[0]
    elif kind_of(old.role) == PEOPLE:
        figure = _only(counted_people(said.text, old.who))
    else:
        return None
    if figure is None or f"{figure.value:g}{figure.unit}" == old.key or said.measures:
        return None
    return replace(old, text=figure.text, key=f"{figure.value:g}{figure.unit}", earlier=False)


def _same_measured(first: Statement, mine: Measure, second: Statement, theirs: Measure) -> bool:
    """Whether two values measure the same: the same people, thing, place and time."""
    if mine.earlier or theirs.earlier or _sort(mine) != _sort(theirs):
        return False
    if not (_placed_alike(mine, second) and _placed_alike(theirs, first)):
        return False
    return kind_of(mine.role) == PEOPLE or _same_subject(first, mine, second, theirs)


def _sort(measure: Measure) -> tuple[object, ...]:
    """What must be equal for two values to measure the same."""
    kind = kind_of(measure.role)
    unit = (
        _date_kind(measure.text) if kind == DATES else _currency(measure) if kind == MONEY else ""
    )
    return measure.role, measure.who, measure.periods, unit


def _placed_alike(measure: Measure, other: Statement) -> bool:
    """Whether the place that a value is of is what the other sentence or its article is about."""
    held = other.held | {stem(token) for token in tokens(other.text)}
    return not measure.places or any(stem(place) in held for place in measure.places)


def _same_subject(first: Statement, mine: Measure, second: Statement, theirs: Measure) -> bool:
    """Whether the same thing is measured; what a clause leaves out is what its article is about."""
    if mine.subject and theirs.subject:
        return bool(mine.subject & theirs.subject)
    if mine.subject or theirs.subject:
        told, holder = (mine.subject, second) if mine.subject else (theirs.subject, first)
        return bool(told & (holder.held | holder.stems))
    return bool(first.held & second.held)


def _currency(measure: Measure) -> str:
    return re.sub(
        r"[\d\s,.]|million|billion|thousand|trillion|\b(?:m|bn)\b", "", measure.text.lower()
    )


# ── by how it ended ──


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


# ── by nearly the same words ──


def _other_words(first: Statement, second: Statement) -> Difference | None:
    pair = _other_figures(second, first)
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
    return bool(here and there and not here & there) or periods_in(first.text) != periods_in(
        second.text
    )


def _other_figures(sentence: Statement, earlier: Statement) -> tuple[Figure, Figure] | None:
    for now in filter(partial(_counts_things, sentence), sentence.figures):
        then = _only([f for f in earlier.figures if _alike(f, now) and _counts_things(earlier, f)])
        if then is None or _only([f for f in sentence.figures if _alike(f, now)]) is None:
            continue
        if then.value != now.value and _same_context(sentence, earlier, now.counts | then.counts):
            return then, now
    return None


def _counts_things(said: Statement, figure: Figure) -> bool:
    """Whether a number tells how many or how much: not an age, a score against somebody, or a part
    of a name ("iPhone 14")."""
    if figure.counts & _NOT_COUNTED:
        return False
    if re.search(rf"\w\W+\w*[A-Z]\w*\W{{1,2}}{re.escape(figure.text)}\b", said.text):
        return False
    return bool(figure.unit) or bool(figure.counts - set(map(stem, said.names)))


def _alike(first: Figure, second: Figure) -> bool:
    """Whether two numbers count the same: most of the words after them, or the unit of money."""
    if first.unit != second.unit:
        return False
    if not first.counts or not second.counts:
        return bool(first.unit) and first.counts == second.counts
    both = len(first.counts & second.counts)
    return 2 * both > len(first.counts | second.counts)


def _same_context(sentence: Statement, earlier: Statement, counted: frozenset[str]) -> bool:
    """Whether the other words are the same too; of durations nearly all of them, for much else
    lasts as long."""
    numbers = {stem(part) for f in (*sentence.figures, *earlier.figures) for part in f.text.split()}
    now, then = (said.stems - numbers for said in (sentence, earlier))
    both, shorter, longer = len(now & then), *sorted((len(now), len(then)))
    if both < MIN_SHARED:
        return False
    if counted & _DURATIONS or not counted:
        return both >= KNOWN * longer
    return both >= SAME_MATTER * shorter and both >= SAME_LENGTH * longer


def _only(found: Sequence[Figure]) -> Figure | None:
    """The one number; None if there are more or none."""
    return found[0] if len(found) == 1 else None


def _other(now: frozenset[str], then: frozenset[str]) -> tuple[str, str] | None:
    came, went = now - then, then - now
    if len(came) == 1 and len(went) == 1:
        return next(iter(went)), next(iter(came))
    return None


def _date_kind(date: str) -> tuple[bool, bool, bool]:
    year = re.search(r"\b\d{4}\b", date)
    return date.endswith("day"), bool(re.search(r"\b\d{1,2}\b", date)), bool(year)


def _as_written(text: str, name: str) -> str:
    found = re.search(re.escape(name), text, re.IGNORECASE)
    return found[0] if found else name
