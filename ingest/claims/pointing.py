"""What a pronoun or "the company" stands for, by the sentences before it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.claims.roles import Grammar
from ingest.claims.words import Text, read, straight

BACK = 3
"""How many sentences back a pronoun may point."""
_PLACING = frozenset(("in", "at", "on", "near", "from"))
_PERSONAL = frozenset(("he", "she"))


@dataclass(frozen=True)
class Before:
    """The sentences before the ones that are compared, the last one last, all of the passage,
    and the title."""

    sentences: tuple[str, ...]
    passage: tuple[str, ...]
    title: str
    language: str | None
    now: datetime | None

    def read(self, sentence: str) -> Text | None:
        return read((sentence,), self.language, self.now)


def points(text: Text, at: int) -> bool:
    """Whether a token stands for what was named before: a pronoun, or "the" with a noun."""
    token = text.tokens[at]
    if token.tag in {"PRP", "PRP$"}:
        return token.lemma not in {"i", "we", "you", "my", "our", "your"}
    return token.pos == "NOUN" and any(
        text.tokens[child].dep == "poss"
        or (text.tokens[child].dep == "det" and text.tokens[child].lemma not in {"a", "an"})
        for child in text.parsed.children[at]
    )


def meant(grammar: Grammar, at: int) -> int | None:
    """The word before a pointing one in the same text that means the same, if that is plain."""
    text, token = grammar.text, grammar.tokens[at]
    if not points(text, at):
        return None
    if token.pos == "NOUN":
        same = (n for n in range(at - 1, -1, -1) if text.tokens[n].pos == "NOUN")
        return next((n for n in same if text.tokens[n].lemma == token.lemma), None)
    start = min(text.parsed.down(grammar.sentence(at)))
    found = _subjects(grammar, at, start) or _subjects(grammar, start)
    many = token.lemma in {"they", "them", "their"}
    fit = (n for n in found if (text.tokens[n].tag[-1:] == "S") == many)
    return next((n for n in fit if text.tokens[n].dep in {"nsubj", "nsubjpass"}), None)


def stands_for(name: Sequence[frozenset[str]], grammar: Grammar, at: int, before: Before) -> bool:
    """Whether a name (the keys of its words) is what a pointing token stands for, and nothing else
    fits as well: the subject of the sentence before, or, of a person, the only name there."""
    text = grammar.text
    if text.tokens[at].pos == "NOUN":
        return _called(name, grammar, at, before)
    personal = text.tokens[at].lemma in _PERSONAL or text.tokens[at].text.lower() in {"his", "her"}
    for there, limit in _places(grammar, at, before):
        held, subjects = there.text, _subjects(there, limit)
        if any(_same(name, held, one) for one in subjects):
            return True
        names = _candidates(held, limit, personal)
        if any(held.tokens[one].pos == "PROPN" for one in subjects):
            return False
        if names:
            return personal and len(names) == 1 and _same(name, held, names[0])
        if subjects and not all(held.tokens[one].pos == "PRON" for one in subjects):
            return False
    title = before.read(straight(before.title)) if before.title else None
    names = _candidates(title, len(title.tokens), personal) if title else []
    return bool(title and len(names) == 1 and _same(name, title, names[0]))


def _places(grammar: Grammar, at: int, before: Before) -> list[tuple[Grammar, int]]:
    """Where the name may stand: sentence by sentence, the nearest first; the end of each."""
    start = min(grammar.parsed.down(grammar.sentence(at)))
    places = [(grammar, at)] if _subjects(grammar, at, start) else []
    if start:
        places.append((grammar, start))
    for sentence in reversed(before.sentences[-BACK:]):
        held = before.read(sentence)
        if held:
            places.append((Grammar(held), len(held.tokens)))
    return places


def _subjects(grammar: Grammar, limit: int, start: int = 0) -> list[int]:
    """The subject of the last main clause before a token, with what names it too."""
    found = -1
    for at, token in enumerate(grammar.tokens[start:limit], start):
        main = grammar.tokens[token.head].dep == "ROOT"
        if token.dep in {"nsubj", "nsubjpass"} and main:
            found = at
    return sorted(grammar.called(found)) if found >= 0 else []


def _candidates(text: Text, limit: int, personal: bool) -> list[int]:
    """The heads of the names before a token, of each name one."""
    found: list[int] = []
    times = [(moment.start, moment.end) for moment in text.moments]
    for at, token in enumerate(text.tokens[:limit]):
        if token.pos != "PROPN" or token.dep in {"compound", "amod", "nmod"}:
            continue
        if any(start <= token.start < end for start, end in times):
            continue
        placed = token.dep == "pobj" and text.tokens[token.head].lemma in _PLACING
        if personal and (placed or token.dep == "poss"):
            continue
        if all(set(text_keys(text, at)).isdisjoint(text_keys(text, one)) for one in found):
            found.append(at)
    return found


def text_keys(text: Text, at: int) -> list[frozenset[str]]:
    """The keys of a token's words."""
    return text.by_token.get(at, [])


def _same(name: Sequence[frozenset[str]], text: Text, at: int) -> bool:
    """Whether a name's last word is the one there, or another of its words is."""
    held = set[str]().union(*text_keys(text, at))
    return bool(name) and any(keys & held for keys in name)


def _called(name: Sequence[frozenset[str]], grammar: Grammar, at: int, before: Before) -> bool:
    """Whether the name is joined to the noun somewhere, as "Selby, the owner" is; or nothing else
    was named last, and the noun not before."""
    noun = set[str]().union(*text_keys(grammar.text, at))
    places = _places(grammar, at, before)
    for there, _ in places:
        for one in range(len(there.tokens)):
            others = there.called(one) if _same(name, there.text, one) else ()
            if any(noun & set[str]().union(*text_keys(there.text, other)) for other in others):
                return True
    return not _speaks(grammar.text, at) and _named_last(name, noun, places)


def _speaks(text: Text, at: int) -> bool:
    """Whether a token is the subject of a verb that tells something."""
    head = text.tokens[at].head
    return any(text.tokens[child].dep == "ccomp" for child in text.parsed.children[head])


def _named_last(
    name: Sequence[frozenset[str]], noun: set[str], places: Sequence[tuple[Grammar, int]]
) -> bool:
    for there, limit in places:
        if any(noun & word.keys for word in there.text.words if word.at < limit):
            return False
        if names := _candidates(there.text, limit, personal=False):
            return len(names) == 1 and _same(name, there.text, names[0])
    return False
