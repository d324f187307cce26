"""Whether two sentences on one event state another value of the same thing, or the same. Pure.

Values are quantities, times and "not". What they are of is read from the parse: the thing
counted, the predicate or noun that the value hangs on, and who does it to whom. In doubt nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ingest.claims.claim import beside, denials, denied, keys_of, marks, modals
from ingest.claims.roles import OBJECT, SUBJECT, Grammar
from ingest.claims.words import CONDITIONS, Text, points, read
from ingest.text import content_words, sentence_spans, stem
from ingest.text.quantities import Quantity, same
from ingest.text.times import Moment, same_time

SHARED = 2
"""So many words of matter two sentences must share, to be parsed at all."""
_NARROWING = frozenset(("amod", "compound", "nmod"))
_PLANNED = frozenset(("will", "would"))
"""A value of what is to come is a value of the same thing."""
_PLACING = frozenset(("in", "at", "near"))


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values of one thing, as written: `about` is a word for the thing, of a sentence itself
    ("injured"). Where one denies what the other states, the values are the two predicates."""

    about: str
    first: str
    second: str


@dataclass(frozen=True)
class Stated:
    """A sentence of an article in its context; it is read only when a comparison needs it.

    `text` stands at [start:end] of the article's text; `title` and `lead` (its first paragraph)
    say what it is about, `before` is the sentence before it, or "". `now` is when it was written.
    """

    text: str
    start: int = 0
    end: int = 0
    title: str = ""
    lead: str = ""
    before: str = ""
    language: str | None = None
    now: datetime | None = None

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words of matter."""
        return _stems(self.text, self.language)

    @cached_property
    def about(self) -> frozenset[str]:
        """The stems of what its article is about and of the sentence before."""
        around = (self.title, self.lead, self.before)
        return frozenset().union(*(_stems(text, self.language) for text in around))

    @cached_property
    def read(self) -> _Read | None:
        """Its parse; None in a language without one, and of a question."""
        text = None if self.text.endswith("?") else read((self.text,), self.language, self.now)
        return _Read(self, text) if text else None


def _stems(text: str, language: str | None) -> frozenset[str]:
    return frozenset(stem(word, language) for word in content_words(text, language))


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that a sentence gives: `of` must be equal for two to be of the same thing."""

    text: str
    kind: str
    at: int
    of: tuple[object, ...]
    about: str
    clause: int
    value: Quantity | Moment


class _Read:
    """A parsed sentence and the values it gives."""

    def __init__(self, stated: Stated, text: Text) -> None:
        self.stated, self.text = stated, text
        self.grammar = Grammar(text)
        self.tokens = text.tokens

    @cached_property
    def values(self) -> list[_Value]:
        """Its quantities and times, with what they are of."""
        return [*self._amounts(), *self._times()]

    def _amounts(self) -> Iterator[_Value]:
        for one in self.text.quantities:
            at = self._at(one.start)
            thing, counted = self._counted(at)
            held = self._held(thing)
            if self._modified(at) or held is None:
                continue
            narrowed = frozenset(
                keys
                for child in self.text.parsed.children[counted]
                if self.tokens[child].dep in _NARROWING and child != at
                for keys in self.text.keys(child)
            )
            if one.unit:  # a measure: what it is of stands around it
                counted, narrowed = at, frozenset()
            what = keys_of(self.text, (counted,)) if counted != at else frozenset()
            of = (one.unit, what, narrowed, keys_of(self.text, (held[0],)), held[1])
            yield self._value(one, thing, of, held[0])

    def _counted(self, at: int) -> tuple[int, int]:
        """What stands in the sentence for a number, and what it counts: "four jets", "four of its
        jets" count jets."""
        if self.tokens[at].dep == "nummod":
            return self.tokens[at].head, self.tokens[at].head
        of = (c for c in self.text.parsed.children[at] if self.tokens[c].lemma == "of")
        things = [n for c in of for n in self.text.parsed.children[c]]
        return at, next((n for n in things if self.tokens[n].dep == "pobj"), at)

    def _modified(self, at: int) -> bool:
        """Whether a number is only about so much: "nearly 40", "more than 40"."""
        return any(
            self.tokens[child].dep in {"quantmod", "advmod"}
            or (self.tokens[child].dep == "amod" and self.tokens[at].dep == "nummod")
            for child in self.text.parsed.children[at]
        )

    def _times(self) -> Iterator[_Value]:
        for one in self.text.moments:
            at = self._at(one.start)
            held = self._held(at)
            if held is None or held[0] not in self.grammar.predicates or self.tells(held[0]):
                continue
            holder = held[0]
            parts = frozenset(part for part, _ in one.parts)
            of = (one.kind, parts, keys_of(self.text, (holder,)))
            yield self._value(one, at, of, holder)

    def _value(
        self, value: Quantity | Moment, at: int, of: tuple[object, ...], holder: int
    ) -> _Value:
        clause = holder if holder in self.grammar.predicates else self.grammar.clause(holder)
        kind = "time" if isinstance(value, Moment) else "quantity"
        last = value.end == len(self.text.parsed.text) and value.text.count(".") == 1
        text = value.text.removesuffix(".") if last else value.text
        return _Value(text, kind, at, of, self.tokens[holder].text, clause, value)

    def _at(self, start: int) -> int:
        at = next(n for n, token in enumerate(self.tokens) if token.end > start)
        return self.text.spans.get(at, (at,))[0]

    def _held(self, at: int) -> tuple[int, str] | None:
        """The word that a value hangs on, and as what; what is "to be" something hangs on that."""
        for predicate in self.grammar.predicates:
            for role, heads in self.grammar.roles(predicate).items():
                if at in heads and keys_of(self.text, (predicate,)):
                    return predicate, role
        holder, dep, by = self.grammar.governor(at)
        if holder < 0:
            return None
        if self.tokens[holder].lemma == "be":
            subjects = sorted(self.grammar.subject(holder))
            return (subjects[0], "be") if subjects else None
        return holder, by or dep

    def tells(self, clause: int) -> bool:
        """Whether a predicate only says who tells what."""
        return any(self.tokens[c].dep == "ccomp" for c in self.text.parsed.children[clause])

    def who(self, clause: int) -> set[int]:
        return set(self.grammar.roles(clause).get(SUBJECT, ()))

    def whom(self, clause: int) -> set[int]:
        return set(self.grammar.roles(clause).get(OBJECT, ()))

    def places(self, clause: int) -> frozenset[str]:
        """Where a clause says that something is: the names behind "in" and "at"."""
        return frozenset().union(
            *(
                keys_of(self.text, (n,))
                for n, token in enumerate(self.tokens)
                if token.pos == "PROPN"
                and self.grammar.governor(n)[2] in _PLACING
                and self.grammar.clause(n) == clause
                and n not in self.text.spans
            )
        )

    def times(self, clause: int) -> list[Moment]:
        """When a clause says that something is."""
        own = (one for one in self.values if one.clause == clause)
        return [one.value for one in own if isinstance(one.value, Moment)]

    def stance(self, clause: int) -> tuple[object, ...]:
        """How a clause is meant: how sure, on which condition, as part of which plan."""
        token = self.tokens[clause]
        meant = token.dep in {"xcomp", "pcomp", "acl"} and not beside(self.text, clause)
        above = keys_of(self.text, (token.head,)) if meant else frozenset()
        return (
            modals(self.grammar, clause) - _PLANNED,
            bool(marks(self.grammar, clause) & CONDITIONS),
            above,
        )


def statements(
    text: str, title: str = "", language: str | None = None, now: datetime | None = None
) -> list[Stated]:
    """The sentences of an article, each in its context, none of them read yet."""
    lead = text.partition("\n\n")[0]
    spans = sentence_spans(text, language)
    before = ["", *(text[start:end] for start, end in spans)]
    return [
        Stated(text[start:end], start, end, title, lead, before[n], language, now)
        for n, (start, end) in enumerate(spans)
    ]


def differs(first: Stated, second: Stated) -> Difference | None:
    """Where two sentences on one event give another quantity or time for the same thing, or one
    denies the other; None if they don't, or in doubt.

    The caller knows that their articles tell of one story.
    """
    pair = _pair(first, second)
    if pair is None:
        return None
    one, other = pair
    for mine, theirs in _same_values(one, other):
        if not _equal(mine, theirs) and not any(
            _equal(mine, each) for each in other.values if each.of == mine.of
        ):
            return Difference(mine.about, mine.text, theirs.text)
    return _denied(one, other)


def agrees(first: Stated, second: Stated) -> str | None:
    """A word for what two sentences on one event both give the same value for; None in doubt."""
    pair = _pair(first, second)
    if pair is None:
        return None
    return next((mine.about for mine, theirs in _same_values(*pair) if _equal(mine, theirs)), None)


def _pair(first: Stated, second: Stated) -> tuple[_Read, _Read] | None:
    """Both sentences, read, if they may speak of the same."""
    if len(first.stems & second.stems) < SHARED and not (
        first.stems & second.stems and first.about & second.about
    ):
        return None
    one, other = first.read, second.read
    return (one, other) if one and other else None


def _same_values(one: _Read, other: _Read) -> Iterator[tuple[_Value, _Value]]:
    """The values of both that are of the same thing."""
    for mine in one.values:
        for theirs in other.values:
            if (
                mine.kind == theirs.kind
                and mine.of == theirs.of
                and _same_case(one, mine, other, theirs)
            ):
                yield mine, theirs


def _same_case(one: _Read, mine: _Value, other: _Read, theirs: _Value) -> bool:
    """Whether two values are of one deed: the other partners, place, time and stance are the same
    wherever both say them."""
    here, there = mine.clause, theirs.clause
    if one.stance(here) != other.stance(there):
        return False
    if denied(one.grammar, here) != denied(other.grammar, there):
        return False
    if not _same_setting(one, here, other, there, mine.kind):
        return False
    for role in (SUBJECT, OBJECT):
        ours = set(one.grammar.roles(here).get(role, ())) - {mine.at}
        others = set(other.grammar.roles(there).get(role, ())) - {theirs.at}
        counted = mine.kind == "quantity" and role == SUBJECT and not (ours and others)
        if not counted and not _same_things(one, ours, other, others):
            return False
    return True


def _same_setting(one: _Read, here: int, other: _Read, there: int, kind: str) -> bool:
    """Whether no other place or, unless times are compared, other time is said."""
    mine, theirs = one.places(here), other.places(there)
    if mine and theirs and not mine & theirs:
        return False
    if kind == "time":
        return not _other_amounts(one, here, other, there)
    times, others = one.times(here), other.times(there)
    return not times or not others or any(same_time(a, b) for a in times for b in others)


def _other_amounts(one: _Read, here: int, other: _Read, there: int) -> bool:
    """Whether the same thing has another quantity: then two deeds are told of."""
    return any(
        mine.of == theirs.of and not _equal(mine, theirs)
        for mine in one.values
        for theirs in other.values
        if mine.kind == theirs.kind == "quantity" and (mine.clause, theirs.clause) == (here, there)
    )


def _same_things(one: _Read, ours: set[int], other: _Read, theirs: set[int]) -> bool:
    """Whether two partners are one: named alike, or a pronoun for what the other's article is
    about. Neither has one: then nothing speaks against it."""
    if not ours or not theirs:
        return not ours and not theirs
    mine, others = _called(one, ours), _called(other, theirs)
    if mine & others:
        return True
    if any(points(one.text, at) for at in ours) and others & one.stated.about:
        return not _names(one, ours)
    if any(points(other.text, at) for at in theirs) and mine & other.stated.about:
        return not _names(other, theirs)
    return False


def _called(one: _Read, heads: set[int]) -> frozenset[str]:
    return keys_of(one.text, {n for head in heads for n in one.grammar.called(head)})


def _names(one: _Read, heads: set[int]) -> bool:
    return any(one.tokens[at].pos == "PROPN" for at in heads)


def _equal(mine: _Value, theirs: _Value) -> bool:
    match mine.value, theirs.value:
        case Quantity() as one, Quantity() as other:
            return same(one, other)
        case Moment() as one_time, Moment() as other_time:
            return same_time(one_time, other_time)
    return False


def _same_predicates(one: _Read, other: _Read) -> Iterator[tuple[int, int]]:
    for here in sorted(n for n in one.grammar.predicates if not one.tells(n)):
        mine = keys_of(one.text, (here,))
        for there in sorted(n for n in other.grammar.predicates if not other.tells(n)):
            if (
                mine & keys_of(other.text, (there,))
                and one.stance(here) == other.stance(there)
                and _same_setting(one, here, other, there, "")
            ):
                yield here, there


def _denied(one: _Read, other: _Read) -> Difference | None:
    """Where one denies of the same what the other states."""
    for here, there in _same_predicates(one, other):
        if denied(one.grammar, here) == denied(other.grammar, there):
            continue
        ours, theirs = one.whom(here), other.whom(there)
        if not one.who(here) and not ours:
            continue
        if _same_things(one, one.who(here), other, other.who(there)) and _same_things(
            one, ours, other, theirs
        ):
            return Difference(one.tokens[here].text, _said(one, here), _said(other, there))
    return None


def _said(one: _Read, at: int) -> str:
    """A predicate as written, with what stands before it in its verb."""
    own = {"aux", "auxpass"}
    near = [c for c in one.text.parsed.children[at] if one.tokens[c].dep in own]
    near += denials(one.grammar, at)
    first = min([at, *(c for c in near if c < at)])
    return one.stated.text[one.tokens[first].start : one.tokens[at].end]
