"""Who does it: the words before a verb that it belongs to, by word order alone. English."""

from __future__ import annotations

import re
from itertools import takewhile

from bot.answering.checking.reading import Reading, Word
from bot.answering.checking.vocabulary import (
    ADVERBS,
    AUXILIARY,
    REPORTS,
    SUBJECTS,
    VOICES,
    is_past_form,
    listed,
)

_WHO = frozenset({"who", "which"})
RELATIVE = listed("who which that whom")
_TOLD = frozenset({"that", "which", "who"})
OBJECTS = listed("him them us me")
BREAKS = listed("but while although though because after before when where if as since until")
PREPOSITIONS = listed(
    "in on at for from with by to into over under after before against about during because as"
    " since until while than that which who but through near without within among between"
)
_HOW = re.compile(r"(?<!fami)(?<!assemb)(?<!supp)(?<!al)(?<!bul)(?<!ral)ly$")
""" "They significantly cut" it: an adverb does nothing."""
_PARTY = re.compile(r"[A-Z]-[A-Z][\w.]*(?=,)")
"""A politician's party and state: "Rep. Elaine Luria, D-Va., said"."""
_ABBREVIATED = listed("Jr Sr Dr Mr Mrs Ms Rep Sen Gov Gen Lt Col Sgt Prof St Rev Capt Sir")
HARD = re.compile(r"[;:()“”\"„«»!?]|\s[–—-]\s|[.]\s")


def doer(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words before a verb that it can belong to, last one first."""
    words = reading.words
    back = at - 1
    while back >= 0 and words[back].text.lower() in AUXILIARY | ADVERBS:
        back -= 1
    end = back
    back, aside = _past_aside(reading, back)
    bracketed = 0 <= back < end and "(" in gap(reading, back)
    found: list[Word] = [*words[back + 1 : end + 1]] if bracketed else []
    for n in range(back, -1, -1):
        if HARD.search(gap(reading, n)) and not (bracketed and n == back):
            break
        if found and _ends(reading, n, found, aside):
            break
        other = _redirected(reading, n, at, bool(found), aside)
        if other is not None:
            return other
        if words[n].telling and (words[n].name or not _HOW.search(words[n].text)):
            found.append(words[n])
    return tuple(found)


def _past_aside(reading: Reading, back: int) -> tuple[int, bool]:
    """Where who does it ends before a word, and whether a comma stands there: "Oberg, the deputy,
    wanted" tells who Oberg is, "Oberg, from Perth, wanted" does not."""
    if back >= 0 and ")" in gap(reading, back):  # "the institute (Phivolcs) said"
        back = next((n for n in range(back - 1, -1, -1) if "(" in gap(reading, n)), back)
        return back, False
    if back < 0 or "," not in gap(reading, back):
        return back, False
    for n in range(back - 1, -1, -1):
        if HARD.search(gap(reading, n)):
            break
        if "," in gap(reading, n):
            return (n, False) if _is_aside(reading, n) else (back, True)
    return back, True


def _is_aside(reading: Reading, at: int) -> bool:
    """Whether what begins behind a word does not say who it is: ", located in Perth,"."""
    first = reading.words[at + 1]
    if _PARTY.match(reading.text, first.start):
        return True
    return first.text.lower() in PREPOSITIONS | {"of"} - RELATIVE or (
        first.verb and first.text.lower() not in AUXILIARY and is_past_form(first.text.lower())
    )


def gap(reading: Reading, at: int) -> str:
    """What stands between a word and the next, but for the point of "Jr."."""
    if reading.words[at].text in _ABBREVIATED:
        return reading.text[reading.words[at].end : reading.words[at + 1].start].replace(".", "")
    return reading.text[reading.words[at].end : reading.words[at + 1].start]


def _ends(reading: Reading, at: int, found: list[Word], aside: bool) -> bool:
    """Whether this word no longer belongs to the words found behind it."""
    word, lower = reading.words[at], reading.words[at].text.lower()
    if lower in BREAKS or (lower in {"and", "but"} and at and "," in gap(reading, at - 1)):
        return True
    if "," in gap(reading, at):
        if aside and reading.words[at + 1].text.lower() in {"a", "an", "the"}:
            return False
        return not aside or any(w.name and not _possessive(w, reading.text) for w in found)
    return (word.verb and not aside) or (lower in RELATIVE and not (aside and lower in _WHO))


def _redirected(
    reading: Reading, at: int, verb: int, found: bool, aside: bool
) -> tuple[Word, ...] | None:
    """The words to take instead: those before "who", or of the verb before "and" or "to"."""
    word, lower = reading.words[at], reading.words[at].text.lower()
    if (lower in _WHO and (aside or not found)) or (lower == "whom" and aside):
        return _antecedent(reading, at)
    if found:
        return None
    joins = lower in {"and", "or", "but"}
    if not joins and not (word.verb and not aside):
        return () if word.text[0].isdigit() or lower in SUBJECTS | OBJECTS else None
    if any(w.text.lower() in SUBJECTS for w in reading.words[at + 1 : verb]):
        return ()
    return _of_verb_before(reading, at, verb) if joins else doer(reading, at)


def _possessive(word: Word, text: str) -> bool:
    return text[word.start : word.end] != word.text


def _antecedent(reading: Reading, at: int) -> tuple[Word, ...]:
    """The telling words right before "who"."""
    found = []
    for word in reversed(reading.words[:at]):
        if word.text.lower() in {"of", "the", "a", "an"}:
            continue
        if not word.telling or word.verb:
            break
        found.append(word)
    return tuple(found)


def _of_verb_before(reading: Reading, at: int, verb: int) -> tuple[Word, ...]:
    """Who does what stands before "and"; of "and said", who said or admitted the last thing."""
    verbs = [n for n in range(at) if reading.words[n].verb]
    if is_past_form(reading.words[verb].text.lower()):
        finite = [n for n in verbs if reading.words[n - 1].text.lower() != "to"]
        verbs = finite or verbs
    if "," in gap(reading, at - 1):
        outer = [n for n in verbs if not _TOLD & {w.text.lower() for w in reading.words[:n]}]
        verbs = outer or verbs
    if reading.words[at + 1].stem in REPORTS:
        verbs = [n for n in verbs if reading.words[n].stem in REPORTS | VOICES] or verbs
    if verbs:
        return doer(reading, verbs[-1])
    return tuple(takewhile(lambda word: word.name, reading.words))[::-1]
