"""How sure we are that the best sentence answers. Pure.

It is a weighted sum, whose weights were fitted on RealTime QA's questions of June and July 2022 and
on our own about the sample news (benchmarks/fit.py; benchmarks/answers.py reports on August).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answering.scoring import Traits, held
from bot.answering.understand import Understood
from ingest import Hit
from ingest.text import figures, stem, tokens

SURE: Mapping[str, float] = {
    "wording": 3.67,
    "favour": 5.38,
    "best": 3.55,
    "lead": 2.54,
    "missing": -3.71,
    "unheard": -2.42,
    "near": 2.71,
}
SURE_FROM = 10.83
PERIOD_FAVOUR, NO_FAVOUR = 0.5, 0.05


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for the best sentence of a question as a whole.

    `wording` is what the wording of its article's best passage scored in the search; `favour` what
    its time (or being asked about) added, at most PERIOD_FAVOUR; `best` is the highest sum of
    meaning and coverage of any sentence; `lead` is how near its article's beginning it stands.
    Of what the question gives, the article does not hold `missing`, a share (0..1) of the words,
    and `unheard` is 1 if it is a number. `near` is the cosine of its passage with the question.
    """

    wording: float
    favour: float
    best: float
    lead: float
    missing: float
    unheard: float
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
    traits: Sequence[Traits],
    hits: Sequence[Hit],
) -> Grounds:
    """What speaks for the `best` sentence beside all sentences and hits; `weights` are those of the
    question's words.

    Where it names no time and no hit is recent, being old speaks against none of them.
    """
    chosen, hit = best
    favour = min(hit.favour, PERIOD_FAVOUR)
    if not question.when.is_period and max(other.favour for other in hits) <= NO_FAVOUR:
        favour = PERIOD_FAVOUR
    own = [other for other in hits if other.article.id == hit.article.id]
    text = f"{hit.article.title} {hit.article.text}"
    return Grounds(
        wording=max(other.score - other.favour for other in own),
        favour=favour,
        best=max(one.meaning + one.covered for one in traits),
        lead=chosen.lead,
        missing=_missing(weights, text),
        unheard=float(not _values(question.text) <= _values(text)),
        near=hit.dense or 0.0,
    )


def _missing(weights: Mapping[str, float], text: str) -> float:
    stems = {stem(token) for token in tokens(text)}
    lacking = sum(weight * (1.0 - held(word, stems)) for word, weight in weights.items())
    return lacking / (sum(weights.values()) or 1.0)


def _values(text: str) -> set[float]:
    return {figure.value for figure in figures(text)}
