"""Stories: how well single-pass grouping finds what belongs together, beside plain TF-IDF.

python -m benchmarks.stories PATH/ecbplus          the figures of topics 26 to 35
python -m benchmarks.stories PATH/ecbplus --fit    weights from topics 1 to 25
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score

from ingest.article import Article
from ingest.reading.embed import PassageEmbeddings
from ingest.reading.passages import cut, embedding_text
from ingest.settings import DEFAULT_MODEL
from ingest.stories import grouping
from ingest.stories.grouping import LocalWords, choose, features, traits_of
from ingest.stories.window import Window
from ingest.story import Traits

ORDERS = 10
FIT_TOPICS, LAST_TOPIC = 25, 35
Labels = Sequence[Any]


@dataclass(frozen=True)
class Told:
    """An article of the set: the story that it tells, its text, its traits."""

    topic: int
    story: str
    text: str
    traits: Traits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    told = read(arguments.folder)
    fitting = [article for article in told if article.topic <= FIT_TOPICS]
    if arguments.fit:
        fit(fitting)
        return
    reporting = [a for a in told if FIT_TOPICS < a.topic <= LAST_TOPIC]
    for name, part in (("fitted on (topics 1 to 25)", fitting), ("reported (26 to 35)", reporting)):
        print(f"{name}: {len(part)} articles, {len({a.story for a in part})} stories")
        line("newsdesk, single pass", mean_over_orders(part, single_pass))
        for way in (average_link, tf_idf_single_pass):
            line(way.__name__.replace("_", " "), baseline(way, fitting, part))


def line(name: str, figures: tuple[float, float]) -> None:
    print(f"  {name:28} B-cubed F1 {figures[0]:.3f}  adjusted Rand {figures[1]:.3f}")


def read(folder: Path) -> list[Told]:
    """The articles with their embeddings (a minute or two)."""
    model = PassageEmbeddings(DEFAULT_MODEL)
    told = []
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            text = row["text"] or row["title"]
            article = Article(id=row["id"], title=row["title"], text=text, language="en")
            passages = cut(article, model.token_spans, model.window)[: grouping.LEAD_PASSAGES]
            vectors = model.embed_documents(
                [embedding_text(article.title, p.text, model.token_spans) for p in passages]
            )
            traits = traits_of(article, datetime(2020, 1, 1, tzinfo=UTC), vectors)
            told.append(Told(int(row["topic"]), row["story"], f"{row['title']}\n{text}", traits))
    return told


def single_pass(told: Sequence[Told], order: Sequence[int]) -> list[str]:
    """Our way: each article is placed once, knowing only those before it."""
    window = Window()
    labels = [""] * len(told)
    for n in order:
        traits = told[n].traits
        labels[n] = choose(traits, window).story_id or f"story {n}"
        window.add(replace(traits, story_id=labels[n]))
    return labels


def mean_over_orders(
    told: Sequence[Told], way: Callable[[Sequence[Told], Sequence[int]], Labels]
) -> tuple[float, float]:
    orders = [np.random.default_rng(seed).permutation(len(told)).tolist() for seed in range(ORDERS)]
    truth = [article.story for article in told]
    figures = np.array([judged(truth, way(told, order)) for order in orders]).mean(axis=0)
    return float(figures[0]), float(figures[1])


def judged(truth: Labels, found: Labels) -> tuple[float, float]:
    """B-cubed F1 and adjusted Rand index."""
    same = np.array(truth)[:, None] == np.array(truth)[None]
    told = np.array(found)[:, None] == np.array(found)[None]
    both = (same & told).sum(axis=1)
    precision, recall = (both / told.sum(axis=1)).mean(), (both / same.sum(axis=1)).mean()
    return float(2 * precision * recall / (precision + recall)), adjusted_rand_score(truth, found)


# The plain ways that stand beside ours; each gets its best threshold on the topics fitted on.


def baseline(
    way: Callable[[Sequence[Told], float], tuple[float, float]],
    fitting: Sequence[Told],
    told: Sequence[Told],
) -> tuple[float, float]:
    thresholds = np.arange(0.05, 0.5, 0.025).tolist()
    best = max(thresholds, key=lambda threshold: sum(way(fitting, threshold)))
    return way(told, best)


def average_link(told: Sequence[Told], threshold: float) -> tuple[float, float]:
    likeness = _tf_idf(told)
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - threshold
    )
    found = clusters.fit_predict(np.clip(1 - likeness, 0, None))
    return judged([article.story for article in told], found.tolist())


def tf_idf_single_pass(told: Sequence[Told], threshold: float) -> tuple[float, float]:
    likeness = _tf_idf(told)

    def way(articles: Sequence[Told], order: Sequence[int]) -> Labels:
        labels = [-1] * len(articles)
        clusters: list[list[int]] = []
        for n in order:
            means = [float(likeness[n, cluster].mean()) for cluster in clusters]
            best = int(np.argmax(means)) if means else -1
            if best >= 0 and means[best] >= threshold:
                clusters[best].append(n)
            else:
                clusters.append([n])
                best = len(clusters) - 1
            labels[n] = best
        return labels

    return mean_over_orders(told, way)


def _tf_idf(told: Sequence[Told]) -> Any:
    """The cosines of all pairs; made once for each part."""
    key = told[0].text
    if key not in _LIKENESS:
        _LIKENESS[key] = _cosines(told)
    return _LIKENESS[key]


_LIKENESS: dict[str, Any] = {}


def _cosines(told: Sequence[Told]) -> Any:
    words = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    vectors = words.fit_transform([article.text for article in told])
    return (vectors @ vectors.T).toarray()


# Fitting: articles come in random order, each beside its true story and the nearest others.


def fit(told: Sequence[Told]) -> None:
    """Weights and bias from all of these topics; figures by halves, each fitted on the other."""
    halves = [[a for a in told if a.topic % 2 == part] for part in (0, 1)]
    for mine, other in (halves, halves[::-1]):
        use(mine)
        line("fitted on the other half", mean_over_orders(other, single_pass))
    use(told)
    print("WEIGHTS =", tuple(round(weight, 2) for weight in grouping.WEIGHTS))
    print("BIAS =", round(grouping.BIAS, 2))


def use(told: Sequence[Told]) -> None:
    """Fit the weights on these articles, choose the bias that groups them best."""
    found = [example for seed in range(3) for example in examples(told, seed)]
    rows, truth = zip(*found, strict=True)
    model = LogisticRegression(C=10, max_iter=5000).fit(np.array(rows), np.array(truth))
    grouping.WEIGHTS = tuple(float(weight) for weight in model.coef_[0])  # type: ignore[assignment]
    start = float(model.intercept_[0])
    figures = {}
    for shift in np.arange(-1.0, 3.1, 0.5).tolist():
        grouping.BIAS = start + shift
        figures[shift] = sum(mean_over_orders(told, single_pass))
    grouping.BIAS = start + max(figures, key=lambda shift: figures[shift])


def examples(told: Sequence[Told], seed: int) -> list[tuple[tuple[float, ...], bool]]:
    window = Window()
    found = []
    for n in np.random.default_rng(1000 + seed).permutation(len(told)).tolist():
        new = told[n].traits
        near = window.near(new.vector)
        scale = LocalWords(new, [traits for traits, _ in near])
        for story, mates in grouping._candidates(near, window).items():
            found.append((features(new, mates, scale, window), story == told[n].story))
        window.add(replace(new, story_id=told[n].story))
    return found


if __name__ == "__main__":
    main()
