"""Where the clauses of a sentence are, which of them deny, and which of its words are verbs."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answering.checking.vocabulary import (
    ADVERBS,
    AUXILIARY,
    DENIERS,
    DETERMINERS,
    NEGATIONS,
    PAST,
    PRESENT,
    REPORTS,
    STARTS_CLAUSE,
    SUBJECTS,
    base,
    is_past_form,
    listed,
    stems,
)
from ingest.text import content_words, figures

Tokens = list[re.Match[str]]
_ENDS_CLAUSE = re.compile(r"[,;:()–—“”\"„«»]|\s-\s|[.!?]\s")
_HELPERS = AUXILIARY - {"to"}
_BEFORE_NOUNS = frozenset({"in", "for", "with", "from", "at", "on", "into", "without", "under"})
""" "In support of" does not support."""
_NO_NOUNS = DETERMINERS | STARTS_CLAUSE | _BEFORE_NOUNS | frozenset({"by", "to", "and"})
_NO_VERBS = frozenset({"against", "between", "among", "due", "per"})
_ADMITS = stems("admit acknowledge concede believe think")
_STANCES = stems("vote decide advise recommend argue rule speak come")
_STATES = listed("control danger order work stock action use service reach power")
_PAIRS = {
    ("too", "early"),
    ("too", "soon"),
    ("rather", "than"),
    ("instead", "of"),
    ("away", "from"),
}
_OF_WHOM = {("whom", "of"), ("which", "of")}
_NOUNS_TOO = frozenset({"note", "report", "state"})


@lru_cache(maxsize=4096)
def _denies(word: str) -> bool:
    return word in NEGATIONS or word.endswith(("n't", "n’t", "nnot")) or base(word) in DENIERS


def denied(tokens: Tokens, clauses: list[int]) -> list[bool]:
    """For each word whether its clause denies it: an odd number of other words that say no."""
    words = [match[0].lower() for match in tokens]
    says_no = [_says_no(words, at) for at in range(len(words))]
    odd = {
        clause: sum(no for no, n in zip(says_no, clauses, strict=True) if n == clause)
        for clause in clauses
    }
    for at in range(1, len(tokens)):  # "no one reported damage": then there is none, as far as told
        if clauses[at] != clauses[at - 1] and _reports(tokens, at - 1) and _goes_on(tokens, at):
            odd[clauses[at]] += odd[clauses[at - 1]]
    return [(odd[clause] - no) % 2 == 1 for clause, no in zip(clauses, says_no, strict=True)]


def _says_no(words: list[str], at: int) -> bool:
    """Whether a word says no, alone or with those beside it ("ruled out", "out of control")."""
    word, *following = (*words[at : at + 3], "", "")[:3]
    if word == "against":
        return any(base(before) in _STANCES for before in words[max(at - 3, 0) : at])
    if word == "out":
        return following[0] == "of" and following[1] in _STATES
    if word.startswith(("rul", "turn")) and following[0] in {"out", "down"}:
        return word.startswith("rul") == (following[0] == "out")
    if word in {"too", "rather", "instead", "away"}:
        return (word, following[0]) in _PAIRS
    return _denies(word) and (word, following[0]) != ("not", "only")


def clauses(text: str, tokens: Tokens) -> list[int]:
    """The number of each word's clause."""
    numbers: list[int] = []
    clause = 0
    for at, match in enumerate(tokens):
        opening = next((tokens[n][0].lower() for n in range(at) if numbers[n] == clause), "")
        between = text[tokens[at - 1].end() : match.start()] if at else ""
        if (between != "," and _ENDS_CLAUSE.search(between)) or (
            at and _starts_clause(tokens, at, opening)
        ):
            clause += 1
        numbers.append(clause)
    return numbers


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether a word follows the one before it without a comma or "but"."""
    between = tokens[at].string[tokens[at - 1].end() : tokens[at].start()]
    return between.isspace() and tokens[at][0].lower() not in {"and", "but", "or", "while"}


def _reports(tokens: Tokens, at: int) -> bool:
    """Whether a word is a verb of telling, and not "the claim"."""
    word = tokens[at][0].lower()
    noun = at > 0 and tokens[at - 1][0].lower() in DETERMINERS
    return base(word) in REPORTS | _ADMITS and word not in _NOUNS_TOO and not noun


def _starts_clause(tokens: Tokens, at: int, opening: str) -> bool:
    """Whether a word begins a clause that no comma parts; `opening` is the last one's first."""
    word, before = tokens[at][0].lower(), tokens[at - 1][0].lower()
    return (
        (word in STARTS_CLAUSE and before != "rather" and (word, before) not in _OF_WHOM)
        or _reports(tokens, at - 1)
        or (base(word) in DENIERS and before in {"and", "also"})
        or word in {"without", "nor"}
        or (word == "with" and at + 1 < len(tokens) and tokens[at + 1][0].lower() == "no")
        or (word in SUBJECTS | AUXILIARY and opening in {"with", "without"})
        or (word in NEGATIONS and before in {"for", "of"})
        or (word == "not" and before == "and")
        or (word == "that" and _is_told_of(tokens, at))
        or _joins_clauses(tokens, at)
    )


def _is_told_of(tokens: Tokens, at: int) -> bool:
    """Whether "that" leads to a clause about the noun before it, or behind "pointed out"."""
    before = tokens[at - 1][0]
    if before.lower() in {"out", "clear"}:
        return True
    noun = (
        before[0].islower()
        and bool(content_words(before))
        and not is_verb(tokens, at - 1)
        and base(before) not in DENIERS | REPORTS
        and before.lower() not in _BEFORE_NOUNS | DETERMINERS | AUXILIARY | ADVERBS
    )
    following = range(at + 1, min(at + 7, len(tokens)))
    return noun and any(is_verb(tokens, n) or tokens[n][0].lower() in _HELPERS for n in following)


def _joins_clauses(tokens: Tokens, at: int) -> bool:
    """Whether "and" or "or" stands before a clause with a verb of its own, not a mere noun."""
    if tokens[at][0].lower() not in {"and", "or"} or at + 1 >= len(tokens):
        return False
    following = range(at + 1, min(at + 5, len(tokens)))
    return any(is_verb(tokens, n) or tokens[n][0].lower() in _HELPERS for n in following)


def is_verb(tokens: Tokens, at: int) -> bool:
    """Whether a word is a verb: by its form, or by the helping verb before it."""
    word = tokens[at][0]
    if not word[0].islower() or word.lower() in AUXILIARY | _NO_VERBS or figures(word):
        return False
    back = at - 1
    while back >= 0 and tokens[back][0].lower() in ADVERBS:
        back -= 1
    before = tokens[back][0].lower() if back >= 0 else ""
    according = before == "to" and tokens[back - 1][0].lower() == "according"
    if before in DETERMINERS or according or _is_joined(tokens[at]):
        return False
    if before in {"have", "has", "had"}:
        return is_past_form(word) or word in PAST
    if word.endswith("ed") and figures(before) and at + 1 < len(tokens):
        return tokens[at + 1][0].lower() in _NO_NOUNS  # "six expelled diplomats"
    if word in PRESENT:
        return before not in _BEFORE_NOUNS
    return before in AUXILIARY or word in PAST | PRESENT or word.endswith("ed")


def _is_joined(token: re.Match[str]) -> bool:
    """Whether a hyphen stands beside a word: "state-run" runs nothing."""
    text = token.string
    return "-" in {text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]}
