"""Whether the words of a sentence belong together as they do in the text that may bear it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ingest.claims.claim import beside
from ingest.claims.pairing import Pairing
from ingest.claims.words import tells

_CHECKED = frozenset(("ROOT", "nsubj", "nsubjpass", "dobj", "poss", "agent", "attr"))
"""What partners.py looks at."""
_INNER = frozenset(("nummod", "amod", "compound", "nmod", "det", "predet", "quantmod"))
_ADDED = frozenset(("appos", "npadvmod"))
"""A number added to another counts something else: "12 shots, four of them …"."""
_SOMEWHERE = frozenset(("in", "at", "on", "of"))


def strangers(pair: Pairing) -> Iterator[str]:
    """The words that belong to something else there."""
    for at, theirs in sorted(pair.to.items()):
        governor, dep, preposition = pair.mine.governor(at)
        text = pair.said.tokens[at].text
        if dep in _CHECKED:
            continue
        if at in pair.mine.predicates and (dep == "conj" or beside(pair.said, at)):
            if not _joined(pair, governor):
                yield f"“{text}” is not joined to that there"
            continue
        if at in pair.pointed:
            continue
        if not _by(pair, theirs, preposition):
            yield f"“{preposition} {text}” is something else there"
        above = pair.to.get(governor)
        if above is None and governor >= 0 and pair.copula(governor):
            above = pair.predicate(governor)
        if above is not None and not _belongs(pair, at, governor, above):
            yield f"“{text}” belongs to something else there"


def _belongs(pair: Pairing, at: int, governor: int, above: int) -> bool:
    return (
        _copied(pair, at, governor)
        or any(
            _hangs(pair, one, other, at)
            for one in pair.group(pair.to[at])
            for other in pair.group(above)
        )
        or _pointed(pair, at, above)
    )


def _joined(pair: Pairing, other: int) -> bool:
    """Whether two predicates may be joined as here: "or" only where it stands there."""
    either = any(pair.said.tokens[one].lemma == "or" for one in pair.said.parsed.children[other])
    return not either or any(token.lemma == "or" for token in pair.held.tokens)


def _by(pair: Pairing, theirs: int, preposition: str) -> bool:
    """Whether a word stands there behind the same preposition."""
    others = {pair.theirs.governor(theirs)[2], _before(pair, theirs)} - {""}
    if not preposition or preposition in others or {preposition, *others} <= _SOMEWHERE:
        return True
    return not others and preposition in _SOMEWHERE


def _before(pair: Pairing, at: int) -> str:
    """The preposition that stands before a noun there and what belongs to it."""
    tokens = pair.held.tokens
    while at > 0 and tokens[at].pos not in {"ADP", "VERB", "AUX", "SCONJ"}:
        at -= 1
        if tokens[at].pos == "PUNCT" and tokens[at].text not in {'"', "'", "-"}:
            break
    return tokens[at].lemma if tokens[at].pos == "ADP" else ""


def _copied(pair: Pairing, at: int, governor: int) -> bool:
    """Whether a word and what it depends on stand there as here, with no other noun or verb
    between them that it could depend on."""
    theirs, above = pair.to[at], pair.to.get(governor, -1)
    if above < 0 or (at < governor) != (theirs < above):
        return False
    first, last = sorted((theirs, above))
    here = {pair.to.get(one) for one in range(min(at, governor), max(at, governor))}
    between = range(first + 1, last)
    return all(
        one in here or pair.held.tokens[one].pos not in {"NOUN", "PROPN", "VERB"} for one in between
    ) and here <= {None, first, last, *between}


def _pointed(pair: Pairing, at: int, above: int) -> bool:
    """Whether a pronoun there stands for a word, and depends on the same."""
    by = pair.mine.governor(at)[2]
    for one, token in enumerate(pair.held.tokens):
        governor, dep, other = pair.theirs.governor(one)
        alike = other == by or (by == "of" and dep == "poss")
        if governor == above and alike and token.tag in {"PRP", "PRP$"} and pair.stands(at, one):
            return True
    return False


def _hangs(pair: Pairing, theirs: int, above: int, at: int) -> bool:
    """Whether a word there depends on another through words that are kept."""
    grammar = pair.theirs
    if grammar.called(theirs) & grammar.called(above):
        return True
    ups, downs = _line(pair, theirs), _line(pair, above)
    meet = next((one for one in ups if one in downs), None)
    if meet is None:
        return False
    path = ups[: ups.index(meet) + 1] + downs[: downs.index(meet)][::-1]
    noun = above not in grammar.predicates
    up = meet == above and theirs not in pair.held.spans and (noun or path[2:] == [above])
    for below, one in pairwise(path):
        if (
            one != above
            and not _passes(pair, one, below, up)
            and not _leads(pair, theirs, one, above)
        ):
            return False
    if pair.said.tokens[at].dep in _INNER:
        apart = pair.held.tokens[theirs].dep in _ADDED and pair.held.tokens[theirs].pos == "NUM"
        return meet in grammar.called(above) and not apart
    if noun and at not in pair.mine.predicates and meet in grammar.predicates:
        return ups[:2] == [theirs, meet]
    return True


def _line(pair: Pairing, at: int) -> list[int]:
    """A token there and what it depends on, up to the root."""
    found = [at]
    while (at := pair.theirs.governor(at)[0]) >= 0:
        found.append(at)
    return found


def _passes(pair: Pairing, at: int, below: int, up: bool) -> bool:
    """Whether what was left out between two words joins them: it is kept itself or joined to what
    is kept, or it only leads `up` from a thing to where or whose it is."""
    token, lower = pair.held.tokens[at], pair.held.tokens[below]
    if at in pair.kept or not tells(token) or pair.theirs.called(at) & pair.kept:
        return True
    if lower.dep == "conj" and lower.head == at:
        return True
    return up and (token.pos == "NOUN" or token.dep in {"acl", "xcomp"})


def _leads(pair: Pairing, theirs: int, at: int, above: int) -> bool:
    """Whether a word stands before several predicates, so that it belongs to each."""
    first = theirs < min(pair.held.parsed.down(above))
    joined = pair.held.tokens[above].dep == "conj" and at in _line(pair, above)
    return first and joined and at in pair.theirs.predicates
