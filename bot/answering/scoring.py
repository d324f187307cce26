"""How well a sentence answers a question, beside the others. Pure.

It is a weighted sum, whose weights were fitted on RealTime QA's questions of June and July 2022
(benchmarks/fit.py fits them anew; benchmarks/answers.py reports on August) and then moved a little
by hand, so that the first sentences about the sample news stayed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answering.expect import Expect
from ingest import Hit
from ingest.text import LIGHT_WORDS, alike, content_words, figures, names, stem, tokens

LIGHT = 0.33
IN_CONTEXT = 0.5
ALIKE = 0.7
BESIDE = 0.75
AROUND = 0.55
LEAD_CHARACTERS = 600
"""So far from an article's beginning, a sentence is a third as likely to tell what it is about."""
MUCH_NEW = 8
PROMISING = 0.5
"""Sentences of less than this share of the best one's score support no other."""
MOST_SUPPORT = 2.0


@dataclass(frozen=True, slots=True)
class Traits:
    """What speaks for a sentence, each about 0..1.

    `meaning`: its cosine with the question. `covered` and `said`: the share of the question's words
    that stand in or around it, and in it. `found`: the score of its passage beside the best one's.
    `place`: 1 for the first article, 1/2 for the second.
    `support`: how much other articles' sentences hold the same new name or number. `named`: whether
    it brings a name, `asked`: and the question may ask for one. `lead`: how near the article's
    beginning. `new`: how many words the question did not bring.
    """

    meaning: float
    covered: float
    said: float
    found: float
    place: float
    support: float
    named: float
    asked: float
    lead: float
    new: float

    @property
    def promise(self) -> float:
        """How well it answers by itself; sentences of the same question can be compared."""
        return sum(weight * float(getattr(self, name)) for name, weight in ANSWERS.items())


ANSWERS: Mapping[str, float] = {
    "meaning": 1.44,
    "covered": 2.4,
    "said": 3.53,
    "found": 1.61,
    "place": 1.07,
    "support": 1.01,
    "named": 0.27,
    "asked": 0.69,
    "lead": 0.8,
    "new": 1.06,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of an article, verbatim, the one before it, and where it begins in the article."""

    text: str
    before: str
    start: int
    hit: Hit


def traits_of(
    candidates: Sequence[Candidate],
    meaning: Sequence[float],
    question: str,
    weights: Mapping[str, float],
    kind: Expect,
) -> list[Traits]:
    """The traits of each candidate; `meaning` are their cosines, `weights` those of the words of
    the question (see `word_weights`)."""
    best = max((candidate.hit.score for candidate in candidates), default=0.0) or 1.0
    order: dict[str, int] = {}
    for candidate in candidates:
        order.setdefault(candidate.hit.article.id, len(order) + 1)
    known = {stem(token) for token in tokens(question)}
    values = {figure.value for figure in figures(question)}
    covered = [coverage(weights, candidate) for candidate in candidates]
    brought = [_brought(candidate.text, known, values) for candidate in candidates]
    halves = [0.5 * (m + c) for m, (c, _said) in zip(meaning, covered, strict=True)]
    support = _support(candidates, brought, halves)
    asks = kind in {Expect.ANY, Expect.NAME, Expect.PLACE}
    found = []
    for n, candidate in enumerate(candidates):
        named = float(any(isinstance(item, str) for item in brought[n]))
        fresh = {stem(word) for word in content_words(candidate.text)} - known
        found.append(
            Traits(
                meaning=meaning[n],
                covered=covered[n][0],
                said=covered[n][1],
                found=candidate.hit.score / best,
                place=1.0 / order[candidate.hit.article.id],
                support=support[n],
                named=named,
                asked=named * asks,
                lead=math.exp(-candidate.start / LEAD_CHARACTERS),
                new=min(1.0, len(fresh) / MUCH_NEW),
            )
        )
    return found


def word_weights(
    own: Sequence[str], borrowed: Sequence[str], rare: Mapping[str, float]
) -> dict[str, float]:
    """How much each stem of the question counts: rare ones more, light and borrowed ones less."""
    weights = {
        stem(word): rare.get(word, 1.0) * (IN_CONTEXT if word in borrowed else 1.0)
        for word in [*borrowed, *own]
    }
    for word in (*own, *borrowed):
        if word.lower() in LIGHT_WORDS:
            weights[stem(word)] *= LIGHT
    return weights


def coverage(weights: Mapping[str, float], candidate: Candidate) -> tuple[float, float]:
    """The share (0..1) of the question's weight that stands in the sentence or around it, and in
    it alone."""
    inside = {stem(token) for token in tokens(candidate.text)}
    title = candidate.hit.article.title
    beside = {stem(token) for token in tokens(f"{title} {candidate.before}")}
    around = {stem(token) for token in tokens(candidate.hit.passage.text)}
    total = sum(weights.values()) or 1.0
    covered = said = 0.0
    for word, weight in weights.items():
        here = held(word, inside)
        said += weight * here
        covered += weight * max(here, BESIDE * held(word, beside), AROUND * held(word, around))
    return covered / total, said / total


def held(word: str, stems: set[str]) -> float:
    """1 if a stem stands there, ALIKE if one that means much the same does, else 0."""
    if word in stems:
        return 1.0
    return ALIKE if any(alike(word, other) for other in stems) else 0.0


def _brought(text: str, known: set[str], values: set[float]) -> set[str | float]:
    """The names (their stems) and numbers that a sentence adds to the question."""
    added: set[str | float] = {stem(name) for name in names(text) if stem(name) not in known}
    return added | {figure.value for figure in figures(text) if figure.value not in values}


def _support(
    candidates: Sequence[Candidate], brought: Sequence[set[str | float]], halves: Sequence[float]
) -> list[float]:
    """How much the other articles speak for what each sentence brings: several that tell the same
    are seldom wrong about what the question means."""
    best = max(halves, default=0.0) or 1.0
    votes: dict[str | float, dict[str, float]] = defaultdict(dict)
    for candidate, items, half in zip(candidates, brought, halves, strict=True):
        weight = max(0.0, half - PROMISING * best) / best
        for item in items:
            given = votes[item]
            owner = candidate.hit.article.id
            given[owner] = max(given.get(owner, 0.0), weight)
    return [
        min(
            MOST_SUPPORT,
            max(
                (
                    sum(w for owner, w in votes[item].items() if owner != candidate.hit.article.id)
                    for item in items
                ),
                default=0.0,
            ),
        )
        for candidate, items in zip(candidates, brought, strict=True)
    ]
