"""Attribution: who says so is part of what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.answering.checking.alignment import aligned
from bot.answering.checking.deeds import deeds
from bot.answering.checking.identity import clash
from bot.answering.checking.quotations import SIGNED
from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.saying import last_sayers, speakers
from bot.answering.checking.vocabulary import REPORTS, SUBJECTS, TIMES, VOICES, stems

_FINDS = stems("find show measure conclude decide rule propose reject order recommend")
"""Verbs of which whoever does it may be said to have told: "the office found no pesticide"."""


def misattributed(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """Words given to another speaker or source than the passage gives them to; else ""."""
    outlets = _outlets(passage)
    for words, speaker in speakers(sentence):
        if all(word.stem in outlets for word in speaker):
            continue
        told = [w for w in words if w not in speaker and (w.telling or w.stem in TIMES)]
        at = max(numbers, key=lambda n: _told_in(told, passage.sentences[n]))
        if not _says(speaker, passage, at, at + 1 in numbers):
            said = " ".join(word.text for word in reversed(speaker))
            return f"it is not {said} who says so there"
    return ""


def _told_in(told: Sequence[Word], held: Reading) -> tuple[int, int]:
    """How many of the words a sentence has, in some words; and how many as they stand."""
    return sum(bool(aligned(w, held)) for w in told), sum(w.stem in held.stems for w in told)


def _says(speaker: Sequence[Word], passage: Passage, at: int, goes_on: bool) -> bool:
    """Whether a sentence is told as this speaker's words; "she said" leaves it to those before.

    `goes_on`: the next sentence bears it too, so that it may be the one to say who says so.
    """
    held = passage.sentences[at]
    found = _sayers(held)
    if any(found):
        return any(not clash(speaker, other, passage, at) for other in found)
    if not found and any(word.name and word.stem in held.stems for word in speaker):
        return True
    if found or any(word.verb and word.stem in REPORTS for word in held.words) or _leads(held):
        last = ((), *last_sayers(passage, at))
        return any(not clash(speaker, other, passage, at) for other in last)
    return _says_beside(speaker, passage, at, goes_on)


def _says_beside(speaker: Sequence[Word], passage: Passage, at: int, goes_on: bool) -> bool:
    """Whether the line below signs it, or a sentence beside it says who goes on telling it."""
    below = passage.sentences[at + 1] if at + 1 < len(passage.sentences) else None
    if below and SIGNED.match(below.text):
        return any(word.name and word.stem in below.stems for word in speaker)
    if _goes_on(below):
        return not clash(speaker, (), passage, at + 1)
    for beside in (at + 1, at - 1) if goes_on else (at - 1,):
        others = [other for _, other in speakers(passage.sentences[beside])] if beside >= 0 else []
        if others:
            return any(not clash(speaker, other, passage, beside) for other in others)
    return False


def _sayers(held: Reading) -> list[tuple[Word, ...]]:
    """Who says, thinks or finds something in a sentence; () if that is left open."""
    found = [speaker for _, speaker in speakers(held)]
    found += [deed.doer for deed in deeds(held) if deed.verb.stem in VOICES | _FINDS]
    return [doer for doer in found if doer] or found


def _leads(held: Reading) -> bool:
    return held.words[0].text.lower() in SUBJECTS


def _goes_on(held: Reading | None) -> bool:
    """Whether a sentence goes on telling someone's words: "They spent an hour there, she said"."""
    return any(
        first.text.lower() in SUBJECTS and second.stem in REPORTS
        for first, second in pairwise(held.words if held else ())
    )


def _outlets(passage: Passage) -> frozenset[str]:
    """The words that name who published it, by its heading and its dateline."""
    heading = passage.heading.split(" | ")
    source = passage.read(heading[-2]).stems if len(heading) > 1 else frozenset()
    dateline = re.match(r"\W*[A-Z][\w ,]+ \((\w[\w ]+)\)", passage.text)
    return source | (passage.read(dateline[1]).stems if dateline else frozenset())
