"""What each article of a story added: sentences that no earlier article stated. Pure.

A sentence is new if most of its words, or a number or name of it, were not told before; it is a
change if it states what an earlier sentence did, with another number, date or name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.notices import notice_in
from ingest.stories.rewording import (
    KNOWN,
    change_of,
    other_date,
    other_figure,
    other_name,
    share,
)
from ingest.stories.statement import Statement, state
from ingest.story import Fact, FactKind, Telling
from ingest.text.sentences import sentence_spans

NEW_WORDS = 0.5
"""Share of words that no earlier article held, from which a sentence is new without a new name."""
MIN_WORDS = 5
PER_ARTICLE = 3
_CLOCK = re.compile(r"\b[ap]\.m\.\s*$")


def facts_of(tellings: Sequence[Telling]) -> tuple[Fact, ...]:
    """The new facts of a story, in the order in which they came out.

    The first article gives its opening sentence; each later one of another text at most
    PER_ARTICLE sentences, those that add most, and all the values that it changed.
    """
    told: list[Statement] = []
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
    then, now = state(earlier, 0), state(later, 0)
    return change_of(now, then) if then.stems and now.stems else None


def _added(telling: Telling, said: Sequence[Statement], told: Sequence[Statement]) -> list[Fact]:
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


def _sentences(telling: Telling) -> list[Statement]:
    text, language = telling.article.text, telling.article.language
    said = []
    for start, end in sentence_spans(text, language):
        sentence = text[start:end]
        stated = state(sentence, start)
        if len(stated.stems) < MIN_WORDS or sentence.endswith("?"):
            continue
        if _CLOCK.search(text[max(start - 8, 0) : start]):  # cut in two after "8 p.m."
            continue
        if notice_in(sentence, language):  # it tells of the article, and repeats what was wrong
            continue
        said.append(stated)
    return said


def _known(sentence: Statement, told: Sequence[Statement]) -> bool:
    """Whether one earlier sentence says it already, the numbers included."""
    values = {(figure.value, figure.unit) for figure in sentence.figures}
    for earlier in told:
        if share(sentence, earlier) >= KNOWN:
            held = {(figure.value, figure.unit) for figure in earlier.figures}
            if values <= held:
                return True
    return False


def _novelty(
    sentence: Statement,
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


def _change(sentence: Statement, told: Sequence[Statement]) -> tuple[str, str] | None:
    """(before, after) if a sentence gives another number, date or name where an earlier one, the
    latest first, says the same of the same; None if not, or if its value was told before."""
    for earlier in reversed(told):
        found = change_of(sentence, earlier)
        if found:
            return None if _told_before(sentence, told) else found
    return None


def _told_before(sentence: Statement, told: Sequence[Statement]) -> bool:
    return any(
        share(sentence, earlier) >= KNOWN
        and other_figure(sentence, earlier) is None
        and not other_date(sentence, earlier)
        and not other_name(sentence, earlier)
        for earlier in told
    )


def _fact(telling: Telling, sentence: Statement, before: str = "", after: str = "") -> Fact:
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
