"""Answers what can be answered, refuses what can't: quotes mode on RealTime QA.

    python -m benchmarks.refusal PATH/realtimeqa [--data FOLDER] [--limit 0]

The threshold of quotes mode was chosen on articles and questions of June and July 2022 and on the
even unanswerable questions; this reports on the other questions and the odd ones. Beside it, in the
same run: the nearest passage's cosine alone, refusing as many of the unanswerable.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.realtimeqa import articles, questions, unanswerable, write
from bot.answering.quotes import ENOUGH, rank
from bot.answering.understand import Understood
from ingest import Newsroom, Settings

TUNED_UNTIL = "2022-08-01"
Scores = tuple[float, float]


def main() -> int:
    """Print the two ways' shares of answered and refused questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data-benchmark"))
    parser.add_argument("--limit", type=int, default=0, help="use only so many articles")
    options = parser.parse_args()
    rows = [row for row in articles(options.folder) if row["published"] >= TUNED_UNTIL]
    rows = rows[: options.limit or None]
    options.data.mkdir(parents=True, exist_ok=True)
    kept = {row["id"] for row in rows}
    answerable = [
        q["question"] for q in questions(options.folder) if kept.intersection(q["articles"])
    ]
    with Newsroom(Settings(data_dir=options.data)) as newsroom:
        newsroom.ingest([write(rows, options.data / "articles.jsonl")])
        right = [_scores(newsroom, text) for text in answerable]
        wrong = [_scores(newsroom, text) for text in unanswerable(options.folder)[1::2]]
    _report(right, wrong)
    return 0


def _scores(newsroom: Newsroom, text: str) -> Scores:
    """The best sentence's score in quotes mode, and the nearest passage's cosine."""
    hits = newsroom.search(text, 8)
    ranked = rank(Understood(text), hits, newsroom.embeddings.embed_documents, newsroom.rarity)
    cosine = max((hit.dense or 0.0 for hit in hits), default=0.0)
    return (ranked[0].score if ranked else 0.0), cosine


def _report(right: list[Scores], wrong: list[Scores]) -> None:
    print(f"{len(right)} answerable, {len(wrong)} unanswerable questions")
    refused = sum(score < ENOUGH for score, _ in wrong) / len(wrong)
    answered = sum(score >= ENOUGH for score, _ in right) / len(right)
    cosines = sorted(cosine for _, cosine in wrong)
    limit = cosines[min(len(cosines) - 1, int(refused * len(cosines)))]
    beside = sum(cosine >= limit for _, cosine in right) / len(right)
    print(f"quotes: {answered:.2f} of the answerable answered, {refused:.2f} of the rest refused")
    print(f"cosine alone, refusing as many: {beside:.2f} answered")
    for name, at in (("quotes", 0), ("cosine", 1)):
        area = _auc([scores[at] for scores in right], [scores[at] for scores in wrong])
        print(f"area under ROC, {name}: {area:.3f}")


def _auc(right: list[float], wrong: list[float]) -> float:
    wins = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return wins / (len(right) * len(wrong))


if __name__ == "__main__":
    sys.exit(main())
