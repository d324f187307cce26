"""Quotations: the words between marks are verbatim, and it was that speaker who said them."""

from __future__ import annotations

import re

from bot.answering.checking.pointing import close
from bot.answering.checking.reading import Passage, Reading
from bot.answering.checking.saying import last_sayers, speakers
from bot.answering.checking.vocabulary import SUBJECTS

_QUOTED = re.compile(
    r"“([^“”\n]{2,})(?:”|$|(?=\n))|\"([^\"\n]{2,}?)\"|„([^„“”\n]{2,}?)[“”]"
    r"|«([^»]{2,})»|»([^«]{2,})«|‹([^›]{2,})›"
    r"|(?<!\w)[‘‚']([^‘‚]{2,}?)[’‘'](?!\w)"
)
SIGNED = re.compile(r"\s*[-–—]")
"""How a line begins that tells whose words stand above it."""
_CUT = re.compile(r"[,;] (?:and|but) |; ")
_REACH = 2
"""How many sentences back a speaker may be named."""
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
        outside = _outside(sentence, start, end)
        sayers = [_speakers(passage, *span) for span in sayings]
        if _is_title(words):
            continue
        if outside and sayers and all(names and not names & outside for names in sayers):
            return f"someone else says “{words}” there"
    return ""


def _outside(sentence: Reading, start: int, end: int) -> set[str]:
    """The names beside a quotation that may say it: not those behind another "and"."""
    words = [word for word in sentence.words if not start <= word.start < end]
    behind = next((cut.start() for cut in _CUT.finditer(sentence.text, end)), len(sentence.text))
    first = max((cut.end() for cut in _CUT.finditer(sentence.text, 0, start)), default=0)
    cut = first > 0 or behind < len(sentence.text)
    near = {word.stem for word in words if word.name and first <= word.start < behind}
    pronoun = any(w.text.lower() in SUBJECTS for w in words if first <= w.start < behind)
    return near or (set() if pronoun or cut else {word.stem for word in words if word.name})


def _is_title(words: str) -> bool:
    """Whether it is like “Squid Game”, which nobody says."""
    return all(
        word[0].isupper() for word in re.findall(r"\w+", words)[:: len(words.split()) - 1 or 1]
    )


def _sayings(wanted: str, passage: Passage) -> list[tuple[int, int]]:
    """Where quotation marks hold these words."""
    return [
        (start, end)
        for start, end, words in quotations(passage.text)
        if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", plain(words))
    ]


def _speakers(passage: Passage, start: int, end: int) -> frozenset[str]:
    """The names that a quotation may belong to: of the sentences that hold it, or of the line
    below it; else of the ones before, and those by which its speaker is called elsewhere."""
    first, last = (at or 0 for at in map(passage.sentence_at, (start, end - 1)))
    outside = _unquoted(passage.text[passage.spans[first][0] : passage.spans[last][1]])
    below = passage.sentences[last + 1].text if last + 1 < len(passage.sentences) else ""
    if not re.search(r"\w", outside) and SIGNED.match(below):
        outside = below
    if found := passage.read(outside).names:
        return found
    for earlier in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if found := passage.read(_unquoted(passage.sentences[earlier].text)).names:
            spoke = {w.stem for who in last_sayers(passage, first) for w in who if w.name}
            return found | spoke | _called(outside, passage)
    return frozenset()


def _unquoted(text: str) -> str:
    for start, end, _ in quotations(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _called(outside: str, passage: Passage) -> frozenset[str]:
    """The names with "the fact sheet" where that is who is said to say it: "a Tanglewood fact
    sheet"."""
    nouns = [word for _, speaker in speakers(passage.read(outside)) for word in speaker]
    names = {word for held in passage.sentences for word in held.words if word.name}
    return frozenset(n.stem for n in names if any(close(n, noun, passage) for noun in nouns))
