"""Whether who does what to whom is the same in both. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims.pairing import Pairing
from ingest.claims.words import points, tells

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


def other_owners(pair: Pairing) -> Iterator[str]:
    """The "his" and "its" that own what has another owner in the text."""
    for at, token in enumerate(pair.said.tokens):
        thing = pair.to.get(token.head)
        if token.dep != "poss" or tells(token) or thing is None:
            continue
        owners = {c for c in pair.held.parsed.children[thing] if pair.held.tokens[c].dep == "poss"}
        if owners and not _pronoun(pair, at, pair.called(owners)):
            yield f"“{token.text}” owns something else there"


def _partner(pair: Pairing, head: int, verb: int, role: str) -> bool:
    """Whether a predicate there has the same partner in the same role."""
    called = pair.called(pair.theirs.roles(verb).get(role, frozenset()))
    token = pair.said.tokens[head]
    if not tells(token):
        return _pronoun(pair, head, called)
    theirs = pair.to.get(head)
    if theirs is None:
        return False
    held = pair.held.tokens[theirs]
    counted = held.dep == "nummod" and held.head in called and token.pos == "NUM"  # another 1,500
    return theirs in called or counted


def _pronoun(pair: Pairing, head: int, called: set[int]) -> bool:
    """Whether a pronoun stands there too, or stands for what was named before it here."""
    token = pair.said.tokens[head]
    if token.tag in {"WP", "WDT", "WRB", "EX"} or token.pos not in {"PRON", "DET"}:
        return True
    others = (pair.held.tokens[one] for one in called if points(pair.held, one))
    told = {other.lemma for other in others if other.pos == "PRON"}
    if told:  # "he" never stands for who is "she" there
        return token.lemma in told
    same_word = any(pair.held.tokens[one].lemma == token.lemma for one in called)
    return same_word or any(mine < head and there in called for mine, there in pair.to.items())
