"""Token alignment: which sentences of a passage bear a sentence, and what of it stands in none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.checking.alignment import aligned
from bot.answering.checking.excuses import excused
from bot.answering.checking.pointing import (
    is_acronym,
)
from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.shares import shares_as_percent
from bot.answering.checking.vocabulary import (
    AUXILIARY,
    LIGHT,
    REPORTS,
    TIMES,
)
from ingest.text import figures

_NAME_WEIGHT = 2.0
_LIGHT_WEIGHT = 0.2
_EXCUSED = 0.4
"""What a word counts as lacking that a sentence only points at."""
_MOST = 2
"""A sentence may take so many sentences of its passage."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What a clause says that the sentence which comes nearest to it, `at`, does not."""

    clause: tuple[Word, ...]
    at: int
    missing: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Bearing:
    """The numbers of the sentences that bear it; the best one and its share of the words; what
    stands in none."""

    best: int
    covered: float
    numbers: tuple[int, ...]
    lacks: tuple[Lack, ...] = ()

    @property
    def missing(self) -> tuple[Word, ...]:
        """The words that stand in none."""
        return tuple(word for lack in self.lacks for word in lack.missing)


def bear(sentence: Reading, passage: Passage) -> Bearing:
    """The one sentence that says all of it; else for each clause the one that says most of it.

    No clause is put together from two sentences: their words together may say what neither does.
    """
    scores = [
        -1.0 if _asks(held, sentence) else _score(sentence.words, held)
        for held in passage.sentences
    ]
    best = max(range(len(scores)), key=scores.__getitem__)
    covered = scores[best] / (sum(map(_weight, sentence.words)) or 1.0)
    if not any(word.telling for word in sentence.words):
        lack = Lack(sentence.words, best, _unsaid(sentence, passage, best))
        return Bearing(best, covered, (best,), (lack,))
    whole = _best(sentence.words, sentence, passage, best)
    if not whole.missing and _holds_all(sentence, passage, whole.at):
        return Bearing(best, covered, (whole.at,))
    clauses = [
        _best(clause, sentence, passage, best)
        for clause in _claims(sentence)
        if any(_weight(word) >= 1 and not aligned(word, passage.headed) for word in clause)
    ]
    numbers = tuple(sorted({clause.at for clause in clauses}))
    if len(numbers) > _MOST:
        return Bearing(best, covered, (best,), (whole,))
    return Bearing(best, covered, numbers or (best,), tuple(clauses))


def _asks(held: Reading, sentence: Reading) -> bool:
    """Whether it is a question, which bears nothing but itself."""
    return held.text.rstrip().endswith("?") and "?" not in sentence.text


def _claims(sentence: Reading) -> list[tuple[Word, ...]]:
    """The clauses; one that begins with its verb has its doer from the first."""
    claims: list[tuple[Word, ...]] = []
    for clause in sentence.clauses:
        joined = len(clause) > 1 and clause[0].text.lower() in {"and", "but", "or"}
        opening = clause[1] if joined else clause[0]
        goes_on = opening.text.lower() in AUXILIARY or opening.verb
        if goes_on and claims and opening.stem not in REPORTS:
            claims.append((*_subject(_main(claims)), *clause))
        else:
            claims.append(clause)
    return claims


def _main(claims: Sequence[tuple[Word, ...]]) -> tuple[Word, ...]:
    """The clause whose doer goes on: the last that begins with "and" and its own, or the first."""
    own = [c for c in claims if c[0].text.lower() in {"and", "but"} and c[1:2] and not _opens(c[1])]
    return own[-1][1:] if own else claims[0]


def _opens(word: Word) -> bool:
    return word.verb or word.text.lower() in AUXILIARY or word.text.endswith("ing")


def _subject(clause: Sequence[Word]) -> tuple[Word, ...]:
    """The words before a clause's verb."""
    verbs = [n for n, w in enumerate(clause) if w.verb or w.text.lower() in AUXILIARY]
    return tuple(clause[: verbs[0]] if verbs else clause)


def _best(words: Sequence[Word], sentence: Reading, passage: Passage, first: int) -> Lack:
    """The sentence that lacks fewest of these words, and those."""
    own = [word for word in words if word.clause == words[-1].clause]
    values = _numbers_of(own, sentence) - passage.headed.values

    def rank(at: int) -> tuple[float, float, int]:
        held = passage.sentences[at]
        absent = _absent(words, passage, at)
        pointed = [word for word in absent if excused(word, sentence, passage, at)]
        lacks = (
            len(_times_absent(own, held))
            + len(absent)
            - (1 - _EXCUSED) * len(pointed)
            + len(values - held.values)
            + any(_gainsaid(word, held) for word in own)
        )
        asks = _asks(held, sentence)
        return (float("inf") if asks else lacks), -_score(words, held), abs(at - first)

    at = min(range(len(passage.sentences)), key=rank)
    absent = _absent(words, passage, at)
    missing = [word for word in absent if not excused(word, sentence, passage, at)]
    if not values <= _values(passage, at):
        missing += [word for word in words if word.name and word not in missing][:1]
    return Lack(tuple(words), at, tuple(missing))


def _gainsaid(word: Word, held: Reading) -> bool:
    """Whether a sentence denies a verb that is affirmed, or the other way round."""
    there = [other for other in held.words if other.stem == word.stem] if word.verb else []
    return bool(there) and all(other.denied != word.denied for other in there)


def _unsaid(sentence: Reading, passage: Passage, at: int) -> tuple[Word, ...]:
    """Of a sentence of hardly any telling words, each word that its best one does not have."""
    held = (passage.sentences[at], passage.headed)
    return tuple(w for w in sentence.content if not any(aligned(w, reading) for reading in held))


def _numbers_of(words: Sequence[Word], sentence: Reading) -> frozenset[float]:
    """The values between the first and the last of these words, clause by clause."""
    found: set[float] = set()
    for clause in dict.fromkeys(word.clause for word in words):
        part = [word for word in words if word.clause == clause]
        text = sentence.text[part[0].start : part[-1].end]
        found.update(figure.value for figure in figures(shares_as_percent(text)))
    # "15, 1947" are read as one date where they stand, and as two numbers where they are parted
    return frozenset(found) & sentence.values


def _times_absent(words: Sequence[Word], held: Reading) -> list[Word]:
    return [word for word in words if word.stem in TIMES and word.stem not in held.stems]


def _holds_all(sentence: Reading, passage: Passage, at: int) -> bool:
    """Whether a sentence has all numbers and times of another."""
    timed = not _times_absent(sentence.words, passage.sentences[at])
    return timed and sentence.values <= _values(passage, at)


def _values(passage: Passage, at: int) -> frozenset[float]:
    return passage.sentences[at].values | passage.headed.values


def _score(words: Sequence[Word], held: Reading) -> float:
    return sum(_weight(word) for word in words if _weight(word) and aligned(word, held))


def _weight(word: Word) -> float:
    if word.name:
        return _NAME_WEIGHT
    if not word.content:
        return 1.0 if word.stem in TIMES or word.text[0].isdigit() else 0.0
    return _LIGHT_WEIGHT if word.stem in LIGHT else 1.0


def _absent(words: Sequence[Word], passage: Passage, at: int) -> list[Word]:
    held = passage.sentences[at]
    return [
        word
        for word in words
        if word.telling
        and not aligned(word, held)
        and not (word.name and is_acronym(word, passage))
    ]
