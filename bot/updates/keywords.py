"""Keyword filters as people type them: words, "phrases", -exclusions, OR. No patterns run. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language import _, ngettext
from ingest.text import stem, tokens

MAX_TERMS = 20
_TERM = re.compile(
    r'(?P<minus>[-−–]?)(?:["“”„«](?P<phrase>[^"“”„«»]*)["“”»]?|(?P<word>[^\s"“”„«»]+))'
)
_OR = frozenset({"or", "|", "oder", "o", "или"})
Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keywords:
    """Groups of terms, of each of which one must occur, and terms of which none may.

    A term is one or more stems that stand one after the other.
    """

    wanted: tuple[tuple[Stems, ...], ...]
    unwanted: tuple[Stems, ...] = ()

    @property
    def rare(self) -> frozenset[str]:
        """Stems of which at least one is in every text that matches: the first group's."""
        return frozenset(term[0] for term in self.wanted[0]) if self.wanted else frozenset()

    def match(self, text: Words) -> bool:
        """Whether a text has what is wanted and nothing that is not."""
        return all(any(map(text.holds, group)) for group in self.wanted) and not any(
            map(text.holds, self.unwanted)
        )


class Words:
    """The stems of a text, ready to be looked up. The time for that does not grow with the text
    for a single word."""

    def __init__(self, text: str) -> None:
        self._stems = [stem(token) for token in tokens(text)]
        self.stems = frozenset(self._stems)
        self._joined = f" {' '.join(self._stems)} "

    def holds(self, term: Stems) -> bool:
        """Whether these stems stand in the text one after the other."""
        if len(term) == 1:
            return term[0] in self.stems
        return f" {' '.join(term)} " in self._joined


def parse(text: str) -> Keywords:
    """The filter that `text` means; ValueError says what to change if it means none.

    Words and "phrases" must all occur, `OR` between two asks for one of them, and what begins
    with a minus must not.
    """
    wanted: list[list[Stems]] = []
    unwanted: list[Stems] = []
    either = False
    for match in list(_TERM.finditer(text)):
        written = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["word"] and match["word"].lower() in _OR and wanted:
            either = True
            continue
        term = tuple(stem(token) for token in tokens(written or ""))
        if not term:
            continue
        if match["minus"]:
            unwanted.append(term)
        elif either:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        either = False
    if not wanted:
        raise ValueError(_("Please give at least one word that must occur."))
    if sum(map(len, wanted)) + len(unwanted) > MAX_TERMS:
        raise ValueError(
            ngettext(
                "That is a lot: at most {n} word or phrase, please.",
                "That is a lot: at most {n} words and phrases, please.",
                MAX_TERMS,
            )
        )
    return Keywords(tuple(map(tuple, wanted)), tuple(unwanted))


def looks_like_keywords(text: str) -> bool:
    """Whether someone who typed this means a filter: it has a phrase, an exclusion or an OR."""
    return bool(re.search(r'["“„«]|(?:^|\s)[-−–]\w|\s(?:OR|\|)\s', text))
