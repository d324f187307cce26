"""What each article of a story added: sentences that no earlier article stated. Pure.

A sentence is new if most of its words, or a number or name of it, were not told before; it is a
change if it states what an earlier sentence did, with another value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.claims import Stated, statements
from ingest.claims.occasion import otherwise
from ingest.reading.notices import notice_in
from ingest.story import Fact, FactKind, Telling
from ingest.text import content_words, names_in_article, quantities, stem, tokens

NEW_WORDS = 0.5
"""Share of words that no earlier article held, from which a sentence is new without a new name."""
KNOWN = 0.6
"""Share of a sentence's words that one earlier sentence holds, from which it says the same."""
MIN_WORDS = 5
PER_ARTICLE = 3
MOST_ALIKE = 2
"""How many earlier sentences one is compared with."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with the stems of its words, its names, and its numbers with their units."""

    stated: Stated
    stems: frozenset[str]
    names: frozenset[str]
    values: frozenset[tuple[float, str]]


def facts_of(tellings: Sequence[Telling]) -> tuple[Fact, ...]:
    """The new facts of a story, in the order in which they came out.

    The first article gives its opening sentence; each later one of another text at most
    PER_ARTICLE sentences, those that add most, and all the values that it changed.
    """
    told: list[_Said] = []
    facts: list[Fact] = []
    origins: set[str] = set()
    for telling in tellings:
        said = _sentences(telling)
        if not told:
            facts += [_fact(telling, sentence) for sentence in said[:1]]
        elif telling.origin_id not in origins:
            facts += _added(telling, said, told)
        origins.add(telling.origin_id)
        told += said
    return tuple(facts)


def _added(telling: Telling, said: Sequence[_Said], told: Sequence[_Said]) -> list[Fact]:
    stems = frozenset().union(*(sentence.stems for sentence in told))
    called = frozenset().union(*(sentence.names for sentence in told))
    values = frozenset().union(*(sentence.values for sentence in told))
    changed, new = [], []
    for sentence in said:
        if any(_says(earlier, sentence) for earlier in told):
            continue
        if change := _change(sentence, told):
            changed.append(_fact(telling, sentence, *change))
        elif weight := _novelty(sentence, stems, called, values):
            new.append((weight, sentence))
    best = sorted(new, key=lambda pair: -pair[0])[:PER_ARTICLE]
    facts = [*changed, *(_fact(telling, sentence) for _, sentence in best)]
    return sorted(facts, key=lambda fact: fact.start)


def _sentences(telling: Telling) -> list[_Said]:
    article = telling.article
    known = frozenset(names_in_article(article.text, article.language))
    said = []
    for stated in statements(article.text, article.title, article.language, telling.at):
        text, language = stated.text, stated.language
        stems = frozenset(stem(word, language) for word in content_words(text, language))
        if len(stems) < MIN_WORDS or text.endswith("?"):
            continue
        if notice_in(text, language):  # it tells of the article, and repeats what was wrong
            continue
        called = frozenset(word.casefold() for word in tokens(text) if word in known)
        values = frozenset((found.value, found.unit) for found in quantities(text, language))
        said.append(_Said(stated, stems, called, values))
    return said


def _says(earlier: _Said, sentence: _Said) -> bool:
    """Whether one earlier sentence says it already, its values included."""
    known = len(sentence.stems & earlier.stems) >= KNOWN * len(sentence.stems)
    return known and sentence.values <= earlier.values and sentence.names <= earlier.names


def _novelty(
    sentence: _Said,
    stems: frozenset[str],
    called: frozenset[str],
    values: frozenset[tuple[float, str]],
) -> float:
    """How much of a sentence was told nowhere before; 0 if too little to be a fact of its own."""
    new_words = len(sentence.stems - stems) / len(sentence.stems)
    new_names, new_values = len(sentence.names - called), len(sentence.values - values)
    if new_words < NEW_WORDS and not new_names and not new_values:
        return 0.0
    return new_words + 0.5 * min(new_names, 2) + 0.5 * min(new_values, 2)


def _change(sentence: _Said, told: Sequence[_Said]) -> tuple[str, str] | None:
    """(before, after) if a sentence gives another value where an earlier one, the latest first,
    says the same of the same."""
    alike = [
        earlier
        for earlier in reversed(told)
        if len(sentence.stems & earlier.stems)
        >= KNOWN * min(map(len, (sentence.stems, earlier.stems)))
    ]
    for earlier in alike[:MOST_ALIKE]:
        if found := otherwise(earlier.stated, sentence.stated):
            return found.first, found.second
    return None


def _fact(telling: Telling, sentence: _Said, before: str = "", after: str = "") -> Fact:
    kind = FactKind.CHANGED if after else FactKind.NEW
    stated = sentence.stated
    return Fact(
        telling.article.id, stated.text, stated.start, stated.end, telling.at, kind, before, after
    )
