"""Whether words bear a sentence: whether it is a shortening of one or two of theirs. Pure.

`Shortening` compares; here it is decided what is compared, and what stands in for a sentence that
is not borne.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, pairwise

from ingest.claims.pairing import Pairing, bare
from ingest.claims.shortening import inexact, misquoted, objections
from ingest.claims.withheld import turned
from ingest.claims.words import negates, read, straight
from ingest.text import Span, content_words, sentence_spans, stem
from ingest.text.parse import parse
from ingest.text.quantities import quantities, same
from ingest.text.times import moments, same_time

SAME_MATTER = 0.34
"""How much of a sentence that is not borne another has to hold, to be told in its place."""
WORTH_READING = 0.6
"""How much of a sentence others have to hold, to be compared by their grammar."""
_POINTING = frozenset(("he", "she", "it", "they", "his", "her", "its", "their", "this", "that"))
_EARLY = 4
_FEW = 3
"""So many places are compared with a sentence at most: those that hold most of it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is borne, and why not.

    `quotes` stand verbatim in the passage and bear it, two neighbours as one. `instead`, of a
    sentence that is not borne, is what the passage says of the same matter, verbatim, or "".
    """

    ok: bool
    reason: str = ""
    quotes: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True)
class Passage:
    """A text as sentences, and the heading above it."""

    text: str
    spans: tuple[Span, ...]
    stems: tuple[frozenset[str], ...]
    title: str
    language: str | None
    now: datetime | None

    def quote(self, first: int, last: int) -> str:
        """The sentences from `first` to `last`, verbatim."""
        return self.text[self.spans[first][0] : self.spans[last][1]]

    @property
    def around(self) -> tuple[str, ...]:
        """All its sentences and the title."""
        return (*self.sentences(0, len(self.spans) - 1), self.title)

    def inside(self, at: int) -> bool:
        """Whether a sentence begins inside a quotation that an earlier one opens."""
        start = self.spans[at][0]
        return straight(self.text[self.text.rfind("\n", 0, start) + 1 : start]).count('"') % 2 == 1

    def sentences(self, first: int, last: int) -> tuple[str, ...]:
        """The sentences from `first` to `last`, one by one."""
        return tuple(self.text[start:end] for start, end in self.spans[first : last + 1])


def bears(sentence: str, passage: str, heading: str = "", language: str | None = None) -> Verdict:
    """Whether `passage` bears `sentence`: whether that is a shortening of one or two of its
    neighbouring sentences. `heading` is "title | publisher | date".

    In a language without a parse only the whole sentence, word for word within one, is borne.
    """
    place = _passage(passage, heading, language)
    wanted = _stems(sentence, language)
    if not place.spans or not wanted:
        return Verdict(False, "nothing there could bear it")
    cover = [len(wanted & stems) / len(wanted) for stems in place.stems]
    for at in sorted(range(len(cover)), key=lambda at: -cover[at])[:_FEW]:
        quote = place.quote(at, at)
        marks = straight(sentence).count('"') == straight(quote).count('"')
        stated = marks and not quote.endswith("?") and not place.inside(at)
        if stated and bare(sentence) == bare(quote):
            return Verdict(True, "", (quote,))
    instead = _instead(place, cover)
    if parse("", language) is None:
        return _word_for_word(sentence, place, instead)
    reasons = []
    titled = len(wanted & _stems(place.title, language)) / len(wanted)
    worth = [
        pair
        for pair, share in _covers(place, wanted)
        if share >= SAME_MATTER
        and share + titled >= WORTH_READING
        and not any(said.endswith("?") for said in place.sentences(*pair))
    ]
    for first, last in worth[:_FEW]:
        reason = _unlike(sentence, place, first, last)
        if not reason:
            return Verdict(True, "", (place.quote(first, last),))
        reasons.append(reason)
    return Verdict(False, reasons[0] if reasons else "this does not stand there", (), instead)


def nearest(sentence: str, passage: str, heading: str = "", language: str | None = None) -> str:
    """The sentence of a passage, or two neighbours, that hold most of another's words; verbatim,
    "" if none holds any."""
    place = _passage(passage, heading, language)
    pairs = _covers(place, _stems(sentence, language))
    return next((place.quote(*pair) for pair, share in pairs if share), "")


def vetoed(sentence: str, passage: str, heading: str = "", language: str | None = None) -> str:
    """Why a passage can't bear a sentence whatever the words: a number, a quotation or a "not" is
    another there; "" if none is."""
    place = _passage(passage, heading, language)
    said, whole = (read((text,), language, place.now) for text in (sentence, passage))
    near = nearest(sentence, passage, heading, language)
    held = read((near,), language, place.now)
    if not (said and whole and held):
        return "" if _exact(sentence, passage, place) else "a number or time is another there"
    pair = Pairing(said, held, place.around)
    added = not any(map(negates, held.tokens)) and any(map(negates, said.tokens))
    first = next(chain(inexact(said, whole), misquoted(said, whole), turned(pair)), "")
    return first or ("it is not denied there" if added else "")


@lru_cache(maxsize=256)
def _passage(text: str, heading: str, language: str | None) -> Passage:
    spans = tuple(sentence_spans(text, language))
    title, _, rest = heading.partition(" | ")
    dates = moments(rest.rpartition(" | ")[2], language)
    stems = tuple(_stems(text[start:end], language) for start, end in spans)
    return Passage(text, spans, stems, title, language, dates[0].begin if dates else None)


@lru_cache(maxsize=4096)
def _stems(text: str, language: str | None) -> frozenset[str]:
    parts = (part for word in content_words(straight(text), language) for part in word.split("-"))
    return frozenset(stem(part, language) for part in parts if part)


def _covers(place: Passage, wanted: frozenset[str]) -> list[tuple[Span, float]]:
    """The sentences and pairs of neighbours with the share of the words that each holds, those
    that hold most and are shortest first; no pair that a sentence of it holds as much as."""
    ones = {
        (at, at): len(wanted & stems) / max(1, len(wanted)) for at, stems in enumerate(place.stems)
    }
    twos = {
        (at, at + 1): len(wanted & (first | second)) / max(1, len(wanted))
        for at, (first, second) in enumerate(pairwise(place.stems))
    }
    best = {p: s for p, s in twos.items() if s > max(ones[p[0], p[0]], ones[p[1], p[1]])}
    return sorted((ones | best).items(), key=lambda one: (-one[1], one[0][1] - one[0][0]))


def _unlike(sentence: str, place: Passage, first: int, last: int) -> str:
    """Why the sentence is no shortening of these, or ""."""
    said = read((sentence,), place.language, place.now)
    held = read(place.sentences(first, last), place.language, place.now)
    if said is None or held is None:
        return "this language can't be compared"
    return next(objections(said, held, place.around), "")


def _word_for_word(sentence: str, place: Passage, instead: str) -> Verdict:
    """The verdict in a language that can't be parsed."""
    for at in range(len(place.spans)):
        quote = place.quote(at, at)
        if f" {bare(sentence)} " in f" {bare(quote)} " and _exact(sentence, quote, place):
            return Verdict(True, "", (quote,))
    return Verdict(False, "this does not stand there word for word", (), instead)


def _exact(sentence: str, quote: str, place: Passage) -> bool:
    numbers = quantities(quote, place.language)
    times = moments(quote, place.language, place.now)
    return all(
        any(same(one, other) for other in numbers) for one in quantities(sentence, place.language)
    ) and all(
        any(same_time(one, other) for other in times)
        for one in moments(sentence, place.language, place.now)
    )


def _instead(place: Passage, cover: list[float]) -> str:
    """The sentence that holds most of another; one that leans takes the one before with it."""
    best = max(range(len(cover)), key=lambda at: cover[at])
    if cover[best] < SAME_MATTER:
        return ""
    first = best
    while first and best - first < 2 and _leans(place, first):  # noqa: PLR2004 - three at most
        first -= 1
    return place.quote(first, best)


def _leans(place: Passage, at: int) -> bool:
    return leans(place.quote(at, at), place.language)


def leans(sentence: str, language: str | None = None) -> bool:
    """Whether a sentence can't be understood without the one before: it begins with a pronoun, and
    no name stands before that. False in a language without a parse."""
    if _POINTING.isdisjoint(straight(sentence).lower().split()[:_EARLY]):
        return False
    text = parse(straight(sentence), language)
    for at, token in enumerate(text.tokens if text else ()):
        if token.pos == "PROPN":
            return False
        if token.lemma in _POINTING and token.tag in {"PRP", "PRP$", "DT"}:
            return token.tag != "DT" or not text or text.tokens[token.head].pos != "NOUN" or at == 0
    return False
