"""Who does what to whom in one sentence: around each verb, by word order. Without a parser.

What can't be told is left open: ().
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.answering.checking.doers import BREAKS, HARD, OBJECTS, PREPOSITIONS, RELATIVE, doer
from bot.answering.checking.reading import Reading, Word
from bot.answering.checking.vocabulary import (
    ADVERBS,
    AUXILIARY,
    BE,
    HAVE,
    REPORTS,
    listed,
)

_PLACED = listed("in on at for from to into over under against with near")
_DETERMINED = listed("the a an its his her their")
_ENDS = re.compile(r" \w+ (?:[\w'’-]+ ){0,6}[\w'’-]+(?=[,.;]|$)")
""" "Said its chair, …" ends with who says it; "said the lock would open" goes on."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with the telling words of who does it and to whom; either may be unknown: ()."""

    verb: Word
    doer: tuple[Word, ...]
    done_to: tuple[Word, ...]
    around: dict[str, tuple[Word, ...]]
    """By preposition, the words behind it: where, for what, against whom."""


def deeds(reading: Reading) -> list[Deed]:
    """Each verb of a sentence with who does it, and to whom."""
    words = reading.words
    return [
        _deed(reading, at)
        for at, word in enumerate(words)
        if _owns(words, at) or (word.verb and not _bare(words, at))
    ]


def _bare(words: Sequence[Word], at: int) -> bool:
    """Whether it is like "farms not included", with no auxiliary before "not", and no doer."""
    return at > 0 and words[at - 1].text == "not" and not _helped(words, at)


def _owns(words: Sequence[Word], at: int) -> bool:
    """Whether "has" stands alone: "has 45 workers", not "has left"."""
    if words[at].stem != HAVE or at + 1 == len(words) or words[at + 1].text in {"not", "to"}:
        return False
    return not any(word.verb or word.text.lower() in AUXILIARY for word in words[at + 1 : at + 4])


def _helped(words: Sequence[Word], at: int) -> bool:
    """Whether an auxiliary stands before a verb; "farms not included" has none and no doer."""
    return any(word.text.lower() in AUXILIARY for word in words[max(at - 3, 0) : at])


def _deed(reading: Reading, at: int) -> Deed:
    words = reading.words
    before, after, around = doer(reading, at), right(reading, at), _around(reading, at)
    if _passive(words, at) or (_by(reading, at) and not after and not _has_done(words, at)):
        return Deed(words[at], _by(reading, at), before, around)
    if words[at].stem in REPORTS and inverted(reading, at):
        return Deed(words[at], (*after, *_apposed(reading, after)), (), around)
    return Deed(words[at], before, after, around)


def right(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words right behind a verb, up to the next preposition, verb or comma."""
    words, text = reading.words, reading.text
    found: list[Word] = []
    if at + 1 < len(words) and words[at + 1].text.lower() in OBJECTS:
        return ()
    for n in range(at + 1, len(words)):
        gap = text[words[n - 1].end : words[n].start]
        if "," in gap or HARD.search(gap):
            break
        if words[n].verb or words[n].text.lower() in PREPOSITIONS | AUXILIARY | {"and", "or"}:
            break
        if words[n].telling:
            found.append(words[n])
    return tuple(found)


def _apposed(reading: Reading, words: Sequence[Word]) -> tuple[Word, ...]:
    """The name behind a comma that says who "its chair" is."""
    behind = [word for word in reading.words if words and word.start >= words[-1].end]
    if not behind or reading.text[words[-1].end : behind[0].start] != ", ":
        return ()
    return tuple(takewhile(lambda word: word.name, behind))


def _around(reading: Reading, at: int) -> dict[str, tuple[Word, ...]]:
    """What stands behind each preposition after a verb, up to the next verb or comma."""
    words, text = reading.words, reading.text
    found: dict[str, tuple[Word, ...]] = {}
    for n in range(at + 1, len(words)):
        gap = text[words[n - 1].end : words[n].start]
        if words[n].verb or "," in gap or HARD.search(gap):
            break
        preposition = words[n].text.lower()
        if preposition in _PLACED:
            found[preposition] = found.get(preposition, ()) + right(reading, n)
    return found


def _by(reading: Reading, at: int) -> tuple[Word, ...]:
    words = reading.words
    for n in range(at + 1, len(words)):
        lower = words[n].text.lower()
        if words[n].verb or "," in reading.text[words[n - 1].end : words[n].start]:
            break
        if lower in BREAKS | RELATIVE | {"and"}:
            break
        if lower == "by":
            return right(reading, n)
    return ()


def _passive(words: Sequence[Word], at: int) -> bool:
    back = at - 1
    while back >= 0 and words[back].text.lower() in ADVERBS:
        back -= 1
    lower = words[at].text.lower()
    if lower.endswith("ing") or back < 0:
        return False
    return words[back].text.lower() in BE


def _has_done(words: Sequence[Word], at: int) -> bool:
    """Whether it is told as "had found"."""
    return at > 0 and words[at - 1].text.lower() in {"has", "have", "had"}


def inverted(reading: Reading, at: int) -> bool:
    """Whether a reporting verb stands before its speaker: “…,” said Radek."""
    words, text = reading.words, reading.text
    gap = text[words[at - 1].end : words[at].start] if at else ""
    if at + 1 >= len(words) or not re.search(r"[,“”\"»'’]", gap):
        return False
    if words[at + 1].text in _DETERMINED:
        ends = _ENDS.match(text, words[at].end)
        return ends is not None and not _tells(reading, at + 1, ends.end())
    if not words[at + 1].telling or text[words[at].end : words[at + 1].start] != " ":
        return False
    named = [*takewhile(lambda word: word.telling and not word.verb, words[at + 1 :])]
    end = named[-1].end + 1 if named else words[at].end
    return not _tells(reading, at + 1 + len(named), end + 1)


def _tells(reading: Reading, first: int, end: int) -> bool:
    """Whether some words tell what is said, and not who says so: "said children were hurt"."""
    words = [word for word in reading.words[first:] if word.start < end]
    who = [*takewhile(lambda word: word.text not in {"who", "which", "that"}, words)]
    return any(word.text.lower() in AUXILIARY - {"to"} for word in who)
