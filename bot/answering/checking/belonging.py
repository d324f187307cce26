"""Numbers of one thing that are another's there: what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from bot.answering.checking.numbers import MONEY, Number, numbers, same_number
from bot.answering.checking.reading import Reading, Word
from bot.answering.checking.synonyms import same

_PARTS = re.compile(r"[,;](?!\d) ?")
Stems = frozenset[str]


def misplaced(sentence: Reading, held: Sequence[Reading]) -> str:
    """A number of one thing that is another's there ("the bus 4.3 metres"), or "".

    Of the words beside it, leaving out what numbers count, none stands beside it there, and some
    stand beside another number of that unit, which the sentence does not give.
    """
    if other := _other_of_pair(sentence, held):
        return other
    there = [claim for reading in held for claim in _claims(reading)]
    said = _claims(sentence)
    given = [number for _, found in said for number in found]
    verbs = {word.stem for word in sentence.words if word.verb}
    counted = frozenset().union(*(number.counts for number in given)) - verbs
    for words, found in said:
        about = (words if len(given) > 1 else _words(sentence)) - counted
        for number in found:
            beside = [w for w, others in there if any(_matches(number, n) for n in others)]
            rivals = [(w, n) for w, others in there for n in others if _rivals(number, n, given)]
            if beside and (
                _elsewhere(about, beside, rivals) or _mixed(number.counts, beside, rivals)
            ):
                return f"{number.text} belongs to something else there"
    return ""


def _other_of_pair(sentence: Reading, held: Sequence[Reading]) -> str:
    """Two numbers of one part that stand with others there: "up 12.2% to $2,103"; else ""."""
    there = [numbers(part) for reading in held for part in _PARTS.split(reading.text)]
    for part in map(numbers, _PARTS.split(sentence.text)):
        for first, second in combinations(part, 2):
            if not (first.unit and second.unit and first.unit != second.unit):
                continue
            own = [_with(number, there) for number in (first, second)]
            if all(len(found) == 1 for found in own) and own[0][0] is not own[1][0]:
                one, other = own[0][0], own[1][0]
                if _alike(one, second) and _alike(other, first):
                    return f"{first.text} and {second.text} do not stand together there"
    return ""


def _with(said: Number, parts: Sequence[Sequence[Number]]) -> list[Sequence[Number]]:
    return [part for part in parts if any(_matches(said, number) for number in part)]


def _alike(part: Sequence[Number], said: Number) -> bool:
    """Whether a part has another number of the same unit."""
    return any(n.unit == said.unit and n.value != said.value for n in part)


def _elsewhere(about: Stems, beside: list[Stems], rivals: list[tuple[Stems, Number]]) -> bool:
    """Whether words stand beside rivals of a number alone."""
    return (
        bool(about)
        and not any(_shared(about, words) for words in beside)
        and any(_shared(about, words) for words, _ in rivals)
    )


def _mixed(counts: Stems, beside: list[Stems], rivals: list[tuple[Stems, Number]]) -> bool:
    """Whether one word of what a number counts ("gold medals") is beside a rival alone."""
    own = {word for word in counts if any(_shared(frozenset({word}), w) for w in beside)}
    counted = frozenset().union(*(rival.counts for _, rival in rivals))
    uncounted = [(words - counted, rival) for words, rival in rivals]
    return bool(own) and _elsewhere(counts - own, beside, uncounted)


def _matches(said: Number, held: Number) -> bool:
    """Whether two are one number, where "crowns" may be left to the one before."""
    return same_number(said, held) or (
        said.unit in MONEY and not held.unit and same_number(replace(said, unit=""), held)
    )


def _rivals(said: Number, held: Number, given: Sequence[Number]) -> bool:
    return said.unit == held.unit and all(number.value != held.value for number in given)


def _words(reading: Reading) -> frozenset[str]:
    return frozenset(word.stem for word in reading.words if word.telling)


def _shared(words: frozenset[str], held: frozenset[str]) -> bool:
    return any(same(a, b) for a in words for b in held)


def _claims(reading: Reading) -> list[tuple[Stems, list[Number]]]:
    """For each clause the stems of its telling words, and its numbers; "than" goes on with one."""
    clauses: list[tuple[Word, ...]] = []
    for clause in reading.clauses:
        if clauses and clause[0].stem == "than":
            clauses[-1] += clause
        else:
            clauses.append(clause)
    return [
        (
            frozenset(word.stem for word in clause if word.telling),
            numbers(reading.text[clause[0].start : clause[-1].end]),
        )
        for clause in clauses
    ]
