"""Quotations: the words between marks are verbatim, and it was that speaker who said them."""

from __future__ import annotations

import re

from bot.answering.checking.reading import Passage, Reading

_QUOTED = re.compile(
    r"[“”„\"]([^“”„\"]{2,}?)[”“\"]|«([^»]{2,})»|»([^«]{2,})«|‹([^›]{2,})›"
    r"|(?<!\w)[‘‚']([^‘‚]{2,}?)[’‘'](?!\w)"
)
FEW_WORDS = 2
"""So few words may stand between marks although the article has them without."""


def quotations(text: str) -> list[tuple[int, int, str]]:
    """(start, end, words) of what stands between quotation marks of any kind."""
    return [
        (match.start(), match.end(), next(group for group in match.groups() if group))
        for match in _QUOTED.finditer(text)
    ]


def plain(text: str) -> str:
    """Comparable: lower case, straight marks, single blanks, no punctuation at either end."""
    straight = re.sub(r"[’‘‚]", "'", re.sub(r"[“”„«»]", '"', text.lower()))
    return " ".join(straight.split()).strip(" .,;:!?…")


def misquoted(sentence: Reading, passage: Passage) -> str:
    """Words in quotation marks that are not said there, or not by that speaker; else ""."""
    for start, end, words in quotations(sentence.text):
        wanted = plain(words)
        sayings = _sayings(wanted, passage)
        if not sayings and (len(wanted.split()) > FEW_WORDS or wanted not in plain(passage.text)):
            return f"nobody says “{words}” there"
        outside = {
            word.stem for word in sentence.words if word.name and not start <= word.start < end
        }
        speakers = [passage.speakers(at) for at in sayings]
        if outside and speakers and all(names and not names & outside for names in speakers):
            return f"someone else says “{words}” there"
    return ""


def _sayings(wanted: str, passage: Passage) -> list[int]:
    """The numbers of the sentences where quotation marks hold these words."""
    return [
        at
        for start, _, words in quotations(passage.text)
        if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", plain(words))
        and (at := passage.sentence_at(start)) is not None
    ]
