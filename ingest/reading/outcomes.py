"""How something ended, in words that exclude each other: approved or rejected. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.reading.opposites import OUTCOMES
from ingest.text.words import STOP_WORDS, stem, tokens

_SIDES = {
    stem(word): (pair, side)
    for pair, line in enumerate(OUTCOMES)
    for side, words in enumerate(line.split("|"))
    for word in words.split()
}
NEGATION = re.compile(r"\b(?:not|never|no|neither|nor|nobody|without)\b|n['’]t\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:may|might|could|would|should|if|whether|asked|wants?|calls? for)\b", re.I
)
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended: the word as written, its pair and side, the stems just before and after it,
    and whether the sentence denies it."""

    word: str
    pair: int
    side: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    denied: bool

    def opposes(self, other: Outcome) -> bool:
        """Whether the two can't both be so, if they tell of the same."""
        if self.pair != other.pair:
            return False
        return (self.side == other.side) == (self.denied != other.denied)


def outcome_in(sentence: str) -> Outcome | None:
    """The one outcome that a sentence states; None if none, several, or only a wish or a guess."""
    words = tokens(sentence)
    at = [n for n, word in enumerate(words) if stem(word) in _SIDES]
    if len(at) != 1 or _NOT_YET.search(sentence) or sentence.rstrip().endswith("?"):
        return None
    told = [stem(word) if word.lower() not in STOP_WORDS else "" for word in words]
    pair, side = _SIDES[stem(words[at[0]])]
    return Outcome(
        words[at[0]],
        pair,
        side,
        tuple([word for word in told[: at[0]] if word][-_NEAR:]),
        tuple([word for word in told[at[0] + 1 :] if word][:_NEAR]),
        bool(NEGATION.search(sentence)),
    )
