"""Whether the words of a sentence belong together as they do in the text that may bear it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims.claim import beside
from ingest.claims.pairing import Pairing

_CHECKED = frozenset(("ROOT", "nsubj", "nsubjpass", "dobj", "agent", "attr"))
"""What partners.py looks at."""
_INNER = frozenset(("nummod", "amod", "compound", "nmod", "det", "predet", "quantmod", "poss"))
_ADDED = frozenset(("appos", "npadvmod"))
"""A number added to another counts something else: "12 shots, four of them …"."""
_SOMEWHERE = frozenset(("in", "at", "on", "of"))


def strangers(pair: Pairing) -> Iterator[str]:
    """The words that belong there to something else than what they depend on here.

    What stands inside a noun phrase belongs to its noun, all else to its clause: on what a word
    hangs within one the parse finds too seldom.
    """
    for at, theirs in sorted(pair.to.items()):
        governor, dep, preposition = pair.mine.governor(at)
        told_by_itself = at in pair.mine.predicates and (dep == "conj" or beside(pair.said, at))
        if dep in _CHECKED or told_by_itself or governor < 0:
            continue
        text = pair.said.tokens[at].text
        if not _by(pair, theirs, preposition):
            yield f"“{preposition} {text}” is something else there"
        above = pair.predicate(governor)
        inner = pair.said.tokens[at].dep in _INNER or governor not in pair.mine.predicates
        if above is None or _copied(pair, at, governor):
            continue
        if not _together(pair, theirs, above, inner=inner):
            yield f"“{text}” belongs to something else there"


def _by(pair: Pairing, theirs: int, preposition: str) -> bool:
    """Whether a word stands there behind the same preposition."""
    other = pair.theirs.governor(theirs)[2]
    return not preposition or preposition == other or {preposition, other or "of"} <= _SOMEWHERE


def _copied(pair: Pairing, at: int, governor: int) -> bool:
    """Whether a word and what it depends on stand there as here, with no other noun or verb
    between them that it could depend on."""
    theirs, above = pair.to[at], pair.to.get(governor, -1)
    grammar = pair.theirs
    if above < 0 or (at < governor) != (theirs < above):
        return False
    if grammar.sentence(theirs) != grammar.sentence(above):
        return False
    first, last = sorted((theirs, above))
    here = {pair.to.get(one) for one in range(min(at, governor), max(at, governor))}
    between = range(first + 1, last)
    return all(
        one in here or pair.held.tokens[one].pos not in {"NOUN", "PROPN", "VERB"} for one in between
    ) and here <= {None, first, last, *between}


def _together(pair: Pairing, one: int, other: int, *, inner: bool) -> bool:
    """Whether a word there depends on another, by no predicate that was left out, or may."""
    grammar, line = pair.theirs, pair.theirs.line(one)
    token = pair.held.tokens[one]
    if inner and token.pos == "NUM" and token.dep in _ADDED:
        return False
    if pair.called((one,)) & pair.called((other,)):
        return True
    if other in line:
        between = line[1 : line.index(other)]
        return all(at in pair.kept or at not in grammar.predicates for at in between)
    if one in grammar.line(other):
        return True
    return not inner and grammar.clause(one) == grammar.clause(other)
