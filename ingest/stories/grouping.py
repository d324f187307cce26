"""Which story an article tells. Pure; the weights come from `benchmarks/stories.py --fit`.

Two stories may look alike: two earthquakes, two trials. What tells them apart is not what is rare
in the whole archive but what is rare among the articles nearest to this one. So words are weighed
by how few of the neighbours hold them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log, log1p, log2, sqrt
from typing import TYPE_CHECKING

from ingest.article import Article
from ingest.stories.origins import signature
from ingest.stories.window import Window
from ingest.story import Traits
from ingest.text import names_in_article, stem, stop_words, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAD_PASSAGES = 4
"""An article's vector is the mean of so many of its first passages: news begins with its point."""
CANDIDATES = 6
"""Stories that are looked at closely, the nearest by cosine."""
MATES = 40
"""Articles of a story that a new one is compared with, the last ones."""
WEIGHTS = (7.8, 11.93, 5.01, 7.37, 1.32, 3.37, -0.99)
"""For the mean and the greatest likeness by local words, names and vector, and the log of the
story's size."""
BIAS = -5.96
AWAKE = timedelta(days=7)
GAP_WEIGHT = 0.5
"""Each doubling of the silence beyond AWAKE asks for so much more likeness."""


CLOSE = timedelta(days=3)
CLOSE_WEIGHT = 1.0
"""Look-alike stories are seldom told in the same days, so those ask for less likeness. Set by
thought, not fitted: the articles that the other weights were fitted on bear no dates."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The story that an article joins, None for one of its own, and how sure that is.

    `score` is that of the best story, whether it was taken (0 and up) or not.
    """

    story_id: str | None
    score: float


def traits_of(article: Article, at: datetime, vectors: Sequence[Sequence[float]]) -> Traits:
    """What the article is compared by; `vectors` are the embeddings of its passages, in order."""
    import numpy as np

    text = f"{article.title}\n{article.text}"
    lead = np.asarray(vectors[:LEAD_PASSAGES], dtype=np.float32).mean(axis=0)
    stops = stop_words(article.language)
    words = Counter(
        stem(word, article.language) for word in tokens(text) if word.lower() not in stops
    )
    return Traits(
        article_id=article.id,
        at=at,
        dated=article.published is not None,
        vector=lead / max(float(np.linalg.norm(lead)), 1e-9),
        words=words,
        names=frozenset(name.lower() for name in names_in_article(text, article.language)),
        signature=signature(article.text),
    )


def choose(new: Traits, window: Window, echoes: Iterable[Traits] = ()) -> Choice:
    """The story that `new` joins, of those in the window and those of `echoes` (older ones that
    the archive found to be near)."""
    near = window.near(new.vector)
    known = {traits.article_id for traits, _ in near}
    near += [
        (echo, float(echo.vector @ new.vector)) for echo in echoes if echo.article_id not in known
    ]
    scale = LocalWords(new, [traits for traits, _ in near])
    best = Choice(None, float("-inf"))
    for story_id, mates in _candidates(near, window).items():
        found = score(new, mates, scale, window)
        if found > best.score:
            best = Choice(story_id, found)
    return best if best.score >= 0 else Choice(None, best.score)


def score(new: Traits, mates: Sequence[Traits], scale: LocalWords, window: Window) -> float:
    """How surely `new` tells the story that `mates` tell; 0 and up means yes."""
    found = features(new, mates, scale, window)
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
    return total - GAP_WEIGHT * _gap(new, mates) + CLOSE_WEIGHT * _is_close(new, mates)


def features(
    new: Traits, mates: Sequence[Traits], scale: LocalWords, window: Window
) -> tuple[float, ...]:
    """The likenesses that WEIGHTS weighs."""
    by_words = [scale.likeness(mate) for mate in mates]
    by_names = [_names_likeness(new.names, mate.names, window) for mate in mates]
    by_vector = [float(new.vector @ mate.vector) for mate in mates]
    pairs = [(sum(ways) / len(ways), max(ways)) for ways in (by_words, by_names, by_vector)]
    return (*(value for pair in pairs for value in pair), log1p(len(mates)))


class LocalWords:
    """Likeness by the words that are rare among an article's neighbours (cosine of tf-idf)."""

    def __init__(self, new: Traits, neighbours: Sequence[Traits]) -> None:
        held = Counter(new.words.keys())
        for neighbour in neighbours:
            held.update(neighbour.words.keys())
        count = len(neighbours) + 1
        self._count = count
        self._idf = {word: max(log((count + 1) / (n + 0.5)), 0.0) for word, n in held.items()}
        self._new = self._weighed(new.words)
        self._norm = _norm(self._new)

    def likeness(self, other: Traits) -> float:
        """0 to 1."""
        weighed = self._weighed(other.words)
        both = sum(x * weighed[word] for word, x in self._new.items() if word in weighed)
        return both / max(self._norm * _norm(weighed), 1e-9)

    def _weighed(self, words: Mapping[str, int]) -> dict[str, float]:
        unknown = log((self._count + 1) / 0.5)
        return {word: (1 + log(n)) * self._idf.get(word, unknown) for word, n in words.items()}


def _candidates(near: list[tuple[Traits, float]], window: Window) -> dict[str, list[Traits]]:
    """The nearest stories by mean cosine of their near articles, each with its last articles."""
    cosines: dict[str, list[float]] = {}
    outside: dict[str, list[Traits]] = {}
    for traits, cosine in near:
        cosines.setdefault(traits.story_id, []).append(cosine)
        outside.setdefault(traits.story_id, []).append(traits)
    means = {story: sum(values) / len(values) for story, values in cosines.items()}
    nearest = sorted(means, key=lambda story: (-means[story], story))[:CANDIDATES]
    found = {}
    for story in nearest:
        mates = {traits.article_id: traits for traits in outside[story]}
        mates |= {traits.article_id: traits for traits in window.members(story)}
        found[story] = sorted(mates.values(), key=lambda traits: traits.at)[-MATES:]
    return found


def _names_likeness(first: frozenset[str], second: frozenset[str], window: Window) -> float:
    """Cosine of the two sets, rare names counting more."""
    both = sum(window.rarity(name) ** 2 for name in first & second)
    norms = sqrt(
        sum(window.rarity(name) ** 2 for name in first)
        * sum(window.rarity(name) ** 2 for name in second)
    )
    return both / norms if norms else 0.0


def _gap(new: Traits, mates: Sequence[Traits]) -> float:
    """How often the silence between `new` and the nearest of its mates doubled beyond AWAKE."""
    silence = min(abs(new.at - mate.at) for mate in mates)
    return log2(max(silence / AWAKE, 1.0))


def _is_close(new: Traits, mates: Sequence[Traits]) -> bool:
    """Whether a mate came out within CLOSE of `new`, as far as both say when."""
    return new.dated and any(mate.dated and abs(new.at - mate.at) <= CLOSE for mate in mates)


def _norm(weighed: Mapping[str, float]) -> float:
    return sqrt(sum(x * x for x in weighed.values()))


def central(members: Sequence[Traits]) -> Traits:
    """The article nearest to all the others; of equals the earliest."""
    import numpy as np

    vectors: NDArray[np.float32] = np.stack([member.vector for member in members])
    nearness = vectors @ vectors.mean(axis=0)
    ranked = zip(nearness.tolist(), members, strict=True)
    return min(ranked, key=lambda pair: (-round(pair[0], 6), pair[1].at))[1]
