"""Attribution: who says so is part of what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.checking.bearing import aligned
from bot.answering.checking.deeds import deeds, speakers
from bot.answering.checking.identity import clash
from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.vocabulary import REPORTS, SUBJECTS, TIMES, stems

_VOICES = stems(
    "call describe estimate expect think believe demand criticise praise fear hope put accuse blame"
)
"""Verbs that tell someone's view, as "said" does."""


def misattributed(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """Words given to another speaker or source than the passage gives them to; else ""."""
    outlets = _outlets(passage)
    for verb, speaker in speakers(sentence):
        if all(word.stem in outlets for word in speaker):
            continue
        words = [w for w in sentence.content if w not in speaker and w.telling]
        words += [word for word in sentence.words if word.stem in TIMES]
        told = [word for word in words if word.start > verb] or words
        at = max(numbers, key=lambda n: sum(bool(aligned(w, passage.sentences[n])) for w in told))
        if not _says(speaker, passage, at):
            said = " ".join(word.text for word in reversed(speaker))
            return f"it is not {said} who says so there"
    return ""


def _says(speaker: Sequence[Word], passage: Passage, at: int) -> bool:
    """Whether a sentence is told as this speaker's words; "she said" leaves it to those before."""
    held = passage.sentences[at]
    found = speakers(held) + [(d.verb.start, d.doer) for d in deeds(held) if d.verb.stem in _VOICES]
    if not found and any(word.name and word.stem in held.stems for word in speaker):
        return True
    told = any(word.verb and word.stem in REPORTS for word in held.words)
    if not found and (told or held.words[0].text.lower() in SUBJECTS):
        return not clash(speaker, (), passage, at)
    if not found and at:
        found, at = speakers(passage.sentences[at - 1]), at - 1
    return any(not clash(speaker, other, passage, at) for _, other in found)


def _outlets(passage: Passage) -> frozenset[str]:
    """The words that name who published it, by its heading and its dateline."""
    heading = passage.heading.split(" | ")
    source = passage.read(heading[-2]).stems if len(heading) > 1 else frozenset()
    dateline = re.match(r"\W*[A-Z][\w ,]+ \((\w[\w ]+)\)", passage.text)
    return source | (passage.read(dateline[1]).stems if dateline else frozenset())
