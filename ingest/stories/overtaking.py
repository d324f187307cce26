"""Whether a later sentence gives a number in the place of one that an earlier sentence gives. Pure.

Unlike alignment, which says that two values differ, this says that the later one holds now, so it
wants a reason: the sentence names the older value as such, says that something rose or was
corrected, or counts further what can only become more (the dead, the burned hectares). In doubt it
is another thing that is counted, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.counted import (
    Counted,
    common,
    counted,
    kinds_in,
    near,
    of_one_time,
    of_people,
    otherwise_named,
    ratio,
    shown,
)
from ingest.reading.matter import called_in
from ingest.reading.measures import places_in
from ingest.reading.revisions import (
    PROVISIONAL,
    SETTLED,
    body_of,
    by_difference,
    changed_to,
    clause_at,
    days_of,
    is_correction,
    old_values,
    ordinals_in,
    period_after,
    stems_of,
    sums_up,
)
from ingest.stories.alignment import Difference
from ingest.stories.statement import Statement
from ingest.text.words import content_words, stem

MANY_TIMES = 5
"""A number that is so many times another rather counts something else."""
MIN_SHARED = 2
"""How many words two sentences, the later one with its headline and lead, have in common."""
NAMED, CHANGED, REVISED, COUNTED_ON = 4, 3, 2, 1
"""How plainly a later sentence puts its number in the place of another: it names that one, it says
that something rose or fell to this one, it speaks of all in the end, it counts more of the same."""
NEXT_FEW = 3
"""How far "a third worker has died" may be ahead of the count before."""
_DURATIONS = frozenset(
    map(stem, ("year", "month", "week", "day", "hour", "minute", "second", "time", "old"))
)
_OTHERS = re.compile(
    r"\b(?:another|separate|similar|second|again|more|others?|further|additional|aftershock)\b",
    re.I,
)
_AND_ONE = re.compile(r"^[\w,.]+(?: [\w-]+){1,2} and (?:an?|one|two|three|four|\d+)\b", re.I)
"""Two parts of a sum: "two women and a man"."""


def overtaken_number(
    said: Statement,
    later: Statement,
    known: frozenset[str],
    beside: Sequence[Statement] = (),
    *,
    plainly: bool = False,
) -> Difference | None:
    """The number of `said` and the one that `later`, from a later article on the same event, gives
    in its place; None in doubt. `known` are the stems of the whole article of `said`, `beside` its
    sentences: of two numbers of a thing, a newer one takes the place of the nearer."""
    told, body = body_of(later.text), body_of(said.text)
    if not counted(body) or not (counted(told) or ordinals_in(told)):
        return None
    if not _of_one_matter(said, later) or _elsewhere(said, told, known):
        return None
    strange = called_in(told) - known
    old, older = ({f.start for f in old_values(one.text)} for one in (later, said))
    least = NAMED if plainly else CHANGED if strange else COUNTED_ON
    found = [
        (grade, then, new)
        for then in counted(body)
        for new in counted(told)
        if then.figure.start not in older and new.figure.start not in old
        if (grade := _grade(said, then, later, new)) >= least
    ]
    if found:
        best = max(grade for grade, _, _ in found)
        pairs = [(then, new) for grade, then, new in found if grade == best]
        if len({then.figure.value for then, _ in pairs}) == len(pairs) or len(pairs) == 1:
            then, new = pairs[0]
            if best < NAMED and _nearer(then, new, beside):
                return None
            about = _about(said, then, new)
            return Difference(about, shown(said.text, then), shown(later.text, new))
        return None
    return None if plainly else _one_further(said, body, told)


def _nearer(then: Counted, new: Counted, beside: Sequence[Statement]) -> bool:
    """Whether another number of the earlier article is nearer to the new one and may be of that."""
    gap = ratio(then, new)
    return any(
        ratio(other, new) < gap
        and then.figure.unit == other.figure.unit
        and (common(other, then) or other.kinds & then.kinds)
        for said in beside
        for other in counted(body_of(said.text))
    )


def _same_sum(said: Statement, then: Counted, later: Statement, new: Counted) -> bool:
    """Whether two sums or shares may be the same one: nothing is called in the earlier sentence
    that is not in the later, it is tied to no day, and enough of the words are near."""
    body = body_of(said.text)
    if days_of(body) or called_in(body) - (stems_of(later.text) | later.held):
        return False
    around = stems_of(new.text) | later.held
    return sum(any(near(a, b) for b in around) for a in then.clause) >= MIN_SHARED


def _of_one_matter(said: Statement, later: Statement) -> bool:
    """Whether two sentences have enough words in common to be laid beside each other."""
    told, held = _words(said), _words(later) | later.held
    shared = told & held
    if not shared or len(shared) >= MIN_SHARED:
        return bool(shared)
    return any(near(a, b) for a in told - shared for b in held)


def _grade(said: Statement, then: Counted, later: Statement, new: Counted) -> int:
    """How plainly the later sentence puts one number in the place of the other; 0 if not."""
    old, now = then.figure, new.figure
    known = {figure.value for figure in said.figures}
    if now.value in known or old.unit != now.unit or not of_one_time(then, new):
        return 0
    if _names_old(later.text, then, new):
        return NAMED
    changed, corrected = changed_to(later.text, now, old.value), is_correction(later.text)
    many_times = max(old.value, now.value) > MANY_TIMES * min(old.value, now.value)
    stands = old.value in {figure.value for figure in later.figures}
    if many_times or stands or not _same_thing(said, then, later, new):
        return 0
    if changed:
        fewer = now.value < old.value and bool(then.kinds) and not corrected
        return 0 if fewer else CHANGED
    return REVISED if corrected else _grade_of_rest(said, then, later, new)


def _grade_of_rest(said: Statement, then: Counted, later: Statement, new: Counted) -> int:
    """REVISED or COUNTED_ON where no word says that the value changed; 0 if neither."""
    if set(then.things) & _DURATIONS:
        return 0
    here, there = (called_in(body_of(one.text)) for one in (said, later))
    if here and there and not here & there:
        return 0
    if sums_up(new.text) and new.figure.value > then.figure.value:
        return REVISED
    if PROVISIONAL.search(said.text) and SETTLED.search(later.text):
        return REVISED if said.names & later.names else 0
    return COUNTED_ON if _counts_on(said, then, later, new) else 0


def _names_old(text: str, then: Counted, new: Counted) -> bool:
    """Whether the later sentence names the older number as what was said before."""
    olds = [figure for figure in old_values(text) if figure.value == then.figure.value]
    named = any(figure.unit in {"", then.figure.unit} for figure in olds)
    if named:
        where = [clause_at(text, f.start, f.start + len(f.text))[1] for f in olds]
        if any(period_after(after) - new.periods for after in where):
            return False
    elif round(then.figure.value, 6) not in by_difference(text, new.figure):
        return False
    if common(then, new):
        return not otherwise_named(then, new)
    return not then.things or not new.things or bool(then.clause & new.clause)


def _same_thing(said: Statement, then: Counted, later: Statement, new: Counted) -> bool:
    """Whether two numbers count the same, of the same kind of event."""
    changed = changed_to(later.text, new.figure, then.figure.value)
    if then.kinds and new.kinds and not then.kinds & new.kinds:
        return False
    if common(then, new):
        same = changed or is_correction(later.text) or then.kinds == new.kinds
        return same and not otherwise_named(then, new)
    if new.figure.unit:
        return _same_sum(said, then, later, new)
    if then.kinds & new.kinds:
        return not (then.things and new.things) or of_people(then, new)
    bare = changed and not new.things and then.kinds >= new.kinds
    return bare and bool(set(then.things) & stems_of(new.text))


def _counts_on(said: Statement, then: Counted, later: Statement, new: Counted) -> bool:
    """Whether both count what can only become more, the later one more of it."""
    told, body = body_of(later.text), body_of(said.text)
    if not then.kinds & new.kinds or new.figure.value <= then.figure.value:
        return False
    here, there = called_in(body), called_in(told)
    if here and there and not here & there:
        return False
    days, others = days_of(body), days_of(told)
    if _OTHERS.search(told) or _AND_ONE.search(said.text[then.figure.start :]):
        return False
    return not (days and others and not days & others)


def _elsewhere(said: Statement, told: str, known: frozenset[str]) -> bool:
    """Whether the later sentence is about a place of which the earlier article does not speak, or
    not the one of the earlier sentence."""
    there = {stem(place) for place in places_in(told)}
    here = {stem(place) for place in places_in(body_of(said.text))}
    return bool(there - known) or bool(here and there and not here & there)


def _one_further(said: Statement, body: str, told: str) -> Difference | None:
    """ "A third worker has died", where two had."""
    for n, word, things in ordinals_in(told):
        kinds = kinds_in(told)
        for then in counted(body):
            ahead = 0 < n - then.figure.value <= NEXT_FEW
            if ahead and then.kinds & kinds and set(then.things) & things:
                return Difference(_word(said, things), then.figure.text, word)
    return None


def _words(said: Statement) -> frozenset[str]:
    numbers = {stem(part) for figure in said.figures for part in figure.text.split()}
    return said.stems - numbers


def _about(said: Statement, then: Counted, new: Counted) -> str:
    """A word of the earlier sentence for what is counted."""
    both = common(then, new) or frozenset(then.things) & stems_of(new.text)
    close = frozenset(a for a in then.clause for b in new.clause if near(a, b))
    close -= {stem(name) for name in said.names}
    return _word(said, both) or _word(said, close) or _word(said, then.clause)


def _word(said: Statement, stems: frozenset[str]) -> str:
    return next((w.lower() for w in content_words(said.text) if stem(w) in stems), "")
