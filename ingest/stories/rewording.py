"""Whether a sentence says in nearly the same words what another does, with another value. Pure."""

from __future__ import annotations

import re
from functools import partial

from ingest.stories.statement import Statement, only
from ingest.text.figures import Figure
from ingest.text.words import stem

KNOWN = 0.6
"""Share of a sentence's words that one earlier sentence holds, from which it says the same."""
SAME_MATTER, SAME_LENGTH = 0.6, 0.3
MIN_SHARED = 3
"""Share of the shorter and of the longer sentence's words, and how many words, that both must hold
for another number of the same things to be a change."""
_DURATIONS = frozenset(
    map(stem, ("year", "month", "week", "day", "hour", "minute", "second", "old", "time"))
)
_NOT_COUNTED = frozenset(map(stem, ("old", "age", "aged", "against", "versus")))


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
    pair = other_figures(sentence, earlier)
    return (pair[0].text, pair[1].text) if pair else None


def other_figures(sentence: Statement, earlier: Statement) -> tuple[Figure, Figure] | None:
    for now in filter(partial(_counts_things, sentence), sentence.figures):
        then = only([f for f in earlier.figures if _alike(f, now) and _counts_things(earlier, f)])
        if then is None or only([f for f in sentence.figures if _alike(f, now)]) is None:
            continue
        if then.value != now.value and _same_context(sentence, earlier, now.counts | then.counts):
            return then, now
    return None


def other_date(sentence: Statement, earlier: Statement) -> tuple[str, str] | None:
    """Another date of the same kind: a weekday for a weekday, a day for a day."""
    found = _other(sentence.dates, earlier.dates)
    return found if found and date_kind(found[0]) == date_kind(found[1]) else None


def other_name(sentence: Statement, earlier: Statement) -> tuple[str, str] | None:
    """Another name in the same place: the words around it are the same."""
    pair = _other(sentence.names, earlier.names)
    if pair is None or len(sentence.stems ^ earlier.stems) > 2:  # noqa: PLR2004 - one for one
        return None
    return _as_written(earlier.text, pair[0]), _as_written(sentence.text, pair[1])


def date_kind(date: str) -> tuple[bool, bool, bool]:
    year = re.search(r"\b\d{4}\b", date)
    return date.endswith("day"), bool(re.search(r"\b\d{1,2}\b", date)), bool(year)


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


def _other(now: frozenset[str], then: frozenset[str]) -> tuple[str, str] | None:
    came, went = now - then, then - now
    if len(came) == 1 and len(went) == 1:
        return next(iter(went)), next(iter(came))
    return None


def _as_written(text: str, name: str) -> str:
    found = re.search(re.escape(name), text, re.IGNORECASE)
    return found[0] if found else name
