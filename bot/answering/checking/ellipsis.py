"""Verbs that are left out because they stand before: "The mayor agreed; the council did not." """

from __future__ import annotations

import re

from bot.answering.checking.clauses import is_verb
from bot.answering.checking.vocabulary import AUXILIARY, TOKEN

_LEFT_OUT = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)(?: not|n['’]t)[.!]?$"
    r"|\bwo(?:n['’]t)[.!]?$"
)
_CLAUSE = re.compile(r"[;:,]\s|\s[–—-]\s")


def completed(text: str, before: str) -> str:
    """A sentence that ends with "did not", with the words that this leaves to what is before."""
    if not _LEFT_OUT.search(text):
        return text
    *earlier, _ = _CLAUSE.split(text)
    for told in (*reversed(earlier), before):
        if left_out := _deed(told):
            return f"{text.rstrip('.!')} {left_out}."
    return text


def _deed(told: str) -> str:
    """The verb of some words and what follows it; behind an auxiliary, if there is one."""
    tokens = [*TOKEN.finditer(told)]
    verbs = [n for n in range(len(tokens)) if is_verb(tokens, n)]
    helped = [n for n in verbs if n and tokens[n - 1][0].lower() in AUXILIARY]
    found = helped[-1:] or verbs[:1]
    return told[tokens[found[0]].start() :].rstrip(".!?") if found else ""
