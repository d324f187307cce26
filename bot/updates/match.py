"""Which subscriptions an article matches, of very many at once. Pure.

Topics and questions are rows of one matrix, so that one product compares the article with all of
them. Keyword filters are found through a word of theirs that the article holds; sources, feeds
and stories by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.subscription import Kind, Subscription
from bot.updates.keywords import Keywords, Words, parse
from ingest import News

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR = {-2: 0.26, -1: 0.33, 0: 0.40, 1: 0.47, 2: 0.54}
"""The cosine between topic and article from which it matches, by strictness. Set by reading what
short topics bring among a week's articles (docs/benchmarks.md)."""
WORTH_A_LOOK = 0.30
"""The same for a question: whether its answer is there is decided by reading (updates/watch)."""


class Matcher:
    """Compares articles with these subscriptions; made anew when they change."""

    def __init__(self, subscriptions: Sequence[Subscription]) -> None:
        self._by_name: dict[tuple[Kind, str], list[Subscription]] = defaultdict(list)
        self._everything: list[Subscription] = []
        self._by_stem: dict[str, list[tuple[Subscription, Keywords]]] = defaultdict(list)
        self._meant: list[Subscription] = []
        for subscription in subscriptions:
            self._add(subscription)
        self._vectors, self._floors = _matrix(self._meant)

    def _add(self, subscription: Subscription) -> None:
        kind = subscription.kind
        if kind is Kind.EVERYTHING:
            self._everything.append(subscription)
        elif kind is Kind.KEYWORDS:
            keywords = parse(subscription.text)
            for stem in keywords.rare:
                self._by_stem[stem].append((subscription, keywords))
        elif subscription.vector is not None:
            self._meant.append(subscription)
        else:
            self._by_name[kind, subscription.key].append(subscription)

    def match(self, news: News, story_ids: Iterable[str] = ()) -> list[Subscription]:
        """The subscriptions that the article matches, each once; questions only may be answered.

        `story_ids` are all ids of its story.
        """
        found = {s.id: s for s in self._everything}
        found |= {s.id: s for s in self._by_meaning(news.vector)}
        found |= {s.id: s for s in self._by_words(news)}
        names = [(Kind.SOURCE, news.article.source.casefold())]
        names += [(Kind.FEED, str(feed)) for feed in news.feeds]
        names += [(Kind.STORY, story_id) for story_id in {news.story_id, *story_ids}]
        for name in names:
            found |= {s.id: s for s in self._by_name.get(name, ())}
        return list(found.values())

    def _by_meaning(self, vector: NDArray[np.float32]) -> list[Subscription]:
        if not self._meant:
            return []
        near = (self._vectors @ vector >= self._floors).nonzero()[0]
        return [self._meant[int(row)] for row in near]

    def _by_words(self, news: News) -> list[Subscription]:
        if not self._by_stem:
            return []
        text = Words(f"{news.article.title}\n{news.article.text}")
        found = []
        for stem in text.stems & self._by_stem.keys():
            found += [s for s, keywords in self._by_stem[stem] if keywords.match(text)]
        return found


def floor(subscription: Subscription) -> float:
    """The cosine from which an article matches."""
    if subscription.kind is Kind.QUESTION:
        return WORTH_A_LOOK
    return NEAR[subscription.strictness]


def _matrix(
    subscriptions: Sequence[Subscription],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import numpy as np

    vectors = [s.vector for s in subscriptions if s.vector is not None]
    floors = np.asarray([floor(s) for s in subscriptions], dtype=np.float32)
    return np.asarray(vectors, dtype=np.float32), floors
