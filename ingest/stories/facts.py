"""What each article of a story added: sentences that no earlier article stated. Pure.

A sentence is new if most of its words, or a number or name of it, were not told before; it is a
change if it states what an earlier sentence did, with another number, date or name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ingest.reading.figures import Figure, figures
from ingest.reading.notices import notice_in
from ingest.reading.sentences import sentence_spans
from ingest.reading.words import content_words, names, stem
from ingest.story import Fact, FactKind, Telling

KNOWN = 0.6
"""Share of a sentence's words that one earlier sentence holds, from which it says the same."""
SAME_MATTER, SAME_LENGTH = 0.6, 0.3
MIN_SHARED = 3
"""Share of the shorter and of the longer sentence's words, and how many words, that both must hold
for another number of the same things to be a change."""
NEW_WORDS = 0.5
"""Share of words that no earlier article held, from which a sentence is new without a new name."""
MIN_WORDS = 5
PER_ARTICLE = 3
_DURATIONS = frozenset(
    map(stem, ("year", "month", "week", "day", "hour", "minute", "second", "old", "time"))
)
_NOT_COUNTED = frozenset(map(stem, ("old", "age", "aged", "against", "versus")))
_CLOCK = re.compile(r"\b[ap]\.m\.\s*$")
_DATES = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)(?: \d{1,2}\b)?(?:,? \d{4}\b)?)"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence and what it states."""

    text: str
    start: int
    end: int
    stems: frozenset[str]
    names: frozenset[str]
    figures: tuple[Figure, ...]
    dates: frozenset[str]


def facts_of(tellings: Sequence[Telling]) -> tuple[Fact, ...]:
    """The new facts of a story, in the order in which they came out.

    The first article gives its opening sentence; each later one of another text at most
    PER_ARTICLE sentences, those that add most, and all the values that it changed.
    """
    told: list[_Said] = []
    facts: list[Fact] = []
    origins: set[str] = set()
    for telling in tellings:
        said = _sentences(telling)
        if not told:
            facts += [_fact(telling, sentence) for sentence in said[:1]]
        elif telling.origin_id not in origins:
            facts += _added(telling, said, told)
        origins.add(telling.origin_id)
        told += said
    return tuple(facts)


def changed_value(earlier: str, later: str) -> tuple[str, str] | None:
    """(before, after) if a later sentence gives another number, date or name where an earlier one
    says the same of the same, as the two write it; None if not."""
    then, now = (_stated(text, 0, _stems(text)) for text in (earlier, later))
    return _other_value(now, then) if then.stems and now.stems else None


def _added(telling: Telling, said: Sequence[_Said], told: Sequence[_Said]) -> list[Fact]:
    all_stems = frozenset().union(*(sentence.stems for sentence in told))
    all_names = frozenset().union(*(sentence.names for sentence in told))
    values = {(figure.value, figure.unit) for sentence in told for figure in sentence.figures}
    changed, new = [], []
    for sentence in said:
        change = _change(sentence, told)
        if change:
            changed.append(_fact(telling, sentence, *change))
            continue
        weight = _novelty(sentence, all_stems, all_names, values)
        if weight and not _known(sentence, told):
            new.append((weight, sentence))
    best = sorted(new, key=lambda pair: -pair[0])[:PER_ARTICLE]
    facts = [*changed, *(_fact(telling, sentence) for _, sentence in best)]
    return sorted(facts, key=lambda fact: fact.start)


def _sentences(telling: Telling) -> list[_Said]:
    text, language = telling.article.text, telling.article.language
    said = []
    for start, end in sentence_spans(text, language):
        sentence = text[start:end]
        stems = _stems(sentence)
        if len(stems) < MIN_WORDS or sentence.endswith("?"):
            continue
        if _CLOCK.search(text[max(start - 8, 0) : start]):  # cut in two after "8 p.m."
            continue
        if notice_in(sentence, language):  # it tells of the article, and repeats what was wrong
            continue
        said.append(_stated(sentence, start, stems))
    return said


def _stated(sentence: str, start: int, stems: frozenset[str]) -> _Said:
    return _Said(
        sentence,
        start,
        start + len(sentence),
        stems,
        frozenset(name.lower() for name in names(sentence)),
        tuple(figures(sentence)),
        frozenset(_DATES.findall(sentence)),
    )


def _stems(sentence: str) -> frozenset[str]:
    return frozenset(map(stem, content_words(sentence)))


def _known(sentence: _Said, told: Sequence[_Said]) -> bool:
    """Whether one earlier sentence says it already, the numbers included."""
    values = {(figure.value, figure.unit) for figure in sentence.figures}
    for earlier in told:
        if _share(sentence, earlier) >= KNOWN:
            held = {(figure.value, figure.unit) for figure in earlier.figures}
            if values <= held:
                return True
    return False


def _novelty(
    sentence: _Said,
    stems: frozenset[str],
    known_names: frozenset[str],
    values: set[tuple[float, str]],
) -> float:
    """How much of a sentence was told nowhere before; 0 if too little to be a fact of its own."""
    new_words = len(sentence.stems - stems) / len(sentence.stems)
    new_names = len(sentence.names - known_names)
    new_values = sum((figure.value, figure.unit) not in values for figure in sentence.figures)
    if new_words < NEW_WORDS and not new_names and not new_values:
        return 0.0
    return new_words + 0.5 * min(new_names, 2) + 0.5 * min(new_values, 2)


def _change(sentence: _Said, told: Sequence[_Said]) -> tuple[str, str] | None:
    """(before, after) if a sentence gives another number, date or name where an earlier one, the
    latest first, says the same of the same; None if not, or if its value was told before."""
    for earlier in reversed(told):
        if found := _other_value(sentence, earlier):
            return None if _told_before(sentence, told) else found
    return None


def _other_value(sentence: _Said, earlier: _Said) -> tuple[str, str] | None:
    found = _other_figure(sentence, earlier)
    if found is None and _share(sentence, earlier) >= KNOWN <= _share(earlier, sentence):
        found = _other_date(sentence, earlier) or _other_name(sentence, earlier)
    return found


def _told_before(sentence: _Said, told: Sequence[_Said]) -> bool:
    return any(
        _share(sentence, earlier) >= KNOWN
        and _other_figure(sentence, earlier) is None
        and not _other_date(sentence, earlier)
        and not _other_name(sentence, earlier)
        for earlier in told
    )


def _other_figure(sentence: _Said, earlier: _Said) -> tuple[str, str] | None:
    """(before, after) of a number that counts the same things in the same matter.

    Where a sentence has several numbers of the same things, which one took the place of which is
    not known, and none is told.
    """
    for now in filter(partial(_counts_things, sentence), sentence.figures):
        then = _only([f for f in earlier.figures if _alike(f, now) and _counts_things(earlier, f)])
        if then is None or _only([f for f in sentence.figures if _alike(f, now)]) is None:
            continue
        if then.value != now.value and _same_context(sentence, earlier, now.counts | then.counts):
            return then.text, now.text
    return None


def _counts_things(said: _Said, figure: Figure) -> bool:
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


def _same_context(sentence: _Said, earlier: _Said, counted: frozenset[str]) -> bool:
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
    return found[0] if len(found) == 1 else None


def _other(now: frozenset[str], then: frozenset[str]) -> tuple[str, str] | None:
    came, went = now - then, then - now
    if len(came) == 1 and len(went) == 1:
        return next(iter(went)), next(iter(came))
    return None


def _other_date(sentence: _Said, earlier: _Said) -> tuple[str, str] | None:
    """Another date of the same kind: a weekday for a weekday, a day for a day."""
    found = _other(sentence.dates, earlier.dates)
    return found if found and _date_kind(found[0]) == _date_kind(found[1]) else None


def _date_kind(date: str) -> tuple[bool, bool, bool]:
    year = re.search(r"\b\d{4}\b", date)
    return date.endswith("day"), bool(re.search(r"\b\d{1,2}\b", date)), bool(year)


def _other_name(sentence: _Said, earlier: _Said) -> tuple[str, str] | None:
    """Another name in the same place: the words around it are the same."""
    pair = _other(sentence.names, earlier.names)
    if pair is None or len(sentence.stems ^ earlier.stems) > 2:  # noqa: PLR2004 - one for one
        return None
    return _as_written(earlier.text, pair[0]), _as_written(sentence.text, pair[1])


def _as_written(text: str, name: str) -> str:
    found = re.search(re.escape(name), text, re.IGNORECASE)
    return found[0] if found else name


def _share(sentence: _Said, earlier: _Said) -> float:
    return len(sentence.stems & earlier.stems) / len(sentence.stems)


def _fact(telling: Telling, sentence: _Said, before: str = "", after: str = "") -> Fact:
    kind = FactKind.CHANGED if after else FactKind.NEW
    return Fact(
        telling.article.id,
        sentence.text,
        sentence.start,
        sentence.end,
        telling.at,
        kind,
        before,
        after,
    )
