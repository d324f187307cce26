"""The articles of a stretch of time, in memory: what a new article is compared with."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from math import log
from typing import TYPE_CHECKING, Any

from ingest.story import Traits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH = timedelta(days=30)
"""How far before and after an article others are held against it one by one."""
NEAR = 0.3
"""Cosine from which an article is a neighbour."""
NEIGHBOURS = 200


class Window:
    """Traits by article, with what is needed to compare them fast. Not for several threads."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._traits: list[Traits | None] = []
        self._vectors: Any = None
        self._signatures: Any = None
        self._stories: dict[str, set[str]] = {}
        self._names: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._rows

    def add(self, traits: Traits) -> None:
        """Hold these, in the place of what was held of the same article."""
        self.remove(traits.article_id)
        row = len(self._traits)
        self._vectors = _grown(self._vectors, row, traits.vector)
        self._signatures = _grown(self._signatures, row, traits.signature)
        self._rows[traits.article_id] = row
        self._traits.append(traits)
        self._stories.setdefault(traits.story_id, set()).add(traits.article_id)
        self._names.update(traits.names)

    def remove(self, article_id: str) -> None:
        """Forget an article; nothing happens if it is not held."""
        row = self._rows.pop(article_id, None)
        old = self._traits[row] if row is not None else None
        if row is None or old is None:
            return
        self._traits[row] = None
        self._vectors[row] = 0
        self._signatures[row] = 0
        self._stories[old.story_id].discard(article_id)
        self._names.subtract(old.names)

    def near(self, vector: NDArray[np.float32]) -> list[tuple[Traits, float]]:
        """The neighbours of a vector with their cosines, nearest first, at most NEIGHBOURS."""
        import numpy as np

        if not self._rows:
            return []
        cosines = self._vectors[: len(self._traits)] @ vector
        rows = np.flatnonzero(cosines > NEAR)
        rows = rows[np.argsort(-cosines[rows], kind="stable")][:NEIGHBOURS]
        return [(t, float(cosines[row])) for row in rows if (t := self._traits[row]) is not None]

    def alike(self, signature: NDArray[np.uint32], share: float) -> list[Traits]:
        """Articles whose signature has at least this share of values in common, most first."""
        import numpy as np

        if not self._rows:
            return []
        shares = (self._signatures[: len(self._traits)] == signature).mean(axis=1)
        rows = np.flatnonzero(shares >= share)
        rows = rows[np.argsort(-shares[rows], kind="stable")]
        return [traits for row in rows if (traits := self._traits[row]) is not None]

    def members(self, story_id: str) -> list[Traits]:
        """The articles of a story that are held."""
        ids = self._stories.get(story_id, ())
        return [t for i in sorted(ids) if (t := self._traits[self._rows[i]]) is not None]

    def stories(self) -> list[str]:
        """The ids of all stories of which an article is held."""
        return sorted(story for story, ids in self._stories.items() if ids)

    def rarity(self, name: str) -> float:
        """How much a name tells: more, the fewer articles hold it."""
        return log((len(self._rows) + 2) / (self._names[name] + 0.5))


def _grown(rows: Any, at: int, row: Any) -> Any:
    """`rows` with `row` at a place; the space doubles where it is used up."""
    import numpy as np

    if rows is None:
        rows = np.zeros((256, len(row)), dtype=row.dtype)
    elif at == len(rows):
        rows = np.concatenate([rows, np.zeros_like(rows)])
    rows[at] = row
    return rows
