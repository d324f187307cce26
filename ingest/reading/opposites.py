"""Words that say the contrary of each other, as news writes them. English. Pure."""

from __future__ import annotations

from functools import cache

from ingest.text.words import stem

OUTCOMES = (
    "approve accept adopt ratify|reject refuse oppose defeat veto",
    "win won|lose lost",
    "convict guilty|acquit innocent cleared",
    "survive survived alive|die died dead",
    "allow permit legalise|ban forbid prohibit",
    "rise rose increase grow|fall fell drop decrease decline",
    "hire appoint|fire sack dismiss",
    "sign signed|cancel cancelled",
    "agree agreed|refuse refused",
    "confirm confirmed|deny denied",
)
"""Ways in which the same can end: one side or the other, by which articles can contradict."""
_FURTHER = """
rise risen increase grow grew gain climb higher up raise|fall fallen drop decrease decline
rise increase grow raise higher up|lower down cut reduce
gain|lose
win victory winner|lose defeat loser beaten
profit|loss
accept approve agree adopt allow pass back|reject refuse oppose block veto
before|after
more above over exceed|fewer less below under
begin begun start open began opened reopen|end stop close closed shut
remain stay keep kept|leave left quit
support back favour welcome endorse praise|oppose against criticise condemn fear
arrive enter join|leave depart left quit
buy bought|sell sold
confirm admit concede confess acknowledge|deny denied
injure hurt wound harm|unhurt uninjured unharmed
north northern|south southern
east eastern|west western
first|last
earlier early|later late
minimum|maximum
import|export
praise thank recommend|criticise criticize accuse blame condemn
encourage advise urge|warn discourage deter
justify justified reasonable responsible|irresponsible unreasonable
safe healthy clean harmless|dangerous ill sick contaminated unsafe unhealthy dirty poisonous
public|private
same|different
everybody all every everyone|nobody none no
always|never
with|without
likely|unlikely
strong stronger|weak weaker
best|worst
good|bad
lucky|unlucky
present|absent
man male father son brother husband|woman female mother daughter sister wife
day|night
old oldest|young youngest
high highest|low lowest
rich|poor
cheap cheaper|expensive dear dearer
upper|lower
inside indoors|outside outdoors
majority|minority
opposition|government
succeed success pass passed|fail failed failure
stable|unstable
full|empty
include|exclude
remember|forget
break broke broken|hold held
resume restart|suspend halt cancel
lead ahead|trail behind
"""


@cache
def _pairs() -> dict[str, tuple[frozenset[int], frozenset[int]]]:
    """For each stem the pairs in which it is on the left, and those where on the right."""
    sides: dict[str, tuple[set[int], set[int]]] = {}
    for number, line in enumerate((*OUTCOMES, *_FURTHER.strip().splitlines())):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                sides.setdefault(stem(word), (set(), set()))[side].add(number)
    return {word: (frozenset(left), frozenset(right)) for word, (left, right) in sides.items()}


def opposite(first: str, second: str) -> bool:
    """Whether two stems say the contrary of each other."""
    if first == f"un{second}" or second == f"un{first}":
        return True
    pairs = _pairs()
    if first not in pairs or second not in pairs:
        return False
    (left, right), (other_left, other_right) = pairs[first], pairs[second]
    return bool(left & other_right or right & other_left)
