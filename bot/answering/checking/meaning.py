"""Which words say the same and which the opposite, as news writes. English."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from bot.answering.checking.vocabulary import REPORTS, stems
from ingest import LIGHT_WORDS, alike

Near = Callable[[str, str], bool]
"""Whether two words mean nearly the same, as an embedding sees it."""

LIGHT = (
    stems(
        "say said tell told according total number now currently also both reportedly about around"
        " roughly approximately some nearly almost just more than least most only still already far"
        " latest last next per cent percent dr mr mrs ms people there well including due"
        " use used go going set news article report it they one other own part overall meanwhile"
        " however late early thing able way hour minute day week month year half third quarter zero"
        " two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
        " hundred thousand million billion trillion m bn am pm a.m p.m km kilometre kilometer"
        " metre meter earlier later against between none won't rather instead another involve"
        " involving put nobody nothing find stand team hold cannot"
        " can't couldn't don't doesn't didn't isn't wasn't kind"
        " keep make take get give go come away"
        " bring speak spoke twice former would will can must upon among via per like if"
    )
    | REPORTS
    | stems(" ".join(LIGHT_WORDS - {"lead", "leads", "led"}))
)
"""Words with no claim of their own, or one looked at elsewhere (numbers, times, who says so)."""
_SAME = """
rise increase grow gain climb jump higher raise up
rise climb reach stand
fall drop decrease decline lose lower sink slip down
begin start open launch
end finish close conclude
close shut closure
reopen open
support back favour endorse welcome
oppose against
cut slash reduce reduction
scrap cancel abandon
postpone delay put defer
buy purchase acquire take
sell sale
own hold belong
rival opponent competitor
steal theft thief
win victory beat defeat
kill die dead death fatal life
injure hurt wound injury
arrest detain hold held custody
acquit clear
convict guilty
sentence jail prison term imprison
ask request call demand urge
demand call want
ask invite
want wish seek
plan intend due schedule expect
expect anticipate think
build construct construction
work construction
fix repair
damage harm
destroy ruin
cause reason blame responsible
force have must need
come enter arrive
hit strike collide
quake earthquake tremor
stop suspend halt
decision decide vote
spectator crowd fan audience
rise more
cut halve
annual year yearly
market exchange
search look hunt
pay money
higher more
lower less fewer
leave evacuate flee quit depart
help assist aid
thank grateful
praise laud commend hail
criticise criticize slam attack fault
fine penalty
approve accept pass back clear
reject refuse dismiss turn
resign quit step
appoint name hire
recruit hire
dismiss fire sack
replace succeed successor
lead head chief chair run director boss
firm company business maker manufacturer
worker employee staff
job position post
resident people inhabitant person
man male
woman female
child kid
doctor physician
police officer
researcher scientist
study trial research
find found discover detect locate
missing gone
show reveal find
measure record reach
estimate put value
cost price worth expensive
pay fund finance
salary pay wage
promise pledge vow
warn caution
visit come trip
house home
fire blaze wildfire
storm gale
vote ballot election poll
first initially
both twice two
lead ahead
goal score
match game
team side
film movie
car vehicle
aircraft plane
ship vessel boat ferry
blackout outage
electricity power
big large great major
main key chief principal
small little minor
quick fast rapid
near close
former ex
contest race
talk speak discuss negotiation
agree agreement deal
say state tell announce declare
deny reject
ill sick sickness illness
fell become became get
recover recovery
test check
stable steady
allow permit let
ban forbid prohibit
include involve contain comprise
country nation
town city
area region zone
resume restart
continue go
host stage held
receive get give
give hand
return back
happen occur
burn burned burnt
apologise apologize apology sorry
protest object complain
abstain abstention
supply deliver provide
available have
everyone all every everybody
except but apart
ring off sound
instead rather
tree fallen
finish end come place
"""
_ROOT, _ENDING = 4, 2
_OPPOSITE = """
rise increase grow gain higher up raise|fall drop decrease decline lose lower down cut reduce
win victory won beat|lose defeat lost
accept approve agree adopt allow|reject refuse oppose block veto
before|after
more above over exceed|fewer less below under
begin start open began opened reopen|end stop close closed shut
support back favour welcome|oppose against
arrive enter join|leave depart left quit
buy bought|sell sold
hire appoint|fire sack dismiss
confirm admit|deny
injure hurt wound|unhurt uninjured unharmed
alive survive survivor|dead die died kill
north northern|south southern
east eastern|west western
first|last
guilty convict|innocent acquit clear
allow permit legal|ban forbid illegal
earlier early|later late
minimum|maximum
import|export
praise thank|criticise criticize accuse blame condemn
safe healthy clean|dangerous ill sick contaminated
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
cheap cheaper|expensive
upper|lower
inside indoors|outside outdoors
majority|minority
opposition|government
"""


def same(first: str, second: str) -> bool:
    """Whether two stems say much the same in news ("scrap" and "cancel"), or are one."""
    groups = _groups()
    return (
        first == second
        or _derived(first, second)
        or alike(first, second)
        or bool(groups.get(first, frozenset()) & groups.get(second, frozenset()))
    )


def _derived(first: str, second: str) -> bool:
    """Whether two stems are of one word ("acquit", "acquittal"): all but the end is the same."""
    short, long = sorted((first, second), key=len)
    return len(short) > _ROOT and long.startswith(short) and len(long) - len(short) <= _ENDING


def opposite(first: str, second: str) -> bool:
    """Whether two stems say the contrary of each other."""
    if first == f"un{second}" or second == f"un{first}":
        return True
    return any(
        (first in one and second in other) or (first in other and second in one)
        for one, other in _pairs()
    )


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_SAME.strip().splitlines()):
        for word in stems(line):
            groups.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@cache
def _pairs() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    sides = (line.split("|") for line in _OPPOSITE.strip().splitlines())
    return tuple((stems(one), stems(other)) for one, other in sides)
