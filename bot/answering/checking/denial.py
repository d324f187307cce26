"""What is denied and what is not: the same in sentence and passage. English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.checking.bearing import aligned
from bot.answering.checking.meaning import LIGHT
from bot.answering.checking.reading import Passage, Reading, Word, is_past
from bot.answering.checking.vocabulary import AUXILIARY, REPORTS, listed

_ALL = listed("all every everyone everybody everything everywhere always each entire whole")
_MOST = listed("most majority")
_ORDINALS = listed("first second third fourth fifth sixth seventh eighth ninth tenth last")
_MORE, _LESS = listed("more greater"), listed("less fewer")
_MODAL = listed(
    "to would could may might should must will can shall won't wouldn't can't couldn't cannot"
)
_HELPERS = listed("not be been have")
_CAME_ABOUT = listed("had began started managed continued went came forced helped")
_LEFT_OUT = re.compile(
    r"\b(?:did|do|does|was|were|is|are|has|have|had|will|would|could|can) not(?=[.,;!?]|$)"
    r"|\b(?:refused|declined)(?=[.,;!?]|$)"
)
""" "Most received houses; ninety did not": the verb stands once, for both."""


def denied(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """A word that the sentence affirms and the passage denies, or the other way; else ""."""
    held = [passage.sentences[at] for at in numbers]
    if any(_LEFT_OUT.search(reading.text) for reading in held):
        return ""
    contrasted = [word for reading in held for word in _contrasted(reading)]
    for word in sentence.content:
        if word.denied or word.stem in LIGHT:
            continue
        there = [other for reading in held for other in aligned(word, reading)]
        if there and all(other in contrasted for other in there):
            return f"“{word.text}” is what it is not, there"
    for clause in sentence.clauses:
        for word in _predicate(clause):
            there = [other for reading in held for other in aligned(word, reading)]
            if there and all(other.denied != word.denied for other in there):
                return f"one of the two denies “{word.text}”"
    return ""


def unreal(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """What is told as done where the passage has it wanted, planned or possible; else ""."""
    held = [passage.sentences[at] for at in numbers]
    for at, word in enumerate(sentence.words):
        if not (is_past(word) or _had(sentence, at)) or _before(sentence, at) & _MODAL:
            continue
        there = [
            (reading, n)
            for reading in held
            for n, other in enumerate(reading.words)
            if other.verb and other.stem == word.stem
        ]
        if there and all(_before(reading, n) & _MODAL for reading, n in there):
            return f"that it “{word.text}” is not told as done there"
    return ""


def _had(reading: Reading, at: int) -> bool:
    """Whether a verb such as "cost" or "cut" is past by the word before it."""
    word = reading.words[at]
    return word.verb and at > 0 and reading.words[at - 1].text.lower() in {"has", "have", "had"}


def _before(reading: Reading, at: int) -> set[str]:
    """The two words before a verb, unless they tell of something that did come about."""
    near = [word.text.lower() for word in reading.words[max(at - 4, 0) : at]]
    words = [word for word in near if word not in _HELPERS]
    if len(words) > 1 and words[-1] == "to" and words[-2] in _CAME_ABOUT:
        return set()
    return set(words[-2:])


def overstated(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """ "All" or "most" where the passage does not say so; else ""."""
    said = {word.text.lower() for word in sentence.words}
    held = {word.text.lower() for at in numbers for word in passage.sentences[at].words}
    for group in (_ALL, _MOST):
        if said & group and not held & group:
            return f"“{min(said & group)}” does not stand there"
    for one, other in ((_MORE, _LESS), (_LESS, _MORE)):
        if said & one and held & other and not held & one:
            return f"it is “{min(held & other)}” there"
    headed = {word.text.lower() for word in passage.headed.words}
    if unheard := (said & _ORDINALS) - held - headed:
        return f"“{min(unheard)}” does not stand there" if held & _ORDINALS else ""
    return ""


def _contrasted(reading: Reading) -> list[Word]:
    """The words of "not pines", "rather than pines": a denied clause without a verb."""
    return [
        word
        for clause in reading.clauses
        if clause[0].denied
        and any(w.text.lower() in {"not", "rather", "instead"} for w in clause[:2])
        and not any(w.verb or w.text.lower() in AUXILIARY for w in clause)
        for word in clause
    ]


def _predicate(clause: Sequence[Word]) -> list[Word]:
    """The words of a clause that a "not" in it would deny: its verbs, else what follows "is"."""
    if verbs := [word for word in clause if word.verb and word.stem not in REPORTS]:
        return verbs
    words = [w for w in clause if w.content and not w.name and w.stem not in LIGHT]
    helpers = [word.start for word in clause if word.text.lower() in AUXILIARY]
    if helpers:
        return [word for word in words if word.start > helpers[0]]
    return words if any(word.denied for word in words) else []
