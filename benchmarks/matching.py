"""How soon ten thousand subscriptions are compared with a new article, beside a plain loop.

    python -m benchmarks.matching [--subscriptions 10000]

Half are topics (random unit vectors: the product costs the same for any), half keyword filters of
words of the news. The same subscriptions are compared one by one in a loop; both must find the
same. Times are medians over 20 articles, in milliseconds, after the article's embedding exists.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median

import numpy as np
from numpy.typing import NDArray

from bot.subscription import Kind, Subscription, Target
from bot.updates.keywords import Words, parse
from bot.updates.match import Matcher, floor
from ingest import SAMPLE_NEWS, Article, News

DIMENSIONS = 384
ARTICLES = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    arguments = parser.parse_args()
    chance = random.Random(1)
    texts = [path.read_text() for path in sorted(SAMPLE_NEWS.iterdir()) if path.is_file()]
    words = sorted({word for text in texts for word in text.split() if word.isalpha()})
    vectors = np.random.default_rng(1).normal(size=(arguments.subscriptions, DIMENSIONS))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    wanted = [made(n, vectors[n], chance, words) for n in range(arguments.subscriptions)]
    news = [item(n, " ".join(chance.choices(words, k=500)), vectors) for n in range(ARTICLES)]
    started = time.perf_counter()
    matcher = Matcher(wanted)
    print(f"{len(wanted)} subscriptions read in {(time.perf_counter() - started) * 1000:.0f} ms")
    ours, theirs = [], []
    for one in news:
        started = time.perf_counter()
        found = {s.id for s in matcher.match(one)}
        ours.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        looped = in_a_loop(wanted, one)
        theirs.append((time.perf_counter() - started) * 1000)
        assert found == looped, "the two disagree"
    print(f"matcher: {median(ours):.1f} ms an article, slowest {max(ours):.1f} ms")
    print(f"plain loop: {median(theirs):.1f} ms; ratio {median(theirs) / median(ours):.0f}")


def made(
    n: int, vector: NDArray[np.float64], chance: random.Random, words: Sequence[str]
) -> Subscription:
    if n % 2:
        text = f"{chance.choice(words)} {chance.choice(words)} -{chance.choice(words)}"
        return Subscription(Target(n), Kind.KEYWORDS, text, id=n)
    return Subscription(Target(n), Kind.TOPIC, "", vector=vector.astype(np.float32), id=n)


def item(n: int, text: str, vectors: NDArray[np.float64]) -> News:
    now = datetime.now(UTC)
    vector = vectors[2 * n].astype(np.float32)
    return News(n, Article(f"{n:016x}", "News", text), "0" * 10, now, now, vector)


def in_a_loop(wanted: Sequence[Subscription], news: News) -> set[int]:
    """One subscription after the other, filters read beforehand as the matcher does."""
    text = Words(f"{news.article.title}\n{news.article.text}")
    found = set()
    for subscription in wanted:
        if subscription.vector is not None:
            near = sum(a * b for a, b in zip(subscription.vector, news.vector, strict=True))
            if near >= floor(subscription):
                found.add(subscription.id)
        elif parse(subscription.text).match(text):
            found.add(subscription.id)
    return found


if __name__ == "__main__":
    main()
