"""What numbers and dates in news measure: how many were hurt, what it costs, when it opens. Pure.

Only what stands in one clause with its measuring word is read, and rather too little than too
much: an age, a part of a total or what came on top of it measures nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.text.figures import Figure, figures
from ingest.text.words import content_words, stem, tokens

PEOPLE, MONEY, DATES = "people", "money", "dates"
_WORDS = {
    "killed": (PEOPLE, "kill killed killing dead die died dies death deaths toll fatalities"),
    "injured": (PEOPLE, "injure injured injuring injuries hurt wounded wounding"),
    "missing": (PEOPLE, "missing unaccounted"),
    "arrested": (PEOPLE, "arrest arrested arrests detained"),
    "evacuated": (PEOPLE, "evacuate evacuated evacuating"),
    "rescued": (PEOPLE, "rescue rescued rescuing"),
    "cost": (MONEY, "cost costs costing price budget"),
    "opens": (DATES, "open opens opened opening reopen reopens"),
    "starts": (DATES, "start starts started begin begins began beginning launch"),
    "ends": (DATES, "end ends ended finish finished completed completion"),
}
_ROLES = {stem(word): role for role, (_kind, text) in _WORDS.items() for word in text.split()}
_ANYONE = frozenset(map(stem, ("people", "person", "persons", "victim", "casualty")))
_GROUPS = """
    passenger resident civilian soldier worker student pupil child children man men woman women
    officer police firefighter migrant tourist protester journalist fan teacher demonstrator
    pilgrim miner patient suspect crew
"""
_SOMEONE = frozenset(map(stem, _GROUPS.split()))
_HOW_BADLY = frozenset(
    map(stem, ("seriously", "badly", "slightly", "critically", "lightly", "severely", "feared"))
)
_CUT = re.compile(
    r",(?!\d)|[;:()\n“”\"]| [–—-] |\b(?:and|but|while|when|after|before|as|which|who|whose|with"
    r"|whom|because|since)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\bhad (?:earlier |first |previously |initially )?"
    r"(?:said|spoken of|reported|given|put|told|counted|expected)\b"
    r"|\b(?:earlier|previously|initially|originally|at first|first (?:said|reported|put))\b"
    r"|\bfrom\s*$|\binstead of\b|\brather than\b|\bnot\b|\bno longer\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^\s*(?:of (?:them|those|whom|the|these)|more|others?|additional|further)\b", re.I
)
_ADDED = re.compile(
    r"\b(?:another|further|additional|extra|by|in|since|until|aged|every)\s*$", re.I
)
_RANGE = re.compile(r"\bbetween [\w,.]+ and\s*$|[\d.]\s?(?:to|or|–|-)\s?$", re.IGNORECASE)
_RANGE_BEGINS = re.compile(r"^\s?(?:to|or|–|-)\s?\d", re.IGNORECASE)
_RISES_TO = re.compile(r"\bfrom [\w,.]+ to\s*$", re.IGNORECASE)
_EXACT = re.compile(
    r"\b(at least|more than|over|about|around|some|nearly|almost|up to|as many as|an estimated"
    r"|fewer than|less than)\s+$",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:killed|dead|injured|wounded|missing) (?:or|and) (?:killed|injured|wounded|missing)"
)
_NOBODY = re.compile(r"\b(?:nobody|no one|no (?P<who>[a-z]+))\b", re.IGNORECASE)
_OLD = re.compile(r"^[\s-]*years?[\s-]old\b", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS})(?: \d{{1,2}}\b)?(?:,? \d{{4}}\b)?)"
)
"""A weekday; or a month with its day and its year, as far as they are given."""
_PERIOD = re.compile(
    r"\b(?:19|20)\d\d\b"
    r"|\b(?:last|previous|first|second|third|fourth) (?:year|month|week|quarter|half)"
    r"|\b(?:year|month|week|decade)s? (?:ago|earlier|before)\b"
    r"|\b(?:separate|similar|another|earlier|previous) (?!version|report|count|figure)[a-z]+",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|off|outside|around) (?:the )?((?:[A-Z][\w’'-]+ ?)+)")
_REACH = 9
_SAYING = """
    expect plan set due schedule hope want likely estimate put city official now still least total
    say said new rise risen rose increase fall fell
"""
_HELPERS = frozenset(map(stem, _SAYING.split()))


@dataclass(frozen=True, slots=True)
class Measure:
    """A value and what it measures: `role` ("injured"), `text` as written, `key` to compare by.

    `who` narrows the people that are counted (stems; empty for people at large). `subject` holds
    the stems of what is measured, as far as the clause says it. `places` and `periods` stand in the
    clause. `earlier`: the sentence names it as what was said before, not as what is so.
    """

    role: str
    text: str
    key: str
    who: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    """What stands before and after a value in its clause, and how its sentence opens."""

    before: str
    after: str
    opening: str


def kind_of(role: str) -> str:
    """PEOPLE, MONEY or DATES."""
    return _WORDS[role][0]


def counts_people(about: str) -> bool:
    """Whether this measure ("injured") is a count of people, which every such event has."""
    return about in _WORDS and kind_of(about) == PEOPLE


def measures(sentence: str) -> list[Measure]:
    """What a sentence measures, in no more than one value for each thing that is measured.

    Where it has several values for one thing (a part and the total, say) none is given, but for
    those that it names as earlier ones.
    """
    found = [*_of_figures(sentence), *_of_nobody(sentence), *_of_dates(sentence)]
    return [
        one
        for one in found
        if one.earlier or sum(o.role == one.role and not o.earlier for o in found) == 1
    ]


def roles_in(text: str) -> frozenset[str]:
    """What a text speaks of that can be measured, with or without a value."""
    return frozenset(_ROLES[stem(token)] for token in tokens(text) if stem(token) in _ROLES)


def counted_people(sentence: str, who: frozenset[str]) -> list[Figure]:
    """The numbers of such people (as in Measure) that are no part of, nor on top of, another."""
    return [
        figure
        for figure, clause in _placed(sentence)
        if figure.counts and _people(figure) == who and not _apart(clause)
    ]


def _of_figures(sentence: str) -> list[Measure]:
    if _BOTH.search(sentence):
        return []
    found = []
    for figure, clause in _placed(sentence):
        role = _role(clause)
        if not role or kind_of(role) == DATES or _apart(clause):
            continue
        who = _people(figure) if kind_of(role) == PEOPLE else frozenset[str]()
        if who is None or (kind_of(role) == MONEY and not _is_money(figure, clause)):
            continue
        text, key = _as_written(figure, clause), f"{figure.value:g}{figure.unit}"
        found.append(replace(_measure(clause, role, text, key), who=who))
    return found


def _of_nobody(sentence: str) -> list[Measure]:
    """ "Nobody was injured" counts none."""
    found = []
    for match in _NOBODY.finditer(sentence):
        clause = _clause(sentence, match.start(), match.end())
        role = _role(clause)
        if role and kind_of(role) == PEOPLE:
            group = frozenset({stem(match["who"])} if match["who"] else ()) & _SOMEONE
            found.append(replace(_measure(clause, role, match[0].lower(), "0"), who=group))
    return found


def _of_dates(sentence: str) -> list[Measure]:
    found = []
    for match in DATE.finditer(sentence):
        clause = _clause(sentence, match.start(), match.end())
        role = _role(clause)
        if role and kind_of(role) == DATES:
            found.append(_measure(clause, role, match[0], match[0].lower()))
    return found


def _measure(clause: _Clause, role: str, text: str, key: str) -> Measure:
    around = f"{clause.before} {clause.after}"
    dated = kind_of(role) == DATES
    return Measure(
        role,
        text,
        key,
        subject=_subject(clause.before if clause.before.strip() else clause.after, role),
        places=places_in(around),
        periods=frozenset() if dated else periods_in(f"{clause.opening} {around}"),
        earlier=bool(_EARLIER.search(clause.before)),
    )


def _placed(sentence: str) -> list[tuple[Figure, _Clause]]:
    """Each number with its clause, but for dates and the ends of a range ("between 10 and 15")."""
    dates = [match.span() for match in DATE.finditer(sentence)]
    placed, at = [], 0
    for figure in figures(sentence):
        start = sentence.find(figure.text, at)
        at = start + len(figure.text)
        ranges = _RANGE.search(sentence[:start]) and not _RISES_TO.search(sentence[:start])
        begins = _RANGE_BEGINS.search(sentence[at:]) and not sentence[:start].endswith("from ")
        dated = any(begin <= start < end for begin, end in dates)
        if not (ranges or begins or dated):
            placed.append((figure, _clause(sentence, start, at)))
    return placed


def _clause(sentence: str, start: int, end: int) -> _Clause:
    """The clause in which sentence[start:end] stands."""
    return _Clause(
        _CUT.split(sentence[:start])[-1],
        _CUT.split(sentence[end:], maxsplit=1)[0],
        _CUT.split(sentence, maxsplit=1)[0],
    )


def _role(clause: _Clause) -> str:
    """The measuring word nearest to a value, those after it first where both are as near."""
    near = [
        (distance, _ROLES[stem(word)])
        for words in (tokens(clause.after), tokens(clause.before)[::-1])
        for distance, word in enumerate(words[:_REACH])
        if stem(word) in _ROLES
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else ""


def _apart(clause: _Clause) -> bool:
    """Whether a number is a part of another, on top of another, an age or a year."""
    on_top = _PART.search(clause.after) or _ADDED.search(clause.before)
    return bool(on_top or _OLD.search(clause.after))


def _people(figure: Figure) -> frozenset[str] | None:
    """Whom a number counts: the group's stems, none for people at large; None if not people."""
    if figure.unit or figure.value != int(figure.value):
        return None
    group = figure.counts & _SOMEONE
    if group or not figure.counts or figure.counts & _ANYONE:
        return group
    return frozenset() if figure.counts - _HOW_BADLY <= _ROLES.keys() else None


def _is_money(figure: Figure, clause: _Clause) -> bool:
    """Whether a number is a sum: in a currency of the figures, or in one that it counts, and not
    the end of a name ("Line 4")."""
    if re.search(r"[A-Z]\w*\s$", clause.before):
        return False
    return figure.unit not in {"", "%"} or (not figure.unit and bool(figure.counts - _ROLES.keys()))


def _as_written(figure: Figure, clause: _Clause) -> str:
    """The number as written, with how exact it is and the currency that follows it ("at least 12",
    "286 million crowns")."""
    exact, following = _EXACT.search(clause.before), re.match(r"\s?([a-z]+)", clause.after)
    money = following and figure.value >= 1e3 and stem(following[1]) in figure.counts  # noqa: PLR2004
    before = f"{exact[1].lower()} " if exact else ""
    return f"{before}{figure.text}" + (f" {following[1]}" if money and following else "")


def _subject(before: str, role: str) -> frozenset[str]:
    """The words for what is measured: not where it is, nor a number of its name."""
    placed = places_in(before)
    return frozenset(
        stem(word)
        for word in content_words(DATE.sub(" ", before))
        if word.lower() not in placed
        and not word.isdigit()
        and stem(word) not in _HELPERS
        and _ROLES.get(stem(word)) != role
    )


def places_in(text: str) -> frozenset[str]:
    """The names (lower case) that a text gives as places, by the word before them."""
    return frozenset(
        word.lower()
        for group in _PLACE.findall(text)
        for word in group.split()
        if not DATE.fullmatch(word)
    )


def periods_in(text: str) -> frozenset[str]:
    """The years and the like that a text gives as the time that it is about."""
    return frozenset(period.lower() for period in _PERIOD.findall(text))
