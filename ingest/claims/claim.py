"""What a sentence claims, read from its parse: who does what to whom, how much, when, not. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.claims.roles import OBJECT, SUBJECT, Grammar
from ingest.claims.words import CONDITIONS, Text, negates, read, tells
from ingest.text import Span
from ingest.text.quantities import Quantity
from ingest.text.times import Moment

_COMPLEMENTS = frozenset(("ccomp", "xcomp", "pcomp", "csubj", "csubjpass"))


@dataclass(frozen=True, slots=True)
class Claim:
    """One predicate of a sentence, with what stands beside it.

    `who` and `whom` are keys of their head words, lemmas and stems; a passive is turned. `said_by`
    is the word for who says so, or "".
    """

    who: frozenset[str]
    whom: frozenset[str]
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    denied: bool
    said_by: str
    span: Span


def claims_in(
    sentence: str, language: str | None = None, now: datetime | None = None
) -> tuple[Claim, ...]:
    """The claims of a sentence, one a predicate, in order; () in a language without a parse."""
    text = read((sentence,), language, now)
    return claims_of(Grammar(text)) if text else ()


def claims_of(grammar: Grammar) -> tuple[Claim, ...]:
    """The claims of a parsed text."""
    return tuple(_claim(grammar, at) for at in sorted(grammar.predicates))


def _claim(grammar: Grammar, at: int) -> Claim:
    text, roles = grammar.text, grammar.roles(at)
    own = [n for n in range(len(text.tokens)) if grammar.clause(n) == at or n == at]
    span = {*own, at}
    return Claim(
        keys_of(text, roles.get(SUBJECT, ())),
        keys_of(text, roles.get(OBJECT, ())),
        tuple(one for one in text.quantities if _head(text, one.start) in span),
        tuple(one for one in text.moments if _head(text, one.start) in span),
        denied(grammar, at),
        _speaker(grammar, at),
        (text.tokens[min(span)].start, text.tokens[max(span)].end),
    )


def keys_of(text: Text, heads: Iterable[int]) -> frozenset[str]:
    """The keys of some words of matter."""
    return frozenset().union(*(keys for head in heads for keys in text.keys(head)))


def _head(text: Text, start: int) -> int:
    at = next(n for n, token in enumerate(text.tokens) if token.end > start)
    return text.spans.get(at, (at,))[0]


def denied(grammar: Grammar, at: int) -> bool:
    """Whether a word is denied: by "not" beside it or, of a predicate, by "no" in its clause."""
    return bool(denials(grammar, at))


def denials(grammar: Grammar, at: int) -> list[int]:
    """The words that deny another."""
    tokens, children = grammar.tokens, grammar.parsed.children
    found = [child for child in children[at] if negates(tokens[child])]
    if at in grammar.predicates:
        for n in range(len(tokens)):
            near = grammar.governor(n)[0] == at and grammar.clause(n) == grammar.clause(at)
            if near and n not in grammar.predicates:
                found += [n] * negates(tokens[n])
                found += [c for c in children[n] if tokens[c].dep == "det" and negates(tokens[c])]
    return sorted(set(found))


def modals(grammar: Grammar, at: int) -> frozenset[str]:
    """The words that say how sure or how far a predicate is: "will", "may", "should"."""
    tokens, token = grammar.tokens, grammar.tokens[at]
    own = {tokens[c].lemma for c in grammar.parsed.children[at] if tokens[c].tag == "MD"}
    shares = token.dep == "acomp" or (token.dep == "conj" and token.tag == "VB")
    if not own and shares:
        return modals(grammar, token.head)
    return frozenset("will" if one == "'ll" else one for one in own)


def marks(grammar: Grammar, at: int) -> frozenset[str]:
    """The words that a clause is joined by, as far as they say more than that it is."""
    return frozenset(
        grammar.tokens[child].lemma
        for child in grammar.parsed.children[at]
        if (grammar.tokens[child].dep == "mark" or grammar.tokens[child].tag == "WRB")
        and grammar.tokens[child].lemma != "that"
    )


def _speaker(grammar: Grammar, at: int) -> str:
    """Who says so: the subject of the verb that a predicate completes, or after "according to"."""
    for one in (at, *grammar.parsed.up(at)):
        token = grammar.tokens[one]
        if token.dep == "ccomp" and not beside(grammar.text, one):
            subjects = sorted(grammar.subject(token.head))
            return grammar.tokens[subjects[0]].text if subjects else ""
        for child in grammar.parsed.children[one]:
            if grammar.tokens[child].lemma == "accord":
                named = [n for n in sorted(grammar.parsed.down(child)) if n != child]
                return next((grammar.tokens[n].text for n in named if tells(grammar.tokens[n])), "")
    return ""


def beside(text: Text, at: int) -> bool:
    """Whether a clause stands beside the one it hangs on: "It opened; it will close." """
    above = text.tokens[at].head
    return any(
        token.head in {at, above} and (token.dep == "cc" or token.text in {";", ":"})
        for token in text.tokens[at:above]
    )


def over(grammar: Grammar, at: int) -> list[tuple[set[int], str]]:
    """What a predicate hangs on, that makes it more or less than a plain fact: a verb of saying or
    meaning, "according to", a condition. Of each set one must be told with it; beside it, what the
    predicate is by it."""
    found: list[tuple[set[int], str]] = []
    tokens, children = grammar.tokens, grammar.parsed.children
    for one in (at, *grammar.parsed.up(at)):
        token, above = tokens[one], tokens[one].head
        found += [
            ({child}, "what someone says")
            for child in children[one]
            if tokens[child].lemma == "accord" and _covers(grammar, child, at, one)
        ]
        marked = any(tokens[child].dep == "mark" for child in children[one])
        infinitive = token.dep == "acl" and (token.tag == "VB" or marked)
        if (token.dep in _COMPLEMENTS or infinitive) and not beside(grammar.text, one):
            above = tokens[above].head if token.dep == "pcomp" else above
            what = "what someone says or means to do"
            held = {above}
            if tokens[above].lemma == "be":
                held = {c for c in children[above] if tokens[c].dep in {"nsubj", "attr"}}
            found.append((held, what))
        if marks(grammar, one) & CONDITIONS and above != one:
            found.append(({above}, "a condition"))
    return found


def _covers(grammar: Grammar, saying: int, at: int, above: int) -> bool:
    """Whether "according to" speaks of a predicate too: of its own clause or one before it."""
    between = grammar.tokens[saying:at]
    return (above == at or saying > at) and all(token.text != ";" for token in between)
