"""What kind of message it is, and in which language: decided before anything is looked for.

A small classifier reads how a message is spelled (runs of letters, words, pairs of words) and,
where the default embedding model runs, what it means. It was trained on messages in six languages
(`python -m training.messages`). In doubt, a message is a question.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.answer import MessageKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "kinds.npz"
BUCKETS = 2**15
SURE_ENOUGH = 0.4
"""How likely (0..1) a message must be anything else than a question."""
SURE_LANGUAGE = 0.9
_RUNS = range(2, 6)
_MOST_WORDS = 12
_PIECE = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class _Weights:
    """What was learned: the names of kinds and languages, and by bucket (and by the embedding's
    components) what speaks for each."""

    kinds: NDArray[np.str_]
    languages: NDArray[np.str_]
    spelling: NDArray[np.float32]
    meaning: NDArray[np.float32]
    bias: NDArray[np.float32]
    tongue: NDArray[np.float32]
    tongue_bias: NDArray[np.float32]
    framing: NDArray[np.str_]


def kind_of(text: str, embedding: Sequence[float] | None = None) -> MessageKind:
    """The kind of a message. `embedding` is the text's by the default embedding model, or None."""
    learned = _learned()
    score = _scores(text, learned.spelling, learned.bias)
    if embedding is not None:
        score = score + np.asarray(embedding, dtype=np.float32) @ learned.meaning
    likely = _likely(score)
    best = int(likely.argmax())
    sure = likely[best] >= SURE_ENOUGH
    return MessageKind(str(learned.kinds[best])) if sure else MessageKind.QUESTION


def language_of(text: str) -> str | None:
    """The language of a message, of those that the classifier knows; None if it is not sure."""
    learned = _learned()
    likely = _likely(_scores(text, learned.tongue, learned.tongue_bias))
    best = int(likely.argmax())
    return str(learned.languages[best]) if likely[best] >= SURE_LANGUAGE else None


@lru_cache(maxsize=16)
def framing(language: str) -> frozenset[str]:
    """The words that people put around what they ask for ("news", "tell", "latest"), lower case."""
    words = (word.partition(" ") for word in map(str, _learned().framing))
    return frozenset(word for code, _, word in words if code == language)


def features(text: str) -> dict[int, float]:
    """A message as the classifier sees it: how much of what is in which bucket (unit length)."""
    counts = Counter(zlib.crc32(piece.encode()) % BUCKETS for piece in _pieces(text))
    values = {bucket: 1.0 + float(np.log(count)) for bucket, count in counts.items()}
    length = sum(value * value for value in values.values()) ** 0.5
    return {bucket: value / length for bucket, value in values.items()}


def words_of(text: str) -> list[str]:
    """The words and marks of a message, lower case, without apostrophes."""
    return _PIECE.findall(re.sub("['’]", "", unicodedata.normalize("NFKC", text).lower()))


def _pieces(text: str) -> Iterator[str]:
    """Runs of letters within words, the words, the pairs of them, and how many there are."""
    words = words_of(text)
    for word in words:
        padded = f" {word} "
        for length in _RUNS:
            yield from (padded[at : at + length] for at in range(len(padded) - length + 1))
        yield f"word {word}"
    for first, second in zip(["<", *words], [*words, ">"], strict=True):
        yield f"pair {first} {second}"
    yield f"length {min(len(words), _MOST_WORDS)}"


def _scores(
    text: str, weights: NDArray[np.float32], bias: NDArray[np.float32]
) -> NDArray[np.float32]:
    found = features(text)
    values = np.array(list(found.values()), dtype=np.float32)
    return bias + values @ weights[list(found)] if found else bias


def _likely(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    likely: NDArray[np.float32] = np.exp(scores - scores.max())
    return np.asarray(likely / likely.sum(), dtype=np.float32)


@lru_cache(maxsize=1)
def _learned() -> _Weights:
    with np.load(WEIGHTS) as kept:
        read = {name: kept[name] for name in kept.files}
    return _Weights(
        **{
            name: values.astype(np.float32) if values.dtype.kind == "f" else values
            for name, values in read.items()
        }
    )
