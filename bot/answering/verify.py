"""Checks whether a passage bears a sentence. Pure, and rather too strict than too kind.

It looks at what can be looked at: numbers with what they count, names, dates, quotations,
negation, opposites, who did it to whom, and how much of the sentence the passage covers. It can't
see a wrong inference made of right words, irony, or a claim that needs two articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import Figure, alike, content_words, figures, names, sentence_spans, stem, tokens

COVERED = 0.8
COVERED_IF_NEAR = 0.6
NEAR = 0.6
WINDOW = 2
LIKE = 0.8
_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|none|nobody|without|denie[sd]|deny|denying|refus\w+|fail(?:s|ed)?"
    r"|unable|false)\b|n['’]t\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april"
    r"|june|july|august|september|october|november|december|yesterday|today|tomorrow)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"„«]([^”\"“»]{3,})[”\"“»]")
_OPPOSITES = (
    "rise increase grow gain higher|fall rose drop decrease decline lose lower",
    "win victory won|lose defeat lost",
    "accept approve agree adopt|reject refuse oppose",
    "before|after",
    "more above over|fewer less below under",
    "begin start open began opened|end stop close closed",
    "support back favour|oppose against",
    "arrive enter join|leave depart left quit",
    "buy bought|sell sold",
    "hire appoint|fire sack dismiss",
    "confirm|deny",
    "alive survive|dead die died kill",
    "north|south",
    "east|west",
    "first|last",
    "guilty convict|innocent acquit",
    "allow permit legal|ban forbid illegal",
    "earlier|later",
    "minimum|maximum",
    "import|export",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is borne, why not, and the words of the passage that bear it best."""

    ok: bool
    reason: str = ""
    quote: str = ""


def check(
    sentence: str, passage: str, heading: str = "", similarity: float | None = None
) -> Verdict:
    """Whether `passage` (with its title, publisher and date in `heading`) bears `sentence`.

    `similarity` is the cosine of the two, if the caller knows it; a paraphrase needs it.
    """
    window, covered = _best_window(sentence, passage, heading)
    whole = f"{heading}\n{passage}"
    reason = (
        _figures_wrong(sentence, whole)
        or _missing("name", _unknown_names(sentence, whole))
        or _missing("time", _unknown_times(sentence, whole))
        or _missing("quotation", _unknown_quotations(sentence, whole))
        or _contradicts(sentence, window)
        or _swapped(sentence, window)
        or _uncovered(covered, similarity)
    )
    return Verdict(not reason, reason, window)


def _best_window(sentence: str, passage: str, heading: str) -> tuple[str, float]:
    """The one or two adjacent sentences that cover most of the sentence, and how much (0..1).

    What the heading says counts as said in each.
    """
    headed = {stem(token) for token in tokens(heading)}
    spans = sentence_spans(passage)
    wanted = [stem(word) for word in content_words(sentence)]
    best, most = passage, -1.0
    for size in range(1, WINDOW + 1):
        for at in range(len(spans) - size + 1):
            text = passage[spans[at][0] : spans[at + size - 1][1]]
            covered = _coverage(wanted, headed | {stem(token) for token in tokens(text)})
            if covered > most + (0.15 if size > 1 else 0.0):
                best, most = text, covered
    return best, max(most, 0.0)


def _coverage(wanted: Sequence[str], held: set[str]) -> float:
    if not wanted:
        return 0.0
    return sum(
        1.0 if word in held else LIKE * any(alike(word, other) for other in held) for word in wanted
    ) / len(wanted)


def _uncovered(covered: float, similarity: float | None) -> str:
    enough = COVERED_IF_NEAR if similarity is not None and similarity >= NEAR else COVERED
    return "" if covered >= enough else f"only {covered:.0%} of it stands there"


def _figures_wrong(sentence: str, whole: str) -> str:
    """A number that does not stand there, in another unit, or counting something else."""
    held = figures(whole)
    for figure in figures(sentence):
        same = [other for other in held if other.value == figure.value and _unit(figure, other)]
        if not same:
            return f"the number {figure.text} does not stand there"
        if figure.counts and not any(_counts_same(figure, other) for other in same):
            return f"{figure.text} counts something else there"
    return ""


def _unit(figure: Figure, other: Figure) -> bool:
    return figure.unit == other.unit


def _counts_same(figure: Figure, other: Figure) -> bool:
    if not other.counts:
        return True
    return any(a == b or alike(a, b) for a in figure.counts for b in other.counts)


def _missing(what: str, found: Sequence[str]) -> str:
    return f"the {what} {found[0]} does not stand there" if found else ""


def _unknown_names(sentence: str, whole: str) -> list[str]:
    held = {stem(token) for token in tokens(whole)}
    initials = _initials(whole)
    return [
        name
        for name in names(sentence)
        if stem(name) not in held
        and name not in initials
        and not any(alike(stem(name), other) for other in held)
    ]


def _initials(text: str) -> set[str]:
    """Acronyms of the capitalised word groups in a text ("World Health Organization": WHO)."""
    groups = re.findall(r"(?:[A-Z]\w+(?:\s(?:of|the|for|and)\b)*\s?){2,}", text)
    return {"".join(word[0] for word in group.split() if word[0].isupper()) for group in groups}


def _unknown_times(sentence: str, whole: str) -> list[str]:
    held = {match.lower() for match in _TIMES.findall(whole)}
    return [time for time in _TIMES.findall(sentence) if time.lower() not in held]


def _unknown_quotations(sentence: str, whole: str) -> list[str]:
    held = _plain(whole)
    return [quoted for quoted in _QUOTED.findall(sentence) if _plain(quoted) not in held]


def _plain(text: str) -> str:
    straight = text.replace("’", "'").replace("“", '"').replace("”", '"')
    return " ".join(straight.lower().strip(" .,;").split())


def _contradicts(sentence: str, window: str) -> str:
    if bool(_NEGATION.search(sentence)) != bool(_NEGATION.search(window)):
        return "one of the two denies what the other says"
    said = {stem(token) for token in tokens(sentence)}
    held = {stem(token) for token in tokens(window)}
    for pair in _OPPOSITES:
        one, other = ({stem(word) for word in side.split()} for side in pair.split("|"))
        for mine, theirs in ((one, other), (other, one)):
            if said & mine and held & theirs and not held & mine and not said & theirs:
                return f"it says the opposite ({', '.join(sorted(said & mine))})"
    return ""


def _swapped(sentence: str, window: str) -> str:
    """Whether two names stand around the same word in the opposite order, both in the active."""
    if _passive(sentence) != _passive(window):
        return ""
    said, held = ([stem(token) for token in tokens(text)] for text in (sentence, window))
    people = [stem(name) for name in dict.fromkeys(names(sentence))]
    for first in people:
        for second in people:
            if first == second or not _in_order(first, second, said, held):
                continue
            return "it swaps who did it and to whom"
    return ""


def _in_order(first: str, second: str, said: Sequence[str], held: Sequence[str]) -> bool:
    """first … verb … second is said, while second … verb … first is what stands there."""
    between = _between(first, second, said)
    if not between or first not in held or second not in held:
        return False
    there = _between(second, first, held)
    return bool(there) and bool(set(between) & set(there)) and not _between(first, second, held)


def _between(first: str, second: str, words: Sequence[str]) -> list[str]:
    if first not in words or second not in words:
        return []
    start, end = words.index(first), words.index(second)
    return list(words[start + 1 : end]) if start < end else []


def _passive(text: str) -> bool:
    return bool(re.search(r"\b(?:was|were|been|is|are|be)\s+\w+(?:ed|en|t)\s+by\b", text))
