"""Sentences read for the check: words with what they are, clauses with what they deny. English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from bot.answering.checking.clauses import clauses, denied, is_verb
from bot.answering.checking.ellipsis import completed
from bot.answering.checking.shares import shares_as_percent
from bot.answering.checking.synonyms import is_common
from bot.answering.checking.vocabulary import (
    ANYONE,
    GROUPS,
    KNOW,
    LIGHT,
    NEGATIONS,
    TIMES,
    TOKEN,
    base,
    is_past_form,
    phrase,
)
from ingest.text import content_words, figures, names, sentence_spans

_PRONOUNS = frozenset(("he", "she", "it", "they", "his", "her", "its", "their"))
_OF_THEM = re.compile(r"\bof (?:them|those|these|whom)\b")
_REACH = 2
_KIND = re.compile(r"(?:[ai]n|ish|ese|ench|utch|eek|iss|i)$")
"""How words for what is of a country end."""
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, whether it is a name, carries meaning, is a verb, is denied."""

    text: str
    stem: str
    start: int
    end: int
    name: bool
    content: bool
    verb: bool
    denied: bool
    clause: int

    @property
    def telling(self) -> bool:
        """Whether it makes a claim of its own: a name, or no word that says little."""
        return self.content and (self.name or self.stem not in LIGHT)


@dataclass(frozen=True)
class Reading:
    """A sentence and its words."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """The words that carry meaning; times and figures are looked at elsewhere."""
        return tuple(word for word in self.words if word.content)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words)

    @cached_property
    def clauses(self) -> tuple[tuple[Word, ...], ...]:
        """The words by clause, in order."""
        numbers = dict.fromkeys(word.clause for word in self.words)
        return tuple(tuple(w for w in self.words if w.clause == n) for n in numbers)

    @cached_property
    def values(self) -> frozenset[float]:
        """The values of its numbers."""
        return frozenset(figure.value for figure in figures(shares_as_percent(self.text)))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words if word.name)


def is_past(word: Word) -> bool:
    """Whether a verb is told as past: "spoke", "closed"."""
    return word.verb and is_past_form(word.text.lower())


class Passage:
    """A passage and its sentences, with what its heading (title, publisher, date) says."""

    def __init__(self, text: str, heading: str = "") -> None:
        self.text = text
        self.heading = heading
        self.spans = sentence_spans(text)
        self._lower, self._upper = _cases(text, self.spans)
        texts = [text[start:end] for start, end in self.spans]
        self.sentences = tuple(
            self.read(held, texts[at - 1] if at else "") for at, held in enumerate(texts)
        )
        self.headed = self.read(heading)

    def read(self, text: str, before: str = "") -> Reading:
        """A sentence, where a capital makes a name unless the passage has the word without.

        What it leaves to the words before it ("The mayor did not.") is put in at its end.
        """
        text = completed(text, before)
        known = set(names(text))
        tokens = [*TOKEN.finditer(text)]
        numbers = clauses(text, tokens)
        denials = denied(tokens, numbers)
        return Reading(
            text,
            tuple(
                replace(
                    self._word(text, tokens, at, match, known),
                    denied=denials[at],
                    clause=numbers[at],
                )
                for at, match in enumerate(tokens)
            ),
        )

    def _word(
        self,
        text: str,
        tokens: list[re.Match[str]],
        at: int,
        match: re.Match[str],
        known: set[str],
    ) -> Word:
        bare = _POSSESSIVE.sub("", match[0])
        dotted = re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]\.?", bare)
        bare = bare.replace(".", "") if dotted else bare
        following = tokens[at + 1][0] if at + 1 < len(tokens) else ""
        stemmed = phrase(bare, following) or base(bare)
        says = bool(content_words(bare)) or stemmed == KNOW
        content = says and stemmed not in TIMES and not bare[0].isdigit()
        name = (
            content
            and bare[0].isupper()
            and self._is_name(text, match, stemmed, bare in known or bare != match[0])
        )
        verb = content and not name and is_verb(tokens, at)
        return Word(bare, stemmed, match.start(), match.end(), name, content, verb, False, 0)

    def _is_name(self, text: str, match: re.Match[str], stemmed: str, known: bool) -> bool:
        if stemmed in self._upper:
            return True
        begins = _begins(text, match.start())
        if begins and is_common(stemmed):
            return False
        if stemmed in self._lower or match[0].lower() in NEGATIONS | ANYONE:
            return False
        return known or not begins

    def sentence_at(self, position: int) -> int | None:
        """The number of the sentence that holds a position of the text."""
        return next((at for at, (_, end) in enumerate(self.spans) if position < end), None)

    def named_before(self, at: int, reach: int = 3) -> frozenset[str]:
        """The names that a pronoun of this sentence most likely means: those before, nearest; and
        what a pronoun means with which the nearest begins."""
        found: frozenset[str] = frozenset()
        for earlier in range(at - 1, max(at - 1 - reach, -1), -1):
            held = self.sentences[earlier]
            found |= held.names
            named = any(not _leads(word, held) for word in held.words if word.name)
            if named and held.words[0].text.lower() not in _PRONOUNS:
                return found
        return found

    @cached_property
    def persons(self) -> frozenset[str]:
        """The names that stand behind an office or a calling ("mayor Nadia Frey")."""
        found: set[str] = set()
        for held in self.sentences:
            for first, second in pairwise(held.words):
                beside = held.text[first.end : second.start] == " "
                calling = first.content and not first.verb and first.text.lower() not in GROUPS
                if second.name and beside and (first.stem in found or (calling and not first.name)):
                    found.add(second.stem)
        return frozenset(found)

    def counted_before(self, numbers: Iterable[int], said: str) -> frozenset[float]:
        """The values of the sentences to which "of them" in these points back, or "the six" in
        what is said."""
        pointing = [n for n in numbers if n and _OF_THEM.search(self.sentences[n].text)]
        known = frozenset().union(*(self.sentences[n - 1].values for n in pointing))
        before = {n for at in numbers for n in range(max(at - _REACH, 0), at)}
        earlier = frozenset().union(*(self.sentences[n].values for n in before))
        return known | (earlier & _definite(said))

    def before(self, numbers: Iterable[int], reach: int = 3) -> frozenset[str]:
        """The stems of the sentences before these, as far back as a pronoun may point."""
        back = {n for at in numbers for n in range(max(at - reach, 0), at)}
        return frozenset().union(*(self.sentences[n].stems for n in back))


def _definite(text: str) -> frozenset[float]:
    """The values of "the six", "both": those that were told before."""
    return frozenset(
        figure.value
        for figure in figures(text)
        if re.search(r"\b(?:the|all|these|those) $", text[: figure.start], re.IGNORECASE)
    )


def _leads(name: Word, reading: Reading) -> bool:
    """Whether a name only tells of which kind the next word is: "Russian authorities"."""
    if not _KIND.search(name.text):
        return False
    following = next((word for word in reading.words if word.start > name.end), None)
    return (
        following is not None
        and following.content
        and not (following.name or following.verb)
        and reading.text[name.end : following.start] == " "
    )


def _begins(text: str, start: int) -> bool:
    """Whether a sentence or a quotation begins there."""
    return text[:start].rstrip()[-1:] in set(".!?:\"“„«‘'(|–—-\n") or not text[:start].strip()


def _cases(text: str, spans: list[tuple[int, int]]) -> tuple[set[str], set[str]]:
    """The stems that stand in lower case, and those with a capital inside a sentence."""
    lower: set[str] = set()
    upper: set[str] = set()
    for start, end in spans:
        sentence = text[start:end]
        for match in TOKEN.finditer(sentence):
            word = base(_POSSESSIVE.sub("", match[0]))
            if match[0][0].islower():
                lower.add(word)
            elif not _begins(sentence, match.start()) and match[0][0].isupper():
                upper.add(word)
    return lower, upper - lower
