"""The passages that a language model may answer from, numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest import Hit

MAX_EVIDENCE = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """Passage number `n` (from 1) of a prompt."""

    n: int
    hit: Hit

    @property
    def heading(self) -> str:
        """Where the passage comes from: title, publisher, date; what is unknown says so."""
        article = self.hit.article
        date = f"{article.published:%d %B %Y}".lstrip("0") if article.published else "date unknown"
        return " | ".join((article.title, article.source or "publisher unknown", date))


def number(hits: Sequence[Hit], limit: int = MAX_EVIDENCE) -> list[Evidence]:
    """The best hits, numbered from 1."""
    return [Evidence(n, hit) for n, hit in enumerate(hits[:limit], 1)]
