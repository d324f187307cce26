"""From outcomes to figures. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles

RANKS = (1, 4, 10)
RESAMPLES = 1000
MAX_WORDS = 80
ANSWERED = 0.9
"""The share of the answerable that must be answered where refusal is compared."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    `rank` is that of the first article that answers (from 1; 0: none among the first ten; None: the
    set names none). `first` and `three`: whether the answer's first sentence, and the whole of it
    (three sentences, MAX_WORDS), holds the expected answer (None: none is expected). `cited` and
    `cited_right` count cited articles; `sentences` and `verbatim` the answer's sentences;
    `age_days` is how old the newest cited article was.
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


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 percent interval, and over how many questions it is."""

    name: str
    value: float
    low: float
    high: float
    count: int


Value = Callable[[Sequence[Outcome]], float]


def figures_of(outcomes: Sequence[Outcome], seed: int = 1) -> list[Figure]:
    """All figures that this set allows."""
    right = [outcome for outcome in outcomes if not outcome.unanswerable]
    wrong = [outcome for outcome in outcomes if outcome.unanswerable]
    ranked = [outcome for outcome in right if outcome.rank is not None]
    expected = [outcome for outcome in right if outcome.first is not None]
    citing = [outcome for outcome in ranked if outcome.cited]
    answered = [outcome for outcome in outcomes if outcome.answered]
    dated = [outcome for outcome in answered if outcome.age_days is not None]
    parts: list[tuple[str, Sequence[Outcome], Value]] = [
        *((f"Hits@{rank}", ranked, _hits(rank)) for rank in RANKS),
        ("MRR@10", ranked, lambda some: mean(1 / o.rank if o.rank else 0.0 for o in some)),
        ("answer in the first sentence", expected, lambda some: mean(bool(o.first) for o in some)),
        ("answer in three sentences", expected, lambda some: mean(bool(o.three) for o in some)),
        ("citation precision", citing, _citation_precision),
        ("citation recall", ranked, lambda some: mean(o.cited_right > 0 for o in some)),
        ("verbatim", answered, _verbatim),
        ("answerable answered", right, lambda some: mean(o.answered for o in some)),
        ("unanswerable refused", wrong, lambda some: mean(not o.answered for o in some)),
        ("days to the newest cited article (median)", dated, _staleness),
        ("milliseconds (median)", outcomes, lambda some: median(o.milliseconds for o in some)),
        ("milliseconds (95th)", outcomes, _slow),
    ]
    found = [with_interval(name, some, value, seed) for name, some, value in parts if some]
    if right and wrong:
        found.append(with_interval("refusal AUROC", outcomes, area, seed))
        found.append(
            with_interval(f"refused where {ANSWERED:.0%} are answered", outcomes, refused_at, seed)
        )
    return found


def with_interval(name: str, outcomes: Sequence[Outcome], value: Value, seed: int) -> Figure:
    """A figure and the 2.5th and 97.5th percentile of it over resampled questions."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    again = sorted(
        value(chance.choices(outcomes, k=len(outcomes)))
        for _sample in range(RESAMPLES if len(outcomes) > 1 else 2)
    )
    low, high = again[int(0.025 * len(again))], again[min(len(again) - 1, int(0.975 * len(again)))]
    return Figure(name, value(outcomes), low, high, len(outcomes))


def area(outcomes: Sequence[Outcome]) -> float:
    """The area under ROC: how often an answerable question is the surer one of two."""
    right = [o.confidence for o in outcomes if not o.unanswerable]
    wrong = [o.confidence for o in outcomes if o.unanswerable]
    if not right or not wrong:
        return 0.5
    wins = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return wins / (len(right) * len(wrong))


def refused_at(outcomes: Sequence[Outcome]) -> float:
    """The share of the unanswerable that is refused where ANSWERED of the others are answered."""
    enough = threshold(outcomes)
    wrong = [outcome for outcome in outcomes if outcome.unanswerable]
    return mean(outcome.confidence < enough for outcome in wrong) if wrong else 1.0


def threshold(outcomes: Sequence[Outcome]) -> float:
    """The highest confidence that lets ANSWERED of the answerable pass."""
    right = sorted(outcome.confidence for outcome in outcomes if not outcome.unanswerable)
    return right[int((1 - ANSWERED) * len(right))] if right else 0.0


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether any of the answers stands in a text, whatever its case and signs."""
    told = f" {folded(text)} "
    return any(f" {folded(answer)} " in told for answer in answers if folded(answer))


def folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _hits(rank: int) -> Value:
    return lambda some: mean(bool(o.rank) and (o.rank or 0) <= rank for o in some)


def _citation_precision(some: Sequence[Outcome]) -> float:
    return sum(o.cited_right for o in some) / sum(o.cited for o in some)


def _verbatim(some: Sequence[Outcome]) -> float:
    return sum(o.verbatim for o in some) / max(1, sum(o.sentences for o in some))


def _staleness(some: Sequence[Outcome]) -> float:
    return median(o.age_days for o in some if o.age_days is not None)


def _slow(some: Sequence[Outcome]) -> float:
    times = [o.milliseconds for o in some]
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
