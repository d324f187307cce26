"""The words of a parsed text made comparable, and those of a sentence found in another. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache

from ingest.text import stem
from ingest.text.parse import Parsed, Token, parse
from ingest.text.quantities import Quantity, quantities
from ingest.text.times import Moment, moments

_PART = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)+|\d+|[^\W\d_]+", re.UNICODE)
_OPEN = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X", "INTJ", "SYM"))
"""The open classes of words: what carries a claim's matter."""
_SMALL = frozenset(("PUNCT", "PART", "CCONJ", "PRON"))
_DETERMINERS = frozenset(("DT", "PDT"))
_PLAIN = frozenset(("a", "an", "the", "this", "that", "these", "those"))
"""Determiners that say whether a thing is known, not how much of it is meant."""
_NEGATIVE = frozenset(
    ("not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "nowhere", "hardly")
)
_JOINING = frozenset(("also", "too", "however", "meanwhile"))
"""Adverbs that tie a sentence to its neighbours; they may be put in and left out."""
_LOOSE = _JOINING | frozenset(("then", "later", "still", "already", "now", "since"))
"""Adverbs that may be left out."""
CONDITIONS = frozenset(("if", "unless", "whether", "lest"))
_CLOSER, _NEAR = 0.1, 3
_QUOTES = str.maketrans("“”„‟‘’‚‛′\u00a0", "\"\"\"\"''''' ")


@dataclass(frozen=True, slots=True)
class Word:
    """A comparable part of token number `at`: two are the same if they share a key."""

    keys: frozenset[str]
    at: int


@dataclass(frozen=True)
class Text:
    """Sentences that follow each other, parsed, with their quantities and times."""

    parsed: Parsed
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.parsed.tokens

    def quoted(self, at: int) -> bool:
        """Whether a token stands in quotation marks."""
        return self.parsed.text.count('"', 0, self.tokens[at].start) % 2 == 1

    @cached_property
    def words(self) -> list[Word]:
        """The words of matter, in order; "Blink-182" is two, "twelve" is the word "12"."""
        return [word for word in self.all if word.at in self.spans or tells(self.tokens[word.at])]

    @cached_property
    def by_token(self) -> dict[int, list[frozenset[str]]]:
        """The keys of the words of matter of each token."""
        found: dict[int, list[frozenset[str]]] = {}
        for word in self.words:
            found.setdefault(word.at, []).append(word.keys)
        return found

    def keys(self, at: int) -> list[frozenset[str]]:
        """The keys of a token's words of matter."""
        return self.by_token.get(at, [])

    @cached_property
    def all(self) -> list[Word]:
        """All its words but marks, in order; those of a quantity or time stand at its head."""
        found: list[Word] = []
        for at, token in enumerate(self.tokens):
            if at in self._values:
                # A quantity may overlap a time, whose span then stands: it is its own head.
                head = self.spans.get(at, (at,))[0]
                found += [Word(keys, head) for keys in self._values[at]]
            elif at not in self.spans and (token.pos not in _SMALL or tells(token)):
                found += [Word(keys, at) for keys in _parts(token.text, token.lemma)]
        return found

    @cached_property
    def spans(self) -> dict[int, tuple[int, ...]]:
        """The tokens of the quantity or time that a token belongs to, its head first."""
        found: dict[int, tuple[int, ...]] = {}
        places = [(one.start, one.end) for one in self.moments]
        places += [(one.start, one.end) for one in self.quantities]
        for start, end in places:
            within = [
                at
                for at in self._within(start, end)
                if self.tokens[at].pos != "PUNCT" or len(self.tokens[at].text) > 1
            ]
            if within and not any(at in found for at in within):
                outside = [at for at in within if self.tokens[at].head not in within]
                heads = outside or [at for at in within if self.tokens[at].head == at]
                ordered = (*heads[-1:], *(at for at in within if at not in heads[-1:]))
                found |= dict.fromkeys(within, ordered)
        return found

    @cached_property
    def _values(self) -> dict[int, tuple[frozenset[str], ...]]:
        """The keys of quantities and times, by their first token."""
        found: dict[int, tuple[frozenset[str], ...]] = {}
        for time in self.moments:
            said = sorted(time.parts) or [(time.text.lower(), 0)]
            keys = tuple(frozenset((f"@{part}{n}",)) for part, n in said)
            found[self._within(time.start, time.end)[0]] = keys
        for one in self.quantities:
            found.setdefault(
                self._within(one.start, one.end)[0], (frozenset((f"={one.value:g}{one.unit}",)),)
            )
        return found

    def _within(self, start: int, end: int) -> list[int]:
        return [at for at, t in enumerate(self.tokens) if t.start < end and start < t.end]


@lru_cache(maxsize=1024)
def read(sentences: tuple[str, ...], language: str | None, now: datetime | None) -> Text | None:
    """Sentences that follow each other as one text; None where their language has no parse."""
    whole = " ".join(map(straight, sentences))
    tokens: list[Token] = []
    offset = 0
    for sentence in sentences:
        parsed = parse(straight(sentence), language)
        if parsed is None:
            return None
        first = len(tokens)
        tokens += [
            replace(t, head=t.head + first, start=t.start + offset, end=t.end + offset)
            for t in parsed.tokens
        ]
        offset += len(sentence) + 1
    amounts, times = quantities(whole, language), moments(whole, language, now)
    return Text(Parsed(whole, tuple(tokens)), tuple(amounts), tuple(times))


def straight(text: str) -> str:
    """A text with straight quotes, each character in its place."""
    return text.translate(_QUOTES)


def tells(token: Token) -> bool:
    """Whether a token is a word of matter: of an open class, or how much of a thing is meant."""
    if negates(token) or token.dep in {"aux", "auxpass"}:
        return False
    if token.tag in _DETERMINERS:
        return token.lemma not in _PLAIN
    if token.pos == "PRON":
        return token.tag == "NN"
    return token.pos in _OPEN and token.lemma != "be"


def points(text: Text, at: int) -> bool:
    """Whether a token stands for what was named before: a pronoun, or "the" with a noun."""
    token = text.tokens[at]
    if token.tag in {"PRP", "PRP$"}:
        return token.lemma not in {"i", "we", "you", "my", "our", "your"}
    return token.pos == "NOUN" and any(
        text.tokens[child].dep == "poss"
        or (text.tokens[child].dep == "det" and text.tokens[child].lemma not in {"a", "an"})
        for child in text.parsed.children[at]
    )


def negates(token: Token) -> bool:
    """Whether a token denies."""
    return token.dep == "neg" or token.lemma in _NEGATIVE


def loose(token: Token) -> bool:
    """Whether a token may be left out."""
    return token.lemma in _LOOSE


def joins(token: Token) -> bool:
    """Whether a token may be put in."""
    return token.lemma in _JOINING


@lru_cache(maxsize=20_000)
def _parts(text: str, lemma: str) -> tuple[frozenset[str], ...]:
    parts = _PART.findall(unicodedata.normalize("NFKC", text))
    if len(parts) == 1:
        return (frozenset((_key(parts[0]), _key(lemma))),)
    return tuple(frozenset((_key(part),)) for part in parts)


def _key(part: str) -> str:
    return stem(part.replace(".", "") if part[-1:] == "." else part)


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """An alignment that ends with one pair, after another alignment."""

    score: float = 0.0
    before: _Way | None = None
    pair: tuple[int, int] = (-1, -1)


def align(said: Sequence[Word], held: Sequence[Word]) -> dict[int, int]:
    """Where the words of a sentence stand in order among others, by number: as many as can be,
    as close together as can be."""
    none = _Way()
    best, ends = [none] * (len(held) + 1), [none] * (len(held) + 1)
    for number, one in enumerate(said):
        row, row_ends = [none], [none]
        for at, other in enumerate(held, 1):
            end = none
            if one.keys & other.keys:
                close = max(ends[max(0, at - _NEAR) : at], key=lambda way: way.score)
                bonus = _CLOSER if close is not none else 0.0
                before = close if close.score + bonus >= best[at - 1].score else best[at - 1]
                score = before.score + 1 + (bonus if before is close else 0.0)
                end = _Way(score, before, (number, at - 1))
            row_ends.append(end)
            row.append(max(best[at], row[at - 1], end, key=lambda way: way.score))
        best, ends = row, row_ends
    pairs: dict[int, int] = {}
    way: _Way | None = best[-1]
    while way is not None and way is not none:
        pairs[way.pair[0]] = way.pair[1]
        way = way.before
    return pairs
