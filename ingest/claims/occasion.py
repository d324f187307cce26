"""Where two sentences on one event differ, if they tell of one occasion. Pure.

Much recurs: prices each month, a strike each week. `differs` reads what a value is of; here it is
asked whether the days, the numbers beside it and what is bound to the same words leave that open.
In doubt they tell of two occasions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isnan
from typing import TypeVar

from ingest.claims.claim import Claim, claims_in
from ingest.claims.differ import Difference, Stated, differs
from ingest.text import same, same_time
from ingest.text.calendars import spelled
from ingest.text.parse import Parsed, parse

_TELLING = frozenset(("NOUN", "PROPN", "ADJ"))
T = TypeVar("T")


def otherwise(one: Stated, other: Stated) -> Difference | None:
    """Where a sentence differs from another on one event, on one occasion."""
    found = differs(one, other)
    if found is None:
        return None
    mine, theirs = _claim(one, found.first), _claim(other, found.second)
    if mine is None or theirs is None:
        return found
    if any(time.text == found.first for time in mine.moments):
        known = _known(mine.quantities, theirs.quantities, same)
        known = known and _known(theirs.quantities, mine.quantities, same)
    else:
        times = mine.moments, theirs.moments
        known = not all(times) or any(same_time(a, b) for a in times[0] for b in times[1])
    here, there = _bound(one, mine), _bound(other, theirs)
    apart = any(here[by].isdisjoint(there[by]) for by in here.keys() & there.keys())
    return found if known and not apart else None


def _claim(said: Stated, value: str) -> Claim | None:
    """The claim of a sentence that gives a value: the shortest that holds it."""
    claims = claims_in(said.text, said.language, said.now)
    own = [claim for claim in claims if value in said.text[slice(*claim.span)]]
    return min(own, key=lambda claim: claim.span[1] - claim.span[0], default=None)


def _known(mine: Sequence[T], theirs: Sequence[T], equal: Callable[[T, T], bool]) -> bool:
    """Whether each of the first is one of the others."""
    return all(any(equal(one, other) for other in theirs) for one in mine)


def _bound(said: Stated, claim: Claim) -> dict[str, frozenset[str]]:
    """What a claim binds to a preposition ("on schools"), or to a thing as its owner or as its
    number in a row ("the women's race", "the first quarter")."""
    read = parse(said.text, said.language)
    bound: dict[str, frozenset[str]] = {}
    for by, words in _bindings(read, claim) if read else ():
        bound[by] = bound.get(by, frozenset()) | words
    return bound


def _bindings(read: Parsed, claim: Claim) -> Iterator[tuple[str, frozenset[str]]]:
    for at, token in enumerate(read.tokens):
        if not claim.span[0] <= token.start < claim.span[1]:
            continue
        below = [read.tokens[n] for n in read.down(at)]
        words = frozenset(one.lemma for one in below if one.pos in _TELLING)
        thing = read.tokens[token.head].lemma
        if token.dep == "amod" and isnan(spelled(token.lemma, "en") or 0.0):
            yield f"{thing} in a row", words
        elif token.dep == "poss" and words:
            yield f"{thing} of", words
        elif (
            token.dep == "prep"
            and words
            and not any(
                time.start <= one.start < time.end for one in below for time in claim.moments
            )
        ):
            yield token.lemma, words
