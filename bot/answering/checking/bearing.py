"""Token alignment: which sentences of a passage bear a sentence, and what of it stands in none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answering.checking.meaning import LIGHT, Near, opposite, same
from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.vocabulary import AUXILIARY, GROUPS, REPORTS, TIMES, listed, stems
from ingest import figures

_POINTS = listed(
    "he she it they him her them his its their this that these those there here both one who"
)
_PERSONAL = listed("he she him her his who")
_THINGS = stems(
    "ship ferry vessel boat plane aircraft train bus car van line bridge dam storm fire match game"
    " accident incident crash attack event disaster deal vote trial study project plan blaze"
)
"""Things that a sentence may begin with as "the ship" where its passage has the name alone."""
_NAME_WEIGHT = 2.0
_LIGHT_WEIGHT = 0.2
_COMPARED = stems("more less fewer up down")
_EXCUSED = 0.4
"""What a word counts as lacking that a sentence only points at."""
_FEW = 1
_MOST = 2
"""A sentence may take so many sentences of its passage."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """The numbers of the sentences that bear it; the best one and its share of the words; the
    words that stand in none."""

    best: int
    covered: float
    numbers: tuple[int, ...]
    missing: tuple[Word, ...]


def bear(sentence: Reading, passage: Passage, near: Near | None) -> Bearing:
    """The one sentence that says all of it; else for each clause the one that says most of it.

    No clause is put together from two sentences: their words together may say what neither does.
    """
    scores = [_score(sentence.words, held) for held in passage.sentences]
    best = max(range(len(scores)), key=scores.__getitem__)
    covered = scores[best] / (sum(map(_weight, sentence.words)) or 1.0)
    if sum(map(_telling, sentence.words)) < _FEW:
        return Bearing(best, covered, (best,), _unsaid(sentence, passage, best))
    whole = _best(sentence.words, sentence, passage, near, best)
    if not whole[1] and _holds_all(sentence, passage, whole[0]):
        return Bearing(best, covered, (whole[0],), ())
    clauses = [
        _best(clause, sentence, passage, near, best)
        for clause in _claims(sentence)
        if any(_weight(word) >= 1 for word in clause)
    ]
    numbers = tuple(sorted({at for at, _ in clauses}))
    if len(numbers) > _MOST:
        return Bearing(best, covered, (best,), whole[1])
    missing = tuple(word for _, words in clauses for word in words)
    return Bearing(best, covered, numbers or (best,), missing)


def _claims(sentence: Reading) -> list[tuple[Word, ...]]:
    """The clauses; one that begins with its verb has its doer from the first."""
    claims: list[tuple[Word, ...]] = []
    for clause in sentence.clauses:
        joined = len(clause) > 1 and clause[0].text.lower() in {"and", "but", "or"}
        opening = clause[1] if joined else clause[0]
        goes_on = opening.text.lower() in AUXILIARY or opening.verb
        if goes_on and claims and opening.stem not in REPORTS:
            claims.append((*_subject(claims[0]), *clause))
        else:
            claims.append(clause)
    return claims


def _subject(clause: Sequence[Word]) -> tuple[Word, ...]:
    """The words before a clause's verb."""
    verbs = [n for n, w in enumerate(clause) if w.verb or w.text.lower() in AUXILIARY]
    return tuple(clause[: verbs[0]] if verbs else clause)


def _best(
    words: Sequence[Word], sentence: Reading, passage: Passage, near: Near | None, first: int
) -> tuple[int, tuple[Word, ...]]:
    """The sentence that lacks fewest of these words, and those."""
    values = _numbers_of(words, sentence) - passage.headed.values

    def rank(at: int) -> tuple[float, float, int]:
        held = passage.sentences[at]
        absent = _absent(words, passage, at)
        excused = [word for word in absent if _excused(word, sentence, passage, at, None)]
        lacks = (
            len(_times_absent(words, held))
            + len(absent)
            - (1 - _EXCUSED) * len(excused)
            + len(values - held.values)
        )
        return lacks, -_score(words, held), abs(at - first)

    at = min(range(len(passage.sentences)), key=rank)
    absent = _absent(words, passage, at)
    missing = [word for word in absent if not _excused(word, sentence, passage, at, near)]
    if not values <= _values(passage, at):
        missing += [word for word in words if word.name and word not in missing][:1]
    return at, tuple(missing)


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
        found.update(figure.value for figure in figures(text))
    return frozenset(found)


def _times_absent(words: Sequence[Word], held: Reading) -> list[Word]:
    return [word for word in words if word.stem in TIMES and word.stem not in held.stems]


def _holds_all(sentence: Reading, passage: Passage, at: int) -> bool:
    """Whether a sentence has all numbers and times of another."""
    timed = not _times_absent(sentence.words, passage.sentences[at])
    return timed and sentence.values <= _values(passage, at)


def _values(passage: Passage, at: int) -> frozenset[float]:
    return passage.sentences[at].values | passage.headed.values


def aligned(word: Word, held: Reading) -> list[Word]:
    """The words of a sentence that say the same as this one."""
    if word.name:
        return [other for other in held.words if other.stem == word.stem]
    return [other for other in held.words if other.stem == word.stem or _alike(word, other)]


def _alike(word: Word, other: Word) -> bool:
    return (
        (other.content or other.stem in _COMPARED)
        and not other.name
        and same(word.stem, other.stem)
        and not opposite(word.stem, other.stem)
    )


def _score(words: Sequence[Word], held: Reading) -> float:
    return sum(_weight(word) for word in words if _weight(word) and aligned(word, held))


def _weight(word: Word) -> float:
    if word.name:
        return _NAME_WEIGHT
    if not word.content:
        return 1.0 if word.stem in TIMES or word.text[0].isdigit() else 0.0
    return _LIGHT_WEIGHT if word.stem in LIGHT else 1.0


def _telling(word: Word) -> bool:
    return word.content and (word.name or word.stem not in LIGHT)


def _absent(words: Sequence[Word], passage: Passage, at: int) -> list[Word]:
    held = passage.sentences[at]
    return [
        word
        for word in words
        if _telling(word)
        and not aligned(word, held)
        and not (word.name and _is_acronym(word, passage))
    ]


def _excused(word: Word, sentence: Reading, passage: Passage, at: int, near: Near | None) -> bool:
    """Whether a word that a sentence lacks is what it points at, or what it nearly says.

    A word that the passage uses elsewhere is no paraphrase of another: it has its own meaning.
    """
    held = passage.sentences[at]
    if (not word.verb and aligned(word, passage.headed)) or (
        word.name and _completes(word, sentence, passage, held)
    ):
        return True
    known = passage.named_before(at) if word.name else passage.before([at])
    if not word.verb and _points_back(held, word, passage) and word.stem in known:
        return True
    if not word.verb and any(
        name.name and close(word, name, passage) for name in sentence.words if name != word
    ):
        return any(name.stem in held.stems for name in sentence.words if name.name)
    if word.stem in _THINGS and _is_topic(word, sentence):
        return True
    elsewhere = any(word.stem in other.stems for other in passage.sentences)
    if word.name or elsewhere or near is None:
        return False
    return any(
        other.content
        and not other.name
        and not opposite(word.stem, other.stem)
        and near(word.text.lower(), other.text.lower())
        for other in held.words
    )


def _completes(word: Word, sentence: Reading, passage: Passage, held: Reading) -> bool:
    """Whether it is the rest of a name: "the Mill Inn" where "the inn" stands, named elsewhere."""
    text = f"{passage.heading}\n{passage.text}"
    for other in sentence.words:
        pair = sentence.text[min(word.start, other.start) : max(word.end, other.end)]
        beside = other.end + 1 == word.start or word.end + 1 == other.start
        if beside and other.text[0].isupper() and other.stem in held.stems and pair in text:
            return True
    return False


def _is_topic(word: Word, sentence: Reading) -> bool:
    """Whether "the" and this word open a clause."""
    clause = [other for other in sentence.words if other.clause == word.clause]
    return clause.index(word) == 1 and clause[0].text.lower() in {"the", "this"}


_BESIDE = 4


def close(first: Word, second: Word, passage: Passage) -> bool:
    """Whether both name one thing somewhere ("Petr Havel, the Eastmere coach"): no verb between."""
    for held in passage.sentences:
        ones = [at for at, word in enumerate(held.words) if word.stem == first.stem]
        twos = [at for at, word in enumerate(held.words) if word.stem == second.stem]
        for one in ones:
            for two in twos:
                between = held.words[min(one, two) + 1 : max(one, two)]
                if len(between) < _BESIDE and not any(_parts(word) for word in between):
                    return True
    return False


def _parts(word: Word) -> bool:
    return word.verb or word.text.lower() in {"and", "or", "but", "by", "for", "with", "from", "in"}


def _points_back(held: Reading, word: Word, passage: Passage) -> bool:
    """Whether there is a pronoun, or "the company", that may stand for a word."""
    pronouns = _POINTS if word.name else _POINTS - _PERSONAL
    unquoted = re.sub(r"[“\"„«][^”\"“»]*[”\"“»]", " ", held.text)
    texts = re.findall(r"\w+", unquoted.lower())
    if pronouns.intersection(texts):
        return True
    return word.stem not in passage.persons and any(
        first == "the" and second in GROUPS for first, second in pairwise(texts)
    )


def points_at(words: Sequence[Word]) -> bool:
    """Whether these words name no one: a noun like "company"."""
    return all(word.text.lower() in GROUPS for word in words)


def are_things(words: Sequence[Word]) -> bool:
    """Whether these words are no more than "the ship"."""
    return all(word.stem in _THINGS for word in words)


def _is_acronym(word: Word, passage: Passage) -> bool:
    """Whether it stands for capitalised words there ("World Health Organization": WHO)."""
    if not word.text.isupper():
        return False
    text = f"{passage.heading}\n{passage.text}"
    groups = re.findall(r"(?:[A-Z]\w+(?:\s(?:of|the|for|and)\b)*\s?){2,}", text)
    initials = {"".join(part[0] for part in g.split() if part[0].isupper()) for g in groups}
    return word.text in initials
