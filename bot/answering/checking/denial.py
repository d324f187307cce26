"""What is denied and what is not: the same in sentence and passage. English."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import partial
from itertools import chain, takewhile

from bot.answering.checking.alignment import aligned
from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.vocabulary import (
    ADVERBS,
    AUXILIARY,
    LIGHT,
    REPORTS,
    listed,
    stems,
)
from ingest import opposite

_ALL = listed("all every everyone everybody everything everywhere always each entire whole")
_MOST = listed("most majority")
_ORDINALS = listed("first second third fourth fifth sixth seventh eighth ninth tenth last")
_MORE, _LESS = listed("more greater"), listed("less fewer")
_LEFT_OUT = re.compile(r"\b(?:refused|declined)(?=[.,;!?]|$)")
""" "He was asked to come, and refused": the verb stands once, for both."""
_EXCEPT = re.compile(
    r"\b(?:all|any|every|each|none|no|no one|(?:every|any|no)(?:one|body|thing)) (?:\w+ )?but\b"
    r"|\bbut (?:for|not)\b|\bexcept\b|\bapart from\b",
    re.IGNORECASE,
)
_LINKS = listed("for by to in on at from with because of and")
_FRACTION = re.compile(
    r"(?<!and a )\b(half|halv)(?:es?|ed|ing)?\b(?! an? |-time)"
    r"|\ba (third|quarter)\b|\b(third|quarter)s\b"
)
_NO = listed("no without")
_PHRASE = 5
_LACKS = stems("lose lack miss")


def denied(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """A word that the sentence affirms and the passage denies, or the other way; else ""."""
    held = [passage.sentences[at] for at in numbers]
    if word := _struck(sentence, held):
        return f"“{word.text}” is what it is not, there"
    verbs = {word.stem for reading in held for word in reading.words if word.verb}
    for word in (word for clause in sentence.clauses for word in _predicate(clause, verbs)):
        there = [(reading, other) for reading in held for other in aligned(word, reading)]
        if any(_is_left_out(other, reading) for reading, other in there):
            continue
        if (
            there
            and all(other.denied != word.denied for _, other in there)
            and not any(_contrary(sentence, other, reading) for reading, other in there)
        ):
            return f"one of the two denies “{word.text}”"
    return ""


def _is_left_out(word: Word, reading: Reading) -> bool:
    """Whether a "refused" behind a word denies it, and leaves it out."""
    return any(word.start < match.start() for match in _LEFT_OUT.finditer(reading.text))


def _struck(sentence: Reading, held: Sequence[Reading]) -> Word | None:
    """A word that is affirmed, and there is what is not: "not pines", "no fraud"."""
    contrasted = [word for reading in held for word in _contrasted(reading)]
    none = [word for reading in held for word in _none(reading)]
    denying = any(word.denied or word.stem in _LACKS for word in sentence.words)
    for word in sentence.content:
        there = [other for reading in held for other in aligned(word, reading)]
        if not word.telling or word.denied or not there:
            continue
        if all(w in contrasted for w in there) or (not denying and all(w in none for w in there)):
            return word
    return None


def _contrary(sentence: Reading, held: Word, reading: Reading) -> bool:
    """Whether the contrary of a word stands in the clause: then just one of them is denied."""
    return any(
        opposite(word.stem, other.stem) and word.denied != other.denied
        for word in sentence.content
        for other in reading.content
        if other.clause == held.clause
    )


def _none(reading: Reading) -> list[Word]:
    """The words behind "no" and "without": what there is none of."""
    return [
        word
        for at, no in enumerate(reading.words)
        if no.text.lower() in _NO
        for word in takewhile(partial(_belongs, no), reading.words[at + 1 : at + _PHRASE])
    ]


def _belongs(no: Word, word: Word) -> bool:
    """Whether a word is still of what there is none of: no verb, nothing behind "in"."""
    return word.clause == no.clause and not (
        word.verb or word.text.lower() in _LINKS | AUXILIARY | {"or", "one"}
    )


def overstated(sentence: Reading, passage: Passage, numbers: Sequence[int]) -> str:
    """ "All" or "most" where the passage does not say so; else ""."""
    said = {word.text.lower() for word in sentence.words}
    held = {word.text.lower() for at in numbers for word in passage.sentences[at].words}
    for group, enough in ((_ALL, _ALL | {"any"}), (_MOST, _MOST)):
        if said & group and not held & enough:
            return f"“{min(said & group)}” does not stand there"
    excepted = any(_EXCEPT.search(passage.sentences[at].text) for at in numbers)
    if said & _ALL and held & _ALL and excepted and not said & {"but", "except", "apart", "one"}:
        return "it is not all of them there"
    if unshared := _fractions(sentence.text) - _fractions(" ".join(_texts(passage, numbers))):
        return f"“{min(unshared)}” does not stand there"
    for one, other in ((_MORE, _LESS), (_LESS, _MORE)):
        if said & one and held & other and not held & one:
            return f"it is “{min(held & other)}” there"
    headed = {word.text.lower() for word in passage.headed.words}
    if unheard := (said & _ORDINALS) - held - headed:
        return f"“{min(unheard)}” does not stand there" if held & _ORDINALS else ""
    return ""


def _texts(passage: Passage, numbers: Sequence[int]) -> list[str]:
    return [passage.heading, *(passage.sentences[at].text for at in numbers)]


def _fractions(text: str) -> frozenset[str]:
    """ "half", "third" or "quarter" as far as a text tells of such a part."""
    found = _FRACTION.findall(text.lower())
    return frozenset("half" if whole else third or thirds for whole, third, thirds in found)


def _contrasted(reading: Reading) -> list[Word]:
    """The words of "not pines", "rather than pines": a denied clause without a verb."""
    plain = [
        word
        for clause in reading.clauses
        if clause[0].denied
        and any(w.text.lower() in {"not", "rather", "instead"} for w in clause[:2])
        and not any(w.verb or w.text.lower() in AUXILIARY for w in clause)
        for word in clause
    ]
    behind = (clause[1:] for clause in reading.clauses if clause[0].text.lower() == "not")
    parts = (takewhile(lambda w: w.text.lower() not in _LINKS, clause) for clause in behind)
    return [*plain, *chain.from_iterable(parts)]


def _predicate(clause: Sequence[Word], known: Set[str]) -> list[Word]:
    """The words of a clause that a "not" in it would deny: its verbs, those that are verbs in the
    passage (`known`) too; else what follows "is".

    In "none of those treated is in danger" the verb belongs to those.
    """
    helpers = [word.start for word in clause if word.text.lower() in AUXILIARY]
    verbs = [w for w in clause if (w.verb or _acts(w, known)) and w.stem not in REPORTS]
    if verbs and all(word.stem in LIGHT for word in verbs):
        behind = [w for w in clause if w.telling and not w.name and w.start > verbs[-1].start]
        return [*verbs, *behind[:2]]
    aside = helpers and clause[0].text.lower() == "none" and verbs
    if verbs and not (aside and verbs[-1].start < helpers[-1]):
        return verbs
    words = [
        w
        for w in clause
        if w.content and not w.name and w.stem not in LIGHT and w.text.lower() not in ADVERBS
    ]
    if helpers:
        return [word for word in words if word.start > helpers[-1 if aside else 0]]
    numbered = any(word.text[0].isdigit() for word in clause)
    return [] if numbered else [word for word in words if word.denied][:1]


def _acts(word: Word, known: Set[str]) -> bool:
    """Whether a word like "belongs" is a verb, as the passage uses it."""
    return word.telling and not word.name and word.text.endswith("s") and word.stem in known
