"""What a later report of the same story says of the matter that a sentence tells. Pure.

overtakings.py says "no longer so", and wants words that say it. Most updates have none: the later
report just tells how things stand. Then what it says is told beside, and readers see from the dates
which is the newer; whether one rules out the other is left to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answering.checking.orders import without_orders
from bot.answering.checking.pointing import leans
from ingest import Hit
from ingest.text import sentence_spans

Embed = Callable[[list[str]], list[list[float]]]

NEAR = 0.7
"""How near to a sentence (its cosine), and to the question for OF_QUESTION of that, a later
sentence has to be."""
OF_QUESTION = 0.5
MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Later:
    """A sentence of a later report, verbatim, and how near it comes."""

    hit: Hit
    quote: str
    near: float


def nearest(sentence: str, question: str, hits: Sequence[Hit], embed: Embed) -> Later | None:
    """The sentence of these passages, all of later reports, that speaks of the same matter."""
    quotes = [(hit, quote) for hit in hits for quote in _sentences(hit)]
    if not quotes:
        return None
    said, asked, *vectors = embed([sentence, question, *(quote for _, quote in quotes)])
    scores = [_dot(said, v) + OF_QUESTION * _dot(asked, v) for v in vectors]
    best = max(range(len(scores)), key=scores.__getitem__)
    return Later(*quotes[best], scores[best]) if scores[best] >= NEAR else None


def _sentences(hit: Hit) -> list[str]:
    text = without_orders(hit.passage.text)
    spans = sentence_spans(text, hit.article.language)
    sentences = (text[start:end] for start, end in spans)
    return [
        s for s in sentences if not s.endswith("?") and len(s.split()) >= MIN_WORDS and not leans(s)
    ]


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
