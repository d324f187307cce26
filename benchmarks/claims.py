"""Claims about real news: which are called supported, and what is shown for the others.

    python -m benchmarks.claims PATH/realtimeqa --data FOLDER [--part build|kept]

claims.jsonl holds what readers might paste into /check about articles of June to August 2022
(RealTime QA): true ones, and false ones of which some take a true sentence's words apart ("apart",
"swap", "merge", "negation"). Their writers had not seen the code; "kept" was first run at the end.
FOLDER is an archive as in benchmarks.everyday; each is checked on the day after its article.

A true claim counts as shown where it is supported, or a sentence of its own article that holds most
of its words is quoted as nearest.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.realtimeqa import article_ids, articles
from bot.answer import Answer, ClaimVerdict, Question
from bot.answering.ask import Assistant
from bot.settings import BotSettings
from ingest import Newsroom
from ingest.text import content_words, stem

CLAIMS = Path(__file__).parent / "claims.jsonl"
MOST = 0.5


def shown(claim: str, answer: Answer, article: str) -> bool:
    """Whether the reader sees the words of the claim's article that tell of it."""
    wanted = set(map(stem, content_words(claim)))
    return answer.verdict is ClaimVerdict.SUPPORTED or any(
        citation.article_id == article
        and len(wanted & set(map(stem, content_words(citation.quote)))) >= MOST * len(wanted)
        for citation in answer.citations
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=("build", "kept"), default="build")
    parser.add_argument("--show", action="store_true", help="print each of build that went wrong")
    asked = parser.parse_args()
    rows = list(articles(asked.folder))
    dates = {row["id"]: row["published"] for row in rows}
    verdicts, seen, seconds = Counter[tuple[str, str]](), Counter[str](), list[float]()
    settings = BotSettings(data_dir=asked.data)
    with Newsroom(settings) as newsroom:
        ids = article_ids(newsroom, rows)
        assistant = Assistant(newsroom, settings)
        for line in CLAIMS.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["part"] != asked.part:
                continue
            at = datetime.fromisoformat(dates[row["article"]]).replace(tzinfo=UTC, hour=12)
            started = time.perf_counter()
            answer = asyncio.run(
                assistant.check(Question(row["claim"], asked_at=at + timedelta(days=1)))
            )
            seconds.append(time.perf_counter() - started)
            verdicts[row["kind"], str(answer.verdict)] += 1
            if row["kind"] == "true":
                seen["true"] += 1
                seen["shown"] += shown(row["claim"], answer, ids[row["article"]])
            wrong = "contradicted" if row["kind"] == "true" else "supported"
            if asked.show and asked.part == "build" and str(answer.verdict) == wrong:
                print(f"{wrong}: {row['claim']}\n    {answer.text}")
    for (kind, verdict), count in sorted(verdicts.items()):
        print(f"{kind:20}{verdict:14}{count:4}")
    print(f"true ones supported, or shown word for word: {seen['shown']} of {seen['true']}")
    print(f"{1000 * sum(seconds) / len(seconds):.0f} ms a claim")


if __name__ == "__main__":
    main()
