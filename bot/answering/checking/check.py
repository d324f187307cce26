"""Checks whether a passage bears a sentence. Pure, and rather too strict than too kind.

First what can be compared exactly: quotations, numbers with units, times, names. Then the words,
one by one: each has to stand in the one or two sentences that bear it, or mean nearly the same as
one there; what is denied, who does it and who says so have to agree. Last the meaning as a whole.
It can't see a wrong inference made of right words, irony, or a claim that needs two articles.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.checking.attribution import misattributed
from bot.answering.checking.bearing import Bearing, bear
from bot.answering.checking.belonging import misplaced
from bot.answering.checking.certainty import unreal
from bot.answering.checking.counting import miscounted
from bot.answering.checking.crossing import crossed
from bot.answering.checking.dating import mistimed
from bot.answering.checking.denial import denied, overstated
from bot.answering.checking.operators import turned
from bot.answering.checking.orders import without_orders
from bot.answering.checking.paraphrase import Meaning, unsaid
from bot.answering.checking.pointing import leans
from bot.answering.checking.quotations import misquoted
from bot.answering.checking.reading import Passage, Reading
from bot.answering.checking.roles import misnamed, mistitled, swapped

SAME_MATTER = 0.6
"""How much of a failed sentence a sentence has to cover to be told in its place."""
WORD_FOR_WORD = 0.75
"""How much of a sentence one of its passage has to cover, to be a shortening of that one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is borne, and why not.

    `quotes` stand verbatim in the passage and bear it, one wherever one suffices. `instead`, of
    a sentence that is not borne, is what the passage says of the same matter, or "".
    """

    ok: bool
    reason: str = ""
    quotes: tuple[str, ...] = ()
    instead: str = ""


def check(
    sentence: str, passage: str, heading: str = "", meaning: Meaning | None = None
) -> Verdict:
    """Whether `passage` (with its title, publisher and date in `heading`) bears `sentence`."""
    place = Passage(without_orders(passage), heading)
    said = place.read(sentence)
    if not place.sentences or not said.content:
        return Verdict(False, "nothing there could bear it")
    bearing = bear(said, place)
    quotes = _quotes(passage, place, bearing)
    reason = _wrong(said, place, bearing, meaning)
    if not reason and meaning:
        word_for_word = bearing.covered >= WORD_FOR_WORD or _has_all(said, place, bearing)
        reason = meaning.unlike(sentence, _told(place, quotes), word_for_word)
    if not reason:
        return Verdict(True, "", quotes)
    return Verdict(False, reason, quotes, _instead(place, bearing))


def _wrong(said: Reading, place: Passage, bearing: Bearing, meaning: Meaning | None) -> str:
    held = [place.sentences[at] for at in bearing.numbers]
    return (
        misquoted(said, place)
        or mistimed(said.text, [reading.text for reading in held], place)
        or miscounted(
            said.text, held, heading_text(place), place.counted_before(bearing.numbers, said.text)
        )
        or misplaced(said, held)
        or crossed(said, held)
        or turned(said.text, " ".join((place.heading, *(reading.text for reading in held))))
        or mistitled(said, place)
        or misnamed(said, place)
        or unreal(said, place, bearing.numbers)
        or overstated(said, place, bearing.numbers)
        or denied(said, place, bearing.numbers)
        or swapped(said, place, bearing.numbers)
        or misattributed(said, place, bearing.numbers)
        or unsaid(said, place, bearing, meaning)
    )


def _has_all(said: Reading, place: Passage, bearing: Bearing) -> bool:
    """Whether one sentence bears it and has each word but for names that it points at."""
    words = [word for word in said.words if word.telling and not word.name]
    held = place.sentences[bearing.numbers[0]].stems
    return len(bearing.numbers) == 1 and bool(words) and all(w.stem in held for w in words)


def _told(place: Passage, quotes: tuple[str, ...]) -> str:
    """What the quotes say, below the title that says what it is about."""
    return "\n".join((place.heading.split(" | ")[0], *quotes)).strip()


def heading_text(place: Passage) -> str:
    """The heading without the date, which is no number that a sentence could count."""
    return place.heading.rsplit(" | ", 1)[0]


def _quotes(passage: str, place: Passage, bearing: Bearing) -> tuple[str, ...]:
    """The bearing sentences as they stand; two that follow each other as one."""
    spans = [place.spans[at] for at in bearing.numbers]
    if len(spans) > 1 and bearing.numbers[1] == bearing.numbers[0] + 1:
        spans = [(spans[0][0], spans[1][1])]
    return tuple(passage[start:end] for start, end in spans)


def _instead(place: Passage, bearing: Bearing) -> str:
    """The one sentence that comes nearest, if it speaks of the same and can stand alone."""
    if bearing.covered < SAME_MATTER:
        return ""
    text = place.sentences[bearing.best].text
    return "" if leans(text) else text
