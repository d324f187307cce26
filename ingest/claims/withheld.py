"""Whether what a sentence leaves out of a text takes its claim back. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims.claim import denied, marks, modals, over
from ingest.claims.pairing import Pairing
from ingest.claims.words import CONDITIONS, loose, negates, tells

_DOUBTFUL = frozenset(("former", "alleged", "likely", "possible", "potential", "apparent",
                       "probable", "would-be", "fake", "most", "many", "few", "fewer"))  # fmt: skip
"""Adjectives that say a thing may not be one, or that not all are meant."""
_EXCEPT = frozenset(("except", "but", "excluding", "barring"))
_UNSURE = frozenset(("allegedly", "reportedly", "supposedly", "apparently", "possibly", "probably",
                     "perhaps", "maybe", "likely", "seemingly", "nearly", "almost", "barely",
                     "only", "just", "partly"))  # fmt: skip
"""Adverbs that take back what a verb says, wherever they stand."""
_ALL = frozenset(("all", "every", "each", "both"))
"""What is said of all is said of some."""
_REPORTED = {"would": "will", "could": "can", "might": "may"}
_NEAR = 3


def turned(pair: Pairing) -> Iterator[str]:
    """The words that are denied in one of both."""
    for at, theirs in _pairs(pair):
        if denied(pair.mine, at) != denied(pair.theirs, theirs):
            yield f"“{pair.said.tokens[at].text}” is denied in one of them"


def as_sure(pair: Pairing) -> Iterator[str]:
    """The predicates that are more or less sure there, or for another reason."""
    for at, theirs in _pairs(pair):
        if at not in pair.mine.predicates or theirs not in pair.theirs.predicates:
            continue
        if not _as_sure(pair, at, theirs):
            yield f"“{pair.said.tokens[at].text}” is less or more sure there"
        if marks(pair.mine, at) - marks(pair.theirs, theirs):
            yield "its reason or condition does not stand there"


def _pairs(pair: Pairing) -> list[tuple[int, int]]:
    copulas = ((at, pair.predicate(at)) for at in pair.mine.predicates if pair.copula(at))
    beings = ((at, theirs) for at, theirs in copulas if theirs is not None)
    return sorted([*pair.to.items(), *beings])


def _as_sure(pair: Pairing, at: int, theirs: int) -> bool:
    """Whether two predicates have the same "may" or "will", as reported speech changes it."""
    here, there = modals(pair.mine, at), modals(pair.theirs, theirs)
    if here == there:
        return not (pair.said.tokens[at].tag in {"VBD", "VBN"} and _going_on(pair, theirs))
    above = (theirs, *pair.held.parsed.up(theirs))
    reported = any(pair.held.tokens[one].dep == "ccomp" for one in above)
    return reported and {_REPORTED.get(one, one) for one in here} == {
        _REPORTED.get(one, one) for one in there
    }


def _going_on(pair: Pairing, theirs: int) -> bool:
    """Whether a predicate there is still going on: "is building"."""
    children = (pair.held.tokens[c] for c in pair.held.parsed.children[theirs])
    being = any(child.dep == "aux" and child.lemma == "be" for child in children)
    return pair.held.tokens[theirs].tag == "VBG" and being


def taken_back(pair: Pairing) -> Iterator[str]:
    """The predicates that hang there on what the sentence leaves out: who says so, a condition."""
    for at, theirs in sorted(pair.to.items()):
        if theirs not in pair.theirs.predicates:
            continue
        for above, what in over(pair.theirs, theirs):
            if not above & pair.kept:
                yield f"“{pair.said.tokens[at].text}” is only {what} there"


def left_out(pair: Pairing) -> Iterator[str]:
    """The words beside kept ones that must not be left out."""
    for at, theirs in sorted(pair.to.items()):
        for child in pair.held.parsed.children[theirs]:
            if child in pair.kept or _said_too(pair, child, at):
                continue
            if _restricts(pair, child, theirs):
                yield f"this was left out: {pair.held.tokens[child].text}"


def _said_too(pair: Pairing, child: int, at: int) -> bool:
    """Whether a small word stands here beside the same word."""
    lemma = pair.held.tokens[child].lemma
    near = pair.said.spans.get(at, (at,))
    close = range(min(near) - _NEAR, max(near) + _NEAR + 1)
    return any(
        token.lemma == lemma and (token.head in near or one in close)
        for one, token in enumerate(pair.said.tokens)
    )


def _restricts(pair: Pairing, at: int, head: int) -> bool:
    """Whether a word must not be left out beside what it belongs to."""
    token, above = pair.held.tokens[at], pair.held.tokens[head]
    if token.dep == "quantmod" or (above.pos == "NUM" and token.dep in {"advmod", "amod"}):
        return True
    if token.tag in {"DT", "PDT"}:
        return tells(token) and token.lemma not in _ALL
    match token.dep:
        case "amod":
            found = token.tag == "VBN" or token.lemma in _DOUBTFUL
        case "advcl":
            found = bool(marks(pair.theirs, at) & CONDITIONS)
        case "cc":  # of what "or" joins all must be kept
            children = pair.held.parsed.children[head]
            joined = {c for c in children if pair.held.tokens[c].dep == "conj"}
            found = token.lemma == "or" and not joined <= pair.kept
        case "prep":
            found = token.lemma in _EXCEPT
        case _:
            found = token.dep == "advmod" and _limits(pair, at, head)
    return found


def _limits(pair: Pairing, at: int, head: int) -> bool:
    """Whether an adverb says how far something holds, or leads what it belongs to."""
    token, between = pair.held.tokens[at], pair.held.tokens[at:head]
    if negates(token) or loose(token):
        return False
    leading = bool(between) and all(other.text != "," for other in between)
    return token.lemma in _UNSURE or (leading and token.tag[:2] == "RB")
