"""Fits the weights of quotes mode (bot/answering/scoring.py and confidence.py) and prints them.

    python -m benchmarks.fit PATH/realtimeqa --data FOLDER

FOLDER is the DATA_DIR of an archive with all articles (benchmarks.answers makes one). Used are the
part of the everyday questions that is for building (benchmarks/everyday.py), the quiz's questions
of June and July 2022, each asked on its day, and the unanswerable ones. To them come our own
questions about the sample news, asked on their day and half a year later, so that the weights fit
small archives and old news too.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.everyday import ANSWERABLE, OTHER_MATTER, SAME_MATTER, Case, Row, case, rows
from benchmarks.realtimeqa import questions
from bot.answering.confidence import SURE
from bot.answering.reader import reader_of
from bot.answering.scoring import ANSWERS
from bot.evaluating.questions import read_questions
from ingest import SAMPLE_NEWS, Newsroom, Settings

TUNED_UNTIL = "2022/08"
OWN = Path(__file__).parent.parent / "tests" / "data" / "questions.jsonl"
LATER = datetime(2026, 12, 1, tzinfo=UTC)
STRENGTH = 2.0
Array = NDArray[np.float64]


def quiz(folder: Path) -> list[Row]:
    """The quiz's questions of the days before TUNED_UNTIL, each asked at noon."""
    return [
        Row(row["question"], _noon(row["date"]), tuple(row["answers"]), ANSWERABLE)
        for row in questions(folder)
        if row["date"] < TUNED_UNTIL
    ]


def _noon(day: str) -> datetime:
    return datetime.strptime(day, "%Y/%m/%d").replace(tzinfo=UTC, hour=12)


def own() -> list[Row]:
    """Our own set, whose archive is the sample news."""
    return [
        Row(
            question.text,
            at or LATER,
            tuple(question.answers),
            OTHER_MATTER if question.unanswerable else ANSWERABLE,
        )
        for question in read_questions(OWN)
        for at in (question.asked_at, LATER)
    ]


def fit_answers(some: Sequence[Case], names: Sequence[str]) -> Array:
    """The weights under which the sentences that hold the answer come out most likely."""
    tables = [(_table(case, names), np.array(case.right)) for case in some if any(case.right)]
    everything = np.vstack([table for table, _right in tables])
    scale = everything.std(axis=0) + 1e-9

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = STRENGTH * float(weights @ weights), 2 * STRENGTH * weights
        for table, right in tables:
            logits = (table / scale) @ weights
            odds = np.exp(logits - logits.max())
            share = odds / odds.sum()
            held = share[right].sum()
            total -= float(np.log(held + 1e-12))
            mine = (table[right] / scale * (share[right] / held)[:, None]).sum(axis=0)
            slope = slope - mine + (table / scale * share[:, None]).sum(axis=0)
        return total, slope

    return np.asarray(_least(loss, len(names)) / scale)


def fit_sure(some: Sequence[Case], names: Sequence[str], strength: float = 1.0) -> Array:
    """The weights, and last the constant, that tell the answerable from the others, those of the
    same matter and of another counting as much. Cases in which no sentence may answer teach
    nothing: they are refused whatever the weights are."""
    some = [case for case in some if case.ranked.grounds]
    told = np.array(
        [[float(getattr(case.ranked.grounds, name)) for name in names] for case in some]
    )
    mean, scale = told.mean(axis=0), told.std(axis=0) + 1e-9
    table = np.hstack([(told - mean) / scale, np.ones((len(some), 1))])
    kinds = np.array([case.row.kind for case in some])
    yes = kinds == ANSWERABLE
    weigh = np.ones(len(some))
    for kind in (SAME_MATTER, OTHER_MATTER):
        weigh[kinds == kind] = yes.sum() / 2 / max(1, (kinds == kind).sum())

    def loss(weights: Array) -> tuple[float, Array]:
        chance = 1 / (1 + np.exp(-(table @ weights)))
        right = np.where(yes, chance, 1 - chance)
        kept = np.append(weights[:-1], 0.0)
        total = -(weigh * np.log(right + 1e-9)).sum() + strength * float(kept @ kept)
        return float(total), table.T @ (weigh * (chance - yes)) + 2 * strength * kept

    found = _least(loss, table.shape[1])
    weights = found[:-1] / scale
    return np.append(weights, found[-1] - weights @ mean)


def _least(loss: Callable[[Array], tuple[float, Array]], size: int) -> Array:
    return np.asarray(minimize(loss, np.zeros(size), jac=True).x)


def _table(case: Case, names: Sequence[str]) -> Array:
    found = [[float(getattr(quote.traits, name)) for name in names] for quote in case.ranked.quotes]
    return np.array(found)


def gathered(folder: Path, data: Path, reader: Any) -> list[Case]:
    """All cases to fit on."""
    with Newsroom(Settings(data_dir=data)) as newsroom:
        found = [case(newsroom, reader, row) for row in [*rows(folder, "build"), *quiz(folder)]]
    with TemporaryDirectory() as place, Newsroom(Settings(data_dir=Path(place))) as newsroom:
        newsroom.ingest([str(SAMPLE_NEWS)])
        return [*found, *(case(newsroom, reader, row) for row in own())]


def main() -> int:
    """Print both sets of weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    found = gathered(options.folder, options.data, reader_of(None))
    known = [one for one in found if one.row.kind == ANSWERABLE]
    _show("ANSWERS", list(ANSWERS), fit_answers(known, list(ANSWERS)))
    _show("SURE", [*SURE, "constant"], fit_sure(found, list(SURE)))
    return 0


def _show(title: str, names: Sequence[str], weights: Any) -> None:
    print(title)
    for name, weight in zip(names, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    raise SystemExit(main())
