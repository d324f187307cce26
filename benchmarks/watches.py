"""Questions that wait: how many are answered when their article comes, and how many wrongly.

    python -m benchmarks.watches PATH/realtimeqa [--data FOLDER] [--tune]

The articles of RealTime QA come in by their dates; each question is asked four weeks before the
first article that answers it, and waits until something fires or eight weeks have gone. What
fires is an article near enough to the question in which quotes mode finds an answer that is sure by
WATCH_ENOUGH. Right is an answer that holds the quiz's answer, or that quotes an article which
answers the question. The threshold was chosen on June and July (--tune prints what each choice
gives there); reported is August.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.realtimeqa import article_ids, articles, questions, write
from bot.answer import Question
from bot.answering.ask import WATCH_ENOUGH, Assistant
from bot.evaluating.measures import holds
from bot.settings import BotSettings
from bot.updates.match import WORTH_A_LOOK
from ingest import News, Newsroom

REPORTED_FROM = "2022/08"
BEFORE, AFTER = timedelta(days=28), timedelta(days=56)
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.96, 0.97, 0.98)


@dataclass(frozen=True, slots=True)
class Firing:
    """What would fire on one day, at the best score of that day."""

    score: float
    late: int
    holds: bool
    relevant: bool
    text: str


class Watch:
    """One question and what its archive brings."""

    def __init__(self, newsroom: Newsroom, row: dict[str, Any], relevant: set[str]) -> None:
        self._newsroom = newsroom
        self._assistant = Assistant(newsroom, BotSettings(data_dir=newsroom.settings.data_dir))
        self.question = row["question"]
        self._answers = row["answers"]
        self._relevant = relevant

    def firings(self, news: Sequence[News], least: float, most: float) -> list[Firing]:
        """The days on which an answer is at least `least` sure, oldest first, up to the first that
        is `most` sure."""
        vector = np.asarray(self._newsroom.embeddings.embed_query(self.question), dtype=np.float32)
        told = min(item.at.date() for item in news if item.article.id in self._relevant)
        begin, end = told - BEFORE, told + AFTER
        days: dict[date, list[str]] = {}
        for item in news:
            if begin <= item.at.date() <= end and float(item.vector @ vector) >= WORTH_A_LOOK:
                days.setdefault(item.at.date(), []).append(item.article.id)
        found = []
        for day, ids in sorted(days.items()):
            firing = self._firing(day, told, ids, least)
            found += [firing] if firing else []
            if firing and firing.score >= most:
                break
        return found

    def _firing(self, day: date, told: date, ids: list[str], least: float) -> Firing | None:
        at = datetime.combine(day, time(23, 59), UTC)
        asked = Question(self.question, asked_at=at)
        answer = asyncio.run(self._assistant.ask_within(asked, ids, least))
        if not answer.answered:
            return None
        relevant = answer.citations[0].article_id in self._relevant
        right = holds(answer.text, self._answers)
        return Firing(answer.confidence, (day - told).days, right, relevant, answer.text)


def main() -> int:
    """Print what fired; 1 if precision on the reported questions is below .9."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data-realtimeqa"))
    parser.add_argument("--tune", action="store_true", help="every threshold, on June and July")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    with Newsroom(BotSettings(data_dir=options.data)) as newsroom:
        rows = sorted(articles(options.folder), key=lambda row: str(row["published"]))
        newsroom.ingest([write(rows, options.data / "articles.jsonl")])
        news = newsroom.news(0, len(rows))
        ours = article_ids(newsroom, rows)
        asked = [
            row
            for row in questions(options.folder)
            if (row["date"] < REPORTED_FROM) == options.tune
        ]
        found = []
        for row in asked:
            watch = Watch(newsroom, row, {ours[name] for name in row["articles"]})
            least, most = (THRESHOLDS[0], THRESHOLDS[-1]) if options.tune else (WATCH_ENOUGH,) * 2
            found.append(watch.firings(news, least, most))
            print(".", end="", file=sys.stderr, flush=True)
    for threshold in THRESHOLDS if options.tune else (WATCH_ENOUGH,):
        precision = _report(found, threshold)
    return 0 if options.tune else int(precision < 0.9)


def _report(found: Sequence[Sequence[Firing]], threshold: float) -> float:
    first = [next((f for f in days if f.score >= threshold), None) for days in found]
    fired = [firing for firing in first if firing is not None]
    right = [firing for firing in fired if firing.holds or firing.relevant]
    late = sorted(firing.late for firing in right)
    precision = len(right) / max(1, len(fired))
    told = (
        f"threshold {threshold:.2f}: of {len(found)} questions {len(right)} answered",
        f"{len(fired) - len(right)} wrongly (precision {precision:.2f})",
        f"with the quiz's answer {sum(firing.holds for firing in fired)}",
        f"by the day {sum(day <= 0 for day in late)}",
        f"median {late[len(late) // 2] if late else '-'} days late",
    )
    print(", ".join(told))
    return precision


if __name__ == "__main__":
    sys.exit(main())
