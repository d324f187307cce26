"""Words that a sentence lacks and still says: what it points at, or tells another way."""

from __future__ import annotations

import re

from bot.answering.checking.alignment import aligned
from bot.answering.checking.pointing import close, completes, is_topic, owns, points_back
from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.vocabulary import FAIL, INTENTS, OBLIGED, stems
from ingest import opposite

_STAY = stems("stay remain keep")
_AHEAD = stems("will would")
_HAVE_TO = re.compile(r"\b(?:must|(?:have|has|had) to)\b")


def excused(word: Word, sentence: Reading, passage: Passage, at: int) -> bool:
    """Whether a word that a sentence lacks is what it points at, or is told another way there."""
    held = passage.sentences[at]
    if aligned(word, passage.headed) and (not word.verb or _is_headline(sentence, passage)):
        return True
    if _is_said_otherwise(word, sentence, held) or is_topic(word, sentence):
        return True
    return not word.verb and _is_meant(word, sentence, passage, at)


def _is_said_otherwise(word: Word, sentence: Reading, held: Reading) -> bool:
    """Whether a small verb is in another one: "forced to" in "had to", "stays" in "is"."""
    return (
        _denies_as(word, held)
        or (word.stem in INTENTS and bool(_AHEAD & held.stems))
        or (word.stem in OBLIGED and _HAVE_TO.search(held.text) is not None)
        or (word.stem in _STAY and _is_so(word, sentence, held))
    )


def _is_meant(word: Word, sentence: Reading, passage: Passage, at: int) -> bool:
    """Whether a pronoun, an owner or the rest of a name stands for a word."""
    held = passage.sentences[at]
    known = passage.named_before(at) if word.name else passage.before([at])
    if word.stem in known and (
        points_back(held, word, passage) or (word.name and owns(word, sentence, held))
    ):
        return True
    return (
        completes(word, sentence, passage, held)
        or any(
            name.name and name.stem in held.stems and close(word, name, passage)
            for name in sentence.words
            if name != word
        )
        or (word.name and _is_first_name(word, sentence, passage, at))
    )


def _is_headline(sentence: Reading, passage: Passage) -> bool:
    """Whether the heading alone says it."""
    return all(aligned(word, passage.headed) for word in sentence.words if word.telling)


def _is_first_name(word: Word, sentence: Reading, passage: Passage, at: int) -> bool:
    """Whether it stands before a name that is pointed at, here and elsewhere in the passage."""
    held, known = passage.sentences[at], passage.named_before(at)
    following = sentence.words[sentence.words.index(word) + 1 :][:1]
    return any(
        name.name
        and name.stem in known
        and sentence.text[word.end : name.start] == " "
        and points_back(held, name, passage)
        and close(word, name, passage)
        for name in following
    )


def _is_so(word: Word, sentence: Reading, held: Reading) -> bool:
    """Whether a sentence has what something is that "stays" so: "closed the quarry"."""
    following = sentence.words[sentence.words.index(word) + 1 :][:1]
    return any(new.telling and not new.name and aligned(new, held) for new in following)


def _denies_as(word: Word, held: Reading) -> bool:
    """Whether a sentence says it by a denied contrary ("banned": "not allowed"), or by "not"."""
    if word.stem == FAIL and any(other.denied for other in held.words):
        return True
    contrary = [other for other in held.words if opposite(word.stem, other.stem)]
    return bool(contrary) and all(other.denied != word.denied for other in contrary)
