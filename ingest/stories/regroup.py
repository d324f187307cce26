"""The nightly second look: which stories are one, and which are two. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from ingest.stories.grouping import LocalWords, score
from ingest.stories.window import Window
from ingest.story import Traits

AWAKE = timedelta(days=7)
"""Stories without an article for so long are left as they are."""
SURE = 1.0
"""Beyond what a single pass asks for: moving what people have seen needs more reason."""
LOOKED_AT = 12
MIN_PART = 2


def merges(stories: Mapping[str, Sequence[Traits]], window: Window) -> list[tuple[str, str]]:
    """(the story that goes, the story that stays) of each pair that tells the same; the older
    one stays, and none is in two pairs."""
    found: list[tuple[float, str, str]] = []
    for story, members in stories.items():
        for other in _neighbours(story, members, window):
            if other in stories and story < other:
                both = min(
                    _mean_score(members, stories[other], window),
                    _mean_score(stories[other], members, window),
                )
                if both >= SURE:
                    found.append((both, story, other))
    done: set[str] = set()
    pairs = []
    for _, first, second in sorted(found, reverse=True):
        if not {first, second} & done:
            kept, gone = sorted((first, second), key=lambda s: min(t.at for t in stories[s]))
            pairs.append((gone, kept))
            done |= {first, second}
    return pairs


def splits(stories: Mapping[str, Sequence[Traits]], window: Window) -> list[list[Traits]]:
    """The articles that leave their story for one of their own: the part without the earliest
    article, of those stories whose two parts do not tell the same."""
    found = []
    for members in stories.values():
        parts = _two_parts(members)
        if min(map(len, parts)) < MIN_PART:
            continue
        both = max(_mean_score(parts[0], parts[1], window), _mean_score(parts[1], parts[0], window))
        if both < -SURE:
            first = min(members, key=lambda traits: traits.at)
            found.append(next(part for part in parts if first not in part))
    return found


def _neighbours(story: str, members: Sequence[Traits], window: Window) -> set[str]:
    """The stories of the articles that are near to the last of these."""
    near = (other for t in members[-LOOKED_AT:] for other, _ in window.near(t.vector)[:LOOKED_AT])
    return {traits.story_id for traits in near} - {story}


def _mean_score(new: Sequence[Traits], mates: Sequence[Traits], window: Window) -> float:
    """How surely the articles of one story, taken singly, would have joined the other."""
    scores = []
    for traits in new[-LOOKED_AT:]:
        near = [other for other, _ in window.near(traits.vector) if other is not traits]
        scores.append(score(traits, mates, LocalWords(traits, near), window))
    return sum(scores) / len(scores)


def _two_parts(members: Sequence[Traits]) -> tuple[list[Traits], list[Traits]]:
    """The members parted in two by average link over their vectors."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(members) < 2 * MIN_PART:
        return list(members), []
    vectors = np.stack([traits.vector for traits in members])
    distances = np.clip(1 - vectors @ vectors.T, 0, None)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), "average")
    labels = fcluster(tree, 2, criterion="maxclust")
    return (
        [t for t, label in zip(members, labels, strict=True) if label == 1],
        [t for t, label in zip(members, labels, strict=True) if label != 1],
    )
