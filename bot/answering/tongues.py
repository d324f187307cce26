"""Which languages questions and articles meet in: does the embedding model read both?"""

from __future__ import annotations

import numpy as np

from bot.language import LANGUAGES, N_, _, speaking
from ingest import Newsroom

SENTENCES = (
    N_("Ask about the news"),
    N_("Check a claim against our articles"),
    N_("The newest articles"),
    N_("A story over time, as a picture"),
    N_("Where our articles come from"),
    N_("When news comes, and in which language"),
    N_("Forget what was asked in this chat"),
    N_("All that you follow, everywhere"),
    N_("What comes to your channels"),
    N_("How to ask"),
)
"""Sentences of ours that stand in every catalogue, and mean different things."""
MATCHES = 0.9
"""The share of them that a model must find again in another language to read both."""


class Tongues:
    """What the embedding model reads, tried once a language."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._reads: dict[tuple[str, str], bool] = {}

    def foreign(self, language: str | None) -> list[str]:
        """The languages of the articles, if a question's is none of them and the model can't read
        it beside theirs; else []."""
        spoken = self._newsroom.languages()
        if language is None or not spoken or language in spoken:
            return []
        pair = (language, spoken[0])
        if pair not in self._reads:
            self._reads[pair] = self._reads_both(*pair)
        return [] if self._reads[pair] else spoken

    def _reads_both(self, first: str, second: str) -> bool:
        """Whether sentences of ours lie nearest to their own translations."""
        if not {first, second} <= set(LANGUAGES):
            return False
        one, other = (np.array(self._embedded(code)) for code in (first, second))
        nearest = (one @ other.T).argmax(axis=1)
        return float((nearest == np.arange(len(SENTENCES))).mean()) >= MATCHES

    def _embedded(self, language: str) -> list[list[float]]:
        with speaking(language):
            said = [_(sentence) for sentence in SENTENCES]
        return self._newsroom.embeddings.embed_documents(said)
