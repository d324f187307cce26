"""Entailment: whether a sentence follows from the words it cites, as a cross-encoder sees it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from bot.answering.checking.paraphrase import Meaning
from bot.answering.checking.reading import Reading, Word
from bot.answering.crossencoder import CrossEncoder

ENTAILMENT = "entailment"


class Entailed:
    """Nearness of another `Meaning`, and beside it: the sentence has to be entailed.

    `model` has a label "entailment", and is loaded when the first sentence is compared;
    SettingsError if it can't be used.
    """

    def __init__(self, nearness: Meaning, model: CrossEncoder) -> None:
        self._nearness = nearness
        self._model = model

    def whole(self, sentence: str, quote: str) -> float:
        """The nearness of two texts, from -1 to 1."""
        return self._nearness.whole(sentence, quote)

    def word(self, word: Word, sentence: Reading, held: Sequence[Reading]) -> float:
        """How near some word of the sentences `held` comes to one of `sentence`, from -1 to 1."""
        return self._nearness.word(word, sentence, held)

    def unlike(self, sentence: str, quote: str, word_for_word: bool) -> str:
        """Why the sentence does not follow from the quote, or ""."""
        if reason := self._nearness.unlike(sentence, quote, word_for_word):
            return reason
        labels, [scores] = self._labels, self._model.scores([(quote, sentence)])
        found = labels[scores.index(max(scores))]
        return "" if found == ENTAILMENT else f"an entailment model says: {found}"

    @cached_property
    def _labels(self) -> list[str]:
        labels = self._model.labels
        if ENTAILMENT not in labels:
            raise self._model.unusable(
                f"its labels are {', '.join(labels)}, and none is {ENTAILMENT}"
            )
        return labels
