"""From outcomes to figures. Pure."""

from __future__ import annotations

import math
import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import mean, median, quantiles
from typing import Any

RANKS = (1, 4, 10)
RESAMPLES = 1000
MAX_WORDS = 80
ANSWERED = 0.9
"""The share of the answerable that must be answered where refusal is compared."""
_ARTICLES = {"a", "an", "the"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    `rank` is that of the first article that answers (from 1; 0: none among the first ten; None: the
    set names none). `first` and `three`: whether the answer's first sentence, and the whole of it
    (three sentences, MAX_WORDS), holds the expected answer (None: none is expected). `cited` and
    `cited_right` count cited articles; `sentences` and `verbatim` the answer's sentences;
    `age_days` is how old the newest cited article was. `text` and `told` are question and answer.
    """

    unanswerable: bool
    answered: bool
    confidence: float
    rank: int | None = None
    first: bool | None = None
    three: bool | None = None
    cited: int = 0
    cited_right: int = 0
    sentences: int = 0
    verbatim: int = 0
    age_days: float | None = None
    milliseconds: float = 0.0
    text: str = ""
    told: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.text,
            "unanswerable": self.unanswerable,
            "answered": self.answered,
            "confidence": round(self.confidence, 4),
            "rank": self.rank,
            "first": self.first,
            "three": self.three,
            "cited": self.cited,
            "cited_right": self.cited_right,
            "answer": self.told,
            "milliseconds": round(self.milliseconds, 1),
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 percent interval, and over how many questions it is. `unit` is "" for a
    share (0..1)."""

    name: str
    value: float
    low: float
    high: float
    count: int
    unit: str = ""


Outcomes = Sequence[Outcome]
Value = Callable[[Outcomes], float]


def figures_of(outcomes: Outcomes, seed: int = 1) -> list[Figure]:
    """All figures that this set allows; those of refusal if there is a confidence to part by."""
    right = [outcome for outcome in outcomes if not outcome.unanswerable]
    wrong = [outcome for outcome in outcomes if outcome.unanswerable]
    answered = [outcome for outcome in outcomes if outcome.answered]
    dated = [outcome for outcome in answered if outcome.age_days is not None]
    parts: list[tuple[str, str, Outcomes, Value]] = [
        *((name, "", some, value) for name, some, value in _shares(right, answered)),
        ("answerable answered", "", right, lambda some: mean(o.answered for o in some)),
        ("unanswerable refused", "", wrong, lambda some: mean(not o.answered for o in some)),
        ("staleness (median)", "days", dated, _staleness),
        ("latency (median)", "ms", outcomes, lambda some: median(o.milliseconds for o in some)),
        ("latency (95th)", "ms", outcomes, _slow),
    ]
    found = [
        with_interval(name, value, some, seed=seed, unit=u)
        for name, u, some, value in parts
        if some
    ]
    if right and wrong and any(outcome.confidence for outcome in outcomes):
        at = f"refused at {ANSWERED:.0%} answered"
        found.append(with_interval("refusal AUROC", area, right, wrong, seed=seed))
        found.append(with_interval(at, refused_at, right, wrong, seed=seed))
    return found


def _shares(right: Outcomes, answered: Outcomes) -> list[tuple[str, Outcomes, Value]]:
    ranked = [outcome for outcome in right if outcome.rank is not None]
    expected = [outcome for outcome in right if outcome.first is not None]
    citing = [outcome for outcome in ranked if outcome.cited]
    return [
        *((f"Hits@{rank}", ranked, hits(rank)) for rank in RANKS),
        ("MRR@10", ranked, reciprocal),
        ("answer in the first sentence", expected, in_first),
        ("answer in three sentences", expected, in_three),
        ("citation precision", citing, _citation_precision),
        ("citation recall", ranked, lambda some: mean(o.cited_right > 0 for o in some)),
        ("verbatim", answered, _verbatim),
    ]


def with_interval(
    name: str, value: Value, *groups: Outcomes, seed: int = 1, unit: str = ""
) -> Figure:
    """A figure and the 2.5th and 97.5th percentile of it over resampled questions.

    Each group is resampled by itself, so that none of them runs out.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    whole = list(chain.from_iterable(groups))
    again = sorted(
        value([o for group in groups for o in chance.choices(group, k=len(group))])
        for _sample in range(RESAMPLES)
    )
    low, high = again[int(0.025 * RESAMPLES)], again[int(0.975 * RESAMPLES)]
    return Figure(name, value(whole), low, high, len(whole), unit)


def hits(rank: int) -> Value:
    """The share with an article that answers among the first `rank`."""
    return lambda some: mean(0 < (o.rank or 0) <= rank for o in some)


def reciprocal(some: Outcomes) -> float:
    """The mean of 1 / rank, 0 where there is none."""
    return mean(1 / o.rank if o.rank else 0.0 for o in some)


def in_first(some: Outcomes) -> float:
    return mean(bool(o.first) for o in some)


def in_three(some: Outcomes) -> float:
    return mean(bool(o.three) for o in some)


def area(outcomes: Outcomes) -> float:
    """The area under ROC: how often an answerable question is the surer one of two."""
    right = [o.confidence for o in outcomes if not o.unanswerable]
    wrong = sorted(o.confidence for o in outcomes if o.unanswerable)
    if not right or not wrong:
        return 0.5
    wins = sum(bisect_left(wrong, a) + bisect_right(wrong, a) for a in right) / 2
    return wins / (len(right) * len(wrong))


def refused_at(outcomes: Outcomes) -> float:
    """The share of the unanswerable that is refused where ANSWERED of the others are answered."""
    enough = threshold(outcomes)
    wrong = [outcome for outcome in outcomes if outcome.unanswerable]
    return mean(outcome.confidence < enough for outcome in wrong) if wrong else 1.0


def threshold(outcomes: Outcomes) -> float:
    """The highest confidence that lets ANSWERED of the answerable pass."""
    right = sorted(outcome.confidence for outcome in outcomes if not outcome.unanswerable)
    return right[int((1 - ANSWERED) * len(right) + 1e-9)] if right else 0.0


def fitted(outcomes: Outcomes) -> float:
    """The threshold to keep: rounded down, as a score differs in its last digits from machine to
    machine; 0 if no threshold parts what can be answered so well."""
    return math.floor(threshold(outcomes) * 10_000) / 10_000


def roc(outcomes: Outcomes) -> list[tuple[float, float]]:
    """For each threshold, from the highest: (unanswerable ones answered, answerable ones)."""
    right = sorted(o.confidence for o in outcomes if not o.unanswerable)
    wrong = sorted(o.confidence for o in outcomes if o.unanswerable)
    limits = sorted({*right, *wrong}, reverse=True)
    passed = [
        (1 - bisect_left(wrong, limit) / len(wrong), 1 - bisect_left(right, limit) / len(right))
        for limit in limits
    ]
    return [(0.0, 0.0), *passed]


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether any of the answers stands in a text, whatever its case, signs and articles."""
    told = f" {folded(text)} "
    return any(f" {folded(answer)} " in told for answer in answers if folded(answer))


def folded(text: str) -> str:
    """Words and whole numbers: "The $5.90" is "5.90", which "$5" does not stand in."""
    words = re.findall(r"\d+(?:[.,]\d+)*|\w+", text.lower())
    kept = (word.replace(",", "") for word in words if word not in _ARTICLES)
    return " ".join(kept)


def _citation_precision(some: Outcomes) -> float:
    return sum(o.cited_right for o in some) / sum(o.cited for o in some)


def _verbatim(some: Outcomes) -> float:
    return sum(o.verbatim for o in some) / max(1, sum(o.sentences for o in some))


def _staleness(some: Outcomes) -> float:
    return median(o.age_days for o in some if o.age_days is not None)


def _slow(some: Outcomes) -> float:
    times = [o.milliseconds for o in some]
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
