"""How well a sentence answers a question, beside the others. Pure.

It is a weighted sum, whose weights were fitted on everyday questions and on RealTime QA's questions
of June and July 2022 (benchmarks/fit.py fits them anew).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.answering.reader import Place
from ingest import Hit
from ingest.text import stem, tokens

IN_CONTEXT = 0.5
BESIDE = 0.75
AROUND = 0.55
LEAD_CHARACTERS = 600
"""So far from an article's beginning, a sentence is a third as likely to tell what it is about."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit's article, verbatim, in its context, and where it begins in the article.

    The stems are those of the sentence, of what stands before it with the title, and of its
    passage.
    """

    place: Place
    start: int
    hit: Hit
    inside: frozenset[str] = field(repr=False)
    beside: frozenset[str] = field(repr=False)
    around: frozenset[str] = field(repr=False)

    @property
    def text(self) -> str:
        return self.place.text


@dataclass(frozen=True, slots=True)
class Traits:
    """What speaks for a sentence.

    `covered` and `said` (0..1): the share of the question's words that stand in or around it, and
    in it. `found` (0..1): the score of its passage beside the best one's. `place`: 1 for the first
    article, 1/2 for the second. `lead` (0..1): how near the article's beginning. `reads`: what the
    reader says (a logit); 0 for one that it has not read.
    """

    covered: float
    said: float
    found: float
    place: float
    lead: float
    reads: float = 0.0

    @property
    def cheap(self) -> float:
        """How likely it is worth reading; sentences of the same question can be compared."""
        return 1.5 * self.covered + self.said + self.found

    @property
    def promise(self) -> float:
        """How well it answers; sentences of the same question can be compared."""
        return sum(weight * float(getattr(self, name)) for name, weight in ANSWERS.items())


ANSWERS: Mapping[str, float] = {
    "reads": 0.80,
    "found": 4.79,
    "covered": 1.21,
    "said": 1.39,
    "place": 1.33,
    "lead": 0.48,
}


def traits_of(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> list[Traits]:
    """The traits of each candidate, unread; `weights` are those of the words of the question."""
    best = max((candidate.hit.score for candidate in candidates), default=0.0) or 1.0
    order: dict[str, int] = {}
    for candidate in candidates:
        order.setdefault(candidate.hit.article.id, len(order) + 1)
    return [
        Traits(
            *coverage(weights, candidate),
            found=candidate.hit.score / best,
            place=1.0 / order[candidate.hit.article.id],
            lead=math.exp(-candidate.start / LEAD_CHARACTERS),
        )
        for candidate in candidates
    ]


def word_weights(
    own: Sequence[str], borrowed: Sequence[str], rare: Mapping[str, float]
) -> dict[str, float]:
    """How much each stem of the question counts: rare ones more, borrowed ones less."""
    return {
        stem(word): rare.get(word, 1.0) * (IN_CONTEXT if word in borrowed else 1.0)
        for word in [*borrowed, *own]
    }


def coverage(weights: Mapping[str, float], candidate: Candidate) -> tuple[float, float]:
    """The share (0..1) of the question's weight that stands in the sentence or around it, and in
    it alone."""
    total = sum(weights.values()) or 1.0
    covered = said = 0.0
    for word, weight in weights.items():
        here = word in candidate.inside
        near = BESIDE if word in candidate.beside else AROUND if word in candidate.around else 0.0
        said += weight * here
        covered += weight * (1.0 if here else near)
    return covered / total, said / total


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(stem(token) for token in tokens(text))
