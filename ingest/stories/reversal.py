"""Whether a later sentence says that what an earlier one states is so no longer. Pure.

A date that was moved, a plan that was called off, a closure that was lifted, people who were found,
a charge that was changed, somebody else in an office, another winner, a "not" that fell away. Each
needs its own words for the change, about the same thing; in doubt nothing is said. English alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.reading.matter import called_in, matter_of, next_words, planned_words, stems_of_places
from ingest.reading.outcomes import NEGATION
from ingest.reading.revisions import MOVED, PLANNED, body_of, dates_of, stems_of
from ingest.reading.turns import (
    AFTER_ALL,
    CALLED_OFF,
    CLEARED,
    CLOSED,
    FOUND,
    IN_OFFICE,
    LIFTED,
    LOST,
    MAYBE,
    OUT,
    SUSPECTED,
    UNWON,
    WILL_NOT,
    WON,
)
from ingest.stories.alignment import Difference, differences
from ingest.stories.statement import Statement
from ingest.text.words import stem, tokens

_LIGHT_VERBS = frozenset(("be", "have", "get", "do", "make", "go", "take", "give"))
MIN_SHARED = 2
"""How many words name what both are about: who and what, say."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sentences, `body` and `told` without who says so, and the stems of the older article."""

    said: Statement
    later: Statement
    known: frozenset[str]
    body: str
    told: str


def reversed_by(said: Statement, later: Statement, known: frozenset[str]) -> Difference | None:
    """What `said` states and what `later`, from a later article on the same event, puts in its
    place; None in doubt. `known` are the stems of the whole article of `said`."""
    told = body_of(later.text)
    if MAYBE.search(told) or not (_turns(told) or WILL_NOT.search(said.text)):
        return None
    if stems_of_places(told) - known:
        return None
    pair = _Pair(said, later, known, body_of(said.text), told)
    return next((found for way in _WAYS if (found := way(pair))), None)


@lru_cache(maxsize=8192)
def _turns(told: str) -> bool:
    """Whether a sentence has any words for a change."""
    return any(words.search(told) for words in _FOR_CHANGES)


def _moved(pair: _Pair) -> Difference | None:
    body, told = pair.body, pair.told
    found = MOVED.search(told)
    if not found or not PLANNED.search(body):
        return None
    then = dates_of(body)
    now = [date for date in dates_of(told) if date not in then]
    if len(then) != 1 or len(now) != 1 or then[0] in now[0] or now[0] in then[0]:
        return None
    if now[0] not in told[found.start() :] and "instead" not in found[0]:
        return None
    if re.search(rf"\b(?:to|than|of|for|from) {re.escape(now[0])}", told[: found.start()]):
        return None
    shared = matter_of(body) & matter_of(told)
    if len(shared) < MIN_SHARED or not _named_in(body, pair.later):
        return None
    return Difference("date", then[0], now[0])


def _called_off(pair: _Pair) -> Difference | None:
    body, told = _planned_in(pair.body), pair.told
    found = CALLED_OFF.search(told)
    if not found or not body or CALLED_OFF.search(body) or NEGATION.search(body):
        return None
    if re.search(r"(?<!forced )(?<!had )\bto\s*$", told[: found.start()]):
        return None
    before, after = told[: found.start()], next_words(told[found.end() :])
    passive = re.search(r"\b(?:was|were|been|is|are)\s*$", before)
    if passive or not matter_of(after):
        named = len(matter_of(before) & matter_of(body)) > 1
    else:
        doers = matter_of(before)
        named = bool(doers & matter_of(body) and (matter_of(after) & matter_of(body)) - doers)
    if not named or not _named_in(body, pair.later):
        return None
    return Difference("outcome", planned_words(body), found[0].lower())


def _planned_in(body: str) -> str:
    """The clause that tells of what is to come, or ""."""
    clauses = re.split(r"[,;:]|\b(?:and|but|who|which|because|while)\b", body)
    return next((clause for clause in clauses if PLANNED.search(clause)), "")


def _lifted(pair: _Pair) -> Difference | None:
    body, told = pair.body, pair.told
    closed, lifted = CLOSED.search(body), LIFTED.search(told)
    if (
        not closed
        or not lifted
        or NEGATION.search(told[max(0, lifted.start() - 30) : lifted.end()])
    ):
        return None
    what = matter_of(body[: closed.start()]) - stems_of_places(body)
    around = matter_of(told[: lifted.start()][-80:] + " " + next_words(told[lifted.end() :]))
    if not what or 2 * len(what & around) < len(what):
        return None
    return Difference("outcome", closed[0].split()[-1].lower(), lifted[0].lower())


def _found(pair: _Pair) -> Difference | None:
    body, told = pair.body, pair.told
    lost, found = LOST.search(body), FOUND.search(told)
    if not lost or not found or NEGATION.search(told):
        return None
    part = re.search(r"\b(?:one|two|three|four|some|half|most|many) of\b", told, re.IGNORECASE)
    who = {thing for figure in pair.said.figures for thing in figure.counts} or matter_of(body)
    supply = re.search(r"without|dark|cut off", lost[0]) is not None
    if supply != (re.search(r"again|back|restored|reconn", found[0]) is not None):
        return None
    if (
        part
        or not _whole(pair.said, pair.later)
        or not who & (matter_of(told) - stems_of_places(told))
    ):
        return None
    return Difference("outcome", lost[0].lower(), found[0].lower())


def _whole(said: Statement, later: Statement) -> bool:
    """Whether all are found: as many as were lost, or by the word."""
    if re.search(r"\b(?:all|every|everyone|the last)\b", later.text, re.IGNORECASE):
        return True
    then, now = ({figure.value for figure in one.figures} for one in (said, later))
    return not now or bool(then & now)


def _cleared(pair: _Pair) -> Difference | None:
    body, told = pair.body, pair.told
    held, cleared = SUSPECTED.search(body), CLEARED.search(told)
    if not held or not cleared or CLEARED.search(body):
        return None
    if not (called_in(body) & called_in(told)) or called_in(told) - pair.known:
        return None
    return Difference("outcome", held[0].lower(), cleared[0].lower())


def _replaced(pair: _Pair) -> Difference | None:
    body, told = pair.body, pair.told
    office = IN_OFFICE.search(body)
    if not office or NEGATION.search(body):
        return None
    who = _doers(body[: office.start()]) or called_in(body)
    for out in OUT.finditer(told):
        active = re.match(r"(?:instead|dismiss|sack|fired|replace)", out[0], re.IGNORECASE)
        beside = next_words(told[out.end() :]) if active else told[: out.start()]
        whose = called_in(" ".join(beside.split()[:5] if active else beside.split()[-5:]))
        if len(who & whose) >= min(2, len(who)) and who:
            return Difference("outcome", office[0].lower(), out[0].lower())
    return None


def _unwon(pair: _Pair) -> Difference | None:
    body, told = pair.body, pair.told
    won, lost = WON.search(body), UNWON.search(told)
    if not won or not lost or UNWON.search(body):
        return None
    event = matter_of(body) - called_in(body[: won.start()])
    if not event & matter_of(told) or len(event & (matter_of(told) | pair.later.held)) < MIN_SHARED:
        return None
    winner = called_in(body[: won.start()])
    fallen = re.match(r"disq|strip|lose", lost[0], re.IGNORECASE)
    same = bool(winner & called_in(told[: lost.start()]))
    return Difference("outcome", won[0].lower(), lost[0].lower()) if bool(fallen) == same else None


def _after_all(pair: _Pair) -> Difference | None:
    """ "Does not plan to close it", and it closes it after all; or the other way round."""
    body, told = pair.body, pair.told
    denied, held = WILL_NOT.search(body), WILL_NOT.search(told)
    if bool(denied) == bool(held):
        return None
    verb = (denied or held)["verb"].lower()  # type: ignore[index]
    other = told if denied else body
    does = next((word for word in tokens(other) if stem(word) == stem(verb)), "")
    if not does or verb in _LIGHT_VERBS or NEGATION.search(other):
        return None
    if not (AFTER_ALL.search(pair.later.text) or PLANNED.search(body)):
        return None
    mine, theirs = _doers(_before(verb, body, does)), _doers(_before(verb, told, does))
    shared = (matter_of(body) & matter_of(told)) - {stem(verb)} - mine
    if not mine & theirs or not shared or called_in(told) - pair.known:
        return None
    if not stems_of_places(body) <= stems_of(told) | pair.later.held:
        return None
    return Difference(
        "outcome", f"not {verb}" if denied else does, does if denied else f"not {verb}"
    )


def _doers(text: str) -> frozenset[str]:
    """The names in what stands before a verb, its first word too if it has a capital."""
    first = [word for word in tokens(text)[:1] if word[0].isupper()]
    return called_in(text) | frozenset(map(stem, first))


def _before(verb: str, text: str, other: str) -> str:
    """What stands before a verb."""
    return re.split(rf"\b(?:{re.escape(verb)}|{re.escape(other)})\b", text, maxsplit=1)[0]


def _opposed(pair: _Pair) -> Difference | None:
    """Approved what had been rejected, in words that say that this is another turn."""
    if not AFTER_ALL.search(pair.later.text):
        return None
    return next((d for d in differences(pair.said, pair.later) if d.about == "outcome"), None)


def _named_in(body: str, later: Statement) -> bool:
    """Whether the later article names most of what the earlier sentence does."""
    called = called_in(body)
    return 2 * len(called & (stems_of(later.text) | later.held)) >= len(called)


_WAYS = (_moved, _called_off, _lifted, _found, _cleared, _replaced, _unwon, _after_all, _opposed)
_FOR_CHANGES = (MOVED, CALLED_OFF, LIFTED, FOUND, CLEARED, OUT, UNWON, AFTER_ALL, WILL_NOT)
