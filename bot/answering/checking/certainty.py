"""What is told as done or sure where the passage has it wanted, possible or open. English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.answering.checking.reading import Passage, Reading, Word, is_past
from bot.answering.checking.vocabulary import DENIERS, NEGATIONS, listed, stems

_MODAL = listed(
    "to would could may might should must will can shall won't wouldn't can't couldn't cannot"
)
_HEDGES = listed("allegedly reportedly probably possibly")
_PARTED = re.compile(r"[,;:“”\"„«»]")
_ADVERB = r"(?:not |also |soon |still |well |temporarily |even )?(?:be (?:\w+ly )?)?"
_WILL = re.compile(rf"\b(?:will|is to|are to) {_ADVERB}(\w+)")
_MAY = re.compile(
    rf"\b(?:may|might|could|(?:expected|likely|hopes?|wants?|would like) to) {_ADVERB}(\w+)"
)
_HOPED = re.compile(r"\b(?:hop\w+|expect\w*|may|might|could|likely|wants?|plan\w*)\b")
_OPEN = re.compile(
    r"\b(?:whether|if|or|may|might|could|would|un(?:clear|known|decided|sure)|question\w*|ask\w*"
    r"|examin\w+|consider\w*|check\w*|investigat\w+|review\w*|decid\w+ on)\b",
    re.IGNORECASE,
)
"""Words by which a sentence leaves open what its passage does."""
_HELPERS = listed("not be been have")
_CAME_ABOUT = listed("had began started managed continued went came forced helped")
_EXPECTED = stems("expect plan hope intend schedule due")


def unreal(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """What is told as done where the passage has it wanted, planned or possible; else ""."""
    held = [passage.sentences[at] for at in numbers]
    for at, word in enumerate(sentence.words):
        if word.stem in _EXPECTED or _before(sentence, at) & (_MODAL | _HEDGES):
            continue
        if any(w.clause == word.clause and w.text == "to" for w in sentence.words[:at]):
            continue
        if not (is_past(word) or _had(sentence, at)) or _said_no(sentence, at):
            continue
        there = [
            (reading, n)
            for reading in held
            for n, other in enumerate(reading.words)
            if other.verb and other.stem == word.stem and not other.text.endswith("ing")
        ]
        if there and all(_before(reading, n) & _MODAL for reading, n in there):
            return f"that it “{word.text}” is not told as done there"
    if not _HOPED.search(sentence.text) and (
        said := _certain(sentence.text) & frozenset().union(*(_possible(r.text) for r in held))
    ):
        return f"it is only possible there to “{min(said)}”"
    return _left_open(sentence, held)


def _certain(text: str) -> frozenset[str]:
    """The verbs behind "will"."""
    return frozenset(word.lower() for word in _WILL.findall(text))


def _possible(text: str) -> frozenset[str]:
    """The verbs behind "may", of those that stand nowhere behind "will"."""
    return frozenset(word.lower() for word in _MAY.findall(text)) - _certain(text)


def _left_open(sentence: Reading, held: Sequence[Reading]) -> str:
    """What is told as settled where the passage asks "whether"; else ""."""
    if _OPEN.search(sentence.text):
        return ""
    for word in (word for word in sentence.words if word.verb):
        there = [(reading, w) for reading in held for w in reading.words if w.stem == word.stem]
        if there and all("whether " in reading.text[: w.start] for reading, w in there):
            return f"whether it “{word.text}” is left open there"
    return ""


def _said_no(reading: Reading, at: int) -> bool:
    """Whether a word before a verb denies it: "denies that it dragged"."""
    return reading.words[at].denied and any(
        word.text.lower() in NEGATIONS or word.stem in DENIERS for word in reading.words[:at]
    )


def _had(reading: Reading, at: int) -> bool:
    """Whether a verb such as "cost" or "cut" is past by the word before it."""
    word = reading.words[at]
    return word.verb and at > 0 and reading.words[at - 1].text.lower() in {"has", "have", "had"}


def _before(reading: Reading, at: int) -> set[str]:
    """The two words before a verb, unless they tell of something that did come about."""
    beside: list[Word] = []
    for first, second in pairwise(reversed(reading.words[max(at - 4, 0) : at + 1])):
        if _PARTED.search(reading.text[second.end : first.start]):
            break
        beside.insert(0, second)
    near = [word.text.lower() for word in beside if word.text != "May"]
    words = [word for word in near if word not in _HELPERS]
    if len(words) > 1 and words[-1] == "to" and words[-2] in _CAME_ABOUT:
        return set()
    return set(words[-2:])
