"""Who says what a sentence tells: "said", "according to", "per". English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.answering.checking.deeds import deeds, inverted, right
from bot.answering.checking.doers import gap
from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.vocabulary import AUXILIARY, REPORTS, listed

_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*»|„[^“]*“")
"""What somebody says; who says what in it is part of the saying."""
_REACH = 3
"""How many sentences back who "she" is was last named as speaking."""
_WHERE = listed("on in at during to last after this earlier")


def speakers(reading: Reading) -> list[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """Who says what the sentence tells ("said", "according to"), each with the words told."""
    words = reading.words
    quoted = [match.span() for match in _QUOTED.finditer(reading.text)]
    found = [
        (_told(reading, at), deed.doer)
        for at, deed in ((words.index(deed.verb), deed) for deed in deeds(reading))
        if deed.verb.stem in REPORTS
        and not _compares(words, words.index(deed.verb))
        and not any(start < deed.verb.start < end for start, end in quoted)
    ]
    found += [
        (words[:at] or words, right(reading, at + 1))
        for at in range(len(words) - 1)
        if [words[at].text.lower(), words[at + 1].text.lower()] == ["according", "to"]
    ]
    found += [
        (words[:at] or words, right(reading, at))
        for at in range(1, len(words) - 1)
        if words[at].text == "per" and (words[at + 1].name or words[at + 1].text == "the")
    ]
    return [(told, speaker) for told, speaker in found if speaker]


def last_sayers(passage: Passage, at: int) -> list[tuple[Word, ...]]:
    """The speakers who are named last before a sentence: most likely who "she said" means."""
    for earlier in range(at - 1, max(at - 1 - _REACH, -1), -1):
        spoken = [who for _, who in speakers(passage.sentences[earlier])]
        if named := [who for who in spoken if any(word.name for word in who)]:
            return named
    return []


def _compares(words: Sequence[Word], at: int) -> bool:
    """Whether it is like "higher than announced"."""
    return at > 0 and words[at - 1].text.lower() in {"than", "as"}


def _told(reading: Reading, at: int) -> tuple[Word, ...]:
    """What is said: before "said Radek", else behind "said", as far as its clause goes."""
    words = reading.words
    behind = words[at + 1 :]
    if at and (inverted(reading, at) or not behind or _closes(reading, at)):
        return words[:at]
    if _only_says_where(reading, at):
        return words[:at]
    first = behind[0].clause
    again = (n for n, w in enumerate(behind) if w.clause != first and w.text in {"and", "but"})
    return behind[: next(again, len(behind))]


def _only_says_where(reading: Reading, at: int) -> bool:
    """Whether what is told stands before: "…, Enfamil said on Twitter"."""
    words = reading.words
    behind = [
        *takewhile(lambda word: "," not in gap(reading, words.index(word) - 1), words[at + 1 :])
    ]
    return (
        bool(behind)
        and behind[0].text.lower() in _WHERE
        and not any(word.verb or word.text.lower() in AUXILIARY for word in behind)
        and any(re.search(r'[,”"]', gap(reading, n)) for n in range(at))
    )


def _closes(reading: Reading, at: int) -> bool:
    """Whether no more is told behind "said": "…, the minister said, correcting herself"."""
    return re.match(r"\s*[,.;]", reading.text[reading.words[at].end :]) is not None
