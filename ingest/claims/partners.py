"""Whether who does what to whom, and what belongs to whom, is the same in both. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims.pairing import Pairing
from ingest.claims.pointing import points
from ingest.claims.roles import OBJECT
from ingest.claims.words import tells

_LOOSELY = frozenset(("xcomp", "advcl", "pcomp"))
"""Clauses whose subject is only meant: the parse finds it too seldom to hold it against them."""
_OWNING = frozenset(("poss", "compound", "nmod", "conj"))
_BY = frozenset(("of", "by", "in"))


def other_partners(pair: Pairing) -> Iterator[str]:
    """The heads that have another part in the text than in the sentence."""
    for at in sorted(pair.mine.predicates):
        theirs = pair.predicate(at)
        if theirs is None:
            if pair.copula(at) and not _apposed(pair, at):
                yield f"this is not said there: {pair.phrase(at)}"
            continue
        loosely = pair.said.tokens[at].dep in _LOOSELY
        for role, heads in pair.mine.roles(at).items():
            if loosely and not (pair.mine.has_own(at, heads) or pair.theirs.has_subject(theirs)):
                continue
            for head in heads:
                text = pair.said.tokens[head].text
                if text.isalnum() and not _partner(pair, head, theirs, role):
                    yield f"“{text}” has another part there"


def other_owners(pair: Pairing) -> Iterator[str]:
    """The owners of something that own something else in the text."""
    for at, token in enumerate(pair.said.tokens):
        if token.dep == "poss" and token.head in pair.to and not _owner(pair, at):
            yield f"“{token.text}” owns something else there"


def _apposed(pair: Pairing, at: int) -> bool:
    """Whether what "to be" joins stands there as one name beside another."""
    ends = [
        pair.to.get(child)
        for child in pair.said.parsed.children[at]
        if pair.said.tokens[child].dep in {"nsubj", "attr", "acomp"}
    ]
    match ends:
        case [int() as first, int() as second]:
            token = pair.held.tokens[second]
            if token.pos == "VERB":
                return first in pair.theirs.roles(second).get(OBJECT, ())
            beside = token.dep == "amod" and token.head == first
            return beside or second in pair.theirs.called(first)
    return False


def _partner(pair: Pairing, head: int, verb: int, role: str) -> bool:
    """Whether a predicate there has the same partner in the same role."""
    there = pair.theirs.roles(verb).get(role, frozenset())
    called = pair.called(there)
    token = pair.said.tokens[head]
    if not tells(token):
        return _pronoun(pair, head, called)
    theirs = pair.to.get(head)
    if theirs is None:
        return False
    held = pair.held.tokens[theirs]
    if theirs in called or (
        held.dep == "nummod" and held.head in called and token.pos == "NUM"  # another 1,500
    ):
        return True
    return any(points(pair.held, one) and pair.stands(head, one) for one in there)


def _pronoun(pair: Pairing, head: int, called: set[int]) -> bool:
    """Whether a pronoun stands there too, or stands for what was named before it here."""
    token = pair.said.tokens[head]
    if token.tag in {"WP", "WDT", "WRB", "EX"} or token.pos not in {"PRON", "DET"}:
        return True
    same_word = any(pair.held.tokens[one].lemma == token.lemma for one in called)
    return same_word or any(mine < head and there in called for mine, there in pair.to.items())


def _owner(pair: Pairing, at: int) -> bool:
    """Whether a thing there has the same owner; "his" may stand where none is told."""
    things = pair.called((pair.to[pair.said.tokens[at].head],))
    owners = {
        one
        for one, token in enumerate(pair.held.tokens)
        if pair.theirs.governor(one)[0] in things
        and (token.dep in _OWNING or pair.theirs.governor(one)[2] in _BY)
    }
    called = pair.called(owners)
    if not tells(pair.said.tokens[at]):
        return not owners or _pronoun(pair, at, called)
    return pair.to.get(at) in called or any(
        pair.held.tokens[one].tag == "PRP$" and pair.stands(at, one) for one in owners
    )
