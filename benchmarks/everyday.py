"""Questions as people type them about real news, and such as the news does not answer.

    python -m benchmarks.everyday PATH/realtimeqa --data FOLDER [--part build|kept|fresh] [--misses]

everyday.jsonl holds 450 questions by writers who saw an article of June to August 2022 (RealTime
QA) and not the code: 300 that it answers, with strings that show it, and 150 on the same matter
that it does not answer. "build" was looked at while the weights were fitted; "kept" was run with
two readers, its items never looked at; "fresh" was written last and run once. Each is asked on the
day after the article, in an archive of all 3,695 (FOLDER, as benchmarks.answers makes it). The 300
unanswerable questions of RealTime QA are of another matter.

Quotes mode. "first" and "told": the answer stands in the first sentence, in all that is told, where
nothing is refused; "answered" and "refused" are at the threshold that is shipped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.realtimeqa import articles, unanswerable
from bot.answer import Question
from bot.answering.quotes import ENOUGH, Ranked, choose, rank
from bot.answering.reader import Reader, reader_of
from bot.answering.retrieve import PassageRetriever, gather
from bot.answering.understand import understand
from bot.evaluating.measures import holds
from ingest import Hit, Newsroom, Settings

QUESTIONS = Path(__file__).parent / "everyday.jsonl"
ANSWERABLE, SAME_MATTER, OTHER_MATTER = "answerable", "same matter", "other matter"


@dataclass(frozen=True, slots=True)
class Row:
    """A question with the strings of which any shows the answer; `kind` as above."""

    text: str
    asked_at: datetime
    gold: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the sentences that were read for it, best first, and the time it took."""

    row: Row
    hits: tuple[Hit, ...]
    ranked: Ranked
    seconds: float

    @property
    def right(self) -> tuple[bool, ...]:
        """Which of the sentences show the answer."""
        return tuple(holds(quote.text, self.row.gold) for quote in self.ranked.quotes)


def rows(folder: Path, part: str) -> list[Row]:
    """The questions of a part, and those of another matter, spread over the same days."""
    dates = {row["id"]: row["published"] for row in articles(folder)}
    found = []
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        asked: dict[str, Any] = json.loads(line)
        if asked["part"] == part:
            day = datetime.fromisoformat(dates[asked["article"]]).replace(tzinfo=UTC, hour=12)
            kind = ANSWERABLE if asked["answerable"] else SAME_MATTER
            gold = tuple(asked["gold"])
            found.append(Row(asked["question"], day + timedelta(days=1), gold, kind))
    days = sorted({row.asked_at for row in found})
    others = [
        Row(text, days[n % len(days)], (), OTHER_MATTER)
        for n, text in enumerate(unanswerable(folder))
        if (n % 2 == 0) is (part == "build")
    ]
    return [*found, *others]


def case(newsroom: Newsroom, reader: Reader, row: Row) -> Case:
    """What quotes mode makes of a question."""
    started = time.perf_counter()
    asked = understand(Question(row.text, asked_at=row.asked_at))
    hits = gather(PassageRetriever(newsroom=newsroom, when=asked.when), [asked])
    ranked = rank(asked, hits, reader, newsroom.rarity)
    return Case(row, tuple(hits), ranked, time.perf_counter() - started)


def figures(cases: Sequence[Case]) -> dict[str, float]:
    """All figures, by name."""
    by_kind: dict[str, list[Case]] = {}
    for one in cases:
        by_kind.setdefault(one.row.kind, []).append(one)
    known, same, other = (by_kind.get(k, []) for k in (ANSWERABLE, SAME_MATTER, OTHER_MATTER))
    return {
        "found among the passages": _share(_found(one) for one in known),
        "among the sentences read": _share(any(one.right) for one in known),
        "first": _share(any(one.right[:1]) for one in known),
        "told": _share(_told(one) for one in known),
        "area, same matter": _area(known, same),
        "area, other matter": _area(known, other),
        "answered": _share(_sure(one) for one in known),
        "answered, and told": _share(_sure(one) and _told(one) for one in known),
        "refused, same matter": _share(not _sure(one) for one in same),
        "refused, other matter": _share(not _sure(one) for one in other),
        "ms, median": 1000 * median(one.seconds for one in cases),
    }


def _found(one: Case) -> bool:
    return any(holds(hit.passage.text, one.row.gold) for hit in one.hits)


def _told(one: Case) -> bool:
    return any(
        holds(quote.text, one.row.gold) for quote in choose(one.ranked, 0.0, lambda *_: False)
    )


def _sure(one: Case) -> bool:
    return one.ranked.confidence >= ENOUGH


def _share(found: Any) -> float:
    values = [float(one) for one in found]
    return sum(values) / max(1, len(values))


def _area(yes: Sequence[Case], no: Sequence[Case]) -> float:
    """The area under ROC: how often the answerable one of two is the surer one."""
    sure = [(a.ranked.confidence, b.ranked.confidence) for a in yes for b in no]
    return _share((a > b) + 0.5 * (a == b) for a, b in sure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=("build", "kept", "fresh"), default="build")
    parser.add_argument("--reader", help="a CrossEncoder to read with, instead of ours")
    parser.add_argument("--misses", action="store_true", help="print them, of build alone")
    asked = parser.parse_args()
    reader = reader_of(asked.reader)
    with Newsroom(Settings(data_dir=asked.data)) as newsroom:
        cases = [case(newsroom, reader, row) for row in rows(asked.folder, asked.part)]
    for name, value in figures(cases).items():
        print(f"{name:28}{value:8.3f}")
    if asked.misses and asked.part == "build":
        for one in cases:
            if one.row.kind != OTHER_MATTER and not any(one.right[:1]):
                first = one.ranked.quotes[0].text if one.ranked.quotes else "-"
                print(f"{one.row.kind} {one.ranked.confidence:.2f} {one.row.text}\n    {first}")


if __name__ == "__main__":
    main()
