"""How sure we are that the best sentence answers. Pure.

Two questions are asked: is this the matter (how the search found the article), and does this answer
(what the reader says)? A weighted sum of both, whose weights were fitted on questions on the same
matter and on other matters that the articles do not answer (benchmarks/fit.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answering.scoring import Traits, stems
from bot.answering.understand import Understood
from ingest import Hit

SURE: Mapping[str, float] = {
    "reads": 0.62,
    "wording": 1.04,
    "favour": 3.35,
    "missing": -2.93,
    "near": 0.30,
}
SURE_FROM = 1.69
PERIOD_FAVOUR, NO_FAVOUR = 0.5, 0.05
MOST_READS = 6.0


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for the best sentence of a question as a whole.

    `reads` is what the reader says of it (a logit, at most MOST_READS from 0). `wording` is what
    the wording of its article's best passage scored in the search, `near` the cosine of its passage
    with the question, `favour` what its time (or being asked about) added, at most PERIOD_FAVOUR.
    Of the question's words, by weight, its article does not hold `missing` (0..1).
    """

    reads: float
    wording: float
    favour: float
    missing: float
    near: float

    @property
    def confidence(self) -> float:
        """How sure it is (0..1) that the sentence answers."""
        total = sum(weight * float(getattr(self, name)) for name, weight in SURE.items())
        return 1.0 / (1.0 + math.exp(SURE_FROM - total))


def grounds_of(
    question: Understood,
    weights: Mapping[str, float],
    best: tuple[Traits, Hit],
    hits: Sequence[Hit],
) -> Grounds:
    """What speaks for the best sentence, given with the hit in which it stands.

    Where the question names no time and no hit is recent, being old speaks against none of them;
    nor does it, to have no date.
    """
    traits, hit = best
    favour = min(hit.favour, PERIOD_FAVOUR)
    recent = max(other.favour for other in hits) > NO_FAVOUR
    if not question.when.is_period and not (recent and hit.article.published):
        favour = PERIOD_FAVOUR
    own = [other for other in hits if other.article.id == hit.article.id]
    held = stems(f"{hit.article.title} {hit.article.text}")
    lacking = sum(weight for word, weight in weights.items() if word not in held)
    return Grounds(
        reads=max(-MOST_READS, min(MOST_READS, traits.reads)),
        wording=max(other.score - other.favour for other in own),
        favour=favour,
        missing=lacking / (sum(weights.values()) or 1.0),
        near=hit.dense or 0.0,
    )
