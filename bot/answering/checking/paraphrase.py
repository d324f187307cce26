"""Whether words that stand nowhere are another way of saying what does stand there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.answering.checking.bearing import Bearing, Lack
from bot.answering.checking.reading import Passage, Reading, Word
from ingest import opposite

_BASE, _CLAUSE, _WORD, _VERB = -3.55, 3.3, 4.3, -1.15
"""Fitted by logistic regression on true sentences and lies that no other rule removes: how near a
clause is to the sentence that comes nearest to it, and the one of its lacking words that is
farthest from all that stands there; and whether a verb is lacking, which makes the claim."""
_FARTHEST = 0.45
"""A word that is less near than this to all that stands there is another word, not another way to
say it, however near the clause."""


class Meaning(Protocol):
    """How near words and sentences are in meaning."""

    def whole(self, sentence: str, quote: str) -> float:
        """The nearness of two texts, from -1 to 1."""
        ...

    def word(self, word: Word, sentence: Reading, held: Sequence[Reading]) -> float:
        """How near some word of the sentences `held` comes to one of `sentence`, from -1 to 1."""
        ...

    def unlike(self, sentence: str, quote: str, word_for_word: bool) -> str:
        """Why the quote does not mean what the sentence says, or ""; whether it is a shortening of
        the quote is known."""
        ...


def unsaid(said: Reading, place: Passage, bearing: Bearing, meaning: Meaning | None) -> str:
    """The words of a sentence that the bearing ones neither have nor nearly say; else "".

    A name has to stand there. So has a word whose contrary does, and words that the passage uses
    together elsewhere, of something else.
    """
    missing = bearing.missing
    for word in missing:
        if not word.name and (_contrary(word, said, place) or _denied_next(word, bearing, place)):
            return f"the opposite of “{word.text}” stands there"
    if not missing or (
        meaning is not None
        and not any(word.name for word in missing)
        and not _borrowed(missing, place)
        and not _added(said, missing)
        and all(_paraphrased(said, lack, place, meaning) for lack in bearing.lacks)
    ):
        return ""
    return "this does not stand there: " + ", ".join(word.text for word in missing)


def _borrowed(missing: Sequence[Word], place: Passage) -> bool:
    """Whether several of the words stand in one other sentence."""
    return any(sum(word.stem in held.stems for word in missing) > 1 for held in place.sentences)


def _added(said: Reading, missing: Sequence[Word]) -> bool:
    """Whether a word is joined to one that does stand there: "federal and private loans"."""
    return any(
        last in missing and first not in missing and first.telling and joint.text in {"and", "or"}
        for first, joint, last in zip(said.words, said.words[1:], said.words[2:], strict=False)
        if not last.verb
    )


def _contrary(word: Word, said: Reading, place: Passage) -> bool:
    """Whether a sentence of the passage that is about the same holds the contrary of a word."""
    return any(
        opposite(word.stem, other.stem)
        for held in place.sentences
        if any(other.telling and other.stem in held.stems for other in said.words)
        for other in held.content
    )


def _denied_next(word: Word, bearing: Bearing, place: Passage) -> bool:
    """Whether the next sentence goes on with "She did not" do it."""
    return any(
        other.stem == word.stem and other.denied != word.denied
        for at in bearing.numbers
        for held in place.sentences[at + 1 : at + 2]
        for other in held.words
    )


def _paraphrased(said: Reading, lack: Lack, place: Passage, meaning: Meaning) -> bool:
    if not lack.missing:
        return True
    held = place.sentences[lack.at]
    near = meaning.whole(" ".join(word.text for word in lack.clause), held.text)
    farthest = min(meaning.word(word, said, [held]) for word in lack.missing)
    verb = any(word.verb for word in lack.missing)
    if farthest < _FARTHEST:
        return False
    return _BASE + _CLAUSE * near + _WORD * farthest + _VERB * verb > 0
