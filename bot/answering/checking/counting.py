"""Numbers compared: the same value in the same unit, counting the same, as exact as it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from bot.answering.checking.numbers import Number, numbers, same_number, with_units
from bot.answering.checking.reading import Reading
from bot.answering.checking.synonyms import same
from bot.answering.checking.times import times
from bot.answering.checking.vocabulary import stems

_PEOPLE = stems(
    "worker employee staff passenger guest voter resident child woman man patient inhabitant crew"
)
_PAIR = re.compile(r"(\d+(?:[.,]\d+)*)\s?(?:-|–|to|and)\s?(\d+(?:[.,]\d+)*)")


def miscounted(
    sentence: str, held: Sequence[Reading], heading: str, before: Set[float] = frozenset()
) -> str:
    """A number that the bearing sentences do not give so, or ""; the heading may give it too.

    `before` are the values of sentences at which "of them" points.
    """
    texts = [reading.text for reading in held]
    there = [number for text in (*texts, heading) for number in with_units(numbers(text))]
    years = {time.day[0] for text in texts for time in times(text)[0] if time.kind == "date"}
    verbs = {word.stem for reading in held for word in reading.words if word.verb}
    said = numbers(sentence)
    for number in said:
        alike = [n for n in with_units(said) if replace(n, unit=number.unit) == number]
        equal = [other for other in there if any(same_number(n, other) for n in alike)]
        if not equal and (number.value in years or number.value in before):
            continue
        if not equal:
            return f"the number {number.text} does not stand there"
        if not any(_denied_alike(number, other) for other in equal):
            return f"{number.text} is what it is not, there"
        if not any(_counts_same(number, other, verbs) for other in equal):
            return f"{number.text} counts something else there"
        if number.rate and all(other.rate not in {"", number.rate} for other in equal):
            return f"{number.text} is not per {number.rate} there"
        if not any(_as_exact(number, other) for other in equal):
            return f"{number.text} is not as exact there"
    return _other_pair(sentence, texts)


def _counts_same(said: Number, held: Number, verbs: set[str]) -> bool:
    """Whether both count one thing; "three wins" are "won three games"."""
    if not said.counts or not held.counts - verbs:
        return True
    if said.counts & stems("people") and held.counts & _PEOPLE:
        return True
    return any(same(a, b) for a in said.counts for b in held.counts | verbs)


def _denied_alike(said: Number, held: Number) -> bool:
    """Whether neither or both are named as the wrong one; "from 46 to 52" may tell of "not 46"."""
    if said.denied:
        return held.denied or held.contrasted
    return not held.denied or said.contrasted


def _as_exact(said: Number, held: Number) -> bool:
    """ "about" may come and go; "nearly" and "more than" say something, and have to stand."""
    loose = {"", "about"}
    return _differs_alike(said, held) and (
        said.bound == held.bound or {said.bound, held.bound} <= loose
    )


def _differs_alike(said: Number, held: Number) -> bool:
    """Whether both or neither tell how much more or less it is, or by how much it grew."""
    return (
        said.compared == held.compared
        and (held.part or not said.part or not held.counts)
        and (said.step == held.step or not said.step or not held.step)
    )


def _other_pair(sentence: str, held: Sequence[str]) -> str:
    """Two numbers that go together (a score, a vote, a range) in the same order."""
    there = [pair for text in held for pair in _PAIR.findall(times(text)[1])]
    for pair in _PAIR.findall(times(sentence)[1]):
        swapped = pair[::-1] in there and pair not in there
        if swapped:
            return f"{pair[0]} and {pair[1]} stand the other way round there"
    return ""
