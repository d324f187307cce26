"""Answers in quotes: the sentences of the articles that answer, verbatim, or none.

A cheap score of words and places chooses which sentences the reader reads; what it says decides
which one answers best (answering/scoring) and whether any does (answering/confidence).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.checking.orders import without_orders
from bot.answering.confidence import Grounds, grounds_of
from bot.answering.reader import Place
from bot.answering.scoring import Candidate, Traits, stems, traits_of, word_weights
from bot.answering.understand import Understood
from ingest import Article, Hit, states
from ingest.text import content_words, sentence_spans

Reads = Callable[[str, Sequence[Place]], list[float]]
Rarity = Callable[[Sequence[str]], Mapping[str, float]]
Furniture = Callable[[Article, str], bool]

ENOUGH = 0.41
"""How sure a quote must be (0..1), if `newsdesk eval --calibrate` has found no other threshold."""
MAX_QUOTES, PER_PART, MAX_WORDS = 3, 2, 80
MOST_READ = 40
"""So many sentences, the likeliest by their words, are read."""
BEHIND = 3.0
"""How far behind the best sentence's promise another may be and still be quoted."""
SAME = 0.6
SHORT, WORTH_SHORT = 40, 0.5
"""So many words an answer should have at most; a shorter sentence that promises hardly less (by so
much) is told instead."""


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


def rank(question: Understood, hits: Sequence[Hit], reads: Reads, rarity: Rarity) -> Ranked:
    """The sentences of the hits' passages that are worth reading."""
    hits = [hit for hit in hits if question.when.may_tell(hit.article.published)]
    candidates = [one for one in _candidates(hits) if one.text not in question.known]
    if not candidates:
        return Ranked()
    own = content_words(question.text)
    borrowed = [word for word in content_words(question.context) if word not in own]
    weights = word_weights(own, borrowed, rarity([*own, *borrowed]))
    unread = sorted(
        zip(candidates, traits_of(candidates, weights), strict=True),
        key=lambda pair: -pair[1].cheap,
    )[:MOST_READ]
    scores = reads(question.search_text, [candidate.place for candidate, _ in unread])
    quotes = [
        Quote(candidate.text, candidate.hit, replace(traits, reads=score))
        for (candidate, traits), score in zip(unread, scores, strict=True)
    ]
    quotes.sort(key=lambda quote: -quote.traits.promise)
    best = (quotes[0].traits, quotes[0].hit)
    return Ranked(tuple(quotes), grounds_of(question, weights, best, hits))


def choose(
    ranked: Ranked, enough: float, is_furniture: Furniture, most: int = MAX_QUOTES
) -> list[Quote]:
    """The one to `most` sentences that answer, best first, of MAX_WORDS words in all; [] if that is
    less sure than `enough`."""
    if not ranked.quotes or ranked.confidence < enough:
        return []
    chosen: list[Quote] = []
    for quote in _short_first(ranked.quotes):
        if len(chosen) == most or quote.traits.promise < ranked.quotes[0].traits.promise - BEHIND:
            break
        words = sum(len(one.text.split()) for one in (*chosen, quote))
        told = chosen and (words > MAX_WORDS or any(_same(quote.text, q.text) for q in chosen))
        if not told and not is_furniture(quote.hit.article, quote.text):
            chosen.append(quote)
    return chosen


def _short_first(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes, the best of the short ones first if it promises nearly as much as the best."""
    least = quotes[0].traits.promise - WORTH_SHORT
    near = (quote for quote in quotes if quote.traits.promise >= least)
    first = next((quote for quote in near if len(quote.text.split()) <= SHORT), quotes[0])
    return [first, *(quote for quote in quotes if quote is not first)]


def _candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """The whole sentences of the hits' passages that state something, each once."""
    found: dict[tuple[str, str], Candidate] = {}
    for hit in hits:
        text, before, title = hit.passage.text, "", hit.article.title
        told, around = without_orders(text), stems(text)
        for start, end in sentence_spans(text, hit.article.language):
            sentence = text[start:end]
            key = (hit.article.id, sentence)
            if sentence in told and states(sentence) and key not in found:
                place = Place(sentence, before, title)
                beside = stems(f"{title} {before}")
                at = hit.passage.start + start
                found[key] = Candidate(place, at, hit, stems(sentence), beside, around)
            before = sentence
    return list(found.values())


def _same(first: str, second: str) -> bool:
    """Whether two sentences say the same in much the same words."""
    one, two = stems(first), stems(second)
    return len(one & two) / max(1, min(len(one), len(two))) >= SAME
