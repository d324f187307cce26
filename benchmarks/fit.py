"""Fits the weights of quotes mode (bot/answering/scoring.py and confidence.py) and prints them.

    python -m benchmarks.fit PATH/realtimeqa --data FOLDER

FOLDER is the DATA_DIR of an archive with all articles (benchmarks.watches makes one). Only the
questions of June and July 2022 are used, each asked on its day, and the unanswerable ones that fall
on those days; August is left for the report. To them come our own questions about the sample news,
asked on their day and half a year later, so that the weights fit small archives and old news too.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.realtimeqa import questions, unanswerable
from bot.answer import Question
from bot.answering.confidence import SURE
from bot.answering.quotes import Ranked, rank
from bot.answering.retrieve import PassageRetriever, gather
from bot.answering.scoring import ANSWERS
from bot.answering.understand import understand
from bot.evaluating.measures import holds
from bot.evaluating.questions import read_questions
from ingest import SAMPLE_NEWS, Newsroom, Settings

TUNED_UNTIL = "2022/08"
OWN = Path(__file__).parent.parent / "tests" / "data" / "questions.jsonl"
LATER = datetime(2026, 12, 1, tzinfo=UTC)
STRENGTH = 5.0
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its ranked sentences: `right` says which hold the answer."""

    ranked: Ranked
    right: tuple[bool, ...]
    answerable: bool


def cases(newsroom: Newsroom, folder: Path, until: str = TUNED_UNTIL) -> list[Case]:
    """The cases of the days before `until`."""
    rows = [(row["question"], row["date"], row["answers"], True) for row in questions(folder)]
    days = sorted({row["date"] for row in questions(folder)})
    for n, text in enumerate(unanswerable(folder)):
        rows.append((text, days[n % len(days)], [], False))
    return [
        _case(newsroom, text, _noon(day), answers, answerable)
        for text, day, answers, answerable in rows
        if day < until
    ]


def _noon(day: str) -> datetime:
    return datetime.strptime(day, "%Y/%m/%d").replace(tzinfo=UTC, hour=12)


def own_cases(newsroom: Newsroom) -> list[Case]:
    """The cases of our own set, whose archive is the sample news."""
    found = []
    for question in read_questions(OWN):
        for at in (question.asked_at, LATER):
            row = (question.text, at, question.answers, not question.unanswerable)
            found.append(_case(newsroom, *row))
    return found


def _case(
    newsroom: Newsroom, text: str, at: datetime | None, answers: Sequence[str], answerable: bool
) -> Case:
    asked = understand(Question(text, asked_at=at))
    retriever = PassageRetriever(newsroom=newsroom, when=asked.when)
    hits = gather(retriever, [asked])
    ranked = rank(asked, hits, newsroom.embeddings.embed_documents, newsroom.rarity)
    right = tuple(holds(quote.text, answers) for quote in ranked.quotes)
    return Case(ranked, right, answerable)


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
    """The weights, and last the constant, that tell the answerable from the others. Cases in which
    no sentence may answer teach nothing: they are refused whatever the weights are."""
    some = [case for case in some if case.ranked.grounds]
    told = np.array(
        [[float(getattr(case.ranked.grounds, name)) for name in names] for case in some]
    )
    mean, scale = told.mean(axis=0), told.std(axis=0) + 1e-9
    table = np.hstack([(told - mean) / scale, np.ones((len(some), 1))])
    yes = np.array([case.answerable for case in some])
    weigh = np.where(yes, (~yes).sum() / max(1, yes.sum()), 1.0)

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
    rows = [[float(getattr(quote.traits, name)) for name in names] for quote in case.ranked.quotes]
    return np.array(rows)


def main() -> int:
    """Print both sets of weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data-realtimeqa"))
    options = parser.parse_args()
    with Newsroom(Settings(data_dir=options.data)) as newsroom:
        found = cases(newsroom, options.folder)
    with TemporaryDirectory() as folder, Newsroom(Settings(data_dir=Path(folder))) as newsroom:
        newsroom.ingest([str(SAMPLE_NEWS)])
        found += own_cases(newsroom)
    answerable = [case for case in found if case.answerable]
    _show("ANSWERS", list(ANSWERS), fit_answers(answerable, list(ANSWERS)))
    _show("SURE", [*SURE, "constant"], fit_sure(found, list(SURE)))
    return 0


def _show(title: str, names: Sequence[str], weights: Any) -> None:
    print(title)
    for name, weight in zip(names, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    raise SystemExit(main())
