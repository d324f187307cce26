"""A sentence laid beside the text that may bear it, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from ingest.claims.roles import Grammar
from ingest.claims.words import Text, align, joins, straight, tells

_NAMING = frozenset(("compound", "nmod", "amod", "nummod"))


class Pairing:
    """Which token of `held` stands for each of `said`: `to`, by number.

    `around` is what else may name things: the other sentences of the passage, the title.
    """

    def __init__(self, said: Text, held: Text, around: Sequence[str]) -> None:
        self.said, self.held, self.around = said, held, around
        self.mine, self.theirs = Grammar(said), Grammar(held)
        pairs = align(said.words, held.all)
        self._place_moved(pairs)
        self.to = {said.words[mine].at: held.all[theirs].at for mine, theirs in pairs.items()}
        self._missing = [word.at for n, word in enumerate(said.words) if n not in pairs]

    def _place_moved(self, pairs: dict[int, int]) -> None:
        """Find the words that stand elsewhere, each the nearest to the one before it."""
        taken = set(pairs.values())
        for number, word in enumerate(self.said.words):
            if number in pairs:
                continue
            all_ = enumerate(self.held.all)
            free = [at for at, other in all_ if at not in taken and other.keys & word.keys]
            if free:
                near = pairs.get(number - 1, pairs.get(number + 1, 0))
                pairs[number] = min(free, key=lambda at, near=near: abs(at - near))  # type: ignore[misc]
                taken.add(pairs[number])

    def unsaid(self) -> Iterator[str]:
        """What stands in the sentence alone; a name may be told in full."""
        for at in self._missing:
            token = self.said.tokens[at]
            if at not in self.to and not joins(token) and not self._introduced(at):
                yield f"this does not stand there: {token.text}"

    @cached_property
    def kept(self) -> set[int]:
        """The tokens there that stand here too."""
        found = set(self.to.values())
        return found.union(*(self.held.spans.get(at, ()) for at in found))

    @cached_property
    def _groups(self) -> dict[int, frozenset[int]]:
        """The words there that mean one thing, each with the others."""
        found: dict[int, frozenset[int]] = {}
        for at in range(len(self.held.tokens)):
            other = self.theirs.meant(at)
            if other is not None:
                group = found.get(other, frozenset((other,))) | {at}
                found |= dict.fromkeys(group, group)
        return found

    def called(self, heads: Iterable[int]) -> set[int]:
        """All words there that mean the same as some."""
        alike = {one for head in heads for one in self._groups.get(head, (head,))}
        return set[int]().union(*(self.theirs.called(one) for one in alike))

    def copula(self, at: int) -> bool:
        """Whether a token of the sentence is a "to be" that says what something is."""
        token = self.said.tokens[at]
        return token.lemma == "be" and token.dep not in {"aux", "auxpass"}

    def predicate(self, at: int) -> int | None:
        """The predicate there that a predicate here stands for."""
        return self._being(at) if self.copula(at) else self.to.get(at)

    def _being(self, at: int) -> int | None:
        """The "to be" there that says the same of something."""
        for child in self.said.parsed.children[at]:
            below = (self.to.get(one) for one in sorted(self.said.parsed.down(child)))
            first = next((one for one in below if one is not None), None)
            for above in self.held.parsed.up(first) if first is not None else ():
                token = self.held.tokens[above]
                if token.lemma == "be" and token.dep not in {"aux", "auxpass"}:
                    return above
                if above in self.theirs.predicates:
                    break
        return None

    def phrase(self, at: int) -> str:
        """A token of the sentence with all that depends on it, as written."""
        down = self.said.parsed.down(at)
        tokens = self.said.tokens
        return self.said.parsed.text[tokens[min(down)].start : tokens[max(down)].end]

    def _introduced(self, at: int) -> bool:
        """Whether a word belongs to a name that stands elsewhere as it is here."""
        tokens, top = self.said.tokens, at
        while tokens[top].dep in {*_NAMING, "appos"}:
            top = tokens[top].head
        name = self._name(top)
        proper = [one for one in name if tokens[one].pos == "PROPN"]
        words = " ".join(tokens[one].text for one in name)
        known = [self.to[one] for one in proper if one in self.to]
        if not known or not any(_stands_in(words, text) for text in self.around):
            return False
        there = {c for at in known for c in self.held.parsed.children[at] if self._names(c)}
        return there <= self.kept and self._only_one([tokens[one].text for one in proper])

    def _names(self, at: int) -> bool:
        """Whether a word there is part of another's name."""
        return self.held.tokens[at].dep == "compound" and self.held.tokens[at].pos == "PROPN"

    def _only_one(self, name: Sequence[str]) -> bool:
        """Whether no other first name stands before the last one anywhere."""
        last = re.escape(name[-1])
        found = (re.findall(rf"(\w+)\s+{last}\b", straight(text)) for text in self.around)
        first = {word for words in found for word in words if word[0].isupper()}
        return first <= {*name, "The"}

    def _name(self, top: int) -> list[int]:
        """A noun with what names it."""
        found = [top]
        for child in self.said.parsed.children[top]:
            token = self.said.tokens[child]
            if token.dep in _NAMING and tells(token):
                found += self._name(child)
        return sorted(found)


def _stands_in(words: str, text: str) -> bool:
    return f" {bare(words)} " in f" {bare(text)} "


def bare(text: str) -> str:
    """The words of a text alone, in lower case; "U.S." is one."""
    whole = re.sub(r"\b(?:\w\.){2,}", lambda dotted: dotted[0].replace(".", ""), text)
    return " ".join(re.findall(r"[^\W_]+", whole.lower()))
