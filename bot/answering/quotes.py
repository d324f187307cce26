"""Answers in quotes: the sentences of the articles that answer, verbatim, or none.

Only a sentence that offers the kind of thing that is asked for, in an article that holds the names
of the question, can answer; which one does it best, and whether it does at all, is scored
(answering/scoring).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answering.checking.orders import without_orders
from bot.answering.confidence import Grounds, grounds_of
from bot.answering.expect import Expect, counts, expected, offers
from bot.answering.scoring import (
    Candidate,
    Traits,
    held,
    traits_of,
    word_weights,
)
from bot.answering.understand import Understood
from ingest import Hit
from ingest.text import alike, content_words, names, sentence_spans, stem, tokens

Embed = Callable[[list[str]], list[list[float]]]
Rarity = Callable[[Sequence[str]], Mapping[str, float]]

ENOUGH = 0.47
"""How sure a quote must be (0..1), if `newsdesk eval --calibrate` has found no other threshold."""
MAX_QUOTES, PER_PART, MAX_WORDS = 3, 2, 80
BEHIND = 3.0
"""How far behind the best sentence's promise another may be and still be quoted."""
SAME = 0.6
NEAR_WORDS = 4
MIN_WORDS = 4
_ROLES = (
    "spokesman spokeswoman spokesperson minister president secretary leader chief mayor "
    "envoy ambassador police army court government"
)
_NO_STATEMENT = re.compile(r"\?$|\bearlier version\b", re.IGNORECASE)
"""Questions, and what a correction takes back, state nothing."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article, verbatim, and what speaks for it."""

    text: str
    hit: Hit
    traits: Traits


@dataclass(frozen=True, slots=True)
class Ranked:
    """The sentences that may answer, best first, and what speaks for the best of them."""

    quotes: tuple[Quote, ...] = ()
    grounds: Grounds | None = None

    @property
    def confidence(self) -> float:
        """How sure it is (0..1) that the best one answers; 0 if there is none."""
        return self.grounds.confidence if self.grounds else 0.0


def rank(question: Understood, hits: Sequence[Hit], embed: Embed, rarity: Rarity) -> Ranked:
    """Every sentence of the hits' passages that may answer."""
    kind = expected(question.text)
    hits = [hit for hit in hits if question.when.may_tell(hit.article.published)]
    candidates = _candidates(hits)
    if not candidates:
        return Ranked()
    own = content_words(question.text)
    borrowed = [word for word in content_words(question.context) if word not in own]
    weights = word_weights(own, borrowed, rarity([*own, *borrowed]))
    asked, *vectors = embed([question.search_text, *(c.text for c in candidates)])
    meaning = [max(0.0, sum(a * b for a, b in zip(asked, v, strict=True))) for v in vectors]
    traits = traits_of(candidates, meaning, question.search_text, weights, kind)
    fit = _Fit(question, kind)
    quotes = [
        Quote(candidate.text, candidate.hit, one)
        for candidate, one in zip(candidates, traits, strict=True)
        if fit(candidate)
    ]
    if not quotes:
        return Ranked()
    quotes.sort(key=lambda quote: -quote.traits.promise)
    best = quotes[0]
    grounds = grounds_of(question, weights, (best.traits, best.hit), traits, hits)
    return Ranked(tuple(quotes), grounds)


def choose(ranked: Ranked, enough: float, most: int = MAX_QUOTES) -> list[Quote]:
    """The one to `most` sentences that answer, best first, of MAX_WORDS words in all; [] if that is
    less sure than `enough`."""
    if not ranked.quotes or ranked.confidence < enough:
        return []
    best, *others = ranked.quotes
    chosen, length = [best], len(best.text.split())
    for other in others:
        if len(chosen) == most or other.traits.promise < best.traits.promise - BEHIND:
            break
        words = len(other.text.split())
        if length + words <= MAX_WORDS and not any(_same(other.text, q.text) for q in chosen):
            chosen.append(other)
            length += words
    return chosen


def _candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """The whole sentences of the hits' passages, each once, with the one before it."""
    found: dict[tuple[str, str], Candidate] = {}
    for hit in hits:
        text, before = hit.passage.text, ""
        told = without_orders(text)
        for start, end in sentence_spans(text, hit.article.language):
            sentence = text[start:end]
            states = sentence in told and not _NO_STATEMENT.search(sentence)
            if states and len(sentence.split()) >= MIN_WORDS:
                candidate = Candidate(sentence, before, hit.passage.start + start, hit)
                found.setdefault((hit.article.id, sentence), candidate)
            before = sentence
    return list(found.values())


class _Fit:
    """Whether a sentence may answer at all."""

    def __init__(self, question: Understood, kind: Expect) -> None:
        self._question = question
        self._kind = kind
        self._known = f"{question.search_text} {question.known}"
        self._names = [stem(name) for name in names(question.text)]
        self._roles = _named_roles(question.text)
        self._holding: dict[str, bool] = {}

    def __call__(self, candidate: Candidate) -> bool:
        return (
            self._has_names(candidate.hit)
            and offers(self._kind, candidate.text, self._known)
            and (self._kind is not Expect.NUMBER or counts(candidate.text, self._question.text))
            and self._has_roles(candidate)
        )

    def _has_names(self, hit: Hit) -> bool:
        """Whether the article holds the names that the question gives."""
        article = hit.article
        if article.id not in self._holding:
            stems = {stem(token) for token in tokens(f"{article.title} {article.text}")}
            self._holding[article.id] = all(held(name, stems) for name in self._names)
        return self._holding[article.id]

    def _has_roles(self, candidate: Candidate) -> bool:
        """Whether the names stand beside the roles that the question gives them: "a Hamas
        spokesman" is not any spokesman in an article that speaks of Hamas."""
        around = [stem(token) for token in tokens(f"{candidate.before} {candidate.text}")]
        return all(_near(name, role, around) for name, role in self._roles)


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
