"""Which claim a message asks about: "is it true that …?" in six languages, and yes/no questions in
English, as the parse reads them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.text import content_words
from ingest.text.parse import Parsed, Token, parse

_ASKS = "|".join(
    (
        r"is (?:it|this|that) (?:true|correct)(?: that|$)",
        r"stimm(?:t|en) (?:das|es)(?:,? dass|$)",
        r"ist (?:das|es) wahr(?:,? dass|$)",
        r"es (?:esto |eso )?(?:verdad|cierto)(?: que)?",
        r"(?:это )?правда(?: ли)?(?: это)?(?:,? что|$)",
        r"هل (?:هذا )?صحيح(?: أن)?",
        r"האם (?:זה )?נכון(?: ש)?",
    )
)
_MARKS = " \t\n\r:,;?¿!–—-\"'“”„«»‘’؟"
_BEFORE = re.compile(rf"^\W*(?:{_ASKS.replace('$', r'(?=[?:,.!]|$)')})", re.IGNORECASE)
_AFTER = re.compile(rf"(?:^|[\s.!?:,—–-])(?:{_ASKS})\W*$", re.IGNORECASE)
_FEW = 2
_TAG = 3
_LONGEST = 12
"""How many words a subject has at most."""
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))
_BEFORE_NOUN = frozenset(("det", "compound", "amod", "nummod", "poss", "case"))


def claim_asked_about(text: str) -> str | None:
    """The claim in a text that asks whether it is true; "" if the claim stands elsewhere (in the
    message that it replies to, say); None if the text does not ask that."""
    bare = text.rstrip(_MARKS)
    for asks in (_BEFORE, _AFTER):
        found = asks.search(bare)
        if found:
            rest = (bare[: found.start()] + " " + bare[found.end() :]).strip(_MARKS)
            return _sentence(rest) if len(content_words(rest)) >= _FEW else ""
    return None


def as_claim(text: str, language: str | None = None) -> str:
    """The text as what it claims: "is it true that the mayor left?" and "has the mayor left?" claim
    that she did. What asks nothing, or for more than yes or no, comes back as it is."""
    asked = claim_asked_about(text)
    if asked:
        return asked
    bare = text.strip(_MARKS)
    said, _, tag = bare.rpartition(",")
    if said and _is_tag(parse(tag.strip(), language)):
        return _sentence(said)
    read = parse(bare, language)
    return (_stated(read) if read else "") or text


def _is_tag(read: Parsed | None) -> bool:
    """Whether words only ask for a yes: "isn't it", "is that right"."""
    tokens = [token for token in read.tokens if token.dep != "neg"] if read else []
    verb = bool(tokens) and tokens[0].pos in {"AUX", "VERB"}
    return verb and 1 < len(tokens) <= _TAG and tokens[1].dep == "nsubj"


def _stated(read: Parsed) -> str:
    """A yes/no question with its auxiliary behind its subject; "" if it is none."""
    tokens = read.tokens
    if not tokens or tokens[0].pos != "AUX":
        return ""
    first = 2 if len(tokens) > 1 and tokens[1].dep == "neg" else 1
    asked = "".join(read.text[t.start : t.end] for t in tokens[:first]).lower()
    places = range(first + 1, min(len(tokens), first + _LONGEST))
    clinging = [at for at in places if _clings(tokens, at)]
    for at in [at for at in places if at not in clinging] + clinging[::-1]:
        subject = read.text[tokens[first].start : tokens[at - 1].end]
        claim = _sentence(f"{subject} {asked} {read.text[tokens[at].start :]}")
        if _has_subject(claim, len(subject)):
            return claim
    return ""


def _clings(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word rather belongs to what stands before it."""
    last, word = tokens[at - 1], tokens[at]
    if "PUNCT" in {last.pos, word.pos} or (last.dep in _BEFORE_NOUN and last.head >= at):
        return True
    return (word.pos == "NUM" and last.pos != "PRON") or (
        word.dep == "prep" and word.head == at - 1
    )


def _has_subject(claim: str, end: int) -> bool:
    """Whether what stands before `end` is the subject of the auxiliary after it."""
    read = parse(claim)
    found = read.tokens if read else ()
    verbs = {at for at, token in enumerate(found) if token.start == end + 1}
    if any(found[at - 1].pos == "ADP" for at in verbs):
        return False
    verbs |= {found[at].head for at in verbs if found[at].dep in {"aux", "auxpass"}}
    return any(t.dep in _SUBJECTS and t.end <= end and t.head in verbs for t in found)


def _sentence(words: str) -> str:
    """The words as a sentence."""
    closed = words if words[-1] in ".!…" else f"{words}."
    return closed[0].upper() + closed[1:]
