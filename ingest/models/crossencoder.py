"""A sentence-transformers CrossEncoder that a setting names, loaded when it is first used."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ingest.errors import SettingsError


class CrossEncoder:
    """Reads two texts together. `setting` is the variable that names the model, for messages."""

    def __init__(self, setting: str, name: str) -> None:
        self._setting = setting
        self._name = name
        self._lock = threading.Lock()

    def rows(self, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        """One row a pair, one score a label, as the model gives them (logits).

        SettingsError if the model can't be loaded.
        """
        from torch.nn import Identity

        with self._lock:
            found = self._model.predict(
                list(pairs), show_progress_bar=False, activation_fn=Identity()
            )
        return [[float(score) for score in (row if row.ndim else [row])] for row in found]

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The first score of each pair; of a model with one label its only one."""
        return [row[0] for row in self.rows(pairs)] if pairs else []

    @property
    def labels(self) -> list[str]:
        """The names of the scores in a row, in lower case, in order."""
        with self._lock:
            named = self._model.config.id2label
        return [str(named[at]).lower() for at in sorted(named)]

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import CrossEncoder as Model

        try:
            return Model(self._name)
        except (OSError, ValueError) as error:
            raise self.unusable(str(error).strip().splitlines()[0]) from error

    def unusable(self, reason: str) -> SettingsError:
        """The error that says why this model won't do."""
        return SettingsError(
            f"{self._setting}={self._name} can't be used: {reason} "
            "(it must be a sentence-transformers CrossEncoder, by name or folder)"
        )
