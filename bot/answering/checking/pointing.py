"""What a word points at that was named before: pronouns, "the company", rests of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.answering.checking.reading import Passage, Reading, Word
from bot.answering.checking.vocabulary import GROUPS, listed, stems

_POINTS = listed(
    "he she it they him her them his its their this that these those there here both one who"
)
_OBJECTS = re.compile(
    r"\b(?:him|them)\b|\bher(?=[.,;:!?]| (?:of|to|for|in|on|at|with|from|by|and)\b|$)"
)
"""Pronouns that seldom mean who does it, named in the same sentence."""
_LEANING = (
    "he ",
    "she ",
    "it ",
    "they ",
    "his ",
    "her ",
    "its ",
    "their ",
    "this ",
    "that ",
    "but ",
)
_OWNERS = listed("his her its their")
_PERSONAL = listed("he she him her his who")
_THINGS = stems(
    "ship ferry vessel boat plane aircraft train bus car van line bridge dam storm fire match game"
    " accident incident crash attack event disaster deal vote trial study project plan blaze"
)
"""Things that a sentence may begin with as "the ship" where its passage has the name alone."""
_CALLINGS = re.compile(r"(?:er|or|ist|ian|man|woman|ant|ent)s?$")
"""How words for people end."""
_PERSONS = listed(
    "girl boy mayor king queen judge chief captain coach guide nurse pilot bishop head president"
    " student assistant accountant agent defendant patient resident professor"
)
_ROLES = re.compile(r"(?:er|or|ist|ian|man|woman)$")
_NO_ROLES = listed(
    "water river letter order paper number matter winter summer computer power tower centre counter"
    " former latter other newspaper quarter border corner dinner cover offer answer danger weather"
    " harbour harbor labour error floor door sector motor visitor factor superior interior"
)
""" "The water" points at nobody."""


def points_back(held: Reading, word: Word, passage: Passage) -> bool:
    """Whether there is a pronoun, or "the company", that may stand for a word.

    Behind a name of the same sentence a pronoun most likely means that one.
    """
    person = word.name or _CALLINGS.search(word.text)
    pronouns = _POINTS if person else _POINTS - _PERSONAL
    unquoted = re.sub(
        r"[“\"„«][^”\"“»]*[”\"“»]", lambda match: " " * len(match[0]), held.text.lower()
    )
    called = [o.start for o in held.words if word.name and o.name and unquoted[o.start] != " "]
    if word.name and (_OBJECTS.search(unquoted) or callings(held)):
        return True
    texts = re.findall(r"\w+", unquoted)
    if pronouns.intersection(re.findall(r"\w+", unquoted[: called[0] if called else None])):
        return True
    return word.stem not in passage.persons and any(
        first == "the" and second in GROUPS for first, second in pairwise(texts)
    )


def callings(held: Reading) -> frozenset[str]:
    """The stems of "the minister", "the girl": someone who is not named beside it."""
    found = set()
    for at, (the, noun) in enumerate(pairwise(held.words)):
        following = held.words[at + 2 : at + 3]
        named = any((w.content and not w.verb) or w.text in {"of", "who"} for w in following)
        role = noun.text in _PERSONS or _ROLES.search(noun.text)
        if the.text.lower() == "the" and role and noun.text not in _NO_ROLES and not named:
            found.add(noun.stem)
    return frozenset(found)


_PHRASE = 60
"""How many characters a phrase has at most that says who or what is meant."""


_OF = re.compile(r"\b(?:of|by|from|at|in)\b")


def completes(word: Word, sentence: Reading, passage: Passage, held: Reading) -> bool:
    """Whether it is the rest of a name or phrase: "the Mill Inn" where "the inn" stands, "the audit
    by the firm Brill" where "the audit" does, which stand elsewhere in the passage."""
    text = f"{passage.heading}\n{passage.text}"
    for other in sentence.words:
        phrase = sentence.text[min(word.start, other.start) : max(word.end, other.end)]
        if (
            other.content
            and other.stem in held.stems
            and not (word.name and other.name and _named_else(other, sentence, held))
            and len(phrase) <= _PHRASE
            and phrase in text
            and (word.name or word.start < other.start or _OF.search(phrase))
            and not any(_links(w) for w in sentence.words if word.start <= w.start <= other.start)
            and not any(_links(w) for w in sentence.words if other.start <= w.start <= word.start)
        ):
            return True
    return False


def _named_else(name: Word, sentence: Reading, held: Reading) -> bool:
    """Whether it goes on there with another name: "Emory University", "Ohio University"."""
    beside = [
        {first, second}
        for first, second in pairwise(held.words)
        if first.name and second.name and held.text[first.end : second.start] in {" ", " of "}
    ]
    there = [pair for pair in beside if any(word.stem == name.stem for word in pair)]
    return bool(there) and not any(
        word.stem in sentence.stems for pair in there for word in pair if word.stem != name.stem
    )


def owns(word: Word, sentence: Reading, held: Reading) -> bool:
    """Whether "Okello's dismissal" is what "his dismissal" means."""
    following = [other for other in sentence.words if other.start > word.start][:1]
    if sentence.text[word.start : word.end] == word.text or not following:
        return False
    return any(
        first.text.lower() in _OWNERS and second.stem == following[0].stem
        for first, second in pairwise(held.words)
    )


def _links(word: Word) -> bool:
    """Whether a word links two things, where a phrase names one."""
    return word.verb or word.text.lower() in {"and", "or", "but"}


def is_topic(word: Word, sentence: Reading) -> bool:
    """Whether "the" and a word like "ship" open a clause."""
    clause = [other for other in sentence.words if other.clause == word.clause]
    return (
        word.stem in _THINGS
        and clause.index(word) == 1
        and clause[0].text.lower() in {"the", "this"}
    )


_BESIDE = 4
_LINKS = listed("of the a an who which")
_CALLED = listed("named called nicknamed dubbed")
_SELVES = listed("themselves itself himself herself")
""" "The hackers, who call themselves Night Heron": both are one."""


def close(first: Word, second: Word, passage: Passage) -> bool:
    """Whether both name one thing somewhere ("Petr Havel, the Eastmere coach"): no verb between."""
    for held in (*passage.sentences, passage.headed):
        ones = [at for at, word in enumerate(held.words) if word.stem == first.stem]
        twos = [at for at, word in enumerate(held.words) if word.stem == second.stem]
        for one in ones:
            for two in twos:
                words = held.words[min(one, two) + 1 : max(one, two)]
                between = [word for word in words if word.text.lower() not in _LINKS]
                called = [word.text for word in between if word.text in _CALLED] == [
                    word.text for word in words
                ]
                one_self = called or any(word.text.lower() in _SELVES for word in between)
                if len(between) < _BESIDE and (one_self or not any(map(_parts, between))):
                    return True
    return False


def _parts(word: Word) -> bool:
    parting = {"and", "or", "but", "by", "for", "with", "from", "in"}
    return word.verb or word.text.lower() in parting


def leans(sentence: str) -> bool:
    """Whether a sentence can't be understood without the one before: "She did not", "But …"."""
    return sentence.lower().startswith(_LEANING)


def points_at(words: Sequence[Word]) -> bool:
    """Whether these words name no one: a noun like "company"."""
    return all(word.text in GROUPS for word in words)


def are_things(words: Sequence[Word]) -> bool:
    """Whether these words are no more than "the ship"."""
    return all(word.stem in _THINGS for word in words)


def is_acronym(word: Word, passage: Passage) -> bool:
    """Whether it stands for capitalised words there ("World Health Organization": WHO)."""
    if not word.text.isupper():
        return False
    text = f"{passage.heading}\n{passage.text}"
    groups = re.findall(r"(?:[A-Z]\w+(?:\s(?:of|the|for|and)\b)*\s?){2,}", text)
    initials = {"".join(part[0] for part in g.split() if part[0].isupper()) for g in groups}
    return word.text in initials
