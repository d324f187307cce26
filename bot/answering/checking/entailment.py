"""Entailment: whether a sentence follows from the words it cites, as a cross-encoder sees it."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.answering.checking.check import Meaning
from ingest import SettingsError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

ENTAILMENT = "entailment"
EXAMPLE = "cross-encoder/nli-deberta-v3-base"


class Entailed:
    """Nearness of another `Meaning`, and beside it: the sentence has to be entailed.

    `name` is a sentence-transformers cross-encoder with a label "entailment". It is loaded when
    the first sentence is compared; SettingsError if it can't be.
    """

    def __init__(self, nearness: Meaning, name: str) -> None:
        self._nearness = nearness
        self._name = name
        self._lock = threading.Lock()

    def near(self, first: str, second: str) -> bool:
        """Whether one word may stand for the other."""
        return self._nearness.near(first, second)

    def unlike(self, sentence: str, quote: str) -> str:
        """Why the sentence does not follow from the quote, or ""."""
        if reason := self._nearness.unlike(sentence, quote):
            return reason
        with self._lock:
            scores = self._model.predict([(quote, sentence)], show_progress_bar=False)[0]
            found = self._labels[int(scores.argmax())]
        return "" if found == ENTAILMENT else f"an entailment model says: {found}"

    @cached_property
    def _model(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self._name)
        except (OSError, ValueError) as error:
            raise self._unusable(str(error).strip().splitlines()[0]) from error
        return model

    @cached_property
    def _labels(self) -> list[str]:
        """The model's labels by number, in lower case."""
        config: Any = self._model.config
        labels = [str(name).lower() for _, name in sorted(config.id2label.items())]
        if ENTAILMENT not in labels:
            raise self._unusable(f"its labels are {', '.join(labels)}, and none is {ENTAILMENT}")
        return labels

    def _unusable(self, reason: str) -> SettingsError:
        return SettingsError(
            f"ENTAILMENT_MODEL={self._name} can't be used: {reason} "
            f"(it must be a cross-encoder for inference, such as {EXAMPLE})"
        )
