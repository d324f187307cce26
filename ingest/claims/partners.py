"""Whether who does what to whom is the same in both. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims.pairing import Pairing
from ingest.claims.words import tells

_LOOSELY = frozenset(("xcomp", "advcl", "pcomp"))
"""Clauses whose subject is only meant: the parse finds it too seldom to hold it against them."""


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


def _apposed(pair: Pairing, at: int) -> bool:
    """Whether what "to be" joins stands there as one name beside another: "the envoy, Ada Krol"."""
    ends = [
        pair.to.get(child)
        for child in pair.said.parsed.children[at]
        if pair.said.tokens[child].dep in {"nsubj", "attr"}
    ]
    match ends:
        case [int() as first, int() as second]:
            return second in pair.theirs.called(first)
    return False


def _partner(pair: Pairing, head: int, verb: int, role: str) -> bool:
    """Whether a predicate there has the same partner in the same role; a pronoun may be any."""
    token = pair.said.tokens[head]
    if not tells(token):
        return True
    theirs = pair.to.get(head)
    if theirs is None:
        return False
    called = pair.called(pair.theirs.roles(verb).get(role, frozenset()))
    held = pair.held.tokens[theirs]
    counted = held.dep == "nummod" and held.head in called and token.pos == "NUM"  # another 1,500
    return theirs in called or counted
