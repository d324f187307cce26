"""Finding, answering and refusing on RealTime QA, beside plain ways to do so, in one run.

    python -m benchmarks.answers PATH/realtimeqa [--data FOLDER] [--part june-july|august|all]
        [--only retrieval answers refusal] [--plain FOLDER] [--report FOLDER] [--misses]

Quotes mode, default model, no key. What can be tuned was tuned on June and July; August is what is
reported. Each question is asked

    on its day        at noon of the quiz's day (plain ways: among the articles up to then)
    blind to time     as if nothing was known of time
    months later      on 2022-11-30, with no time in the question
    naming the week   on 2022-11-30, with "in the week of 16 June 2022" added

Unanswerable questions (of 2025 and 2026) are asked on the quiz days, spread evenly. Plain ways
quote the sentences of their first four passages that are most like the question; how sure they are
is the score of their best passage. The articles are embedded if --data does not hold them yet, and
so are the LangChain pipeline's: each takes half an hour, once. That pipeline is left out with
--plain none, or without its packages, which do not go with our locked ones but work beside them:

    pip install --no-deps langchain-text-splitters langchain-huggingface langchain-chroma
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.baselines import Baseline, Bm25, MiniLm, Plain, archived, quoted
from benchmarks.realtimeqa import address, articles, questions, unanswerable, write
from bot.answer import Question
from bot.answering.ask import Assistant
from bot.evaluating import measures
from bot.evaluating.evaluate import evaluate, place_of, rank_of, shortened, wanted_ids
from bot.evaluating.measures import Figure, Outcome, Value, holds, with_interval
from bot.evaluating.questions import SetQuestion
from bot.settings import BotSettings
from ingest import Newsroom, TimeFrame

OURS = "newsdesk"
LATER = datetime(2022, 11, 30, 12, tzinfo=UTC)
AUGUST = "2022/08"
PARTS = ("june-july", "august", "all")
WHAT = ["retrieval", "answers", "refusal"]
NEEDED = ("langchain_text_splitters", "langchain_huggingface", "langchain_chroma")
RANKED: tuple[tuple[str, Value], ...] = (
    *((f"Hits@{rank}", measures.hits(rank)) for rank in measures.RANKS),
    ("MRR@10", measures.reciprocal),
)
QUOTED: tuple[tuple[str, Value], ...] = (
    ("answer in the first sentence", measures.in_first),
    ("answer in three sentences", measures.in_three),
)
REFUSED: tuple[tuple[str, Value], ...] = (
    ("refusal AUROC", measures.area),
    (f"refused at {measures.ANSWERED:.0%} answered", measures.refused_at),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the quiz, or one that can't be answered, with the quiz's day."""

    question: SetQuestion
    day: datetime
    wanted: frozenset[str] = frozenset()

    @property
    def part(self) -> str:
        return "august" if f"{self.day:%Y/%m}" >= AUGUST else "june-july"

    @property
    def week(self) -> str:
        return f"{self.question.text} in the week of {self.day.day} {self.day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of each way, over one part of the questions."""

    part: str
    asked: str
    figures: dict[str, Figure]


Outcomes = dict[str, dict[str, list[tuple[Asked, Outcome]]]]
"""By how it was asked, then by way."""


class Bench:
    """All ways over the same archive and the same questions."""

    def __init__(self, newsroom: Newsroom, settings: BotSettings, asked: Sequence[Asked]) -> None:
        self.newsroom = newsroom
        self.assistant = Assistant(newsroom, settings)
        self.baselines: list[Baseline] = []
        self.answerable = [one for one in asked if not one.question.unanswerable]
        self.asked = asked
        self._placed: dict[tuple[str, str, datetime | None], int] = {}

    def retrieval(self) -> Outcomes:
        """The rank of the right article, however the question is asked."""
        ways: dict[str, tuple[Callable[[Asked], Question], TimeFrame | None]] = {
            "on its day": (lambda one: _question(one.question.text, one.day), None),
            "blind to time": (lambda one: _question(one.question.text, LATER), TimeFrame()),
            "months later": (lambda one: _question(one.question.text, LATER), None),
            "naming the week": (lambda one: _question(one.week, LATER), None),
        }
        found: Outcomes = {}
        for how, (question_of, when) in ways.items():
            found[how] = {OURS: []}
            for one in self.answerable:
                rank = asyncio.run(rank_of(self.assistant, question_of(one), one.wanted, when))
                found[how][OURS].append((one, _ranked(one, rank)))
            for plain in self.baselines:
                found[how][plain.name] = [
                    (one, _ranked(one, self._plain_rank(plain, one, question_of(one).text, how)))
                    for one in self.answerable
                ]
            _progress(how)
        return found

    def _plain_rank(self, plain: Baseline, one: Asked, text: str, how: str) -> int:
        end = one.day if how == "on its day" else None
        key = (plain.name, text, end)
        if key not in self._placed:  # blind to time and months later are the same to it
            found = [piece.article for piece in plain.find(text, end)]
            self._placed[key] = place_of(one.wanted, found)
        return self._placed[key]

    def answers(self, asked: Sequence[Asked]) -> Outcomes:
        """What is answered and how sure, asked on its day."""
        questions_asked = [  # without articles, whose ranks are measured by themselves
            replace(one.question, asked_at=one.day, articles=frozenset()) for one in asked
        ]
        started = time.monotonic()
        done = iter(range(1, len(asked) + 1))
        ours = evaluate(
            self.newsroom,
            self.assistant,
            questions_asked,
            lambda _outcome: _every(next(done), len(asked), started),
        )
        found = {OURS: list(zip(asked, ours, strict=True))}
        for plain in self.baselines:
            found[plain.name] = [(one, self._plain_outcome(plain, one)) for one in asked]
            _progress(f"answers of {plain.name}")
        return {"on its day": found}

    def _plain_outcome(self, plain: Baseline, one: Asked) -> Outcome:
        text, answers = one.question.text, one.question.answers
        pieces = plain.find(text, one.day)
        unanswerable = one.question.unanswerable
        told = [] if unanswerable else quoted(plain, text, pieces)
        return Outcome(
            unanswerable=unanswerable,
            answered=bool(pieces),
            confidence=float(pieces[0].score) if pieces else 0.0,
            first=None if unanswerable else holds(shortened(told[:1]), answers),
            three=None if unanswerable else holds(shortened(told), answers),
            text=text,
            told=shortened(told),
        )


def main() -> int:
    """Print the table; write it as Markdown and JSON if --report says where."""
    options = _options()
    rows = list(articles(options.folder))
    settings = BotSettings(data_dir=options.data, llm_model=None)
    options.data.mkdir(parents=True, exist_ok=True)
    with Newsroom(settings) as newsroom:
        if not newsroom.status().articles:
            newsroom.ingest([write(rows, options.data / "articles.jsonl")])
        bench = Bench(newsroom, settings, _asked(newsroom, options.folder, rows, options.part))
        passages = archived(newsroom)
        minilm = MiniLm(newsroom, passages)
        bench.baselines = [Bm25(passages), minilm]
        if options.plain and all(map(find_spec, NEEDED)):
            ids = {article.url: article.id for article, _ in passages if article.url}
            bench.baselines.append(Plain(options.plain, rows, ids, minilm.likeness))
        table = _measured(bench, options)
    print(_to_markdown(table))
    if options.report:
        options.report.mkdir(parents=True, exist_ok=True)
        (options.report / "answers.md").write_text(_to_markdown(table))
        (options.report / "answers.json").write_text(json.dumps(_to_json(table), indent=2))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data-benchmark"))
    parser.add_argument("--part", choices=PARTS, default="all")
    parser.add_argument("--only", nargs="+", choices=WHAT, default=WHAT)
    parser.add_argument(
        "--plain", type=lambda name: Path(name) if name != "none" else None,
        default=Path("data-plain"), help="the LangChain pipeline's Chroma folder, or none",
    )  # fmt: skip
    parser.add_argument("--report", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what newsdesk got wrong")
    return parser.parse_args()


def _asked(
    newsroom: Newsroom, folder: Path, rows: Sequence[dict[str, Any]], part: str
) -> list[Asked]:
    """The answerable questions, then the unanswerable ones, spread evenly over the quiz days."""
    urls = {row["id"]: address(row["url"]) for row in rows}
    quiz = questions(folder)
    known = [
        SetQuestion(
            row["question"],
            answers=tuple(row["answers"]),
            articles=frozenset(urls[name] for name in row["articles"]),
            where=row["id"],
        )
        for row in quiz
    ]
    days = sorted({_noon(row["date"]) for row in quiz})
    found = [
        Asked(question, _noon(row["date"]), wanted)
        for question, row, wanted in zip(known, quiz, wanted_ids(newsroom, known), strict=True)
    ]
    found += [
        Asked(SetQuestion(text, unanswerable=True), days[at % len(days)])
        for at, text in enumerate(unanswerable(folder))
    ]
    return [one for one in found if part in ("all", one.part)]


def _measured(bench: Bench, options: argparse.Namespace) -> list[Row]:
    table: list[Row] = []
    if "retrieval" in options.only:
        found = bench.retrieval()
        table += _rows(found, RANKED)
        _tell_misses(found, options, lambda outcome: not 0 < (outcome.rank or 0) <= 4)
    if options.only != ["retrieval"]:
        asked = bench.asked if "refusal" in options.only else bench.answerable
        found = bench.answers(asked)
        if "answers" in options.only:
            right = _chosen(found, lambda one: not one.question.unanswerable)
            table += _rows(right, QUOTED)
            _tell_misses(right, options, lambda outcome: not outcome.three)
        if "refusal" in options.only:
            table += _rows(found, REFUSED)
    return table


def _rows(found: Outcomes, figures: Sequence[tuple[str, Value]]) -> list[Row]:
    """The figures over each part that was asked, how by how."""
    rows = []
    parts = {one.part for ways in found.values() for one, _ in ways[OURS]}
    for part in [*sorted(parts, reverse=True), *(["all"] if len(parts) > 1 else [])]:
        for how, ways in _of_part(found, part).items():
            for name, value in figures:
                row = {
                    way: with_interval(
                        name,
                        value,
                        *_groups([outcome for _, outcome in outcomes]),
                    )
                    for way, outcomes in ways.items()
                    if outcomes
                }
                if row:
                    rows.append(Row(part, how, row))
    return rows


def _groups(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    parted = [[o for o in outcomes if o.unanswerable is which] for which in (False, True)]
    return [group for group in parted if group]


def _chosen(found: Outcomes, keep: Callable[[Asked], bool]) -> Outcomes:
    return {
        how: {way: [pair for pair in pairs if keep(pair[0])] for way, pairs in ways.items()}
        for how, ways in found.items()
    }


def _of_part(found: Outcomes, part: str) -> Outcomes:
    return _chosen(found, lambda one: part in ("all", one.part))


def _tell_misses(
    found: Outcomes, options: argparse.Namespace, missed: Callable[[Outcome], bool]
) -> None:
    if not options.misses:
        return
    for how, ways in found.items():
        for one, outcome in ways[OURS]:
            if missed(outcome):
                print(
                    f"{how}, {one.day:%Y-%m-%d}, rank {outcome.rank}, confidence "
                    f"{outcome.confidence:.2f}: {outcome.text}\n    wanted: "
                    f"{' / '.join(one.question.answers)}\n    told: {outcome.told}"
                )


def _to_markdown(table: Sequence[Row]) -> str:
    ways = list(dict.fromkeys(way for row in table for way in row.figures))
    lines = [
        f"| part | asked | figure | {' | '.join(ways)} |",
        f"|---|---|---|{'---|' * len(ways)}",
    ]
    for row in table:
        figures = [row.figures.get(way) for way in ways]
        cells = [f"{f.value:.3f} ({f.low:.2f} to {f.high:.2f})" if f else "" for f in figures]
        first = next(iter(row.figures.values()))
        told = f"| {row.part} ({first.count}) | {row.asked} | {first.name} |"
        lines.append(f"{told} {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _to_json(table: Sequence[Row]) -> list[dict[str, Any]]:
    return [
        {
            "part": row.part,
            "asked": row.asked,
            "figure": next(iter(row.figures.values())).name,
            "ways": {
                way: {
                    "value": round(figure.value, 4),
                    "low": round(figure.low, 4),
                    "high": round(figure.high, 4),
                    "questions": figure.count,
                }
                for way, figure in row.figures.items()
            },
        }
        for row in table
    ]


def _question(text: str, at: datetime) -> Question:
    return Question(text, asked_at=at)


def _ranked(one: Asked, rank: int) -> Outcome:
    return Outcome(False, answered=True, confidence=0.0, rank=rank, text=one.question.text)


def _noon(date: str) -> datetime:
    return datetime.strptime(date, "%Y/%m/%d").replace(tzinfo=UTC) + timedelta(hours=12)


def _every(done: int, count: int, started: float) -> None:
    if done % 50 == 0 or done == count:
        _progress(f"{done} of {count} answered, {time.monotonic() - started:.0f} s")


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
