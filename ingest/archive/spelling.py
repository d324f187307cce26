"""What a misspelt word was meant to be, of the words and names that the archive's articles use."""

from __future__ import annotations

import threading
from collections import Counter

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from sqlalchemy import Engine, func, select

from ingest.archive.tables import articles
from ingest.text import tokens

MOST_ARTICLES = 20_000
"""The newest so many give the words; a million words are compared in a hundredth of a second."""
BEGINNING = 1000
"""Characters of an article in which its names and matters stand."""
SHORTEST, LONG = 5, 9
"""Letters from which on a word may have one slip, or two."""
FRESH = 50
"""After so many new articles the words are read anew."""


class Spelling:
    """The archive's vocabulary. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._reader = engine.execution_options(reading=True)
        self._lock = threading.Lock()
        self._seen = -FRESH
        self._written: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def meant(self, word: str) -> str | None:
        """The archive's word that differs from this one by a slip, as the archive writes it; None
        if there is none, or if the archive uses the word itself. Of several, the nearest, then the
        most used."""
        self._refresh()
        low = word.casefold()
        if len(low) < SHORTEST or low in self._counts or not low.isalpha():
            return None
        slips = 2 if len(low) >= LONG else 1
        found = extract(low, self._counts.keys(), scorer=OSA.distance, score_cutoff=slips, limit=50)
        near = [one for one in found if len(one[0]) >= SHORTEST]
        if not near:
            return None
        best, _, _ = min(near, key=lambda one: (one[1], one[0][0] != low[0], -self._counts[one[0]]))
        return self._written[best]

    def _refresh(self) -> None:
        with self._lock, self._reader.connect() as connection:
            count = connection.scalar(select(func.count()).select_from(articles)) or 0
            if abs(count - self._seen) < FRESH:
                return
            begin = func.substr(articles.c.text, 1, BEGINNING)
            newest = select(articles.c.title, begin).order_by(articles.c.added.desc())
            written: Counter[str] = Counter()
            for title, text in connection.execute(newest.limit(MOST_ARTICLES)):
                written.update(word for word in tokens(f"{title}\n{text}") if word.isalpha())
            self._counts = Counter()
            best: dict[str, str] = {}
            for word, used in written.most_common():
                low = word.casefold()
                best.setdefault(low, word)
                self._counts[low] += used
            self._written, self._seen = best, count
