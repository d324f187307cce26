"""Placing: the time to find an article's story and origin does not grow with the archive.

    python -m benchmarks.placing [--articles 10000]

Made-up articles, twenty a day, each of an old story or a new one, go through the newsroom's own
placing over SQLite and Chroma. Their vectors are made, not embedded, for embedding costs the same
for each article. Printed: milliseconds an article for each thousand, and the ratio of the medians
of the last thousand and the third (the first two fill the window of four months).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean, median

import numpy as np

from ingest.archive.articles import ArticleStore
from ingest.archive.database import open_database
from ingest.archive.stories import StoryStore
from ingest.archive.vectors import VectorIndex
from ingest.article import Article, Passage, article_id
from ingest.settings import Settings
from ingest.stories.placing import Placer

A_DAY = 20
START = datetime(2024, 1, 1, tzinfo=UTC)
BATCH = 16


@dataclass
class Made:
    """A source of articles: each story has words and a direction of its own."""

    chance: np.random.Generator

    def __post_init__(self) -> None:
        self._words = [f"word{n}" for n in range(20_000)]
        self._story = 0

    def article(self, number: int) -> tuple[Article, list[float]]:
        if self.chance.random() < 0.35:
            self._story += 1
        story = max(self._story - int(self.chance.exponential(20)), 0)
        own = np.random.default_rng(story)
        vocabulary = own.choice(self._words, 60)
        words = [*self.chance.choice(vocabulary, 150), *self.chance.choice(self._words, 50)]
        name = f"Name{story} Family{story % 500}"
        vector = own.normal(size=384) + 0.8 * self.chance.normal(size=384)
        article = Article(
            id=article_id(f"made {number}"),
            title=f"Report {number} about {name}",
            text=f"{name} said {' '.join(words)}.",
            published=START + timedelta(days=number / A_DAY),
        )
        return article, (vector / np.linalg.norm(vector)).tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    count = parser.parse_args().articles
    made = Made(np.random.default_rng(7))
    with tempfile.TemporaryDirectory(prefix="newsdesk-placing-") as folder:
        settings = Settings(data_dir=Path(folder))
        engine = open_database(settings)
        store, index = ArticleStore(engine), VectorIndex(settings, "made")
        placer = Placer(StoryStore(engine), index)
        spent: list[float] = []
        for start in range(0, count, 1000):
            times = []
            for at in range(start, min(start + 1000, count), BATCH):
                batch = [made.article(n) for n in range(at, min(at + BATCH, start + 1000, count))]
                times.append(placed(batch, store, index, placer))
            spent.append(median(times))
            told = f"median {median(times):.1f}, mean {fmean(times):.1f}, longest {max(times):.1f}"
            print(f"{start + 1:6} to {start + 1000:6}: {told} ms an article", flush=True)
        stories = len(StoryStore(engine).latest(count))
        print(f"{count} articles in {stories} stories; last thousand / third: ", end="")
        print(f"{spent[-1] / spent[2]:.2f}" if len(spent) > 2 else "-")
        index.close()


def placed(
    batch: list[tuple[Article, list[float]]],
    store: ArticleStore,
    index: VectorIndex,
    placer: Placer,
) -> float:
    """Milliseconds an article that placing a batch took, saving and indexing left out."""
    articles = [article for article, _ in batch]
    vectors = [vector for _, vector in batch]
    passages = [Passage(f"{a.id}:1:0", a.id, 0, 0, len(a.text), a.text) for a in articles]
    by_article = {passage.article_id: passage for passage in passages}
    for article in articles:
        store.save(article, lambda a: [by_article[a.id]], lambda _old, _new: [])
    index.replace(articles, passages, vectors)
    start = time.perf_counter()
    placer.place(articles, passages, vectors)
    return 1000 * (time.perf_counter() - start) / len(batch)


if __name__ == "__main__":
    main()
