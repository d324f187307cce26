"""Who does what to whom in a parsed text: a predicate's partners, through the grammar. Pure."""

from __future__ import annotations

from functools import cached_property

from ingest.claims.words import Text, points

SUBJECT, OBJECT, RECEIVER, BEING = "subject", "object", "receiver", "being"
_SURFACE = {"nsubj": SUBJECT, "csubj": SUBJECT, "nsubjpass": OBJECT, "csubjpass": OBJECT}
_ROLES = _SURFACE | {"dobj": OBJECT, "attr": BEING, "oprd": BEING, "dative": RECEIVER}
_CLAUSES = frozenset(
    ("ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "csubj", "csubjpass")
)
_NAMING = frozenset(("compound", "appos", "amod", "nmod"))
_SHARED = frozenset(("xcomp", "advcl", "pcomp", "ccomp"))

Roles = dict[str, frozenset[int]]


class Grammar:
    """The predicates of a text with their partners, by token number.

    A passive is turned, a relative pronoun stands for what it points at, and a predicate without
    a subject of its own has the one that the sentence means for it.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.parsed = text.parsed
        self.tokens = text.tokens
        self._roles: dict[int, Roles] = {}
        self._names_of: dict[int, set[int]] = {}

    @cached_property
    def predicates(self) -> frozenset[int]:
        """Verbs, and what is said of something by "to be"."""
        return frozenset(
            at
            for at, token in enumerate(self.tokens)
            if (
                token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass", "amod", "case"}
            )
            or (token.dep == "acomp" and self.tokens[token.head].pos in {"AUX", "VERB"})
        )

    def roles(self, at: int) -> Roles:
        """A predicate's partners: the heads in each role, with those that "and" joins to them."""
        if at not in self._roles:
            self._roles[at] = {}  # a circle ends here
            found: dict[str, set[int]] = {}
            for role, heads in self._own(at):
                found.setdefault(role, set()).update(*(self._joined(head) for head in heads))
            self._roles[at] = {role: frozenset(heads) for role, heads in found.items()}
        return self._roles[at]

    def _own(self, at: int) -> list[tuple[str, set[int]]]:
        found: list[tuple[str, set[int]]] = []
        for child in self.parsed.children[at]:
            token = self.tokens[child]
            if token.dep == "agent":
                found.append((SUBJECT, set(self.parsed.children[child])))
            elif token.dep == "dative" and token.pos == "ADP":
                found.append((RECEIVER, set(self.parsed.children[child])))
            elif token.dep in _ROLES:
                found.append((_ROLES[token.dep], {self._meant(child)}))
        if not any(self.tokens[child].dep in _SURFACE for child in self.parsed.children[at]):
            subject = self._inherited(at)
            role = OBJECT if self.passive(at) else SUBJECT
            if not subject and self.tokens[at].dep == "relcl":
                subject, role = {self.tokens[at].head}, OBJECT
            if role == SUBJECT or OBJECT not in {role for role, _ in found}:
                found.append((role, subject))
        elif self.tokens[at].dep == "relcl" and OBJECT not in {role for role, _ in found}:
            found.append((OBJECT, {self.tokens[at].head}))
        return [(role, heads) for role, heads in found if heads]

    def has_subject(self, at: int) -> bool:
        """Whether a predicate has a subject of its own."""
        return any(self.tokens[child].dep in _SURFACE for child in self.parsed.children[at])

    def has_own(self, at: int, heads: frozenset[int]) -> bool:
        """Whether one of these hangs on a predicate itself."""
        return any(at in self.parsed.up(head) for head in heads)

    def subject(self, at: int) -> set[int]:
        """What stands as the subject of a predicate, before a passive is turned."""
        own = {
            self._meant(child)
            for child in self.parsed.children[at]
            if self.tokens[child].dep in _SURFACE
        }
        return own or self._inherited(at)

    def _inherited(self, at: int) -> set[int]:
        token = self.tokens[at]
        above = token.head
        if above == at:
            return set()
        if token.dep == "acl":
            return {above} if token.tag in {"VBG", "VBN", "VBD"} else set()
        if token.dep == "relcl":
            return set()
        if token.dep == "pcomp":
            above = self.tokens[above].head
        if token.dep in {"conj", "acomp", *_SHARED} and above in self.predicates:
            if token.dep == "xcomp":
                objects = {
                    c for c in self.parsed.children[above] if self.tokens[c].dep in {"dobj", "oprd"}
                }
                return objects or self.subject(above)
            return self.subject(above)
        return set()

    def _meant(self, at: int) -> int:
        """What a relative pronoun points at; else the token itself."""
        if self.tokens[at].tag in {"WP", "WDT"}:
            for above in self.parsed.up(at):
                if self.tokens[above].dep == "relcl":
                    return self.tokens[above].head
        return at

    def passive(self, at: int) -> bool:
        """Whether a predicate is in the passive, so that its subject is what it is done to."""
        token = self.tokens[at]
        if any(self.tokens[child].dep == "auxpass" for child in self.parsed.children[at]):
            return True
        if token.tag != "VBN" or any(
            self.tokens[child].dep == "aux" for child in self.parsed.children[at]
        ):
            return False
        if token.dep == "conj" and token.head in self.predicates:
            return self.passive(token.head)
        return token.dep in {"acl", "acomp", "advcl", "relcl"}

    def _joined(self, at: int) -> set[int]:
        found = {at}
        for child in self.parsed.children[at]:
            if self.tokens[child].dep == "conj":
                found |= self._joined(child)
        return found

    def called(self, at: int) -> set[int]:
        """The heads that name the same as one: "Selby, the owner", "fire chief Orla Venn"."""
        if at in self._names_of:
            return self._names_of[at]
        found, left = set[int](), [at]
        while left:
            one = left.pop()
            if one in found:
                continue
            found.add(one)
            token = self.tokens[one]
            near = [child for child in self.parsed.children[one] if self._names(child)]
            if token.head != one and self._names(one):
                near.append(token.head)
            left.extend(near)
        self._names_of[at] = found
        return found

    def _names(self, at: int) -> bool:
        token = self.tokens[at]
        if token.dep == "appos":
            return token.pos in {"NOUN", "PROPN"}
        named = self.tokens[token.head].pos == "PROPN"
        return named and token.dep in _NAMING and token.pos in {"PROPN", "NOUN"}

    def clause(self, at: int) -> int:
        """The predicate that a token belongs to: the nearest above it, or itself."""
        for one in (at, *self.parsed.up(at)):
            token = self.tokens[one]
            if token.dep in _CLAUSES or (token.dep == "conj" and one in self.predicates):
                return one
        return at

    def sentence(self, at: int) -> int:
        """The root above a token."""
        return [at, *self.parsed.up(at)][-1]

    def governor(self, at: int) -> tuple[int, str, str]:
        """What a token depends on, as what, and by which preposition; -1 for a root.

        What "and" joins depends on what the first depends on.
        """
        preposition = ""
        while True:
            token = self.tokens[at]
            above = token.head
            if above == at:
                return -1, "ROOT", preposition
            if token.dep == "conj" and at not in self.predicates:
                at = above
                continue
            if token.dep in {"pobj", "pcomp"}:
                preposition = preposition or self.tokens[above].lemma
                at = above
                continue
            return above, token.dep, preposition

    def line(self, at: int) -> list[int]:
        """A token and what it depends on, up to the root."""
        found = [at]
        while (at := self.governor(at)[0]) >= 0:
            found.append(at)
        return found

    def meant(self, at: int) -> int | None:
        """The word before a pointing one in the same text that means the same, if that is plain: a
        subject, or the same noun."""
        token = self.tokens[at]
        if not points(self.text, at):
            return None
        if token.pos == "NOUN":
            nouns = (n for n in range(at - 1, -1, -1) if self.tokens[n].pos == "NOUN")
            return next((n for n in nouns if self.tokens[n].lemma == token.lemma), None)
        start = min(self.parsed.down(self.sentence(at)))
        many = token.lemma in {"they", "them", "their"}
        found = self._subjects(start, at) or self._subjects(0, start)
        return next((n for n in found if (self.tokens[n].tag[-1:] == "S") == many), None)

    def _subjects(self, start: int, end: int) -> list[int]:
        """The subject of the last main clause between two tokens, with what names it too."""
        main = (
            at
            for at in range(end - 1, start - 1, -1)
            if self.tokens[at].dep in {"nsubj", "nsubjpass"}
            and self.tokens[self.tokens[at].head].dep == "ROOT"
        )
        subject = next(main, None)
        return [] if subject is None else sorted(self.called(subject))
