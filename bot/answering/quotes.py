"""Answers in quotes: the sentences of the articles that answer, verbatim, or none.

A sentence's score is made of how near its meaning is to the question's (cosine of embeddings)
and of how much of what the question says stands in it or around it (coverage, rare words count
more). Whether it answers at all is decided by that score, by names that must not be missing, and
by the kind of thing that is asked for. The weights were fitted on one half of a question set;
benchmarks/refusal.py reports on the other half.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answering.expect import Expect, counts, expected, offers
from bot.answering.understand import Understood
from ingest import LIGHT_WORDS, Hit, alike, content_words, names, sentence_spans, stem, tokens

Embed = Callable[[list[str]], list[list[float]]]
Rarity = Callable[[Sequence[str]], Mapping[str, float]]

COSINE_WEIGHT = 0.5
COVERAGE_WEIGHT = 0.5
ENOUGH = 0.52
MAX_QUOTES, PER_PART = 3, 2
BEHIND = 0.04
"""How far behind the best sentence another may be and still be quoted."""
JOINED = 0.85
SAME = 0.6
LIGHT = 0.33
IN_CONTEXT = 0.5
ALIKE = 0.7
BESIDE = 0.75
AROUND = 0.55
NEAR_WORDS = 4
MIN_WORDS = 4
_ROLES = (
    "spokesman spokeswoman spokesperson minister president secretary leader chief mayor official "
    "envoy ambassador police army court government"
)


_NO_STATEMENT = re.compile(r"\?$|\bearlier version\b", re.IGNORECASE)
"""Questions, and what a correction takes back, state nothing."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article, verbatim, and how well it answers (0..1)."""

    text: str
    hit: Hit
    score: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    beside: str
    hit: Hit


def choose(ranked: Sequence[Quote], enough: float = ENOUGH, most: int = MAX_QUOTES) -> list[Quote]:
    """The one to `most` sentences that answer, best first; [] if none scores `enough`."""
    if not ranked or ranked[0].score < enough:
        return []
    chosen: list[Quote] = []
    for candidate in ranked:
        if len(chosen) == most or candidate.score < ranked[0].score - BEHIND:
            break
        if not any(_same(candidate.text, other.text) for other in chosen):
            chosen.append(candidate)
    return chosen


def rank(question: Understood, hits: Sequence[Hit], embed: Embed, rarity: Rarity) -> list[Quote]:
    """Every sentence that may answer, best first."""
    kind = expected(question.text)
    sentences = [
        sentence
        for sentence in _sentences(hits)
        if offers(kind, sentence.text, f"{question.search_text} {question.known}")
        and (kind is not Expect.NUMBER or counts(sentence.text, question.text))
        and _names_agree(question, sentence)
    ]
    if not sentences:
        return []
    weights = _weights(question, rarity)
    near = _nearness(question, sentences, embed)
    quotes = [
        Quote(
            sentence.text,
            sentence.hit,
            COSINE_WEIGHT * cosine + COVERAGE_WEIGHT * _coverage(weights, sentence),
        )
        for sentence, cosine in zip(sentences, near, strict=True)
    ]
    return sorted(quotes, key=lambda quote: -quote.score)


def _nearness(question: Understood, sentences: Sequence[_Sentence], embed: Embed) -> list[float]:
    """How near each sentence's meaning is to the question's (0..1), alone or after the one before.

    "It is to cost 286 million" means little without the sentence that names the line.
    """
    alone = [sentence.text for sentence in sentences]
    joined = [f"{sentence.beside} {sentence.text}" for sentence in sentences]
    asked, *vectors = embed([question.search_text, *alone, *joined])
    cosines = [max(0.0, sum(a * b for a, b in zip(asked, v, strict=True))) for v in vectors]
    half = len(sentences)
    return [max(one, JOINED * two) for one, two in zip(cosines[:half], cosines[half:], strict=True)]


def _sentences(hits: Sequence[Hit]) -> list[_Sentence]:
    """The whole sentences of the hits' passages, each once, with the one before it."""
    found: dict[tuple[str, str], _Sentence] = {}
    for hit in hits:
        text = hit.passage.text
        before = ""
        for start, end in sentence_spans(text, hit.article.language):
            sentence = text[start:end]
            if len(sentence.split()) >= MIN_WORDS and not _NO_STATEMENT.search(sentence):
                found.setdefault((hit.article.id, sentence), _Sentence(sentence, before, hit))
            before = sentence
    return list(found.values())


def _weights(question: Understood, rarity: Rarity) -> dict[str, float]:
    """How much each word of the question counts: rare ones more, light and borrowed ones less."""
    own = content_words(question.text)
    borrowed = [word for word in content_words(question.context) if word not in own]
    rare = rarity([*own, *borrowed])
    weights = {
        stem(word): rare.get(word, 1.0) * (IN_CONTEXT if word in borrowed else 1.0)
        for word in [*borrowed, *own]
    }
    for word in (*own, *borrowed):
        if word.lower() in LIGHT_WORDS:
            weights[stem(word)] *= LIGHT
    return weights


def _coverage(weights: Mapping[str, float], sentence: _Sentence) -> float:
    """The share (0..1) of the question's weight that stands in the sentence or around it."""
    inside = {stem(token) for token in tokens(sentence.text)}
    beside = {stem(t) for t in tokens(f"{sentence.hit.article.title} {sentence.beside}")}
    around = {stem(token) for token in tokens(sentence.hit.passage.text)}
    total = sum(weights.values())
    covered = sum(
        weight
        * max(
            _found(word, inside),
            BESIDE * _found(word, beside),
            AROUND * _found(word, around),
        )
        for word, weight in weights.items()
    )
    return covered / total if total else 0.0


def _found(word: str, stems: set[str]) -> float:
    if word in stems:
        return 1.0
    return ALIKE if any(alike(word, other) for other in stems) else 0.0


def _names_agree(question: Understood, sentence: _Sentence) -> bool:
    """Whether the names that the question gives stand here, and beside the roles it gives them.

    "A Hamas spokesman" is not any spokesman in an article that speaks of Hamas.
    """
    passage = {stem(t) for t in tokens(f"{sentence.hit.article.title} {sentence.hit.passage.text}")}
    if any(not _found(stem(name), passage) for name in names(question.text)):
        return False
    around = [stem(token) for token in tokens(f"{sentence.beside} {sentence.text}")]
    return all(_near(name, role, around) for name, role in _named_roles(question.text))


def _named_roles(question: str) -> list[tuple[str, str]]:
    words = tokens(question)
    return [
        (stem(name), stem(role))
        for name, role in pairwise(words)
        if name[0].isupper() and stem(role) in map(stem, _ROLES.split())
    ]


def _near(name: str, role: str, stems: Sequence[str]) -> bool:
    names_at = [at for at, word in enumerate(stems) if word == name or alike(word, name)]
    roles_at = [at for at, word in enumerate(stems) if word == role]
    return any(abs(a - b) <= NEAR_WORDS for a in names_at for b in roles_at)


def _same(first: str, second: str) -> bool:
    """Whether two sentences say the same in much the same words."""
    one, two = ({stem(token) for token in tokens(text)} for text in (first, second))
    return len(one & two) / max(1, min(len(one), len(two))) >= SAME
